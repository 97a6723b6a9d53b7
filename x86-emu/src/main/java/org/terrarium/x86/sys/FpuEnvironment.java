package org.terrarium.x86.sys;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.Fpu;
import org.terrarium.x86.interp.Operands;
import org.terrarium.x86.isa.Insn;
import org.terrarium.x86.sem.X87Control;
import org.terrarium.x86.sem.X87State;

/**
 * FNSTENV, FLDENV, FNSAVE, FRSTOR in their four formats: operand size 16 or 32, real addressing or protected mode (SDM volume
 * 1, figures 8-9 to 8-12). 64-bit mode uses the 32-bit protected format.
 */
public final class FpuEnvironment {
    private static final int REGISTER_BYTES = 80;
    private static final int TAG_ZERO = 1;
    private static final int TAG_SPECIAL = 2;
    private static final int TAG_EMPTY = 3;

    private FpuEnvironment() {}

    private static boolean wide(Insn i) {
        return i.operandSize != 16;
    }

    private static int bytes(Insn i) {
        return wide(i) ? 28 : 14;
    }

    /** The tag of a physical register (SDM volume 1, 8.1.7). */
    private static int tag(Fpu f, int n) {
        if ((f.emptyMask >> n & 1) != 0) {
            return TAG_EMPTY;
        }
        int exponent = f.signExponent[n] & 0x7FFF;
        long m = f.mantissa[n];
        if (exponent == 0) {
            return m == 0 ? TAG_ZERO : TAG_SPECIAL;
        }
        return exponent == 0x7FFF || m >= 0 ? TAG_SPECIAL : 0;
    }

    private static int tagWord(Fpu f) {
        int word = 0;
        for (int n = 0; n < 8; n++) {
            word |= tag(f, n) << 2 * n;
        }
        return word;
    }

    private static void setTagWord(Fpu f, int word) {
        int empty = 0;
        for (int n = 0; n < 8; n++) {
            empty |= (word >> 2 * n & 3) == TAG_EMPTY ? 1 << n : 0;
        }
        f.emptyMask = empty;
    }

    /** Writes field n of the environment; 32-bit fields of 16-bit values have ones above. */
    private static void put(Cpu c, Insn i, long lin, int n, int value) {
        if (wide(i)) {
            c.mmu.write32(lin + 4 * n & c.linearMask, value);
        } else {
            c.mmu.write16(lin + 2 * n & c.linearMask, value & 0xFFFF);
        }
    }

    private static int get(Cpu c, Insn i, long lin, int n) {
        return wide(i) ? c.mmu.read32(lin + 4 * n & c.linearMask) : c.mmu.read16(lin + 2 * n & c.linearMask);
    }

    private static final int UPPER_ONES = 0xFFFF_0000;

    private static void store(Cpu c, Insn i, long lin) {
        Fpu f = c.fpu;
        put(c, i, lin, 0, UPPER_ONES | f.controlWord);
        put(c, i, lin, 1, UPPER_ONES | X87State.statusWord(f));
        put(c, i, lin, 2, UPPER_ONES | tagWord(f));
        if (c.realAddressing()) {
            int ip = (int) f.lastInstruction + (f.lastInstructionSelector << 4);
            int dp = (int) f.lastOperand + (f.lastOperandSelector << 4);
            put(c, i, lin, 3, UPPER_ONES | ip & 0xFFFF);
            put(c, i, lin, 4, ip >>> 16 << 12 & (wide(i) ? 0x0FFF_F000 : 0xF000) | f.lastOpcode);
            put(c, i, lin, 5, UPPER_ONES | dp & 0xFFFF);
            put(c, i, lin, 6, dp >>> 16 << 12 & (wide(i) ? 0x0FFF_F000 : 0xF000));
        } else {
            put(c, i, lin, 3, (int) f.lastInstruction);
            put(c, i, lin, 4, f.lastInstructionSelector | f.lastOpcode << 16);
            put(c, i, lin, 5, (int) f.lastOperand);
            put(c, i, lin, 6, UPPER_ONES | f.lastOperandSelector);
        }
    }

    public static void fnstenv(Cpu c, Insn i) {
        X87State.checkNoWait(c);
        long lin = Operands.linearWrite(c, i, bytes(i));
        c.mmu.probeWrite(lin, bytes(i));
        store(c, i, lin);
        X87State.setControlWord(c.fpu, c.fpu.controlWord | 0x3F);
    }

    public static void fldenv(Cpu c, Insn i) {
        X87State.check(c);
        load(c, i, Operands.linearRead(c, i, bytes(i)));
    }

    private static void load(Cpu c, Insn i, long lin) {
        Fpu f = c.fpu;
        int control = get(c, i, lin, 0);
        int status = get(c, i, lin, 1);
        int tags = get(c, i, lin, 2);
        int ip = get(c, i, lin, 3);
        int middle = get(c, i, lin, 4);
        int dp = get(c, i, lin, 5);
        int last = get(c, i, lin, 6);
        if (c.realAddressing()) {
            // Only linear addresses are stored: they become offsets from selector 0.
            f.lastInstruction = (ip & 0xFFFF | middle >>> 12 << 16) & 0xFFFF_FFFFL;
            f.lastInstructionSelector = 0;
            f.lastOpcode = middle & 0x7FF;
            f.lastOperand = (dp & 0xFFFF | last >>> 12 << 16) & 0xFFFF_FFFFL;
            f.lastOperandSelector = 0;
        } else {
            f.lastInstruction = ip & 0xFFFF_FFFFL;
            f.lastInstructionSelector = middle & 0xFFFF;
            f.lastOpcode = wide(i) ? middle >>> 16 & 0x7FF : 0;
            f.lastOperand = dp & 0xFFFF_FFFFL;
            f.lastOperandSelector = last & 0xFFFF;
        }
        setTagWord(f, tags);
        f.controlWord = control & 0x1F3F | 0x40;
        X87State.setStatusWord(f, status & 0xFFFF);
    }

    public static void fnsave(Cpu c, Insn i) {
        X87State.checkNoWait(c);
        int size = bytes(i) + REGISTER_BYTES;
        long lin = Operands.linearWrite(c, i, size);
        c.mmu.probeWrite(lin, size);
        store(c, i, lin);
        Fpu f = c.fpu;
        for (int n = 0; n < 8; n++) {
            int p = f.top + n & 7;
            long at = lin + bytes(i) + 10 * n;
            c.mmu.write64(at & c.linearMask, f.mantissa[p]);
            c.mmu.write16(at + 8 & c.linearMask, f.signExponent[p] & 0xFFFF);
        }
        X87Control.initialize(f);
    }

    public static void frstor(Cpu c, Insn i) {
        X87State.check(c);
        int size = bytes(i) + REGISTER_BYTES;
        long lin = Operands.linearRead(c, i, size);
        // The far end first: nothing may change when any of it cannot be read.
        c.mmu.read8(lin + size - 1 & c.linearMask);
        load(c, i, lin);
        Fpu f = c.fpu;
        for (int n = 0; n < 8; n++) {
            int p = f.top + n & 7;
            long at = lin + bytes(i) + 10 * n;
            f.mantissa[p] = c.mmu.read64(at & c.linearMask);
            f.signExponent[p] = c.mmu.read16(at + 8 & c.linearMask);
        }
    }
}
