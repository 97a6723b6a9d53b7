package org.terrarium.x86.sys;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.GuestFault;

/** Loading of segment registers and checks of accesses through them (SDM volume 3, chapters 3 and 5; volume 2, MOV). */
public final class Segments {
    private static final int REAL_MODE_DATA = 0x93;
    private static final int VIRTUAL_8086 = 0xF3;

    private Segments() {}

    /** Limit and type check of a load through a checked segment (where {@code c.segChecked[seg] != 0}). */
    public static void checkRead(Cpu c, int seg, long ea, int bytes) {
        int attributes = c.segAttributes[seg];
        if (!c.realAddressing()
                && ((attributes & Descriptors.PRESENT) == 0
                        || (attributes & (Descriptors.CODE | Descriptors.READABLE)) == Descriptors.CODE)) {
            throw violation(c, seg);
        }
        checkLimit(c, seg, attributes, ea, bytes);
    }

    /** As {@link #checkRead} for a store. */
    public static void checkWrite(Cpu c, int seg, long ea, int bytes) {
        int attributes = c.segAttributes[seg];
        if (!c.realAddressing()
                && (attributes & (Descriptors.PRESENT | Descriptors.CODE | Descriptors.WRITABLE))
                        != (Descriptors.PRESENT | Descriptors.WRITABLE)) {
            throw violation(c, seg);
        }
        checkLimit(c, seg, attributes, ea, bytes);
    }

    private static void checkLimit(Cpu c, int seg, int attributes, long ea, int bytes) {
        if (!withinLimit(c, seg, attributes, ea, bytes)) {
            throw violation(c, seg);
        }
    }

    /** Whether the bytes lie within the segment; its type is another matter. */
    static boolean withinLimit(Cpu c, int seg, long ea, int bytes) {
        return c.segChecked[seg] == 0 || withinLimit(c, seg, c.segAttributes[seg], ea, bytes);
    }

    private static boolean withinLimit(Cpu c, int seg, int attributes, long ea, int bytes) {
        long limit = c.segLimit[seg] & 0xFFFF_FFFFL;
        long last = ea + bytes - 1;
        if ((attributes & (Descriptors.CODE | Descriptors.EXPAND_DOWN)) == Descriptors.EXPAND_DOWN) {
            long top = (attributes & Descriptors.BIG) != 0 ? 0xFFFF_FFFFL : 0xFFFFL;
            return ea > limit && last <= top;
        }
        return last <= limit || limit == 0xFFFF_FFFFL;
    }

    private static GuestFault violation(Cpu c, int seg) {
        return c.fault(seg == Cpu.SS ? GuestFault.SS : GuestFault.GP, 0);
    }

    /** Whether an instruction pointer lies within the code segment; else #GP(0). */
    static void checkCodeOffset(Cpu c, long offset) {
        if (c.codeSize == 64) {
            if (offset << 16 >> 16 != offset) {
                throw c.fault(GuestFault.GP, 0);
            }
        } else if (offset > (c.segLimit[Cpu.CS] & 0xFFFF_FFFFL)) {
            throw c.fault(GuestFault.GP, 0);
        }
    }

    /**
     * Loads ES, SS, DS, FS or GS as MOV, POP and the LDS family do, in any mode, with every check. After a load of SS the
     * caller sets the interrupt shadow where its instruction has one.
     */
    public static void load(Cpu c, int seg, int selector) {
        if (c.realAddressing()) {
            loadReal(c, seg, selector);
        } else if (seg == Cpu.SS) {
            loadStack(c, selector);
        } else {
            loadData(c, seg, selector);
        }
    }

    /** Loads a register by the rules of real or virtual-8086 mode; does not update what depends on CS. */
    static void loadReal(Cpu c, int seg, int selector) {
        c.segSelector[seg] = selector;
        c.segBase[seg] = (long) selector << 4;
        if ((c.eflags & Cpu.VM) != 0) {
            c.segLimit[seg] = 0xFFFF;
            c.segAttributes[seg] = VIRTUAL_8086;
        } else if ((c.segAttributes[seg] & Descriptors.PRESENT) == 0) {
            // Real mode changes neither limit nor attributes ("unreal mode" lives from it), but it makes a register
            // usable
            // that was null in protected mode.
            c.segAttributes[seg] = REAL_MODE_DATA;
        }
        Modes.segmentLoaded(c, seg);
    }

    private static void loadStack(Cpu c, int selector) {
        if (Descriptors.isNull(selector)) {
            boolean allowed = c.codeSize == 64 && c.cpl != 3 && (selector & 3) == c.cpl;
            if (!allowed) {
                throw c.fault(GuestFault.GP, 0);
            }
            loadNullStack(c, selector);
            Modes.segmentLoaded(c, Cpu.SS);
            return;
        }
        long d = Descriptors.read(c, selector, GuestFault.GP);
        int attributes = Descriptors.attributes(d);
        if ((selector & 3) != c.cpl
                || !Descriptors.isWritableData(attributes)
                || Descriptors.dpl(attributes) != c.cpl) {
            throw Descriptors.generalProtection(c, selector);
        }
        if ((attributes & Descriptors.PRESENT) == 0) {
            throw c.fault(GuestFault.SS, selector & 0xFFFC);
        }
        set(c, Cpu.SS, selector, d, Descriptors.markAccessed(c, selector, d));
        Modes.segmentLoaded(c, Cpu.SS);
    }

    /** SS as 64-bit mode has it after a change of privilege: null, with the DPL following CPL. */
    static void loadNullStack(Cpu c, int selector) {
        c.segSelector[Cpu.SS] = selector;
        c.segBase[Cpu.SS] = 0;
        c.segLimit[Cpu.SS] = -1;
        c.segAttributes[Cpu.SS] = 0xC093 & ~Descriptors.PRESENT | (selector & 3) << 5;
    }

    private static void loadData(Cpu c, int seg, int selector) {
        if (Descriptors.isNull(selector)) {
            loadNull(c, seg, selector);
            return;
        }
        long d = Descriptors.read(c, selector, GuestFault.GP);
        int attributes = Descriptors.attributes(d);
        boolean code = Descriptors.isCode(attributes);
        if ((attributes & Descriptors.SEGMENT) == 0 || code && (attributes & Descriptors.READABLE) == 0) {
            throw Descriptors.generalProtection(c, selector);
        }
        int dpl = Descriptors.dpl(attributes);
        if (!Descriptors.isConformingCode(attributes) && ((selector & 3) > dpl || c.cpl > dpl)) {
            throw Descriptors.generalProtection(c, selector);
        }
        if ((attributes & Descriptors.PRESENT) == 0) {
            throw c.fault(GuestFault.NP, selector & 0xFFFC);
        }
        set(c, seg, selector, d, Descriptors.markAccessed(c, selector, d));
        Modes.segmentLoaded(c, seg);
    }

    /** A null selector: no access possible outside of 64-bit mode. */
    static void loadNull(Cpu c, int seg, int selector) {
        c.segSelector[seg] = selector;
        c.segBase[seg] = 0;
        c.segAttributes[seg] = 0;
        Modes.segmentLoaded(c, seg);
    }

    /** Fills the hidden part from a descriptor; what depends on it is the caller's to update. */
    static void set(Cpu c, int seg, int selector, long d, int attributes) {
        c.segSelector[seg] = selector;
        c.segBase[seg] = Descriptors.base(d);
        c.segLimit[seg] = Descriptors.limit(d);
        c.segAttributes[seg] = attributes;
    }

    /** A flat or fixed segment that does not come from a descriptor (SYSCALL, SYSENTER and their returns). */
    static void setFlat(Cpu c, int seg, int selector, int attributes) {
        c.segSelector[seg] = selector;
        c.segBase[seg] = 0;
        c.segLimit[seg] = -1;
        c.segAttributes[seg] = attributes;
    }

    /**
     * After a return to an outer level: data segment registers that the outer level could not have loaded become null
     * (SDM volume 2, RET).
     */
    static void dropPrivileged(Cpu c) {
        for (int seg : DATA) {
            int attributes = c.segAttributes[seg];
            if (c.cpl > Descriptors.dpl(attributes)
                    && (attributes & Descriptors.PRESENT) != 0
                    && !Descriptors.isConformingCode(attributes)) {
                loadNull(c, seg, 0);
            }
        }
    }

    private static final int[] DATA = {Cpu.ES, Cpu.DS, Cpu.FS, Cpu.GS};
}
