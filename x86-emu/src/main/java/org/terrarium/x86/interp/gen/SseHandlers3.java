package org.terrarium.x86.interp.gen;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.interp.Operands;
import org.terrarium.x86.isa.Insn;
import org.terrarium.x86.sem.SimdAdd;
import org.terrarium.x86.sem.SimdCompare;
import org.terrarium.x86.sem.SimdMultiply;
import org.terrarium.x86.sem.SimdShift;
import org.terrarium.x86.sem.SimdState;
import org.terrarium.x86.sem.SseConvert;

/** Generated from the instruction table by HandlerGenerator: change the table, not this. */
public final class SseHandlers3 {
    private SseHandlers3() {}

    /** CVTTPD2DQ Vdq,Wpd m */
    public static void cvttpd2dqVdqWpdMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long aLow = c.mmu.read64(lin);
        long aHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SseConvert.cvttpd2dqLow(aLow, aHigh, c.fpu);
        long high = SseConvert.cvttpd2dqHigh(aLow, aHigh);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** CVTPI2PS Vq,Qq */
    public static void cvtpi2psVqQq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.rm];
        long result = SseConvert.cvtdq2ps(a, c.fpu);
        SimdState.enterMmx(c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = result;
    }

    /** CVTPI2PS Vq,Qq m */
    public static void cvtpi2psVqQqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = Operands.linearRead(c, i, 8);
        long a = c.mmu.read64(lin);
        long result = SseConvert.cvtdq2ps(a, c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        c.fpu.xmm[2 * i.reg] = result;
    }

    /** CVTPI2PD Vpd,Qq */
    public static void cvtpi2pdVpdQq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        SimdState.checkMmx(c);
        long a = c.fpu.mantissa[i.rm];
        long low = SseConvert.cvtdq2pdLow(a);
        long high = SseConvert.cvtdq2pdHigh(a);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
        SimdState.enterMmx(c.fpu);
    }

    /** CVTPI2PD Vpd,Qq m */
    public static void cvtpi2pdVpdQqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long lin = Operands.linearRead(c, i, 8);
        long a = c.mmu.read64(lin);
        long low = SseConvert.cvtdq2pdLow(a);
        long high = SseConvert.cvtdq2pdHigh(a);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** CVTTPS2PI Pq,Wq */
    public static void cvttps2piPqWq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        SimdState.checkMmx(c);
        long a = c.fpu.xmm[2 * i.rm];
        long result = SseConvert.cvttps2dq(a, c.fpu);
        SimdState.enterMmx(c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        SimdState.writeMmx(c.fpu, i.reg, result);
    }

    /** CVTTPS2PI Pq,Wq m */
    public static void cvttps2piPqWqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        SimdState.checkMmx(c);
        long lin = Operands.linearRead(c, i, 8);
        long a = c.mmu.read64(lin);
        long result = SseConvert.cvttps2dq(a, c.fpu);
        SimdState.enterMmx(c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        SimdState.writeMmx(c.fpu, i.reg, result);
    }

    /** CVTTPD2PI Pq,Wpd */
    public static void cvttpd2piPqWpd(Cpu c, Insn i) {
        SimdState.checkSse(c);
        SimdState.checkMmx(c);
        long aLow = c.fpu.xmm[2 * i.rm];
        long aHigh = c.fpu.xmm[2 * i.rm + 1];
        long result = SseConvert.cvttpd2dqLow(aLow, aHigh, c.fpu);
        SimdState.enterMmx(c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        SimdState.writeMmx(c.fpu, i.reg, result);
    }

    /** CVTTPD2PI Pq,Wpd m */
    public static void cvttpd2piPqWpdMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        SimdState.checkMmx(c);
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long aLow = c.mmu.read64(lin);
        long aHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long result = SseConvert.cvttpd2dqLow(aLow, aHigh, c.fpu);
        SimdState.enterMmx(c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        SimdState.writeMmx(c.fpu, i.reg, result);
    }

    /** CVTPS2PI Pq,Wq */
    public static void cvtps2piPqWq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        SimdState.checkMmx(c);
        long a = c.fpu.xmm[2 * i.rm];
        long result = SseConvert.cvtps2dq(a, c.fpu);
        SimdState.enterMmx(c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        SimdState.writeMmx(c.fpu, i.reg, result);
    }

    /** CVTPS2PI Pq,Wq m */
    public static void cvtps2piPqWqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        SimdState.checkMmx(c);
        long lin = Operands.linearRead(c, i, 8);
        long a = c.mmu.read64(lin);
        long result = SseConvert.cvtps2dq(a, c.fpu);
        SimdState.enterMmx(c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        SimdState.writeMmx(c.fpu, i.reg, result);
    }

    /** CVTPD2PI Pq,Wpd */
    public static void cvtpd2piPqWpd(Cpu c, Insn i) {
        SimdState.checkSse(c);
        SimdState.checkMmx(c);
        long aLow = c.fpu.xmm[2 * i.rm];
        long aHigh = c.fpu.xmm[2 * i.rm + 1];
        long result = SseConvert.cvtpd2dqLow(aLow, aHigh, c.fpu);
        SimdState.enterMmx(c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        SimdState.writeMmx(c.fpu, i.reg, result);
    }

    /** CVTPD2PI Pq,Wpd m */
    public static void cvtpd2piPqWpdMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        SimdState.checkMmx(c);
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long aLow = c.mmu.read64(lin);
        long aHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long result = SseConvert.cvtpd2dqLow(aLow, aHigh, c.fpu);
        SimdState.enterMmx(c.fpu);
        if (c.fpu.raised != 0) {
            SimdState.commit(c);
        }
        SimdState.writeMmx(c.fpu, i.reg, result);
    }

    /** PADDB Vdq,Wdq */
    public static void paddbVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdAdd.paddb(aLow, bLow);
        long high = SimdAdd.paddb(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PADDB Vdq,Wdq m */
    public static void paddbVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdAdd.paddb(aLow, bLow);
        long high = SimdAdd.paddb(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PADDW Vdq,Wdq */
    public static void paddwVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdAdd.paddw(aLow, bLow);
        long high = SimdAdd.paddw(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PADDW Vdq,Wdq m */
    public static void paddwVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdAdd.paddw(aLow, bLow);
        long high = SimdAdd.paddw(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PADDD Vdq,Wdq */
    public static void padddVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdAdd.paddd(aLow, bLow);
        long high = SimdAdd.paddd(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PADDD Vdq,Wdq m */
    public static void padddVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdAdd.paddd(aLow, bLow);
        long high = SimdAdd.paddd(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PADDQ Vdq,Wdq */
    public static void paddqVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdAdd.paddq(aLow, bLow);
        long high = SimdAdd.paddq(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PADDQ Vdq,Wdq m */
    public static void paddqVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdAdd.paddq(aLow, bLow);
        long high = SimdAdd.paddq(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PADDSB Vdq,Wdq */
    public static void paddsbVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdAdd.paddsb(aLow, bLow);
        long high = SimdAdd.paddsb(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PADDSB Vdq,Wdq m */
    public static void paddsbVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdAdd.paddsb(aLow, bLow);
        long high = SimdAdd.paddsb(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PADDSW Vdq,Wdq */
    public static void paddswVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdAdd.paddsw(aLow, bLow);
        long high = SimdAdd.paddsw(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PADDSW Vdq,Wdq m */
    public static void paddswVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdAdd.paddsw(aLow, bLow);
        long high = SimdAdd.paddsw(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PADDUSB Vdq,Wdq */
    public static void paddusbVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdAdd.paddusb(aLow, bLow);
        long high = SimdAdd.paddusb(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PADDUSB Vdq,Wdq m */
    public static void paddusbVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdAdd.paddusb(aLow, bLow);
        long high = SimdAdd.paddusb(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PADDUSW Vdq,Wdq */
    public static void padduswVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdAdd.paddusw(aLow, bLow);
        long high = SimdAdd.paddusw(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PADDUSW Vdq,Wdq m */
    public static void padduswVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdAdd.paddusw(aLow, bLow);
        long high = SimdAdd.paddusw(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PSUBB Vdq,Wdq */
    public static void psubbVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdAdd.psubb(aLow, bLow);
        long high = SimdAdd.psubb(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PSUBB Vdq,Wdq m */
    public static void psubbVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdAdd.psubb(aLow, bLow);
        long high = SimdAdd.psubb(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PSUBW Vdq,Wdq */
    public static void psubwVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdAdd.psubw(aLow, bLow);
        long high = SimdAdd.psubw(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PSUBW Vdq,Wdq m */
    public static void psubwVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdAdd.psubw(aLow, bLow);
        long high = SimdAdd.psubw(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PSUBD Vdq,Wdq */
    public static void psubdVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdAdd.psubd(aLow, bLow);
        long high = SimdAdd.psubd(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PSUBD Vdq,Wdq m */
    public static void psubdVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdAdd.psubd(aLow, bLow);
        long high = SimdAdd.psubd(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PSUBQ Vdq,Wdq */
    public static void psubqVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdAdd.psubq(aLow, bLow);
        long high = SimdAdd.psubq(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PSUBQ Vdq,Wdq m */
    public static void psubqVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdAdd.psubq(aLow, bLow);
        long high = SimdAdd.psubq(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PSUBSB Vdq,Wdq */
    public static void psubsbVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdAdd.psubsb(aLow, bLow);
        long high = SimdAdd.psubsb(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PSUBSB Vdq,Wdq m */
    public static void psubsbVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdAdd.psubsb(aLow, bLow);
        long high = SimdAdd.psubsb(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PSUBSW Vdq,Wdq */
    public static void psubswVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdAdd.psubsw(aLow, bLow);
        long high = SimdAdd.psubsw(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PSUBSW Vdq,Wdq m */
    public static void psubswVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdAdd.psubsw(aLow, bLow);
        long high = SimdAdd.psubsw(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PSUBUSB Vdq,Wdq */
    public static void psubusbVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdAdd.psubusb(aLow, bLow);
        long high = SimdAdd.psubusb(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PSUBUSB Vdq,Wdq m */
    public static void psubusbVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdAdd.psubusb(aLow, bLow);
        long high = SimdAdd.psubusb(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PSUBUSW Vdq,Wdq */
    public static void psubuswVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdAdd.psubusw(aLow, bLow);
        long high = SimdAdd.psubusw(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PSUBUSW Vdq,Wdq m */
    public static void psubuswVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdAdd.psubusw(aLow, bLow);
        long high = SimdAdd.psubusw(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMULLW Vdq,Wdq */
    public static void pmullwVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdMultiply.pmullw(aLow, bLow);
        long high = SimdMultiply.pmullw(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMULLW Vdq,Wdq m */
    public static void pmullwVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdMultiply.pmullw(aLow, bLow);
        long high = SimdMultiply.pmullw(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMULHW Vdq,Wdq */
    public static void pmulhwVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdMultiply.pmulhw(aLow, bLow);
        long high = SimdMultiply.pmulhw(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMULHW Vdq,Wdq m */
    public static void pmulhwVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdMultiply.pmulhw(aLow, bLow);
        long high = SimdMultiply.pmulhw(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMULHUW Vdq,Wdq */
    public static void pmulhuwVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdMultiply.pmulhuw(aLow, bLow);
        long high = SimdMultiply.pmulhuw(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMULHUW Vdq,Wdq m */
    public static void pmulhuwVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdMultiply.pmulhuw(aLow, bLow);
        long high = SimdMultiply.pmulhuw(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMADDWD Vdq,Wdq */
    public static void pmaddwdVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdMultiply.pmaddwd(aLow, bLow);
        long high = SimdMultiply.pmaddwd(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMADDWD Vdq,Wdq m */
    public static void pmaddwdVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdMultiply.pmaddwd(aLow, bLow);
        long high = SimdMultiply.pmaddwd(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMULUDQ Vdq,Wdq */
    public static void pmuludqVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdMultiply.pmuludq(aLow, bLow);
        long high = SimdMultiply.pmuludq(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMULUDQ Vdq,Wdq m */
    public static void pmuludqVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdMultiply.pmuludq(aLow, bLow);
        long high = SimdMultiply.pmuludq(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PCMPEQB Vdq,Wdq */
    public static void pcmpeqbVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdCompare.pcmpeqb(aLow, bLow);
        long high = SimdCompare.pcmpeqb(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PCMPEQB Vdq,Wdq m */
    public static void pcmpeqbVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdCompare.pcmpeqb(aLow, bLow);
        long high = SimdCompare.pcmpeqb(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PCMPEQW Vdq,Wdq */
    public static void pcmpeqwVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdCompare.pcmpeqw(aLow, bLow);
        long high = SimdCompare.pcmpeqw(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PCMPEQW Vdq,Wdq m */
    public static void pcmpeqwVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdCompare.pcmpeqw(aLow, bLow);
        long high = SimdCompare.pcmpeqw(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PCMPEQD Vdq,Wdq */
    public static void pcmpeqdVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdCompare.pcmpeqd(aLow, bLow);
        long high = SimdCompare.pcmpeqd(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PCMPEQD Vdq,Wdq m */
    public static void pcmpeqdVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdCompare.pcmpeqd(aLow, bLow);
        long high = SimdCompare.pcmpeqd(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PCMPGTB Vdq,Wdq */
    public static void pcmpgtbVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdCompare.pcmpgtb(aLow, bLow);
        long high = SimdCompare.pcmpgtb(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PCMPGTB Vdq,Wdq m */
    public static void pcmpgtbVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdCompare.pcmpgtb(aLow, bLow);
        long high = SimdCompare.pcmpgtb(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PCMPGTW Vdq,Wdq */
    public static void pcmpgtwVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdCompare.pcmpgtw(aLow, bLow);
        long high = SimdCompare.pcmpgtw(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PCMPGTW Vdq,Wdq m */
    public static void pcmpgtwVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdCompare.pcmpgtw(aLow, bLow);
        long high = SimdCompare.pcmpgtw(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PCMPGTD Vdq,Wdq */
    public static void pcmpgtdVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdCompare.pcmpgtd(aLow, bLow);
        long high = SimdCompare.pcmpgtd(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PCMPGTD Vdq,Wdq m */
    public static void pcmpgtdVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdCompare.pcmpgtd(aLow, bLow);
        long high = SimdCompare.pcmpgtd(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PAND Vdq,Wdq */
    public static void pandVdqWdq(Cpu c, Insn i) {
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

    /** PAND Vdq,Wdq m */
    public static void pandVdqWdqMemory(Cpu c, Insn i) {
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

    /** PANDN Vdq,Wdq */
    public static void pandnVdqWdq(Cpu c, Insn i) {
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

    /** PANDN Vdq,Wdq m */
    public static void pandnVdqWdqMemory(Cpu c, Insn i) {
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

    /** POR Vdq,Wdq */
    public static void porVdqWdq(Cpu c, Insn i) {
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

    /** POR Vdq,Wdq m */
    public static void porVdqWdqMemory(Cpu c, Insn i) {
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

    /** PXOR Vdq,Wdq */
    public static void pxorVdqWdq(Cpu c, Insn i) {
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

    /** PXOR Vdq,Wdq m */
    public static void pxorVdqWdqMemory(Cpu c, Insn i) {
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

    /** PAVGB Vdq,Wdq */
    public static void pavgbVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdAdd.pavgb(aLow, bLow);
        long high = SimdAdd.pavgb(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PAVGB Vdq,Wdq m */
    public static void pavgbVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdAdd.pavgb(aLow, bLow);
        long high = SimdAdd.pavgb(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PAVGW Vdq,Wdq */
    public static void pavgwVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdAdd.pavgw(aLow, bLow);
        long high = SimdAdd.pavgw(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PAVGW Vdq,Wdq m */
    public static void pavgwVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdAdd.pavgw(aLow, bLow);
        long high = SimdAdd.pavgw(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMINUB Vdq,Wdq */
    public static void pminubVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdAdd.pminub(aLow, bLow);
        long high = SimdAdd.pminub(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMINUB Vdq,Wdq m */
    public static void pminubVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdAdd.pminub(aLow, bLow);
        long high = SimdAdd.pminub(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMAXUB Vdq,Wdq */
    public static void pmaxubVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdAdd.pmaxub(aLow, bLow);
        long high = SimdAdd.pmaxub(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMAXUB Vdq,Wdq m */
    public static void pmaxubVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdAdd.pmaxub(aLow, bLow);
        long high = SimdAdd.pmaxub(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMINSW Vdq,Wdq */
    public static void pminswVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdAdd.pminsw(aLow, bLow);
        long high = SimdAdd.pminsw(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMINSW Vdq,Wdq m */
    public static void pminswVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdAdd.pminsw(aLow, bLow);
        long high = SimdAdd.pminsw(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMAXSW Vdq,Wdq */
    public static void pmaxswVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdAdd.pmaxsw(aLow, bLow);
        long high = SimdAdd.pmaxsw(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PMAXSW Vdq,Wdq m */
    public static void pmaxswVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdAdd.pmaxsw(aLow, bLow);
        long high = SimdAdd.pmaxsw(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PSADBW Vdq,Wdq */
    public static void psadbwVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdAdd.psadbw(aLow, bLow);
        long high = SimdAdd.psadbw(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PSADBW Vdq,Wdq m */
    public static void psadbwVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdAdd.psadbw(aLow, bLow);
        long high = SimdAdd.psadbw(aHigh, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PSLLW Vdq,Wdq */
    public static void psllwVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdShift.psllwLow(aLow, aHigh, bLow, bHigh);
        long high = SimdShift.psllwHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PSLLW Vdq,Wdq m */
    public static void psllwVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdShift.psllwLow(aLow, aHigh, bLow, bHigh);
        long high = SimdShift.psllwHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PSLLD Vdq,Wdq */
    public static void pslldVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdShift.pslldLow(aLow, aHigh, bLow, bHigh);
        long high = SimdShift.pslldHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PSLLD Vdq,Wdq m */
    public static void pslldVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdShift.pslldLow(aLow, aHigh, bLow, bHigh);
        long high = SimdShift.pslldHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PSLLQ Vdq,Wdq */
    public static void psllqVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdShift.psllqLow(aLow, aHigh, bLow, bHigh);
        long high = SimdShift.psllqHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PSLLQ Vdq,Wdq m */
    public static void psllqVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdShift.psllqLow(aLow, aHigh, bLow, bHigh);
        long high = SimdShift.psllqHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PSRLW Vdq,Wdq */
    public static void psrlwVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdShift.psrlwLow(aLow, aHigh, bLow, bHigh);
        long high = SimdShift.psrlwHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PSRLW Vdq,Wdq m */
    public static void psrlwVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdShift.psrlwLow(aLow, aHigh, bLow, bHigh);
        long high = SimdShift.psrlwHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PSRLD Vdq,Wdq */
    public static void psrldVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdShift.psrldLow(aLow, aHigh, bLow, bHigh);
        long high = SimdShift.psrldHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PSRLD Vdq,Wdq m */
    public static void psrldVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdShift.psrldLow(aLow, aHigh, bLow, bHigh);
        long high = SimdShift.psrldHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PSRLQ Vdq,Wdq */
    public static void psrlqVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdShift.psrlqLow(aLow, aHigh, bLow, bHigh);
        long high = SimdShift.psrlqHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PSRLQ Vdq,Wdq m */
    public static void psrlqVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdShift.psrlqLow(aLow, aHigh, bLow, bHigh);
        long high = SimdShift.psrlqHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PSRAW Vdq,Wdq */
    public static void psrawVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdShift.psrawLow(aLow, aHigh, bLow, bHigh);
        long high = SimdShift.psrawHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PSRAW Vdq,Wdq m */
    public static void psrawVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdShift.psrawLow(aLow, aHigh, bLow, bHigh);
        long high = SimdShift.psrawHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PSRAD Vdq,Wdq */
    public static void psradVdqWdq(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long bLow = c.fpu.xmm[2 * i.rm];
        long bHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdShift.psradLow(aLow, aHigh, bLow, bHigh);
        long high = SimdShift.psradHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PSRAD Vdq,Wdq m */
    public static void psradVdqWdqMemory(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.reg];
        long aHigh = c.fpu.xmm[2 * i.reg + 1];
        long lin = SimdState.aligned(c, Operands.linearRead(c, i, 16));
        long bLow = c.mmu.read64(lin);
        long bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        long low = SimdShift.psradLow(aLow, aHigh, bLow, bHigh);
        long high = SimdShift.psradHigh(aLow, aHigh, bLow, bHigh);
        c.fpu.xmm[2 * i.reg] = low;
        c.fpu.xmm[2 * i.reg + 1] = high;
    }

    /** PSRLW Udq,Ib */
    public static void psrlwUdqIb(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.rm];
        long aHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdShift.psrlw(aLow, (int) i.imm);
        long high = SimdShift.psrlw(aHigh, (int) i.imm);
        c.fpu.xmm[2 * i.rm] = low;
        c.fpu.xmm[2 * i.rm + 1] = high;
    }

    /** PSRAW Udq,Ib */
    public static void psrawUdqIb(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.rm];
        long aHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdShift.psraw(aLow, (int) i.imm);
        long high = SimdShift.psraw(aHigh, (int) i.imm);
        c.fpu.xmm[2 * i.rm] = low;
        c.fpu.xmm[2 * i.rm + 1] = high;
    }

    /** PSLLW Udq,Ib */
    public static void psllwUdqIb(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.rm];
        long aHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdShift.psllw(aLow, (int) i.imm);
        long high = SimdShift.psllw(aHigh, (int) i.imm);
        c.fpu.xmm[2 * i.rm] = low;
        c.fpu.xmm[2 * i.rm + 1] = high;
    }

    /** PSRLD Udq,Ib */
    public static void psrldUdqIb(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.rm];
        long aHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdShift.psrld(aLow, (int) i.imm);
        long high = SimdShift.psrld(aHigh, (int) i.imm);
        c.fpu.xmm[2 * i.rm] = low;
        c.fpu.xmm[2 * i.rm + 1] = high;
    }

    /** PSRAD Udq,Ib */
    public static void psradUdqIb(Cpu c, Insn i) {
        SimdState.checkSse(c);
        long aLow = c.fpu.xmm[2 * i.rm];
        long aHigh = c.fpu.xmm[2 * i.rm + 1];
        long low = SimdShift.psrad(aLow, (int) i.imm);
        long high = SimdShift.psrad(aHigh, (int) i.imm);
        c.fpu.xmm[2 * i.rm] = low;
        c.fpu.xmm[2 * i.rm + 1] = high;
    }
}
