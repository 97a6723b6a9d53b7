package org.terrarium.disk.qcow2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.terrarium.disk.DiskException;
import org.terrarium.disk.Storage;

/**
 * The header of a qcow2 image (QEMU docs/interop/qcow2.rst, "Header" and "Header extensions"), checked: every offset in it
 * lies on a cluster and inside the file, and every size is within QEMU's own limits.
 *
 * @param size what the guest sees, bytes
 * @param refcountOrder a reference count has {@code 1 << refcountOrder} bits
 * @param compression how packed clusters are packed, {@link #DEFLATE} or {@link #ZSTD}
 * @param encryption {@link #PLAIN} or {@link #LUKS}
 * @param backingFile as written in the image, or null
 */
public record Qcow2Header(
        int version,
        int clusterBits,
        long size,
        int l1Size,
        long l1Offset,
        long refcountTableOffset,
        int refcountTableClusters,
        int snapshotCount,
        long snapshotsOffset,
        long incompatible,
        long compatible,
        long autoclear,
        int refcountOrder,
        int headerLength,
        int compression,
        int encryption,
        String backingFile,
        HeaderExtensions extensions) {
    static final int MAGIC = 0x514649fb; // "QFI\xfb"

    static final int AT_BACKING = 8;
    static final int AT_SIZE = 24;
    static final int AT_ENCRYPTION = 32;
    static final int AT_L1 = 36;
    static final int AT_REFCOUNT_TABLE = 48;
    static final int AT_SNAPSHOTS = 60;
    static final int AT_INCOMPATIBLE = 72;
    static final int AT_COMPATIBLE = 80;
    static final int AT_AUTOCLEAR = 88;
    static final int AT_REFCOUNT_ORDER = 96;
    static final int AT_HEADER_LENGTH = 100;
    static final int AT_COMPRESSION = 104;
    static final int V2_LENGTH = 72;
    static final int V3_LENGTH = 104;
    static final int V3_LENGTH_WITH_COMPRESSION = 112;

    static final long INCOMPATIBLE_DIRTY = 1;
    static final long INCOMPATIBLE_CORRUPT = 1 << 1;
    static final long INCOMPATIBLE_DATA_FILE = 1 << 2;
    static final long INCOMPATIBLE_COMPRESSION = 1 << 3;
    static final long INCOMPATIBLE_EXTENDED_L2 = 1 << 4;
    static final long COMPATIBLE_LAZY_REFCOUNTS = 1;
    static final long AUTOCLEAR_BITMAPS = 1;
    static final long AUTOCLEAR_RAW_DATA_FILE = 1 << 1;

    static final int DEFLATE = 0;
    static final int ZSTD = 1;

    static final int PLAIN = 0;
    static final int LUKS = 2;

    static final int MIN_CLUSTER_BITS = 9;
    static final int MAX_CLUSTER_BITS = 21;
    /** A subcluster has at least 512 bytes. */
    static final int MIN_EXTENDED_CLUSTER_BITS = 14;

    static final long MAX_L1_BYTES = 32L << 20;
    static final long MAX_REFCOUNT_TABLE_BYTES = 8L << 20;
    static final int MAX_SNAPSHOTS = 65536;
    static final int MAX_BACKING_NAME = 1023;

    private static final long KNOWN_INCOMPATIBLE = INCOMPATIBLE_DIRTY
            | INCOMPATIBLE_CORRUPT
            | INCOMPATIBLE_DATA_FILE
            | INCOMPATIBLE_COMPRESSION
            | INCOMPATIBLE_EXTENDED_L2;

    public int clusterSize() {
        return 1 << clusterBits;
    }

    boolean extendedL2() {
        return (incompatible & INCOMPATIBLE_EXTENDED_L2) != 0;
    }

    /** Bytes of an L2 entry, as a power of two. */
    int l2EntryBits() {
        return extendedL2() ? 4 : 3;
    }

    /** Entries of an L2 table. */
    int l2Entries() {
        return 1 << (clusterBits - l2EntryBits());
    }

    /** Subclusters of a cluster. */
    int subclusters() {
        return extendedL2() ? 32 : 1;
    }

    /** Bytes that are allocated or zeroed as a whole. */
    int subclusterSize() {
        return clusterSize() / subclusters();
    }

    /** Reference counts in a refcount block, as a power of two. */
    int refcountBlockBits() {
        return clusterBits + 3 - refcountOrder;
    }

    public boolean dirty() {
        return (incompatible & INCOMPATIBLE_DIRTY) != 0;
    }

    public boolean corrupt() {
        return (incompatible & INCOMPATIBLE_CORRUPT) != 0;
    }

    public boolean encrypted() {
        return encryption != PLAIN;
    }

    public String backingFormat() {
        return extensions.backingFormat();
    }

    boolean lazyRefcounts() {
        return (compatible & COMPATIBLE_LAZY_REFCOUNTS) != 0;
    }

    boolean hasDataFile() {
        return (incompatible & INCOMPATIBLE_DATA_FILE) != 0;
    }

    boolean rawDataFile() {
        return hasDataFile() && (autoclear & AUTOCLEAR_RAW_DATA_FILE) != 0;
    }

    /** The same with another L1 table, such as a snapshot's. */
    Qcow2Header withTable(long offset, int entries, long diskSize) {
        return new Qcow2Header(
                version,
                clusterBits,
                diskSize,
                entries,
                offset,
                refcountTableOffset,
                refcountTableClusters,
                snapshotCount,
                snapshotsOffset,
                incompatible,
                compatible,
                autoclear,
                refcountOrder,
                headerLength,
                compression,
                encryption,
                backingFile,
                extensions);
    }

    /** What else it says, for people to read. */
    public Map<String, String> details() {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("refcount bits", String.valueOf(1 << refcountOrder));
        details.put("lazy refcounts", lazyRefcounts() ? "yes" : "no");
        details.put("compression", compression == ZSTD ? "zstd" : "deflate");
        details.put("extended L2", extendedL2() ? "yes" : "no");
        if (hasDataFile()) {
            details.put("data file", String.valueOf(extensions.dataFile()));
            details.put("data file is raw", rawDataFile() ? "yes" : "no");
        }
        if (encrypted()) {
            details.put("encryption", "LUKS");
        }
        return details;
    }

    /** L1 entries that a disk of {@code size} bytes needs. */
    static long l1EntriesFor(long size, int clusterBits, int l2EntryBits) {
        int bits = clusterBits + clusterBits - l2EntryBits;
        return (size >>> bits) + ((size & ((1L << bits) - 1)) != 0 ? 1 : 0);
    }

    /** Reads and checks the header; refuses what this version cannot handle, by name. */
    public static Qcow2Header read(Storage storage) throws IOException {
        ByteBuffer fixed = ByteBuffer.allocate(V3_LENGTH_WITH_COMPRESSION);
        storage.read(0, fixed);
        fixed.flip();
        if (storage.size() < V2_LENGTH) {
            throw truncated(storage, "it ends inside the header");
        }
        require(storage, fixed.getInt(0) == MAGIC, 0, "it does not begin with a qcow2 signature");
        int version = fixed.getInt(4);
        if (version != 2 && version != 3) {
            throw new DiskException(
                    storage.path(),
                    "is qcow2 version " + Integer.toUnsignedString(version) + "; versions 2 and 3 can be opened");
        }
        boolean v3 = version == 3;
        if (v3 && storage.size() < V3_LENGTH) {
            throw truncated(storage, "it ends inside the header");
        }
        int clusterBits = fixed.getInt(20);
        require(
                storage,
                clusterBits >= MIN_CLUSTER_BITS && clusterBits <= MAX_CLUSTER_BITS,
                20,
                "its cluster size of 2^" + Integer.toUnsignedString(clusterBits) + " bytes is not allowed");
        int headerLength = v3 ? fixed.getInt(AT_HEADER_LENGTH) : V2_LENGTH;
        require(
                storage,
                !v3 || headerLength >= V3_LENGTH && headerLength <= 1 << clusterBits && headerLength % 8 == 0,
                100,
                "its header length of " + Integer.toUnsignedString(headerLength) + " bytes is not allowed");
        long backingName = fixed.getLong(AT_BACKING);
        long extensionsEnd = backingName > 0 && backingName <= 1 << clusterBits ? backingName : 1 << clusterBits;
        HeaderExtensions extensions = HeaderExtensions.read(storage, headerLength, extensionsEnd);
        long incompatible = v3 ? fixed.getLong(AT_INCOMPATIBLE) : 0;
        refuseUnknownFeatures(storage, incompatible, extensions);
        Qcow2Header header = new Qcow2Header(
                version,
                clusterBits,
                fixed.getLong(AT_SIZE),
                fixed.getInt(AT_L1),
                fixed.getLong(AT_L1 + 4),
                fixed.getLong(AT_REFCOUNT_TABLE),
                fixed.getInt(AT_REFCOUNT_TABLE + 8),
                fixed.getInt(AT_SNAPSHOTS),
                fixed.getLong(AT_SNAPSHOTS + 4),
                incompatible,
                v3 ? fixed.getLong(AT_COMPATIBLE) : 0,
                v3 ? fixed.getLong(AT_AUTOCLEAR) : 0,
                v3 ? fixed.getInt(AT_REFCOUNT_ORDER) : 4,
                headerLength,
                headerLength > AT_COMPRESSION ? Byte.toUnsignedInt(fixed.get(AT_COMPRESSION)) : DEFLATE,
                fixed.getInt(AT_ENCRYPTION),
                backingName(storage, fixed, 1 << clusterBits),
                extensions);
        header.check(storage);
        return header;
    }

    private static String backingName(Storage storage, ByteBuffer fixed, int clusterSize) throws IOException {
        long offset = fixed.getLong(AT_BACKING);
        int length = fixed.getInt(AT_BACKING + 8);
        if (offset == 0) {
            return null;
        }
        require(
                storage,
                length >= 0 && length <= MAX_BACKING_NAME && offset >= V2_LENGTH && offset <= clusterSize - length,
                AT_BACKING,
                "the name of its backing file lies outside the header cluster");
        ByteBuffer name = ByteBuffer.allocate(length);
        storage.read(offset, name);
        return length == 0 ? null : new String(name.array(), StandardCharsets.UTF_8);
    }

    private static void refuseUnknownFeatures(Storage storage, long incompatible, HeaderExtensions extensions)
            throws DiskException {
        long unknown = incompatible & ~KNOWN_INCOMPATIBLE;
        if (unknown == 0) {
            return;
        }
        Map<Integer, String> names = extensions.incompatibleNames();
        List<String> missing = new ArrayList<>();
        for (int bit = 0; bit < 64; bit++) {
            if ((unknown >>> bit & 1) != 0) {
                missing.add(names.getOrDefault(bit, "feature bit " + bit));
            }
        }
        throw new DiskException(
                storage.path(), "uses " + String.join(", ", missing) + ", which this version cannot open");
    }

    private void check(Storage storage) throws DiskException {
        long fileSize = storage.size();
        int clusterSize = clusterSize();
        require(storage, size >= 0 && size <= Long.MAX_VALUE - clusterSize, 24, "its disk size is not allowed");
        require(storage, refcountOrder >= 0 && refcountOrder <= 6, 96, "its reference count width is not allowed");
        require(storage, l1Size >= 0 && l1Size * 8L <= MAX_L1_BYTES, 36, "its L1 table is too large");
        require(
                storage,
                !extendedL2() || clusterBits >= MIN_EXTENDED_CLUSTER_BITS,
                20,
                "its clusters are too small for extended L2 entries");
        require(
                storage,
                l1EntriesFor(size, clusterBits, l2EntryBits()) <= l1Size,
                36,
                "its L1 table of " + l1Size + " entries is too small for its disk size");
        require(storage, l1Size == 0 || l1Offset > 0, 40, "it has no L1 table");
        require(storage, l1Offset % clusterSize == 0, 40, "its L1 table is misaligned");
        require(
                storage,
                refcountTableClusters > 0 && (long) refcountTableClusters * clusterSize <= MAX_REFCOUNT_TABLE_BYTES,
                56,
                "the size of its refcount table is not allowed");
        require(
                storage,
                refcountTableOffset > 0 && refcountTableOffset % clusterSize == 0,
                48,
                "its refcount table is missing or misaligned");
        require(
                storage,
                snapshotCount >= 0 && snapshotCount <= MAX_SNAPSHOTS && snapshotsOffset % clusterSize == 0,
                60,
                "its snapshot table is not allowed");
        requireInside(storage, "L1 table", l1Offset, l1Size * 8L, fileSize);
        requireInside(storage, "refcount table", refcountTableOffset, 8, fileSize);
        requireInside(storage, "snapshot table", snapshotsOffset, snapshotCount == 0 ? 0 : 40, fileSize);
        checkFeatures(storage);
    }

    private void checkFeatures(Storage storage) throws DiskException {
        if (encryption == 1) {
            throw new DiskException(
                    storage.path(),
                    "is encrypted in the outdated AES-CBC way, which this version cannot open; convert it to LUKS with "
                            + "qemu-img");
        }
        require(storage, encryption == PLAIN || encryption == LUKS, 32, "its kind of encryption is not known");
        if (encrypted()) {
            require(storage, extensions.encryption(storage) != null, 32, "it is encrypted but has no key header");
        }
        // The feature bit and the field must agree (qcow2.rst, "compression_type").
        require(
                storage,
                compression <= ZSTD && (compression == DEFLATE) == ((incompatible & INCOMPATIBLE_COMPRESSION) == 0),
                104,
                "its kind of compression is not known");
        if (hasDataFile()) {
            require(storage, extensions.dataFile() != null, 72, "it does not name its data file");
        }
    }

    private static void requireInside(Storage storage, String what, long offset, long length, long fileSize)
            throws DiskException {
        if (length > 0 && (offset < 0 || offset > fileSize - length)) {
            throw truncated(storage, "its " + what + " lies past the end of the file");
        }
    }

    static DiskException truncated(Storage storage, String how) {
        return new DiskException(
                storage.path(), "the qcow2 image is truncated: " + how + " (" + storage.size() + " bytes)");
    }

    private static void require(Storage storage, boolean condition, long at, String otherwise) throws DiskException {
        if (!condition) {
            throw DiskException.corrupt(storage.path(), at, otherwise);
        }
    }
}
