package org.terrarium.app.console;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Executor;
import javafx.beans.value.ChangeListener;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Separator;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Screen;
import javafx.stage.Stage;
import org.controlsfx.control.HiddenSidesPane;
import org.terrarium.app.fx.Buttons;
import org.terrarium.app.fx.Dialogs;
import org.terrarium.app.fx.Icons;
import org.terrarium.app.fx.Theme;
import org.terrarium.app.fx.Ticker;
import org.terrarium.app.machine.LiveMachine;
import org.terrarium.app.machine.Status;
import org.terrarium.vm.Machine;

/** A machine's screen in a window of its own, with its buttons above and its lights below. */
public final class ConsoleWindow {
    private static final Duration POLL = Duration.ofMillis(125);
    private static final DateTimeFormatter SHOT_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss");
    private static final double LIGHT_SIZE = 17;

    private final ConsoleSubject subject;
    private final LiveMachine machine;
    private final Dialogs dialogs;
    private final Executor ui;
    private final Stage stage = new Stage();
    private final ScreenCanvas canvas = new ScreenCanvas();
    private final BorderPane root = new BorderPane();
    private final HiddenSidesPane sides = new HiddenSidesPane();
    private final HBox bar = new HBox();
    private final MessageBar message = new MessageBar();
    private final HBox statusBar = new HBox();
    private final VBox overlay = new VBox();
    private final Label overlayText = new Label();
    private final Label hint = new Label();
    private final Label size = new Label();
    private final Label stateText = new Label();
    private final Ticker poll = new Ticker(POLL, this::poll);
    private final Node diskLight = light("disk", "Hard disk");
    private final Node cdLight = light("cd", "CD drive");
    private final Node floppyLight = light("floppy", "Floppy drive");
    private final ChangeListener<Machine> machineListener = (o, was, is) -> connect(is);
    private final ChangeListener<Status> statusListener = (o, was, is) -> showStatus();
    private final ChangeListener<String> troubleListener = (o, was, is) -> showStatus();
    private ConsoleModel model;
    private ConsoleInput input;

    /** {@code ui} runs things on the JavaFX thread. */
    public ConsoleWindow(ConsoleSubject subject, Theme theme, Dialogs dialogs, Executor ui) {
        this.subject = subject;
        this.machine = subject.live();
        this.dialogs = dialogs;
        this.ui = ui;
        build(theme);
        machine.machineProperty().addListener(machineListener);
        machine.statusProperty().addListener(statusListener);
        machine.troubleProperty().addListener(troubleListener);
        stage.setOnHidden(e -> closed());
        connect(machine.machineProperty().get());
        showStatus();
    }

    /** Opens the window, or brings it to the front. */
    public void show() {
        stage.show();
        stage.toFront();
        stage.requestFocus();
        canvas.requestFocus();
    }

    public Stage stage() {
        return stage;
    }

    private void build(Theme theme) {
        overlay.getStyleClass().add("console-overlay");
        HBox choice = new HBox(10);
        subject.startAgain().ifPresent(start -> {
            Button again = Buttons.labelled("start", "Start again", start);
            again.getStyleClass().add("accent");
            choice.getChildren().add(again);
        });
        Button close = new Button("Close this window");
        close.setOnAction(e -> stage.close());
        choice.getChildren().add(close);
        choice.setStyle("-fx-alignment: center;");
        overlay.getChildren().addAll(overlayText, choice);
        // Over the picture, which would shrink if it had to make room.
        StackPane.setAlignment(message, Pos.TOP_CENTER);
        message.setMaxHeight(Region.USE_PREF_SIZE);
        sides.setContent(new StackPane(canvas, overlay, message));
        sides.setAnimationDelay(javafx.util.Duration.millis(150));
        buildBar();
        buildStatusBar();
        root.getStyleClass().addAll("app-root", "console-root");
        root.setTop(bar);
        root.setCenter(sides);
        root.setBottom(statusBar);
        stage.setScene(new Scene(root));
        theme.apply(stage.getScene());
        Theme.icon(stage);
        stage.setTitle(subject.name() + " – Terrarium");
        stage.setMinWidth(480);
        stage.setMinHeight(320);
        stage.setFullScreenExitHint("");
        stage.setFullScreenExitKeyCombination(KeyCombination.NO_MATCH); // Escape belongs to the guest
        stage.fullScreenProperty().addListener((o, was, is) -> fullScreen(is));
        stage.showingProperty().addListener((o, was, is) -> visibilityChanged());
        stage.iconifiedProperty().addListener((o, was, is) -> visibilityChanged());
        canvas.viewportProperty().addListener((o, was, is) -> {
            if (is.guestWidth() != was.guestWidth() || is.guestHeight() != was.guestHeight()) {
                guestResized(is.guestWidth(), is.guestHeight());
            }
        });
        showSize(canvas.viewportProperty().get());
        canvas.fillProperty().set(subject.fillsWindow());
    }

    private void showSize(Viewport v) {
        size.setText(v.guestWidth() + " × " + v.guestHeight());
    }

    /** A picture that has become too large for the window makes the window larger, as far as the host's screen goes. */
    private void guestResized(int width, int height) {
        showSize(canvas.viewportProperty().get());
        if (stage.isFullScreen() || stage.isMaximized() || !stage.isShowing()) {
            return;
        }
        Rectangle2D host = Screen.getPrimary().getVisualBounds();
        double scale = stage.getOutputScaleX();
        double wider = Math.max(0, width / scale - canvas.getWidth());
        double taller = Math.max(0, height / scale - canvas.getHeight());
        double newWidth = Math.min(host.getWidth(), stage.getWidth() + wider);
        double newHeight = Math.min(host.getHeight(), stage.getHeight() + taller);
        stage.setX(Math.clamp(stage.getX(), host.getMinX(), host.getMaxX() - newWidth));
        stage.setY(Math.clamp(stage.getY(), host.getMinY(), host.getMaxY() - newHeight));
        stage.setWidth(newWidth);
        stage.setHeight(newHeight);
    }

    private void buildBar() {
        bar.getStyleClass().add("console-bar");
        Button pause = Buttons.flat("pause", "Pause or go on", machine::togglePause);
        machine.statusProperty()
                .addListener((o, was, is) -> Buttons.icon(pause, is == Status.PAUSED ? "start" : "pause"));
        Button reset = Buttons.flat("reset", "Reset", this::reset);
        Button power =
                Buttons.flat("power", "Press the power button: asks the guest to shut down", machine::powerButton);
        Button off = Buttons.flat("off", "Power off at once", this::powerOff);
        off.getStyleClass().add("danger");
        Button keys = Buttons.flat("keyboard", "Send Ctrl+Alt+Del", () -> {
            if (model != null) {
                model.sendCtrlAltDel();
            }
        });
        Button shot = Buttons.flat("camera", "Save a screenshot", this::screenshot);
        ToggleButton fill = Buttons.toggle("fill", "Enlarge to the whole window");
        fill.selectedProperty().bindBidirectional(canvas.fillProperty());
        Button full = Buttons.flat("fullscreen", "Full screen", () -> stage.setFullScreen(!stage.isFullScreen()));
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        bar.getChildren()
                .addAll(
                        pause,
                        reset,
                        power,
                        off,
                        new Separator(Orientation.VERTICAL),
                        cdMenu(),
                        keys,
                        shot,
                        space,
                        fill,
                        full);
        for (Node n : new Node[] {pause, reset, power, off, keys, shot}) {
            n.disableProperty().bind(machine.statusProperty().map(s -> !s.live()));
        }
        // Keys are for the guest; Tab must not wander into the bar.
        bar.getChildren().forEach(n -> n.setFocusTraversable(false));
    }

    private MenuButton cdMenu() {
        MenuItem change = new MenuItem("Insert a CD image…");
        change.setOnAction(e -> dialogs.chooseIso(stage).ifPresent(subject::changeCd));
        MenuItem eject = new MenuItem("Eject");
        eject.setOnAction(e -> subject.changeCd(null));
        MenuButton menu = new MenuButton(null, Icons.of("cd", 18), change, eject);
        menu.setAccessibleText("CD drive");
        menu.setTooltip(new Tooltip("CD drive"));
        menu.getStyleClass().add("flat");
        menu.showingProperty().addListener((o, was, is) -> {
            if (input != null) {
                input.suspend(is); // the menu's keys are not for the guest
            }
        });
        menu.setOnShowing(e -> {
            eject.setText(subject.cd().map(f -> "Eject " + f.getFileName()).orElse("Eject"));
            eject.setDisable(subject.cd().isEmpty());
        });
        return menu;
    }

    private void buildStatusBar() {
        statusBar.getStyleClass().add("console-status");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        statusBar.getChildren().addAll(stateText, hint, space, size, diskLight, cdLight, floppyLight);
    }

    private static Node light(String icon, String text) {
        StackPane light = new StackPane(Icons.of(icon, LIGHT_SIZE));
        light.getStyleClass().add("light");
        Tooltip.install(light, new Tooltip(text));
        return light;
    }

    private static void show(Node light, boolean on) {
        light.getStyleClass().remove("on");
        if (on) {
            light.getStyleClass().add("on");
        }
    }

    private void connect(Machine m) {
        disconnect();
        if (m == null) {
            return; // the last picture stays
        }
        model = new ConsoleModel(new HubInput(m.input()), m.drives(), ui);
        input = new ConsoleInput(stage, canvas, model);
        canvas.setScreen(m.screen());
        ConsoleModel connected = model;
        model.diskLight().addListener((o, was, is) -> show(diskLight, is));
        model.cdLight().addListener((o, was, is) -> show(cdLight, is));
        model.floppyLight().addListener((o, was, is) -> show(floppyLight, is));
        model.capturedProperty().addListener((o, was, is) -> showHint(connected));
        model.absoluteProperty().addListener((o, was, is) -> showHint(connected));
        showHint(model);
    }

    private void disconnect() {
        if (input != null) {
            input.close();
            input = null;
            model = null;
            hint.setText("");
            for (Node light : new Node[] {diskLight, cdLight, floppyLight}) {
                show(light, false);
            }
        }
    }

    private void showHint(ConsoleModel of) {
        hint.setText(of.hint());
        hint.getStyleClass().remove("capture-on");
        if (of.capturedProperty().get()) {
            hint.getStyleClass().add("capture-on");
        }
    }

    private void showStatus() {
        Status s = machine.status();
        stateText.setText(s.text());
        boolean over = !s.live() && !s.busy();
        overlay.setVisible(over);
        String trouble = machine.troubleProperty().get();
        overlayText.setText(s == Status.FAILED ? trouble : "The machine is off");
        message.show(s == Status.FAILED ? "" : trouble); // what ended it stands in the middle
        overlayText.setWrapText(true);
    }

    private void poll() {
        if (model != null) {
            model.poll();
        }
    }

    private void visibilityChanged() {
        boolean visible = stage.isShowing() && !stage.isIconified();
        canvas.setActive(visible);
        if (visible) {
            poll.start();
        } else {
            poll.stop();
        }
    }

    private void fullScreen(boolean on) {
        root.setTop(on ? null : bar);
        root.setBottom(on ? null : statusBar);
        sides.setTop(on ? bar : null);
    }

    private void reset() {
        if (dialogs.confirm(
                stage,
                "Reset “" + subject.name() + "”?",
                "The guest starts again at once; what it has not saved is lost.",
                "Reset")) {
            machine.reset();
        }
    }

    private void powerOff() {
        if (dialogs.confirm(
                stage,
                "Power off “" + subject.name() + "”?",
                "This is like pulling the plug; what the guest has not saved is lost.",
                "Power off")) {
            machine.powerOff();
        }
    }

    private void screenshot() {
        String name = subject.name() + "-" + LocalDateTime.now().format(SHOT_TIME) + ".png";
        dialogs.choosePng(stage, name).ifPresent(machine::screenshot);
    }

    private void closed() {
        machine.machineProperty().removeListener(machineListener);
        machine.statusProperty().removeListener(statusListener);
        machine.troubleProperty().removeListener(troubleListener);
        canvas.setScreen(null);
        poll.stop();
        disconnect();
    }
}
