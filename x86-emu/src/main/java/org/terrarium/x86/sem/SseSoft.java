package org.terrarium.x86.sem;

import org.terrarium.x86.Fpu;

/**
 * SSE arithmetic where the host's is not enough: NaNs, infinities, zeros, denormals, tiny and huge results, other rounding
 * modes, DAZ and FTZ, unmasked exceptions. Singles are widened to the bits of a double, which loses nothing, and the special
 * cases are decided there (SDM volume 1, 4.8.3, 11.5 and appendix E).
 */
final class SseSoft {
    static final int ADD = 0;
    static final int SUB = 1;
    static final int MUL = 2;
    static final int DIV = 3;

    private static final long SIGN = SseDouble.SIGN;
    private static final long INFINITY = SseDouble.EXPONENT;

    private SseSoft() {}

    /** Whether an unmasked exception has been raised by the running instruction. */
    private static boolean unmasked(Fpu f) {
        return (f.raised & ~(f.mxcsr >>> SseDouble.MASK_SHIFT) & 0x3F) != 0;
    }

    /**
     * Ends one step of an operation of several: whether an unmasked exception stops it; else its exceptions go to MXCSR, where
     * a fault in the next step cannot hide them.
     */
    static boolean stopsAfterStep(Fpu f) {
        if (unmasked(f)) {
            return true;
        }
        f.mxcsr |= f.raised;
        f.raised = 0;
        return false;
    }

    private static boolean unmasked(Fpu f, int exception) {
        return (f.mxcsr >>> SseDouble.MASK_SHIFT & exception) == 0;
    }

    static int roundingControl(Fpu f) {
        return f.mxcsr >>> SseDouble.RC_SHIFT & 3;
    }

    static long invalid(Fpu f) {
        f.raised |= SoftFloat.INVALID;
        return SseDouble.DEFAULT_NAN;
    }

    /** The bits of a double with the value of a single; a NaN keeps its payload and whether it signals. */
    static long widen(int a) {
        long sign = (long) (a & SseSingle.SIGN) << 32;
        if (SseSingle.nan(a)) {
            return sign | INFINITY | (a & 0x7F_FFFFL) << 29;
        }
        return Double.doubleToRawLongBits(Float.intBitsToFloat(a));
    }

    /** The bits of a single for a double that is zero, infinite, NaN or otherwise exactly representable. */
    static int narrow(long a) {
        if (SseDouble.nan(a)) {
            return (int) (a >>> 32) & SseSingle.SIGN | SseSingle.EXPONENT | (int) (a >>> 29) & 0x7F_FFFF;
        }
        return Float.floatToRawIntBits((float) Double.longBitsToDouble(a));
    }

    static long binary64(int op, long a, long b, Fpu f) {
        return binary(op, a, b, SseDouble.denormal(a), SseDouble.denormal(b), false, f);
    }

    static int binary32(int op, int a, int b, Fpu f) {
        return narrow(binary(op, widen(a), widen(b), SseSingle.denormal(a), SseSingle.denormal(b), true, f));
    }

    private static long binary(int op, long a, long b, boolean denormalA, boolean denormalB, boolean single, Fpu f) {
        if (SseDouble.nan(a) || SseDouble.nan(b)) {
            return nan(a, b, f);
        }
        long x = a;
        long y = b;
        int denormal = 0;
        if (denormalA || denormalB) {
            if ((f.mxcsr & SseDouble.DAZ) != 0) {
                x = denormalA ? a & SIGN : a;
                y = denormalB ? b & SIGN : b;
            } else {
                denormal = SoftFloat.DENORMAL;
            }
        }
        if (op == SUB) {
            y ^= SIGN;
        }
        return switch (op) {
            case MUL -> multiply(x, y, denormal, single, f);
            case DIV -> divide(x, y, denormal, single, f);
            default -> add(x, y, denormal, single, f);
        };
    }

    /** The first operand that is a NaN, made quiet. */
    private static long nan(long a, long b, Fpu f) {
        if (SseDouble.signalling(a) || SseDouble.signalling(b)) {
            f.raised |= SoftFloat.INVALID;
        }
        return (SseDouble.nan(a) ? a : b) | SseDouble.QUIET;
    }

    private static boolean infinite(long a) {
        return (a & ~SIGN) == INFINITY;
    }

    private static int sign(long a) {
        return (int) (a >>> 63);
    }

    private static int exponent(long a) {
        int e = (int) (a >>> 52) & 0x7FF;
        return e != 0 ? e - 1023 : -1011 - Long.numberOfLeadingZeros(a & ~SIGN);
    }

    /** Significand with its top bit set; a must be finite and not zero. */
    private static long significand(long a) {
        if ((a & INFINITY) != 0) {
            return a << 11 | Long.MIN_VALUE;
        }
        long magnitude = a & ~SIGN;
        return magnitude << Long.numberOfLeadingZeros(magnitude);
    }

    /** Whether the denormal exception, unmasked, ends the operation here. */
    private static boolean stop(int denormal, Fpu f) {
        f.raised |= denormal;
        return denormal != 0 && unmasked(f, SoftFloat.DENORMAL);
    }

    private static long add(long a, long b, int denormal, boolean single, Fpu f) {
        if (infinite(a) && infinite(b) && a != b) {
            return invalid(f);
        }
        if (stop(denormal, f)) {
            return a;
        }
        if (infinite(a) || infinite(b)) {
            return infinite(a) ? a : b;
        }
        SoftFloat s = f.soft;
        if (SseDouble.zero(a) || SseDouble.zero(b)) {
            if (SseDouble.zero(a) && SseDouble.zero(b)) {
                return a == b ? a : zeroSum(f);
            }
            load(s, SseDouble.zero(a) ? b : a);
        } else {
            s.add(sign(a), exponent(a), significand(a), sign(b), exponent(b), significand(b));
            if (s.hi == 0) {
                return zeroSum(f);
            }
        }
        return pack(single, f);
    }

    private static long zeroSum(Fpu f) {
        return roundingControl(f) == SoftFloat.DOWN ? SIGN : 0;
    }

    private static void load(SoftFloat s, long a) {
        s.sign = sign(a);
        s.exp = exponent(a);
        s.hi = significand(a);
        s.lo = 0;
    }

    private static long multiply(long a, long b, int denormal, boolean single, Fpu f) {
        boolean zero = SseDouble.zero(a) || SseDouble.zero(b);
        boolean infinite = infinite(a) || infinite(b);
        if (zero && infinite) {
            return invalid(f);
        }
        long sign = (a ^ b) & SIGN;
        if (stop(denormal, f) || zero) {
            return sign;
        }
        if (infinite) {
            return sign | INFINITY;
        }
        f.soft.multiply(0, exponent(a), significand(a), sign < 0 ? 1 : 0, exponent(b), significand(b));
        return pack(single, f);
    }

    private static long divide(long a, long b, int denormal, boolean single, Fpu f) {
        boolean zeroA = SseDouble.zero(a);
        boolean zeroB = SseDouble.zero(b);
        if (infinite(a) && infinite(b) || zeroA && zeroB) {
            return invalid(f);
        }
        long sign = (a ^ b) & SIGN;
        if (zeroB && !infinite(a)) {
            // Comes before a denormal operand (SDM volume 1, 4.9.2), which then goes unnoticed.
            f.raised |= SoftFloat.ZERO_DIVIDE;
            return sign | INFINITY;
        }
        if (stop(denormal, f) || zeroA || infinite(b)) {
            return sign;
        }
        if (infinite(a)) {
            return sign | INFINITY;
        }
        f.soft.divide(0, exponent(a), significand(a), sign < 0 ? 1 : 0, exponent(b), significand(b));
        return pack(single, f);
    }

    static long squareRoot64(long a, Fpu f) {
        return squareRoot(a, SseDouble.denormal(a), false, f);
    }

    static int squareRoot32(int a, Fpu f) {
        return narrow(squareRoot(widen(a), SseSingle.denormal(a), true, f));
    }

    private static long squareRoot(long a, boolean denormal, boolean single, Fpu f) {
        if (SseDouble.nan(a)) {
            return nan(a, a, f);
        }
        long x = denormal && (f.mxcsr & SseDouble.DAZ) != 0 ? a & SIGN : a;
        if (SseDouble.zero(x)) {
            return x;
        }
        if (x < 0) {
            return invalid(f);
        }
        if (stop(denormal ? SoftFloat.DENORMAL : 0, f) || infinite(x)) {
            return x;
        }
        f.soft.squareRoot(exponent(x), significand(x));
        return pack(single, f);
    }

    /** Rounds what the working registers hold to the format by MXCSR; a single comes back as the equal double. */
    static long pack(boolean single, Fpu f) {
        SoftFloat s = f.soft;
        int rc = roundingControl(f);
        boolean flush = (f.mxcsr & SseDouble.FTZ) != 0 && !unmasked(f, SoftFloat.UNDERFLOW);
        boolean trap = flush || unmasked(f, SoftFloat.UNDERFLOW);
        int flags = single ? s.round(24, -126, 127, rc, trap) : s.round(53, -1022, 1023, rc, trap);
        long sign = (long) s.sign << 63;
        if ((flags & SoftFloat.UNDERFLOW) != 0 && trap) {
            f.raised |= flush ? SoftFloat.UNDERFLOW | SoftFloat.PRECISION : flags;
            return sign;
        }
        if (s.overflowed) {
            boolean masked = !unmasked(f, SoftFloat.OVERFLOW);
            f.raised |= masked ? SoftFloat.OVERFLOW | SoftFloat.PRECISION : flags;
            return overflow(sign, rc, single);
        }
        f.raised |= flags;
        if (s.hi >= 0) {
            // A denormal: the significand stands where the smallest exponent puts it. As a single it is a normal
            // double.
            return single ? renormalized(s, sign) : sign | s.hi >>> 11;
        }
        return sign | (long) (s.exp + 1023) << 52 | s.hi >>> 11 & SseDouble.FRACTION;
    }

    private static long renormalized(SoftFloat s, long sign) {
        if (s.hi == 0) {
            return sign;
        }
        s.normalize();
        return sign | (long) (s.exp + 1023) << 52 | s.hi >>> 11 & SseDouble.FRACTION;
    }

    private static long overflow(long sign, int rc, boolean single) {
        boolean infinite = rc == SoftFloat.NEAREST || rc == (sign != 0 ? SoftFloat.DOWN : SoftFloat.UP);
        if (infinite) {
            return sign | INFINITY;
        }
        return sign | (single ? Double.doubleToRawLongBits(Float.MAX_VALUE) : INFINITY - 1);
    }

    /** CVTSD2SS of anything but a plain case. */
    static int toSingle(long a, Fpu f) {
        if (SseDouble.nan(a)) {
            return narrow(nan(a, a, f));
        }
        boolean denormal = SseDouble.denormal(a);
        long x = denormal && (f.mxcsr & SseDouble.DAZ) != 0 ? a & SIGN : a;
        if (SseDouble.zero(x) || infinite(x) || stop(denormal ? SoftFloat.DENORMAL : 0, f)) {
            return narrow(x);
        }
        load(f.soft, x);
        return narrow(pack(true, f));
    }

    /** CVTSS2SD of anything but a plain case. */
    static long toDouble(int a, Fpu f) {
        long x = widen(a);
        if (SseSingle.nan(a)) {
            return nan(x, x, f);
        }
        if (!SseSingle.denormal(a)) {
            return x;
        }
        if ((f.mxcsr & SseDouble.DAZ) != 0) {
            return x & SIGN;
        }
        f.raised |= SoftFloat.DENORMAL;
        return x;
    }
}
