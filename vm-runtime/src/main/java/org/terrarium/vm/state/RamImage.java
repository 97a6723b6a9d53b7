package org.terrarium.vm.state;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A saved memory: a file with those that it leaves pages to, resolved once. However long the chain is, nothing here recurses.
 */
public final class RamImage {
    private static final int PAGE = PageSource.PAGE_BYTES;

    private final List<RamFile> files;

    /** Per page: which file has it (its number in {@link #files}), and where, or {@link RamIndex#ZERO}. */
    private final short[] owner;

    private final int[] slot;

    private RamImage(List<RamFile> files, short[] owner, int[] slot) {
        this.files = files;
        this.owner = owner;
        this.slot = slot;
    }

    /**
     * Opens a chain: the file itself, then its parents in order, as far as they are needed.
     *
     * @throws StateException with a sentence that names the file that is missing, damaged or not the one it was
     */
    public static RamImage open(List<Path> chain) throws StateException {
        List<RamFile> files = new ArrayList<>();
        short[] owner = null;
        int[] slot = null;
        for (Path path : chain) {
            RamFile f = RamFile.open(path);
            if (!files.isEmpty()) {
                RamFile child = files.getLast();
                if (!Arrays.equals(child.index().parent(), f.id())) {
                    throw new StateException("the saved memory " + path + " has changed since " + child.file()
                            + " was made on top of it, so that cannot be used");
                }
            }
            int[] kinds = f.index().kinds();
            if (owner == null) {
                owner = new short[kinds.length];
                slot = new int[kinds.length];
                Arrays.fill(slot, RamIndex.PARENT);
            }
            for (int n = 0; n < Math.min(slot.length, kinds.length); n++) {
                if (slot[n] == RamIndex.PARENT && kinds[n] != RamIndex.PARENT) {
                    slot[n] = kinds[n];
                    owner[n] = (short) files.size();
                }
            }
            files.add(f);
            if (f.index().parent().length == 0) {
                break;
            }
        }
        if (owner == null || files.getLast().index().parent().length != 0) {
            throw new StateException(
                    "the saved memory " + chain.getLast() + " needs that of an earlier snapshot, which is missing");
        }
        for (int n = 0; n < slot.length; n++) {
            if (slot[n] == RamIndex.PARENT) {
                throw new StateException("the saved memory " + chain.getFirst() + " lacks pages");
            }
        }
        return new RamImage(files, owner, slot);
    }

    /** Pages of the machine. */
    public int pages() {
        return slot.length;
    }

    /** Looks that no page is damaged or missing, without unpacking any; a sentence that names the file otherwise. */
    public void requireWhole() throws StateException {
        for (int n = 0; n < files.size(); n++) {
            Uses uses = usesOf(n, files.get(n).index().stored());
            files.get(n).requireWhole(uses::any);
        }
    }

    /** The {@link #id} of the memory in a file, whatever its parent. */
    public static byte[] idOf(Path file) throws StateException {
        return RamFile.open(file).id();
    }

    /** Depends on all contents: equal for equal memories. */
    public byte[] id() {
        return files.getFirst().id();
    }

    /** Digest of a page, null for one of zeros. */
    byte[] digest(int page) {
        return slot[page] < 0 ? null : files.get(owner[page]).index().digestOf(slot[page]);
    }

    /** Whether a page differs from the other image's. */
    public boolean differs(RamImage other, int page) {
        return !Arrays.equals(digest(page), other.digest(page));
    }

    /** Puts all pages into {@code memory}, which holds nothing but zeros. */
    public void copyTo(MemorySegment memory) throws StateException {
        each((page, bytes, at) ->
                MemorySegment.copy(bytes, at, memory, ValueLayout.JAVA_BYTE, (long) page * PAGE, PAGE));
    }

    /** What gets pages that are not zero. */
    private interface Taker {
        void page(int page, byte[] bytes, int at);
    }

    private void each(Taker taker) throws StateException {
        for (int n = 0; n < files.size(); n++) {
            RamFile f = files.get(n);
            Uses uses = usesOf(n, f.index().stored());
            f.read(new RamFile.Pages() {
                @Override
                public boolean wanted(int slot, int end) {
                    return uses.any(slot, end);
                }

                @Override
                public void page(int s, byte[] bytes, int at) {
                    for (int page = uses.first[s]; page >= 0; page = uses.next[page]) {
                        taker.page(page, bytes, at);
                    }
                }
            });
        }
    }

    /**
     * Which pages of the machine are a stored page of one file.
     *
     * @param first for each stored page one of them; -1 for none
     * @param next for each of the machine's pages another one that is the same stored page; -1 for none
     */
    private record Uses(int[] first, int[] next) {
        boolean any(int slot, int end) {
            for (int s = slot; s < end; s++) {
                if (first[s] >= 0) {
                    return true;
                }
            }
            return false;
        }
    }

    private Uses usesOf(int file, int stored) {
        int[] first = new int[stored];
        Arrays.fill(first, -1);
        int[] next = new int[slot.length];
        for (int page = 0; page < slot.length; page++) {
            if (owner[page] == file && slot[page] >= 0) {
                next[page] = first[slot[page]];
                first[slot[page]] = page;
            }
        }
        return new Uses(first, next);
    }

    /** All pages, to be written into another file; holds what is stored in memory meanwhile. */
    public PageSource source() throws StateException {
        MemorySegment whole = java.lang.foreign.Arena.ofAuto().allocate((long) pages() * PAGE, PAGE);
        copyTo(whole);
        return new PageSource() {
            private int next;

            @Override
            public int pages() {
                return RamImage.this.pages();
            }

            @Override
            public int next(byte[] dst) {
                if (next == pages()) {
                    return -1;
                }
                MemorySegment.copy(whole, ValueLayout.JAVA_BYTE, (long) next * PAGE, dst, 0, PAGE);
                return next++;
            }
        };
    }
}
