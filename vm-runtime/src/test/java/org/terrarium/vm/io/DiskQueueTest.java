package org.terrarium.vm.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.terrarium.vm.time.TimerQueue;

/** The queue beside the machine's thread, which here is the test's. */
class DiskQueueTest {
    private static final int SIZE = 1 << 18;

    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final LinkedBlockingQueue<Runnable> posted = new LinkedBlockingQueue<>();
    private final List<String> trouble = new ArrayList<>();
    private final AtomicInteger fullReports = new AtomicInteger();
    private final AtomicInteger spaceReports = new AtomicInteger();
    private long now;

    private final DiskHost host = new DiskHost() {
        @Override
        public void background(Runnable work) {
            threads.execute(work);
        }

        @Override
        public void post(Runnable work) {
            posted.add(work);
        }

        @Override
        public synchronized void trouble(IOException e) {
            trouble.add(e.getMessage());
        }

        @Override
        public void outOfSpace(IOException e) {
            fullReports.incrementAndGet();
        }

        @Override
        public void spaceFound() {
            spaceReports.incrementAndGet();
        }
    };

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    private DiskQueue queue(SlowDisk disk, boolean discard, TimerQueue counted) {
        return new DiskQueue("disk0", disk, false, discard, host, n -> {}, counted);
    }

    private DiskQueue queue(SlowDisk disk) {
        return queue(disk, true, null);
    }

    private void pump() throws InterruptedException {
        Runnable r = posted.poll(20, TimeUnit.SECONDS);
        assertTrue(r != null, "no completion came within 20 s");
        r.run();
    }

    private static void awaitCount(AtomicInteger counter, int wanted) throws InterruptedException {
        for (int k = 0; k < 2000 && counter.get() < wanted; k++) {
            Thread.sleep(10);
        }
        assertEquals(wanted, counter.get());
    }

    private static byte[] filled(int length, int value) {
        byte[] b = new byte[length];
        Arrays.fill(b, (byte) value);
        return b;
    }

    @Test
    void requestsForTheSameBytesTakeEffectInTheirOrderAndFlushesCoverWhatCameBefore() throws Exception {
        long seed = Long.getLong("terrarium.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        SlowDisk disk = new SlowDisk(SIZE, 200, seed);
        DiskQueue queue = queue(disk);
        byte[] model = new byte[SIZE];
        int[] inFlight = {0};
        List<String> wrong = new ArrayList<>();
        for (int n = 0; n < 3000; n++) {
            int sectors = 1 + random.nextInt(16);
            int offset = 512 * random.nextInt(SIZE / 512 - sectors);
            int length = 512 * sectors;
            int number = n;
            inFlight[0]++;
            switch (random.nextInt(10)) {
                case 8, 9 -> {
                    inFlight[0]--;
                    byte[] data = filled(length, n);
                    System.arraycopy(data, 0, model, offset, length);
                    assertTrue(queue.writeBehind(offset, data, 0, length, () -> Arrays.fill(data, (byte) 0x33)));
                }
                case 0, 1, 2 -> {
                    byte[] data = filled(length, n);
                    System.arraycopy(data, 0, model, offset, length);
                    queue.write(offset, data, 0, length, ok -> {
                        inFlight[0]--;
                        Arrays.fill(data, (byte) 0x55); // the array is the device's again
                    });
                }
                case 3, 4, 5 -> {
                    byte[] expected = Arrays.copyOfRange(model, offset, offset + length);
                    byte[] got = new byte[length + 7];
                    queue.read(offset, got, 7, length, ok -> {
                        inFlight[0]--;
                        if (!ok || !Arrays.equals(expected, Arrays.copyOfRange(got, 7, got.length))) {
                            wrong.add("read " + number);
                        }
                    });
                }
                case 6 -> {
                    Arrays.fill(model, offset, offset + length, (byte) 0);
                    queue.writeZeroes(offset, length, random.nextBoolean(), ok -> inFlight[0]--);
                }
                default -> {
                    int before = disk.flushes();
                    queue.flush(ok -> {
                        inFlight[0]--;
                        if (!ok || disk.flushes() == before) {
                            wrong.add("flush " + number);
                        }
                    });
                }
            }
            while (inFlight[0] > 24) {
                pump();
            }
        }
        assertTrue(queue.settle());
        assertEquals(0, inFlight[0], "requests without completion (seed " + seed + "L)");
        assertEquals(List.of(), wrong, "seed " + seed + "L");
        assertArrayEquals(model, disk.bytes, "contents (seed " + seed + "L)");
        assertNull(disk.misuse, "seed " + seed + "L");
    }

    @Test
    void aFlushWaitsForEarlierWritesOnly() throws Exception {
        SlowDisk disk = new SlowDisk(SIZE, 500, 1);
        DiskQueue queue = queue(disk);
        for (int round = 0; round < 50; round++) {
            for (int k = 0; k < 8; k++) {
                queue.write(k * 4096, filled(4096, k), 0, 4096, ok -> {});
            }
            int[] left = {-1};
            queue.flush(ok -> left[0] = disk.unflushed());
            assertTrue(queue.settle());
            assertEquals(0, left[0], "writes that the flush left out");
        }
    }

    @Test
    void withoutSpaceRequestsAreHeldAndNothingIsLost() throws Exception {
        SlowDisk disk = new SlowDisk(SIZE, 0, 1);
        DiskQueue queue = queue(disk);
        List<String> done = new ArrayList<>();
        disk.full = true;
        queue.write(0, filled(512, 1), 0, 512, ok -> done.add("write " + ok));
        queue.write(0, filled(512, 2), 0, 512, ok -> done.add("rewrite " + ok));
        queue.flush(ok -> done.add("flush " + ok));
        queue.read(8192, new byte[512], 0, 512, ok -> done.add("read " + ok));
        assertFalse(queue.settle(), "requests are held");
        assertEquals(List.of("read true"), done);
        awaitCount(fullReports, 1);
        assertEquals(1, queue.retryHeld());
        assertFalse(queue.settle(), "there is still no space");
        assertEquals(0, spaceReports.get());
        disk.full = false;
        assertEquals(1, queue.retryHeld());
        assertTrue(queue.settle());
        assertEquals(List.of("read true", "write true", "rewrite true", "flush true"), done);
        assertEquals(2, disk.bytes[0]);
        awaitCount(spaceReports, 1);
        assertEquals(List.of(), trouble, "a full disk is no trouble of the drive");
    }

    @Test
    void aWriteThatTheGuestBelievesDoneOutlivesAResetAndAFullHostDisk() throws Exception {
        SlowDisk disk = new SlowDisk(SIZE, 0, 1);
        DiskQueue queue = queue(disk);
        List<String> done = new ArrayList<>();
        disk.full = true;
        byte[] data = filled(512, 1);
        assertTrue(queue.writeBehind(0, data, 0, 512, () -> done.add("free")));
        queue.read(0, new byte[512], 0, 512, ok -> done.add("read"));
        queue.flush(ok -> done.add("flush"));
        assertFalse(queue.settle(), "there is no space");
        assertEquals(List.of(), done, "what follows the write waits for it");
        queue.reset();
        disk.full = false;
        assertEquals(1, queue.retryHeld(), "the write has not been forgotten");
        assertTrue(queue.settle());
        assertEquals(1, disk.bytes[0]);
        byte[] got = new byte[512];
        assertTrue(queue.readNow(0, got, 0, 512));
        assertArrayEquals(data, got);
        assertTrue(queue.writeBehind(512, filled(512, 2), 0, 512, () -> done.add("free too")));
        assertEquals(List.of("free"), done, "the reset forgot the others; the array is the device's again");
        queue.close();
        assertEquals(2, disk.bytes[512], "closing waits for it");
    }

    @Test
    void theFlushAfterALostWriteFailsOnce() throws Exception {
        SlowDisk disk = new SlowDisk(SIZE, 0, 1);
        DiskQueue queue = queue(disk);
        disk.broken = true;
        assertTrue(queue.writeBehind(0, filled(512, 1), 0, 512, () -> {}));
        assertTrue(queue.settle());
        assertEquals(List.of("slow.img: simulated failure"), trouble);
        disk.broken = false;
        List<Boolean> done = new ArrayList<>();
        queue.flush(done::add);
        queue.flush(done::add);
        assertTrue(queue.settle());
        done.sort(null); // the two run side by side
        assertEquals(List.of(false, true), done);
    }

    @Test
    void whatTheGuestBelievesWrittenIsBounded() throws Exception {
        SlowDisk disk = new SlowDisk(8 << 20, 0, 1);
        DiskQueue queue = queue(disk);
        disk.full = true;
        int taken = 0;
        while (queue.writeBehind(taken << 20, new byte[1 << 20], 0, 1 << 20, () -> {})) {
            taken++;
        }
        assertEquals(4, taken, "MiB taken over while nothing can be stored");
        assertFalse(queue.settle(), "there is no space");
        assertFalse(queue.readNow(0, new byte[512], 0, 512), "the disk is in use");
        disk.full = false;
        assertEquals(4, queue.retryHeld());
        assertTrue(queue.settle());
        assertTrue(queue.writeBehind(0, new byte[1 << 20], 0, 1 << 20, () -> {}));
        assertTrue(queue.settle());
    }

    @Test
    void aResetForgetsWhatIsHeldAndClosingWaitsForWhatRuns() throws Exception {
        SlowDisk disk = new SlowDisk(SIZE, 900, 1);
        DiskQueue queue = queue(disk);
        List<String> done = new ArrayList<>();
        disk.full = true;
        queue.write(0, filled(512, 1), 0, 512, ok -> done.add("held"));
        queue.reset();
        disk.full = false;
        assertEquals(0, queue.retryHeld());
        assertTrue(queue.settle());
        assertEquals(List.of(), done);
        for (int k = 0; k < 20; k++) {
            queue.write(512 * k, filled(512, 3), 0, 512, ok -> done.add("late"));
        }
        queue.close();
        assertTrue(disk.closed);
        assertNull(disk.misuse);
        queue.read(0, new byte[512], 0, 512, ok -> done.add("after close"));
        assertEquals(List.of(), done);
    }

    @Test
    void hostErrorsEndTheRequestAndAreTold() throws Exception {
        SlowDisk disk = new SlowDisk(SIZE, 0, 1);
        DiskQueue queue = queue(disk);
        disk.broken = true;
        List<Boolean> done = new ArrayList<>();
        queue.read(0, new byte[512], 0, 512, done::add);
        queue.read(SIZE - 512, new byte[100], 0, 512, done::add); // a controller's bug must not end the thread
        queue.flush(done::add);
        assertTrue(queue.settle());
        assertEquals(List.of(false, false, false), done);
        assertTrue(trouble.contains("slow.img: simulated failure"), trouble::toString);
    }

    @Test
    void withoutDiscardSpaceIsKept() {
        SlowDisk disk = new SlowDisk(SIZE, 0, 1);
        Arrays.fill(disk.bytes, (byte) 7);
        DiskQueue keeping = queue(disk, false, null);
        keeping.discard(0, 4096, ok -> assertTrue(ok));
        keeping.writeZeroes(4096, 4096, true, ok -> assertTrue(ok));
        assertTrue(keeping.settle());
        assertEquals(7, disk.bytes[0]);
        assertEquals(0, disk.bytes[4096]);
        assertEquals(1, disk.unflushed(), "zeroes were written, not made by giving space back");
        queue(disk, true, null).discard(0, 4096, ok -> assertTrue(ok));
    }

    private List<String> countedRun(int hostMicros) throws Exception {
        now = 0;
        TimerQueue timers = new TimerQueue(() -> now);
        SlowDisk disk = new SlowDisk(SIZE, hostMicros, 5);
        DiskQueue queue = queue(disk, true, timers);
        SplittableRandom random = new SplittableRandom(99);
        List<String> log = new ArrayList<>();
        for (int n = 0; n < 200; n++) {
            int number = n;
            int length = 512 * (1 + random.nextInt(32));
            byte[] data = filled(length, n);
            int offset = 512 * random.nextInt(100);
            if (random.nextBoolean()) {
                queue.write(offset, data, 0, length, ok -> log.add(now + " write " + number));
            } else {
                queue.read(offset, data, 0, length, ok -> log.add(now + " read " + number + " " + data[0]));
            }
            now += random.nextInt(60_000);
            timers.runDue(now);
        }
        now += 1_000_000_000L;
        timers.runDue(now);
        assertTrue(queue.settle());
        queue.close();
        return log;
    }

    @Test
    void inCountedTimeCompletionsDoNotDependOnTheHost() throws Exception {
        DiskQueue counted = queue(new SlowDisk(SIZE, 0, 1), true, new TimerQueue(() -> now));
        assertFalse(counted.readNow(0, new byte[512], 0, 512));
        assertFalse(counted.writeBehind(0, new byte[512], 0, 512, () -> {}));
        List<String> fast = countedRun(0);
        assertEquals(200, fast.size());
        assertEquals(fast, countedRun(900));
        assertTrue(posted.isEmpty(), "counted time needs no posts");
    }
}
