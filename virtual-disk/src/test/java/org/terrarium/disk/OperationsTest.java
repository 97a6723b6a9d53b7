package org.terrarium.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operations on whole images: check, resize, compact, rebase, commit, compare, measure, amend; QEMU judges. */
class OperationsTest {
    private static final int SIZE = 3 << 20;

    @TempDir
    Path folder;

    private final Random random = new Random(11);
    private Path base;
    private Path image;
    private Path scratch;
    private byte[] contents;

    @BeforeEach
    void makeChain() throws IOException {
        base = folder.resolve("base.qcow2");
        image = folder.resolve("image.qcow2");
        scratch = folder.resolve("scratch");
        contents = new byte[SIZE];
        random.nextBytes(contents);
        Arrays.fill(contents, 1 << 20, 3 << 19, (byte) 0);
        DiskFormats.create(base, CreateOptions.qcow2(SIZE));
        write(base, 0, contents);
        DiskFormats.create(image, CreateOptions.overlay("base.qcow2", DiskFormat.QCOW2));
    }

    private void write(Path file, int at, byte[] bytes) throws IOException {
        try (VirtualDisk disk = DiskFormats.open(file, OpenOptions.readWrite())) {
            disk.write(at, ByteBuffer.wrap(bytes));
        }
    }

    private byte[] change(int at, int length) throws IOException {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        write(image, at, bytes);
        System.arraycopy(bytes, 0, contents, at, length);
        return bytes;
    }

    private void zero(int at, int length) throws IOException {
        try (VirtualDisk disk = DiskFormats.open(image, OpenOptions.readWrite())) {
            disk.writeZeroes(at, length);
        }
        Arrays.fill(contents, at, at + length, (byte) 0);
    }

    private void assertShows(Path file, byte[] expected) throws IOException {
        assertArrayEquals(expected, Qemu.contents(file, scratch));
        try (VirtualDisk disk = DiskFormats.open(file, OpenOptions.readOnly())) {
            ByteBuffer all = ByteBuffer.allocate((int) disk.size());
            disk.read(0, all);
            assertArrayEquals(expected, all.array());
        }
    }

    /** Stops an operation at its {@code steps}th report. */
    private static Progress stopAfter(int steps) {
        int[] left = {steps};
        return (done, total) -> {
            assertTrue(done >= 0 && total >= done, done + " of " + total);
            return left[0]-- > 0;
        };
    }

    // ---- commit ----

    @Test
    void commitBringsTheBaseUpToDateAndEmptiesTheOverlay() throws IOException {
        change(100, 300_000);
        zero(2 << 20, 200_000);
        DiskCommit.commit(image, OpenOptions.readOnly(), null, false, Progress.NONE);
        assertShows(base, contents);
        assertShows(image, contents);
        Qemu.checkClean(base);
        Qemu.checkClean(image);
        assertTrue(Files.size(image) < 400_000, "overlay of " + Files.size(image) + " bytes");
    }

    @Test
    void stoppedCommitChangesNothingThatIsShown() throws IOException {
        for (int i = 0; i < 20; i++) {
            change(random.nextInt(SIZE - 70_000), 70_000);
        }
        for (int steps = 0; steps < 6; steps++) {
            int most = steps;
            assertThrows(
                    DiskCancelledException.class,
                    () -> DiskCommit.commit(image, OpenOptions.readOnly(), null, false, stopAfter(most)));
            assertShows(image, contents);
            Qemu.checkClean(base);
        }
        DiskCommit.commit(image, OpenOptions.readOnly(), null, true, Progress.NONE);
        assertShows(base, contents);
        assertTrue(Files.size(image) > 1 << 20, "kept");
    }

    @Test
    void commitGrowsAShorterBaseAndReachesFurtherDown() throws IOException {
        change(5, 1000);
        Path top = folder.resolve("top.qcow2");
        DiskFormats.create(
                top, CreateOptions.overlay("image.qcow2", DiskFormat.QCOW2).withSize(SIZE + (1 << 20)));
        byte[] more = new byte[70_000];
        Arrays.fill(more, (byte) 9);
        write(top, SIZE + 100_000, more);
        byte[] expected = Arrays.copyOf(contents, SIZE + (1 << 20));
        System.arraycopy(more, 0, expected, SIZE + 100_000, more.length);
        DiskCommit.commit(top, OpenOptions.readOnly(), base, false, Progress.NONE);
        assertShows(base, expected);
        assertShows(top, expected);
        Qemu.checkClean(base);
        DiskException e = assertThrows(
                DiskException.class, () -> DiskCommit.commit(base, OpenOptions.readOnly(), null, false, Progress.NONE));
        assertTrue(e.getMessage().contains("no backing file"), e.getMessage());
    }

    @Test
    void commitReachesARawBase() throws IOException {
        Path raw = Files.write(folder.resolve("base.raw"), contents);
        DiskFormats.create(scratch, CreateOptions.overlay("base.raw", DiskFormat.RAW));
        write(scratch, 70_000, new byte[100_000]);
        Arrays.fill(contents, 70_000, 170_000, (byte) 0);
        DiskCommit.commit(scratch, OpenOptions.readOnly(), null, false, Progress.NONE);
        assertArrayEquals(contents, Files.readAllBytes(raw));
    }

    // ---- rebase ----

    @Test
    void safeRebaseKeepsWhatIsShown() throws IOException {
        change(65536, 200_000);
        Path other = folder.resolve("other.raw");
        byte[] bytes = contents.clone();
        Arrays.fill(bytes, 300_000, 900_000, (byte) 7);
        Files.write(other, Arrays.copyOf(bytes, SIZE - (1 << 20)));
        assertThrows(
                DiskCancelledException.class,
                () -> DiskRebase.rebase(
                        image, OpenOptions.readOnly(), new BackingReference("other.raw", "raw"), false, stopAfter(9)));
        assertShows(image, contents);
        DiskRebase.rebase(
                image, OpenOptions.readOnly(), new BackingReference("other.raw", "raw"), false, Progress.NONE);
        assertEquals("other.raw", DiskFormats.info(image).backingFile());
        assertShows(image, contents);
        Qemu.checkClean(image);
        DiskRebase.rebase(image, OpenOptions.readOnly(), null, false, Progress.NONE);
        Files.delete(other);
        assertShows(image, contents);
        Qemu.checkClean(image);
    }

    @Test
    void unsafeRebaseWritesOnlyTheName() throws IOException {
        byte[] bytes = change(65536, 3 * 65536);
        BackingReference missing = new BackingReference("a folder/that is not there.raw", "raw");
        DiskRebase.rebase(image, OpenOptions.readOnly(), missing, true, Progress.NONE);
        DiskInfo info = DiskFormats.info(image);
        assertEquals(missing, new BackingReference(info.backingFile(), info.backingFormat()));
        String said = Qemu.ok("qemu-img", "info", image.toString());
        assertTrue(said.contains("that is not there.raw"), said);
        DiskRebase.rebase(image, OpenOptions.readOnly(), null, true, Progress.NONE);
        byte[] alone = new byte[SIZE];
        System.arraycopy(bytes, 0, alone, 65536, bytes.length);
        assertShows(image, alone);
        Qemu.checkClean(image);
    }

    // ---- resize ----

    @Test
    void growingShowsZeroesEvenOverALongerBackingFile() throws IOException {
        Path small = folder.resolve("small.qcow2");
        DiskFormats.create(
                small, CreateOptions.overlay("base.qcow2", DiskFormat.QCOW2).withSize(100_352));
        DiskResize.resize(small, OpenOptions.readOnly(), 1 << 20, false, Progress.NONE);
        assertShows(small, Arrays.copyOf(Arrays.copyOf(contents, 100_352), 1 << 20));
        Qemu.checkClean(small);
        DiskResize.resize(small, OpenOptions.readOnly(), 3L << 40, false, Progress.NONE);
        assertEquals(3L << 40, DiskFormats.info(small).size());
        Qemu.checkClean(small);
    }

    @Test
    void shrinkingHasToBeMeant() throws IOException {
        DiskException e = assertThrows(
                DiskException.class,
                () -> DiskResize.resize(base, OpenOptions.readOnly(), 1 << 20, false, Progress.NONE));
        assertTrue(e.getMessage().contains("would lose"), e.getMessage());
        assertShows(base, contents);
        long before = Files.size(base);
        DiskResize.resize(base, OpenOptions.readOnly(), 100_000, true, Progress.NONE);
        Qemu.checkClean(base);
        assertTrue(Files.size(base) < before / 4, Files.size(base) + " of " + before + " bytes left");
        DiskResize.resize(base, OpenOptions.readOnly(), 300_000, false, Progress.NONE);
        assertShows(base, Arrays.copyOf(Arrays.copyOf(contents, 100_352), 300_032));
        DiskSnapshots.create(base, OpenOptions.readOnly(), "s", Instant.EPOCH);
        e = assertThrows(
                DiskException.class, () -> DiskResize.resize(base, OpenOptions.readOnly(), 512, true, Progress.NONE));
        assertTrue(e.getMessage().contains("snapshots"), e.getMessage());
        assertShows(base, Arrays.copyOf(Arrays.copyOf(contents, 100_352), 300_032));
        DiskResize.resize(base, OpenOptions.readOnly(), 1 << 20, false, Progress.NONE);
        DiskSnapshots.apply(base, OpenOptions.readOnly(), "s");
        assertShows(base, Arrays.copyOf(Arrays.copyOf(contents, 100_352), 300_032));
        Qemu.checkClean(base);
    }

    // ---- compact ----

    @ParameterizedTest
    @CsvSource({"65536, false", "4096, true", "512, false"})
    void compactingGivesBackHolesAndZeroes(int cluster, boolean lazy) throws IOException {
        Path file = folder.resolve("holes.qcow2");
        CreateOptions options = CreateOptions.qcow2(32 << 20).withClusterSize(cluster);
        DiskFormats.create(file, lazy ? options.withLazyRefcounts() : options);
        byte[] all = new byte[32 << 20];
        byte[] some = new byte[12 << 20];
        random.nextBytes(some);
        try (VirtualDisk disk = DiskFormats.open(file, OpenOptions.readWrite())) {
            disk.write(1 << 20, ByteBuffer.wrap(some));
            disk.write(20 << 20, ByteBuffer.wrap(new byte[4 << 20]));
            disk.write(26 << 20, ByteBuffer.wrap(some, 0, 1 << 20));
            System.arraycopy(some, 0, all, 1 << 20, some.length);
            System.arraycopy(some, 0, all, 26 << 20, 1 << 20);
            disk.flush();
            disk.discard(2 << 20, 9 << 20);
            Arrays.fill(all, 2 << 20, 11 << 20, (byte) 0);
        }
        long before = Files.size(file);
        assertThrows(
                DiskCancelledException.class, () -> DiskCompact.compact(file, OpenOptions.readOnly(), stopAfter(12)));
        assertShows(file, all);
        Qemu.checkClean(file);
        long gained = DiskCompact.compact(file, OpenOptions.readOnly(), Progress.NONE);
        assertEquals(before - Files.size(file) >= gained, true);
        // 3 MiB and 1 MiB are left, and some tables.
        assertTrue(Files.size(file) < 6 << 20, Files.size(file) + " of " + before + " bytes left");
        assertShows(file, all);
        Qemu.checkClean(file);
    }

    // ---- compare and measure ----

    @Test
    void compareFindsTheFirstDifference() throws IOException {
        change(2_000_000, 1);
        contents[2_000_000] ^= 1;
        write(image, 2_000_000, new byte[] {contents[2_000_000]});
        try (VirtualDisk a = DiskFormats.open(base, OpenOptions.readOnly());
                VirtualDisk b = DiskFormats.open(image, OpenOptions.readOnly())) {
            boolean same = a.size() == b.size()
                    && DiskCompare.compare(a, b, Progress.NONE).same();
            assertEquals(
                    Qemu.run("qemu-img", "compare", base.toString(), image.toString())
                                    .status()
                            == 0,
                    same);
        }
        Path longer = folder.resolve("longer.raw");
        Files.write(longer, Arrays.copyOf(contents, SIZE + 4096));
        Path changed = folder.resolve("changed.raw");
        byte[] bytes = Arrays.copyOf(contents, SIZE + 4096);
        bytes[SIZE + 4095] = 1;
        Files.write(changed, bytes);
        try (VirtualDisk a = DiskFormats.open(image, OpenOptions.readOnly());
                VirtualDisk b = DiskFormats.open(longer, OpenOptions.readOnly());
                VirtualDisk c = DiskFormats.open(changed, OpenOptions.readOnly())) {
            assertEquals(new DiskCompare.Result(true, false, -1), DiskCompare.compare(a, b, Progress.NONE));
            assertEquals(new DiskCompare.Result(false, false, SIZE + 4095), DiskCompare.compare(a, c, Progress.NONE));
        }
    }

    @ParameterizedTest
    @CsvSource({"65536, 16, false", "4096, 64, false", "131072, 1, true"})
    void measureSaysWhatQemuSays(int cluster, int refcountBits, boolean extended) throws IOException {
        Qcow2Options options = Qcow2Options.DEFAULT.withRefcountBits(refcountBits);
        CreateOptions target = CreateOptions.qcow2(0)
                .withClusterSize(cluster)
                .withQcow2(extended ? options.withExtendedL2() : options);
        String theirs = Qemu.ok(
                "qemu-img",
                "measure",
                "-O",
                "qcow2",
                "-o",
                "cluster_size=" + cluster + ",refcount_bits=" + refcountBits + (extended ? ",extended_l2=on" : ""),
                base.toString());
        try (VirtualDisk disk = DiskFormats.open(base, OpenOptions.readOnly())) {
            DiskMeasure.Result ours = DiskMeasure.measure(disk, target, Progress.NONE);
            assertEquals(number(theirs, "fully allocated size: (\\d+)"), ours.fullyAllocated());
            assertEquals(number(theirs, "required size: (\\d+)"), ours.required());
        }
    }

    private static long number(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertTrue(matcher.find(), text);
        return Long.parseLong(matcher.group(1));
    }

    // ---- check and repair ----

    @Test
    void checkFindsAndRepairsLeaksAndWrongCounts() throws IOException {
        CheckReport fine = DiskCheck.check(base, OpenOptions.readOnly(), Repair.NONE, Progress.NONE);
        assertTrue(fine.clean());
        assertEquals(0, fine.corruptions() + fine.leaks());
        assertEquals(SIZE / 65536, fine.total());
        long block = refcountBlock(base);
        // The count of a cluster behind the end of the file, and one of a cluster in use.
        try (RandomAccessFile file = new RandomAccessFile(base.toFile(), "rw")) {
            file.setLength(file.length() + 65536);
            file.seek(block + 2 * (file.length() / 65536 - 1));
            file.writeShort(1);
        }
        CheckReport leak = DiskCheck.check(base, OpenOptions.readOnly(), Repair.NONE, Progress.NONE);
        assertEquals(1, leak.leaks());
        assertEquals(3, Qemu.run("qemu-img", "check", base.toString()).status());
        CheckReport given = DiskCheck.check(base, OpenOptions.readOnly(), Repair.LEAKS, Progress.NONE);
        assertEquals(1, given.leaksFixed());
        Qemu.checkClean(base);
        try (RandomAccessFile file = new RandomAccessFile(base.toFile(), "rw")) {
            file.seek(block + 2 * 8);
            file.writeShort(0);
            file.seek(block + 2 * 9);
            file.writeShort(3);
        }
        assertEquals(2, Qemu.run("qemu-img", "check", base.toString()).status());
        CheckReport wrong = DiskCheck.check(base, OpenOptions.readOnly(), Repair.NONE, Progress.NONE);
        assertTrue(wrong.corruptions() > 0);
        assertFalse(wrong.clean());
        CheckReport repaired = DiskCheck.check(base, OpenOptions.readOnly(), Repair.ALL, Progress.NONE);
        assertTrue(repaired.clean(), repaired.toString());
        Qemu.checkClean(base);
        assertShows(base, contents);
    }

    private static long refcountBlock(Path file) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
            bytes.seek(48);
            bytes.seek(bytes.readLong());
            return bytes.readLong();
        }
    }

    @Test
    void imageMarkedAsDamagedIsRepairedAndEntriesThatLeadNowhereAreDropped() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(base.toFile(), "rw")) {
            file.seek(40);
            long l1 = file.readLong();
            file.seek(l1);
            long l2 = file.readLong() & 0x00fffffffffffe00L;
            file.seek(l2 + 3 * 8);
            file.writeLong(1L << 63 | 0x123400L);
            file.seek(72);
            file.writeLong(2);
        }
        assertThrows(DiskException.class, () -> DiskFormats.open(base, OpenOptions.readWrite()));
        assertTrue(DiskCheck.check(base, OpenOptions.readOnly(), Repair.NONE, Progress.NONE)
                        .corruptions()
                > 0);
        assertTrue(DiskCheck.check(base, OpenOptions.readOnly(), Repair.ALL, Progress.NONE)
                .clean());
        Qemu.checkClean(base);
        Arrays.fill(contents, 3 * 65536, 4 * 65536, (byte) 0);
        assertShows(base, contents);
    }

    // ---- amend ----

    @Test
    void oldImageBecomesANewOne() throws IOException {
        Path old = folder.resolve("old.qcow2");
        Qemu.ok(
                "qemu-img",
                "create",
                "-q",
                "-f",
                "qcow2",
                "-o",
                "compat=0.10",
                "-b",
                "base.qcow2",
                "-F",
                "qcow2",
                old.toString());
        DiskAmend.amend(old, OpenOptions.readOnly(), 3, true);
        assertEquals(3, DiskFormats.info(old).version());
        Qemu.checkClean(old);
        assertShows(old, contents);
        String said = Qemu.ok("qemu-img", "info", old.toString());
        assertTrue(said.contains("lazy refcounts: true") && said.contains("compat: 1.1"), said);
        assertThrows(DiskException.class, () -> DiskAmend.amend(old, OpenOptions.readOnly(), 2, null));
        DiskAmend.amend(old, OpenOptions.readOnly(), null, false);
        assertTrue(Qemu.ok("qemu-img", "info", old.toString()).contains("lazy refcounts: false"));
    }

    // ---- long chains ----

    /** Opens, lists and commits a long chain in a process that has little memory. */
    static final class LongChain {
        private LongChain() {}

        public static void main(String[] args) throws IOException {
            Path top = Path.of(args[0]);
            try (VirtualDisk disk = DiskFormats.open(top, OpenOptions.readOnly())) {
                ByteBuffer all = ByteBuffer.allocate((int) disk.size());
                disk.read(0, all);
                for (int i = 0; i < all.capacity(); i += 4096) {
                    if (all.getInt(i) != i) {
                        throw new AssertionError("wrong at " + i + ": " + all.getInt(i));
                    }
                }
                System.out.println(disk.status(0, disk.size()));
            }
            DiskCommit.commit(top, OpenOptions.readOnly(), Path.of(args[1]), false, Progress.NONE);
        }
    }

    @Test
    void fiveHundredOverlaysNeedLittleMemory() throws Exception {
        int overlays = 500;
        Path bottom = folder.resolve("0.qcow2");
        DiskFormats.create(bottom, CreateOptions.qcow2(overlays * 4096L).withClusterSize(4096));
        for (int i = 0; i < overlays; i++) {
            Path one = folder.resolve((i + 1) + ".qcow2");
            // The size is stated, so that the whole chain below need not be opened each time.
            DiskFormats.create(
                    one,
                    CreateOptions.overlay(i + ".qcow2", DiskFormat.QCOW2)
                            .withSize(overlays * 4096L)
                            .withClusterSize(4096));
            try (MappedDisk disk = new ChainOpener(FileHost.LOCAL, OpenOptions.readWrite()).openMapped(one, 1)) {
                ByteBuffer block = ByteBuffer.allocate(4096);
                disk.write(i * 4096L, block.putInt(0, i * 4096));
            }
        }
        Path top = folder.resolve(overlays + ".qcow2");
        String classPath = System.getProperty("java.class.path");
        String said = Qemu.ok(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath,
                LongChain.class.getName(),
                top.toString(),
                bottom.toString());
        assertTrue(said.contains("depth=500") || said.contains("depth=499"), said);
        byte[] expected = new byte[overlays * 4096];
        for (int i = 0; i < overlays; i++) {
            ByteBuffer.wrap(expected).putInt(i * 4096, i * 4096);
        }
        assertArrayEquals(expected, Qemu.contents(bottom, scratch));
        Qemu.checkClean(bottom);
    }

    // ---- bitmaps ----

    @Test
    void bitmapsRecordWhatWeWrite() throws Exception {
        Path file = folder.resolve("bitmap.qcow2");
        Qemu.ok("qemu-img", "create", "-q", "-f", "qcow2", file.toString(), "16M");
        Qemu.ok("qemu-img", "bitmap", "--add", "-g", "65536", file.toString(), "tracks");
        Qemu.ok("qemu-img", "bitmap", "--add", "-g", "65536", file.toString(), "still");
        Qemu.ok("qemu-img", "bitmap", "--disable", file.toString(), "still");
        Qemu.io(file, List.of("write 0 64k"));
        write(file, 5 << 20, new byte[100_000]);
        DiskSnapshots.create(file, OpenOptions.readOnly(), "s", Instant.EPOCH);
        write(file, 9 << 20, new byte[10]);
        Qemu.checkClean(file);
        String info = Qemu.ok("qemu-img", "info", file.toString());
        assertTrue(info.contains("tracks") && info.contains("still") && !info.contains("in-use"), info);
        assertEquals(List.of(0L, 5L << 20, (5L << 20) + 65536, 9L << 20), dirty(file, "tracks"));
        assertEquals(List.of(), dirty(file, "still"));
        // A crash leaves it in use, which nobody takes for the truth.
        DiskException e = assertThrows(
                DiskException.class,
                () -> DiskResize.resize(file, OpenOptions.readOnly(), 32 << 20, false, Progress.NONE));
        assertTrue(e.getMessage().contains("bitmaps"), e.getMessage());
    }

    /** The 64 KiB pieces that a bitmap names, as QEMU exports it. */
    private List<Long> dirty(Path file, String bitmap) throws Exception {
        Path socket = folder.resolve("nbd.sock");
        Process server = new ProcessBuilder(
                        "qemu-nbd", "-r", "-f", "qcow2", "-B", bitmap, "-k", socket.toString(), file.toString())
                .inheritIO()
                .start();
        while (!Files.exists(socket) && server.isAlive()) {
            Thread.sleep(5);
        }
        String map = Qemu.ok(
                "qemu-img",
                "map",
                "--output=json",
                "--image-opts",
                "driver=nbd,server.type=unix,server.path=" + socket + ",x-dirty-bitmap=qemu:dirty-bitmap:" + bitmap);
        assertEquals(0, server.waitFor());
        Files.deleteIfExists(socket);
        List<Long> pieces = new ArrayList<>();
        Matcher row = Pattern.compile("\"start\": (\\d+), \"length\": (\\d+).*?\"data\": (true|false)")
                .matcher(map);
        while (row.find()) {
            long start = Long.parseLong(row.group(1));
            for (long at = start;
                    row.group(3).equals("false") && at < start + Long.parseLong(row.group(2));
                    at += 65536) {
                pieces.add(at);
            }
        }
        return pieces;
    }
}
