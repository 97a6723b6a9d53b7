package org.terrarium.vm.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.terrarium.x86.mem.PhysicalMemory;

class MemoryBusTest {
    private static final long MIB = 1 << 20;

    private final PhysicalMemory memory = new PhysicalMemory(4 * MIB);
    private final MemoryBus bus = new MemoryBus(memory);
    private final List<String> log = new ArrayList<>();

    private MmioDevice named(String name) {
        return new MmioDevice() {
            @Override
            public long read(long offset, int size) {
                log.add(name + " read " + Long.toHexString(offset) + "/" + size);
                return 0x42;
            }

            @Override
            public void write(long offset, int size, long value) {
                log.add(name + " write " + Long.toHexString(offset) + "/" + size + "=" + Long.toHexString(value));
            }
        };
    }

    private int dma(long pa) {
        byte[] b = new byte[1];
        memory.read(pa, b, 0, 1);
        return b[0] & 0xFF;
    }

    @Test
    void aWindowOverRamHidesItUntilItIsRemoved() {
        bus.ram(0, 0, new MemoryBlock(memory, 0, MIB));
        memory.write(0xA0000, new byte[] {0x55}, 0, 1);
        MemoryMap.Placement window = bus.device(0xA0000, 0x20000, 1, named("vga"));
        assertEquals(0x42, bus.read(0xA0010, 1));
        assertEquals(List.of("vga read 10/1"), log);
        assertEquals(0xFF, dma(0xA0000), "DMA sees no RAM under the window");
        window.remove();
        assertEquals(0x55, dma(0xA0000));
    }

    @Test
    void theHigherPriorityWinsWhateverTheOrder() {
        bus.device(0x1000, 0x1000, 5, named("high"));
        bus.device(0x0, 0x4000, 1, named("low"));
        bus.read(0x1004, 4);
        bus.read(0x2004, 4);
        assertEquals(List.of("high read 4/4", "low read 2004/4"), log);
    }

    @Test
    void amongEqualsTheLaterWins() {
        bus.device(0x0, 0x2000, 1, named("first"));
        bus.device(0x1000, 0x1000, 1, named("second"));
        bus.read(0x1800, 2);
        assertEquals(List.of("second read 800/2"), log);
    }

    @Test
    void writesToRomReachItsListenerAndLeaveTheContentsAlone() {
        MemoryBlock rom = new MemoryBlock(memory, 0, 0x1000);
        rom.bytes().set(java.lang.foreign.ValueLayout.JAVA_BYTE, 0, (byte) 0x7E);
        bus.rom(0xF0000, 0, rom, named("flash"));
        bus.write(0xF0000, 1, 0x99);
        assertEquals(List.of("flash write 0/1=99"), log);
        memory.write(0xF0000, new byte[] {1}, 0, 1);
        assertEquals(0x7E, dma(0xF0000));
    }

    @Test
    void holesReadAsAllOnes() {
        assertEquals(0xFF, bus.read(0x123456, 1));
        assertEquals(0xFFFF_FFFFL, bus.read(0x123456, 4));
        assertEquals(-1L, bus.read(0x123450, 8));
        bus.write(0x123456, 4, 1);
        assertEquals(List.of(), log);
    }

    @Test
    void aBlockShowsUpAtItsOffsetBehindAnotherRegion() {
        // The second half of a RAM block must keep its own backing when something covers the first half.
        bus.ram(0, 0, new MemoryBlock(memory, 0, 0x4000));
        memory.write(0x3000, new byte[] {0x33}, 0, 1);
        bus.device(0, 0x2000, 1, named("cover"));
        assertEquals(0x33, dma(0x3000));
    }
}
