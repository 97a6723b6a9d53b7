package org.terrarium.x86.sem;

/** Moves between halves of XMM registers, and to them from elsewhere, that are more than a copy. */
public final class SseMove {
    private SseMove() {}

    public static long zeroExtend(int a) {
        return a & 0xFFFF_FFFFL;
    }

    public static int lowDoubleword(long a) {
        return (int) a;
    }

    public static long zeroExtendLow(long a) {
        return a;
    }

    public static long zeroExtendHigh(long a) {
        return 0;
    }

    /** The upper half, for MOVHPS to memory. */
    public static long upperHalf(long low, long high) {
        return high;
    }

    public static long movlpsLow(long aLow, long aHigh, long b) {
        return b;
    }

    public static long movlpsHigh(long aLow, long aHigh, long b) {
        return aHigh;
    }

    public static long movhpsLow(long aLow, long aHigh, long b) {
        return aLow;
    }

    public static long movhpsHigh(long aLow, long aHigh, long b) {
        return b;
    }

    public static long movhlpsLow(long aLow, long aHigh, long bLow, long bHigh) {
        return bHigh;
    }

    public static long movhlpsHigh(long aLow, long aHigh, long bLow, long bHigh) {
        return aHigh;
    }

    public static long movsldup(long a) {
        return (a & 0xFFFF_FFFFL) * 0x1_0000_0001L;
    }

    public static long movshdup(long a) {
        return (a >>> 32) * 0x1_0000_0001L;
    }

    public static long movddupLow(long a) {
        return a;
    }

    public static long movddupHigh(long a) {
        return a;
    }
}
