package org.terrarium.x86.sys;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.GuestFault;

/** Stack pointers for inner privilege levels, from the task-state segment (SDM volume 3, 5.8.5, 6.14.4, 7.7). */
final class InnerStack {
    private InnerStack() {}

    private static boolean tss32(Cpu c) {
        return (c.trAttributes & 8) != 0;
    }

    private static long checkedOffset(Cpu c, int offset, int bytes) {
        if (offset + bytes - 1 > (c.trLimit & 0xFFFF_FFFFL)) {
            throw c.fault(GuestFault.TS, c.trSelector & 0xFFFC);
        }
        return Descriptors.tableAddress(c, c.trBase + offset);
    }

    /** SS of a level outside of IA-32e mode. */
    static int selector(Cpu c, int level) {
        long at = tss32(c) ? checkedOffset(c, level * 8 + 8, 2) : checkedOffset(c, level * 4 + 4, 2);
        return c.mmu.readSystem16(at);
    }

    /** SP or ESP of a level outside of IA-32e mode. */
    static long pointer(Cpu c, int level) {
        return tss32(c)
                ? c.mmu.readSystem32(checkedOffset(c, level * 8 + 4, 4)) & 0xFFFF_FFFFL
                : c.mmu.readSystem16(checkedOffset(c, level * 4 + 2, 2));
    }

    /** The stack segment's descriptor, checked for use at {@code level}: #TS or #SS. */
    static long descriptor(Cpu c, int selector, int level) {
        if (Descriptors.isNull(selector)) {
            throw c.fault(GuestFault.TS, 0);
        }
        long d = Descriptors.read(c, selector, GuestFault.TS);
        int attributes = Descriptors.attributes(d);
        if ((selector & 3) != level
                || Descriptors.dpl(attributes) != level
                || !Descriptors.isWritableData(attributes)) {
            throw c.fault(GuestFault.TS, selector & 0xFFFC);
        }
        if ((attributes & Descriptors.PRESENT) == 0) {
            throw c.fault(GuestFault.SS, selector & 0xFFFC);
        }
        return d;
    }

    /** RSP of a level in IA-32e mode. */
    static long pointer64(Cpu c, int level) {
        return canonical(c, c.mmu.readSystem64(checkedOffset(c, 4 + 8 * level, 8)));
    }

    /** Interrupt stack table entry 1..7. */
    static long interruptStack(Cpu c, int entry) {
        return canonical(c, c.mmu.readSystem64(checkedOffset(c, 28 + 8 * entry, 8)));
    }

    private static long canonical(Cpu c, long pointer) {
        if (pointer << 16 >> 16 != pointer) {
            throw c.fault(GuestFault.SS, 0);
        }
        return pointer;
    }
}
