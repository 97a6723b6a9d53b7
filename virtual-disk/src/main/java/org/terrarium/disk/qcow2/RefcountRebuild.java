package org.terrarium.disk.qcow2;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.terrarium.disk.DiskException;
import org.terrarium.disk.Storage;

/**
 * Counts anew what refers to each cluster of an image that was not closed properly. The new counts are written behind
 * everything else, and one write of the header then puts them in force and clears the dirty bit.
 */
final class RefcountRebuild {
    private final Storage storage;
    private final Qcow2Header header;
    private final int clusterBits;
    private final int[] counts;

    private RefcountRebuild(Storage storage, Qcow2Header header) {
        this.storage = storage;
        this.header = header;
        this.clusterBits = header.clusterBits();
        this.counts = new int[Math.toIntExact((storage.size() + header.clusterSize() - 1) >>> clusterBits)];
    }

    /** @throws DiskException when the image is damaged beyond its counts; it is left unchanged then */
    static void run(Storage storage, Qcow2Header header) throws IOException {
        RefcountRebuild rebuild = new RefcountRebuild(storage, header);
        rebuild.countAll();
        rebuild.correctCopiedBits();
        storage.sync();
        RefcountWriter.Location location = RefcountWriter.write(
                storage,
                header.clusterBits(),
                header.refcountOrder(),
                rebuild.counts.length,
                cluster -> rebuild.counts[(int) cluster]);
        storage.sync();
        rebuild.putInForce(location);
        storage.sync();
    }

    private void countAll() throws IOException {
        count(0, 1);
        countTables(header.l1Offset(), header.l1Size());
        long at = header.snapshotsOffset();
        for (int i = 0; i < header.snapshotCount(); i++) {
            // qcow2.rst, "Snapshots": the fixed part of a snapshot table entry has 40 bytes.
            ByteBuffer entry = read(at, 40);
            int l1Size = entry.getInt(8);
            if (l1Size < 0 || l1Size * 8L > Qcow2Header.MAX_L1_BYTES) {
                throw damaged(at, "a snapshot's L1 table is too large");
            }
            countTables(entry.getLong(0), l1Size);
            long length = 40L
                    + Integer.toUnsignedLong(entry.getInt(36))
                    + Short.toUnsignedInt(entry.getShort(12))
                    + Short.toUnsignedInt(entry.getShort(14));
            at += length + 7 & -8;
        }
        if (header.snapshotCount() > 0) {
            count(header.snapshotsOffset(), at - header.snapshotsOffset());
        }
    }

    private void countTables(long l1Offset, int l1Size) throws IOException {
        if (l1Size == 0) {
            return;
        }
        count(l1Offset, l1Size * 8L);
        ByteBuffer l1 = read(l1Offset, l1Size * 8);
        for (int i = 0; i < l1Size; i++) {
            long tableOffset = L2Entry.offset(l1.getLong(i * 8));
            if (tableOffset != 0) {
                count(tableOffset, header.clusterSize());
                countData(read(tableOffset, header.clusterSize()));
            }
        }
    }

    private void countData(ByteBuffer l2) throws IOException {
        for (int i = 0; i < header.l2Entries(); i++) {
            long entry = l2.getLong(i * 8);
            if (L2Entry.compressed(entry)) {
                long offset = L2Entry.compressedOffset(entry, clusterBits);
                // The last sectors of compressed data may lie behind the end of the file without being part of it.
                long end = Math.min(
                        offset + L2Entry.compressedLength(entry, clusterBits),
                        Math.max(offset + 1, (long) counts.length << clusterBits));
                count(offset, end - offset);
            } else if (L2Entry.offset(entry) != 0) {
                count(L2Entry.offset(entry), header.clusterSize());
            }
        }
    }

    private void count(long offset, long length) throws IOException {
        long last = offset + length - 1 >>> clusterBits;
        if (offset < 0 || length < 0 || last >= counts.length) {
            throw damaged(offset, "something in it lies past the end of the file");
        }
        for (long cluster = offset >>> clusterBits; cluster <= last; cluster++) {
            counts[(int) cluster]++;
        }
    }

    /** An entry is marked as the only reference exactly when it is. */
    private void correctCopiedBits() throws IOException {
        ByteBuffer l1 = read(header.l1Offset(), header.l1Size() * 8);
        for (int i = 0; i < header.l1Size(); i++) {
            long tableOffset = L2Entry.offset(l1.getLong(i * 8));
            if (tableOffset == 0) {
                continue;
            }
            ByteBuffer l2 = read(tableOffset, header.clusterSize());
            boolean changed = false;
            for (int j = 0; j < header.l2Entries(); j++) {
                changed |= correct(l2, j * 8);
            }
            if (changed) {
                storage.write(tableOffset, l2.duplicate());
            }
            if (correct(l1, i * 8)) {
                storage.write(header.l1Offset() + i * 8L, l1.slice(i * 8, 8));
            }
        }
    }

    private boolean correct(ByteBuffer table, int at) {
        long entry = table.getLong(at);
        long offset = L2Entry.offset(entry);
        if (L2Entry.compressed(entry) || offset == 0) {
            return false;
        }
        boolean only = counts[(int) (offset >>> clusterBits)] == 1;
        table.putLong(at, only ? entry | L2Entry.COPIED : entry & ~L2Entry.COPIED);
        return table.getLong(at) != entry;
    }

    private void putInForce(RefcountWriter.Location location) throws IOException {
        ByteBuffer head = read(0, Qcow2Header.V3_LENGTH);
        head.putLong(Qcow2Header.AT_REFCOUNT_TABLE, location.tableOffset());
        head.putInt(Qcow2Header.AT_REFCOUNT_TABLE + 8, location.tableClusters());
        head.putLong(Qcow2Header.AT_INCOMPATIBLE, header.incompatible() & ~Qcow2Header.INCOMPATIBLE_DIRTY);
        // Clusters of features that are kept only while this is set have not been counted.
        head.putLong(Qcow2Header.AT_AUTOCLEAR, 0);
        storage.write(0, head);
    }

    private ByteBuffer read(long offset, int length) throws IOException {
        if (offset < 0) {
            throw damaged(offset, "an offset in it is out of range");
        }
        ByteBuffer bytes = ByteBuffer.allocate(length);
        storage.read(offset, bytes);
        return bytes.flip();
    }

    private DiskException damaged(long at, String what) {
        return DiskException.corrupt(
                storage.path(), at, what + ", and it was not closed properly; repair it with qemu-img check -r all");
    }
}
