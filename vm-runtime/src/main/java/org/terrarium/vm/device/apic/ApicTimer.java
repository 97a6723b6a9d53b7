package org.terrarium.vm.device.apic;

import org.terrarium.vm.time.Timer;
import org.terrarium.vm.time.TimerQueue;

/**
 * The local APIC's timer (SDM volume 3, 11.5.4): counts down at 1 GHz over its divider, so that one tick at divide-by-1 is
 * one nanosecond of machine time; once or over and over.
 */
final class ApicTimer {
    /** A guest that asks for a shorter period gets this one, nanoseconds: it must not starve the machine's thread. */
    private static final long SHORTEST_PERIOD = 1000;

    private final TimerQueue queue;
    private final Timer alarm;
    private final Runnable expired;
    private int initialCount;
    private int divide;
    private long start;
    private boolean periodic;

    /** {@code expired} is called whenever the count reaches zero. */
    ApicTimer(String label, TimerQueue queue, Runnable expired) {
        this.queue = queue;
        this.expired = expired;
        alarm = queue.create(label, this::expire);
    }

    int initialCount() {
        return initialCount;
    }

    /** Starts a new count; 0 stops the timer. */
    void setInitialCount(int count) {
        initialCount = count;
        if (count == 0) {
            alarm.cancel();
        } else {
            start = queue.nanos();
            arm();
        }
    }

    /** The divide configuration register. */
    int divide() {
        return divide;
    }

    /** Changes the speed; a running count goes on from where it is. */
    void setDivide(int value) {
        long done = Integer.toUnsignedLong(initialCount) - Integer.toUnsignedLong(currentCount());
        divide = value & 0xB;
        if (alarm.armed()) {
            start = queue.nanos() - done * divisor();
            arm();
        }
    }

    void setPeriodic(boolean on) {
        if (periodic != on) {
            periodic = on;
            if (alarm.armed()) {
                arm();
            }
        }
    }

    /** SDM volume 3, figure 11-10: bits 3, 1, 0 give 2, 4, ... 128, and 111b gives 1. */
    private long divisor() {
        int code = divide >> 1 & 4 | divide & 3;
        return code == 7 ? 1 : 2L << code;
    }

    private long period() {
        return Integer.toUnsignedLong(initialCount) * divisor();
    }

    int currentCount() {
        if (!alarm.armed()) {
            return 0;
        }
        long elapsed = queue.nanos() - start;
        long period = period();
        if (periodic) {
            elapsed %= period;
        }
        return (int) (elapsed >= period ? 0 : (period - elapsed) / divisor());
    }

    private void arm() {
        long now = queue.nanos();
        long period = period();
        if (periodic) {
            long next = start + (Math.max(now - start, 0) / period + 1) * period;
            alarm.at(Math.max(next, now + SHORTEST_PERIOD));
        } else {
            alarm.at(start + period);
        }
    }

    private void expire() {
        expired.run();
        if (periodic) {
            arm();
        }
    }

    void reset() {
        initialCount = 0;
        divide = 0;
        start = 0;
        periodic = false;
        alarm.cancel();
    }

    long start() {
        return start;
    }

    /** Machine time of the next expiry, {@code Long.MAX_VALUE} when the timer is stopped. */
    long deadline() {
        return alarm.deadline();
    }

    void restore(int count, int divideConfiguration, boolean isPeriodic, long startedAt, long deadline) {
        initialCount = count;
        divide = divideConfiguration;
        periodic = isPeriodic;
        start = startedAt;
        alarm.at(deadline);
    }
}
