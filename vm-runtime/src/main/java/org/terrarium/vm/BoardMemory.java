package org.terrarium.vm;

import org.terrarium.vm.bus.DmaMemory;
import org.terrarium.vm.bus.MemoryBlock;
import org.terrarium.vm.bus.MemoryBus;
import org.terrarium.x86.mem.PhysicalMemory;

/** The board's memory: RAM below and above the PCI hole, video memory, and the ROMs, all in one piece of backing. */
final class BoardMemory {
    /** RAM reaches up to here at most; PCI and the interrupt controllers have the rest of the first 4 GiB. */
    static final long PCI_HOLE = 0xE000_0000L;

    static final long FOUR_GIB = 1L << 32;
    static final long MIB = 1 << 20;
    static final int SHADOW_BASE = 0xC0000;
    static final int SHADOW_BYTES = 0x40000;
    static final int VGA_ROM_BYTES = 0x10000;
    private static final int RAM_PRIORITY = 0;

    final PhysicalMemory physical;
    final MemoryBus map;
    final long lowRam;
    final long highRam;
    final MemoryBlock shadowRam;
    final MemoryBlock video;
    final MemoryBlock firmware;
    final MemoryBlock vgaRom;

    private final int firmwareLowBytes;

    /**
     * @param firmwareBytes size of the firmware ROM that ends at 4 GiB
     * @param firmwareLowBytes how much of it, at its end, is also seen below 1 MiB
     */
    BoardMemory(int ramMib, int videoMib, int firmwareBytes, int firmwareLowBytes) {
        this.firmwareLowBytes = firmwareLowBytes;
        long ram = ramMib * MIB;
        long videoBytes = videoMib * MIB;
        physical = new PhysicalMemory(ram + videoBytes + firmwareBytes + VGA_ROM_BYTES);
        map = new MemoryBus(physical);
        lowRam = Math.min(ram, PCI_HOLE);
        highRam = ram - lowRam;
        shadowRam = new MemoryBlock(physical, SHADOW_BASE, SHADOW_BYTES);
        video = new MemoryBlock(physical, ram, videoBytes);
        firmware = new MemoryBlock(physical, ram + videoBytes, firmwareBytes);
        vgaRom = new MemoryBlock(physical, ram + videoBytes + firmwareBytes, VGA_ROM_BYTES);
        map.ram(0, RAM_PRIORITY, new MemoryBlock(physical, 0, lowRam));
        if (highRam > 0) {
            map.ram(FOUR_GIB, RAM_PRIORITY, new MemoryBlock(physical, lowRam, highRam));
        }
        map.rom(FOUR_GIB - firmwareBytes, RAM_PRIORITY, firmware, null);
    }

    /** The part of the firmware ROM that is visible below 1 MiB. */
    MemoryBlock firmwareLow() {
        return new MemoryBlock(physical, firmware.offset() + firmware.size() - firmwareLowBytes, firmwareLowBytes);
    }

    /** What bus masters see. */
    DmaMemory dma() {
        return new DmaMemory() {
            @Override
            public void read(long pa, byte[] dst, int offset, int length) {
                physical.read(pa, dst, offset, length);
            }

            @Override
            public void write(long pa, byte[] src, int offset, int length) {
                physical.write(pa, src, offset, length);
            }
        };
    }
}
