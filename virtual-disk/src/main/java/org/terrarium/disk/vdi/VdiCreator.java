package org.terrarium.disk.vdi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;
import java.util.function.Supplier;
import org.terrarium.disk.DiskException;
import org.terrarium.disk.Storage;

/** Writes new VDI images. */
public final class VdiCreator {
    /** The only block size every other program opens. */
    private static final int BLOCK_SIZE = 1 << 20;

    private static final int CHUNK = 1 << 16;

    private VdiCreator() {}

    /**
     * Fills an empty file with an image that reads as zeroes.
     *
     * @param size what the guest sees, bytes
     * @param fixed all blocks have their place in the file from the start, as holes where the host can
     * @param uuids where the image's numbers come from
     */
    public static void create(Storage storage, long size, boolean fixed, Supplier<UUID> uuids) throws IOException {
        long blocks = (size + BLOCK_SIZE - 1) / BLOCK_SIZE;
        if (blocks > VdiHeader.MOST_BLOCKS) {
            throw new DiskException(
                    storage.path(), "a VDI image cannot have more than " + VdiHeader.MOST_BLOCKS + " MiB");
        }
        long dataOffset = (VdiHeader.LENGTH + blocks * 4 + BLOCK_SIZE - 1) & -BLOCK_SIZE;
        VdiHeader header = new VdiHeader(
                fixed ? VdiHeader.FIXED : VdiHeader.DYNAMIC,
                VdiHeader.LENGTH,
                dataOffset,
                size,
                BLOCK_SIZE,
                blocks,
                fixed ? blocks : 0);
        storage.write(0, header.toBytes(uuids.get(), uuids.get()));
        ByteBuffer part = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
        for (long block = 0; block < blocks; ) {
            part.clear();
            long at = VdiHeader.LENGTH + block * 4;
            while (part.hasRemaining() && block < blocks) {
                part.putInt(fixed ? (int) block : -1);
                block++;
            }
            storage.write(at, part.flip());
        }
        storage.setSize(dataOffset + (fixed ? blocks * BLOCK_SIZE : 0));
        storage.sync();
    }
}
