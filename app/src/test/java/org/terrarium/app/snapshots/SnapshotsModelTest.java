package org.terrarium.app.snapshots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.app.ModelRig;
import org.terrarium.app.library.LibraryModel;
import org.terrarium.app.library.MachineModel;
import org.terrarium.app.machine.Status;
import org.terrarium.vm.library.MachineLock;
import org.terrarium.vm.snapshot.SnapshotNode.State;
import org.terrarium.vm.snapshot.SnapshotPolicy;
import org.terrarium.vm.snapshot.Snapshots;

/** The snapshots' view models with a real machine, without a window. */
class SnapshotsModelTest {
    @TempDir
    private Path home;

    private final ModelRig rig = new ModelRig();
    private LibraryModel library;
    private MachineModel machine;
    private SnapshotsModel model;

    @BeforeEach
    void machine() throws InterruptedException {
        library = rig.library(home);
        machine = rig.create(library, "m", 1 << 20);
        model = new SnapshotsModel(machine, rig.threads, rig, rig.reporter());
        model.shownProperty()
                .addListener((o, was, is) -> machine.suspendedProperty().set(is.suspended()));
        model.refresh();
    }

    @AfterEach
    void powerOff() {
        library.shutDown();
    }

    private void done() throws InterruptedException {
        rig.await(() -> model.busyProperty().get().isEmpty());
        model.refresh();
    }

    private SnapshotItem take(String name) throws InterruptedException {
        model.take(name, "");
        // The last thing that happens: the new one is selected.
        rig.await(() -> model.selected()
                .filter(i -> i.name().equals(name) && i.node().state() != State.SAVING)
                .isPresent());
        done();
        return model.selected().orElseThrow();
    }

    private void start() throws InterruptedException {
        machine.start();
        rig.await(() -> machine.status() == Status.RUNNING);
    }

    @Test
    void snapshotsOfAMachineThatIsOff() throws InterruptedException, IOException {
        assertEquals("Snapshot 1", model.freeName());
        SnapshotItem first = take("first");
        assertEquals(State.OFF, first.node().state());
        assertTrue(model.shown().item(first.id()).orElseThrow().current());
        assertEquals(first.id(), model.selectedProperty().get(), "the new one is selected");
        machine.change(spec -> spec.withMemory(24));
        rig.await(() -> machine.specProperty().get().memoryMib() == 24);
        SnapshotItem second = take("second");
        assertEquals(first.id(), second.node().parent());

        CompareModel compare = new CompareModel(model, rig);
        compare.choose(second);
        rig.await(() -> compare.diffProperty().get() != null);
        assertEquals(first.id(), compare.beforeProperty().get().id());
        assertEquals(
                List.of("Memory in MiB 16 24"),
                compare.diffProperty().get().settings().stream()
                        .map(s -> DiffWords.setting(s.name()) + " " + DiffWords.value(s.before()) + " "
                                + DiffWords.value(s.after()))
                        .toList());
        assertEquals(
                "Disk 1 is the same.",
                DiffWords.disk(compare.diffProperty().get().disks().getFirst()));
        assertTrue(DiffWords.memory(compare.diffProperty().get()).startsWith("Not both"));
        compare.afterProperty().set(compare.beforeProperty().get());
        compare.compare();
        assertFalse(compare.problemProperty().get().isEmpty());

        model.restore(model.shown().item(first.id()).orElseThrow(), "before going back", false);
        rig.await(() -> first.id().equals(model.shown().current()));
        done();
        rig.await(() -> machine.specProperty().get().memoryMib() == 16);
        assertEquals(3, model.shown().items().size());
        assertEquals(SnapshotsModel.PRESENT, model.selectedProperty().get());

        model.describe(model.shown().item(first.id()).orElseThrow(), "renamed", "a note");
        rig.await(() -> model.shown().item(first.id()).orElseThrow().name().equals("renamed"));
        done();
        assertEquals(
                "a note", model.shown().item(first.id()).orElseThrow().node().note());
        model.delete(model.shown().item(second.id()).orElseThrow());
        rig.await(() -> model.shown().item(second.id()).isEmpty());
        done();

        model.setPolicy(new SnapshotPolicy(10, 2, 2));
        rig.await(() -> model.shown().policy().everyMinutes() == 10);
        done();
        assertFalse(model.whyNotTake().isEmpty(), "the limit is reached");
        assertEquals(10, Snapshots.of(machine.folder()).tree().policy().everyMinutes());
        assertEquals(List.of(), rig.problems());
    }

    @Test
    void aRunningMachineGoesOnAndComesBack() throws InterruptedException {
        start();
        SnapshotItem running = take("running");
        assertEquals(State.SAVED, running.node().state());
        assertNotNull(running.picture());
        assertTrue(Files.exists(running.picture()));
        assertEquals(Status.RUNNING, machine.status());
        model.setPolicy(new SnapshotPolicy(60, 2, 50));
        rig.await(() -> model.shown().policy().everyMinutes() == 60);
        done();
        model.restore(running, null, true);
        rig.await(() -> machine.status() == Status.STOPPING || machine.status() == Status.OFF);
        rig.await(() ->
                machine.status() == Status.RUNNING && model.busyProperty().get().isEmpty());
        assertEquals(running.id(), model.shown().current());
        machine.suspend();
        rig.await(() -> machine.status() == Status.OFF && !library.live().contains(machine));
        model.refresh();
        rig.await(() -> machine.suspendedProperty().get());
        assertNotNull(model.shown().lastScreen());
        assertFalse(model.whyNotTake().isEmpty(), "a suspended machine is resumed first");
        model.dropState();
        rig.await(() -> !machine.suspendedProperty().get());
        done();
        assertEquals(List.of(), rig.problems());
    }

    @Test
    void aMachineThatRunsElsewhereIsServedThere() throws InterruptedException {
        start();
        LibraryModel other = rig.library(home);
        other.refresh();
        rig.await(() -> other.loadedProperty().get());
        MachineModel there = other.machines().getFirst();
        rig.await(() -> there.status() == Status.ELSEWHERE && there.controllable());
        SnapshotsModel remote = new SnapshotsModel(there, rig.threads, rig, rig.reporter());
        remote.take("from outside", "");
        rig.await(() ->
                !remote.shown().items().isEmpty() && remote.busyProperty().get().isEmpty());
        SnapshotItem item = remote.shown().items().getFirst();
        assertEquals(State.SAVED, item.node().state());
        remote.describe(item, "named outside", "");
        rig.await(() -> remote.shown().items().getFirst().name().equals("named outside")
                && remote.busyProperty().get().isEmpty());
        remote.delete(item);
        rig.await(() ->
                remote.shown().items().isEmpty() && remote.busyProperty().get().isEmpty());
        assertEquals(List.of(), rig.problems());
    }

    @Test
    void workOfTheWindowItselfIsNoUseElsewhere() throws InterruptedException, IOException {
        try (MachineLock _ = MachineLock.acquire(machine.folder())) {
            library.refreshAndSelect("m", m -> library.selectedProperty().set(null));
            rig.await(() -> library.selectedProperty().get() == null);
            assertEquals(Status.OFF, machine.status(), "it can be started as soon as that is done");
        }
    }

    @Test
    void troubleIsOneSentenceAndChangesNothing() throws InterruptedException, IOException {
        SnapshotItem item = take("good");
        Path disk =
                machine.folder().resolve(Path.of(item.node().disks().getFirst().file()));
        Files.delete(disk);
        model.restore(item, null, false);
        rig.await(() -> !rig.problems().isEmpty());
        String said = rig.problems().getFirst();
        assertTrue(said.startsWith("“good” could not be restored: "), said);
        assertTrue(said.contains(disk.getFileName().toString()) && !said.contains("Exception"), said);
        done();
        assertEquals(1, model.shown().items().size());
        Files.writeString(machine.folder().snapshots().resolve("tree.json"), "{ spoiled");
        model.refresh();
        rig.await(() -> !model.troubleProperty().get().isEmpty());
        assertTrue(
                model.troubleProperty().get().contains("tree.json"),
                model.troubleProperty().get());
    }

    @Test
    void aThrowAwayRunIsDroppedOrKeptAsTheUserSays() throws InterruptedException, IOException {
        AtomicReference<Boolean> answer = new AtomicReference<>(false);
        library.setRunEnd((m, keep) -> keep.accept(answer.get()));
        Path before = machine.folder().load().disks().getFirst().file();
        for (boolean keep : new boolean[] {false, true}) {
            answer.set(keep);
            machine.startThrowAway();
            rig.await(() -> machine.status() == Status.RUNNING);
            assertTrue(machine.throwsAwayProperty().get());
            assertFalse(model.whyNotTake().isEmpty());
            assertFalse(machine.suspendable());
            machine.live().powerOff();
            rig.await(() -> machine.status() == Status.OFF
                    && !machine.throwsAwayProperty().get());
            library.shutDown();
            assertEquals(
                    keep,
                    !before.equals(machine.folder().load().disks().getFirst().file()),
                    "kept: " + keep);
        }
        assertEquals(List.of(), rig.problems());
    }

    @Test
    void agesAreSaidAsPeopleSayThem() {
        ZoneId zone = ZoneId.of("Europe/Berlin");
        Instant now = Instant.parse("2026-03-29T10:00:00Z"); // the day the clocks went forward
        assertEquals("just now", Ages.words(now.minusSeconds(59), now, zone));
        assertEquals("a minute ago", Ages.words(now.minusSeconds(60), now, zone));
        assertEquals("59 minutes ago", Ages.words(now.minusSeconds(3599), now, zone));
        assertEquals("3 hours ago", Ages.words(now.minusSeconds(3 * 3600 + 5), now, zone));
        assertTrue(
                Ages.words(Instant.parse("2026-03-28T20:00:00Z"), now, zone).startsWith("yesterday 9:00"),
                "9 pm there");
        assertTrue(Ages.words(Instant.parse("2026-03-27T20:00:00Z"), now, zone).contains("2026"));
    }

    @Test
    void limitsAreCheckedWhileTheyAreTyped() {
        PolicyModel policy = new PolicyModel(SnapshotPolicy.USUAL);
        assertTrue(policy.valid().get());
        assertEquals(SnapshotPolicy.USUAL, policy.policy());
        policy.automaticProperty().set(true);
        for (String bad : List.of("", "0", "-3", "x", "1.5", "9999999999")) {
            policy.minutesProperty().set(bad);
            assertFalse(policy.valid().get(), bad);
            assertFalse(policy.minutesProblem().get().isEmpty(), bad);
        }
        policy.automaticProperty().set(false);
        assertTrue(policy.valid().get(), "what is not used may say anything");
        policy.automaticProperty().set(true);
        policy.minutesProperty().set(" 15 ");
        policy.keepProperty().set("4");
        assertEquals(new SnapshotPolicy(15, 4, 1000), policy.policy());
    }
}
