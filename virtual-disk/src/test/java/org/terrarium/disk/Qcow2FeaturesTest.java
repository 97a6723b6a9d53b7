package org.terrarium.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Single features of qcow2, each against QEMU. */
class Qcow2FeaturesTest {
    @TempDir
    Path folder;

    private Path image;
    private Path scratch;

    @BeforeEach
    void names() {
        image = folder.resolve("image.qcow2");
        scratch = folder.resolve("scratch");
    }

    @ParameterizedTest
    @CsvSource({"512, 1000000", "65536, 10737418240", "2097152, 1099511627776", "65536, 1", "4096, 68719476736"})
    void createdImagesAreWhatQemuExpects(int cluster, long size) throws IOException {
        DiskFormats.create(image, CreateOptions.qcow2(size).withClusterSize(cluster));
        Qemu.checkClean(image);
        String info = Qemu.ok("qemu-img", "info", "--output=json", image.toString());
        assertTrue(info.contains("\"virtual-size\": " + (size + 511 & -512)), info);
        assertTrue(info.contains("\"cluster-size\": " + cluster), info);
        try (VirtualDisk disk = DiskFormats.open(image, OpenOptions.readWrite())) {
            disk.write(disk.size() - 3, ByteBuffer.wrap(new byte[] {1, 2, 3}));
        }
        Qemu.checkClean(image);
        Qemu.io(image, List.of("read -P 1 -s 509 -l 1 " + ((size + 511 & -512) - 512) + " 512"));
    }

    @Test
    void sparseHundredGigabytesStaySmall() throws IOException {
        DiskFormats.create(image, CreateOptions.qcow2(100L << 30));
        Path theirs = folder.resolve("theirs.qcow2");
        Qemu.ok("qemu-img", "create", "-q", "-f", "qcow2", theirs.toString(), "100G");
        assertTrue(Files.size(image) <= Files.size(theirs), Files.size(image) + " > " + Files.size(theirs));
        Qemu.checkClean(image);
    }

    @Test
    void snapshotInsideTheImageKeepsItsData() throws IOException {
        Qemu.ok("qemu-img", "create", "-q", "-f", "qcow2", "-o", "cluster_size=4096", image.toString(), "8M");
        Qemu.io(image, List.of("write -P 17 0 5M"));
        Qemu.ok("qemu-img", "snapshot", "-c", "before", image.toString());
        byte[] before = Qemu.contents(image, scratch);
        byte[] now = before.clone();
        try (VirtualDisk disk = DiskFormats.open(image, OpenOptions.readWrite())) {
            Random random = new Random(5);
            for (int i = 0; i < 200; i++) {
                int at = random.nextInt(now.length - 3000);
                byte[] bytes = new byte[1 + random.nextInt(3000)];
                random.nextBytes(bytes);
                disk.write(at, ByteBuffer.wrap(bytes));
                System.arraycopy(bytes, 0, now, at, bytes.length);
            }
            disk.writeZeroes(1 << 20, 1 << 20);
            Arrays.fill(now, 1 << 20, 2 << 20, (byte) 0);
        }
        Qemu.checkClean(image);
        assertArrayEquals(now, Qemu.contents(image, scratch));
        Qemu.ok("qemu-img", "snapshot", "-a", "before", image.toString());
        assertArrayEquals(before, Qemu.contents(image, scratch));
        Qemu.ok("qemu-img", "snapshot", "-d", "before", image.toString());
        Qemu.checkClean(image);
    }

    @ParameterizedTest
    @CsvSource({"4096", "65536", "2097152"})
    void compressedClustersAreReadAndReplaced(int cluster) throws IOException {
        byte[] contents = compressible(6 << 20);
        Path raw = Files.write(folder.resolve("raw"), contents);
        Qemu.ok(
                "qemu-img",
                "convert",
                "-c",
                "-o",
                "cluster_size=" + cluster,
                "-O",
                "qcow2",
                "-f",
                "raw",
                raw.toString(),
                image.toString());
        try (VirtualDisk disk = DiskFormats.open(image, OpenOptions.readWrite())) {
            assertArrayEquals(contents, readAll(disk));
            for (int at = 100; at < contents.length - 9000; at += 301_111) {
                byte[] bytes = new byte[9000];
                Arrays.fill(bytes, (byte) at);
                disk.write(at, ByteBuffer.wrap(bytes));
                System.arraycopy(bytes, 0, contents, at, bytes.length);
            }
            disk.discard(2 << 20, 2 << 20);
            Arrays.fill(contents, 2 << 20, 4 << 20, (byte) 0);
            assertArrayEquals(contents, readAll(disk));
        }
        Qemu.checkClean(image);
        assertArrayEquals(contents, Qemu.contents(image, scratch));
    }

    private static byte[] compressible(int length) {
        byte[] bytes = new byte[length];
        Random random = new Random(9);
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (random.nextInt(4) == 0 ? random.nextInt() : i >> 9);
        }
        return bytes;
    }

    @Test
    void preallocatedMetadataReadsAsZeroes() throws IOException {
        Qemu.ok("qemu-img", "create", "-q", "-f", "qcow2", "-o", "preallocation=metadata", image.toString(), "5M");
        try (VirtualDisk disk = DiskFormats.open(image, OpenOptions.readWrite())) {
            assertArrayEquals(new byte[5 << 20], readAll(disk));
            disk.write(5000, ByteBuffer.wrap(new byte[] {5}));
        }
        Qemu.checkClean(image);
    }

    @Test
    void refcountTableGrowsWithTheFile() throws IOException {
        // One refcount block of 64-bit counts covers 32 KiB here, one table cluster 2 MiB.
        Qemu.ok(
                "qemu-img",
                "create",
                "-q",
                "-f",
                "qcow2",
                "-o",
                "cluster_size=512,refcount_bits=64",
                image.toString(),
                "40M");
        byte[] contents = new byte[20 << 20];
        new Random(3).nextBytes(contents);
        try (VirtualDisk disk = DiskFormats.open(image, OpenOptions.readWrite())) {
            disk.write(7 << 20, ByteBuffer.wrap(contents));
            disk.flush();
        }
        Qemu.checkClean(image);
        byte[] all = Qemu.contents(image, scratch);
        assertArrayEquals(contents, Arrays.copyOfRange(all, 7 << 20, 27 << 20));
    }

    @ParameterizedTest
    @EnumSource(names = {"RAW", "VMDK", "VDI", "VHD", "VHDX"})
    void backingFileOfAnyFormatIsOneForQemuToo(DiskFormat format) throws IOException {
        byte[] expected = new byte[2 << 20];
        String base = "base." + format.label();
        DiskFormats.create(folder.resolve(base), CreateOptions.of(format, expected.length));
        writeLetters(folder.resolve(base), 1024, expected);
        byte[] below = expected.clone();
        DiskFormats.create(image, CreateOptions.overlay(base, format));
        writeLetters(image, 300_032, expected);
        assertArrayEquals(expected, Qemu.contents(image, scratch), "our overlay, seen by QEMU");
        String driver = DiskFormats.info(image).backingFormat();
        Path theirs = folder.resolve("theirs.qcow2");
        Qemu.ok(
                "qemu-img",
                "create",
                "-q",
                "-f",
                "qcow2",
                "-b",
                base,
                "-F",
                driver,
                theirs.toString(),
                "" + expected.length);
        Qemu.io(theirs, List.of("write -P 9 700416 512"));
        Arrays.fill(below, 700_416, 700_928, (byte) 9);
        try (VirtualDisk disk = DiskFormats.open(theirs, OpenOptions.readOnly())) {
            assertArrayEquals(below, readAll(disk), "QEMU's overlay, seen by us");
        }
    }

    private static void writeLetters(Path file, int at, byte[] expected) throws IOException {
        Arrays.fill(expected, at, at + 100_000, (byte) 'a');
        try (VirtualDisk disk = DiskFormats.open(file, OpenOptions.readWrite())) {
            disk.write(at, ByteBuffer.wrap(expected, at, 100_000));
        }
    }

    @Test
    void backingChainWithRelativePathsAcrossFolders() throws IOException {
        Path below = Files.createDirectories(folder.resolve("base"));
        byte[] bottom = compressible(1 << 20);
        Files.write(below.resolve("bottom.raw"), bottom);
        DiskFormats.create(below.resolve("middle.qcow2"), CreateOptions.overlay("bottom.raw", DiskFormat.RAW));
        DiskFormats.create(
                image,
                CreateOptions.overlay("base/middle.qcow2", DiskFormat.QCOW2).withSize(2 << 20));
        try (VirtualDisk middle = DiskFormats.open(below.resolve("middle.qcow2"), OpenOptions.readWrite())) {
            middle.write(1000, ByteBuffer.wrap(new byte[] {42}));
            bottom[1000] = 42;
        }
        byte[] expected = Arrays.copyOf(bottom, 2 << 20);
        try (VirtualDisk top = DiskFormats.open(image, OpenOptions.readWrite())) {
            assertEquals(2 << 20, top.size());
            assertArrayEquals(expected, readAll(top));
            top.writeZeroes(65536, 65536);
            Arrays.fill(expected, 65536, 131072, (byte) 0);
            top.write((1 << 20) + 5, ByteBuffer.wrap(new byte[] {7}));
            expected[(1 << 20) + 5] = 7;
        }
        assertArrayEquals(expected, Qemu.contents(image, scratch));
        try (VirtualDisk top = DiskFormats.open(image, OpenOptions.readOnly())) {
            assertArrayEquals(expected, readAll(top));
        }
        Qemu.checkClean(image);
    }

    @Test
    void dirtyImageOfQemuIsPutInOrder() throws IOException {
        Qemu.ok(
                "qemu-img",
                "create",
                "-q",
                "-f",
                "qcow2",
                "-o",
                "cluster_size=4096,lazy_refcounts=on",
                image.toString(),
                "8M");
        Qemu.io(image, List.of("write -P 3 1M 1M"));
        Qemu.ok("qemu-img", "snapshot", "-c", "one", image.toString());
        // Aborting qemu-io leaves the dirty bit set and the counts behind.
        Qemu.run("qemu-io", "-c", "write -P 9 0 3M", "-c", "flush", "-c", "abort", image.toString());
        assertTrue(DiskFormats.info(image).dirty());
        assertEquals(1, DiskFormats.info(image).snapshots());
        byte[] expected = new byte[8 << 20];
        Arrays.fill(expected, 0, 3 << 20, (byte) 9);
        try (VirtualDisk disk = DiskFormats.open(image, OpenOptions.readOnly())) {
            assertArrayEquals(expected, readAll(disk));
        }
        assertTrue(DiskFormats.info(image).dirty());
        try (VirtualDisk disk = DiskFormats.open(image, OpenOptions.readWrite())) {
            assertArrayEquals(expected, readAll(disk));
        }
        assertFalse(DiskFormats.info(image).dirty());
        Qemu.checkClean(image);
        Qemu.ok("qemu-img", "snapshot", "-a", "one", image.toString());
        Qemu.io(image, List.of("read -P 3 1M 1M", "read -P 0 0 1M"));
        Qemu.checkClean(image);
    }

    @Test
    void lazyImageIsMarkedDirtyOnlyWhileItIsOpen() throws IOException {
        DiskFormats.create(image, CreateOptions.qcow2(1 << 20).withLazyRefcounts());
        try (VirtualDisk disk = DiskFormats.open(image, OpenOptions.readWrite())) {
            assertFalse(DiskFormats.info(image).dirty());
            disk.write(0, ByteBuffer.wrap(new byte[] {1}));
            disk.flush();
            assertTrue(DiskFormats.info(image).dirty());
        }
        assertFalse(DiskFormats.info(image).dirty());
        Qemu.checkClean(image);
    }

    @Test
    void discardedClustersAreUsedAgain() throws IOException {
        DiskFormats.create(image, CreateOptions.qcow2(64 << 20));
        byte[] chunk = new byte[8 << 20];
        Arrays.fill(chunk, (byte) 1);
        try (VirtualDisk disk = DiskFormats.open(image, OpenOptions.readWrite())) {
            for (int i = 0; i < 6; i++) {
                disk.write((long) i * chunk.length, ByteBuffer.wrap(chunk));
                disk.flush();
                disk.discard((long) i * chunk.length, chunk.length);
                disk.flush();
            }
        }
        Qemu.checkClean(image);
        assertTrue(Files.size(image) < 18 << 20, "file of " + Files.size(image) + " bytes");
    }

    private static byte[] readAll(VirtualDisk disk) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) disk.size());
        disk.read(0, bytes);
        return bytes.array();
    }
}
