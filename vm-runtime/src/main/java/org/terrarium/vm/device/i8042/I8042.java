package org.terrarium.vm.device.i8042;

import static org.terrarium.vm.device.i8042.Reg8042.*;

import java.util.Arrays;
import org.terrarium.vm.bus.BytePortDevice;
import org.terrarium.vm.bus.Device;
import org.terrarium.vm.bus.IrqLine;
import org.terrarium.vm.bus.PortDevice;
import org.terrarium.vm.time.Timer;
import org.terrarium.vm.time.TimerQueue;

/**
 * The 8042 keyboard controller with a PS/2 keyboard and a PS/2 mouse. There is one output buffer: a byte stays in it until the
 * program reads port 60h, everything else waits where it came from. The interrupt line is high while a byte is there.
 *
 * <p>Answers to commands are there at once: firmware polls for them. Keys and motion take their time on the wire, which old
 * programs count on that read port 60h twice for one interrupt.
 */
public final class I8042 implements Device<I8042State> {
    private static final int RAM = 32;
    /** Eleven bits at 10 to 16.7 kHz take about a millisecond; a third of that is enough and leaves a slow guest some speed. */
    private static final long BYTE_NANOS = 300_000;

    private static final int MAX_REPLIES = 16;

    private final String label;
    private final TimerQueue timers;
    private final IrqLine irq1;
    private final IrqLine irq12;
    private final A20Gate a20;
    private final Runnable reset;
    private final Timer timer;
    private final Ps2Keyboard keyboard;
    private final Ps2Mouse mouse;
    private final ByteFifo replies = new ByteFifo(2 * MAX_REPLIES);
    private final byte[] ram = new byte[RAM];
    private int command;
    private boolean lastWriteWasCommand;
    private int outputPort;
    private int outputBuffer;
    private boolean full;
    private boolean fromAuxiliary;
    private boolean breakPrefix;
    private long nextByteAt;

    /** {@code reset} resets the processor, as a pulse on the output port's lowest bit does. */
    public I8042(String label, TimerQueue timers, IrqLine irq1, IrqLine irq12, A20Gate a20, Runnable reset) {
        this.label = label;
        this.timers = timers;
        this.irq1 = irq1;
        this.irq12 = irq12;
        this.a20 = a20;
        this.reset = reset;
        this.timer = timers.create(label, this::pump);
        this.keyboard = new Ps2Keyboard(label + " keyboard", timers, this::pump);
        this.mouse = new Ps2Mouse(label + " mouse", timers, this::pump);
        reset();
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public void reset() {
        Arrays.fill(ram, (byte) 0);
        ram[0] = CCB_TRANSLATE | CCB_DISABLE_KEYBOARD | CCB_DISABLE_AUXILIARY;
        command = 0;
        lastWriteWasCommand = true;
        outputPort = 0xCC; // what is not wired otherwise reads high
        outputBuffer = 0;
        full = false;
        fromAuxiliary = false;
        breakPrefix = false;
        nextByteAt = 0;
        replies.clear();
        timer.cancel();
        keyboard.powerOn();
        mouse.powerOn();
        driveInterrupts();
    }

    /** The keyboard, for the host's side. */
    public Ps2Keyboard keyboard() {
        return keyboard;
    }

    /** The mouse, for the host's side. */
    public Ps2Mouse mouse() {
        return mouse;
    }

    /** Port 60h. */
    public PortDevice dataPort() {
        return new BytePortDevice() {
            @Override
            public int readByte(int offset) {
                return readData();
            }

            @Override
            public void writeByte(int offset, int value) {
                lastWriteWasCommand = false;
                writeData(value);
            }
        };
    }

    /** Port 64h. */
    public PortDevice commandPort() {
        return new BytePortDevice() {
            @Override
            public int readByte(int offset) {
                return status();
            }

            @Override
            public void writeByte(int offset, int value) {
                lastWriteWasCommand = true;
                writeCommand(value);
            }
        };
    }

    private int commandByte() {
        return ram[0] & 0xFF;
    }

    private boolean has(int commandByteBit) {
        return (ram[0] & commandByteBit) != 0;
    }

    private int status() {
        pump();
        return (full ? STATUS_OUTPUT_BUFFER_FULL : 0)
                | (full && fromAuxiliary ? STATUS_AUXILIARY_FULL : 0)
                | (has(CCB_SYSTEM_FLAG) ? STATUS_SYSTEM_FLAG : 0)
                | (lastWriteWasCommand ? STATUS_COMMAND_DATA : 0)
                | STATUS_INHIBIT_SWITCH;
    }

    private int readData() {
        int value = outputBuffer;
        if (full) {
            full = false;
            driveInterrupts();
            nextByteAt = Math.max(nextByteAt, timers.nanos() + BYTE_NANOS);
            pump();
        }
        return value;
    }

    private void driveInterrupts() {
        irq1.set(full && !fromAuxiliary && has(CCB_KEYBOARD_INTERRUPT));
        irq12.set(full && fromAuxiliary && has(CCB_AUXILIARY_INTERRUPT));
    }

    private void fill(int value, boolean auxiliary) {
        outputBuffer = value;
        fromAuxiliary = auxiliary;
        full = true;
        driveInterrupts();
    }

    private void reply(int value) {
        reply(value, false);
    }

    private void reply(int value, boolean auxiliary) {
        if (replies.room() >= 2) {
            replies.add(auxiliary ? 1 : 0);
            replies.add(value);
        }
        pump();
    }

    /** Moves the next byte into the output buffer if it is free, or sees to it that this is done in time. */
    private void pump() {
        if (full) {
            return;
        }
        if (!replies.isEmpty()) {
            boolean auxiliary = replies.take() != 0;
            fill(replies.take(), auxiliary);
            return;
        }
        boolean fromKeyboard = keyboard.hasByte() && !has(CCB_DISABLE_KEYBOARD);
        boolean fromMouse = mouse.hasByte() && !has(CCB_DISABLE_AUXILIARY);
        boolean onTime = timers.nanos() >= nextByteAt;
        if (fromKeyboard && (onTime || keyboard.responding())) {
            takeFromKeyboard();
        } else if (fromMouse && (onTime || mouse.responding())) {
            fill(mouse.take(), true);
            mouse.taken();
        } else if (fromKeyboard || fromMouse) {
            timer.at(nextByteAt);
        }
    }

    private void takeFromKeyboard() {
        while (keyboard.hasByte()) {
            int value = keyboard.take();
            if (!has(CCB_TRANSLATE)) {
                fill(value, false);
                return;
            }
            if (value != ScanCodeTranslation.BREAK_PREFIX) {
                fill(ScanCodeTranslation.translate(value) | (breakPrefix ? 0x80 : 0), false);
                breakPrefix = false;
                return;
            }
            breakPrefix = true;
        }
    }

    private void writeCommand(int value) {
        command = 0;
        if (value >= READ_RAM && value < READ_RAM + RAM) {
            reply(ram[value - READ_RAM] & 0xFF);
        } else if (value >= WRITE_RAM && value < WRITE_RAM + RAM) {
            command = value;
        } else if (value >= PULSE_OUTPUT_PORT) {
            if ((value & P2_NOT_RESET) == 0) {
                reset.run();
            }
        } else {
            otherCommand(value);
        }
    }

    private void otherCommand(int value) {
        switch (value) {
            case TEST_PASSWORD -> reply(NO_PASSWORD);
            case DISABLE_AUXILIARY -> setCommandByte(commandByte() | CCB_DISABLE_AUXILIARY);
            case ENABLE_AUXILIARY -> setCommandByte(commandByte() & ~CCB_DISABLE_AUXILIARY);
            case AUXILIARY_INTERFACE_TEST, KEYBOARD_INTERFACE_TEST -> reply(INTERFACE_TEST_PASSED);
            case SELF_TEST -> {
                setCommandByte(commandByte() | CCB_SYSTEM_FLAG);
                reply(SELF_TEST_PASSED);
            }
            case DISABLE_KEYBOARD -> setCommandByte(commandByte() | CCB_DISABLE_KEYBOARD);
            case ENABLE_KEYBOARD -> setCommandByte(commandByte() & ~CCB_DISABLE_KEYBOARD);
            case READ_INPUT_PORT -> reply(P1_NOT_INHIBITED);
            case READ_OUTPUT_PORT -> reply(readOutputPort());
            case WRITE_OUTPUT_PORT,
                    WRITE_KEYBOARD_OUTPUT_BUFFER,
                    WRITE_AUXILIARY_OUTPUT_BUFFER,
                    WRITE_AUXILIARY_DEVICE -> command = value;
            case DISABLE_A20 -> a20.set(false);
            case ENABLE_A20 -> a20.set(true);
            case READ_TEST_INPUTS -> reply(has(CCB_DISABLE_KEYBOARD) ? 0 : 1);
            default -> {} // not a command: ignored
        }
    }

    private int readOutputPort() {
        return outputPort & ~(P2_A20 | P2_KEYBOARD_FULL | P2_AUXILIARY_FULL)
                | P2_NOT_RESET
                | (a20.enabled() ? P2_A20 : 0)
                | (full && !fromAuxiliary ? P2_KEYBOARD_FULL : 0)
                | (full && fromAuxiliary ? P2_AUXILIARY_FULL : 0);
    }

    private void setCommandByte(int value) {
        ram[0] = (byte) value;
        driveInterrupts();
        pump();
    }

    private void writeData(int value) {
        int c = command;
        command = 0;
        switch (c) {
            case WRITE_OUTPUT_PORT -> {
                outputPort = value;
                a20.set((value & P2_A20) != 0);
                if ((value & P2_NOT_RESET) == 0) {
                    reset.run();
                }
            }
            case WRITE_KEYBOARD_OUTPUT_BUFFER -> reply(value);
            case WRITE_AUXILIARY_OUTPUT_BUFFER -> reply(value, true);
            case WRITE_AUXILIARY_DEVICE -> {
                // A byte to a device wakes its interface.
                ram[0] &= (byte) ~CCB_DISABLE_AUXILIARY;
                mouse.receive(value);
            }
            case WRITE_RAM -> setCommandByte(value);
            case 0 -> {
                ram[0] &= (byte) ~CCB_DISABLE_KEYBOARD;
                breakPrefix = false;
                keyboard.receive(value);
            }
            default -> ram[c - WRITE_RAM] = (byte) value;
        }
    }

    @Override
    public I8042State save() {
        return new I8042State(
                ram.clone(),
                command,
                lastWriteWasCommand,
                outputPort,
                outputBuffer,
                full,
                fromAuxiliary,
                breakPrefix,
                replies.save(),
                nextByteAt,
                timer.deadline(),
                keyboard.save(),
                mouse.save());
    }

    @Override
    public void restore(I8042State s) {
        System.arraycopy(s.ram(), 0, ram, 0, RAM);
        command = s.command();
        lastWriteWasCommand = s.lastWriteWasCommand();
        outputPort = s.outputPort();
        outputBuffer = s.outputBuffer();
        full = s.full();
        fromAuxiliary = s.fromAuxiliary();
        breakPrefix = s.breakPrefix();
        replies.restore(s.replies());
        nextByteAt = s.nextByteAt();
        keyboard.restore(s.keyboard());
        mouse.restore(s.mouse());
        timer.at(s.deadline());
        driveInterrupts();
    }
}
