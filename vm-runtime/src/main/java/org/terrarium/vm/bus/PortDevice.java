package org.terrarium.vm.bus;

/**
 * The I/O-port side of a chip. Offsets are local to the mapped range: a chip never knows its base address. Whatever a guest
 * does, these methods do not throw.
 */
public interface PortDevice {
    /** Reads {@code size} (1, 2 or 4) bytes at {@code offset}, zero-extended; the access lies inside the mapped range. */
    int read(int offset, int size);

    void write(int offset, int size, int value);
}
