package org.terrarium.x86.sem;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.Fpu;
import org.terrarium.x86.interp.Operands;
import org.terrarium.x86.isa.Insn;

/** The x87's loads, with conversion from every memory format, exchange, conditional moves, signs and constants. */
public final class X87Move {
    private X87Move() {}

    // Reading a memory operand into extended format: gate, access, pointers; sign, exponent and flags in the working
    // registers.

    static long readSingle(Cpu c, Insn i) {
        X87State.check(c);
        int value = c.mmu.read32(Operands.linearRead(c, i, 4));
        X87State.instruction(c, i);
        X87State.operand(c, i);
        return Convert80.fromSingle(c.fpu, value);
    }

    static long readDouble(Cpu c, Insn i) {
        X87State.check(c);
        long value = c.mmu.read64(Operands.linearRead(c, i, 8));
        X87State.instruction(c, i);
        X87State.operand(c, i);
        return Convert80.fromDouble(c.fpu, value);
    }

    static long readWord(Cpu c, Insn i) {
        X87State.check(c);
        int value = (short) c.mmu.read16(Operands.linearRead(c, i, 2));
        X87State.instruction(c, i);
        X87State.operand(c, i);
        return Convert80.fromInteger(c.fpu, value);
    }

    static long readDoubleword(Cpu c, Insn i) {
        X87State.check(c);
        int value = c.mmu.read32(Operands.linearRead(c, i, 4));
        X87State.instruction(c, i);
        X87State.operand(c, i);
        return Convert80.fromInteger(c.fpu, value);
    }

    /** Pushes what a read left behind; a signalling NaN is invalid and becomes quiet. */
    private static void load(Fpu f, long m) {
        int se = f.soft.signExponent;
        int flags = f.soft.flags;
        if (!X87State.empty(f, 7)) {
            X87State.push(f, se, m);
            return;
        }
        long value = m;
        if (SoftFloat80.signalling(se, m)) {
            flags = SoftFloat.INVALID;
            value |= SoftFloat80.QUIET;
        }
        // A denormal is loaded even where that exception is unmasked.
        if (X87State.commit(f, flags) || flags == SoftFloat.DENORMAL) {
            X87State.push(f, se, value);
        }
    }

    public static void fldSingle(Cpu c, Insn i) {
        load(c.fpu, readSingle(c, i));
    }

    public static void fldDouble(Cpu c, Insn i) {
        load(c.fpu, readDouble(c, i));
    }

    public static void fildWord(Cpu c, Insn i) {
        load(c.fpu, readWord(c, i));
    }

    public static void fildDoubleword(Cpu c, Insn i) {
        load(c.fpu, readDoubleword(c, i));
    }

    public static void fildQuadword(Cpu c, Insn i) {
        X87State.check(c);
        long value = c.mmu.read64(Operands.linearRead(c, i, 8));
        X87State.instruction(c, i);
        X87State.operand(c, i);
        load(c.fpu, Convert80.fromInteger(c.fpu, value));
    }

    /** FLD m80: no exception but a full stack. */
    public static void fldExtended(Cpu c, Insn i) {
        X87State.check(c);
        long lin = Operands.linearRead(c, i, 10);
        long m = c.mmu.read64(lin);
        int se = c.mmu.read16(lin + 8 & c.linearMask);
        X87State.instruction(c, i);
        X87State.operand(c, i);
        c.fpu.statusWord &= ~X87State.C1;
        X87State.push(c.fpu, se, m);
    }

    public static void fbld(Cpu c, Insn i) {
        X87State.check(c);
        long lin = Operands.linearRead(c, i, 10);
        long low = c.mmu.read64(lin);
        int high = c.mmu.read16(lin + 8 & c.linearMask);
        X87State.instruction(c, i);
        X87State.operand(c, i);
        Fpu f = c.fpu;
        long value = (high >> 4 & 15) * 10 + (high & 15);
        for (int shift = 60; shift >= 0; shift -= 4) {
            value = value * 10 + (low >>> shift & 15);
        }
        long m = Convert80.fromInteger(f, value);
        f.statusWord &= ~X87State.C1;
        X87State.push(f, f.soft.signExponent | high & 0x8000, m);
    }

    public static void fld(Cpu c, Insn i) {
        X87State.check(c);
        X87State.instruction(c, i);
        Fpu f = c.fpu;
        f.statusWord &= ~X87State.C1;
        int n = X87State.physical(f, i.rm);
        if (!X87State.empty(f, i.rm)) {
            X87State.push(f, f.signExponent[n], f.mantissa[n]);
        } else if (X87State.stackFault(f, 0)) {
            f.top = f.top - 1 & 7;
            X87State.write(f, 0, SoftFloat80.DEFAULT_NAN_SE, SoftFloat80.DEFAULT_NAN);
        }
    }

    public static void fxch(Cpu c, Insn i) {
        X87State.check(c);
        X87State.instruction(c, i);
        Fpu f = c.fpu;
        f.statusWord &= ~X87State.C1;
        if (X87State.empty(f, 0) || X87State.empty(f, i.rm)) {
            if (!X87State.stackFault(f, 0)) {
                return;
            }
            fillEmpty(f, 0);
            fillEmpty(f, i.rm);
        }
        int a = f.top;
        int b = X87State.physical(f, i.rm);
        int se = f.signExponent[a];
        long m = f.mantissa[a];
        f.signExponent[a] = f.signExponent[b];
        f.mantissa[a] = f.mantissa[b];
        f.signExponent[b] = se;
        f.mantissa[b] = m;
    }

    private static void fillEmpty(Fpu f, int i) {
        if (X87State.empty(f, i)) {
            X87State.write(f, i, SoftFloat80.DEFAULT_NAN_SE, SoftFloat80.DEFAULT_NAN);
        }
    }

    private static void conditional(Cpu c, Insn i, boolean move) {
        X87State.check(c);
        X87State.instruction(c, i);
        Fpu f = c.fpu;
        if (X87State.empty(f, 0) || X87State.empty(f, i.rm)) {
            X87State.underflow(f, 0);
            return;
        }
        if (move) {
            int n = X87State.physical(f, i.rm);
            X87State.write(f, 0, f.signExponent[n], f.mantissa[n]);
        }
    }

    public static void fcmovb(Cpu c, Insn i) {
        conditional(c, i, (Flags.get(c) & Cpu.CF) != 0);
    }

    public static void fcmovnb(Cpu c, Insn i) {
        conditional(c, i, (Flags.get(c) & Cpu.CF) == 0);
    }

    public static void fcmove(Cpu c, Insn i) {
        conditional(c, i, (Flags.get(c) & Cpu.ZF) != 0);
    }

    public static void fcmovne(Cpu c, Insn i) {
        conditional(c, i, (Flags.get(c) & Cpu.ZF) == 0);
    }

    public static void fcmovbe(Cpu c, Insn i) {
        conditional(c, i, (Flags.get(c) & (Cpu.CF | Cpu.ZF)) != 0);
    }

    public static void fcmovnbe(Cpu c, Insn i) {
        conditional(c, i, (Flags.get(c) & (Cpu.CF | Cpu.ZF)) == 0);
    }

    public static void fcmovu(Cpu c, Insn i) {
        conditional(c, i, (Flags.get(c) & Cpu.PF) != 0);
    }

    public static void fcmovnu(Cpu c, Insn i) {
        conditional(c, i, (Flags.get(c) & Cpu.PF) == 0);
    }

    private static void sign(Cpu c, Insn i, int and, int xor) {
        X87State.check(c);
        X87State.instruction(c, i);
        Fpu f = c.fpu;
        if (X87State.empty(f, 0)) {
            X87State.underflow(f, 0);
            return;
        }
        f.statusWord &= ~X87State.C1;
        f.signExponent[f.top] = f.signExponent[f.top] & and ^ xor;
    }

    public static void fabs(Cpu c, Insn i) {
        sign(c, i, 0x7FFF, 0);
    }

    public static void fchs(Cpu c, Insn i) {
        sign(c, i, 0xFFFF, 0x8000);
    }

    // Constants: the 64-bit significand rounded down, and whether the 66-bit original lies above or below its middle.

    private static void constant(Cpu c, Insn i, int se, long truncated, boolean nearestIsUp) {
        X87State.check(c);
        X87State.instruction(c, i);
        Fpu f = c.fpu;
        f.statusWord &= ~X87State.C1;
        int rc = SoftFloat80.roundingControl(f);
        boolean up = rc == SoftFloat.UP || rc == SoftFloat.NEAREST && nearestIsUp;
        X87State.push(f, se, up ? truncated + 1 : truncated);
    }

    public static void fldz(Cpu c, Insn i) {
        X87State.check(c);
        X87State.instruction(c, i);
        c.fpu.statusWord &= ~X87State.C1;
        X87State.push(c.fpu, 0, 0);
    }

    public static void fld1(Cpu c, Insn i) {
        X87State.check(c);
        X87State.instruction(c, i);
        c.fpu.statusWord &= ~X87State.C1;
        X87State.push(c.fpu, SoftFloat80.BIAS, SoftFloat80.INTEGER_BIT);
    }

    public static void fldl2t(Cpu c, Insn i) {
        constant(c, i, SoftFloat80.BIAS + 1, 0xD49A_784B_CD1B_8AFEL, false);
    }

    public static void fldl2e(Cpu c, Insn i) {
        constant(c, i, SoftFloat80.BIAS, 0xB8AA_3B29_5C17_F0BBL, true);
    }

    public static void fldpi(Cpu c, Insn i) {
        constant(c, i, SoftFloat80.BIAS + 1, 0xC90F_DAA2_2168_C234L, true);
    }

    public static void fldlg2(Cpu c, Insn i) {
        constant(c, i, SoftFloat80.BIAS - 2, 0x9A20_9A84_FBCF_F798L, true);
    }

    public static void fldln2(Cpu c, Insn i) {
        constant(c, i, SoftFloat80.BIAS - 1, 0xB172_17F7_D1CF_79ABL, true);
    }
}
