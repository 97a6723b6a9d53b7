package org.terrarium.app.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.app.BadDisk;
import org.terrarium.app.ModelRig;
import org.terrarium.app.machine.Status;
import org.terrarium.app.machine.Threads;
import org.terrarium.disk.DiskFormat;
import org.terrarium.vm.library.MachineLibrary;
import org.terrarium.vm.spec.DiskSpec;
import org.terrarium.vm.spec.MachineSpec;

/** The view models against a real library and real machines; the test's thread stands for the JavaFX thread. */
class LibraryModelTest {
    @TempDir
    private Path home;

    private final ModelRig rig = new ModelRig();
    private final List<String> problems = rig.problems();
    private LibraryModel model;

    private LibraryModel model() {
        model = rig.library(home.resolve("machines"));
        return model;
    }

    private void await(BooleanSupplier condition) throws InterruptedException {
        rig.await(condition);
    }

    private MachineModel create(String name) throws InterruptedException {
        return rig.create(model, name, 0);
    }

    @AfterEach
    void powerOff() {
        if (model != null) {
            model.shutDown();
        }
    }

    @Test
    void machinesAreThereAgainAfterARestart() throws InterruptedException {
        model().refresh();
        await(() -> model.loadedProperty().get());
        assertTrue(model.machines().isEmpty());
        create("web");
        create("Alpha");
        assertEquals(List.of("Alpha", "web"), names());
        assertEquals("Alpha", model.selectedProperty().get().name());

        model().refresh();
        await(() -> model.loadedProperty().get());
        assertEquals(List.of("Alpha", "web"), names());
        assertEquals(Status.OFF, model.machines().getFirst().status());
    }

    @Test
    void anEarlierReadingDoesNotTakeAwayWhatALaterOneHasShown() throws IOException {
        List<Runnable> shows = new ArrayList<>();
        MachineLibrary library = new MachineLibrary(home.resolve("machines"));
        model = new LibraryModel(library, new Threads(shows::add, Runnable::run), rig.reporter());
        library.create(MachineSpec.of("a").withMemory(16), 0);
        model.refresh();
        library.create(MachineSpec.of("b").withMemory(16), 0);
        model.refreshAndSelect("b", m -> {});
        shows.get(1).run();
        MachineModel b = model.selectedProperty().get();
        shows.get(0).run();
        assertEquals(List.of("a", "b"), names());
        assertSame(b, model.selectedProperty().get(), "still the same one, still selected");
    }

    @Test
    void whatTheUserSelectsMeanwhileStaysSelected() throws IOException {
        List<Runnable> shows = new ArrayList<>();
        MachineLibrary library = new MachineLibrary(home.resolve("machines"));
        model = new LibraryModel(library, new Threads(shows::add, Runnable::run), rig.reporter());
        library.create(MachineSpec.of("a").withMemory(16), 0);
        library.create(MachineSpec.of("b").withMemory(16), 0);
        model.refreshAndSelect("a", m -> {});
        shows.removeLast().run();
        model.annotate(model.find("a").orElseThrow(), s -> s.withGroup("g"));
        model.selectedProperty().set(model.find("b").orElseThrow());
        shows.forEach(Runnable::run);
        assertEquals("g", model.find("a").orElseThrow().group());
        assertEquals("b", model.selectedProperty().get().name());
    }

    private List<String> names() {
        return model.machines().stream().map(MachineModel::name).toList();
    }

    @Test
    void startPausePowerOff() throws InterruptedException {
        model();
        MachineModel machine = create("m");
        machine.start();
        await(() -> machine.status() == Status.RUNNING);
        assertNotNull(machine.live().machineProperty().get());
        assertEquals(List.of(machine), model.live());
        await(() -> machine.live().thumbnailProperty().get() != null);
        machine.live().togglePause();
        await(() -> machine.status() == Status.PAUSED);
        machine.live().togglePause();
        await(() -> machine.status() == Status.RUNNING);
        machine.live().powerOff();
        assertEquals(Status.STOPPING, machine.status());
        await(() -> machine.status() == Status.OFF);
        assertNull(machine.live().machineProperty().get());
        assertEquals(List.of(), problems);
    }

    @Test
    void canBeStartedAgain() throws InterruptedException {
        model();
        MachineModel machine = create("m");
        for (int round = 0; round < 2; round++) {
            machine.start();
            await(() -> machine.status() == Status.RUNNING);
            machine.live().powerOff();
            await(() -> machine.status() == Status.OFF);
        }
        assertEquals(List.of(), problems);
    }

    @Test
    void aMissingCdIsOneSentence() throws InterruptedException, IOException {
        model();
        MachineModel machine = create("m");
        machine.folder().save(machine.specProperty().get().withCdrom(Path.of("/nowhere/at-all.iso")));
        model.refresh();
        await(() -> machine.specProperty().get().cdrom() != null);
        machine.start();
        await(() -> !problems.isEmpty());
        assertEquals(Status.FAILED, machine.status());
        assertTrue(problems.getFirst().contains("/nowhere/at-all.iso"), problems.getFirst());
        assertFalse(problems.getFirst().contains("Exception"), problems.getFirst());
        assertFalse(machine.live().troubleProperty().get().isEmpty());
    }

    @Test
    void troubleWhileItRunsIsShownAndStaysUntilTheNextStart() throws InterruptedException, IOException {
        model();
        MachineModel machine = create("m");
        Path image = home.resolve("bad.qcow2");
        BadDisk.create(image);
        machine.folder().save(machine.specProperty().get().withDisks(List.of(new DiskSpec(image, DiskFormat.QCOW2))));
        model.refresh();
        await(() -> !machine.specProperty().get().disks().isEmpty());
        machine.start();
        await(() -> !machine.live().troubleProperty().get().isEmpty());
        String trouble = machine.live().troubleProperty().get();
        assertTrue(trouble.startsWith(image + ": the image is damaged"), trouble);
        assertEquals(Status.RUNNING, machine.status());
        machine.live().togglePause();
        await(() -> machine.status() == Status.PAUSED);
        machine.live().powerOff();
        await(() -> machine.status() == Status.OFF);
        model.refresh();
        model.create(MachineSpec.of("other"), 0, m -> {});
        await(() -> model.machines().size() == 2);
        assertEquals(trouble, machine.live().troubleProperty().get());
        assertEquals(List.of(), problems);
        machine.start();
        assertEquals("", machine.live().troubleProperty().get());
        await(() -> machine.status() == Status.RUNNING);
    }

    @Test
    void brokenMachinesAreListedWithTheirTrouble() throws InterruptedException, IOException {
        model();
        MachineModel machine = create("m");
        Files.writeString(machine.folder().machineJson(), "{ not json");
        model.refresh();
        await(() -> machine.status() == Status.BROKEN);
        assertTrue(machine.live().troubleProperty().get().contains("machine.json"));
        machine.start();
        assertEquals(Status.BROKEN, machine.status());
    }

    @Test
    void cdIsRememberedInTheDescription() throws InterruptedException, IOException {
        model();
        MachineModel machine = create("m");
        Path iso = Files.createFile(home.resolve("some.iso"));
        machine.changeCd(iso);
        await(() -> machine.cd().isPresent());
        assertEquals(iso, machine.cd().get());
        assertEquals(iso, machine.folder().load().cdrom());
        machine.changeCd(null);
        await(() -> machine.cd().isEmpty());
        assertNull(machine.folder().load().cdrom());
    }

    @Test
    void aLibraryThatCannotBeReadIsReportedOnce() throws InterruptedException, IOException {
        model();
        Path library = home.resolve("machines");
        Files.writeString(library, "no folder");
        model.refresh();
        await(() -> !problems.isEmpty());
        assertEquals(
                List.of("The library could not be read: the library " + library + " is a file, not a folder"),
                problems);
        model.refresh();
        Files.delete(library);
        create("m"); // by then the second try has failed as well
        assertEquals(1, problems.size(), () -> "" + problems);
        assertEquals(List.of("m"), names());
    }

    @Test
    void deletingRemovesTheFolderAndKeepsTheRest() throws InterruptedException {
        model();
        MachineModel keep = create("keep");
        MachineModel gone = create("gone");
        model.delete(gone);
        await(() -> !model.machines().contains(gone));
        assertFalse(Files.exists(gone.folder().path()));
        assertEquals(List.of(keep), List.copyOf(model.machines()));
        assertSame(keep, model.selectedProperty().get());
    }

    @Test
    void twoMachinesOfOneNameAreRefused() throws InterruptedException {
        model();
        create("same");
        model.create(MachineSpec.of("SAME"), 0, m -> {});
        await(() -> !problems.isEmpty());
        assertTrue(problems.getFirst().contains("already"), problems.getFirst());
        assertEquals(1, model.machines().size());
    }

    @Test
    void machinesThatRunElsewhereObeyTheButtons() throws InterruptedException {
        model();
        MachineModel there = create("m");
        there.start();
        await(() -> there.status() == Status.RUNNING);
        LibraryModel first = model;
        try {
            // A second window on the same library, as another process would have it.
            model().refresh();
            await(() -> model.loadedProperty().get());
            MachineModel here = model.machines().getFirst();
            assertEquals(Status.ELSEWHERE, here.status());
            assertTrue(here.controllable());
            here.powerOff();
            await(() -> there.status() == Status.OFF);
            assertEquals(List.of(), problems);
        } finally {
            first.shutDown();
        }
    }
}
