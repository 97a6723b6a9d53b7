package org.terrarium.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes an image's file as small as its contents allow. */
public final class DiskCompact {
    private static final int PIECE = 1 << 20;
    private static final ByteBuffer ZEROES = ByteBuffer.allocate(PIECE).asReadOnlyBuffer();

    private DiskCompact() {}

    /**
     * Gives back the space of units that hold nothing but zeroes, then closes the gaps in the file. The contents stay the same,
     * also when it is stopped.
     *
     * @return bytes by which the file is shorter now
     */
    public static long compact(Path image, OpenOptions options, Progress progress) throws IOException {
        long before = Files.size(image);
        try (MappedDisk disk = new ChainOpener(FileHost.LOCAL, options.withWritable(true)).openMapped(image, 1)) {
            // Looking for zeroes is the longer half, as it reads everything.
            long size = disk.size();
            giveZeroesBack(disk, (done, total) -> progress.step(done, 2 * size));
            disk.flush();
            disk.change(format -> {
                if (!(format instanceof RawFormat)) {
                    format.compact((done, total) -> progress.step(size + size / Math.max(1, total) * done, 2 * size));
                }
            });
        }
        return before - Files.size(image);
    }

    private static void giveZeroesBack(MappedDisk disk, Progress progress) throws IOException {
        int unit = (int) Math.max(disk.unitSize(), 4096);
        ByteBuffer buffer = ByteBuffer.allocate(Math.max(unit, PIECE));
        long size = disk.size();
        long at = 0;
        while (at < size) {
            progress.at(at, size);
            RangeStatus status = disk.status(at, size - at);
            if (status.kind() != Extent.Kind.DATA) {
                if (status.zero() && status.file() != null) {
                    giveHoleBack(disk, at, at + status.length(), unit);
                }
                at += status.length();
                continue;
            }
            int length = (int) Math.min(status.length(), buffer.capacity());
            buffer.clear().limit(length);
            disk.read(at, buffer);
            // Neighbours are given back at once: every hole is a call to the host.
            int zeroFrom = 0;
            for (int from = 0; from < length; from += unit) {
                int part = Math.min(unit, length - from);
                if (!isZero(buffer, from, part)) {
                    zero(disk, at, zeroFrom, from);
                    zeroFrom = from + part;
                }
            }
            zero(disk, at, zeroFrom, length);
            at += length;
        }
    }

    /** The host keeps nothing there, but the image may still have it allocated. */
    private static void giveHoleBack(MappedDisk disk, long from, long to, int unit) throws IOException {
        long first = (from + unit - 1) & -unit;
        long last = to == disk.size() ? to : to & -unit;
        if (first < last) {
            disk.writeZeroes(first, last - first);
        }
    }

    private static void zero(MappedDisk disk, long at, int from, int to) throws IOException {
        if (from < to) {
            disk.writeZeroes(at + from, to - from);
        }
    }

    private static boolean isZero(ByteBuffer buffer, int from, int length) {
        for (int at = 0; at < length; at += PIECE) {
            int part = Math.min(PIECE, length - at);
            if (!buffer.slice(from + at, part).equals(ZEROES.slice(0, part))) {
                return false;
            }
        }
        return true;
    }
}
