package org.terrarium.disk.vdi;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.List;
import org.terrarium.disk.BlockFormat;
import org.terrarium.disk.DiskException;
import org.terrarium.disk.MetadataSectors;
import org.terrarium.disk.Storage;

/**
 * The mapping of a VDI image: the block map holds for each block its number in the file, counted from the data's start.
 *
 * <p>Order on disk: guest data, then the header's count of blocks in use, then the block map, each on stable storage before the
 * next. A host that dies in between leaves blocks that are counted but not used; the count in the header is where every
 * program puts the next block, so it must never be too small.
 */
public final class VdiFormat extends BlockFormat {
    private static final int UNALLOCATED = -1;
    private static final int DISCARDED = -2;

    private final VdiHeader header;
    private final MetadataSectors map;
    private final MetadataSectors head;
    private long counted;

    /**
     * Opens an image.
     *
     * @throws DiskException when it is damaged, truncated or of a kind this version lacks
     */
    public static VdiFormat open(Storage storage) throws IOException {
        VdiHeader header = VdiHeader.read(storage);
        return new VdiFormat(storage, header);
    }

    private VdiFormat(Storage storage, VdiHeader header) {
        super(storage, (header.diskSize() + 511) & -512, header.blockSize(), endOf(storage, header), false);
        this.header = header;
        this.counted = header.blocksAllocated();
        this.map = new MetadataSectors(storage, ByteOrder.LITTLE_ENDIAN);
        this.head = new MetadataSectors(storage, ByteOrder.LITTLE_ENDIAN);
    }

    /** Behind everything that is in use, by the header's word and by the file's length. */
    private static long endOf(Storage storage, VdiHeader header) {
        long inFile = Math.max(0, storage.size() - header.dataOffset() + header.blockSize() - 1) / header.blockSize();
        return header.dataOffset() + Math.max(inFile, header.blocksAllocated()) * header.blockSize();
    }

    /** The image's kind as VirtualBox calls it. */
    public String variant() {
        return header.type() == VdiHeader.FIXED ? "fixed" : "dynamic";
    }

    @Override
    protected long find(long block) throws IOException {
        int number = map.getInt(header.mapOffset() + block * 4);
        return switch (number) {
            case UNALLOCATED -> ABSENT;
            case DISCARDED -> ZERO;
            default -> header.dataOffset() + Integer.toUnsignedLong(number) * header.blockSize();
        };
    }

    @Override
    protected void attach(long block, long fileOffset) throws IOException {
        long number = (fileOffset - header.dataOffset()) / header.blockSize();
        map.putInt(header.mapOffset() + block * 4, (int) number);
        counted = Math.max(counted, number + 1);
    }

    @Override
    protected void detach(long block) throws IOException {
        map.putInt(header.mapOffset() + block * 4, UNALLOCATED);
    }

    @Override
    protected void relocate(long block, long fileOffset) throws IOException {
        attach(block, fileOffset);
    }

    @Override
    protected long tablesEnd() {
        return header.type() == VdiHeader.DYNAMIC ? header.dataOffset() : -1;
    }

    @Override
    protected void cutFile() throws IOException {
        counted = (end() - header.dataOffset()) / header.blockSize();
        writeCount();
        storage.setSize(end());
        storage.sync();
    }

    @Override
    protected void requireRoom(long newEnd) throws IOException {
        if ((newEnd - header.dataOffset()) / header.blockSize() > Integer.toUnsignedLong(DISCARDED)) {
            throw new DiskException(storage.path(), "a VDI image cannot have that many blocks");
        }
    }

    @Override
    protected int dirtyPages() {
        return map.dirtyPages();
    }

    @Override
    protected void writeTables() throws IOException {
        storage.sync();
        if (map.dirtyPages() == 0) {
            return;
        }
        writeCount();
        map.writeDirty();
        storage.sync();
    }

    private void writeCount() throws IOException {
        head.putInt(VdiHeader.AT_BLOCKS_ALLOCATED, (int) counted);
        head.writeDirty();
        storage.sync();
    }

    @Override
    protected List<String> checkTables() throws IOException {
        long used = 0;
        for (long block = 0; block < header.blocks(); block++) {
            used += map.getInt(header.mapOffset() + block * 4) >= 0 ? 1 : 0;
        }
        return used == header.blocksAllocated()
                ? List.of()
                : List.of(
                        "the header counts " + header.blocksAllocated() + " blocks in use, the block map has " + used);
    }
}
