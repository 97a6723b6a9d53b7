package org.terrarium.x86.sem;

import org.terrarium.x86.Fpu;

/**
 * Arithmetic on 80-bit extended numbers by the rules of the x87 (SDM volume 1, 4.8 and 8.5). A number is a sign and biased
 * exponent ("se", 16 bits) and a significand ("m", 64 bits with explicit integer bit). Each method returns the significand of
 * the result and leaves in {@link Fpu#soft} its sign and exponent, the exceptions raised and whether it was rounded up. The
 * control word gives rounding, precision and the masks, on which scaled results depend; nothing of {@link Fpu} is changed.
 */
public final class SoftFloat80 {
    static final int BIAS = 16383;

    static final int MIN_EXP = -16382;

    static final int MAX_EXP = 16383;

    static final int SPECIAL = 0x7FFF;

    /** Exponent adjustment of a result whose overflow or underflow is unmasked (SDM volume 1, 8.5.4 and 8.5.5). */
    static final int WRAP = 24576;

    static final long INTEGER_BIT = Long.MIN_VALUE;

    static final long QUIET = 0x4000_0000_0000_0000L;

    static final long DEFAULT_NAN = 0xC000_0000_0000_0000L;

    static final int DEFAULT_NAN_SE = 0xFFFF;

    private SoftFloat80() {}

    // Classes of numbers.

    static boolean normal(int se, long m) {
        int e = se & SPECIAL;
        return m < 0 && e != 0 && e != SPECIAL;
    }

    static boolean zero(int se, long m) {
        return m == 0 && (se & SPECIAL) == 0;
    }

    static boolean infinite(int se, long m) {
        return (se & SPECIAL) == SPECIAL && m == INTEGER_BIT;
    }

    static boolean nan(int se, long m) {
        return (se & SPECIAL) == SPECIAL && m < 0 && m << 1 != 0;
    }

    static boolean signalling(int se, long m) {
        return nan(se, m) && (m & QUIET) == 0;
    }

    /** Denormals and pseudo-denormals: exponent 0 and not zero. */
    static boolean denormal(int se, long m) {
        return (se & SPECIAL) == 0 && m != 0;
    }

    /** Encodings the 387 and its successors refuse: integer bit clear with an exponent other than 0. */
    static boolean unsupported(int se, long m) {
        return m >= 0 && (se & SPECIAL) != 0;
    }

    /** Unbiased exponent that goes with {@link #significand}; for a finite number that is not zero. */
    static int exponent(int se, long m) {
        int e = se & SPECIAL;
        return e != 0 ? e - BIAS : MIN_EXP - Long.numberOfLeadingZeros(m);
    }

    /** Significand shifted so that its top bit is set. */
    static long significand(long m) {
        return m << Long.numberOfLeadingZeros(m);
    }

    static int roundingControl(Fpu f) {
        return f.controlWord >> 10 & 3;
    }

    static boolean masked(Fpu f, int exception) {
        return (f.controlWord & exception) != 0;
    }

    /** Significand bits by the precision control field (the reserved value acts as extended). */
    static int precision(Fpu f) {
        return switch (f.controlWord >> 8 & 3) {
            case 0 -> 24;
            case 2 -> 53;
            default -> 64;
        };
    }

    // Results.

    static long result(Fpu f, int se, long m, int flags) {
        SoftFloat s = f.soft;
        s.signExponent = se;
        s.flags = flags;
        s.roundedUp = false;
        return m;
    }

    static long zeroResult(Fpu f, int sign, int flags) {
        return result(f, sign << 15, 0, flags);
    }

    static long infinity(Fpu f, int sign, int flags) {
        return result(f, sign << 15 | SPECIAL, INTEGER_BIT, flags);
    }

    static long invalid(Fpu f) {
        return result(f, DEFAULT_NAN_SE, DEFAULT_NAN, SoftFloat.INVALID);
    }

    /** Rounds the working registers to {@code precision} bits in extended format; flags are added to those raised. */
    static long finish(Fpu f, int precision, int flags) {
        SoftFloat s = f.soft;
        int raised = s.round(precision, MIN_EXP, MAX_EXP, roundingControl(f), !masked(f, SoftFloat.UNDERFLOW));
        s.flags = flags | raised;
        if (s.overflowed) {
            return overflow(f, precision);
        }
        int e = s.exp;
        if (e < MIN_EXP) {
            // Tiny and unmasked: scaled up. Only FSCALE can be so small that this is not enough.
            e += WRAP;
            if (e < MIN_EXP) {
                s.flags |= SoftFloat.PRECISION;
                s.roundedUp = false;
                s.signExponent = s.sign << 15;
                return 0;
            }
        }
        s.signExponent = s.sign << 15 | (s.hi < 0 ? e + BIAS : 0);
        return s.hi;
    }

    private static long overflow(Fpu f, int precision) {
        SoftFloat s = f.soft;
        if (!masked(f, SoftFloat.OVERFLOW)) {
            int e = s.exp - WRAP;
            if (e <= MAX_EXP) {
                s.signExponent = s.sign << 15 | e + BIAS;
                return s.hi;
            }
            s.flags |= SoftFloat.PRECISION;
            s.roundedUp = true;
            s.signExponent = s.sign << 15 | SPECIAL;
            return INTEGER_BIT;
        }
        s.flags |= SoftFloat.OVERFLOW | SoftFloat.PRECISION;
        int rc = roundingControl(f);
        s.roundedUp = rc == SoftFloat.NEAREST || rc == (s.sign != 0 ? SoftFloat.DOWN : SoftFloat.UP);
        if (s.roundedUp) {
            s.signExponent = s.sign << 15 | SPECIAL;
            return INTEGER_BIT;
        }
        s.signExponent = s.sign << 15 | MAX_EXP + BIAS;
        return -1L << 64 - precision;
    }

    /** Loads a finite number that is not zero into the working registers. */
    static void load(SoftFloat s, int se, long m) {
        s.sign = se >> 15 & 1;
        s.exp = exponent(se, m);
        s.hi = significand(m);
        s.lo = 0;
    }

    /** Whether one operand is a NaN or unsupported, so that {@link #nanResult} gives the result. */
    static boolean anyNan(int seA, long mA, int seB, long mB) {
        return nan(seA, mA) || nan(seB, mB) || unsupported(seA, mA) || unsupported(seB, mB);
    }

    /** The result of an operation with a NaN operand (SDM volume 1, table 4-7, x87 column). */
    static long nanResult(Fpu f, int seA, long mA, int seB, long mB) {
        if (unsupported(seA, mA) || unsupported(seB, mB)) {
            return invalid(f);
        }
        boolean signalA = signalling(seA, mA);
        boolean signalB = signalling(seB, mB);
        int flags = signalA || signalB ? SoftFloat.INVALID : 0;
        boolean takeA;
        if (!nan(seB, mB)) {
            takeA = true;
        } else if (!nan(seA, mA)) {
            takeA = false;
        } else if (signalA != signalB) {
            takeA = signalB;
        } else {
            // The larger significand; with equal ones the positive number.
            int order = Long.compareUnsigned(mA, mB);
            takeA = order != 0 ? order > 0 : seA <= seB;
        }
        return takeA ? result(f, seA, mA | QUIET, flags) : result(f, seB, mB | QUIET, flags);
    }

    /** As {@link #nanResult} with one operand. */
    static long nanResult(Fpu f, int se, long m) {
        return nanResult(f, se, m, 0, 0);
    }

    static int denormalFlag(int seA, long mA, int seB, long mB) {
        return denormal(seA, mA) || denormal(seB, mB) ? SoftFloat.DENORMAL : 0;
    }

    // Arithmetic.

    public static long add(Fpu f, int seA, long mA, int seB, long mB) {
        if (normal(seA, mA) && normal(seB, mB)) {
            long m = Extended.add(f, seA, mA, seB, mB);
            return m != 0 ? m : addFinite(f, seA, mA, seB, mB, 0);
        }
        if (anyNan(seA, mA, seB, mB)) {
            return nanResult(f, seA, mA, seB, mB);
        }
        return addSpecial(f, seA, mA, seB, mB);
    }

    /** a - b. */
    public static long subtract(Fpu f, int seA, long mA, int seB, long mB) {
        if (normal(seA, mA) && normal(seB, mB)) {
            long m = Extended.add(f, seA, mA, seB ^ 0x8000, mB);
            return m != 0 ? m : addFinite(f, seA, mA, seB ^ 0x8000, mB, 0);
        }
        if (anyNan(seA, mA, seB, mB)) {
            return nanResult(f, seA, mA, seB, mB);
        }
        return addSpecial(f, seA, mA, seB ^ 0x8000, mB);
    }

    private static long addFinite(Fpu f, int seA, long mA, int seB, long mB, int flags) {
        SoftFloat s = f.soft;
        s.add(seA >> 15 & 1, exponent(seA, mA), significand(mA), seB >> 15 & 1, exponent(seB, mB), significand(mB));
        if (s.hi == 0) {
            return zeroResult(f, roundingControl(f) == SoftFloat.DOWN ? 1 : 0, flags);
        }
        return finish(f, precision(f), flags);
    }

    private static long addSpecial(Fpu f, int seA, long mA, int seB, long mB) {
        boolean infiniteA = infinite(seA, mA);
        boolean infiniteB = infinite(seB, mB);
        if (infiniteA && infiniteB && seA != seB) {
            return invalid(f);
        }
        int flags = denormalFlag(seA, mA, seB, mB);
        if (infiniteA || infiniteB) {
            return infinity(f, (infiniteA ? seA : seB) >> 15 & 1, flags);
        }
        boolean zeroA = zero(seA, mA);
        boolean zeroB = zero(seB, mB);
        if (zeroA && zeroB) {
            int sign = seA == seB ? seA >> 15 & 1 : roundingControl(f) == SoftFloat.DOWN ? 1 : 0;
            return zeroResult(f, sign, flags);
        }
        if (zeroA || zeroB) {
            load(f.soft, zeroA ? seB : seA, zeroA ? mB : mA);
            return finish(f, precision(f), flags);
        }
        return addFinite(f, seA, mA, seB, mB, flags);
    }

    public static long multiply(Fpu f, int seA, long mA, int seB, long mB) {
        int flags = 0;
        if (!normal(seA, mA) || !normal(seB, mB)) {
            if (anyNan(seA, mA, seB, mB)) {
                return nanResult(f, seA, mA, seB, mB);
            }
            boolean zero = zero(seA, mA) || zero(seB, mB);
            boolean infinite = infinite(seA, mA) || infinite(seB, mB);
            if (zero && infinite) {
                return invalid(f);
            }
            flags = denormalFlag(seA, mA, seB, mB);
            int sign = (seA ^ seB) >> 15 & 1;
            if (zero) {
                return zeroResult(f, sign, flags);
            }
            if (infinite) {
                return infinity(f, sign, flags);
            }
        } else {
            long m = Extended.multiply(f, seA, mA, seB, mB);
            if (m != 0) {
                return m;
            }
        }
        f.soft.multiply(
                seA >> 15 & 1, exponent(seA, mA), significand(mA), seB >> 15 & 1, exponent(seB, mB), significand(mB));
        return finish(f, precision(f), flags);
    }

    /** a / b. */
    public static long divide(Fpu f, int seA, long mA, int seB, long mB) {
        int flags = 0;
        if (!normal(seA, mA) || !normal(seB, mB)) {
            if (anyNan(seA, mA, seB, mB)) {
                return nanResult(f, seA, mA, seB, mB);
            }
            boolean infiniteA = infinite(seA, mA);
            boolean infiniteB = infinite(seB, mB);
            boolean zeroA = zero(seA, mA);
            boolean zeroB = zero(seB, mB);
            if (infiniteA && infiniteB || zeroA && zeroB) {
                return invalid(f);
            }
            flags = denormalFlag(seA, mA, seB, mB);
            int sign = (seA ^ seB) >> 15 & 1;
            if (infiniteA) {
                return infinity(f, sign, flags);
            }
            if (zeroB) {
                // Comes before a denormal operand (SDM volume 1, 4.9.2), which then goes unnoticed.
                return infinity(f, sign, SoftFloat.ZERO_DIVIDE);
            }
            if (zeroA || infiniteB) {
                return zeroResult(f, sign, flags);
            }
        }
        f.soft.divide(
                seA >> 15 & 1, exponent(seA, mA), significand(mA), seB >> 15 & 1, exponent(seB, mB), significand(mB));
        return finish(f, precision(f), flags);
    }

    public static long squareRoot(Fpu f, int se, long m) {
        if (nan(se, m) || unsupported(se, m)) {
            return nanResult(f, se, m);
        }
        if (zero(se, m)) {
            return zeroResult(f, se >> 15, 0);
        }
        if ((se & 0x8000) != 0) {
            return invalid(f);
        }
        if (infinite(se, m)) {
            return infinity(f, 0, 0);
        }
        int flags = denormal(se, m) ? SoftFloat.DENORMAL : 0;
        f.soft.squareRoot(exponent(se, m), significand(m));
        return finish(f, precision(f), flags);
    }

    /** Rounds to an integer in extended format by the rounding control. */
    public static long roundToInteger(Fpu f, int se, long m) {
        if (nan(se, m) || unsupported(se, m)) {
            return nanResult(f, se, m);
        }
        if (zero(se, m) || infinite(se, m)) {
            return result(f, se, m, 0);
        }
        int flags = denormal(se, m) ? SoftFloat.DENORMAL : 0;
        if (exponent(se, m) >= 63) {
            return result(f, se, m, flags);
        }
        long magnitude = integer(f.soft, se, m, roundingControl(f));
        flags |= f.soft.flags;
        boolean up = f.soft.roundedUp;
        int sign = se & 0x8000;
        int shift = Long.numberOfLeadingZeros(magnitude);
        long rounded = magnitude == 0
                ? result(f, sign, 0, flags)
                : result(f, sign | BIAS + 63 - shift, magnitude << shift, flags);
        f.soft.roundedUp = up;
        return rounded;
    }

    /**
     * The magnitude of a finite number as an integer, rounded; exponents up to 63 only. Leaves {@link SoftFloat#flags}
     * (PRECISION or 0) and {@link SoftFloat#roundedUp}. Rounding up from 2^64 - 1 cannot happen: exponent 63 is exact.
     */
    static long integer(SoftFloat s, int se, long m, int rc) {
        s.flags = 0;
        s.roundedUp = false;
        if (m == 0) {
            return 0;
        }
        int shift = 63 - exponent(se, m);
        long significand = significand(m);
        long whole = shift < 64 ? significand >>> shift : 0;
        // The discarded part as a fraction: top bit one half, the rest only "not zero".
        long rest = shift == 0 ? 0 : shift < 64 ? significand << -shift : shift == 64 ? significand : 1;
        if (rest == 0) {
            return whole;
        }
        s.flags = SoftFloat.PRECISION;
        boolean up = rc == SoftFloat.NEAREST
                ? rest < 0 && (rest << 1 != 0 || (whole & 1) != 0)
                : rc == ((se & 0x8000) != 0 ? SoftFloat.DOWN : SoftFloat.UP);
        s.roundedUp = up;
        return up ? whole + 1 : whole;
    }

    // Comparison: relations as in SseCompare.

    /** How a stands to b; flags in soft.flags: NaNs are invalid when signalling, or any with {@code strict}. */
    public static int compare(Fpu f, int seA, long mA, int seB, long mB, boolean strict) {
        SoftFloat s = f.soft;
        s.roundedUp = false;
        if (anyNan(seA, mA, seB, mB)) {
            boolean invalid = strict
                    || signalling(seA, mA)
                    || signalling(seB, mB)
                    || unsupported(seA, mA)
                    || unsupported(seB, mB);
            s.flags = invalid ? SoftFloat.INVALID : 0;
            return SseCompare.UNORDERED;
        }
        s.flags = denormalFlag(seA, mA, seB, mB);
        boolean negative = (seA & 0x8000) != 0;
        if (((seA ^ seB) & 0x8000) != 0) {
            boolean zeros = zero(seA, mA) && zero(seB, mB);
            return zeros ? SseCompare.EQUAL : negative ? SseCompare.LESS : SseCompare.GREATER;
        }
        // A pseudo-denormal has exponent 0 but counts as 1, like a denormal.
        int order = Integer.compare(Math.max(seA & SPECIAL, 1), Math.max(seB & SPECIAL, 1));
        if (order == 0) {
            order = Long.compareUnsigned(mA, mB);
        }
        if (order == 0) {
            return SseCompare.EQUAL;
        }
        return order < 0 == negative ? SseCompare.GREATER : SseCompare.LESS;
    }
}
