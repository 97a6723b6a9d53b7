package org.terrarium.vm.bus;

/** The memory-mapped side of a chip; offsets are local to the mapped range. Never throws because of what a guest does. */
public interface MmioDevice {
    /** Reads {@code size} (1, 2, 4 or 8) bytes at {@code offset}, zero-extended. */
    long read(long offset, int size);

    void write(long offset, int size, long value);
}
