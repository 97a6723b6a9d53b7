package org.terrarium.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several threads work on one disk at once, each on blocks of its own that share clusters with the others'. */
class ConcurrentAccessTest {
    private static final int THREADS = 4;
    private static final int BLOCK = 4096;
    private static final int BLOCKS = 1024;
    private static final int STEPS = Integer.getInteger("terrarium.disk.steps", 600);
    private static final long SEED = Long.getLong("terrarium.disk.seed", System.nanoTime());

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"512, false, false", "4096, false, true", "65536, false, true", "65536, true, false"})
    void everybodyFindsWhatItWrote(int cluster, boolean extended, boolean backed) throws Exception {
        byte[] expected = new byte[BLOCK * BLOCKS];
        CreateOptions options = CreateOptions.qcow2(expected.length).withClusterSize(cluster);
        if (backed) {
            new Random(SEED).nextBytes(expected);
            Files.write(folder.resolve("base.raw"), expected);
            options = options.withBacking(new BackingReference("base.raw", "raw"));
        }
        if (extended) {
            options = options.withQcow2(options.qcow2().withExtendedL2());
        }
        Path image = folder.resolve("image.qcow2");
        DiskFormats.create(image, options);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (VirtualDisk disk = DiskFormats.open(image, OpenOptions.readWrite())) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                running.add(threads.submit(() -> {
                    work(disk, thread, expected);
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
            ByteBuffer all = ByteBuffer.allocate(expected.length);
            disk.read(0, all);
            assertArrayEquals(expected, all.array(), "seed " + SEED);
        } finally {
            threads.shutdownNow();
        }
        Qemu.checkClean(image);
        assertArrayEquals(expected, Qemu.contents(image, folder.resolve("scratch")), "seed " + SEED);
    }

    /** Only this thread's blocks of {@code expected} are touched. */
    private static void work(VirtualDisk disk, int thread, byte[] expected) throws IOException {
        Random random = new Random(SEED + thread);
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        for (int i = 0; i < STEPS; i++) {
            int at = (random.nextInt(BLOCKS / THREADS) * THREADS + thread) * BLOCK;
            switch (random.nextInt(10)) {
                case 0 -> disk.flush();
                case 1 -> {
                    disk.writeZeroes(at, BLOCK);
                    Arrays.fill(expected, at, at + BLOCK, (byte) 0);
                }
                case 2 -> {
                    disk.discard(at, BLOCK);
                    // Whatever it reads as now is what it has to stay.
                    disk.read(at, ByteBuffer.wrap(expected, at, BLOCK));
                }
                case 3, 4 -> {
                    disk.read(at, block.clear());
                    assertEquals(ByteBuffer.wrap(expected, at, BLOCK), block.flip(), "seed " + SEED);
                }
                default -> {
                    random.nextBytes(block.array());
                    disk.write(at, block.clear());
                    System.arraycopy(block.array(), 0, expected, at, BLOCK);
                }
            }
        }
    }
}
