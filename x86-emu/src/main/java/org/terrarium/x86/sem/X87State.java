package org.terrarium.x86.sem;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.Fpu;
import org.terrarium.x86.GuestFault;
import org.terrarium.x86.interp.Operands;
import org.terrarium.x86.isa.Insn;

/**
 * The x87 unit around its arithmetic: when an instruction may run, pending exceptions, the register stack, tags and the control
 * and status words (SDM volume 1, chapter 8).
 */
public final class X87State {
    // Status word (SDM volume 1, figure 8-4); bits 0..5 are the exceptions of SoftFloat.
    public static final int SF = 1 << 6;
    public static final int ES = 1 << 7;
    public static final int C0 = 1 << 8;
    public static final int C1 = 1 << 9;
    public static final int C2 = 1 << 10;
    public static final int C3 = 1 << 14;
    public static final int B = 1 << 15;
    public static final int CONDITIONS = C0 | C1 | C2 | C3;

    /** The exceptions in the status word, and their masks in the control word. */
    static final int EXCEPTIONS = 0x3F;

    /** Exceptions found before the operation: unmasked, they leave everything but the status word unchanged. */
    private static final int BEFORE_OPERATION = SoftFloat.INVALID | SoftFloat.DENORMAL | SoftFloat.ZERO_DIVIDE;

    private X87State() {}

    /**
     * Called first by every waiting x87 instruction: #NM with CR0.EM or CR0.TS, then a pending unmasked exception is reported.
     */
    public static void check(Cpu c) {
        if ((c.cr0 & (Cpu.CR0_EM | Cpu.CR0_TS)) != 0) {
            throw c.fault(GuestFault.NM, 0);
        }
        if ((c.fpu.statusWord & ES) != 0) {
            reportPending(c);
        }
    }

    /** Called first by the FN... instructions, which ignore pending exceptions. */
    public static void checkNoWait(Cpu c) {
        if ((c.cr0 & (Cpu.CR0_EM | Cpu.CR0_TS)) != 0) {
            throw c.fault(GuestFault.NM, 0);
        }
    }

    /**
     * An unmasked exception waits: #MF with CR0.NE. Without it FERR# goes active, and until the board answers with IGNNE#, the
     * instruction waits in front of its interrupt handler (SDM volume 1, 8.7.2; there FERR# may come as early as with the
     * instruction that caused the exception).
     */
    static void reportPending(Cpu c) {
        if ((c.cr0 & Cpu.CR0_NE) != 0) {
            throw c.fault(GuestFault.MF, 0);
        }
        if (!c.fpu.errorReported) {
            c.fpu.errorReported = true;
            c.bus.floatingPointError();
        }
        if (!c.bus.ignoresFloatingPointErrors()) {
            throw c.fault(GuestFault.WAIT, 0);
        }
    }

    /** Records the operand pointer of a non-control instruction with a memory operand. */
    static void operand(Cpu c, Insn i) {
        c.fpu.lastOperand = Operands.ea(c, i);
        c.fpu.lastOperandSelector = c.segSelector[i.segment];
    }

    /** Records the instruction pointer of a non-control instruction (SDM volume 1, 8.1.8). */
    static void instruction(Cpu c, Insn i) {
        Fpu f = c.fpu;
        f.lastInstruction = c.gpr[Cpu.BLOCK_IP] + i.offset;
        f.lastInstructionSelector = c.segSelector[Cpu.CS];
        f.lastOpcode = i.x87Opcode;
    }

    // The register stack; i counts from the top.

    static int physical(Fpu f, int i) {
        return f.top + i & 7;
    }

    static boolean empty(Fpu f, int i) {
        return (f.emptyMask >> (f.top + i & 7) & 1) != 0;
    }

    static void write(Fpu f, int i, int se, long m) {
        int n = f.top + i & 7;
        f.signExponent[n] = se;
        f.mantissa[n] = m;
        f.emptyMask &= ~(1 << n);
    }

    static void pop(Fpu f) {
        f.emptyMask |= 1 << f.top;
        f.top = f.top + 1 & 7;
    }

    /** Pushes a value; a full stack gives the default NaN, or nothing where that exception is unmasked. */
    static void push(Fpu f, int se, long m) {
        if (!empty(f, 7)) {
            if (stackFault(f, C1)) {
                f.top = f.top - 1 & 7;
                write(f, 0, SoftFloat80.DEFAULT_NAN_SE, SoftFloat80.DEFAULT_NAN);
            }
            return;
        }
        f.top = f.top - 1 & 7;
        write(f, 0, se, m);
    }

    /** Records a stack overflow ({@code direction} C1) or underflow (0); whether it is masked. */
    static boolean stackFault(Fpu f, int direction) {
        f.statusWord = f.statusWord & ~C1 | direction | SF | SoftFloat.INVALID;
        boolean masked = (f.controlWord & SoftFloat.INVALID) != 0;
        if (!masked) {
            f.statusWord |= ES | B;
        }
        return masked;
    }

    /** An operand was missing: ST(i) becomes the default NaN. Returns false (and changes nothing) when unmasked. */
    static boolean underflow(Fpu f, int i) {
        boolean masked = stackFault(f, 0);
        if (masked) {
            write(f, i, SoftFloat80.DEFAULT_NAN_SE, SoftFloat80.DEFAULT_NAN);
        }
        return masked;
    }

    /**
     * Whether an instruction with two results finds its operand in ST(0) and the next register empty; else both results are the
     * default NaN, or nothing changes where that exception is unmasked.
     */
    static boolean roomForTwo(Fpu f) {
        if (!empty(f, 0) && empty(f, 7)) {
            return true;
        }
        if (stackFault(f, empty(f, 0) ? 0 : C1)) {
            write(f, 0, SoftFloat80.DEFAULT_NAN_SE, SoftFloat80.DEFAULT_NAN);
            f.top = f.top - 1 & 7;
            write(f, 0, SoftFloat80.DEFAULT_NAN_SE, SoftFloat80.DEFAULT_NAN);
        }
        return false;
    }

    /**
     * Records the exceptions of an operation and sets or clears C1 by {@link SoftFloat#roundedUp}. Returns whether a result in
     * a register is to be stored: not when an exception found before the operation is unmasked.
     */
    static boolean commit(Fpu f, int flags) {
        if (flags == 0) {
            f.statusWord &= ~C1;
            return true;
        }
        int unmasked = flags & ~f.controlWord;
        if ((unmasked & BEFORE_OPERATION) != 0) {
            f.statusWord = f.statusWord & ~C1 | flags & BEFORE_OPERATION | ES | B;
            return false;
        }
        int up = f.soft.roundedUp && (flags & SoftFloat.PRECISION) != 0 ? C1 : 0;
        f.statusWord = f.statusWord & ~C1 | flags | up;
        if (unmasked != 0) {
            f.statusWord |= ES | B;
        }
        return true;
    }

    /** As {@link #commit} for a result in memory, which unmasked overflow and underflow keep from being stored too. */
    static boolean commitStore(Fpu f, int flags) {
        int unmasked = flags & ~f.controlWord;
        if ((unmasked & (SoftFloat.OVERFLOW | SoftFloat.UNDERFLOW)) != 0) {
            f.statusWord = f.statusWord & ~C1 | flags & ~SoftFloat.PRECISION | ES | B;
            return false;
        }
        return commit(f, flags);
    }

    // Control and status words.

    /** The status word as software sees it. */
    public static int statusWord(Fpu f) {
        return f.statusWord | f.top << 11;
    }

    /** Replaces the status word, TOP included; ES and B follow the exceptions and masks. */
    public static void setStatusWord(Fpu f, int value) {
        f.top = value >> 11 & 7;
        f.statusWord = value & ~(7 << 11 | ES | B);
        summarize(f);
    }

    /** Replaces the control word; exceptions that it unmasks become pending. Bit 6 reads as 1, bits 7, 13..15 as 0. */
    public static void setControlWord(Fpu f, int value) {
        f.controlWord = value & 0x1F3F | 0x40;
        summarize(f);
    }

    /** Sets ES and B when an exception that is not masked is recorded, else clears them. */
    static void summarize(Fpu f) {
        boolean pending = (f.statusWord & ~f.controlWord & EXCEPTIONS) != 0;
        f.statusWord = pending ? f.statusWord | ES | B : f.statusWord & ~(ES | B);
        f.errorReported &= pending;
    }
}
