package org.terrarium.net.nat;

/**
 * What the connections of one network may keep together. While little is used each ring may grow to its own limit; the more is
 * used, the less a ring is allowed, down to {@link #LEAST}, which is never refused so that every connection gets on. So thousands of
 * connections whose other ends do not read cannot take the host's memory.
 */
final class RingMemory {
    /** What any ring may have, octets. */
    static final int LEAST = 2048;

    /** A ring may take this part of what is free (dynamic thresholds: those that come later find something, too). */
    private static final int SHARE = 8;

    private final long max;
    private long used;

    /** @param max octets */
    RingMemory(long max) {
        this.max = max;
    }

    /** The most that a ring with this limit may have now; powers of two give powers of two. */
    int allowed(int limit) {
        long share = (max - used) / SHARE;
        return share >= limit ? limit : share <= LEAST ? LEAST : Integer.highestOneBit((int) share);
    }

    /** A ring has become larger, or with a negative number smaller. */
    void changed(int octets) {
        used += octets;
    }

    /** Whether rings should give back at once what they do not need. */
    boolean scarce() {
        return used > max / 2;
    }

    long used() {
        return used;
    }
}
