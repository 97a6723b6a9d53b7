package org.terrarium.x86.interp.gen;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.interp.Operands;
import org.terrarium.x86.isa.Insn;
import org.terrarium.x86.sem.SimdAdd;
import org.terrarium.x86.sem.SimdCompare;
import org.terrarium.x86.sem.SimdMultiply;
import org.terrarium.x86.sem.SimdShift;
import org.terrarium.x86.sem.SimdState;
import org.terrarium.x86.sem.SseMove;

/** Generated from the instruction table by HandlerGenerator: change the table, not this. */
public final class MmxHandlers1 {
    private MmxHandlers1() {}

    /** MOVD Pq,Ed */
    public static void movdPqEd(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        int a = (int) c.gpr[i.rm];
        long result = SseMove.zeroExtend(a);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** MOVD Pq,Ed m */
    public static void movdPqEdMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long lin = Operands.linearRead(c, i, 4);
        int a = c.mmu.read32(lin);
        long result = SseMove.zeroExtend(a);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** MOVQ Pq,Eq */
    public static void movqPqEq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.gpr[i.rm];
        SimdState.writeMmx(c.fpu, i.reg, a);
        SimdState.enterMmx(c.fpu);
    }

    /** MOVQ Pq,Eq m */
    public static void movqPqEqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long lin = Operands.linearRead(c, i, 8);
        long a = c.mmu.read64(lin);
        SimdState.writeMmx(c.fpu, i.reg, a);
        SimdState.enterMmx(c.fpu);
    }

    /** MOVD Ed,Pq */
    public static void movdEdPq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        int result = SseMove.lowDoubleword(a);
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
        SimdState.enterMmx(c.fpu);
    }

    /** MOVD Ed,Pq m */
    public static void movdEdPqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        int result = SseMove.lowDoubleword(a);
        long lin = Operands.linearWrite(c, i, 4);
        c.mmu.write32(lin, result);
        SimdState.enterMmx(c.fpu);
    }

    /** MOVQ Eq,Pq */
    public static void movqEqPq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        c.gpr[i.rm] = a;
        SimdState.enterMmx(c.fpu);
    }

    /** MOVQ Eq,Pq m */
    public static void movqEqPqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearWrite(c, i, 8);
        c.mmu.write64(lin, a);
        SimdState.enterMmx(c.fpu);
    }

    /** MOVQ Pq,Qq */
    public static void movqPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.rm];
        SimdState.writeMmx(c.fpu, i.reg, a);
        SimdState.enterMmx(c.fpu);
    }

    /** MOVQ Pq,Qq m */
    public static void movqPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long lin = Operands.linearRead(c, i, 8);
        long a = c.mmu.read64(lin);
        SimdState.writeMmx(c.fpu, i.reg, a);
        SimdState.enterMmx(c.fpu);
    }

    /** MOVQ Qq,Pq */
    public static void movqQqPq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        SimdState.writeMmx(c.fpu, i.rm, a);
        SimdState.enterMmx(c.fpu);
    }

    /** MOVQ Qq,Pq m */
    public static void movqQqPqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearWrite(c, i, 8);
        c.mmu.write64(lin, a);
        SimdState.enterMmx(c.fpu);
    }

    /** MOVNTQ Mq,Pq m */
    public static void movntqMqPqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearWrite(c, i, 8);
        c.mmu.write64(lin, a);
        SimdState.enterMmx(c.fpu);
    }

    /** PADDB Pq,Qq */
    public static void paddbPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdAdd.paddb(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PADDB Pq,Qq m */
    public static void paddbPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdAdd.paddb(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PADDW Pq,Qq */
    public static void paddwPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdAdd.paddw(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PADDW Pq,Qq m */
    public static void paddwPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdAdd.paddw(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PADDD Pq,Qq */
    public static void padddPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdAdd.paddd(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PADDD Pq,Qq m */
    public static void padddPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdAdd.paddd(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PADDQ Pq,Qq */
    public static void paddqPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdAdd.paddq(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PADDQ Pq,Qq m */
    public static void paddqPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdAdd.paddq(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PADDSB Pq,Qq */
    public static void paddsbPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdAdd.paddsb(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PADDSB Pq,Qq m */
    public static void paddsbPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdAdd.paddsb(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PADDSW Pq,Qq */
    public static void paddswPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdAdd.paddsw(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PADDSW Pq,Qq m */
    public static void paddswPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdAdd.paddsw(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PADDUSB Pq,Qq */
    public static void paddusbPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdAdd.paddusb(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PADDUSB Pq,Qq m */
    public static void paddusbPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdAdd.paddusb(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PADDUSW Pq,Qq */
    public static void padduswPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdAdd.paddusw(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PADDUSW Pq,Qq m */
    public static void padduswPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdAdd.paddusw(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PSUBB Pq,Qq */
    public static void psubbPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdAdd.psubb(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PSUBB Pq,Qq m */
    public static void psubbPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdAdd.psubb(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PSUBW Pq,Qq */
    public static void psubwPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdAdd.psubw(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PSUBW Pq,Qq m */
    public static void psubwPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdAdd.psubw(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PSUBD Pq,Qq */
    public static void psubdPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdAdd.psubd(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PSUBD Pq,Qq m */
    public static void psubdPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdAdd.psubd(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PSUBQ Pq,Qq */
    public static void psubqPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdAdd.psubq(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PSUBQ Pq,Qq m */
    public static void psubqPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdAdd.psubq(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PSUBSB Pq,Qq */
    public static void psubsbPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdAdd.psubsb(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PSUBSB Pq,Qq m */
    public static void psubsbPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdAdd.psubsb(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PSUBSW Pq,Qq */
    public static void psubswPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdAdd.psubsw(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PSUBSW Pq,Qq m */
    public static void psubswPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdAdd.psubsw(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PSUBUSB Pq,Qq */
    public static void psubusbPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdAdd.psubusb(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PSUBUSB Pq,Qq m */
    public static void psubusbPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdAdd.psubusb(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PSUBUSW Pq,Qq */
    public static void psubuswPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdAdd.psubusw(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PSUBUSW Pq,Qq m */
    public static void psubuswPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdAdd.psubusw(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PMULLW Pq,Qq */
    public static void pmullwPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdMultiply.pmullw(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PMULLW Pq,Qq m */
    public static void pmullwPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdMultiply.pmullw(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PMULHW Pq,Qq */
    public static void pmulhwPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdMultiply.pmulhw(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PMULHW Pq,Qq m */
    public static void pmulhwPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdMultiply.pmulhw(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PMULHUW Pq,Qq */
    public static void pmulhuwPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdMultiply.pmulhuw(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PMULHUW Pq,Qq m */
    public static void pmulhuwPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdMultiply.pmulhuw(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PMADDWD Pq,Qq */
    public static void pmaddwdPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdMultiply.pmaddwd(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PMADDWD Pq,Qq m */
    public static void pmaddwdPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdMultiply.pmaddwd(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PMULUDQ Pq,Qq */
    public static void pmuludqPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdMultiply.pmuludq(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PMULUDQ Pq,Qq m */
    public static void pmuludqPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdMultiply.pmuludq(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PCMPEQB Pq,Qq */
    public static void pcmpeqbPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdCompare.pcmpeqb(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PCMPEQB Pq,Qq m */
    public static void pcmpeqbPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdCompare.pcmpeqb(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PCMPEQW Pq,Qq */
    public static void pcmpeqwPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdCompare.pcmpeqw(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PCMPEQW Pq,Qq m */
    public static void pcmpeqwPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdCompare.pcmpeqw(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PCMPEQD Pq,Qq */
    public static void pcmpeqdPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdCompare.pcmpeqd(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PCMPEQD Pq,Qq m */
    public static void pcmpeqdPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdCompare.pcmpeqd(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PCMPGTB Pq,Qq */
    public static void pcmpgtbPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdCompare.pcmpgtb(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PCMPGTB Pq,Qq m */
    public static void pcmpgtbPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdCompare.pcmpgtb(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PCMPGTW Pq,Qq */
    public static void pcmpgtwPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdCompare.pcmpgtw(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PCMPGTW Pq,Qq m */
    public static void pcmpgtwPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdCompare.pcmpgtw(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PCMPGTD Pq,Qq */
    public static void pcmpgtdPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdCompare.pcmpgtd(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PCMPGTD Pq,Qq m */
    public static void pcmpgtdPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdCompare.pcmpgtd(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PAND Pq,Qq */
    public static void pandPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdAdd.pand(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PAND Pq,Qq m */
    public static void pandPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdAdd.pand(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PANDN Pq,Qq */
    public static void pandnPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdAdd.pandn(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PANDN Pq,Qq m */
    public static void pandnPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdAdd.pandn(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** POR Pq,Qq */
    public static void porPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdAdd.por(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** POR Pq,Qq m */
    public static void porPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdAdd.por(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PXOR Pq,Qq */
    public static void pxorPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdAdd.pxor(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PXOR Pq,Qq m */
    public static void pxorPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdAdd.pxor(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PAVGB Pq,Qq */
    public static void pavgbPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdAdd.pavgb(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PAVGB Pq,Qq m */
    public static void pavgbPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdAdd.pavgb(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PAVGW Pq,Qq */
    public static void pavgwPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdAdd.pavgw(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PAVGW Pq,Qq m */
    public static void pavgwPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdAdd.pavgw(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PMINUB Pq,Qq */
    public static void pminubPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdAdd.pminub(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PMINUB Pq,Qq m */
    public static void pminubPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdAdd.pminub(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PMAXUB Pq,Qq */
    public static void pmaxubPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdAdd.pmaxub(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PMAXUB Pq,Qq m */
    public static void pmaxubPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdAdd.pmaxub(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PMINSW Pq,Qq */
    public static void pminswPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdAdd.pminsw(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PMINSW Pq,Qq m */
    public static void pminswPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdAdd.pminsw(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PMAXSW Pq,Qq */
    public static void pmaxswPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdAdd.pmaxsw(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PMAXSW Pq,Qq m */
    public static void pmaxswPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdAdd.pmaxsw(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PSADBW Pq,Qq */
    public static void psadbwPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdAdd.psadbw(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PSADBW Pq,Qq m */
    public static void psadbwPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdAdd.psadbw(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PSLLW Pq,Qq */
    public static void psllwPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdShift.psllw(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PSLLW Pq,Qq m */
    public static void psllwPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdShift.psllw(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PSLLD Pq,Qq */
    public static void pslldPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdShift.pslld(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PSLLD Pq,Qq m */
    public static void pslldPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdShift.pslld(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PSLLQ Pq,Qq */
    public static void psllqPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdShift.psllq(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PSLLQ Pq,Qq m */
    public static void psllqPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdShift.psllq(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PSRLW Pq,Qq */
    public static void psrlwPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdShift.psrlw(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PSRLW Pq,Qq m */
    public static void psrlwPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdShift.psrlw(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PSRLD Pq,Qq */
    public static void psrldPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdShift.psrld(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PSRLD Pq,Qq m */
    public static void psrldPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdShift.psrld(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PSRLQ Pq,Qq */
    public static void psrlqPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdShift.psrlq(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PSRLQ Pq,Qq m */
    public static void psrlqPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdShift.psrlq(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PSRAW Pq,Qq */
    public static void psrawPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdShift.psraw(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PSRAW Pq,Qq m */
    public static void psrawPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdShift.psraw(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PSRAD Pq,Qq */
    public static void psradPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdShift.psrad(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PSRAD Pq,Qq m */
    public static void psradPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdShift.psrad(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PSRLW Nq,Ib */
    public static void psrlwNqIb(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.rm];
        long result = SimdShift.psrlw(a, (int) i.imm);
        SimdState.writeMmx(c.fpu, i.rm, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PSRAW Nq,Ib */
    public static void psrawNqIb(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.rm];
        long result = SimdShift.psraw(a, (int) i.imm);
        SimdState.writeMmx(c.fpu, i.rm, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PSLLW Nq,Ib */
    public static void psllwNqIb(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.rm];
        long result = SimdShift.psllw(a, (int) i.imm);
        SimdState.writeMmx(c.fpu, i.rm, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PSRLD Nq,Ib */
    public static void psrldNqIb(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.rm];
        long result = SimdShift.psrld(a, (int) i.imm);
        SimdState.writeMmx(c.fpu, i.rm, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PSRAD Nq,Ib */
    public static void psradNqIb(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.rm];
        long result = SimdShift.psrad(a, (int) i.imm);
        SimdState.writeMmx(c.fpu, i.rm, result);
        SimdState.enterMmx(c.fpu);
    }
}
