package org.terrarium.vm.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.disk.Progress;

class RamFileTest {
    private static final int PAGE = PageSource.PAGE_BYTES;
    private static final int PAGES = 1000;

    @TempDir
    Path folder;

    private final Random random = new Random(Long.getLong("terrarium.seed", 11L));

    /** Pages of an array, in order. */
    private static PageSource pages(byte[] memory) {
        return new PageSource() {
            private int next;

            @Override
            public int pages() {
                return memory.length / PAGE;
            }

            @Override
            public int next(byte[] dst) {
                if (next == pages()) {
                    return -1;
                }
                System.arraycopy(memory, next * PAGE, dst, 0, PAGE);
                return next++;
            }
        };
    }

    private Path write(String name, byte[] memory, RamImage parent) throws IOException {
        Path file = folder.resolve(name);
        RamFile.write(file, pages(memory), parent, Progress.NONE);
        return file;
    }

    private static byte[] contents(RamImage image) throws StateException {
        byte[] all = new byte[image.pages() * PAGE];
        image.copyTo(MemorySegment.ofArray(all));
        return all;
    }

    private void scribble(byte[] memory, int pages) {
        byte[] page = new byte[PAGE];
        for (int n = 0; n < pages; n++) {
            random.nextBytes(page);
            System.arraycopy(page, 0, memory, random.nextInt(PAGES) * PAGE, PAGE);
        }
    }

    @Test
    void zeroAndEqualPagesAreStoredOnce() throws Exception {
        byte[] memory = new byte[PAGES * PAGE];
        byte[] page = new byte[PAGE];
        random.nextBytes(page);
        for (int n = 100; n < 900; n++) {
            System.arraycopy(page, 0, memory, n * PAGE, PAGE);
        }
        Path file = folder.resolve("ram");
        assertEquals(1, RamFile.write(file, pages(memory), null, Progress.NONE), "pages stored");
        assertTrue(Files.size(file) < 3 * PAGE, "size " + Files.size(file));
        assertArrayEquals(memory, contents(RamImage.open(List.of(file))));
    }

    @Test
    void aChainOfManyShowsEveryStateOfMemory() throws Exception {
        byte[] memory = new byte[PAGES * PAGE];
        List<byte[]> states = new java.util.ArrayList<>();
        List<Path> chain = new java.util.ArrayList<>();
        RamImage parent = null;
        for (int n = 0; n < 40; n++) {
            scribble(memory, 20);
            Arrays.fill(memory, 3 * n * PAGE, 3 * n * PAGE + PAGE, (byte) 0);
            chain.addFirst(write("ram" + n, memory, parent));
            states.addFirst(memory.clone());
            parent = RamImage.open(chain);
            assertTrue(n == 0 || Files.size(chain.getFirst()) < 30 * PAGE, "only what differs is stored");
        }
        for (int n = 0; n < chain.size(); n++) {
            assertArrayEquals(states.get(n), contents(RamImage.open(chain.subList(n, chain.size()))), "state " + n);
        }
    }

    @Test
    void damageAndAWrongOrMissingParentAreToldInASentence() throws Exception {
        byte[] memory = new byte[PAGES * PAGE];
        scribble(memory, 600);
        Path parent = write("parent", memory, null);
        scribble(memory, 10);
        Path child = write("child", memory, RamImage.open(List.of(parent)));
        String missing = refusal(List.of(child));
        assertTrue(missing.endsWith("needs that of an earlier snapshot, which is missing"), missing);
        byte[] good = Files.readAllBytes(parent);
        Files.delete(parent);
        assertEquals("the saved memory " + parent + " is missing", refusal(List.of(child, parent)));
        scribble(memory, 1);
        write("parent", memory, null);
        String changed = refusal(List.of(child, parent));
        assertTrue(changed.contains("has changed since"), changed);
        Files.write(parent, Arrays.copyOf(good, good.length - 1));
        assertTrue(refusal(List.of(parent)).endsWith("it is cut short"), refusal(List.of(parent)));
        for (int n = 0; n < 60; n++) {
            byte[] bad = good.clone();
            bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(parent, bad);
            String told = refusal(List.of(parent));
            assertTrue(told.startsWith("the saved memory " + parent + " can"), told);
        }
    }

    private static String refusal(List<Path> chain) {
        return assertThrows(StateException.class, () -> contents(RamImage.open(chain)))
                .getMessage();
    }
}
