package org.terrarium.vm.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.terrarium.vm.library.LibraryRig.refused;
import static org.terrarium.vm.snapshot.SteadyWork.counter;
import static org.terrarium.vm.snapshot.SteadyWork.take;
import static org.terrarium.vm.snapshot.SteadyWork.works;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.disk.Gate;
import org.terrarium.disk.Progress;
import org.terrarium.vm.library.MachineCloner;
import org.terrarium.vm.library.MachineFolder;
import org.terrarium.vm.library.MachineLibrary;
import org.terrarium.vm.library.MachineLock;
import org.terrarium.vm.library.MachineSession;
import org.terrarium.vm.spec.NicSpec;
import org.terrarium.vm.transfer.MachineExport;
import org.terrarium.vm.transfer.MachineImport;

/** Clones and exports of a machine that runs, and of its snapshots; the guest in them checks itself. */
class RunningCopiesTest {
    @TempDir
    Path folder;

    private final Random random = new Random(Long.getLong("terrarium.seed", 4L));
    private MachineFolder box;
    private MachineLibrary library;
    private Gate gate;
    private MachineCloner cloner;

    @BeforeEach
    void makeMachine() throws Exception {
        Path home = folder.resolve("home");
        box = Library.booting("steady-work", home, folder);
        box.save(box.load().withNics(List.of(NicSpec.usual(random))));
        library = new MachineLibrary(home);
        gate = Gate.ownFolderAnd(List.of(library.home()));
        cloner = new MachineCloner(library, gate, random);
    }

    /** A copy goes on from {@code at} or a little later, under a name and with addresses of its own. */
    private void goesOn(MachineFolder copy, int at) throws Exception {
        assertNotEquals(box.load().uuid(), copy.load().uuid());
        assertNotEquals(
                box.load().nics().getFirst().mac(),
                copy.load().nics().getFirst().mac());
        try (MachineSession s = Library.open(copy)) {
            int from = counter(s.machine());
            assertTrue(from >= at, "the clone is at " + from + ", before " + at);
            s.start();
            works(s.machine(), 3);
        }
        for (Path image : Library.images(copy)) {
            Library.check(image, copy.name());
        }
    }

    private List<SnapshotNode> nodes() throws Exception {
        return List.copyOf(Snapshots.of(box).tree().all());
    }

    @Test
    void clonesOfARunningMachineGoOnWhereItWas() throws Exception {
        MachineFolder full;
        MachineFolder linked;
        int at;
        try (MachineSession s = Library.open(box)) {
            s.start();
            works(s.machine(), 2);
            at = counter(s.machine());
            full = cloner.full(box, "full").await();
            linked = cloner.linked(box, "linked").await();
            assertEquals(List.of(), nodes(), "the temporary snapshots are gone");
            works(s.machine(), 3);
            goesOn(linked, at);
            works(s.machine(), 3);
        }
        goesOn(full, at);
        try (MachineLock _ = MachineLock.acquire(box)) {
            Snapshots.of(box).merge().await();
        }
        goesOn(linked, 0); // it has been started before, so it boots
        assertEquals(List.of("linked"), library.linkedClones(box));
        refused("while linked clones show its disks: linked", () -> library.delete(box));
        library.delete(linked);
        try (MachineLock _ = MachineLock.acquire(box)) {
            Snapshots.of(box).merge().await();
        }
        assertEquals(1, Library.images(box).size(), "nobody needs layers any more");
        try (MachineSession s = Library.open(box)) {
            s.start();
            works(s.machine(), 2);
        }
    }

    @Test
    void clonesOfSnapshotsOutliveThem() throws Exception {
        MachineFolder live;
        int at;
        try (MachineSession s = Library.open(box)) {
            s.start();
            works(s.machine(), 2);
            at = counter(s.machine());
            String id = take(s, "live");
            int until = counter(s.machine());
            works(s.machine(), 5);
            live = cloner.linked(box, "live", "a").await();
            try (MachineSession c = Library.open(live)) {
                assertTrue(counter(c.machine()) <= until, "the clone is of a later time than the snapshot");
            }
            LiveSnapshots snapshots = s.snapshots().orElseThrow();
            try (LiveSnapshots.Held _ = snapshots.hold("live")) {
                refused("is being copied", () -> snapshots.delete(id, Progress.NONE));
            }
            MachineFolder full = cloner.full(box, "live", "b").await();
            snapshots.delete(id, Progress.NONE);
            goesOn(live, at);
            goesOn(full, at);
        }
        try (MachineLock _ = MachineLock.acquire(box)) {
            Snapshots s = Snapshots.of(box);
            s.merge().await();
            s.take(new Snapshots.Wish("off", "", false));
        }
        goesOn(live, 0);
        MachineFolder off = cloner.linked(box, "off", "c").await();
        assertTrue(Snapshots.of(off).resumable().isEmpty(), "it was off in the snapshot");
        refused(
                "there is no snapshot 'never'",
                () -> cloner.full(box, "never", "d").await());
        try (MachineLock _ = MachineLock.acquire(box)) {
            Snapshots s = Snapshots.of(box);
            s.delete("off", Progress.NONE);
            s.merge().await();
        }
        goesOn(off, 0);
        for (Path image : Library.images(box)) {
            Library.check(image, "at the end");
        }
    }

    @Test
    void aRunningMachineIsExportedAsIfItsPlugWerePulled() throws Exception {
        Path ova = folder.resolve("box.ova");
        Path zip = folder.resolve("box.zip");
        try (MachineSession s = Library.open(box)) {
            s.start();
            works(s.machine(), 3);
            MachineExport.start(box, MachineExport.Kind.OVA, gate, ova).await();
            take(s, "kept");
            works(s.machine(), 2);
            MachineExport.start(box, "kept", MachineExport.Kind.ZIP, gate, zip).await();
            assertEquals(1, nodes().size(), "the temporary snapshot is gone");
            works(s.machine(), 2);
        }
        for (Path file : List.of(ova, zip)) {
            MachineFolder back =
                    MachineImport.start(library, file, "back", random).await().machine();
            assertEquals(1, Library.images(back).size());
            byte[] disk = Library.contents(Library.disk(back));
            assertTrue(disk[100 * 512] != 0 || disk[100 * 512 + 1] != 0, "the guest's work is on the disk");
            try (MachineSession s = Library.open(back)) {
                s.start();
                works(s.machine(), 2);
            }
            library.delete(back);
        }
    }

    @Test
    void whatACrashLeftOfATemporarySnapshotGoes() throws Exception {
        LiveSnapshots.Held held;
        try (MachineSession s = Library.open(box)) {
            s.start();
            works(s.machine(), 2);
            held = s.snapshots().orElseThrow().holdPresent(true);
            assertTrue(nodes().getFirst().temporary());
        }
        held.close(); // too late: the machine has ended
        assertEquals(1, nodes().size());
        try (MachineSession s = Library.open(box)) {
            assertEquals(List.of(), nodes());
            assertFalse(counter(s.machine()) > 0, "it boots");
            s.start();
            works(s.machine(), 2);
        }
    }
}
