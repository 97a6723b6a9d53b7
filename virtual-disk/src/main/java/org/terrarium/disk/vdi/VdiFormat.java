package org.terrarium.disk.vdi;

import java.io.IOException;
import java.nio.ByteBuffer;
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

    private VdiHeader header;
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
    protected void requireGrowth(long newSize) throws IOException {
        long blocks = blocksFor(newSize);
        if (blocks > VdiHeader.MOST_BLOCKS) {
            throw new DiskException(storage.path(), "cannot have " + newSize + " bytes as a VDI image");
        }
        if (header.type() == VdiHeader.FIXED && header.mapOffset() + blocks * 4 > header.dataOffset()) {
            throw new UnsupportedOperationException(
                    "has no room for more blocks in its block map; convert it with --size into a new image instead");
        }
    }

    private long blocksFor(long bytes) {
        return (bytes + header.blockSize() - 1) / header.blockSize();
    }

    /**
     * The new entries are written behind the old ones, and one write of the header's sector puts them in force. Where the first
     * blocks are in the way, these go to the end of the file, and a new map into their place.
     */
    @Override
    protected void growTables(long newSize) throws IOException {
        long blocks = blocksFor(newSize);
        boolean fixed = header.type() == VdiHeader.FIXED;
        long mapOffset = header.mapOffset();
        long dataOffset = header.dataOffset();
        long dropped = 0;
        if (mapOffset + blocks * 4 > dataOffset) {
            dropped = blocksFor(blocks * 4);
            moveAside(dropped);
            mapOffset = dataOffset;
            dataOffset += dropped * header.blockSize();
        }
        writeMap(mapOffset, blocks, (int) dropped, fixed);
        counted = Math.max(0, Math.max(counted, dropped) - dropped) + (fixed ? blocks - header.blocks() : 0);
        header = new VdiHeader(header.type(), mapOffset, dataOffset, newSize, header.blockSize(), blocks, counted);
        if (fixed) {
            storage.setSize(dataOffset + blocks * header.blockSize());
        } else if (storage.size() < dataOffset) {
            storage.setSize(dataOffset);
        }
        storage.sync();
        header.update(storage);
        storage.sync();
        map.forget(0, dataOffset);
        head.forget(0, VdiHeader.LENGTH);
        moveEnd(endOf(storage, header));
    }

    /** Copies those of the first blocks in the file that are in use to the end of it. */
    private void moveAside(long count) throws IOException {
        for (long block = 0; block < header.blocks(); block++) {
            int number = map.getInt(header.mapOffset() + block * 4);
            if (number >= 0 && number < count) {
                long to = Math.max(end(), header.dataOffset() + count * header.blockSize());
                copyBytes(header.dataOffset() + number * header.blockSize(), to, header.blockSize());
                moveEnd(to + header.blockSize());
                relocate(block, to);
            }
        }
        writeTables();
    }

    /** A map of so many blocks, whose numbers are smaller than the present ones by {@code dropped}. */
    private void writeMap(long at, long blocks, int dropped, boolean fixed) throws IOException {
        ByteBuffer part = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
        long block = 0;
        while (block < blocks) {
            long first = block;
            part.clear();
            while (part.hasRemaining() && block < blocks) {
                int number = block < header.blocks()
                        ? map.getInt(header.mapOffset() + block * 4)
                        : fixed ? (int) block : UNALLOCATED;
                part.putInt(number >= 0 ? number - dropped : number);
                block++;
            }
            storage.write(at + first * 4, part.flip());
        }
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
