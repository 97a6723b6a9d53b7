package org.terrarium.x86.mem;

import java.util.Arrays;

/**
 * One direct-mapped translation buffer. Entry k occupies {@code entries[2k]} (tag) and {@code entries[2k+1]} (addend).
 *
 * <p>The tag of a directly usable page is its linear address, and the addend plus a linear address is a backing offset. A page
 * that always needs the slow path (device, ROM for writing, code, clean tracked page) has tag {@code page | SLOW}, which no
 * fast comparison matches, and its addend makes a guest-physical address: so the slow path saves the page walk.
 */
final class Tlb {
    static final int SLOTS = 1024;

    /** Applied to {@code lin >>> 11}: gives the even index of the tag. */
    static final int INDEX_MASK = SLOTS - 1 << 1;

    static final int SLOW = 2;
    private static final long INVALID = 1;
    private static final int LOOSE_MAX = SLOTS / 2;

    final long[] entries = new long[2 * SLOTS];

    /** Per slot: bits 0..5 log2 of the guest's page size, bit 6 global. */
    private final byte[] kinds = new byte[SLOTS];

    /** Slots filled with non-global pages since the last such flush; beyond {@link #LOOSE_MAX} all slots are looked at. */
    private final int[] loose = new int[LOOSE_MAX];

    private int looseCount;
    private boolean empty;

    // Linear range that contains every page larger than 4 KiB of which a piece was cached.
    private long largeMin = Long.MAX_VALUE;
    private long largeMax = Long.MIN_VALUE;

    Tlb() {
        clear();
    }

    static int index(long lin) {
        return (int) (lin >>> 11) & INDEX_MASK;
    }

    /** Stores an entry; {@code linPage} is page-aligned, maybe with {@link #SLOW}. */
    void put(long linPage, long addend, int pageShift, boolean global) {
        int k = index(linPage);
        entries[k] = linPage;
        entries[k + 1] = addend;
        kinds[k >> 1] = (byte) (pageShift | (global ? 64 : 0));
        empty = false;
        if (!global) {
            if (looseCount < LOOSE_MAX) {
                loose[looseCount] = k;
            }
            looseCount = Math.min(looseCount + 1, LOOSE_MAX + 1);
        }
        if (pageShift != 12) {
            long first = linPage >> pageShift << pageShift;
            largeMin = Math.min(largeMin, first);
            largeMax = Math.max(largeMax, first + (1L << pageShift) - 1);
        }
    }

    /** A slow entry becomes direct; what is known about its page stays. */
    void makeFast(int k, long linPage, long addend) {
        entries[k] = linPage;
        entries[k + 1] = addend;
    }

    void clear() {
        if (!empty) {
            Arrays.fill(entries, INVALID);
            empty = true;
            looseCount = 0;
            largeMin = Long.MAX_VALUE;
            largeMax = Long.MIN_VALUE;
        }
    }

    void clearNonGlobal() {
        if (looseCount > LOOSE_MAX) {
            for (int k = 0; k < entries.length; k += 2) {
                dropLoose(k);
            }
        } else {
            for (int n = 0; n < looseCount; n++) {
                dropLoose(loose[n]);
            }
        }
        looseCount = 0;
    }

    private void dropLoose(int k) {
        if ((kinds[k >> 1] & 64) == 0) {
            entries[k] = INVALID;
        }
    }

    /** Drops the page around {@code lin}, and all pieces of a large page around it. */
    void clearPage(long lin) {
        int k = index(lin);
        if ((entries[k] & ~0xFFFL) == (lin & ~0xFFFL)) {
            entries[k] = INVALID;
        }
        if (lin >= largeMin && lin <= largeMax) {
            for (int j = 0; j < entries.length; j += 2) {
                int shift = kinds[j >> 1] & 63;
                if (shift > 12 && entries[j] >> shift == lin >> shift) {
                    entries[j] = INVALID;
                }
            }
        }
    }
}
