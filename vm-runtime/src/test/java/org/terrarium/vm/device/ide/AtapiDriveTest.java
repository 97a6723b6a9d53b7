package org.terrarium.vm.device.ide;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.terrarium.vm.bus.DeviceContract;
import org.terrarium.vm.bus.IrqLine;
import org.terrarium.vm.io.DirectDiskAttachment;
import org.terrarium.vm.io.MemoryDisk;

class AtapiDriveTest {
    private static final int BLOCKS = 700;

    private final MemoryDisk disc = MemoryDisk.patterned(BLOCKS * 2048, true);
    private final IdeRig rig = new IdeRig();
    private final List<Boolean> tray = new ArrayList<>();
    private final AtapiDrive drive = new AtapiDrive("cd0", rig.timers, rig.attach(disc), IdeRig.CD_IDENTITY, tray::add);

    @BeforeEach
    void selectAndClearAttention() {
        rig.with(drive, null);
        rig.out(Ata.DEVICE, 0xA0);
        assertNull(rig.packet(0xFFFE, Mmc.TEST_UNIT_READY), "power-on unit attention");
        assertSense(0x06, 0x29, 0x00);
    }

    private void assertSense(int key, int asc, int ascq) {
        byte[] s = rig.packet(0xFFFE, Mmc.REQUEST_SENSE, 0, 0, 0, 18);
        assertNotNull(s);
        assertEquals(0x70, s[0]);
        assertEquals(key, s[2], "sense key");
        assertEquals(asc, s[12] & 0xFF, "additional sense code");
        assertEquals(ascq, s[13] & 0xFF, "qualifier");
    }

    private byte[] blocks(int from, int count) {
        return Arrays.copyOfRange(disc.bytes, from * 2048, (from + count) * 2048);
    }

    @Test
    void keepsTheDeviceContract() {
        DeviceContract.of(timers -> new AtaChannel(
                        "ide1",
                        IrqLine.NONE,
                        new AtapiDrive(
                                "cd0",
                                timers,
                                new DirectDiskAttachment(MemoryDisk.patterned(1 << 20, true), true, e -> {}, n -> {}),
                                IdeRig.CD_IDENTITY,
                                open -> {}),
                        null))
                .change(c -> c.commandBlock().write(Ata.LBA_MID, 1, 0x55))
                .ports(AtaChannel::commandBlock, AtaChannel.COMMAND_PORTS)
                .ports(AtaChannel::controlBlock, 1)
                .outside(c -> c.commandBlock().write(Ata.COMMAND, 1, Ata.PACKET))
                .verify();
    }

    @Test
    void showsTheSignatureOfAPacketDevice() {
        rig.out(Ata.COMMAND, Ata.DEVICE_RESET);
        assertEquals(0, rig.in(Ata.STATUS));
        assertEquals(0x14, rig.in(Ata.LBA_MID));
        assertEquals(0xEB, rig.in(Ata.LBA_HIGH));
        rig.out(Ata.LBA_MID, 0);
        int status = rig.command(Ata.IDENTIFY_DEVICE);
        assertEquals(Ata.ERR, status & Ata.ERR);
        assertEquals(Ata.ABRT, rig.in(Ata.ERROR));
        assertEquals(0x14, rig.in(Ata.LBA_MID));
        byte[] id = rig.readPio(Ata.IDENTIFY_PACKET_DEVICE, 512, 512);
        assertEquals(0x85C0, id[0] & 0xFF | (id[1] & 0xFF) << 8);
    }

    @Test
    void identifiesItselfByInquiry() {
        byte[] b = rig.packet(0xFFFE, Mmc.INQUIRY, 0, 0, 0, 36);
        assertEquals(36, b.length);
        assertEquals(5, b[0], "CD device");
        assertEquals((byte) 0x80, b[1], "removable");
        assertEquals("TERRARIU", new String(b, 8, 8, StandardCharsets.US_ASCII));
        assertEquals("DVD-ROM", new String(b, 16, 16, StandardCharsets.US_ASCII).strip());
        assertEquals(5, rig.packet(0xFFFE, Mmc.INQUIRY, 0, 0, 0, 5).length, "the allocation length cuts");
    }

    @Test
    void readsBlocksWithinTheByteLimit() {
        byte[] capacity = rig.packet(8, Mmc.READ_CAPACITY);
        assertArrayEquals(new byte[] {0, 0, (byte) (BLOCKS - 1 >> 8), (byte) (BLOCKS - 1), 0, 0, 8, 0}, capacity);
        assertArrayEquals(blocks(5, 40), rig.packet(2048, Mmc.READ_10, 0, 0, 0, 0, 5, 0, 0, 40));
        assertArrayEquals(blocks(5, 2), rig.packet(4095, Mmc.READ_10, 0, 0, 0, 0, 5, 0, 0, 2), "an odd limit");
        assertArrayEquals(blocks(600, 100), rig.packet(0xFFFF, Mmc.READ_12, 0, 0, 0, 2, 88, 0, 0, 0, 100));
        assertArrayEquals(new byte[0], rig.packet(2048, Mmc.READ_10, 0, 0, 0, 0, 5, 0, 0, 0));
        assertNull(rig.packet(2048, Mmc.READ_10, 0, 0, 0, 2, 0xBC, 0, 0, 1), "one past the end");
        assertEquals(0x54, rig.in(Ata.ERROR));
        assertSense(5, 0x21, 0);
    }

    @Test
    void readsRawBlocks() {
        byte[] user = rig.packet(0xFFFE, Mmc.READ_CD, 0, 0, 0, 0, 16, 0, 0, 2, 0x10, 0);
        assertArrayEquals(blocks(16, 2), user);
        byte[] raw = rig.packet(0xFFFE, Mmc.READ_CD, 0, 0, 0, 0, 16, 0, 0, 2, 0xF8, 0);
        assertEquals(2 * 2352, raw.length);
        byte[] sync = {0, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 0};
        assertArrayEquals(sync, Arrays.copyOfRange(raw, 2352, 2364));
        assertArrayEquals(new byte[] {0, 2, 0x17, 1}, Arrays.copyOfRange(raw, 2364, 2368), "BCD address of block 17");
        assertArrayEquals(blocks(17, 1), Arrays.copyOfRange(raw, 2368, 2368 + 2048));
    }

    @Test
    void describesTheDisc() {
        byte[] toc = rig.packet(0xFFFE, Mmc.READ_TOC, 0, 0, 0, 0, 0, 0, 0, 0xFF);
        assertArrayEquals(
                new byte[] {0, 18, 1, 1, 0, 0x14, 1, 0, 0, 0, 0, 0, 0, 0x14, (byte) 0xAA, 0, 0, 0, 2, (byte) 0xBC},
                toc);
        byte[] msf = rig.packet(0xFFFE, Mmc.READ_TOC, 2, 0, 0, 0, 0, 0xAA, 0, 0xFF);
        assertArrayEquals(new byte[] {0, 10, 1, 1, 0, 0x14, (byte) 0xAA, 0, 0, 0, 11, 25}, msf);
        assertEquals(12, rig.packet(0xFFFE, Mmc.READ_TOC, 0, 1, 0, 0, 0, 0, 0, 0xFF).length, "sessions");
        assertEquals(48, rig.packet(0xFFFE, Mmc.READ_TOC, 0, 2, 0, 0, 0, 0, 0, 0xFF).length, "raw");
        assertNull(rig.packet(0xFFFE, Mmc.READ_TOC, 0, 5, 0, 0, 0, 0, 0, 0xFF));
        assertSense(5, 0x24, 0);
        byte[] configuration = rig.packet(0xFFFE, Mmc.GET_CONFIGURATION, 0, 0, 0, 0, 0, 0, 0, 0xFF);
        assertEquals(0x08, configuration[7], "current profile CD-ROM");
        byte[] page = rig.packet(0xFFFE, Mmc.MODE_SENSE_10, 0, 0x2A, 0, 0, 0, 0, 0, 0xFF);
        assertEquals(28, page.length);
        assertEquals(26, page[1]);
        assertEquals(0x2A, page[8]);
        assertEquals(18, page[9]);
        assertNull(rig.packet(0xFFFE, 0xFF), "an unknown command");
        assertSense(5, 0x20, 0);
    }

    @Test
    void guestEjectsAndLoads() {
        assertNotNull(rig.packet(0xFFFE, Mmc.PREVENT_ALLOW_MEDIUM_REMOVAL, 0, 0, 0, 1));
        assertNull(rig.packet(0xFFFE, Mmc.START_STOP_UNIT, 0, 0, 0, 2));
        assertSense(5, 0x53, 2);
        assertNotNull(rig.packet(0xFFFE, Mmc.PREVENT_ALLOW_MEDIUM_REMOVAL, 0, 0, 0, 0));
        assertNotNull(rig.packet(0xFFFE, Mmc.START_STOP_UNIT, 0, 0, 0, 2));
        assertEquals(List.of(true), tray);
        assertNull(rig.packet(0xFFFE, Mmc.TEST_UNIT_READY));
        assertSense(2, 0x3A, 2);
        assertNotNull(rig.packet(0xFFFE, Mmc.START_STOP_UNIT, 0, 0, 0, 3));
        assertEquals(List.of(true, false), tray);
        assertNull(rig.packet(0xFFFE, Mmc.TEST_UNIT_READY));
        assertSense(6, 0x28, 0);
        assertNotNull(rig.packet(0xFFFE, Mmc.TEST_UNIT_READY));
    }

    private byte[] mediaEvent() {
        return rig.packet(0xFFFE, Mmc.GET_EVENT_STATUS_NOTIFICATION, 1, 0, 0, 0x10, 0, 0, 0, 8);
    }

    @Test
    void userChangesTheDiscWhileTheGuestRuns() {
        assertArrayEquals(new byte[] {0, 6, 4, 0x10, 0, 2, 0, 0}, mediaEvent(), "a disc, nothing happened");
        drive.tray().remove();
        assertArrayEquals(new byte[] {0, 6, 4, 0x10, 3, 0, 0, 0}, mediaEvent(), "removal");
        assertNull(rig.packet(0xFFFE, Mmc.READ_10, 0, 0, 0, 0, 0, 0, 0, 1));
        assertSense(6, 0x28, 0);
        assertNull(rig.packet(0xFFFE, Mmc.READ_10, 0, 0, 0, 0, 0, 0, 0, 1));
        assertSense(2, 0x3A, 1);
        MemoryDisk other = MemoryDisk.patterned(100 * 2048 + 512, true);
        drive.tray().insert(rig.attach(other));
        assertArrayEquals(new byte[] {0, 6, 4, 0x10, 2, 2, 0, 0}, mediaEvent(), "new media");
        assertArrayEquals(new byte[] {0, 6, 4, 0x10, 0, 2, 0, 0}, mediaEvent(), "an event is reported once");
        assertNull(rig.packet(0xFFFE, Mmc.TEST_UNIT_READY));
        assertSense(6, 0x28, 0);
        byte[] capacity = rig.packet(8, Mmc.READ_CAPACITY);
        assertEquals(100, capacity[3], "a last block that is not full counts");
        byte[] last = rig.packet(2048, Mmc.READ_10, 0, 0, 0, 0, 100, 0, 0, 1);
        assertArrayEquals(Arrays.copyOfRange(other.bytes, 100 * 2048, 100 * 2048 + 512), Arrays.copyOf(last, 512));
        assertArrayEquals(new byte[1536], Arrays.copyOfRange(last, 512, 2048), "filled with zeroes");
    }

    @Test
    void theEjectButtonAsksTheGuestWhenLocked() {
        assertNotNull(rig.packet(0xFFFE, Mmc.PREVENT_ALLOW_MEDIUM_REMOVAL, 0, 0, 0, 1));
        assertFalse(drive.tray().pressEject());
        assertArrayEquals(new byte[] {0, 6, 4, 0x10, 1, 2, 0, 0}, mediaEvent(), "eject request");
        assertNotNull(rig.packet(0xFFFE, Mmc.PREVENT_ALLOW_MEDIUM_REMOVAL, 0, 0, 0, 0));
        assertTrue(drive.tray().pressEject());
        assertTrue(drive.tray().open());
    }

    @Test
    void hostErrorsBecomeReadErrors() {
        disc.failing = true;
        assertNull(rig.packet(0xFFFE, Mmc.READ_10, 0, 0, 0, 0, 5, 0, 0, 1));
        assertSense(3, 0x11, 0);
        assertEquals(1, rig.trouble.size());
    }

    @Test
    void takesModeParameters() {
        rig.out(Ata.FEATURES, 0);
        rig.out(Ata.LBA_MID, 0xFE);
        rig.out(Ata.LBA_HIGH, 0xFF);
        rig.out(Ata.COMMAND, Ata.PACKET);
        rig.settle();
        int[] words = {Mmc.MODE_SELECT_10, 0, 0, 0, 16, 0};
        for (int w : words) {
            rig.channel.commandBlock().write(0, 2, w);
        }
        assertEquals(Ata.DRQ, rig.settle() & Ata.DRQ);
        assertEquals(0, rig.in(Ata.SECTOR_COUNT) & 3, "interrupt reason: data from the host");
        assertEquals(16, rig.in(Ata.LBA_MID));
        for (int k = 0; k < 8; k++) {
            rig.channel.commandBlock().write(0, 2, 0);
        }
        assertEquals(Ata.DRDY | Ata.DSC, rig.settle());
    }
}
