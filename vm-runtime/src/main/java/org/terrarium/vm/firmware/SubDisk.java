package org.terrarium.vm.firmware;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.terrarium.disk.VirtualDisk;

/** A read-only window on part of another disk; reading past the other's end gives zeroes. */
final class SubDisk implements VirtualDisk {
    private final VirtualDisk whole;
    private final long start;
    private final long size;

    SubDisk(VirtualDisk whole, long start, long size) {
        this.whole = whole;
        this.start = start;
        this.size = size;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public boolean readOnly() {
        return true;
    }

    @Override
    public void read(long offset, ByteBuffer dst) throws IOException {
        long available = Math.max(0, whole.size() - start - offset);
        int wanted = dst.remaining();
        int real = (int) Math.min(wanted, available);
        if (real > 0) {
            int limit = dst.limit();
            dst.limit(dst.position() + real);
            whole.read(start + offset, dst);
            dst.limit(limit);
        }
        for (int k = real; k < wanted; k++) {
            dst.put((byte) 0);
        }
    }

    @Override
    public void write(long offset, ByteBuffer src) throws IOException {
        throw new IOException("the boot image of a CD is read-only");
    }

    @Override
    public void flush() {
        // nothing is ever written
    }

    @Override
    public void discard(long offset, long length) {
        // nothing to give back
    }

    @Override
    public void writeZeroes(long offset, long length) throws IOException {
        throw new IOException("the boot image of a CD is read-only");
    }

    @Override
    public void close() {
        // the whole belongs to somebody else
    }
}
