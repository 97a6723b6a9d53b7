package org.terrarium.vm.firmware;

import org.terrarium.vm.accel.GuestRegisters;
import org.terrarium.vm.bus.PortBus;

/** INT 15h AH=C2h, the pointing device, and IRQ 12: packets of the PS/2 mouse are handed to the program's far handler. */
final class MousePort {
    private static final int ENABLED = 0x80;
    private static final int INSTALLED = 0x07;
    private static final int ACK = 0xFA;
    private static final int POLLS = 1000;

    private static final int INVALID_FUNCTION = 1;
    private static final int INVALID_INPUT = 2;
    private static final int INTERFACE_ERROR = 3;
    private static final int NO_HANDLER = 5;

    /** Sets the mouse up as a reset does, but without the self-test whose result comes long after the call. */
    private static final int SET_DEFAULTS = 0xF6;

    private static final int[] RATES = {10, 20, 40, 60, 80, 100, 200};

    private final PortBus ports;
    private final BiosMemory memory;

    MousePort(PortBus ports, BiosMemory memory) {
        this.ports = ports;
        this.memory = memory;
    }

    /** Serves one call; AL is the function. */
    void call(BiosCall c) {
        int status = switch (c.al()) {
            case 0 -> enable(c.bh());
            case 1 -> reset(c);
            case 2 -> c.bh() < RATES.length ? command(0xF3, RATES[c.bh()]) : INVALID_INPUT;
            case 3 -> c.bh() < 4 ? command(0xE8, c.bh()) : INVALID_INPUT;
            case 4 -> {
                c.setBh(0);
                yield 0;
            }
            case 5 -> initialise(c);
            case 6 -> extended(c);
            case 7 -> handler(c);
            default -> INVALID_FUNCTION;
        };
        c.setAh(status);
        c.setCarry(status != 0);
    }

    private int enable(int on) {
        if (on > 1) {
            return INVALID_INPUT;
        }
        if (on == 1 && memory.u32(Bda.EBDA_MOUSE_HANDLER) == 0) {
            return NO_HANDLER;
        }
        memory.change8(Bda.EBDA_MOUSE_FLAGS, INSTALLED, 0); // forget half a packet
        memory.change8(Bda.EBDA_MOUSE_FLAGS_2, ENABLED, on == 1 ? ENABLED : 0);
        return command(on == 1 ? 0xF4 : 0xF5);
    }

    private int reset(BiosCall c) {
        int status = command(SET_DEFAULTS);
        if (status == 0) {
            c.setBx(0x00AA);
        }
        return status;
    }

    private int initialise(BiosCall c) {
        int packetBytes = c.bh();
        if (packetBytes < 1 || packetBytes > 8) {
            return INVALID_INPUT;
        }
        memory.put8(Bda.EBDA_MOUSE_FLAGS, 0);
        memory.put8(
                Bda.EBDA_MOUSE_FLAGS_2, memory.u8(Bda.EBDA_MOUSE_FLAGS_2) & ~INSTALLED & ~ENABLED | packetBytes - 1);
        return reset(c);
    }

    private int extended(BiosCall c) {
        switch (c.bh()) {
            case 0 -> {
                int[] answer = new int[3];
                int status = exchange(new int[] {0xE9}, answer);
                if (status == 0) {
                    c.setBl(answer[0]);
                    c.setCl(answer[1]);
                    c.setDl(answer[2]);
                }
                return status;
            }
            case 1 -> {
                return command(0xE6);
            }
            case 2 -> {
                return command(0xE7);
            }
            default -> {
                return INVALID_INPUT;
            }
        }
    }

    private int handler(BiosCall c) {
        int segment = c.cpu.selector(GuestRegisters.ES);
        int pointer = segment << 16 | c.bx();
        memory.put32(Bda.EBDA_MOUSE_HANDLER, pointer);
        memory.change8(Bda.EBDA_MOUSE_FLAGS_2, ENABLED, pointer == 0 ? 0 : memory.u8(Bda.EBDA_MOUSE_FLAGS_2) & ENABLED);
        return 0;
    }

    private int command(int... bytes) {
        return exchange(bytes, new int[0]);
    }

    /**
     * Sends bytes to the mouse, each acknowledged, and reads its answer; meanwhile the controller raises no interrupts and
     * the keyboard is held, as its data would come between.
     */
    private int exchange(int[] bytes, int[] answer) {
        ports.write(KeyboardService.STATUS, 1, 0x20);
        int saved = receive(false);
        if (saved < 0) {
            return INTERFACE_ERROR;
        }
        commandByte(saved & ~0x03 & ~0x20 | 0x10);
        boolean good = true;
        for (int b : bytes) {
            ports.write(KeyboardService.STATUS, 1, 0xD4);
            ports.write(KeyboardService.DATA, 1, b);
            good &= receive(true) == ACK;
        }
        for (int k = 0; k < answer.length && good; k++) {
            answer[k] = receive(true);
            good = answer[k] >= 0;
        }
        commandByte(saved & ~0x20 | 0x02);
        return good ? 0 : INTERFACE_ERROR;
    }

    private void commandByte(int value) {
        ports.write(KeyboardService.STATUS, 1, 0x60);
        ports.write(KeyboardService.DATA, 1, value);
    }

    /** The next byte from the controller (or from the mouse only), or -1. */
    private int receive(boolean fromMouse) {
        for (int k = 0; k < POLLS; k++) {
            int status = ports.read(KeyboardService.STATUS, 1);
            if ((status & KeyboardService.OUTPUT_FULL) != 0) {
                int value = ports.read(KeyboardService.DATA, 1) & 0xFF;
                if (!fromMouse || (status & KeyboardService.FROM_MOUSE) != 0) {
                    return value;
                }
            }
        }
        return -1;
    }

    /**
     * IRQ 12: takes a byte. Once a packet is complete and a handler is set, pushes its four words for the far call.
     *
     * @return whether the ROM must call the handler
     */
    boolean interrupt(BiosCall c) {
        int status = ports.read(KeyboardService.STATUS, 1);
        if ((status & KeyboardService.OUTPUT_FULL) == 0 || (status & KeyboardService.FROM_MOUSE) == 0) {
            return false;
        }
        int value = ports.read(KeyboardService.DATA, 1) & 0xFF;
        int flags = memory.u8(Bda.EBDA_MOUSE_FLAGS_2);
        if ((flags & ENABLED) == 0) {
            return false;
        }
        int index = memory.u8(Bda.EBDA_MOUSE_FLAGS) & 7;
        memory.put8(Bda.EBDA_MOUSE_PACKET + index, value);
        if (index < (flags & 7)) {
            memory.put8(Bda.EBDA_MOUSE_FLAGS, index + 1);
            return false;
        }
        memory.put8(Bda.EBDA_MOUSE_FLAGS, 0);
        if (memory.u32(Bda.EBDA_MOUSE_HANDLER) == 0) {
            return false;
        }
        c.setEs(Bda.EBDA_SEG);
        for (int k = 0; k < 4; k++) {
            push(c, k < 3 ? memory.u8(Bda.EBDA_MOUSE_PACKET + k) : 0);
        }
        return true;
    }

    private void push(BiosCall c, int word) {
        int sp = c.cpu.get(GuestRegisters.ESP);
        c.cpu.set(GuestRegisters.ESP, sp & 0xFFFF_0000 | sp - 2 & 0xFFFF);
        memory.put16(c.stack(0), word);
    }
}
