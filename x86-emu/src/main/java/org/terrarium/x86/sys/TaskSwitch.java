package org.terrarium.x86.sys;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.GuestFault;
import org.terrarium.x86.mem.Mmu;

/** Hardware task switches between 16- and 32-bit task-state segments (SDM volume 3, chapter 8 "Task management"). */
final class TaskSwitch {
    private enum Cause {
        JUMP,
        CALL,
        INTERRUPT,
        RETURN
    }

    // Offsets in a 32-bit TSS.
    private static final int CR3_32 = 0x1C;
    private static final int EIP_32 = 0x20;
    private static final int EFLAGS_32 = 0x24;
    private static final int REGISTERS_32 = 0x28;
    private static final int SEGMENTS_32 = 0x48;
    private static final int LDT_32 = 0x60;
    private static final int TRAP_32 = 0x64;
    private static final int MIN_LIMIT_32 = 0x67;

    // Offsets in a 16-bit TSS.
    private static final int IP_16 = 0x0E;
    private static final int FLAGS_16 = 0x10;
    private static final int REGISTERS_16 = 0x12;
    private static final int SEGMENTS_16 = 0x22;
    private static final int LDT_16 = 0x2A;
    private static final int MIN_LIMIT_16 = 0x2B;

    private static final int BUSY = 1 << 1;

    /** Local breakpoint enables L0..L3 and LE, cleared by a task switch. */
    private static final int DR7_LOCAL = 0x155;

    private static final int DR6_BT = 1 << 15;

    private TaskSwitch() {}

    /** Far JMP to an available TSS (already checked). */
    static void jump(Cpu c, int selector) {
        switchTo(c, selector, Cause.JUMP, FlagsRegister.read(c), false, 0);
    }

    /** Far CALL to an available TSS (already checked). */
    static void call(Cpu c, int selector) {
        switchTo(c, selector, Cause.CALL, FlagsRegister.read(c), false, 0);
    }

    /** An interrupt through a task gate; {@code flags} is the image to save for the old task. */
    static void interrupt(Cpu c, int selector, boolean hasError, int error, int flags) {
        if ((selector & 4) != 0) {
            throw Descriptors.generalProtection(c, selector);
        }
        int attributes = Descriptors.attributes(Descriptors.read(c, selector, GuestFault.GP));
        int type = attributes & Descriptors.TYPE;
        if (type != Descriptors.TSS16_AVAILABLE && type != Descriptors.TSS32_AVAILABLE) {
            throw Descriptors.generalProtection(c, selector);
        }
        if ((attributes & Descriptors.PRESENT) == 0) {
            throw c.fault(GuestFault.NP, selector & 0xFFFC);
        }
        switchTo(c, selector, Cause.INTERRUPT, flags, hasError, error);
    }

    /** IRET with NT set: back to the task whose selector is in the current TSS. */
    static void taskReturn(Cpu c) {
        int selector = c.mmu.readSystem16(c.trBase & 0xFFFF_FFFFL);
        if ((selector & 4) != 0) {
            throw c.fault(GuestFault.TS, selector & 0xFFFC);
        }
        int attributes = Descriptors.attributes(Descriptors.read(c, selector, GuestFault.TS));
        int type = attributes & Descriptors.TYPE;
        if (type != Descriptors.TSS16_BUSY && type != Descriptors.TSS32_BUSY) {
            throw c.fault(GuestFault.TS, selector & 0xFFFC);
        }
        if ((attributes & Descriptors.PRESENT) == 0) {
            throw c.fault(GuestFault.NP, selector & 0xFFFC);
        }
        switchTo(c, selector, Cause.RETURN, FlagsRegister.read(c) & ~Cpu.NT, false, 0);
    }

    private static void switchTo(Cpu c, int selector, Cause cause, int savedFlags, boolean hasError, int error) {
        Mmu m = c.mmu;
        long descriptorAt = Descriptors.address(c, selector, 8);
        long d = m.readSystem64(descriptorAt);
        boolean wide = (Descriptors.attributes(d) & 8) != 0;
        long limit = Descriptors.limit(d) & 0xFFFF_FFFFL;
        if (limit < (wide ? MIN_LIMIT_32 : MIN_LIMIT_16)) {
            throw c.fault(GuestFault.TS, selector & 0xFFFC);
        }
        long base = Descriptors.base(d);
        boolean nested = cause == Cause.CALL || cause == Cause.INTERRUPT;

        // Everything that can fault in the old task's context comes first.
        Image image = read(c, base, wide);
        boolean oldWide = (c.trAttributes & 8) != 0;
        m.probeSystemWrite(c.trBase & 0xFFFF_FFFFL, (oldWide ? MIN_LIMIT_32 : MIN_LIMIT_16) + 1);
        if (nested) {
            m.probeSystemWrite(base, 2);
        }
        m.probeSystemWrite(descriptorAt + 5, 1);
        long oldDescriptorAt = Descriptors.address(c, c.trSelector, 8);
        if (oldDescriptorAt != -1) {
            m.probeSystemWrite(oldDescriptorAt + 5, 1);
        }

        save(c, oldWide, savedFlags);
        if (!nested && oldDescriptorAt != -1) {
            m.writeSystem8(oldDescriptorAt + 5, m.readSystem8(oldDescriptorAt + 5) & ~BUSY);
        }
        if (nested) {
            m.writeSystem16(base, c.trSelector);
        }
        int access = m.readSystem8(descriptorAt + 5) | BUSY;
        m.writeSystem8(descriptorAt + 5, access);

        c.trSelector = selector;
        c.trBase = base;
        c.trLimit = (int) limit;
        c.trAttributes = Descriptors.attributes(d) | BUSY;
        c.cr0 |= Cpu.CR0_TS;
        if (nested) {
            image.flags |= Cpu.NT;
        }
        try {
            load(c, image, wide);
            if (hasError) {
                StackAccess.push(c, wide ? 32 : 16, error);
            }
            Segments.checkCodeOffset(c, c.rip);
        } catch (GuestFault e) {
            // The switch has happened: the fault belongs to the new task, at its first instruction.
            Interrupts.deliverFault(c);
            return;
        }
        if (image.trap) {
            c.pendingDebug |= DR6_BT;
        }
    }

    /** What a TSS holds of a task; registers and segments in the order of their numbers. */
    private static final class Image {
        final long[] registers = new long[8];
        final int[] segments = new int[6];
        long rip;
        int flags;
        int ldt;
        long cr3;
        boolean trap;
    }

    private static Image read(Cpu c, long base, boolean wide) {
        Mmu m = c.mmu;
        Image t = new Image();
        for (int n = 0; n < 8; n++) {
            t.registers[n] = wide
                    ? m.readSystem32(at(base, REGISTERS_32 + 4 * n)) & 0xFFFF_FFFFL
                    : m.readSystem16(at(base, REGISTERS_16 + 2 * n));
        }
        int segments = wide ? 6 : 4;
        for (int n = 0; n < segments; n++) {
            t.segments[n] = m.readSystem16(at(base, wide ? SEGMENTS_32 + 4 * n : SEGMENTS_16 + 2 * n));
        }
        t.rip = wide ? m.readSystem32(at(base, EIP_32)) & 0xFFFF_FFFFL : m.readSystem16(at(base, IP_16));
        t.flags = wide ? m.readSystem32(at(base, EFLAGS_32)) : m.readSystem16(at(base, FLAGS_16));
        t.ldt = m.readSystem16(at(base, wide ? LDT_32 : LDT_16));
        if (wide) {
            t.cr3 = m.readSystem32(at(base, CR3_32)) & 0xFFFF_FFFFL;
            t.trap = (m.readSystem16(at(base, TRAP_32)) & 1) != 0;
        }
        return t;
    }

    private static long at(long base, int offset) {
        return base + offset & 0xFFFF_FFFFL;
    }

    private static void save(Cpu c, boolean wide, int flags) {
        Mmu m = c.mmu;
        long base = c.trBase;
        if (wide) {
            m.writeSystem32(at(base, EIP_32), (int) c.rip);
            m.writeSystem32(at(base, EFLAGS_32), flags);
            for (int n = 0; n < 8; n++) {
                m.writeSystem32(at(base, REGISTERS_32 + 4 * n), (int) c.gpr[n]);
            }
            for (int n = 0; n < 6; n++) {
                m.writeSystem16(at(base, SEGMENTS_32 + 4 * n), c.segSelector[n]);
            }
        } else {
            m.writeSystem16(at(base, IP_16), (int) c.rip);
            m.writeSystem16(at(base, FLAGS_16), flags);
            for (int n = 0; n < 8; n++) {
                m.writeSystem16(at(base, REGISTERS_16 + 2 * n), (int) c.gpr[n]);
            }
            for (int n = 0; n < 4; n++) {
                m.writeSystem16(at(base, SEGMENTS_16 + 2 * n), c.segSelector[n]);
            }
        }
    }

    private static void load(Cpu c, Image t, boolean wide) {
        if (wide && (c.cr0 & Cpu.CR0_PG) != 0) {
            if ((c.cr4 & Cpu.CR4_PAE) != 0 && !c.mmu.loadPdptes(t.cr3)) {
                throw c.fault(GuestFault.GP, 0);
            }
            c.cr3 = t.cr3;
            c.mmu.flushNonGlobal();
        }
        System.arraycopy(t.registers, 0, c.gpr, 0, 8);
        c.rip = t.rip;
        // All selectors are in place before the first descriptor is looked at; until then nothing may be accessed by
        // them.
        for (int n = 0; n < 6; n++) {
            c.segSelector[n] = t.segments[n];
            c.segAttributes[n] &= ~Descriptors.PRESENT;
        }
        c.cpl = (t.flags & Cpu.VM) != 0 ? 3 : t.segments[Cpu.CS] & 3;
        FlagsRegister.write(c, t.flags, -1);
        c.dr[7] &= ~DR7_LOCAL;
        DebugRegisters.changed(c);
        c.ldtSelector = t.ldt;
        c.ldtAttributes = 0;
        Modes.update(c);
        loadLdt(c, t.ldt);
        if (FlagsRegister.virtual8086(c)) {
            for (int n = 0; n < 6; n++) {
                Segments.loadReal(c, n, t.segments[n]);
            }
            Modes.update(c);
            return;
        }
        loadCode(c, t.segments[Cpu.CS]);
        loadStack(c, t.segments[Cpu.SS]);
        loadData(c, Cpu.ES, t.segments[Cpu.ES]);
        loadData(c, Cpu.DS, t.segments[Cpu.DS]);
        loadData(c, Cpu.FS, t.segments[Cpu.FS]);
        loadData(c, Cpu.GS, t.segments[Cpu.GS]);
    }

    private static void loadLdt(Cpu c, int selector) {
        if (Descriptors.isNull(selector)) {
            return;
        }
        if ((selector & 4) != 0) {
            throw c.fault(GuestFault.TS, selector & 0xFFFC);
        }
        long d = Descriptors.read(c, selector, GuestFault.TS);
        int attributes = Descriptors.attributes(d);
        if ((attributes & Descriptors.TYPE) != Descriptors.LDT || (attributes & Descriptors.PRESENT) == 0) {
            throw c.fault(GuestFault.TS, selector & 0xFFFC);
        }
        c.ldtBase = Descriptors.base(d);
        c.ldtLimit = Descriptors.limit(d);
        c.ldtAttributes = attributes;
    }

    private static void loadCode(Cpu c, int selector) {
        if (Descriptors.isNull(selector)) {
            throw c.fault(GuestFault.TS, 0);
        }
        long d = Descriptors.read(c, selector, GuestFault.TS);
        int attributes = Descriptors.attributes(d);
        int dpl = Descriptors.dpl(attributes);
        int rpl = selector & 3;
        boolean conforming = (attributes & Descriptors.CONFORMING) != 0;
        if (!Descriptors.isCode(attributes) || (conforming ? dpl > rpl : dpl != rpl)) {
            throw c.fault(GuestFault.TS, selector & 0xFFFC);
        }
        if ((attributes & Descriptors.PRESENT) == 0) {
            throw c.fault(GuestFault.NP, selector & 0xFFFC);
        }
        Segments.set(c, Cpu.CS, selector, d, Descriptors.markAccessed(c, selector, d));
        Modes.update(c);
    }

    private static void loadStack(Cpu c, int selector) {
        long d = InnerStack.descriptor(c, selector, c.cpl);
        Segments.set(c, Cpu.SS, selector, d, Descriptors.markAccessed(c, selector, d));
        Modes.update(c);
    }

    /** A data segment by the rules of MOV, except that what is wrong with it raises #TS. */
    private static void loadData(Cpu c, int seg, int selector) {
        try {
            Segments.load(c, seg, selector);
        } catch (GuestFault e) {
            if (e.vector == GuestFault.GP) {
                throw c.fault(GuestFault.TS, e.errorCode);
            }
            throw e;
        }
    }
}
