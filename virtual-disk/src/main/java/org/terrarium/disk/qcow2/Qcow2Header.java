package org.terrarium.disk.qcow2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
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
 * @param backingFile as written in the image, or null
 * @param backingFormat as written in the image, or null
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
        String backingFile,
        String backingFormat) {
    static final int MAGIC = 0x514649fb; // "QFI\xfb"

    static final int AT_REFCOUNT_TABLE = 48;
    static final int AT_INCOMPATIBLE = 72;
    static final int AT_AUTOCLEAR = 88;
    static final int V2_LENGTH = 72;
    static final int V3_LENGTH = 104;
    static final int V3_LENGTH_WITH_COMPRESSION = 112;

    static final long INCOMPATIBLE_DIRTY = 1;
    static final long INCOMPATIBLE_CORRUPT = 1 << 1;
    static final long COMPATIBLE_LAZY_REFCOUNTS = 1;

    static final int EXTENSION_END = 0;
    static final int EXTENSION_BACKING_FORMAT = 0xe2792aca;
    static final int EXTENSION_FEATURE_NAMES = 0x6803f857;

    static final int MIN_CLUSTER_BITS = 9;
    static final int MAX_CLUSTER_BITS = 21;
    static final long MAX_L1_BYTES = 32L << 20;
    static final long MAX_REFCOUNT_TABLE_BYTES = 8L << 20;
    static final int MAX_SNAPSHOTS = 65536;
    static final int MAX_BACKING_NAME = 1023;

    private static final List<String> KNOWN_INCOMPATIBLE = List.of(
            "dirty", "corrupt", "an external data file", "a compression other than deflate", "extended L2 entries");

    public int clusterSize() {
        return 1 << clusterBits;
    }

    /** Entries of an L2 table. */
    int l2Entries() {
        return 1 << (clusterBits - 3);
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
        return false;
    }

    /** What else it says, for people to read. */
    public Map<String, String> details() {
        return Map.of(
                "refcount bits", String.valueOf(1 << refcountOrder), "lazy refcounts", lazyRefcounts() ? "yes" : "no");
    }

    boolean lazyRefcounts() {
        return (compatible & COMPATIBLE_LAZY_REFCOUNTS) != 0;
    }

    /** L1 entries that a disk of {@code size} bytes needs. */
    static long l1EntriesFor(long size, int clusterBits) {
        int bits = clusterBits + clusterBits - 3;
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
        if (version == 3 && storage.size() < V3_LENGTH) {
            throw truncated(storage, "it ends inside the header");
        }
        int clusterBits = fixed.getInt(20);
        require(
                storage,
                clusterBits >= MIN_CLUSTER_BITS && clusterBits <= MAX_CLUSTER_BITS,
                20,
                "its cluster size of 2^" + Integer.toUnsignedString(clusterBits) + " bytes is not allowed");
        if (fixed.getInt(32) != 0) {
            throw new DiskException(storage.path(), "is encrypted, which this version cannot open");
        }
        boolean v3 = version == 3;
        long incompatible = v3 ? fixed.getLong(AT_INCOMPATIBLE) : 0;
        int headerLength = v3 ? fixed.getInt(100) : V2_LENGTH;
        require(
                storage,
                !v3 || headerLength >= V3_LENGTH && headerLength <= 1 << clusterBits && headerLength % 8 == 0,
                100,
                "its header length of " + Integer.toUnsignedString(headerLength) + " bytes is not allowed");
        Extensions extensions = Extensions.read(storage, fixed, headerLength, 1 << clusterBits);
        refuseUnknownFeatures(storage, incompatible, extensions.incompatibleNames);
        Qcow2Header header = new Qcow2Header(
                version,
                clusterBits,
                fixed.getLong(24),
                fixed.getInt(36),
                fixed.getLong(40),
                fixed.getLong(AT_REFCOUNT_TABLE),
                fixed.getInt(56),
                fixed.getInt(60),
                fixed.getLong(64),
                incompatible,
                v3 ? fixed.getLong(80) : 0,
                v3 ? fixed.getLong(AT_AUTOCLEAR) : 0,
                v3 ? fixed.getInt(96) : 4,
                backingName(storage, fixed, 1 << clusterBits),
                extensions.backingFormat);
        header.check(storage);
        return header;
    }

    private static String backingName(Storage storage, ByteBuffer fixed, int clusterSize) throws IOException {
        long offset = fixed.getLong(8);
        int length = fixed.getInt(16);
        if (offset == 0) {
            return null;
        }
        require(
                storage,
                length >= 0 && length <= MAX_BACKING_NAME && offset >= V2_LENGTH && offset <= clusterSize - length,
                8,
                "the name of its backing file lies outside the header cluster");
        ByteBuffer name = ByteBuffer.allocate(length);
        storage.read(offset, name);
        return length == 0 ? null : new String(name.array(), StandardCharsets.UTF_8);
    }

    private static void refuseUnknownFeatures(Storage storage, long incompatible, Map<Integer, String> names)
            throws DiskException {
        long unknown = incompatible & ~(INCOMPATIBLE_DIRTY | INCOMPATIBLE_CORRUPT);
        if (unknown == 0) {
            return;
        }
        List<String> missing = new ArrayList<>();
        for (int bit = 0; bit < 64; bit++) {
            if ((unknown >>> bit & 1) != 0) {
                String known = bit < KNOWN_INCOMPATIBLE.size() ? KNOWN_INCOMPATIBLE.get(bit) : names.get(bit);
                missing.add(known == null ? "feature bit " + bit : known);
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
                l1EntriesFor(size, clusterBits) <= l1Size,
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

    /** What the header extensions say that concerns us. Others stay in the file as they are. */
    private record Extensions(String backingFormat, Map<Integer, String> incompatibleNames) {
        static Extensions read(Storage storage, ByteBuffer fixed, int headerLength, int clusterSize)
                throws IOException {
            long backingName = fixed.getLong(8);
            long end = backingName > 0 && backingName <= clusterSize ? backingName : clusterSize;
            ByteBuffer area = ByteBuffer.allocate((int) Math.max(0, end - headerLength));
            storage.read(headerLength, area);
            area.flip();
            String backingFormat = null;
            Map<Integer, String> names = new HashMap<>();
            while (area.remaining() >= 8) {
                long at = headerLength + (long) area.position();
                int type = area.getInt();
                int length = area.getInt();
                if (type == EXTENSION_END) {
                    break;
                }
                require(
                        storage,
                        length >= 0 && length <= area.remaining(),
                        at,
                        "a header extension reaches past its area");
                byte[] data = new byte[length];
                area.get(data);
                area.position(Math.min(area.limit(), area.position() + (-length & 7)));
                if (type == EXTENSION_BACKING_FORMAT) {
                    backingFormat = new String(data, StandardCharsets.US_ASCII);
                } else if (type == EXTENSION_FEATURE_NAMES) {
                    addIncompatibleNames(data, names);
                }
            }
            return new Extensions(backingFormat, names);
        }

        /** Feature name table: entries of a type byte (0 = incompatible), a bit number and 46 bytes of name. */
        private static void addIncompatibleNames(byte[] table, Map<Integer, String> names) {
            for (int at = 0; at + 48 <= table.length; at += 48) {
                if (table[at] == 0) {
                    String name = new String(table, at + 2, 46, StandardCharsets.UTF_8);
                    int end = name.indexOf('\0');
                    names.put(Byte.toUnsignedInt(table[at + 1]), end < 0 ? name : name.substring(0, end));
                }
            }
        }
    }
}
