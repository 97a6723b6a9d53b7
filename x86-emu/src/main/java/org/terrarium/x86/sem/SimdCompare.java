package org.terrarium.x86.sem;

/** Packed integer comparison and masks, on one 64-bit lane. */
public final class SimdCompare {
    private SimdCompare() {}

    public static long pcmpeqb(long a, long b) {
        long different = a ^ b;
        long nonZero = (different & ~SimdAdd.TOP8) + ~SimdAdd.TOP8 | different;
        return SimdAdd.spread(~nonZero & SimdAdd.TOP8, 7);
    }

    public static long pcmpeqw(long a, long b) {
        long different = a ^ b;
        long nonZero = (different & ~SimdAdd.TOP16) + ~SimdAdd.TOP16 | different;
        return SimdAdd.spread(~nonZero & SimdAdd.TOP16, 15);
    }

    public static long pcmpeqd(long a, long b) {
        long different = a ^ b;
        long nonZero = (different & ~SimdAdd.TOP32) + ~SimdAdd.TOP32 | different;
        return SimdAdd.spread(~nonZero & SimdAdd.TOP32, 31);
    }

    public static long pcmpeqq(long a, long b) {
        return a == b ? -1L : 0;
    }

    /** Top bits of the lanes where a is greater than b as signed numbers; {@code difference} is b - a by lanes. */
    private static long greater(long a, long b, long difference) {
        return b & ~a | ~(a ^ b) & difference;
    }

    public static long pcmpgtb(long a, long b) {
        return SimdAdd.spread(greater(a, b, SimdAdd.psubb(b, a)) & SimdAdd.TOP8, 7);
    }

    public static long pcmpgtw(long a, long b) {
        return SimdAdd.spread(greater(a, b, SimdAdd.psubw(b, a)) & SimdAdd.TOP16, 15);
    }

    public static long pcmpgtd(long a, long b) {
        return SimdAdd.spread(greater(a, b, SimdAdd.psubd(b, a)) & SimdAdd.TOP32, 31);
    }

    public static long pcmpgtq(long a, long b) {
        return a > b ? -1L : 0;
    }

    /** The top bits of eight bytes as a number. */
    public static int pmovmskb(long a) {
        return (int) ((a & SimdAdd.TOP8) * 0x0002_0408_1020_4081L >>> 56);
    }

    public static int pmovmskb(long low, long high) {
        return pmovmskb(low) | pmovmskb(high) << 8;
    }

    public static int movmskps(long low, long high) {
        return (int) (low >>> 31 & 1 | low >>> 62 & 2 | (high >>> 31 & 1) << 2 | (high >>> 62 & 2) << 2);
    }

    public static int movmskpd(long low, long high) {
        return (int) (low >>> 63 | high >>> 63 << 1);
    }

    // Variable blends: the mask is the top bit of each lane of XMM0.

    public static long pblendvb(long a, long b, long mask) {
        long select = SimdAdd.spread(mask & SimdAdd.TOP8, 7);
        return a ^ (a ^ b) & select;
    }

    public static long blendvps(long a, long b, long mask) {
        long select = SimdAdd.spread(mask & SimdAdd.TOP32, 31);
        return a ^ (a ^ b) & select;
    }

    public static long blendvpd(long a, long b, long mask) {
        return mask < 0 ? b : a;
    }

    // PTEST: the result is 0 where no bit is common (ZF), 1 elsewhere, so that PF is right for 1 and inverted for 0
    // (SDM volume
    // 2: PF, AF, SF and OF are cleared); CF says that b has no bit that a lacks.

    public static int ptest(long aLow, long aHigh, long bLow, long bHigh) {
        return (aLow & bLow | aHigh & bHigh) == 0 ? 0 : 1;
    }

    public static long ptestCarries(long aLow, long aHigh, long bLow, long bHigh, int result) {
        boolean covered = (~aLow & bLow | ~aHigh & bHigh) == 0;
        return (covered ? 3L << 62 : 0) | (result ^ 1);
    }
}
