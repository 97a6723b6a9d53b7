package org.terrarium.x86.sem;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.Fpu;
import org.terrarium.x86.isa.Insn;

/** FRNDINT, FSCALE, FXTRACT, FPREM and FPREM1 (SDM volume 2). */
public final class X87Round {
    /** A remainder that is a NaN leaves C0, C1 and C3 as they are. */
    private static final int NO_QUOTIENT = 8;

    private X87Round() {}

    /** Stores what an operation on ST(0) returned. */
    private static void store(Fpu f, long m) {
        if (X87State.commit(f, f.soft.flags)) {
            X87State.write(f, 0, f.soft.signExponent, m);
        }
    }

    public static void frndint(Cpu c, Insn i) {
        X87State.check(c);
        X87State.instruction(c, i);
        Fpu f = c.fpu;
        if (X87State.empty(f, 0)) {
            X87State.underflow(f, 0);
            return;
        }
        store(f, SoftFloat80.roundToInteger(f, f.signExponent[f.top], f.mantissa[f.top]));
    }

    public static void fscale(Cpu c, Insn i) {
        X87State.check(c);
        X87State.instruction(c, i);
        Fpu f = c.fpu;
        if (X87State.empty(f, 0) || X87State.empty(f, 1)) {
            X87State.underflow(f, 0);
            return;
        }
        int b = X87State.physical(f, 1);
        store(f, scale(f, f.signExponent[f.top], f.mantissa[f.top], f.signExponent[b], f.mantissa[b]));
    }

    /** a * 2^(b rounded toward zero). */
    static long scale(Fpu f, int seA, long mA, int seB, long mB) {
        if (SoftFloat80.anyNan(seA, mA, seB, mB)) {
            return SoftFloat80.nanResult(f, seA, mA, seB, mB);
        }
        int flags = SoftFloat80.denormalFlag(seA, mA, seB, mB);
        int sign = seA >> 15 & 1;
        boolean negative = (seB & 0x8000) != 0;
        if (SoftFloat80.infinite(seB, mB)) {
            if (negative) {
                return SoftFloat80.infinite(seA, mA) ? SoftFloat80.invalid(f) : SoftFloat80.zeroResult(f, sign, flags);
            }
            return SoftFloat80.zero(seA, mA) ? SoftFloat80.invalid(f) : SoftFloat80.infinity(f, sign, flags);
        }
        if (SoftFloat80.infinite(seA, mA) || SoftFloat80.zero(seA, mA)) {
            return SoftFloat80.result(f, seA, mA, flags);
        }
        int by = 0;
        if (!SoftFloat80.zero(seB, mB)) {
            int e = SoftFloat80.exponent(seB, mB);
            // Beyond 2^16 every number overflows or vanishes, scaled responses included.
            by = e < 0 ? 0 : e > 16 ? 1 << 17 : (int) (SoftFloat80.significand(mB) >>> 63 - e);
        }
        SoftFloat s = f.soft;
        SoftFloat80.load(s, seA, mA);
        s.exp += negative ? -by : by;
        return SoftFloat80.finish(f, 64, flags);
    }

    public static void fxtract(Cpu c, Insn i) {
        X87State.check(c);
        X87State.instruction(c, i);
        Fpu f = c.fpu;
        if (!X87State.roomForTwo(f)) {
            return;
        }
        int se = f.signExponent[f.top];
        long m = f.mantissa[f.top];
        if (SoftFloat80.nan(se, m) || SoftFloat80.unsupported(se, m)) {
            long quiet = SoftFloat80.nanResult(f, se, m);
            extracted(f, f.soft.signExponent, quiet, f.soft.signExponent, quiet);
        } else if (SoftFloat80.infinite(se, m)) {
            SoftFloat80.infinity(f, 0, 0);
            extracted(f, SoftFloat80.SPECIAL, SoftFloat80.INTEGER_BIT, se, m);
        } else if (SoftFloat80.zero(se, m)) {
            SoftFloat80.infinity(f, 1, SoftFloat.ZERO_DIVIDE);
            extracted(f, 0x8000 | SoftFloat80.SPECIAL, SoftFloat80.INTEGER_BIT, se, m);
        } else {
            long exponent = Convert80.fromInteger(f, SoftFloat80.exponent(se, m));
            f.soft.flags = SoftFloat80.denormal(se, m) ? SoftFloat.DENORMAL : 0;
            int significandSe = se & 0x8000 | SoftFloat80.BIAS;
            extracted(f, f.soft.signExponent, exponent, significandSe, SoftFloat80.significand(m));
        }
    }

    private static void extracted(Fpu f, int exponentSe, long exponent, int significandSe, long significand) {
        if (X87State.commit(f, f.soft.flags)) {
            X87State.write(f, 0, exponentSe, exponent);
            f.top = f.top - 1 & 7;
            X87State.write(f, 0, significandSe, significand);
        }
    }

    public static void fprem(Cpu c, Insn i) {
        remainder(c, i, false);
    }

    public static void fprem1(Cpu c, Insn i) {
        remainder(c, i, true);
    }

    private static void remainder(Cpu c, Insn i, boolean nearest) {
        X87State.check(c);
        X87State.instruction(c, i);
        Fpu f = c.fpu;
        f.statusWord &= ~X87State.C2;
        if (X87State.empty(f, 0) || X87State.empty(f, 1)) {
            X87State.underflow(f, 0);
            return;
        }
        int b = X87State.physical(f, 1);
        f.soft.quotient = NO_QUOTIENT;
        long m = remainder(f, f.signExponent[f.top], f.mantissa[f.top], f.signExponent[b], f.mantissa[b], nearest);
        if (!X87State.commit(f, f.soft.flags)) {
            return;
        }
        X87State.write(f, 0, f.soft.signExponent, m);
        int q = f.soft.quotient;
        if (q != NO_QUOTIENT) {
            int codes = q < 0
                    ? X87State.C2
                    : ((q & 4) != 0 ? X87State.C0 : 0)
                            | ((q & 2) != 0 ? X87State.C3 : 0)
                            | ((q & 1) != 0 ? X87State.C1 : 0);
            f.statusWord = f.statusWord & ~X87State.CONDITIONS | codes;
        }
    }

    /**
     * One step of the remainder of a by b: complete, with the low quotient bits in {@link SoftFloat#quotient}, when the exponents
     * differ by less than 64; else a reduction by 2^32 to 2^63 as the manual allows, and quotient -1.
     */
    static long remainder(Fpu f, int seA, long mA, int seB, long mB, boolean nearest) {
        if (SoftFloat80.anyNan(seA, mA, seB, mB)) {
            return SoftFloat80.nanResult(f, seA, mA, seB, mB);
        }
        if (SoftFloat80.infinite(seA, mA) || SoftFloat80.zero(seB, mB)) {
            return SoftFloat80.invalid(f);
        }
        int flags = SoftFloat80.denormalFlag(seA, mA, seB, mB);
        SoftFloat s = f.soft;
        s.quotient = 0;
        if (SoftFloat80.zero(seA, mA)) {
            return SoftFloat80.result(f, seA, mA, flags);
        }
        SoftFloat80.load(s, seA, mA);
        if (SoftFloat80.infinite(seB, mB)) {
            return SoftFloat80.finish(f, 64, flags);
        }
        int expB = SoftFloat80.exponent(seB, mB);
        long sigB = SoftFloat80.significand(mB);
        int distance = s.exp - expB;
        if (distance < -1 || distance < 0 && !nearest) {
            return SoftFloat80.finish(f, 64, flags);
        }
        if (distance >= 64) {
            int step = distance & 31 | 32;
            reduce(s, sigB, step);
            s.quotient = -1;
            s.exp = expB + distance - step;
        } else {
            if (distance < 0) {
                // Half of the divisor or more may still round the quotient to one.
                halved(s);
            } else {
                reduce(s, sigB, distance);
            }
            s.exp = expB;
            if (nearest) {
                toNearest(s, sigB);
            }
        }
        if ((s.hi | s.lo) == 0) {
            return SoftFloat80.zeroResult(f, seA >> 15 & 1, flags);
        }
        s.normalize();
        return SoftFloat80.finish(f, 64, flags);
    }

    /** hi = (hi * 2^count) mod divisor; quotient = the low bits of the quotient. */
    private static void reduce(SoftFloat s, long divisor, int count) {
        long rest = s.hi;
        int quotient = 0;
        if (Long.compareUnsigned(rest, divisor) >= 0) {
            rest -= divisor;
            quotient = 1;
        }
        for (int n = 0; n < count; n++) {
            boolean carry = rest < 0;
            rest <<= 1;
            quotient = quotient << 1 & 7;
            if (carry || Long.compareUnsigned(rest, divisor) >= 0) {
                rest -= divisor;
                quotient |= 1;
            }
        }
        s.hi = rest;
        s.lo = 0;
        s.quotient = quotient;
    }

    private static void halved(SoftFloat s) {
        s.lo = s.hi << 63;
        s.hi >>>= 1;
        s.quotient = 0;
    }

    /** Where the rest is above half of the divisor, or is half and the quotient odd, one more is taken off. */
    private static void toNearest(SoftFloat s, long divisor) {
        long twiceHi = s.hi << 1 | s.lo >>> 63;
        boolean above = s.hi < 0 || Long.compareUnsigned(twiceHi, divisor) > 0 || twiceHi == divisor && s.lo << 1 != 0;
        boolean half = s.hi >= 0 && twiceHi == divisor && s.lo << 1 == 0;
        if (above || half && (s.quotient & 1) != 0) {
            long low = -s.lo;
            s.hi = divisor - s.hi - (s.lo != 0 ? 1 : 0);
            s.lo = low;
            s.sign ^= 1;
            s.quotient = s.quotient + 1 & 7;
        }
    }
}
