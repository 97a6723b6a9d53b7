package org.terrarium.x86.sys;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.GuestFault;
import org.terrarium.x86.isa.Insn;
import org.terrarium.x86.sem.Flags;

/** EFLAGS as a whole, and the instructions that move it: PUSHF, POPF, CLI, STI (SDM volume 1, 3.4.3; volume 3, 2.3). */
public final class FlagsRegister {
    /** Every flag this processor can hold beside the reserved bit 1. */
    private static final int ALL = Cpu.STATUS_FLAGS
            | Cpu.TF
            | Cpu.IF
            | Cpu.DF
            | Cpu.IOPL
            | Cpu.NT
            | Cpu.RF
            | Cpu.VM
            | Cpu.AC
            | Cpu.VIF
            | Cpu.VIP
            | Cpu.ID;

    private FlagsRegister() {}

    /** All of EFLAGS. */
    public static int read(Cpu c) {
        return c.eflags | Flags.status(c.flagResult, c.flagCarry);
    }

    /** Replaces the flags in {@code mask}; others, and flags the CPU model has not got, stay. */
    public static void write(Cpu c, int value, int mask) {
        int m = mask & implemented(c);
        int now = (read(c) & ~m | value & m) & ALL;
        c.flagResult = Flags.resultOf(now);
        c.flagCarry = Flags.carryOf(now);
        int system = now & ~Cpu.STATUS_FLAGS | 2;
        int changed = system ^ c.eflags;
        c.eflags = system;
        if ((changed & (Cpu.TF | Cpu.VM | Cpu.AC)) != 0) {
            Modes.update(c);
        }
    }

    private static int implemented(Cpu c) {
        return c.model.virtualModeExtensions() ? ALL : ALL & ~(Cpu.VIF | Cpu.VIP);
    }

    static int iopl(Cpu c) {
        return c.eflags >> 12 & 3;
    }

    static boolean virtual8086(Cpu c) {
        return (c.eflags & Cpu.VM) != 0;
    }

    /** PUSHF, PUSHFD, PUSHFQ. */
    public static void pushf(Cpu c, Insn i) {
        int flags = read(c) & ~(Cpu.RF | Cpu.VM);
        if (virtual8086(c) && iopl(c) < 3) {
            if (i.operandSize != 16 || (c.cr4 & Cpu.CR4_VME) == 0) {
                throw c.fault(GuestFault.GP, 0);
            }
            // VME: the program sees IOPL 3, and its own IF (VIF) in the place of IF.
            flags = flags & ~Cpu.IF | Cpu.IOPL | ((c.eflags & Cpu.VIF) != 0 ? Cpu.IF : 0);
        }
        StackAccess.push(c, i.operandSize, flags);
    }

    /** POPF, POPFD, POPFQ. */
    public static void popf(Cpu c, Insn i) {
        if (virtual8086(c)) {
            popfVirtual8086(c, i);
            return;
        }
        int value = (int) StackAccess.pop(c, i.operandSize);
        int mask = Cpu.STATUS_FLAGS | Cpu.TF | Cpu.DF | Cpu.NT;
        if (i.operandSize != 16) {
            mask |= Cpu.AC | Cpu.ID;
        }
        if (c.cpl == 0) {
            mask |= Cpu.IOPL;
        }
        if (c.cpl <= iopl(c)) {
            mask |= Cpu.IF;
        }
        write(c, value, mask);
        if (i.operandSize != 16) {
            c.eflags &= ~Cpu.RF;
        }
    }

    private static void popfVirtual8086(Cpu c, Insn i) {
        int mask = Cpu.STATUS_FLAGS | Cpu.TF | Cpu.DF | Cpu.NT;
        if (iopl(c) == 3) {
            int value = (int) StackAccess.pop(c, i.operandSize);
            write(c, value, mask | Cpu.IF | (i.operandSize == 16 ? 0 : Cpu.AC | Cpu.ID));
            return;
        }
        if (i.operandSize != 16 || (c.cr4 & Cpu.CR4_VME) == 0) {
            throw c.fault(GuestFault.GP, 0);
        }
        int value = (int) StackAccess.peek(c, 16, 0);
        if ((value & Cpu.TF) != 0 || (value & Cpu.IF) != 0 && (c.eflags & Cpu.VIP) != 0) {
            throw c.fault(GuestFault.GP, 0);
        }
        StackAccess.release(c, 2);
        write(c, value, mask);
        setVirtualInterrupt(c, (value & Cpu.IF) != 0);
    }

    static void setVirtualInterrupt(Cpu c, boolean enabled) {
        c.eflags = enabled ? c.eflags | Cpu.VIF : c.eflags & ~Cpu.VIF;
    }

    /** CLI. */
    public static void cli(Cpu c, Insn i) {
        if (c.protectedMode() && c.cpl > iopl(c)) {
            if (!virtualInterrupts(c)) {
                throw c.fault(GuestFault.GP, 0);
            }
            setVirtualInterrupt(c, false);
        } else {
            c.eflags &= ~Cpu.IF;
        }
    }

    /** STI. */
    public static void sti(Cpu c, Insn i) {
        if (c.protectedMode() && c.cpl > iopl(c)) {
            if (!virtualInterrupts(c) || (c.eflags & Cpu.VIP) != 0) {
                throw c.fault(GuestFault.GP, 0);
            }
            setVirtualInterrupt(c, true);
        } else {
            if ((c.eflags & Cpu.IF) == 0) {
                c.interruptShadow = true;
            }
            c.eflags |= Cpu.IF;
        }
    }

    /** Whether CLI and STI without the right to IF work on VIF: V86 mode with VME, or CPL 3 with PVI. */
    private static boolean virtualInterrupts(Cpu c) {
        return virtual8086(c) ? (c.cr4 & Cpu.CR4_VME) != 0 : c.cpl == 3 && (c.cr4 & Cpu.CR4_PVI) != 0;
    }
}
