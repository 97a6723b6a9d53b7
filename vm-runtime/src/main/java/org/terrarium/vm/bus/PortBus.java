package org.terrarium.vm.bus;

import java.util.Arrays;

/**
 * The 64 Ki I/O ports as a flat table: one array load per access. Ranges may be moved at run time (PCI BARs). Unclaimed
 * ports read all ones and swallow writes. A later mapping of a claimed port wins until it is unmapped.
 */
public final class PortBus {
    private static final int PORTS = 0x10000;

    private record Mapping(int base, int count, PortDevice device, Mapping below) {}

    private final Mapping[] table = new Mapping[PORTS];

    /** Maps {@code count} ports from {@code base}; ports beyond 0xFFFF are cut off. */
    public void map(int base, int count, PortDevice device) {
        int end = Math.min(base + count, PORTS);
        for (int p = base; p < end; p++) {
            table[p] = new Mapping(base, count, device, table[p]);
        }
    }

    /** Removes what {@link #map} with the same device and base added. */
    public void unmap(int base, int count, PortDevice device) {
        int end = Math.min(base + count, PORTS);
        for (int p = base; p < end; p++) {
            table[p] = without(table[p], base, device);
        }
    }

    private static Mapping without(Mapping m, int base, PortDevice device) {
        if (m == null) {
            return null;
        }
        if (m.device == device && m.base == base) {
            return m.below;
        }
        return new Mapping(m.base, m.count, m.device, without(m.below, base, device));
    }

    public int read(int port, int size) {
        Mapping m = table[port & 0xFFFF];
        if (m == null) {
            return size == 4 ? -1 : (1 << 8 * size) - 1;
        }
        int offset = (port & 0xFFFF) - m.base;
        if (offset + size <= m.count) {
            return m.device.read(offset, size);
        }
        int half = size / 2;
        return read(port, half) | read(port + half, half) << 8 * half;
    }

    public void write(int port, int size, int value) {
        Mapping m = table[port & 0xFFFF];
        if (m == null) {
            return;
        }
        int offset = (port & 0xFFFF) - m.base;
        if (offset + size <= m.count) {
            m.device.write(offset, size, value);
            return;
        }
        int half = size / 2;
        write(port, half, half == 1 ? value & 0xFF : value & 0xFFFF);
        write(port + half, half, value >>> 8 * half);
    }

    /** Whether any device claims the port. */
    public boolean claimed(int port) {
        return table[port & 0xFFFF] != null;
    }

    @Override
    public String toString() {
        return "PortBus, claimed " + Arrays.stream(table).filter(m -> m != null).count();
    }
}
