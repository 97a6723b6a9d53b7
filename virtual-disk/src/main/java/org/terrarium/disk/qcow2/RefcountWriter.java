package org.terrarium.disk.qcow2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.LongUnaryOperator;
import org.terrarium.disk.DiskException;
import org.terrarium.disk.Storage;

/** Writes a whole new refcount table with its blocks behind everything else in a file. */
final class RefcountWriter {
    /** Where the table went. */
    record Location(long tableOffset, int tableClusters) {}

    private RefcountWriter() {}

    /**
     * @param used clusters in the file so far; blocks and table follow them and count themselves
     * @param countOf references to each of those clusters
     */
    static Location write(Storage storage, int clusterBits, int refcountOrder, long used, LongUnaryOperator countOf)
            throws IOException {
        return write(storage, clusterBits, refcountOrder, used, 0, countOf);
    }

    /** @param behind clusters that will follow the table, each with one reference */
    static Location write(
            Storage storage, int clusterBits, int refcountOrder, long used, long behind, LongUnaryOperator countOf)
            throws IOException {
        int blockBits = clusterBits + 3 - refcountOrder;
        long blocks = 0;
        long tableClusters = 0;
        long total = used + behind;
        // Each block and each table cluster is one more cluster to count; a few rounds settle it.
        for (long before = -1; before != total; ) {
            before = total;
            blocks = (total + (1L << blockBits) - 1) >>> blockBits;
            tableClusters = (blocks * 8 + (1L << clusterBits) - 1) >>> clusterBits;
            total = used + blocks + tableClusters + behind;
        }
        if (tableClusters << clusterBits > Qcow2Header.MAX_REFCOUNT_TABLE_BYTES) {
            throw new DiskException(storage.path(), "would need too many clusters of that size; use larger ones");
        }
        ByteBuffer table = ByteBuffer.allocate((int) (tableClusters << clusterBits));
        ByteBuffer block = ByteBuffer.allocate(1 << clusterBits);
        for (long b = 0; b < blocks; b++) {
            fill(storage, block, refcountOrder, b << blockBits, Math.min(total, b + 1 << blockBits), used, countOf);
            long offset = used + b << clusterBits;
            storage.write(offset, block.duplicate());
            table.putLong((int) b * 8, offset);
        }
        long tableOffset = used + blocks << clusterBits;
        storage.write(tableOffset, table);
        return new Location(tableOffset, (int) tableClusters);
    }

    private static void fill(
            Storage storage,
            ByteBuffer block,
            int refcountOrder,
            long first,
            long end,
            long used,
            LongUnaryOperator countOf)
            throws DiskException {
        Arrays.fill(block.array(), (byte) 0);
        for (long cluster = first; cluster < end; cluster++) {
            long count = cluster < used ? countOf.applyAsLong(cluster) : 1;
            if (refcountOrder < 6 && count >>> (1 << refcountOrder) != 0) {
                throw new DiskException(
                        storage.path(), "its " + (1 << refcountOrder) + "-bit reference counts are too narrow");
            }
            putCount(block, (int) (cluster - first), refcountOrder, count);
        }
    }

    /** Stores a reference count: big-endian from 8 bits up, below that from the least significant bit of each byte. */
    static void putCount(ByteBuffer block, int entry, int refcountOrder, long count) {
        switch (refcountOrder) {
            case 6 -> block.putLong(entry * 8, count);
            case 5 -> block.putInt(entry * 4, (int) count);
            case 4 -> block.putShort(entry * 2, (short) count);
            case 3 -> block.put(entry, (byte) count);
            default -> {
                int bit = entry << refcountOrder;
                int mask = (1 << (1 << refcountOrder)) - 1 << (bit & 7);
                block.put(bit >>> 3, (byte) (block.get(bit >>> 3) & ~mask | (int) count << (bit & 7)));
            }
        }
    }

    /** Reads a reference count. */
    static long getCount(ByteBuffer block, int entry, int refcountOrder) {
        return switch (refcountOrder) {
            case 6 -> block.getLong(entry * 8);
            case 5 -> Integer.toUnsignedLong(block.getInt(entry * 4));
            case 4 -> Short.toUnsignedLong(block.getShort(entry * 2));
            case 3 -> Byte.toUnsignedLong(block.get(entry));
            default -> {
                int bit = entry << refcountOrder;
                yield Byte.toUnsignedLong(block.get(bit >>> 3)) >>> (bit & 7) & (1 << (1 << refcountOrder)) - 1;
            }
        };
    }
}
