package org.terrarium.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images of other programs' formats: random operations by us and by QEMU in turn, on images that either has made. */
class ForeignFormatsTest {
    private static final int ROUNDS = Integer.getInteger("terrarium.disk.rounds", 2);

    @TempDir
    Path folder;

    /** Whether qemu-img check knows the format. */
    private static final List<String> CHECKED = List.of("vmdk", "vdi", "vhdx");

    @ParameterizedTest
    @CsvSource({
        "1, vmdk, subformat=monolithicSparse, 9000448",
        "2, vmdk, 'subformat=monolithicSparse,zeroed_grain=on', 9000448",
        "3, vmdk, subformat=monolithicFlat, 5000192",
        "4, vmdk, subformat=twoGbMaxExtentFlat, 5000192",
        "5, vmdk, subformat=twoGbMaxExtentSparse, 5000192",
        "6, vdi, static=off, 9000448",
        "7, vdi, static=on, 5000192",
        "8, vpc, subformat=dynamic, 9000448",
        "9, vpc, 'subformat=fixed,force_size=on', 5000192",
        "10, vpc, 'subformat=dynamic,force_size=on', 9000448",
        "11, vhdx, subformat=dynamic, 20000256",
        "12, vhdx, 'subformat=dynamic,block_size=1M', 9000448",
        "13, vhdx, subformat=fixed, 5000192",
    })
    void qemuMadeIt(long seed, String format, String options, int size) throws IOException {
        Path image = folder.resolve("image" + (format.equals("vpc") ? ".vhd" : ".img"));
        Qemu.ok("qemu-img", "create", "-q", "-f", format, "-o", options, image.toString(), String.valueOf(size));
        inTurn(seed, format, image);
    }

    @ParameterizedTest
    @CsvSource({
        "21, VMDK, monolithicSparse, 9000448",
        "22, VMDK, monolithicFlat, 5000192",
        "23, VMDK, twoGbMaxExtentFlat, 5000192",
        "24, VMDK, twoGbMaxExtentSparse, 9000448",
        "25, VDI, dynamic, 9000448",
        "26, VDI, fixed, 5000192",
        "27, VHD, dynamic, 9000448",
        "28, VHD, fixed, 5000192",
        "29, VHDX, dynamic, 9000448",
        "30, VHDX, fixed, 5000192",
        "31, RAW, sparse, 5000192",
    })
    void weMadeIt(long seed, DiskFormat format, String variant, int size) throws IOException {
        Path image = folder.resolve("image." + format.label());
        DiskFormats.create(image, CreateOptions.of(format, size).withVariant(variant));
        assertEquals(size, DiskFormats.info(image).size());
        assertEquals(format, DiskFormats.probe(image));
        inTurn(seed, format == DiskFormat.VHD ? "vpc" : format.label(), image);
    }

    private void inTurn(long seed, String qemuFormat, Path image) throws IOException {
        RandomOperations operations;
        DiskFormat format = DiskFormat.byLabel(qemuFormat);
        assertEquals(format, DiskFormats.probe(image));
        try (VirtualDisk disk = DiskFormats.open(image, OpenOptions.readWrite())) {
            operations = new RandomOperations(seed, (int) disk.size());
        }
        for (int round = 0; round < ROUNDS; round++) {
            try (VirtualDisk disk = DiskFormats.open(image, OpenOptions.readWrite())) {
                operations.applyTo(disk, 40);
            }
            qemuAgrees(operations, qemuFormat, image);
            Qemu.io(qemuFormat, image, operations.qemuCommands(20));
            try (VirtualDisk disk = DiskFormats.open(image, OpenOptions.readOnly())) {
                operations.verify(disk);
            }
        }
    }

    private void qemuAgrees(RandomOperations operations, String format, Path image) throws IOException {
        if (CHECKED.contains(format) && Files.size(image) > 4096) {
            Qemu.ok("qemu-img", "check", "-f", format, image.toString());
        }
        assertArrayEquals(
                operations.expected(),
                Qemu.contents(format, image, folder.resolve("scratch")),
                operations.seedText() + ": QEMU reads something else");
    }

    /** Two gigabytes and more, so that there are several files. */
    @ParameterizedTest
    @CsvSource({"twoGbMaxExtentSparse", "twoGbMaxExtentFlat"})
    void splitImagesHaveAFileForEveryTwoGigabytes(String variant) throws IOException {
        long size = (5L << 30) + 512;
        Path ours = folder.resolve("ours.vmdk");
        DiskFormats.create(ours, CreateOptions.of(DiskFormat.VMDK, size).withVariant(variant));
        Path theirs = folder.resolve("theirs.vmdk");
        Qemu.ok("qemu-img", "create", "-q", "-f", "vmdk", "-o", "subformat=" + variant, theirs.toString(), "" + size);
        List<String> writes = new ArrayList<>();
        long[] places = {0, (2L << 30) - 4096, (4L << 30) - 512, size - 512};
        for (Path image : List.of(ours, theirs)) {
            try (VirtualDisk disk = DiskFormats.open(image, OpenOptions.readWrite())) {
                assertEquals(size, disk.size());
                for (long place : places) {
                    byte[] bytes = new byte[(int) Math.min(8192, size - place)];
                    Arrays.fill(bytes, (byte) (place >>> 28 | 1));
                    disk.write(place, ByteBuffer.wrap(bytes));
                }
            }
        }
        for (long place : places) {
            writes.add("read -P " + (place >>> 28 | 1) + " " + place + " " + Math.min(512, size - place));
        }
        Qemu.io("vmdk", ours, writes);
        Qemu.io("vmdk", theirs, writes);
        Qemu.ok("qemu-img", "compare", "-f", "vmdk", "-F", "vmdk", ours.toString(), theirs.toString());
        try (var files = Files.list(folder)) {
            assertEquals(8, files.count());
        }
    }

    @ParameterizedTest
    @CsvSource({"VMDK, vmdk", "VDI, vdi", "VHD, vpc", "VHDX, vhdx"})
    void hundredGibibytesOfNothingTakeNoMoreThanQemus(DiskFormat format, String qemuFormat) throws IOException {
        Path ours = folder.resolve("ours");
        Path theirs = folder.resolve("theirs");
        DiskFormats.create(ours, CreateOptions.of(format, 100L << 30));
        Qemu.ok("qemu-img", "create", "-q", "-f", qemuFormat, theirs.toString(), "100G");
        // The host counts in blocks of its own, so a little may be rounding.
        long taken = blocks(ours);
        long allowed = blocks(theirs);
        assertTrue(taken <= allowed + 64, taken + " blocks, QEMU's takes " + allowed);
    }

    @ParameterizedTest
    @CsvSource({"51, VMDK, vmdk", "52, VDI, vdi", "53, VHD, vpc", "54, VHDX, vhdx"})
    void compactingClosesTheGaps(long seed, DiskFormat format, String qemuFormat) throws IOException {
        int size = 64 << 20;
        int block = 2 << 20;
        Path image = folder.resolve("image." + format.label());
        DiskFormats.create(image, CreateOptions.of(format, size));
        RandomOperations operations = new RandomOperations(seed, size);
        try (VirtualDisk disk = DiskFormats.open(image, OpenOptions.readWrite())) {
            for (int at : shuffledBlocks(operations, size, block)) {
                byte[] bytes = new byte[5000];
                operations.random().nextBytes(bytes);
                disk.write(at + 1000, ByteBuffer.wrap(bytes));
                operations.preset(at + 1000, bytes);
            }
            for (int at : shuffledBlocks(operations, size, block)) {
                if (at % 3 != 0) {
                    disk.write(at, ByteBuffer.allocate(block));
                    operations.preset(at, new byte[block]);
                }
            }
        }
        long before = Files.size(image);
        long blocksBefore = blocks(image);
        int[] words = {0};
        try {
            // Stopped in the second half, when blocks are being moved.
            DiskCompact.compact(image, OpenOptions.readWrite(), (done, total) -> done <= total / 2 || ++words[0] < 4);
        } catch (DiskCancelledException e) {
            assertTrue(words[0] > 0);
        }
        try (VirtualDisk disk = DiskFormats.open(image, OpenOptions.readOnly())) {
            operations.verify(disk);
        }
        DiskCompact.compact(image, OpenOptions.readWrite(), Progress.NONE);
        assertTrue(blocks(image) < blocksBefore / 2, blocks(image) + " blocks of " + blocksBefore);
        if (format != DiskFormat.VMDK) {
            assertTrue(Files.size(image) < before / 2, Files.size(image) + " bytes of " + before);
        }
        try (VirtualDisk disk = DiskFormats.open(image, OpenOptions.readWrite())) {
            operations.verify(disk);
            operations.applyTo(disk, 20);
        }
        qemuAgrees(operations, qemuFormat, image);
    }

    /** In VDI images of QEMU's there is no room behind the block map, so blocks are moved; VHD images get another table. */
    @ParameterizedTest
    @CsvSource({
        "61, vdi, static=off, 9000448, 700000000",
        "62, vdi, static=on, 5000192, 9000448",
        "63, vpc, 'subformat=dynamic,force_size=on', 9000448, 700000000",
        "64, vpc, 'subformat=fixed,force_size=on', 5000192, 9000448",
        "65, vhdx, 'subformat=dynamic,block_size=1M', 9000448, 700000256",
        "66, vhdx, subformat=fixed, 5000192, 30000128",
    })
    void grownImagesShowZeroesAndWhatTheyDid(long seed, String format, String options, int size, int grown)
            throws IOException {
        Path image = folder.resolve("image" + (format.equals("vpc") ? ".vhd" : ".img"));
        Qemu.ok("qemu-img", "create", "-q", "-f", format, "-o", options, image.toString(), String.valueOf(size));
        RandomOperations before = new RandomOperations(seed, size);
        try (VirtualDisk disk = DiskFormats.open(image, OpenOptions.readWrite())) {
            before.applyTo(disk, 40);
        }
        int wanted = (grown + 511) & -512;
        DiskResize.resize(image, OpenOptions.readWrite(), wanted, false, Progress.NONE);
        int shown = 16 << 20;
        RandomOperations after = new RandomOperations(seed + 100, Math.min(wanted, shown));
        after.preset(0, before.expected());
        for (int again = 0; again < 2; again++) {
            assertEquals(wanted, DiskFormats.info(image).size());
            int same = after.expected().length;
            byte[] seen = firstBytes(format, image);
            assertEquals(-1, Arrays.mismatch(seen, 0, same, after.expected(), 0, same), "seen by QEMU");
            if (wanted > same) {
                int last = again == 0 ? 0 : 9;
                Qemu.io(
                        format,
                        image,
                        List.of(
                                "read -P 0 " + same + " " + (wanted - 512 - same),
                                "read -P " + last + " " + (wanted - 512) + " 512"));
            }
            if (CHECKED.contains(format)) {
                Qemu.ok("qemu-img", "check", "-f", format, image.toString());
            }
            try (VirtualDisk disk = DiskFormats.open(image, OpenOptions.readWrite())) {
                byte[] found = RandomOperations.read(disk, 0, same);
                assertEquals(-1, Arrays.mismatch(found, after.expected()), "seen by us");
                byte[] last = new byte[512];
                Arrays.fill(last, (byte) 9);
                if (wanted == same) {
                    after.preset(wanted - 512, last);
                }
                disk.write(wanted - 512, ByteBuffer.wrap(last));
            }
        }
    }

    private byte[] firstBytes(String format, Path image) throws IOException {
        Path raw = folder.resolve("first");
        Qemu.ok("qemu-img", "dd", "-f", format, "-O", "raw", "bs=1M", "count=16", "if=" + image, "of=" + raw);
        byte[] bytes = Files.readAllBytes(raw);
        Files.delete(raw);
        return bytes;
    }

    @ParameterizedTest
    @CsvSource({
        "VMDK, 9000448, cannot be resized in place",
        "VDI, 1048576, can only become larger",
        "VHD, 1048576, can only become larger",
        "VHDX, 1048576, can only become larger",
    })
    void whatCannotBeResizedIsLeftAsItWas(DiskFormat format, int size, String words) throws IOException {
        Path image = folder.resolve("image." + format.label());
        DiskFormats.create(image, CreateOptions.of(format, 5_000_192));
        RandomOperations operations = new RandomOperations(71, 5_000_192);
        try (VirtualDisk disk = DiskFormats.open(image, OpenOptions.readWrite())) {
            operations.applyTo(disk, 20);
        }
        DiskException no = assertThrows(
                DiskException.class,
                () -> DiskResize.resize(image, OpenOptions.readWrite(), size, true, Progress.NONE));
        assertTrue(no.getMessage().contains(words), no.getMessage());
        try (VirtualDisk disk = DiskFormats.open(image, OpenOptions.readOnly())) {
            operations.verify(disk);
        }
    }

    private static int[] shuffledBlocks(RandomOperations operations, int size, int block) {
        List<Integer> places = new ArrayList<>();
        for (int at = 0; at < size; at += block) {
            places.add(at);
        }
        Collections.shuffle(places, operations.random());
        return places.stream().mapToInt(Integer::intValue).toArray();
    }

    private static long blocks(Path file) throws IOException {
        return Long.parseLong(Qemu.ok("stat", "-c", "%b", file.toString()).trim());
    }
}
