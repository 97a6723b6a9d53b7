package org.terrarium.app;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import org.terrarium.disk.CreateOptions;
import org.terrarium.disk.DiskFormats;
import org.terrarium.disk.OpenOptions;
import org.terrarium.disk.VirtualDisk;

/** A disk that boots a guest which reads sector 128, where the image is damaged, and then stands still. */
public final class BadDisk {
    private static final int SECTOR = 512;
    private static final int BAD_SECTOR = 128;
    private static final int HEADER_L1_OFFSET = 40;
    private static final int ENTRY = 8;
    private static final long MISALIGNED = 0x200;

    /** ATA registers 1F2h to 1F7h: one sector, LBA 128, READ SECTORS; then CLI, HLT. */
    private static final String GUEST = "BAF201B001EE42B080EE4230C0EE42EE42B0E0EE42B020EEFAF4";

    private BadDisk() {}

    /** Makes the image. */
    public static void create(Path image) throws IOException {
        DiskFormats.create(image, CreateOptions.qcow2(1 << 20));
        ByteBuffer sector = ByteBuffer.allocate(SECTOR).put(HexFormat.of().parseHex(GUEST));
        sector.put(SECTOR - 2, (byte) 0x55).put(SECTOR - 1, (byte) 0xAA).rewind();
        try (VirtualDisk disk = DiskFormats.open(image, OpenOptions.readWrite())) {
            disk.write(0, sector);
            disk.write(BAD_SECTOR * SECTOR, ByteBuffer.allocate(SECTOR));
        }
        try (FileChannel file = FileChannel.open(image, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            // No cluster of the host file begins there (qcow2 specification, "standard cluster descriptor").
            long l2 = read(file, read(file, HEADER_L1_OFFSET)) & 0x00FF_FFFF_FFFF_FE00L;
            ByteBuffer spoiled = ByteBuffer.allocate(ENTRY).putLong(read(file, l2 + ENTRY) | MISALIGNED);
            file.write(spoiled.flip(), l2 + ENTRY);
        }
    }

    private static long read(FileChannel file, long at) throws IOException {
        ByteBuffer b = ByteBuffer.allocate(ENTRY);
        file.read(b, at);
        return b.flip().getLong();
    }
}
