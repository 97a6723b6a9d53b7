package org.terrarium.vm.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.terrarium.disk.VirtualDisk;

/** A disk in an array for tests, which can be told to fail. */
public final class MemoryDisk implements VirtualDisk {
    public final byte[] bytes;
    public final boolean readOnly;
    public boolean failing;
    public int flushes;

    /** Bytes given back so far. */
    public long discarded;

    public MemoryDisk(int size, boolean readOnly) {
        bytes = new byte[size];
        this.readOnly = readOnly;
    }

    /** Every 32-bit word holds a value that depends on its address. */
    public static MemoryDisk patterned(int size, boolean readOnly) {
        MemoryDisk d = new MemoryDisk(size, readOnly);
        for (int k = 0; k + 4 <= size; k += 4) {
            int v = (k / 4) * 0x9E3779B1;
            d.bytes[k] = (byte) v;
            d.bytes[k + 1] = (byte) (v >> 8);
            d.bytes[k + 2] = (byte) (v >> 16);
            d.bytes[k + 3] = (byte) (v >> 24);
        }
        return d;
    }

    private void check() throws IOException {
        if (failing) {
            throw new IOException("test.img: simulated failure");
        }
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public boolean readOnly() {
        return readOnly;
    }

    @Override
    public void read(long offset, ByteBuffer dst) throws IOException {
        check();
        dst.put(bytes, (int) offset, dst.remaining());
    }

    @Override
    public void write(long offset, ByteBuffer src) throws IOException {
        check();
        src.get(bytes, (int) offset, src.remaining());
    }

    @Override
    public void flush() throws IOException {
        check();
        flushes++;
    }

    @Override
    public void discard(long offset, long length) throws IOException {
        check();
        discarded += length;
        Arrays.fill(bytes, (int) offset, (int) (offset + length), (byte) 0);
    }

    @Override
    public void writeZeroes(long offset, long length) throws IOException {
        check();
        Arrays.fill(bytes, (int) offset, (int) (offset + length), (byte) 0);
    }

    @Override
    public void close() {}
}
