package org.terrarium.vm.device.ide;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.terrarium.vm.bus.DeviceContract;
import org.terrarium.vm.bus.IrqLine;
import org.terrarium.vm.io.DirectDiskAttachment;
import org.terrarium.vm.io.MemoryDisk;

class AtaDiskTest {
    private static final int MIB = 1 << 20;
    private static final int READY = Ata.DRDY | Ata.DSC;

    private final MemoryDisk disk = MemoryDisk.patterned(MIB, false);
    private final IdeRig rig = new IdeRig().disks(disk, null);

    private byte[] sectors(int lba, int count) {
        return Arrays.copyOfRange(disk.bytes, lba * 512, (lba + count) * 512);
    }

    private static int word(byte[] b, int index) {
        return b[2 * index] & 0xFF | (b[2 * index + 1] & 0xFF) << 8;
    }

    @Test
    void keepsTheDeviceContract() {
        // A write-protected disk: then answers depend on the saved state alone.
        DeviceContract.of(timers -> new AtaChannel(
                        "ide0",
                        IrqLine.NONE,
                        new AtaDisk(
                                "d0",
                                timers,
                                new DirectDiskAttachment(MemoryDisk.patterned(MIB, true), true, e -> {}, n -> {}),
                                IdeRig.IDENTITY),
                        new AtaDisk(
                                "d1",
                                timers,
                                new DirectDiskAttachment(MemoryDisk.patterned(MIB, true), true, e -> {}, n -> {}),
                                IdeRig.IDENTITY)))
                .change(c -> c.commandBlock().write(Ata.LBA_MID, 1, 0x55))
                .ports(AtaChannel::commandBlock, AtaChannel.COMMAND_PORTS)
                .ports(AtaChannel::controlBlock, 1)
                .verify();
    }

    @Test
    void survivesRandomWritesToAWritableDisk() {
        DeviceContract.of(timers -> new AtaChannel(
                        "ide0",
                        IrqLine.NONE,
                        new AtaDisk(
                                "d0",
                                timers,
                                new DirectDiskAttachment(MemoryDisk.patterned(MIB, false), false, e -> {}, n -> {}),
                                IdeRig.IDENTITY),
                        null))
                .change(c -> c.commandBlock().write(Ata.LBA_MID, 1, 0x55))
                .ports(AtaChannel::commandBlock, AtaChannel.COMMAND_PORTS)
                .ports(AtaChannel::controlBlock, 1)
                .withoutTwin("the disk's contents change and are not part of the state")
                .verify();
    }

    @Test
    void showsTheSignatureOfADiskAfterReset() {
        rig.control(Ata.SRST);
        assertEquals(Ata.BSY, rig.altStatus() & Ata.BSY);
        rig.control(0);
        assertEquals(READY, rig.in(Ata.STATUS));
        assertEquals(1, rig.in(Ata.ERROR));
        assertEquals(1, rig.in(Ata.SECTOR_COUNT));
        assertEquals(1, rig.in(Ata.LBA_LOW));
        assertEquals(0, rig.in(Ata.LBA_MID));
        assertEquals(0, rig.in(Ata.LBA_HIGH));
    }

    @Test
    void identifiesItself() {
        rig.out(Ata.DEVICE, 0xA0);
        byte[] b = rig.readPio(Ata.IDENTIFY_DEVICE, 512, 512);
        StringBuilder model = new StringBuilder();
        for (int k = 27; k < 47; k++) {
            model.append((char) (word(b, k) >> 8)).append((char) (word(b, k) & 0xFF));
        }
        assertEquals("TERRARIUM HARDDISK", model.toString().strip());
        assertEquals(2048, word(b, 60) | word(b, 61) << 16, "LBA28 sectors");
        assertEquals(2048, word(b, 100) | word(b, 101) << 16, "LBA48 sectors");
        assertEquals(2, word(b, 1), "cylinders");
        assertEquals(16, word(b, 3), "heads");
        assertEquals(63, word(b, 6), "sectors");
        assertEquals(0x0300, word(b, 49) & 0x0300, "LBA and DMA");
        assertEquals(0x0400, word(b, 83) & 0x0400, "48-bit addresses");
        int sum = 0;
        for (byte x : b) {
            sum += x;
        }
        assertEquals(0, sum & 0xFF, "checksum");
    }

    @Test
    void readsOverSeveralPiecesWithOneInterruptPerSector() {
        rig.lba28(0, 3, 0); // 256 sectors
        rig.irqEdges = 0;
        assertArrayEquals(sectors(3, 256), rig.readPio(Ata.READ_SECTORS, 512, 256 * 512));
        assertEquals(256, rig.irqEdges);
        assertEquals(256 * 512, rig.activity);
    }

    @Test
    void readsWith48BitAddressesAndChs() {
        rig.lba48(0, 1500, 5);
        assertArrayEquals(sectors(1500, 5), rig.readPio(Ata.READ_SECTORS_EXT, 512, 5 * 512));

        // Cylinder 1, head 2, sector 3 of 16 x 63.
        rig.out(Ata.DEVICE, 0xA2);
        rig.out(Ata.SECTOR_COUNT, 2);
        rig.out(Ata.LBA_LOW, 3);
        rig.out(Ata.LBA_MID, 1);
        rig.out(Ata.LBA_HIGH, 0);
        assertArrayEquals(sectors((16 + 2) * 63 + 2, 2), rig.readPio(Ata.READ_SECTORS, 512, 1024));

        // Another translation: 4 heads, 32 sectors; cylinder 3, head 1, sector 32.
        rig.out(Ata.DEVICE, 0xA3);
        rig.out(Ata.SECTOR_COUNT, 32);
        assertEquals(READY, rig.command(Ata.INITIALIZE_DEVICE_PARAMETERS));
        rig.out(Ata.DEVICE, 0xA1);
        rig.out(Ata.SECTOR_COUNT, 1);
        rig.out(Ata.LBA_LOW, 32);
        rig.out(Ata.LBA_MID, 3);
        assertArrayEquals(sectors((3 * 4 + 1) * 32 + 31, 1), rig.readPio(Ata.READ_SECTORS, 512, 512));
    }

    @Test
    void movesBlocksOfSeveralSectorsInMultipleMode() {
        rig.lba28(0, 10, 20);
        assertEquals(READY | Ata.ERR, rig.command(Ata.READ_MULTIPLE), "not set yet");
        assertEquals(Ata.ABRT, rig.in(Ata.ERROR));
        rig.out(Ata.SECTOR_COUNT, 8);
        assertEquals(READY, rig.command(Ata.SET_MULTIPLE_MODE));
        rig.lba28(0, 10, 20);
        rig.irqEdges = 0;
        assertArrayEquals(sectors(10, 20), rig.readPio(Ata.READ_MULTIPLE, 8 * 512, 20 * 512));
        assertEquals(3, rig.irqEdges, "8 + 8 + 4 sectors");
        rig.out(Ata.SECTOR_COUNT, 3);
        assertEquals(READY | Ata.ERR, rig.command(Ata.SET_MULTIPLE_MODE), "not a power of two");
    }

    @Test
    void writesAndFlushes() {
        byte[] data = new byte[150 * 512];
        for (int k = 0; k < data.length; k++) {
            data[k] = (byte) (k * 7 + k / 512);
        }
        rig.lba28(0, 100, 150);
        assertEquals(READY, rig.writePio(Ata.WRITE_SECTORS, 512, data));
        assertArrayEquals(data, sectors(100, 150));
        assertEquals(0, disk.flushes, "the write cache is on");
        assertEquals(READY, rig.command(Ata.FLUSH_CACHE));
        assertEquals(1, disk.flushes);
        rig.out(Ata.FEATURES, 0x82);
        assertEquals(READY, rig.command(Ata.SET_FEATURES));
        int before = disk.flushes;
        rig.lba48(0, 7, 1);
        assertEquals(READY, rig.writePio(Ata.WRITE_SECTORS_EXT, 512, new byte[512]));
        assertEquals(before + 1, disk.flushes, "a write without cache is on the disk when it completes");
        assertArrayEquals(new byte[512], sectors(7, 1));
    }

    @Test
    void reportsAddressesBeyondTheEnd() {
        rig.lba28(0, 2040, 16);
        rig.out(Ata.COMMAND, Ata.READ_SECTORS);
        assertEquals(READY | Ata.ERR, rig.settle());
        assertEquals(Ata.IDNF, rig.in(Ata.ERROR));
        assertEquals(2048 & 0xFF, rig.in(Ata.LBA_LOW));
        assertEquals(2048 >> 8, rig.in(Ata.LBA_MID));
        rig.out(Ata.DEVICE, 0xA0);
        rig.out(Ata.LBA_LOW, 0); // CHS sectors count from 1
        rig.out(Ata.COMMAND, Ata.READ_SECTORS);
        assertEquals(READY | Ata.ERR, rig.settle());
        assertEquals(Ata.IDNF, rig.in(Ata.ERROR));
    }

    @Test
    void turnsHostErrorsIntoMediumErrors() {
        disk.failing = true;
        rig.lba28(0, 5, 1);
        rig.out(Ata.COMMAND, Ata.READ_SECTORS);
        assertEquals(READY | Ata.ERR, rig.settle());
        assertEquals(Ata.UNC, rig.in(Ata.ERROR));
        rig.lba28(0, 5, 1);
        assertEquals(READY | Ata.ERR, rig.writePio(Ata.WRITE_SECTORS, 512, new byte[512]));
        assertEquals(Ata.ABRT, rig.in(Ata.ERROR));
        assertEquals(2, rig.trouble.size());
        disk.failing = false;
        rig.lba28(0, 5, 1);
        assertArrayEquals(sectors(5, 1), rig.readPio(Ata.READ_SECTORS, 512, 512));
    }

    @Test
    void interruptsFollowTheStatusRegisterAndNien() {
        rig.lba28(0, 0, 1);
        rig.out(Ata.COMMAND, Ata.READ_VERIFY);
        assertEquals(Ata.BSY, rig.altStatus() & Ata.BSY, "busy at once");
        assertFalse(rig.irq);
        rig.now += 10_000;
        rig.timers.runDue(rig.now);
        assertTrue(rig.irq);
        assertEquals(READY, rig.altStatus());
        assertTrue(rig.irq, "the alternate status does not acknowledge");
        rig.control(Ata.NIEN);
        assertFalse(rig.irq, "masked");
        rig.control(0);
        assertTrue(rig.irq, "still pending");
        rig.in(Ata.STATUS);
        assertFalse(rig.irq, "acknowledged");
    }

    @Test
    void theAbsentSecondDriveAnswersZero() {
        rig.out(Ata.DEVICE, 0xB0);
        assertEquals(0, rig.in(Ata.STATUS));
        rig.out(Ata.COMMAND, Ata.IDENTIFY_DEVICE);
        assertEquals(0, rig.in(Ata.STATUS));
        rig.out(Ata.DEVICE, 0xA0);
        assertEquals(READY, rig.in(Ata.STATUS));
    }

    @Test
    void bothDrivesKeepTheirOwnTransfers() {
        MemoryDisk second = new MemoryDisk(MIB, false);
        Arrays.fill(second.bytes, (byte) 0x5A);
        IdeRig two = new IdeRig().disks(disk, second);
        two.lba28(1, 4, 2);
        byte[] got = two.readPio(Ata.READ_SECTORS, 512, 1024);
        byte[] expected = new byte[1024];
        Arrays.fill(expected, (byte) 0x5A);
        assertArrayEquals(expected, got);
        two.lba28(0, 4, 2);
        assertArrayEquals(sectors(4, 2), two.readPio(Ata.READ_SECTORS, 512, 1024));
        two.out(Ata.DEVICE, 0xB0);
        two.out(Ata.COMMAND, Ata.EXECUTE_DEVICE_DIAGNOSTIC);
        two.settle();
        assertEquals(0, two.in(Ata.DEVICE) & Ata.DEV, "device 0 answers the diagnostic");
        assertEquals(1, two.in(Ata.ERROR));
    }

    @Test
    void refusesPacketCommandsWithItsSignature() {
        rig.out(Ata.DEVICE, 0xA0);
        assertEquals(READY | Ata.ERR, rig.command(Ata.IDENTIFY_PACKET_DEVICE));
        assertEquals(Ata.ABRT, rig.in(Ata.ERROR));
        assertEquals(0, rig.in(Ata.LBA_MID));
        assertEquals(READY | Ata.ERR, rig.command(Ata.DEVICE_RESET));
    }

    @Test
    void answersPowerAndCapacityQuestions() {
        rig.lba28(0, 0, 0);
        assertEquals(READY, rig.command(Ata.CHECK_POWER_MODE));
        assertEquals(0xFF, rig.in(Ata.SECTOR_COUNT));
        assertEquals(READY, rig.command(Ata.STANDBY_IMMEDIATE));
        assertEquals(READY, rig.command(Ata.CHECK_POWER_MODE));
        assertEquals(0, rig.in(Ata.SECTOR_COUNT));
        assertEquals(READY, rig.command(Ata.READ_NATIVE_MAX));
        assertEquals(2047, rig.in(Ata.LBA_LOW) | rig.in(Ata.LBA_MID) << 8 | rig.in(Ata.LBA_HIGH) << 16);
        rig.out(Ata.LBA_MID, 0x4F);
        rig.out(Ata.LBA_HIGH, 0xC2);
        rig.out(Ata.FEATURES, 0xDA);
        assertEquals(READY, rig.command(Ata.SMART));
        assertEquals(0x4F, rig.in(Ata.LBA_MID));
        assertEquals(0xC2, rig.in(Ata.LBA_HIGH));
        assertEquals(READY | Ata.ERR, rig.command(0xFE), "an unknown command");
        assertEquals(Ata.ABRT, rig.in(Ata.ERROR));
    }

    @Test
    void stringsAreAscii() {
        AtaDisk d = new AtaDisk("d", rig.timers, rig.attach(disk), new DriveIdentity("\u00e4b", "s", "f"));
        IdeRig other = new IdeRig();
        other.with(d, null);
        rig.channel = other.channel;
        byte[] b = rig.readPio(Ata.IDENTIFY_DEVICE, 512, 512);
        assertEquals("b?", new String(b, 54, 2, StandardCharsets.US_ASCII));
    }
}
