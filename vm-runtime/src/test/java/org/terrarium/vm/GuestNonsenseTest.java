package org.terrarium.vm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.net.MacAddress;
import org.terrarium.vm.MachineBuilder.DiskOption;
import org.terrarium.vm.bus.MemoryBus;
import org.terrarium.vm.bus.PortBus;
import org.terrarium.vm.device.nic.FakeCable;

/** Whatever a guest does, the host neither gets an exception, nor hangs, nor loses memory to it. */
class GuestNonsenseTest {
    /** Where the test puts the ranges of the disk controllers, as no firmware runs in it. */
    private static final int AHCI_BASE = 0xE100_0000;

    private static final int VIRTIO_BASE = 0xE110_0000;
    private static final int VIRTIO_PORTS = 0xC100;
    private static final int MSIX_BASE = 0xE120_0000;
    private static final int AHCI_SLOT = 15;
    private static final int VIRTIO_SLOT = 16;

    private static final long[] DEVICE_RANGES = {
        0xA0000,
        0xC0000,
        0xE000_0000L,
        0xFEC0_0000L,
        0xFED0_0000L,
        0xFEE0_0000L,
        AHCI_BASE & 0xFFFF_FFFFL,
        VIRTIO_BASE & 0xFFFF_FFFFL,
        MSIX_BASE & 0xFFFF_FFFFL
    };

    @TempDir
    Path folder;

    private long seed() {
        long seed = Long.getLong("terrarium.seed", new SplittableRandom().nextLong());
        System.out.println("GuestNonsenseTest: seed " + seed + "L");
        return seed;
    }

    private MachineBuilder full() throws Exception {
        SplittableRandom r = new SplittableRandom(7);
        byte[] content = new byte[1_474_560];
        r.nextBytes(content);
        return Machine.builder()
                .memory(16)
                .deterministic(true)
                .disk(Files.write(folder.resolve("disk.img"), content))
                .disk(new DiskOption(Files.write(folder.resolve("v.img"), content), false, "raw")
                        .on(DiskController.VIRTIO))
                .disk(new DiskOption(Files.write(folder.resolve("a.img"), content), false, "raw")
                        .on(DiskController.AHCI))
                .floppy(Files.write(folder.resolve("floppy.img"), content))
                .nic(NicModel.E1000, MacAddress.parse("02:00:00:00:00:01"), new FakeCable())
                .nic(NicModel.RTL8139, MacAddress.parse("02:00:00:00:00:02"), new FakeCable())
                .nic(NicModel.NE2000, MacAddress.parse("02:00:00:00:00:03"), new FakeCable())
                .nic(NicModel.NE2000_ISA, MacAddress.parse("02:00:00:00:00:04"), new FakeCable())
                .nic(NicModel.VIRTIO, MacAddress.parse("02:00:00:00:00:05"), new FakeCable())
                .bootMenu(false);
    }

    private static void placeControllers(PortBus ports) {
        configure(ports, AHCI_SLOT, 0x24, AHCI_BASE);
        configure(ports, VIRTIO_SLOT, 0x10, VIRTIO_PORTS);
        configure(ports, VIRTIO_SLOT, 0x14, MSIX_BASE);
        configure(ports, VIRTIO_SLOT, 0x20, VIRTIO_BASE);
        configure(ports, AHCI_SLOT, 4, 7);
        configure(ports, VIRTIO_SLOT, 4, 7);
    }

    private static void configure(PortBus ports, int slot, int register, int value) {
        ports.write(0xCF8, 4, 1 << 31 | slot << 11 | register);
        ports.write(0xCFC, 4, value);
    }

    /** {@code -Dterrarium.accesses=10000000} for the long form. */
    @Test
    void randomAccessesToPortsAndDeviceMemory() throws Exception {
        int accesses = Integer.getInteger("terrarium.accesses", 2_000_000);
        long seed = seed();
        SplittableRandom random = new SplittableRandom(seed);
        Board board = Board.assemble(full());
        long used = 0;
        try {
            board.clock().resume();
            PortBus ports = board.ports();
            MemoryBus memory = board.memory().map;
            byte[] junk = new byte[16 << 20]; // what the controllers find in memory is nonsense as well
            random.nextBytes(junk);
            board.memory().dma().write(0, junk, 0, junk.length);
            for (int n = 0; n < accesses; n++) {
                if (n % 5_000 == 0) {
                    placeControllers(ports);
                }
                int size = 1 << random.nextInt(3);
                // Half of the accesses go to where the chips are, so that their registers are really exercised.
                int port = random.nextBoolean() ? random.nextInt(0x400) : random.nextInt(0x10000);
                switch (random.nextInt(8)) {
                    case 0, 1, 2 -> ports.write(port, size, random.nextInt() >> random.nextInt(32));
                    case 3, 4 -> ports.read(port, size);
                    case 5 -> memory.write(address(random), 1 << random.nextInt(4), random.nextLong());
                    default -> memory.read(address(random), 1 << random.nextInt(4));
                }
                if (n % 64 == 0) {
                    board.clock().skipTo(board.clock().nanos() + random.nextInt(200_000));
                    board.timers().runDue(board.clock().nanos());
                }
                if (board.takeResetRequest()) {
                    board.reset();
                }
                if (n == accesses / 2) {
                    used = usedMemory();
                }
            }
            assertTrue(usedMemory() < used + (64 << 20), "memory grew in the second half; seed " + seed + "L");
        } catch (RuntimeException | Error e) {
            throw new AssertionError("seed " + seed + "L", e);
        } finally {
            board.close();
        }
    }

    private static long usedMemory() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static long address(SplittableRandom random) {
        long base = DEVICE_RANGES[random.nextInt(DEVICE_RANGES.length)];
        return base + random.nextInt(random.nextBoolean() ? 0x1000 : 0x20000);
    }

    @Test
    void aBootSectorOfGarbageStopsOrResetsButNeverThrows() throws Exception {
        SplittableRandom random = new SplittableRandom(seed());
        for (int n = 0; n < 20; n++) {
            byte[] disk = new byte[1 << 20];
            random.nextBytes(disk);
            disk[510] = 0x55;
            disk[511] = (byte) 0xAA;
            Path image = Files.write(folder.resolve("garbage" + n + ".img"), disk);
            try (Machine m = Machine.builder()
                    .memory(8)
                    .deterministic(true)
                    .bootMenu(false)
                    .disk(image)
                    .build()) {
                m.runInstructions(3_000_000);
                assertTrue(m.failure().isEmpty(), () -> m.failure().orElse(""));
            }
        }
    }

    @Test
    void aGuestThatHaltsForGoodDoesNotHoldUpABoundedRun() throws Exception {
        byte[] disk = new byte[1 << 20];
        disk[0] = (byte) 0xFA; // cli
        disk[1] = (byte) 0xF4; // hlt
        disk[510] = 0x55;
        disk[511] = (byte) 0xAA;
        try (Machine m = Machine.builder()
                .memory(8)
                .deterministic(true)
                .bootMenu(false)
                .disk(Files.write(folder.resolve("halt.img"), disk))
                .build()) {
            long ran = m.runInstructions(1_000_000_000);
            assertTrue(ran < 1_000_000_000, "a halted processor retires nothing, but ran " + ran);
            assertEquals(MachineState.PAUSED, m.state());
        }
    }

    @Test
    void aTripleFaultResetsTheMachine() throws Exception {
        // lidt [zero]; int3: no interrupt table, so the exception, its double fault and the third one end in a reset.
        byte[] sector = new byte[512];
        byte[] code = {
            (byte) 0xFA, 0x0F, 0x01, 0x1E, 0x10, 0x7C, (byte) 0xB0, 0x58, (byte) 0xE6, (byte) 0xE9, (byte) 0xCC
        };
        System.arraycopy(code, 0, sector, 0, code.length);
        sector[510] = 0x55;
        sector[511] = (byte) 0xAA;
        byte[] disk = new byte[1 << 20];
        System.arraycopy(sector, 0, disk, 0, 512);
        try (Machine m = Machine.builder()
                .memory(8)
                .bootMenu(false)
                .disk(Files.write(folder.resolve("triple.img"), disk))
                .build()) {
            m.start();
            // It boots again and again: the mark comes more than once.
            assertTrue(m.debugPort().await("X", Duration.ofSeconds(60).toNanos()));
            assertTrue(
                    m.debugPort().await("X", Duration.ofSeconds(60).toNanos()),
                    "no second boot after the triple fault");
            assertEquals(MachineState.RUNNING, m.state());
        }
    }
}
