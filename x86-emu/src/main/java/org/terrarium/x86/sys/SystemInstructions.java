package org.terrarium.x86.sys;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.GuestFault;
import org.terrarium.x86.interp.Operands;
import org.terrarium.x86.isa.Insn;

/** HLT, cache and TLB control, time stamp and performance counters, XGETBV and XSETBV (SDM volume 2). */
public final class SystemInstructions {
    /** XCR0: x87 and SSE, the components this processor has. */
    static final long XCR0_SUPPORTED = 3;

    private SystemInstructions() {}

    /** HLT: the run loop stops when it sees {@code c.halted}. */
    public static void hlt(Cpu c, Insn i) {
        Privilege.requireKernel(c);
        c.halted = true;
    }

    /** INVD and WBINVD: there is no cache to see. */
    public static void invalidateCaches(Cpu c, Insn i) {
        Privilege.requireKernel(c);
    }

    /** INVLPG. */
    public static void invlpg(Cpu c, Insn i) {
        Privilege.requireKernel(c);
        c.mmu.flushPage(Operands.ea(c, i) + c.segEffectiveBase[i.segment] & c.linearMask);
    }

    /** The time stamp counter as the guest sees it. */
    static long timeStamp(Cpu c) {
        return c.bus.timeStampCounter() + c.tscOffset;
    }

    private static void checkTimeStampAllowed(Cpu c) {
        if (c.cpl != 0 && (c.cr4 & Cpu.CR4_TSD) != 0) {
            throw c.fault(GuestFault.GP, 0);
        }
    }

    private static void setEdxEax(Cpu c, long value) {
        c.gpr[Cpu.RAX] = value & 0xFFFF_FFFFL;
        c.gpr[Cpu.RDX] = value >>> 32;
    }

    /** RDTSC. */
    public static void rdtsc(Cpu c, Insn i) {
        checkTimeStampAllowed(c);
        setEdxEax(c, timeStamp(c));
    }

    /** RDTSCP. */
    public static void rdtscp(Cpu c, Insn i) {
        checkTimeStampAllowed(c);
        setEdxEax(c, timeStamp(c));
        c.gpr[Cpu.RCX] = c.msrTscAux & 0xFFFF_FFFFL;
    }

    /** RDPMC of the two P6 counters, which count nothing. */
    public static void rdpmc(Cpu c, Insn i) {
        long counter = c.gpr[Cpu.RCX] & 0xFFFF_FFFFL;
        if (c.cpl != 0 && (c.cr4 & Cpu.CR4_PCE) == 0 || counter > 1) {
            throw c.fault(GuestFault.GP, 0);
        }
        setEdxEax(c, Msr.performanceCounter(c, (int) counter));
    }

    /** XGETBV. */
    public static void xgetbv(Cpu c, Insn i) {
        if ((c.cr4 & Cpu.CR4_OSXSAVE) == 0) {
            throw c.fault(GuestFault.UD, 0);
        }
        if ((c.gpr[Cpu.RCX] & 0xFFFF_FFFFL) != 0) {
            throw c.fault(GuestFault.GP, 0);
        }
        setEdxEax(c, c.fpu.xcr0);
    }

    /** XSETBV. */
    public static void xsetbv(Cpu c, Insn i) {
        if ((c.cr4 & Cpu.CR4_OSXSAVE) == 0) {
            throw c.fault(GuestFault.UD, 0);
        }
        Privilege.requireKernel(c);
        long value = c.gpr[Cpu.RDX] << 32 | c.gpr[Cpu.RAX] & 0xFFFF_FFFFL;
        boolean invalid = (c.gpr[Cpu.RCX] & 0xFFFF_FFFFL) != 0 || (value & ~XCR0_SUPPORTED) != 0 || (value & 1) == 0;
        if (invalid) {
            throw c.fault(GuestFault.GP, 0);
        }
        c.fpu.xcr0 = value;
    }
}
