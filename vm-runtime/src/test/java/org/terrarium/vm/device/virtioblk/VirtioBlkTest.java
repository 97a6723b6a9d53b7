package org.terrarium.vm.device.virtioblk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.terrarium.vm.bus.DeviceContract;
import org.terrarium.vm.bus.IrqLine;
import org.terrarium.vm.bus.MemoryMap;
import org.terrarium.vm.bus.MmioDevice;
import org.terrarium.vm.bus.PortBus;
import org.terrarium.vm.bus.TestMemory;
import org.terrarium.vm.device.pci.PciConfig;
import org.terrarium.vm.device.virtio.VirtioPci;
import org.terrarium.vm.io.DirectDiskAttachment;
import org.terrarium.vm.io.MemoryDisk;

/** A small driver that follows virtio 1.2 to the letter, and one that does not. */
class VirtioBlkTest {
    private static final int RAM = 1 << 20;
    private static final int SIZE = 16;
    private static final int DESC = 0x1000;
    private static final int AVAIL = 0x2000;
    private static final int USED = 0x3000;
    private static final int TABLE = 0x4000;
    private static final int HEADER = 0x5000;
    private static final int STATUS = 0x5800;
    private static final int DATA = 0x10000;
    private static final int NEXT = 1;
    private static final int WRITE = 2;
    private static final int INDIRECT = 4;
    private static final int NEEDS_RESET = 0x40;
    private static final long VERSION_1 = 1L << 32;
    private static final long EVENT_IDX = 1L << 29;
    private static final long INDIRECT_DESC = 1L << 28;
    private static final long FLUSH = 1 << 9;
    private static final long CONFIG_WCE = 1 << 11;

    private final byte[] ram = new byte[RAM];
    private final MemoryDisk disk = MemoryDisk.patterned(1 << 20, false);
    private boolean pin;
    private VirtioPci<VirtioBlkState> card;
    private MmioDevice regs;
    private int submitted;

    private static VirtioPci<VirtioBlkState> card(MemoryDisk disk, byte[] ram, IrqLine line) {
        DirectDiskAttachment attachment = new DirectDiskAttachment(disk, false, e -> {}, n -> {});
        VirtioPci<VirtioBlkState> c = new VirtioPci<>(
                "virtio-blk0",
                new VirtioBlk(attachment, "TD0001"),
                new TestMemory(ram),
                MemoryMap.NOWHERE,
                new PortBus(),
                line,
                (address, data) -> {});
        c.config().write(PciConfig.COMMAND, 2, 7);
        return c;
    }

    @BeforeEach
    void build() {
        card = card(disk, ram, high -> pin = high);
        regs = card.modernRegisters();
    }

    private void put(long at, int bytes, long value) {
        for (int k = 0; k < bytes; k++) {
            ram[(int) at + k] = (byte) (value >> 8 * k);
        }
    }

    private long get(int at, int bytes) {
        return BlkRequest.number(ram, at, bytes);
    }

    private void start(long features) {
        submitted = 0;
        Arrays.fill(ram, AVAIL, AVAIL + 0x100, (byte) 0);
        Arrays.fill(ram, USED, USED + 0x100, (byte) 0);
        regs.write(0x14, 1, 0);
        regs.write(0x14, 1, 3);
        regs.write(0x08, 4, 0);
        regs.write(0x0C, 4, features & 0xFFFF_FFFFL);
        regs.write(0x08, 4, 1);
        regs.write(0x0C, 4, features >>> 32);
        regs.write(0x14, 1, 0xB);
        assertEquals(0xB, regs.read(0x14, 1), "FEATURES_OK stays set");
        regs.write(0x16, 2, 0);
        regs.write(0x18, 2, SIZE);
        regs.write(0x20, 4, DESC);
        regs.write(0x28, 4, AVAIL);
        regs.write(0x30, 4, USED);
        regs.write(0x1C, 2, 1);
        regs.write(0x14, 1, 0xF);
    }

    private void descriptor(long table, int index, long pa, int length, int flags, int next) {
        put(table + 16L * index, 8, pa);
        put(table + 16L * index + 8, 4, length);
        put(table + 16L * index + 12, 2, flags);
        put(table + 16L * index + 14, 2, next);
    }

    private void header(int type, long sector) {
        put(HEADER, 4, type);
        put(HEADER + 4, 4, 0);
        put(HEADER + 8, 8, sector);
        ram[STATUS] = (byte) 0xEE;
    }

    private void makeAvailable(int head) {
        put(AVAIL + 4 + 2L * (submitted % SIZE), 2, head);
        submitted++;
        put(AVAIL + 2, 2, submitted & 0xFFFF);
    }

    private void submit(int head) {
        makeAvailable(head);
        regs.write(0x3000, 2, 0);
    }

    /** A request in three direct descriptors; returns the status. */
    private int request(int type, long sector, int bytes, boolean in) {
        header(type, sector);
        descriptor(DESC, 0, HEADER, 16, NEXT, 1);
        if (bytes > 0) {
            descriptor(DESC, 1, DATA, bytes, NEXT | (in ? WRITE : 0), 2);
        } else {
            descriptor(DESC, 0, HEADER, 16, NEXT, 2);
        }
        descriptor(DESC, 2, STATUS, 1, WRITE, 0);
        submit(0);
        assertEquals(submitted & 0xFFFF, get(USED + 2, 2), "buffers given back");
        return ram[STATUS] & 0xFF;
    }

    @Test
    void keepsTheDeviceContract() {
        byte[] zeroes = new byte[RAM];
        DeviceContract.of(timers -> card(MemoryDisk.patterned(1 << 20, true), zeroes, IrqLine.NONE))
                .change(c -> c.modernRegisters().write(0x16, 2, 5))
                .mmio(VirtioPci::modernRegisters, 0x4000)
                .mmio(VirtioPci::modernRegisters, 0x40)
                .ports(VirtioPci::legacyRegisters, 0x20)
                .outside(c -> c.writeConfig(PciConfig.COMMAND, 2, 7))
                .verify();
    }

    @Test
    void readsAndWritesThroughBothRingForms() {
        start(VERSION_1 | INDIRECT_DESC | FLUSH);
        assertEquals(0, request(BlkRequest.IN, 3, 1024, true));
        assertArrayEquals(Arrays.copyOfRange(disk.bytes, 3 * 512, 5 * 512), Arrays.copyOfRange(ram, DATA, DATA + 1024));
        assertEquals(1025, get(USED + 8, 4), "bytes written, status included");
        assertTrue(pin);
        assertEquals(1, regs.read(0x1000, 1));
        assertFalse(pin, "reading ISR status acknowledges");

        Arrays.fill(ram, DATA, DATA + 512, (byte) 0x5A);
        header(BlkRequest.OUT, 7);
        // Header cut in two, data cut in two, all in an indirect table.
        descriptor(TABLE, 0, HEADER, 5, NEXT, 1);
        descriptor(TABLE, 1, HEADER + 5, 11, NEXT, 2);
        descriptor(TABLE, 2, DATA, 100, NEXT, 3);
        descriptor(TABLE, 3, DATA + 100, 412, NEXT, 4);
        descriptor(TABLE, 4, STATUS, 1, WRITE, 0);
        descriptor(DESC, 9, TABLE, 5 * 16, INDIRECT, 0);
        submit(9);
        assertEquals(0, ram[STATUS]);
        assertEquals(9, get(USED + 4 + 8, 4));
        assertArrayEquals(Arrays.copyOfRange(ram, DATA, DATA + 512), Arrays.copyOfRange(disk.bytes, 7 * 512, 8 * 512));
        assertEquals(0, disk.flushes);
        assertEquals(0, request(BlkRequest.FLUSH, 0, 0, false));
        assertEquals(1, disk.flushes);
        assertEquals(0, request(BlkRequest.GET_ID, 0, 20, true));
        assertEquals("TD0001", new String(ram, DATA, 6, StandardCharsets.US_ASCII));
    }

    @Test
    void whatTheDiskCannotDoIsAStatusNotAnEnd() {
        start(VERSION_1);
        assertEquals(BlkRequest.IOERR, request(BlkRequest.IN, 2047, 1024, true), "past the end");
        assertEquals(BlkRequest.IOERR, request(BlkRequest.IN, -1, 512, true), "sector 2^64-1");
        assertEquals(BlkRequest.IOERR, request(BlkRequest.IN, 0, 100, true), "part of a sector");
        assertEquals(BlkRequest.UNSUPP, request(77, 0, 512, true));
        disk.failing = true;
        assertEquals(BlkRequest.IOERR, request(BlkRequest.IN, 0, 512, true));
        assertEquals(BlkRequest.IOERR, request(BlkRequest.OUT, 0, 512, false));
        assertEquals(BlkRequest.IOERR, request(BlkRequest.FLUSH, 0, 0, false));
        disk.failing = false;
        assertEquals(0, request(BlkRequest.IN, 0, 512, true));
        assertEquals(0xF, regs.read(0x14, 1), "still in good order");
    }

    @Test
    void withoutAWriteCacheEveryWriteIsFlushed() {
        start(VERSION_1);
        assertEquals(0, request(BlkRequest.OUT, 0, 512, false));
        assertEquals(1, disk.flushes, "a driver without FLUSH");
        start(VERSION_1 | FLUSH | CONFIG_WCE);
        assertEquals(1, regs.read(0x2000 + 32, 1));
        assertEquals(0, request(BlkRequest.OUT, 0, 512, false));
        assertEquals(1, disk.flushes);
        regs.write(0x2000 + 32, 1, 0);
        assertEquals(0, request(BlkRequest.OUT, 0, 512, false));
        assertEquals(2, disk.flushes, "the driver has switched the cache off");
    }

    private void range(int index, long sector, int count, int flags) {
        put(DATA + 16L * index, 8, sector);
        put(DATA + 16L * index + 8, 4, count);
        put(DATA + 16L * index + 12, 4, flags);
    }

    @Test
    void rangesAreGivenBackOrZeroed() {
        start(VERSION_1 | 1 << 13 | 1 << 14);
        range(0, 8, 8, 0);
        range(1, 100, 1, 0);
        assertEquals(0, request(BlkRequest.DISCARD, 0, 32, false));
        assertEquals(9 * 512, disk.discarded);
        range(0, 200, 2, 1);
        assertEquals(0, request(BlkRequest.WRITE_ZEROES, 0, 16, false));
        assertArrayEquals(new byte[1024], Arrays.copyOfRange(disk.bytes, 200 * 512, 202 * 512));
        range(0, 300, 1, 2);
        assertEquals(BlkRequest.UNSUPP, request(BlkRequest.WRITE_ZEROES, 0, 16, false), "unknown flag");
        range(0, 300, 1, 1);
        assertEquals(BlkRequest.UNSUPP, request(BlkRequest.DISCARD, 0, 16, false), "unmap flag on a discard");
        range(0, 0, 1, 0);
        range(1, 2040, 9, 0);
        long before = disk.discarded;
        assertEquals(BlkRequest.IOERR, request(BlkRequest.DISCARD, 0, 32, false), "the second range is outside");
        assertEquals(before, disk.discarded, "then the first takes no effect either");
    }

    @Test
    void theEventIndexSavesInterruptsAndNotifications() {
        start(VERSION_1 | EVENT_IDX);
        put(AVAIL + 4 + 2 * SIZE, 2, 1); // used_event: interrupt when the second buffer is used
        request(BlkRequest.IN, 0, 512, true);
        assertFalse(pin);
        request(BlkRequest.IN, 0, 512, true);
        assertTrue(pin);
        assertEquals(2, get(USED + 4 + 8 * SIZE, 2), "avail_event: tell me about the third");
    }

    @Test
    void legacyDriversAreServedToo() {
        var ports = card.legacyRegisters();
        ports.write(0x12, 1, 3);
        assertEquals(SIZE * 16, ports.read(0x0C, 2), "the queue has its full size");
        ports.write(0x04, 4, ports.read(0x00, 4));
        ports.write(0x0E, 2, 0);
        int base = 0x20000;
        ports.write(0x08, 4, base >> 12);
        ports.write(0x12, 1, 7);
        int avail = base + 256 * 16;
        int used = avail + 6 + 2 * 256 + 0xFFF & -0x1000;
        header(BlkRequest.IN, 1);
        descriptor(base, 0, HEADER, 16, NEXT, 1);
        descriptor(base, 1, DATA, 512, NEXT | WRITE, 2);
        descriptor(base, 2, STATUS, 1, WRITE, 0);
        put(avail + 4, 2, 0);
        put(avail + 2, 2, 1);
        ports.write(0x10, 2, 0);
        assertEquals(1, get(used + 2, 2));
        assertEquals(0, ram[STATUS]);
        assertArrayEquals(Arrays.copyOfRange(disk.bytes, 512, 1024), Arrays.copyOfRange(ram, DATA, DATA + 512));
        assertTrue(pin);
        assertEquals(1, ports.read(0x13, 1));
        assertEquals(2048, ports.read(0x14, 4), "capacity in the device's configuration");
    }

    @Test
    void malformedRingsStopTheDeviceUntilItIsReset() {
        List<Runnable> nonsense = new ArrayList<>();
        nonsense.add(() -> submit(99)); // no such descriptor
        nonsense.add(
                () -> { // a loop
                    descriptor(DESC, 0, HEADER, 16, NEXT, 0);
                    submit(0);
                });
        nonsense.add(
                () -> { // readable behind writable
                    descriptor(DESC, 0, STATUS, 1, WRITE | NEXT, 1);
                    descriptor(DESC, 1, HEADER, 16, 0, 0);
                    submit(0);
                });
        nonsense.add(
                () -> { // an indirect table in an indirect table
                    descriptor(DESC, 0, TABLE, 16, INDIRECT, 0);
                    descriptor(TABLE, 0, TABLE, 16, INDIRECT, 0);
                    submit(0);
                });
        nonsense.add(
                () -> { // indirect, but of odd size
                    descriptor(DESC, 0, TABLE, 17, INDIRECT, 0);
                    submit(0);
                });
        nonsense.add(
                () -> { // more buffers than the ring has
                    put(AVAIL + 2, 2, SIZE + 1);
                    regs.write(0x3000, 2, 0);
                });
        nonsense.add(
                () -> { // no header
                    descriptor(DESC, 0, STATUS, 1, WRITE, 0);
                    submit(0);
                });
        nonsense.add(
                () -> { // nothing in it
                    descriptor(DESC, 0, HEADER, 0, 0, 0);
                    submit(0);
                });
        for (int k = 0; k < nonsense.size(); k++) {
            start(VERSION_1 | INDIRECT_DESC);
            regs.read(0x1000, 1);
            nonsense.get(k).run();
            assertEquals(0xF | NEEDS_RESET, regs.read(0x14, 1), "nonsense " + k);
            assertEquals(2, regs.read(0x1000, 1), "a configuration interrupt tells the driver, nonsense " + k);
            start(VERSION_1);
            assertEquals(0, request(BlkRequest.IN, 0, 512, true), "after the reset, nonsense " + k);
        }
    }

    @Test
    void randomRingsNeverThrow() {
        long seed = Long.getLong("terrarium.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        int broken = 0;
        try {
            for (int n = 0; n < 20_000; n++) {
                start(random.nextBoolean() ? VERSION_1 | INDIRECT_DESC | EVENT_IDX : VERSION_1);
                for (int d = 0; d < SIZE; d++) {
                    int length = random.nextInt(4) == 0 ? random.nextInt() : 16 * random.nextInt(80);
                    long pa = random.nextInt(8) == 0 ? random.nextLong() : 16L * random.nextInt(RAM / 16);
                    descriptor(
                            random.nextBoolean() ? DESC : TABLE, d, pa, length, random.nextInt(8), random.nextInt(18));
                }
                header(random.nextInt(15), random.nextInt(2100));
                descriptor(DESC, 0, HEADER, 16, NEXT, 1 + random.nextInt(3));
                for (int k = random.nextInt(4); k >= 0; k--) {
                    submit(random.nextInt(3) == 0 ? random.nextInt(20) : 0);
                }
                broken += (regs.read(0x14, 1) & NEEDS_RESET) != 0 ? 1 : 0;
            }
        } catch (RuntimeException | Error e) {
            throw new AssertionError("seed " + seed + "L", e);
        }
        assertTrue(broken > 1000 && broken < 20_000, broken + " of 20000 were malformed; seed " + seed + "L");
    }
}
