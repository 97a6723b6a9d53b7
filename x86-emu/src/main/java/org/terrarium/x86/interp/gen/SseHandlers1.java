package org.terrarium.x86.interp.gen;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.interp.Operands;
import org.terrarium.x86.isa.Insn;
import org.terrarium.x86.sem.SimdCompare;
import org.terrarium.x86.sem.SimdState;
import org.terrarium.x86.sem.SseDouble;
import org.terrarium.x86.sem.SseMove;
import org.terrarium.x86.sem.SseSingle;

/** Generated from the instruction table by HandlerGenerator: change the table, not this. */
public final class SseHandlers1 {
    private SseHandlers1() {}

    /** MOVUPS Vps,Wps */
    public static void movupsVpsWps(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.rm];
        long aHigh = c.fpu.xmm[2 * i.rm + 1];
        c.fpu.xmm[2 * i.reg] = aLow;
        c.fpu.xmm[2 * i.reg + 1] = aHigh;
    }

    /** MOVUPS Vps,Wps m */
    public static void movupsVpsWpsMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = Operands.linearRead(c, i, 16);
        long aLow = c.mmu.read64(lin);
        long aHigh = c.mmu.read64(lin + 8 & c.linearMask);
        c.fpu.xmm[2 * i.reg] = aLow;
        c.fpu.xmm[2 * i.reg + 1] = aHigh;
    }

    /** MOVUPS Wps,Vps */
    public static void movupsWpsVps(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        c.fpu.xmm[2 * i.rm] = aLow;
        c.fpu.xmm[2 * i.rm + 1] = aHigh;
    }

    /** MOVUPS Wps,Vps m */
    public static void movupsWpsVpsMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = Operands.linearWrite(c, i, 16);
        Operands.write128(c, lin, aLow, aHigh);
    }

    /** MOVUPD Vpd,Wpd */
    public static void movupdVpdWpd(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.rm];
        long aHigh = c.fpu.xmm[2 * i.rm + 1];
        c.fpu.xmm[2 * i.reg] = aLow;
        c.fpu.xmm[2 * i.reg + 1] = aHigh;
    }

    /** MOVUPD Vpd,Wpd m */
    public static void movupdVpdWpdMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = Operands.linearRead(c, i, 16);
        long aLow = c.mmu.read64(lin);
        long aHigh = c.mmu.read64(lin + 8 & c.linearMask);
        c.fpu.xmm[2 * i.reg] = aLow;
        c.fpu.xmm[2 * i.reg + 1] = aHigh;
    }

    /** MOVUPD Wpd,Vpd */
    public static void movupdWpdVpd(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        c.fpu.xmm[2 * i.rm] = aLow;
        c.fpu.xmm[2 * i.rm + 1] = aHigh;
    }

    /** MOVUPD Wpd,Vpd m */
    public static void movupdWpdVpdMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = Operands.linearWrite(c, i, 16);
        Operands.write128(c, lin, aLow, aHigh);
    }

    /** MOVAPS Vps,Wps */
    public static void movapsVpsWps(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.rm];
        long aHigh = c.fpu.xmm[2 * i.rm + 1];
        c.fpu.xmm[2 * i.reg] = aLow;
        c.fpu.xmm[2 * i.reg + 1] = aHigh;
    }

    /** MOVAPS Vps,Wps m */
    public static void movapsVpsWpsMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long aLow = c.mmu.read64(lin);
        long aHigh = c.mmu.read64(lin + 8 & c.linearMask);
        c.fpu.xmm[2 * i.reg] = aLow;
        c.fpu.xmm[2 * i.reg + 1] = aHigh;
    }

    /** MOVAPS Wps,Vps */
    public static void movapsWpsVps(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        c.fpu.xmm[2 * i.rm] = aLow;
        c.fpu.xmm[2 * i.rm + 1] = aHigh;
    }

    /** MOVAPS Wps,Vps m */
    public static void movapsWpsVpsMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearWrite(c, i, 16));
        Operands.write128(c, lin, aLow, aHigh);
    }

    /** MOVAPD Vpd,Wpd */
    public static void movapdVpdWpd(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.rm];
        long aHigh = c.fpu.xmm[2 * i.rm + 1];
        c.fpu.xmm[2 * i.reg] = aLow;
        c.fpu.xmm[2 * i.reg + 1] = aHigh;
    }

    /** MOVAPD Vpd,Wpd m */
    public static void movapdVpdWpdMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long aLow = c.mmu.read64(lin);
        long aHigh = c.mmu.read64(lin + 8 & c.linearMask);
        c.fpu.xmm[2 * i.reg] = aLow;
        c.fpu.xmm[2 * i.reg + 1] = aHigh;
    }

    /** MOVAPD Wpd,Vpd */
    public static void movapdWpdVpd(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        c.fpu.xmm[2 * i.rm] = aLow;
        c.fpu.xmm[2 * i.rm + 1] = aHigh;
    }

    /** MOVAPD Wpd,Vpd m */
    public static void movapdWpdVpdMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearWrite(c, i, 16));
        Operands.write128(c, lin, aLow, aHigh);
    }

    /** MOVDQA Vdq,Wdq */
    public static void movdqaVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.rm];
        long aHigh = c.fpu.xmm[2 * i.rm + 1];
        c.fpu.xmm[2 * i.reg] = aLow;
        c.fpu.xmm[2 * i.reg + 1] = aHigh;
    }

    /** MOVDQA Vdq,Wdq m */
    public static void movdqaVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long aLow = c.mmu.read64(lin);
        long aHigh = c.mmu.read64(lin + 8 & c.linearMask);
        c.fpu.xmm[2 * i.reg] = aLow;
        c.fpu.xmm[2 * i.reg + 1] = aHigh;
    }

    /** MOVDQA Wdq,Vdq */
    public static void movdqaWdqVdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        c.fpu.xmm[2 * i.rm] = aLow;
        c.fpu.xmm[2 * i.rm + 1] = aHigh;
    }

    /** MOVDQA Wdq,Vdq m */
    public static void movdqaWdqVdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearWrite(c, i, 16));
        Operands.write128(c, lin, aLow, aHigh);
    }

    /** MOVDQU Vdq,Wdq */
    public static void movdquVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.rm];
        long aHigh = c.fpu.xmm[2 * i.rm + 1];
        c.fpu.xmm[2 * i.reg] = aLow;
        c.fpu.xmm[2 * i.reg + 1] = aHigh;
    }

    /** MOVDQU Vdq,Wdq m */
    public static void movdquVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = Operands.linearRead(c, i, 16);
        long aLow = c.mmu.read64(lin);
        long aHigh = c.mmu.read64(lin + 8 & c.linearMask);
        c.fpu.xmm[2 * i.reg] = aLow;
        c.fpu.xmm[2 * i.reg + 1] = aHigh;
    }

    /** MOVDQU Wdq,Vdq */
    public static void movdquWdqVdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        c.fpu.xmm[2 * i.rm] = aLow;
        c.fpu.xmm[2 * i.rm + 1] = aHigh;
    }

    /** MOVDQU Wdq,Vdq m */
    public static void movdquWdqVdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = Operands.linearWrite(c, i, 16);
        Operands.write128(c, lin, aLow, aHigh);
    }

    /** LDDQU Vdq,Mdq m */
    public static void lddquVdqMdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = Operands.linearRead(c, i, 16);
        long aLow = c.mmu.read64(lin);
        long aHigh = c.mmu.read64(lin + 8 & c.linearMask);
        c.fpu.xmm[2 * i.reg] = aLow;
        c.fpu.xmm[2 * i.reg + 1] = aHigh;
    }

    /** MOVNTPS Mps,Vps m */
    public static void movntpsMpsVpsMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearWrite(c, i, 16));
        Operands.write128(c, lin, aLow, aHigh);
    }

    /** MOVNTPD Mpd,Vpd m */
    public static void movntpdMpdVpdMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearWrite(c, i, 16));
        Operands.write128(c, lin, aLow, aHigh);
    }

    /** MOVNTDQ Mdq,Vdq m */
    public static void movntdqMdqVdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearWrite(c, i, 16));
        Operands.write128(c, lin, aLow, aHigh);
    }

    /** MOVSS Vss,Wss */
    public static void movssVssWss(Cpu c, Insn i) {
        SimdState.checkSse(c);
        int a = (int) c.fpu.xmm[2 * i.rm];
        c.fpu.xmm[2 * i.reg] = c.fpu.xmm[2 * i.reg] & ~0xFFFF_FFFFL | a & 0xFFFF_FFFFL;
    }

    /** MOVSS Vss,Wss m */
    public static void movssVssWssMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = Operands.linearRead(c, i, 4);
        int a = c.mmu.read32(lin);
        c.fpu.xmm[2 * i.reg] = a & 0xFFFF_FFFFL;
        c.fpu.xmm[2 * i.reg + 1] = 0;
    }

    /** MOVSS Wss,Vss */
    public static void movssWssVss(Cpu c, Insn i) {
        SimdState.checkSse(c);
        int a = (int) c.fpu.xmm[2 * i.reg];
        c.fpu.xmm[2 * i.rm] = c.fpu.xmm[2 * i.rm] & ~0xFFFF_FFFFL | a & 0xFFFF_FFFFL;
    }

    /** MOVSS Wss,Vss m */
    public static void movssWssVssMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        int a = (int) c.fpu.xmm[2 * i.reg];
        long lin = Operands.linearWrite(c, i, 4);
        c.mmu.write32(lin, a);
    }

    /** MOVSD Vsd,Wsd */
    public static void movsdVsdWsd(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long a = c.fpu.xmm[2 * i.rm];
        c.fpu.xmm[2 * i.reg] = a;
    }

    /** MOVSD Vsd,Wsd m */
    public static void movsdVsdWsdMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = Operands.linearRead(c, i, 8);
        long a = c.mmu.read64(lin);
        c.fpu.xmm[2 * i.reg] = a;
        c.fpu.xmm[2 * i.reg + 1] = 0;
    }

    /** MOVSD Wsd,Vsd */
    public static void movsdWsdVsd(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long a = c.fpu.xmm[2 * i.reg];
        c.fpu.xmm[2 * i.rm] = a;
    }

    /** MOVSD Wsd,Vsd m */
    public static void movsdWsdVsdMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long a = c.fpu.xmm[2 * i.reg];
        long lin = Operands.linearWrite(c, i, 8);
        c.mmu.write64(lin, a);
    }

    /** MOVQ Vdq,Wq */
    public static void movqVdqWq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long a = c.fpu.xmm[2 * i.rm];
        long low = SseMove.zeroExtendLow(a);
        long high = SseMove.zeroExtendHigh(a);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** MOVQ Vdq,Wq m */
    public static void movqVdqWqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = Operands.linearRead(c, i, 8);
        long a = c.mmu.read64(lin);
        long low = SseMove.zeroExtendLow(a);
        long high = SseMove.zeroExtendHigh(a);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** MOVQ Mq,Vq m */
    public static void movqMqVqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long a = c.fpu.xmm[2 * i.reg];
        long lin = Operands.linearWrite(c, i, 8);
        c.mmu.write64(lin, a);
    }

    /** MOVQ Udq,Vq */
    public static void movqUdqVq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long a = c.fpu.xmm[2 * i.reg];
        long low = SseMove.zeroExtendLow(a);
        long high = SseMove.zeroExtendHigh(a);
        c.fpu.xmm[2 * i.rm] = low;
        c.fpu.xmm[2 * i.rm + 1] = high;
    }

    /** MOVD Vdq,Ed */
    public static void movdVdqEd(Cpu c, Insn i) {
        SimdState.checkSse(c);
        int a = (int) c.gpr[i.rm];
        long low = SseMove.zeroExtendLow(a & 0xFFFF_FFFFL);
        long high = SseMove.zeroExtendHigh(a & 0xFFFF_FFFFL);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** MOVD Vdq,Ed m */
    public static void movdVdqEdMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = Operands.linearRead(c, i, 4);
        int a = c.mmu.read32(lin);
        long low = SseMove.zeroExtendLow(a & 0xFFFF_FFFFL);
        long high = SseMove.zeroExtendHigh(a & 0xFFFF_FFFFL);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** MOVQ Vdq,Eq */
    public static void movqVdqEq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long a = c.gpr[i.rm];
        long low = SseMove.zeroExtendLow(a);
        long high = SseMove.zeroExtendHigh(a);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** MOVQ Vdq,Eq m */
    public static void movqVdqEqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = Operands.linearRead(c, i, 8);
        long a = c.mmu.read64(lin);
        long low = SseMove.zeroExtendLow(a);
        long high = SseMove.zeroExtendHigh(a);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** MOVD Ed,Vd */
    public static void movdEdVd(Cpu c, Insn i) {
        SimdState.checkSse(c);
        int a = (int) c.fpu.xmm[2 * i.reg];
        c.gpr[i.rm] = a & 0xFFFF_FFFFL;
    }

    /** MOVD Ed,Vd m */
    public static void movdEdVdMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        int a = (int) c.fpu.xmm[2 * i.reg];
        long lin = Operands.linearWrite(c, i, 4);
        c.mmu.write32(lin, a);
    }

    /** MOVQ Eq,Vq */
    public static void movqEqVq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long a = c.fpu.xmm[2 * i.reg];
        c.gpr[i.rm] = a;
    }

    /** MOVQ Eq,Vq m */
    public static void movqEqVqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long a = c.fpu.xmm[2 * i.reg];
        long lin = Operands.linearWrite(c, i, 8);
        c.mmu.write64(lin, a);
    }

    /** MOVLPS Vdq,Mq m */
    public static void movlpsVdqMqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long low = SseMove.movlpsLow(aLow, aHigh, b);
        long high = SseMove.movlpsHigh(aLow, aHigh, b);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** MOVLPD Vdq,Mq m */
    public static void movlpdVdqMqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long low = SseMove.movlpsLow(aLow, aHigh, b);
        long high = SseMove.movlpsHigh(aLow, aHigh, b);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** MOVLPS Mq,Vq m */
    public static void movlpsMqVqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long a = c.fpu.xmm[2 * i.reg];
        long lin = Operands.linearWrite(c, i, 8);
        c.mmu.write64(lin, a);
    }

    /** MOVLPD Mq,Vq m */
    public static void movlpdMqVqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long a = c.fpu.xmm[2 * i.reg];
        long lin = Operands.linearWrite(c, i, 8);
        c.mmu.write64(lin, a);
    }

    /** MOVHLPS Vdq,Udq */
    public static void movhlpsVdqUdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SseMove.movhlpsLow(aLow, aHigh, bLow, bHigh);
        long high = SseMove.movhlpsHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** MOVHPS Vdq,Mq m */
    public static void movhpsVdqMqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long low = SseMove.movhpsLow(aLow, aHigh, b);
        long high = SseMove.movhpsHigh(aLow, aHigh, b);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** MOVHPD Vdq,Mq m */
    public static void movhpdVdqMqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long low = SseMove.movhpsLow(aLow, aHigh, b);
        long high = SseMove.movhpsHigh(aLow, aHigh, b);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** MOVHPS Mq,Vdq m */
    public static void movhpsMqVdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long result = SseMove.upperHalf(aLow, aHigh);
        long lin = Operands.linearWrite(c, i, 8);
        c.mmu.write64(lin, result);
    }

    /** MOVHPD Mq,Vdq m */
    public static void movhpdMqVdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long result = SseMove.upperHalf(aLow, aHigh);
        long lin = Operands.linearWrite(c, i, 8);
        c.mmu.write64(lin, result);
    }

    /** MOVLHPS Vdq,Uq */
    public static void movlhpsVdqUq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long b = c.fpu.xmm[2 * i.rm];
        long low = SseMove.movhpsLow(aLow, aHigh, b);
        long high = SseMove.movhpsHigh(aLow, aHigh, b);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** MOVSLDUP Vps,Wps */
    public static void movsldupVpsWps(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.rm];
        long aHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SseMove.movsldup(aLow);
        long high = SseMove.movsldup(aHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** MOVSLDUP Vps,Wps m */
    public static void movsldupVpsWpsMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long aLow = c.mmu.read64(lin);
        long aHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SseMove.movsldup(aLow);
        long high = SseMove.movsldup(aHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** MOVSHDUP Vps,Wps */
    public static void movshdupVpsWps(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.rm];
        long aHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SseMove.movshdup(aLow);
        long high = SseMove.movshdup(aHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** MOVSHDUP Vps,Wps m */
    public static void movshdupVpsWpsMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long aLow = c.mmu.read64(lin);
        long aHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SseMove.movshdup(aLow);
        long high = SseMove.movshdup(aHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** MOVDDUP Vdq,Wq */
    public static void movddupVdqWq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long a = c.fpu.xmm[2 * i.rm];
        long low = SseMove.movddupLow(a);
        long high = SseMove.movddupHigh(a);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** MOVDDUP Vdq,Wq m */
    public static void movddupVdqWqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = Operands.linearRead(c, i, 8);
        long a = c.mmu.read64(lin);
        long low = SseMove.movddupLow(a);
        long high = SseMove.movddupHigh(a);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** MOVQ2DQ Vdq,Nq */
    public static void movq2dqVdqNq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.rm];
        long low = SseMove.zeroExtendLow(a);
        long high = SseMove.zeroExtendHigh(a);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
        SimdState.enterMmx(c.fpu);
    }

    /** MOVDQ2Q Pq,Uq */
    public static void movdq2qPqUq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        SimdState.checkMmx(c);
        long a = c.fpu.xmm[2 * i.rm];
        SimdState.writeMmx(c.fpu, i.reg, a);
        SimdState.enterMmx(c.fpu);
    }

    /** MOVMSKPS Gd,Ups */
    public static void movmskpsGdUps(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.rm];
        long aHigh = c.fpu.xmm[2 * i.rm + 1];
        int result = SimdCompare.movmskps(aLow, aHigh);
        c.gpr[i.reg] = result & 0xFFFF_FFFFL;
    }

    /** MOVMSKPD Gd,Upd */
    public static void movmskpdGdUpd(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.rm];
        long aHigh = c.fpu.xmm[2 * i.rm + 1];
        int result = SimdCompare.movmskpd(aLow, aHigh);
        c.gpr[i.reg] = result & 0xFFFF_FFFFL;
    }

    /** PMOVMSKB Gd,Udq */
    public static void pmovmskbGdUdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.rm];
        long aHigh = c.fpu.xmm[2 * i.rm + 1];
        int result = SimdCompare.pmovmskb(aLow, aHigh);
        c.gpr[i.reg] = result & 0xFFFF_FFFFL;
    }

    /** ADDPS Vps,Wps */
    public static void addpsVpsWps(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SseSingle.addps(aLow, bLow, c.fpu);
        long high = SseSingle.addps(aHigh, bHigh, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** ADDPS Vps,Wps m */
    public static void addpsVpsWpsMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SseSingle.addps(aLow, bLow, c.fpu);
        long high = SseSingle.addps(aHigh, bHigh, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** ADDPD Vpd,Wpd */
    public static void addpdVpdWpd(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SseDouble.addsd(aLow, bLow, c.fpu);
        long high = SseDouble.addsd(aHigh, bHigh, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** ADDPD Vpd,Wpd m */
    public static void addpdVpdWpdMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SseDouble.addsd(aLow, bLow, c.fpu);
        long high = SseDouble.addsd(aHigh, bHigh, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** ADDSS Vss,Wss */
    public static void addssVssWss(Cpu c, Insn i) {
        SimdState.checkSse(c);
        int a = (int) c.fpu.xmm[2 * i.reg];
        int b = (int) c.fpu.xmm[2 * i.rm];
        int result = SseSingle.addss(a, b, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = c.fpu.xmm[2 * i.reg] & ~0xFFFF_FFFFL | result & 0xFFFF_FFFFL;
    }

    /** ADDSS Vss,Wss m */
    public static void addssVssWssMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        int a = (int) c.fpu.xmm[2 * i.reg];
        long lin = Operands.linearRead(c, i, 4);
        int b = c.mmu.read32(lin);
        int result = SseSingle.addss(a, b, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = c.fpu.xmm[2 * i.reg] & ~0xFFFF_FFFFL | result & 0xFFFF_FFFFL;
    }

    /** ADDSD Vsd,Wsd */
    public static void addsdVsdWsd(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long a = c.fpu.xmm[2 * i.reg];
        long b = c.fpu.xmm[2 * i.rm];
        long result = SseDouble.addsd(a, b, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = result;
    }

    /** ADDSD Vsd,Wsd m */
    public static void addsdVsdWsdMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long a = c.fpu.xmm[2 * i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SseDouble.addsd(a, b, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = result;
    }

    /** MULPS Vps,Wps */
    public static void mulpsVpsWps(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SseSingle.mulps(aLow, bLow, c.fpu);
        long high = SseSingle.mulps(aHigh, bHigh, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** MULPS Vps,Wps m */
    public static void mulpsVpsWpsMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SseSingle.mulps(aLow, bLow, c.fpu);
        long high = SseSingle.mulps(aHigh, bHigh, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** MULPD Vpd,Wpd */
    public static void mulpdVpdWpd(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SseDouble.mulsd(aLow, bLow, c.fpu);
        long high = SseDouble.mulsd(aHigh, bHigh, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** MULPD Vpd,Wpd m */
    public static void mulpdVpdWpdMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SseDouble.mulsd(aLow, bLow, c.fpu);
        long high = SseDouble.mulsd(aHigh, bHigh, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** MULSS Vss,Wss */
    public static void mulssVssWss(Cpu c, Insn i) {
        SimdState.checkSse(c);
        int a = (int) c.fpu.xmm[2 * i.reg];
        int b = (int) c.fpu.xmm[2 * i.rm];
        int result = SseSingle.mulss(a, b, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = c.fpu.xmm[2 * i.reg] & ~0xFFFF_FFFFL | result & 0xFFFF_FFFFL;
    }

    /** MULSS Vss,Wss m */
    public static void mulssVssWssMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        int a = (int) c.fpu.xmm[2 * i.reg];
        long lin = Operands.linearRead(c, i, 4);
        int b = c.mmu.read32(lin);
        int result = SseSingle.mulss(a, b, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = c.fpu.xmm[2 * i.reg] & ~0xFFFF_FFFFL | result & 0xFFFF_FFFFL;
    }

    /** MULSD Vsd,Wsd */
    public static void mulsdVsdWsd(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long a = c.fpu.xmm[2 * i.reg];
        long b = c.fpu.xmm[2 * i.rm];
        long result = SseDouble.mulsd(a, b, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = result;
    }

    /** MULSD Vsd,Wsd m */
    public static void mulsdVsdWsdMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long a = c.fpu.xmm[2 * i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SseDouble.mulsd(a, b, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = result;
    }

    /** SUBPS Vps,Wps */
    public static void subpsVpsWps(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SseSingle.subps(aLow, bLow, c.fpu);
        long high = SseSingle.subps(aHigh, bHigh, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** SUBPS Vps,Wps m */
    public static void subpsVpsWpsMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SseSingle.subps(aLow, bLow, c.fpu);
        long high = SseSingle.subps(aHigh, bHigh, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** SUBPD Vpd,Wpd */
    public static void subpdVpdWpd(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SseDouble.subsd(aLow, bLow, c.fpu);
        long high = SseDouble.subsd(aHigh, bHigh, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** SUBPD Vpd,Wpd m */
    public static void subpdVpdWpdMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SseDouble.subsd(aLow, bLow, c.fpu);
        long high = SseDouble.subsd(aHigh, bHigh, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** SUBSS Vss,Wss */
    public static void subssVssWss(Cpu c, Insn i) {
        SimdState.checkSse(c);
        int a = (int) c.fpu.xmm[2 * i.reg];
        int b = (int) c.fpu.xmm[2 * i.rm];
        int result = SseSingle.subss(a, b, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = c.fpu.xmm[2 * i.reg] & ~0xFFFF_FFFFL | result & 0xFFFF_FFFFL;
    }

    /** SUBSS Vss,Wss m */
    public static void subssVssWssMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        int a = (int) c.fpu.xmm[2 * i.reg];
        long lin = Operands.linearRead(c, i, 4);
        int b = c.mmu.read32(lin);
        int result = SseSingle.subss(a, b, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = c.fpu.xmm[2 * i.reg] & ~0xFFFF_FFFFL | result & 0xFFFF_FFFFL;
    }

    /** SUBSD Vsd,Wsd */
    public static void subsdVsdWsd(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long a = c.fpu.xmm[2 * i.reg];
        long b = c.fpu.xmm[2 * i.rm];
        long result = SseDouble.subsd(a, b, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = result;
    }

    /** SUBSD Vsd,Wsd m */
    public static void subsdVsdWsdMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long a = c.fpu.xmm[2 * i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SseDouble.subsd(a, b, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = result;
    }

    /** MINPS Vps,Wps */
    public static void minpsVpsWps(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SseSingle.minps(aLow, bLow, c.fpu);
        long high = SseSingle.minps(aHigh, bHigh, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** MINPS Vps,Wps m */
    public static void minpsVpsWpsMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SseSingle.minps(aLow, bLow, c.fpu);
        long high = SseSingle.minps(aHigh, bHigh, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** MINPD Vpd,Wpd */
    public static void minpdVpdWpd(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SseDouble.minsd(aLow, bLow, c.fpu);
        long high = SseDouble.minsd(aHigh, bHigh, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** MINPD Vpd,Wpd m */
    public static void minpdVpdWpdMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SseDouble.minsd(aLow, bLow, c.fpu);
        long high = SseDouble.minsd(aHigh, bHigh, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** MINSS Vss,Wss */
    public static void minssVssWss(Cpu c, Insn i) {
        SimdState.checkSse(c);
        int a = (int) c.fpu.xmm[2 * i.reg];
        int b = (int) c.fpu.xmm[2 * i.rm];
        int result = SseSingle.minss(a, b, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = c.fpu.xmm[2 * i.reg] & ~0xFFFF_FFFFL | result & 0xFFFF_FFFFL;
    }

    /** MINSS Vss,Wss m */
    public static void minssVssWssMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        int a = (int) c.fpu.xmm[2 * i.reg];
        long lin = Operands.linearRead(c, i, 4);
        int b = c.mmu.read32(lin);
        int result = SseSingle.minss(a, b, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = c.fpu.xmm[2 * i.reg] & ~0xFFFF_FFFFL | result & 0xFFFF_FFFFL;
    }

    /** MINSD Vsd,Wsd */
    public static void minsdVsdWsd(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long a = c.fpu.xmm[2 * i.reg];
        long b = c.fpu.xmm[2 * i.rm];
        long result = SseDouble.minsd(a, b, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = result;
    }

    /** MINSD Vsd,Wsd m */
    public static void minsdVsdWsdMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long a = c.fpu.xmm[2 * i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SseDouble.minsd(a, b, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = result;
    }

    /** DIVPS Vps,Wps */
    public static void divpsVpsWps(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SseSingle.divps(aLow, bLow, c.fpu);
        long high = SseSingle.divps(aHigh, bHigh, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** DIVPS Vps,Wps m */
    public static void divpsVpsWpsMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SseSingle.divps(aLow, bLow, c.fpu);
        long high = SseSingle.divps(aHigh, bHigh, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** DIVPD Vpd,Wpd */
    public static void divpdVpdWpd(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SseDouble.divsd(aLow, bLow, c.fpu);
        long high = SseDouble.divsd(aHigh, bHigh, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** DIVPD Vpd,Wpd m */
    public static void divpdVpdWpdMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SseDouble.divsd(aLow, bLow, c.fpu);
        long high = SseDouble.divsd(aHigh, bHigh, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** DIVSS Vss,Wss */
    public static void divssVssWss(Cpu c, Insn i) {
        SimdState.checkSse(c);
        int a = (int) c.fpu.xmm[2 * i.reg];
        int b = (int) c.fpu.xmm[2 * i.rm];
        int result = SseSingle.divss(a, b, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = c.fpu.xmm[2 * i.reg] & ~0xFFFF_FFFFL | result & 0xFFFF_FFFFL;
    }

    /** DIVSS Vss,Wss m */
    public static void divssVssWssMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        int a = (int) c.fpu.xmm[2 * i.reg];
        long lin = Operands.linearRead(c, i, 4);
        int b = c.mmu.read32(lin);
        int result = SseSingle.divss(a, b, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = c.fpu.xmm[2 * i.reg] & ~0xFFFF_FFFFL | result & 0xFFFF_FFFFL;
    }

    /** DIVSD Vsd,Wsd */
    public static void divsdVsdWsd(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long a = c.fpu.xmm[2 * i.reg];
        long b = c.fpu.xmm[2 * i.rm];
        long result = SseDouble.divsd(a, b, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = result;
    }

    /** DIVSD Vsd,Wsd m */
    public static void divsdVsdWsdMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long a = c.fpu.xmm[2 * i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SseDouble.divsd(a, b, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = result;
    }

    /** MAXPS Vps,Wps */
    public static void maxpsVpsWps(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SseSingle.maxps(aLow, bLow, c.fpu);
        long high = SseSingle.maxps(aHigh, bHigh, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }
}
