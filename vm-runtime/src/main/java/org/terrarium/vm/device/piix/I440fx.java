package org.terrarium.vm.device.piix;

import java.lang.foreign.ValueLayout;
import org.terrarium.vm.bus.Device;
import org.terrarium.vm.bus.MemoryBlock;
import org.terrarium.vm.bus.MemoryMap;
import org.terrarium.vm.bus.MmioDevice;
import org.terrarium.vm.device.pci.PciConfig;
import org.terrarium.vm.device.pci.PciConfigState;
import org.terrarium.vm.device.pci.PciFunction;

/**
 * 82441FX host bridge (Intel 290549): its configuration registers and what they do to the memory map. Between C0000h and
 * FFFFFh the PAM registers decide, segment by segment, whether reads and writes reach RAM or the ROM on the PCI side.
 */
public final class I440fx implements Device<PciConfigState>, PciFunction {
    /** Priority of the segments in the memory map; RAM below must have a lower one. */
    public static final int MAP_PRIORITY = 5;

    /** Start and end of the area the PAM registers govern. */
    public static final int PAM_START = 0xC0000;

    public static final int PAM_END = 0x100000;

    // Configuration registers (82441FX datasheet, 3.2).
    public static final int DRAMC = 0x57;
    public static final int PAM0 = 0x59;
    public static final int PAM6 = 0x5F;
    public static final int DRB0 = 0x60;
    public static final int SMRAM = 0x72;
    public static final int ERRCMD = 0x90;
    public static final int ERRSTS = 0x91;

    private static final int PAM_READ = 1;
    private static final int PAM_WRITE = 2;
    private static final int PAM_REGISTERS = PAM6 - PAM0 + 1;
    private static final int SEGMENTS = 13;
    private static final int SEGMENT_BYTES = 0x4000;
    private static final int BIOS_SEGMENT_START = 0xF0000;
    private static final int DRAM_ROWS = 8;
    private static final int DRB_UNIT_MIB = 8;

    private final String label;
    private final MemoryMap map;
    private final MemoryBlock ram;
    private final MemoryBlock rom;
    private final PciConfig config;
    private final MemoryMap.Placement[] placements = new MemoryMap.Placement[SEGMENTS];
    private final int[] modes = new int[SEGMENTS];

    /**
     * @param ram the 256 KiB of RAM behind C0000h to FFFFFh
     * @param rom what the PCI side has there: a ROM of up to 256 KiB that ends at FFFFFh
     * @param ramMib size of the machine's memory, for the DRAM row boundary registers
     */
    public I440fx(String label, MemoryMap map, MemoryBlock ram, MemoryBlock rom, int ramMib) {
        this.label = label;
        this.map = map;
        this.ram = ram;
        this.rom = rom;
        PciConfig.Builder b = PciConfig.of(0x8086, 0x1237, 0x060000)
                .revision(2)
                .subsystem(BoardId.VENDOR, BoardId.DEVICE)
                .register(
                        PciConfig.COMMAND,
                        2,
                        PciConfig.COMMAND_MEMORY | PciConfig.COMMAND_MASTER,
                        PciConfig.COMMAND_PARITY | PciConfig.COMMAND_SERR)
                .register(PciConfig.STATUS, 2, 0x0280, 0)
                .register(0x50, 2, 0, 0xFFFF)
                .register(DRAMC, 1, 1, 0xFF)
                .register(0x58, 1, 0x10, 0xFF)
                .register(SMRAM, 1, 0x02, 0x7F)
                .register(ERRCMD, 1, 0, 0xFF)
                .writeOneToClear(ERRSTS, 1, 0x11);
        for (int k = 0; k < PAM_REGISTERS; k++) {
            b.register(PAM0 + k, 1, 0, k == 0 ? 0x30 : 0x33);
        }
        for (int k = 0; k < DRAM_ROWS; k++) {
            b.register(DRB0 + k, 1, Math.min(ramMib / DRB_UNIT_MIB, 0xFF), 0xFF);
        }
        config = b.onWrite((offset, size) -> {
                    if (offset <= PAM6 && offset + size > PAM0) {
                        applyPam(false);
                    }
                })
                .build();
        applyPam(true);
    }

    @Override
    public PciConfig config() {
        return config;
    }

    private static int segmentStart(int segment) {
        return segment == 0 ? BIOS_SEGMENT_START : PAM_START + (segment - 1) * SEGMENT_BYTES;
    }

    private static int segmentBytes(int segment) {
        return segment == 0 ? PAM_END - BIOS_SEGMENT_START : SEGMENT_BYTES;
    }

    /** Segment 0 is the high nibble of PAM0; then low and high nibble of PAM1 to PAM6 (82441FX datasheet, table 6). */
    private int mode(int segment) {
        int nibble = segment + 1;
        return config.read(PAM0 + nibble / 2, 1) >> (nibble % 2 == 0 ? 0 : 4) & 3;
    }

    private void applyPam(boolean all) {
        for (int s = 0; s < SEGMENTS; s++) {
            int mode = mode(s);
            if (all || mode != modes[s]) {
                modes[s] = mode;
                if (placements[s] != null) {
                    placements[s].remove();
                }
                placements[s] = place(segmentStart(s), segmentBytes(s), mode);
            }
        }
    }

    private MemoryMap.Placement place(int pa, int bytes, int mode) {
        MemoryBlock ramPart = new MemoryBlock(ram.memory(), ram.offset() + pa - PAM_START, bytes);
        boolean write = (mode & PAM_WRITE) != 0;
        if ((mode & PAM_READ) != 0) {
            return write ? map.ram(pa, MAP_PRIORITY, ramPart) : map.rom(pa, MAP_PRIORITY, ramPart, null);
        }
        MmioDevice throughToRam = write ? new RamWriter(ramPart) : null;
        long romOffset = rom.size() - (PAM_END - pa);
        if (romOffset < 0) {
            return map.device(pa, bytes, MAP_PRIORITY, throughToRam == null ? new Hole() : throughToRam);
        }
        MemoryBlock romPart = new MemoryBlock(rom.memory(), rom.offset() + romOffset, bytes);
        return map.rom(pa, MAP_PRIORITY, romPart, throughToRam);
    }

    /** Nobody answers on the PCI side. */
    private static final class Hole implements MmioDevice {
        @Override
        public long read(long offset, int size) {
            return -1L >>> 64 - 8 * size;
        }

        @Override
        public void write(long offset, int size, long value) {
            // Master abort: the write is lost.
        }
    }

    /** Write-only shadow RAM: reads come from the PCI side, writes fill the RAM. */
    private record RamWriter(MemoryBlock block) implements MmioDevice {
        @Override
        public long read(long offset, int size) {
            return -1L >>> 64 - 8 * size;
        }

        @Override
        public void write(long offset, int size, long value) {
            for (int k = 0; k < size && offset + k < block.size(); k++) {
                block.bytes().set(ValueLayout.JAVA_BYTE, offset + k, (byte) (value >>> 8 * k));
            }
        }
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public void reset() {
        config.reset();
        applyPam(false);
    }

    @Override
    public PciConfigState save() {
        return config.save();
    }

    @Override
    public void restore(PciConfigState state) {
        config.restore(state);
        applyPam(false);
    }
}
