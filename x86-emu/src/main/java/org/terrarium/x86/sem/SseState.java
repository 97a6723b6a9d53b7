package org.terrarium.x86.sem;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.Fpu;
import org.terrarium.x86.GuestFault;
import org.terrarium.x86.interp.Operands;
import org.terrarium.x86.isa.Insn;

/** MMX and SSE instructions that need more of the processor than their operands. */
public final class SseState {
    /** MXCSR bits that exist: all of 15..0, DAZ included; others are a #GP (SDM volume 1, 11.6.6). */
    public static final int MXCSR_MASK = 0xFFFF;

    private SseState() {}

    public static void emms(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        c.fpu.top = 0;
        c.fpu.emptyMask = 0xFF;
    }

    public static void ldmxcsr(Cpu c, Insn i) {
        SimdState.checkSse(c);
        int value = c.mmu.read32(Operands.linearRead(c, i, 4));
        if ((value & ~MXCSR_MASK) != 0) {
            throw c.fault(GuestFault.GP, 0);
        }
        c.fpu.mxcsr = value;
    }

    public static void stmxcsr(Cpu c, Insn i) {
        SimdState.checkSse(c);
        c.mmu.write32(Operands.linearWrite(c, i, 4), c.fpu.mxcsr);
    }

    /** MASKMOVQ and MASKMOVDQU: the bytes whose mask has its top bit set go to DS:rDI (or another segment). */
    private static void maskedStore(Cpu c, Insn i, long low, long high, int mask) {
        long offset = c.gpr[Cpu.RDI];
        long start = Operands.segmentedWrite(c, i.segment, offset & i.addressMask, 1);
        for (int n = 0; n < 16; n++) {
            if ((mask >> n & 1) != 0) {
                // The whole operand faults at its first byte in the page (seen on the host).
                long lin = Operands.segmentedWrite(c, i.segment, offset + n & i.addressMask, 1);
                c.mmu.probeWrite((lin ^ start) >>> 12 == 0 ? start : lin & -4096, 1);
            }
        }
        for (int n = 0; n < 16; n++) {
            if ((mask >> n & 1) != 0) {
                long lin = Operands.segmentedWrite(c, i.segment, offset + n & i.addressMask, 1);
                c.mmu.write8(lin, (int) ((n < 8 ? low : high) >>> (n << 3)) & 0xFF);
            }
        }
    }

    public static void maskmovq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        Fpu f = c.fpu;
        SimdState.enterMmx(f);
        maskedStore(c, i, f.mantissa[i.reg], 0, SimdCompare.pmovmskb(f.mantissa[i.rm]));
    }

    public static void maskmovdqu(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long[] x = c.fpu.xmm;
        int mask = SimdCompare.pmovmskb(x[2 * i.rm], x[2 * i.rm + 1]);
        maskedStore(c, i, x[2 * i.reg], x[2 * i.reg + 1], mask);
    }
}
