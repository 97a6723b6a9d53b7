package org.terrarium.x86.sys;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.GuestFault;
import org.terrarium.x86.isa.Insn;

/** Far RET and IRET in every form (SDM volume 2, RET and IRET). */
public final class FarReturn {
    private FarReturn() {}

    /** RETF. */
    public static void ret(Cpu c, Insn i) {
        returnFar(c, i.operandSize, 0);
    }

    /** RETF imm16. */
    public static void retPop(Cpu c, Insn i) {
        returnFar(c, i.operandSize, (int) i.imm & 0xFFFF);
    }

    private static void returnFar(Cpu c, int size, int release) {
        int unit = size >> 3;
        long offset = StackAccess.peek(c, size, 0);
        int selector = (int) StackAccess.peek(c, size, unit) & 0xFFFF;
        if (c.realAddressing()) {
            if (offset > (c.segLimit[Cpu.CS] & 0xFFFF_FFFFL)) {
                throw c.fault(GuestFault.GP, 0);
            }
            StackAccess.release(c, 2 * unit + release);
            Segments.loadReal(c, Cpu.CS, selector);
            c.rip = offset;
            return;
        }
        long d = returnTarget(c, selector);
        if ((selector & 3) == c.cpl) {
            FarTransfer.checkOffset(c, d, offset);
            int attributes = Descriptors.markAccessed(c, selector, d);
            StackAccess.release(c, 2 * unit + release);
            enter(c, selector, d, attributes, offset);
            Modes.update(c);
            return;
        }
        long pointer = StackAccess.peek(c, size, 2 * unit + release);
        int stackSelector = (int) StackAccess.peek(c, size, 3 * unit + release) & 0xFFFF;
        returnOuter(c, selector, d, offset, stackSelector, pointer);
        StackAccess.release(c, release);
    }

    /** The code segment returned to, checked except for the offset. */
    private static long returnTarget(Cpu c, int selector) {
        if (Descriptors.isNull(selector)) {
            throw c.fault(GuestFault.GP, 0);
        }
        long d = Descriptors.read(c, selector, GuestFault.GP);
        int attributes = Descriptors.attributes(d);
        int dpl = Descriptors.dpl(attributes);
        int rpl = selector & 3;
        boolean conforming = (attributes & Descriptors.CONFORMING) != 0;
        if (!Descriptors.isCode(attributes) || rpl < c.cpl || (conforming ? dpl > rpl : dpl != rpl)) {
            throw Descriptors.generalProtection(c, selector);
        }
        FarTransfer.checkLongBits(c, selector, attributes);
        if ((attributes & Descriptors.PRESENT) == 0) {
            throw c.fault(GuestFault.NP, selector & 0xFFFC);
        }
        return d;
    }

    private static void enter(Cpu c, int selector, long d, int attributes, long offset) {
        Segments.set(c, Cpu.CS, selector, d, attributes);
        c.cpl = selector & 3;
        c.rip = offset;
    }

    /** Loads SS:rSP, CS:rIP and drops data segments that the outer level must not see. */
    private static void returnOuter(Cpu c, int selector, long d, long offset, int stackSelector, long pointer) {
        int level = selector & 3;
        boolean wide = c.longMode() && (Descriptors.attributes(d) & Descriptors.LONG) != 0;
        boolean nullStack = Descriptors.isNull(stackSelector);
        long stack = 0;
        if (nullStack) {
            if (!wide || level == 3 || (stackSelector & 3) != level) {
                throw c.fault(GuestFault.GP, 0);
            }
        } else {
            stack = Descriptors.read(c, stackSelector, GuestFault.GP);
            int attributes = Descriptors.attributes(stack);
            if ((stackSelector & 3) != level
                    || !Descriptors.isWritableData(attributes)
                    || Descriptors.dpl(attributes) != level) {
                throw Descriptors.generalProtection(c, stackSelector);
            }
            if ((attributes & Descriptors.PRESENT) == 0) {
                throw c.fault(GuestFault.SS, stackSelector & 0xFFFC);
            }
        }
        FarTransfer.checkOffset(c, d, offset);
        int codeAttributes = Descriptors.markAccessed(c, selector, d);
        int stackAttributes = nullStack ? 0 : Descriptors.markAccessed(c, stackSelector, stack);
        boolean outer = level > c.cpl;
        enter(c, selector, d, codeAttributes, offset);
        if (nullStack) {
            Segments.loadNullStack(c, stackSelector);
        } else {
            Segments.set(c, Cpu.SS, stackSelector, stack, stackAttributes);
        }
        Modes.update(c);
        StackAccess.setPointer(c, pointer);
        if (outer) {
            Segments.dropPrivileged(c);
        }
    }

    /** IRET, IRETD, IRETQ. */
    public static void iret(Cpu c, Insn i) {
        c.nmiBlocked = false;
        if (!c.protectedMode()) {
            iretReal(c, i.operandSize);
        } else if (FlagsRegister.virtual8086(c)) {
            iretVirtual8086(c, i.operandSize);
        } else if ((c.eflags & Cpu.NT) != 0) {
            if (c.longMode()) {
                throw c.fault(GuestFault.GP, 0);
            }
            TaskSwitch.taskReturn(c);
        } else {
            iretProtected(c, i.operandSize);
        }
    }

    /** Flags an interrupt return at this operand size may load, IF, IOPL and the virtual flags aside. */
    private static int commonFlags(int size) {
        int mask = Cpu.STATUS_FLAGS | Cpu.TF | Cpu.DF | Cpu.NT;
        return size == 16 ? mask : mask | Cpu.RF | Cpu.AC | Cpu.ID;
    }

    private static void loadFlags(Cpu c, int flags, int mask) {
        // RF matters only to instruction breakpoints, and it would have to be cleared after the next instruction.
        boolean resume = (c.dr[7] & DebugRegisters.ENABLE_MASK) != 0;
        FlagsRegister.write(c, flags, resume ? mask : mask & ~Cpu.RF);
    }

    private static void iretReal(Cpu c, int size) {
        int unit = size >> 3;
        long offset = StackAccess.peek(c, size, 0);
        int selector = (int) StackAccess.peek(c, size, unit) & 0xFFFF;
        int flags = (int) StackAccess.peek(c, size, 2 * unit);
        if (offset > (c.segLimit[Cpu.CS] & 0xFFFF_FFFFL)) {
            throw c.fault(GuestFault.GP, 0);
        }
        StackAccess.release(c, 3 * unit);
        Segments.loadReal(c, Cpu.CS, selector);
        c.rip = offset;
        loadFlags(c, flags, commonFlags(size) | Cpu.IF | Cpu.IOPL);
    }

    private static void iretVirtual8086(Cpu c, int size) {
        boolean extended = (c.cr4 & Cpu.CR4_VME) != 0 && size == 16;
        boolean privileged = FlagsRegister.iopl(c) == 3;
        if (!privileged && !extended) {
            throw c.fault(GuestFault.GP, 0);
        }
        int unit = size >> 3;
        long offset = StackAccess.peek(c, size, 0);
        int selector = (int) StackAccess.peek(c, size, unit) & 0xFFFF;
        int flags = (int) StackAccess.peek(c, size, 2 * unit);
        if (offset > 0xFFFF
                || !privileged && ((flags & Cpu.TF) != 0 || (flags & Cpu.IF) != 0 && (c.eflags & Cpu.VIP) != 0)) {
            throw c.fault(GuestFault.GP, 0);
        }
        StackAccess.release(c, 3 * unit);
        Segments.loadReal(c, Cpu.CS, selector);
        c.rip = offset;
        loadFlags(c, flags, commonFlags(size) | (privileged ? Cpu.IF : 0));
        if (!privileged) {
            FlagsRegister.setVirtualInterrupt(c, (flags & Cpu.IF) != 0);
        }
    }

    private static void iretProtected(Cpu c, int size) {
        int unit = size >> 3;
        long offset = StackAccess.peek(c, size, 0);
        int selector = (int) StackAccess.peek(c, size, unit) & 0xFFFF;
        int flags = (int) StackAccess.peek(c, size, 2 * unit);
        if (size == 32 && (flags & Cpu.VM) != 0 && c.cpl == 0 && !c.longMode()) {
            returnToVirtual8086(c, selector, offset, flags);
            return;
        }
        int mask = commonFlags(size);
        if (c.cpl <= FlagsRegister.iopl(c)) {
            mask |= Cpu.IF;
        }
        if (c.cpl == 0) {
            mask |= Cpu.IOPL | (size == 16 ? 0 : Cpu.VIF | Cpu.VIP);
        }
        long d = returnTarget(c, selector);
        if ((selector & 3) == c.cpl && c.codeSize != 64) {
            FarTransfer.checkOffset(c, d, offset);
            int attributes = Descriptors.markAccessed(c, selector, d);
            StackAccess.release(c, 3 * unit);
            enter(c, selector, d, attributes, offset);
            Modes.update(c);
        } else {
            long pointer = StackAccess.peek(c, size, 3 * unit);
            int stackSelector = (int) StackAccess.peek(c, size, 4 * unit) & 0xFFFF;
            returnOuter(c, selector, d, offset, stackSelector, pointer);
        }
        loadFlags(c, flags, mask);
    }

    private static void returnToVirtual8086(Cpu c, int selector, long offset, int flags) {
        long pointer = StackAccess.peek(c, 32, 12);
        int ss = (int) StackAccess.peek(c, 32, 16) & 0xFFFF;
        int es = (int) StackAccess.peek(c, 32, 20) & 0xFFFF;
        int ds = (int) StackAccess.peek(c, 32, 24) & 0xFFFF;
        int fs = (int) StackAccess.peek(c, 32, 28) & 0xFFFF;
        int gs = (int) StackAccess.peek(c, 32, 32) & 0xFFFF;
        if (offset > 0xFFFF) {
            throw c.fault(GuestFault.GP, 0);
        }
        int mask = commonFlags(32) | Cpu.IF | Cpu.IOPL | Cpu.VIF | Cpu.VIP | Cpu.VM;
        c.cpl = 3;
        loadFlags(c, flags, mask);
        Segments.loadReal(c, Cpu.CS, selector);
        Segments.loadReal(c, Cpu.SS, ss);
        Segments.loadReal(c, Cpu.ES, es);
        Segments.loadReal(c, Cpu.DS, ds);
        Segments.loadReal(c, Cpu.FS, fs);
        Segments.loadReal(c, Cpu.GS, gs);
        c.rip = offset;
        Modes.update(c);
        c.gpr[Cpu.RSP] = pointer;
    }
}
