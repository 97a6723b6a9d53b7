package org.terrarium.disk.vhdx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;
import org.terrarium.disk.DiskException;
import org.terrarium.disk.Guids;
import org.terrarium.disk.Storage;

/** The region table (MS-VHDX 2.2.3): where the block allocation table and the metadata are. It is in the file twice. */
record VhdxRegions(Region bat, Region metadata) {
    static final UUID BAT = UUID.fromString("2DC27766-F623-4200-9D64-115E9BFD4A08");
    static final UUID METADATA = UUID.fromString("8B7CA206-4790-4B9A-B8FE-575F050F886E");

    private static final long AT_FIRST = 192 << 10;
    private static final long AT_SECOND = 256 << 10;
    private static final int LENGTH = 64 << 10;
    private static final int SIGNATURE = 0x69676572; // "regi"
    private static final int ENTRY = 32;
    private static final int MOST_ENTRIES = 2047;
    private static final long MIB = 1 << 20;

    /** Place and length in the file, bytes. */
    record Region(long offset, long length) {
        long end() {
            return offset + length;
        }

        boolean overlaps(Region other) {
            return offset < other.end() && other.offset < end();
        }
    }

    /** Reads and checks the table. */
    static VhdxRegions read(Storage storage, VhdxHeader header) throws IOException {
        ByteBuffer bytes = valid(storage, AT_FIRST);
        long at = AT_FIRST;
        if (bytes == null) {
            bytes = valid(storage, AT_SECOND);
            at = AT_SECOND;
        }
        if (bytes == null) {
            throw DiskException.corrupt(storage.path(), AT_FIRST, "neither of its two region tables is valid");
        }
        Region bat = null;
        Region metadata = null;
        int count = bytes.getInt(8);
        for (int i = 0; i < count; i++) {
            int entry = 16 + i * ENTRY;
            UUID guid = Guids.get(bytes, entry);
            Region region = new Region(bytes.getLong(entry + 16), Integer.toUnsignedLong(bytes.getInt(entry + 24)));
            if (guid.equals(BAT)) {
                bat = checked(storage, region, at + entry);
            } else if (guid.equals(METADATA)) {
                metadata = checked(storage, region, at + entry);
            } else if ((bytes.getInt(entry + 28) & 1) != 0) {
                throw new DiskException(
                        storage.path(),
                        at + entry,
                        "needs the region " + guid + ", which this version does not know",
                        null);
            }
        }
        if (bat == null || metadata == null) {
            throw DiskException.corrupt(
                    storage.path(), at, "it has no " + (bat == null ? "block allocation table" : "metadata"));
        }
        Region log = new Region(header.logOffset(), header.logLength());
        if (bat.overlaps(metadata) || bat.overlaps(log) || metadata.overlaps(log)) {
            throw DiskException.corrupt(storage.path(), at, "its regions overlap");
        }
        return new VhdxRegions(bat, metadata);
    }

    private static ByteBuffer valid(Storage storage, long at) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        storage.read(at, bytes);
        int count = bytes.getInt(8);
        boolean valid = bytes.getInt(0) == SIGNATURE
                && count >= 0
                && count <= MOST_ENTRIES
                && bytes.getInt(4) == VhdxHeader.checksum(bytes);
        return valid ? bytes : null;
    }

    private static Region checked(Storage storage, Region region, long at) throws DiskException {
        if (region.offset < MIB || region.offset % MIB != 0 || region.length == 0 || region.length % MIB != 0) {
            throw DiskException.corrupt(
                    storage.path(), at, "a region has " + region.length + " bytes at byte " + region.offset);
        }
        if (region.offset > storage.size() - region.length) {
            throw new DiskException(storage.path(), "the VHDX image is truncated: it ends inside its tables");
        }
        return region;
    }

    /** Writes both tables of a new image. */
    void write(Storage storage) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(0, SIGNATURE).putInt(8, 2);
        put(bytes, 16, BAT, bat);
        put(bytes, 16 + ENTRY, METADATA, metadata);
        bytes.putInt(4, VhdxHeader.checksum(bytes));
        storage.write(AT_FIRST, bytes.duplicate());
        storage.write(AT_SECOND, bytes);
    }

    private static void put(ByteBuffer bytes, int at, UUID guid, Region region) {
        Guids.put(bytes, at, guid);
        bytes.putLong(at + 16, region.offset)
                .putInt(at + 24, (int) region.length)
                .putInt(at + 28, 1);
    }
}
