package org.terrarium.app.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuButton;
import javafx.scene.control.RadioButton;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.stage.Stage;
import javafx.stage.Window;
import javafx.stage.WindowEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.app.console.ConsoleWindow;
import org.terrarium.app.fx.FxThread;
import org.terrarium.app.library.LibraryModel;
import org.terrarium.app.library.MachineModel;
import org.terrarium.app.machine.Problems;
import org.terrarium.app.machine.Status;
import org.terrarium.app.text.Text;
import org.terrarium.vm.library.MachineLibrary;
import org.terrarium.vm.library.Preferences;
import org.terrarium.vm.snapshot.SnapshotNode;
import org.terrarium.vm.spec.DisplaySpec;
import org.terrarium.vm.spec.DisplaySpec.Scaling;
import org.terrarium.vm.spec.SoundSpec;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** The console with the demo guest behind it, used by a robot: pages, keys, clipboard, drives, the question at the end. */
@ExtendWith(ApplicationExtension.class)
class ConsoleWindowTest {
    private static final int PATIENCE_SECONDS = 120;

    @TempDir
    private static Path home;

    private LibraryModel library;
    private MachineModel machine;
    private ConsoleWindow console;
    private Services services;
    private Problems problems;

    @Start
    private void start(Stage stage) throws Exception {
        Path own = home.resolve(String.valueOf(System.nanoTime()));
        MachineLibrary machines = new MachineLibrary(own.resolve("machines"));
        new Demo(machines).create();
        Text.use("en");
        services = Services.of(new Preferences(own.resolve("preferences.json")));
        problems = (headline, sentence) -> FxThread.run(() -> services.dialogs().error(stage, headline, sentence));
        library = new LibraryModel(machines, services.threads(), problems);
        library.refreshAndSelect("Demo", m -> {
            machine = m;
            console = console(m);
            m.start();
        });
    }

    private ConsoleWindow console(MachineModel of) {
        ConsoleWindow window = new ConsoleWindow(new LibrarySubject(of), services.console(problems));
        window.show();
        return window;
    }

    @AfterEach
    void powerOff(FxRobot robot) {
        robot.interact(() -> List.copyOf(Window.getWindows()).forEach(Window::hide));
        library.shutDown();
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        try {
            WaitForAsyncUtils.waitFor(
                    PATIENCE_SECONDS,
                    TimeUnit.SECONDS,
                    () -> WaitForAsyncUtils.waitForAsyncFx(PATIENCE_SECONDS * 1000L, condition));
        } catch (TimeoutException e) {
            throw new AssertionError("waited in vain for " + what, e);
        }
    }

    private String screen() {
        return machine.live().machineProperty().get().screen().text().text();
    }

    private void awaitDemo() throws Exception {
        await(
                "the demo guest",
                () -> machine != null
                        && machine.live().on()
                        && machine.status() == Status.RUNNING
                        && screen().contains("press any key"));
    }

    private static <T extends Node> T node(FxRobot robot, String query, Class<T> type) {
        return robot.lookup(query).queryAs(type);
    }

    /** Presses a button that may lie beyond the small screen there is without a display. */
    private static void fire(FxRobot robot, String query) {
        robot.interact(() -> node(robot, query, ButtonBase.class).fire());
    }

    @Test
    void keysOnTheScreenAndFromTheClipboardReachTheGuest(FxRobot robot) throws Exception {
        awaitDemo();
        robot.interact(
                () -> node(robot, "#console-keyboard", ToggleButton.class).setSelected(true));
        fire(robot, "#key-K");
        await("scan code of k", () -> screen().contains("25 k"));
        robot.interact(() -> {
            ClipboardContent text = new ClipboardContent();
            text.putString("x");
            Clipboard.getSystemClipboard().setContent(text);
        });
        robot.interact(() -> console.stage().requestFocus());
        FxThread.later(() -> node(robot, "#console-keys", MenuButton.class).getItems().stream()
                .filter(i -> "console-paste".equals(i.getId()))
                .findFirst()
                .orElseThrow()
                .fire());
        await("the question", () -> robot.lookup("#paste-do").tryQuery().isPresent());
        TextInputControl text = node(robot, "#paste-text", TextInputControl.class);
        assertEquals("x", text.getText());
        robot.interact(() -> text.setText("日"));
        assertTrue(node(robot, "#paste-do", Node.class).isDisabled(), "no key for it");
        robot.interact(() -> text.setText("x"));
        fire(robot, "#paste-do");
        await("scan code of x", () -> screen().contains("2D x"));
    }

    @Test
    void pagesShowLogAndSpeedAndTheTextCanBeCopied(FxRobot robot) throws Exception {
        awaitDemo();
        fire(robot, "#console-keyboard");
        WindowRig.assertOperable(robot);
        fire(robot, "#console-keyboard");
        fire(robot, "#page-LOG");
        await(
                "the log",
                () -> node(robot, "#log-events", TextInputControl.class)
                        .getText()
                        .contains("running"));
        fire(robot, "#page-PERFORMANCE");
        await(
                "figures",
                () -> node(robot, "#performance-mips", Labeled.class).getText().endsWith("MIPS"));
        WindowRig.assertOperable(robot);
        assertTrue(List.of("Translated", "Interpreter")
                .contains(node(robot, "#accelerator", Labeled.class).getText()));
        fire(robot, "#page-SCREEN");
        await(
                "the screen has the keyboard",
                () -> node(robot, ".screen-canvas", Node.class).isFocused());
        robot.interact(() -> node(robot, "#console-pictures", MenuButton.class).getItems().stream()
                .filter(i -> "console-copyText".equals(i.getId()))
                .findFirst()
                .orElseThrow()
                .fire());
        String[] copied = new String[1];
        robot.interact(() -> copied[0] = Clipboard.getSystemClipboard().getString());
        assertTrue(copied[0].contains("Terrarium demo machine"), copied[0]);
    }

    @Test
    void theSerialPageIsATerminalOnThePort(FxRobot robot) throws Exception {
        awaitDemo();
        fire(robot, "#page-SERIAL_1");
        await(
                "a terminal",
                () -> robot.lookup("#serial-pane-0 Canvas").tryQuery().isPresent());
        WindowRig.assertOperable(robot);
        assertFalse(node(robot, ".screen-canvas", Node.class).isFocused(), "keys are the terminal's now");
    }

    @Test
    void pauseAndFullScreenByTheirButtons(FxRobot robot) throws Exception {
        awaitDemo();
        fire(robot, "#console-pause");
        await("a pause", () -> machine.status() == Status.PAUSED);
        fire(robot, "#console-pause");
        await("going on", () -> machine.status() == Status.RUNNING);
        Node bar = node(robot, ".console-bar", Node.class);
        Node below = bar.getParent();
        fire(robot, "#console-full-screen");
        await("full screen", () -> console.stage().isFullScreen() && bar.getParent() != below);
        await(
                "the screen has the keyboard",
                () -> node(robot, ".screen-canvas", Node.class).isFocused());
        robot.interact(() -> machine.live().machineProperty().get().type("f"));
        await("scan code of f", () -> screen().contains("21 f"));
        robot.interact(() -> robot.from(bar)
                .lookup("#console-full-screen")
                .queryAs(ButtonBase.class)
                .fire());
        await("a window again", () -> !console.stage().isFullScreen() && bar.getParent() == below);
        assertTrue(WindowRig.visible(bar), "the bar is there, though it had slid away");
    }

    @Test
    void howThePictureIsFittedIsKeptAndFollowsTheSettings(FxRobot robot) throws Exception {
        awaitDemo();
        List<RadioMenuItem> ways = node(robot, "#console-scale", MenuButton.class).getItems().stream()
                .map(RadioMenuItem.class::cast)
                .toList();
        assertTrue(ways.get(0).isSelected(), "whole multiples at first");
        robot.interact(ways.get(2)::fire);
        await("actual size for later starts, too", () -> saidOfDisplay().scaling() == Scaling.ACTUAL);
        DisplaySpec changed = saidOfDisplay().with(Scaling.FIT, true);
        robot.interact(() -> machine.changeWhileOn(
                machine.specProperty().get(), machine.specProperty().get().withDisplay(changed)));
        await("the console as in the settings", ways.get(1)::isSelected);
        assertFalse(console.stage().isFullScreen(), "only at the next start");
        robot.interact(console.stage()::hide);
        robot.interact(() -> console = console(machine));
        await("full screen from the start", console.stage()::isFullScreen);
    }

    private DisplaySpec saidOfDisplay() throws IOException {
        return machine.folder().load().display();
    }

    @Test
    void soundLightsItsLightAndIsMuted(FxRobot robot) throws Exception {
        awaitDemo();
        MenuButton light = node(robot, "#light-SOUND", MenuButton.class);
        assertTrue(light.getAccessibleText().contains("heard on this computer"), light.getAccessibleText());
        AtomicBoolean lit = new AtomicBoolean(); // it may be on too shortly to be seen in time
        robot.interact(() -> light.getStyleClass().addListener((ListChangeListener<String>)
                c -> lit.compareAndSet(false, c.getList().contains("on"))));
        robot.interact(() -> machine.live().machineProperty().get().type("s"));
        await("the light of the sound card", lit::get);
        robot.interact(light::show);
        CheckMenuItem mute = (CheckMenuItem) light.getItems().getFirst();
        robot.interact(mute::fire);
        await("silence", () -> light.getAccessibleText().contains("muted"));
        await(
                "silence for later starts, too",
                () -> machine.folder().load().sound().equals(SoundSpec.SILENT));
        assertEquals(SoundSpec.SILENT, machine.session().orElseThrow().sound().spec());
    }

    @Test
    void aSnapshotIsTakenFromTheConsole(FxRobot robot) throws Exception {
        awaitDemo();
        FxThread.later(() -> node(robot, "#console-snapshot", ButtonBase.class).fire());
        await("the question", () -> robot.lookup("#ask-text").tryQuery().isPresent());
        robot.interact(() -> node(robot, "#ask-text", TextInputControl.class).setText("From the console"));
        fire(robot, "#ask-agree");
        await(
                "the snapshot",
                () -> machine.session().orElseThrow().snapshots().orElseThrow().tree().nodes().values().stream()
                        .anyMatch(n -> n.name().equals("From the console") && n.state() == SnapshotNode.State.SAVED));
        assertEquals(Status.RUNNING, machine.status(), "the guest runs on");
    }

    @Test
    void closingAsksAndSuspendsAndTheNextStartGoesOn(FxRobot robot) throws Exception {
        awaitDemo();
        robot.interact(() -> machine.live().machineProperty().get().type("k"));
        await("scan code of k", () -> screen().contains("25 k"));
        Window window = console.stage();
        FxThread.later(() -> window.fireEvent(new WindowEvent(window, WindowEvent.WINDOW_CLOSE_REQUEST)));
        await("the question", () -> robot.lookup("#close-do").tryQuery().isPresent());
        assertTrue(window.isShowing());
        WindowRig.assertOperable(robot);
        robot.interact(() -> node(robot, "#close-SUSPEND", RadioButton.class).setSelected(true));
        fire(robot, "#close-do");
        await("off", () -> machine.status() == Status.OFF && !window.isShowing());
        robot.interact(machine::start);
        await("going on with the key on the screen", () -> machine.live().on() && screen().contains("25 k"));
        assertEquals(Optional.empty(), machine.live().machineProperty().get().failure());
        assertTrue(Files.exists(machine.folder().path()));
    }
}
