package org.terrarium.app.shell;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.geometry.Pos;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.text.TextAlignment;
import javafx.stage.Screen;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;
import org.terrarium.app.fx.Command;
import org.terrarium.app.fx.Dialogs;
import org.terrarium.app.fx.Icons;
import org.terrarium.app.fx.Shortcuts;
import org.terrarium.app.fx.TaskBar;
import org.terrarium.app.fx.Theme;
import org.terrarium.app.fx.Ticker;
import org.terrarium.app.library.DetailsView;
import org.terrarium.app.library.LibraryModel;
import org.terrarium.app.library.LibraryView;
import org.terrarium.app.library.MachineModel;
import org.terrarium.app.snapshots.SnapshotsCard;
import org.terrarium.app.text.Text;
import org.terrarium.vm.HostTrouble;
import org.terrarium.vm.library.MachineEntry;
import org.terrarium.vm.library.MachineFolder;
import org.terrarium.vm.media.MediaKind;

/** The window with the library: machines at the left, the selected one at the right. */
final class MainWindow implements LibraryView.Actions, DetailsView.Actions, FileDrops.Actions {
    private static final Duration REFRESH = Duration.ofSeconds(3);
    private static final Duration SAMPLE = Duration.ofSeconds(1);

    private static final double WIDTH = 1180;
    private static final double HEIGHT = 780;

    /** Left of the screen for what the desktop draws around a window. */
    private static final double FRAME = 60;

    private final Stage stage;
    private final LibraryModel model;
    private final Services services;
    private final Dialogs dialogs;
    private final Consoles consoles;
    private final Demo demo;
    private final MachineActions actions;
    private final MachineCommands commands;
    private final Closing closing;
    private final Wizards wizards;
    private final Transfers transfers;
    private final SnapshotWindows snapshots;
    private final SnapshotsCard snapshotsCard;
    private final Command newMachine;
    private final Command makeDemo;
    private final DetailsView details;
    private final LibraryView list;
    private final StackPane content = new StackPane();
    private final Node welcome;
    private final StatusBar status;
    private final FileDrops drops;
    private final Ticker refresh = new Ticker(REFRESH, this::refreshUnlessHidden);
    private final Ticker sample = new Ticker(SAMPLE, this::sampleUnlessHidden);

    MainWindow(Stage stage, LibraryModel model, Services services, Consoles consoles, Demo demo) {
        this.stage = stage;
        this.model = model;
        this.services = services;
        this.dialogs = services.dialogs();
        this.consoles = consoles;
        this.demo = demo;
        wizards = new Wizards(stage, model, services, this::createDemo);
        closing = new Closing(stage, model, dialogs, this::closeAll);
        Clones clones = new Clones(stage, model, services);
        transfers = new Transfers(stage, model, services);
        snapshots = new SnapshotWindows(stage, services, clones);
        snapshotsCard = snapshots.card();
        actions = new MachineActions(stage, model, services, consoles, wizards::settings, clones, transfers, snapshots);
        commands = new MachineCommands(model, services.shortcuts(), actions);
        newMachine = services.shortcuts().add(new Command("newMachine", "add", wizards::newMachine), "Shortcut+N");
        makeDemo = services.shortcuts().add(new Command("demo", "sprout", this::createDemo), null);
        welcome = welcome();
        status = new StatusBar(model, new TaskBar(services.tasks()));
        details = new DetailsView(
                this,
                List.of(
                        hiddenForTemplates(commands.start.button("details-start", true, "accent")),
                        shownWhen(commands.linkedClone, "details-linkedClone"),
                        shownWhen(commands.keepChanges, "details-keepChanges"),
                        commands.pause.button("details-pause", true),
                        commands.reset.button("details-reset", true),
                        commands.powerButton.button("details-powerButton", true),
                        commands.powerOff.button("details-powerOff", true, "danger", "button-outlined")),
                List.of(
                        commands.settings.button("details-settings", true),
                        commands.showFolder.button("details-showFolder", false, "flat"),
                        commands.remove.button("details-remove", false, "flat", "danger")),
                snapshotsCard);
        list = new LibraryView(model, this);
        MainFrame frame = new MainFrame(list, content, status);
        fill(frame);
        Rectangle2D screen = Screen.getPrimary().getVisualBounds();
        Scene scene = new Scene(
                frame, Math.min(WIDTH, screen.getWidth() - FRAME), Math.min(HEIGHT, screen.getHeight() - FRAME));
        services.theme().apply(scene);
        drops = new FileDrops(stage, services, this);
        drops.accept(scene);
        Theme.icon(stage);
        stage.setTitle("Terrarium");
        stage.setMinWidth(Math.min(860, screen.getWidth()));
        stage.setMinHeight(Math.min(560, screen.getHeight()));
        stage.setScene(scene);
        stage.setOnCloseRequest(this::closeRequested);
        new WindowPlace(services.preferences(), "main").follow(stage);
        // Machines may come, go and be started by other means, such as the command line.
        stage.showingProperty().addListener((o, was, is) -> tick(is));
        stage.focusedProperty().addListener((o, was, is) -> {
            if (is) {
                model.refresh();
            }
        });
        model.selectedProperty().addListener((o, was, is) -> showSelected());
        model.loadedProperty().addListener((o, was, is) -> showSelected());
        model.placedProperty().addListener((o, was, is) -> snapshots.refresh(model.machines()));
        model.setRunEnd(this::throwAwayEnded);
        showSelected();
    }

    private void fill(MainFrame frame) {
        Shortcuts keys = services.shortcuts();
        Command open = keys.add(new Command("openFolder", "folder", this::openFolder), "Shortcut+O");
        Command preferences = keys.add(new Command("preferences", "options", wizards::preferences), "Shortcut+Comma");
        Command find = keys.add(new Command("find", "search", list::find), "Shortcut+F");
        Command quit = keys.add(
                new Command(
                        "quit", null, () -> stage.fireEvent(new WindowEvent(stage, WindowEvent.WINDOW_CLOSE_REQUEST))),
                "Shortcut+Q");
        Command bringIn = keys.add(new Command("import", "import", () -> transfers.bringIn(null)), "Shortcut+Shift+N");
        frame.menu("file", newMachine, open, bringIn, makeDemo, null, preferences, null, quit);
        frame.menu("machine", commands.machineMenu().toArray(Command[]::new));
        frame.menu("view", find, null).getItems().addAll(themeItems());
        frame.tools(true, newMachine);
        frame.tools(
                false,
                null,
                commands.start,
                commands.pause,
                commands.reset,
                commands.powerButton,
                commands.powerOff,
                null,
                commands.takeSnapshot,
                commands.snapshots,
                commands.copy,
                null,
                commands.settings,
                preferences);
    }

    private List<MenuItem> themeItems() {
        ToggleGroup group = new ToggleGroup();
        return Stream.of(Theme.Choice.values())
                .map(choice -> themeItem(choice, group))
                .toList();
    }

    private MenuItem themeItem(Theme.Choice choice, ToggleGroup group) {
        RadioMenuItem item = new RadioMenuItem(Text.of(choice));
        item.setId("theme-" + choice.id());
        item.setToggleGroup(group);
        item.setOnAction(e -> wizards.chooseTheme(choice));
        item.setSelected(services.theme().choiceProperty().get() == choice);
        services.theme().choiceProperty().addListener((o, was, is) -> item.setSelected(is == choice));
        return item;
    }

    @Override
    public ContextMenu menu() {
        ContextMenu menu = new ContextMenu();
        menu.getItems().setAll(MainFrame.items(commands.machineMenu(), Command::contextItem));
        return menu;
    }

    /** What happens to dropped files. */
    FileDrops drops() {
        return drops;
    }

    /** The machines' snapshots. */
    SnapshotWindows snapshots() {
        return snapshots;
    }

    void show() {
        stage.show();
        model.refresh();
    }

    private void tick(boolean on) {
        for (Ticker t : List.of(refresh, sample)) {
            if (on) {
                t.start();
            } else {
                t.stop();
            }
        }
    }

    private void refreshUnlessHidden() {
        if (!stage.isIconified()) {
            model.refresh();
            snapshots.refresh(model.machines());
            status.refresh();
        }
    }

    /** A template has a button of its own in this one's place. */
    private Node hiddenForTemplates(Node start) {
        start.visibleProperty().bind(commands.linkedClone.reasonProperty().isNotEmpty());
        start.managedProperty().bind(start.visibleProperty());
        return start;
    }

    /** A button that is there only while it can be pressed. */
    private static Node shownWhen(Command command, String id) {
        Node button = command.button(id, true, "accent");
        button.visibleProperty().bind(command.reasonProperty().isEmpty());
        button.managedProperty().bind(button.visibleProperty());
        return button;
    }

    /** Asks whether what a throw-away run has changed on the disks is worth keeping. */
    private void throwAwayEnded(MachineModel machine, Consumer<Boolean> keep) {
        Optional<Integer> answer = dialogs.chooseOne(
                stage,
                Text.of("shell.throwAway.title", machine.name()),
                Text.of("shell.throwAway.text"),
                List.of(Text.of("shell.throwAway.drop"), Text.of("shell.throwAway.keep")));
        keep.accept(answer.filter(n -> n == 1).isPresent());
    }

    private void sampleUnlessHidden() {
        if (!stage.isIconified()) {
            model.sample(System.nanoTime());
        }
    }

    private void showSelected() {
        MachineModel machine = model.selectedProperty().get();
        details.show(machine);
        snapshotsCard.show(machine == null ? null : snapshots.model(machine));
        status.refresh();
        if (machine != null) {
            content.getChildren().setAll(details);
        } else if (model.loadedProperty().get()) {
            content.getChildren().setAll(welcome);
        } else {
            content.getChildren().clear();
        }
    }

    private Node welcome() {
        Label title = new Label(Text.of("shell.welcome.title"));
        title.getStyleClass().add("title");
        Label text = new Label(Text.of("shell.welcome.text"));
        text.getStyleClass().add("subtitle");
        text.setWrapText(true);
        text.setTextAlignment(TextAlignment.CENTER);
        text.setMaxWidth(520);
        HBox buttons =
                new HBox(12, makeDemo.button("demo-machine", true, "accent"), newMachine.button("welcome-new", true));
        buttons.setAlignment(Pos.CENTER);
        VBox box = new VBox(Icons.of("terrarium", 112), title, text, buttons);
        box.getStyleClass().add("empty");
        return box;
    }

    private void createDemo() {
        services.threads().background().execute(() -> {
            try {
                String name = demo.create().name();
                services.threads().ui().execute(() -> model.refreshAndSelect(name, this::open));
            } catch (IOException e) {
                String sentence = HostTrouble.sentence(e);
                services.threads().ui().execute(() -> dialogs.error(stage, Text.of("shell.demo.failed"), sentence));
            }
        });
    }

    @Override
    public void open(MachineModel machine) {
        actions.open(machine);
    }

    @Override
    public void revert(MachineModel machine) {
        if (dialogs.confirm(
                stage,
                Text.of("shell.revert.title", machine.name()),
                Text.of("shell.revert.text"),
                Text.of("shell.revert.agree"))) {
            model.revert(machine);
        }
    }

    @Override
    public void newMachine(Path media, MediaKind kind) {
        wizards.newMachine(media, kind);
    }

    @Override
    public void bringIn(Path file) {
        transfers.bringIn(file);
    }

    private void openFolder() {
        dialogs.chooseFolder(stage, "machines", Text.of("shell.open.title")).ifPresent(this::openFolder);
    }

    @Override
    public void openFolder(Path path) {
        services.threads().background().execute(() -> {
            try {
                MachineFolder folder = model.library()
                        .findUsable(path.toAbsolutePath().toString())
                        .folder();
                Optional<MachineEntry> twin = model.library().twin(folder);
                services.threads().ui().execute(() -> openFolder(folder, twin));
            } catch (IOException | RuntimeException e) {
                String sentence = HostTrouble.sentence(e);
                services.threads().ui().execute(() -> dialogs.error(stage, Text.of("shell.open.failed"), sentence));
            }
        });
    }

    private void openFolder(MachineFolder folder, Optional<MachineEntry> twin) {
        if (twin.isEmpty()) {
            model.open(folder, false);
            return;
        }
        dialogs.choose(
                        stage,
                        Text.of("shell.open.knownTitle"),
                        Text.of(
                                "shell.open.knownText",
                                twin.get().name(),
                                twin.get().folder().path()),
                        List.of(Text.of("shell.open.copied"), Text.of("shell.open.moved")))
                .ifPresent(answer -> model.open(folder, answer == 0));
    }

    private void closeRequested(WindowEvent e) {
        if (closing.mayClose()) {
            consoles.closeAll();
        } else {
            e.consume();
        }
    }

    private void closeAll() {
        consoles.closeAll();
        stage.close();
    }
}
