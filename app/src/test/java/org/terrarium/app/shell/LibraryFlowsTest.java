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
import java.util.List;
import java.util.Optional;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Labeled;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.app.library.MachineModel;
import org.terrarium.app.machine.Status;
import org.terrarium.disk.DiskFormat;
import org.terrarium.vm.spec.DiskSpec;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** What a user does with the machines of the library, with real ones. */
@ExtendWith(ApplicationExtension.class)
class LibraryFlowsTest {
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

    @Test
    void renameRefusesBadNamesAndTakesGoodOnes(FxRobot robot) throws Exception {
        rig.make(robot, "other");
        rig.make(robot, "m");
        robot.push(KeyCode.F2);
        for (String bad : List.of("a/b", "OTHER", "n".repeat(300))) {
            robot.interact(
                    () -> robot.lookup("#ask-text").queryTextInputControl().setText(bad));
            assertTrue(robot.lookup("#ask-agree").queryButton().isDisabled(), bad);
            assertFalse(
                    robot.lookup("#ask-problem")
                            .queryAs(Labeled.class)
                            .getText()
                            .isEmpty(),
                    bad);
        }
        String name = "Ünïcode 🌱";
        robot.interact(() -> robot.lookup("#ask-text").queryTextInputControl().setText(name));
        robot.clickOn("#ask-agree");
        await(() -> rig.model.find(name).isPresent() && rig.model.find("m").isEmpty());
        await(() -> shows(robot, name));
    }

    @Test
    void groupsAreHeadingsAndNotesAreKept(FxRobot robot) throws Exception {
        MachineModel machine = rig.make(robot, "m");
        robot.push(KeyCode.SHORTCUT, KeyCode.U);
        robot.interact(() ->
                robot.lookup("#ask-text").queryAs(ComboBox.class).getEditor().setText("Servers"));
        robot.clickOn("#ask-agree");
        await(() -> rig.model.groups().equals(List.of("Servers")) && shows(robot, "Servers"));
        robot.interact(() -> robot.lookup("#notes").queryTextInputControl().requestFocus());
        robot.write("root has no password");
        robot.clickOn("#search");
        await(() -> machine.folder().load().notes().equals("root has no password"));
        assertEquals("Servers", machine.folder().load().group());
        robot.write("PASSWORD");
        await(() -> shows(robot, "m"));
        robot.write("x");
        await(() -> shows(robot, "No machine matches"));
    }

    @Test
    void cloneForgetAndOpenAgain(FxRobot robot) throws Exception {
        MachineModel machine = rig.make(robot, "m");
        robot.push(KeyCode.SHORTCUT, KeyCode.SHIFT, KeyCode.C);
        robot.clickOn("#clone-name").push(KeyCode.SHORTCUT, KeyCode.A).write("copy");
        robot.clickOn("#ask-agree");
        await(() -> rig.model.find("copy").isPresent());
        assertNotEquals(
                machine.folder().load().uuid(),
                rig.model.find("copy").orElseThrow().folder().load().uuid());
        MachineModel copy = rig.model.find("copy").orElseThrow();
        await(() -> rig.model.selectedProperty().get() == copy);
        robot.clickOn("#details-remove");
        robot.clickOn("Take off the list");
        await(() -> rig.model.find("copy").isEmpty());
        assertTrue(Files.exists(copy.folder().machineJson()), "the files stay");
        robot.interact(() -> rig.window.openFolder(copy.folder().path()));
        await(() -> rig.model.find("copy").isPresent());
    }

    @Test
    void aFolderWithAKnownIdentityIsAskedAbout(FxRobot robot) throws Exception {
        MachineModel machine = rig.make(robot, "m");
        Path twin = Files.createDirectories(folder.resolve("usb/twin.terrarium"));
        Files.copy(machine.folder().machineJson(), twin.resolve("machine.json"));
        robot.interact(() -> rig.window.openFolder(twin));
        await(() -> shows(robot, "Was this machine moved or copied?"));
        robot.clickOn("I copied it");
        await(() -> rig.model.find("twin").isPresent());
        assertNotEquals(
                machine.folder().load().uuid(),
                rig.model.find("twin").orElseThrow().folder().load().uuid());
    }

    @Test
    void aMissingDiskIsAskedAbout(FxRobot robot) throws Exception {
        MachineModel machine = rig.make(robot, "m");
        machine.folder()
                .save(machine.folder()
                        .load()
                        .withDisks(List.of(new DiskSpec(Path.of("gone.qcow2"), DiskFormat.QCOW2))));
        robot.interact(rig.model::refresh);
        await(() -> !machine.specProperty().get().disks().isEmpty());
        robot.clickOn("#details-start");
        await(() -> shows(robot, "A disk of “m” is missing") && shows(robot, "Locate…"));
        robot.clickOn("Cancel");
        assertEquals(Status.OFF, machine.status());
        robot.clickOn("#details-start");
        robot.clickOn("Remove disk");
        await(() -> machine.specProperty().get().disks().isEmpty());
        robot.clickOn("#details-start");
        await(() -> machine.status() == Status.RUNNING);
    }

    @Test
    void aSpoiledDescriptionCanBePutBack(FxRobot robot) throws Exception {
        MachineModel machine = rig.make(robot, "m");
        machine.folder().save(machine.folder().load().withMemory(32));
        machine.folder().save(machine.folder().load().withMemory(64));
        Files.writeString(machine.folder().machineJson(), "{ \"version\": ");
        robot.interact(rig.model::refresh);
        await(() -> machine.status() == Status.BROKEN && there(robot, "#revert"));
        robot.clickOn("#revert");
        robot.clickOn("Put it back");
        await(() -> machine.status() == Status.OFF
                && machine.specProperty().get() != null
                && machine.specProperty().get().memoryMib() == 32);
        assertFalse(there(robot, "#revert"));
    }

    @Test
    void droppedFilesAreInsertedOrRefused(FxRobot robot) throws Exception {
        MachineModel machine = rig.make(robot, "m");
        robot.clickOn("#details-start");
        await(() -> machine.status() == Status.RUNNING);
        Path floppy = Files.write(folder.resolve("tools.img"), new byte[1_474_560]);
        robot.interact(() -> rig.window.drops().take(floppy, Optional.of(machine)));
        await(() -> machine.live().machineProperty().get().drives().floppy(0).equals(Optional.of(floppy)));
        await(() -> machine.folder().load().floppies().equals(List.of(floppy)));
        Path letter = Files.writeString(folder.resolve("letter.txt"), "Dear reader");
        robot.interact(() -> rig.window.drops().take(letter, Optional.of(machine)));
        await(() -> shows(robot, "This cannot be used"));
        robot.clickOn("Close");
        robot.interact(() -> rig.window.drops().take(floppy, Optional.empty()));
        await(() -> there(robot, "#wizard-next"));
        robot.clickOn("#wizard-next");
        assertEquals("tools", robot.lookup("#name").queryTextInputControl().getText());
        robot.clickOn("Cancel");
    }

    @Test
    void headlessMachinesRunOnTheirOwnAndObeyTheButtons(FxRobot robot) throws Exception {
        MachineModel machine = rig.make(robot, "m");
        robot.push(KeyCode.SHIFT, KeyCode.F9);
        await(() -> machine.status() == Status.ELSEWHERE && machine.controllable());
        robot.interact(machine::powerOff);
        await(() -> {
            rig.model.refresh();
            return machine.status() == Status.OFF;
        });
    }
}
