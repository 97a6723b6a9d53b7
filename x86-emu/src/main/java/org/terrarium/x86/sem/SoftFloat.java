package org.terrarium.x86.sem;

/**
 * Software floating point on unpacked, finite, non-zero numbers, shared by x87 (80-bit) and SSE (32- and 64-bit). A number is a
 * sign (0 or 1), an unbiased exponent and a 64-bit significand with its top bit set: (-1)^sign * 2^exponent * significand /
 * 2^63. Results are left in the fields with 64 more bits below ({@link #lo}), of which the lowest is sticky, so that any
 * rounding of them is correct. One object per processor, so that nothing is allocated.
 */
public final class SoftFloat {
    // Exception flags: the same bits in the x87 status word and in MXCSR (SDM volume 1, figures 8-4 and 10-3).
    public static final int INVALID = 1;
    public static final int DENORMAL = 2;
    public static final int ZERO_DIVIDE = 4;
    public static final int OVERFLOW = 8;
    public static final int UNDERFLOW = 16;
    public static final int PRECISION = 32;

    // Rounding control (SDM volume 1, table 4-8): the same encoding in both control words.
    public static final int NEAREST = 0;
    public static final int DOWN = 1;
    public static final int UP = 2;
    public static final int TOWARD_ZERO = 3;

    private static final long TOP = Long.MIN_VALUE;

    // Result of an 80-bit operation (SoftFloat80): its significand is returned, the rest is here.

    /** Sign (bit 15) and biased exponent (bits 14..0) of the result. */
    public int signExponent;

    /** Exceptions the operation raised. */
    public int flags;

    /** Working registers of the transcendental functions. */
    final Transcendental functions = new Transcendental();

    /** Low three bits of a remainder's quotient, or -1 where the reduction is not complete. */
    public int quotient;

    public int sign;
    public int exp;
    public long hi;
    public long lo;

    /** Whether the last rounding made the magnitude larger (the x87's C1). */
    public boolean roundedUp;

    /** Whether the last {@link #round} overflowed, so that {@link #exp} and {@link #hi} are not the result. */
    public boolean overflowed;

    /** Adds two numbers of any signs. An exact zero gives {@link #hi} 0, with {@link #sign} for the caller to decide. */
    public void add(int signA, int expA, long sigA, int signB, int expB, long sigB) {
        int distance = expA - expB;
        if (distance < 0 || (distance == 0 && Long.compareUnsigned(sigA, sigB) < 0)) {
            addOrdered(signB, expB, sigB, signA, sigA, -distance);
        } else {
            addOrdered(signA, expA, sigA, signB, sigB, distance);
        }
    }

    private void addOrdered(int signA, int expA, long sigA, int signB, long sigB, int distance) {
        long smallHi;
        long smallLo;
        if (distance == 0) {
            smallHi = sigB;
            smallLo = 0;
        } else if (distance < 64) {
            smallHi = sigB >>> distance;
            smallLo = sigB << -distance;
        } else if (distance == 64) {
            smallHi = 0;
            smallLo = sigB;
        } else if (distance < 128) {
            smallHi = 0;
            smallLo = sigB >>> distance | (sigB << -distance != 0 ? 1 : 0);
        } else {
            smallHi = 0;
            smallLo = 1;
        }
        sign = signA;
        if (signA == signB) {
            long sum = sigA + smallHi;
            if (Long.compareUnsigned(sum, sigA) < 0) {
                lo = sum << 63 | smallLo >>> 1 | smallLo & 1;
                hi = TOP | sum >>> 1;
                exp = expA + 1;
            } else {
                hi = sum;
                lo = smallLo;
                exp = expA;
            }
        } else {
            lo = -smallLo;
            hi = sigA - smallHi - (smallLo != 0 ? 1 : 0);
            exp = expA;
            normalize();
        }
    }

    /** Shifts {@link #hi}:{@link #lo} up until the top bit is set. Zero stays zero. */
    public void normalize() {
        if (hi < 0) {
            return;
        }
        if (hi == 0) {
            if (lo == 0) {
                return;
            }
            hi = lo;
            lo = 0;
            exp -= 64;
        }
        int shift = Long.numberOfLeadingZeros(hi);
        if (shift != 0) {
            hi = hi << shift | lo >>> -shift;
            lo <<= shift;
            exp -= shift;
        }
    }

    public void multiply(int signA, int expA, long sigA, int signB, int expB, long sigB) {
        sign = signA ^ signB;
        long high = Math.unsignedMultiplyHigh(sigA, sigB);
        long low = sigA * sigB;
        if (high < 0) {
            hi = high;
            lo = low;
            exp = expA + expB + 1;
        } else {
            hi = high << 1 | low >>> 63;
            lo = low << 1;
            exp = expA + expB;
        }
    }

    public void divide(int signA, int expA, long sigA, int signB, int expB, long sigB) {
        sign = signA ^ signB;
        long rest;
        if (Long.compareUnsigned(sigA, sigB) >= 0) {
            exp = expA - expB;
            hi = divideWide(sigA >>> 1, sigA << 63, sigB);
            rest = (sigA << 63) - hi * sigB;
        } else {
            exp = expA - expB - 1;
            hi = divideWide(sigA, 0, sigB);
            rest = -(hi * sigB);
        }
        if (rest == 0) {
            lo = 0;
        } else {
            // The next quotient bit is 1 when twice the rest reaches the divisor; what remains only matters as "not
            // zero".
            boolean half = rest < 0 || Long.compareUnsigned(rest << 1, sigB) >= 0;
            lo = half ? (rest << 1 == sigB ? TOP : TOP | 1) : 1;
        }
    }

    /** The unsigned quotient of a 128-bit dividend by a divisor with its top bit set; high must be below the divisor. */
    static long divideWide(long high, long low, long divisor) {
        long divisorHigh = divisor >>> 32;
        long divisorLow = divisor & 0xFFFF_FFFFL;
        long first = digit(high, low >>> 32, divisorHigh, divisorLow);
        long middle = (high << 32 | low >>> 32) - first * divisor;
        long second = digit(middle, low & 0xFFFF_FFFFL, divisorHigh, divisorLow);
        return (first << 32) + second;
    }

    /** One 32-bit digit of a long division: (high * 2^32 + next) / divisor (Knuth, volume 2, 4.3.1, algorithm D). */
    private static long digit(long high, long next, long divisorHigh, long divisorLow) {
        long quotient = Long.divideUnsigned(high, divisorHigh);
        long rest = high - quotient * divisorHigh;
        while (quotient >>> 32 != 0 || Long.compareUnsigned(quotient * divisorLow, rest << 32 | next) > 0) {
            quotient--;
            rest += divisorHigh;
            if (rest >>> 32 != 0) {
                break;
            }
        }
        return quotient;
    }

    /** The square root of a positive number. */
    public void squareRoot(int expA, long sigA) {
        sign = 0;
        exp = expA >> 1;
        // The radicand is sigA * 2^63 or (odd exponents) sigA * 2^64; its root then has its top bit at 63.
        long radicandHi = (expA & 1) != 0 ? sigA : sigA >>> 1;
        long radicandLo = (expA & 1) != 0 ? 0 : sigA << 63;
        double estimate = Math.sqrt((radicandHi >>> 11) * 0x1p-51);
        long root = estimate >= 2.0 ? -1L : (long) (estimate * 0x1p62) << 1;
        // One Newton step: the estimate is good to 50 bits, so the remainder has fewer than 80 bits.
        long restHi = radicandHi - Math.unsignedMultiplyHigh(root, root);
        long squareLo = root * root;
        if (Long.compareUnsigned(radicandLo, squareLo) < 0) {
            restHi--;
        }
        long restLo = radicandLo - squareLo;
        long scaledRest = restHi << 44 | restLo >>> 20;
        long corrected = root + scaledRest / (root >>> 19);
        // A correction past the top wraps to a small number; the root is then the largest there is.
        root = corrected < 0 ? corrected : (scaledRest < 0 ? TOP : -1L);
        adjustRoot(root, radicandHi, radicandLo);
    }

    private void adjustRoot(long estimate, long radicandHi, long radicandLo) {
        long root = estimate;
        while (true) {
            long squareHi = Math.unsignedMultiplyHigh(root, root);
            long squareLo = root * root;
            boolean borrow = Long.compareUnsigned(radicandLo, squareLo) < 0;
            long restHi = radicandHi - squareHi - (borrow ? 1 : 0);
            long restLo = radicandLo - squareLo;
            if (restHi < 0) {
                root--;
                continue;
            }
            // The rest of the true root is at most twice the root.
            boolean tooSmall = restHi > 1 || (restHi == 1 && Long.compareUnsigned(restLo, root << 1) > 0);
            if (tooSmall && root != -1L) {
                root++;
                continue;
            }
            hi = root;
            boolean exact = (restHi | restLo) == 0;
            boolean aboveHalf = restHi != 0 || Long.compareUnsigned(restLo, root) > 0;
            lo = exact ? 0 : aboveHalf ? TOP | 1 : 1;
            return;
        }
    }

    /**
     * Rounds the number in the fields to {@code precision} significand bits (24, 53 or 64) in a format whose normal numbers have
     * exponents minExp..maxExp. Afterwards {@link #hi} is the significand (top bit clear only for a denormal or zero, then
     * {@link #exp} is minExp), its low 64-precision bits are 0. Tininess is detected after rounding, as the manual says.
     * With {@code trapUnderflow} a tiny result is not denormalized (the caller scales or drops it). Returns the flags raised:
     * OVERFLOW (with {@link #overflowed}), UNDERFLOW (with trapUnderflow: whenever tiny; else only when also inexact), PRECISION.
     */
    public int round(int precision, int minExp, int maxExp, int rc, boolean trapUnderflow) {
        overflowed = false;
        if (exp < minExp) {
            return roundTiny(precision, minExp, rc, trapUnderflow);
        }
        boolean inexact = roundSignificand(precision, rc);
        if (exp > maxExp) {
            overflowed = true;
            return inexact ? OVERFLOW | PRECISION : OVERFLOW;
        }
        return inexact ? PRECISION : 0;
    }

    private int roundTiny(int precision, int minExp, int rc, boolean trapUnderflow) {
        long keepHi = hi;
        long keepLo = lo;
        int keepExp = exp;
        boolean inexact = roundSignificand(precision, rc);
        boolean tiny = exp < minExp;
        if (trapUnderflow && tiny) {
            return inexact ? UNDERFLOW | PRECISION : UNDERFLOW;
        }
        // Denormalize the unrounded value and round it at its new place.
        int shift = minExp - keepExp;
        exp = minExp;
        if (shift < 64) {
            lo = keepHi << -shift | keepLo >>> shift | (keepLo << -shift != 0 ? 1 : 0);
            hi = keepHi >>> shift;
        } else if (shift == 64) {
            lo = keepHi | (keepLo != 0 ? 1 : 0);
            hi = 0;
        } else {
            lo = shift < 128 ? keepHi >>> shift | 1 : 1;
            hi = 0;
        }
        inexact = roundSignificand(precision, rc);
        if (!inexact) {
            return 0;
        }
        return tiny ? UNDERFLOW | PRECISION : PRECISION;
    }

    /** Rounds {@link #hi}:{@link #lo} to the top {@code precision} bits of hi; a carry out raises {@link #exp}. */
    private boolean roundSignificand(int precision, int rc) {
        int drop = 64 - precision;
        long mask = (1L << drop) - 1;
        // The discarded bits as one fraction of a unit: the top bit is the half, all others only matter as "not zero".
        long rest = drop == 0 ? lo : (hi & mask) << precision | lo >>> 1 | lo & 1;
        hi &= ~mask;
        roundedUp = false;
        lo = 0;
        if (rest == 0) {
            return false;
        }
        boolean up;
        if (rc == NEAREST) {
            up = rest < 0 && (rest != TOP || (hi & (mask + 1)) != 0);
        } else {
            up = rc == (sign != 0 ? DOWN : UP);
        }
        if (up) {
            roundedUp = true;
            hi += mask + 1;
            if (hi == 0) {
                hi = TOP;
                exp++;
            }
        }
        return true;
    }
}
