package org.terrarium.x86.sem;

import org.terrarium.x86.Fpu;

/** Conversions between 80-bit extended numbers and the formats in memory; conventions as in {@link SoftFloat80}. */
final class Convert80 {
    private static final int BIAS = SoftFloat80.BIAS;
    private static final int SPECIAL = SoftFloat80.SPECIAL;
    private static final long INTEGER_BIT = SoftFloat80.INTEGER_BIT;

    private Convert80() {}

    // Conversions from memory formats: exact, with the exceptions of a load.

    public static long fromSingle(Fpu f, int a) {
        int sign = a >>> 16 & 0x8000;
        if (SseSingle.normal(a)) {
            return SoftFloat80.result(
                    f, sign | (a >>> 23 & 0xFF) - 127 + BIAS, INTEGER_BIT | (long) a << 40 & ~INTEGER_BIT, 0);
        }
        if (SseSingle.zero(a)) {
            return SoftFloat80.result(f, sign, 0, 0);
        }
        long fraction = a & 0x7F_FFFF;
        if ((a & SseSingle.EXPONENT) != 0) {
            return SoftFloat80.result(f, sign | SPECIAL, INTEGER_BIT | fraction << 40, 0);
        }
        int shift = Long.numberOfLeadingZeros(fraction);
        return SoftFloat80.result(f, sign | -126 + BIAS - (shift - 40), fraction << shift, SoftFloat.DENORMAL);
    }

    public static long fromDouble(Fpu f, long a) {
        int sign = (int) (a >>> 48) & 0x8000;
        if (SseDouble.normal(a)) {
            return SoftFloat80.result(f, sign | ((int) (a >>> 52) & 0x7FF) - 1023 + BIAS, INTEGER_BIT | a << 11, 0);
        }
        if (SseDouble.zero(a)) {
            return SoftFloat80.result(f, sign, 0, 0);
        }
        long fraction = a & SseDouble.FRACTION;
        if ((a & SseDouble.EXPONENT) != 0) {
            return SoftFloat80.result(f, sign | SPECIAL, INTEGER_BIT | fraction << 11, 0);
        }
        int shift = Long.numberOfLeadingZeros(fraction);
        return SoftFloat80.result(f, sign | -1022 + BIAS - (shift - 11), fraction << shift, SoftFloat.DENORMAL);
    }

    public static long fromInteger(Fpu f, long a) {
        if (a == 0) {
            return SoftFloat80.result(f, 0, 0, 0);
        }
        long magnitude = Math.abs(a);
        int shift = Long.numberOfLeadingZeros(magnitude);
        return SoftFloat80.result(f, (a < 0 ? 0x8000 : 0) | BIAS + 63 - shift, magnitude << shift, 0);
    }

    // Conversions to memory formats. Flags in soft.flags; with an unmasked exception but PRECISION nothing may be
    // stored.

    public static int toSingle(Fpu f, int se, long m) {
        SoftFloat s = f.soft;
        int sign = se << 16 & SseSingle.SIGN;
        if (!SoftFloat80.normal(se, m) && !SoftFloat80.denormal(se, m)) {
            long rest = special(f, se, m);
            return (s.signExponent << 16 & SseSingle.SIGN)
                    | (rest == 0 ? 0 : SseSingle.EXPONENT | (int) (rest >>> 40) & 0x7F_FFFF);
        }
        SoftFloat80.load(s, se, m);
        s.flags = s.round(24, -126, 127, SoftFloat80.roundingControl(f), !SoftFloat80.masked(f, SoftFloat.UNDERFLOW));
        if (s.overflowed) {
            return sign | (overflowsToInfinity(f) ? SseSingle.EXPONENT : SseSingle.EXPONENT - 1);
        }
        return sign | (s.hi < 0 ? s.exp + 127 << 23 : 0) | (int) (s.hi >>> 40) & 0x7F_FFFF;
    }

    public static long toDouble(Fpu f, int se, long m) {
        SoftFloat s = f.soft;
        long sign = (long) se << 48 & SseDouble.SIGN;
        if (!SoftFloat80.normal(se, m) && !SoftFloat80.denormal(se, m)) {
            long rest = special(f, se, m);
            return ((long) s.signExponent << 48 & SseDouble.SIGN)
                    | (rest == 0 ? 0 : SseDouble.EXPONENT | rest >>> 11 & SseDouble.FRACTION);
        }
        SoftFloat80.load(s, se, m);
        s.flags = s.round(53, -1022, 1023, SoftFloat80.roundingControl(f), !SoftFloat80.masked(f, SoftFloat.UNDERFLOW));
        if (s.overflowed) {
            return sign | (overflowsToInfinity(f) ? SseDouble.EXPONENT : SseDouble.EXPONENT - 1);
        }
        return sign | (s.hi < 0 ? (long) (s.exp + 1023) << 52 : 0) | s.hi >>> 11 & SseDouble.FRACTION;
    }

    /** Zeros, infinities and NaNs on their way to a shorter format: significand (0 for zero) and sign. */
    private static long special(Fpu f, int se, long m) {
        if (SoftFloat80.zero(se, m)) {
            return SoftFloat80.zeroResult(f, se >> 15, 0);
        }
        return SoftFloat80.infinite(se, m) ? SoftFloat80.result(f, se, m, 0) : SoftFloat80.nanResult(f, se, m);
    }

    private static boolean overflowsToInfinity(Fpu f) {
        SoftFloat s = f.soft;
        if (SoftFloat80.masked(f, SoftFloat.OVERFLOW)) {
            s.flags |= SoftFloat.PRECISION;
        }
        int rc = SoftFloat80.roundingControl(f);
        s.roundedUp = rc == SoftFloat.NEAREST || rc == (s.sign != 0 ? SoftFloat.DOWN : SoftFloat.UP);
        return s.roundedUp;
    }

    /**
     * To a signed integer of {@code bits} (16, 32 or 64) bits; what does not fit is INVALID and gives the integer indefinite,
     * the most negative number.
     */
    public static long toInteger(Fpu f, int se, long m, int bits, int rc) {
        SoftFloat s = f.soft;
        boolean negative = (se & 0x8000) != 0;
        if ((se & SPECIAL) != SPECIAL
                && !SoftFloat80.unsupported(se, m)
                && (m == 0 || SoftFloat80.exponent(se, m) <= 63)) {
            long magnitude = SoftFloat80.integer(s, se, m, rc);
            long limit = 1L << bits - 1;
            int order = Long.compareUnsigned(magnitude, limit);
            if (order < 0 || order == 0 && negative) {
                return negative ? -magnitude : magnitude;
            }
        }
        s.flags = SoftFloat.INVALID;
        s.roundedUp = false;
        return -1L << bits - 1;
    }
}
