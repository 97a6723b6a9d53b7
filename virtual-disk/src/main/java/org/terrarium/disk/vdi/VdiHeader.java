package org.terrarium.disk.vdi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.terrarium.disk.DiskException;
import org.terrarium.disk.Guids;
import org.terrarium.disk.Storage;

/**
 * The first sector of a VDI image, version 1.1, as VirtualBox lays it out: a text of 64 bytes, the signature, the version, then
 * the fields below. Numbers are little endian; places and sizes are bytes unless said otherwise.
 *
 * @param type {@link #DYNAMIC} or {@link #FIXED}
 * @param mapOffset place of the block map: a 32-bit number per block
 * @param dataOffset place of block 0
 * @param diskSize what the guest sees
 * @param blockSize a power of two
 * @param blocks entries of the block map
 * @param blocksAllocated how many of them have a place in the file
 */
record VdiHeader(
        int type, long mapOffset, long dataOffset, long diskSize, long blockSize, long blocks, long blocksAllocated) {
    static final int LENGTH = 512;
    static final int SIGNATURE = 0xbeda107f;
    static final int AT_SIGNATURE = 0x40;
    static final int AT_BLOCKS_ALLOCATED = 0x184;

    static final int DYNAMIC = 1;
    static final int FIXED = 2;

    static final long MOST_BLOCKS = 0x3fffffff;

    private static final int VERSION_1_1 = 0x00010001;
    private static final int HEADER_SIZE = 0x190;
    private static final int SECTOR = 512;
    private static final long MAX_BLOCK_SIZE = 256L << 20;

    /**
     * Reads and checks the header.
     *
     * @throws DiskException when it is damaged or of a kind this version lacks
     */
    static VdiHeader read(Storage storage) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        storage.read(0, bytes);
        if (bytes.getInt(AT_SIGNATURE) != SIGNATURE) {
            throw new DiskException(storage.path(), AT_SIGNATURE, "is not a VDI image: its signature is missing", null);
        }
        int version = bytes.getInt(0x44);
        if (version != VERSION_1_1) {
            throw new DiskException(
                    storage.path(),
                    0x44,
                    "is a VDI image of version " + (version >>> 16) + "." + (version & 0xffff)
                            + "; this version opens 1.1",
                    null);
        }
        int type = bytes.getInt(0x4c);
        if (type != DYNAMIC && type != FIXED) {
            throw new DiskException(
                    storage.path(),
                    0x4c,
                    type == 3 || type == 4
                            ? "is a differencing VDI image, which names its parent by a number only; "
                                    + "merge it in VirtualBox first"
                            : "the image is damaged: there is no VDI image type " + type,
                    null);
        }
        VdiHeader header = new VdiHeader(
                type,
                Integer.toUnsignedLong(bytes.getInt(0x154)),
                Integer.toUnsignedLong(bytes.getInt(0x158)),
                bytes.getLong(0x170),
                Integer.toUnsignedLong(bytes.getInt(0x178)),
                Integer.toUnsignedLong(bytes.getInt(0x180)),
                Integer.toUnsignedLong(bytes.getInt(AT_BLOCKS_ALLOCATED)));
        header.check(storage, Integer.toUnsignedLong(bytes.getInt(0x168)), bytes.getInt(0x17c));
        return header;
    }

    private void check(Storage storage, long sectorSize, int blockExtra) throws DiskException {
        require(storage, 0x168, sectorSize == SECTOR, "its sectors have " + sectorSize + " bytes, not 512");
        require(
                storage,
                0x178,
                Long.bitCount(blockSize) == 1 && blockSize >= 4096 && blockSize <= MAX_BLOCK_SIZE,
                "its blocks have " + blockSize + " bytes");
        require(storage, 0x17c, blockExtra == 0, "its blocks have " + blockExtra + " extra bytes each");
        require(storage, 0x170, diskSize > 0, "its disk has " + diskSize + " bytes");
        require(
                storage,
                0x180,
                (diskSize - 1) / blockSize < blocks,
                "its " + blocks + " blocks do not cover its disk of " + diskSize + " bytes");
        require(storage, 0x154, mapOffset >= LENGTH && mapOffset % 4 == 0, "its block map is at byte " + mapOffset);
        require(
                storage,
                0x158,
                dataOffset >= mapOffset + blocks * 4 && dataOffset % SECTOR == 0,
                "its first block is at byte " + dataOffset + ", inside its block map");
        require(
                storage,
                AT_BLOCKS_ALLOCATED,
                blocksAllocated <= blocks,
                blocksAllocated + " of its " + blocks + " blocks are in use");
        if (storage.size() < mapOffset + blocks * 4) {
            throw new DiskException(storage.path(), "the VDI image is truncated: it ends before its block map does");
        }
    }

    private static void require(Storage storage, int at, boolean holds, String what) throws DiskException {
        if (!holds) {
            throw DiskException.corrupt(storage.path(), at, what);
        }
    }

    /** Puts these places, sizes and counts in force by one write of the header's sector. */
    void update(Storage storage) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        storage.read(0, bytes);
        putFields(bytes);
        storage.write(0, bytes.clear());
    }

    private void putFields(ByteBuffer bytes) {
        bytes.putInt(0x154, (int) mapOffset).putInt(0x158, (int) dataOffset);
        bytes.putLong(0x170, diskSize);
        bytes.putInt(0x180, (int) blocks).putInt(AT_BLOCKS_ALLOCATED, (int) blocksAllocated);
    }

    /** The header's sector of a new image. */
    ByteBuffer toBytes(UUID image, UUID modification) {
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(0, "<<< Terrarium disk image >>>\n".getBytes(StandardCharsets.US_ASCII));
        bytes.putInt(AT_SIGNATURE, SIGNATURE).putInt(0x44, VERSION_1_1).putInt(0x48, HEADER_SIZE);
        bytes.putInt(0x4c, type);
        putFields(bytes);
        bytes.putInt(0x168, SECTOR).putInt(0x178, (int) blockSize);
        Guids.put(bytes, 0x188, image);
        Guids.put(bytes, 0x198, modification);
        return bytes;
    }
}
