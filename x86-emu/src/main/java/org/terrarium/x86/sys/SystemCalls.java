package org.terrarium.x86.sys;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.GuestFault;
import org.terrarium.x86.isa.Insn;

/**
 * SYSENTER, SYSEXIT, SYSCALL, SYSRET as Intel processors have them (SDM volume 2; volume 3, 5.8.7 and 5.8.8): SYSCALL exists in
 * 64-bit mode only, SYSENTER in every protected mode.
 */
public final class SystemCalls {
    // Attributes of the fixed flat segments: present, S, accessed, granular.
    private static final int CODE_32 = 0xC09B;
    private static final int CODE_64 = 0xA09B;
    private static final int DATA = 0xC093;
    private static final int DPL_3 = 3 << 5;

    /** Flags SYSRET can load from R11. */
    private static final int SYSRET_FLAGS = 0x3C_7FD7;

    private SystemCalls() {}

    private static boolean canonical(long address) {
        return address << 16 >> 16 == address;
    }

    /** SYSENTER. */
    public static void sysenter(Cpu c, Insn i) {
        int selector = (int) c.msrSysenterCs & 0xFFFC;
        if (!c.protectedMode() || selector == 0) {
            throw c.fault(GuestFault.GP, 0);
        }
        boolean wide = c.longMode();
        Segments.setFlat(c, Cpu.CS, selector, wide ? CODE_64 : CODE_32);
        Segments.setFlat(c, Cpu.SS, selector + 8, DATA);
        c.cpl = 0;
        c.eflags &= ~(Cpu.VM | Cpu.IF | Cpu.RF);
        Modes.update(c);
        c.gpr[Cpu.RSP] = wide ? c.msrSysenterEsp : c.msrSysenterEsp & 0xFFFF_FFFFL;
        c.rip = wide ? c.msrSysenterEip : c.msrSysenterEip & 0xFFFF_FFFFL;
    }

    /** SYSEXIT. */
    public static void sysexit(Cpu c, Insn i) {
        int selector = (int) c.msrSysenterCs & 0xFFFC;
        if (!c.protectedMode() || c.cpl != 0 || selector == 0) {
            throw c.fault(GuestFault.GP, 0);
        }
        boolean wide = i.operandSize == 64;
        long rip = c.gpr[Cpu.RDX];
        long rsp = c.gpr[Cpu.RCX];
        if (wide && !(canonical(rip) && canonical(rsp))) {
            throw c.fault(GuestFault.GP, 0);
        }
        Segments.setFlat(c, Cpu.CS, selector + (wide ? 32 : 16) | 3, (wide ? CODE_64 : CODE_32) | DPL_3);
        Segments.setFlat(c, Cpu.SS, selector + (wide ? 40 : 24) | 3, DATA | DPL_3);
        c.cpl = 3;
        Modes.update(c);
        c.gpr[Cpu.RSP] = wide ? rsp : rsp & 0xFFFF_FFFFL;
        c.rip = wide ? rip : rip & 0xFFFF_FFFFL;
    }

    /** SYSCALL. */
    public static void syscall(Cpu c, Insn i) {
        if ((c.efer & Cpu.EFER_SCE) == 0) {
            throw c.fault(GuestFault.UD, 0);
        }
        int flags = FlagsRegister.read(c);
        int selector = (int) (c.msrStar >>> 32) & 0xFFFC;
        c.gpr[Cpu.RCX] = c.rip;
        c.gpr[11] = flags & ~Cpu.RF & 0xFFFF_FFFFL;
        Segments.setFlat(c, Cpu.CS, selector, CODE_64);
        Segments.setFlat(c, Cpu.SS, selector + 8, DATA);
        c.cpl = 0;
        FlagsRegister.write(c, 0, (int) c.msrSfmask | Cpu.RF);
        Modes.update(c);
        c.rip = c.msrLstar;
    }

    /** SYSRET. */
    public static void sysret(Cpu c, Insn i) {
        if ((c.efer & Cpu.EFER_SCE) == 0) {
            throw c.fault(GuestFault.UD, 0);
        }
        boolean wide = i.operandSize == 64;
        long rip = c.gpr[Cpu.RCX];
        if (c.cpl != 0 || wide && !canonical(rip)) {
            throw c.fault(GuestFault.GP, 0);
        }
        int selector = (int) (c.msrStar >>> 48);
        Segments.setFlat(c, Cpu.CS, selector + (wide ? 16 : 0) | 3, (wide ? CODE_64 : CODE_32) | DPL_3);
        Segments.setFlat(c, Cpu.SS, selector + 8 | 3, DATA | DPL_3);
        c.cpl = 3;
        FlagsRegister.write(c, (int) c.gpr[11], SYSRET_FLAGS);
        Modes.update(c);
        c.rip = wide ? rip : rip & 0xFFFF_FFFFL;
    }
}
