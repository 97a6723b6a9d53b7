package org.terrarium.vm.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.terrarium.vm.snapshot.SteadyWork.PATIENCE;
import static org.terrarium.vm.snapshot.SteadyWork.counter;
import static org.terrarium.vm.snapshot.SteadyWork.take;
import static org.terrarium.vm.snapshot.SteadyWork.works;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.disk.Progress;
import org.terrarium.disk.ThisHost;
import org.terrarium.vm.library.MachineFolder;
import org.terrarium.vm.library.MachineLock;
import org.terrarium.vm.library.MachineSession;
import org.terrarium.vm.library.MachineSession.RunOptions;

/** Snapshots of a guest in the middle of work, which checks itself that memory and disk belong together. */
class LiveSnapshotsTest {
    @TempDir
    Path folder;

    private final Random random = new Random(Long.getLong("terrarium.seed", 4L));

    private MachineFolder machine() throws Exception {
        return Library.booting("steady-work", folder.resolve("home"), folder);
    }

    @Test
    void aGuestThatWorksGoesOnFromEverySnapshot() throws Exception {
        MachineFolder box = machine();
        List<String> ids = new ArrayList<>();
        List<Integer> counters = new ArrayList<>();
        try (MachineSession s = Library.open(box)) {
            s.start();
            for (int n = 0; n < 5; n++) {
                works(s.machine(), 1 + random.nextInt(20));
                ids.add(take(s, "s" + n));
                works(s.machine(), 1);
                counters.add(counter(s.machine()));
            }
            // One in the middle goes while the machine runs; its memory is merged into the next one's.
            s.snapshots().orElseThrow().delete(ids.get(2), Progress.NONE);
            works(s.machine(), 5);
        }
        for (int n : new int[] {3, 0, 4, 1}) {
            try (MachineLock _ = MachineLock.acquire(box)) {
                Snapshots.of(box).restore(ids.get(n));
            }
            try (MachineSession s = Library.open(box)) {
                int at = counter(s.machine());
                assertTrue(at <= counters.get(n), "snapshot " + n + " is from later: " + at);
                assertTrue(n == 0 || at >= counters.get(n - 1) - 1, "snapshot " + n + " is from earlier: " + at);
                s.start();
                works(s.machine(), 5);
                assertTrue(counter(s.machine()) > at);
            }
        }
        try (MachineLock _ = MachineLock.acquire(box)) {
            Snapshots.of(box).merge().await();
        }
        for (Path image : Library.images(box)) {
            Library.check(image, "at the end");
        }
    }

    private static void delete(MachineSession s, String id) throws Exception {
        LiveSnapshots snapshots = s.snapshots().orElseThrow();
        snapshots.delete(id, Progress.NONE);
        snapshots.merging().orElseThrow().await();
    }

    @Test
    void deletedSnapshotsAreMergedUnderTheGuest() throws Exception {
        MachineFolder box = machine();
        List<String> ids = new ArrayList<>();
        try (MachineSession s = Library.open(box)) {
            s.start();
            for (int n = 0; n < 4; n++) {
                works(s.machine(), 3);
                ids.add(take(s, "s" + n));
            }
            assertEquals(5, Library.images(box).size());
            delete(s, ids.get(1));
            works(s.machine(), 3);
            assertEquals(4, Library.images(box).size(), "one image less for one snapshot less");
            // The first one's image takes in the next, which a snapshot shows; then the one that is written.
            delete(s, ids.get(0));
            works(s.machine(), 3);
            assertEquals(3, Library.images(box).size());
            delete(s, ids.get(3));
            works(s.machine(), 3);
            assertEquals(2, Library.images(box).size());
        }
        try (MachineLock _ = MachineLock.acquire(box)) {
            Snapshots.of(box).restore(ids.get(2));
        }
        try (MachineSession s = Library.open(box)) {
            s.start();
            works(s.machine(), 3);
            delete(s, ids.get(2));
            works(s.machine(), 3);
            assertEquals(1, Library.images(box).size(), "the disk is one image again");
            take(s, "again");
            s.snapshots().orElseThrow().delete("again", Progress.NONE); // and is ended in the middle
        }
        try (MachineLock _ = MachineLock.acquire(box)) {
            Snapshots.of(box).merge().await();
        }
        assertEquals(1, Library.images(box).size());
        Library.check(Library.disk(box), "at the end");
        try (MachineSession s = Library.open(box)) {
            s.start();
            works(s.machine(), 3);
        }
    }

    @Test
    void aDiskOutsideOfTheFolderIsSnapshottedAndNeverWrittenAgain() throws Exception {
        MachineFolder box = machine();
        Path outside = folder.resolve("elsewhere.qcow2");
        Files.move(Library.disk(box), outside);
        box.save(box.load().withDisks(List.of(box.load().disks().getFirst().withFile(outside))));
        String id;
        try (MachineSession s = Library.open(box)) {
            s.start();
            works(s.machine(), 2);
            id = take(s, "live");
            works(s.machine(), 2);
        }
        byte[] frozen = Files.readAllBytes(outside);
        try (MachineLock _ = MachineLock.acquire(box)) {
            Snapshots.of(box).restore(id);
        }
        try (MachineSession s = Library.open(box)) {
            s.start();
            works(s.machine(), 2);
            take(s, "later");
            delete(s, id);
            works(s.machine(), 2);
            delete(s, "later");
            works(s.machine(), 2);
        }
        assertTrue(Arrays.equals(frozen, Files.readAllBytes(outside)), "somebody wrote to the disk elsewhere");
        assertEquals(1, Library.images(box).size(), "one overlay over it stays");
        try (MachineSession s = Library.open(box)) {
            s.start();
            works(s.machine(), 2);
        }
    }

    @Test
    void automaticSnapshotsReplaceTheOldestAndAreOfferedAfterACrash() throws Exception {
        MachineFolder box = machine();
        Instant before = Instant.now();
        try (MachineSession s = Library.open(box)) {
            s.start();
            works(s.machine(), 1);
            LiveSnapshots snapshots = s.snapshots().orElseThrow();
            snapshots.setPolicy(new SnapshotPolicy(60, 2, 10));
            take(s, "by hand");
            for (int n = 0; n < 4; n++) {
                works(s.machine(), 1);
                snapshots.automatic().take();
            }
            assertEquals(
                    List.of("by hand", "Automatic", "Automatic"),
                    snapshots.tree().all().stream().map(SnapshotNode::name).toList());
        }
        assertTrue(Snapshots.lastStateOfLostRun(box).isEmpty(), "it ended as it should");
        // As the lock of a process that is gone; no process has a number past the kernel's largest limit.
        String lock =
                "{\"owner\":\"x\",\"host\":\"%s\",\"pid\":4194305,\"started\":\"%s\",\"heartbeat\":\"%s\",\"control\":\"%s\"}";
        Files.writeString(box.lock(), lock.formatted(ThisHost.NAME, Instant.now(), Instant.now(), "/gone"));
        assertTrue(Snapshots.lastStateOfLostRun(box).isEmpty(), "that run has no snapshot");
        Files.writeString(box.lock(), lock.formatted(ThisHost.NAME, before, Instant.now(), ""));
        assertTrue(Snapshots.lastStateOfLostRun(box).isEmpty(), "it did not run, it was only looked at");
        Files.writeString(box.lock(), lock.formatted(ThisHost.NAME, before, Instant.now(), "/gone"));
        SnapshotNode offered = Snapshots.lastStateOfLostRun(box).orElseThrow();
        assertEquals(List.copyOf(Snapshots.of(box).tree().all()).getLast().id(), offered.id());
        try (MachineLock _ = MachineLock.acquire(box)) {
            Snapshots.of(box).restore(offered.id());
        }
        try (MachineSession s = Library.open(box)) {
            s.start();
            works(s.machine(), 2);
        }
    }

    @Test
    void aSuspendedMachineGoesOnWhereItWas() throws Exception {
        MachineFolder box = machine();
        int at = 0;
        for (int n = 0; n < 3; n++) {
            try (MachineSession s = Library.open(box)) {
                assertTrue(counter(s.machine()) >= at, "not where it was suspended");
                s.start();
                works(s.machine(), 3);
                at = counter(s.machine());
                s.suspend(Progress.NONE);
                assertTrue(s.machine().awaitEnd(PATIENCE));
            }
            assertTrue(Snapshots.of(box).resumable().isPresent());
        }
        // A throw-away run from there changes nothing.
        MachineSession.RunOptions plain = RunOptions.plain(OutputStream.nullOutputStream());
        Path disk = Library.disk(box);
        byte[] before = Files.readAllBytes(disk);
        try (MachineSession s = MachineSession.open(box, box.load(), plain.with(true, false))) {
            s.start();
            works(s.machine(), 3);
        }
        assertTrue(Arrays.equals(before, Files.readAllBytes(disk)), "a throw-away run has changed the disk");
        assertEquals(1, Library.images(box).size(), "its overlay is gone");
        assertTrue(Snapshots.of(box).resumable().isPresent(), "it is still suspended");
        // So does one whose disk lies elsewhere, but that cannot be kept.
        Path outside = folder.resolve("outside.qcow2");
        Files.copy(disk, outside);
        var spec = box.load();
        try (MachineSession s = MachineSession.open(
                box, spec.withDisks(List.of(spec.disks().getFirst().withFile(outside))), plain.with(true, false))) {
            IOException e = assertThrows(IOException.class, s::keepChanges);
            assertTrue(e.getMessage().contains("lie outside of its folder"), e.getMessage());
        }
        // Kept, the changes are the machine's, and the state is gone.
        try (MachineSession s = MachineSession.open(box, box.load(), plain.with(true, false))) {
            s.start();
            works(s.machine(), 3);
            s.keepChanges();
        }
        assertTrue(Snapshots.of(box).resumable().isEmpty());
        assertFalse(disk.equals(Library.disk(box)));
        try (MachineSession s = Library.open(box)) {
            s.start();
            works(s.machine(), 3);
        }
    }

    @Test
    void whatCannotBeUsedIsToldAndNothingChanges() throws Exception {
        MachineFolder box = machine();
        String id;
        String later;
        try (MachineSession s = Library.open(box)) {
            s.start();
            works(s.machine(), 2);
            id = take(s, "good");
            works(s.machine(), 2);
            later = take(s, "later");
        }
        Snapshots snapshots = Snapshots.of(box);
        SnapshotNode node = snapshots.tree().find("good");
        Path base = snapshots.disks(node).getFirst();
        Path state = snapshots.at(id).state();
        Path ram = snapshots.at(id).path().resolve(node.ram());
        for (Path file : List.of(base, state, ram)) {
            byte[] good = Files.readAllBytes(file);
            byte[] bad = good.clone();
            bad[bad.length / 2] ^= 1;
            Files.write(file, bad);
            refused(box, id, file);
            Files.write(file, Arrays.copyOf(good, good.length - 1));
            refused(box, id, file);
            Files.delete(file);
            refused(box, id, file);
            Files.write(file, good);
        }
        // Whole files, but those of another instant, as they may come from another machine of the same shape.
        byte[] own = Files.readAllBytes(state);
        Files.copy(snapshots.at(later).state(), state, StandardCopyOption.REPLACE_EXISTING);
        refused(box, id, state.getParent());
        Files.write(state, own);
        Path tree = box.snapshots().resolve("tree.json");
        byte[] good = Files.readAllBytes(tree);
        Files.writeString(tree, new String(good).replace("\"version\" : 1", "\"version\" : 7"));
        IOException newer = assertThrows(IOException.class, () -> Library.open(box));
        assertTrue(newer.getMessage().endsWith("it was written by a newer Terrarium (version 7)"), newer.getMessage());
        Files.write(tree, good);
        try (MachineLock _ = MachineLock.acquire(box)) {
            Snapshots.of(box).restore(id);
        }
        box.save(box.load().withMemory(8));
        IOException other = assertThrows(IOException.class, () -> Library.open(box));
        assertTrue(
                other.getMessage().contains("another amount of memory in MiB (4; this one has 8)"), other.getMessage());
        box.save(box.load().withMemory(4));
        try (MachineSession s = Library.open(box)) {
            s.start();
            works(s.machine(), 2);
        }
    }

    private static void refused(MachineFolder box, String id, Path file) throws IOException {
        byte[] tree;
        byte[] machine;
        try (MachineLock _ = MachineLock.acquire(box)) {
            tree = Files.readAllBytes(box.snapshots().resolve("tree.json"));
            machine = Files.readAllBytes(box.machineJson());
            Snapshots s = Snapshots.of(box);
            IOException e = assertThrows(IOException.class, () -> s.restore(id), "restored with a bad " + file);
            assertTrue(
                    e.getMessage().contains(file.toString()) && !e.getMessage().contains("\n"), e.getMessage());
        }
        assertTrue(Arrays.equals(tree, Files.readAllBytes(box.snapshots().resolve("tree.json"))), "the tree changed");
        assertTrue(Arrays.equals(machine, Files.readAllBytes(box.machineJson())), "the machine changed");
    }
}
