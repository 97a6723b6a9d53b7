package org.terrarium.x86.interp.gen;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.interp.Operands;
import org.terrarium.x86.isa.Insn;
import org.terrarium.x86.sem.SimdAdd;
import org.terrarium.x86.sem.SimdCompare;
import org.terrarium.x86.sem.SimdMultiply;
import org.terrarium.x86.sem.SimdPack;
import org.terrarium.x86.sem.SimdShuffle;
import org.terrarium.x86.sem.SimdState;
import org.terrarium.x86.sem.SseConvert;
import org.terrarium.x86.sem.SseDouble;
import org.terrarium.x86.sem.SseSingle;

/** Generated from the instruction table by HandlerGenerator: change the table, not this. */
public final class Sse4Handlers1 {
    private Sse4Handlers1() {}

    /** MOVNTDQA Vdq,Mdq m */
    public static void movntdqaVdqMdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long aLow = c.mmu.read64(lin);
        long aHigh = c.mmu.read64(lin + 8 & c.linearMask);
        c.fpu.xmm[2 * i.reg] = aLow;
        c.fpu.xmm[2 * i.reg + 1] = aHigh;
    }

    /** BLENDPS Vps,Wps,Ib */
    public static void blendpsVpsWpsIb(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdShuffle.blendpsLow(aLow, aHigh, bLow, bHigh, (int) i.imm);
        long high = SimdShuffle.blendpsHigh(aLow, aHigh, bLow, bHigh, (int) i.imm);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** BLENDPS Vps,Wps,Ib m */
    public static void blendpsVpsWpsIbMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdShuffle.blendpsLow(aLow, aHigh, bLow, bHigh, (int) i.imm);
        long high = SimdShuffle.blendpsHigh(aLow, aHigh, bLow, bHigh, (int) i.imm);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** BLENDPD Vpd,Wpd,Ib */
    public static void blendpdVpdWpdIb(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdShuffle.blendpdLow(aLow, aHigh, bLow, bHigh, (int) i.imm);
        long high = SimdShuffle.blendpdHigh(aLow, aHigh, bLow, bHigh, (int) i.imm);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** BLENDPD Vpd,Wpd,Ib m */
    public static void blendpdVpdWpdIbMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdShuffle.blendpdLow(aLow, aHigh, bLow, bHigh, (int) i.imm);
        long high = SimdShuffle.blendpdHigh(aLow, aHigh, bLow, bHigh, (int) i.imm);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PBLENDW Vdq,Wdq,Ib */
    public static void pblendwVdqWdqIb(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdShuffle.pblendwLow(aLow, aHigh, bLow, bHigh, (int) i.imm);
        long high = SimdShuffle.pblendwHigh(aLow, aHigh, bLow, bHigh, (int) i.imm);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PBLENDW Vdq,Wdq,Ib m */
    public static void pblendwVdqWdqIbMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdShuffle.pblendwLow(aLow, aHigh, bLow, bHigh, (int) i.imm);
        long high = SimdShuffle.pblendwHigh(aLow, aHigh, bLow, bHigh, (int) i.imm);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PBLENDVB Vdq,Wdq,[XMM0] */
    public static void pblendvbVdqWdqXMM0(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long thirdLow = c.fpu.xmm[2 * 0];
        long thirdHigh = c.fpu.xmm[2 * 0 + 1];
        long low = SimdCompare.pblendvb(aLow, bLow, thirdLow);
        long high = SimdCompare.pblendvb(aHigh, bHigh, thirdHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PBLENDVB Vdq,Wdq,[XMM0] m */
    public static void pblendvbVdqWdqXMM0Memory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long thirdLow = c.fpu.xmm[2 * 0];
        long thirdHigh = c.fpu.xmm[2 * 0 + 1];
        long low = SimdCompare.pblendvb(aLow, bLow, thirdLow);
        long high = SimdCompare.pblendvb(aHigh, bHigh, thirdHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** BLENDVPS Vps,Wps,[XMM0] */
    public static void blendvpsVpsWpsXMM0(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long thirdLow = c.fpu.xmm[2 * 0];
        long thirdHigh = c.fpu.xmm[2 * 0 + 1];
        long low = SimdCompare.blendvps(aLow, bLow, thirdLow);
        long high = SimdCompare.blendvps(aHigh, bHigh, thirdHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** BLENDVPS Vps,Wps,[XMM0] m */
    public static void blendvpsVpsWpsXMM0Memory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long thirdLow = c.fpu.xmm[2 * 0];
        long thirdHigh = c.fpu.xmm[2 * 0 + 1];
        long low = SimdCompare.blendvps(aLow, bLow, thirdLow);
        long high = SimdCompare.blendvps(aHigh, bHigh, thirdHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** BLENDVPD Vpd,Wpd,[XMM0] */
    public static void blendvpdVpdWpdXMM0(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long thirdLow = c.fpu.xmm[2 * 0];
        long thirdHigh = c.fpu.xmm[2 * 0 + 1];
        long low = SimdCompare.blendvpd(aLow, bLow, thirdLow);
        long high = SimdCompare.blendvpd(aHigh, bHigh, thirdHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** BLENDVPD Vpd,Wpd,[XMM0] m */
    public static void blendvpdVpdWpdXMM0Memory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long thirdLow = c.fpu.xmm[2 * 0];
        long thirdHigh = c.fpu.xmm[2 * 0 + 1];
        long low = SimdCompare.blendvpd(aLow, bLow, thirdLow);
        long high = SimdCompare.blendvpd(aHigh, bHigh, thirdHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** INSERTPS Vps,Ups,Ib */
    public static void insertpsVpsUpsIb(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdShuffle.insertpsLow(aLow, aHigh, bLow, bHigh, (int) i.imm);
        long high = SimdShuffle.insertpsHigh(aLow, aHigh, bLow, bHigh, (int) i.imm);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** INSERTPS Vps,Md,Ib m */
    public static void insertpsVpsMdIbMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = Operands.linearRead(c, i, 4);
        int b = c.mmu.read32(lin);
        long low = SimdShuffle.insertpsLow(aLow, aHigh, b, (int) i.imm);
        long high = SimdShuffle.insertpsHigh(aLow, aHigh, b, (int) i.imm);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** EXTRACTPS Ed,Vps,Ib */
    public static void extractpsEdVpsIb(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        int result = SimdShuffle.pextrd(aLow, aHigh, (int) i.imm);
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
    }

    /** EXTRACTPS Ed,Vps,Ib m */
    public static void extractpsEdVpsIbMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        int result = SimdShuffle.pextrd(aLow, aHigh, (int) i.imm);
        long lin = Operands.linearWrite(c, i, 4);
        c.mmu.write32(lin, result);
    }

    /** PINSRB Vdq,Rd,Ib */
    public static void pinsrbVdqRdIb(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        int b = (int) c.gpr[i.rm];
        long low = SimdShuffle.pinsrbLow(aLow, aHigh, b, (int) i.imm);
        long high = SimdShuffle.pinsrbHigh(aLow, aHigh, b, (int) i.imm);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PINSRB Vdq,Mb,Ib m */
    public static void pinsrbVdqMbIbMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = Operands.linearRead(c, i, 1);
        int b = c.mmu.read8(lin);
        long low = SimdShuffle.pinsrbLow(aLow, aHigh, b, (int) i.imm);
        long high = SimdShuffle.pinsrbHigh(aLow, aHigh, b, (int) i.imm);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PINSRD Vdq,Ed,Ib */
    public static void pinsrdVdqEdIb(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        int b = (int) c.gpr[i.rm];
        long low = SimdShuffle.pinsrdLow(aLow, aHigh, b, (int) i.imm);
        long high = SimdShuffle.pinsrdHigh(aLow, aHigh, b, (int) i.imm);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PINSRD Vdq,Ed,Ib m */
    public static void pinsrdVdqEdIbMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = Operands.linearRead(c, i, 4);
        int b = c.mmu.read32(lin);
        long low = SimdShuffle.pinsrdLow(aLow, aHigh, b, (int) i.imm);
        long high = SimdShuffle.pinsrdHigh(aLow, aHigh, b, (int) i.imm);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PINSRQ Vdq,Eq,Ib */
    public static void pinsrqVdqEqIb(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long b = c.gpr[i.rm];
        long low = SimdShuffle.pinsrqLow(aLow, aHigh, b, (int) i.imm);
        long high = SimdShuffle.pinsrqHigh(aLow, aHigh, b, (int) i.imm);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PINSRQ Vdq,Eq,Ib m */
    public static void pinsrqVdqEqIbMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long low = SimdShuffle.pinsrqLow(aLow, aHigh, b, (int) i.imm);
        long high = SimdShuffle.pinsrqHigh(aLow, aHigh, b, (int) i.imm);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PEXTRB Rd,Vdq,Ib */
    public static void pextrbRdVdqIb(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        int result = SimdShuffle.pextrb(aLow, aHigh, (int) i.imm);
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
    }

    /** PEXTRB Mb,Vdq,Ib m */
    public static void pextrbMbVdqIbMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        int result = SimdShuffle.pextrb(aLow, aHigh, (int) i.imm);
        long lin = Operands.linearWrite(c, i, 1);
        c.mmu.write8(lin, result);
    }

    /** PEXTRW Rd,Vdq,Ib */
    public static void pextrwRdVdqIb(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        int result = SimdShuffle.pextrw(aLow, aHigh, (int) i.imm);
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
    }

    /** PEXTRW Mw,Vdq,Ib m */
    public static void pextrwMwVdqIbMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        int result = SimdShuffle.pextrw(aLow, aHigh, (int) i.imm);
        long lin = Operands.linearWrite(c, i, 2);
        c.mmu.write16(lin, result);
    }

    /** PEXTRD Ed,Vdq,Ib */
    public static void pextrdEdVdqIb(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        int result = SimdShuffle.pextrd(aLow, aHigh, (int) i.imm);
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
    }

    /** PEXTRD Ed,Vdq,Ib m */
    public static void pextrdEdVdqIbMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        int result = SimdShuffle.pextrd(aLow, aHigh, (int) i.imm);
        long lin = Operands.linearWrite(c, i, 4);
        c.mmu.write32(lin, result);
    }

    /** PEXTRQ Eq,Vdq,Ib */
    public static void pextrqEqVdqIb(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long result = SimdShuffle.pextrq(aLow, aHigh, (int) i.imm);
        c.gpr[i.rm] = result;
    }

    /** PEXTRQ Eq,Vdq,Ib m */
    public static void pextrqEqVdqIbMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long result = SimdShuffle.pextrq(aLow, aHigh, (int) i.imm);
        long lin = Operands.linearWrite(c, i, 8);
        c.mmu.write64(lin, result);
    }

    /** PMOVSXBW Vdq,Wq */
    public static void pmovsxbwVdqWq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long a = c.fpu.xmm[2 * i.rm];
        long low = SimdPack.pmovsxbwLow(a);
        long high = SimdPack.pmovsxbwHigh(a);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMOVSXBW Vdq,Wq m */
    public static void pmovsxbwVdqWqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = Operands.linearRead(c, i, 8);
        long a = c.mmu.read64(lin);
        long low = SimdPack.pmovsxbwLow(a);
        long high = SimdPack.pmovsxbwHigh(a);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMOVSXBD Vdq,Wd */
    public static void pmovsxbdVdqWd(Cpu c, Insn i) {
        SimdState.checkSse(c);
        int a = (int) c.fpu.xmm[2 * i.rm];
        long low = SimdPack.pmovsxbdLow(a & 0xFFFF_FFFFL);
        long high = SimdPack.pmovsxbdHigh(a & 0xFFFF_FFFFL);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMOVSXBD Vdq,Wd m */
    public static void pmovsxbdVdqWdMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = Operands.linearRead(c, i, 4);
        int a = c.mmu.read32(lin);
        long low = SimdPack.pmovsxbdLow(a & 0xFFFF_FFFFL);
        long high = SimdPack.pmovsxbdHigh(a & 0xFFFF_FFFFL);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMOVSXBQ Vdq,Ww */
    public static void pmovsxbqVdqWw(Cpu c, Insn i) {
        SimdState.checkSse(c);
        int a = (int) c.fpu.xmm[2 * i.rm] & 0xFFFF;
        long low = SimdPack.pmovsxbqLow(a);
        long high = SimdPack.pmovsxbqHigh(a);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMOVSXBQ Vdq,Ww m */
    public static void pmovsxbqVdqWwMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = Operands.linearRead(c, i, 2);
        int a = c.mmu.read16(lin);
        long low = SimdPack.pmovsxbqLow(a);
        long high = SimdPack.pmovsxbqHigh(a);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMOVSXWD Vdq,Wq */
    public static void pmovsxwdVdqWq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long a = c.fpu.xmm[2 * i.rm];
        long low = SimdPack.pmovsxwdLow(a);
        long high = SimdPack.pmovsxwdHigh(a);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMOVSXWD Vdq,Wq m */
    public static void pmovsxwdVdqWqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = Operands.linearRead(c, i, 8);
        long a = c.mmu.read64(lin);
        long low = SimdPack.pmovsxwdLow(a);
        long high = SimdPack.pmovsxwdHigh(a);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMOVSXWQ Vdq,Wd */
    public static void pmovsxwqVdqWd(Cpu c, Insn i) {
        SimdState.checkSse(c);
        int a = (int) c.fpu.xmm[2 * i.rm];
        long low = SimdPack.pmovsxwqLow(a & 0xFFFF_FFFFL);
        long high = SimdPack.pmovsxwqHigh(a & 0xFFFF_FFFFL);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMOVSXWQ Vdq,Wd m */
    public static void pmovsxwqVdqWdMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = Operands.linearRead(c, i, 4);
        int a = c.mmu.read32(lin);
        long low = SimdPack.pmovsxwqLow(a & 0xFFFF_FFFFL);
        long high = SimdPack.pmovsxwqHigh(a & 0xFFFF_FFFFL);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMOVSXDQ Vdq,Wq */
    public static void pmovsxdqVdqWq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long a = c.fpu.xmm[2 * i.rm];
        long low = SimdPack.pmovsxdqLow(a);
        long high = SimdPack.pmovsxdqHigh(a);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMOVSXDQ Vdq,Wq m */
    public static void pmovsxdqVdqWqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = Operands.linearRead(c, i, 8);
        long a = c.mmu.read64(lin);
        long low = SimdPack.pmovsxdqLow(a);
        long high = SimdPack.pmovsxdqHigh(a);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMOVZXBW Vdq,Wq */
    public static void pmovzxbwVdqWq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long a = c.fpu.xmm[2 * i.rm];
        long low = SimdPack.pmovzxbwLow(a);
        long high = SimdPack.pmovzxbwHigh(a);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMOVZXBW Vdq,Wq m */
    public static void pmovzxbwVdqWqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = Operands.linearRead(c, i, 8);
        long a = c.mmu.read64(lin);
        long low = SimdPack.pmovzxbwLow(a);
        long high = SimdPack.pmovzxbwHigh(a);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMOVZXBD Vdq,Wd */
    public static void pmovzxbdVdqWd(Cpu c, Insn i) {
        SimdState.checkSse(c);
        int a = (int) c.fpu.xmm[2 * i.rm];
        long low = SimdPack.pmovzxbdLow(a & 0xFFFF_FFFFL);
        long high = SimdPack.pmovzxbdHigh(a & 0xFFFF_FFFFL);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMOVZXBD Vdq,Wd m */
    public static void pmovzxbdVdqWdMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = Operands.linearRead(c, i, 4);
        int a = c.mmu.read32(lin);
        long low = SimdPack.pmovzxbdLow(a & 0xFFFF_FFFFL);
        long high = SimdPack.pmovzxbdHigh(a & 0xFFFF_FFFFL);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMOVZXBQ Vdq,Ww */
    public static void pmovzxbqVdqWw(Cpu c, Insn i) {
        SimdState.checkSse(c);
        int a = (int) c.fpu.xmm[2 * i.rm] & 0xFFFF;
        long low = SimdPack.pmovzxbqLow(a);
        long high = SimdPack.pmovzxbqHigh(a);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMOVZXBQ Vdq,Ww m */
    public static void pmovzxbqVdqWwMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = Operands.linearRead(c, i, 2);
        int a = c.mmu.read16(lin);
        long low = SimdPack.pmovzxbqLow(a);
        long high = SimdPack.pmovzxbqHigh(a);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMOVZXWD Vdq,Wq */
    public static void pmovzxwdVdqWq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long a = c.fpu.xmm[2 * i.rm];
        long low = SimdPack.pmovzxwdLow(a);
        long high = SimdPack.pmovzxwdHigh(a);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMOVZXWD Vdq,Wq m */
    public static void pmovzxwdVdqWqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = Operands.linearRead(c, i, 8);
        long a = c.mmu.read64(lin);
        long low = SimdPack.pmovzxwdLow(a);
        long high = SimdPack.pmovzxwdHigh(a);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMOVZXWQ Vdq,Wd */
    public static void pmovzxwqVdqWd(Cpu c, Insn i) {
        SimdState.checkSse(c);
        int a = (int) c.fpu.xmm[2 * i.rm];
        long low = SimdPack.pmovzxwqLow(a & 0xFFFF_FFFFL);
        long high = SimdPack.pmovzxwqHigh(a & 0xFFFF_FFFFL);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMOVZXWQ Vdq,Wd m */
    public static void pmovzxwqVdqWdMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = Operands.linearRead(c, i, 4);
        int a = c.mmu.read32(lin);
        long low = SimdPack.pmovzxwqLow(a & 0xFFFF_FFFFL);
        long high = SimdPack.pmovzxwqHigh(a & 0xFFFF_FFFFL);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMOVZXDQ Vdq,Wq */
    public static void pmovzxdqVdqWq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long a = c.fpu.xmm[2 * i.rm];
        long low = SimdPack.pmovzxdqLow(a);
        long high = SimdPack.pmovzxdqHigh(a);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMOVZXDQ Vdq,Wq m */
    public static void pmovzxdqVdqWqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = Operands.linearRead(c, i, 8);
        long a = c.mmu.read64(lin);
        long low = SimdPack.pmovzxdqLow(a);
        long high = SimdPack.pmovzxdqHigh(a);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMULDQ Vdq,Wdq */
    public static void pmuldqVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdMultiply.pmuldq(aLow, bLow);
        long high = SimdMultiply.pmuldq(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMULDQ Vdq,Wdq m */
    public static void pmuldqVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdMultiply.pmuldq(aLow, bLow);
        long high = SimdMultiply.pmuldq(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PCMPEQQ Vdq,Wdq */
    public static void pcmpeqqVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdCompare.pcmpeqq(aLow, bLow);
        long high = SimdCompare.pcmpeqq(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PCMPEQQ Vdq,Wdq m */
    public static void pcmpeqqVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdCompare.pcmpeqq(aLow, bLow);
        long high = SimdCompare.pcmpeqq(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMINSB Vdq,Wdq */
    public static void pminsbVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdAdd.pminsb(aLow, bLow);
        long high = SimdAdd.pminsb(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMINSB Vdq,Wdq m */
    public static void pminsbVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdAdd.pminsb(aLow, bLow);
        long high = SimdAdd.pminsb(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMINSD Vdq,Wdq */
    public static void pminsdVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdAdd.pminsd(aLow, bLow);
        long high = SimdAdd.pminsd(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMINSD Vdq,Wdq m */
    public static void pminsdVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdAdd.pminsd(aLow, bLow);
        long high = SimdAdd.pminsd(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMINUW Vdq,Wdq */
    public static void pminuwVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdAdd.pminuw(aLow, bLow);
        long high = SimdAdd.pminuw(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMINUW Vdq,Wdq m */
    public static void pminuwVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdAdd.pminuw(aLow, bLow);
        long high = SimdAdd.pminuw(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMINUD Vdq,Wdq */
    public static void pminudVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdAdd.pminud(aLow, bLow);
        long high = SimdAdd.pminud(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMINUD Vdq,Wdq m */
    public static void pminudVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdAdd.pminud(aLow, bLow);
        long high = SimdAdd.pminud(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMAXSB Vdq,Wdq */
    public static void pmaxsbVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdAdd.pmaxsb(aLow, bLow);
        long high = SimdAdd.pmaxsb(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMAXSB Vdq,Wdq m */
    public static void pmaxsbVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdAdd.pmaxsb(aLow, bLow);
        long high = SimdAdd.pmaxsb(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMAXSD Vdq,Wdq */
    public static void pmaxsdVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdAdd.pmaxsd(aLow, bLow);
        long high = SimdAdd.pmaxsd(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMAXSD Vdq,Wdq m */
    public static void pmaxsdVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdAdd.pmaxsd(aLow, bLow);
        long high = SimdAdd.pmaxsd(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMAXUW Vdq,Wdq */
    public static void pmaxuwVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdAdd.pmaxuw(aLow, bLow);
        long high = SimdAdd.pmaxuw(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMAXUW Vdq,Wdq m */
    public static void pmaxuwVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdAdd.pmaxuw(aLow, bLow);
        long high = SimdAdd.pmaxuw(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMAXUD Vdq,Wdq */
    public static void pmaxudVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdAdd.pmaxud(aLow, bLow);
        long high = SimdAdd.pmaxud(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMAXUD Vdq,Wdq m */
    public static void pmaxudVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdAdd.pmaxud(aLow, bLow);
        long high = SimdAdd.pmaxud(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMULLD Vdq,Wdq */
    public static void pmulldVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdMultiply.pmulld(aLow, bLow);
        long high = SimdMultiply.pmulld(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMULLD Vdq,Wdq m */
    public static void pmulldVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdMultiply.pmulld(aLow, bLow);
        long high = SimdMultiply.pmulld(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PCMPGTQ Vdq,Wdq */
    public static void pcmpgtqVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdCompare.pcmpgtq(aLow, bLow);
        long high = SimdCompare.pcmpgtq(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PCMPGTQ Vdq,Wdq m */
    public static void pcmpgtqVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdCompare.pcmpgtq(aLow, bLow);
        long high = SimdCompare.pcmpgtq(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PACKUSDW Vdq,Wdq */
    public static void packusdwVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdPack.packusdwLow(aLow, aHigh, bLow, bHigh);
        long high = SimdPack.packusdwHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PACKUSDW Vdq,Wdq m */
    public static void packusdwVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdPack.packusdwLow(aLow, aHigh, bLow, bHigh);
        long high = SimdPack.packusdwHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PHMINPOSUW Vdq,Wdq */
    public static void phminposuwVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.rm];
        long aHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdMultiply.phminposuwLow(aLow, aHigh);
        long high = SimdMultiply.phminposuwHigh(aLow, aHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PHMINPOSUW Vdq,Wdq m */
    public static void phminposuwVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long aLow = c.mmu.read64(lin);
        long aHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdMultiply.phminposuwLow(aLow, aHigh);
        long high = SimdMultiply.phminposuwHigh(aLow, aHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** MPSADBW Vdq,Wdq,Ib */
    public static void mpsadbwVdqWdqIb(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdMultiply.mpsadbwLow(aLow, aHigh, bLow, bHigh, (int) i.imm);
        long high = SimdMultiply.mpsadbwHigh(aLow, aHigh, bLow, bHigh, (int) i.imm);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** MPSADBW Vdq,Wdq,Ib m */
    public static void mpsadbwVdqWdqIbMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdMultiply.mpsadbwLow(aLow, aHigh, bLow, bHigh, (int) i.imm);
        long high = SimdMultiply.mpsadbwHigh(aLow, aHigh, bLow, bHigh, (int) i.imm);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PTEST Vdq,Wdq */
    public static void ptestVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        int result = SimdCompare.ptest(aLow, aHigh, bLow, bHigh);
        c.flagResult = result;
        c.flagCarry = SimdCompare.ptestCarries(aLow, aHigh, bLow, bHigh, result);
    }

    /** PTEST Vdq,Wdq m */
    public static void ptestVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        int result = SimdCompare.ptest(aLow, aHigh, bLow, bHigh);
        c.flagResult = result;
        c.flagCarry = SimdCompare.ptestCarries(aLow, aHigh, bLow, bHigh, result);
    }

    /** ROUNDPS Vps,Wps,Ib */
    public static void roundpsVpsWpsIb(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.rm];
        long aHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SseConvert.roundps(aLow, (int) i.imm, c.fpu);
        long high = SseConvert.roundps(aHigh, (int) i.imm, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** ROUNDPS Vps,Wps,Ib m */
    public static void roundpsVpsWpsIbMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long aLow = c.mmu.read64(lin);
        long aHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SseConvert.roundps(aLow, (int) i.imm, c.fpu);
        long high = SseConvert.roundps(aHigh, (int) i.imm, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** ROUNDPD Vpd,Wpd,Ib */
    public static void roundpdVpdWpdIb(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.rm];
        long aHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SseConvert.roundsd(aLow, (int) i.imm, c.fpu);
        long high = SseConvert.roundsd(aHigh, (int) i.imm, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** ROUNDPD Vpd,Wpd,Ib m */
    public static void roundpdVpdWpdIbMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long aLow = c.mmu.read64(lin);
        long aHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SseConvert.roundsd(aLow, (int) i.imm, c.fpu);
        long high = SseConvert.roundsd(aHigh, (int) i.imm, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** ROUNDSS Vss,Wss,Ib */
    public static void roundssVssWssIb(Cpu c, Insn i) {
        SimdState.checkSse(c);
        int a = (int) c.fpu.xmm[2 * i.rm];
        int result = SseConvert.roundss(a, (int) i.imm, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = c.fpu.xmm[2 * i.reg] & ~0xFFFF_FFFFL | result & 0xFFFF_FFFFL;
    }

    /** ROUNDSS Vss,Wss,Ib m */
    public static void roundssVssWssIbMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = Operands.linearRead(c, i, 4);
        int a = c.mmu.read32(lin);
        int result = SseConvert.roundss(a, (int) i.imm, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = c.fpu.xmm[2 * i.reg] & ~0xFFFF_FFFFL | result & 0xFFFF_FFFFL;
    }

    /** ROUNDSD Vsd,Wsd,Ib */
    public static void roundsdVsdWsdIb(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long a = c.fpu.xmm[2 * i.rm];
        long result = SseConvert.roundsd(a, (int) i.imm, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = result;
    }

    /** ROUNDSD Vsd,Wsd,Ib m */
    public static void roundsdVsdWsdIbMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = Operands.linearRead(c, i, 8);
        long a = c.mmu.read64(lin);
        long result = SseConvert.roundsd(a, (int) i.imm, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = result;
    }

    /** DPPS Vps,Wps,Ib */
    public static void dppsVpsWpsIb(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SseSingle.dppsLow(aLow, aHigh, bLow, bHigh, (int) i.imm, c.fpu);
        long high = SseSingle.dppsHigh(aLow, aHigh, bLow, bHigh, (int) i.imm, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** DPPS Vps,Wps,Ib m */
    public static void dppsVpsWpsIbMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SseSingle.dppsLow(aLow, aHigh, bLow, bHigh, (int) i.imm, c.fpu);
        long high = SseSingle.dppsHigh(aLow, aHigh, bLow, bHigh, (int) i.imm, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** DPPD Vpd,Wpd,Ib */
    public static void dppdVpdWpdIb(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SseDouble.dppdLow(aLow, aHigh, bLow, bHigh, (int) i.imm, c.fpu);
        long high = SseDouble.dppdHigh(aLow, aHigh, bLow, bHigh, (int) i.imm, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** DPPD Vpd,Wpd,Ib m */
    public static void dppdVpdWpdIbMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SseDouble.dppdLow(aLow, aHigh, bLow, bHigh, (int) i.imm, c.fpu);
        long high = SseDouble.dppdHigh(aLow, aHigh, bLow, bHigh, (int) i.imm, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }
}
