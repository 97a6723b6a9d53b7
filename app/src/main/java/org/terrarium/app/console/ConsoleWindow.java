package org.terrarium.app.console;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Screen;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;
import org.controlsfx.control.HiddenSidesPane;
import org.terrarium.app.console.CloseQuestion.Answer;
import org.terrarium.app.console.ConsoleBar.Page;
import org.terrarium.app.fx.Buttons;
import org.terrarium.app.fx.FxThread;
import org.terrarium.app.fx.Theme;
import org.terrarium.app.fx.Ticker;
import org.terrarium.app.input.HostKey;
import org.terrarium.app.machine.LiveMachine;
import org.terrarium.app.machine.Status;
import org.terrarium.app.performance.PerformancePane;
import org.terrarium.app.text.Text;
import org.terrarium.vm.Machine;
import org.terrarium.vm.library.Preference;
import org.terrarium.vm.spec.DisplaySpec;

/**
 * A machine's screen in a window of its own, with its buttons above and its lights below, and on further pages its serial ports,
 * its log, and what it does with its time. While the screen has the focus all keys are the guest's.
 */
public final class ConsoleWindow {
    private static final Duration POLL = Duration.ofMillis(125);

    private final ConsoleSubject subject;
    private final LiveMachine machine;
    private final ConsoleServices services;
    private final Stage stage = new Stage();
    private final ScreenCanvas canvas = new ScreenCanvas();
    private final BorderPane root = new BorderPane();
    private final HiddenSidesPane sides = new HiddenSidesPane();

    /** What slides in at full screen, with the bars in it: the pane hides what it is given, and would leave them hidden. */
    private final BorderPane upperSide = new BorderPane();

    private final BorderPane lowerSide = new BorderPane();
    private final MessageBar message = new MessageBar(this::focusPage);
    private final VBox overlay = new VBox();
    private final Label overlayText = new Label();
    private final Ticker poll = new Ticker(POLL, this::poll);
    private final ReadOnlyObjectWrapper<ConsoleModel> model = new ReadOnlyObjectWrapper<>(this, "model");
    private final Recording recording;
    private final Meter meter;
    private final ConsoleActions actions;
    private final ConsoleBar bar;
    private final ConsoleStatusBar statusBar;
    private final OnScreenKeyboard keyboard = new OnScreenKeyboard(this::guestKeys);
    private final ToggleButton keyboardShown = Buttons.toggle("keyboard", Text.of("console.keyboard"));
    private final SerialPane[] serial = {new SerialPane(0), new SerialPane(1)};
    private final LogPane log;
    private final Map<Page, Node> pages = new EnumMap<>(Page.class);
    private final Map<HostCommand, Runnable> commands = new EnumMap<>(HostCommand.class);
    private final ChangeListener<Machine> machineListener = (o, was, is) -> connect(is);
    private final ChangeListener<Status> statusListener = (o, was, is) -> showStatus();
    private final ChangeListener<String> troubleListener = (o, was, is) -> showStatus();
    private final ObservableValue<DisplaySpec> display;
    private final ChangeListener<DisplaySpec> displayListener = (o, was, is) -> followDisplay(is);
    private ConsoleInput input;
    private boolean closeWhenOff;
    private double grownForKeyboard;

    public ConsoleWindow(ConsoleSubject subject, ConsoleServices services) {
        this.subject = subject;
        display = subject.display();
        this.machine = subject.live();
        this.services = services;
        recording = new Recording(services.threads(), services.problems(), System::nanoTime);
        meter = new Meter(subject, services.threads(), System::nanoTime);
        actions = new ConsoleActions(stage, subject, services, recording, model.getReadOnlyProperty(), message::tell);
        keyboardShown.setId("console-keyboard");
        bar = new ConsoleBar(
                machine, actions, canvas.scaleProperty(), this::toggleFullScreen, keyboardShown, this::menuOpen);
        statusBar = new ConsoleStatusBar(
                subject, services, actions, canvas.scaleProperty(), this::captureInput, this::menuOpen);
        log = new LogPane(subject.log(), services.threads());
        build();
        machine.machineProperty().addListener(machineListener);
        machine.statusProperty().addListener(statusListener);
        machine.troubleProperty().addListener(troubleListener);
        stage.setOnCloseRequest(this::closeRequested);
        stage.setOnHidden(e -> closed());
        connect(machine.machineProperty().get());
        showStatus();
    }

    private void followDisplay(DisplaySpec said) {
        if (said != null) {
            canvas.scaleProperty().set(Scale.of(said.scaling()));
        }
    }

    /** Opens the window, or brings it to the front. */
    public void show() {
        boolean opens = !stage.isShowing();
        stage.show();
        if (opens && display.getValue() != null && display.getValue().fullScreen()) {
            stage.setFullScreen(true);
        }
        stage.toFront();
        stage.requestFocus();
        canvas.requestFocus();
    }

    public Stage stage() {
        return stage;
    }

    private void build() {
        buildOverlay();
        // Over the picture, which would shrink if it had to make room.
        StackPane.setAlignment(message, Pos.TOP_CENTER);
        message.setMaxHeight(Region.USE_PREF_SIZE);
        BorderPane screen = new BorderPane(new StackPane(canvas, overlay));
        keyboardShown.selectedProperty().addListener((o, was, is) -> showKeyboard(screen, is));
        pages.put(Page.SCREEN, screen);
        pages.put(Page.SERIAL_1, serial[0]);
        pages.put(Page.SERIAL_2, serial[1]);
        pages.put(Page.LOG, log);
        pages.put(Page.PERFORMANCE, new PerformancePane(meter.performance()));
        StackPane content = new StackPane();
        pages.forEach((page, node) -> {
            node.setVisible(page == Page.SCREEN);
            node.managedProperty().bind(node.visibleProperty()); // only the screen decides how large the window is
            content.getChildren().add(node);
        });
        content.getChildren().add(message);
        bar.pageProperty().addListener((o, was, is) -> turnTo(is));
        statusBar.hintWhile(bar.pageProperty().isEqualTo(Page.SCREEN));
        sides.setContent(content);
        sides.setFocusTraversable(false); // what is in it takes the keyboard
        sides.setAnimationDelay(javafx.util.Duration.millis(150));
        root.getStyleClass().addAll("app-root", "console-root");
        root.setTop(bar);
        root.setCenter(sides);
        root.setBottom(statusBar);
        stage.setScene(new Scene(root));
        services.theme().apply(stage.getScene());
        Theme.icon(stage);
        stage.setTitle(subject.name() + " – Terrarium");
        stage.setMinWidth(640);
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
        display.addListener(displayListener);
        followDisplay(display.getValue());
        canvas.scaleProperty().addListener((o, was, is) -> {
            DisplaySpec said = display.getValue();
            if (said != null && said.scaling() != is.scaling()) {
                subject.keep(is.scaling());
            }
        });
        recording.elapsedProperty().addListener((o, was, is) -> {
            statusBar.showRecording(is);
            bar.recording(!is.isEmpty());
        });
        // Who uses a button with the mouse goes on typing into the guest.
        for (Region r : new Region[] {bar, statusBar, keyboard}) {
            r.addEventHandler(MouseEvent.MOUSE_RELEASED, e -> FxThread.later(this::focusPage));
        }
        bindCommands();
    }

    private void buildOverlay() {
        overlay.getStyleClass().add("console-overlay");
        HBox choice = new HBox(10);
        subject.startAgain().ifPresent(start -> {
            Button again = Buttons.labelled("start", Text.of("console.startAgain"), start);
            again.getStyleClass().add("accent");
            choice.getChildren().add(again);
        });
        Button close = new Button(Text.of("console.closeWindow"));
        close.setOnAction(e -> stage.close());
        choice.getChildren().add(close);
        choice.setAlignment(Pos.CENTER);
        overlayText.setWrapText(true);
        overlay.getChildren().addAll(overlayText, choice);
    }

    private void bindCommands() {
        commands.put(HostCommand.FULL_SCREEN, this::toggleFullScreen);
        commands.put(
                HostCommand.SCALE,
                () -> canvas.scaleProperty().set(canvas.scaleProperty().get().next()));
        commands.put(HostCommand.PAUSE, machine::togglePause);
        commands.put(HostCommand.RESET, actions::reset);
        commands.put(HostCommand.POWER_BUTTON, machine::powerButton);
        commands.put(
                HostCommand.CLOSE, () -> stage.fireEvent(new WindowEvent(stage, WindowEvent.WINDOW_CLOSE_REQUEST)));
        commands.put(HostCommand.SCREENSHOT, actions::screenshot);
        commands.put(HostCommand.SNAPSHOT, actions::takeSnapshot);
        commands.put(HostCommand.RECORD, actions::toggleRecording);
        commands.put(HostCommand.COPY_TEXT, actions::copyText);
        commands.put(HostCommand.PASTE, actions::paste);
        commands.put(HostCommand.KEYBOARD, () -> keyboardShown.setSelected(!keyboardShown.isSelected()));
        commands.put(HostCommand.CTRL_ALT_DEL, () -> actions.press(Chord.CTRL_ALT_DEL));
        commands.put(HostCommand.CTRL_ALT_BACKSPACE, () -> actions.press(Chord.CTRL_ALT_BACKSPACE));
        commands.put(HostCommand.TOOL_BAR, this::giveKeyboardToBar);
        commands.put(
                HostCommand.NEXT_PAGE,
                () -> bar.pageProperty().set(bar.pageProperty().get().next()));
    }

    /** Does what the host key with another key asks for. Captured input is given back first: a dialog may come. */
    void carryOut(HostCommand command) {
        if (model.get() != null && command != HostCommand.CTRL_ALT_DEL && command != HostCommand.CTRL_ALT_BACKSPACE) {
            model.get().release();
        }
        commands.get(command).run();
    }

    private void giveKeyboardToBar() {
        if (stage.isFullScreen()) {
            stage.setFullScreen(false);
        }
        bar.focusFirst();
    }

    private void turnTo(Page page) {
        pages.forEach((p, node) -> node.setVisible(p == page));
        bar.mark(page, false);
        focusPage();
    }

    private void focusPage() {
        switch (bar.pageProperty().get()) {
            case SCREEN -> canvas.requestFocus();
            case SERIAL_1 -> serial[0].focus();
            case SERIAL_2 -> serial[1].focus();
            case LOG, PERFORMANCE -> {}
        }
    }

    private void menuOpen(boolean open) {
        if (input != null) {
            input.suspend(open);
        }
        if (!open) {
            FxThread.later(this::focusPage);
        }
    }

    private OnScreenKeyboard.GuestKeys guestKeys() {
        Machine m = machine.machineProperty().get();
        return m == null ? null : m.input()::key;
    }

    private void captureInput() {
        if (model.get() != null) {
            canvas.requestFocus();
            model.get().capture();
        }
    }

    private void showSize(Viewport v) {
        statusBar.showSize(v.guestWidth() + " × " + v.guestHeight());
    }

    /** A picture that has become too large for the window makes the window larger, as far as the host's screen goes. */
    private void guestResized(int width, int height) {
        showSize(canvas.viewportProperty().get());
        if (stage.isFullScreen()
                || stage.isMaximized()
                || !stage.isShowing()
                || bar.pageProperty().get() != Page.SCREEN) {
            return;
        }
        double scale = stage.getOutputScaleX();
        grow(Math.max(0, width / scale - canvas.getWidth()), Math.max(0, height / scale - canvas.getHeight()));
    }

    /** The keyboard gets room below the picture instead of taking it from there. */
    private void showKeyboard(BorderPane screen, boolean shown) {
        screen.setBottom(shown ? keyboard : null);
        if (stage.isFullScreen() || stage.isMaximized()) {
            return;
        }
        if (shown) {
            keyboard.applyCss();
            double before = stage.getHeight();
            grow(0, keyboard.prefHeight(-1));
            grownForKeyboard = stage.getHeight() - before;
        } else {
            stage.setHeight(stage.getHeight() - grownForKeyboard);
            grownForKeyboard = 0;
        }
    }

    /** Makes the window larger, as far as the host's screen goes. */
    private void grow(double wider, double taller) {
        Rectangle2D host = Screen.getPrimary().getVisualBounds();
        double newWidth = Math.min(host.getWidth(), stage.getWidth() + wider);
        double newHeight = Math.min(host.getHeight(), stage.getHeight() + taller);
        stage.setX(Math.clamp(stage.getX(), host.getMinX(), host.getMaxX() - newWidth));
        stage.setY(Math.clamp(stage.getY(), host.getMinY(), host.getMaxY() - newHeight));
        stage.setWidth(newWidth);
        stage.setHeight(newHeight);
    }

    private void connect(Machine m) {
        disconnect();
        for (SerialPane pane : serial) {
            pane.connect(m);
        }
        log.connect(m);
        meter.connect(m);
        if (m == null) {
            recording.stop();
            return; // the last picture stays
        }
        ConsoleModel connected = new ConsoleModel(
                new HubInput(m.input()),
                m.drives(),
                services.threads().ui(),
                HostKey.parse(services.preferences().get(Preference.HOST_KEY)),
                HostCommand.keys(services.preferences()),
                this::carryOut);
        model.set(connected);
        input = new ConsoleInput(stage, canvas, connected);
        canvas.setScreen(m.screen());
        connected.capturedProperty().addListener((o, was, is) -> showHint(connected));
        connected.absoluteProperty().addListener((o, was, is) -> showHint(connected));
        statusBar.connect(connected);
        showHint(connected);
    }

    private void disconnect() {
        if (input != null) {
            input.close();
            input = null;
            model.set(null);
            keyboard.letGo();
            statusBar.connect(null);
        }
    }

    private void showHint(ConsoleModel of) {
        statusBar.showHint(of.hint(), of.capturedProperty().get());
    }

    private void showStatus() {
        Status s = machine.status();
        statusBar.showState(Text.of(s));
        boolean over = !s.live() && !s.busy();
        overlay.setVisible(over);
        String trouble = machine.troubleProperty().get();
        overlayText.setText(s == Status.FAILED ? trouble : Text.of("console.off.now"));
        message.show(s == Status.FAILED ? "" : trouble); // what ended it stands in the middle
        if (over && closeWhenOff) {
            stage.close();
        }
    }

    private void poll() {
        recording.tick();
        ConsoleModel m = model.get();
        if (m != null) {
            meter.tick(m::networkOctets, canvas.frames());
            m.soundFrames(subject.soundPlayed());
            Machine on = machine.machineProperty().get();
            m.sharedBytes(on == null ? 0 : on.shareActivity());
            m.poll();
            statusBar.refreshMedia();
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

    private void toggleFullScreen() {
        stage.setFullScreen(!stage.isFullScreen());
    }

    private void fullScreen(boolean on) {
        for (BorderPane side : List.of(upperSide, lowerSide)) {
            side.setCenter(null); // a node has one parent
        }
        root.setTop(on ? null : bar);
        root.setBottom(on ? null : statusBar);
        upperSide.setCenter(on ? bar : null);
        lowerSide.setCenter(on ? statusBar : null);
        sides.setTop(on ? upperSide : null);
        sides.setBottom(on ? lowerSide : null);
        focusPage();
    }

    /** A machine that is on does not simply vanish with its window. */
    private void closeRequested(WindowEvent e) {
        if (!machine.on()) {
            return;
        }
        e.consume();
        if (model.get() != null) {
            model.get().release();
        }
        Map<Answer, String> impossible =
                subject.suspend().isPresent() ? Map.of() : Map.of(Answer.SUSPEND, Text.of("console.close.noSuspend"));
        new CloseQuestion(stage, services, subject.name(), impossible)
                .showAndWait()
                .ifPresent(this::close);
    }

    private void close(Answer answer) {
        switch (answer) {
            case BACKGROUND -> stage.close();
            case POWER_BUTTON -> {
                closeWhenOff = true;
                machine.powerButton();
            }
            case POWER_OFF -> {
                closeWhenOff = true;
                machine.powerOff();
            }
            case SUSPEND -> {
                closeWhenOff = true;
                subject.suspend().ifPresent(Runnable::run);
            }
        }
    }

    private void closed() {
        display.removeListener(displayListener);
        machine.machineProperty().removeListener(machineListener);
        machine.statusProperty().removeListener(statusListener);
        machine.troubleProperty().removeListener(troubleListener);
        canvas.setScreen(null);
        poll.stop();
        recording.stop();
        disconnect();
        log.close();
        for (SerialPane pane : serial) {
            pane.close();
        }
    }
}
