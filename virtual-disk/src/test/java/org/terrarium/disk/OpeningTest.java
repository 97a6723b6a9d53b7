package org.terrarium.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What is opened as what, what is refused and in which words, and who may open what at the same time. */
class OpeningTest {
    @TempDir
    Path folder;

    // ---- raw ----

    @Test
    void rawOfOddSizeHasWholeSectorsAndGrowsOnlyWhenWritten() throws IOException {
        Path image = Files.write(folder.resolve("odd.raw"), new byte[1300]);
        try (VirtualDisk disk = DiskFormats.open(image, OpenOptions.readWrite())) {
            assertEquals(1536, disk.size());
            disk.write(0, ByteBuffer.wrap(new byte[] {9}));
            assertEquals(1300, Files.size(image));
            assertArrayEquals(new byte[512], read(disk, 1024, 512));
            disk.write(1530, ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5, 6}));
            assertThrows(IllegalArgumentException.class, () -> disk.write(1531, ByteBuffer.allocate(6)));
            assertThrows(IllegalArgumentException.class, () -> disk.read(-1, ByteBuffer.allocate(1)));
        }
        assertEquals(1536, Files.size(image));
        assertEquals(6, Files.readAllBytes(image)[1535]);
    }

    @Test
    void rawHolesStayHoles() throws IOException {
        Path image = folder.resolve("holes.raw");
        DiskFormats.create(image, CreateOptions.raw(1L << 30));
        try (VirtualDisk disk = DiskFormats.open(image, OpenOptions.readWrite())) {
            disk.write(500 << 20, ByteBuffer.wrap(new byte[4096]));
        }
        assertEquals(1L << 30, Files.size(image));
        String blocks = Qemu.ok("stat", "-c", "%b", image.toString()).trim();
        assertTrue(Long.parseLong(blocks) < 64, "blocks: " + blocks);
    }

    @Test
    void rawZeroedAndDiscardedRanges() throws IOException {
        byte[] bytes = new byte[1 << 20];
        Arrays.fill(bytes, (byte) 5);
        Path image = Files.write(folder.resolve("zero.raw"), bytes);
        try (VirtualDisk disk = DiskFormats.open(image, OpenOptions.readWrite())) {
            disk.writeZeroes(1001, 300_000);
            disk.discard(600_000, 100_000);
        }
        byte[] after = Files.readAllBytes(image);
        Arrays.fill(bytes, 1001, 301_001, (byte) 0);
        assertArrayEquals(Arrays.copyOf(bytes, 600_000), Arrays.copyOf(after, 600_000));
        assertEquals(1 << 20, after.length);
        assertEquals(5, after[700_001]);
    }

    @Test
    void zeroedAndDiscardedRangesGiveTheirSpaceBack() throws IOException {
        byte[] bytes = new byte[8 << 20];
        Arrays.fill(bytes, (byte) 5);
        Path raw = Files.write(folder.resolve("space.raw"), bytes);
        Path image = folder.resolve("space.qcow2");
        DiskFormats.create(image, CreateOptions.qcow2(8 << 20));
        for (Path file : List.of(raw, image)) {
            try (VirtualDisk disk = DiskFormats.open(file, OpenOptions.readWrite())) {
                disk.write(0, ByteBuffer.wrap(bytes));
                disk.flush();
                long full = blocks(file);
                disk.discard(0, 4 << 20);
                disk.writeZeroes(4 << 20, 2 << 20);
                disk.flush();
                assertTrue(blocks(file) < full / 2, file + ": " + blocks(file) + " of " + full + " blocks left");
                assertArrayEquals(new byte[6 << 20], read(disk, 0, 6 << 20));
                assertArrayEquals(Arrays.copyOf(bytes, 2 << 20), read(disk, 6 << 20, 2 << 20));
                // The descriptor behind that has not cost us the lock.
                assertTrue(
                        Qemu.run("qemu-io", "-f", file == raw ? "raw" : "qcow2", "-c", "write 0 512", file.toString())
                                        .status()
                                != 0);
            }
        }
        assertEquals(8 << 20, Files.size(raw));
        Qemu.checkClean(image);
    }

    private static long blocks(Path file) throws IOException {
        return Long.parseLong(Qemu.ok("stat", "-c", "%b", file.toString()).trim());
    }

    @Test
    void guestCannotTurnAProbedRawImageIntoAnotherFormat() throws IOException {
        Path image = Files.write(folder.resolve("raw.img"), new byte[1 << 20]);
        byte[] header = {'Q', 'F', 'I', (byte) 0xfb, 0, 0, 0, 3};
        try (VirtualDisk disk = DiskFormats.open(image, OpenOptions.readWrite())) {
            assertRefused("another image format's signature", () -> disk.write(0, ByteBuffer.wrap(header)));
            disk.write(0, ByteBuffer.wrap(header, 0, 3));
            assertRefused("another image format's signature", () -> disk.write(3, ByteBuffer.wrap(header, 3, 5)));
            disk.write(512, ByteBuffer.wrap(header));
        }
        assertEquals(DiskFormat.RAW, DiskFormats.probe(image));
        OpenOptions stated = OpenOptions.readWrite().withFormat(DiskFormat.RAW);
        try (VirtualDisk disk = DiskFormats.open(image, stated)) {
            disk.write(0, ByteBuffer.wrap(header));
        }
        assertEquals(DiskFormat.QCOW2, DiskFormats.probe(image));
        try (VirtualDisk disk = DiskFormats.open(image, stated)) {
            assertArrayEquals(header, read(disk, 0, 8));
            assertEquals(1 << 20, disk.size());
        }
    }

    // ---- CD images ----

    private Path iso(String name, int statedBlocks, int bytes) throws IOException {
        ByteBuffer iso = ByteBuffer.allocate(Math.max(bytes, 17 * 2048)).order(ByteOrder.LITTLE_ENDIAN);
        iso.put(16 * 2048, (byte) 1).put(16 * 2048 + 1, "CD001".getBytes(StandardCharsets.US_ASCII));
        iso.putInt(16 * 2048 + 80, statedBlocks).putShort(16 * 2048 + 128, (short) 2048);
        return Files.write(folder.resolve(name), Arrays.copyOf(iso.array(), bytes));
    }

    @Test
    void cdImageIsReadInPlaceAndNeverWritten() throws IOException {
        Path whole = iso("whole.iso", 20, 20 * 2048);
        assertEquals(DiskFormat.ISO, DiskFormats.probe(whole));
        try (VirtualDisk cd = DiskFormats.openCd(whole)) {
            assertEquals(20 * 2048, cd.size());
            assertTrue(cd.readOnly());
            assertEquals('C', read(cd, 16 * 2048 + 1, 1)[0]);
            assertRefused("read-only", () -> cd.write(0, ByteBuffer.allocate(1)));
        }
        // A hybrid image on a stick is a disk like any other.
        try (VirtualDisk disk = DiskFormats.open(whole, OpenOptions.readWrite())) {
            assertFalse(disk.readOnly());
        }
    }

    @Test
    void wrongAndTruncatedCdImagesAreRefused() throws IOException {
        Path cut = iso("cut.iso", 400, 30 * 2048);
        assertRefused("is truncated: it should have 819200 bytes and has 61440", () -> DiskFormats.openCd(cut));
        Path head = iso("head.iso", 400, 16 * 2048 + 3);
        assertRefused("no ISO 9660", () -> DiskFormats.openCd(head));
        Path text = Files.writeString(folder.resolve("text.iso"), "hello");
        assertRefused("is not a CD image", () -> DiskFormats.openCd(text));
        Path packed = Files.write(folder.resolve("cd.iso.gz"), new byte[] {0x1f, (byte) 0x8b, 8, 0});
        assertRefused("damaged or truncated", () -> DiskFormats.openCd(packed));
        assertRefused("does not exist", () -> DiskFormats.openCd(folder.resolve("none.iso")));
        assertRefused("is a folder", () -> DiskFormats.openCd(folder));
        assertRefused("text.iso is a file, not a folder", () -> DiskFormats.openCd(text.resolve("cd.iso")));
    }

    // ---- refusals ----

    @Test
    void otherFormatsAreRefusedByName() throws IOException {
        for (String format : List.of("qed", "parallels")) {
            Path image = folder.resolve("image." + format);
            Qemu.ok("qemu-img", "create", "-q", "-f", format, image.toString(), "1M");
            assertRefused("convert it first", () -> DiskFormats.open(image, OpenOptions.readOnly()));
        }
        Path empty = Files.write(folder.resolve("empty.img"), new byte[0]);
        assertRefused("is empty", () -> DiskFormats.open(empty, OpenOptions.readWrite()));
        assertRefused("is not a regular file", () -> DiskFormats.open(Path.of("/dev/null"), OpenOptions.readOnly()));
    }

    @Test
    void featuresThatAreMissingAreNamed() throws IOException {
        Path image = folder.resolve("unknown.qcow2");
        Qemu.ok("qemu-img", "create", "-q", "-f", "qcow2", image.toString(), "1M");
        byte[] bytes = Files.readAllBytes(image);
        bytes[73] = 0x40; // incompatible feature bit 54
        Files.write(image, bytes);
        assertRefused("feature bit 54", () -> DiskFormats.open(image, OpenOptions.readOnly()));
        bytes[73] = 0;
        bytes[79] = 2; // corrupt
        Files.write(image, bytes);
        assertRefused("marked as damaged", () -> DiskFormats.open(image, OpenOptions.readWrite()));
        try (VirtualDisk disk = DiskFormats.open(image, OpenOptions.readOnly())) {
            assertEquals(1 << 20, disk.size());
        }
    }

    @Test
    void truncatedImageIsRefusedAtOpeningOrReading() throws IOException {
        Path image = folder.resolve("image.qcow2");
        Qemu.ok("qemu-img", "create", "-q", "-f", "qcow2", "-o", "cluster_size=4096", image.toString(), "4M");
        Qemu.io(image, List.of("write -P 1 0 4M"));
        byte[] bytes = Files.readAllBytes(image);
        Path cut = folder.resolve("cut.qcow2");
        for (int length : new int[] {60, 100, 5000, 9000, 13_000, 20_000, bytes.length / 2, bytes.length - 5000}) {
            Files.write(cut, Arrays.copyOf(bytes, length));
            assertRefused("truncated", () -> {
                try (VirtualDisk disk = DiskFormats.open(cut, OpenOptions.readOnly())) {
                    read(disk, 0, 4 << 20);
                }
            });
        }
    }

    @Test
    void backingFileTroubleNamesBothFiles() throws IOException {
        Path raw = Files.write(folder.resolve("base.raw"), new byte[1 << 20]);
        Path image = folder.resolve("image.qcow2");
        DiskFormats.create(image, CreateOptions.overlay("base.raw", DiskFormat.RAW));
        Path inside = folder.resolve("inside");
        assertRefused(
                "not allowed to open",
                () -> DiskFormats.open(image, OpenOptions.readWrite().withGate(file -> file.startsWith(inside))));
        Files.delete(raw);
        DiskException gone = assertRefused("base.raw", () -> DiskFormats.open(image, OpenOptions.readWrite()));
        assertTrue(gone.getMessage().startsWith(image.toString()), gone.getMessage());
        assertTrue(gone.getMessage().contains("does not exist"), gone.getMessage());
        Qemu.ok("qemu-img", "rebase", "-u", "-F", "qcow2", "-b", "image.qcow2", image.toString());
        assertRefused("is its own backing file", () -> DiskFormats.open(image, OpenOptions.readWrite()));
        Qemu.ok("qemu-img", "rebase", "-u", "-F", "raw", "-b", "nbd:localhost:10809", image.toString());
        assertRefused("only local files", () -> DiskFormats.open(image, OpenOptions.readWrite()));
        Qemu.ok("qemu-img", "rebase", "-u", "-F", "qed", "-b", "base.qed", image.toString());
        assertRefused("format qed", () -> DiskFormats.open(image, OpenOptions.readWrite()));
    }

    @Test
    void nothingIsOverwrittenByCreating() throws IOException {
        Path image = Files.writeString(folder.resolve("precious"), "text");
        assertRefused("exists already", () -> DiskFormats.create(image, CreateOptions.qcow2(1 << 20)));
        assertEquals("text", Files.readString(image));
        assertRefused(
                "use larger clusters",
                () -> DiskFormats.create(
                        folder.resolve("huge"), CreateOptions.qcow2(1L << 50).withClusterSize(512)));
        assertFalse(Files.exists(folder.resolve("huge")));
        assertRefused(
                "does not exist",
                () -> DiskFormats.create(
                        folder.resolve("orphan"), CreateOptions.overlay("nothing.raw", DiskFormat.RAW)));
        assertFalse(Files.exists(folder.resolve("orphan")));
        assertThrows(
                IllegalArgumentException.class, () -> CreateOptions.qcow2(1).withClusterSize(1000));
    }

    // ---- throw-away overlays ----

    @Test
    void throwAwayOverlayLeavesItsBaseAlone() throws IOException {
        byte[] contents = new byte[3 << 20];
        new Random(1).nextBytes(contents);
        Path raw = Files.write(folder.resolve("base.raw"), contents);
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        VirtualDisk base = DiskFormats.open(raw, OpenOptions.readOnly());
        try (VirtualDisk disk = DiskFormats.throwAway(base, temporary)) {
            assertEquals(base.size(), disk.size());
            disk.write(70_000, ByteBuffer.wrap(new byte[100_000]));
            disk.flush();
            byte[] expected = contents.clone();
            Arrays.fill(expected, 70_000, 170_000, (byte) 0);
            assertArrayEquals(expected, read(disk, 0, expected.length));
        }
        assertArrayEquals(contents, Files.readAllBytes(raw));
        try (var left = Files.list(temporary)) {
            assertEquals(0, left.count());
        }
        assertRefused("has been closed", () -> base.read(0, ByteBuffer.allocate(1)));
    }

    // ---- sharing ----

    /** What has just been written is in the host's memory, unless its file system cannot tell (tmpfs). */
    @Test
    void readingNowShowsWhatReadingShows() throws IOException {
        Path base = folder.resolve("base.qcow2");
        Path image = folder.resolve("now.qcow2");
        DiskFormats.create(base, CreateOptions.qcow2(1 << 20));
        ByteBuffer old = ByteBuffer.wrap(new byte[300_000]);
        Arrays.fill(old.array(), (byte) 7);
        try (VirtualDisk disk = DiskFormats.open(base, OpenOptions.readWrite())) {
            disk.write(65536, old);
        }
        DiskFormats.create(image, CreateOptions.overlay("base.qcow2", DiskFormat.QCOW2));
        try (VirtualDisk disk = DiskFormats.open(image, OpenOptions.readWrite())) {
            disk.write(70_000, ByteBuffer.wrap("fresh".getBytes(StandardCharsets.US_ASCII)));
            disk.writeZeroes(3 * 65536, 65536);
            for (int length : new int[] {512, 4096, 400_000}) {
                for (long at = 0; at + length <= disk.size(); at += 60_000) {
                    ByteBuffer usual = ByteBuffer.allocate(length);
                    disk.read(at, usual);
                    ByteBuffer now = ByteBuffer.allocate(length);
                    if (disk.readNow(at, now)) {
                        assertFalse(now.hasRemaining(), "only whole reads count");
                        assertEquals(usual.flip(), now.flip(), length + " bytes at " + at);
                    }
                }
            }
            assertTrue(disk.readNow(900_000, ByteBuffer.allocate(512)), "zeroes need no file");
            assertThrows(IllegalArgumentException.class, () -> disk.readNow((1 << 20) - 5, ByteBuffer.allocate(6)));
        }
    }

    @Test
    void oneWriterOrManyReaders() throws IOException {
        Path image = folder.resolve("image.qcow2");
        DiskFormats.create(image, CreateOptions.qcow2(1 << 20));
        List<VirtualDisk> readers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            readers.add(DiskFormats.open(image, OpenOptions.readOnly()));
        }
        assertRefused("in use", () -> DiskFormats.open(image, OpenOptions.readWrite()));
        Path link = Files.createSymbolicLink(folder.resolve("link.qcow2"), image);
        assertRefused("in use", () -> DiskFormats.open(link, OpenOptions.readWrite()));
        Qemu.ok("qemu-img", "info", image.toString());
        assertTrue(Qemu.run("qemu-io", "-c", "write 0 512", image.toString()).status() != 0);
        readers.remove(0).close();
        // Closing one of several must not give up what the others hold.
        assertTrue(Qemu.run("qemu-io", "-c", "write 0 512", image.toString()).status() != 0);
        for (VirtualDisk reader : readers) {
            reader.close();
        }
        Qemu.ok("qemu-io", "-c", "write 0 512", image.toString());
        try (VirtualDisk writer = DiskFormats.open(image, OpenOptions.readWrite())) {
            assertRefused("in use", () -> DiskFormats.open(image, OpenOptions.readWrite()));
            assertRefused("being written", () -> DiskFormats.open(image, OpenOptions.readOnly()));
            assertEquals(1 << 20, DiskFormats.info(image).size());
            assertEquals(DiskFormat.QCOW2, DiskFormats.probe(image));
            // Looking at the file has not dropped the lock that other programs see.
            assertTrue(
                    Qemu.run("qemu-io", "-c", "write 0 512", image.toString()).status() != 0);
            assertTrue(Qemu.run("qemu-img", "info", image.toString()).status() != 0);
            assertFalse(writer.readOnly());
        }
        Qemu.ok("qemu-img", "info", image.toString());
        DiskFormats.open(image, OpenOptions.readWrite()).close();
    }

    private static byte[] read(VirtualDisk disk, long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        disk.read(at, bytes);
        return bytes.array();
    }

    /** It fails in one line that has these words. */
    private static DiskException assertRefused(String words, Executable action) {
        DiskException e = assertThrows(DiskException.class, action);
        assertTrue(e.getMessage().contains(words), e.getMessage());
        assertFalse(e.getMessage().contains("\n"), e.getMessage());
        return e;
    }
}
