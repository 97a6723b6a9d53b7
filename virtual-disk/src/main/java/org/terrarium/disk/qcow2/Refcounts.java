package org.terrarium.disk.qcow2;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.terrarium.disk.DiskException;
import org.terrarium.disk.Storage;

/** How many references each cluster of the file has: the refcount table and its blocks, grown as the file grows. */
final class Refcounts {
    private static final long BLOCK_OFFSET_MASK = 0xfffffffffffffe00L;

    private static final int CACHE = 1 << 20;

    private final Storage storage;
    private final FlushOrder order;
    private final int clusterBits;
    private final int blockBits;
    private final int refcountOrder;
    private final PointerTable table;
    private final MetadataCache blocks;
    /** Reference counts in one piece of a refcount block, as a power of two. */
    private final int pieceBits;

    Refcounts(Storage storage, Qcow2Header header, FlushOrder order) throws IOException {
        this.storage = storage;
        this.order = order;
        this.clusterBits = header.clusterBits();
        this.blockBits = header.refcountBlockBits();
        this.refcountOrder = header.refcountOrder();
        this.blocks = new MetadataCache(storage, order, header.clusterSize(), CACHE);
        this.pieceBits = Integer.numberOfTrailingZeros(blocks.blockSize()) + 3 - refcountOrder;
        int entries = header.refcountTableClusters() << (clusterBits - 3);
        this.table = PointerTable.read(storage, header.refcountTableOffset(), entries);
        for (int i = 0; i < table.length(); i++) {
            checkBlockOffset(i, table.get(i) & BLOCK_OFFSET_MASK);
        }
    }

    private void checkBlockOffset(int index, long offset) throws DiskException {
        long at = table.fileOffset() + index * 8L;
        if ((offset & (1L << clusterBits) - 1) != 0 || offset < 0) {
            throw DiskException.corrupt(storage.path(), at, "a refcount block is misaligned");
        }
        if (offset >= storage.size()) {
            throw Qcow2Header.truncated(storage, "a refcount block lies past the end of the file");
        }
    }

    FlushOrder.Stage blockStage() {
        return blocks;
    }

    FlushOrder.Stage tableStage() {
        return table;
    }

    /** References to the cluster, 0 when it is free. */
    long get(long cluster) throws IOException {
        long index = cluster >>> blockBits;
        if (index >= table.length() || table.get((int) index) == 0) {
            return 0;
        }
        return RefcountWriter.getCount(piece((int) index, cluster).bytes(), inPiece(cluster), refcountOrder);
    }

    /** @throws DiskException when the image's counters are too narrow for {@code count} */
    void set(long cluster, long count) throws IOException {
        if (refcountOrder < 6 && count >>> (1 << refcountOrder) != 0) {
            throw new DiskException(
                    storage.path(), "its " + (1 << refcountOrder) + "-bit reference counts are exhausted");
        }
        int index = blockFor(cluster);
        write(piece(index, cluster), inPiece(cluster), count);
    }

    /** Refcount blocks that the table has room for. */
    int blocks() {
        return table.length();
    }

    /** The place of a refcount block, 0 when there is none. */
    long blockOffset(int index) {
        return table.get(index) & BLOCK_OFFSET_MASK;
    }

    /** No cluster that the block counts is in use, unless it is the block's own. */
    boolean coversOnlyItself(int index) throws IOException {
        long own = blockOffset(index) >>> clusterBits;
        long first = (long) index << blockBits;
        for (long cluster = first; cluster < first + (1L << blockBits); cluster++) {
            if (cluster != own && get(cluster) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Takes away a block that counts nothing but itself; everything is in the file. */
    void removeBlock(int index) throws IOException {
        long offset = blockOffset(index);
        long own = offset >>> clusterBits;
        table.set(index, 0);
        order.flushThrough(table);
        blocks.drop(offset, 1 << clusterBits);
        if (own >>> blockBits != index) {
            set(own, 0);
        }
    }

    /** The block's contents are at {@code offset} as well, and everything is in the file. */
    void moveBlock(int index, long offset) {
        blocks.drop(blockOffset(index), 1 << clusterBits);
        blocks.drop(offset, 1 << clusterBits);
        table.set(index, offset);
    }

    int tableClusters() {
        return table.length() >>> clusterBits - 3;
    }

    long tableOffset() {
        return table.fileOffset();
    }

    /** Puts the table at another place, which is set aside for it; everything is in the file. */
    void moveTable(long offset) throws IOException {
        long[] entries = table.copy(table.length());
        ByteBuffer bytes = ByteBuffer.allocate(entries.length * 8);
        bytes.asLongBuffer().put(entries);
        order.written();
        storage.write(offset, bytes);
        order.sync();
        writeLocation(offset, tableClusters());
        order.sync();
        table.moveTo(offset, entries);
    }

    /** Makes room for the cluster's count, which may put a refcount block into that very cluster. */
    void prepare(long cluster) throws IOException {
        blockFor(cluster);
    }

    /** The largest count that the image's counters can hold. */
    long maximum() {
        return refcountOrder == 6 ? Long.MAX_VALUE : (1L << (1 << refcountOrder)) - 1;
    }

    private MetadataCache.Block piece(int index, long cluster) throws IOException {
        long number = (cluster & (1L << blockBits) - 1) >>> pieceBits;
        return blocks.get((table.get(index) & BLOCK_OFFSET_MASK) + number * blocks.blockSize());
    }

    private int inPiece(long cluster) {
        return (int) (cluster & (1L << pieceBits) - 1);
    }

    private void write(MetadataCache.Block block, int entry, long count) {
        int firstByte = entry << refcountOrder >>> 3;
        RefcountWriter.putCount(block.bytes(), entry, refcountOrder, count);
        block.changed(firstByte, Math.max(1, 1 << refcountOrder >>> 3));
    }

    /** The refcount table's index for a cluster whose block exists, made now if need be. */
    private int blockFor(long cluster) throws IOException {
        long index = cluster >>> blockBits;
        if (index >= table.length()) {
            growTable(index);
        }
        if (table.get((int) index) == 0) {
            // Without a block none of its clusters is in use, so the block takes the first of them and counts itself.
            long offset = index << blockBits << clusterBits;
            blocks.zero(offset, 1 << clusterBits);
            write(blocks.get(offset), 0, 1);
            table.set((int) index, offset);
        }
        return (int) index;
    }

    /**
     * Moves the refcount table to a larger place. Behind the clusters that it covered so far come the blocks for the new place
     * and the new table; the header points to it once all that is on stable storage.
     */
    private void growTable(long neededIndex) throws IOException {
        int entriesPerCluster = 1 << (clusterBits - 3);
        int oldLength = table.length();
        long oldOffset = table.fileOffset();
        long clusters = Math.max(oldLength / entriesPerCluster * 2L, neededIndex / entriesPerCluster + 1);
        long blocksNeeded = 1;
        while (blocksNeeded + clusters > blocksNeeded << blockBits) {
            blocksNeeded++;
        }
        while (clusters * entriesPerCluster < oldLength + blocksNeeded) {
            clusters++;
        }
        if (clusters << clusterBits > Qcow2Header.MAX_REFCOUNT_TABLE_BYTES) {
            throw new DiskException(storage.path(), "cannot grow any further with its cluster size");
        }
        long firstCluster = (long) oldLength << blockBits;
        long[] entries = table.copy((int) (clusters * entriesPerCluster));
        for (int i = 0; i < blocksNeeded; i++) {
            long place = firstCluster + i << clusterBits;
            ByteBuffer fresh = ByteBuffer.allocate(1 << clusterBits);
            long first = (long) i << blockBits;
            for (long used = first; used < Math.min(first + (1L << blockBits), blocksNeeded + clusters); used++) {
                RefcountWriter.putCount(fresh, (int) (used - first), refcountOrder, 1);
            }
            blocks.drop(place, 1 << clusterBits);
            order.written();
            storage.write(place, fresh);
            entries[oldLength + i] = place;
        }
        long newOffset = firstCluster + blocksNeeded << clusterBits;
        ByteBuffer bytes = ByteBuffer.allocate(entries.length * 8);
        bytes.asLongBuffer().put(entries);
        order.written();
        storage.write(newOffset, bytes);
        order.flushThrough(blocks);
        writeLocation(newOffset, (int) clusters);
        order.flushThrough(blocks);
        table.moveTo(newOffset, entries);
        for (long at = oldOffset; at < oldOffset + oldLength * 8L; at += 1L << clusterBits) {
            set(at >>> clusterBits, 0);
        }
    }

    /** Points the header to the refcount table. */
    private void writeLocation(long offset, int clusters) throws IOException {
        ByteBuffer fields =
                ByteBuffer.allocate(12).putLong(offset).putInt(clusters).flip();
        order.written();
        storage.write(Qcow2Header.AT_REFCOUNT_TABLE, fields);
    }
}
