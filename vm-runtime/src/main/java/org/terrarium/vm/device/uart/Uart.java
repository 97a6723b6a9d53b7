package org.terrarium.vm.device.uart;

import static org.terrarium.vm.device.uart.Reg16550.*;

import java.util.Arrays;
import org.terrarium.vm.bus.BytePortDevice;
import org.terrarium.vm.bus.Device;
import org.terrarium.vm.bus.IrqLine;
import org.terrarium.vm.bus.PortDevice;
import org.terrarium.vm.time.Timer;
import org.terrarium.vm.time.TimerQueue;

/**
 * A 16550A serial port as PCs have it: interrupts pass only while OUT2 is set.
 *
 * <p>Bytes leave for the backend when they are written; only the time they take is modelled, from which occupancy and
 * "transmitter empty" follow. Bytes come in at the programmed rate and only while there is room, so none is lost however slow
 * the guest is.
 */
public final class Uart implements Device<UartState> {
    private static final int FIFO = 16;
    private static final int[] TRIGGER = {1, 4, 8, 14};
    /** One bit takes 16 * divisor periods of the 1.8432 MHz clock: this many nanoseconds, times divisor, by 1000. */
    private static final long PICOSECONDS_PER_BIT = 8_680_556;

    private static final long FAST_CHARACTER_NANOS = 5_000;
    private static final long NEVER = Long.MAX_VALUE;

    private final String label;
    private final TimerQueue timers;
    private final IrqLine irq;
    private final SerialBackend backend;
    private final boolean fast;
    private final Timer timer;
    private final BytePortDevice ports = new Ports();
    private final byte[] received = new byte[FIFO];
    private int receivedCount;
    private int ier;
    private int fcr;
    private int lcr;
    private int mcr;
    private int scr;
    private int divisor;
    private int errors;
    private int deltas;
    private int modemInputs;
    private long busyUntil;
    private long thrEmptyAt = NEVER;
    private boolean thrEmpty;
    private long nextReceiveAt;
    private boolean inputExpected;
    private long timeoutAt = NEVER;
    private boolean timedOut;
    private boolean wire;

    /** {@code fast} sends in a few microseconds a byte instead of the programmed rate: for consoles nobody times. */
    public Uart(String label, TimerQueue timers, IrqLine irq, SerialBackend backend, boolean fast) {
        this.label = label;
        this.timers = timers;
        this.irq = irq;
        this.backend = backend;
        this.fast = fast;
        this.timer = timers.create(label, this::update);
        reset();
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public void reset() {
        ier = 0;
        fcr = 0;
        lcr = 0;
        mcr = 0;
        scr = 0;
        divisor = 12; // 9600 baud; a real chip keeps what it had
        errors = 0;
        deltas = 0;
        modemInputs = modemLines();
        receivedCount = 0;
        busyUntil = 0;
        thrEmptyAt = NEVER;
        thrEmpty = false;
        nextReceiveAt = 0;
        inputExpected = true;
        timeoutAt = NEVER;
        timedOut = false;
        update();
    }

    /** The eight ports of the chip. */
    public PortDevice ports() {
        return ports;
    }

    /** The backend has bytes now. */
    public void inputReady() {
        inputExpected = true;
        update();
    }

    private long now() {
        return timers.nanos();
    }

    /** Duration of a character on the line at the programmed rate and format. */
    private long lineCharacterNanos() {
        int bits = 1 + 5 + (lcr & LCR_WORD_LENGTH) + ((lcr & LCR_PEN) != 0 ? 1 : 0) + ((lcr & LCR_STB) != 0 ? 2 : 1);
        return Math.max(1, divisor) * PICOSECONDS_PER_BIT / 1000 * bits;
    }

    private long sendNanos() {
        return fast ? FAST_CHARACTER_NANOS : lineCharacterNanos();
    }

    private boolean fifos() {
        return (fcr & FCR_FIFO_ENABLE) != 0;
    }

    private boolean loop() {
        return (mcr & MCR_LOOP) != 0;
    }

    private int capacity() {
        return fifos() ? FIFO : 1;
    }

    /** Bytes that wait in the transmitter FIFO (or holding register), not counting the one in the shift register. */
    private long waitingToSend() {
        long left = busyUntil - now();
        return left <= 0 ? 0 : (left + sendNanos() - 1) / sendNanos() - 1;
    }

    private void send(int value) {
        if (waitingToSend() >= capacity()) {
            return; // written into a full FIFO: lost, as in the chip
        }
        busyUntil = Math.max(busyUntil, now()) + sendNanos();
        thrEmpty = false;
        thrEmptyAt = busyUntil - sendNanos();
        if (loop()) {
            receive(value);
        } else {
            backend.transmit(value);
        }
    }

    private void receive(int value) {
        if (receivedCount >= capacity()) {
            errors |= LSR_OE;
            if (!fifos()) {
                received[0] = (byte) value; // the newer byte destroys the unread one
            }
            return;
        }
        received[receivedCount++] = (byte) value;
        restartTimeout();
    }

    private int takeReceived() {
        if (receivedCount == 0) {
            return 0;
        }
        int value = received[0] & 0xFF;
        System.arraycopy(received, 1, received, 0, --receivedCount);
        timedOut = false;
        restartTimeout();
        return value;
    }

    /** Four character times without traffic while bytes lie unread cause the timeout interrupt. */
    private void restartTimeout() {
        timeoutAt = fifos() && receivedCount > 0 ? now() + 4 * lineCharacterNanos() : NEVER;
    }

    /** Fetches what the line brings by now. */
    private void fetch() {
        while (inputExpected && !loop() && receivedCount < capacity() && now() >= nextReceiveAt) {
            int value = backend.receive();
            if (value < 0) {
                inputExpected = false;
            } else {
                receive(value & 0xFF);
                nextReceiveAt = now() + lineCharacterNanos();
            }
        }
    }

    /** CTS, DSR, RI and DCD: from the cable, or from our own outputs in loopback. */
    private int modemLines() {
        if (!loop()) {
            return backend.connected() ? MSR_CTS | MSR_DSR | MSR_DCD : 0;
        }
        return ((mcr & MCR_RTS) != 0 ? MSR_CTS : 0)
                | ((mcr & MCR_DTR) != 0 ? MSR_DSR : 0)
                | ((mcr & MCR_OUT1) != 0 ? MSR_RI : 0)
                | ((mcr & MCR_OUT2) != 0 ? MSR_DCD : 0);
    }

    private void watchModemLines() {
        int lines = modemLines();
        int changed = lines ^ modemInputs;
        deltas |= (changed & MSR_CTS) != 0 ? MSR_DCTS : 0;
        deltas |= (changed & MSR_DSR) != 0 ? MSR_DDSR : 0;
        deltas |= (changed & MSR_RI) != 0 && (lines & MSR_RI) == 0 ? MSR_TERI : 0;
        deltas |= (changed & MSR_DCD) != 0 ? MSR_DDCD : 0;
        modemInputs = lines;
    }

    /** The pending interrupt of highest priority, as the identification register names it. */
    private int interrupt() {
        if ((ier & IER_ELSI) != 0 && errors != 0) {
            return IIR_LINE_STATUS;
        }
        if ((ier & IER_ERBFI) != 0 && receivedCount >= (fifos() ? TRIGGER[fcr >> FCR_TRIGGER_SHIFT] : 1)) {
            return IIR_DATA_AVAILABLE;
        }
        if ((ier & IER_ERBFI) != 0 && timedOut && receivedCount > 0) {
            return IIR_CHARACTER_TIMEOUT;
        }
        if ((ier & IER_ETBEI) != 0 && thrEmpty) {
            return IIR_THR_EMPTY;
        }
        if ((ier & IER_EDSSI) != 0 && deltas != 0) {
            return IIR_MODEM_STATUS;
        }
        return IIR_NONE;
    }

    /** Brings everything up to now, drives the interrupt line and sets the alarm for what comes next. */
    private void update() {
        fetch();
        long now = now();
        if (now >= thrEmptyAt) {
            thrEmptyAt = NEVER;
            thrEmpty = true;
        }
        if (now >= timeoutAt) {
            timeoutAt = NEVER;
            timedOut = true;
        }
        watchModemLines();
        boolean level = interrupt() != IIR_NONE && (mcr & MCR_OUT2) != 0;
        if (level != wire) {
            wire = level;
            irq.set(level);
        }
        long next = NEVER;
        if (inputExpected && !loop() && receivedCount < capacity()) {
            next = nextReceiveAt;
        }
        if ((ier & IER_ETBEI) != 0) {
            next = Math.min(next, thrEmptyAt);
        }
        if ((ier & IER_ERBFI) != 0) {
            next = Math.min(next, timeoutAt);
        }
        timer.at(next);
    }

    private final class Ports implements BytePortDevice {
        @Override
        public int readByte(int offset) {
            update();
            boolean dlab = (lcr & LCR_DLAB) != 0;
            int value = switch (offset) {
                case RBR_THR -> dlab ? divisor & 0xFF : takeReceived();
                case IER -> dlab ? divisor >> 8 : ier;
                case IIR_FCR -> identification();
                case LCR -> lcr;
                case MCR -> mcr;
                case LSR -> lineStatus();
                case MSR -> modemStatus();
                default -> scr; // SCR
            };
            update();
            return value;
        }

        private int identification() {
            int source = interrupt();
            if (source == IIR_THR_EMPTY) {
                thrEmpty = false;
            }
            return source | (fifos() ? IIR_FIFOS_ENABLED : 0);
        }

        private int lineStatus() {
            int value = errors | (receivedCount > 0 ? LSR_DR : 0);
            errors = 0;
            if (waitingToSend() == 0) {
                value |= LSR_THRE | (now() >= busyUntil ? LSR_TEMT : 0);
            }
            return value;
        }

        private int modemStatus() {
            int value = modemInputs | deltas;
            deltas = 0;
            return value;
        }

        @Override
        public void writeByte(int offset, int value) {
            update();
            boolean dlab = (lcr & LCR_DLAB) != 0;
            switch (offset) {
                case RBR_THR -> {
                    if (dlab) {
                        divisor = divisor & 0xFF00 | value;
                    } else {
                        send(value);
                    }
                }
                case IER -> {
                    if (dlab) {
                        divisor = divisor & 0xFF | value << 8;
                    } else {
                        writeIer(value & IER_WRITABLE);
                    }
                }
                case IIR_FCR -> writeFcr(value);
                case LCR -> writeLcr(value);
                case MCR -> writeMcr(value & MCR_WRITABLE);
                case SCR -> scr = value;
                default -> {} // line and modem status: writing is for factory tests
            }
            update();
        }

        private void writeIer(int value) {
            boolean switchedOn = (value & ~ier & IER_ETBEI) != 0;
            ier = value;
            if (switchedOn && waitingToSend() == 0) {
                thrEmpty = true; // enabling it with an empty transmitter interrupts at once
            }
        }

        private void writeFcr(int value) {
            boolean toggled = ((value ^ fcr) & FCR_FIFO_ENABLE) != 0;
            fcr = (value & FCR_FIFO_ENABLE) != 0 ? value & (3 << FCR_TRIGGER_SHIFT | FCR_FIFO_ENABLE) : 0;
            if (toggled || (value & FCR_RCVR_RESET) != 0) {
                receivedCount = 0;
                timedOut = false;
                timeoutAt = NEVER;
            }
            if (toggled || (value & FCR_XMIT_RESET) != 0) {
                busyUntil = Math.min(busyUntil, now() + sendNanos()); // the shift register goes on
                if (thrEmptyAt != NEVER) {
                    thrEmptyAt = NEVER;
                    thrEmpty = true;
                }
            }
        }

        private void writeLcr(int value) {
            boolean breakBegins = (value & ~lcr & LCR_SET_BREAK) != 0;
            lcr = value;
            if (breakBegins && loop()) {
                receive(0);
                errors |= LSR_BI;
            }
        }

        private void writeMcr(int value) {
            int changed = value ^ mcr;
            mcr = value;
            if ((changed & (MCR_DTR | MCR_RTS | MCR_LOOP)) != 0) {
                backend.modemOutputs(!loop() && (mcr & MCR_DTR) != 0, !loop() && (mcr & MCR_RTS) != 0);
            }
        }
    }

    @Override
    public UartState save() {
        return new UartState(
                ier,
                fcr,
                lcr,
                mcr,
                scr,
                divisor,
                errors,
                deltas,
                modemInputs,
                Arrays.copyOf(received, receivedCount),
                busyUntil,
                thrEmptyAt,
                thrEmpty,
                nextReceiveAt,
                inputExpected,
                timeoutAt,
                timedOut,
                timer.deadline(),
                wire);
    }

    @Override
    public void restore(UartState s) {
        ier = s.ier();
        fcr = s.fcr();
        lcr = s.lcr();
        mcr = s.mcr();
        scr = s.scr();
        divisor = s.divisor();
        errors = s.errors();
        deltas = s.deltas();
        modemInputs = s.modemInputs();
        receivedCount = s.received().length;
        System.arraycopy(s.received(), 0, received, 0, receivedCount);
        busyUntil = s.busyUntil();
        thrEmptyAt = s.thrEmptyAt();
        thrEmpty = s.thrEmpty();
        nextReceiveAt = s.nextReceiveAt();
        inputExpected = s.inputExpected();
        timeoutAt = s.timeoutAt();
        timedOut = s.timedOut();
        wire = s.wire();
        irq.set(wire);
        timer.at(s.deadline());
    }
}
