package org.terrarium.disk.qcow2;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.terrarium.disk.Progress;
import org.terrarium.disk.Storage;

/**
 * Moves clusters from the end of the file into holes before it, then cuts the end off. A move is a copy that is referred to
 * before the original is given up, like any write, so it may be stopped or die at any moment. Clusters shared with snapshots and
 * packed ones stay where they are.
 */
final class Qcow2Compaction {
    /** Clusters moved between two flushes. */
    private static final int BATCH = 256;

    private final Qcow2Format format;
    private final Storage storage;
    private final Qcow2Header header;
    private final int clusterBits;
    private long used;
    private int sinceFlush;

    Qcow2Compaction(Qcow2Format format) {
        this.format = format;
        this.storage = format.storage();
        this.header = format.header();
        this.clusterBits = header.clusterBits();
    }

    void run(Progress progress) throws IOException {
        format.beginChange();
        format.settle();
        long clusters = storage.size() + header.clusterSize() - 1 >>> clusterBits;
        for (long cluster = 0; cluster < clusters; cluster++) {
            used += format.refcounts().get(cluster) == 0 ? 0 : 1;
        }
        try {
            moveTables(progress);
            format.settle();
            moveRefcountBlocks();
            moveRefcountTable();
        } finally {
            format.settle();
            format.cutTail();
        }
    }

    private void moveTables(Progress progress) throws IOException {
        ClusterMap map = format.clusterMap();
        int tables = map.l1().length();
        for (int i = 0; i < tables; i++) {
            progress.at(i, tables);
            long entry = map.l1().get(i);
            if ((entry & L2Entry.COPIED) == 0) {
                continue;
            }
            long table = L2Entry.offset(entry);
            if (toBeMoved(table)) {
                long target = format.allocator().allocate(1).first() << clusterBits;
                map.l2().copy(target, table, header.clusterSize());
                map.l1().set(i, target | L2Entry.COPIED);
                map.l2().drop(table, header.clusterSize());
                format.allocator().dropAfterFlush(table >>> clusterBits, 1);
                table = target;
            }
            moveData(table, progress, i, tables);
        }
        progress.at(tables, tables);
    }

    private void moveData(long table, Progress progress, int done, int tables) throws IOException {
        ClusterMap map = format.clusterMap();
        if (header.hasDataFile()) {
            return;
        }
        for (int i = 0; i < header.l2Entries(); i++) {
            long word = map.word(table, i);
            long offset = L2Entry.offset(word);
            if (!map.hasCluster(word) || (word & L2Entry.COPIED) == 0 || !toBeMoved(offset)) {
                continue;
            }
            long bits = map.bits(table, i);
            long target = format.moveContents(offset);
            map.set(table, i, word & ~L2Entry.OFFSET_MASK | target, bits);
            format.allocator().dropAfterFlush(offset >>> clusterBits, 1);
            if (++sinceFlush >= BATCH) {
                sinceFlush = 0;
                format.settle();
                progress.at(done, tables);
            }
        }
    }

    /** It lies where nothing is to be in the end, and there is a hole before that. */
    private boolean toBeMoved(long offset) throws IOException {
        return offset >>> clusterBits >= used && format.allocator().firstFree() < used;
    }

    private void moveRefcountBlocks() throws IOException {
        Refcounts refcounts = format.refcounts();
        for (int i = 0; i < refcounts.blocks(); i++) {
            long block = refcounts.blockOffset(i);
            if (block != 0 && refcounts.coversOnlyItself(i)) {
                refcounts.removeBlock(i);
                format.settle();
            } else if (block != 0 && toBeMoved(block)) {
                long target = format.allocator().allocate(1).first() << clusterBits;
                // The block may count its new place itself, so its contents are final only now.
                format.settle();
                ByteBuffer contents = ByteBuffer.allocate(header.clusterSize());
                storage.read(block, contents);
                format.order().written();
                storage.write(target, contents.flip());
                format.order().sync();
                refcounts.moveBlock(i, target);
                format.settle();
                format.allocator().dropAfterFlush(block >>> clusterBits, 1);
                format.settle();
            }
        }
    }

    private void moveRefcountTable() throws IOException {
        Refcounts refcounts = format.refcounts();
        int count = refcounts.tableClusters();
        long old = refcounts.tableOffset();
        if (!toBeMoved(old + ((long) count - 1 << clusterBits))) {
            return;
        }
        ClusterAllocator.Run run = format.allocator().allocateRow(count);
        if (run.first() << clusterBits >= old) {
            format.allocator().release(run);
            return;
        }
        // The table may have changed for that; it is final only now.
        format.settle();
        refcounts.moveTable(run.first() << clusterBits);
        format.allocator().dropAfterFlush(old >>> clusterBits, count);
        format.settle();
    }
}
