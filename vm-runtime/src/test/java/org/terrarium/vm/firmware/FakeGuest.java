package org.terrarium.vm.firmware;

import org.terrarium.vm.accel.GuestRegisters;
import org.terrarium.vm.bus.DmaMemory;
import org.terrarium.vm.bus.MmioDevice;

/** Registers and memory of a real-mode processor that never runs; video memory is a real card's if one is plugged in. */
final class FakeGuest implements GuestRegisters, DmaMemory {
    static final int STACK = 0x7000;

    final byte[] ram;
    final int[] general = new int[8];
    final int[] selectors = new int[6];
    MmioDevice video;
    int ip;
    int flags = 0x202;

    FakeGuest(int bytes) {
        ram = new byte[bytes];
        general[ESP] = STACK;
    }

    @Override
    public int get(int register) {
        return general[register];
    }

    @Override
    public void set(int register, int value) {
        general[register] = value;
    }

    @Override
    public int selector(int segment) {
        return selectors[segment];
    }

    @Override
    public long base(int segment) {
        return selectors[segment] * 16L;
    }

    @Override
    public void loadRealSegment(int segment, int selector) {
        selectors[segment] = selector & 0xFFFF;
    }

    @Override
    public int ip() {
        return ip;
    }

    @Override
    public void setIp(int value) {
        ip = value;
    }

    @Override
    public int flags() {
        return flags;
    }

    @Override
    public void setFlags(int value) {
        flags = value;
    }

    @Override
    public boolean realAddressing() {
        return true;
    }

    @Override
    public long physical(long linear) {
        return linear;
    }

    private boolean isVideo(long pa) {
        return video != null && pa >= 0xA0000 && pa < 0xC0000;
    }

    @Override
    public int read(long linear, int size) {
        if (isVideo(linear)) {
            return (int) video.read(linear - 0xA0000, size);
        }
        int v = 0;
        for (int k = 0; k < size; k++) {
            boolean inside = linear + k < ram.length && linear + k >= 0;
            v |= (inside ? ram[(int) linear + k] & 0xFF : 0xFF) << 8 * k;
        }
        return v;
    }

    @Override
    public void write(long linear, int size, int value) {
        if (isVideo(linear)) {
            video.write(linear - 0xA0000, size, value & 0xFFFF_FFFFL);
            return;
        }
        for (int k = 0; k < size; k++) {
            if (linear + k < ram.length && linear + k >= 0) {
                ram[(int) linear + k] = (byte) (value >>> 8 * k);
            }
        }
    }

    @Override
    public void read(long pa, byte[] dst, int offset, int length) {
        for (int k = 0; k < length; k++) {
            dst[offset + k] = (byte) read(pa + k, 1);
        }
    }

    @Override
    public void write(long pa, byte[] src, int offset, int length) {
        for (int k = 0; k < length; k++) {
            write(pa + k, 1, src[offset + k]);
        }
    }

    @Override
    public void spend(int instructions) {
        // nothing here is measured
    }
}
