package org.terrarium.x86.interp.gen;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.interp.Operands;
import org.terrarium.x86.isa.Insn;
import org.terrarium.x86.sem.SimdAdd;
import org.terrarium.x86.sem.SimdCompare;
import org.terrarium.x86.sem.SimdMultiply;
import org.terrarium.x86.sem.SimdPack;
import org.terrarium.x86.sem.SimdShift;
import org.terrarium.x86.sem.SimdShuffle;
import org.terrarium.x86.sem.SimdState;

/** Generated from the instruction table by HandlerGenerator: change the table, not this. */
public final class MmxHandlers2 {
    private MmxHandlers2() {}

    /** PSLLD Nq,Ib */
    public static void pslldNqIb(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.rm];
        long result = SimdShift.pslld(a, (int) i.imm);
        SimdState.writeMmx(c.fpu, i.rm, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PSRLQ Nq,Ib */
    public static void psrlqNqIb(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.rm];
        long result = SimdShift.psrlq(a, (int) i.imm);
        SimdState.writeMmx(c.fpu, i.rm, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PSLLQ Nq,Ib */
    public static void psllqNqIb(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.rm];
        long result = SimdShift.psllq(a, (int) i.imm);
        SimdState.writeMmx(c.fpu, i.rm, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PACKSSWB Pq,Qq */
    public static void packsswbPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdPack.packsswb(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PACKSSWB Pq,Qq m */
    public static void packsswbPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdPack.packsswb(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PACKUSWB Pq,Qq */
    public static void packuswbPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdPack.packuswb(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PACKUSWB Pq,Qq m */
    public static void packuswbPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdPack.packuswb(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PACKSSDW Pq,Qq */
    public static void packssdwPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdPack.packssdw(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PACKSSDW Pq,Qq m */
    public static void packssdwPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdPack.packssdw(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PUNPCKLBW Pq,Qd */
    public static void punpcklbwPqQd(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        int b = (int) c.fpu.mantissa[i.rm];
        long result = SimdPack.punpcklbw(a, b & 0xFFFF_FFFFL);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PUNPCKLBW Pq,Qd m */
    public static void punpcklbwPqQdMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 4);
        int b = c.mmu.read32(lin);
        long result = SimdPack.punpcklbw(a, b & 0xFFFF_FFFFL);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PUNPCKLWD Pq,Qd */
    public static void punpcklwdPqQd(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        int b = (int) c.fpu.mantissa[i.rm];
        long result = SimdPack.punpcklwd(a, b & 0xFFFF_FFFFL);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PUNPCKLWD Pq,Qd m */
    public static void punpcklwdPqQdMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 4);
        int b = c.mmu.read32(lin);
        long result = SimdPack.punpcklwd(a, b & 0xFFFF_FFFFL);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PUNPCKLDQ Pq,Qd */
    public static void punpckldqPqQd(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        int b = (int) c.fpu.mantissa[i.rm];
        long result = SimdPack.punpckldq(a, b & 0xFFFF_FFFFL);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PUNPCKLDQ Pq,Qd m */
    public static void punpckldqPqQdMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 4);
        int b = c.mmu.read32(lin);
        long result = SimdPack.punpckldq(a, b & 0xFFFF_FFFFL);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PUNPCKHBW Pq,Qq */
    public static void punpckhbwPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdPack.punpckhbw(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PUNPCKHBW Pq,Qq m */
    public static void punpckhbwPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdPack.punpckhbw(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PUNPCKHWD Pq,Qq */
    public static void punpckhwdPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdPack.punpckhwd(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PUNPCKHWD Pq,Qq m */
    public static void punpckhwdPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdPack.punpckhwd(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PUNPCKHDQ Pq,Qq */
    public static void punpckhdqPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdPack.punpckhdq(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PUNPCKHDQ Pq,Qq m */
    public static void punpckhdqPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdPack.punpckhdq(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PSHUFW Pq,Qq,Ib */
    public static void pshufwPqQqIb(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.rm];
        long result = SimdShuffle.pshufw(a, (int) i.imm);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PSHUFW Pq,Qq,Ib m */
    public static void pshufwPqQqIbMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long lin = Operands.linearRead(c, i, 8);
        long a = c.mmu.read64(lin);
        long result = SimdShuffle.pshufw(a, (int) i.imm);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PINSRW Pq,Rd,Ib */
    public static void pinsrwPqRdIb(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        int b = (int) c.gpr[i.rm];
        long result = SimdShuffle.pinsrw(a, b, (int) i.imm);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PINSRW Pq,Mw,Ib m */
    public static void pinsrwPqMwIbMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 2);
        int b = c.mmu.read16(lin);
        long result = SimdShuffle.pinsrw(a, b, (int) i.imm);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PEXTRW Gd,Nq,Ib */
    public static void pextrwGdNqIb(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.rm];
        int result = SimdShuffle.pextrw(a, (int) i.imm);
        c.gpr[i.reg] = result & 0xFFFF_FFFFL;
        SimdState.enterMmx(c.fpu);
    }

    /** PMOVMSKB Gd,Nq */
    public static void pmovmskbGdNq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.rm];
        int result = SimdCompare.pmovmskb(a);
        c.gpr[i.reg] = result & 0xFFFF_FFFFL;
        SimdState.enterMmx(c.fpu);
    }

    /** PABSB Pq,Qq */
    public static void pabsbPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.rm];
        long result = SimdAdd.pabsb(a);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PABSB Pq,Qq m */
    public static void pabsbPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long lin = Operands.linearRead(c, i, 8);
        long a = c.mmu.read64(lin);
        long result = SimdAdd.pabsb(a);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PABSW Pq,Qq */
    public static void pabswPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.rm];
        long result = SimdAdd.pabsw(a);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PABSW Pq,Qq m */
    public static void pabswPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long lin = Operands.linearRead(c, i, 8);
        long a = c.mmu.read64(lin);
        long result = SimdAdd.pabsw(a);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PABSD Pq,Qq */
    public static void pabsdPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.rm];
        long result = SimdAdd.pabsd(a);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PABSD Pq,Qq m */
    public static void pabsdPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long lin = Operands.linearRead(c, i, 8);
        long a = c.mmu.read64(lin);
        long result = SimdAdd.pabsd(a);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PSIGNB Pq,Qq */
    public static void psignbPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdAdd.psignb(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PSIGNB Pq,Qq m */
    public static void psignbPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdAdd.psignb(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PSIGNW Pq,Qq */
    public static void psignwPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdAdd.psignw(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PSIGNW Pq,Qq m */
    public static void psignwPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdAdd.psignw(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PSIGND Pq,Qq */
    public static void psigndPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdAdd.psignd(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PSIGND Pq,Qq m */
    public static void psigndPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdAdd.psignd(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PHADDW Pq,Qq */
    public static void phaddwPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdAdd.phaddw(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PHADDW Pq,Qq m */
    public static void phaddwPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdAdd.phaddw(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PHADDD Pq,Qq */
    public static void phadddPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdAdd.phaddd(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PHADDD Pq,Qq m */
    public static void phadddPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdAdd.phaddd(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PHADDSW Pq,Qq */
    public static void phaddswPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdAdd.phaddsw(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PHADDSW Pq,Qq m */
    public static void phaddswPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdAdd.phaddsw(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PHSUBW Pq,Qq */
    public static void phsubwPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdAdd.phsubw(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PHSUBW Pq,Qq m */
    public static void phsubwPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdAdd.phsubw(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PHSUBD Pq,Qq */
    public static void phsubdPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdAdd.phsubd(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PHSUBD Pq,Qq m */
    public static void phsubdPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdAdd.phsubd(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PHSUBSW Pq,Qq */
    public static void phsubswPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdAdd.phsubsw(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PHSUBSW Pq,Qq m */
    public static void phsubswPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdAdd.phsubsw(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PSHUFB Pq,Qq */
    public static void pshufbPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdShuffle.pshufb(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PSHUFB Pq,Qq m */
    public static void pshufbPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdShuffle.pshufb(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PMADDUBSW Pq,Qq */
    public static void pmaddubswPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdMultiply.pmaddubsw(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PMADDUBSW Pq,Qq m */
    public static void pmaddubswPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdMultiply.pmaddubsw(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PMULHRSW Pq,Qq */
    public static void pmulhrswPqQq(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdMultiply.pmulhrsw(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PMULHRSW Pq,Qq m */
    public static void pmulhrswPqQqMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdMultiply.pmulhrsw(a, b);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PALIGNR Pq,Qq,Ib */
    public static void palignrPqQqIb(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long b = c.fpu.mantissa[i.rm];
        long result = SimdShift.palignr(a, b, (int) i.imm);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }

    /** PALIGNR Pq,Qq,Ib m */
    public static void palignrPqQqIbMemory(Cpu c, Insn i) {
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SimdShift.palignr(a, b, (int) i.imm);
        SimdState.writeMmx(c.fpu, i.reg, result);
        SimdState.enterMmx(c.fpu);
    }
}
