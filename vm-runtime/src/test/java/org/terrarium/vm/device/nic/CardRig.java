package org.terrarium.vm.device.nic;

import org.terrarium.net.MacAddress;
import org.terrarium.vm.bus.IrqLine;
import org.terrarium.vm.bus.MemoryBlock;
import org.terrarium.vm.bus.MemoryMap;
import org.terrarium.vm.bus.MmioDevice;
import org.terrarium.vm.bus.PortBus;
import org.terrarium.vm.device.dma.DmaTestMemory;

/** What a network card is wired to in its tests. */
public final class CardRig {
    public static final MacAddress MAC = MacAddress.parse("52:54:00:12:34:56");

    public final FakeCable cable = new FakeCable();
    public final DmaTestMemory memory = new DmaTestMemory(1 << 20);
    public final PortBus ports = new PortBus();
    public boolean interrupt;

    public IrqLine wire() {
        return high -> interrupt = high;
    }

    /** A map in which devices may lie anywhere. */
    public MemoryMap map() {
        return new MemoryMap() {
            @Override
            public Placement ram(long pa, int priority, MemoryBlock block) {
                return () -> {};
            }

            @Override
            public Placement rom(long pa, int priority, MemoryBlock block, MmioDevice writes) {
                return () -> {};
            }

            @Override
            public Placement device(long pa, long bytes, int priority, MmioDevice device) {
                return () -> {};
            }
        };
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
