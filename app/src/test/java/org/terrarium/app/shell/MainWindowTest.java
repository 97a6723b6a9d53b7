package org.terrarium.app.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.terrarium.app.shell.WindowRig.await;
import static org.terrarium.app.shell.WindowRig.shows;
import static org.terrarium.app.shell.WindowRig.visible;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javafx.application.Application;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.control.TreeView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import javafx.stage.Stage;
import javafx.stage.Window;
import javafx.stage.WindowEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.app.BadDisk;
import org.terrarium.app.fx.FxThread;
import org.terrarium.app.fx.Theme;
import org.terrarium.app.library.LibraryModel;
import org.terrarium.app.library.MachineModel;
import org.terrarium.app.machine.Status;
import org.terrarium.disk.DiskFormat;
import org.terrarium.vm.spec.DiskSpec;
import org.terrarium.vm.spec.MachineSpec;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** The window as a user has it: a real library in a temporary folder, real machines, a robot for keys and clicks. */
@ExtendWith(ApplicationExtension.class)
class MainWindowTest {
    @TempDir
    private static Path home;

    private LibraryModel model;
    private WindowRig rig;

    @Start
    private void start(Stage stage) throws IOException {
        rig = new WindowRig(stage, Files.createTempDirectory(home, "library"));
        model = rig.model;
    }

    @AfterEach
    void powerOff(FxRobot robot) {
        rig.close(robot);
    }

    private void create(FxRobot robot, String name) throws Exception {
        await(() -> robot.lookup("#tool-newMachine").tryQuery().isPresent());
        robot.clickOn("#tool-newMachine");
        robot.clickOn("#wizard-next");
        robot.clickOn("#name").write(name);
        robot.clickOn("#memory").eraseText(4).write("16");
        robot.clickOn("#disk").eraseText(1).write("0");
        robot.clickOn("#create");
        await(() -> model.find(name).isPresent()
                && model.selectedProperty().get() == model.find(name).get()
                && robot.lookup("#details-start").tryQuery().isPresent());
    }

    @Test
    void anEmptyLibraryOffersTheDemo(FxRobot robot) throws Exception {
        await(() -> shows(robot, "Welcome to Terrarium"));
        assertTrue(robot.lookup("#demo-machine").tryQuery().isPresent());
        robot.clickOn("#demo-machine");
        await(() -> model.find("Demo").map(m -> m.status() == Status.RUNNING).orElse(false));
        MachineModel demo = model.find("Demo").orElseThrow();
        await(() -> demo.live().machineProperty().get().screen().text().contains("Terrarium demo machine"));
        assertEquals(
                "demo.img",
                demo.folder().load().floppies().getFirst().getFileName().toString());
    }

    @Test
    void newMachineComplainsWhileTypingAndThenMakesIt(FxRobot robot) throws Exception {
        await(() -> robot.lookup("#tool-newMachine").tryQuery().isPresent());
        robot.clickOn("#tool-newMachine");
        robot.clickOn("#wizard-next");
        Button create = robot.lookup("#create").queryButton();
        assertTrue(create.isDisabled(), "a name is needed");
        robot.clickOn("#name").write("a/b");
        assertTrue(create.isDisabled());
        assertTrue(robot.lookup("#name").query().getStyleClass().contains("invalid"));
        robot.eraseText(3).write("web");
        assertFalse(create.isDisabled());
        assertFalse(robot.lookup("#name").query().getStyleClass().contains("invalid"));
        robot.clickOn("#disk").eraseText(1).write("x");
        assertTrue(create.isDisabled());
        robot.eraseText(1).write("1");
        robot.clickOn("#create");
        await(() -> model.find("web").isPresent());
        MachineModel made = model.find("web").orElseThrow();
        assertTrue(Files.exists(made.folder().disks().resolve("disk0.qcow2")));
        await(() -> shows(robot, "web") && shows(robot, "disk0.qcow2"));
    }

    @Test
    void startOpensTheConsoleAndPowerOffEndsIt(FxRobot robot) throws Exception {
        create(robot, "m");
        robot.clickOn("#details-start");
        MachineModel machine = model.find("m").orElseThrow();
        await(() -> machine.status() == Status.RUNNING);
        await(() -> consoleOf(robot, "m"));
        Region canvas = robot.lookup(".screen-canvas").queryAs(Region.class);
        await(() -> canvas.getWidth() >= 720);
        // The guest's screen is drawn: the firmware's first words appear among the pixels, not only black.
        await(() -> machine.live().thumbnailProperty().get() != null
                && Arrays.stream(machine.live().thumbnailProperty().get().argb())
                        .anyMatch(p -> p != 0xFF000000));
        await(() -> {
            var shot = canvas.snapshot(null, null);
            var reader = shot.getPixelReader();
            for (int y = 0; y < shot.getHeight(); y++) {
                for (int x = 0; x < shot.getWidth(); x++) {
                    if ((reader.getArgb(x, y) & 0xFFFFFF) != 0) {
                        return true;
                    }
                }
            }
            return false;
        });
        robot.interact(machine.live()::powerOff);
        await(() -> machine.status() == Status.OFF);
        await(() -> shows(robot, "The machine is off"));
    }

    @Test
    void troubleOfTheHostIsSaidInTheConsole(FxRobot robot) throws Exception {
        create(robot, "m");
        MachineModel machine = model.find("m").orElseThrow();
        Path image = machine.folder().disks().resolve("bad.qcow2");
        BadDisk.create(image);
        machine.folder()
                .save(machine.specProperty()
                        .get()
                        .withDisks(List.of(new DiskSpec(machine.folder().name(image), DiskFormat.QCOW2))));
        robot.interact(model::refresh);
        await(() -> !machine.specProperty().get().disks().isEmpty());
        robot.clickOn("#details-start");
        await(() -> robot.lookup(".console-message .label")
                .tryQueryAs(Labeled.class)
                .map(l -> visible(l) && l.getText().startsWith(image + ": the image is damaged"))
                .orElse(false));
        robot.clickOn(".console-message .button");
        assertFalse(visible(robot.lookup(".console-message").query()));
        assertEquals(Status.RUNNING, machine.status());
    }

    @Test
    void keysReachTheGuest(FxRobot robot) throws Exception {
        await(() -> robot.lookup("#demo-machine").tryQuery().isPresent());
        robot.clickOn("#demo-machine");
        await(() -> model.find("Demo").map(m -> m.status() == Status.RUNNING).orElse(false));
        var machine = model.find("Demo").orElseThrow().live().machineProperty().get();
        await(() -> machine.screen().text().contains("press any key"));
        robot.type(KeyCode.K);
        await(() -> machine.screen().text().contains("25 k")); // scan code and character
    }

    @Test
    void deletingAsksFirst(FxRobot robot) throws Exception {
        create(robot, "doomed");
        Path folder = model.find("doomed").orElseThrow().folder().path();
        robot.clickOn("#details-remove");
        robot.clickOn("Cancel");
        assertTrue(Files.exists(folder));
        robot.clickOn("#details-remove");
        robot.clickOn("Delete all files");
        await(() -> model.find("doomed").isEmpty());
        assertFalse(Files.exists(folder));
        await(() -> shows(robot, "Welcome to Terrarium"));
    }

    @Test
    void closingAsksWhileAMachineIsOn(FxRobot robot) throws Exception {
        create(robot, "m");
        MachineModel machine = model.find("m").orElseThrow();
        Window main = robot.lookup("#machines").query().getScene().getWindow();
        robot.clickOn("#details-start");
        await(() -> machine.status() == Status.RUNNING);
        for (String answer : List.of("Cancel", "Power off and close")) {
            FxThread.run(() -> main.fireEvent(new WindowEvent(main, WindowEvent.WINDOW_CLOSE_REQUEST)));
            await(() -> shows(robot, "A machine is still on") && shows(robot, answer));
            assertTrue(shows(robot, "Suspend and close"));
            robot.clickOn(answer);
            await(() -> !shows(robot, "A machine is still on"));
            assertEquals(answer.equals("Cancel"), consoleOf(robot, "m"), answer);
        }
    }

    private static boolean consoleOf(FxRobot robot, String name) {
        return robot.listWindows().stream()
                .anyMatch(w -> w instanceof Stage s && s.getTitle().startsWith(name + " ") && s.isShowing());
    }

    @Test
    void theListKeepsItsSelectionWhenMachinesComeAndGo(FxRobot robot) throws Exception {
        create(robot, "m");
        TreeView<?> list = robot.lookup("#machines").queryAs(TreeView.class);
        model.library().create(MachineSpec.of("a"), 0);
        robot.interact(model::refresh);
        await(() -> list.getExpandedItemCount() == 2);
        assertEquals("m", model.selectedProperty().get().name());
        assertTrue(shows(robot, "m"), "its details are still shown");
        assertEquals(1, list.getSelectionModel().getSelectedIndex());
    }

    @Test
    void searchNarrowsTheListAndColoursCanBeDark(FxRobot robot) throws Exception {
        create(robot, "alpha");
        create(robot, "beta");
        TreeView<?> list = robot.lookup("#machines").queryAs(TreeView.class);
        assertEquals(2, list.getExpandedItemCount());
        robot.clickOn("#search").write("BET");
        assertEquals(1, list.getExpandedItemCount());
        robot.interact(() -> rig.services.theme().choiceProperty().set(Theme.Choice.DARK));
        assertTrue(list.getScene().getRoot().getStyleClass().contains("dark"));
        assertTrue(Application.getUserAgentStylesheet().contains("dark"), "the theme's own colours follow");
    }
}
