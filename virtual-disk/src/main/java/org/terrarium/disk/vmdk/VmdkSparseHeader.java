package org.terrarium.disk.vmdk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.terrarium.disk.DiskException;
import org.terrarium.disk.Storage;

/**
 * The first sector of a sparse extent (Virtual Disk Format 5.0, "Hosted Sparse Extents"). Numbers are little endian; places and
 * sizes are sectors of 512 bytes.
 *
 * @param capacity length of the extent as the guest sees it
 * @param grainSize a power of two
 * @param descriptorOffset place of the embedded descriptor, or 0
 * @param entriesPerTable entries of a grain table
 * @param redundantDirectory place of the second grain directory, or 0
 * @param directory place of the grain directory
 * @param overhead what precedes the first grain
 */
record VmdkSparseHeader(
        int version,
        int flags,
        long capacity,
        long grainSize,
        long descriptorOffset,
        long descriptorSize,
        long entriesPerTable,
        long redundantDirectory,
        long directory,
        long overhead,
        int compression) {
    static final int SECTOR = 512;
    static final int MAGIC = 0x564d444b; // "KDMV"

    static final int NEWLINE_TEST = 1;
    static final int REDUNDANT_TABLE = 1 << 1;
    static final int ZEROED_GRAIN = 1 << 2;
    static final int COMPRESSED = 1 << 16;
    static final int MARKERS = 1 << 17;

    /** In place of the directory's: it is at the end, where a footer says where. */
    static final long AT_END = -1;

    static final int DEFLATE = 1;

    private static final long MAX_SECTORS = 1L << 50;
    private static final int MAX_GRAIN = 1 << 16;

    /** Reads and checks a header; where that refers to a footer, the footer. */
    static VmdkSparseHeader read(Storage storage) throws IOException {
        VmdkSparseHeader header = readAt(storage, 0);
        if (header.directory == AT_END) {
            long footer = storage.size() - 2 * SECTOR;
            if (footer < SECTOR) {
                throw new DiskException(storage.path(), "the VMDK image is truncated: its footer is missing");
            }
            header = readAt(storage, footer);
            if (header.directory == AT_END) {
                throw DiskException.corrupt(storage.path(), footer, "its footer names no grain directory");
            }
        }
        header.check(storage);
        return header;
    }

    private static VmdkSparseHeader readAt(Storage storage, long at) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(SECTOR).order(ByteOrder.LITTLE_ENDIAN);
        storage.read(at, bytes);
        if (bytes.getInt(0) != MAGIC) {
            throw at == 0
                    ? new DiskException(
                            storage.path(), at, "is not a sparse VMDK extent: its signature is missing", null)
                    : new DiskException(storage.path(), "the VMDK image is truncated: its footer is missing");
        }
        int version = bytes.getInt(4);
        if (version < 1 || version > 3) {
            throw new DiskException(
                    storage.path(), at + 4, "is a VMDK image of version " + version + "; this one opens 1 to 3", null);
        }
        return new VmdkSparseHeader(
                version,
                bytes.getInt(8),
                bytes.getLong(12),
                bytes.getLong(20),
                bytes.getLong(28),
                bytes.getLong(36),
                Integer.toUnsignedLong(bytes.getInt(44)),
                bytes.getLong(48),
                bytes.getLong(56),
                bytes.getLong(64),
                Short.toUnsignedInt(bytes.getShort(77)));
    }

    private void check(Storage storage) throws DiskException {
        require(storage, 12, capacity > 0 && capacity <= MAX_SECTORS, "its extent has " + capacity + " sectors");
        require(
                storage,
                20,
                grainSize > 0 && grainSize <= MAX_GRAIN && Long.bitCount(grainSize) == 1,
                "its grains have " + grainSize + " sectors");
        require(
                storage,
                44,
                entriesPerTable > 0 && entriesPerTable <= 512,
                "its grain tables have " + entriesPerTable + " entries");
        require(
                storage,
                28,
                descriptorOffset >= 0 && descriptorOffset <= MAX_SECTORS && descriptorSize >= 0,
                "its descriptor is at sector " + descriptorOffset);
        requireTable(storage, 56, directory);
        if ((flags & REDUNDANT_TABLE) != 0 && redundantDirectory != 0) {
            requireTable(storage, 48, redundantDirectory);
        }
        if ((flags & COMPRESSED) != 0 && compression != DEFLATE) {
            throw new DiskException(storage.path(), 77, "is compressed by the unknown method " + compression, null);
        }
    }

    private void requireTable(Storage storage, int at, long place) throws DiskException {
        require(storage, at, place > 0 && place <= MAX_SECTORS, "its grain directory is at sector " + place);
        if (place * SECTOR > storage.size() - tables() * 4) {
            throw new DiskException(
                    storage.path(), "the VMDK image is truncated: it ends before its grain directory does");
        }
    }

    private static void require(Storage storage, int at, boolean holds, String what) throws DiskException {
        if (!holds) {
            throw DiskException.corrupt(storage.path(), at, what);
        }
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** Number of grains. */
    long grains() {
        return (capacity + grainSize - 1) / grainSize;
    }

    /** Number of grain tables, which are the entries of the directory. */
    long tables() {
        return (grains() + entriesPerTable - 1) / entriesPerTable;
    }

    /** Room that a grain table takes, sectors. */
    long tableSectors() {
        return (entriesPerTable * 4 + SECTOR - 1) / SECTOR;
    }

    VmdkSparseHeader withDirectory(long place) {
        return with(capacity, place);
    }

    VmdkSparseHeader withCapacity(long sectors) {
        return with(sectors, directory);
    }

    private VmdkSparseHeader with(long sectors, long place) {
        return new VmdkSparseHeader(
                version,
                flags,
                sectors,
                grainSize,
                descriptorOffset,
                descriptorSize,
                entriesPerTable,
                redundantDirectory,
                place,
                overhead,
                compression);
    }

    ByteBuffer toBytes() {
        ByteBuffer bytes = ByteBuffer.allocate(SECTOR).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(0, MAGIC)
                .putInt(4, version)
                .putInt(8, flags)
                .putLong(12, capacity)
                .putLong(20, grainSize);
        bytes.putLong(28, descriptorOffset).putLong(36, descriptorSize).putInt(44, (int) entriesPerTable);
        bytes.putLong(48, redundantDirectory).putLong(56, directory).putLong(64, overhead);
        bytes.put(73, (byte) '\n').put(74, (byte) ' ').put(75, (byte) '\r').put(76, (byte) '\n');
        return bytes.putShort(77, (short) compression);
    }
}
