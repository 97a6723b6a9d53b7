package org.terrarium.vm.firmware;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Booting from CD (El Torito specification 1.0): reads the boot catalogue's initial entry and, where it asks so, emulates a
 * floppy or hard disk from an image on the CD. INT 13h AH=4Bh reports and ends the emulation.
 */
final class ElTorito {
    private static final int CD_SECTOR = 2048;
    private static final int BOOT_RECORD_SECTOR = 17;

    /**
     * The initial entry.
     *
     * @param media 0 no emulation, 1 1.2 MB, 2 1.44 MB, 3 2.88 MB floppy, 4 hard disk
     * @param segment where to load, never 0
     * @param sectors 512-byte sectors to load
     * @param lba image position in 2048-byte sectors
     */
    record Entry(int media, int segment, int systemType, int sectors, long lba) {}

    private final BiosMemory memory;
    private Entry entry;
    private BiosDrive cd;
    private int cdNumber;
    private BiosDrive emulated;

    ElTorito(BiosMemory memory) {
        this.memory = memory;
    }

    /** Reads the catalogue of the CD in the drive; null when it is not bootable. */
    static Entry read(BiosDrive cd) throws IOException {
        if (cd.sectors() <= BOOT_RECORD_SECTOR) {
            return null;
        }
        byte[] sector = new byte[CD_SECTOR];
        cd.read(BOOT_RECORD_SECTOR, 1, sector, 0);
        String id = new String(sector, 0, 39, StandardCharsets.ISO_8859_1);
        if (!id.startsWith("\0CD001\1EL TORITO SPECIFICATION")) {
            return null;
        }
        long catalogue = LittleEndian.u32(sector, 0x47) & 0xFFFF_FFFFL;
        if (catalogue >= cd.sectors()) {
            return null;
        }
        cd.read(catalogue, 1, sector, 0);
        boolean valid = sector[0] == 1 && (sector[30] & 0xFF) == 0x55 && (sector[31] & 0xFF) == 0xAA;
        if (!valid || sector[1] != 0 || (sector[32] & 0xFF) != 0x88) {
            return null; // not for 80x86, or the entry is not bootable
        }
        int segment = LittleEndian.u16(sector, 34);
        return new Entry(
                sector[33] & 0x0F,
                segment == 0 ? 0x07C0 : segment,
                sector[36] & 0xFF,
                Math.max(1, LittleEndian.u16(sector, 38)),
                LittleEndian.u32(sector, 40) & 0xFFFF_FFFFL);
    }

    /**
     * Prepares booting the entry: sets up emulation and loads the image's first sectors.
     *
     * @return the drive number for DL
     */
    int start(BiosDrive drive, int number, Entry e) throws IOException {
        cd = drive;
        cdNumber = number;
        entry = e;
        emulated = null;
        if (e.media() != 0) {
            emulated = emulate(drive, e);
        }
        int bytes = e.sectors() * 512;
        int sectors = (bytes + CD_SECTOR - 1) / CD_SECTOR;
        byte[] image = new byte[sectors * CD_SECTOR];
        drive.read(e.lba(), sectors, image, 0);
        memory.write(e.segment() * 16L, image, 0, bytes);
        return emulated == null ? number : emulatedNumber();
    }

    private static BiosDrive emulate(BiosDrive drive, Entry e) throws IOException {
        int[] g;
        if (e.media() == 4) {
            byte[] mbr = new byte[CD_SECTOR];
            drive.read(e.lba(), 1, mbr, 0);
            int heads = (mbr[0x1C3] & 0xFF) + 1;
            int sectors = Math.max(1, mbr[0x1C4] & 0x3F);
            int cylinders = (mbr[0x1C5] & 0xFF | (mbr[0x1C4] & 0xC0) << 2) + 1;
            g = new int[] {cylinders, heads, sectors};
        } else {
            g = BiosDrive.floppyGeometry(e.media() == 1 ? 2400 : e.media() == 3 ? 5760 : 2880);
        }
        return emulated(drive, e, g);
    }

    private static BiosDrive emulated(BiosDrive drive, Entry e, int[] g) {
        SubDisk part = new SubDisk(drive.medium(), e.lba() * CD_SECTOR, (long) g[0] * g[1] * g[2] * 512);
        BiosDrive.Kind kind = e.media() == 4 ? BiosDrive.Kind.DISK : BiosDrive.Kind.FLOPPY;
        return BiosDrive.emulated(kind, "CD boot image", g[0], g[1], g[2], part);
    }

    BiosState.CdBootState save(List<BiosDrive> cds) {
        if (entry == null) {
            return new BiosState.CdBootState(-1, false, 0, 0, 0, 0, 0, new int[0]);
        }
        int[] g = emulated == null ? new int[0] : emulated.geometry();
        return new BiosState.CdBootState(
                cds.indexOf(cd),
                emulated != null,
                entry.media,
                entry.segment,
                entry.systemType,
                entry.sectors,
                entry.lba,
                g);
    }

    void restore(BiosState.CdBootState s, List<BiosDrive> cds) {
        reset();
        if (s.drive() < 0 || s.drive() >= cds.size()) {
            return;
        }
        cd = cds.get(s.drive());
        cdNumber = DiskService.FIRST_CD + s.drive();
        entry = new Entry(s.media(), s.segment(), s.systemType(), s.sectors(), s.lba());
        if (s.emulating() && s.geometry().length == 3 && cd.present()) {
            emulated = emulated(cd, entry, s.geometry());
        }
    }

    void reset() {
        entry = null;
        emulated = null;
        cd = null;
    }

    /** The emulated drive, or null. */
    BiosDrive emulatedDrive() {
        return emulated;
    }

    int emulatedNumber() {
        return entry != null && entry.media() == 4 ? 0x80 : 0;
    }

    /** AH=4Ah..4Dh. */
    void call(BiosCall c) {
        if (c.ah() == 0x4B && c.al() <= 1 && entry != null) {
            int number = emulated == null ? cdNumber : emulatedNumber();
            if (c.dl() != number && c.dl() != 0x7F) {
                c.fail(DiskService.BAD_COMMAND);
                return;
            }
            long at = c.ds(c.si());
            memory.put8(at, 0x13);
            memory.put8(at + 1, entry.media());
            memory.put8(at + 2, number);
            memory.put8(at + 3, Math.max(0, cd.channel()));
            memory.put32(at + 4, (int) entry.lba());
            memory.put16(at + 8, cd.unit());
            memory.put16(at + 10, 0);
            memory.put16(at + 12, entry.segment());
            memory.put16(at + 14, entry.sectors());
            int[] g = emulated == null ? new int[3] : emulated.geometry();
            memory.put8(at + 16, g[0] - 1);
            memory.put8(at + 17, g[2] | g[0] - 1 >> 8 << 6);
            memory.put8(at + 18, g[1] - 1);
            if (c.al() == 0) {
                emulated = null;
            }
            c.ok();
        } else {
            c.fail(DiskService.BAD_COMMAND);
        }
    }
}
