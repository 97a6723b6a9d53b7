package org.terrarium.app.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.terrarium.app.shell.WindowRig.await;
import static org.terrarium.app.shell.WindowRig.shows;
import static org.terrarium.app.shell.WindowRig.there;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.app.fx.FxThread;
import org.terrarium.app.library.MachineModel;
import org.terrarium.app.machine.Status;
import org.terrarium.vm.snapshot.SnapshotNode;
import org.terrarium.vm.snapshot.SnapshotTree;
import org.terrarium.vm.snapshot.Snapshots;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** Snapshots, clones, templates, throw-away runs, export and import as a user does them, with the demo guest. */
@ExtendWith(ApplicationExtension.class)
class SnapshotFlowsTest {
    @TempDir
    private static Path home;

    private Path folder;
    private WindowRig rig;

    @Start
    private void start(Stage stage) throws Exception {
        folder = Files.createTempDirectory(home, "library");
        rig = new WindowRig(stage, folder);
    }

    @AfterEach
    void close(FxRobot robot) {
        rig.close(robot);
    }

    private MachineModel demo(FxRobot robot) throws Exception {
        new Demo(rig.model.library()).create();
        robot.interact(() -> rig.model.refreshAndSelect("Demo", m -> {}));
        await(() -> rig.model.find("Demo").isPresent() && there(robot, "#details-start"));
        return rig.model.find("Demo").orElseThrow();
    }

    private static SnapshotTree tree(MachineModel machine) throws Exception {
        return Snapshots.of(machine.folder()).tree();
    }

    private static String screen(MachineModel machine) {
        return machine.live().machineProperty().get().screen().text().text();
    }

    /** Presses a button, wherever it is; not waiting, as it may open a dialog. */
    private static void fire(FxRobot robot, String query) throws Exception {
        await(() -> there(robot, query) && !robot.lookup(query).query().isDisabled());
        FxThread.later(() -> robot.lookup(query).queryAs(ButtonBase.class).fire());
    }

    private static void set(FxRobot robot, String query, String text) throws Exception {
        await(() -> there(robot, query));
        robot.interact(() -> robot.lookup(query).queryAs(TextInputControl.class).setText(text));
    }

    private static void agree(FxRobot robot) throws Exception {
        fire(robot, "#ask-agree");
        await(() -> !there(robot, "#ask-agree"));
    }

    private void running(FxRobot robot, MachineModel machine) throws Exception {
        robot.interact(machine::start);
        await(() -> machine.status() == Status.RUNNING && screen(machine).contains("press any key"));
    }

    private void take(FxRobot robot, MachineModel machine, String name) throws Exception {
        fire(robot, "#details-take-snapshot");
        set(robot, "#ask-text", name);
        agree(robot);
        await(() -> tree(machine).nodes().values().stream()
                .anyMatch(n -> n.name().equals(name) && n.state() == SnapshotNode.State.SAVED));
        await(() -> there(robot, "#snapshot-" + tree(machine).find(name).id()));
    }

    private void off(FxRobot robot, MachineModel machine) throws Exception {
        robot.interact(machine::powerOff);
        await(() -> machine.status() == Status.OFF && machine.session().isEmpty());
    }

    @Test
    void takeGoOnGoBackCompareAndDelete(FxRobot robot) throws Exception {
        MachineModel machine = demo(robot);
        running(robot, machine);
        take(robot, machine, "before");
        assertEquals(Status.RUNNING, machine.status(), "the guest runs on");
        machine.live().machineProperty().get().type("k");
        await(() -> screen(machine).contains("25 k"));
        take(robot, machine, "after k");

        fire(robot, "#details-manage-snapshots");
        // The one just taken is selected; the keyboard walks from there.
        await(() ->
                there(robot, "#snapshot-name") && text(robot, "#snapshot-name").equals("after k"));
        robot.push(KeyCode.UP);
        await(() -> text(robot, "#snapshot-name").equals("before"));
        robot.push(KeyCode.DOWN);
        await(() -> text(robot, "#snapshot-name").equals("after k"));
        fire(robot, "#details-snapshot-compare");
        await(() -> there(robot, "#compare-screen"));
        WindowRig.assertOperable(robot);
        assertTrue(
                robot.lookup("#compare-memory").queryAs(Labeled.class).getText().contains("of memory differ"));
        fire(robot, "#compare-back");
        WindowRig.assertOperable(robot);
        await(() -> there(robot, "#snapshot-name"));
        // At once: what is in a field without the keyboard gives way to what is on disk, which the window reads now and
        // then.
        robot.interact(() -> {
            TextInputControl note = robot.lookup("#snapshot-note").queryAs(TextInputControl.class);
            note.requestFocus();
            note.setText("a key was pressed");
            robot.lookup("#snapshot-name").query().requestFocus();
        });
        await(() -> tree(machine).find("after k").note().equals("a key was pressed"));

        // Back to the first one, with a snapshot of what is now, and on from there.
        select(robot, "before");
        fire(robot, "#details-snapshot-restore");
        await(() -> there(robot, "#restore-first"));
        assertTrue(
                robot.lookup("#restore-first").queryAs(CheckBox.class).isSelected(), "asked about the present state");
        set(robot, "#restore-first-name", "kept");
        agree(robot);
        await(() -> machine.status() == Status.RUNNING
                && tree(machine).find("before").id().equals(tree(machine).current()));
        await(() ->
                screen(machine).contains("press any key") && !screen(machine).contains("25 k"));
        assertEquals(
                "after k",
                tree(machine).nodes().get(tree(machine).find("kept").parent()).name());

        select(robot, "after k");
        fire(robot, "#details-snapshot-delete");
        await(() -> shows(robot, "Delete the snapshot “after k”?"));
        robot.clickOn("Delete");
        await(() ->
                tree(machine).nodes().values().stream().noneMatch(n -> n.name().equals("after k")));
        assertEquals(2, tree(machine).nodes().size());
        assertEquals(
                "before",
                tree(machine).nodes().get(tree(machine).find("kept").parent()).name());
        off(robot, machine);
    }

    private static String text(FxRobot robot, String query) {
        return robot.lookup(query).queryAs(TextInputControl.class).getText();
    }

    private void select(FxRobot robot, String name) throws Exception {
        MachineModel machine = rig.model.selectedProperty().get();
        String id = tree(machine).find(name).id();
        robot.interact(
                () -> rig.window.snapshots().model(machine).selectedProperty().set(id));
        await(() ->
                there(robot, "#snapshot-name") && text(robot, "#snapshot-name").equals(name));
    }

    @Test
    void aThrowAwayRunAsksAtItsEndAndSuspendResumes(FxRobot robot) throws Exception {
        MachineModel machine = demo(robot);
        robot.push(KeyCode.SHORTCUT, KeyCode.F9);
        await(() -> machine.status() == Status.RUNNING
                && machine.throwsAwayProperty().get());
        robot.interact(machine::powerOff);
        await(() -> shows(robot, "Keep the changes of “Demo”?"));
        robot.clickOn("Drop them");
        await(() ->
                machine.status() == Status.OFF && !machine.throwsAwayProperty().get());
        running(robot, machine);
        machine.live().machineProperty().get().type("k");
        await(() -> screen(machine).contains("25 k"));
        robot.interact(() -> machine.suspend());
        await(() ->
                machine.status() == Status.OFF && machine.suspendedProperty().get());
        await(() -> shows(robot, "Suspended") && shows(robot, "Resume"));
        robot.interact(machine::start);
        await(() -> machine.status() == Status.RUNNING && screen(machine).contains("25 k"));
        off(robot, machine);
    }

    @Test
    void clonesTemplatesExportAndImport(FxRobot robot) throws Exception {
        MachineModel machine = demo(robot);
        FxThread.later(() -> robot.lookup("#tool-clone").queryButton().fire());
        set(robot, "#clone-name", "a/b");
        assertTrue(robot.lookup("#ask-agree").query().isDisabled());
        set(robot, "#clone-name", "Base");
        robot.interact(
                () -> robot.lookup("#clone-template").queryAs(CheckBox.class).setSelected(true));
        agree(robot);
        await(() -> rig.model.find("Base").filter(MachineModel::template).isPresent());
        MachineModel base = rig.model.find("Base").orElseThrow();
        await(() -> rig.model.selectedProperty().get() == base && there(robot, "#details-linkedClone"));
        assertFalse(there(robot, "#details-start"), "a template is cloned, not started");
        fire(robot, "#details-linkedClone");
        await(() -> rig.model.find("Base (2)").isPresent());
        assertNotEquals(
                base.folder().load().uuid(),
                rig.model.find("Base (2)").orElseThrow().folder().load().uuid());

        robot.interact(() -> rig.model.selectedProperty().set(machine));
        robot.push(KeyCode.SHORTCUT, KeyCode.E);
        await(() -> there(robot, "#export-target"));
        set(robot, "#export-target", folder.resolve("none/demo.ova").toString());
        assertTrue(robot.lookup("#ask-agree").query().isDisabled(), "there is no such folder");
        Path ova = folder.resolve("demo.ova");
        set(robot, "#export-target", ova.toString());
        agree(robot);
        await(() -> shows(robot, "“Demo” was exported"));
        robot.clickOn("Close");
        assertTrue(Files.size(ova) > 0);
        robot.interact(() -> rig.window.drops().take(ova, Optional.empty()));
        set(robot, "#import-name", "Brought in");
        agree(robot);
        await(() -> rig.model.find("Brought in").isPresent());

        Path bad = Files.writeString(folder.resolve("bad.ova"), "no archive");
        robot.interact(() -> rig.window.drops().take(bad, Optional.empty()));
        agree(robot);
        await(() -> shows(robot, "The machine could not be imported"));
        robot.clickOn("Close");
    }
}
