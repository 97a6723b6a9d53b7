package org.terrarium.net.nat;

/** How long to wait for an acknowledgment (RFC 6298). Times in nanoseconds. */
final class RetransmissionTimer {
    private static final long MILLISECOND = 1_000_000;

    /** RFC 6298, 2.4 asks for a second; like all current systems this one goes lower, as the guest is next door. */
    private static final long MIN = 200 * MILLISECOND;

    private static final long MAX = 60_000 * MILLISECOND;
    private static final long INITIAL = 1_000 * MILLISECOND;
    private static final int MAX_SHIFT = 12;

    private long smoothed;
    private long variation;
    private long timeout = INITIAL;
    private int backoff;

    /** A round trip of a segment that was sent once only (2.2, 2.3; Karn's algorithm is up to the caller). */
    void sample(long roundTrip) {
        if (smoothed == 0) {
            smoothed = roundTrip;
            variation = roundTrip / 2;
        } else {
            variation += (Math.abs(smoothed - roundTrip) - variation) / 4;
            smoothed += (roundTrip - smoothed) / 8;
        }
        timeout = Math.clamp(smoothed + Math.max(MILLISECOND, 4 * variation), MIN, MAX);
    }

    long timeout() {
        return Math.min(MAX, timeout << backoff);
    }

    /** The timer ran out: twice as long next time (5.5). */
    void backOff() {
        backoff = Math.min(backoff + 1, MAX_SHIFT);
    }

    /** Something was acknowledged. */
    void progress() {
        backoff = 0;
    }
}
