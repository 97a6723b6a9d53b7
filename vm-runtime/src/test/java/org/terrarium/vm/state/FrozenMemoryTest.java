package org.terrarium.vm.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.terrarium.vm.bus.MemoryBlock;
import org.terrarium.x86.mem.PhysicalMemory;

class FrozenMemoryTest {
    private static final int PAGES = 2000;
    private static final int PAGE = PageSource.PAGE_BYTES;

    /** Whatever a bus master writes meanwhile, and however fast, the reader sees the instant of freezing. */
    @Test
    void theReaderSeesTheInstantWhileTheMemoryIsWrittenTo() throws Exception {
        Random random = new Random(Long.getLong("terrarium.seed", 5L));
        PhysicalMemory memory = new PhysicalMemory((long) PAGES * PAGE);
        memory.mapRam(0, (long) PAGES * PAGE, 0);
        byte[] before = new byte[PAGES * PAGE];
        random.nextBytes(before);
        memory.write(0, before, 0, before.length);
        FrozenMemory frozen = new FrozenMemory(memory, List.of(new MemoryBlock(memory, 16 * PAGE, 4 * PAGE)));
        for (int n = 16; n < 20; n++) {
            memory.backing().set(ValueLayout.JAVA_BYTE, (long) n * PAGE, (byte) ~before[n * PAGE]); // told to nobody
        }
        AtomicBoolean over = new AtomicBoolean();
        byte[] seen = new byte[PAGES * PAGE];
        CompletableFuture<Integer> reader = CompletableFuture.supplyAsync(() -> {
            byte[] page = new byte[PAGE];
            int count = 0;
            try {
                for (int n = frozen.next(page); n >= 0; n = frozen.next(page)) {
                    System.arraycopy(page, 0, seen, n * PAGE, PAGE);
                    count++;
                }
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            } finally {
                over.set(true);
            }
            return count;
        });
        byte[] junk = new byte[100];
        do {
            random.nextBytes(junk);
            memory.write(random.nextInt(PAGES * PAGE - junk.length), junk, 0, junk.length);
        } while (!over.get());
        assertEquals(PAGES, reader.get(), "every page once");
        assertArrayEquals(before, seen);
        frozen.release();
        memory.write(0, junk, 0, junk.length);
        byte[] now = new byte[junk.length];
        MemorySegment.copy(memory.backing(), ValueLayout.JAVA_BYTE, 0, now, 0, now.length);
        assertArrayEquals(junk, now);
    }
}
