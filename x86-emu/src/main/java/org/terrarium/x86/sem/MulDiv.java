package org.terrarium.x86.sem;

/**
 * Multiplication and division (SDM volume 1, 7.3.5). Values of 8 and 16 bits are ints, zero-extended. A division
 * whose quotient does not fit raises #DE: callers ask {@code divides...} first.
 */
public final class MulDiv {
    private MulDiv() {}

    public static int imul16(int a, int b) {
        return a * b & 0xFFFF;
    }

    /** CF and OF: the product does not fit. */
    public static long imulCarries16(int a, int b, int result) {
        return (short) a * (short) b != (short) result ? Long.MIN_VALUE : 0;
    }

    public static int imul32(int a, int b) {
        return a * b;
    }

    /** CF and OF: the product does not fit. */
    public static long imulCarries32(int a, int b, int result) {
        return (long) a * b != result ? Long.MIN_VALUE : 0;
    }

    public static long imul64(long a, long b) {
        return a * b;
    }

    /** CF and OF: the product does not fit. */
    public static long imulCarries64(long a, long b, long result) {
        return Math.multiplyHigh(a, b) != result >> 63 ? Long.MIN_VALUE : 0;
    }

    /** Whether the unsigned quotient of {@code high:low / divisor} fits 64 bits; false for a divisor of 0. */
    public static boolean divides64(long high, long divisor) {
        return Long.compareUnsigned(high, divisor) < 0;
    }

    /** Unsigned quotient of {@code high:low / divisor}; requires {@link #divides64}. */
    public static long divide64(long high, long low, long divisor) {
        if (high == 0) {
            return Long.divideUnsigned(low, divisor);
        }
        // Two digits of 32 bits, by long division with a normalized divisor (Knuth, volume 2, 4.3.1, algorithm D).
        int shift = Long.numberOfLeadingZeros(divisor);
        long d = divisor << shift;
        long top = shift == 0 ? high : high << shift | low >>> 64 - shift;
        long rest = low << shift;
        long upper = digit(top, rest >>> 32, d);
        long remainder = (top << 32 | rest >>> 32) - upper * d;
        long lower = digit(remainder, rest & 0xFFFF_FFFFL, d);
        return upper << 32 | lower;
    }

    /** One 32-bit digit of {@code (top * 2^32 + next) / d}; the top bit of d is set and top is below d. */
    private static long digit(long top, long next, long d) {
        long dHigh = d >>> 32;
        long dLow = d & 0xFFFF_FFFFL;
        long q = Long.divideUnsigned(top, dHigh);
        long r = top - q * dHigh;
        while (q >>> 32 != 0 || Long.compareUnsigned(q * dLow, r << 32 | next) > 0) {
            q--;
            r += dHigh;
            if (r >>> 32 != 0) {
                break;
            }
        }
        return q;
    }

    /** Unsigned remainder that belongs to a quotient of {@link #divide64}. */
    public static long remainder64(long low, long divisor, long quotient) {
        return low - quotient * divisor;
    }

    /** Whether the signed quotient of {@code high:low / divisor} fits 64 bits; false for a divisor of 0. */
    public static boolean dividesSigned64(long high, long low, long divisor) {
        long absHigh = high < 0 ? ~high + (low == 0 ? 1 : 0) : high;
        long absLow = high < 0 ? -low : low;
        long absDivisor = Math.abs(divisor);
        if (Long.compareUnsigned(absHigh, absDivisor) >= 0) {
            return false;
        }
        long quotient = divide64(absHigh, absLow, absDivisor);
        return (high ^ divisor) < 0 ? Long.compareUnsigned(quotient, Long.MIN_VALUE) <= 0 : quotient >= 0;
    }

    /** Signed quotient, rounded towards 0; requires {@link #dividesSigned64}. */
    public static long divideSigned64(long high, long low, long divisor) {
        long absHigh = high < 0 ? ~high + (low == 0 ? 1 : 0) : high;
        long absLow = high < 0 ? -low : low;
        long quotient = divide64(absHigh, absLow, Math.abs(divisor));
        return (high ^ divisor) < 0 ? -quotient : quotient;
    }
}
