package org.terrarium.vm.device.vga;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.terrarium.vm.bus.MemoryBlock;

/**
 * The card's memory, seen two ways: as bytes (the linear framebuffer), and as plane addresses whose four planes lie side by
 * side, so that the latches are one 32-bit load. The guest writes the linear framebuffer without us; which pages it wrote
 * there we ask the memory, which pages we wrote ourselves we remember here.
 */
final class VideoMemory {
    static final int PAGE_SHIFT = 12;
    private static final int PAGE = 1 << PAGE_SHIFT;

    private static final ValueLayout.OfShort LE16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt LE32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LE64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final MemoryBlock block;
    private final MemorySegment bytes;
    private final int size;
    private final boolean[] written;
    private final boolean[] dirty;
    private boolean linearlyWritten;

    VideoMemory(MemoryBlock block) {
        this.block = block;
        bytes = block.bytes();
        size = (int) block.size();
        written = new boolean[size >> PAGE_SHIFT];
        dirty = new boolean[size >> PAGE_SHIFT];
        block.trackDirty(true);
    }

    MemoryBlock block() {
        return block;
    }

    int size() {
        return size;
    }

    int get8(int at) {
        return bytes.get(ValueLayout.JAVA_BYTE, at) & 0xFF;
    }

    int get32(int at) {
        return bytes.get(LE32, at);
    }

    /** Reads 1, 2, 4 or 8 bytes that lie inside. */
    long get(int at, int length) {
        return switch (length) {
            case 1 -> get8(at);
            case 2 -> bytes.get(LE16, at) & 0xFFFF;
            case 4 -> bytes.get(LE32, at) & 0xFFFF_FFFFL;
            default -> bytes.get(LE64, at);
        };
    }

    void set8(int at, int value) {
        bytes.set(ValueLayout.JAVA_BYTE, at, (byte) value);
        written[at >> PAGE_SHIFT] = true;
    }

    /** Writes an aligned plane address. */
    void set32(int at, int value) {
        bytes.set(LE32, at, value);
        written[at >> PAGE_SHIFT] = true;
    }

    /** Writes 1, 2, 4 or 8 bytes that lie inside. */
    void set(int at, int length, long value) {
        switch (length) {
            case 1 -> bytes.set(ValueLayout.JAVA_BYTE, at, (byte) value);
            case 2 -> bytes.set(LE16, at, (short) value);
            case 4 -> bytes.set(LE32, at, (int) value);
            default -> bytes.set(LE64, at, value);
        }
        written[at >> PAGE_SHIFT] = true;
        written[at + length - 1 >> PAGE_SHIFT] = true;
    }

    /** Fills {@code length} bytes with 0. */
    void clear(int length) {
        int n = Math.min(length, size);
        bytes.asSlice(0, n).fill((byte) 0);
        for (int p = 0; p < n + PAGE - 1 >> PAGE_SHIFT; p++) {
            written[p] = true;
        }
    }

    /** Copies little-endian 32-bit pixels. */
    void copy32(int at, int[] dst, int count) {
        MemorySegment.copy(bytes, LE32, at, dst, 0, count);
    }

    void copy8(int at, byte[] dst, int count) {
        MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, at, dst, 0, count);
    }

    /**
     * Collects which pages of the first {@code length} bytes were written since the last call, for {@link #dirty} to tell;
     * returns whether any was.
     */
    boolean collectDirty(int length) {
        int pages = Math.min(length, size) + PAGE - 1 >> PAGE_SHIFT;
        boolean any = false;
        linearlyWritten = false;
        for (int p = 0; p < pages; p++) {
            boolean linear = block.takeDirty((long) p << PAGE_SHIFT);
            dirty[p] = linear | written[p];
            written[p] = false;
            linearlyWritten |= linear;
            any |= dirty[p];
        }
        return any;
    }

    /** Whether the last collection found pages written past the window, through the linear framebuffer. */
    boolean linearlyWritten() {
        return linearlyWritten;
    }

    /** Whether any of the bytes {@code from} to {@code to} (inclusive) lies on a page that the last collection found. */
    boolean dirty(int from, int to) {
        for (int p = from >> PAGE_SHIFT; p <= to >> PAGE_SHIFT; p++) {
            if (dirty[p]) {
                return true;
            }
        }
        return false;
    }
}
