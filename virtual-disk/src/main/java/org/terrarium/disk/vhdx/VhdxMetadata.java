package org.terrarium.disk.vhdx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;
import org.terrarium.disk.DiskException;
import org.terrarium.disk.Guids;
import org.terrarium.disk.Storage;

/**
 * What a VHDX file says of its disk (MS-VHDX 2.6).
 *
 * @param blockSize bytes of a payload block; a power of two from 1 MiB to 256 MiB
 * @param fixed blocks stay allocated
 * @param size what the guest sees, bytes
 * @param logicalSector 512 or 4096 bytes
 * @param physicalSector 512 or 4096 bytes
 */
record VhdxMetadata(long blockSize, boolean fixed, long size, int logicalSector, int physicalSector) {
    private static final UUID FILE_PARAMETERS = UUID.fromString("CAA16737-FA36-4D43-B3B6-33F0AA44E76B");
    private static final UUID VIRTUAL_DISK_SIZE = UUID.fromString("2FA54224-CD1B-4876-B211-5DBED83BF4B8");
    private static final UUID PAGE_83_DATA = UUID.fromString("BECA12AB-B2E6-4523-93EF-C309E000C746");
    private static final UUID LOGICAL_SECTOR_SIZE = UUID.fromString("8141BF1D-A96F-4709-BA47-F233A8FAAB5F");
    private static final UUID PHYSICAL_SECTOR_SIZE = UUID.fromString("CDA348C7-445D-4471-9CC9-E9885251C556");

    private static final long SIGNATURE = 0x617461646174656dL; // "metadata"
    private static final int TABLE = 64 << 10;
    private static final int ENTRY = 32;
    private static final int MOST_ENTRIES = 2047;
    private static final int IS_VIRTUAL_DISK = 2;
    private static final int IS_REQUIRED = 4;
    static final long MAX_SIZE = 64L << 40;

    /** Payload blocks that share one sector bitmap block (MS-VHDX 2.5). */
    long chunkRatio() {
        return (1L << 23) * logicalSector / blockSize;
    }

    /** Entries the block allocation table needs. */
    long batEntries() {
        long payload = (size + blockSize - 1) / blockSize;
        return payload + (payload - 1) / chunkRatio();
    }

    static VhdxMetadata read(Storage storage, VhdxRegions.Region region) throws IOException {
        ByteBuffer table = ByteBuffer.allocate(TABLE).order(ByteOrder.LITTLE_ENDIAN);
        storage.read(region.offset(), table);
        int count = Short.toUnsignedInt(table.getShort(10));
        if (table.getLong(0) != SIGNATURE || count > MOST_ENTRIES) {
            throw DiskException.corrupt(storage.path(), region.offset(), "its metadata table is not valid");
        }
        long parameters = 0;
        long size = 0;
        long logical = 0;
        long physical = 0;
        for (int i = 0; i < count; i++) {
            int entry = ENTRY + i * ENTRY;
            UUID item = Guids.get(table, entry);
            long at = region.offset() + Integer.toUnsignedLong(table.getInt(entry + 16));
            if (item.equals(FILE_PARAMETERS)) {
                parameters = number(storage, region, at, 8);
            } else if (item.equals(VIRTUAL_DISK_SIZE)) {
                size = number(storage, region, at, 8);
            } else if (item.equals(LOGICAL_SECTOR_SIZE)) {
                logical = number(storage, region, at, 4);
            } else if (item.equals(PHYSICAL_SECTOR_SIZE)) {
                physical = number(storage, region, at, 4);
            } else if (!item.equals(PAGE_83_DATA) && (table.getInt(entry + 24) & IS_REQUIRED) != 0) {
                if ((parameters >>> 32 & 2) != 0) {
                    break; // the parent locator, which the sentence below speaks of
                }
                throw new DiskException(
                        storage.path(),
                        region.offset() + entry,
                        "needs the metadata item " + item + ", which this version does not know",
                        null);
            }
        }
        if ((parameters >>> 32 & 2) != 0) {
            throw new DiskException(
                    storage.path(), "is a differencing VHDX image; merge it with its parent in Hyper-V first");
        }
        VhdxMetadata metadata = new VhdxMetadata(
                parameters & 0xffff_ffffL, (parameters >>> 32 & 1) != 0, size, (int) logical, (int) physical);
        metadata.check(storage, region.offset());
        return metadata;
    }

    VhdxMetadata withSize(long bytes) {
        return new VhdxMetadata(blockSize, fixed, bytes, logicalSector, physicalSector);
    }

    /** Changes what the file says of the disk's size. */
    void writeSize(Storage storage, VhdxRegions.Region region, long bytes) throws IOException {
        ByteBuffer table = ByteBuffer.allocate(TABLE).order(ByteOrder.LITTLE_ENDIAN);
        storage.read(region.offset(), table);
        int entry = ENTRY;
        while (!Guids.get(table, entry).equals(VIRTUAL_DISK_SIZE)) {
            entry += ENTRY; // it is there, as this disk was read from there
        }
        ByteBuffer value = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, bytes);
        storage.write(region.offset() + Integer.toUnsignedLong(table.getInt(entry + 16)), value);
    }

    private static long number(Storage storage, VhdxRegions.Region region, long at, int length) throws IOException {
        if (at > region.end() - length) {
            throw DiskException.corrupt(storage.path(), at, "a metadata item is outside the metadata");
        }
        ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        storage.read(at, bytes.slice(0, length));
        return bytes.getLong(0);
    }

    private void check(Storage storage, long at) throws DiskException {
        if (Long.bitCount(blockSize) != 1 || blockSize < 1 << 20 || blockSize > 256 << 20) {
            throw DiskException.corrupt(storage.path(), at, "its blocks have " + blockSize + " bytes");
        }
        if (logicalSector != 512 && logicalSector != 4096 || physicalSector != 512 && physicalSector != 4096) {
            throw DiskException.corrupt(
                    storage.path(), at, "its sectors have " + logicalSector + " and " + physicalSector + " bytes");
        }
        if (size <= 0 || size > MAX_SIZE || size % logicalSector != 0) {
            throw DiskException.corrupt(storage.path(), at, "its disk has " + size + " bytes");
        }
    }

    /** Writes the metadata of a new image. */
    void write(Storage storage, long at, UUID page83) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(TABLE + 64).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(0, SIGNATURE).putShort(10, (short) 5);
        putItem(bytes, 0, FILE_PARAMETERS, 0, 8, IS_REQUIRED);
        putItem(bytes, 1, VIRTUAL_DISK_SIZE, 8, 8, IS_REQUIRED | IS_VIRTUAL_DISK);
        putItem(bytes, 2, PAGE_83_DATA, 16, 16, IS_REQUIRED | IS_VIRTUAL_DISK);
        putItem(bytes, 3, LOGICAL_SECTOR_SIZE, 32, 4, IS_REQUIRED | IS_VIRTUAL_DISK);
        putItem(bytes, 4, PHYSICAL_SECTOR_SIZE, 36, 4, IS_REQUIRED | IS_VIRTUAL_DISK);
        bytes.putInt(TABLE, (int) blockSize).putInt(TABLE + 4, fixed ? 1 : 0).putLong(TABLE + 8, size);
        Guids.put(bytes, TABLE + 16, page83);
        bytes.putInt(TABLE + 32, logicalSector).putInt(TABLE + 36, physicalSector);
        storage.write(at, bytes);
    }

    private static void putItem(ByteBuffer bytes, int index, UUID item, int offset, int length, int flags) {
        int entry = ENTRY + index * ENTRY;
        Guids.put(bytes, entry, item);
        bytes.putInt(entry + 16, TABLE + offset).putInt(entry + 20, length).putInt(entry + 24, flags);
    }
}
