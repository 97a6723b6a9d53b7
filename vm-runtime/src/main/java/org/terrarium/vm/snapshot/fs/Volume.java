package org.terrarium.vm.snapshot.fs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.terrarium.disk.VirtualDisk;

/**
 * A part of a disk that may hold a file system. Everything in it comes from a guest: reading outside gives zeros, never an error.
 *
 * @param disk opened for reading
 * @param start first byte in the disk
 * @param length bytes
 */
public record Volume(VirtualDisk disk, long start, long length) {
    /** Bytes from {@code at} on, little endian; what lies outside is zero. */
    ByteBuffer read(long at, int count) throws IOException {
        ByteBuffer b = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        if (at >= 0 && at < length) {
            b.limit((int) Math.min(count, Math.min(length - at, Math.max(0, disk.size() - start - at))));
            if (b.hasRemaining()) {
                disk.read(start + at, b);
            }
        }
        return b.clear();
    }
}
