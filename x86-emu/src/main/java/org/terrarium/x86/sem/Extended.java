package org.terrarium.x86.sem;

import org.terrarium.x86.Fpu;

/**
 * The short way for additions and multiplications of 80-bit numbers, where it provably gives what {@link SoftFloat} does: both
 * operands normal, rounding to nearest at full precision (what FNINIT sets), the result normal. The significand of the result is
 * then in two words, the second holding everything below the last place; nothing below them is lost because no operand is
 * shifted by more than 63 places. When that second word is zero the result is exact, else it decides the rounding alone.
 *
 * <p>Results are as {@link SoftFloat80}'s: the significand is returned, the rest is in {@link Fpu#soft}. A significand of 0, which
 * no normal number has, means that the long way must be taken.
 */
final class Extended {
    private static final long TOP = Long.MIN_VALUE;
    private static final int PRECISION_AND_ROUNDING = 0xF00;
    private static final int FULL_TO_NEAREST = 0x300;
    private static final int SIGN = 0x8000;

    private Extended() {}

    private static boolean usual(Fpu f) {
        return f.shortArithmetic && (f.controlWord & PRECISION_AND_ROUNDING) == FULL_TO_NEAREST;
    }

    /** a + b, both normal. */
    static long add(Fpu f, int seA, long mA, int seB, long mB) {
        int distance = (seA & 0x7FFF) - (seB & 0x7FFF);
        if (!usual(f) || distance < -63 || distance > 63) {
            return 0;
        }
        return distance < 0 || distance == 0 && Long.compareUnsigned(mA, mB) < 0
                ? addSmaller(f, seB, mB, seA, mA, -distance)
                : addSmaller(f, seA, mA, seB, mB, distance);
    }

    /** a + b with |a| at least |b|, whose exponents are {@code distance} apart. */
    private static long addSmaller(Fpu f, int seA, long mA, int seB, long mB, int distance) {
        long shifted = mB >>> distance;
        long below = distance == 0 ? 0 : mB << -distance;
        int e = seA & 0x7FFF;
        if (((seA ^ seB) & SIGN) == 0) {
            long sum = mA + shifted;
            return Long.compareUnsigned(sum, mA) < 0
                    ? round(f, seA, e + 1, TOP | sum >>> 1, sum << 63 | below >>> 1 | below & 1)
                    : round(f, seA, e, sum, below);
        }
        long difference = mA - shifted - (below != 0 ? 1 : 0);
        below = -below;
        if (difference == 0) {
            return 0;
        }
        int up = Long.numberOfLeadingZeros(difference);
        return up == 0
                ? round(f, seA, e, difference, below)
                : round(f, seA, e - up, difference << up | below >>> -up, below << up);
    }

    /** a * b, both normal. */
    static long multiply(Fpu f, int seA, long mA, int seB, long mB) {
        if (!usual(f)) {
            return 0;
        }
        long high = Math.unsignedMultiplyHigh(mA, mB);
        long low = mA * mB;
        int e = (seA & 0x7FFF) + (seB & 0x7FFF) - SoftFloat80.BIAS;
        return high < 0
                ? round(f, seA ^ seB, e + 1, high, low)
                : round(f, seA ^ seB, e, high << 1 | low >>> 63, low << 1);
    }

    private static long round(Fpu f, int sign, int biased, long significand, long below) {
        if (biased <= 0 || biased >= SoftFloat80.SPECIAL - 1) {
            return 0;
        }
        SoftFloat s = f.soft;
        s.signExponent = sign & SIGN | biased;
        if (below == 0) {
            s.flags = 0;
            s.roundedUp = false;
            return significand;
        }
        s.flags = SoftFloat.PRECISION;
        s.roundedUp = below < 0 && (below != TOP || (significand & 1) != 0);
        long rounded = s.roundedUp ? significand + 1 : significand;
        if (rounded == 0) {
            s.signExponent++;
            return TOP;
        }
        return rounded;
    }
}
