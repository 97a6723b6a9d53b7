package org.terrarium.vm.firmware;

import org.terrarium.vm.bus.PortBus;

/** PCI configuration space by mechanism 1 (PCI Local Bus Specification 3.0, 3.2.2.3.2): ports CF8h and CFCh. */
final class PciConfig {
    static final int VENDOR = 0x00;
    static final int DEVICE = 0x02;
    static final int COMMAND = 0x04;
    static final int CLASS = 0x0A;
    static final int PROG_IF = 0x09;
    static final int HEADER_TYPE = 0x0E;
    static final int BAR0 = 0x10;
    static final int ROM_BAR = 0x30;
    static final int INTERRUPT_LINE = 0x3C;
    static final int INTERRUPT_PIN = 0x3D;

    static final int IO_ENABLE = 1;
    static final int MEMORY_ENABLE = 2;
    static final int BUS_MASTER = 4;

    private static final int ADDRESS = 0xCF8;
    private static final int DATA = 0xCFC;

    private final PortBus ports;

    PciConfig(PortBus ports) {
        this.ports = ports;
    }

    /** Reads 1, 2 or 4 bytes of function {@code bdf} (bus &lt;&lt; 8 | device &lt;&lt; 3 | function), zero-extended to 32 bits. */
    int read(int bdf, int register, int size) {
        select(bdf, register);
        return ports.read(DATA + (register & 3), size);
    }

    void write(int bdf, int register, int size, int value) {
        select(bdf, register);
        ports.write(DATA + (register & 3), size, value);
    }

    private void select(int bdf, int register) {
        ports.write(ADDRESS, 4, 0x8000_0000 | (bdf & 0xFFFF) << 8 | register & 0xFC);
    }

    int vendor(int bdf) {
        return read(bdf, VENDOR, 2) & 0xFFFF;
    }

    boolean present(int bdf) {
        return vendor(bdf) != 0xFFFF;
    }

    /** All functions present on bus 0, in order. */
    int[] functions() {
        int[] found = new int[256];
        int count = 0;
        for (int device = 0; device < 32; device++) {
            int first = device << 3;
            if (!present(first)) {
                continue;
            }
            boolean multi = (read(first, HEADER_TYPE, 1) & 0x80) != 0;
            for (int function = 0; function < (multi ? 8 : 1); function++) {
                if (present(first | function)) {
                    found[count++] = first | function;
                }
            }
        }
        return java.util.Arrays.copyOf(found, count);
    }
}
