package org.terrarium.disk;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Compares what two disks show. */
public final class DiskCompare {
    private static final int PIECE = 1 << 20;

    /**
     * What came out.
     *
     * @param same the contents are equal; a longer disk's rest counts as equal when it is zeroes
     * @param sizesEqual both have the same size
     * @param offset the first byte that differs, or -1
     */
    public record Result(boolean same, boolean sizesEqual, long offset) {}

    private DiskCompare() {}

    public static Result compare(VirtualDisk a, VirtualDisk b, Progress progress) throws IOException {
        long size = Math.max(a.size(), b.size());
        ByteBuffer left = ByteBuffer.allocate(PIECE);
        ByteBuffer right = ByteBuffer.allocate(PIECE);
        long at = 0;
        while (at < size) {
            progress.at(at, size);
            long zeroes = Math.min(zeroesAt(a, at, size), zeroesAt(b, at, size));
            if (zeroes > 0) {
                at += zeroes;
                continue;
            }
            int length = (int) Math.min(PIECE, size - at);
            read(a, at, left.clear().limit(length));
            read(b, at, right.clear().limit(length));
            int differs = left.flip().mismatch(right.flip());
            if (differs >= 0) {
                return new Result(false, a.size() == b.size(), at + differs);
            }
            at += length;
        }
        progress.at(size, size);
        return new Result(true, a.size() == b.size(), -1);
    }

    /** Bytes from there on that are known to be zeroes without reading. */
    private static long zeroesAt(VirtualDisk disk, long at, long end) throws IOException {
        if (at >= disk.size()) {
            return end - at;
        }
        RangeStatus status = disk.status(at, disk.size() - at);
        return status.zero() ? status.length() : 0;
    }

    private static void read(VirtualDisk disk, long at, ByteBuffer dst) throws IOException {
        if (at < disk.size()) {
            int inside = (int) Math.min(dst.remaining(), disk.size() - at);
            disk.read(at, dst.slice(dst.position(), inside));
            dst.position(dst.position() + inside);
        }
        ZeroFill.fill(dst);
    }
}
