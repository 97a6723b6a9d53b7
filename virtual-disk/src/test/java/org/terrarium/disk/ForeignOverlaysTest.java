package org.terrarium.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Overlays of VHD and VMDK images, images of several files, and what they may open. */
class ForeignOverlaysTest {
    private static final int SIZE = 5_000_192;

    @TempDir
    Path folder;

    @Test
    void vhdOverlayKeepsSectorsApartFromItsParent() throws IOException {
        RandomOperations operations = new RandomOperations(41, SIZE);
        Path base = folder.resolve("base.vhd");
        DiskFormats.create(base, CreateOptions.of(DiskFormat.VHD, SIZE));
        try (VirtualDisk disk = DiskFormats.open(base, OpenOptions.readWrite())) {
            operations.applyTo(disk, 40);
        }
        byte[] below = Files.readAllBytes(base);
        Path image = folder.resolve("image.vhd");
        DiskFormats.create(
                image, CreateOptions.of(DiskFormat.VHD, 0).withBacking(new BackingReference("base.vhd", "vhd")));
        DiskInfo info = DiskFormats.info(image);
        assertEquals("differencing", info.details().get("variant"));
        assertEquals("./base.vhd", info.backingFile());
        for (int round = 0; round < 3; round++) {
            try (VirtualDisk disk = DiskFormats.open(image, OpenOptions.readWrite())) {
                operations.applyTo(disk, 40);
            }
            try (VirtualDisk disk = DiskFormats.open(image, OpenOptions.readOnly())) {
                operations.verify(disk);
            }
        }
        assertArrayEquals(below, Files.readAllBytes(base), "the parent was written");
        assertArrayEquals(operations.expected(), merged(Files.readAllBytes(image), below));
    }

    /** An overlay and its parent read by the letter of the specification, without any of the code under test. */
    private static byte[] merged(byte[] overlay, byte[] parent) {
        byte[] contents = new byte[SIZE];
        for (byte[] file : new byte[][] {parent, overlay}) {
            ByteBuffer bytes = ByteBuffer.wrap(file);
            int header = (int) bytes.getLong(16);
            int table = (int) bytes.getLong(header + 16);
            int blockSize = bytes.getInt(header + 32);
            int bitmapSize = (blockSize / 512 / 8 + 511) / 512 * 512;
            for (int sector = 0; sector < SIZE / 512; sector++) {
                int block = sector / (blockSize / 512);
                int inBlock = sector % (blockSize / 512);
                int place = bytes.getInt(table + block * 4);
                if (place != -1 && (file[place * 512 + inBlock / 8] >> 7 - inBlock % 8 & 1) != 0) {
                    System.arraycopy(file, place * 512 + bitmapSize + inBlock * 512, contents, sector * 512, 512);
                }
            }
        }
        return contents;
    }

    @Test
    void overlayNoticesThatItsParentIsAnother() throws IOException {
        Path base = folder.resolve("base.vhd");
        DiskFormats.create(base, CreateOptions.of(DiskFormat.VHD, SIZE));
        Path image = folder.resolve("image.vhd");
        DiskFormats.create(
                image, CreateOptions.of(DiskFormat.VHD, 0).withBacking(new BackingReference("base.vhd", "vhd")));
        Files.delete(base);
        assertRefused("base.vhd: cannot open it", () -> DiskFormats.open(image, OpenOptions.readOnly()));
        DiskFormats.create(base, CreateOptions.of(DiskFormat.VHD, SIZE).withVariant("fixed"));
        assertRefused("was made upon the disk", () -> DiskFormats.open(image, OpenOptions.readOnly()));

        Path vmdk = folder.resolve("base.vmdk");
        DiskFormats.create(vmdk, CreateOptions.of(DiskFormat.VMDK, SIZE));
        Path over = folder.resolve("over.vmdk");
        DiskFormats.create(
                over, CreateOptions.of(DiskFormat.VMDK, 0).withBacking(new BackingReference("base.vmdk", "vmdk")));
        DiskFormats.open(over, OpenOptions.readOnly()).close();
        try (VirtualDisk disk = DiskFormats.open(vmdk, OpenOptions.readWrite())) {
            disk.write(0, ByteBuffer.wrap(new byte[] {1}));
        }
        assertRefused("other contents of its parent", () -> DiskFormats.open(over, OpenOptions.readOnly()));
    }

    @Test
    void vmdkOverlaysOfEitherMakerShowTheSame() throws IOException {
        RandomOperations operations = new RandomOperations(42, SIZE);
        Path base = folder.resolve("base.vmdk");
        DiskFormats.create(base, CreateOptions.of(DiskFormat.VMDK, SIZE));
        try (VirtualDisk disk = DiskFormats.open(base, OpenOptions.readWrite())) {
            operations.applyTo(disk, 30);
        }
        Path theirs = folder.resolve("theirs.vmdk");
        Qemu.ok("qemu-img", "create", "-q", "-f", "vmdk", "-b", base.toString(), "-F", "vmdk", theirs.toString());
        Path ours = folder.resolve("ours.vmdk");
        DiskFormats.create(
                ours, CreateOptions.of(DiskFormat.VMDK, 0).withBacking(new BackingReference(base.toString(), "vmdk")));
        byte[] present = operations.expected().clone();
        for (Path image : new Path[] {theirs, ours}) {
            operations.preset(0, present);
            try (VirtualDisk disk = DiskFormats.open(image, OpenOptions.readWrite())) {
                operations.applyTo(disk, 40);
            }
            assertArrayEquals(operations.expected(), Qemu.contents("vmdk", image, folder.resolve("scratch")));
            Qemu.io("vmdk", image, operations.qemuCommands(15));
            try (VirtualDisk disk = DiskFormats.open(image, OpenOptions.readOnly())) {
                operations.verify(disk);
            }
        }
    }

    // ---- the gate ----

    @Test
    void extentsAndParentsOutsideTheFolderAreRefused() throws IOException {
        Path secret = Files.write(folder.resolve("secret"), new byte[1 << 20]);
        Path inside = Files.createDirectory(folder.resolve("inside"));
        Path link = Files.createSymbolicLink(inside.resolve("link"), secret);
        for (String name : new String[] {
            "../secret", secret.toString(), "x/../../secret", link.getFileName().toString()
        }) {
            Path image = inside.resolve("image.vmdk");
            Files.writeString(
                    image,
                    "# Disk DescriptorFile\nversion=1\nCID=12345678\nparentCID=ffffffff\n"
                            + "createType=\"monolithicFlat\"\nRW 2048 FLAT \"" + name + "\" 0\n");
            assertRefused("not allowed to open", () -> DiskFormats.open(image, OpenOptions.readOnly()));
            OpenOptions allowed = OpenOptions.readOnly().withGate(Gate.ownFolderAnd(java.util.List.of(folder)));
            try (VirtualDisk disk = DiskFormats.open(image, allowed)) {
                assertEquals(1 << 20, disk.size());
            }
        }
        Path base = folder.resolve("base.vhd");
        DiskFormats.create(base, CreateOptions.of(DiskFormat.VHD, SIZE));
        Path image = inside.resolve("image.vhd");
        DiskFormats.create(
                image, CreateOptions.of(DiskFormat.VHD, 0).withBacking(new BackingReference("../base.vhd", "vhd")));
        assertRefused("not allowed to open", () -> DiskFormats.open(image, OpenOptions.readOnly()));
        Path qcow2 = inside.resolve("image.qcow2");
        Qemu.ok(
                "qemu-img",
                "create",
                "-q",
                "-f",
                "qcow2",
                "-b",
                "/etc/passwd",
                "-F",
                "raw",
                "-u",
                qcow2.toString(),
                "1M");
        assertRefused("not allowed to open", () -> DiskFormats.open(qcow2, OpenOptions.readOnly()));
    }

    @Test
    void troubleWithExtentsIsOnePlainSentence() throws IOException {
        Path image = folder.resolve("image.vmdk");
        DiskFormats.create(image, CreateOptions.of(DiskFormat.VMDK, SIZE).withVariant("twoGbMaxExtentFlat"));
        Path extent = folder.resolve("image-f001.vmdk");
        byte[] bytes = Files.readAllBytes(extent);
        Files.write(extent, Arrays.copyOf(bytes, 1000));
        assertRefused("is truncated", () -> DiskFormats.open(image, OpenOptions.readOnly()));
        Files.delete(extent);
        assertRefused("the file does not exist", () -> DiskFormats.open(image, OpenOptions.readOnly()));
        String text = Files.readString(image, StandardCharsets.UTF_8);
        Files.writeString(image, text.replace("FLAT", "SESPARSE"));
        assertRefused("kind SESPARSE", () -> DiskFormats.open(image, OpenOptions.readOnly()));
        Files.writeString(image, text.replaceAll("RW .*\\n", ""));
        assertRefused("names no extents", () -> DiskFormats.open(image, OpenOptions.readOnly()));
        // Nothing is left behind when a part of a new image cannot be made.
        Path other = folder.resolve("other.vmdk");
        Files.write(folder.resolve("other-flat.vmdk"), new byte[1]);
        assertRefused(
                "exists already",
                () -> DiskFormats.create(
                        other, CreateOptions.of(DiskFormat.VMDK, SIZE).withVariant("monolithicFlat")));
        assertTrue(Files.notExists(other));
    }

    private static void assertRefused(String words, Executable action) {
        DiskException e = assertThrows(DiskException.class, action);
        assertTrue(e.getMessage().contains(words), e.getMessage());
        assertEquals(1, e.getMessage().lines().count(), e.getMessage());
    }
}
