package org.terrarium.vm.device.pit;

import static org.terrarium.vm.device.pit.Reg8254.*;

/**
 * One counter of the 8254. It does not count: count and OUT are computed from the time that has passed since the counting
 * element was loaded. All times are input ticks. 82C54 datasheet, "Mode definitions".
 */
final class PitChannel {
    static final long NEVER = Long.MAX_VALUE;

    private int mode;
    private int access;
    private boolean bcd;
    private int count;
    private int pending;
    private long pendingAt;
    private long pendingLoad;
    private long loadTick;
    private boolean counting;
    private boolean gate;
    private long stoppedAt;
    private int lowByte;
    private boolean readHigh;
    private int countLatch;
    private int statusLatch;

    PitChannel() {
        reset(true);
    }

    /** The chip has no reset pin; this is how firmware finds it: mode 3, nothing counted yet. */
    void reset(boolean gateLevel) {
        mode = MODE_SQUARE_WAVE;
        access = RW_BOTH;
        bcd = false;
        gate = gateLevel;
        loadTick = 0;
        forget();
    }

    private void forget() {
        count = 0;
        dropPending();
        counting = false;
        stoppedAt = -1;
        lowByte = -1;
        readHigh = false;
        countLatch = -1;
        statusLatch = -1;
    }

    private void dropPending() {
        pending = 0;
        pendingAt = -1;
        pendingLoad = 0;
    }

    int mode() {
        return mode;
    }

    /** Whether OUT repeats by itself (modes 2 and 3). */
    boolean periodic() {
        return mode == MODE_RATE_GENERATOR || mode == MODE_SQUARE_WAVE;
    }

    /** Ticks per period as loaded, 0 when nothing is loaded. */
    int count() {
        return count;
    }

    void writeControl(int word, long t) {
        int rw = word >> RW_SHIFT & 3;
        if (rw == RW_LATCH) {
            latchCount(t);
            return;
        }
        access = rw;
        int m = word >> M_SHIFT & 7;
        mode = m > 5 ? m - 4 : m; // M2 is not looked at in modes 2 and 3
        bcd = (word & BCD) != 0;
        forget();
    }

    void writeCount(int value, long t) {
        sync(t);
        switch (access) {
            case RW_LSB -> load(value, t);
            case RW_MSB -> load(value << 8, t);
            default -> {
                if (lowByte < 0) {
                    lowByte = value;
                    if (mode == MODE_INTERRUPT_ON_TERMINAL_COUNT) {
                        counting = false; // the first byte stops counting and sets OUT low
                    }
                } else {
                    int full = value << 8 | lowByte;
                    lowByte = -1;
                    load(full, t);
                }
            }
        }
    }

    private void load(int raw, long t) {
        int n = decode(raw);
        switch (mode) {
            case MODE_ONE_SHOT, MODE_HARDWARE_STROBE -> pending = n;
            case MODE_RATE_GENERATOR, MODE_SQUARE_WAVE -> {
                if (!counting) {
                    start(n, t);
                } else if (stoppedAt >= 0) {
                    pending = n;
                } else {
                    loadAtEndOfPeriod(n, t);
                }
            }
            default -> start(n, t);
        }
    }

    private void start(int n, long t) {
        count = n;
        loadTick = t + 1;
        counting = true;
        stoppedAt = gate ? -1 : loadTick;
        dropPending();
    }

    private void loadAtEndOfPeriod(int n, long t) {
        long e = t - loadTick;
        long cycle = loadTick + (e < 0 ? 0 : e / count * count);
        int high = highTicks(count);
        pending = n;
        if (mode == MODE_SQUARE_WAVE && t - cycle < high) {
            // The low half comes next: place the load so that the new period's low half begins there.
            pendingAt = cycle + high;
            pendingLoad = pendingAt - highTicks(n);
        } else {
            pendingAt = cycle + count;
            pendingLoad = pendingAt;
        }
    }

    private int highTicks(int n) {
        return (n + 1) / 2;
    }

    /** Lets a pending count take over whose time has come. */
    private void sync(long t) {
        if (pending != 0 && pendingAt >= 0 && t >= pendingAt && stoppedAt < 0) {
            count = pending;
            loadTick = pendingLoad;
            dropPending();
        }
    }

    void setGate(boolean level, long t) {
        if (gate == level) {
            return;
        }
        sync(t);
        gate = level;
        if (level) {
            gateRises(t);
        } else if (mode != MODE_ONE_SHOT && mode != MODE_HARDWARE_STROBE && counting && stoppedAt < 0) {
            stoppedAt = Math.max(t, loadTick);
            pendingAt = -1; // from now on only the trigger loads
        }
    }

    private void gateRises(long t) {
        switch (mode) {
            case MODE_INTERRUPT_ON_TERMINAL_COUNT, MODE_SOFTWARE_STROBE -> {
                if (counting && stoppedAt >= 0) {
                    loadTick += Math.max(0, t - stoppedAt);
                    stoppedAt = -1;
                }
            }
            default -> {
                boolean hardwareTriggered = mode == MODE_ONE_SHOT || mode == MODE_HARDWARE_STROBE;
                if (pending != 0) {
                    count = pending;
                    dropPending();
                }
                if (count != 0 && (hardwareTriggered || counting)) {
                    loadTick = t + 1;
                    counting = true;
                    stoppedAt = -1;
                }
            }
        }
    }

    private long elapsed(long t) {
        return (stoppedAt >= 0 ? stoppedAt : t) - loadTick;
    }

    boolean out(long t) {
        sync(t);
        if (!counting) {
            return mode != MODE_INTERRUPT_ON_TERMINAL_COUNT;
        }
        long e = elapsed(t);
        return switch (mode) {
            case MODE_INTERRUPT_ON_TERMINAL_COUNT -> e >= count;
            case MODE_ONE_SHOT -> e < 0 || e >= count;
            case MODE_RATE_GENERATOR -> stoppedAt >= 0 || e < 0 || e % count != count - 1 || count == 1;
            case MODE_SQUARE_WAVE -> stoppedAt >= 0 || e < 0 || e % count < highTicks(count);
            default -> e != count;
        };
    }

    /** The counting element at tick {@code t} as a program reads it: binary or BCD, 16 bits. */
    private int value(long t) {
        sync(t);
        if (!counting) {
            return encode(count);
        }
        long e = Math.max(0, elapsed(t));
        long v = switch (mode) {
            case MODE_RATE_GENERATOR -> count - e % count;
            case MODE_SQUARE_WAVE -> squareWaveValue((int) (e % count));
            default -> count - e;
        };
        return encode(v);
    }

    /** Mode 3 counts down by two in each half; an odd count is loaded less one (82C54). */
    private int squareWaveValue(int phase) {
        int high = highTicks(count);
        return (count & ~1) - 2 * (phase < high ? phase : phase - high);
    }

    private int decode(int raw) {
        if (!bcd) {
            return raw == 0 ? 0x10000 : raw;
        }
        int n = (raw >> 12) * 1000 + (raw >> 8 & 15) * 100 + (raw >> 4 & 15) * 10 + (raw & 15);
        return n == 0 ? 10_000 : Math.min(n, 10_000);
    }

    private int encode(long v) {
        if (!bcd) {
            return (int) v & 0xFFFF;
        }
        int n = (int) Math.floorMod(v, 10_000L);
        return n / 1000 << 12 | n / 100 % 10 << 8 | n / 10 % 10 << 4 | n % 10;
    }

    void latchCount(long t) {
        if (countLatch < 0) {
            countLatch = value(t);
        }
    }

    void latchStatus(long t) {
        if (statusLatch < 0) {
            boolean nullCount = count == 0 || pending != 0 || counting && t < loadTick;
            boolean out = out(t);
            statusLatch = (out ? STATUS_OUTPUT : 0)
                    | (nullCount ? STATUS_NULL_COUNT : 0)
                    | access << RW_SHIFT
                    | mode << M_SHIFT
                    | (bcd ? BCD : 0);
        }
    }

    int read(long t) {
        if (statusLatch >= 0) {
            int status = statusLatch;
            statusLatch = -1;
            return status;
        }
        int v = countLatch >= 0 ? countLatch : value(t);
        boolean high = access == RW_MSB || access == RW_BOTH && readHigh;
        if (access == RW_BOTH) {
            readHigh = !readHigh;
        }
        if (access != RW_BOTH || high) {
            countLatch = -1;
        }
        return high ? v >> 8 : v & 0xFF;
    }

    /** How many times OUT rises after tick {@code from}, up to and including {@code to}. */
    long rises(long from, long to) {
        if (pending != 0 && pendingAt > from && pendingAt <= to && stoppedAt < 0) {
            long before = risesAsLoaded(from, pendingAt);
            long at = pendingAt;
            sync(at);
            return before + risesAsLoaded(at, to);
        }
        sync(from);
        return risesAsLoaded(from, to);
    }

    private long risesAsLoaded(long from, long to) {
        if (!counting || stoppedAt >= 0 || to <= loadTick || to <= from) {
            return 0;
        }
        if (periodic()) {
            return (to - loadTick) / count - Math.max(0, from - loadTick) / count;
        }
        long rise = singleRise();
        return rise > from && rise <= to ? 1 : 0;
    }

    private long singleRise() {
        boolean strobe = mode == MODE_SOFTWARE_STROBE || mode == MODE_HARDWARE_STROBE;
        return loadTick + count + (strobe ? 1 : 0);
    }

    /** The next tick after {@code t} at which OUT rises, or {@link #NEVER} when it will not by itself. */
    long nextRise(long t) {
        sync(t);
        if (!counting || stoppedAt >= 0) {
            return NEVER;
        }
        if (!periodic()) {
            long rise = singleRise();
            return rise > t ? rise : NEVER;
        }
        long next = loadTick + (Math.max(0, t - loadTick) / count + 1) * count;
        // A count that takes over earlier makes its own schedule.
        return pending != 0 && pendingAt >= 0 && pendingAt < next ? pendingLoad + pending : next;
    }

    PitChannelState save() {
        return new PitChannelState(
                mode,
                access,
                bcd,
                count,
                pending,
                pendingAt,
                pendingLoad,
                loadTick,
                counting,
                gate,
                stoppedAt,
                lowByte,
                readHigh,
                countLatch,
                statusLatch);
    }

    void restore(PitChannelState s) {
        mode = s.mode();
        access = s.access();
        bcd = s.bcd();
        count = s.count();
        pending = s.pending();
        pendingAt = s.pendingAt();
        pendingLoad = s.pendingLoad();
        loadTick = s.loadTick();
        counting = s.counting();
        gate = s.gate();
        stoppedAt = s.stoppedAt();
        lowByte = s.lowByte();
        readHigh = s.readHigh();
        countLatch = s.countLatch();
        statusLatch = s.statusLatch();
    }
}
