package org.terrarium.x86.interp.gen;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.interp.Operands;
import org.terrarium.x86.isa.Insn;
import org.terrarium.x86.sem.SimdAdd;
import org.terrarium.x86.sem.SimdMultiply;
import org.terrarium.x86.sem.SimdPack;
import org.terrarium.x86.sem.SimdShift;
import org.terrarium.x86.sem.SimdShuffle;
import org.terrarium.x86.sem.SimdState;

/** Generated from the instruction table by HandlerGenerator: change the table, not this. */
public final class SseHandlers4 {
    private SseHandlers4() {}

    /** PSLLD Udq,Ib */
    public static void pslldUdqIb(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.rm];
        long aHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdShift.pslld(aLow, (int) i.imm);
        long high = SimdShift.pslld(aHigh, (int) i.imm);
        c.fpu.xmm[2 * i.rm] = low;
        c.fpu.xmm[2 * i.rm + 1] = high;
    }

    /** PSRLQ Udq,Ib */
    public static void psrlqUdqIb(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.rm];
        long aHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdShift.psrlq(aLow, (int) i.imm);
        long high = SimdShift.psrlq(aHigh, (int) i.imm);
        c.fpu.xmm[2 * i.rm] = low;
        c.fpu.xmm[2 * i.rm + 1] = high;
    }

    /** PSLLQ Udq,Ib */
    public static void psllqUdqIb(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.rm];
        long aHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdShift.psllq(aLow, (int) i.imm);
        long high = SimdShift.psllq(aHigh, (int) i.imm);
        c.fpu.xmm[2 * i.rm] = low;
        c.fpu.xmm[2 * i.rm + 1] = high;
    }

    /** PSRLDQ Udq,Ib */
    public static void psrldqUdqIb(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.rm];
        long aHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdShift.psrldqLow(aLow, aHigh, (int) i.imm);
        long high = SimdShift.psrldqHigh(aLow, aHigh, (int) i.imm);
        c.fpu.xmm[2 * i.rm] = low;
        c.fpu.xmm[2 * i.rm + 1] = high;
    }

    /** PSLLDQ Udq,Ib */
    public static void pslldqUdqIb(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.rm];
        long aHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdShift.pslldqLow(aLow, aHigh, (int) i.imm);
        long high = SimdShift.pslldqHigh(aLow, aHigh, (int) i.imm);
        c.fpu.xmm[2 * i.rm] = low;
        c.fpu.xmm[2 * i.rm + 1] = high;
    }

    /** PACKSSWB Vdq,Wdq */
    public static void packsswbVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdPack.packsswbLow(aLow, aHigh, bLow, bHigh);
        long high = SimdPack.packsswbHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PACKSSWB Vdq,Wdq m */
    public static void packsswbVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdPack.packsswbLow(aLow, aHigh, bLow, bHigh);
        long high = SimdPack.packsswbHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PACKUSWB Vdq,Wdq */
    public static void packuswbVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdPack.packuswbLow(aLow, aHigh, bLow, bHigh);
        long high = SimdPack.packuswbHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PACKUSWB Vdq,Wdq m */
    public static void packuswbVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdPack.packuswbLow(aLow, aHigh, bLow, bHigh);
        long high = SimdPack.packuswbHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PACKSSDW Vdq,Wdq */
    public static void packssdwVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdPack.packssdwLow(aLow, aHigh, bLow, bHigh);
        long high = SimdPack.packssdwHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PACKSSDW Vdq,Wdq m */
    public static void packssdwVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdPack.packssdwLow(aLow, aHigh, bLow, bHigh);
        long high = SimdPack.packssdwHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PUNPCKLBW Vdq,Wdq */
    public static void punpcklbwVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdPack.punpcklbwLow(aLow, aHigh, bLow, bHigh);
        long high = SimdPack.punpcklbwHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PUNPCKLBW Vdq,Wdq m */
    public static void punpcklbwVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdPack.punpcklbwLow(aLow, aHigh, bLow, bHigh);
        long high = SimdPack.punpcklbwHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PUNPCKLWD Vdq,Wdq */
    public static void punpcklwdVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdPack.punpcklwdLow(aLow, aHigh, bLow, bHigh);
        long high = SimdPack.punpcklwdHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PUNPCKLWD Vdq,Wdq m */
    public static void punpcklwdVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdPack.punpcklwdLow(aLow, aHigh, bLow, bHigh);
        long high = SimdPack.punpcklwdHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PUNPCKLDQ Vdq,Wdq */
    public static void punpckldqVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdPack.punpckldqLow(aLow, aHigh, bLow, bHigh);
        long high = SimdPack.punpckldqHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PUNPCKLDQ Vdq,Wdq m */
    public static void punpckldqVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdPack.punpckldqLow(aLow, aHigh, bLow, bHigh);
        long high = SimdPack.punpckldqHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PUNPCKHBW Vdq,Wdq */
    public static void punpckhbwVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdPack.punpckhbwLow(aLow, aHigh, bLow, bHigh);
        long high = SimdPack.punpckhbwHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PUNPCKHBW Vdq,Wdq m */
    public static void punpckhbwVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdPack.punpckhbwLow(aLow, aHigh, bLow, bHigh);
        long high = SimdPack.punpckhbwHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PUNPCKHWD Vdq,Wdq */
    public static void punpckhwdVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdPack.punpckhwdLow(aLow, aHigh, bLow, bHigh);
        long high = SimdPack.punpckhwdHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PUNPCKHWD Vdq,Wdq m */
    public static void punpckhwdVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdPack.punpckhwdLow(aLow, aHigh, bLow, bHigh);
        long high = SimdPack.punpckhwdHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PUNPCKHDQ Vdq,Wdq */
    public static void punpckhdqVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdPack.punpckhdqLow(aLow, aHigh, bLow, bHigh);
        long high = SimdPack.punpckhdqHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PUNPCKHDQ Vdq,Wdq m */
    public static void punpckhdqVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdPack.punpckhdqLow(aLow, aHigh, bLow, bHigh);
        long high = SimdPack.punpckhdqHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PUNPCKLQDQ Vdq,Wdq */
    public static void punpcklqdqVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdPack.punpcklqdqLow(aLow, aHigh, bLow, bHigh);
        long high = SimdPack.punpcklqdqHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PUNPCKLQDQ Vdq,Wdq m */
    public static void punpcklqdqVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdPack.punpcklqdqLow(aLow, aHigh, bLow, bHigh);
        long high = SimdPack.punpcklqdqHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PUNPCKHQDQ Vdq,Wdq */
    public static void punpckhqdqVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdPack.punpckhqdqLow(aLow, aHigh, bLow, bHigh);
        long high = SimdPack.punpckhqdqHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PUNPCKHQDQ Vdq,Wdq m */
    public static void punpckhqdqVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdPack.punpckhqdqLow(aLow, aHigh, bLow, bHigh);
        long high = SimdPack.punpckhqdqHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** UNPCKLPS Vps,Wps */
    public static void unpcklpsVpsWps(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdPack.punpckldqLow(aLow, aHigh, bLow, bHigh);
        long high = SimdPack.punpckldqHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** UNPCKLPS Vps,Wps m */
    public static void unpcklpsVpsWpsMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdPack.punpckldqLow(aLow, aHigh, bLow, bHigh);
        long high = SimdPack.punpckldqHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** UNPCKHPS Vps,Wps */
    public static void unpckhpsVpsWps(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdPack.punpckhdqLow(aLow, aHigh, bLow, bHigh);
        long high = SimdPack.punpckhdqHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** UNPCKHPS Vps,Wps m */
    public static void unpckhpsVpsWpsMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdPack.punpckhdqLow(aLow, aHigh, bLow, bHigh);
        long high = SimdPack.punpckhdqHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** UNPCKLPD Vpd,Wpd */
    public static void unpcklpdVpdWpd(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdPack.punpcklqdqLow(aLow, aHigh, bLow, bHigh);
        long high = SimdPack.punpcklqdqHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** UNPCKLPD Vpd,Wpd m */
    public static void unpcklpdVpdWpdMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdPack.punpcklqdqLow(aLow, aHigh, bLow, bHigh);
        long high = SimdPack.punpcklqdqHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** UNPCKHPD Vpd,Wpd */
    public static void unpckhpdVpdWpd(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdPack.punpckhqdqLow(aLow, aHigh, bLow, bHigh);
        long high = SimdPack.punpckhqdqHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** UNPCKHPD Vpd,Wpd m */
    public static void unpckhpdVpdWpdMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdPack.punpckhqdqLow(aLow, aHigh, bLow, bHigh);
        long high = SimdPack.punpckhqdqHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** SHUFPS Vps,Wps,Ib */
    public static void shufpsVpsWpsIb(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdShuffle.shufpsLow(aLow, aHigh, bLow, bHigh, (int) i.imm);
        long high = SimdShuffle.shufpsHigh(aLow, aHigh, bLow, bHigh, (int) i.imm);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** SHUFPS Vps,Wps,Ib m */
    public static void shufpsVpsWpsIbMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdShuffle.shufpsLow(aLow, aHigh, bLow, bHigh, (int) i.imm);
        long high = SimdShuffle.shufpsHigh(aLow, aHigh, bLow, bHigh, (int) i.imm);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** SHUFPD Vpd,Wpd,Ib */
    public static void shufpdVpdWpdIb(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdShuffle.shufpdLow(aLow, aHigh, bLow, bHigh, (int) i.imm);
        long high = SimdShuffle.shufpdHigh(aLow, aHigh, bLow, bHigh, (int) i.imm);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** SHUFPD Vpd,Wpd,Ib m */
    public static void shufpdVpdWpdIbMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdShuffle.shufpdLow(aLow, aHigh, bLow, bHigh, (int) i.imm);
        long high = SimdShuffle.shufpdHigh(aLow, aHigh, bLow, bHigh, (int) i.imm);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PSHUFD Vdq,Wdq,Ib */
    public static void pshufdVdqWdqIb(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.rm];
        long aHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdShuffle.pshufdLow(aLow, aHigh, (int) i.imm);
        long high = SimdShuffle.pshufdHigh(aLow, aHigh, (int) i.imm);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PSHUFD Vdq,Wdq,Ib m */
    public static void pshufdVdqWdqIbMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long aLow = c.mmu.read64(lin);
        long aHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdShuffle.pshufdLow(aLow, aHigh, (int) i.imm);
        long high = SimdShuffle.pshufdHigh(aLow, aHigh, (int) i.imm);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PSHUFHW Vdq,Wdq,Ib */
    public static void pshufhwVdqWdqIb(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.rm];
        long aHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdShuffle.pshufhwLow(aLow, aHigh, (int) i.imm);
        long high = SimdShuffle.pshufhwHigh(aLow, aHigh, (int) i.imm);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PSHUFHW Vdq,Wdq,Ib m */
    public static void pshufhwVdqWdqIbMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long aLow = c.mmu.read64(lin);
        long aHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdShuffle.pshufhwLow(aLow, aHigh, (int) i.imm);
        long high = SimdShuffle.pshufhwHigh(aLow, aHigh, (int) i.imm);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PSHUFLW Vdq,Wdq,Ib */
    public static void pshuflwVdqWdqIb(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.rm];
        long aHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdShuffle.pshuflwLow(aLow, aHigh, (int) i.imm);
        long high = SimdShuffle.pshuflwHigh(aLow, aHigh, (int) i.imm);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PSHUFLW Vdq,Wdq,Ib m */
    public static void pshuflwVdqWdqIbMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long aLow = c.mmu.read64(lin);
        long aHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdShuffle.pshuflwLow(aLow, aHigh, (int) i.imm);
        long high = SimdShuffle.pshuflwHigh(aLow, aHigh, (int) i.imm);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PINSRW Vdq,Rd,Ib */
    public static void pinsrwVdqRdIb(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        int b = (int) c.gpr[i.rm];
        long low = SimdShuffle.pinsrwLow(aLow, aHigh, b, (int) i.imm);
        long high = SimdShuffle.pinsrwHigh(aLow, aHigh, b, (int) i.imm);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PINSRW Vdq,Mw,Ib m */
    public static void pinsrwVdqMwIbMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = Operands.linearRead(c, i, 2);
        int b = c.mmu.read16(lin);
        long low = SimdShuffle.pinsrwLow(aLow, aHigh, b, (int) i.imm);
        long high = SimdShuffle.pinsrwHigh(aLow, aHigh, b, (int) i.imm);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PEXTRW Gd,Udq,Ib */
    public static void pextrwGdUdqIb(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.rm];
        long aHigh = c.fpu.xmm[2 * i.rm + 1];
        int result = SimdShuffle.pextrw(aLow, aHigh, (int) i.imm);
        c.gpr[i.reg] = result & 0xFFFF_FFFFL;
    }

    /** PABSB Vdq,Wdq */
    public static void pabsbVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.rm];
        long aHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdAdd.pabsb(aLow);
        long high = SimdAdd.pabsb(aHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PABSB Vdq,Wdq m */
    public static void pabsbVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long aLow = c.mmu.read64(lin);
        long aHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdAdd.pabsb(aLow);
        long high = SimdAdd.pabsb(aHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PABSW Vdq,Wdq */
    public static void pabswVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.rm];
        long aHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdAdd.pabsw(aLow);
        long high = SimdAdd.pabsw(aHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PABSW Vdq,Wdq m */
    public static void pabswVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long aLow = c.mmu.read64(lin);
        long aHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdAdd.pabsw(aLow);
        long high = SimdAdd.pabsw(aHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PABSD Vdq,Wdq */
    public static void pabsdVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.rm];
        long aHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdAdd.pabsd(aLow);
        long high = SimdAdd.pabsd(aHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PABSD Vdq,Wdq m */
    public static void pabsdVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long aLow = c.mmu.read64(lin);
        long aHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdAdd.pabsd(aLow);
        long high = SimdAdd.pabsd(aHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PSIGNB Vdq,Wdq */
    public static void psignbVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdAdd.psignb(aLow, bLow);
        long high = SimdAdd.psignb(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PSIGNB Vdq,Wdq m */
    public static void psignbVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdAdd.psignb(aLow, bLow);
        long high = SimdAdd.psignb(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PSIGNW Vdq,Wdq */
    public static void psignwVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdAdd.psignw(aLow, bLow);
        long high = SimdAdd.psignw(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PSIGNW Vdq,Wdq m */
    public static void psignwVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdAdd.psignw(aLow, bLow);
        long high = SimdAdd.psignw(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PSIGND Vdq,Wdq */
    public static void psigndVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdAdd.psignd(aLow, bLow);
        long high = SimdAdd.psignd(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PSIGND Vdq,Wdq m */
    public static void psigndVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdAdd.psignd(aLow, bLow);
        long high = SimdAdd.psignd(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PHADDW Vdq,Wdq */
    public static void phaddwVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdAdd.phaddwLow(aLow, aHigh, bLow, bHigh);
        long high = SimdAdd.phaddwHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PHADDW Vdq,Wdq m */
    public static void phaddwVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdAdd.phaddwLow(aLow, aHigh, bLow, bHigh);
        long high = SimdAdd.phaddwHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PHADDD Vdq,Wdq */
    public static void phadddVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdAdd.phadddLow(aLow, aHigh, bLow, bHigh);
        long high = SimdAdd.phadddHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PHADDD Vdq,Wdq m */
    public static void phadddVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdAdd.phadddLow(aLow, aHigh, bLow, bHigh);
        long high = SimdAdd.phadddHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PHADDSW Vdq,Wdq */
    public static void phaddswVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdAdd.phaddswLow(aLow, aHigh, bLow, bHigh);
        long high = SimdAdd.phaddswHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PHADDSW Vdq,Wdq m */
    public static void phaddswVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdAdd.phaddswLow(aLow, aHigh, bLow, bHigh);
        long high = SimdAdd.phaddswHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PHSUBW Vdq,Wdq */
    public static void phsubwVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdAdd.phsubwLow(aLow, aHigh, bLow, bHigh);
        long high = SimdAdd.phsubwHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PHSUBW Vdq,Wdq m */
    public static void phsubwVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdAdd.phsubwLow(aLow, aHigh, bLow, bHigh);
        long high = SimdAdd.phsubwHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PHSUBD Vdq,Wdq */
    public static void phsubdVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdAdd.phsubdLow(aLow, aHigh, bLow, bHigh);
        long high = SimdAdd.phsubdHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PHSUBD Vdq,Wdq m */
    public static void phsubdVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdAdd.phsubdLow(aLow, aHigh, bLow, bHigh);
        long high = SimdAdd.phsubdHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PHSUBSW Vdq,Wdq */
    public static void phsubswVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdAdd.phsubswLow(aLow, aHigh, bLow, bHigh);
        long high = SimdAdd.phsubswHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PHSUBSW Vdq,Wdq m */
    public static void phsubswVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdAdd.phsubswLow(aLow, aHigh, bLow, bHigh);
        long high = SimdAdd.phsubswHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PSHUFB Vdq,Wdq */
    public static void pshufbVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdShuffle.pshufbLow(aLow, aHigh, bLow, bHigh);
        long high = SimdShuffle.pshufbHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PSHUFB Vdq,Wdq m */
    public static void pshufbVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdShuffle.pshufbLow(aLow, aHigh, bLow, bHigh);
        long high = SimdShuffle.pshufbHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMADDUBSW Vdq,Wdq */
    public static void pmaddubswVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdMultiply.pmaddubsw(aLow, bLow);
        long high = SimdMultiply.pmaddubsw(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMADDUBSW Vdq,Wdq m */
    public static void pmaddubswVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdMultiply.pmaddubsw(aLow, bLow);
        long high = SimdMultiply.pmaddubsw(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMULHRSW Vdq,Wdq */
    public static void pmulhrswVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdMultiply.pmulhrsw(aLow, bLow);
        long high = SimdMultiply.pmulhrsw(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMULHRSW Vdq,Wdq m */
    public static void pmulhrswVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdMultiply.pmulhrsw(aLow, bLow);
        long high = SimdMultiply.pmulhrsw(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PALIGNR Vdq,Wdq,Ib */
    public static void palignrVdqWdqIb(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdShift.palignrLow(aLow, aHigh, bLow, bHigh, (int) i.imm);
        long high = SimdShift.palignrHigh(aLow, aHigh, bLow, bHigh, (int) i.imm);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PALIGNR Vdq,Wdq,Ib m */
    public static void palignrVdqWdqIbMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdShift.palignrLow(aLow, aHigh, bLow, bHigh, (int) i.imm);
        long high = SimdShift.palignrHigh(aLow, aHigh, bLow, bHigh, (int) i.imm);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }
}
