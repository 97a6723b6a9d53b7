package org.terrarium.disk.vhdx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.Supplier;
import org.terrarium.disk.DiskException;
import org.terrarium.disk.Guids;
import org.terrarium.disk.Storage;

/** Writes new VHDX images. */
public final class VhdxCreator {
    private static final long MIB = 1 << 20;
    private static final long MAX_SIZE = 64L << 40;
    private static final int SECTOR = 512;
    private static final int PHYSICAL_SECTOR = 4096;
    private static final int CHUNK = 1 << 20;

    private VhdxCreator() {}

    /**
     * Fills an empty file with an image that reads as zeroes.
     *
     * @param size what the guest sees, bytes
     * @param fixed all blocks have their place in the file from the start, as holes where the host can
     * @param uuids where the image's numbers come from
     */
    public static void create(Storage storage, long size, boolean fixed, Supplier<UUID> uuids) throws IOException {
        if (size > MAX_SIZE) {
            throw new DiskException(storage.path(), "a VHDX image cannot have more than 64 TiB");
        }
        VhdxMetadata metadata = new VhdxMetadata(blockSizeFor(size), fixed, size, SECTOR, PHYSICAL_SECTOR);
        long batLength = (metadata.batEntries() * 8 + MIB - 1) & -MIB;
        VhdxRegions regions =
                new VhdxRegions(new VhdxRegions.Region(3 * MIB, batLength), new VhdxRegions.Region(2 * MIB, MIB));
        ByteBuffer identifier = ByteBuffer.allocate(8 + 512).order(ByteOrder.LITTLE_ENDIAN);
        identifier.putLong(0, VhdxHeader.SIGNATURE_FILE);
        identifier.put(8, "Terrarium".getBytes(StandardCharsets.UTF_16LE));
        storage.write(0, identifier);
        VhdxHeader first = new VhdxHeader(VhdxHeader.AT_FIRST, 1, uuids.get(), uuids.get(), Guids.NONE, MIB, MIB);
        first.write(storage);
        first.next(first.fileWriteGuid(), first.dataWriteGuid(), Guids.NONE).write(storage);
        regions.write(storage);
        metadata.write(storage, regions.metadata().offset(), uuids.get());
        long end = regions.bat().end();
        if (fixed) {
            end = writeFixedTable(storage, metadata, regions.bat());
        }
        storage.setSize(end);
        storage.sync();
    }

    private static long writeFixedTable(Storage storage, VhdxMetadata metadata, VhdxRegions.Region bat)
            throws IOException {
        ByteBuffer part = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
        long place = bat.end();
        long at = bat.offset();
        for (long entry = 0; entry < metadata.batEntries(); entry++) {
            boolean bitmap = entry % (metadata.chunkRatio() + 1) == metadata.chunkRatio();
            part.putLong(bitmap ? 0 : place | 6);
            place += bitmap ? 0 : metadata.blockSize();
            if (!part.hasRemaining() || entry == metadata.batEntries() - 1) {
                int length = part.position();
                storage.write(at, part.flip());
                at += length;
                part.clear();
            }
        }
        return place;
    }

    /** Small blocks keep small disks small; the table of a large disk shall not outgrow a few MiB. */
    private static long blockSizeFor(long size) {
        long block = MIB;
        while (size / block > 1 << 19 && block < 256 * MIB) {
            block *= 2;
        }
        return block;
    }
}
