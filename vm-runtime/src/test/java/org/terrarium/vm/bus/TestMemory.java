package org.terrarium.vm.bus;

import java.util.Arrays;

/** Guest memory from address 0 in an array, as a bus master sees it; outside of it reads give FFh and writes are dropped. */
public final class TestMemory implements DmaMemory {
    public final byte[] bytes;

    public TestMemory(int size) {
        this(new byte[size]);
    }

    public TestMemory(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public void read(long pa, byte[] dst, int offset, int length) {
        Arrays.fill(dst, offset, offset + length, (byte) 0xFF);
        if (pa >= 0 && pa < bytes.length) {
            System.arraycopy(bytes, (int) pa, dst, offset, (int) Math.min(length, bytes.length - pa));
        }
    }

    @Override
    public void write(long pa, byte[] src, int offset, int length) {
        if (pa >= 0 && pa < bytes.length) {
            System.arraycopy(src, offset, bytes, (int) pa, (int) Math.min(length, bytes.length - pa));
        }
    }
}
