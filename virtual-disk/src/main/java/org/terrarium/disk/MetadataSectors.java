package org.terrarium.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The tables of an image, read page by page as they are needed and changed in memory first. Only changed sectors are written
 * back, because a page may also hold guest data. Places are bytes from the start of the file; a value never crosses a page.
 */
public final class MetadataSectors {
    private static final int PAGE = 4096;
    private static final int SECTOR = 512;
    private static final int SECTORS = PAGE / SECTOR;
    private static final int MOST_CLEAN_PAGES = 1024;

    private static final class Page {
        final long offset;
        final ByteBuffer bytes;
        int dirty;

        Page(long offset, ByteOrder order) {
            this.offset = offset;
            this.bytes = ByteBuffer.allocate(PAGE).order(order);
        }
    }

    private final Storage storage;
    private final ByteOrder order;
    private final Map<Long, Page> clean = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Long, Page> dirty = new LinkedHashMap<>();
    private Page last;

    /** @param order of the numbers in these tables */
    public MetadataSectors(Storage storage, ByteOrder order) {
        this.storage = storage;
        this.order = order;
    }

    public int getInt(long at) throws IOException {
        return page(at).bytes.getInt((int) (at & PAGE - 1));
    }

    public long getLong(long at) throws IOException {
        return page(at).bytes.getLong((int) (at & PAGE - 1));
    }

    public byte get(long at) throws IOException {
        return page(at).bytes.get((int) (at & PAGE - 1));
    }

    public void putInt(long at, int value) throws IOException {
        change(at).bytes.putInt((int) (at & PAGE - 1), value);
    }

    public void putLong(long at, long value) throws IOException {
        change(at).bytes.putLong((int) (at & PAGE - 1), value);
    }

    public void put(long at, byte value) throws IOException {
        change(at).bytes.put((int) (at & PAGE - 1), value);
    }

    /** Whole sectors that are new: every byte is {@code value}, whatever the file holds there. */
    public void fill(long at, long length, byte value) throws IOException {
        for (long sector = at; sector < at + length; sector += SECTOR) {
            Page page = change(sector);
            for (int i = 0; i < SECTOR; i++) {
                page.bytes.put((int) (sector & PAGE - 1) + i, value);
            }
        }
    }

    /** The file has been changed there by others; what is not yet written is lost. */
    public void forget(long at, long length) {
        for (long page = at & -PAGE; page < at + length; page += PAGE) {
            clean.remove(page);
            dirty.remove(page);
        }
        last = null;
    }

    /** Number of pages with changes that are not in the file. */
    public int dirtyPages() {
        return dirty.size();
    }

    /** Places of the changed pages, bytes, each a multiple of 4096, with their contents; the maps' arrays are live. */
    public Map<Long, byte[]> dirtyContents() {
        Map<Long, byte[]> contents = new LinkedHashMap<>();
        dirty.forEach((at, page) -> contents.put(at, page.bytes.array()));
        return contents;
    }

    /** Writes the changed sectors; they need not be on stable storage when this returns. */
    public void writeDirty() throws IOException {
        Iterator<Page> pages = dirty.values().iterator();
        while (pages.hasNext()) {
            Page page = pages.next();
            BitSet sectors = BitSet.valueOf(new long[] {page.dirty});
            for (int from = sectors.nextSetBit(0); from >= 0; ) {
                int to = Math.min(sectors.nextClearBit(from), SECTORS);
                storage.write(
                        page.offset + (long) from * SECTOR,
                        ByteBuffer.wrap(page.bytes.array(), from * SECTOR, (to - from) * SECTOR));
                from = sectors.nextSetBit(to);
            }
            page.dirty = 0;
            pages.remove();
            keep(page);
        }
    }

    private Page change(long at) throws IOException {
        Page page = page(at);
        if (page.dirty == 0) {
            clean.remove(page.offset);
            dirty.put(page.offset, page);
        }
        page.dirty |= 1 << (int) (at & PAGE - 1) / SECTOR;
        return page;
    }

    private Page page(long at) throws IOException {
        long offset = at & -PAGE;
        if (last != null && last.offset == offset) {
            return last;
        }
        Page page = dirty.get(offset);
        if (page == null) {
            page = clean.get(offset);
        }
        if (page == null) {
            page = new Page(offset, order);
            storage.read(offset, page.bytes.duplicate());
            keep(page);
        }
        last = page;
        return page;
    }

    private void keep(Page page) {
        clean.put(page.offset, page);
        if (clean.size() > MOST_CLEAN_PAGES) {
            Iterator<Page> eldest = clean.values().iterator();
            if (eldest.next() == last) {
                last = null;
            }
            eldest.remove();
        }
    }
}
