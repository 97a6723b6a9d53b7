package org.terrarium.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Images that are packed: as a whole file, or grain by grain in a stream-optimized VMDK. */
class PackedImagesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "XZ", "ZSTD"})
    void packedFilesAreReadAnywhereInAnyOrder(DiskFormat packing) throws IOException {
        byte[] contents = FuzzImages.contents(1_000_960);
        Path image = Files.write(folder.resolve("disk.img." + packing.label()), FuzzImages.pack(packing, contents));
        assertEquals(packing, DiskFormats.probe(image));
        DiskInfo info = DiskFormats.info(image);
        assertEquals(contents.length, info.size());
        assertEquals("raw", info.details().get("contents"));
        Random random = new Random(7);
        try (VirtualDisk disk = DiskFormats.open(image, OpenOptions.readOnly())) {
            assertTrue(disk.readOnly());
            for (int i = 0; i < 50; i++) {
                int at = random.nextInt(contents.length - 5000);
                assertArrayEquals(Arrays.copyOfRange(contents, at, at + 5000), RandomOperations.read(disk, at, 5000));
            }
        }
        assertRefused("can only be read", () -> DiskFormats.open(image, OpenOptions.readWrite()));
        byte[] bytes = Files.readAllBytes(image);
        Path cut = Files.write(folder.resolve("cut." + packing.label()), Arrays.copyOf(bytes, bytes.length * 2 / 3));
        assertRefused("damaged or truncated", () -> DiskFormats.open(cut, OpenOptions.readOnly()));
        Path twice = Files.write(folder.resolve("twice"), FuzzImages.pack(DiskFormat.GZIP, bytes));
        assertRefused("packed more than once", () -> DiskFormats.open(twice, OpenOptions.readOnly()));
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "XZ", "ZSTD"})
    void packedImagesAndCdsAreOpenedAsWhatTheyHold(DiskFormat packing) throws IOException {
        Path cd = Files.write(folder.resolve("cd.iso"), FuzzImages.pack(packing, FuzzImages.isoContents(40)));
        try (VirtualDisk disk = DiskFormats.openCd(cd)) {
            assertEquals(40 * 2048, disk.size());
            assertEquals('C', RandomOperations.read(disk, 16 * 2048 + 1, 1)[0]);
        }
        Path raw = Files.write(folder.resolve("contents"), FuzzImages.contents(500_224));
        Path qcow2 = folder.resolve("inner.qcow2");
        Qemu.ok("qemu-img", "convert", "-O", "qcow2", raw.toString(), qcow2.toString());
        Path packed = Files.write(
                folder.resolve("inner." + packing.label()), FuzzImages.pack(packing, Files.readAllBytes(qcow2)));
        try (VirtualDisk disk = DiskFormats.open(packed, OpenOptions.readOnly())) {
            assertArrayEquals(Files.readAllBytes(raw), RandomOperations.read(disk, 0, 500_224));
        }
        assertEquals("qcow2", DiskFormats.info(packed).details().get("contents"));
    }

    @Test
    void severalMembersOrBlocksAreOneContents() throws IOException {
        byte[] contents = FuzzImages.contents(300_032);
        Path raw = Files.write(folder.resolve("contents"), contents);
        Qemu.ok(
                "sh",
                "-c",
                "cd " + folder + " && split -b 100000 contents part. && for p in part.*; do gzip -c $p; done > all.gz"
                        + " && xz -k --block-size=50000 contents");
        for (Path image : List.of(folder.resolve("all.gz"), folder.resolve("contents.xz"))) {
            try (VirtualDisk disk = DiskFormats.open(image, OpenOptions.readOnly())) {
                assertArrayEquals(Files.readAllBytes(raw), RandomOperations.read(disk, 0, contents.length));
            }
        }
    }

    @Test
    void streamOptimizedVmdkOfEitherMakerIsReadByBoth() throws IOException {
        // More than one grain table's worth, most of it zero.
        byte[] contents = new byte[40_000_000 & -512];
        byte[] some = FuzzImages.contents(1_000_000);
        for (int at : new int[] {0, 33_500_000, contents.length - some.length}) {
            System.arraycopy(some, 0, contents, at, some.length);
        }
        Path raw = Files.write(folder.resolve("contents"), contents);
        Path theirs = folder.resolve("theirs.vmdk");
        Qemu.ok(
                "qemu-img",
                "convert",
                "-O",
                "vmdk",
                "-o",
                "subformat=streamOptimized",
                raw.toString(),
                theirs.toString());
        try (VirtualDisk disk = DiskFormats.open(theirs, OpenOptions.readOnly())) {
            assertArrayEquals(
                    contents, Arrays.copyOf(RandomOperations.read(disk, 0, (int) disk.size()), contents.length));
        }
        Path ours = folder.resolve("ours.vmdk");
        DiskFormats.create(
                ours, CreateOptions.of(DiskFormat.VMDK, contents.length).withVariant("streamOptimized"));
        Qemu.ok("qemu-img", "check", "-f", "vmdk", ours.toString());
        try (VirtualDisk disk = DiskFormats.open(ours, OpenOptions.readWrite())) {
            assertRefused("only be written by converting", () -> disk.write(0, ByteBuffer.allocate(512)));
            for (int at = 0; at < contents.length; at += disk.packUnit()) {
                int length = Math.min(disk.packUnit(), contents.length - at);
                if (!Arrays.equals(contents, at, at + length, new byte[length], 0, length)) {
                    disk.writePacked(at, ByteBuffer.wrap(contents, at, length));
                }
            }
        }
        assertArrayEquals(contents, Qemu.contents("vmdk", ours, folder.resolve("scratch")));
        try (VirtualDisk disk = DiskFormats.open(ours, OpenOptions.readOnly())) {
            assertArrayEquals(contents, RandomOperations.read(disk, 0, contents.length));
        }
        assertRefused("cannot be changed", () -> DiskFormats.open(ours, OpenOptions.readWrite()));
        assertTrue(Files.size(ours) < 3 * some.length);
    }

    private static void assertRefused(String words, org.junit.jupiter.api.function.Executable action) {
        DiskException e = assertThrows(DiskException.class, action);
        assertTrue(e.getMessage().contains(words), e.getMessage());
        assertEquals(1, e.getMessage().lines().count(), e.getMessage());
    }
}
