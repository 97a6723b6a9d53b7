package org.terrarium.vm;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.terrarium.vm.accel.GuestRegisters;
import org.terrarium.vm.bus.Device;
import org.terrarium.vm.bus.MemoryBlock;
import org.terrarium.vm.bus.PortBus;
import org.terrarium.vm.device.fwcfg.E820Entry;
import org.terrarium.vm.device.fwcfg.FwCfg;
import org.terrarium.vm.device.rtc.Rtc;
import org.terrarium.vm.firmware.BiosConfig;
import org.terrarium.vm.firmware.BiosDrive;
import org.terrarium.vm.firmware.BootException;
import org.terrarium.vm.firmware.BuiltinBios;
import org.terrarium.vm.firmware.DirectKernel;
import org.terrarium.vm.firmware.KernelImage;
import org.terrarium.vm.firmware.RomFile;
import org.terrarium.vm.firmware.tables.AcpiTables;
import org.terrarium.vm.firmware.tables.SmBios;

/** What the machine runs first: the built-in BIOS, or a ROM file of the user's with what such firmware expects to find. */
final class Firmware {
    private static final int BUILTIN_ROM_BYTES = 0x20000;
    private static final int FW_CFG_PORT = 0x510;
    private static final int E820_RAM = 1;
    private static final int LOCAL_APIC_FEATURE = 1 << 9;

    private final MachineBuilder options;
    private final Optional<RomFile> rom;
    private final Optional<KernelImage> kernel;

    private Firmware(MachineBuilder options, Optional<RomFile> rom, Optional<KernelImage> kernel) {
        this.options = options;
        this.rom = rom;
        this.kernel = kernel;
    }

    /** Reads the files the builder names; throws in one sentence. */
    static Firmware read(MachineBuilder b) throws IOException {
        Optional<RomFile> rom = Optional.empty();
        if (b.firmwareRom().isPresent()) {
            rom = Optional.of(RomFile.read(b.firmwareRom().get()));
        }
        Optional<KernelImage> kernel = Optional.empty();
        if (b.kernel().isPresent()) {
            if (rom.isPresent()) {
                throw new IOException("A kernel can only be started directly by the built-in firmware; leave out "
                        + b.firmwareRom().get());
            }
            try {
                kernel = Optional.of(DirectKernel.open(b.kernel().get(), b.initrds(), b.append()));
            } catch (BootException e) {
                throw new IOException(e.getMessage(), e);
            }
        } else if (!b.initrds().isEmpty()) {
            throw new IOException(b.initrds().getFirst() + " is of no use without a kernel; add one");
        }
        return new Firmware(b, rom, kernel);
    }

    /** Bytes of ROM the board must have below 4 GiB. */
    int romBytes() {
        return rom.map(r -> r.image().length).orElse(BUILTIN_ROM_BYTES);
    }

    /** Bytes of that, at its end, which are also seen below 1 MiB. */
    int lowBytes() {
        return rom.map(RomFile::lowBytes).orElse(BUILTIN_ROM_BYTES);
    }

    /** Fills the graphics card's expansion ROM; null for a card without, as the built-in BIOS brings its own video services. */
    MemoryBlock videoRom(BoardMemory memory) {
        byte[] image = rom.flatMap(RomFile::videoRom).orElse(null);
        if (image == null) {
            return null;
        }
        MemoryBlock block = new MemoryBlock(memory.physical, memory.vgaRom.offset(), image.length);
        MemorySegment.copy(image, 0, block.bytes(), ValueLayout.JAVA_BYTE, 0, image.length);
        return block;
    }

    /** Puts the firmware into its ROM and connects what it talks to; {@code add} takes its devices. */
    void install(BoardMemory memory, PortBus ports, GuestRegisters cpu, Rtc rtc, Media media, Consumer<Device<?>> add) {
        byte[] image;
        if (rom.isPresent()) {
            image = rom.get().image();
            FwCfg fwCfg = fwCfg(memory);
            ports.map(FW_CFG_PORT, FwCfg.PORTS, fwCfg.ports());
            add.accept(fwCfg);
            describeInCmos(rtc, memory, media);
        } else {
            BuiltinBios bios = new BuiltinBios(cpu, ports, memory.dma(), drives(media), biosConfig(memory));
            image = bios.romImage();
            ports.map(BuiltinBios.TRAP_PORT, 1, bios);
            add.accept(bios);
        }
        MemoryBlock block = memory.firmware;
        MemorySegment.copy(image, 0, block.bytes(), ValueLayout.JAVA_BYTE, block.size() - image.length, image.length);
    }

    private List<BiosDrive> drives(Media media) {
        List<BiosDrive> drives = new ArrayList<>();
        for (int n = 0; n < 2; n++) {
            int unit = n;
            drives.add(BiosDrive.floppy("Floppy " + (char) ('A' + n), n, () -> media.floppyMedium(unit)));
        }
        // Primary master and slave, then secondary slave: the CD drive is the secondary master.
        int[][] places = {{0, 0}, {0, 1}, {1, 1}};
        int ide = 0;
        for (int n = 0; n < media.options().size(); n++) {
            boolean onIde = media.options().get(n).controller() == DiskController.IDE;
            int[] place = onIde ? places[ide++] : new int[] {-1, 0};
            drives.add(BiosDrive.disk("Hard disk " + (n + 1), place[0], place[1], media.firmwareDisk(n)));
        }
        drives.add(
                BiosDrive.cdrom("CD-ROM", options.cdController() == DiskController.IDE ? 1 : -1, 0, media::cdMedium));
        return drives;
    }

    private BiosConfig biosConfig(BoardMemory memory) {
        return new BiosConfig(
                options.name(),
                "Terrarium " + options.cpu().id(),
                options.cpu().signature(),
                options.cpu().localApic() ? LOCAL_APIC_FEATURE : 0,
                options.identity(),
                memory.lowRam,
                memory.highRam,
                options.bootOrder().stream().map(Firmware::source).toList(),
                options.bootMenu(),
                kernel);
    }

    private static BiosConfig.BootSource source(MachineBuilder.BootDevice device) {
        return switch (device) {
            case CD -> BiosConfig.BootSource.CDROM;
            case DISK -> BiosConfig.BootSource.DISK;
            case FLOPPY -> BiosConfig.BootSource.FLOPPY;
            case NET -> BiosConfig.BootSource.NETWORK;
        };
    }

    /** The configuration device of QEMU's PC (docs/specs/fw_cfg), by which SeaBIOS learns about memory and tables. */
    private FwCfg fwCfg(BoardMemory memory) {
        FwCfg f = new FwCfg("fwcfg", memory.dma());
        f.put64(FwCfg.KEY_RAM_SIZE, memory.lowRam + memory.highRam);
        f.put16(FwCfg.KEY_NB_CPUS, 1);
        f.put16(FwCfg.KEY_MAX_CPUS, 1);
        f.put16(FwCfg.KEY_BOOT_MENU, options.bootMenu() ? 1 : 0);
        List<E820Entry> ram = new ArrayList<>();
        ram.add(new E820Entry(0, memory.lowRam, E820_RAM));
        if (memory.highRam > 0) {
            ram.add(new E820Entry(BoardMemory.FOUR_GIB, memory.highRam, E820_RAM));
        }
        f.e820(ram);
        AcpiTables acpi = new AcpiTables(1, AcpiTables.SEABIOS_PM_BASE);
        f.putFile("etc/acpi/tables", acpi.fwCfgTables());
        f.putFile("etc/acpi/rsdp", acpi.fwCfgRootPointer());
        f.putFile("etc/table-loader", acpi.fwCfgLoader());
        SmBios smBios = new SmBios(
                "Terrarium " + options.cpu().id(), options.name(), options.identity(), memory.lowRam, memory.highRam);
        f.putFile("etc/smbios/smbios-tables", smBios.structures());
        f.putFile("etc/smbios/smbios-anchor", smBios.entryPoint(0));
        return f;
    }

    /** What a PC's setup program would have left in CMOS memory; numbers as QEMU's PC has them, which SeaBIOS reads. */
    private void describeInCmos(Rtc rtc, BoardMemory memory, Media media) {
        long kib = memory.lowRam >> 10;
        cmos16(rtc, 0x15, 640);
        cmos16(rtc, 0x17, Math.clamp(kib - 1024, 0, 0xFFFF));
        cmos16(rtc, 0x30, Math.clamp(kib - 1024, 0, 0xFFFF));
        cmos16(rtc, 0x34, Math.clamp((kib - 16 * 1024) >> 6, 0, 0xFFFF));
        cmos16(rtc, 0x5B, (int) (memory.highRam >> 16) & 0xFFFF);
        rtc.setCmos(0x5D, (int) (memory.highRam >> 32));
        rtc.setCmos(0x5F, 0);
        rtc.setCmos(0x10, 0x44);
        rtc.setCmos(0x14, 0x47);
        int[] order = new int[3];
        for (int n = 0; n < Math.min(3, options.bootOrder().size()); n++) {
            order[n] = switch (options.bootOrder().get(n)) {
                case FLOPPY -> 1;
                case DISK -> 2;
                case CD -> 3;
                case NET -> 4;
            };
        }
        rtc.setCmos(0x3D, order[1] << 4 | order[0]);
        rtc.setCmos(0x38, order[2] << 4);
    }

    private static void cmos16(Rtc rtc, int register, int value) {
        rtc.setCmos(register, value & 0xFF);
        rtc.setCmos(register + 1, value >> 8);
    }
}
