package org.terrarium.x86.sys;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.GuestFault;

/**
 * Pushes onto a stack that is not (yet) the one in SS:rSP: nothing of the processor's state changes until the transfer is
 * certain to succeed and the caller takes over {@link #pointer}.
 */
final class PushFrame {
    private final Cpu c;
    private final long base;
    private final long mask;
    private final long linearMask;
    private final long limit;
    private final boolean expandDown;
    private final boolean checked;
    private final boolean system;
    private final int errorCode;

    /** The stack pointer so far. */
    long pointer;

    private PushFrame(
            Cpu c, long base, int limit, int attributes, long pointer, boolean wide, boolean system, int errorCode) {
        this.c = c;
        this.base = base;
        this.mask = wide ? ~0L : (attributes & Descriptors.BIG) != 0 ? 0xFFFF_FFFFL : 0xFFFFL;
        this.linearMask = wide ? ~0L : 0xFFFF_FFFFL;
        this.limit = limit & 0xFFFF_FFFFL;
        this.expandDown = (attributes & Descriptors.EXPAND_DOWN) != 0;
        this.checked = !wide;
        this.system = system;
        this.errorCode = errorCode;
        this.pointer = pointer & mask;
    }

    /** The current stack, accessed at the current privilege. */
    static PushFrame current(Cpu c) {
        return new PushFrame(
                c,
                c.segEffectiveBase[Cpu.SS],
                c.segLimit[Cpu.SS],
                c.segAttributes[Cpu.SS],
                c.gpr[Cpu.RSP],
                c.codeSize == 64,
                false,
                0);
    }

    /** An inner level's stack in a segment; #SS with the selector when it has not enough room. */
    static PushFrame inner(Cpu c, int selector, long d, long pointer) {
        return new PushFrame(
                c,
                Descriptors.base(d),
                Descriptors.limit(d),
                Descriptors.attributes(d),
                pointer,
                false,
                true,
                selector & 0xFFFC);
    }

    /** A 64-bit stack; {@code system}: accessed with supervisor rights whatever the current level is. */
    static PushFrame wide(Cpu c, long pointer, boolean system) {
        return new PushFrame(c, 0, -1, 0, pointer, true, system, 0);
    }

    /** Pushes {@code size} bits: 16, 32 or 64. */
    void push(int size, long value) {
        int bytes = size >> 3;
        long sp = pointer - bytes & mask;
        if (checked) {
            long last = sp + bytes - 1;
            boolean outside = expandDown ? sp <= limit || last > mask : last > limit && limit != 0xFFFF_FFFFL;
            if (outside) {
                throw c.fault(GuestFault.SS, errorCode);
            }
        }
        long lin = base + sp & linearMask;
        if (lin << 16 >> 16 != lin) {
            throw c.fault(GuestFault.SS, errorCode);
        }
        switch (size) {
            case 16 -> {
                if (system) {
                    c.mmu.writeSystem16(lin, (int) value);
                } else {
                    c.mmu.write16(lin, (int) value);
                }
            }
            case 32 -> {
                if (system) {
                    c.mmu.writeSystem32(lin, (int) value);
                } else {
                    c.mmu.write32(lin, (int) value);
                }
            }
            default -> {
                if (system) {
                    c.mmu.writeSystem64(lin, value);
                } else {
                    c.mmu.write64(lin, value);
                }
            }
        }
        pointer = sp;
    }
}
