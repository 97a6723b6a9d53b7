package org.terrarium.vm.time;

import java.util.ArrayList;
import java.util.List;

/**
 * All timers of one machine. A machine has a few dozen, so the next deadline is found by a scan, remembered until a timer
 * changes. Not thread-safe: it belongs to the machine's thread.
 */
public final class TimerQueue implements Clock {
    private final Clock clock;
    private final List<Timer> timers = new ArrayList<>();
    private long next = Timer.IDLE;
    private boolean stale;
    private Runnable earlier = () -> {};

    public TimerQueue(Clock clock) {
        this.clock = clock;
    }

    /** Calls {@code action} whenever an alarm is set that comes before all others, so that a running slice can be cut short. */
    public void onEarlierDeadline(Runnable action) {
        earlier = action;
    }

    /** Creates an idle timer; {@code label} names it in traces. */
    public Timer create(String label, Runnable action) {
        Timer t = new Timer(this, label, action);
        timers.add(t);
        return t;
    }

    @Override
    public long nanos() {
        return clock.nanos();
    }

    /** Machine time of the earliest alarm; {@code Long.MAX_VALUE} when there is none. */
    public long nextDeadline() {
        if (stale) {
            long earliest = Timer.IDLE;
            for (Timer t : timers) {
                earliest = Math.min(earliest, t.deadline());
            }
            next = earliest;
            stale = false;
        }
        return next;
    }

    /** Fires every timer due at {@code now}, earliest first; timers armed meanwhile for a time not after now fire too, once. */
    public void runDue(long now) {
        for (int guard = 0; guard < 10_000 && nextDeadline() <= now; guard++) {
            Timer due = null;
            for (Timer t : timers) {
                if (t.deadline() <= now && (due == null || t.deadline() < due.deadline())) {
                    due = t;
                }
            }
            if (due == null) {
                return;
            }
            stale = true;
            due.fire();
        }
    }

    void forget(Timer timer) {
        timers.remove(timer);
    }

    void changed(Timer timer) {
        boolean first = timer.deadline() < next;
        stale = true;
        if (first) {
            earlier.run();
        }
    }
}
