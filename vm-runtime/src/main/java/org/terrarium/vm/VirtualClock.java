package org.terrarium.vm;

import java.util.function.LongSupplier;
import org.terrarium.vm.time.Clock;

/**
 * Machine time. In real time it follows the host's monotonic clock and stands still while the machine is paused; counted, it
 * follows the number of retired instructions and jumps over idle stretches, so that a run can be repeated exactly.
 */
public final class VirtualClock implements Clock {
    /** Counted time: what one instruction takes. 10 ns makes a 100 MIPS machine, about what the interpreter reaches. */
    public static final long NANOS_PER_INSTRUCTION = 10;

    private final LongSupplier source;
    private final boolean counted;
    private long offset;
    private boolean running;
    private long frozen;

    private VirtualClock(LongSupplier source, boolean counted) {
        this.source = source;
        this.counted = counted;
    }

    /** Follows {@code hostNanos} (a monotonic nanosecond counter) while running. */
    public static VirtualClock realTime(LongSupplier hostNanos) {
        return new VirtualClock(hostNanos, false);
    }

    /** Follows {@code instructions} (retired since power-on). */
    public static VirtualClock counted(LongSupplier instructions) {
        return new VirtualClock(() -> instructions.getAsLong() * NANOS_PER_INSTRUCTION, true);
    }

    @Override
    public long nanos() {
        return running ? source.getAsLong() + offset : frozen;
    }

    /** Whether time is counted in instructions. */
    public boolean counted() {
        return counted;
    }

    /** Lets time run on from where it stood. */
    public void resume() {
        if (!running) {
            offset = frozen - source.getAsLong();
            running = true;
        }
    }

    /** Stops time. */
    public void pause() {
        if (running) {
            frozen = nanos();
            running = false;
        }
    }

    /** Time goes on from {@code nanos} when the clock is resumed; only while it stands. */
    public void set(long nanos) {
        if (running) {
            throw new IllegalStateException("the clock is running");
        }
        frozen = nanos;
    }

    /** Counted time only: the machine idles until {@code nanos}, so time jumps there. */
    public void skipTo(long nanos) {
        if (counted && nanos > nanos()) {
            offset += nanos - nanos();
        }
    }
}
