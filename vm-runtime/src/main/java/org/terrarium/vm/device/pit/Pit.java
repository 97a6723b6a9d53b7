package org.terrarium.vm.device.pit;

import static org.terrarium.vm.device.pit.Reg8254.*;

import java.util.List;
import java.util.stream.Stream;
import org.terrarium.vm.bus.BytePortDevice;
import org.terrarium.vm.bus.Device;
import org.terrarium.vm.bus.IrqLine;
import org.terrarium.vm.bus.PortDevice;
import org.terrarium.vm.time.Timer;
import org.terrarium.vm.time.TimerQueue;

/**
 * The 8254 timer: channel 0 gives the system tick on IRQ 0, channel 1 once refreshed memory, channel 2 is for the speaker and
 * for timing loops.
 *
 * <p>Ticks that come while the guest has not taken the one before are kept and given to it later, with an eighth of a period
 * between taking one and getting the next and at most some seconds' worth, so that a guest which counts ticks keeps time
 * although its host was busy elsewhere, and yet gets on with its work. The spacing counts from when the guest took a tick, as
 * a starved machine runs in short bursts. A guest that has not taken a tick for a second is not listening and gets none of
 * them later. For this the board
 * must call {@link #tickTaken} when the processor acknowledges IRQ 0; without it missed ticks are simply lost.
 *
 * <p>In the periodic modes IRQ 0 falls only just before it rises again: the 838 ns (mode 2) or half period (mode 3) for which
 * OUT is low would only take a request away from a slow guest.
 */
public final class Pit implements Device<PitState> {
    /** Input frequency of all channels: the PC's 14.31818 MHz crystal divided by 12. */
    public static final long HERTZ = 1_193_182;

    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long LISTENING_NANOS = NANOS_PER_SECOND;
    private static final int BACKLOG_SECONDS = 5;
    private static final int LATE_TICKS_PER_PERIOD = 8;
    /** A guest may ask for a tick each microsecond; this bounds what it costs the host. */
    private static final long MIN_TIMER_NANOS = 10_000;

    private final String label;
    private final TimerQueue timers;
    private final IrqLine irq0;
    private final Timer timer;
    private final PitChannel[] channels = {new PitChannel(), new PitChannel(), new PitChannel()};
    private final BytePortDevice ports = new Ports();
    private long accounted;
    private int missed;
    private boolean outstanding;
    private long lastTaken;
    private boolean wire;

    public Pit(String label, TimerQueue timers, IrqLine irq0) {
        this.label = label;
        this.timers = timers;
        this.irq0 = irq0;
        this.timer = timers.create(label, this::alarm);
        reset();
    }

    /** Input ticks at machine time {@code nanos}. */
    static long ticks(long nanos) {
        return nanos / NANOS_PER_SECOND * HERTZ + nanos % NANOS_PER_SECOND * HERTZ / NANOS_PER_SECOND;
    }

    /** The first nanosecond of tick {@code t}. */
    static long nanos(long t) {
        return t / HERTZ * NANOS_PER_SECOND + (t % HERTZ * NANOS_PER_SECOND + HERTZ - 1) / HERTZ;
    }

    private long now() {
        return ticks(timers.nanos());
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public void reset() {
        channels[0].reset(true);
        channels[1].reset(true);
        channels[2].reset(false);
        accounted = now();
        missed = 0;
        outstanding = false;
        lastTaken = timers.nanos() - LISTENING_NANOS;
        drive(false);
        timer.cancel();
    }

    /** Ports 40h to 43h. */
    public PortDevice ports() {
        return ports;
    }

    /** GATE of channel 2, bit 0 of port 61h. */
    void setGate2(boolean level) {
        channels[2].setGate(level, now());
    }

    /** OUT of channel 2. */
    boolean out2() {
        return channels[2].out(now());
    }

    /** The tone that channel 2 makes, in hertz; 0 when it gives no square wave. */
    int tone2() {
        PitChannel c = channels[2];
        return c.mode() == MODE_SQUARE_WAVE && c.count() > 1 ? (int) (HERTZ / c.count()) : 0;
    }

    /** The processor has acknowledged IRQ 0. */
    public void tickTaken() {
        outstanding = false;
        lastTaken = timers.nanos();
        if (missed > 0) {
            arm();
        }
    }

    private void alarm() {
        account();
        if (missed > 0 && !outstanding && timers.nanos() >= nextLateTick()) {
            missed--;
            raise();
        }
        arm();
    }

    /** Machine time at which a kept tick may follow the one taken last. */
    private long nextLateTick() {
        return lastTaken + nanos(channels[0].count()) / LATE_TICKS_PER_PERIOD;
    }

    /** Turns the rising edges of OUT 0 since the last call into interrupts. */
    private void account() {
        long t = now();
        long edges = channels[0].rises(accounted, t);
        accounted = t;
        if (edges == 0) {
            return;
        }
        boolean listening = timers.nanos() - lastTaken < LISTENING_NANOS;
        if (listening && channels[0].periodic()) {
            long late = missed + edges - (outstanding ? 0 : 1);
            missed = (int) Math.min(late, BACKLOG_SECONDS * HERTZ / channels[0].count());
        } else {
            missed = 0;
        }
        // Also when one is outstanding: it may be an interrupt controller that does not report to us which takes it.
        raise();
    }

    private void raise() {
        outstanding = true;
        drive(false);
        drive(true);
    }

    private void drive(boolean level) {
        if (wire != level) {
            wire = level;
            irq0.set(level);
        }
    }

    private void arm() {
        // From what has been accounted for, not from now: the host may have let time pass since.
        long rise = channels[0].nextRise(accounted);
        long next = rise == PitChannel.NEVER ? Long.MAX_VALUE : nanos(rise);
        if (missed > 0 && !outstanding) {
            next = Math.min(next, nextLateTick());
        }
        if (next == Long.MAX_VALUE) {
            timer.cancel();
        } else {
            timer.at(Math.max(next, timers.nanos() + MIN_TIMER_NANOS));
        }
    }

    private final class Ports implements BytePortDevice {
        @Override
        public int readByte(int offset) {
            // The control word register cannot be read.
            return offset == CONTROL_WORD ? 0xFF : channels[offset].read(now());
        }

        @Override
        public void writeByte(int offset, int value) {
            if (offset == CONTROL_WORD) {
                writeControl(value);
            } else if (offset == 0) {
                account();
                channels[0].writeCount(value, now());
                afterChange();
            } else {
                channels[offset].writeCount(value, now());
            }
        }

        private void writeControl(int value) {
            int select = value >> SC_SHIFT;
            if (select == SC_READ_BACK) {
                readBack(value);
                return;
            }
            if (select != 0 || (value >> RW_SHIFT & 3) == RW_LATCH) {
                channels[select].writeControl(value, now());
                return;
            }
            account();
            channels[0].writeControl(value, now());
            missed = 0;
            afterChange();
        }

        private void readBack(int value) {
            for (int k = 0; k < 3; k++) {
                if ((value & 2 << k) != 0) {
                    if ((value & READ_BACK_NOT_COUNT) == 0) {
                        channels[k].latchCount(now());
                    }
                    if ((value & READ_BACK_NOT_STATUS) == 0) {
                        channels[k].latchStatus(now());
                    }
                }
            }
        }

        private void afterChange() {
            if (channels[0].mode() == MODE_INTERRUPT_ON_TERMINAL_COUNT && !channels[0].out(now())) {
                drive(false);
            }
            arm();
        }
    }

    @Override
    public PitState save() {
        return new PitState(
                Stream.of(channels).map(PitChannel::save).toList(),
                accounted,
                missed,
                outstanding,
                lastTaken,
                timer.deadline(),
                wire);
    }

    @Override
    public void restore(PitState state) {
        List<PitChannelState> saved = state.channels();
        for (int k = 0; k < channels.length; k++) {
            channels[k].restore(saved.get(k));
        }
        accounted = state.accounted();
        missed = state.missed();
        outstanding = state.outstanding();
        lastTaken = state.lastTaken();
        wire = state.wire();
        irq0.set(wire);
        timer.at(state.deadline());
    }
}
