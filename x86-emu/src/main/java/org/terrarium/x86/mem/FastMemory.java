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

    /** What no address is whose bits within the page are masked out, but for those that alignment to 8 bytes needs. */
    public static final long NO_PAGE = 0x800;

    /** 8 bits, zero-extended. */
    public int read8(long lin) {
        long[] t = reads;
        int k = (int) (lin >>> 11) & Tlb.INDEX_MASK;
        if (t[k] == (lin & PAGE)) {
            return ram.get(BYTE, lin + t[k + 1]) & 0xFF;
        }
        return (int) mmu.slowRead(lin, 1);
    }

    /** 8 bits, zero-extended, that a store of as many bits follows. */
    public int readForUpdate8(long lin) {
        long[] t = writes;
        int k = (int) (lin >>> 11) & Tlb.INDEX_MASK;
        if (t[k] == (lin & PAGE)) {
            return ram.get(BYTE, lin + t[k + 1]) & 0xFF;
        }
        return (int) mmu.slowReadForUpdate(lin, 1);
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
        return (int) mmu.slowRead(lin, 2);
    }

    /** 16 bits, zero-extended, that a store of as many bits follows. */
    public int readForUpdate16(long lin) {
        long[] t = writes;
        int k = (int) (lin >>> 11) & Tlb.INDEX_MASK;
        if (t[k] == (lin + 1 & PAGE)) {
            return ram.get(SHORT, lin + t[k + 1]) & 0xFFFF;
        }
        return (int) mmu.slowReadForUpdate(lin, 2);
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

    // For code that remembers a page.

    /** Page of {@code lin} where loads from it are direct, else {@link #NO_PAGE}. */
    public long readPage(long lin) {
        return page(reads, lin);
    }

    /** What to add to an address in {@link #readPage} for the backing offset. */
    public long readAddend(long lin) {
        return reads[((int) (lin >>> 11) & Tlb.INDEX_MASK) + 1];
    }

    /** Page of {@code lin} where stores to it are direct, else {@link #NO_PAGE}. */
    public long writePage(long lin) {
        return page(writes, lin);
    }

    /** What to add to an address in {@link #writePage} for the backing offset. */
    public long writeAddend(long lin) {
        return writes[((int) (lin >>> 11) & Tlb.INDEX_MASK) + 1];
    }

    private static long page(long[] t, long lin) {
        return t[(int) (lin >>> 11) & Tlb.INDEX_MASK] == (lin & PAGE) ? lin & PAGE : NO_PAGE;
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
