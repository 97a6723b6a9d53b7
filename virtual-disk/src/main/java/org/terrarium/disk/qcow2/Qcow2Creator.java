package org.terrarium.disk.qcow2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.terrarium.disk.CreateOptions;
import org.terrarium.disk.DiskException;
import org.terrarium.disk.Storage;

/** Lays out a new, empty version 3 image: header, L1 table, refcount blocks, refcount table. */
public final class Qcow2Creator {
    private static final int REFCOUNT_ORDER = 4;

    /** Creates the file for the guest's data. */
    public interface DataFile {
        Storage create(String name) throws IOException;
    }

    private Qcow2Creator() {}

    /**
     * @param storage an empty file
     * @param size what the guest sees, bytes
     */
    public static void create(Storage storage, CreateOptions options, long size, DataFile dataFile) throws IOException {
        int clusterSize = options.clusterSizeOr(CreateOptions.DEFAULT_CLUSTER_SIZE);
        int clusterBits = Integer.numberOfTrailingZeros(clusterSize);
        long sectors = (size + 511) & -512;
        long l1Entries = Qcow2Header.l1EntriesFor(sectors, clusterBits);
        if (sectors < size || l1Entries * 8 > Qcow2Header.MAX_L1_BYTES) {
            throw new DiskException(
                    storage.path(),
                    "cannot have " + size + " bytes with clusters of " + clusterSize + " bytes; use larger clusters");
        }
        long l1Clusters = Math.max(1, (l1Entries * 8 + clusterSize - 1) >>> clusterBits);
        ByteBuffer header = header(storage, options, clusterBits, sectors, (int) l1Entries);
        storage.setSize(1 + l1Clusters << clusterBits);
        RefcountWriter.Location refcounts =
                RefcountWriter.write(storage, clusterBits, REFCOUNT_ORDER, 1 + l1Clusters, cluster -> 1);
        header.putLong(Qcow2Header.AT_REFCOUNT_TABLE, refcounts.tableOffset());
        header.putInt(Qcow2Header.AT_REFCOUNT_TABLE + 8, refcounts.tableClusters());
        storage.sync();
        storage.write(0, header);
        storage.sync();
    }

    private static ByteBuffer header(Storage storage, CreateOptions options, int clusterBits, long size, int l1Entries)
            throws IOException {
        byte[] backing =
                options.backing() == null ? null : options.backing().name().getBytes(StandardCharsets.UTF_8);
        ByteBuffer header = ByteBuffer.allocate(1 << clusterBits);
        header.putInt(0, Qcow2Header.MAGIC).putInt(4, 3);
        header.putInt(20, clusterBits).putLong(24, size);
        header.putInt(36, l1Entries).putLong(40, 1L << clusterBits);
        header.putLong(80, options.qcow2().lazyRefcounts() ? Qcow2Header.COMPATIBLE_LAZY_REFCOUNTS : 0);
        header.putInt(96, REFCOUNT_ORDER).putInt(100, Qcow2Header.V3_LENGTH_WITH_COMPRESSION);
        header.position(Qcow2Header.V3_LENGTH_WITH_COMPRESSION);
        if (backing != null) {
            byte[] format = options.backing().format().getBytes(StandardCharsets.US_ASCII);
            header.putInt(Qcow2Header.EXTENSION_BACKING_FORMAT).putInt(format.length);
            header.put(format).position(header.position() + (-format.length & 7));
            header.putInt(Qcow2Header.EXTENSION_END).putInt(0);
            if (backing.length > Qcow2Header.MAX_BACKING_NAME || backing.length > header.remaining()) {
                throw new DiskException(
                        storage.path(), "cannot hold a backing file name of " + backing.length + " bytes");
            }
            header.putLong(8, header.position()).putInt(16, backing.length);
            header.put(backing);
        }
        return header.position(0);
    }
}
