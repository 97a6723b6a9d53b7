package org.terrarium.vm.device.piix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.terrarium.vm.bus.DeviceContract;
import org.terrarium.vm.bus.DmaMemory;
import org.terrarium.vm.bus.IrqLine;
import org.terrarium.vm.bus.PortBus;
import org.terrarium.vm.device.ide.AtaChannel;
import org.terrarium.vm.device.ide.AtaDisk;
import org.terrarium.vm.device.ide.AtapiDrive;
import org.terrarium.vm.device.ide.DriveIdentity;
import org.terrarium.vm.device.pci.PciConfig;
import org.terrarium.vm.io.DirectDiskAttachment;
import org.terrarium.vm.io.MemoryDisk;
import org.terrarium.vm.time.TimerQueue;

class BusMasterDmaTest {
    private static final int BMI = 0xC000;
    private static final int TABLE = 0x1000;
    private static final int READ_DMA_EXT = 0x25;
    private static final int READ_DMA = 0xC8;
    private static final int WRITE_DMA = 0xCA;
    private static final int DATA_SET_MANAGEMENT = 0x06;
    private static final int TO_MEMORY = 8;
    private static final int START = 1;

    private long now = 1000;
    private final TimerQueue timers = new TimerQueue(() -> now);
    private final byte[] ram = new byte[1 << 20];
    private final MemoryDisk disk = MemoryDisk.patterned(1 << 20, false);
    private final MemoryDisk disc = MemoryDisk.patterned(1 << 20, true);
    private final PortBus ports = new PortBus();
    private boolean irq;
    private AtaChannel primary;
    private PiixIde ide;

    private final DmaMemory memory = new DmaMemory() {
        @Override
        public void read(long pa, byte[] dst, int offset, int length) {
            for (int k = 0; k < length; k++) {
                dst[offset + k] = pa + k < ram.length ? ram[(int) pa + k] : -1;
            }
        }

        @Override
        public void write(long pa, byte[] src, int offset, int length) {
            for (int k = 0; k < length && pa + k < ram.length; k++) {
                ram[(int) pa + k] = src[offset + k];
            }
        }
    };

    private static DirectDiskAttachment attach(MemoryDisk d) {
        return new DirectDiskAttachment(d, false, e -> {}, n -> {});
    }

    @BeforeEach
    void build() {
        DriveIdentity identity = new DriveIdentity("TEST DISK", "1", "1");
        primary = new AtaChannel(
                "ide0",
                high -> irq = high,
                new AtaDisk("d0", timers, attach(disk), identity),
                new AtapiDrive("cd", timers, attach(disc), identity, open -> {}));
        AtaChannel secondary = new AtaChannel("ide1", IrqLine.NONE, null, null);
        ide = new PiixIde("piix-ide", memory, ports, primary, secondary);
        ports.map(0x1F0, 8, primary.commandBlock());
        ports.map(0x3F6, 1, primary.controlBlock());
        ide.config().write(PiixIde.BMIBA, 4, BMI);
        ide.config().write(PciConfig.COMMAND, 2, PciConfig.COMMAND_IO | PciConfig.COMMAND_MASTER);
    }

    private void descriptor(int index, int address, int count, boolean last) {
        memory.write32(TABLE + 8 * index, address);
        memory.write32(TABLE + 8 * index + 4, count & 0xFFFF | (last ? 1 << 31 : 0));
    }

    private void issue(int command, int lba, int sectors) {
        ports.write(BMI + 4, 4, TABLE);
        ports.write(BMI + 2, 1, 0x06);
        ports.write(0x1F6, 1, 0xE0);
        ports.write(0x1F2, 1, sectors >> 8);
        ports.write(0x1F3, 1, 0);
        ports.write(0x1F4, 1, 0);
        ports.write(0x1F5, 1, 0);
        ports.write(0x1F2, 1, sectors & 0xFF);
        ports.write(0x1F3, 1, lba & 0xFF);
        ports.write(0x1F4, 1, lba >> 8 & 0xFF);
        ports.write(0x1F5, 1, lba >> 16 & 0xFF);
        ports.write(0x1F7, 1, command);
    }

    private void run() {
        for (int k = 0; k < 100; k++) {
            now += 1000;
            timers.runDue(now);
        }
    }

    private byte[] sectors(int lba, int count) {
        return Arrays.copyOfRange(disk.bytes, lba * 512, (lba + count) * 512);
    }

    @Test
    void scattersAReadOverTheTable() {
        descriptor(0, 0x20000, 0x200, false);
        descriptor(1, 0x30000, 0x602, false);
        descriptor(2, 0x40002, 0x7FE, true);
        issue(READ_DMA, 9, 8);
        ports.write(BMI, 1, TO_MEMORY);
        ports.write(BMI, 1, TO_MEMORY | START);
        assertEquals(1, ports.read(BMI + 2, 1), "active until the drive has data");
        run();
        assertEquals(4, ports.read(BMI + 2, 1), "interrupt, no longer active");
        assertEquals(true, irq);
        assertEquals(0x50, ports.read(0x1F7, 1));
        byte[] expected = sectors(9, 8);
        assertArrayEquals(Arrays.copyOf(expected, 0x200), Arrays.copyOfRange(ram, 0x20000, 0x20200));
        assertArrayEquals(Arrays.copyOfRange(expected, 0x200, 0x802), Arrays.copyOfRange(ram, 0x30000, 0x30602));
        assertArrayEquals(Arrays.copyOfRange(expected, 0x802, 0x1000), Arrays.copyOfRange(ram, 0x40002, 0x40800));
        ports.write(BMI, 1, 0);
        ports.write(BMI + 2, 1, 4);
        assertEquals(0, ports.read(BMI + 2, 1));
    }

    @Test
    void countZeroIsSixtyFourKilobytesAndLongReadsGoOn() {
        descriptor(0, 0x40000, 0, false);
        descriptor(1, 0x80000, 0, false);
        descriptor(2, 0x20000, 0x400, true);
        issue(READ_DMA_EXT, 1, 258);
        ports.write(BMI, 1, TO_MEMORY | START);
        run();
        assertEquals(4, ports.read(BMI + 2, 1));
        byte[] expected = sectors(1, 258);
        assertArrayEquals(Arrays.copyOf(expected, 0x10000), Arrays.copyOfRange(ram, 0x40000, 0x50000));
        assertArrayEquals(Arrays.copyOfRange(expected, 0x10000, 0x20000), Arrays.copyOfRange(ram, 0x80000, 0x90000));
        assertArrayEquals(Arrays.copyOfRange(expected, 0x20000, 0x20400), Arrays.copyOfRange(ram, 0x20000, 0x20400));
    }

    @Test
    void gathersAWrite() {
        for (int k = 0; k < 0x400; k++) {
            ram[0x50000 + k] = (byte) (k * 3);
            ram[0x60000 + k] = (byte) (k * 5 + 1);
        }
        descriptor(0, 0x50000, 0x400, false);
        descriptor(1, 0x60000, 0x400, true);
        issue(WRITE_DMA, 20, 4);
        ports.write(BMI, 1, START);
        run();
        assertEquals(4, ports.read(BMI + 2, 1));
        assertArrayEquals(Arrays.copyOfRange(ram, 0x50000, 0x50400), sectors(20, 2));
        assertArrayEquals(Arrays.copyOfRange(ram, 0x60000, 0x60400), sectors(22, 2));
    }

    @Test
    void aTableLongerThanTheTransferStaysActive() {
        descriptor(0, 0x20000, 0x800, true);
        issue(READ_DMA, 0, 2);
        ports.write(BMI, 1, TO_MEMORY | START);
        run();
        assertEquals(5, ports.read(BMI + 2, 1), "interrupt and active: the drive ended first");
        ports.write(BMI, 1, TO_MEMORY);
        assertEquals(4, ports.read(BMI + 2, 1));
    }

    @Test
    void aTableShorterThanTheTransferEndsWithoutInterrupt() {
        descriptor(0, 0x20000, 0x200, true);
        issue(READ_DMA, 0, 2);
        ports.write(BMI, 1, TO_MEMORY | START);
        run();
        assertEquals(0, ports.read(BMI + 2, 1));
        assertEquals(0x58, ports.read(0x3F6, 1), "the drive still requests");
        ports.write(0x3F6, 1, 4);
        ports.write(0x3F6, 1, 0);
        assertEquals(0x50, ports.read(0x3F6, 1));
    }

    @Test
    void theWrongDirectionMovesNothing() {
        descriptor(0, 0x20000, 0x200, true);
        Arrays.fill(ram, 0x20000, 0x20200, (byte) 0x77);
        issue(READ_DMA, 0, 1);
        ports.write(BMI, 1, START);
        run();
        assertEquals(1, ports.read(BMI + 2, 1));
        assertEquals(0x77, ram[0x20000]);
    }

    @Test
    void withoutBusMasterEnableNothingMoves() {
        ide.config().write(PciConfig.COMMAND, 2, PciConfig.COMMAND_IO);
        descriptor(0, 0x20000, 0x200, true);
        issue(READ_DMA, 3, 1);
        ports.write(BMI, 1, TO_MEMORY | START);
        run();
        assertArrayEquals(new byte[0x200], Arrays.copyOfRange(ram, 0x20000, 0x20200));
    }

    @Test
    void theTableWrapsInsideItsSegment() {
        memory.write32(0x2FFF8, 0x20000);
        memory.write32(0x2FFFC, 0x200);
        memory.write32(0x20000, 0x50000); // where the next descriptor is fetched after the wrap
        memory.write32(0x20004, 0x200 | 1 << 31);
        memory.write32(0x2FFF8, 0x60000);
        issue(READ_DMA, 0, 2);
        ports.write(BMI + 4, 4, 0x2FFF8);
        ports.write(BMI, 1, TO_MEMORY | START);
        run();
        assertEquals(4, ports.read(BMI + 2, 1));
        assertArrayEquals(sectors(1, 1), Arrays.copyOfRange(ram, 0x50000, 0x50200));
    }

    @Test
    void packetDataGoesByDma() {
        for (int k = 0; k < 2; k++) {
            ports.write(BMI + 4, 4, TABLE);
            ports.write(BMI + 2, 1, 6);
            descriptor(0, 0x20000, 0x2000, true);
            ports.write(0x1F6, 1, 0xB0);
            ports.write(0x1F1, 1, 1);
            ports.write(0x1F7, 1, 0xA0);
            run();
            assertEquals(0x58, ports.read(0x3F6, 1));
            // READ(10) of four blocks at block 6; the first attempt meets the power-on unit attention
            int[] words = {0x28, 0, 0x0600, 0, 0x04, 0};
            for (int w : words) {
                ports.write(0x1F0, 2, w);
            }
            ports.write(BMI, 1, TO_MEMORY | START);
            run();
            assertEquals(k == 0 ? 5 : 4, ports.read(BMI + 2, 1));
            assertEquals(k == 0 ? 0x51 : 0x50, ports.read(0x1F7, 1));
            ports.write(BMI, 1, 0);
        }
        assertArrayEquals(
                Arrays.copyOfRange(disc.bytes, 6 * 2048, 10 * 2048), Arrays.copyOfRange(ram, 0x20000, 0x22000));
    }

    @Test
    void theRangeFollowsTheBaseAddress() {
        ide.config().write(PiixIde.BMIBA, 4, -1);
        assertEquals(0xFFFF_FFF1, ide.config().read(PiixIde.BMIBA, 4), "16 ports");
        ide.config().write(PiixIde.BMIBA, 4, 0xD000);
        assertEquals(false, ports.claimed(BMI));
        assertEquals(true, ports.claimed(0xD00F));
        ide.config().write(PciConfig.COMMAND, 2, 0);
        assertEquals(false, ports.claimed(0xD000));
    }

    @Test
    void keepsTheDeviceContract() {
        PortBus bus = new PortBus();
        DeviceContract.of(queue -> {
                    PiixIde d = new PiixIde(
                            "piix-ide",
                            memory,
                            bus,
                            new AtaChannel("a", IrqLine.NONE, null, null),
                            new AtaChannel("b", IrqLine.NONE, null, null));
                    return d;
                })
                .change(d -> d.config().write(PiixIde.IDETIM_PRIMARY, 2, 0x1234))
                .ports(d -> PciPorts.of(d), 256)
                .verify();
    }

    private void trim(long... entries) {
        byte[] block = new byte[512];
        for (int k = 0; k < entries.length; k++) {
            for (int b = 0; b < 8; b++) {
                block[8 * k + b] = (byte) (entries[k] >> 8 * b);
            }
        }
        System.arraycopy(block, 0, ram, 0x20000, 512);
        descriptor(0, 0x20000, 512, true);
        ports.write(0x1F1, 1, 0);
        ports.write(0x1F1, 1, 1);
        issue(DATA_SET_MANAGEMENT, 0, 1);
        run();
        ports.write(BMI, 1, START);
        run();
    }

    @Test
    void trimGivesBackEveryRangeOfTheList() {
        trim(10L | 3L << 48, 0, 100L | 1L << 48);
        assertEquals(0x50, ports.read(0x1F7, 1));
        assertEquals(4 * 512, disk.discarded);
        assertArrayEquals(new byte[3 * 512], sectors(10, 3));
        assertArrayEquals(new byte[512], sectors(100, 1));
    }

    @Test
    void trimOutsideOfTheDiskIsAnError() {
        trim(2047L | 2L << 48);
        assertEquals(0x51, ports.read(0x1F7, 1));
        assertEquals(0, disk.discarded);
    }
}
