package org.terrarium.disk.qcow2;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.terrarium.disk.DiskException;
import org.terrarium.disk.Progress;
import org.terrarium.disk.Storage;

/** Walks through everything in an image file that refers to clusters of it, the refcount structures excepted. */
final class References {
    /** Is told each reference. */
    interface Visitor {
        /** Each cluster that these bytes touch has one reference more. */
        void use(long offset, long length) throws IOException;

        /**
         * An entry refers to something impossible.
         *
         * @param entryAt its place in the file
         * @return what it is to be replaced by, or the entry itself to leave it
         */
        long damaged(long entryAt, long entry, String what) throws IOException;

        /** An L2 entry that refers to something. */
        default void cluster(boolean packed) {}
    }

    private final Storage storage;
    private final Qcow2Header header;
    private final int clusterBits;
    private final ByteBuffer table;

    References(Storage storage, Qcow2Header header) {
        this.storage = storage;
        this.header = header;
        this.clusterBits = header.clusterBits();
        this.table = ByteBuffer.allocate(header.clusterSize());
    }

    void visitAll(Visitor visitor, Progress progress) throws IOException {
        visitor.use(0, 1);
        SnapshotTable snapshots = SnapshotTable.read(storage, header);
        int rounds = 1 + snapshots.entries().size();
        visitTables(header.l1Offset(), header.l1Size(), visitor, progress, 0, rounds);
        int round = 1;
        for (SnapshotTable.Entry snapshot : snapshots.entries()) {
            visitTables(snapshot.l1Offset(), snapshot.l1Size(), visitor, progress, round++, rounds);
        }
        if (header.snapshotCount() > 0) {
            visitor.use(header.snapshotsOffset(), snapshots.length());
        }
        if (header.encrypted()) {
            HeaderExtensions.EncryptionHeader keys = header.extensions().encryption(storage);
            if (keys.offset() < 0 || keys.length() <= 0 || keys.offset() > storage.size() - keys.length()) {
                throw DiskException.corrupt(storage.path(), 0, "its encryption header lies past the end of the file");
            }
            visitor.use(keys.offset(), keys.length());
        }
        Qcow2Bitmaps.read(storage, header).visit(visitor::use);
    }

    /** One L1 table and what it leads to. */
    void visitTables(long l1Offset, int l1Size, Visitor visitor) throws IOException {
        visitTables(l1Offset, l1Size, visitor, Progress.NONE, 0, 1);
    }

    private void visitTables(long l1Offset, int l1Size, Visitor visitor, Progress progress, int round, int rounds)
            throws IOException {
        if (l1Size == 0) {
            return;
        }
        visitor.use(l1Offset, l1Size * 8L);
        PointerTable l1 = PointerTable.read(storage, l1Offset, l1Size);
        for (int i = 0; i < l1Size; i++) {
            progress.at((long) round * l1Size + i, (long) rounds * l1Size);
            long entryAt = l1Offset + i * 8L;
            long entry = l1.get(i);
            long offset = L2Entry.offset(entry);
            if (offset == 0) {
                continue;
            }
            if (!inside(offset, header.clusterSize()) || offset % header.clusterSize() != 0) {
                replace(
                        entryAt,
                        entry,
                        visitor.damaged(entryAt, entry, "an L2 table is misaligned or outside the file"));
            } else {
                visitor.use(offset, header.clusterSize());
                visitData(offset, visitor);
            }
        }
    }

    private void visitData(long tableOffset, Visitor visitor) throws IOException {
        table.clear();
        storage.read(tableOffset, table);
        for (int i = 0; i < header.l2Entries(); i++) {
            int at = i << header.l2EntryBits();
            long entry = table.getLong(at);
            if (entry == 0) {
                continue;
            }
            String what = visitEntry(entry, visitor);
            if (what != null) {
                replace(tableOffset + at, entry, visitor.damaged(tableOffset + at, entry, what));
            }
        }
    }

    /** Null when the entry is in order. */
    private String visitEntry(long entry, Visitor visitor) throws IOException {
        if (L2Entry.compressed(entry)) {
            long offset = L2Entry.compressedOffset(entry, clusterBits);
            // The last sectors of compressed data may lie behind the end of the file without being part of it.
            long clusters = storage.size() + header.clusterSize() - 1 >>> clusterBits;
            long end = Math.min(offset + L2Entry.compressedLength(entry, clusterBits), clusters << clusterBits);
            if (offset >= end || header.hasDataFile()) {
                return "a compressed cluster is outside the file";
            }
            visitor.use(offset, end - offset);
            visitor.cluster(true);
            return null;
        }
        long offset = L2Entry.offset(entry);
        if (header.hasDataFile()) {
            if ((entry & L2Entry.COPIED) != 0) {
                visitor.cluster(false);
            }
            return offset % header.clusterSize() != 0 ? "a data cluster is misaligned" : null;
        }
        if (offset == 0) {
            return null;
        }
        if (offset % header.clusterSize() != 0 || !inside(offset, 1)) {
            return "a data cluster is misaligned or outside the file";
        }
        visitor.use(offset, header.clusterSize());
        visitor.cluster(false);
        return null;
    }

    private void replace(long entryAt, long entry, long by) throws IOException {
        if (by != entry) {
            storage.write(entryAt, ByteBuffer.allocate(8).putLong(0, by));
        }
    }

    private boolean inside(long offset, long length) {
        return offset >= 0 && offset <= storage.size() - length;
    }

    /** Counts references to a cluster. */
    interface Counts {
        long of(long cluster) throws IOException;
    }

    /**
     * Makes every entry of the active tables say truly whether it is its cluster's only reference.
     *
     * @param repair write what has to be changed
     * @return how many entries were wrong
     */
    int correctCopiedBits(Counts counts, boolean repair) throws IOException {
        int wrong = 0;
        PointerTable l1 = PointerTable.read(storage, header.l1Offset(), header.l1Size());
        for (int i = 0; i < header.l1Size(); i++) {
            long tableOffset = L2Entry.offset(l1.get(i));
            if (tableOffset == 0 || tableOffset % header.clusterSize() != 0 || !inside(tableOffset, 1)) {
                continue;
            }
            table.clear();
            storage.read(tableOffset, table);
            int wrongHere = 0;
            for (int j = 0; j < header.l2Entries(); j++) {
                int at = j << header.l2EntryBits();
                long correct = correct(table.getLong(at), counts, true);
                if (correct != table.getLong(at)) {
                    table.putLong(at, correct);
                    wrongHere++;
                }
            }
            if (wrongHere > 0 && repair) {
                storage.write(tableOffset, table.clear());
            }
            long correct = correct(l1.get(i), counts, false);
            if (correct != l1.get(i)) {
                wrongHere++;
                if (repair) {
                    storage.write(
                            header.l1Offset() + i * 8L, ByteBuffer.allocate(8).putLong(0, correct));
                }
            }
            wrong += wrongHere;
        }
        return wrong;
    }

    private long correct(long entry, Counts counts, boolean data) throws IOException {
        long offset = L2Entry.offset(entry);
        if (data && (L2Entry.compressed(entry) || header.hasDataFile())
                || offset == 0
                || offset % header.clusterSize() != 0
                || !inside(offset, 1)) {
            return entry;
        }
        boolean only = counts.of(offset >>> clusterBits) == 1;
        return only ? entry | L2Entry.COPIED : entry & ~L2Entry.COPIED;
    }
}
