package org.terrarium.x86.sem;

import org.terrarium.x86.Fpu;

/**
 * SSE single-precision arithmetic on the bits of a number, exceptions into {@link Fpu#raised}; the plan is that of
 * {@link SseDouble}, with exactness found out in double precision. Methods named ..ss take one number, methods named ..ps a
 * 64-bit lane of two.
 */
public final class SseSingle {
    static final int SIGN = Integer.MIN_VALUE;
    static final int EXPONENT = 0x7F80_0000;
    static final int HIDDEN = 0x0080_0000;
    static final int QUIET = 0x0040_0000;
    static final int DEFAULT_NAN = 0xFFC0_0000;

    private SseSingle() {}

    static boolean normal(int a) {
        return (a + HIDDEN & 0x7F00_0000) != 0;
    }

    static boolean safe(int a) {
        int e = a >>> 23 & 0xFF;
        return e >= 2 && e != 0xFF;
    }

    static boolean zero(int a) {
        return a << 1 == 0;
    }

    static boolean normalOrZero(int a) {
        return normal(a) || zero(a);
    }

    static boolean nan(int a) {
        return (a & ~SIGN) > EXPONENT;
    }

    static boolean signalling(int a) {
        return nan(a) && (a & QUIET) == 0;
    }

    static boolean denormal(int a) {
        return (a & EXPONENT) == 0 && a << 1 != 0;
    }

    /** Two numbers as a lane. */
    static long lane(int low, int high) {
        return low & 0xFFFF_FFFFL | (long) high << 32;
    }

    private static int inexactIf(boolean inexact, int result, Fpu f) {
        if (inexact) {
            f.raised |= SoftFloat.PRECISION;
        }
        return result;
    }

    public static int addss(int a, int b, Fpu f) {
        int z = Float.floatToRawIntBits(Float.intBitsToFloat(a) + Float.intBitsToFloat(b));
        if (normal(a) && normal(b) && safe(z) && (f.mxcsr & SseDouble.FAST_BITS) == SseDouble.FAST) {
            return z;
        }
        return addMore(a, b, z, f);
    }

    private static int addMore(int a, int b, int z, Fpu f) {
        if ((f.mxcsr & SseDouble.PLAIN_BITS) == SseDouble.PRECISION_MASK && normalOrZero(a) && normalOrZero(b)) {
            if (zero(a) || zero(b) || zero(z)) {
                return z;
            }
            if (safe(z)) {
                double x = Float.intBitsToFloat(a);
                double y = Float.intBitsToFloat(b);
                double sum = x + y;
                double yPart = sum - x;
                double error = (x - (sum - yPart)) + (y - yPart);
                return inexactIf(error != 0 || sum != Float.intBitsToFloat(z), z, f);
            }
        }
        return SseSoft.binary32(SseSoft.ADD, a, b, f);
    }

    public static int subss(int a, int b, Fpu f) {
        int z = Float.floatToRawIntBits(Float.intBitsToFloat(a) - Float.intBitsToFloat(b));
        if (normal(a) && normal(b) && safe(z) && (f.mxcsr & SseDouble.FAST_BITS) == SseDouble.FAST) {
            return z;
        }
        return nan(b) ? SseSoft.binary32(SseSoft.SUB, a, b, f) : addMore(a, b ^ SIGN, z, f);
    }

    public static int mulss(int a, int b, Fpu f) {
        int z = Float.floatToRawIntBits(Float.intBitsToFloat(a) * Float.intBitsToFloat(b));
        if (normal(a) && normal(b) && safe(z) && (f.mxcsr & SseDouble.FAST_BITS) == SseDouble.FAST) {
            return z;
        }
        return mulMore(a, b, z, f);
    }

    private static int mulMore(int a, int b, int z, Fpu f) {
        if ((f.mxcsr & SseDouble.PLAIN_BITS) == SseDouble.PRECISION_MASK && normalOrZero(a) && normalOrZero(b)) {
            if (zero(a) || zero(b)) {
                return z;
            }
            if (safe(z)) {
                double exact = (double) Float.intBitsToFloat(a) * Float.intBitsToFloat(b);
                return inexactIf(exact != Float.intBitsToFloat(z), z, f);
            }
        }
        return SseSoft.binary32(SseSoft.MUL, a, b, f);
    }

    public static int divss(int a, int b, Fpu f) {
        int z = Float.floatToRawIntBits(Float.intBitsToFloat(a) / Float.intBitsToFloat(b));
        if (normal(a) && normal(b) && safe(z) && (f.mxcsr & SseDouble.FAST_BITS) == SseDouble.FAST) {
            return z;
        }
        return divMore(a, b, z, f);
    }

    private static int divMore(int a, int b, int z, Fpu f) {
        if ((f.mxcsr & SseDouble.PLAIN_BITS) == SseDouble.PRECISION_MASK && normal(b)) {
            if (zero(a)) {
                return z;
            }
            if (normal(a) && safe(z)) {
                double back = (double) Float.intBitsToFloat(z) * Float.intBitsToFloat(b);
                return inexactIf(back != Float.intBitsToFloat(a), z, f);
            }
        }
        return SseSoft.binary32(SseSoft.DIV, a, b, f);
    }

    public static int sqrtss(int a, Fpu f) {
        if ((f.mxcsr & SseDouble.PLAIN_BITS) == SseDouble.PRECISION_MASK) {
            if (zero(a)) {
                return a;
            }
            if (a > 0 && normal(a)) {
                float root = (float) Math.sqrt(Float.intBitsToFloat(a));
                return inexactIf((double) root * root != Float.intBitsToFloat(a), Float.floatToRawIntBits(root), f);
            }
        }
        return SseSoft.squareRoot32(a, f);
    }

    public static int minss(int a, int b, Fpu f) {
        if (normal(a) && normal(b)) {
            return Float.intBitsToFloat(a) < Float.intBitsToFloat(b) ? a : b;
        }
        return SseCompare.select(a, b, SseCompare.LESS, f);
    }

    public static int maxss(int a, int b, Fpu f) {
        if (normal(a) && normal(b)) {
            return Float.intBitsToFloat(a) > Float.intBitsToFloat(b) ? a : b;
        }
        return SseCompare.select(a, b, SseCompare.GREATER, f);
    }

    /**
     * RCPSS: 1/a rounded to nearest, which is well within the manual's 1.5 * 2^-12. Denormal operands count as zero, tiny
     * results become zero, and no exception is raised.
     */
    public static int rcpss(int a) {
        if (nan(a)) {
            return a | QUIET;
        }
        if (!normal(a)) {
            return (a & EXPONENT) == 0 ? a & SIGN | EXPONENT : a & SIGN;
        }
        int z = Float.floatToRawIntBits(1.0f / Float.intBitsToFloat(a));
        return normal(z) ? z : z & SIGN;
    }

    /** RSQRTSS: 1/sqrt(a), as {@link #rcpss}. */
    public static int rsqrtss(int a) {
        if (nan(a)) {
            return a | QUIET;
        }
        if ((a & EXPONENT) == 0) {
            return a & SIGN | EXPONENT;
        }
        if (a < 0) {
            return DEFAULT_NAN;
        }
        return Float.floatToRawIntBits((float) (1.0 / Math.sqrt(Float.intBitsToFloat(a))));
    }

    public static long addps(long a, long b, Fpu f) {
        int low = addss((int) a, (int) b, f);
        return lane(low, addss((int) (a >>> 32), (int) (b >>> 32), f));
    }

    public static long subps(long a, long b, Fpu f) {
        int low = subss((int) a, (int) b, f);
        return lane(low, subss((int) (a >>> 32), (int) (b >>> 32), f));
    }

    public static long mulps(long a, long b, Fpu f) {
        int low = mulss((int) a, (int) b, f);
        return lane(low, mulss((int) (a >>> 32), (int) (b >>> 32), f));
    }

    public static long divps(long a, long b, Fpu f) {
        int low = divss((int) a, (int) b, f);
        return lane(low, divss((int) (a >>> 32), (int) (b >>> 32), f));
    }

    public static long sqrtps(long a, Fpu f) {
        int low = sqrtss((int) a, f);
        return lane(low, sqrtss((int) (a >>> 32), f));
    }

    public static long minps(long a, long b, Fpu f) {
        int low = minss((int) a, (int) b, f);
        return lane(low, minss((int) (a >>> 32), (int) (b >>> 32), f));
    }

    public static long maxps(long a, long b, Fpu f) {
        int low = maxss((int) a, (int) b, f);
        return lane(low, maxss((int) (a >>> 32), (int) (b >>> 32), f));
    }

    public static long rcpps(long a) {
        return lane(rcpss((int) a), rcpss((int) (a >>> 32)));
    }

    public static long rsqrtps(long a) {
        return lane(rsqrtss((int) a), rsqrtss((int) (a >>> 32)));
    }

    public static long addsubps(long a, long b, Fpu f) {
        int low = subss((int) a, (int) b, f);
        return lane(low, addss((int) (a >>> 32), (int) (b >>> 32), f));
    }

    private static long addPairs(long low, long high, Fpu f) {
        int first = addss((int) low, (int) (low >>> 32), f);
        return lane(first, addss((int) high, (int) (high >>> 32), f));
    }

    private static long subtractPairs(long low, long high, Fpu f) {
        int first = subss((int) low, (int) (low >>> 32), f);
        return lane(first, subss((int) high, (int) (high >>> 32), f));
    }

    // HADDPS, HSUBPS and DPPS: (aLow, aHigh, bLow, bHigh).

    public static long haddpsLow(long aLow, long aHigh, long bLow, long bHigh, Fpu f) {
        return addPairs(aLow, aHigh, f);
    }

    public static long haddpsHigh(long aLow, long aHigh, long bLow, long bHigh, Fpu f) {
        return addPairs(bLow, bHigh, f);
    }

    public static long hsubpsLow(long aLow, long aHigh, long bLow, long bHigh, Fpu f) {
        return subtractPairs(aLow, aHigh, f);
    }

    public static long hsubpsHigh(long aLow, long aHigh, long bLow, long bHigh, Fpu f) {
        return subtractPairs(bLow, bHigh, f);
    }

    private static int product(long a, long b, boolean wanted, Fpu f) {
        return wanted ? mulss((int) a, (int) b, f) : 0;
    }

    /** The dot product of DPPS: (p0 + p1) + (p2 + p3), each step rounded; products not selected count as +0. */
    private static int dotProduct(long aLow, long aHigh, long bLow, long bHigh, int imm, Fpu f) {
        int p0 = product(aLow, bLow, (imm & 0x10) != 0, f);
        int p1 = product(aLow >>> 32, bLow >>> 32, (imm & 0x20) != 0, f);
        int p2 = product(aHigh, bHigh, (imm & 0x40) != 0, f);
        int p3 = product(aHigh >>> 32, bHigh >>> 32, (imm & 0x80) != 0, f);
        if (SseSoft.stopsAfterStep(f)) {
            return 0;
        }
        int low = addss(p0, p1, f);
        int high = addss(p2, p3, f);
        return SseSoft.stopsAfterStep(f) ? 0 : addss(low, high, f);
    }

    public static long dppsLow(long aLow, long aHigh, long bLow, long bHigh, int imm, Fpu f) {
        int sum = dotProduct(aLow, aHigh, bLow, bHigh, imm, f);
        return lane((imm & 1) != 0 ? sum : 0, (imm & 2) != 0 ? sum : 0);
    }

    public static long dppsHigh(long aLow, long aHigh, long bLow, long bHigh, int imm, Fpu f) {
        return dppsLow(aLow, aHigh, bLow, bHigh, imm & 0xF0 | imm >> 2 & 3, f);
    }
}
