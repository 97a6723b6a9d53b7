package org.terrarium.vm.firmware;

import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.terrarium.disk.VirtualDisk;

/** INT 13h: floppies from 0, disks from 80h, CDs from E0h; CHS functions here, LBA extensions in {@link DiskExtensions}. */
final class DiskService {
    static final int OK = 0x00;
    static final int BAD_COMMAND = 0x01;
    static final int WRITE_PROTECTED = 0x03;
    static final int SECTOR_NOT_FOUND = 0x04;
    static final int MEDIA_CHANGED = 0x06;
    static final int DMA_BOUNDARY = 0x09;
    static final int CONTROLLER_FAILURE = 0x20;
    static final int NO_MEDIUM = 0x31;
    static final int TIMEOUT = 0x80;

    static final int FIRST_CD = 0xE0;

    /** Bytes moved at a time, whatever a guest asks for. */
    private static final int CHUNK = 0x10000;

    private final BiosMemory memory;
    private final List<BiosDrive> floppies = new ArrayList<>();
    private final List<BiosDrive> disks = new ArrayList<>();
    private final List<BiosDrive> cds = new ArrayList<>();
    private final Map<BiosDrive, VirtualDisk> lastMedium = new IdentityHashMap<>();
    private final ElTorito elTorito;
    private final DiskExtensions extensions;

    DiskService(BiosMemory memory, List<BiosDrive> drives) {
        this.memory = memory;
        for (BiosDrive d : drives) {
            (switch (d.kind()) {
                        case FLOPPY -> floppies;
                        case DISK -> disks;
                        case CDROM -> cds;
                    })
                    .add(d);
        }
        elTorito = new ElTorito(memory);
        extensions = new DiskExtensions(memory, this);
    }

    ElTorito elTorito() {
        return elTorito;
    }

    List<BiosDrive> floppies() {
        return floppies;
    }

    List<BiosDrive> disks() {
        return disks;
    }

    List<BiosDrive> cds() {
        return cds;
    }

    /** The INT 13h number that {@link #drive} knows a drive under. */
    int number(BiosDrive d) {
        return switch (d.kind()) {
            case FLOPPY -> floppies.indexOf(d);
            case DISK -> 0x80 + disks.indexOf(d);
            case CDROM -> FIRST_CD + cds.indexOf(d);
        };
    }

    /** The drive with this number, or null. An El Torito emulated drive comes first and moves the others of its kind up. */
    BiosDrive drive(int number) {
        BiosDrive emulated = elTorito.emulatedDrive();
        int n = number;
        if (emulated != null) {
            int first = elTorito.emulatedNumber();
            if (n == first) {
                return emulated;
            }
            if ((n & 0x80) == (first & 0x80) && n > first && n < FIRST_CD) {
                n--;
            }
        }
        List<BiosDrive> list = n >= FIRST_CD ? cds : n >= 0x80 ? disks : floppies;
        int index = n >= FIRST_CD ? n - FIRST_CD : n & 0x7F;
        return index < list.size() ? list.get(index) : null;
    }

    /** How many disks (or floppies) the guest sees. */
    int count(boolean hard) {
        int own = hard ? disks.size() : floppies.size();
        BiosDrive emulated = elTorito.emulatedDrive();
        boolean extra = emulated != null && (elTorito.emulatedNumber() >= 0x80) == hard;
        return own + (extra ? 1 : 0);
    }

    /** Serves one INT 13h. */
    void call(BiosCall c) {
        if (c.ah() >= 0x4A && c.ah() <= 0x4D) {
            elTorito.call(c);
            return;
        }
        int number = c.dl();
        BiosDrive d = drive(number);
        if (c.ah() == 0x01) {
            int status = memory.u8(statusAt(number));
            c.setAh(status);
            c.setCarry(status != 0);
            return;
        }
        if (c.ah() == 0x15) {
            driveType(c, d, number);
            return;
        }
        if (c.ah() == 0x08 && d == null && number < 0x80) {
            noFloppy(c);
            return;
        }
        if (d == null) {
            finish(c, number, BAD_COMMAND);
            return;
        }
        finish(c, number, c.ah() >= 0x41 ? extensions.call(c, d) : serve(c, d, number));
    }

    private static int statusAt(int number) {
        return number >= 0x80 ? Bda.DISK_STATUS : Bda.FLOPPY_STATUS;
    }

    /** Status below 0: the service has set AH and carry itself. */
    private void finish(BiosCall c, int number, int status) {
        if (status >= 0) {
            c.setAh(status);
            c.setCarry(status != 0);
        }
        memory.put8(statusAt(number), Math.max(0, status));
    }

    private int serve(BiosCall c, BiosDrive d, int number) {
        if (d.kind() == BiosDrive.Kind.FLOPPY && c.ah() >= 2 && c.ah() <= 5) {
            int changed = mediaCheck(d, number);
            if (changed != OK) {
                c.setAl(0);
                return changed;
            }
        }
        return switch (c.ah()) {
            case 0x00, 0x0C, 0x0D, 0x10, 0x11, 0x14, 0x09 -> OK;
            case 0x02 -> transfer(c, d, Transfer.READ);
            case 0x03 -> transfer(c, d, Transfer.WRITE);
            case 0x04 -> transfer(c, d, Transfer.VERIFY);
            case 0x05 -> format(c, d);
            case 0x08 -> parameters(c, d, number);
            case 0x0A, 0x0B -> transfer(c, d, c.ah() == 0x0A ? Transfer.READ : Transfer.WRITE);
            case 0x16 -> number >= 0x80 ? BAD_COMMAND : mediaCheck(d, number);
            case 0x17, 0x18 -> number >= 0x80 ? BAD_COMMAND : mediaType(c, d);
            default -> BAD_COMMAND;
        };
    }

    private enum Transfer {
        READ,
        WRITE,
        VERIFY
    }

    private int mediaCheck(BiosDrive d, int number) {
        VirtualDisk now = d.medium();
        if (number > 1) {
            return OK;
        }
        if (now == null) {
            lastMedium.remove(d);
            return TIMEOUT;
        }
        VirtualDisk before = lastMedium.put(d, now);
        boolean changed = before != null && before != now;
        if (d.sectors() > 0) {
            memory.put8(Bda.FLOPPY_MEDIA + number, 0x17); // 1.44 MB established
        }
        return changed ? MEDIA_CHANGED : OK;
    }

    private int transfer(BiosCall c, BiosDrive d, Transfer kind) {
        int[] g = d.geometry();
        int cylinder = c.ch() | (d.kind() == BiosDrive.Kind.FLOPPY ? 0 : (c.cl() & 0xC0) << 2);
        int sector = d.kind() == BiosDrive.Kind.FLOPPY ? c.cl() : c.cl() & 0x3F;
        int head = c.dh();
        int count = c.al();
        if (count == 0) {
            c.setAl(0);
            return BAD_COMMAND;
        }
        if (sector == 0 || sector > g[2] || head >= g[1]) {
            c.setAl(0);
            return SECTOR_NOT_FOUND;
        }
        long lba = ((long) cylinder * g[1] + head) * g[2] + sector - 1;
        int status = move(d, lba, count, c.es(c.bx()), kind == Transfer.READ, kind == Transfer.VERIFY);
        if (status != OK) {
            c.setAl(0);
        }
        return status;
    }

    /** Moves sectors between drive and guest memory; {@code verifyOnly} touches neither. */
    int move(BiosDrive d, long lba, int count, long linear, boolean read, boolean verifyOnly) {
        if (!d.present()) {
            return d.kind() == BiosDrive.Kind.FLOPPY ? TIMEOUT : NO_MEDIUM;
        }
        if (lba < 0 || lba > d.sectors() - count) {
            return SECTOR_NOT_FOUND;
        }
        if (verifyOnly) {
            return OK;
        }
        if (!read && d.readOnly()) {
            return WRITE_PROTECTED;
        }
        int size = d.sectorBytes();
        byte[] data = new byte[Math.min(count, CHUNK / size) * size];
        try {
            for (int done = 0; done < count; ) {
                int part = Math.min(count - done, CHUNK / size);
                long at = linear + (long) done * size;
                if (read) {
                    d.read(lba + done, part, data, 0);
                    memory.write(at, data, 0, part * size);
                } else {
                    memory.read(at, data, 0, part * size);
                    d.write(lba + done, part, data, 0);
                }
                done += part;
            }
            return OK;
        } catch (IOException e) {
            return CONTROLLER_FAILURE; // the disk layer has reported the host's trouble to the user
        }
    }

    /** Formats a floppy track: every sector gets the fill byte of the diskette parameter table. */
    private int format(BiosCall c, BiosDrive d) {
        if (d.kind() != BiosDrive.Kind.FLOPPY) {
            return d.kind() == BiosDrive.Kind.DISK ? OK : BAD_COMMAND;
        }
        if (d.readOnly()) {
            return WRITE_PROTECTED;
        }
        int[] g = d.geometry();
        if (c.ch() >= g[0] || c.dh() >= g[1]) {
            return SECTOR_NOT_FOUND;
        }
        int table = memory.u32(0x1E * 4L);
        byte[] sector = new byte[512];
        java.util.Arrays.fill(sector, (byte) memory.u8((table >>> 16) * 16L + (table & 0xFFFF) + 8));
        try {
            for (int k = 0; k < c.al(); k++) {
                int id = memory.u8(c.es(c.bx() + 4 * k + 2));
                if (id < 1 || id > g[2]) {
                    return SECTOR_NOT_FOUND;
                }
                long lba = ((long) c.ch() * g[1] + c.dh()) * g[2] + id - 1;
                if (lba >= d.sectors()) {
                    return SECTOR_NOT_FOUND;
                }
                d.write(lba, 1, sector, 0);
            }
            return OK;
        } catch (IOException e) {
            return CONTROLLER_FAILURE;
        }
    }

    private int parameters(BiosCall c, BiosDrive d, int number) {
        if (d.kind() == BiosDrive.Kind.CDROM) {
            return BAD_COMMAND;
        }
        int[] g = d.geometry();
        int last = g[0] - 1;
        c.setCx((last & 0xFF) << 8 | last >> 8 << 6 | g[2]);
        c.setDx(g[1] - 1 << 8 | count(number >= 0x80));
        if (number < 0x80) {
            c.setBx(elTorito.emulatedDrive() == d ? 4 : d.floppyType());
            int table = memory.u32(0x1E * 4L);
            c.setEs(table >>> 16);
            c.setDi(table);
        }
        c.setAl(0);
        return OK;
    }

    private void noFloppy(BiosCall c) {
        c.setAx(0);
        c.setBx(0);
        c.setCx(0);
        c.setDx(count(false));
        c.setEs(0);
        c.setDi(0);
        c.setCarry(false);
    }

    private void driveType(BiosCall c, BiosDrive d, int number) {
        if (d == null || d.kind() == BiosDrive.Kind.CDROM) {
            c.setAh(0);
            c.setCarry(d == null && number >= 0x80);
            return;
        }
        if (number < 0x80) {
            c.setAh(2); // with change line
        } else {
            int[] g = d.geometry();
            long sectors = Math.min((long) (g[0] - 1) * g[1] * g[2], 0xFFFF_FFFFL);
            c.setAh(3);
            c.setCx((int) (sectors >> 16));
            c.setDx((int) sectors);
        }
        c.setCarry(false);
    }

    /** AH=17h and 18h: set media type for format. */
    private int mediaType(BiosCall c, BiosDrive d) {
        if (!d.present()) {
            return TIMEOUT;
        }
        if (c.ah() == 0x18) {
            int[] g = d.geometry();
            int cylinder = c.ch() | (c.cl() & 0xC0) << 2;
            if (cylinder + 1 != g[0] || (c.cl() & 0x3F) != g[2]) {
                return 0x0C;
            }
            int table = memory.u32(0x1E * 4L);
            c.setEs(table >>> 16);
            c.setDi(table);
        }
        return OK;
    }
}
