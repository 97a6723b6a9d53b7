package org.terrarium.x86.sys;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.GuestFault;

/**
 * Segment descriptors in memory (SDM volume 3, 3.4.5 and 5.8.3). Attributes have the layout of {@link Cpu#segAttributes}.
 */
final class Descriptors {
    static final int ACCESSED = 1;

    /** Data: writable. Code: readable. */
    static final int WRITABLE = 1 << 1;

    static final int READABLE = WRITABLE;

    /** Data: expand-down. Code: conforming. */
    static final int EXPAND_DOWN = 1 << 2;

    static final int CONFORMING = EXPAND_DOWN;
    static final int CODE = 1 << 3;

    /** Code or data, not a system descriptor. */
    static final int SEGMENT = 1 << 4;

    static final int PRESENT = 1 << 7;
    static final int LONG = 1 << 13;
    static final int BIG = 1 << 14;
    static final int GRANULAR = 1 << 15;

    /** The type field of a system descriptor, S included. */
    static final int TYPE = 0x1F;

    static final int TSS16_AVAILABLE = 1;
    static final int LDT = 2;
    static final int TSS16_BUSY = 3;
    static final int CALL_GATE16 = 4;
    static final int TASK_GATE = 5;
    static final int INTERRUPT_GATE16 = 6;
    static final int TRAP_GATE16 = 7;
    static final int TSS32_AVAILABLE = 9;
    static final int TSS32_BUSY = 11;
    static final int CALL_GATE32 = 12;
    static final int INTERRUPT_GATE32 = 14;
    static final int TRAP_GATE32 = 15;

    private Descriptors() {}

    static boolean isNull(int selector) {
        return (selector & 0xFFFC) == 0;
    }

    /** Linear address of the descriptor, or -1 when the selector is beyond its table. */
    static long address(Cpu c, int selector, int bytes) {
        int index = selector & 0xFFF8;
        if ((selector & 4) != 0) {
            boolean usable = !isNull(c.ldtSelector) && (c.ldtAttributes & PRESENT) != 0;
            if (!usable || (index + bytes - 1) > (c.ldtLimit & 0xFFFF_FFFFL)) {
                return -1;
            }
            return tableAddress(c, c.ldtBase + index);
        }
        return index + bytes - 1 > (c.gdtLimit & 0xFFFF) ? -1 : tableAddress(c, c.gdtBase + index);
    }

    /** Descriptor tables are reached with 64-bit addresses in IA-32e mode, 32-bit addresses elsewhere. */
    static long tableAddress(Cpu c, long lin) {
        return c.longMode() ? lin : lin & 0xFFFF_FFFFL;
    }

    /** Reads the 8-byte descriptor; beyond the table it raises {@code vector} with the selector as error code. */
    static long read(Cpu c, int selector, int vector) {
        long at = address(c, selector, 8);
        if (at == -1) {
            throw c.fault(vector, selector & 0xFFFC);
        }
        return c.mmu.readSystem64(at);
    }

    /** The upper half of a 16-byte system descriptor of IA-32e mode. */
    static long readUpper(Cpu c, int selector, int vector) {
        long at = address(c, selector, 16);
        if (at == -1) {
            throw c.fault(vector, selector & 0xFFFC);
        }
        return c.mmu.readSystem64(at + 8);
    }

    static long base(long d) {
        return d >>> 16 & 0xFF_FFFF | d >>> 56 << 24;
    }

    /** In bytes, granularity applied. */
    static int limit(long d) {
        int raw = (int) (d & 0xFFFF | d >>> 32 & 0xF_0000);
        return (d >>> 40 & GRANULAR) != 0 ? raw << 12 | 0xFFF : raw;
    }

    static int attributes(long d) {
        return (int) (d >>> 40) & 0xF0FF;
    }

    static int dpl(int attributes) {
        return attributes >> 5 & 3;
    }

    static boolean isCode(int attributes) {
        return (attributes & (SEGMENT | CODE)) == (SEGMENT | CODE);
    }

    static boolean isWritableData(int attributes) {
        return (attributes & (SEGMENT | CODE | WRITABLE)) == (SEGMENT | WRITABLE);
    }

    static boolean isConformingCode(int attributes) {
        return (attributes & (SEGMENT | CODE | CONFORMING)) == (SEGMENT | CODE | CONFORMING);
    }

    static int gateSelector(long d) {
        return (int) (d >>> 16) & 0xFFFF;
    }

    /** Offset of a gate's low 8 bytes: 32 bits, or 16 for a 16-bit gate. */
    static long gateOffset(long d) {
        long low = d & 0xFFFF;
        return ((int) (d >>> 40) & 8) != 0 ? low | d >>> 32 & 0xFFFF_0000L : low;
    }

    /** Sets the accessed bit in memory where it is clear; returns the attributes with it set. */
    static int markAccessed(Cpu c, int selector, long d) {
        int attributes = attributes(d);
        if ((attributes & ACCESSED) == 0) {
            c.mmu.writeSystem8(address(c, selector, 8) + 5, attributes & 0xFF | ACCESSED);
        }
        return attributes | ACCESSED;
    }

    static GuestFault generalProtection(Cpu c, int selector) {
        return c.fault(GuestFault.GP, selector & 0xFFFC);
    }
}
