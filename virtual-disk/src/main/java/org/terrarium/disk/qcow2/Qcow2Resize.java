package org.terrarium.disk.qcow2;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.terrarium.disk.DiskException;
import org.terrarium.disk.Storage;

/** Changes the size that the guest sees. */
final class Qcow2Resize {
    private final Qcow2Format format;
    private final Qcow2Header header;
    private final Storage storage;

    Qcow2Resize(Qcow2Format format) {
        this.format = format;
        this.header = format.header();
        this.storage = format.storage();
    }

    /** Says no to a size that this image cannot get. */
    void require(long newSize) throws IOException {
        long sectors = (newSize + 511) & -512;
        long entries = Qcow2Header.l1EntriesFor(sectors, header.clusterBits(), header.l2EntryBits());
        if (newSize <= 0 || sectors < newSize || entries * 8 > Qcow2Header.MAX_L1_BYTES) {
            throw new DiskException(
                    storage.path(),
                    "cannot have " + newSize + " bytes with clusters of " + header.clusterSize() + " bytes");
        }
        if (format.hasBitmaps()) {
            throw new DiskException(storage.path(), "has bitmaps that fit its present size; remove them first");
        }
        boolean smaller = sectors < format.size();
        if (header.snapshotCount() > 0 && (smaller || header.version() < 3)) {
            throw new DiskException(
                    storage.path(),
                    "has snapshots inside, which do not allow " + (smaller ? "a smaller size" : "another size")
                            + "; delete them first");
        }
    }

    void run(long newSize) throws IOException {
        require(newSize);
        long sectors = (newSize + 511) & -512;
        long entries = Qcow2Header.l1EntriesFor(sectors, header.clusterBits(), header.l2EntryBits());
        boolean smaller = sectors < format.size();
        format.beginChange();
        if (smaller) {
            shrink(sectors);
        } else if (entries > header.l1Size()) {
            growL1((int) entries);
        }
        format.settle();
        format.writeField(Qcow2Header.AT_SIZE, sectors);
        format.order().sync();
        format.load();
        if (smaller) {
            format.cutTail();
        }
    }

    private void shrink(long newSize) throws IOException {
        int clusterSize = header.clusterSize();
        long from = (newSize + clusterSize - 1) & -clusterSize;
        if (from < format.size()) {
            format.drop(from, format.size() - from);
        }
        ClusterMap map = format.clusterMap();
        for (int i = (int) Qcow2Header.l1EntriesFor(newSize, header.clusterBits(), header.l2EntryBits());
                i < map.l1().length();
                i++) {
            format.forgetTable(i);
        }
    }

    private void growL1(int entries) throws IOException {
        PointerTable l1 = format.clusterMap().l1();
        int oldLength = l1.length();
        long oldOffset = l1.fileOffset();
        long[] copy = l1.copy(entries);
        int clusters = (int) ((entries * 8L + header.clusterSize() - 1) >>> header.clusterBits());
        ClusterAllocator.Run run = format.allocator().allocateRow(clusters);
        long offset = run.first() << header.clusterBits();
        ByteBuffer bytes = ByteBuffer.allocate(clusters << header.clusterBits());
        bytes.asLongBuffer().put(copy);
        format.order().written();
        storage.write(offset, bytes);
        format.settle();
        format.order().written();
        storage.write(
                Qcow2Header.AT_L1,
                ByteBuffer.allocate(12).putInt(entries).putLong(offset).flip());
        l1.moveTo(offset, copy);
        if (oldLength > 0) {
            long last = oldOffset + oldLength * 8L - 1 >>> header.clusterBits();
            long first = oldOffset >>> header.clusterBits();
            format.allocator().dropAfterFlush(first, (int) (last - first + 1));
        }
    }
}
