package org.terrarium.vm.snapshot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.disk.Progress;
import org.terrarium.vm.library.MachineFolder;
import org.terrarium.vm.library.MachineLock;
import org.terrarium.vm.library.MachineSession;
import org.terrarium.vm.state.PageSource;
import org.terrarium.vm.state.RamImage;

/**
 * Random operations on a machine's snapshots against a model that keeps all contents in memory. After every one all disks and
 * memories show what the model says, and qemu-img finds every image in order.
 */
class RandomTreeTest {
    private static final int OPERATIONS = Integer.getInteger("terrarium.snapshot.operations", 100);
    private static final long SEED = Long.getLong("terrarium.seed", 20_261_125L);

    /** What a snapshot must show. */
    private record Kept(String parent, byte[] disk, byte[] memory) {}

    private final Random random = new Random(SEED);
    private final Map<String, Kept> model = new LinkedHashMap<>();
    private final Map<Path, Long> checked = new HashMap<>();
    private String current;
    private byte[] disk = new byte[Library.DISK];

    @TempDir
    Path home;

    private MachineFolder folder;

    @Test
    void whateverIsDoneEverySnapshotShowsWhatItDid() throws Exception {
        System.out.println("snapshots, seed " + SEED);
        folder = Library.empty(home);
        for (int n = 0; n < OPERATIONS; n++) {
            String what = operation();
            compare("seed " + SEED + ", operation " + n + " (" + what + ")", what.equals("delete"));
        }
        while (!model.isEmpty()) {
            delete(any());
        }
        compare("seed " + SEED + ", all deleted", true);
        assertEquals(1, Library.images(folder).size(), "one image is left of " + Library.images(folder));
    }

    private String any() {
        return List.copyOf(model.keySet()).get(random.nextInt(model.size()));
    }

    private Snapshots open() throws IOException {
        return Snapshots.of(folder, InstantSource.fixed(Instant.EPOCH), random);
    }

    private String operation() throws Exception {
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> {
                byte[] bytes = new byte[1 + random.nextInt(100_000)];
                random.nextBytes(bytes);
                int at = random.nextInt(Library.DISK - bytes.length);
                Library.write(folder, at, bytes);
                System.arraycopy(bytes, 0, disk, at, bytes.length);
                return "write";
            }
            case 3, 4 -> {
                try (MachineLock _ = MachineLock.acquire(folder)) {
                    Snapshots s = open();
                    s.dropState();
                    keep(s.take(new Snapshots.Wish("off", "", false)).id(), null);
                }
                return "take";
            }
            case 5 -> {
                return run();
            }
            case 6, 7 -> {
                if (model.isEmpty()) {
                    return "nothing";
                }
                String id = any();
                try (MachineLock _ = MachineLock.acquire(folder)) {
                    open().restore(id);
                }
                current = id;
                disk = model.get(id).disk.clone();
                return "restore";
            }
            default -> {
                if (model.size() < 3) {
                    return "nothing";
                }
                delete(any());
                return "delete";
            }
        }
    }

    private void keep(String id, byte[] memory) {
        model.put(id, new Kept(current, disk.clone(), memory));
        current = id;
    }

    private void delete(String id) throws IOException {
        try (MachineLock _ = MachineLock.acquire(folder)) {
            Snapshots s = open();
            s.dropState();
            s.delete(id, Progress.NONE);
            s.merge().await();
        }
        Kept gone = model.remove(id);
        model.replaceAll(
                (other, kept) -> id.equals(kept.parent) ? new Kept(gone.parent, kept.disk, kept.memory) : kept);
        if (id.equals(current)) {
            current = gone.parent;
        }
    }

    /** Lets the firmware run for a while (it finds nothing to boot) and takes snapshots meanwhile. */
    private String run() throws Exception {
        List<String> taken = new ArrayList<>();
        try (MachineSession session = Library.open(folder)) {
            session.start();
            for (int n = random.nextInt(3); n >= 0; n--) {
                LiveSnapshots live = session.snapshots().orElseThrow();
                LiveSnapshots.Taken wish = live.take(new Snapshots.Wish("live", "", false));
                String id = wish.saving().await().id();
                taken.add(id);
                keep(
                        id,
                        contents(Snapshots.of(folder).memory(live.tree().nodes().get(id))));
                if (random.nextInt(4) == 0) {
                    break;
                }
            }
        }
        return "run with " + taken.size() + " snapshots";
    }

    private static byte[] contents(RamImage memory) throws IOException {
        byte[] all = new byte[memory.pages() * PageSource.PAGE_BYTES];
        memory.copyTo(MemorySegment.ofArray(all));
        return all;
    }

    /** @param memories compare them too: only deleting rewrites them */
    private void compare(String when, boolean memories) throws Exception {
        Snapshots s = Snapshots.of(folder);
        assertEquals(model.keySet(), s.tree().nodes().keySet(), when);
        assertEquals(current, s.tree().current(), when);
        assertArrayEquals(disk, Library.contents(Library.disk(folder)), when + ": the machine's disk");
        for (SnapshotNode n : s.tree().nodes().values()) {
            Kept kept = model.get(n.id());
            assertEquals(kept.parent, n.parent(), when);
            assertArrayEquals(kept.disk, Library.contents(s.disks(n).getFirst()), when + ": disk of " + n.id());
            assertTrue((kept.memory == null) == (n.ram() == null), when);
            if (kept.memory != null && memories) {
                assertArrayEquals(kept.memory, contents(s.memory(n)), when + ": memory of " + n.id());
            }
        }
        for (Path image : Library.images(folder)) {
            long changed = java.nio.file.Files.getLastModifiedTime(image).toMillis();
            if (!Long.valueOf(changed).equals(checked.put(image, changed))) {
                Library.check(image, when);
            }
        }
    }
}
