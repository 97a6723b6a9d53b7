package org.terrarium.x86.mem;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * Guest-physical memory: which page is RAM, ROM or device, and one bounded piece of host memory ("backing") that holds RAM,
 * video memory and ROMs alike, so that a translated address is only an offset into it.
 *
 * <p>The physical address space has {@link #ADDRESS_BITS} bits. Belongs to the machine's thread.
 */
public final class PhysicalMemory {
    /** Width of a guest-physical address. */
    public static final int ADDRESS_BITS = 40;

    public static final int PAGE_SIZE = 4096;

    /** Page kinds, in the low two bits of {@link #page}. */
    static final int DEVICE = 0;

    static final int RAM = 1;
    static final int ROM = 2;
    static final int KIND = 3;

    private static final int LEAF_SHIFT = 14;
    private static final int LEAF_PAGES = 1 << LEAF_SHIFT;
    private static final long ADDRESS_MASK = (1L << ADDRESS_BITS) - 1;
    private static final long A20 = 1L << 20;

    private final MemorySegment backing;
    private final PageMarks marks;

    /**
     * Page map of two levels: 16,384 tables, made when used, of 16,384 pages (64 MiB) each. An entry is the backing page
     * number times 4 plus the kind; 0 is a device page.
     */
    private final int[][] directory = new int[1 << (ADDRESS_BITS - 12 - LEAF_SHIFT)][];

    private final List<Mmu> mmus = new ArrayList<>();
    private CodeListener codeListener = (offset, length) -> {};
    private WriteGuard writeGuard;
    private long a20Mask = ADDRESS_MASK;

    /**
     * @param backingBytes size of the host memory, a multiple of 4 KiB, below 2 TiB
     * @throws OutOfMemoryError when the host has not got it
     */
    public PhysicalMemory(long backingBytes) {
        if (backingBytes <= 0 || (backingBytes & PAGE_SIZE - 1) != 0 || backingBytes >>> 41 != 0) {
            throw new IllegalArgumentException("backing of " + backingBytes + " bytes");
        }
        backing = HostPages.allocate(backingBytes);
        marks = new PageMarks((int) (backingBytes >>> 12));
    }

    /** The host memory behind all mapped pages; offsets into it are "backing offsets". */
    public MemorySegment backing() {
        return backing;
    }

    /** Maps page-aligned guest-physical {@code [pa, pa+bytes)} to readable, writable, executable memory. */
    public void mapRam(long pa, long bytes, long backingOffset) {
        map(pa, bytes, backingOffset, RAM);
    }

    /** As {@link #mapRam}, but writes go to {@code CpuBus.mmioWrite} (flash, PAM write-protected shadow RAM). */
    public void mapRom(long pa, long bytes, long backingOffset) {
        map(pa, bytes, backingOffset, ROM);
    }

    /** Accesses go to {@code CpuBus.mmioRead/mmioWrite} (devices and holes alike; the default for all addresses). */
    public void mapDevice(long pa, long bytes) {
        map(pa, bytes, 0, DEVICE);
    }

    private void map(long pa, long bytes, long backingOffset, int kind) {
        if (((pa | bytes | backingOffset) & PAGE_SIZE - 1) != 0
                || pa < 0
                || bytes < 0
                || pa + bytes > ADDRESS_MASK + 1
                || backingOffset < 0
                || (kind != DEVICE && backingOffset + bytes > backing.byteSize())) {
            throw new IllegalArgumentException(
                    String.format("mapping 0x%x bytes at 0x%x to backing 0x%x", bytes, pa, backingOffset));
        }
        long first = pa >>> 12;
        long pages = bytes >>> 12;
        long backingPage = backingOffset >>> 12;
        for (long i = 0; i < pages; i++) {
            int top = (int) (first + i >>> LEAF_SHIFT);
            int[] leaf = directory[top];
            if (leaf == null) {
                if (kind == DEVICE) {
                    i += LEAF_PAGES - 1 - (first + i & LEAF_PAGES - 1);
                    continue;
                }
                leaf = new int[LEAF_PAGES];
                directory[top] = leaf;
            }
            leaf[(int) (first + i) & LEAF_PAGES - 1] = kind == DEVICE ? 0 : (int) (backingPage + i) << 2 | kind;
        }
        flushMmus();
    }

    /** The A20 gate: when off, bit 20 of every processor address is forced to 0. */
    public void setA20(boolean enabled) {
        if (enabled != a20()) {
            a20Mask = enabled ? ADDRESS_MASK : ADDRESS_MASK & ~A20;
            flushMmus();
        }
    }

    public boolean a20() {
        return (a20Mask & A20) != 0;
    }

    /** What the processor's address pins make of {@code pa}: 40 bits, A20 gate applied. */
    long onBus(long pa) {
        return pa & a20Mask;
    }

    /** The page map's entry for an address on the bus: backing page number times 4 plus the kind. */
    int page(long pa) {
        int[] leaf = directory[(int) (pa >>> 12 + LEAF_SHIFT)];
        return leaf == null ? DEVICE : leaf[(int) (pa >>> 12) & LEAF_PAGES - 1];
    }

    /** Backing offset of the byte at guest-physical {@code pa} (as {@link Mmu#translateCode} returns it), -1 for a device. */
    public long backingOffset(long pa) {
        int page = page(pa & ADDRESS_MASK);
        return (page & KIND) == DEVICE ? -1 : (long) (page >>> 2) << 12 | pa & PAGE_SIZE - 1;
    }

    /** Device (DMA) reads: RAM and ROM only, other pages read as 0xFF. Not subject to A20. */
    public void read(long pa, byte[] dst, int offset, int length) {
        int done = 0;
        while (done < length) {
            long at = pa + done & ADDRESS_MASK;
            int n = Math.min(length - done, PAGE_SIZE - (int) (at & PAGE_SIZE - 1));
            long from = backingOffset(at);
            if (from < 0) {
                java.util.Arrays.fill(dst, offset + done, offset + done + n, (byte) 0xFF);
            } else {
                MemorySegment.copy(backing, ValueLayout.JAVA_BYTE, from, dst, offset + done, n);
            }
            done += n;
        }
    }

    /** Device (DMA) writes: RAM only, the rest is dropped. Invalidates decoded code and marks pages dirty. */
    public void write(long pa, byte[] src, int offset, int length) {
        int done = 0;
        while (done < length) {
            long at = pa + done & ADDRESS_MASK;
            int n = Math.min(length - done, PAGE_SIZE - (int) (at & PAGE_SIZE - 1));
            int page = page(at);
            if ((page & KIND) == RAM) {
                long to = (long) (page >>> 2) << 12 | at & PAGE_SIZE - 1;
                aboutToWrite(page >>> 2);
                MemorySegment.copy(src, offset + done, backing, ValueLayout.JAVA_BYTE, to, n);
                stored(to, n);
            }
            done += n;
        }
    }

    /** Starts or stops dirty tracking of page-aligned backing memory; all of it counts as dirty at the start. */
    public void trackDirty(long backingOffset, long bytes, boolean on) {
        for (long at = backingOffset; at < backingOffset + bytes; at += PAGE_SIZE) {
            marks.track((int) (at >>> 12), on);
        }
    }

    /** Whether the tracked 4 KiB page at this backing offset was written since the last call; clears the mark. */
    public boolean takeDirty(long backingOffset) {
        int page = (int) (backingOffset >>> 12);
        if (!marks.dirty(page)) {
            return false;
        }
        if (marks.clean(page)) {
            revokeWrites();
        }
        return true;
    }

    /**
     * From now on {@code guard} is asked before the processor or a bus master changes a page, so that the contents of this
     * instant can still be read while the guest runs on; null ends that. Only the first store to a page takes the slow path, and
     * it takes it once: the guard returns when the page may be changed, and is asked about it again as often as the translation
     * is looked up. What the host's side writes through {@link #backing()} is not reported.
     */
    public void setWriteGuard(WriteGuard guard) {
        writeGuard = guard;
        if (guard != null) {
            marks.revokeAll();
            revokeWrites();
        }
    }

    /** A store to this page of RAM comes next. */
    void aboutToWrite(int backingPage) {
        WriteGuard guard = writeGuard;
        if (guard != null) {
            guard.beforeWrite(backingPage);
        }
    }

    /** Who is told when marked code is written. */
    public void setCodeListener(CodeListener listener) {
        codeListener = listener;
    }

    /** Marks backing bytes as decoded code: from now on stores to them are reported. May cross pages. */
    public void markCode(long backingOffset, int length) {
        long at = backingOffset;
        long end = backingOffset + length;
        while (at < end) {
            int n = (int) Math.min(end - at, PAGE_SIZE - (at & PAGE_SIZE - 1));
            if (marks.markCode((int) (at >>> 12), (int) at & PAGE_SIZE - 1, n)) {
                revokeWrites();
            }
            at += n;
        }
    }

    /** The 4 KiB page at this backing offset holds no decoded code any more. */
    public void unmarkCode(long backingOffset) {
        marks.unmarkCode((int) (backingOffset >>> 12));
    }

    /** Whether a write TLB may hold the backing page (and remembers that one does). */
    boolean cacheForWriting(int backingPage) {
        return marks.cacheForWriting(backingPage);
    }

    /** A store has changed backing bytes within one page, past the TLB: dirty marks and the code listener. */
    void stored(long backingOffset, int length) {
        if (marks.stored((int) (backingOffset >>> 12), (int) backingOffset & PAGE_SIZE - 1, length)) {
            codeListener.codeWritten(backingOffset, length);
        }
    }

    /** Whether the page around a backing offset holds decoded code. */
    boolean holdsCode(long backingOffset) {
        return marks.holdsCode((int) (backingOffset >>> 12));
    }

    /** Whether bytes within one page are marked as decoded code. */
    boolean touchesCode(long backingOffset, int length) {
        return marks.touchesCode((int) (backingOffset >>> 12), (int) backingOffset & PAGE_SIZE - 1, length);
    }

    /** An Mmu that caches this memory's mapping. */
    void attach(Mmu mmu) {
        mmus.add(mmu);
    }

    private void flushMmus() {
        for (Mmu mmu : mmus) {
            mmu.flushAll();
        }
    }

    private void revokeWrites() {
        for (Mmu mmu : mmus) {
            mmu.flushWrites();
        }
    }
}
