package org.terrarium.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The host loses power while an image is written: what was flushed is there, whatever of the rest reached the disk. */
class ForeignCrashTest {
    private static final int TRIALS = Integer.getInteger("terrarium.disk.crashes", 60);
    private static final long SEED = Long.getLong("terrarium.disk.seed", 20261125);
    private static final int SIZE = 8 << 20;
    private static final int UNIT = 4096;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(names = {"VMDK", "VDI", "VHD", "VHDX"})
    void flushedDataSurvivesAPowerFailure(DiskFormat format) throws IOException {
        Path made = folder.resolve("image." + format.label());
        DiskFormats.create(made, CreateOptions.of(format, SIZE));
        byte[] empty = Files.readAllBytes(made);
        for (int trial = 0; trial < TRIALS; trial++) {
            Random random = new Random(SEED + trial);
            String what = format + ", seed " + SEED + ", trial " + trial;
            // Every unit's number when it was last flushed, and those written since.
            int[] flushed = new int[SIZE / UNIT];
            int[] oldest = new int[SIZE / UNIT];
            MemoryStorage file = new MemoryStorage(MemoryHost.FOLDER.resolve(made.getFileName()), empty);
            UnreliableStorage unreliable = new UnreliableStorage(file, true);
            writeUntilPowerFails(unreliable, random, flushed, oldest);
            MemoryHost host = new MemoryHost();
            host.add(made.getFileName().toString(), file.contents());
            for (OpenOptions options : new OpenOptions[] {OpenOptions.readOnly(), OpenOptions.readWrite()}) {
                try (VirtualDisk disk = new ChainOpener(host, options).open(file.path())) {
                    assertContents(disk, flushed, oldest, what);
                    if (options.writable()) {
                        // Space that the crash left behind is not given to two blocks.
                        for (int unit = 0; unit < flushed.length; unit += 40) {
                            disk.write((long) unit * UNIT, ByteBuffer.wrap(numbered(9_999)));
                            flushed[unit] = 9_999;
                            oldest[unit] = 0;
                        }
                        assertContents(disk, flushed, oldest, what);
                    }
                }
            }
        }
    }

    /** The power fails after each single step of making an image larger: it has the old size or the new one, and its contents. */
    @ParameterizedTest
    @EnumSource(names = {"VDI", "VHD", "VHDX"})
    void anImageThatGrowsHasOneSizeOrTheOther(DiskFormat format) throws IOException {
        long grown = 700_000_256L;
        Path made = folder.resolve("image." + format.label());
        DiskFormats.create(made, CreateOptions.of(format, SIZE));
        try (VirtualDisk disk = DiskFormats.open(made, OpenOptions.readWrite())) {
            for (int unit = 0; unit < SIZE / UNIT; unit += 150) {
                disk.write((long) unit * UNIT, ByteBuffer.wrap(numbered(unit + 1)));
            }
        }
        byte[] before = Files.readAllBytes(made);
        int[] sizes = new int[2];
        boolean through = false;
        for (int step = 0; !through; step++) {
            assertTrue(step < 10_000, "growing takes for ever");
            MemoryStorage file = new MemoryStorage(MemoryHost.FOLDER.resolve(made.getFileName()), before);
            UnreliableStorage unreliable = new UnreliableStorage(file, true);
            MappedDisk growing = new ChainOpener(only(unreliable), OpenOptions.readWrite())
                    .openMapped(file.path(), Integer.MAX_VALUE);
            unreliable.failAfter(step);
            try {
                DiskResize.resize(growing, grown);
                through = true;
            } catch (DiskException e) {
                assertTrue(e.getMessage().contains("the power has failed"), e::getMessage);
            }
            unreliable.loseParts(new Random(SEED + step));
            String what = format + ", seed " + SEED + ", power failed after step " + step;
            MemoryHost host = new MemoryHost();
            host.add(made.getFileName().toString(), file.contents());
            try (VirtualDisk disk = new ChainOpener(host, OpenOptions.readWrite()).open(file.path())) {
                assertTrue(disk.size() == SIZE || disk.size() == grown, what + ": size " + disk.size());
                assertTrue(!through || disk.size() == grown, what + ": growing came to its end");
                sizes[disk.size() == SIZE ? 0 : 1]++;
                long last = disk.size() - UNIT;
                disk.write(last, ByteBuffer.wrap(numbered(9_999)));
                for (int unit = 0; unit < SIZE / UNIT - 1; unit++) {
                    ByteBuffer bytes = ByteBuffer.allocate(UNIT);
                    disk.read((long) unit * UNIT, bytes);
                    byte[] expected = unit % 150 == 0 ? numbered(unit + 1) : new byte[UNIT];
                    assertArrayEquals(expected, bytes.array(), what + ": unit " + unit);
                }
                assertArrayEquals(numbered(9_999), RandomOperations.read(disk, last, UNIT), what + ": the end");
            }
        }
        assertTrue(sizes[0] > 1 && sizes[1] > 0, format + ": old size " + sizes[0] + " times, new one " + sizes[1]);
    }

    /** A host that has just this file. */
    private static FileHost only(Storage storage) {
        return new FileHost() {
            @Override
            public Storage open(Path path, OpenFiles.Access access) {
                return storage;
            }

            @Override
            public Path real(Path path) {
                return path;
            }

            @Override
            public Storage temporary() {
                throw new IllegalStateException("nothing is packed here");
            }
        };
    }

    private void writeUntilPowerFails(UnreliableStorage storage, Random random, int[] flushed, int[] oldest)
            throws IOException {
        int[] present = new int[flushed.length];
        VirtualDisk disk = new ChainOpener(only(storage), OpenOptions.readWrite()).open(storage.path());
        int operations = 5 + random.nextInt(60);
        for (int i = 1; i <= operations; i++) {
            if (random.nextInt(6) == 0) {
                disk.flush();
                System.arraycopy(present, 0, flushed, 0, present.length);
                Arrays.fill(oldest, 0);
                continue;
            }
            int unit = random.nextInt(present.length);
            disk.write((long) unit * UNIT, ByteBuffer.wrap(numbered(i)));
            present[unit] = i;
            // Any of the writes since the flush may be what is there.
            oldest[unit] = oldest[unit] == 0 ? i : oldest[unit];
        }
        storage.loseParts(random);
    }

    private static byte[] numbered(int number) {
        ByteBuffer bytes = ByteBuffer.allocate(UNIT);
        while (bytes.hasRemaining()) {
            bytes.putInt(number);
        }
        return bytes.array();
    }

    private static void assertContents(VirtualDisk disk, int[] flushed, int[] oldest, String what) throws IOException {
        ByteBuffer all = ByteBuffer.allocate(SIZE);
        disk.read(0, all);
        for (int unit = 0; unit < flushed.length; unit++) {
            for (int sector = 0; sector < UNIT; sector += 512) {
                int found = all.getInt(unit * UNIT + sector);
                boolean allowed = found == flushed[unit] || oldest[unit] != 0 && found >= oldest[unit] && found < 9_999;
                int at = unit;
                assertTrue(
                        allowed,
                        () -> what + ": unit " + at + " holds write " + found + ", flushed was " + flushed[at]);
            }
        }
    }

    @Test
    void qemuReplaysOurLog() throws IOException {
        FuzzImages.vhdxWithLog().make(folder);
        Path image = folder.resolve("image.vhdx");
        byte[] dirty = Files.readAllBytes(image);
        byte[] expected = new byte[3 << 20];
        System.arraycopy(FuzzImages.contents(20_000), 0, expected, 0, 20_000);
        System.arraycopy(FuzzImages.contents(20_000), 0, expected, 1 << 20, 20_000);
        // Read-only, the log counts without being written.
        try (VirtualDisk disk = DiskFormats.open(image, OpenOptions.readOnly())) {
            assertEquals(3 << 20, disk.size());
            assertArrayEquals(expected, RandomOperations.read(disk, 0, 3 << 20));
        }
        assertArrayEquals(dirty, Files.readAllBytes(image));
        Qemu.ok("qemu-img", "check", "-f", "vhdx", "-r", "all", image.toString());
        assertArrayEquals(expected, Qemu.contents("vhdx", image, folder.resolve("scratch")));
        // And so do we when we open it for writing.
        Files.write(image, dirty);
        DiskFormats.open(image, OpenOptions.readWrite()).close();
        Qemu.ok("qemu-img", "check", "-f", "vhdx", image.toString());
        assertArrayEquals(expected, Qemu.contents("vhdx", image, folder.resolve("scratch")));
    }
}
