package org.terrarium.vm.firmware;

import org.terrarium.vm.accel.GuestRegisters;
import org.terrarium.vm.bus.DmaMemory;

/**
 * Guest memory as the firmware uses it: small values through the processor's own address translation (so that services work
 * in virtual-8086 mode and reach video memory), bulk data page by page.
 */
final class BiosMemory {
    private static final int PAGE = 4096;

    private final GuestRegisters cpu;
    private final DmaMemory ram;

    BiosMemory(GuestRegisters cpu, DmaMemory ram) {
        this.cpu = cpu;
        this.ram = ram;
    }

    int u8(long linear) {
        return cpu.read(linear, 1) & 0xFF;
    }

    int u16(long linear) {
        return cpu.read(linear, 2) & 0xFFFF;
    }

    int u32(long linear) {
        return cpu.read(linear, 4);
    }

    long u64(long linear) {
        return u32(linear) & 0xFFFF_FFFFL | (long) u32(linear + 4) << 32;
    }

    void put8(long linear, int value) {
        cpu.write(linear, 1, value & 0xFF);
    }

    void put16(long linear, int value) {
        cpu.write(linear, 2, value & 0xFFFF);
    }

    /** Sets an interrupt vector of the real mode, by a far pointer. */
    void setVector(int vector, int farPointer) {
        put32(vector * 4L, farPointer);
    }

    void put32(long linear, int value) {
        cpu.write(linear, 4, value);
    }

    void put64(long linear, long value) {
        put32(linear, (int) value);
        put32(linear + 4, (int) (value >>> 32));
    }

    /** Sets or clears bits of a byte. */
    void change8(long linear, int clear, int set) {
        put8(linear, u8(linear) & ~clear | set);
    }

    void fill(long linear, int length, int value) {
        byte[] b = new byte[length];
        java.util.Arrays.fill(b, (byte) value);
        write(linear, b, 0, length);
    }

    byte[] bytes(long linear, int length) {
        byte[] b = new byte[length];
        read(linear, b, 0, length);
        return b;
    }

    void write(long linear, byte[] src) {
        write(linear, src, 0, src.length);
    }

    void read(long linear, byte[] dst, int offset, int length) {
        int done = 0;
        while (done < length) {
            long at = linear + done;
            int part = (int) Math.min(length - done, PAGE - (at & PAGE - 1));
            long pa = cpu.physical(at);
            if (isVideo(pa)) {
                for (int k = 0; k < part; k++) {
                    dst[offset + done + k] = (byte) cpu.read(at + k, 1);
                }
            } else if (pa >= 0) {
                ram.read(pa, dst, offset + done, part);
            }
            done += part;
        }
    }

    void write(long linear, byte[] src, int offset, int length) {
        int done = 0;
        while (done < length) {
            long at = linear + done;
            int part = (int) Math.min(length - done, PAGE - (at & PAGE - 1));
            long pa = cpu.physical(at);
            if (isVideo(pa)) {
                for (int k = 0; k < part; k++) {
                    cpu.write(at + k, 1, src[offset + done + k] & 0xFF);
                }
            } else if (pa >= 0) {
                ram.write(pa, src, offset + done, part);
            }
            done += part;
        }
    }

    /** Guest-physical memory, not subject to paging: POST and loaders. */
    DmaMemory physical() {
        return ram;
    }

    private static boolean isVideo(long pa) {
        return pa >= 0xA0000 && pa < 0xC0000;
    }
}
