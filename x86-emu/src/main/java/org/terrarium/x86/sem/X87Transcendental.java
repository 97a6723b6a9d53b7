package org.terrarium.x86.sem;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.Fpu;
import org.terrarium.x86.isa.Insn;

/** F2XM1, FYL2X, FYL2XP1, FPATAN, FSIN, FCOS, FSINCOS, FPTAN: operands, special cases, stack (SDM volume 2). */
public final class X87Transcendental {
    private static final int ONE = SoftFloat80.BIAS;
    private static final long ONE_SIGNIFICAND = SoftFloat80.INTEGER_BIT;

    private X87Transcendental() {}

    private static int denormal(int se, long m) {
        return SoftFloat80.denormal(se, m) ? SoftFloat.DENORMAL : 0;
    }

    private static int sign(int se) {
        return se >> 15 & 1;
    }

    public static void f2xm1(Cpu c, Insn i) {
        X87State.check(c);
        X87State.instruction(c, i);
        Fpu f = c.fpu;
        if (X87State.empty(f, 0)) {
            X87State.underflow(f, 0);
            return;
        }
        long m = exp2Minus1(f, f.signExponent[f.top], f.mantissa[f.top]);
        if (X87State.commit(f, f.soft.flags)) {
            X87State.write(f, 0, f.soft.signExponent, m);
        }
    }

    /** 2^x - 1. Operands beyond -1..1, whose result the manual leaves undefined, come back as they are. */
    private static long exp2Minus1(Fpu f, int se, long m) {
        if (SoftFloat80.nan(se, m) || SoftFloat80.unsupported(se, m)) {
            return SoftFloat80.nanResult(f, se, m);
        }
        if (SoftFloat80.infinite(se, m)) {
            return sign(se) == 0
                    ? SoftFloat80.infinity(f, 0, 0)
                    : SoftFloat80.result(f, 0x8000 | ONE, ONE_SIGNIFICAND, 0);
        }
        if (SoftFloat80.zero(se, m)) {
            return SoftFloat80.zeroResult(f, sign(se), 0);
        }
        if (SoftFloat80.exponent(se, m) >= 0) {
            boolean one = (se & SoftFloat80.SPECIAL) == ONE && m == ONE_SIGNIFICAND;
            return SoftFloat80.result(f, one && sign(se) != 0 ? 0x8000 | ONE - 1 : se, m, 0);
        }
        Transcendental t = f.soft.functions;
        t.exp2Minus1(se, m);
        return t.round(f, false, denormal(se, m));
    }

    /** The instructions of two operands: the result goes to ST(1), which is then the top. */
    private static boolean ready(Cpu c, Insn i) {
        X87State.check(c);
        X87State.instruction(c, i);
        Fpu f = c.fpu;
        if (!X87State.empty(f, 0) && !X87State.empty(f, 1)) {
            return true;
        }
        if (X87State.underflow(f, 1)) {
            X87State.pop(f);
        }
        return false;
    }

    private static void finish(Fpu f, long m) {
        if (X87State.commit(f, f.soft.flags)) {
            X87State.write(f, 1, f.soft.signExponent, m);
            X87State.pop(f);
        }
    }

    public static void fyl2x(Cpu c, Insn i) {
        if (ready(c, i)) {
            Fpu f = c.fpu;
            int y = X87State.physical(f, 1);
            finish(f, logarithm(f, f.signExponent[f.top], f.mantissa[f.top], f.signExponent[y], f.mantissa[y]));
        }
    }

    /** y * log2(x). */
    private static long logarithm(Fpu f, int seX, long mX, int seY, long mY) {
        if (SoftFloat80.anyNan(seX, mX, seY, mY)) {
            return SoftFloat80.nanResult(f, seX, mX, seY, mY);
        }
        boolean zeroX = SoftFloat80.zero(seX, mX);
        boolean zeroY = SoftFloat80.zero(seY, mY);
        if (sign(seX) != 0 && !zeroX) {
            return SoftFloat80.invalid(f);
        }
        int flags = SoftFloat80.denormalFlag(seX, mX, seY, mY);
        if (SoftFloat80.infinite(seX, mX)) {
            return zeroY ? SoftFloat80.invalid(f) : SoftFloat80.infinity(f, sign(seY), flags);
        }
        boolean infiniteY = SoftFloat80.infinite(seY, mY);
        if (zeroX) {
            if (zeroY) {
                return SoftFloat80.invalid(f);
            }
            return SoftFloat80.infinity(f, sign(seY) ^ 1, infiniteY ? 0 : SoftFloat.ZERO_DIVIDE);
        }
        int exponent = SoftFloat80.exponent(seX, mX);
        boolean power = SoftFloat80.significand(mX) == ONE_SIGNIFICAND;
        boolean one = power && exponent == 0;
        int sign = sign(seY) ^ (exponent < 0 ? 1 : 0);
        if (infiniteY) {
            return one ? SoftFloat80.invalid(f) : SoftFloat80.infinity(f, sign, flags);
        }
        if (zeroY || one) {
            return SoftFloat80.zeroResult(f, sign, flags);
        }
        if (power) {
            long m = Convert80.fromInteger(f, exponent);
            int se = f.soft.signExponent;
            f.soft.multiply(
                    sign(se),
                    SoftFloat80.exponent(se, m),
                    m,
                    sign(seY),
                    SoftFloat80.exponent(seY, mY),
                    SoftFloat80.significand(mY));
            long product = SoftFloat80.finish(f, 64, flags);
            // Processors do not notice that these results are exact.
            boolean tiny = (f.soft.signExponent & SoftFloat80.SPECIAL) == 0;
            f.soft.flags |= tiny ? SoftFloat.PRECISION | SoftFloat.UNDERFLOW : SoftFloat.PRECISION;
            return product;
        }
        Transcendental t = f.soft.functions;
        t.logarithm(seX, mX, seY, mY);
        return t.round(f, false, flags);
    }

    public static void fyl2xp1(Cpu c, Insn i) {
        if (ready(c, i)) {
            Fpu f = c.fpu;
            int y = X87State.physical(f, 1);
            finish(f, logarithmPlus1(f, f.signExponent[f.top], f.mantissa[f.top], f.signExponent[y], f.mantissa[y]));
        }
    }

    /** y * log2(x + 1). The manual defines it for |x| up to 0.29; it goes on correctly to -1 and infinity. */
    private static long logarithmPlus1(Fpu f, int seX, long mX, int seY, long mY) {
        if (SoftFloat80.anyNan(seX, mX, seY, mY)) {
            return SoftFloat80.nanResult(f, seX, mX, seY, mY);
        }
        boolean zeroX = SoftFloat80.zero(seX, mX);
        boolean zeroY = SoftFloat80.zero(seY, mY);
        boolean infiniteX = SoftFloat80.infinite(seX, mX);
        if (sign(seX) != 0 && (infiniteX || !zeroX && SoftFloat80.exponent(seX, mX) >= 0)) {
            return SoftFloat80.invalid(f);
        }
        int flags = SoftFloat80.denormalFlag(seX, mX, seY, mY);
        int sign = sign(seX) ^ sign(seY);
        if (infiniteX) {
            return zeroY ? SoftFloat80.invalid(f) : SoftFloat80.infinity(f, sign, flags);
        }
        if (SoftFloat80.infinite(seY, mY)) {
            return zeroX ? SoftFloat80.invalid(f) : SoftFloat80.infinity(f, sign, flags);
        }
        if (zeroX || zeroY) {
            return SoftFloat80.zeroResult(f, sign, flags);
        }
        Transcendental t = f.soft.functions;
        t.logarithmPlus1(seX, mX, seY, mY);
        return t.round(f, false, flags);
    }

    public static void fpatan(Cpu c, Insn i) {
        if (ready(c, i)) {
            Fpu f = c.fpu;
            int y = X87State.physical(f, 1);
            finish(f, arcTangent(f, f.signExponent[y], f.mantissa[y], f.signExponent[f.top], f.mantissa[f.top]));
        }
    }

    /** The angle of (x, y) (SDM volume 2, table 3-30). */
    private static long arcTangent(Fpu f, int seY, long mY, int seX, long mX) {
        if (SoftFloat80.anyNan(seX, mX, seY, mY)) {
            return SoftFloat80.nanResult(f, seX, mX, seY, mY);
        }
        int flags = SoftFloat80.denormalFlag(seX, mX, seY, mY);
        boolean left = sign(seX) != 0;
        boolean zeroY = SoftFloat80.zero(seY, mY);
        boolean infiniteY = SoftFloat80.infinite(seY, mY);
        boolean infiniteX = SoftFloat80.infinite(seX, mX);
        Transcendental t = f.soft.functions;
        if (zeroY || infiniteX && !infiniteY) {
            if (!left) {
                return SoftFloat80.zeroResult(f, sign(seY), flags);
            }
            t.eighthsOfTurn(4);
        } else if (infiniteY) {
            t.eighthsOfTurn(infiniteX ? left ? 3 : 1 : 2);
        } else if (SoftFloat80.zero(seX, mX)) {
            t.eighthsOfTurn(2);
        } else {
            t.arcTangent(seY, mY, seX, mX);
        }
        return t.round(f, sign(seY) != 0, flags);
    }

    /** Whether a circular function's operand is zero, infinite, a NaN or unsupported, so that {@link #trivial} has the result. */
    private static boolean special(int se, long m) {
        return SoftFloat80.zero(se, m)
                || (se & SoftFloat80.SPECIAL) == SoftFloat80.SPECIAL
                || SoftFloat80.unsupported(se, m);
    }

    /** Sine or tangent (at zero the operand itself), or cosine (at zero one), of a special operand. */
    private static long trivial(Fpu f, int se, long m, boolean cosine) {
        if (SoftFloat80.zero(se, m)) {
            return cosine ? SoftFloat80.result(f, ONE, ONE_SIGNIFICAND, 0) : SoftFloat80.result(f, se, m, 0);
        }
        return SoftFloat80.infinite(se, m) ? SoftFloat80.invalid(f) : SoftFloat80.nanResult(f, se, m);
    }

    /** From 2^63 on the operand is refused: C2 is set and nothing else happens. */
    private static boolean outOfRange(Fpu f) {
        int e = f.signExponent[f.top] & SoftFloat80.SPECIAL;
        boolean refused = e >= SoftFloat80.BIAS + 63 && e != SoftFloat80.SPECIAL && f.mantissa[f.top] < 0;
        if (refused) {
            f.statusWord = f.statusWord & ~X87State.C1 | X87State.C2;
        }
        return refused;
    }

    public static void fsin(Cpu c, Insn i) {
        one(c, i, false);
    }

    public static void fcos(Cpu c, Insn i) {
        one(c, i, true);
    }

    private static void one(Cpu c, Insn i, boolean cosine) {
        X87State.check(c);
        X87State.instruction(c, i);
        Fpu f = c.fpu;
        f.statusWord &= ~X87State.C2;
        if (X87State.empty(f, 0)) {
            X87State.underflow(f, 0);
            return;
        }
        if (outOfRange(f)) {
            return;
        }
        long m = circular(f, f.signExponent[f.top], f.mantissa[f.top], cosine);
        if (X87State.commit(f, f.soft.flags)) {
            X87State.write(f, 0, f.soft.signExponent, m);
        }
    }

    private static long circular(Fpu f, int se, long m, boolean cosine) {
        if (special(se, m)) {
            return trivial(f, se, m, cosine);
        }
        Transcendental t = f.soft.functions;
        if (cosine) {
            t.cosine(se, m);
        } else {
            t.sine(se, m);
        }
        return t.round(f, false, denormal(se, m));
    }

    public static void fsincos(Cpu c, Insn i) {
        X87State.check(c);
        X87State.instruction(c, i);
        Fpu f = c.fpu;
        f.statusWord &= ~X87State.C2;
        if (!X87State.roomForTwo(f) || outOfRange(f)) {
            return;
        }
        int se = f.signExponent[f.top];
        long m = f.mantissa[f.top];
        long sine = circular(f, se, m, false);
        int sineSe = f.soft.signExponent;
        int sineFlags = f.soft.flags;
        long cosine = circular(f, se, m, true);
        if (X87State.commit(f, f.soft.flags | sineFlags)) {
            X87State.write(f, 0, sineSe, sine);
            f.top = f.top - 1 & 7;
            X87State.write(f, 0, f.soft.signExponent, cosine);
        }
    }

    public static void fptan(Cpu c, Insn i) {
        X87State.check(c);
        X87State.instruction(c, i);
        Fpu f = c.fpu;
        f.statusWord &= ~X87State.C2;
        if (!X87State.roomForTwo(f) || outOfRange(f)) {
            return;
        }
        int se = f.signExponent[f.top];
        long m = f.mantissa[f.top];
        long result;
        boolean number = true;
        if (special(se, m)) {
            result = trivial(f, se, m, false);
            number = SoftFloat80.zero(se, m);
        } else {
            Transcendental t = f.soft.functions;
            t.tangent(se, m);
            result = t.round(f, false, denormal(se, m));
        }
        if (X87State.commit(f, f.soft.flags)) {
            int resultSe = f.soft.signExponent;
            X87State.write(f, 0, resultSe, result);
            f.top = f.top - 1 & 7;
            X87State.write(f, 0, number ? ONE : resultSe, number ? ONE_SIGNIFICAND : result);
        }
    }
}
