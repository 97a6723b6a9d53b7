package org.terrarium.vm.firmware;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.terrarium.disk.VirtualDisk;
import org.terrarium.vm.accel.GuestRegisters;
import org.terrarium.vm.io.MemoryDisk;

/** INT 13h: floppies, disks, LBA extensions, booting from CD. */
final class DiskServiceTest {
    private final MemoryDisk floppy = MemoryDisk.patterned(1_474_560, false);
    private final MemoryDisk disk = MemoryDisk.patterned(20 << 20, false);
    private VirtualDisk inserted = floppy;
    private final MemoryDisk cd = new MemoryDisk(2048 * 1000, true);
    private final BiosRig rig = new BiosRig(List.of(
                    BiosDrive.floppy("A", 0, () -> inserted),
                    BiosDrive.disk("hard", 0, 0, disk),
                    BiosDrive.cdrom("cd", 1, 0, () -> cd)))
            .powerOn();

    private int int13(int ax, int cx, int dx) {
        rig.call.setCx(cx);
        rig.call.setDx(dx);
        rig.service(TrapPoint.DISK, ax);
        return rig.call.ah();
    }

    private byte[] sectors(MemoryDisk d, int lba, int count) {
        return Arrays.copyOfRange(d.bytes, lba * 512, (lba + count) * 512);
    }

    private void buffer(int linear) {
        rig.call.setEs(linear >> 4);
        rig.call.setBx(linear & 15);
    }

    @Test
    void readsAFloppyByCylinderHeadSector() {
        buffer(0x9000);
        assertEquals(0, int13(0x0203, 0x0110, 0x0100)); // cylinder 1, head 1, sector 16, three sectors
        assertFalse(rig.carry());
        assertEquals(3, rig.call.al());
        assertArrayEquals(sectors(floppy, (1 * 2 + 1) * 18 + 15, 3), rig.call.memory.bytes(0x9000, 1536));
    }

    @Test
    void refusesSectorsThatTheGeometryLacks() {
        buffer(0x9000);
        assertEquals(DiskService.SECTOR_NOT_FOUND, int13(0x0201, 0x0013, 0x0000));
        assertTrue(rig.carry());
        assertEquals(DiskService.SECTOR_NOT_FOUND, int13(0x0201, 0x0000, 0x0000));
        assertEquals(DiskService.BAD_COMMAND, int13(0x0201, 0x0001, 0x0083));
        assertEquals(DiskService.SECTOR_NOT_FOUND, rig.call.memory.u8(Bda.FLOPPY_STATUS));
    }

    @Test
    void reportsGeometry() {
        assertEquals(0, int13(0x0800, 0, 0x0000));
        assertEquals(0x4F12, rig.call.cx());
        assertEquals(0x0101, rig.call.dx());
        assertEquals(4, rig.call.bl());
        assertEquals(BiosRom.SEGMENT, rig.guest.selector(GuestRegisters.ES));
        assertEquals(0, int13(0x0800, 0, 0x0080));
        int[] g = {40, 16, 63}; // 40960 sectors
        assertEquals((g[0] - 1 & 0xFF) << 8 | g[2], rig.call.cx());
        assertEquals(g[1] - 1 << 8 | 1, rig.call.dx());
        assertEquals(3, int13(0x1500, 0, 0x0080));
        assertEquals(39 * 16 * 63, rig.call.cx() << 16 | rig.call.dx());
    }

    @Test
    void writesBothWaysAndHonoursProtection() {
        byte[] data = new byte[512];
        Arrays.fill(data, (byte) 0x77);
        rig.call.memory.write(0x9000, data);
        buffer(0x9000);
        assertEquals(0, int13(0x0301, 0x0002, 0x0080));
        assertArrayEquals(data, sectors(disk, 1, 1));
        inserted = new MemoryDisk(1_474_560, true);
        assertEquals(DiskService.MEDIA_CHANGED, changed());
        assertEquals(DiskService.WRITE_PROTECTED, int13(0x0301, 0x0002, 0x0000));
        inserted = null;
        assertEquals(DiskService.TIMEOUT, int13(0x0201, 0x0001, 0x0000));
    }

    private int changed() {
        // The first look establishes the medium that was in the drive.
        VirtualDisk now = inserted;
        inserted = floppy;
        int13(0x1600, 0, 0);
        inserted = now;
        return int13(0x1600, 0, 0);
    }

    @Test
    void formatsAFloppyTrackWithTheFillByte() {
        for (int k = 0; k < 18; k++) {
            rig.call.memory.put32(0x9000 + 4 * k, 2 | 1 << 8 | k + 1 << 16 | 2 << 24);
        }
        buffer(0x9000);
        assertEquals(0, int13(0x0512, 0x0201, 0x0100));
        byte[] expected = new byte[18 * 512];
        Arrays.fill(expected, (byte) 0xF6);
        assertArrayEquals(expected, sectors(floppy, (2 * 2 + 1) * 18, 18));
    }

    @Test
    void extensionsReadByLba() {
        rig.call.setBx(0x55AA);
        assertEquals(0x30, int13(0x4100, 0, 0x80));
        assertEquals(0xAA55, rig.call.bx());
        assertEquals(7, rig.call.cx());
        packet(0x8000, 4, 0x9000, 1234);
        assertEquals(0, int13(0x4200, 0, 0x80));
        assertArrayEquals(sectors(disk, 1234, 4), rig.call.memory.bytes(0x9000, 2048));
        packet(0x8000, 4, 0x9000, 40960 - 3);
        assertEquals(DiskService.SECTOR_NOT_FOUND, int13(0x4200, 0, 0x80));
        assertEquals(0, rig.call.memory.u16(0x8002));
        rig.call.setSi(0x8000);
        rig.call.memory.put16(0x8000, 66);
        assertEquals(0, int13(0x4800, 0, 0x80));
        assertEquals(40960, rig.call.memory.u64(0x8010));
        assertEquals(512, rig.call.memory.u16(0x8018));
        assertEquals("PCI ATA ", new String(rig.call.memory.bytes(0x8024, 8), StandardCharsets.US_ASCII));
        int sum = 0;
        for (byte b : rig.call.memory.bytes(0x801E, 36)) {
            sum += b;
        }
        assertEquals(0, sum & 0xFF, "device path checksum");
    }

    private void packet(int at, int count, int linear, long lba) {
        rig.call.setDs(0);
        rig.call.setSi(at);
        rig.call.memory.put16(at, 16);
        rig.call.memory.put16(at + 2, count);
        rig.call.memory.put32(at + 4, linear >> 4 << 16);
        rig.call.memory.put64(at + 8, lba);
    }

    @Test
    void hostErrorsBecomeControllerFailures() {
        disk.failing = true;
        buffer(0x9000);
        assertEquals(DiskService.CONTROLLER_FAILURE, int13(0x0201, 0x0001, 0x0080));
        assertTrue(rig.carry());
    }

    /** Writes a boot record, a catalogue and an image whose every byte is known. */
    private void bootable(int media, int sectors) {
        byte[] record = "\0CD001\1EL TORITO SPECIFICATION".getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(record, 0, cd.bytes, 17 * 2048, record.length);
        LittleEndian.put32(cd.bytes, 17 * 2048 + 0x47, 20);
        int at = 20 * 2048;
        cd.bytes[at] = 1;
        cd.bytes[at + 30] = 0x55;
        cd.bytes[at + 31] = (byte) 0xAA;
        cd.bytes[at + 32] = (byte) 0x88;
        cd.bytes[at + 33] = (byte) media;
        LittleEndian.put16(cd.bytes, at + 38, sectors);
        LittleEndian.put32(cd.bytes, at + 40, 100);
        for (int k = 100 * 2048; k < cd.bytes.length; k++) {
            cd.bytes[k] = (byte) (k / 512);
        }
    }

    private void bootFromCd() {
        rig.call.memory.put32(Bda.TICKS, rig.call.memory.u32(Bda.TICKS) + 100);
        rig.trap(TrapPoint.BOOT_STEP);
    }

    @Test
    void bootsACdWithoutEmulation() {
        bootable(0, 4);
        bootFromCd();
        assertEquals(0x07C0, rig.guest.selector(GuestRegisters.CS));
        assertEquals(0, rig.guest.ip());
        assertEquals(0xE0, rig.call.dl());
        assertArrayEquals(Arrays.copyOfRange(cd.bytes, 204800, 204800 + 2048), rig.call.memory.bytes(0x7C00, 2048));
        packet(0x8000, 2, 0x9000, 101);
        assertEquals(0, int13(0x4200, 0, 0xE0));
        assertArrayEquals(Arrays.copyOfRange(cd.bytes, 101 * 2048, 103 * 2048), rig.call.memory.bytes(0x9000, 4096));
        rig.call.setSi(0x8000);
        assertEquals(0, int13(0x4B01, 0, 0xE0));
        assertEquals(0xE0, rig.call.memory.u8(0x8002));
        assertEquals(100, rig.call.memory.u32(0x8004));
    }

    @Test
    void emulatesAFloppyFromTheCd() {
        bootable(2, 1);
        bootFromCd();
        assertEquals(0, rig.call.dl());
        buffer(0x9000);
        assertEquals(0, int13(0x0201, 0x0002, 0x0000));
        assertEquals((byte) (204800 / 512 + 1), rig.call.memory.bytes(0x9000, 1)[0]);
        // The real floppy is now drive 1; ending the emulation brings it back.
        assertEquals(0, int13(0x0800, 0, 0x0000));
        assertEquals(2, rig.call.dl());
        rig.call.setDs(0);
        rig.call.setSi(0x8000);
        assertEquals(0, int13(0x4B00, 0, 0x0000));
        buffer(0x9000); // AH=08h has returned a pointer in ES
        assertEquals(0, int13(0x0201, 0x0002, 0x0000));
        assertArrayEquals(sectors(floppy, 1, 1), rig.call.memory.bytes(0x9000, 512));
    }
}
