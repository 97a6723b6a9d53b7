package org.terrarium.vm.firmware;

import org.terrarium.vm.bus.PortBus;
import org.terrarium.vm.firmware.tables.AcpiTables;
import org.terrarium.vm.firmware.tables.InterruptTables;
import org.terrarium.vm.firmware.tables.SmBios;

/** The power-on self-test: brings every chip into the state a PC/AT BIOS leaves it in and fills the data areas. */
final class Post {
    private static final int[] COM_BASES = {0x3F8, 0x2F8, 0x3E8, 0x2E8};
    private static final int[] LPT_BASES = {0x378, 0x278, 0x3BC};
    private static final int APIC_FEATURE = 1 << 9;
    private static final long LOCAL_APIC = 0xFEE0_0000L;
    private static final int SVR = 0xF0;
    private static final int LVT_LINT0 = 0x350;
    private static final int LVT_LINT1 = 0x360;
    private static final int RESUME_WITH_EOI = 0x05;
    private static final int RESUME = 0x0A;

    private final PortBus ports;
    private final BiosMemory memory;
    private final BiosConfig config;
    private final MemoryLayout layout;
    private final BiosRom rom;
    private final VideoRom videoRom;
    private final Cmos cmos;
    private final PciSetup pci;
    private final DiskService disks;

    Post(
            PortBus ports,
            BiosMemory memory,
            BiosConfig config,
            MemoryLayout layout,
            BiosRom rom,
            VideoRom videoRom,
            Cmos cmos,
            PciSetup pci,
            DiskService disks) {
        this.ports = ports;
        this.memory = memory;
        this.config = config;
        this.layout = layout;
        this.rom = rom;
        this.videoRom = videoRom;
        this.cmos = cmos;
        this.pci = pci;
        this.disks = disks;
    }

    /**
     * The CMOS shutdown byte: a program that reset the processor only to leave protected mode wants to go on where 40:67h
     * says. Returns that far pointer, or 0 for a real start.
     */
    int resumePoint() {
        int code = cmos.read(Cmos.SHUTDOWN);
        cmos.write(Cmos.SHUTDOWN, 0);
        if (code != RESUME_WITH_EOI && code != RESUME) {
            return 0;
        }
        if (code == RESUME_WITH_EOI) {
            ports.write(0x20, 1, 0x20);
        }
        return memory.u32(Bda.RESET_VECTOR);
    }

    /** Everything up to the point where the screen can be used. */
    void chips() {
        ports.write(0x92, 1, 0x02); // A20 on
        pci.configure();
        pci.shadow(true);
        interruptControllers();
        timers();
        keyboardController();
        clock();
        localApic();
        writeRoms();
        vectors();
        dataAreas();
    }

    /** After the video mode is set and the cards have had their turn: memory sizes; the shadow RAM of ROMs is closed. */
    void finish() {
        pci.shadow(false);
        memorySizes();
        cmos.updateChecksum();
    }

    private void interruptControllers() {
        int[][] words = {
            {0x20, 0x11},
            {0xA0, 0x11},
            {0x21, 0x08},
            {0xA1, 0x70},
            {0x21, 0x04},
            {0xA1, 0x02},
            {0x21, 0x01},
            {0xA1, 0x01},
            {0x21, 0xB8},
            {0xA1, 0x0E}
        };
        for (int[] w : words) {
            ports.write(w[0], 1, w[1]);
        }
    }

    private void timers() {
        ports.write(0x43, 1, 0x34); // counter 0: rate generator, 65536
        ports.write(0x40, 1, 0);
        ports.write(0x40, 1, 0);
        ports.write(0x43, 1, 0x54); // counter 1: refresh
        ports.write(0x41, 1, 0x12);
        ports.write(0x0D, 1, 0); // DMA master clear, cascade on channel 4
        ports.write(0xDA, 1, 0);
        ports.write(0xD6, 1, 0xC0);
        ports.write(0xD4, 1, 0);
    }

    private void keyboardController() {
        for (int k = 0; k < 32 && (ports.read(KeyboardService.STATUS, 1) & KeyboardService.OUTPUT_FULL) != 0; k++) {
            ports.read(KeyboardService.DATA, 1);
        }
        ports.write(KeyboardService.STATUS, 1, 0xAE);
        ports.write(KeyboardService.STATUS, 1, 0xA8);
        ports.write(KeyboardService.STATUS, 1, 0x60);
        ports.write(KeyboardService.DATA, 1, 0x47); // both interrupts, translation to set 1
    }

    private void clock() {
        cmos.write(Cmos.STATUS_A, 0x26);
        cmos.write(Cmos.STATUS_B, 0x02);
        cmos.read(Cmos.STATUS_C);
        cmos.read(Cmos.STATUS_D);
    }

    /** Virtual wire mode: the PIC reaches the processor through LINT0 (MP specification 1.4, 3.6.2.2). */
    private void localApic() {
        if ((config.cpuFeatures() & APIC_FEATURE) == 0) {
            return;
        }
        memory.put32(LOCAL_APIC + SVR, 0x1FF);
        memory.put32(LOCAL_APIC + LVT_LINT0, 0x0700);
        memory.put32(LOCAL_APIC + LVT_LINT1, 0x0400);
    }

    /** Copies both images into shadow RAM, with the tables in the room the system image has for them. */
    private void writeRoms() {
        byte[] system = rom.image().clone();
        long base = (long) BiosRom.SEGMENT << 4;
        AcpiTables acpi = new AcpiTables(1, AcpiTables.PM_BASE);
        SmBios smbios =
                new SmBios(config.processor(), config.machineName(), config.uuid(), layout.lowRam(), layout.highRam());
        int at = BiosRom.TABLES;
        at = place(system, at, acpi.rootPointer(layout.facs()));
        at = place(system, at, InterruptTables.bios32(base + rom.address("bios32")));
        at = place(system, at, InterruptTables.pir());
        if (pci.hasOptionRoms()) {
            at = place(system, at, OptionRoms.plugAndPlayTable(rom));
        }
        at = place(system, at, smbios.entryPoint(base + (at + SmBios.ENTRY_BYTES + 15 & ~15)));
        at = place(system, at, smbios.structures());
        if ((config.cpuFeatures() & APIC_FEATURE) != 0) {
            place(system, at, InterruptTables.mp(base + at, config.cpuSignature(), config.cpuFeatures()));
        }
        memory.physical().write(base, system, 0, system.length);
        byte[] video = videoRom.image();
        memory.physical().write((long) VideoRom.SEGMENT << 4, video, 0, video.length);
        byte[] tables = acpi.placed(layout.facs());
        memory.physical().write(layout.facs(), tables, 0, tables.length);
    }

    /** Copies a table to a paragraph boundary; returns the next one. */
    private static int place(byte[] image, int at, byte[] table) {
        if (at + table.length > BiosRom.TABLES_END) {
            throw new IllegalStateException("firmware tables do not fit segment F000h");
        }
        System.arraycopy(table, 0, image, at, table.length);
        return at + table.length + 15 & ~15;
    }

    private void vectors() {
        String[] names = {
            null, null, "int02", null, null, "int05", null, null, "irq0", "irq1", null, null, null, null, "irq6", null,
            "int10", "int11", "int12", "int13", "int14", "int15", "int16", "int17", "int18", "int19", "int1A"
        };
        byte[] zero = new byte[1024];
        memory.write(0, zero);
        for (int v = 0; v < 0x78; v++) {
            if (v >= 0x60 && v < 0x68) {
                continue; // free for programs, which look for 0
            }
            String name = v < names.length ? names[v] : null;
            if (name == null && v >= 0x08 && v < 0x10) {
                name = "irqMaster";
            } else if (v >= 0x70) {
                name = switch (v) {
                    case 0x70 -> "irq8";
                    case 0x71 -> "irq9";
                    case 0x74 -> "irq12";
                    case 0x75 -> "irq13";
                    case 0x76, 0x77 -> "irq14";
                    default -> "irqSlave";
                };
            }
            vector(v, BiosRom.SEGMENT, rom.address(name == null ? "iret" : name));
        }
        vector(0x10, VideoRom.SEGMENT, videoRom.address("int10"));
        vector(0x1E, BiosRom.SEGMENT, BiosRom.DISKETTE_TABLE);
        vector(0x40, BiosRom.SEGMENT, rom.address("int13"));
        vector(0x41, Bda.EBDA_SEG, Bda.EBDA_DISK_TABLE - Bda.EBDA);
        vector(0x42, BiosRom.SEGMENT, rom.address("int10"));
        vector(0x46, Bda.EBDA_SEG, Bda.EBDA_DISK_TABLE - Bda.EBDA + 16);
    }

    private void vector(int number, int segment, int offset) {
        memory.put32(number * 4L, segment << 16 | offset);
    }

    private void dataAreas() {
        int reset = memory.u16(Bda.RESET_FLAG);
        memory.fill(Bda.BASE, 0x100, 0);
        memory.fill(Bda.PRINT_SCREEN_STATUS, 1, 0);
        memory.put16(Bda.RESET_FLAG, reset);
        memory.fill(Bda.EBDA, Bda.EBDA_KIB * 1024, 0);
        memory.put8(Bda.EBDA, Bda.EBDA_KIB);
        memory.put16(Bda.EBDA_SEGMENT, Bda.EBDA_SEG);
        memory.put16(Bda.MEMORY_KIB, 640 - Bda.EBDA_KIB);
        memory.put8(Bda.VGA_FLAGS, 0x11); // VGA active, 400 lines
        int equipment = 0x0026; // coprocessor, mouse, 80x25 colour
        equipment |= ports(COM_BASES, Bda.COM_PORTS, Bda.COM_TIMEOUT, 4) << 9;
        equipment |= ports(LPT_BASES, Bda.LPT_PORTS, Bda.LPT_TIMEOUT, 3) << 14;
        int floppies = disks.floppies().size();
        if (floppies > 0) {
            equipment |= 1 | floppies - 1 << 6;
        }
        memory.put16(Bda.EQUIPMENT, equipment);
        cmos.write(Cmos.EQUIPMENT, equipment);
        drives(floppies);
    }

    /** Lists the ports that answer; returns how many. */
    private int ports(int[] bases, int addresses, int timeouts, int limit) {
        int found = 0;
        for (int k = 0; k < bases.length && found < limit; k++) {
            boolean serial = bases == COM_BASES;
            int probe = serial ? bases[k] + 7 : bases[k];
            int old = ports.read(probe, 1);
            ports.write(probe, 1, 0xAA);
            boolean there = (ports.read(probe, 1) & 0xFF) == 0xAA;
            ports.write(probe, 1, 0x55);
            there &= (ports.read(probe, 1) & 0xFF) == 0x55;
            if (there) {
                ports.write(probe, 1, old);
                memory.put16(addresses + 2L * found, bases[k]);
                memory.put8(timeouts + found, serial ? 0x0A : 0x14);
                found++;
            }
        }
        return found;
    }

    private void drives(int floppies) {
        int types = 0;
        for (int k = 0; k < Math.min(2, floppies); k++) {
            types |= disks.floppies().get(k).floppyType() << 4 * (1 - k);
            memory.put8(Bda.FLOPPY_MEDIA + k, 0x07);
        }
        if (floppies > 0) {
            types = types & 0x0F | 0x40; // drives are 1.44 MB whatever lies in them
        }
        if (floppies > 1) {
            types = types & 0xF0 | 0x04;
        }
        cmos.write(Cmos.FLOPPY_TYPES, types);
        memory.put8(Bda.FLOPPY_INFO, floppies > 1 ? 0x77 : floppies == 1 ? 0x07 : 0);
        int hard = disks.disks().size();
        memory.put8(Bda.DISK_COUNT, hard);
        cmos.write(Cmos.DISK_TYPES, (hard > 0 ? 0xF0 : 0) | (hard > 1 ? 0x0F : 0));
        for (int k = 0; k < 2; k++) {
            cmos.write(Cmos.DISK_TYPE_1 + k, hard > k ? 47 : 0);
            if (hard > k) {
                diskTable(Bda.EBDA_DISK_TABLE + 16L * k, disks.disks().get(k).geometry());
            }
        }
    }

    /** The fixed disk parameter table of INT 41h and 46h, translated form. */
    private void diskTable(long at, int[] g) {
        memory.put16(at, Math.min(1024, g[0]));
        memory.put8(at + 2, g[1]);
        memory.put8(at + 3, 0xA0);
        memory.put8(at + 4, g[2]);
        memory.put16(at + 5, 0xFFFF);
        memory.put8(at + 8, 0xC0 | (g[1] > 8 ? 8 : 0));
        memory.put16(at + 9, g[0]);
        memory.put8(at + 11, g[1]);
        memory.put16(at + 12, g[0]);
        memory.put8(at + 14, g[2]);
        int sum = 0;
        for (int k = 0; k < 15; k++) {
            sum += memory.u8(at + k);
        }
        memory.put8(at + 15, -sum);
    }

    private void memorySizes() {
        long low = layout.lowRam();
        int extended = (int) Math.min(0xFC00, (low >> 10) - 1024);
        cmos.write16(Cmos.BASE_KIB, 640);
        cmos.write16(Cmos.EXTENDED_KIB, extended);
        cmos.write16(Cmos.EXTENDED_KIB_2, extended);
        cmos.write16(Cmos.ABOVE_16M, (int) (Math.max(0, low - (16 << 20)) >> 16));
        int[] high = {(int) (layout.highRam() >> 16), (int) (layout.highRam() >> 24), (int) (layout.highRam() >> 32)};
        for (int k = 0; k < high.length; k++) {
            cmos.write(Cmos.ABOVE_4G + k, high[k]);
        }
    }
}
