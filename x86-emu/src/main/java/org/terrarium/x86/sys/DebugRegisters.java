package org.terrarium.x86.sys;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.GuestFault;
import org.terrarium.x86.isa.Insn;

/** Breakpoints, single step and the debug registers (SDM volume 3, chapter 18 "Debug"). */
public final class DebugRegisters {
    /** DR7: L0, G0 .. L3, G3. */
    public static final int ENABLE_MASK = 0xFF;

    /** DR7: general detect. */
    private static final int GD = 1 << 13;

    private static final long DR7_RESERVED_ONE = 1 << 10;
    private static final long DR7_WRITABLE = 0xFFFF_23FFL;

    /** DR6: debug register access detected, single step. */
    private static final int BD = 1 << 13;

    private static final int BS = 1 << 14;
    private static final long DR6_RESERVED_ONE = 0xFFFF_0FF0L;
    private static final long DR6_WRITABLE = 0xE00FL;

    // DR7.R/Wn.
    private static final int EXECUTE = 0;
    private static final int WRITE = 1;
    private static final int IO = 2;

    private DebugRegisters() {}

    /** DR6 and DR7 as after reset. */
    public static void reset(Cpu c) {
        java.util.Arrays.fill(c.dr, 0);
        c.dr[6] = DR6_RESERVED_ONE;
        c.dr[7] = DR7_RESERVED_ONE;
        changed(c);
    }

    /** MOV Ry,Dy. */
    public static void load(Cpu c, Insn i) {
        int n = register(c, i);
        c.gpr[i.rm] = c.codeSize == 64 ? c.dr[n] : c.dr[n] & 0xFFFF_FFFFL;
    }

    /** MOV Dy,Ry. */
    public static void store(Cpu c, Insn i) {
        int n = register(c, i);
        long value = c.codeSize == 64 ? c.gpr[i.rm] : c.gpr[i.rm] & 0xFFFF_FFFFL;
        if (n >= 6 && value >>> 32 != 0) {
            throw c.fault(GuestFault.GP, 0);
        }
        c.dr[n] = switch (n) {
            case 6 -> value & DR6_WRITABLE | DR6_RESERVED_ONE;
            case 7 -> value & DR7_WRITABLE | DR7_RESERVED_ONE;
            default -> value;
        };
        if (n != 6) {
            changed(c);
            Modes.update(c);
        }
    }

    private static int register(Cpu c, Insn i) {
        int n = i.reg;
        if (n > 7 || n >= 4 && n <= 5 && (c.cr4 & Cpu.CR4_DE) != 0) {
            throw c.fault(GuestFault.UD, 0);
        }
        Privilege.requireKernel(c);
        if ((c.dr[7] & GD) != 0) {
            c.dr[7] &= ~(long) GD;
            c.dr[6] |= BD;
            throw c.fault(GuestFault.DB, 0);
        }
        return n == 4 || n == 5 ? n + 2 : n;
    }

    private static boolean enabled(Cpu c, int n) {
        return (c.dr[7] >>> 2 * n & 3) != 0;
    }

    private static int kind(Cpu c, int n) {
        return (int) (c.dr[7] >>> 16 + 4 * n) & 3;
    }

    private static int length(Cpu c, int n) {
        return switch ((int) (c.dr[7] >>> 18 + 4 * n) & 3) {
            case 0 -> 1;
            case 1 -> 2;
            case 2 -> 8;
            default -> 4;
        };
    }

    /** Arms the data breakpoints in the Mmu; to be called when DR0..DR3, DR7 or CR4.DE changed. */
    public static void changed(Cpu c) {
        c.mmu.clearWatches();
        for (int n = 0; n < 4; n++) {
            int kind = kind(c, n);
            boolean data = kind == WRITE || kind == 3;
            if (enabled(c, n) && data) {
                int length = length(c, n);
                c.mmu.addWatch(1 << n, c.dr[n] & -length, length, kind != WRITE);
            }
        }
    }

    /**
     * In blocks with {@link Modes#KEY_STEP}: raises #DB for an instruction breakpoint at {@code c.rip} unless RF holds it off;
     * notes whether a single-step trap follows.
     */
    public static void beforeInstruction(Cpu c) {
        if ((c.eflags & Cpu.RF) != 0) {
            c.eflags &= ~Cpu.RF;
        } else if ((c.dr[7] & ENABLE_MASK) != 0) {
            checkInstructionBreakpoints(c);
        }
        c.stepTrap = (c.eflags & Cpu.TF) != 0;
    }

    private static void checkInstructionBreakpoints(Cpu c) {
        long lin = c.rip + c.segEffectiveBase[Cpu.CS] & c.linearMask;
        int hits = 0;
        for (int n = 0; n < 4; n++) {
            if (enabled(c, n) && kind(c, n) == EXECUTE && c.dr[n] == lin) {
                hits |= 1 << n;
            }
        }
        if (hits != 0 && !c.interruptShadow) {
            c.dr[6] = c.dr[6] & ~0xFL | hits;
            c.dr[7] &= ~(long) GD;
            throw c.fault(GuestFault.DB, 0);
        }
    }

    /** In blocks with {@link Modes#KEY_STEP}, after an instruction that did not fault: the single-step trap. */
    public static void afterInstruction(Cpu c) {
        if (c.stepTrap) {
            c.pendingDebug |= BS;
            c.stepTrap = false;
        }
    }

    /** Moves what waits in {@code c.pendingDebug} to DR6: its #DB is being delivered. */
    static void reportTraps(Cpu c) {
        c.dr[6] = c.dr[6] & ~0xFL | c.pendingDebug;
        c.dr[7] &= ~(long) GD;
        c.pendingDebug = 0;
    }

    /** I/O breakpoints, to be called after a port access. */
    static void portAccessed(Cpu c, int port, int bytes) {
        if ((c.dr[7] & ENABLE_MASK) == 0 || (c.cr4 & Cpu.CR4_DE) == 0) {
            return;
        }
        for (int n = 0; n < 4; n++) {
            if (enabled(c, n) && kind(c, n) == IO) {
                int length = length(c, n);
                long first = c.dr[n] & -length;
                if (port < first + length && first < port + bytes) {
                    c.pendingDebug |= 1 << n;
                }
            }
        }
    }
}
