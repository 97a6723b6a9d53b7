package org.terrarium.disk;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.disk.qcow2.Qcow2Check;

/**
 * Valid qcow2 images of every kind, beside those in {@link FormatFuzzTest}, with a few bytes changed. Whatever they say, nothing but a {@link DiskException} comes out, no
 * image makes us take much memory or work without end, and none opens a file that the gate does not allow.
 *
 * <p>{@code -Dterrarium.disk.fuzz=N} for more images, {@code -Dterrarium.disk.seed=N} for other ones.
 */
class Qcow2FuzzTest {
    private static final int IMAGES = Integer.getInteger("terrarium.disk.fuzz", 30_000);
    private static final long SEED = Long.getLong("terrarium.disk.seed", 20261125);
    private static final long MAX_FILE = 8 << 20;
    private static final long MAX_MEMORY = 64 << 20;
    private static final byte[] TELLING = {0, 1, 2, 3, 4, 8, 9, 16, 31, 32, 63, 64, 127, -128, -2, -1};

    /** An image to start from, and where its tables are. */
    private record Original(String name, PagedHost.Contents image, int head) {}

    @TempDir
    Path folder;

    private final List<Original> originals = new ArrayList<>();
    private PagedHost.Contents base;
    private PagedHost.Contents data;
    private final ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @BeforeEach
    void makeOriginals() throws IOException {
        base = new PagedHost.Contents(new byte[100_000]);
        data = new PagedHost.Contents(new byte[200 << 10]);
        Files.write(folder.resolve("base.raw"), new byte[100_000]);
        qcow2("plain", "cluster_size=512,lazy_refcounts=on", true, true);
        qcow2("old", "cluster_size=1024,compat=0.10", true, true);
        qcow2("zstd", "cluster_size=4096,compression_type=zstd,refcount_bits=64", false, true);
        qcow2("narrow", "cluster_size=512,refcount_bits=1", false, false);
        qcow2("extended", "cluster_size=16384,extended_l2=on", true, false);
        qcow2("data", "cluster_size=4096,data_file=" + folder.resolve("data.raw"), false, false);
        qcow2("luks", "cluster_size=4096,encrypt.format=luks,encrypt.key-secret=sec0", false, false);
        qcow2("bitmaps", "cluster_size=512", false, false);
    }

    private void qcow2(String name, String options, boolean backed, boolean snapshots) throws IOException {
        Path image = folder.resolve(name);
        boolean encrypted = name.equals("luks");
        List<String> create = Qemu.line("qemu-img", "create", "-q", Qemu.SECRET, "-f", "qcow2", "-o", options);
        if (backed) {
            create.addAll(List.of("-b", "base.raw", "-F", "raw"));
        }
        create.addAll(List.of(image.toString(), "200k"));
        Qemu.ok(create);
        Qemu.io(image, encrypted, List.of("write -P 1 3k 60k", "write -z 100k 20k"));
        if (!encrypted && !name.equals("data")) {
            Qemu.io(image, List.of("write -c -P 2 128k 16k"));
        }
        if (snapshots) {
            Qemu.ok("qemu-img", "snapshot", "-c", "one", image.toString());
            Qemu.io(image, List.of("write -P 5 10k 20k"));
            Qemu.ok("qemu-img", "snapshot", "-c", "two", image.toString());
        }
        if (name.equals("bitmaps")) {
            Qemu.ok("qemu-img", "bitmap", "--add", image.toString(), "b0");
            Qemu.io(image, List.of("write -P 7 50k 9k"));
        }
        byte[] bytes = Files.readAllBytes(image);
        originals.add(new Original(name, new PagedHost.Contents(bytes), 4096));
    }

    @Test
    void changedImagesDoNoMoreThanRefuse() throws IOException {
        Random random = new Random(SEED);
        int opened = 0;
        for (int i = 0; i < IMAGES; i++) {
            Original original = originals.get(random.nextInt(originals.size()));
            PagedHost.Contents changed = change(original, random);
            PagedHost host = new PagedHost(MAX_FILE);
            Path path = folder.resolve("image");
            host.put(path, changed.copy());
            host.put(folder.resolve("base.raw"), base.copy());
            host.put(folder.resolve("data.raw"), data.copy());
            long before = memory.getCurrentThreadAllocatedBytes();
            try {
                use(host, path, random);
                opened++;
            } catch (DiskException e) {
                assertTrue(e.getMessage().contains(folder.toString()), e.getMessage());
            } catch (RuntimeException | Error e) {
                keep(changed, original, i, e);
            }
            long used = memory.getCurrentThreadAllocatedBytes() - before;
            if (used > MAX_MEMORY) {
                keep(changed, original, i, new AssertionError("took " + used + " bytes of memory"));
            }
        }
        assertTrue(opened > IMAGES / 10, "only " + opened + " of " + IMAGES + " images could be used");
    }

    private static void keep(PagedHost.Contents changed, Original original, int number, Throwable trouble)
            throws IOException {
        Path kept = Files.createTempFile("fuzz-" + original.name + "-", ".image");
        Files.write(kept, changed.toBytes());
        fail("seed " + SEED + ", image " + number + ", made of " + original.name + ", kept as " + kept, trouble);
    }

    private static PagedHost.Contents change(Original original, Random random) {
        PagedHost.Contents copy = original.image.copy();
        for (int n = 1 + random.nextInt(4); n > 0; n--) {
            long at = random.nextInt(3) == 0
                    ? random.nextLong(copy.size())
                    : random.nextInt(2) == 0 ? random.nextInt(112) : random.nextInt(original.head);
            byte value = random.nextBoolean() ? TELLING[random.nextInt(TELLING.length)] : (byte) random.nextInt(256);
            copy.set(at, value);
        }
        if (random.nextInt(20) == 0) {
            copy.cut(random.nextLong(copy.size()));
        }
        return copy;
    }

    private void use(PagedHost host, Path path, Random random) throws IOException {
        OpenOptions options =
                OpenOptions.readWrite().withFormat(DiskFormat.QCOW2).withGate(this::allowed);
        boolean writing = random.nextInt(3) != 0;
        if (random.nextInt(4) == 0) {
            Storage storage = host.open(path, OpenFiles.Access.WRITE);
            Qcow2Check.run(storage, random.nextBoolean() ? Repair.ALL : Repair.NONE, Progress.NONE);
        }
        ChainOpener opener = new ChainOpener(host, options.withWritable(writing));
        if (!writing && random.nextBoolean()) {
            opener.withSnapshot("one");
        }
        try (VirtualDisk disk = opener.open(path)) {
            int length = (int) Math.min(disk.size(), 200 << 10);
            disk.read(0, ByteBuffer.allocate(length));
            disk.status(0, disk.size());
            if (writing) {
                disk.write(length / 2, ByteBuffer.allocate(length / 4));
                disk.discard(0, length / 3);
                disk.writeZeroes(length / 3, length / 5);
                if (disk.packUnit() > 0 && disk.packUnit() <= length) {
                    disk.writePacked(0, ByteBuffer.allocate(disk.packUnit()));
                }
                disk.flush();
            }
        }
    }

    /** Only the folder of the test, and only what was put there. */
    private boolean allowed(Path file) {
        return file.equals(folder.resolve("base.raw")) || file.equals(folder.resolve("data.raw"));
    }
}
