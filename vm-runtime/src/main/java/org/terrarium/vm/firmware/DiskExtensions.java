package org.terrarium.vm.firmware;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** INT 13h AH=41h..4Eh: LBA extensions (Phoenix Enhanced Disk Drive Specification 3.0). */
final class DiskExtensions {
    private static final int[] IDE_COMMAND = {0x1F0, 0x170};
    private static final int[] IDE_CONTROL = {0x3F6, 0x376};
    private static final int PACKET_64 = 0x18;

    private final BiosMemory memory;
    private final DiskService disks;

    DiskExtensions(BiosMemory memory, DiskService disks) {
        this.memory = memory;
        this.disks = disks;
    }

    /** Serves one call; returns the status for AH, or -1 when AH and carry are set already. */
    int call(BiosCall c, BiosDrive d) {
        boolean floppy = d.kind() == BiosDrive.Kind.FLOPPY;
        if (floppy) {
            return DiskService.BAD_COMMAND;
        }
        return switch (c.ah()) {
            case 0x41 -> check(c);
            case 0x42 -> transfer(c, d, true, false);
            case 0x43 -> transfer(c, d, false, false);
            case 0x44 -> transfer(c, d, true, true);
            case 0x45 -> lock(c, d);
            case 0x46 -> d.kind() == BiosDrive.Kind.CDROM ? 0xB4 : DiskService.BAD_COMMAND;
            case 0x47 -> seek(c, d);
            case 0x48 -> parameters(c, d);
            case 0x49 -> d.kind() == BiosDrive.Kind.CDROM ? 0 : DiskService.BAD_COMMAND;
            case 0x4E -> hardware(c);
            default -> DiskService.BAD_COMMAND;
        };
    }

    private static int check(BiosCall c) {
        if (c.bx() != 0x55AA) {
            return DiskService.BAD_COMMAND;
        }
        c.setBx(0xAA55);
        c.setAh(0x30); // version 3.0
        c.setCx(0x0007); // extended access, removable drives, EDD
        c.setCarry(false);
        return -1;
    }

    private int transfer(BiosCall c, BiosDrive d, boolean read, boolean verify) {
        long packet = c.ds(c.si());
        int size = memory.u8(packet);
        if (size < 0x10) {
            return DiskService.BAD_COMMAND;
        }
        int count = memory.u16(packet + 2);
        int pointer = memory.u32(packet + 4);
        long lba = memory.u64(packet + 8);
        long linear = (pointer >>> 16) * 16L + (pointer & 0xFFFF);
        if (pointer == -1 && size >= PACKET_64) {
            linear = memory.u64(packet + 16);
        }
        int status = disks.move(d, lba, count, linear, read, verify);
        if (status != DiskService.OK) {
            memory.put16(packet + 2, 0);
        } else if (!read && (c.al() & 2) != 0) {
            status = flush(d);
        }
        return status;
    }

    private static int flush(BiosDrive d) {
        try {
            d.flush();
            return DiskService.OK;
        } catch (IOException e) {
            return DiskService.CONTROLLER_FAILURE;
        }
    }

    private static int lock(BiosCall c, BiosDrive d) {
        if (d.kind() != BiosDrive.Kind.CDROM || c.al() > 2) {
            return DiskService.BAD_COMMAND;
        }
        c.setAl(0); // never locked
        return DiskService.OK;
    }

    private int seek(BiosCall c, BiosDrive d) {
        long packet = c.ds(c.si());
        return disks.move(d, memory.u64(packet + 8), 0, 0, true, true);
    }

    private int parameters(BiosCall c, BiosDrive d) {
        long at = c.ds(c.si());
        int size = memory.u16(at);
        if (size < 26) {
            return DiskService.BAD_COMMAND;
        }
        boolean cd = d.kind() == BiosDrive.Kind.CDROM;
        if (cd && !d.present()) {
            return DiskService.NO_MEDIUM;
        }
        int[] g = d.geometry();
        long sectors = d.sectors();
        boolean large = sectors > (long) g[0] * g[1] * g[2];
        memory.put16(at + 2, cd ? 0x74 : large ? 0x01 : 0x03); // DMA boundaries handled; geometry valid
        memory.put32(at + 4, cd ? -1 : large ? 16383 : g[0]);
        memory.put32(at + 8, cd ? -1 : large ? 16 : g[1]);
        memory.put32(at + 12, cd ? -1 : g[2]);
        memory.put64(at + 16, sectors);
        memory.put16(at + 24, d.sectorBytes());
        int filled = 26;
        if (size >= 30) {
            memory.put32(at + 26, d.channel() >= 0 ? Bda.EBDA_SEG << 16 | Bda.EBDA_EDD - Bda.EBDA : -1);
            filled = 30;
            if (d.channel() >= 0) {
                parameterExtension(d);
            }
        }
        if (size >= 66) {
            devicePath(at + 30, d);
            filled = 66;
        }
        memory.put16(at, filled);
        return DiskService.OK;
    }

    /** The device parameter table extension of EDD 2.0, 16 bytes. */
    private void parameterExtension(BiosDrive d) {
        int ch = d.channel() & 1;
        memory.put16(Bda.EBDA_EDD, IDE_COMMAND[ch]);
        memory.put16(Bda.EBDA_EDD + 2, IDE_CONTROL[ch]);
        memory.put8(Bda.EBDA_EDD + 4, 0xE0 | d.unit() << 4);
        memory.put8(Bda.EBDA_EDD + 5, 0xCB);
        memory.put8(Bda.EBDA_EDD + 6, 14 + ch);
        memory.put8(Bda.EBDA_EDD + 7, 1);
        memory.put8(Bda.EBDA_EDD + 8, 0);
        memory.put8(Bda.EBDA_EDD + 9, 0);
        memory.put16(Bda.EBDA_EDD + 10, d.kind() == BiosDrive.Kind.CDROM ? 0x0070 : 0x0010);
        memory.put16(Bda.EBDA_EDD + 12, 0);
        memory.put8(Bda.EBDA_EDD + 14, 0x11);
        checksum(Bda.EBDA_EDD, 15);
    }

    private void devicePath(long at, BiosDrive d) {
        memory.put16(at, 0xBEDD);
        memory.put8(at + 2, 36);
        memory.put8(at + 3, 0);
        memory.put16(at + 4, 0);
        memory.write(at + 6, "PCI ".getBytes(StandardCharsets.US_ASCII));
        memory.write(at + 10, "ATA     ".getBytes(StandardCharsets.US_ASCII));
        // Interface path: bus 0, device 1, function 1 and the channel (EDD 3.0, table 12).
        int[] path = {0, 1, 1, d.channel() < 0 ? 0xFF : d.channel()};
        for (int k = 0; k < path.length; k++) {
            memory.put8(at + 18 + k, path[k]);
        }
        memory.put32(at + 22, 0);
        memory.put64(at + 26, d.unit());
        memory.put8(at + 34, 0);
        checksum(at, 35);
    }

    private void checksum(long at, int length) {
        int sum = 0;
        for (int k = 0; k < length; k++) {
            sum += memory.u8(at + k);
        }
        memory.put8(at + length, -sum);
    }

    private static int hardware(BiosCall c) {
        if (c.al() > 6) {
            return DiskService.BAD_COMMAND;
        }
        c.setAl(0);
        return DiskService.OK;
    }
}
