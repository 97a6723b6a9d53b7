package org.terrarium.net;

/**
 * How long a thread that has nothing to do looks out for work before it sleeps. To wake a sleeping thread takes the host longer than
 * to answer a packet or to read a block from its cache, so it pays to stay awake for a moment; but only a small share of
 * the time may be spent awake in vain, so that an idle machine leaves the host's processors alone.
 */
public final class Vigil {
    /** Of so much time, one part may be spent in vain. */
    private static final int SHARE = 64;

    /** What can be saved up for a busy while, in longest waits. */
    private static final int SAVED = 32;

    private final long longest;
    private long credit;
    private long last;

    /** @param longest nanoseconds that one wait may take */
    public Vigil(long longest) {
        this.longest = longest;
        credit = SAVED * longest;
    }

    /** Nothing is to be done at {@code now}, in nanoseconds: how many nanoseconds to stay awake for. */
    public long begin(long now) {
        credit = Math.min(SAVED * longest, credit + Math.max(0, now - last) / SHARE);
        last = now;
        return Math.min(longest, credit);
    }

    /** The thread was awake for {@code nanos}, and work came meanwhile or did not. */
    public void end(long nanos, boolean worked) {
        if (!worked) {
            credit = Math.max(0, credit - nanos);
        }
    }
}
