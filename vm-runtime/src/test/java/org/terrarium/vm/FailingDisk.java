package org.terrarium.vm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.terrarium.disk.CreateOptions;
import org.terrarium.disk.DiskFormats;
import org.terrarium.disk.OpenOptions;
import org.terrarium.disk.VirtualDisk;

/** A disk whose image turns out to be damaged only when the guest reads a certain place. */
public final class FailingDisk {
    /** In the test guest {@code ata-read.asm}: the first sector of the second cluster. */
    private static final long BAD_SECTOR = 128;

    private static final int SECTOR = 512;
    private static final int HEADER_L1_OFFSET = 40;
    private static final int ENTRY = 8;

    /** Half a sector: no host offset of a cluster can have it (qcow2 specification, "standard cluster descriptor"). */
    private static final long MISALIGNED = 0x200;

    private FailingDisk() {}

    /** A qcow2 image in {@code folder} with a guest that reads the bad place twice and then says DONE. */
    public static Path bootable(Path folder) throws IOException, InterruptedException {
        Path image = folder.resolve("failing.qcow2");
        byte[] guest = Files.readAllBytes(Assembled.image("ata-read", folder));
        DiskFormats.create(image, CreateOptions.qcow2(guest.length));
        try (VirtualDisk disk = DiskFormats.open(image, OpenOptions.readWrite())) {
            disk.write(0, ByteBuffer.wrap(guest, 0, SECTOR));
            disk.write(BAD_SECTOR * SECTOR, ByteBuffer.wrap(new byte[SECTOR]));
        }
        try (FileChannel file = FileChannel.open(image, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long l2 = read(file, read(file, HEADER_L1_OFFSET)) & 0x00FF_FFFF_FFFF_FE00L;
            long entry = read(file, l2 + ENTRY);
            assertTrue(entry != 0, "the second cluster is not allocated");
            ByteBuffer spoiled =
                    ByteBuffer.allocate(ENTRY).putLong(entry | MISALIGNED).flip();
            assertEquals(ENTRY, file.write(spoiled, l2 + ENTRY));
        }
        return image;
    }

    private static long read(FileChannel file, long at) throws IOException {
        ByteBuffer b = ByteBuffer.allocate(ENTRY);
        assertEquals(ENTRY, file.read(b, at));
        return b.flip().getLong();
    }
}
