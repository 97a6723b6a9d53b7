package org.terrarium.disk.vmdk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.terrarium.disk.BlockFormat;
import org.terrarium.disk.DiskException;
import org.terrarium.disk.MetadataSectors;
import org.terrarium.disk.Storage;

/**
 * The mapping of one sparse extent: a grain directory names grain tables, those name grains. Compressed grains are only read
 * here; {@link VmdkStream} writes them.
 *
 * <p>Order on disk: guest data, then grain tables, then grain directories, each on stable storage before the next.
 */
final class VmdkSparse extends BlockFormat {
    private static final int SECTOR = VmdkSparseHeader.SECTOR;
    private static final int ZEROED = 1;
    private static final int GRAIN_MARKER = 12;

    private final VmdkSparseHeader header;
    private final MetadataSectors tables;
    private final MetadataSectors directories;
    private long unpackedBlock = -1;
    private byte[] unpacked;

    VmdkSparse(Storage storage, VmdkSparseHeader header, boolean hasBacking) {
        super(storage, header.capacity() * SECTOR, header.grainSize() * SECTOR, endOf(storage, header), hasBacking);
        this.header = header;
        this.tables = new MetadataSectors(storage, ByteOrder.LITTLE_ENDIAN);
        this.directories = new MetadataSectors(storage, ByteOrder.LITTLE_ENDIAN);
    }

    private static long endOf(Storage storage, VmdkSparseHeader header) {
        long grain = header.grainSize() * SECTOR;
        long inUse = Math.max(storage.size(), Math.min(header.overhead(), 1L << 40) * SECTOR);
        return (inUse + grain - 1) & -grain;
    }

    VmdkSparseHeader header() {
        return header;
    }

    // ---- reading ----

    /** A grain's sector in the file, 0 for none, 1 where those are marked as zeroed. */
    private long entry(long block) throws IOException {
        long table = table(header.directory(), block / header.entriesPerTable());
        return table == 0 ? 0 : Integer.toUnsignedLong(tables.getInt(table + block % header.entriesPerTable() * 4));
    }

    /** A grain table's place in the file, bytes, or 0. */
    private long table(long directory, long index) throws IOException {
        long at = directory * SECTOR + index * 4;
        long table = Integer.toUnsignedLong(directories.getInt(at)) * SECTOR;
        if (table >= Math.max(storage.size(), end())) {
            throw new DiskException(
                    storage.path(),
                    at,
                    "the VMDK image is truncated: a grain table lies past the end of the file",
                    null);
        }
        return table;
    }

    @Override
    protected long find(long block) throws IOException {
        long entry = entry(block);
        if (entry == 0) {
            return ABSENT;
        }
        if (entry == ZEROED && header.has(VmdkSparseHeader.ZEROED_GRAIN)) {
            return ZERO;
        }
        return header.has(VmdkSparseHeader.COMPRESSED) ? PACKED : entry * SECTOR;
    }

    @Override
    public void readPacked(long guestOffset, ByteBuffer dst) throws IOException {
        long block = blockOf(guestOffset);
        if (unpackedBlock != block) {
            unpacked = unpack(block, entry(block) * SECTOR);
            unpackedBlock = block;
        }
        dst.put(unpacked, (int) (guestOffset & blockSize() - 1), dst.remaining());
    }

    private byte[] unpack(long block, long at) throws IOException {
        if (at >= storage.size()) {
            throw new DiskException(
                    storage.path(), at, "the VMDK image is truncated: a grain lies past the end of the file", null);
        }
        ByteBuffer marker = ByteBuffer.allocate(GRAIN_MARKER).order(ByteOrder.LITTLE_ENDIAN);
        storage.read(at, marker);
        long length = Integer.toUnsignedLong(marker.getInt(8));
        // Deflate never makes more than a few bytes per 16 KiB out of what it cannot pack.
        if (length == 0 || length > blockSize() + blockSize() / 1024 + SECTOR) {
            throw DiskException.corrupt(storage.path(), at, "a packed grain has " + length + " bytes");
        }
        ByteBuffer packed = ByteBuffer.allocate((int) length);
        storage.read(at + GRAIN_MARKER, packed);
        byte[] grain = new byte[(int) blockSize()];
        int filled = 0;
        try (Inflater inflater = new Inflater()) {
            inflater.setInput(packed.flip());
            int n = 1;
            while (filled < grain.length && n > 0) {
                n = inflater.inflate(grain, filled, grain.length - filled);
                filled += n;
            }
        } catch (DataFormatException e) {
            throw DiskException.corrupt(storage.path(), at, "a packed grain cannot be unpacked");
        }
        // The last grain may hold only what is left of the disk.
        if (filled < Math.min(grain.length, size() - block * blockSize())) {
            throw DiskException.corrupt(storage.path(), at, "a packed grain ends too early");
        }
        return grain;
    }

    // ---- writing ----

    @Override
    protected void attach(long block, long fileOffset) throws IOException {
        set(header.directory(), block, (int) (fileOffset / SECTOR));
        if (header.has(VmdkSparseHeader.REDUNDANT_TABLE) && header.redundantDirectory() != 0) {
            set(header.redundantDirectory(), block, (int) (fileOffset / SECTOR));
        }
    }

    private void set(long directory, long block, int entry) throws IOException {
        long index = block / header.entriesPerTable();
        long table = table(directory, index);
        if (table == 0) {
            long length = header.tableSectors() * SECTOR;
            table = takeSpace(length);
            tables.fill(table, length, (byte) 0);
            directories.putInt(directory * SECTOR + index * 4, (int) (table / SECTOR));
        }
        tables.putInt(table + block % header.entriesPerTable() * 4, entry);
    }

    @Override
    protected void detach(long block) throws IOException {
        attach(block, 0);
    }

    @Override
    protected void relocate(long block, long fileOffset) throws IOException {
        attach(block, fileOffset);
    }

    /** Grain tables may lie among the grains, so those stay where they are. */
    @Override
    protected long tablesEnd() {
        return -1;
    }

    @Override
    protected void cutFile() {
        throw new IllegalStateException("grains stay where they are");
    }

    @Override
    protected void requireRoom(long newEnd) throws IOException {
        if (newEnd / SECTOR > 0xffff_0000L) {
            throw new DiskException(storage.path(), "a sparse VMDK extent cannot grow beyond 2 TiB");
        }
    }

    @Override
    protected int dirtyPages() {
        return tables.dirtyPages() + directories.dirtyPages();
    }

    @Override
    protected void writeTables() throws IOException {
        storage.sync();
        if (tables.dirtyPages() > 0) {
            tables.writeDirty();
            storage.sync();
        }
        if (directories.dirtyPages() > 0) {
            directories.writeDirty();
            storage.sync();
        }
    }

    @Override
    protected List<String> checkTables() throws IOException {
        if (!header.has(VmdkSparseHeader.REDUNDANT_TABLE) || header.redundantDirectory() == 0) {
            return List.of();
        }
        long differing = 0;
        for (long block = 0; block < blocks(); block++) {
            long copy = table(header.redundantDirectory(), block / header.entriesPerTable());
            long entry =
                    copy == 0 ? 0 : Integer.toUnsignedLong(tables.getInt(copy + block % header.entriesPerTable() * 4));
            differing += entry == entry(block) ? 0 : 1;
        }
        return differing == 0
                ? List.of()
                : List.of(differing + " entries of the redundant grain tables differ from the grain tables");
    }
}
