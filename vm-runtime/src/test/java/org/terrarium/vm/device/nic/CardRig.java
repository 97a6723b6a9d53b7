package org.terrarium.vm.device.nic;

import org.terrarium.net.MacAddress;
import org.terrarium.vm.bus.IrqLine;
import org.terrarium.vm.bus.PortBus;
import org.terrarium.vm.bus.TestMemory;

/** What a network card is wired to in its tests. */
public final class CardRig {
    public static final MacAddress MAC = MacAddress.parse("52:54:00:12:34:56");

    public final FakeCable cable = new FakeCable();
    public final TestMemory memory = new TestMemory(1 << 20);
    public final PortBus ports = new PortBus();
    public boolean interrupt;

    public IrqLine wire() {
        return high -> interrupt = high;
    }

    /** Puts numbers into memory, low octet first. */
    public void put(int at, int size, long value) {
        for (int k = 0; k < size; k++) {
            memory.bytes[at + k] = (byte) (value >>> 8 * k);
        }
    }

    /** A number from memory, low octet first. */
    public long get(int at, int size) {
        long value = 0;
        for (int k = size - 1; k >= 0; k--) {
            value = value << 8 | memory.bytes[at + k] & 0xFF;
        }
        return value;
    }
}
