package org.terrarium.x86.sem;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.Fpu;
import org.terrarium.x86.interp.Operands;
import org.terrarium.x86.isa.Insn;

/** The x87's stores: to memory in every format, with conversion and rounding, and to registers. */
public final class X87Store {
    /** FBSTP stores magnitudes below this. */
    private static final long BCD_LIMIT = 1_000_000_000_000_000_000L;

    private X87Store() {}

    // Stores. The destination is checked for writing before anything changes.

    private static long destination(Cpu c, Insn i, int bytes) {
        X87State.check(c);
        long lin = Operands.linearWrite(c, i, bytes);
        c.mmu.probeWrite(lin, bytes);
        X87State.instruction(c, i);
        X87State.operand(c, i);
        return lin;
    }

    private static boolean storeSingle(Cpu c, Insn i) {
        long lin = destination(c, i, 4);
        Fpu f = c.fpu;
        int value = SseSingle.DEFAULT_NAN;
        boolean store;
        if (X87State.empty(f, 0)) {
            store = X87State.stackFault(f, 0);
        } else {
            value = Convert80.toSingle(f, f.signExponent[f.top], f.mantissa[f.top]);
            store = X87State.commitStore(f, f.soft.flags);
        }
        if (store) {
            c.mmu.write32(lin, value);
        }
        return store;
    }

    private static boolean storeDouble(Cpu c, Insn i) {
        long lin = destination(c, i, 8);
        Fpu f = c.fpu;
        long value = SseDouble.DEFAULT_NAN;
        boolean store;
        if (X87State.empty(f, 0)) {
            store = X87State.stackFault(f, 0);
        } else {
            value = Convert80.toDouble(f, f.signExponent[f.top], f.mantissa[f.top]);
            store = X87State.commitStore(f, f.soft.flags);
        }
        if (store) {
            c.mmu.write64(lin, value);
        }
        return store;
    }

    /** Stores ST(0) as an integer of 16, 32 or 64 bits. */
    private static boolean storeInteger(Cpu c, Insn i, int bits, boolean truncate) {
        long lin = destination(c, i, bits >> 3);
        Fpu f = c.fpu;
        long value = -1L << bits - 1;
        boolean store;
        if (X87State.empty(f, 0)) {
            store = X87State.stackFault(f, 0);
        } else {
            int rc = truncate ? SoftFloat.TOWARD_ZERO : SoftFloat80.roundingControl(f);
            value = Convert80.toInteger(f, f.signExponent[f.top], f.mantissa[f.top], bits, rc);
            store = X87State.commitStore(f, f.soft.flags);
        }
        if (store) {
            switch (bits) {
                case 16 -> c.mmu.write16(lin, (int) value & 0xFFFF);
                case 32 -> c.mmu.write32(lin, (int) value);
                default -> c.mmu.write64(lin, value);
            }
        }
        return store;
    }

    private static void popIf(boolean stored, Cpu c) {
        if (stored) {
            X87State.pop(c.fpu);
        }
    }

    public static void fstSingle(Cpu c, Insn i) {
        storeSingle(c, i);
    }

    public static void fstpSingle(Cpu c, Insn i) {
        popIf(storeSingle(c, i), c);
    }

    public static void fstDouble(Cpu c, Insn i) {
        storeDouble(c, i);
    }

    public static void fstpDouble(Cpu c, Insn i) {
        popIf(storeDouble(c, i), c);
    }

    public static void fistWord(Cpu c, Insn i) {
        storeInteger(c, i, 16, false);
    }

    public static void fistpWord(Cpu c, Insn i) {
        popIf(storeInteger(c, i, 16, false), c);
    }

    public static void fistDoubleword(Cpu c, Insn i) {
        storeInteger(c, i, 32, false);
    }

    public static void fistpDoubleword(Cpu c, Insn i) {
        popIf(storeInteger(c, i, 32, false), c);
    }

    public static void fistpQuadword(Cpu c, Insn i) {
        popIf(storeInteger(c, i, 64, false), c);
    }

    public static void fisttpWord(Cpu c, Insn i) {
        popIf(storeInteger(c, i, 16, true), c);
    }

    public static void fisttpDoubleword(Cpu c, Insn i) {
        popIf(storeInteger(c, i, 32, true), c);
    }

    public static void fisttpQuadword(Cpu c, Insn i) {
        popIf(storeInteger(c, i, 64, true), c);
    }

    /** FSTP m80: no exception but an empty register. */
    public static void fstpExtended(Cpu c, Insn i) {
        long lin = destination(c, i, 10);
        Fpu f = c.fpu;
        int se = f.signExponent[f.top];
        long m = f.mantissa[f.top];
        if (X87State.empty(f, 0)) {
            if (!X87State.stackFault(f, 0)) {
                return;
            }
            se = SoftFloat80.DEFAULT_NAN_SE;
            m = SoftFloat80.DEFAULT_NAN;
        } else {
            f.statusWord &= ~X87State.C1;
        }
        writeExtended(c, lin, se, m);
        X87State.pop(f);
    }

    private static void writeExtended(Cpu c, long lin, int se, long m) {
        c.mmu.write64(lin, m);
        c.mmu.write16(lin + 8 & c.linearMask, se & 0xFFFF);
    }

    /** FBSTP: eighteen decimal digits; what does not fit is invalid and gives the BCD indefinite. */
    public static void fbstp(Cpu c, Insn i) {
        long lin = destination(c, i, 10);
        Fpu f = c.fpu;
        int high = 0xFFFF;
        long low = SoftFloat80.DEFAULT_NAN;
        boolean store;
        if (X87State.empty(f, 0)) {
            store = X87State.stackFault(f, 0);
        } else {
            int se = f.signExponent[f.top];
            long value = Convert80.toInteger(f, se, f.mantissa[f.top], 64, SoftFloat80.roundingControl(f));
            if (f.soft.flags == SoftFloat.INVALID || Math.abs(value) >= BCD_LIMIT || value == Long.MIN_VALUE) {
                f.soft.flags = SoftFloat.INVALID;
                f.soft.roundedUp = false;
            } else {
                long rest = Math.abs(value);
                low = 0;
                for (int shift = 0; shift < 64; shift += 4) {
                    low |= rest % 10 << shift;
                    rest /= 10;
                }
                high = (int) (rest % 10 | rest / 10 << 4) | se & 0x8000;
            }
            store = X87State.commitStore(f, f.soft.flags);
        }
        if (store) {
            writeExtended(c, lin, high, low);
            X87State.pop(f);
        }
    }

    private static boolean storeRegister(Cpu c, Insn i) {
        X87State.check(c);
        X87State.instruction(c, i);
        Fpu f = c.fpu;
        if (X87State.empty(f, 0)) {
            return X87State.underflow(f, i.rm);
        }
        f.statusWord &= ~X87State.C1;
        X87State.write(f, i.rm, f.signExponent[f.top], f.mantissa[f.top]);
        return true;
    }

    public static void fst(Cpu c, Insn i) {
        storeRegister(c, i);
    }

    public static void fstp(Cpu c, Insn i) {
        popIf(storeRegister(c, i), c);
    }

    /** The form D9 /3 of FSTP, undocumented: an empty register is popped without a stack fault, and not moved. */
    public static void fstpAnyway(Cpu c, Insn i) {
        X87State.check(c);
        X87State.instruction(c, i);
        Fpu f = c.fpu;
        f.statusWord &= ~X87State.C1;
        if (!X87State.empty(f, 0)) {
            X87State.write(f, i.rm, f.signExponent[f.top], f.mantissa[f.top]);
        }
        X87State.pop(f);
    }
}
