package org.terrarium.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.terrarium.disk.qcow2.Qcow2Format;

/** Nothing that was flushed is lost, whether the process is killed, the host loses power or its disk is full. */
class Qcow2CrashTest {
    private static final int SIZE = 6 << 20;
    private static final int BLOCK = 4096;
    private static final int FAILURES = Integer.getInteger("terrarium.disk.failures", 10);

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "4096, false, false",
        "512, false, false",
        "65536, false, false",
        "4096, true, false",
        "512, true, false",
        "16384, false, true",
        "32768, true, true"
    })
    void powerFailureKeepsFlushedData(int cluster, boolean lazy, boolean extended) throws IOException {
        for (long seed = 1; seed <= FAILURES; seed++) {
            Path image = folder.resolve("power" + seed + ".qcow2");
            CreateOptions options = CreateOptions.qcow2(SIZE).withClusterSize(cluster);
            if (extended) {
                options = options.withQcow2(options.qcow2().withExtendedL2());
            }
            DiskFormats.create(image, lazy ? options.withLazyRefcounts() : options);
            Random random = new Random(seed);
            UnreliableStorage storage = new UnreliableStorage(FileStorage.open(image, OpenFiles.Access.WRITE), true);
            VirtualDisk disk = open(storage);
            int[] flushed = new int[SIZE / BLOCK];
            int[] written = new int[SIZE / BLOCK];
            boolean[] changed = new boolean[SIZE / BLOCK];
            for (int i = 1 + random.nextInt(400); i > 0; i--) {
                int block = random.nextInt(SIZE / BLOCK);
                if (random.nextInt(20) == 0) {
                    disk.flush();
                    flushed = written.clone();
                    Arrays.fill(changed, false);
                } else if (random.nextInt(4) == 0) {
                    disk.writeZeroes((long) block * BLOCK, BLOCK);
                    written[block] = 0;
                    changed[block] = true;
                } else {
                    written[block] = i;
                    if (random.nextInt(3) == 0) {
                        // Packed where a cluster is as large as a block.
                        disk.writePacked((long) block * BLOCK, block(block, i));
                    } else {
                        disk.write((long) block * BLOCK, block(block, i));
                    }
                    changed[block] = true;
                }
            }
            storage.loseParts(random);
            if (!lazy) {
                Qemu.checkAtMostLeaks(image);
            }
            String failure = "seed " + seed;
            try (VirtualDisk again = DiskFormats.open(image, OpenOptions.readWrite())) {
                for (int block = 0; block < flushed.length; block++) {
                    if (!changed[block]) {
                        assertArrayEquals(block(block, flushed[block]).array(), read(again, block), failure);
                    }
                }
                again.write(0, block(0, 77));
            }
            Qemu.checkAtMostLeaks(image);
            Files.delete(image);
        }
    }

    private static VirtualDisk open(Storage storage) throws IOException {
        ImageContext context = new ImageFiles(FileHost.LOCAL, OpenOptions.readWrite(), storage.path(), 0, false);
        return new MappedDisk(storage, Qcow2Format.open(storage, context), null, false);
    }

    /** Contents that tell place and version; version 0 is zeroes. */
    private static ByteBuffer block(int index, int version) {
        ByteBuffer bytes = ByteBuffer.allocate(BLOCK);
        while (version != 0 && bytes.hasRemaining()) {
            bytes.putInt(index).putInt(version);
        }
        return bytes.clear();
    }

    private static byte[] read(VirtualDisk disk, int block) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(BLOCK);
        disk.read((long) block * BLOCK, bytes);
        return bytes.array();
    }

    @Test
    void fullHostDiskIsAnErrorAndNothingIsLost() throws IOException {
        Path image = folder.resolve("full.qcow2");
        DiskFormats.create(image, CreateOptions.qcow2(SIZE).withClusterSize(4096));
        UnreliableStorage storage = new UnreliableStorage(FileStorage.open(image, OpenFiles.Access.WRITE), false);
        try (VirtualDisk disk = open(storage)) {
            disk.write(0, block(0, 1));
            disk.flush();
            storage.limit(storage.size());
            DiskException full = assertThrows(DiskException.class, () -> disk.write(BLOCK * 7L, block(7, 1)));
            assertTrue(full.getMessage().contains(image.toString()), full.getMessage());
            assertTrue(full.getMessage().contains("make some space"), full.getMessage());
            assertArrayEquals(block(7, 0).array(), read(disk, 7));
            assertArrayEquals(block(0, 1).array(), read(disk, 0));
            storage.limit(Long.MAX_VALUE);
            disk.write(BLOCK * 7L, block(7, 2));
            disk.flush();
            assertArrayEquals(block(7, 2).array(), read(disk, 7));
        }
        Qemu.checkClean(image);
    }
}
