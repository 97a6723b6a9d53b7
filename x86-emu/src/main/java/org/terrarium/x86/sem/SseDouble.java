package org.terrarium.x86.sem;

import org.terrarium.x86.Fpu;

/**
 * SSE2 double-precision arithmetic on the bits of a number, exceptions into {@link Fpu#raised}. The host's own arithmetic gives
 * the result wherever nothing but the precision flag can be at stake: operands normal, result normal and above the smallest
 * exponent, rounding to nearest. Once the precision flag is set and masked nothing need be found out about it; before, exactness
 * is decided by error-free transformations or by counting significant bits. All else goes to {@link SseSoft}.
 */
public final class SseDouble {
    static final long SIGN = Long.MIN_VALUE;
    static final long EXPONENT = 0x7FF0_0000_0000_0000L;
    static final long FRACTION = 0x000F_FFFF_FFFF_FFFFL;
    static final long HIDDEN = 0x0010_0000_0000_0000L;
    static final long QUIET = 0x0008_0000_0000_0000L;
    static final long DEFAULT_NAN = 0xFFF8_0000_0000_0000L;

    // MXCSR (SDM volume 1, figure 10-3).
    static final int DAZ = 1 << 6;
    static final int MASK_SHIFT = 7;
    static final int PRECISION_MASK = 1 << 12;
    static final int RC_SHIFT = 13;
    static final int RC = 3 << RC_SHIFT;
    static final int FTZ = 1 << 15;

    /** Bits that decide whether a plain host operation has no visible side effect ... */
    static final int FAST_BITS = RC | PRECISION_MASK | SoftFloat.PRECISION;

    /** ... which is so with rounding to nearest and a precision flag that is masked and already set. */
    static final int FAST = PRECISION_MASK | SoftFloat.PRECISION;

    /** Rounding to nearest, precision masked: the host's result is right, only its exactness may have to be found out. */
    static final int PLAIN_BITS = RC | PRECISION_MASK;

    private SseDouble() {}

    /** Neither zero, denormal, infinite nor NaN. */
    static boolean normal(long a) {
        return (a + HIDDEN & 0x7FE0_0000_0000_0000L) != 0;
    }

    /** A finite result so large that it cannot have been tiny before rounding. */
    static boolean safe(long a) {
        int e = (int) (a >>> 52) & 0x7FF;
        return e >= 2 && e != 0x7FF;
    }

    static boolean zero(long a) {
        return a << 1 == 0;
    }

    static boolean normalOrZero(long a) {
        return normal(a) || zero(a);
    }

    static boolean nan(long a) {
        return (a & ~SIGN) > EXPONENT;
    }

    static boolean signalling(long a) {
        return nan(a) && (a & QUIET) == 0;
    }

    static boolean denormal(long a) {
        return (a & EXPONENT) == 0 && a << 1 != 0;
    }

    /** Bits of the significand from the first to the last 1; the number must be normal. */
    private static int significantBits(long a) {
        return 53 - Long.numberOfTrailingZeros(a | HIDDEN);
    }

    private static long inexactIf(boolean inexact, long result, Fpu f) {
        if (inexact) {
            f.raised |= SoftFloat.PRECISION;
        }
        return result;
    }

    public static long addsd(long a, long b, Fpu f) {
        long z = Double.doubleToRawLongBits(Double.longBitsToDouble(a) + Double.longBitsToDouble(b));
        if (normal(a) && normal(b) && safe(z) && (f.mxcsr & FAST_BITS) == FAST) {
            return z;
        }
        return addMore(a, b, z, f);
    }

    private static long addMore(long a, long b, long z, Fpu f) {
        if ((f.mxcsr & PLAIN_BITS) == PRECISION_MASK && normalOrZero(a) && normalOrZero(b)) {
            if (zero(a) || zero(b) || zero(z)) {
                return z;
            }
            int e = (int) (z >>> 52) & 0x7FF;
            if (e > 60 && e < 0x7FD) {
                double x = Double.longBitsToDouble(a);
                double y = Double.longBitsToDouble(b);
                double sum = Double.longBitsToDouble(z);
                double yPart = sum - x;
                return inexactIf((x - (sum - yPart)) + (y - yPart) != 0, z, f);
            }
        }
        return SseSoft.binary64(SseSoft.ADD, a, b, f);
    }

    public static long subsd(long a, long b, Fpu f) {
        long z = Double.doubleToRawLongBits(Double.longBitsToDouble(a) - Double.longBitsToDouble(b));
        if (normal(a) && normal(b) && safe(z) && (f.mxcsr & FAST_BITS) == FAST) {
            return z;
        }
        return nan(b) ? SseSoft.binary64(SseSoft.SUB, a, b, f) : addMore(a, b ^ SIGN, z, f);
    }

    public static long mulsd(long a, long b, Fpu f) {
        long z = Double.doubleToRawLongBits(Double.longBitsToDouble(a) * Double.longBitsToDouble(b));
        if (normal(a) && normal(b) && safe(z) && (f.mxcsr & FAST_BITS) == FAST) {
            return z;
        }
        return mulMore(a, b, z, f);
    }

    private static long mulMore(long a, long b, long z, Fpu f) {
        if ((f.mxcsr & PLAIN_BITS) == PRECISION_MASK && normalOrZero(a) && normalOrZero(b)) {
            if (zero(a) || zero(b)) {
                return z;
            }
            // Odd significands of m and n bits have an odd product of m+n-1 or m+n bits.
            int bits = significantBits(a) + significantBits(b);
            if (safe(z) && bits != 54) {
                return inexactIf(bits > 54, z, f);
            }
        }
        return SseSoft.binary64(SseSoft.MUL, a, b, f);
    }

    public static long divsd(long a, long b, Fpu f) {
        long z = Double.doubleToRawLongBits(Double.longBitsToDouble(a) / Double.longBitsToDouble(b));
        if (normal(a) && normal(b) && safe(z) && (f.mxcsr & FAST_BITS) == FAST) {
            return z;
        }
        return divMore(a, b, z, f);
    }

    private static long divMore(long a, long b, long z, Fpu f) {
        if ((f.mxcsr & PLAIN_BITS) == PRECISION_MASK && normal(b)) {
            if (zero(a)) {
                return z;
            }
            if (normal(a) && safe(z)) {
                int bits = significantBits(z) + significantBits(b);
                if (bits != 54) {
                    // Up to 53 bits the product back is exact; with more than 54 it cannot be the dividend.
                    double back = Double.longBitsToDouble(z) * Double.longBitsToDouble(b);
                    return inexactIf(bits > 54 || back != Double.longBitsToDouble(a), z, f);
                }
            }
        }
        return SseSoft.binary64(SseSoft.DIV, a, b, f);
    }

    public static long sqrtsd(long a, Fpu f) {
        long z = Double.doubleToRawLongBits(Math.sqrt(Double.longBitsToDouble(a)));
        if (a > 0 && normal(a) && (f.mxcsr & FAST_BITS) == FAST) {
            return z;
        }
        if ((f.mxcsr & PLAIN_BITS) == PRECISION_MASK) {
            if (zero(a)) {
                return a;
            }
            int bits = significantBits(z);
            if (a > 0 && normal(a) && bits != 27) {
                double root = Double.longBitsToDouble(z);
                return inexactIf(bits > 27 || root * root != Double.longBitsToDouble(a), z, f);
            }
        }
        return SseSoft.squareRoot64(a, f);
    }

    /** MINSD: the second operand when either is a NaN (also quiet: invalid) or both are zero. */
    public static long minsd(long a, long b, Fpu f) {
        if (normal(a) && normal(b)) {
            return Double.longBitsToDouble(a) < Double.longBitsToDouble(b) ? a : b;
        }
        return SseCompare.select(a, b, SseCompare.LESS, f);
    }

    public static long maxsd(long a, long b, Fpu f) {
        if (normal(a) && normal(b)) {
            return Double.longBitsToDouble(a) > Double.longBitsToDouble(b) ? a : b;
        }
        return SseCompare.select(a, b, SseCompare.GREATER, f);
    }

    // ADDSUBPD, HADDPD, HSUBPD and DPPD: (aLow, aHigh, bLow, bHigh).

    public static long addsubpdLow(long aLow, long aHigh, long bLow, long bHigh, Fpu f) {
        return subsd(aLow, bLow, f);
    }

    public static long addsubpdHigh(long aLow, long aHigh, long bLow, long bHigh, Fpu f) {
        return addsd(aHigh, bHigh, f);
    }

    public static long haddpdLow(long aLow, long aHigh, long bLow, long bHigh, Fpu f) {
        return addsd(aLow, aHigh, f);
    }

    public static long haddpdHigh(long aLow, long aHigh, long bLow, long bHigh, Fpu f) {
        return addsd(bLow, bHigh, f);
    }

    public static long hsubpdLow(long aLow, long aHigh, long bLow, long bHigh, Fpu f) {
        return subsd(aLow, aHigh, f);
    }

    public static long hsubpdHigh(long aLow, long aHigh, long bLow, long bHigh, Fpu f) {
        return subsd(bLow, bHigh, f);
    }

    /** The dot product that DPPD puts in the halves its immediate selects. */
    static long dotProduct(long aLow, long aHigh, long bLow, long bHigh, int imm, Fpu f) {
        long low = (imm & 0x10) != 0 ? mulsd(aLow, bLow, f) : 0;
        long high = (imm & 0x20) != 0 ? mulsd(aHigh, bHigh, f) : 0;
        return SseSoft.stopsAfterStep(f) ? 0 : addsd(low, high, f);
    }

    public static long dppdLow(long aLow, long aHigh, long bLow, long bHigh, int imm, Fpu f) {
        long sum = dotProduct(aLow, aHigh, bLow, bHigh, imm, f);
        return (imm & 1) != 0 ? sum : 0;
    }

    public static long dppdHigh(long aLow, long aHigh, long bLow, long bHigh, int imm, Fpu f) {
        return (imm & 2) != 0 ? dotProduct(aLow, aHigh, bLow, bHigh, imm, f) : 0;
    }
}
