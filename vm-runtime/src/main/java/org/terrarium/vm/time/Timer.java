package org.terrarium.vm.time;

/** A one-shot alarm in machine time, owned by one device; fires on the machine's thread. */
public final class Timer {
    static final long IDLE = Long.MAX_VALUE;

    private final TimerQueue queue;
    private final String label;
    private final Runnable action;
    private long deadline = IDLE;

    Timer(TimerQueue queue, String label, Runnable action) {
        this.queue = queue;
        this.label = label;
        this.action = action;
    }

    /**
     * Arms (or re-arms) the timer for machine time {@code nanos}; a time in the past fires at the next opportunity, and
     * {@code Long.MAX_VALUE}, the {@link #deadline} of a timer that is not armed, disarms it.
     */
    public void at(long nanos) {
        deadline = nanos;
        queue.changed(this);
    }

    public void cancel() {
        at(IDLE);
    }

    public boolean armed() {
        return deadline != IDLE;
    }

    /** Machine time of the alarm; {@code Long.MAX_VALUE} when not armed. */
    public long deadline() {
        return deadline;
    }

    public String label() {
        return label;
    }

    /** Its owner is taken out of the machine: the timer never fires again and is forgotten. */
    public void release() {
        cancel();
        queue.forget(this);
    }

    void fire() {
        deadline = IDLE;
        action.run();
    }
}
