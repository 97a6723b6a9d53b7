package org.terrarium.disk.qcow2;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.terrarium.disk.DiskException;
import org.terrarium.disk.Progress;
import org.terrarium.disk.Storage;

/**
 * Counts anew what refers to each cluster of an image that was not closed properly, or whose counts are wrong. The new counts
 * are written behind everything else, and one write of the header then puts them in force and clears the dirty bit.
 */
final class RefcountRebuild {
    private RefcountRebuild() {}

    /** @throws DiskException when the image is damaged beyond its counts; it is left unchanged then */
    static void run(Storage storage, Qcow2Header header, Progress progress) throws IOException {
        ClusterCounts counts = new ClusterCounts();
        References references = new References(storage, header);
        references.visitAll(
                new References.Visitor() {
                    @Override
                    public void use(long offset, long length) throws IOException {
                        count(storage, header, counts, offset, length);
                    }

                    @Override
                    public long damaged(long entryAt, long entry, String what) throws IOException {
                        throw DiskException.corrupt(
                                storage.path(),
                                entryAt,
                                what + ", and it was not closed properly; check it with --repair");
                    }
                },
                progress);
        write(storage, header, references, counts);
    }

    private static void count(Storage storage, Qcow2Header header, ClusterCounts counts, long offset, long length)
            throws IOException {
        long last = offset + length - 1 >>> header.clusterBits();
        if (offset < 0 || length < 0 || last << header.clusterBits() >= storage.size()) {
            throw DiskException.corrupt(storage.path(), offset, "something in it lies past the end of the file");
        }
        for (long cluster = offset >>> header.clusterBits(); cluster <= last; cluster++) {
            counts.add(cluster);
        }
    }

    /** Puts the counts in force. */
    static void write(Storage storage, Qcow2Header header, References references, ClusterCounts counts)
            throws IOException {
        references.correctCopiedBits(counts::get, true);
        storage.sync();
        // Behind the whole file, since the old counts stay in force until the header is written.
        long clusters = storage.size() + header.clusterSize() - 1 >>> header.clusterBits();
        RefcountWriter.Location location =
                RefcountWriter.write(storage, header.clusterBits(), header.refcountOrder(), clusters, counts::get);
        storage.sync();
        int length = header.version() >= 3 ? Qcow2Header.V3_LENGTH : Qcow2Header.V2_LENGTH;
        ByteBuffer head = ByteBuffer.allocate(length);
        storage.read(0, head);
        head.clear();
        head.putLong(Qcow2Header.AT_REFCOUNT_TABLE, location.tableOffset());
        head.putInt(Qcow2Header.AT_REFCOUNT_TABLE + 8, location.tableClusters());
        if (header.version() >= 3) {
            long bits = Qcow2Header.INCOMPATIBLE_DIRTY | Qcow2Header.INCOMPATIBLE_CORRUPT;
            head.putLong(Qcow2Header.AT_INCOMPATIBLE, header.incompatible() & ~bits);
            // Clusters of features that are kept only while their bit is set have not been counted.
            head.putLong(
                    Qcow2Header.AT_AUTOCLEAR,
                    header.autoclear() & (Qcow2Header.AUTOCLEAR_BITMAPS | Qcow2Header.AUTOCLEAR_RAW_DATA_FILE));
        }
        storage.write(0, head);
        storage.sync();
    }
}
