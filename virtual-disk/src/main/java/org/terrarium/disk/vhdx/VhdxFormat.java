package org.terrarium.disk.vhdx;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.UUID;
import java.util.function.Supplier;
import org.terrarium.disk.BlockFormat;
import org.terrarium.disk.DiskException;
import org.terrarium.disk.Guids;
import org.terrarium.disk.MetadataSectors;
import org.terrarium.disk.Storage;

/**
 * The mapping of a VHDX image, fixed or dynamic (MS-VHDX 2.5).
 *
 * <p>Order on disk: guest data, then a log entry with the changed sectors of the block allocation table, then those sectors, each
 * on stable storage before the next; so the table is never half-written, whatever the host's disk does with a torn write.
 */
public final class VhdxFormat extends BlockFormat {
    private static final long MIB = 1 << 20;
    private static final int ENTRY = 8;
    private static final int STATE = 7;
    private static final int FULLY_PRESENT = 6;
    private static final int PARTIALLY_PRESENT = 7;

    private final VhdxRegions regions;
    private VhdxMetadata metadata;
    private final MetadataSectors table;
    private final Supplier<UUID> uuids;
    private VhdxHeader header;
    private VhdxLog log;

    /**
     * Opens an image. What its log holds is written into the file first when it is opened for writing, else only shown.
     *
     * @param uuids where the numbers come from that tell writers apart
     * @throws DiskException when it is damaged, truncated or of a kind this version lacks
     */
    public static VhdxFormat open(Storage file, boolean writable, Supplier<UUID> uuids) throws IOException {
        VhdxHeader header = VhdxHeader.read(file);
        Storage storage = file;
        if (!header.logGuid().equals(Guids.NONE)) {
            LogReplay replay = new VhdxLog(file, header).replay();
            if (replay != null && !writable) {
                storage = replay;
            } else if (replay != null) {
                replay.apply();
            }
        }
        VhdxRegions regions = VhdxRegions.read(storage, header);
        VhdxMetadata metadata = VhdxMetadata.read(storage, regions.metadata());
        if (regions.bat().length() / ENTRY < metadata.batEntries()) {
            throw DiskException.corrupt(
                    file.path(), regions.bat().offset(), "its block allocation table is too short for its disk");
        }
        return new VhdxFormat(storage, header, regions, metadata, uuids);
    }

    private VhdxFormat(
            Storage storage, VhdxHeader header, VhdxRegions regions, VhdxMetadata metadata, Supplier<UUID> uuids) {
        super(storage, metadata.size(), metadata.blockSize(), endOf(storage, header, regions), false);
        this.header = header;
        this.regions = regions;
        this.metadata = metadata;
        this.uuids = uuids;
        this.table = new MetadataSectors(storage, ByteOrder.LITTLE_ENDIAN);
    }

    private static long endOf(Storage storage, VhdxHeader header, VhdxRegions regions) {
        long inUse = Math.max(storage.size(), header.logOffset() + header.logLength());
        inUse = Math.max(inUse, Math.max(regions.bat().end(), regions.metadata().end()));
        return (inUse + MIB - 1) & -MIB;
    }

    /** The image's kind. */
    public String variant() {
        return metadata.fixed() ? "fixed" : "dynamic";
    }

    private long entryAt(long block) {
        return regions.bat().offset() + (block + block / metadata.chunkRatio()) * ENTRY;
    }

    @Override
    protected long find(long block) throws IOException {
        long entry = table.getLong(entryAt(block));
        int state = (int) entry & STATE;
        if (state < 4) {
            return ABSENT; // not present, undefined, zero or unmapped: all read as zeroes without a parent
        }
        long place = entry & -MIB;
        if (state != FULLY_PRESENT || place < MIB) {
            throw DiskException.corrupt(
                    storage.path(),
                    entryAt(block),
                    state == PARTIALLY_PRESENT
                            ? "a block is partly its parent's, but there is no parent"
                            : "a block is in state " + state + " at byte " + place);
        }
        return place;
    }

    @Override
    protected void attach(long block, long fileOffset) throws IOException {
        table.putLong(entryAt(block), fileOffset | FULLY_PRESENT);
    }

    @Override
    protected void detach(long block) throws IOException {
        table.putLong(entryAt(block), 0);
    }

    @Override
    protected void relocate(long block, long fileOffset) throws IOException {
        attach(block, fileOffset);
    }

    @Override
    protected long tablesEnd() {
        long tables = Math.max(regions.bat().end(), regions.metadata().end());
        return metadata.fixed() ? -1 : Math.max(tables, header.logOffset() + header.logLength());
    }

    @Override
    protected void cutFile() throws IOException {
        // Entries of the old log count on the old length of the file.
        writeHeaders(header.fileWriteGuid(), header.dataWriteGuid(), uuids.get());
        log = new VhdxLog(storage, header);
        storage.setSize(end());
        storage.sync();
    }

    @Override
    protected int dirtyPages() {
        return table.dirtyPages();
    }

    @Override
    protected void beginChange() throws IOException {
        if (log == null) {
            writeHeaders(uuids.get(), uuids.get(), uuids.get());
            log = new VhdxLog(storage, header);
        }
    }

    @Override
    protected void requireGrowth(long newSize) throws IOException {
        VhdxMetadata larger = metadata.withSize(newSize);
        if (newSize % metadata.logicalSector() != 0 || newSize > VhdxMetadata.MAX_SIZE) {
            throw new DiskException(storage.path(), "cannot have " + newSize + " bytes as a VHDX image");
        }
        if (larger.batEntries() > regions.bat().length() / ENTRY) {
            throw new UnsupportedOperationException("has no room for more blocks in its block allocation table; "
                    + "convert it with --size into a new image instead");
        }
    }

    /** New entries are clear already unless the disk once was larger; then its size, in one sector, puts them in force. */
    @Override
    protected void growTables(long newSize) throws IOException {
        VhdxMetadata larger = metadata.withSize(newSize);
        long place = end();
        for (long block = blocks(); block * metadata.blockSize() < newSize; block++) {
            long at = regions.bat().offset() + (block + block / metadata.chunkRatio()) * ENTRY;
            if (metadata.fixed()) {
                table.putLong(at, place | FULLY_PRESENT);
                place += metadata.blockSize();
            } else if (table.getLong(at) != 0) {
                table.putLong(at, 0);
            }
        }
        if (place > end()) {
            moveEnd(place);
            storage.setSize(place);
        }
        writeTables();
        metadata.writeSize(storage, regions.metadata(), newSize);
        storage.sync();
        metadata = larger;
    }

    /** Both headers, one after the other, so that one is valid at every moment. */
    private void writeHeaders(UUID fileWrite, UUID dataWrite, UUID logGuid) throws IOException {
        for (int i = 0; i < 2; i++) {
            header = header.next(fileWrite, dataWrite, logGuid);
            header.write(storage);
            storage.sync();
        }
    }

    @Override
    protected void writeTables() throws IOException {
        storage.sync();
        if (table.dirtyPages() > 0) {
            log.append(table.dirtyContents());
            storage.sync();
            table.writeDirty();
            storage.sync();
        }
    }

    @Override
    public void finish() throws IOException {
        // From here on the log has nothing to replay.
        if (log != null) {
            writeHeaders(header.fileWriteGuid(), header.dataWriteGuid(), Guids.NONE);
            log = null;
        } else if (!header.logGuid().equals(Guids.NONE)) {
            writeHeaders(uuids.get(), header.dataWriteGuid(), Guids.NONE);
        }
    }
}
