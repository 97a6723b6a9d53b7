package org.terrarium.disk.qcow2;

import java.io.IOException;
import org.terrarium.disk.DiskException;
import org.terrarium.disk.Extent;
import org.terrarium.disk.Storage;

/** The L1 table and the L2 tables: what is written in them about each cluster and subcluster of the guest's disk. */
final class ClusterMap {
    private final Storage storage;
    private final Qcow2Header header;
    private final int clusterBits;
    private final int entryBits;
    private final PointerTable l1;
    private final MetadataCache l2;

    /** @param cache bytes of L2 tables to keep in memory */
    ClusterMap(Storage storage, Qcow2Header header, FlushOrder order, int cache) throws IOException {
        this.storage = storage;
        this.header = header;
        this.clusterBits = header.clusterBits();
        this.entryBits = header.l2EntryBits();
        this.l1 = PointerTable.read(storage, header.l1Offset(), header.l1Size());
        this.l2 = new MetadataCache(storage, order, header.clusterSize(), cache);
        for (int i = 0; i < l1.length(); i++) {
            checkTableOffset(l1.fileOffset() + i * 8L, L2Entry.offset(l1.get(i)));
        }
    }

    private void checkTableOffset(long at, long offset) throws DiskException {
        if ((offset & header.clusterSize() - 1) != 0) {
            throw DiskException.corrupt(storage.path(), at, "an L2 table is misaligned");
        }
        if (offset >= storage.size()) {
            throw Qcow2Header.truncated(storage, "an L2 table lies past the end of the file");
        }
    }

    PointerTable l1() {
        return l1;
    }

    MetadataCache l2() {
        return l2;
    }

    /** Guest bytes that one L2 table maps, as a power of two. */
    int tableSpanBits() {
        return clusterBits + clusterBits - entryBits;
    }

    int l1Index(long guestOffset) {
        return (int) (guestOffset >>> tableSpanBits());
    }

    int l2Index(long guestOffset) {
        return (int) (guestOffset >>> clusterBits) & header.l2Entries() - 1;
    }

    /** The place of the L2 table that maps a guest offset, 0 when there is none. */
    long table(long guestOffset) {
        return L2Entry.offset(l1.get(l1Index(guestOffset)));
    }

    /** Nobody else refers to that table, so it may be written in place. */
    boolean tableInPlace(long guestOffset) {
        return (l1.get(l1Index(guestOffset)) & L2Entry.COPIED) != 0;
    }

    /** The first word of an L2 entry. */
    long word(long table, int index) throws IOException {
        return block(table, index).getLong(inBlock(index));
    }

    /** The second word of an extended entry; else what it would be. */
    long bits(long table, int index) throws IOException {
        return entryBits == 4 ? block(table, index).getLong(inBlock(index) + 8) : 0;
    }

    void set(long table, int index, long word, long bits) throws IOException {
        MetadataCache.Block block = block(table, index);
        block.putLong(inBlock(index), word);
        if (entryBits == 4) {
            block.putLong(inBlock(index) + 8, bits);
        }
    }

    /** The tables' pieces that map a guest range are in memory. */
    boolean inMemory(long guestOffset, long length) {
        long step = (long) l2.blockSize() >>> entryBits << clusterBits; // what one piece of a table maps
        for (long at = guestOffset & -step; at < guestOffset + length; at += step) {
            long table = table(at);
            if (table != 0 && !l2.contains(entryAt(table, l2Index(at)) & -l2.blockSize())) {
                return false;
            }
        }
        return true;
    }

    private MetadataCache.Block block(long table, int index) throws IOException {
        long at = table + ((long) index << entryBits);
        return l2.get(at & -l2.blockSize());
    }

    private int inBlock(int index) {
        return (index << entryBits) & l2.blockSize() - 1;
    }

    /** Where in the file an L2 entry is. */
    long entryAt(long table, int index) {
        return table + ((long) index << entryBits);
    }

    Extent.Kind kind(long word, long bits, int subcluster) {
        if (L2Entry.compressed(word)) {
            return Extent.Kind.PACKED;
        }
        if (entryBits == 4) {
            if ((bits >>> subcluster & 1) != 0) {
                return Extent.Kind.DATA;
            }
            return (bits >>> subcluster + 32 & 1) != 0 ? Extent.Kind.ZERO : Extent.Kind.UNALLOCATED;
        }
        if ((word & L2Entry.ZERO) != 0 && header.version() >= 3) {
            return Extent.Kind.ZERO;
        }
        return hasCluster(word) ? Extent.Kind.DATA : Extent.Kind.UNALLOCATED;
    }

    /** A cluster of the file is attached, whether it is shown or not. */
    boolean hasCluster(long word) {
        // In a data file the very first cluster may hold data, and then this bit tells it from none.
        return !L2Entry.compressed(word)
                && (L2Entry.offset(word) != 0 || header.hasDataFile() && (word & L2Entry.COPIED) != 0);
    }

    /** An entry that refers to nothing and hides nothing of a backing file. */
    boolean blank(long word, long bits) {
        return !L2Entry.compressed(word)
                && !hasCluster(word)
                && (entryBits == 4 ? bits == 0 : kind(word, bits, 0) == Extent.Kind.UNALLOCATED);
    }
}
