package org.terrarium.x86.mem;

/**
 * What is remembered per 4 KiB page of backing memory: whether writes to it are watched (dirty tracking) and which 16-byte
 * pieces of it hold decoded code. Kept by backing page, not by guest-physical page, so aliases of one page share it.
 */
final class PageMarks {
    private static final int TRACKED = 1;
    private static final int DIRTY = 2;
    private static final int CODE = 4;

    /** A write TLB may hold the page: only then must taking write rights away flush anything. */
    private static final int WRITE_CACHED = 8;

    private final byte[] flags;

    /** Per page with code: 256 bits, one per 16 bytes; null where there is none. */
    private final long[][] granules;

    PageMarks(int pages) {
        flags = new byte[pages];
        granules = new long[pages][];
    }

    int pages() {
        return flags.length;
    }

    /** Whether stores to the page need no notice: then a write TLB may hold it, and this call assumes it does. */
    boolean cacheForWriting(int page) {
        int f = flags[page];
        if ((f & CODE) != 0 || (f & (TRACKED | DIRTY)) == TRACKED) {
            return false;
        }
        flags[page] |= WRITE_CACHED;
        return true;
    }

    /** Notes a store; returns whether it touched marked code. The range stays within the page. */
    boolean stored(int page, int offset, int length) {
        int f = flags[page];
        if ((f & TRACKED) != 0) {
            flags[page] |= DIRTY;
        }
        return touchesCode(page, offset, length);
    }

    boolean holdsCode(int page) {
        return (flags[page] & CODE) != 0;
    }

    /** Whether a range within the page was marked as code. */
    boolean touchesCode(int page, int offset, int length) {
        if ((flags[page] & CODE) == 0) {
            return false;
        }
        long[] g = granules[page];
        int last = (offset + length - 1) >> 4;
        for (int i = offset >> 4; i <= last; i++) {
            if ((g[i >> 6] >>> i & 1) != 0) {
                return true;
            }
        }
        return false;
    }

    /** Marks code within one page; returns whether write TLBs must drop the page. */
    boolean markCode(int page, int offset, int length) {
        long[] g = granules[page];
        if (g == null) {
            g = new long[4];
            granules[page] = g;
        }
        int last = (offset + length - 1) >> 4;
        for (int i = offset >> 4; i <= last; i++) {
            g[i >> 6] |= 1L << i;
        }
        flags[page] |= CODE;
        return revoke(page);
    }

    void unmarkCode(int page) {
        flags[page] &= ~CODE;
        granules[page] = null;
    }

    /** A page is dirty when its tracking starts, so no TLB need drop it yet. */
    void track(int page, boolean on) {
        if (on) {
            flags[page] |= TRACKED | DIRTY;
        } else {
            flags[page] &= ~(TRACKED | DIRTY);
        }
    }

    boolean dirty(int page) {
        return (flags[page] & DIRTY) != 0;
    }

    /** Clears the dirty mark; returns whether write TLBs must drop the page. */
    boolean clean(int page) {
        flags[page] &= ~DIRTY;
        return revoke(page);
    }

    /** All write TLBs are about to drop everything. */
    void revokeAll() {
        for (int page = 0; page < flags.length; page++) {
            flags[page] &= ~WRITE_CACHED;
        }
    }

    private boolean revoke(int page) {
        boolean cached = (flags[page] & WRITE_CACHED) != 0;
        flags[page] &= ~WRITE_CACHED;
        return cached;
    }
}
