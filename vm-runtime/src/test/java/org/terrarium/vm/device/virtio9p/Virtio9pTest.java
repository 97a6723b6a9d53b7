package org.terrarium.vm.device.virtio9p;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.vm.bus.DeviceContract;
import org.terrarium.vm.bus.IrqLine;
import org.terrarium.vm.bus.MemoryMap;
import org.terrarium.vm.bus.PortBus;
import org.terrarium.vm.bus.TestMemory;
import org.terrarium.vm.device.pci.PciConfig;
import org.terrarium.vm.device.virtio.VirtioDriver;
import org.terrarium.vm.device.virtio.VirtioPci;
import org.terrarium.vm.share.FileServer;
import org.terrarium.vm.share.FileServerState;
import org.terrarium.vm.share.ShareQueue;

/** Messages through the ring, with work that is done when the test says so. */
class Virtio9pTest {
    private static final int RINGS = 0x10000;
    private static final int SIZE = 16;
    private static final int REQUESTS = 0x20000;
    private static final int ANSWERS = 0x40000;
    private static final int SLOT = 0x2000;
    private static final byte[] VERSION = message(100, 0xFFFF, 8192, "9P2000.L");
    private static final byte[] ATTACH = message(104, 1, 0, -1, "root", "", 0);
    private static final byte[] CLUNK = message(120, 2, 77);

    @TempDir
    Path folder;

    private final TestMemory memory = new TestMemory(1 << 20);
    private final List<Runnable> background = new ArrayList<>();
    private final List<Runnable> posted = new ArrayList<>();
    private long activity;
    private Virtio9p device;
    private VirtioPci<Virtio9pState> card;
    private VirtioDriver driver;

    private VirtioPci<Virtio9pState> card(Executor work, Executor machine) {
        ShareQueue queue = new ShareQueue(work, machine);
        device = new Virtio9p("shared", new FileServer(folder, false), queue, n -> activity += n);
        VirtioPci<Virtio9pState> made = new VirtioPci<>(
                "virtio-9p0", device, memory, MemoryMap.NOWHERE, new PortBus(), IrqLine.NONE, (address, data) -> {});
        made.config().write(PciConfig.COMMAND, 2, 7);
        return made;
    }

    private void start() {
        card = card(background::add, posted::add);
        driver = new VirtioDriver(card.modernRegisters(), memory, RINGS, SIZE);
        driver.start(1);
    }

    private static byte[] message(int type, int tag, Object... fields) {
        ByteBuffer b = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);
        b.putInt(0).put((byte) type).putShort((short) tag);
        for (Object field : fields) {
            if (field instanceof Integer n) {
                b.putInt(n);
            } else {
                byte[] text = ((String) field).getBytes(StandardCharsets.US_ASCII);
                b.putShort((short) text.length).put(text);
            }
        }
        b.putInt(0, b.position());
        byte[] whole = new byte[b.position()];
        b.flip().get(whole);
        return whole;
    }

    /** A request cut in two and an answer cut in two, in the ring's slot {@code n}. */
    private void submit(int n, byte[] request, int room) {
        int from = REQUESTS + n * SLOT;
        int to = ANSWERS + n * SLOT;
        System.arraycopy(request, 0, memory.bytes, from, request.length);
        driver.descriptor(4 * n, from, 5, VirtioDriver.NEXT, 4 * n + 1);
        driver.descriptor(4 * n + 1, from + 5, request.length - 5, VirtioDriver.NEXT, 4 * n + 2);
        driver.descriptor(4 * n + 2, to, 3, VirtioDriver.WRITE | VirtioDriver.NEXT, 4 * n + 3);
        driver.descriptor(4 * n + 3, to + 3, room - 3, VirtioDriver.WRITE, 0);
        driver.submit(4 * n);
    }

    private void runAll(List<Runnable> work) {
        List<Runnable> all = List.copyOf(work);
        work.clear();
        all.forEach(Runnable::run);
    }

    private int answerType(int n) {
        return memory.bytes[ANSWERS + n * SLOT + 4] & 0xFF;
    }

    @Test
    void keepsTheDeviceContract() {
        DeviceContract.of(timers -> card(Runnable::run, Runnable::run))
                .change(c -> c.modernRegisters().write(0x16, 2, 5))
                .mmio(VirtioPci::modernRegisters, 0x4000)
                .mmio(VirtioPci::modernRegisters, 0x40)
                .ports(VirtioPci::legacyRegisters, 0x20)
                .outside(c -> c.writeConfig(PciConfig.COMMAND, 2, 7))
                .verify();
    }

    @Test
    void showsItsMountTag() {
        start();
        assertEquals(0x1009, card.config().read(PciConfig.DEVICE_ID, 2));
        assertEquals(6, card.modernRegisters().read(0x2000, 2));
        byte[] tag = new byte[6];
        for (int k = 0; k < 6; k++) {
            tag[k] = (byte) card.modernRegisters().read(0x2002 + k, 1);
        }
        assertEquals("shared", new String(tag, StandardCharsets.US_ASCII));
    }

    @Test
    void answersComeOnTheMachinesThreadWhenTheHostIsThrough() {
        start();
        runAll(background);
        runAll(posted);
        submit(0, VERSION, 100);
        submit(1, ATTACH, 100);
        assertEquals(0, driver.used());
        runAll(background);
        assertEquals(0, driver.used(), "not before the machine's thread has a turn");
        runAll(posted);
        assertEquals(2, driver.used());
        assertEquals(101, answerType(0));
        assertEquals(105, answerType(1));
        assertEquals(21, driver.usedLength(0));
        assertEquals(20, driver.usedLength(1));
        assertTrue(activity > 0);
    }

    @Test
    void savingWaitsAndTheRestoredOneGoesOn() {
        card = card(work -> Thread.ofPlatform().start(work), posted::add);
        driver = new VirtioDriver(card.modernRegisters(), memory, RINGS, SIZE);
        driver.start(1);
        submit(0, VERSION, 100);
        submit(1, ATTACH, 100);
        device.settle();
        assertEquals(2, driver.used(), "nothing is in flight any more");
        Virtio9pState saved = card.save().device();
        assertEquals(8192, saved.server().messageSize());
        assertEquals(1, saved.server().fids().length);
        Virtio9p restored = new Virtio9p(
                "shared", new FileServer(folder, false), new ShareQueue(Runnable::run, Runnable::run), n -> {});
        restored.restore(saved);
        FileServerState again = restored.save().server();
        assertEquals(saved.server().messageSize(), again.messageSize());
        assertArrayEquals(saved.server().fids(), again.fids());
    }

    @Test
    void aResetForgetsWhatWasAsked() {
        start();
        submit(0, VERSION, 100);
        driver.start(1);
        runAll(background);
        runAll(posted);
        assertEquals(0, driver.used(), "an answer from before the reset is for nobody");
        submit(0, ATTACH, 100);
        runAll(background);
        runAll(posted);
        assertEquals(7, answerType(0), "the session is a new one, without a version");
    }

    @Test
    void messagesThatAreNoneAreRefusedAndBrokenChainsStopTheDevice() {
        start();
        byte[] tooLong = VERSION.clone();
        tooLong[3] = 0x7F;
        submit(0, tooLong, 100);
        assertEquals(7, answerType(0), "a length beyond the buffer");
        byte[] tooShort = VERSION.clone();
        tooShort[0] = 6;
        submit(1, tooShort, 100);
        assertEquals(7, answerType(1));
        assertEquals(0xF, driver.status());
        submit(2, VERSION, 10);
        assertEquals(VirtioDriver.NEEDS_RESET, driver.status() & VirtioDriver.NEEDS_RESET, "no room for an answer");
    }

    @Test
    void whatIsUnderWayIsBounded() {
        start();
        runAll(background);
        runAll(posted);
        // Each asks for room of a message of the largest size: 1 MiB, all in the same place.
        for (int n = 0; n < SIZE / 2; n++) {
            System.arraycopy(CLUNK, 0, memory.bytes, REQUESTS, CLUNK.length);
            driver.descriptor(2 * n, REQUESTS, CLUNK.length, VirtioDriver.NEXT, 2 * n + 1);
            driver.descriptor(2 * n + 1, ANSWERS, 8 << 20, VirtioDriver.WRITE, 0);
            driver.submit(2 * n);
        }
        runAll(background);
        assertEquals(0, driver.used());
        int first = (4 << 20) / (1 << 20);
        runAll(posted);
        assertEquals(first, driver.used(), "4 MiB at a time");
        while (!background.isEmpty() || !posted.isEmpty()) {
            runAll(background);
            runAll(posted);
        }
        assertEquals(SIZE / 2, driver.used(), "the others follow");
    }

    @Test
    void anyRingContentsAreSurvived() throws Exception {
        long seed = Long.getLong("terrarium.seed", 20_261_125L);
        SplittableRandom random = new SplittableRandom(seed);
        Files.writeString(folder.resolve("f"), "x");
        card = card(Runnable::run, Runnable::run);
        driver = new VirtioDriver(card.modernRegisters(), memory, RINGS, SIZE);
        for (int n = 0; n < 3000; n++) {
            if (n % 10 == 0) {
                driver.start(1);
                submit(0, VERSION, 100);
                submit(1, ATTACH, 100);
            }
            byte[] request = new byte[7 + random.nextInt(100)];
            random.nextBytes(request);
            request[0] = (byte) request.length;
            request[1] = request[2] = request[3] = 0;
            System.arraycopy(request, 0, memory.bytes, REQUESTS, request.length);
            int head = random.nextInt(SIZE);
            for (int k = 0; k < SIZE; k++) {
                long at = random.nextInt(4) == 0 ? random.nextLong() : REQUESTS + random.nextInt(8);
                int length = random.nextInt(8) == 0 ? random.nextInt() : random.nextInt(200);
                driver.descriptor(k, at, length, random.nextInt(8), random.nextInt(SIZE + 2));
            }
            driver.submit(head);
        }
        driver.start(1);
        submit(0, VERSION, 100);
        assertEquals(101, answerType(0), "works after a reset; seed " + seed);
    }
}
