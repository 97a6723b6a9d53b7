package org.terrarium.disk.vhd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.terrarium.disk.DiskException;
import org.terrarium.disk.Storage;

/** Writes new VHD images. */
public final class VhdCreator {
    /** The specification's default. */
    private static final int BLOCK_SIZE = 2 << 20;

    /** Block numbers are counted in sectors of 32 bits; 2,040 GiB is what all programs accept. */
    private static final long MAX_SIZE = 2040L << 30;

    private static final int TABLE_OFFSET = VhdFooter.LENGTH + VhdDynamicHeader.LENGTH;

    private VhdCreator() {}

    /** A disk of zeroes with a footer. */
    public static void fixed(Storage storage, long size, Instant now, UUID uuid) throws IOException {
        requireSize(storage, size);
        storage.setSize(size);
        storage.write(
                size,
                VhdFooter.of(-1, size, VhdFooter.FIXED, now.getEpochSecond(), uuid)
                        .toBytes());
        storage.sync();
    }

    /** An image that grows. */
    public static void dynamic(Storage storage, long size, Instant now, UUID uuid) throws IOException {
        growing(storage, size, now, uuid, null);
    }

    /**
     * An overlay.
     *
     * @param parent the VHD image it is an overlay of
     * @param name the parent's path as it is to be written, relative to the new image's folder unless absolute
     * @param changed when the parent was last changed
     */
    public static void differencing(
            Storage storage, Storage parent, String name, Instant changed, Instant now, UUID uuid) throws IOException {
        VhdFooter below = VhdImages.footer(parent);
        String fileName = name.substring(name.lastIndexOf('/') + 1);
        growing(
                storage,
                below.diskSize(),
                now,
                uuid,
                new VhdDynamicHeader.Parent(
                        below.uuid(), (int) (changed.getEpochSecond() - VhdFooter.EPOCH), fileName, List.of(name)));
    }

    private static void growing(Storage storage, long size, Instant now, UUID uuid, VhdDynamicHeader.Parent parent)
            throws IOException {
        requireSize(storage, size);
        int type = parent == null ? VhdFooter.DYNAMIC : VhdFooter.DIFFERENCING;
        ByteBuffer footer = VhdFooter.of(VhdFooter.LENGTH, size, type, now.getEpochSecond(), uuid)
                .toBytes();
        long entries = (size + BLOCK_SIZE - 1) / BLOCK_SIZE;
        int tableLength = (int) (entries * 4 + 511 & -512);
        long locator = TABLE_OFFSET + tableLength;
        VhdDynamicHeader header = new VhdDynamicHeader(TABLE_OFFSET, entries, BLOCK_SIZE, parent);
        byte[] table = new byte[tableLength];
        Arrays.fill(table, (byte) -1);
        long end = locator;
        if (parent != null) {
            byte[] path = header.locatorText();
            storage.write(locator, ByteBuffer.wrap(path));
            end += path.length + 511 & -512;
        }
        storage.write(0, footer.duplicate());
        storage.write(VhdFooter.LENGTH, header.toBytes(locator));
        storage.write(TABLE_OFFSET, ByteBuffer.wrap(table));
        storage.write(end, footer);
        storage.sync();
    }

    static void requireSize(Storage storage, long size) throws DiskException {
        if (size > MAX_SIZE) {
            throw new DiskException(storage.path(), "a VHD image cannot have more than 2040 GiB; choose VHDX");
        }
    }
}
