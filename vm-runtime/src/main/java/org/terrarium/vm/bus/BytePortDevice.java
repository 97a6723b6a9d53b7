package org.terrarium.vm.bus;

/** A chip on an 8-bit bus: wider accesses become consecutive byte accesses, low byte first, as the ISA bridge does. */
public interface BytePortDevice extends PortDevice {
    /** Reads one byte, 0..255. */
    int readByte(int offset);

    /** Writes one byte, 0..255. */
    void writeByte(int offset, int value);

    @Override
    default int read(int offset, int size) {
        int value = 0;
        for (int k = 0; k < size; k++) {
            value |= (readByte(offset + k) & 0xFF) << (8 * k);
        }
        return value;
    }

    @Override
    default void write(int offset, int size, int value) {
        for (int k = 0; k < size; k++) {
            writeByte(offset + k, value >>> (8 * k) & 0xFF);
        }
    }
}
