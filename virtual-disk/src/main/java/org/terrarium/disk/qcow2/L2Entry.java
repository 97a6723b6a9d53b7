package org.terrarium.disk.qcow2;

/** The bits of L1 and L2 entries (qcow2.rst, "Cluster mapping" and "Extended L2 Entries"). */
final class L2Entry {
    /** The cluster has exactly one reference, so it may be written in place. */
    static final long COPIED = 1L << 63;

    static final long COMPRESSED = 1L << 62;

    /** Reads as zeroes, with or without a cluster set aside; version 3 only, and not in extended entries. */
    static final long ZERO = 1;

    static final long OFFSET_MASK = 0x00fffffffffffe00L;

    /** Second word of an extended entry: all subclusters read as zeroes. */
    static final long ALL_ZERO = 0xffffffff00000000L;

    /** Second word of an extended entry: all subclusters are allocated. */
    static final long ALL_ALLOCATED = 0x00000000ffffffffL;

    private L2Entry() {}

    static boolean compressed(long entry) {
        return (entry & COMPRESSED) != 0;
    }

    static long offset(long entry) {
        return entry & OFFSET_MASK;
    }

    /** First byte of compressed data, which need not be aligned. */
    static long compressedOffset(long entry, int clusterBits) {
        return entry & (1L << sectorsShift(clusterBits)) - 1;
    }

    /** Bytes from there to the end of the last sector that compressed data touches; the data may end earlier. */
    static int compressedLength(long entry, int clusterBits) {
        int shift = sectorsShift(clusterBits);
        long sectors = (entry >>> shift & (1L << 62 - shift) - 1) + 1;
        return (int) (sectors * 512 - (compressedOffset(entry, clusterBits) & 511));
    }

    /** The entry for compressed data of {@code length} bytes. */
    static long compressedEntry(long offset, int length, int clusterBits) {
        long sectors = (offset + length - 1 >>> 9) - (offset >>> 9);
        return COMPRESSED | sectors << sectorsShift(clusterBits) | offset;
    }

    private static int sectorsShift(int clusterBits) {
        return 62 - (clusterBits - 8);
    }

    /** Bits {@code from} to {@code to}, exclusive, of an extended entry's allocation half; shift by 32 for its zero half. */
    static long subclusters(int from, int to) {
        return (1L << to) - (1L << from);
    }
}
