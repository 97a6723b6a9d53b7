package org.terrarium.x86.sys;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.GuestFault;
import org.terrarium.x86.interp.Operands;
import org.terrarium.x86.isa.Insn;

/** Descriptor-table and task registers: LGDT, LIDT, SGDT, SIDT, LLDT, LTR, SLDT, STR (SDM volume 2). */
public final class SystemTables {
    private SystemTables() {}

    /** LGDT. */
    public static void lgdt(Cpu c, Insn i) {
        Privilege.requireKernel(c);
        long lin = Operands.linear(c, i, imageBytes(c), false);
        int limit = c.mmu.read16(lin);
        c.gdtBase = readBase(c, i, lin);
        c.gdtLimit = limit;
    }

    /** LIDT. */
    public static void lidt(Cpu c, Insn i) {
        Privilege.requireKernel(c);
        long lin = Operands.linear(c, i, imageBytes(c), false);
        int limit = c.mmu.read16(lin);
        c.idtBase = readBase(c, i, lin);
        c.idtLimit = limit;
    }

    private static int imageBytes(Cpu c) {
        return c.codeSize == 64 ? 10 : 6;
    }

    /** 64 bits in 64-bit mode, 24 bits with a 16-bit operand size, else 32. */
    private static long readBase(Cpu c, Insn i, long lin) {
        long at = lin + 2 & c.linearMask;
        if (c.codeSize == 64) {
            long base = c.mmu.read64(at);
            if (base << 16 >> 16 != base) {
                throw c.fault(GuestFault.GP, 0);
            }
            return base;
        }
        long base = c.mmu.read32(at) & 0xFFFF_FFFFL;
        return i.operandSize == 16 ? base & 0xFF_FFFF : base;
    }

    /** SGDT. */
    public static void sgdt(Cpu c, Insn i) {
        store(c, i, c.gdtLimit, c.gdtBase);
    }

    /** SIDT. */
    public static void sidt(Cpu c, Insn i) {
        store(c, i, c.idtLimit, c.idtBase);
    }

    private static void store(Cpu c, Insn i, int limit, long base) {
        Privilege.checkUserModePrevention(c);
        int bytes = imageBytes(c);
        long lin = Operands.linear(c, i, bytes, true);
        c.mmu.probeWrite(lin, bytes);
        c.mmu.write16(lin, limit);
        long at = lin + 2 & c.linearMask;
        if (bytes == 10) {
            c.mmu.write64(at, base);
        } else {
            c.mmu.write32(at, (int) base);
        }
    }

    /** SLDT. */
    public static void sldt(Cpu c, Insn i) {
        storeSelector(c, i, c.ldtSelector);
    }

    /** STR. */
    public static void str(Cpu c, Insn i) {
        storeSelector(c, i, c.trSelector);
    }

    private static void storeSelector(Cpu c, Insn i, int selector) {
        Privilege.checkUserModePrevention(c);
        if (i.memory) {
            Operands.write16(c, i, selector);
        } else {
            Operands.setRegister(c, i.rm, selector, i.operandSize);
        }
    }

    /** LLDT. */
    public static void lldt(Cpu c, Insn i) {
        Privilege.requireKernel(c);
        int selector = Operands.read16(c, i);
        if (Descriptors.isNull(selector)) {
            c.ldtSelector = selector;
            c.ldtAttributes = 0;
            return;
        }
        long d = systemDescriptor(c, selector);
        int attributes = Descriptors.attributes(d);
        if ((attributes & Descriptors.TYPE) != Descriptors.LDT) {
            throw Descriptors.generalProtection(c, selector);
        }
        requirePresent(c, selector, attributes);
        c.ldtBase = Descriptors.base(d) | upperBase(c, selector);
        c.ldtLimit = Descriptors.limit(d);
        c.ldtAttributes = attributes;
        c.ldtSelector = selector;
    }

    /** LTR. */
    public static void ltr(Cpu c, Insn i) {
        Privilege.requireKernel(c);
        int selector = Operands.read16(c, i);
        if (Descriptors.isNull(selector)) {
            throw c.fault(GuestFault.GP, 0);
        }
        long d = systemDescriptor(c, selector);
        int attributes = Descriptors.attributes(d);
        int type = attributes & Descriptors.TYPE;
        boolean available = type == Descriptors.TSS32_AVAILABLE || type == Descriptors.TSS16_AVAILABLE && !c.longMode();
        if (!available) {
            throw Descriptors.generalProtection(c, selector);
        }
        requirePresent(c, selector, attributes);
        long base = Descriptors.base(d) | upperBase(c, selector);
        int busy = attributes | 2;
        c.mmu.writeSystem8(Descriptors.address(c, selector, 8) + 5, busy & 0xFF);
        c.trSelector = selector;
        c.trBase = base;
        c.trLimit = Descriptors.limit(d);
        c.trAttributes = busy;
    }

    private static long systemDescriptor(Cpu c, int selector) {
        if ((selector & 4) != 0) {
            throw Descriptors.generalProtection(c, selector);
        }
        return Descriptors.read(c, selector, GuestFault.GP);
    }

    private static void requirePresent(Cpu c, int selector, int attributes) {
        if ((attributes & Descriptors.PRESENT) == 0) {
            throw c.fault(GuestFault.NP, selector & 0xFFFC);
        }
    }

    /** Bits 63..32 of the base in IA-32e mode, where system descriptors have 16 bytes. */
    private static long upperBase(Cpu c, int selector) {
        if (!c.longMode()) {
            return 0;
        }
        long upper = Descriptors.readUpper(c, selector, GuestFault.GP);
        long base = upper << 32;
        if ((upper >>> 40 & Descriptors.TYPE) != 0 || base << 16 >> 16 != base) {
            throw Descriptors.generalProtection(c, selector);
        }
        return base;
    }
}
