package org.terrarium.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random operations on images of every kind, by us and by QEMU in turn; QEMU judges. */
class RandomOperationsTest {
    private static final int ROUNDS = 3;

    @TempDir
    Path folder;

    private Random random;
    private byte[] expected;

    @ParameterizedTest
    @CsvSource({
        "1000, 512, 16, 1.1, off, none, 1500000",
        "1001, 1024, 1, 1.1, off, none, 3000320",
        "1002, 4096, 2, 1.1, on, none, 5000192",
        "1003, 4096, 4, 1.1, off, raw, 5000192",
        "1004, 8192, 8, 1.1, on, qcow2, 8000000",
        "1005, 16384, 32, 1.1, off, raw, 8000512",
        "1006, 32768, 64, 1.1, off, qcow2, 9000448",
        "1007, 65536, 16, 1.1, off, qcow2, 20000256",
        "1008, 65536, 16, 1.1, on, raw, 20000256",
        "1009, 65536, 16, 0.10, off, raw, 20000256",
        "1010, 512, 16, 0.10, off, none, 1500160",
        "1011, 2097152, 16, 1.1, off, qcow2, 30000128",
        "1012, 512, 64, 1.1, on, qcow2, 4000256",
    })
    void qemuAndWeAgree(long seed, int cluster, int refcountBits, String compat, String lazy, String backing, int size)
            throws IOException {
        random = new Random(seed);
        size = (size + 511) & -512;
        Path image = folder.resolve("image.qcow2");
        expected = new byte[size];
        List<String> create = new ArrayList<>(List.of("qemu-img", "create", "-q", "-f", "qcow2"));
        String options = "cluster_size=" + cluster + ",compat=" + compat;
        if (compat.equals("1.1")) {
            options += ",refcount_bits=" + refcountBits + ",lazy_refcounts=" + lazy;
        }
        create.addAll(List.of("-o", options));
        if (!backing.equals("none")) {
            create.addAll(List.of("-b", makeBacking(backing), "-F", backing));
        }
        create.addAll(List.of(image.toString(), String.valueOf(size)));
        Qemu.ok(create.toArray(String[]::new));
        for (int round = 0; round < ROUNDS; round++) {
            ourOperations(image);
            Qemu.checkClean(image);
            assertArrayEquals(expected, Qemu.contents(image, folder.resolve("scratch")), "seed " + seed);
            qemuOperations(image);
            try (VirtualDisk disk = DiskFormats.open(image, OpenOptions.readOnly())) {
                assertArrayEquals(expected, readAll(disk), "seed " + seed);
            }
        }
    }

    /** A backing file shorter than the image, of random contents with holes. */
    private String makeBacking(String format) throws IOException {
        int length = expected.length / 3 * 2 & -512;
        byte[] contents = new byte[length];
        random.nextBytes(contents);
        Arrays.fill(contents, length / 4, length / 2, (byte) 0);
        System.arraycopy(contents, 0, expected, 0, length);
        Path raw = Files.write(folder.resolve("base.raw"), contents);
        if (format.equals("raw")) {
            return "base.raw";
        }
        // Compressed, so that unpacking is tried too.
        Qemu.ok(
                "qemu-img",
                "convert",
                "-c",
                "-O",
                "qcow2",
                raw.toString(),
                folder.resolve("base.qcow2").toString());
        return "base.qcow2";
    }

    private void ourOperations(Path image) throws IOException {
        try (VirtualDisk disk = DiskFormats.open(image, OpenOptions.readWrite())) {
            assertEquals(expected.length, disk.size());
            for (int i = 0; i < 60; i++) {
                int at = random.nextInt(expected.length);
                int length = length(at);
                switch (random.nextInt(8)) {
                    case 0 -> {
                        disk.writeZeroes(at, length);
                        Arrays.fill(expected, at, at + length, (byte) 0);
                    }
                    case 1 -> {
                        disk.discard(at, length);
                        // Whatever it reads as now is what it has to stay.
                        System.arraycopy(read(disk, at, length), 0, expected, at, length);
                    }
                    case 2 -> disk.flush();
                    case 3 -> assertArrayEquals(Arrays.copyOfRange(expected, at, at + length), read(disk, at, length));
                    default -> {
                        byte[] bytes = new byte[length];
                        random.nextBytes(bytes);
                        disk.write(at, ByteBuffer.wrap(bytes));
                        System.arraycopy(bytes, 0, expected, at, length);
                    }
                }
            }
            assertArrayEquals(expected, readAll(disk));
        }
    }

    private int length(int at) {
        int longest = random.nextInt(4) == 0 ? 600_000 : 9_000;
        return 1 + random.nextInt(Math.min(longest, expected.length - at));
    }

    private void qemuOperations(Path image) throws IOException {
        List<String> commands = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            int at = random.nextInt(expected.length) & -512;
            int length = Math.max(512, length(at) & -512);
            int pattern = 1 + random.nextInt(255);
            boolean zero = random.nextInt(4) == 0;
            commands.add((zero ? "write -z -u " : "write -P " + pattern + " ") + at + " " + length);
            Arrays.fill(expected, at, at + length, (byte) (zero ? 0 : pattern));
        }
        Qemu.io(image, commands);
    }

    private static byte[] read(VirtualDisk disk, long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        disk.read(at, bytes);
        return bytes.array();
    }

    private static byte[] readAll(VirtualDisk disk) throws IOException {
        return read(disk, 0, (int) disk.size());
    }
}
