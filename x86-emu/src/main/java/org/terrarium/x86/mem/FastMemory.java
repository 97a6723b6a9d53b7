package org.terrarium.x86.mem;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The fast paths of {@link Mmu} for translated code, which holds one of these as a constant.
 *
 * <p>A record because HotSpot trusts the fields of records: with a constant receiver, TLB arrays and guest memory are constants
 * too, and the bounds of the memory fold into one comparison. One set of methods for all translated code because HotSpot then
 * knows from everyone's accesses that both branches are taken, and never compiles a fast path without its slow one.
 *
 * @param reads TLB entries for loads (see {@link Tlb})
 * @param writes TLB entries for stores
 * @param executes TLB entries for code
 * @param ram guest memory
 * @param mmu where the slow paths are
 */
public record FastMemory(long[] reads, long[] writes, long[] executes, MemorySegment ram, Mmu mmu) {
    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final long PAGE = ~0xFFFL;

    /** An address shifted right by 11, masked by this, is the index of its tag; what to add to the address is behind it. */
    public static final int INDEX_MASK = Tlb.INDEX_MASK;

    /** What no address is whose bits within the page are masked out, but for those that alignment to 8 bytes needs. */
    public static final long NO_PAGE = 0x800;

    /** 8 bits, zero-extended. */
    public int read8(long lin) {
        long[] t = reads;
        int k = (int) (lin >>> 11) & Tlb.INDEX_MASK;
        if (t[k] == (lin & PAGE)) {
            return ram.get(BYTE, lin + t[k + 1]) & 0xFF;
        }
        return (int) mmu.slowRead(lin, 1) & 0xFF;
    }

    /** 8 bits, zero-extended, that a store of as many bits follows. */
    public int readForUpdate8(long lin) {
        long[] t = writes;
        int k = (int) (lin >>> 11) & Tlb.INDEX_MASK;
        if (t[k] == (lin & PAGE)) {
            return ram.get(BYTE, lin + t[k + 1]) & 0xFF;
        }
        return (int) mmu.slowReadForUpdate(lin, 1) & 0xFF;
    }

    /** Stores 8 bits. */
    public void write8(long lin, int value) {
        long[] t = writes;
        int k = (int) (lin >>> 11) & Tlb.INDEX_MASK;
        if (t[k] == (lin & PAGE)) {
            ram.set(BYTE, lin + t[k + 1], (byte) value);
        } else {
            mmu.slowWrite(lin, 1, value);
        }
    }

    /** 16 bits, zero-extended. */
    public int read16(long lin) {
        long[] t = reads;
        int k = (int) (lin >>> 11) & Tlb.INDEX_MASK;
        if (t[k] == (lin + 1 & PAGE)) {
            return ram.get(SHORT, lin + t[k + 1]) & 0xFFFF;
        }
        return (int) mmu.slowRead(lin, 2) & 0xFFFF;
    }

    /** 16 bits, zero-extended, that a store of as many bits follows. */
    public int readForUpdate16(long lin) {
        long[] t = writes;
        int k = (int) (lin >>> 11) & Tlb.INDEX_MASK;
        if (t[k] == (lin + 1 & PAGE)) {
            return ram.get(SHORT, lin + t[k + 1]) & 0xFFFF;
        }
        return (int) mmu.slowReadForUpdate(lin, 2) & 0xFFFF;
    }

    /** Stores 16 bits. */
    public void write16(long lin, int value) {
        long[] t = writes;
        int k = (int) (lin >>> 11) & Tlb.INDEX_MASK;
        if (t[k] == (lin + 1 & PAGE)) {
            ram.set(SHORT, lin + t[k + 1], (short) value);
        } else {
            mmu.slowWrite(lin, 2, value);
        }
    }

    /** 32 bits. */
    public int read32(long lin) {
        long[] t = reads;
        int k = (int) (lin >>> 11) & Tlb.INDEX_MASK;
        if (t[k] == (lin + 3 & PAGE)) {
            return ram.get(INT, lin + t[k + 1]);
        }
        return (int) mmu.slowRead(lin, 4);
    }

    /** 32 bits, that a store of as many bits follows. */
    public int readForUpdate32(long lin) {
        long[] t = writes;
        int k = (int) (lin >>> 11) & Tlb.INDEX_MASK;
        if (t[k] == (lin + 3 & PAGE)) {
            return ram.get(INT, lin + t[k + 1]);
        }
        return (int) mmu.slowReadForUpdate(lin, 4);
    }

    /** Stores 32 bits. */
    public void write32(long lin, int value) {
        long[] t = writes;
        int k = (int) (lin >>> 11) & Tlb.INDEX_MASK;
        if (t[k] == (lin + 3 & PAGE)) {
            ram.set(INT, lin + t[k + 1], value);
        } else {
            mmu.slowWrite(lin, 4, value);
        }
    }

    /** 64 bits. */
    public long read64(long lin) {
        long[] t = reads;
        int k = (int) (lin >>> 11) & Tlb.INDEX_MASK;
        if (t[k] == (lin + 7 & PAGE)) {
            return ram.get(LONG, lin + t[k + 1]);
        }
        return mmu.slowRead(lin, 8);
    }

    /** 64 bits, that a store of as many bits follows. */
    public long readForUpdate64(long lin) {
        long[] t = writes;
        int k = (int) (lin >>> 11) & Tlb.INDEX_MASK;
        if (t[k] == (lin + 7 & PAGE)) {
            return ram.get(LONG, lin + t[k + 1]);
        }
        return mmu.slowReadForUpdate(lin, 8);
    }

    /** Stores 64 bits. */
    public void write64(long lin, long value) {
        long[] t = writes;
        int k = (int) (lin >>> 11) & Tlb.INDEX_MASK;
        if (t[k] == (lin + 7 & PAGE)) {
            ram.set(LONG, lin + t[k + 1], value);
        } else {
            mmu.slowWrite(lin, 8, value);
        }
    }

    /** Stores 128 bits, in two accesses. */
    public void write128(long lin, long low, long high) {
        if ((lin & 0xFFF) > 0xFF0) {
            mmu.write128(lin, low, high);
        } else {
            write64(lin, low);
            write64(lin + 8, high);
        }
    }

    /** Whether the code page at {@code lin} is known to be at a backing offset now. */
    public boolean maps(long lin, long backingOffset) {
        long[] t = executes;
        int k = (int) (lin >>> 11) & Tlb.INDEX_MASK;
        return t[k] == (lin & PAGE) && lin + t[k + 1] == backingOffset;
    }

    // For code that looks into the TLB itself.

    /** As {@link #read8} of what the TLB does not serve. */
    public int slowRead8(long lin) {
        return (int) mmu.slowRead(lin, 1);
    }

    /** As {@link #readForUpdate8} of what the TLB does not serve. */
    public int slowReadForUpdate8(long lin) {
        return (int) mmu.slowReadForUpdate(lin, 1);
    }

    /** As {@link #write8} of what the TLB does not serve. */
    public void slowWrite8(long lin, int value) {
        mmu.slowWrite(lin, 1, value);
    }

    /** As {@link #read16} of what the TLB does not serve. */
    public int slowRead16(long lin) {
        return (int) mmu.slowRead(lin, 2);
    }

    /** As {@link #readForUpdate16} of what the TLB does not serve. */
    public int slowReadForUpdate16(long lin) {
        return (int) mmu.slowReadForUpdate(lin, 2);
    }

    /** As {@link #write16} of what the TLB does not serve. */
    public void slowWrite16(long lin, int value) {
        mmu.slowWrite(lin, 2, value);
    }

    /** As {@link #read32} of what the TLB does not serve. */
    public int slowRead32(long lin) {
        return (int) mmu.slowRead(lin, 4);
    }

    /** As {@link #readForUpdate32} of what the TLB does not serve. */
    public int slowReadForUpdate32(long lin) {
        return (int) mmu.slowReadForUpdate(lin, 4);
    }

    /** As {@link #write32} of what the TLB does not serve. */
    public void slowWrite32(long lin, int value) {
        mmu.slowWrite(lin, 4, value);
    }

    /** As {@link #read64} of what the TLB does not serve. */
    public long slowRead64(long lin) {
        return mmu.slowRead(lin, 8);
    }

    /** As {@link #readForUpdate64} of what the TLB does not serve. */
    public long slowReadForUpdate64(long lin) {
        return mmu.slowReadForUpdate(lin, 8);
    }

    /** As {@link #write64} of what the TLB does not serve. */
    public void slowWrite64(long lin, long value) {
        mmu.slowWrite(lin, 8, value);
    }

    /** 8 bits at a backing offset. */
    public int direct8(long at) {
        return ram.get(BYTE, at) & 0xFF;
    }

    /** Stores 8 bits at a backing offset. */
    public void direct8(long at, int value) {
        ram.set(BYTE, at, (byte) value);
    }

    /** 16 bits at a backing offset. */
    public int direct16(long at) {
        return ram.get(SHORT, at) & 0xFFFF;
    }

    /** Stores 16 bits at a backing offset. */
    public void direct16(long at, int value) {
        ram.set(SHORT, at, (short) value);
    }

    /** 32 bits at a backing offset. */
    public int direct32(long at) {
        return ram.get(INT, at);
    }

    /** Stores 32 bits at a backing offset. */
    public void direct32(long at, int value) {
        ram.set(INT, at, value);
    }

    /** 64 bits at a backing offset. */
    public long direct64(long at) {
        return ram.get(LONG, at);
    }

    /** Stores 64 bits at a backing offset. */
    public void direct64(long at, long value) {
        ram.set(LONG, at, value);
    }
}
