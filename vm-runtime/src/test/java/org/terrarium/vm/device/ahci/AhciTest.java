package org.terrarium.vm.device.ahci;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.terrarium.vm.bus.DeviceContract;
import org.terrarium.vm.bus.IrqLine;
import org.terrarium.vm.bus.MemoryMap;
import org.terrarium.vm.bus.TestMemory;
import org.terrarium.vm.device.ide.AtapiDrive;
import org.terrarium.vm.device.ide.DriveIdentity;
import org.terrarium.vm.device.ide.SataDrive;
import org.terrarium.vm.device.pci.PciConfig;
import org.terrarium.vm.io.DeferredAttachment;
import org.terrarium.vm.io.DirectDiskAttachment;
import org.terrarium.vm.io.MemoryDisk;
import org.terrarium.vm.time.TimerQueue;

/** A small driver that follows AHCI 1.3.1, chapter 10. */
class AhciTest {
    private static final DriveIdentity IDENTITY = new DriveIdentity("TERRARIUM HARDDISK", "TD0001", "1.0");
    private static final int RAM = 1 << 20;
    private static final int LIST = 0x1000;
    private static final int FIS = 0x2000;
    private static final int TABLES = 0x8000;
    private static final int DATA = 0x20000;
    private static final int PORT = 0x100;
    private static final int CD_PORT = PORT + Ahci.PORT_BYTES;

    private static final int READ_DMA_EXT = 0x25;
    private static final int READ_LOG_EXT = 0x2F;
    private static final int WRITE_DMA_EXT = 0x35;
    private static final int READ_SECTORS_EXT = 0x24;
    private static final int DATA_SET_MANAGEMENT = 0x06;
    private static final int PACKET = 0xA0;
    private static final int FLUSH_CACHE_EXT = 0xEA;
    private static final int IDENTIFY = 0xEC;

    private long now = 1000;
    private final TimerQueue timers = new TimerQueue(() -> now);
    private final TestMemory memory = new TestMemory(RAM);
    private final byte[] ram = memory.bytes;
    private final MemoryDisk disk = MemoryDisk.patterned(1 << 20, false);
    private final MemoryDisk disc = MemoryDisk.patterned(1 << 18, true);
    private final DeferredAttachment medium =
            new DeferredAttachment(new DirectDiskAttachment(disk, false, e -> {}, n -> {}));
    private boolean pin;
    private final List<String> messages = new ArrayList<>();
    private AhciController hba;
    private SataDrive drive;

    @BeforeEach
    void build() {
        medium.atOnce = true;
        hba = new AhciController(
                "ahci",
                memory,
                MemoryMap.NOWHERE,
                high -> pin = high,
                (address, data) -> messages.add(address + ":" + data));
        drive = SataDrive.disk("hd0", timers, medium, IDENTITY);
        hba.install(0, drive);
        hba.install(
                1,
                SataDrive.cd(new AtapiDrive(
                        "cd0",
                        timers,
                        new DirectDiskAttachment(disc, true, e -> {}, n -> {}),
                        new DriveIdentity("TERRARIUM CD-ROM", "TC0001", "1.0"),
                        open -> {})));
        hba.reset();
        hba.config().write(PciConfig.COMMAND, 2, 6);
        write(0x04, 1 << 31 | 2);
        for (int port : new int[] {PORT, CD_PORT}) {
            write(port + Ahci.CLB, LIST);
            write(port + Ahci.FB, FIS);
            write(port + Ahci.CMD, Ahci.CMD_FRE);
            write(port + Ahci.SERR, -1);
            write(port + Ahci.PXIS, -1);
            write(port + Ahci.PXIE, -1);
            write(port + Ahci.CMD, Ahci.CMD_FRE | Ahci.CMD_ST);
        }
    }

    private int read(int at) {
        return (int) hba.read(at, 4);
    }

    private void write(int at, int value) {
        hba.write(at, 4, value);
    }

    private void put(long at, int bytes, long value) {
        for (int k = 0; k < bytes; k++) {
            ram[(int) at + k] = (byte) (value >> 8 * k);
        }
    }

    private void run() {
        for (int k = 0; k < 300; k++) {
            now += 1000;
            timers.runDue(now);
        }
    }

    /** Prepares a slot: a register FIS and one region at DATA, cut in two. */
    private void slot(int n, int command, long lba, int count, int features, int bytes, boolean toDevice) {
        long table = TABLES + 0x100L * n;
        Arrays.fill(ram, (int) table, (int) table + 0x100, (byte) 0);
        int regions = bytes > 2 ? 2 : bytes > 0 ? 1 : 0;
        put(LIST + 32L * n, 4, 5 | (toDevice ? Ahci.H_WRITE : 0) | regions << 16);
        put(LIST + 32L * n + 4, 4, 0);
        put(LIST + 32L * n + 8, 8, table);
        put(table, 1, 0x27);
        put(table + 1, 1, 0x80);
        put(table + 2, 1, command);
        put(table + 3, 1, features);
        put(table + 4, 3, lba);
        put(table + 7, 1, 0x40);
        put(table + 8, 3, lba >> 24);
        put(table + 11, 1, features >> 8);
        put(table + 12, 2, count);
        int first = regions == 2 ? bytes / 4 & ~1 : bytes;
        put(table + 0x80, 8, DATA);
        put(table + 0x8C, 4, first - 1);
        put(table + 0x90, 8, DATA + first);
        put(table + 0x9C, 4, bytes - first - 1);
    }

    private void queued(int n, boolean write, long lba, int sectors) {
        slot(n, write ? 0x61 : 0x60, lba, n << 3, sectors, sectors * 512, write);
    }

    private void issue(int port, int slots) {
        write(port + Ahci.CI, slots);
        run();
    }

    private byte[] data(int bytes) {
        return Arrays.copyOfRange(ram, DATA, DATA + bytes);
    }

    private byte[] sectors(int lba, int count) {
        return Arrays.copyOfRange(disk.bytes, lba * 512, (lba + count) * 512);
    }

    private int fis(int at) {
        return ram[FIS + at] & 0xFF;
    }

    private void acknowledge(int port) {
        write(port + Ahci.PXIS, -1);
        write(Ahci.IS, -1);
        assertFalse(pin, "the interrupt is acknowledged");
    }

    @Test
    void keepsTheDeviceContract() {
        byte[] contents = new byte[RAM];
        DeviceContract.of(queue -> {
                    AhciController c = new AhciController(
                            "ahci", new TestMemory(contents), MemoryMap.NOWHERE, IrqLine.NONE, (address, data) -> {});
                    DirectDiskAttachment fixed =
                            new DirectDiskAttachment(MemoryDisk.patterned(1 << 20, true), true, e -> {}, n -> {});
                    c.install(0, SataDrive.disk("d0", queue, fixed, IDENTITY));
                    c.install(3, SataDrive.cd(new AtapiDrive("cd0", queue, fixed, IDENTITY, open -> {})));
                    c.config().write(PciConfig.COMMAND, 2, 6);
                    return c;
                })
                .change(c -> c.write(PORT + Ahci.CLB, 4, 0x4400))
                .mmio(c -> c, 0x400)
                .outside(c -> c.config().write(PciConfig.COMMAND, 2, 6))
                .outside(c -> c.write(PORT + Ahci.CMD, 4, Ahci.CMD_ST | Ahci.CMD_FRE))
                .verify();
    }

    @Test
    void theDrivesTellWhatTheyAre() {
        assertEquals(0x123, read(PORT + Ahci.SSTS));
        assertEquals(0x101, read(PORT + Ahci.SIG));
        assertEquals(0xEB140101, read(CD_PORT + Ahci.SIG));
        assertEquals(0, read(CD_PORT + Ahci.PORT_BYTES + Ahci.SSTS));
        assertEquals(0x150, read(PORT + Ahci.TFD));
        slot(0, IDENTIFY, 0, 0, 0, 512, false);
        issue(PORT, 1);
        assertEquals(0, read(PORT + Ahci.CI));
        assertEquals(Ahci.IS_PSS, read(PORT + Ahci.PXIS));
        assertEquals(0x50, fis(0x20 + 15), "the status after the block");
        assertTrue(pin);
        byte[] identify = data(512);
        assertEquals(0x06, identify[2 * 76], "NCQ and both speeds");
        assertEquals(0x01, identify[2 * 76 + 1]);
        assertEquals(1, identify[2 * 169], "TRIM");
        assertEquals(512, memory.read32(LIST + 4), "bytes moved");
        acknowledge(PORT);
    }

    /** PCI 3.0, 6.8.1, and AHCI 1.3.1, 10.6.2.1: one message for all ports. */
    @Test
    void messagesTakeThePlaceOfThePin() {
        int capability = hba.config().capability(PciConfig.CAPABILITY_MSI);
        assertTrue(capability != 0);
        assertEquals(0x80, hba.config().read(capability + 2, 2), "one message, 64-bit address, no masks");
        hba.config().write(capability + 4, 4, 0xFEE0_1003);
        hba.config().write(capability + 8, 4, 0x2);
        hba.config().write(capability + 12, 2, 0x4041);
        slot(0, IDENTIFY, 0, 0, 0, 512, false);
        issue(PORT, 1);
        assertTrue(pin);
        assertEquals(List.of(), messages, "not before it is switched on");
        hba.config().write(capability + 2, 2, 1);
        assertFalse(pin, "the pin is let go");
        acknowledge(PORT);
        messages.clear();

        issue(PORT, 1);
        String message = 0x2_FEE0_1000L + ":" + 0x4041;
        assertEquals(List.of(message), messages);
        assertFalse(pin);
        // A second port comes while the first is being served: clearing the first tells of the second again.
        slot(0, READ_DMA_EXT, 0, 1, 0, 512, false);
        issue(CD_PORT, 1);
        assertEquals(List.of(message, message), messages);
        write(PORT + Ahci.PXIS, -1);
        write(Ahci.IS, 1);
        assertEquals(List.of(message, message, message), messages);
        write(CD_PORT + Ahci.PXIS, -1);
        write(Ahci.IS, 2);
        assertEquals(3, messages.size(), "all is served");
        assertEquals(0, read(Ahci.IS));

        write(0x04, 1 << 31);
        issue(PORT, 1);
        assertEquals(3, messages.size(), "interrupts are off");
        write(0x04, 1 << 31 | 2);
        assertEquals(4, messages.size(), "and what came meanwhile is told");
        hba.config().write(PciConfig.COMMAND, 2, 2);
        write(Ahci.IS, 0);
        assertEquals(4, messages.size(), "no messages without bus mastering");
    }

    @Test
    void commandsWithoutQueueRunOneAfterTheOther() {
        slot(0, READ_DMA_EXT, 5, 3, 0, 3 * 512, false);
        slot(4, READ_SECTORS_EXT, 9, 2, 0, 2 * 512, false);
        put(TABLES + 0x400 + 0x80, 8, DATA + 0x4000);
        put(TABLES + 0x400 + 0x90, 8, DATA + 0x4000 + 256);
        issue(PORT, 1 | 1 << 4);
        assertEquals(0, read(PORT + Ahci.CI));
        assertArrayEquals(sectors(5, 3), data(3 * 512));
        assertArrayEquals(sectors(9, 2), Arrays.copyOfRange(ram, DATA + 0x4000, DATA + 0x4400));
        assertEquals(Ahci.IS_DHRS | Ahci.IS_PSS, read(PORT + Ahci.PXIS));
        assertEquals(0x34, fis(0x40));
        acknowledge(PORT);
        Arrays.fill(ram, DATA, DATA + 1024, (byte) 0x77);
        slot(1, WRITE_DMA_EXT, 20, 2, 0, 1024, true);
        slot(2, FLUSH_CACHE_EXT, 0, 0, 0, 0, false);
        issue(PORT, 6);
        assertArrayEquals(data(1024), sectors(20, 2));
        assertEquals(1, disk.flushes);
    }

    @Test
    void queuedCommandsRunSideBySide() {
        medium.atOnce = false;
        queued(3, false, 100, 4);
        queued(7, true, 200, 2);
        put(TABLES + 0x700 + 0x80, 8, DATA + 0x8000);
        put(TABLES + 0x700 + 0x90, 8, DATA + 0x8000 + 256);
        Arrays.fill(ram, DATA + 0x8000, DATA + 0x8400, (byte) 0x31);
        write(PORT + Ahci.SACT, 1 << 3 | 1 << 7);
        issue(PORT, 1 << 3 | 1 << 7);
        assertEquals(2, medium.pending.size(), "both are under way");
        assertEquals(0, read(PORT + Ahci.CI), "the drive has taken them");
        assertEquals(1 << 3 | 1 << 7, read(PORT + Ahci.SACT));
        medium.pending.removeLast().run();
        assertEquals(1 << 3, read(PORT + Ahci.SACT), "the later one is done first");
        assertEquals(0xA1, fis(0x58));
        assertEquals(1 << 7, memory.read32(FIS + 0x58 + 4));
        medium.pending.remove().run();
        assertEquals(0, read(PORT + Ahci.SACT));
        assertEquals(Ahci.IS_SDBS, read(PORT + Ahci.PXIS) & Ahci.IS_SDBS);
        assertArrayEquals(sectors(100, 4), data(2048));
        assertEquals(0x31, disk.bytes[200 * 512]);
        acknowledge(PORT);
    }

    @Test
    void aFailedQueuedCommandIsInTheLogUntilTheDriverHasRecovered() {
        disk.failing = true;
        queued(5, false, 0x123, 4);
        write(PORT + Ahci.SACT, 1 << 5);
        issue(PORT, 1 << 5);
        assertEquals(1 << 5, read(PORT + Ahci.SACT), "it stays there for the driver to see");
        assertTrue((read(PORT + Ahci.PXIS) & Ahci.IS_TFES) != 0);
        assertEquals(0x4051, read(PORT + Ahci.TFD), "uncorrectable data");
        slot(0, READ_DMA_EXT, 5, 1, 0, 512, false);
        issue(PORT, 1);
        assertEquals(1, read(PORT + Ahci.CI), "nothing runs before the port was stopped");
        disk.failing = false;
        write(PORT + Ahci.CMD, Ahci.CMD_FRE);
        assertEquals(0, read(PORT + Ahci.CI) | read(PORT + Ahci.SACT));
        write(PORT + Ahci.PXIS, -1);
        write(PORT + Ahci.CMD, Ahci.CMD_FRE | Ahci.CMD_ST);
        slot(0, READ_LOG_EXT, 0x10, 1, 0, 512, false);
        issue(PORT, 1);
        byte[] log = data(512);
        assertEquals(5, log[0], "the tag");
        assertEquals(0x40, log[3], "the error register");
        assertEquals(0x23, log[4]);
        assertEquals(1, log[5]);
        int sum = 0;
        for (byte b : log) {
            sum += b;
        }
        assertEquals(0, sum & 0xFF, "checksum");
        queued(5, false, 2046, 4);
        issue(PORT, 1 << 5);
        assertTrue((read(PORT + Ahci.TFD) & 0x1001) == 0x1001, "behind the end: IDNF");
    }

    @Test
    void trimReachesTheDisk() {
        slot(0, DATA_SET_MANAGEMENT, 0, 1, 1, 512, true);
        Arrays.fill(ram, DATA, DATA + 512, (byte) 0);
        put(DATA, 8, 64L | 8L << 48);
        issue(PORT, 1);
        assertEquals(8 * 512, disk.discarded);
        assertEquals(0x50, read(PORT + Ahci.TFD));
    }

    @Test
    void packetsReachTheCdDrive() {
        int[][] packets = {{0x00}, {0x12, 0, 0, 0, 36}, {0x28, 0, 0, 0, 0, 3, 0, 0, 2}};
        for (int[] packet : packets) {
            boolean read = packet[0] == 0x28;
            slot(0, PACKET, 0, 0, read ? 1 : 0, 4096, false);
            put(LIST, 1, 5 | Ahci.H_ATAPI);
            put(TABLES + 5, 2, 0xFFFE);
            for (int k = 0; k < packet.length; k++) {
                ram[TABLES + 0x40 + k] = (byte) packet[k];
            }
            write(CD_PORT + Ahci.PXIS, -1);
            issue(CD_PORT, 1);
            if (packet[0] == 0) {
                assertEquals(0x6451, read(CD_PORT + Ahci.TFD) | 0x400, "unit attention after power-on");
                assertTrue((read(CD_PORT + Ahci.PXIS) & Ahci.IS_TFES) != 0);
                write(CD_PORT + Ahci.CMD, Ahci.CMD_FRE);
                write(CD_PORT + Ahci.CMD, Ahci.CMD_FRE | Ahci.CMD_ST);
            } else {
                assertEquals(0, read(CD_PORT + Ahci.CI), "packet " + packet[0]);
                assertEquals(0x50, read(CD_PORT + Ahci.TFD) & 0xFF);
            }
            if (packet[0] == 0x12) {
                assertEquals("TERRARIU", new String(ram, DATA + 8, 8, java.nio.charset.StandardCharsets.US_ASCII));
            }
        }
        assertArrayEquals(Arrays.copyOfRange(disc.bytes, 3 * 2048, 5 * 2048), data(4096));
    }

    @Test
    void softwareAndLinkResetsBringTheSignatureBack() {
        for (int control : new int[] {4, 0}) {
            slot(0, 0, 0, 0, 0, 0, false);
            put(TABLES + 1, 1, 0);
            put(TABLES + 15, 1, control);
            issue(PORT, 1);
            assertEquals(0, read(PORT + Ahci.CI));
            assertEquals(control == 4, (read(PORT + Ahci.TFD) & 0x80) != 0);
        }
        assertEquals(0x101, read(PORT + Ahci.SIG));
        write(PORT + Ahci.SCTL, 0x301);
        assertEquals(0, read(PORT + Ahci.SSTS));
        write(PORT + Ahci.SCTL, 0x300);
        assertEquals(0x123, read(PORT + Ahci.SSTS));
        assertEquals(0x150, read(PORT + Ahci.TFD));
    }

    @Test
    void pullingAndPluggingTheCableIsTold() {
        hba.unplug(0);
        assertEquals(0, read(PORT + Ahci.SSTS));
        assertTrue((read(PORT + Ahci.PXIS) & Ahci.IS_PRCS) != 0);
        assertTrue(pin);
        write(PORT + Ahci.SERR, -1);
        acknowledge(PORT);
        hba.plug(0, drive);
        assertEquals(0x123, read(PORT + Ahci.SSTS));
        assertTrue((read(PORT + Ahci.PXIS) & Ahci.IS_PCS) != 0);
        slot(0, READ_DMA_EXT, 5, 1, 0, 512, false);
        issue(PORT, 1);
        assertArrayEquals(sectors(5, 1), data(512));
    }

    @Test
    void randomCommandListsNeverThrow() {
        long seed = Long.getLong("terrarium.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        byte[] junk = new byte[0x8000];
        try {
            for (int n = 0; n < 20_000; n++) {
                int port = random.nextInt(3) == 0 ? CD_PORT : PORT;
                if (n % 16 == 0) {
                    random.nextBytes(junk);
                    System.arraycopy(junk, 0, ram, LIST, junk.length);
                }
                for (int s = 0; s < 4; s++) {
                    put(LIST + 32L * s + 8, 8, TABLES + 0x100L * s);
                    put(TABLES + 0x100L * s + 1, 1, random.nextInt(4) == 0 ? random.nextInt(256) : 0x80);
                    int[] commands = {0x60, 0x61, 0x25, 0x35, 0xC8, 0xA0, 0x06, 0x2F, 0xEC, 0x20, 0x30, 0xEF};
                    put(
                            TABLES + 0x100L * s + 2,
                            1,
                            random.nextInt(4) == 0 ? random.nextInt(256) : commands[random.nextInt(commands.length)]);
                    if (random.nextBoolean()) {
                        put(TABLES + 0x100L * s + 4, 8, random.nextInt(2100));
                        put(TABLES + 0x100L * s + 11, 3, random.nextInt(64));
                    }
                }
                write(port + Ahci.SACT, random.nextInt());
                write(port + Ahci.CI, random.nextInt(16));
                for (int k = 0; k < 20; k++) {
                    now += 1000;
                    timers.runDue(now);
                }
                if (random.nextInt(3) == 0) {
                    write(port + Ahci.CMD, Ahci.CMD_FRE | Ahci.CMD_CLO);
                    write(port + Ahci.SCTL, random.nextInt(2));
                    write(port + Ahci.SCTL, 0);
                    write(port + Ahci.CLB, LIST);
                    write(port + Ahci.FB, FIS);
                    write(port + Ahci.CMD, Ahci.CMD_FRE | Ahci.CMD_ST);
                }
            }
        } catch (RuntimeException | Error e) {
            throw new AssertionError("seed " + seed + "L", e);
        }
    }
}
