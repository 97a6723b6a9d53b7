package org.terrarium.app.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javafx.geometry.Rectangle2D;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ToggleButton;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.robot.Robot;
import javafx.stage.Modality;
import javafx.stage.PopupWindow;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.terrarium.app.fx.FxThread;
import org.terrarium.app.fx.Theme;
import org.terrarium.app.library.MachineModel;
import org.terrarium.app.settings.SettingsPage;
import org.terrarium.vm.display.Picture;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** The program's windows on a real display: how a page is reached, and its picture. */
class PictureRig {
    final FxRobot robot = new FxRobot();
    private final Path pictures;
    final Path cd;
    final Path folder = Files.createTempDirectory("terrarium-screenshots");
    private final Predicate<String> wanted;
    final WindowRig rig;
    final Stage stage;
    private String prefix = "";

    /** Arguments as for {@link Screenshots}. */
    PictureRig(String[] args) throws Exception {
        pictures = Files.createDirectories(Path.of(args[0]));
        cd = Path.of(args[4]);
        wanted = args.length > 5 ? Pattern.compile(args[5]).asPredicate() : name -> true;
        stage = FxToolkit.registerPrimaryStage();
        WindowRig[] made = new WindowRig[1];
        robot.interact(() -> made[0] = new WindowRig(stage, folder, args[1]));
        rig = made[0];
        String[] size = args[3].split("x");
        robot.interact(() -> {
            stage.setX(0);
            stage.setY(0);
            stage.setWidth(Double.parseDouble(size[0]));
            stage.setHeight(Double.parseDouble(size[1]));
        });
    }

    /** From now on in these colours. */
    void use(Theme.Choice colours) {
        prefix = colours.id() + "-";
        robot.interact(() -> rig.services.theme().choiceProperty().set(colours));
    }

    static void await(Callable<Boolean> condition) throws Exception {
        WindowRig.await(condition);
    }

    final MachineModel machine(String name) {
        return rig.model.find(name).orElseThrow();
    }

    final boolean there(String query) {
        return WindowRig.there(robot, query);
    }

    final void select(String name) throws Exception {
        robot.interact(() -> rig.model.refreshAndSelect(name, m -> {}));
        await(() -> rig.model.selectedProperty().get() == machine(name));
    }

    /** Not waited for: a dialog may come of it. */
    final void command(String id) throws Exception {
        FxThread.later(() -> rig.services.shortcuts().commands().get(id).run());
        if (!List.of("start", "powerOff").contains(id)) {
            await(() -> dialog().isPresent());
        }
    }

    final void fire(String query) {
        FxThread.later(() -> robot.lookup(query).queryAs(ButtonBase.class).fire());
        WaitForAsyncUtils.waitForFxEvents();
    }

    final void toggle(String query, boolean on) {
        robot.interact(() -> robot.lookup(query).queryAs(ToggleButton.class).setSelected(on));
    }

    final void item(String menu, String id) {
        robot.lookup(menu).queryAs(MenuButton.class).getItems().stream()
                .filter(i -> id.equals(i.getId()))
                .findFirst()
                .orElseThrow()
                .fire();
    }

    final void type(String query, String text) throws Exception {
        await(() -> there(query));
        robot.interact(() -> robot.lookup(query).queryTextInputControl().setText(text));
    }

    final void page(SettingsPage page) throws Exception {
        await(() -> there("#settings-pages"));
        robot.interact(() -> {
            ListView<SettingsPage> pages = robot.lookup("#settings-pages").queryListView();
            pages.getSelectionModel().select(page);
        });
        await(() -> there("#page-" + page.id()));
    }

    static Optional<Stage> dialog() {
        return showing()
                .filter(Stage.class::isInstance)
                .map(Stage.class::cast)
                .filter(s -> s.getModality() != Modality.NONE)
                .reduce((a, b) -> b);
    }

    private static Stream<Window> showing() {
        return List.copyOf(Window.getWindows()).stream().filter(Window::isShowing);
    }

    final void closeDialog() throws Exception {
        robot.interact(() -> dialog().ifPresent(Window::hide));
        await(() -> dialog().isEmpty());
    }

    final void closePopups() {
        robot.interact(() -> showing().filter(PopupWindow.class::isInstance).forEach(Window::hide));
    }

    final void shoot(String name) throws Exception {
        if (wanted.test(prefix + name)) {
            WaitForAsyncUtils.waitForFxEvents();
            Thread.sleep(400); // animations end, and the X server has drawn; nothing is judged by it
            WaitForAsyncUtils.waitForFxEvents();
            save(prefix + name, bounds());
            robot.interact(() -> {
                Scene scene = front().getScene();
                Stream.of(PageFaults.ofOperation(scene), PageFaults.ofLayout(scene))
                        .flatMap(List::stream)
                        .forEach(fault -> System.out.println(prefix + name + ": " + fault));
            });
        }
    }

    private Window front() {
        return showing().filter(Stage.class::isInstance).reduce((a, b) -> b).orElse(stage);
    }

    /** The front window with the menus over it. */
    final Rectangle2D bounds() {
        Rectangle2D[] found = new Rectangle2D[1];
        robot.interact(() -> {
            Window front = front();
            double x = front.getX();
            double y = front.getY();
            double right = x + front.getWidth();
            double bottom = y + front.getHeight();
            for (Window popup : showing().filter(PopupWindow.class::isInstance).toList()) {
                x = Math.min(x, popup.getX());
                y = Math.min(y, popup.getY());
                right = Math.max(right, popup.getX() + popup.getWidth());
                bottom = Math.max(bottom, popup.getY() + popup.getHeight());
            }
            x = Math.max(0, x);
            y = Math.max(0, y);
            found[0] = new Rectangle2D(x, y, right - x, bottom - y);
        });
        return found[0];
    }

    final void save(String name, Rectangle2D place) {
        robot.interact(() -> {
            WritableImage image = new Robot().getScreenCapture(null, place, false);
            int width = (int) image.getWidth();
            int height = (int) image.getHeight();
            int[] argb = new int[width * height];
            image.getPixelReader().getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), argb, 0, width);
            try {
                new Picture(width, height, argb).writePng(pictures.resolve(name + ".png"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
