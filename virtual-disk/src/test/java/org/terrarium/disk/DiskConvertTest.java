package org.terrarium.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conversion into every kind of image, compared by qemu-img; stopped and failing conversions leave nothing behind. */
class DiskConvertTest {
    private static final int SIZE = 33_000_448;

    @TempDir
    Path folder;

    private Path raw;

    @BeforeEach
    void makeSource() throws IOException {
        byte[] contents = FuzzImages.contents(SIZE);
        raw = folder.resolve("source.raw");
        DiskFormats.create(raw, CreateOptions.raw(SIZE));
        try (VirtualDisk disk = DiskFormats.open(raw, OpenOptions.readWrite())) {
            disk.write(0, ByteBuffer.wrap(contents, 0, SIZE / 3));
            disk.write(SIZE / 2, ByteBuffer.wrap(contents, SIZE / 2, 5_000_001));
            disk.write(SIZE - 700, ByteBuffer.wrap(contents, SIZE - 700, 700));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "RAW, , raw, false",
        "QCOW2, , qcow2, false",
        "QCOW2, , qcow2, true",
        "VMDK, monolithicSparse, vmdk, false",
        "VMDK, streamOptimized, vmdk, false",
        "VMDK, monolithicFlat, vmdk, false",
        "VMDK, twoGbMaxExtentSparse, vmdk, false",
        "VMDK, twoGbMaxExtentFlat, vmdk, false",
        "VDI, dynamic, vdi, false",
        "VDI, fixed, vdi, false",
        "VHD, dynamic, vpc, false",
        "VHD, fixed, vpc, false",
        "VHDX, dynamic, vhdx, false",
        "VHDX, fixed, vhdx, false",
    })
    void everyKindHoldsTheSame(DiskFormat format, String variant, String qemuFormat, boolean packed)
            throws IOException {
        Path target = folder.resolve("target." + format.label());
        AtomicLong last = new AtomicLong();
        convert(raw, target, CreateOptions.of(format, 0).withVariant(variant), packed, (done, total) -> {
            assertTrue(done >= last.getAndSet(done) && done <= total, "progress went from " + last + " to " + done);
            return true;
        });
        assertEquals(SIZE, last.get());
        Qemu.ok("qemu-img", "compare", "-f", "raw", "-F", qemuFormat, raw.toString(), target.toString());
        // And back, by us.
        Path back = folder.resolve("back.raw");
        convert(target, back, CreateOptions.raw(0), false, Progress.NONE);
        Qemu.ok("qemu-img", "compare", "-s", "-f", "raw", "-F", "raw", raw.toString(), back.toString());
        assertTrue(blocks(back) < SIZE / 512 * 2 / 3, "holes became zeroes: " + blocks(back) + " blocks");
        try (VirtualDisk disk = DiskFormats.open(target, OpenOptions.readOnly())) {
            assertEquals(SIZE, disk.size());
        }
    }

    private static void convert(Path from, Path to, CreateOptions options, boolean packed, Progress progress)
            throws IOException {
        try (VirtualDisk source = DiskFormats.open(from, OpenOptions.readOnly())) {
            DiskConvert.convert(source, to, options, packed, 3, progress);
        }
    }

    private static long blocks(Path file) throws IOException {
        return Long.parseLong(Qemu.ok("stat", "-c", "%b", file.toString()).trim());
    }

    @Test
    void imagesOfQemuAreConverted() throws IOException {
        for (String[] kind : List.of(
                new String[] {"vmdk", "subformat=streamOptimized"},
                new String[] {"vhdx", "subformat=dynamic"},
                new String[] {"vdi", "static=off"},
                new String[] {"qcow2", "compression_type=zlib"})) {
            Path theirs = folder.resolve("theirs");
            Qemu.ok(
                    "qemu-img",
                    "convert",
                    "-f",
                    "raw",
                    "-O",
                    kind[0],
                    "-o",
                    kind[1],
                    raw.toString(),
                    theirs.toString());
            Path back = folder.resolve("back.raw");
            convert(theirs, back, CreateOptions.raw(0), false, Progress.NONE);
            Qemu.ok("qemu-img", "compare", "-f", "raw", "-F", "raw", raw.toString(), back.toString());
            Files.delete(back);
            Files.delete(theirs);
        }
    }

    @Test
    void stoppedConversionLeavesNothingBehindAndTheSourceAsItWas() throws IOException {
        byte[] before = Files.readAllBytes(raw);
        for (CreateOptions options : List.of(
                CreateOptions.qcow2(0),
                CreateOptions.of(DiskFormat.VMDK, 0).withVariant("twoGbMaxExtentFlat"),
                CreateOptions.of(DiskFormat.VMDK, 0).withVariant("streamOptimized"))) {
            Path target = folder.resolve("target");
            assertThrows(
                    DiskCancelledException.class,
                    () -> convert(raw, target, options, false, (done, total) -> done == 0));
            assertOnlyTheSource();
        }
        assertArrayEquals(before, Files.readAllBytes(raw));
    }

    @Test
    void failingConversionLeavesNothingBehind() throws IOException {
        // A source that turns out to be damaged half-way.
        Path packed = folder.resolve("source.vmdk");
        convert(raw, packed, CreateOptions.of(DiskFormat.VMDK, 0).withVariant("streamOptimized"), true, Progress.NONE);
        byte[] bytes = Files.readAllBytes(packed);
        Arrays.fill(bytes, bytes.length / 3, bytes.length / 2, (byte) 1);
        Files.write(packed, bytes);
        Path target = folder.resolve("target");
        DiskException damaged = assertThrows(
                DiskException.class, () -> convert(packed, target, CreateOptions.raw(0), false, Progress.NONE));
        assertTrue(damaged.getMessage().startsWith(packed.toString()), damaged.getMessage());
        Files.delete(packed);
        assertOnlyTheSource();

        Files.writeString(target, "precious");
        DiskException exists = assertThrows(
                DiskException.class, () -> convert(raw, target, CreateOptions.qcow2(0), false, Progress.NONE));
        assertTrue(exists.getMessage().contains("exists already"), exists.getMessage());
        assertEquals("precious", Files.readString(target));
        Files.delete(target);

        assertThrows(DiskException.class, () -> convert(raw, target, CreateOptions.raw(4096), false, Progress.NONE));
        assertThrows(
                DiskException.class,
                () -> convert(raw, target, CreateOptions.of(DiskFormat.VDI, 0), true, Progress.NONE));
        assertOnlyTheSource();
    }

    private void assertOnlyTheSource() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(raw), files.toList());
        }
    }

    @Test
    void sparseTerabytesTakeNoTime() throws IOException {
        Path large = folder.resolve("large.raw");
        DiskFormats.create(large, CreateOptions.raw(1L << 40));
        try (VirtualDisk disk = DiskFormats.open(large, OpenOptions.readWrite())) {
            disk.write(1L << 39, ByteBuffer.wrap(new byte[] {1, 2, 3}));
        }
        Path target = folder.resolve("target.qcow2");
        convert(large, target, CreateOptions.qcow2(0), false, Progress.NONE);
        Qemu.io(target, List.of("read -P 1 " + (1L << 39) + " 1", "read -P 0 0 4096"));
        assertFalse(Files.size(target) > 40 << 20, "file of " + Files.size(target) + " bytes");
    }
}
