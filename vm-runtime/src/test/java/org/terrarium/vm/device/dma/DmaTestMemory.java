package org.terrarium.vm.device.dma;

import java.util.Arrays;
import org.terrarium.vm.bus.DmaMemory;

/** A few bytes of RAM from address 0; outside of it reads give FFh and writes are dropped. */
public final class DmaTestMemory implements DmaMemory {
    public final byte[] bytes;

    public DmaTestMemory(int size) {
        bytes = new byte[size];
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
