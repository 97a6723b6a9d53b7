package org.terrarium.vm.firmware;

import org.terrarium.vm.accel.GuestRegisters;

/** INT 1Ah AH=B1h and its 32-bit entry: PCI BIOS Specification 2.1. */
final class PciBios {
    private static final int FUNCTION_NOT_SUPPORTED = 0x81;
    private static final int BAD_VENDOR = 0x83;
    private static final int DEVICE_NOT_FOUND = 0x86;
    private static final int BAD_REGISTER = 0x87;
    private static final int PCI_SIGNATURE = 0x20494350; // "PCI "

    /** The name of the PCI BIOS in the service directory. */
    private static final int PCI_SERVICE = 0x49435024; // "$PCI"

    private final PciConfig config;
    private final BiosRom rom;

    PciBios(PciConfig config, BiosRom rom) {
        this.config = config;
        this.rom = rom;
    }

    /** Serves one call; {@code c} says where flags go. */
    void call(BiosCall c) {
        switch (c.al()) {
            case 0x01 -> {
                c.setEdx(PCI_SIGNATURE);
                c.setBx(0x0210);
                c.setCl(0);
                c.cpu.set(GuestRegisters.EDI, (BiosRom.SEGMENT << 4) + rom.address("pci32"));
                c.setAl(0x01); // configuration mechanism 1
                c.ok();
            }
            case 0x02 -> findDevice(c);
            case 0x03 -> findClass(c);
            case 0x08 -> read(c, 1);
            case 0x09 -> read(c, 2);
            case 0x0A -> read(c, 4);
            case 0x0B -> write(c, 1);
            case 0x0C -> write(c, 2);
            case 0x0D -> write(c, 4);
            default -> c.fail(FUNCTION_NOT_SUPPORTED);
        }
    }

    private void findDevice(BiosCall c) {
        if (c.dx() == 0xFFFF) {
            c.fail(BAD_VENDOR);
            return;
        }
        int wanted = c.cx() << 16 | c.dx();
        find(c, bdf -> config.read(bdf, PciConfig.VENDOR, 4) == wanted);
    }

    private void findClass(BiosCall c) {
        int wanted = c.ecx() & 0xFF_FFFF;
        find(c, bdf -> config.read(bdf, PciConfig.PROG_IF - 1, 4) >>> 8 == wanted);
    }

    private void find(BiosCall c, java.util.function.IntPredicate match) {
        int skip = c.si();
        for (int bdf : config.functions()) {
            if (match.test(bdf) && skip-- == 0) {
                c.setBx(bdf);
                c.ok();
                return;
            }
        }
        c.fail(DEVICE_NOT_FOUND);
    }

    private void read(BiosCall c, int size) {
        if (c.di() > 0xFF || c.di() % size != 0) {
            c.fail(BAD_REGISTER);
            return;
        }
        int value = config.read(c.bx(), c.di(), size);
        switch (size) {
            case 1 -> c.setCl(value);
            case 2 -> c.setCx(value);
            default -> c.setEcx(value);
        }
        c.ok();
    }

    private void write(BiosCall c, int size) {
        if (c.di() > 0xFF || c.di() % size != 0) {
            c.fail(BAD_REGISTER);
            return;
        }
        int value = size == 1 ? c.cl() : size == 2 ? c.cx() : c.ecx();
        config.write(c.bx(), c.di(), size, value);
        c.ok();
    }

    /** The BIOS32 service directory (Standard BIOS 32-bit Service Directory 0.4): EAX names a service. */
    void directory(BiosCall c) {
        if ((c.ebx() & 0xFF) != 0) {
            c.setAl(0x81); // unknown selector
        } else if (c.eax() != PCI_SERVICE) {
            c.setAl(0x80); // no such service
        } else {
            c.setEbx(BiosRom.SEGMENT << 4);
            c.setEcx(BiosRom.SIZE);
            c.setEdx(rom.address("pci32"));
            c.setAl(0);
        }
    }
}
