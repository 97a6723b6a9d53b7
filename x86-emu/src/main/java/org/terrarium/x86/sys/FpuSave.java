package org.terrarium.x86.sys;

import java.util.Arrays;
import org.terrarium.x86.Cpu;
import org.terrarium.x86.Fpu;
import org.terrarium.x86.GuestFault;
import org.terrarium.x86.interp.Operands;
import org.terrarium.x86.isa.Insn;
import org.terrarium.x86.sem.SseState;
import org.terrarium.x86.sem.X87Control;
import org.terrarium.x86.sem.X87State;

/** FXSAVE, FXRSTOR, XSAVE, XSAVEOPT, XRSTOR (SDM volume 1, 10.5 and chapter 13), with the state components x87 and SSE. */
public final class FpuSave {
    /** XCR0 bits of the state components there are. */
    public static final int X87 = 1;

    public static final int SSE = 2;
    public static final int COMPONENTS = X87 | SSE;

    /** Bytes of the legacy area and the XSAVE header. */
    public static final int XSAVE_BYTES = 512 + 64;

    // Offsets in the legacy area (SDM volume 1, table 10-2).
    private static final int TAGS = 4;
    private static final int OPCODE = 6;
    private static final int INSTRUCTION = 8;
    private static final int OPERAND = 16;
    private static final int MXCSR = 24;
    private static final int MXCSR_MASK = 28;
    private static final int REGISTERS = 32;
    private static final int XMM = 160;

    private static final int HEADER = 512;

    private FpuSave() {}

    private static long area(Cpu c, Insn i, int bytes, int alignment, boolean write) {
        long lin = Operands.linear(c, i, bytes, write);
        if ((lin & alignment - 1) != 0) {
            throw c.fault(GuestFault.GP, 0);
        }
        return lin;
    }

    private static void checkAvailable(Cpu c) {
        if ((c.cr0 & (Cpu.CR0_EM | Cpu.CR0_TS)) != 0) {
            throw c.fault(GuestFault.NM, 0);
        }
    }

    private static int xmmCount(Cpu c) {
        return c.codeSize == 64 ? 16 : 8;
    }

    // x87.

    private static void storeX87(Cpu c, Insn i, long lin) {
        Fpu f = c.fpu;
        c.mmu.write16(lin, f.controlWord);
        c.mmu.write16(lin + 2, X87State.statusWord(f));
        c.mmu.write16(lin + TAGS, ~f.emptyMask & 0xFF);
        c.mmu.write16(lin + OPCODE, f.lastOpcode);
        if (i.operandSize == 64) {
            c.mmu.write64(lin + INSTRUCTION, f.lastInstruction);
            c.mmu.write64(lin + OPERAND, f.lastOperand);
        } else {
            c.mmu.write64(lin + INSTRUCTION, f.lastInstruction & 0xFFFF_FFFFL | (long) f.lastInstructionSelector << 32);
            c.mmu.write64(lin + OPERAND, f.lastOperand & 0xFFFF_FFFFL | (long) f.lastOperandSelector << 32);
        }
        for (int n = 0; n < 8; n++) {
            int p = f.top + n & 7;
            c.mmu.write64(lin + REGISTERS + 16 * n, f.mantissa[p]);
            c.mmu.write64(lin + REGISTERS + 16 * n + 8, f.signExponent[p] & 0xFFFF);
        }
    }

    private static void loadX87(Cpu c, Insn i, long lin) {
        Fpu f = c.fpu;
        int control = c.mmu.read16(lin);
        int status = c.mmu.read16(lin + 2);
        f.emptyMask = ~c.mmu.read8(lin + TAGS) & 0xFF;
        f.lastOpcode = c.mmu.read16(lin + OPCODE) & 0x7FF;
        long instruction = c.mmu.read64(lin + INSTRUCTION);
        long operand = c.mmu.read64(lin + OPERAND);
        if (i.operandSize == 64) {
            f.lastInstruction = instruction;
            f.lastInstructionSelector = 0;
            f.lastOperand = operand;
            f.lastOperandSelector = 0;
        } else {
            f.lastInstruction = instruction & 0xFFFF_FFFFL;
            f.lastInstructionSelector = (int) (instruction >>> 32) & 0xFFFF;
            f.lastOperand = operand & 0xFFFF_FFFFL;
            f.lastOperandSelector = (int) (operand >>> 32) & 0xFFFF;
        }
        f.controlWord = control & 0x1F3F | 0x40;
        X87State.setStatusWord(f, status);
        for (int n = 0; n < 8; n++) {
            int p = f.top + n & 7;
            f.mantissa[p] = c.mmu.read64(lin + REGISTERS + 16 * n);
            f.signExponent[p] = c.mmu.read16(lin + REGISTERS + 16 * n + 8);
        }
    }

    private static void initializeX87(Fpu f) {
        X87Control.initialize(f);
        for (int n = 0; n < 8; n++) {
            f.mantissa[n] = 0;
            f.signExponent[n] = 0;
        }
    }

    // SSE.

    private static void storeXmm(Cpu c, long lin) {
        for (int n = 0; n < 2 * xmmCount(c); n++) {
            c.mmu.write64(lin + XMM + 8 * n, c.fpu.xmm[n]);
        }
    }

    private static void loadXmm(Cpu c, long lin) {
        for (int n = 0; n < 2 * xmmCount(c); n++) {
            c.fpu.xmm[n] = c.mmu.read64(lin + XMM + 8 * n);
        }
    }

    private static int readMxcsr(Cpu c, long lin) {
        int mxcsr = c.mmu.read32(lin + MXCSR);
        if ((mxcsr & ~SseState.MXCSR_MASK) != 0) {
            throw c.fault(GuestFault.GP, 0);
        }
        return mxcsr;
    }

    public static void fxsave(Cpu c, Insn i) {
        checkAvailable(c);
        long lin = area(c, i, 512, 16, true);
        c.mmu.probeWrite(lin, 512);
        storeX87(c, i, lin);
        c.mmu.write32(lin + MXCSR, c.fpu.mxcsr);
        c.mmu.write32(lin + MXCSR_MASK, SseState.MXCSR_MASK);
        if ((c.cr4 & Cpu.CR4_OSFXSR) != 0) {
            storeXmm(c, lin);
        }
    }

    public static void fxrstor(Cpu c, Insn i) {
        checkAvailable(c);
        long lin = area(c, i, 512, 16, false);
        // The far end first: nothing may change when any of it cannot be read.
        c.mmu.read8(lin + 511);
        boolean sse = (c.cr4 & Cpu.CR4_OSFXSR) != 0;
        int mxcsr = sse ? readMxcsr(c, lin) : c.fpu.mxcsr;
        loadX87(c, i, lin);
        if (sse) {
            c.fpu.mxcsr = mxcsr;
            loadXmm(c, lin);
        }
    }

    // XSAVE.

    private static void checkXsave(Cpu c) {
        if ((c.cr4 & Cpu.CR4_OSXSAVE) == 0) {
            throw c.fault(GuestFault.UD, 0);
        }
        if ((c.cr0 & Cpu.CR0_TS) != 0) {
            throw c.fault(GuestFault.NM, 0);
        }
    }

    /** The components the instruction is asked for and XCR0 enables. */
    private static int requested(Cpu c) {
        return (int) (c.gpr[Cpu.RAX] & c.fpu.xcr0);
    }

    private static boolean initialX87(Fpu f) {
        long contents =
                f.lastInstruction | f.lastOperand | f.lastInstructionSelector | f.lastOperandSelector | f.lastOpcode;
        for (int n = 0; n < 8; n++) {
            contents |= f.mantissa[n] | f.signExponent[n];
        }
        return contents == 0
                && f.controlWord == X87Control.INITIAL_CONTROL
                && X87State.statusWord(f) == 0
                && f.emptyMask == 0xFF;
    }

    private static boolean initialSse(Fpu f) {
        long contents = 0;
        for (long part : f.xmm) {
            contents |= part;
        }
        return contents == 0;
    }

    /** XINUSE: components that are not in their initial configuration (SDM volume 1, 13.6). */
    private static int inUse(Fpu f) {
        return (initialX87(f) ? 0 : X87) | (initialSse(f) ? 0 : SSE);
    }

    public static void xsave(Cpu c, Insn i) {
        checkXsave(c);
        long lin = area(c, i, XSAVE_BYTES, 64, true);
        c.mmu.probeWrite(lin, XSAVE_BYTES);
        int components = requested(c);
        if ((components & X87) != 0) {
            storeX87(c, i, lin);
        }
        if ((components & SSE) != 0) {
            c.mmu.write32(lin + MXCSR, c.fpu.mxcsr);
            c.mmu.write32(lin + MXCSR_MASK, SseState.MXCSR_MASK);
            storeXmm(c, lin);
        }
        long present = c.mmu.read64(lin + HEADER);
        c.mmu.write64(lin + HEADER, present & ~components | components & inUse(c.fpu));
    }

    public static void xrstor(Cpu c, Insn i) {
        checkXsave(c);
        long lin = area(c, i, XSAVE_BYTES, 64, false);
        long present = c.mmu.read64(lin + HEADER);
        long reserved = present & ~c.fpu.xcr0;
        for (int n = 8; n < 64; n += 8) {
            reserved |= c.mmu.read64(lin + HEADER + n);
        }
        if (reserved != 0) {
            throw c.fault(GuestFault.GP, 0);
        }
        int components = requested(c);
        int mxcsr = (components & SSE) != 0 ? readMxcsr(c, lin) : c.fpu.mxcsr;
        if ((components & X87) != 0) {
            if ((present & X87) != 0) {
                loadX87(c, i, lin);
            } else {
                initializeX87(c.fpu);
            }
        }
        if ((components & SSE) != 0) {
            c.fpu.mxcsr = mxcsr;
            if ((present & SSE) != 0) {
                loadXmm(c, lin);
            } else {
                Arrays.fill(c.fpu.xmm, 0, 2 * xmmCount(c), 0);
            }
        }
    }
}
