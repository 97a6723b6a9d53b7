package org.terrarium.x86.sem;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.Fpu;
import org.terrarium.x86.GuestFault;
import org.terrarium.x86.interp.Operands;
import org.terrarium.x86.isa.Insn;

/** The x87's control instructions but for those that save or restore the whole unit ({@code sys.FpuEnvironment}). */
public final class X87Control {
    /** The control word after FNINIT: all exceptions masked, 64-bit precision, rounding to nearest. */
    public static final int INITIAL_CONTROL = 0x37F;

    private X87Control() {}

    /** What FNINIT does to the state (the register contents stay). */
    public static void initialize(Fpu f) {
        f.controlWord = INITIAL_CONTROL;
        f.statusWord = 0;
        f.top = 0;
        f.emptyMask = 0xFF;
        f.lastInstruction = 0;
        f.lastInstructionSelector = 0;
        f.lastOperand = 0;
        f.lastOperandSelector = 0;
        f.lastOpcode = 0;
    }

    public static void fninit(Cpu c, Insn i) {
        X87State.checkNoWait(c);
        initialize(c.fpu);
    }

    public static void fnclex(Cpu c, Insn i) {
        X87State.checkNoWait(c);
        c.fpu.statusWord &= X87State.CONDITIONS;
    }

    public static void fldcw(Cpu c, Insn i) {
        X87State.check(c);
        X87State.setControlWord(c.fpu, c.mmu.read16(Operands.linearRead(c, i, 2)));
    }

    public static void fnstcw(Cpu c, Insn i) {
        X87State.checkNoWait(c);
        c.mmu.write16(Operands.linearWrite(c, i, 2), c.fpu.controlWord);
    }

    public static void fnstsw(Cpu c, Insn i) {
        X87State.checkNoWait(c);
        c.mmu.write16(Operands.linearWrite(c, i, 2), X87State.statusWord(c.fpu));
    }

    public static void fnstswAx(Cpu c, Insn i) {
        X87State.checkNoWait(c);
        Operands.setRegister16(c, Cpu.RAX, X87State.statusWord(c.fpu));
    }

    public static void ffree(Cpu c, Insn i) {
        X87State.check(c);
        c.fpu.emptyMask |= 1 << X87State.physical(c.fpu, i.rm);
        c.fpu.statusWord &= ~X87State.C1;
    }

    /** FFREEP, undocumented but in every x87: frees and pops. */
    public static void ffreep(Cpu c, Insn i) {
        ffree(c, i);
        X87State.pop(c.fpu);
    }

    public static void fincstp(Cpu c, Insn i) {
        X87State.check(c);
        Fpu f = c.fpu;
        f.top = f.top + 1 & 7;
        f.statusWord &= ~X87State.C1;
    }

    public static void fdecstp(Cpu c, Insn i) {
        X87State.check(c);
        Fpu f = c.fpu;
        f.top = f.top - 1 & 7;
        f.statusWord &= ~X87State.C1;
    }

    public static void fnop(Cpu c, Insn i) {
        X87State.check(c);
    }

    /** FNENI, FNDISI and FNSETPM of the 8087 and 80287: no operation since the 387. */
    public static void ignored(Cpu c, Insn i) {
        X87State.checkNoWait(c);
    }

    /** WAIT: #NM only where both CR0.MP and CR0.TS are set (SDM volume 3, table 2-2). */
    public static void fwait(Cpu c, Insn i) {
        int both = Cpu.CR0_MP | Cpu.CR0_TS;
        if ((c.cr0 & both) == both) {
            throw c.fault(GuestFault.NM, 0);
        }
        if ((c.fpu.statusWord & X87State.ES) != 0) {
            X87State.reportPending(c);
        }
    }
}
