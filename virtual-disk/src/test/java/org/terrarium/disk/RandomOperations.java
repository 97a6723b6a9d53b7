package org.terrarium.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Random reads, writes, zeroings and discards, and what a disk has to hold after them. */
final class RandomOperations {
    private final Random random;
    private final byte[] expected;
    private final String seedText;

    /** A disk of so many bytes, all zeroes at first. */
    RandomOperations(long seed, int size) {
        this.random = new Random(seed);
        this.expected = new byte[size];
        this.seedText = "seed " + seed;
    }

    Random random() {
        return random;
    }

    byte[] expected() {
        return expected;
    }

    String seedText() {
        return seedText;
    }

    /** Fills part of the disk, as a backing file would. */
    void preset(int at, byte[] contents) {
        System.arraycopy(contents, 0, expected, at, contents.length);
    }

    void applyTo(VirtualDisk disk, int operations) throws IOException {
        assertEquals(expected.length, disk.size(), seedText);
        for (int i = 0; i < operations; i++) {
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
                    preset(at, read(disk, at, length));
                }
                case 2 -> disk.flush();
                case 3 ->
                    assertArrayEquals(Arrays.copyOfRange(expected, at, at + length), read(disk, at, length), seedText);
                default -> {
                    byte[] bytes = new byte[length];
                    random.nextBytes(bytes);
                    disk.write(at, ByteBuffer.wrap(bytes));
                    preset(at, bytes);
                }
            }
        }
        verify(disk);
    }

    void verify(VirtualDisk disk) throws IOException {
        assertEquals(expected.length, disk.size(), seedText);
        assertArrayEquals(expected, read(disk, 0, expected.length), seedText);
    }

    private int length(int at) {
        int longest = random.nextInt(4) == 0 ? 600_000 : 9_000;
        return 1 + random.nextInt(Math.min(longest, expected.length - at));
    }

    /** The next operations as qemu-io's commands, in whole sectors. */
    List<String> qemuCommands(int operations) {
        List<String> commands = new ArrayList<>();
        for (int i = 0; i < operations; i++) {
            int at = random.nextInt(expected.length) & -512;
            int length = Math.max(512, length(at) & -512);
            int pattern = 1 + random.nextInt(255);
            boolean zero = random.nextInt(4) == 0;
            commands.add((zero ? "write -z " : "write -P " + pattern + " ") + at + " " + length);
            Arrays.fill(expected, at, at + length, (byte) (zero ? 0 : pattern));
        }
        return commands;
    }

    static byte[] read(VirtualDisk disk, long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        disk.read(at, bytes);
        return bytes.array();
    }
}
