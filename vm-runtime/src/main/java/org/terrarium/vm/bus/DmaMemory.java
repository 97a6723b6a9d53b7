package org.terrarium.vm.bus;

/** Guest-physical memory as a bus master sees it: reads outside of RAM give 0xFF, writes outside are dropped. */
public interface DmaMemory {
    void read(long pa, byte[] dst, int offset, int length);

    void write(long pa, byte[] src, int offset, int length);

    default int read32(long pa) {
        byte[] b = new byte[4];
        read(pa, b, 0, 4);
        return b[0] & 0xFF | (b[1] & 0xFF) << 8 | (b[2] & 0xFF) << 16 | b[3] << 24;
    }

    default void write32(long pa, int value) {
        write(pa, new byte[] {(byte) value, (byte) (value >> 8), (byte) (value >> 16), (byte) (value >> 24)}, 0, 4);
    }
}
