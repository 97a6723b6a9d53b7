package org.terrarium.x86.interp;

import java.util.Arrays;
import org.terrarium.x86.mem.PhysicalMemory;

/** All decoded blocks of a processor: found by place and mode, dropped when their bytes change, bounded in number. */
final class BlockCache {
    /** Decoded instructions kept; about 120 bytes each. */
    private static final int MAX_INSNS = 400_000;

    private static final int BUCKETS = 1 << 15;

    private final PhysicalMemory memory;
    private final Block[] buckets = new Block[BUCKETS];

    /** Blocks by backing page; lists with free places at their ends. */
    private final Block[][] pages;

    private int insnCount;

    BlockCache(PhysicalMemory memory) {
        this.memory = memory;
        pages = new Block[(int) (memory.backing().byteSize() >>> 12)][];
    }

    private static int bucket(long where, int key) {
        int h = (int) (where ^ where >>> 32) * 0x9E3779B9 + key * 0x85EBCA6B;
        return h >>> 17;
    }

    /** The block that starts at a backing offset and was decoded for this mode, or null. */
    Block find(long where, int key) {
        Block b = buckets[bucket(where, key)];
        while (b != null && (b.where != where || b.key != key)) {
            b = b.nextInBucket;
        }
        return b;
    }

    void add(Block b) {
        if (insnCount + b.insns.length > MAX_INSNS) {
            makeRoom();
        }
        insnCount += b.insns.length;
        int bucket = bucket(b.where, b.key);
        b.nextInBucket = buckets[bucket];
        buckets[bucket] = b;
        addToPage(b, (int) (b.where >>> 12));
        memory.markCode(b.where, b.firstPageLength());
        if (b.secondPage >= 0) {
            addToPage(b, (int) (b.secondPage >>> 12));
            memory.markCode(b.secondPage, b.length - b.firstPageLength());
        }
    }

    private void addToPage(Block b, int page) {
        Block[] list = pages[page];
        int n = 0;
        if (list == null) {
            list = new Block[4];
        } else {
            n = size(list);
            if (n == list.length) {
                list = Arrays.copyOf(list, n * 2);
            }
        }
        list[n] = b;
        pages[page] = list;
    }

    /** Entries fill a list from its start; the first null ends it. */
    private static int size(Block[] list) {
        int low = 0;
        int high = list.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (list[middle] == null) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** Drops every block that overlaps bytes of one page. */
    void invalidate(long offset, int bytes) {
        int page = (int) (offset >>> 12);
        Block[] list = pages[page];
        if (list == null) {
            memory.unmarkCode(offset);
            return;
        }
        boolean dropped = false;
        for (int n = size(list) - 1; n >= 0; n--) {
            Block b = list[n];
            if (b.overlaps(offset, bytes)) {
                drop(b);
                dropped = true;
            }
        }
        if (dropped) {
            markAgain(page);
        }
    }

    /** Some blocks of the page are gone. */
    private void markAgain(int page) {
        memory.unmarkCode((long) page << 12);
        Block[] list = pages[page];
        for (int n = 0; n < list.length && list[n] != null; n++) {
            Block b = list[n];
            if ((int) (b.where >>> 12) == page) {
                memory.markCode(b.where, b.firstPageLength());
            } else {
                memory.markCode(b.secondPage, b.length - b.firstPageLength());
            }
        }
    }

    private void drop(Block b) {
        b.drop();
        insnCount -= b.insns.length;
        int bucket = bucket(b.where, b.key);
        if (buckets[bucket] == b) {
            buckets[bucket] = b.nextInBucket;
        } else {
            Block before = buckets[bucket];
            while (before.nextInBucket != b) {
                before = before.nextInBucket;
            }
            before.nextInBucket = b.nextInBucket;
        }
        removeFromPage(b, (int) (b.where >>> 12));
        if (b.secondPage >= 0) {
            removeFromPage(b, (int) (b.secondPage >>> 12));
        }
    }

    private void removeFromPage(Block b, int page) {
        Block[] list = pages[page];
        int last = size(list) - 1;
        int n = 0;
        while (list[n] != b) {
            n++;
        }
        list[n] = list[last];
        list[last] = null;
    }

    /**
     * What has not been translated is decoded again when it is needed: to lose all translations, too, costs a guest seconds. Only
     * when they are most of all that is kept they go as well.
     */
    private void makeRoom() {
        for (int page = 0; page < pages.length; page++) {
            Block[] list = pages[page];
            if (list == null) {
                continue;
            }
            for (int n = size(list) - 1; n >= 0; n--) {
                if (!list[n].translated()) {
                    drop(list[n]);
                }
            }
            markAgain(page);
        }
        if (insnCount > MAX_INSNS / 2) {
            clear();
        }
    }

    /** Drops all. */
    void clear() {
        for (int page = 0; page < pages.length; page++) {
            Block[] list = pages[page];
            if (list != null) {
                for (int n = 0; n < list.length && list[n] != null; n++) {
                    list[n].forget();
                }
                pages[page] = null;
                memory.unmarkCode((long) page << 12);
            }
        }
        Arrays.fill(buckets, null);
        insnCount = 0;
    }
}
