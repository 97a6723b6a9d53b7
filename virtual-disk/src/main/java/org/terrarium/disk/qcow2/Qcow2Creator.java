package org.terrarium.disk.qcow2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import org.terrarium.disk.BackingReference;
import org.terrarium.disk.CreateOptions;
import org.terrarium.disk.DiskException;
import org.terrarium.disk.Qcow2Options;
import org.terrarium.disk.Storage;
import org.terrarium.disk.luks.Luks;

/** Lays out a new, empty image: header, encryption header, refcount blocks, refcount table, L1 table. */
public final class Qcow2Creator {
    /** Creates the file for the guest's data. */
    public interface DataFile {
        Storage create(String name) throws IOException;
    }

    private final Storage storage;
    private final Qcow2Options options;
    private final BackingReference backing;
    private final int clusterBits;
    private final long size;
    private final int l2EntryBits;

    private Qcow2Creator(Storage storage, CreateOptions options, long size) {
        this.storage = storage;
        this.options = options.qcow2();
        this.backing = options.backing();
        this.clusterBits = Integer.numberOfTrailingZeros(options.clusterSizeOr(CreateOptions.DEFAULT_CLUSTER_SIZE));
        this.size = (size + 511) & -512;
        this.l2EntryBits = this.options.extendedL2() ? 4 : 3;
    }

    /**
     * @param storage an empty file
     * @param size what the guest sees, bytes
     * @param dataFile used where the options name a data file
     */
    public static void create(Storage storage, CreateOptions options, long size, DataFile dataFile) throws IOException {
        new Qcow2Creator(storage, options, size).create(dataFile);
    }

    private void create(DataFile dataFile) throws IOException {
        long l1Entries = Qcow2Header.l1EntriesFor(size, clusterBits, l2EntryBits);
        if (size <= 0 || l1Entries * 8 > Qcow2Header.MAX_L1_BYTES) {
            throw new DiskException(
                    storage.path(),
                    "cannot have " + size + " bytes with clusters of " + (1 << clusterBits)
                            + " bytes; use larger clusters");
        }
        if (options.extendedL2() && clusterBits < Qcow2Header.MIN_EXTENDED_CLUSTER_BITS) {
            throw new DiskException(storage.path(), "needs clusters of at least 16 KiB for extended L2 entries");
        }
        if (options.rawDataFile() && backing != null) {
            throw new DiskException(storage.path(), "cannot have both a raw data file and a backing file");
        }
        // The L1 table comes last, so that the file can end with it inside a cluster.
        long keys = 1;
        long used = keys + (options.passphrase() == null ? 0 : clusters(Luks.newLength()));
        ByteBuffer header = header((int) l1Entries, keys);
        storage.setSize(used << clusterBits);
        if (options.passphrase() != null) {
            storage.write(keys << clusterBits, Luks.create(options.passphrase(), new SecureRandom()));
        }
        int refcountOrder = Integer.numberOfTrailingZeros(options.refcountBits());
        RefcountWriter.Location refcounts =
                RefcountWriter.write(storage, clusterBits, refcountOrder, used, clusters(l1Entries * 8), cluster -> 1);
        long l1 = refcounts.tableOffset() + ((long) refcounts.tableClusters() << clusterBits);
        storage.setSize(l1 + l1Entries * 8);
        header.putLong(Qcow2Header.AT_L1 + 4, l1);
        header.putLong(Qcow2Header.AT_REFCOUNT_TABLE, refcounts.tableOffset());
        header.putInt(Qcow2Header.AT_REFCOUNT_TABLE + 8, refcounts.tableClusters());
        if (options.dataFile() != null) {
            Storage data = dataFile.create(options.dataFile());
            data.setSize(size);
            data.sync();
        }
        storage.sync();
        storage.write(0, header);
        storage.sync();
    }

    private long clusters(long bytes) {
        return (bytes + (1L << clusterBits) - 1) >>> clusterBits;
    }

    private ByteBuffer header(int l1Entries, long keysCluster) throws IOException {
        boolean v3 = options.version() == 3;
        byte[] bytes = new byte[v3 ? Qcow2Header.V3_LENGTH_WITH_COMPRESSION : Qcow2Header.V2_LENGTH];
        ByteBuffer fields = ByteBuffer.wrap(bytes);
        fields.putInt(0, Qcow2Header.MAGIC).putInt(4, options.version());
        fields.putInt(20, clusterBits).putLong(Qcow2Header.AT_SIZE, size);
        fields.putInt(Qcow2Header.AT_ENCRYPTION, options.passphrase() == null ? Qcow2Header.PLAIN : Qcow2Header.LUKS);
        fields.putInt(Qcow2Header.AT_L1, l1Entries);
        if (v3) {
            fields.putLong(Qcow2Header.AT_INCOMPATIBLE, incompatible());
            fields.putLong(
                    Qcow2Header.AT_COMPATIBLE, options.lazyRefcounts() ? Qcow2Header.COMPATIBLE_LAZY_REFCOUNTS : 0);
            fields.putLong(Qcow2Header.AT_AUTOCLEAR, options.rawDataFile() ? Qcow2Header.AUTOCLEAR_RAW_DATA_FILE : 0);
            fields.putInt(Qcow2Header.AT_REFCOUNT_ORDER, Integer.numberOfTrailingZeros(options.refcountBits()));
            fields.putInt(Qcow2Header.AT_HEADER_LENGTH, bytes.length);
            fields.put(Qcow2Header.AT_COMPRESSION, (byte) (options.zstd() ? Qcow2Header.ZSTD : Qcow2Header.DEFLATE));
        }
        return HeaderWriter.layOut(
                storage, bytes, extensions(keysCluster), backing == null ? null : backing.name(), 1 << clusterBits);
    }

    private long incompatible() {
        return (options.zstd() ? Qcow2Header.INCOMPATIBLE_COMPRESSION : 0)
                | (options.extendedL2() ? Qcow2Header.INCOMPATIBLE_EXTENDED_L2 : 0)
                | (options.dataFile() != null ? Qcow2Header.INCOMPATIBLE_DATA_FILE : 0);
    }

    private HeaderExtensions extensions(long keysCluster) {
        HeaderExtensions extensions = new HeaderExtensions(List.of());
        if (backing != null) {
            extensions = extensions.withText(HeaderExtensions.BACKING_FORMAT, backing.format());
        }
        if (options.dataFile() != null) {
            extensions = extensions.withText(HeaderExtensions.DATA_FILE, options.dataFile());
        }
        if (options.passphrase() != null) {
            extensions = extensions.with(
                    HeaderExtensions.ENCRYPTION,
                    ByteBuffer.allocate(16)
                            .putLong(keysCluster << clusterBits)
                            .putLong(Luks.newLength())
                            .array());
        }
        return 1 << clusterBits >= 4096 && options.version() == 3
                ? extensions.with(HeaderExtensions.FEATURE_NAMES, featureNames())
                : extensions;
    }

    /** So that a program that lacks a feature can name it. */
    private static byte[] featureNames() {
        String[][] names = {
            {"dirty bit", "corrupt bit", "external data file", "compression type", "extended L2 entries"},
            {"lazy refcounts"},
            {"bitmaps", "raw external data"}
        };
        ByteBuffer table = ByteBuffer.allocate(8 * 48);
        for (int type = 0; type < names.length; type++) {
            for (int bit = 0; bit < names[type].length; bit++) {
                int start = table.position();
                table.put((byte) type).put((byte) bit).put(names[type][bit].getBytes(StandardCharsets.US_ASCII));
                table.position(start + 48);
            }
        }
        return table.array();
    }
}
