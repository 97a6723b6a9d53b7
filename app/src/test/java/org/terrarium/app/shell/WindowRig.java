package org.terrarium.app.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.terrarium.app.console.ConsoleWindow;
import org.terrarium.app.fx.Dialogs;
import org.terrarium.app.fx.FxThread;
import org.terrarium.app.library.LibraryModel;
import org.terrarium.app.library.MachineModel;
import org.terrarium.app.machine.Problems;
import org.terrarium.app.text.Text;
import org.terrarium.vm.library.MachineLibrary;
import org.terrarium.vm.library.Preferences;
import org.terrarium.vm.spec.MachineSpec;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

/** The main window on a real library in a folder of its own, and what tests do with it. */
final class WindowRig {
    private static final int PATIENCE_SECONDS = 90;

    final LibraryModel model;
    final Services services;
    final MainWindow window;

    /** On the JavaFX thread; in English. */
    WindowRig(Stage stage, Path folder) {
        this(stage, folder, "en");
    }

    /** On the JavaFX thread; {@code language} is that of the words, such as {@code de}. */
    WindowRig(Stage stage, Path folder, String language) {
        MachineLibrary library = new MachineLibrary(folder.resolve("machines"));
        Preferences preferences = new Preferences(folder.resolve("preferences.json"));
        services = Services.of(preferences);
        Text.use(language);
        Dialogs dialogs = services.dialogs();
        Problems problems = (headline, sentence) -> FxThread.run(() -> dialogs.error(stage, headline, sentence));
        model = new LibraryModel(library, services.threads(), problems);
        Consoles consoles =
                new Consoles(preferences, m -> new ConsoleWindow(new LibrarySubject(m), services.console(problems)));
        window = new MainWindow(stage, model, services, consoles, new Demo(library));
        window.show();
    }

    /** Hides all windows and powers everything off. */
    void close(FxRobot robot) {
        robot.interact(() -> List.copyOf(Window.getWindows()).forEach(Window::hide));
        model.shutDown();
    }

    /** Waits until it is so; it is asked on the JavaFX thread. */
    static void await(Callable<Boolean> condition) throws Exception {
        WaitForAsyncUtils.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS, () -> {
            boolean[] met = new boolean[1];
            WaitForAsyncUtils.waitForAsyncFx(PATIENCE_SECONDS * 1000L, () -> {
                met[0] = condition.call();
                return null;
            });
            return met[0];
        });
    }

    /** Whether a text is to be seen anywhere. */
    static boolean shows(FxRobot robot, String text) {
        return robot.lookup((Node n) -> n instanceof Labeled l && text.equals(l.getText()) && visible(n))
                .tryQuery()
                .isPresent();
    }

    static boolean visible(Node node) {
        for (Node n = node; n != null; n = n.getParent()) {
            if (!n.isVisible()) {
                return false;
            }
        }
        return true;
    }

    /** Whether a node of that name can be seen. */
    static boolean there(FxRobot robot, String query) {
        return robot.lookup(query).tryQuery().filter(WindowRig::visible).isPresent();
    }

    /** Everything in the windows that can be seen now has a name for screen readers and can be reached by keyboard. */
    static void assertOperable(FxRobot robot) {
        List<String> faults = new ArrayList<>();
        robot.interact(() -> Window.getWindows().stream()
                .filter(Stage.class::isInstance)
                .forEach(w -> faults.addAll(PageFaults.ofOperation(w.getScene()))));
        assertEquals(List.of(), faults);
    }

    /** Makes a machine without a disk behind the window's back, and waits until it is shown and selected. */
    MachineModel make(FxRobot robot, String name) throws Exception {
        return make(robot, MachineSpec.of(name).withMemory(16));
    }

    MachineModel make(FxRobot robot, MachineSpec spec) throws Exception {
        String name = spec.name();
        model.library().create(spec, 0);
        robot.interact(() -> model.refreshAndSelect(name, m -> {}));
        await(() -> model.find(name).isPresent() && there(robot, "#details-start"));
        MachineModel made = model.find(name).orElseThrow();
        await(() -> model.selectedProperty().get() == made);
        return made;
    }
}
