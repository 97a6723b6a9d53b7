package org.terrarium.x86.interp.gen;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.interp.Operands;
import org.terrarium.x86.isa.Insn;
import org.terrarium.x86.sem.SimdAdd;
import org.terrarium.x86.sem.SimdState;
import org.terrarium.x86.sem.SseCompare;
import org.terrarium.x86.sem.SseConvert;
import org.terrarium.x86.sem.SseDouble;
import org.terrarium.x86.sem.SseSingle;

/** Generated from the instruction table by HandlerGenerator: change the table, not this. */
public final class SseHandlers2 {
    private SseHandlers2() {}

    /** MAXPS Vps,Wps m */
    public static void maxpsVpsWpsMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SseSingle.maxps(aLow, bLow, c.fpu);
        long high = SseSingle.maxps(aHigh, bHigh, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** MAXPD Vpd,Wpd */
    public static void maxpdVpdWpd(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SseDouble.maxsd(aLow, bLow, c.fpu);
        long high = SseDouble.maxsd(aHigh, bHigh, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** MAXPD Vpd,Wpd m */
    public static void maxpdVpdWpdMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SseDouble.maxsd(aLow, bLow, c.fpu);
        long high = SseDouble.maxsd(aHigh, bHigh, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** MAXSS Vss,Wss */
    public static void maxssVssWss(Cpu c, Insn i) {
        SimdState.checkSse(c);
        int a = (int) c.fpu.xmm[2 * i.reg];
        int b = (int) c.fpu.xmm[2 * i.rm];
        int result = SseSingle.maxss(a, b, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = c.fpu.xmm[2 * i.reg] & ~0xFFFF_FFFFL | result & 0xFFFF_FFFFL;
    }

    /** MAXSS Vss,Wss m */
    public static void maxssVssWssMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        int a = (int) c.fpu.xmm[2 * i.reg];
        long lin = Operands.linearRead(c, i, 4);
        int b = c.mmu.read32(lin);
        int result = SseSingle.maxss(a, b, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = c.fpu.xmm[2 * i.reg] & ~0xFFFF_FFFFL | result & 0xFFFF_FFFFL;
    }

    /** MAXSD Vsd,Wsd */
    public static void maxsdVsdWsd(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long a = c.fpu.xmm[2 * i.reg];
        long b = c.fpu.xmm[2 * i.rm];
        long result = SseDouble.maxsd(a, b, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = result;
    }

    /** MAXSD Vsd,Wsd m */
    public static void maxsdVsdWsdMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long a = c.fpu.xmm[2 * i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SseDouble.maxsd(a, b, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = result;
    }

    /** SQRTPS Vps,Wps */
    public static void sqrtpsVpsWps(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.rm];
        long aHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SseSingle.sqrtps(aLow, c.fpu);
        long high = SseSingle.sqrtps(aHigh, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** SQRTPS Vps,Wps m */
    public static void sqrtpsVpsWpsMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long aLow = c.mmu.read64(lin);
        long aHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SseSingle.sqrtps(aLow, c.fpu);
        long high = SseSingle.sqrtps(aHigh, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** SQRTPD Vpd,Wpd */
    public static void sqrtpdVpdWpd(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.rm];
        long aHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SseDouble.sqrtsd(aLow, c.fpu);
        long high = SseDouble.sqrtsd(aHigh, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** SQRTPD Vpd,Wpd m */
    public static void sqrtpdVpdWpdMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long aLow = c.mmu.read64(lin);
        long aHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SseDouble.sqrtsd(aLow, c.fpu);
        long high = SseDouble.sqrtsd(aHigh, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** SQRTSS Vss,Wss */
    public static void sqrtssVssWss(Cpu c, Insn i) {
        SimdState.checkSse(c);
        int a = (int) c.fpu.xmm[2 * i.rm];
        int result = SseSingle.sqrtss(a, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = c.fpu.xmm[2 * i.reg] & ~0xFFFF_FFFFL | result & 0xFFFF_FFFFL;
    }

    /** SQRTSS Vss,Wss m */
    public static void sqrtssVssWssMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = Operands.linearRead(c, i, 4);
        int a = c.mmu.read32(lin);
        int result = SseSingle.sqrtss(a, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = c.fpu.xmm[2 * i.reg] & ~0xFFFF_FFFFL | result & 0xFFFF_FFFFL;
    }

    /** SQRTSD Vsd,Wsd */
    public static void sqrtsdVsdWsd(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long a = c.fpu.xmm[2 * i.rm];
        long result = SseDouble.sqrtsd(a, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = result;
    }

    /** SQRTSD Vsd,Wsd m */
    public static void sqrtsdVsdWsdMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = Operands.linearRead(c, i, 8);
        long a = c.mmu.read64(lin);
        long result = SseDouble.sqrtsd(a, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = result;
    }

    /** RSQRTPS Vps,Wps */
    public static void rsqrtpsVpsWps(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.rm];
        long aHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SseSingle.rsqrtps(aLow);
        long high = SseSingle.rsqrtps(aHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** RSQRTPS Vps,Wps m */
    public static void rsqrtpsVpsWpsMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long aLow = c.mmu.read64(lin);
        long aHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SseSingle.rsqrtps(aLow);
        long high = SseSingle.rsqrtps(aHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** RSQRTSS Vss,Wss */
    public static void rsqrtssVssWss(Cpu c, Insn i) {
        SimdState.checkSse(c);
        int a = (int) c.fpu.xmm[2 * i.rm];
        int result = SseSingle.rsqrtss(a);
        c.fpu.xmm[2 * i.reg] = c.fpu.xmm[2 * i.reg] & ~0xFFFF_FFFFL | result & 0xFFFF_FFFFL;
    }

    /** RSQRTSS Vss,Wss m */
    public static void rsqrtssVssWssMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = Operands.linearRead(c, i, 4);
        int a = c.mmu.read32(lin);
        int result = SseSingle.rsqrtss(a);
        c.fpu.xmm[2 * i.reg] = c.fpu.xmm[2 * i.reg] & ~0xFFFF_FFFFL | result & 0xFFFF_FFFFL;
    }

    /** RCPPS Vps,Wps */
    public static void rcppsVpsWps(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.rm];
        long aHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SseSingle.rcpps(aLow);
        long high = SseSingle.rcpps(aHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** RCPPS Vps,Wps m */
    public static void rcppsVpsWpsMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long aLow = c.mmu.read64(lin);
        long aHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SseSingle.rcpps(aLow);
        long high = SseSingle.rcpps(aHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** RCPSS Vss,Wss */
    public static void rcpssVssWss(Cpu c, Insn i) {
        SimdState.checkSse(c);
        int a = (int) c.fpu.xmm[2 * i.rm];
        int result = SseSingle.rcpss(a);
        c.fpu.xmm[2 * i.reg] = c.fpu.xmm[2 * i.reg] & ~0xFFFF_FFFFL | result & 0xFFFF_FFFFL;
    }

    /** RCPSS Vss,Wss m */
    public static void rcpssVssWssMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = Operands.linearRead(c, i, 4);
        int a = c.mmu.read32(lin);
        int result = SseSingle.rcpss(a);
        c.fpu.xmm[2 * i.reg] = c.fpu.xmm[2 * i.reg] & ~0xFFFF_FFFFL | result & 0xFFFF_FFFFL;
    }

    /** ADDSUBPS Vps,Wps */
    public static void addsubpsVpsWps(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SseSingle.addsubps(aLow, bLow, c.fpu);
        long high = SseSingle.addsubps(aHigh, bHigh, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** ADDSUBPS Vps,Wps m */
    public static void addsubpsVpsWpsMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SseSingle.addsubps(aLow, bLow, c.fpu);
        long high = SseSingle.addsubps(aHigh, bHigh, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** ADDSUBPD Vpd,Wpd */
    public static void addsubpdVpdWpd(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SseDouble.addsubpdLow(aLow, aHigh, bLow, bHigh, c.fpu);
        long high = SseDouble.addsubpdHigh(aLow, aHigh, bLow, bHigh, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** ADDSUBPD Vpd,Wpd m */
    public static void addsubpdVpdWpdMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SseDouble.addsubpdLow(aLow, aHigh, bLow, bHigh, c.fpu);
        long high = SseDouble.addsubpdHigh(aLow, aHigh, bLow, bHigh, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** HADDPS Vps,Wps */
    public static void haddpsVpsWps(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SseSingle.haddpsLow(aLow, aHigh, bLow, bHigh, c.fpu);
        long high = SseSingle.haddpsHigh(aLow, aHigh, bLow, bHigh, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** HADDPS Vps,Wps m */
    public static void haddpsVpsWpsMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SseSingle.haddpsLow(aLow, aHigh, bLow, bHigh, c.fpu);
        long high = SseSingle.haddpsHigh(aLow, aHigh, bLow, bHigh, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** HADDPD Vpd,Wpd */
    public static void haddpdVpdWpd(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SseDouble.haddpdLow(aLow, aHigh, bLow, bHigh, c.fpu);
        long high = SseDouble.haddpdHigh(aLow, aHigh, bLow, bHigh, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** HADDPD Vpd,Wpd m */
    public static void haddpdVpdWpdMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SseDouble.haddpdLow(aLow, aHigh, bLow, bHigh, c.fpu);
        long high = SseDouble.haddpdHigh(aLow, aHigh, bLow, bHigh, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** HSUBPS Vps,Wps */
    public static void hsubpsVpsWps(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SseSingle.hsubpsLow(aLow, aHigh, bLow, bHigh, c.fpu);
        long high = SseSingle.hsubpsHigh(aLow, aHigh, bLow, bHigh, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** HSUBPS Vps,Wps m */
    public static void hsubpsVpsWpsMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SseSingle.hsubpsLow(aLow, aHigh, bLow, bHigh, c.fpu);
        long high = SseSingle.hsubpsHigh(aLow, aHigh, bLow, bHigh, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** HSUBPD Vpd,Wpd */
    public static void hsubpdVpdWpd(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SseDouble.hsubpdLow(aLow, aHigh, bLow, bHigh, c.fpu);
        long high = SseDouble.hsubpdHigh(aLow, aHigh, bLow, bHigh, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** HSUBPD Vpd,Wpd m */
    public static void hsubpdVpdWpdMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SseDouble.hsubpdLow(aLow, aHigh, bLow, bHigh, c.fpu);
        long high = SseDouble.hsubpdHigh(aLow, aHigh, bLow, bHigh, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** ANDPS Vps,Wps */
    public static void andpsVpsWps(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdAdd.pand(aLow, bLow);
        long high = SimdAdd.pand(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** ANDPS Vps,Wps m */
    public static void andpsVpsWpsMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdAdd.pand(aLow, bLow);
        long high = SimdAdd.pand(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** ANDPD Vpd,Wpd */
    public static void andpdVpdWpd(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdAdd.pand(aLow, bLow);
        long high = SimdAdd.pand(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** ANDPD Vpd,Wpd m */
    public static void andpdVpdWpdMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdAdd.pand(aLow, bLow);
        long high = SimdAdd.pand(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** ANDNPS Vps,Wps */
    public static void andnpsVpsWps(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdAdd.pandn(aLow, bLow);
        long high = SimdAdd.pandn(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** ANDNPS Vps,Wps m */
    public static void andnpsVpsWpsMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdAdd.pandn(aLow, bLow);
        long high = SimdAdd.pandn(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** ANDNPD Vpd,Wpd */
    public static void andnpdVpdWpd(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdAdd.pandn(aLow, bLow);
        long high = SimdAdd.pandn(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** ANDNPD Vpd,Wpd m */
    public static void andnpdVpdWpdMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdAdd.pandn(aLow, bLow);
        long high = SimdAdd.pandn(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** ORPS Vps,Wps */
    public static void orpsVpsWps(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdAdd.por(aLow, bLow);
        long high = SimdAdd.por(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** ORPS Vps,Wps m */
    public static void orpsVpsWpsMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdAdd.por(aLow, bLow);
        long high = SimdAdd.por(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** ORPD Vpd,Wpd */
    public static void orpdVpdWpd(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdAdd.por(aLow, bLow);
        long high = SimdAdd.por(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** ORPD Vpd,Wpd m */
    public static void orpdVpdWpdMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdAdd.por(aLow, bLow);
        long high = SimdAdd.por(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** XORPS Vps,Wps */
    public static void xorpsVpsWps(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdAdd.pxor(aLow, bLow);
        long high = SimdAdd.pxor(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** XORPS Vps,Wps m */
    public static void xorpsVpsWpsMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdAdd.pxor(aLow, bLow);
        long high = SimdAdd.pxor(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** XORPD Vpd,Wpd */
    public static void xorpdVpdWpd(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdAdd.pxor(aLow, bLow);
        long high = SimdAdd.pxor(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** XORPD Vpd,Wpd m */
    public static void xorpdVpdWpdMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdAdd.pxor(aLow, bLow);
        long high = SimdAdd.pxor(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** CMPPS Vps,Wps,Ib */
    public static void cmppsVpsWpsIb(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SseCompare.cmpps(aLow, bLow, (int) i.imm, c.fpu);
        long high = SseCompare.cmpps(aHigh, bHigh, (int) i.imm, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** CMPPS Vps,Wps,Ib m */
    public static void cmppsVpsWpsIbMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SseCompare.cmpps(aLow, bLow, (int) i.imm, c.fpu);
        long high = SseCompare.cmpps(aHigh, bHigh, (int) i.imm, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** CMPPD Vpd,Wpd,Ib */
    public static void cmppdVpdWpdIb(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SseCompare.cmpsd(aLow, bLow, (int) i.imm, c.fpu);
        long high = SseCompare.cmpsd(aHigh, bHigh, (int) i.imm, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** CMPPD Vpd,Wpd,Ib m */
    public static void cmppdVpdWpdIbMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SseCompare.cmpsd(aLow, bLow, (int) i.imm, c.fpu);
        long high = SseCompare.cmpsd(aHigh, bHigh, (int) i.imm, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** CMPSS Vss,Wss,Ib */
    public static void cmpssVssWssIb(Cpu c, Insn i) {
        SimdState.checkSse(c);
        int a = (int) c.fpu.xmm[2 * i.reg];
        int b = (int) c.fpu.xmm[2 * i.rm];
        int result = SseCompare.cmpss(a, b, (int) i.imm, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = c.fpu.xmm[2 * i.reg] & ~0xFFFF_FFFFL | result & 0xFFFF_FFFFL;
    }

    /** CMPSS Vss,Wss,Ib m */
    public static void cmpssVssWssIbMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        int a = (int) c.fpu.xmm[2 * i.reg];
        long lin = Operands.linearRead(c, i, 4);
        int b = c.mmu.read32(lin);
        int result = SseCompare.cmpss(a, b, (int) i.imm, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = c.fpu.xmm[2 * i.reg] & ~0xFFFF_FFFFL | result & 0xFFFF_FFFFL;
    }

    /** CMPSD Vsd,Wsd,Ib */
    public static void cmpsdVsdWsdIb(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long a = c.fpu.xmm[2 * i.reg];
        long b = c.fpu.xmm[2 * i.rm];
        long result = SseCompare.cmpsd(a, b, (int) i.imm, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = result;
    }

    /** CMPSD Vsd,Wsd,Ib m */
    public static void cmpsdVsdWsdIbMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long a = c.fpu.xmm[2 * i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = SseCompare.cmpsd(a, b, (int) i.imm, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = result;
    }

    /** UCOMISS Vss,Wss */
    public static void ucomissVssWss(Cpu c, Insn i) {
        SimdState.checkSse(c);
        int a = (int) c.fpu.xmm[2 * i.reg];
        int b = (int) c.fpu.xmm[2 * i.rm];
        int result = SseCompare.ucomiss(a, b, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.flagResult = result;
        c.flagCarry = SseCompare.comissCarries(a, b, result);
    }

    /** UCOMISS Vss,Wss m */
    public static void ucomissVssWssMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        int a = (int) c.fpu.xmm[2 * i.reg];
        long lin = Operands.linearRead(c, i, 4);
        int b = c.mmu.read32(lin);
        int result = SseCompare.ucomiss(a, b, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.flagResult = result;
        c.flagCarry = SseCompare.comissCarries(a, b, result);
    }

    /** UCOMISD Vsd,Wsd */
    public static void ucomisdVsdWsd(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long a = c.fpu.xmm[2 * i.reg];
        long b = c.fpu.xmm[2 * i.rm];
        int result = SseCompare.ucomisd(a, b, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.flagResult = result;
        c.flagCarry = SseCompare.comisdCarries(a, b, result);
    }

    /** UCOMISD Vsd,Wsd m */
    public static void ucomisdVsdWsdMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long a = c.fpu.xmm[2 * i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        int result = SseCompare.ucomisd(a, b, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.flagResult = result;
        c.flagCarry = SseCompare.comisdCarries(a, b, result);
    }

    /** COMISS Vss,Wss */
    public static void comissVssWss(Cpu c, Insn i) {
        SimdState.checkSse(c);
        int a = (int) c.fpu.xmm[2 * i.reg];
        int b = (int) c.fpu.xmm[2 * i.rm];
        int result = SseCompare.comiss(a, b, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.flagResult = result;
        c.flagCarry = SseCompare.comissCarries(a, b, result);
    }

    /** COMISS Vss,Wss m */
    public static void comissVssWssMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        int a = (int) c.fpu.xmm[2 * i.reg];
        long lin = Operands.linearRead(c, i, 4);
        int b = c.mmu.read32(lin);
        int result = SseCompare.comiss(a, b, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.flagResult = result;
        c.flagCarry = SseCompare.comissCarries(a, b, result);
    }

    /** COMISD Vsd,Wsd */
    public static void comisdVsdWsd(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long a = c.fpu.xmm[2 * i.reg];
        long b = c.fpu.xmm[2 * i.rm];
        int result = SseCompare.comisd(a, b, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.flagResult = result;
        c.flagCarry = SseCompare.comisdCarries(a, b, result);
    }

    /** COMISD Vsd,Wsd m */
    public static void comisdVsdWsdMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long a = c.fpu.xmm[2 * i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        int result = SseCompare.comisd(a, b, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.flagResult = result;
        c.flagCarry = SseCompare.comisdCarries(a, b, result);
    }

    /** CVTSI2SS Vss,Ed */
    public static void cvtsi2ssVssEd(Cpu c, Insn i) {
        SimdState.checkSse(c);
        int a = (int) c.gpr[i.rm];
        int result = SseConvert.cvtsi2ss32(a, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = c.fpu.xmm[2 * i.reg] & ~0xFFFF_FFFFL | result & 0xFFFF_FFFFL;
    }

    /** CVTSI2SS Vss,Ed m */
    public static void cvtsi2ssVssEdMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = Operands.linearRead(c, i, 4);
        int a = c.mmu.read32(lin);
        int result = SseConvert.cvtsi2ss32(a, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = c.fpu.xmm[2 * i.reg] & ~0xFFFF_FFFFL | result & 0xFFFF_FFFFL;
    }

    /** CVTSI2SS Vss,Eq */
    public static void cvtsi2ssVssEq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long a = c.gpr[i.rm];
        int result = SseConvert.cvtsi2ss64(a, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = c.fpu.xmm[2 * i.reg] & ~0xFFFF_FFFFL | result & 0xFFFF_FFFFL;
    }

    /** CVTSI2SS Vss,Eq m */
    public static void cvtsi2ssVssEqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = Operands.linearRead(c, i, 8);
        long a = c.mmu.read64(lin);
        int result = SseConvert.cvtsi2ss64(a, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = c.fpu.xmm[2 * i.reg] & ~0xFFFF_FFFFL | result & 0xFFFF_FFFFL;
    }

    /** CVTTSS2SI Gd,Wss */
    public static void cvttss2siGdWss(Cpu c, Insn i) {
        SimdState.checkSse(c);
        int a = (int) c.fpu.xmm[2 * i.rm];
        int result = SseConvert.cvttss2si32(a, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.gpr[i.reg] = result & 0xFFFF_FFFFL;
    }

    /** CVTTSS2SI Gd,Wss m */
    public static void cvttss2siGdWssMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = Operands.linearRead(c, i, 4);
        int a = c.mmu.read32(lin);
        int result = SseConvert.cvttss2si32(a, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.gpr[i.reg] = result & 0xFFFF_FFFFL;
    }

    /** CVTTSS2SI Gq,Wss */
    public static void cvttss2siGqWss(Cpu c, Insn i) {
        SimdState.checkSse(c);
        int a = (int) c.fpu.xmm[2 * i.rm];
        long result = SseConvert.cvttss2si64(a, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.gpr[i.reg] = result;
    }

    /** CVTTSS2SI Gq,Wss m */
    public static void cvttss2siGqWssMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = Operands.linearRead(c, i, 4);
        int a = c.mmu.read32(lin);
        long result = SseConvert.cvttss2si64(a, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.gpr[i.reg] = result;
    }

    /** CVTSS2SI Gd,Wss */
    public static void cvtss2siGdWss(Cpu c, Insn i) {
        SimdState.checkSse(c);
        int a = (int) c.fpu.xmm[2 * i.rm];
        int result = SseConvert.cvtss2si32(a, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.gpr[i.reg] = result & 0xFFFF_FFFFL;
    }

    /** CVTSS2SI Gd,Wss m */
    public static void cvtss2siGdWssMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = Operands.linearRead(c, i, 4);
        int a = c.mmu.read32(lin);
        int result = SseConvert.cvtss2si32(a, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.gpr[i.reg] = result & 0xFFFF_FFFFL;
    }

    /** CVTSS2SI Gq,Wss */
    public static void cvtss2siGqWss(Cpu c, Insn i) {
        SimdState.checkSse(c);
        int a = (int) c.fpu.xmm[2 * i.rm];
        long result = SseConvert.cvtss2si64(a, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.gpr[i.reg] = result;
    }

    /** CVTSS2SI Gq,Wss m */
    public static void cvtss2siGqWssMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = Operands.linearRead(c, i, 4);
        int a = c.mmu.read32(lin);
        long result = SseConvert.cvtss2si64(a, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.gpr[i.reg] = result;
    }

    /** CVTSI2SD Vsd,Ed */
    public static void cvtsi2sdVsdEd(Cpu c, Insn i) {
        SimdState.checkSse(c);
        int a = (int) c.gpr[i.rm];
        long result = SseConvert.cvtsi2sd32(a);
        c.fpu.xmm[2 * i.reg] = result;
    }

    /** CVTSI2SD Vsd,Ed m */
    public static void cvtsi2sdVsdEdMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = Operands.linearRead(c, i, 4);
        int a = c.mmu.read32(lin);
        long result = SseConvert.cvtsi2sd32(a);
        c.fpu.xmm[2 * i.reg] = result;
    }

    /** CVTSI2SD Vsd,Eq */
    public static void cvtsi2sdVsdEq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long a = c.gpr[i.rm];
        long result = SseConvert.cvtsi2sd64(a, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = result;
    }

    /** CVTSI2SD Vsd,Eq m */
    public static void cvtsi2sdVsdEqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = Operands.linearRead(c, i, 8);
        long a = c.mmu.read64(lin);
        long result = SseConvert.cvtsi2sd64(a, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = result;
    }

    /** CVTTSD2SI Gd,Wsd */
    public static void cvttsd2siGdWsd(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long a = c.fpu.xmm[2 * i.rm];
        int result = SseConvert.cvttsd2si32(a, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.gpr[i.reg] = result & 0xFFFF_FFFFL;
    }

    /** CVTTSD2SI Gd,Wsd m */
    public static void cvttsd2siGdWsdMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = Operands.linearRead(c, i, 8);
        long a = c.mmu.read64(lin);
        int result = SseConvert.cvttsd2si32(a, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.gpr[i.reg] = result & 0xFFFF_FFFFL;
    }

    /** CVTTSD2SI Gq,Wsd */
    public static void cvttsd2siGqWsd(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long a = c.fpu.xmm[2 * i.rm];
        long result = SseConvert.cvttsd2si64(a, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.gpr[i.reg] = result;
    }

    /** CVTTSD2SI Gq,Wsd m */
    public static void cvttsd2siGqWsdMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = Operands.linearRead(c, i, 8);
        long a = c.mmu.read64(lin);
        long result = SseConvert.cvttsd2si64(a, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.gpr[i.reg] = result;
    }

    /** CVTSD2SI Gd,Wsd */
    public static void cvtsd2siGdWsd(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long a = c.fpu.xmm[2 * i.rm];
        int result = SseConvert.cvtsd2si32(a, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.gpr[i.reg] = result & 0xFFFF_FFFFL;
    }

    /** CVTSD2SI Gd,Wsd m */
    public static void cvtsd2siGdWsdMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = Operands.linearRead(c, i, 8);
        long a = c.mmu.read64(lin);
        int result = SseConvert.cvtsd2si32(a, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.gpr[i.reg] = result & 0xFFFF_FFFFL;
    }

    /** CVTSD2SI Gq,Wsd */
    public static void cvtsd2siGqWsd(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long a = c.fpu.xmm[2 * i.rm];
        long result = SseConvert.cvtsd2si64(a, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.gpr[i.reg] = result;
    }

    /** CVTSD2SI Gq,Wsd m */
    public static void cvtsd2siGqWsdMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = Operands.linearRead(c, i, 8);
        long a = c.mmu.read64(lin);
        long result = SseConvert.cvtsd2si64(a, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.gpr[i.reg] = result;
    }

    /** CVTSS2SD Vsd,Wss */
    public static void cvtss2sdVsdWss(Cpu c, Insn i) {
        SimdState.checkSse(c);
        int a = (int) c.fpu.xmm[2 * i.rm];
        long result = SseConvert.cvtss2sd(a, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = result;
    }

    /** CVTSS2SD Vsd,Wss m */
    public static void cvtss2sdVsdWssMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = Operands.linearRead(c, i, 4);
        int a = c.mmu.read32(lin);
        long result = SseConvert.cvtss2sd(a, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = result;
    }

    /** CVTSD2SS Vss,Wsd */
    public static void cvtsd2ssVssWsd(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long a = c.fpu.xmm[2 * i.rm];
        int result = SseConvert.cvtsd2ss(a, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = c.fpu.xmm[2 * i.reg] & ~0xFFFF_FFFFL | result & 0xFFFF_FFFFL;
    }

    /** CVTSD2SS Vss,Wsd m */
    public static void cvtsd2ssVssWsdMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = Operands.linearRead(c, i, 8);
        long a = c.mmu.read64(lin);
        int result = SseConvert.cvtsd2ss(a, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = c.fpu.xmm[2 * i.reg] & ~0xFFFF_FFFFL | result & 0xFFFF_FFFFL;
    }

    /** CVTPS2PD Vpd,Wq */
    public static void cvtps2pdVpdWq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long a = c.fpu.xmm[2 * i.rm];
        long low = SseConvert.cvtps2pdLow(a, c.fpu);
        long high = SseConvert.cvtps2pdHigh(a, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** CVTPS2PD Vpd,Wq m */
    public static void cvtps2pdVpdWqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = Operands.linearRead(c, i, 8);
        long a = c.mmu.read64(lin);
        long low = SseConvert.cvtps2pdLow(a, c.fpu);
        long high = SseConvert.cvtps2pdHigh(a, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** CVTPD2PS Vps,Wpd */
    public static void cvtpd2psVpsWpd(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.rm];
        long aHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SseConvert.cvtpd2psLow(aLow, aHigh, c.fpu);
        long high = SseConvert.cvtpd2psHigh(aLow, aHigh);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** CVTPD2PS Vps,Wpd m */
    public static void cvtpd2psVpsWpdMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long aLow = c.mmu.read64(lin);
        long aHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SseConvert.cvtpd2psLow(aLow, aHigh, c.fpu);
        long high = SseConvert.cvtpd2psHigh(aLow, aHigh);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** CVTDQ2PS Vps,Wdq */
    public static void cvtdq2psVpsWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.rm];
        long aHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SseConvert.cvtdq2ps(aLow, c.fpu);
        long high = SseConvert.cvtdq2ps(aHigh, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** CVTDQ2PS Vps,Wdq m */
    public static void cvtdq2psVpsWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long aLow = c.mmu.read64(lin);
        long aHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SseConvert.cvtdq2ps(aLow, c.fpu);
        long high = SseConvert.cvtdq2ps(aHigh, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** CVTPS2DQ Vdq,Wps */
    public static void cvtps2dqVdqWps(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.rm];
        long aHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SseConvert.cvtps2dq(aLow, c.fpu);
        long high = SseConvert.cvtps2dq(aHigh, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** CVTPS2DQ Vdq,Wps m */
    public static void cvtps2dqVdqWpsMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long aLow = c.mmu.read64(lin);
        long aHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SseConvert.cvtps2dq(aLow, c.fpu);
        long high = SseConvert.cvtps2dq(aHigh, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** CVTTPS2DQ Vdq,Wps */
    public static void cvttps2dqVdqWps(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.rm];
        long aHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SseConvert.cvttps2dq(aLow, c.fpu);
        long high = SseConvert.cvttps2dq(aHigh, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** CVTTPS2DQ Vdq,Wps m */
    public static void cvttps2dqVdqWpsMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long aLow = c.mmu.read64(lin);
        long aHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SseConvert.cvttps2dq(aLow, c.fpu);
        long high = SseConvert.cvttps2dq(aHigh, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** CVTDQ2PD Vpd,Wq */
    public static void cvtdq2pdVpdWq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long a = c.fpu.xmm[2 * i.rm];
        long low = SseConvert.cvtdq2pdLow(a);
        long high = SseConvert.cvtdq2pdHigh(a);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** CVTDQ2PD Vpd,Wq m */
    public static void cvtdq2pdVpdWqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = Operands.linearRead(c, i, 8);
        long a = c.mmu.read64(lin);
        long low = SseConvert.cvtdq2pdLow(a);
        long high = SseConvert.cvtdq2pdHigh(a);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** CVTPD2DQ Vdq,Wpd */
    public static void cvtpd2dqVdqWpd(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.rm];
        long aHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SseConvert.cvtpd2dqLow(aLow, aHigh, c.fpu);
        long high = SseConvert.cvtpd2dqHigh(aLow, aHigh);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** CVTPD2DQ Vdq,Wpd m */
    public static void cvtpd2dqVdqWpdMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long aLow = c.mmu.read64(lin);
        long aHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SseConvert.cvtpd2dqLow(aLow, aHigh, c.fpu);
        long high = SseConvert.cvtpd2dqHigh(aLow, aHigh);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** CVTTPD2DQ Vdq,Wpd */
    public static void cvttpd2dqVdqWpd(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.rm];
        long aHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SseConvert.cvttpd2dqLow(aLow, aHigh, c.fpu);
        long high = SseConvert.cvttpd2dqHigh(aLow, aHigh);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }
}
