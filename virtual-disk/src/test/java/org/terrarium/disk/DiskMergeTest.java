package org.terrarium.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Images that are merged while the disk on top of them is read and written, against a model in memory. */
class DiskMergeTest {
    private static final int SIZE = 6 << 20;

    @TempDir
    Path folder;

    private final Random random = new Random(Long.getLong("terrarium.seed", 12L));
    private final byte[] model = new byte[SIZE];

    /** What the lowest image is. */
    private enum Base {
        RAW,
        QCOW2,
        PACKED_LARGE_CLUSTERS
    }

    private Path image(String name) {
        return folder.resolve(name);
    }

    private void scribble(VirtualDisk disk, int times) throws Exception {
        for (int n = 0; n < times; n++) {
            int at = random.nextInt(SIZE / 512) * 512;
            int length = Math.min(SIZE - at, (1 + random.nextInt(200)) * 512);
            byte[] bytes = new byte[length];
            if (random.nextInt(4) == 0) {
                disk.writeZeroes(at, length);
            } else {
                random.nextBytes(bytes);
                disk.write(at, ByteBuffer.wrap(bytes));
            }
            System.arraycopy(bytes, 0, model, at, length);
        }
    }

    private void scribble(Path image, int times) throws Exception {
        try (VirtualDisk disk = DiskFormats.open(image, OpenOptions.readWrite())) {
            scribble(disk, times);
        }
    }

    private static byte[] contents(VirtualDisk disk) throws Exception {
        ByteBuffer all = ByteBuffer.allocate(SIZE);
        disk.read(0, all);
        return all.array();
    }

    private void overlay(String name, String below, String format) throws Exception {
        DiskFormats.create(image(name), CreateOptions.qcow2(SIZE).withBacking(new BackingReference(below, format)));
    }

    private String base(Base kind) throws Exception {
        if (kind == Base.PACKED_LARGE_CLUSTERS) {
            DiskFormats.create(image("plain"), CreateOptions.qcow2(SIZE));
            scribble(image("plain"), 60);
            try (VirtualDisk plain = DiskFormats.open(image("plain"), OpenOptions.readOnly())) {
                CreateOptions packed = CreateOptions.qcow2(0).withClusterSize(1 << 20);
                DiskConvert.convert(plain, image("base"), packed, true, 1, Progress.NONE);
            }
            return "qcow2";
        }
        DiskFormats.create(image("base"), kind == Base.RAW ? CreateOptions.raw(SIZE) : CreateOptions.qcow2(SIZE));
        try (VirtualDisk base = DiskFormats.open(
                image("base"),
                OpenOptions.readWrite().withFormat(kind == Base.RAW ? DiskFormat.RAW : DiskFormat.QCOW2))) {
            scribble(base, 60);
        }
        return kind == Base.RAW ? "raw" : "qcow2";
    }

    @ParameterizedTest
    @EnumSource
    void theDiskShowsTheSameWhileAnImageBelowTakesInTheNext(Base kind) throws Exception {
        String format = base(kind);
        overlay("middle", "base", format);
        scribble(image("middle"), 40);
        overlay("top", "middle", "qcow2");
        scribble(image("top"), 10);
        AtomicBoolean merged = new AtomicBoolean();
        ExecutorService guest = Executors.newSingleThreadExecutor();
        try (VirtualDisk disk = DiskMerge.open(image("top"), OpenOptions.readWrite(), image("base"))) {
            Future<?> work = guest.submit(() -> {
                do {
                    scribble(disk, 3);
                    assertArrayEquals(model, contents(disk), "while it is merged");
                } while (!merged.get());
                return null;
            });
            try {
                // Stopped in the middle, it leaves everything as it was, and can be done again.
                assertThrows(
                        DiskCancelledException.class,
                        () -> DiskMerge.takeIn(disk, image("base"), (done, total) -> done < SIZE / 2));
                DiskMerge.takeIn(disk, image("base"), Progress.NONE);
            } finally {
                merged.set(true);
                work.get();
            }
            assertThrows(
                    DiskException.class,
                    () -> DiskMerge.takeIn(disk, image("middle"), Progress.NONE),
                    "the image on it is the one that is written");
        } finally {
            guest.shutdownNow();
        }
        DiskRebase.rebase(
                image("top"), OpenOptions.readWrite(), new BackingReference("base", format), true, Progress.NONE);
        try (VirtualDisk disk = DiskFormats.open(image("top"), OpenOptions.readOnly())) {
            assertArrayEquals(model, contents(disk), "without the image in the middle");
        }
        for (String name : new String[] {"base", "top"}) {
            if (!name.equals("base") || kind != Base.RAW) {
                CheckReport report = DiskCheck.check(image(name), OpenOptions.readOnly(), Repair.NONE, Progress.NONE);
                assertTrue(report.clean(), name + ": " + report);
            }
        }
    }
}
