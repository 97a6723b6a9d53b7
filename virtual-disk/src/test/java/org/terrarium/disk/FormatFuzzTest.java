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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Valid images with some bytes changed, opened and used in memory. Whatever they say, only a DiskException comes out, soon, without
 * much memory, and no file outside the image's folder is asked for. A new format is one line in {@link Target}.
 */
class FormatFuzzTest {
    /** Images over all targets together. */
    private static final int IMAGES = Integer.getInteger("terrarium.disk.fuzz", 100_000);

    private static final long SEED = Long.getLong("terrarium.disk.seed", 20261125);
    private static final long MOST_BYTES = 64 << 20;
    private static final long MOST_NANOS = 4_000_000_000L;

    /** What is mutated: images made by a line of QEMU's or our own tools, with what has to fit again after a change. */
    enum Target {
        QCOW2(14, FuzzImages.qemu("qcow2", "cluster_size=512", "300k", "write -P 1 0 100k", "write -c -P 2 128k 8k")),
        QCOW2_BIG(6, FuzzImages.qemu("qcow2", "preallocation=off", "3M", "write -P 1 0 100k", "write -z 1M 64k")),
        VMDK_SPARSE(12, FuzzImages.qemu("vmdk", "subformat=monolithicSparse", "1M", "write -P 1 64k 100k")),
        VMDK_STREAM(12, FuzzImages.converted("vmdk", "subformat=streamOptimized")),
        VMDK_OURS(8, FuzzImages.ours(DiskFormat.VMDK, "streamOptimized")),
        VMDK_FLAT(8, FuzzImages.ours(DiskFormat.VMDK, "monolithicFlat")),
        VMDK_SPLIT(8, FuzzImages.ours(DiskFormat.VMDK, "twoGbMaxExtentSparse")),
        VDI(12, FuzzImages.qemu("vdi", "static=off", "3M", "write -P 1 1M 100k")),
        VHD(10, FuzzImages.qemu("vpc", "force_size=on", "3M", "write -P 1 1M 4k"), Checksums::vhd),
        VHD_FIXED(4, FuzzImages.qemu("vpc", "subformat=fixed,force_size=on", "256k"), Checksums::vhd),
        VHD_OVERLAY(8, FuzzImages.vhdOverlay(), Checksums::vhd),
        VHDX(6, FuzzImages.qemu("vhdx", "block_size=1M", "3M", "write -P 1 1M 100k"), Checksums::vhdx),
        VHDX_LOG(6, FuzzImages.vhdxWithLog(), Checksums::vhdx),
        GZIP(5, FuzzImages.packed(DiskFormat.GZIP)),
        XZ(3, FuzzImages.packed(DiskFormat.XZ)),
        ZSTD(5, FuzzImages.packed(DiskFormat.ZSTD)),
        ISO(2, FuzzImages.iso());

        final int weight;
        final FuzzImages.Recipe recipe;
        final Checksums.Fix fix;

        Target(int weight, FuzzImages.Recipe recipe) {
            this(weight, recipe, storage -> {});
        }

        Target(int weight, FuzzImages.Recipe recipe, Checksums.Fix fix) {
            this.weight = weight;
            this.recipe = recipe;
            this.fix = fix;
        }

        int images() {
            int all = 0;
            for (Target target : values()) {
                all += target.weight;
            }
            return (int) ((long) IMAGES * weight / all) + 1;
        }
    }

    @TempDir
    Path folder;

    private Map<String, byte[]> files;
    private Map<String, int[]> hot;
    private Random random;

    @ParameterizedTest
    @EnumSource
    void nothingButDiskExceptionsComesOut(Target target) throws IOException {
        target.recipe.make(folder);
        files = new LinkedHashMap<>();
        hot = new LinkedHashMap<>();
        try (var list = Files.list(folder)) {
            for (Path file : list.sorted().toList()) {
                byte[] bytes = Files.readAllBytes(file);
                files.put(file.getFileName().toString(), bytes);
                hot.put(file.getFileName().toString(), placesWithContents(bytes));
            }
        }
        String main = FuzzImages.mainFile(files.keySet());
        int opened = 0;
        int images = target.images();
        for (int i = 0; i < images; i++) {
            long seed = SEED * 31 + target.ordinal() * 1_000_003L + i;
            random = new Random(seed);
            String what = target + ", image " + i + ", seed " + SEED;
            opened += tryOne(target, main, what) ? 1 : 0;
        }
        // What is packed has checksums over everything, so that only few changes are not noticed.
        assertTrue(opened > images / 200, target + ": only " + opened + " of " + images + " images could be opened");
    }

    private boolean tryOne(Target target, String main, String what) throws IOException {
        MemoryHost host = new MemoryHost();
        Map<String, MemoryStorage> present = new LinkedHashMap<>();
        files.forEach((name, bytes) -> present.put(name, host.add(name, bytes)));
        List<String> names = new ArrayList<>(files.keySet());
        String mutated = random.nextInt(4) == 0 ? names.get(random.nextInt(names.size())) : main;
        mutate(present.get(mutated), hot.get(mutated));
        if (random.nextInt(4) != 0) {
            target.fix.apply(present.get(mutated));
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = threads.getCurrentThreadAllocatedBytes();
        long began = threads.getCurrentThreadCpuTime();
        boolean worked = false;
        try {
            use(host, MemoryHost.FOLDER.resolve(main));
            worked = true;
        } catch (DiskException e) {
            assertTrue(e.getMessage().contains("/images/"), () -> what + ": no path in " + e.getMessage());
            assertTrue(!e.getMessage().contains("\n"), () -> what + ": more than one line in " + e.getMessage());
        } catch (Exception | OutOfMemoryError | StackOverflowError e) {
            fail(what + ": " + e, e);
        }
        long bytes = threads.getCurrentThreadAllocatedBytes() - allocated;
        assertTrue(bytes < MOST_BYTES, () -> what + ": took " + bytes + " bytes of memory");
        long nanos = threads.getCurrentThreadCpuTime() - began;
        assertTrue(nanos < MOST_NANOS, () -> what + ": took " + nanos / 1_000_000 + " ms");
        for (Path path : host.opened()) {
            assertTrue(path.startsWith(MemoryHost.FOLDER), () -> what + ": wanted to open " + path);
        }
        return worked;
    }

    private void use(MemoryHost host, Path main) throws IOException {
        boolean writable = random.nextBoolean();
        OpenOptions options = writable ? OpenOptions.readWrite() : OpenOptions.readOnly();
        try (VirtualDisk disk = new ChainOpener(host, options).open(main)) {
            long size = disk.size();
            ByteBuffer bytes = ByteBuffer.allocate(1 << 15);
            long at = 0;
            for (int i = 0; i < 20 && at < size; i++) {
                RangeStatus status = disk.status(at, Math.min(size - at, 1 << 30));
                assertTrue(status.length() > 0);
                disk.read(at, bytes.clear().limit((int) Math.min(bytes.capacity(), size - at)));
                at += status.length();
            }
            long last = Math.max(0, size - bytes.capacity());
            disk.read(last, bytes.clear().limit((int) (size - last)));
            if (!disk.readOnly()) {
                disk.write(size / 2, bytes.clear().limit((int) Math.min(3000, size - size / 2)));
                disk.writeZeroes(0, Math.min(size, 100_000));
                disk.discard(size / 3, Math.min(size - size / 3, 200_000));
                disk.flush();
            }
        }
    }

    // ---- mutation ----

    /** Places of bytes that are not zero, and of some that are, each about as often as it matters. */
    private static int[] placesWithContents(byte[] bytes) {
        List<Integer> places = new ArrayList<>();
        for (int at = 0; at < bytes.length; at++) {
            boolean run = at >= 8 && bytes[at] == bytes[at - 1] && bytes[at] == bytes[at - 8];
            if (bytes[at] != 0 && !run) {
                places.add(at);
                if (places.size() > 1 << 16) {
                    break;
                }
            }
        }
        return places.stream().mapToInt(Integer::intValue).toArray();
    }

    private static final long[] VALUES = {
        0,
        1,
        -1,
        2,
        3,
        255,
        511,
        512,
        513,
        4096,
        65535,
        65536,
        1 << 20,
        1 << 30,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        0xffff_ffffL,
        0x1_0000_0000L,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        Long.MAX_VALUE - 511,
        1L << 50,
        1L << 62
    };

    private void mutate(MemoryStorage storage, int[] places) throws IOException {
        for (int n = 1 + random.nextInt(4); n > 0; n--) {
            long at = places.length > 0 && random.nextInt(8) != 0
                    ? places[random.nextInt(random.nextBoolean() ? Math.min(300, places.length) : places.length)]
                    : random.nextInt((int) Math.max(1, Math.min(storage.size(), 1 << 20)));
            switch (random.nextInt(10)) {
                case 0 ->
                    storage.setSize(random.nextInt(4) == 0 ? at : Math.max(0, storage.size() - random.nextInt(5000)));
                case 1, 2, 3 -> put(storage, at & -(1 << random.nextInt(4)), number());
                case 4 -> {
                    ByteBuffer piece = ByteBuffer.allocate(1 + random.nextInt(64));
                    storage.read(at, piece);
                    long to = Math.max(0, at + random.nextInt(256) - 128);
                    put(storage, to, piece.flip());
                }
                default -> put(storage, at, ByteBuffer.wrap(new byte[] {(byte) random.nextInt(256)}));
            }
        }
    }

    private ByteBuffer number() {
        long value = VALUES[random.nextInt(VALUES.length)];
        int width = 1 << random.nextInt(4);
        boolean big = random.nextBoolean();
        ByteBuffer bytes = ByteBuffer.allocate(width);
        for (int i = 0; i < width; i++) {
            bytes.put(big ? width - 1 - i : i, (byte) (value >>> 8 * i));
        }
        return bytes;
    }

    private static void put(MemoryStorage storage, long at, ByteBuffer bytes) throws IOException {
        if (at + bytes.remaining() <= storage.size()) {
            storage.write(at, bytes);
        }
    }
}
