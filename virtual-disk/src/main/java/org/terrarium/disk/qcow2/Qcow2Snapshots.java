package org.terrarium.disk.qcow2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.terrarium.disk.DiskException;
import org.terrarium.disk.DiskSnapshot;
import org.terrarium.disk.Storage;

/** Takes, deletes and goes back to snapshots inside an image (qcow2.rst, "Snapshots"). */
public final class Qcow2Snapshots {
    private final Qcow2Format format;
    private final Storage storage;

    public Qcow2Snapshots(Qcow2Format format) {
        this.format = format;
        this.storage = format.storage();
    }

    /** Those in the image, in its order. */
    public static List<DiskSnapshot> list(Storage storage) throws IOException {
        Qcow2Header header = Qcow2Header.read(storage);
        List<DiskSnapshot> list = new ArrayList<>();
        for (SnapshotTable.Entry entry : SnapshotTable.read(storage, header).entries()) {
            list.add(new DiskSnapshot(
                    entry.id(), entry.name(), entry.date(), entry.diskSize(header.size()), entry.savedState()));
        }
        return list;
    }

    private SnapshotTable table() throws IOException {
        return SnapshotTable.read(storage, format.header());
    }

    /** The header as it was with a snapshot. */
    static Qcow2Header header(Storage storage, Qcow2Header header, String idOrName) throws IOException {
        SnapshotTable.Entry entry = find(storage, SnapshotTable.read(storage, header), idOrName);
        long size = entry.diskSize(header.size());
        requireFitting(storage, header, entry, size);
        return header.withTable(entry.l1Offset(), entry.l1Size(), size);
    }

    private static void requireFitting(Storage storage, Qcow2Header header, SnapshotTable.Entry entry, long size)
            throws DiskException {
        long needed = Qcow2Header.l1EntriesFor(size, header.clusterBits(), header.l2EntryBits());
        if (size <= 0 || size > Long.MAX_VALUE - header.clusterSize() || needed > entry.l1Size()) {
            throw DiskException.corrupt(storage.path(), header.snapshotsOffset(), "a snapshot's size is not allowed");
        }
    }

    /** By its id, or else by its name. */
    private static SnapshotTable.Entry find(Storage storage, SnapshotTable table, String idOrName)
            throws DiskException {
        for (SnapshotTable.Entry entry : table.entries()) {
            if (entry.id().equals(idOrName)) {
                return entry;
            }
        }
        for (SnapshotTable.Entry entry : table.entries()) {
            if (entry.name().equals(idOrName)) {
                return entry;
            }
        }
        throw new DiskException(storage.path(), "has no snapshot " + idOrName);
    }

    /** Keeps the present contents as a snapshot. */
    public void create(String name, Instant date) throws IOException {
        Qcow2Header header = format.header();
        if (header.hasDataFile()) {
            throw new DiskException(storage.path(), "has a data file, so it cannot have snapshots inside");
        }
        if (header.refcountOrder() == 0) {
            throw new DiskException(
                    storage.path(), "counts references with one bit, so it cannot have snapshots inside");
        }
        List<SnapshotTable.Entry> entries = new ArrayList<>(table().entries());
        if (entries.size() >= Qcow2Header.MAX_SNAPSHOTS) {
            throw new DiskException(storage.path(), "has as many snapshots as it can");
        }
        long id = 1;
        for (SnapshotTable.Entry entry : entries) {
            id = Math.max(id, numberOf(entry.id()) + 1);
        }
        String newId = String.valueOf(id);
        format.change(() -> {
            long l1Offset = writeL1(copyOfL1(format.clusterMap().l1()));
            References references = new References(storage, header);
            references.visitTables(header.l1Offset(), header.l1Size(), new Sharing(header));
            // The active L1 table is not shared; what it leads to is.
            format.settle();
            references.correctCopiedBits(format.refcounts()::get, true);
            format.order().written();
            entries.add(SnapshotTable.Entry.of(l1Offset, header.l1Size(), date, header.size(), newId, name));
            writeTable(new SnapshotTable(entries));
            // Tables changed under the cache.
            format.forgetTables();
        });
    }

    private static long numberOf(String id) {
        try {
            return Math.max(0, Long.parseLong(id));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static long[] copyOfL1(PointerTable l1) {
        long[] copy = l1.copy(l1.length());
        for (int i = 0; i < copy.length; i++) {
            copy[i] &= ~L2Entry.COPIED;
        }
        return copy;
    }

    /** The place of a new table with these entries. */
    private long writeL1(long[] entries) throws IOException {
        int clusterBits = format.header().clusterBits();
        int clusters = (int) Math.max(1, (entries.length * 8L + (1L << clusterBits) - 1) >>> clusterBits);
        ClusterAllocator.Run run = format.allocator().allocateRow(clusters);
        ByteBuffer bytes = ByteBuffer.allocate(clusters << clusterBits);
        bytes.asLongBuffer().put(entries);
        format.order().written();
        storage.write(run.first() << clusterBits, bytes);
        return run.first() << clusterBits;
    }

    /** Adds a reference to everything but the L1 table it starts from. */
    private final class Sharing implements References.Visitor {
        private final long l1Offset;

        Sharing(Qcow2Header header) {
            this(header.l1Offset());
        }

        Sharing(long l1Offset) {
            this.l1Offset = l1Offset;
        }

        @Override
        public void use(long offset, long length) throws IOException {
            if (offset != l1Offset) {
                format.allocator().share(offset, length);
            }
        }

        @Override
        public long damaged(long entryAt, long entry, String what) throws IOException {
            throw DiskException.corrupt(storage.path(), entryAt, what);
        }
    }

    /** Takes away a reference from everything that an L1 table leads to, itself included. */
    private void release(long l1Offset, int l1Size) throws IOException {
        new References(storage, format.header()).visitTables(l1Offset, l1Size, new References.Visitor() {
            @Override
            public void use(long offset, long length) {
                int bits = format.header().clusterBits();
                long first = offset >>> bits;
                format.allocator().dropAfterFlush(first, (int) ((offset + length - 1 >>> bits) - first + 1));
            }

            @Override
            public long damaged(long entryAt, long entry, String what) {
                return entry;
            }
        });
    }

    /** Puts another snapshot table in force and gives up the old one. */
    private void writeTable(SnapshotTable table) throws IOException {
        Qcow2Header header = Qcow2Header.read(storage);
        int bits = header.clusterBits();
        long offset = 0;
        if (!table.entries().isEmpty()) {
            int clusters = (int) ((table.length() + (1L << bits) - 1) >>> bits);
            offset = format.allocator().allocateRow(clusters).first() << bits;
            format.order().written();
            storage.write(offset, table.toBytes());
        }
        int oldLength = SnapshotTable.read(storage, header).length();
        format.settle();
        format.order().written();
        storage.write(
                Qcow2Header.AT_SNAPSHOTS,
                ByteBuffer.allocate(12)
                        .putInt(table.entries().size())
                        .putLong(offset)
                        .flip());
        format.order().sync();
        if (oldLength > 0) {
            long first = header.snapshotsOffset() >>> bits;
            format.allocator()
                    .dropAfterFlush(first, (int) ((header.snapshotsOffset() + oldLength - 1 >>> bits) - first + 1));
        }
    }

    /** Deletes a snapshot and what only it holds. */
    public void delete(String idOrName) throws IOException {
        SnapshotTable table = table();
        SnapshotTable.Entry entry = find(storage, table, idOrName);
        List<SnapshotTable.Entry> left = new ArrayList<>(table.entries());
        left.remove(entry);
        format.change(() -> {
            writeTable(new SnapshotTable(left));
            release(entry.l1Offset(), entry.l1Size());
            format.settle();
            new References(storage, format.header()).correctCopiedBits(format.refcounts()::get, true);
            format.order().written();
            format.forgetTables();
        });
    }

    /** Makes a snapshot's contents and size the present ones; what is there now is lost. */
    public void apply(String idOrName) throws IOException {
        SnapshotTable.Entry entry = find(storage, table(), idOrName);
        Qcow2Header header = format.header();
        if (format.hasBitmaps() && entry.diskSize(header.size()) != header.size()) {
            throw new DiskException(storage.path(), "has bitmaps that fit its present size; remove them first");
        }
        long size = entry.diskSize(header.size());
        requireFitting(storage, header, entry, size);
        format.change(() -> {
            PointerTable l1 = PointerTable.read(storage, entry.l1Offset(), entry.l1Size());
            long offset = writeL1(copyOfL1(l1));
            new References(storage, header)
                    .visitTables(entry.l1Offset(), entry.l1Size(), new Sharing(entry.l1Offset()));
            format.settle();
            // Size and table are in one sector, so they change together.
            ByteBuffer fields = ByteBuffer.allocate(Qcow2Header.AT_REFCOUNT_TABLE - Qcow2Header.AT_SIZE);
            fields.putLong(size)
                    .putInt(header.encryption())
                    .putInt(entry.l1Size())
                    .putLong(offset);
            format.order().written();
            storage.write(Qcow2Header.AT_SIZE, fields.flip());
            format.order().sync();
            release(header.l1Offset(), header.l1Size());
            format.settle();
            Qcow2Header now = Qcow2Header.read(storage);
            new References(storage, now).correctCopiedBits(format.refcounts()::get, true);
            format.order().written();
            format.forgetTables();
        });
    }
}
