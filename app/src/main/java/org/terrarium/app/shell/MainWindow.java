package org.terrarium.app.shell;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;
import org.terrarium.app.fx.Buttons;
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
import org.terrarium.app.machine.Status;
import org.terrarium.app.machine.Threads;
import org.terrarium.app.text.Text;
import org.terrarium.app.wizard.NewMachineDialog;
import org.terrarium.app.wizard.NewMachineModel;
import org.terrarium.vm.HostMemory;
import org.terrarium.vm.HostTrouble;

/** The window with the library: machines at the left, the selected one at the right. */
final class MainWindow implements LibraryView.Actions, DetailsView.Actions, MachineCommands.Actions {
    private static final Duration REFRESH = Duration.ofSeconds(3);

    private final Stage stage;
    private final LibraryModel model;
    private final Services services;
    private final Dialogs dialogs;
    private final Threads threads;
    private final Consoles consoles;
    private final Demo demo;
    private final DetailsView details = new DetailsView(this);
    private final StackPane content = new StackPane();
    private final Node welcome;
    private final StatusBar status;
    private final MachineCommands commands;
    private final Ticker refresh = new Ticker(REFRESH, this::refreshUnlessHidden);

    MainWindow(Stage stage, LibraryModel model, Services services, Consoles consoles, Demo demo) {
        this.stage = stage;
        this.model = model;
        this.services = services;
        this.dialogs = services.dialogs();
        this.threads = services.threads();
        this.consoles = consoles;
        this.demo = demo;
        welcome = welcome();
        status = new StatusBar(model, new TaskBar(services.tasks()));
        commands = new MachineCommands(model, services.shortcuts(), this);
        MainFrame frame = new MainFrame(new LibraryView(model, this), content, status);
        fill(frame);
        Scene scene = new Scene(frame, 1180, 780);
        services.theme().apply(scene);
        Theme.icon(stage);
        stage.setTitle("Terrarium");
        stage.setMinWidth(820);
        stage.setMinHeight(560);
        stage.setScene(scene);
        stage.setOnCloseRequest(this::closeRequested);
        new WindowPlace(services.preferences(), "main").follow(stage);
        // Machines may come, go and be started by other means, such as the command line.
        stage.showingProperty().addListener((o, was, is) -> {
            if (is) {
                refresh.start();
            } else {
                refresh.stop();
            }
        });
        stage.focusedProperty().addListener((o, was, is) -> {
            if (is) {
                model.refresh();
            }
        });
        model.selectedProperty().addListener((o, was, is) -> showSelected());
        model.loadedProperty().addListener((o, was, is) -> showSelected());
        showSelected();
    }

    private void fill(MainFrame frame) {
        Shortcuts keys = services.shortcuts();
        Command create = keys.add(new Command("newMachine", "add", this::newMachine), "Shortcut+N");
        Command makeDemo = keys.add(new Command("demo", "sprout", this::createDemo), null);
        Command quit = keys.add(
                new Command(
                        "quit", null, () -> stage.fireEvent(new WindowEvent(stage, WindowEvent.WINDOW_CLOSE_REQUEST))),
                "Shortcut+Q");
        frame.menu("file", create, makeDemo, null, quit);
        frame.menu("machine", commands.machineMenu().toArray(Command[]::new));
        frame.menu("view").getItems().setAll(themeItems());
        frame.tools(true, create);
        frame.tools(
                false, null, commands.start, commands.pause, commands.reset, commands.powerButton, commands.powerOff);
    }

    private List<MenuItem> themeItems() {
        ToggleGroup group = new ToggleGroup();
        List<MenuItem> items = new ArrayList<>();
        for (Theme.Choice choice : Theme.Choice.values()) {
            RadioMenuItem item = new RadioMenuItem(Text.of(choice));
            item.setId("theme-" + choice.id());
            item.setToggleGroup(group);
            item.setOnAction(e -> services.theme().choiceProperty().set(choice));
            item.setSelected(services.theme().choiceProperty().get() == choice);
            services.theme().choiceProperty().addListener((o, was, is) -> item.setSelected(is == choice));
            items.add(item);
        }
        return items;
    }

    void show() {
        stage.show();
        model.refresh();
    }

    private void refreshUnlessHidden() {
        if (!stage.isIconified()) {
            model.refresh();
            status.refresh();
        }
    }

    private void showSelected() {
        MachineModel machine = model.selectedProperty().get();
        details.show(machine);
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
        Label title = new Label("Welcome to Terrarium");
        title.getStyleClass().add("title");
        Label text = new Label("Make a virtual PC and give it a CD image to start from, or look around first:\n"
                + "the demo machine starts at once and needs no download.");
        text.getStyleClass().add("subtitle");
        text.setStyle("-fx-text-alignment: center;");
        Button tryDemo = Buttons.labelled("sprout", "Try the demo machine", this::createDemo);
        tryDemo.setId("demo-machine");
        tryDemo.getStyleClass().add("accent");
        Button create = Buttons.labelled("add", "New machine", this::newMachine);
        create.setId("new-machine");
        HBox buttons = new HBox(12, tryDemo, create);
        buttons.setAlignment(Pos.CENTER);
        VBox box = new VBox(Icons.of("terrarium", 112), title, text, buttons);
        box.getStyleClass().add("empty");
        return box;
    }

    private void createDemo() {
        threads.background().execute(() -> {
            try {
                String name = demo.create().name();
                threads.ui().execute(() -> model.refreshAndSelect(name, this::open));
            } catch (IOException e) {
                String sentence = HostTrouble.sentence(e);
                threads.ui().execute(() -> dialogs.error(stage, "The demo machine could not be made", sentence));
            }
        });
    }

    private void newMachine() {
        NewMachineModel answers = new NewMachineModel(n -> model.find(n).isPresent(), HostMemory.totalMib());
        NewMachineDialog dialog =
                new NewMachineDialog(stage, services.theme(), answers, () -> dialogs.chooseIso(stage));
        dialog.showAndWait()
                .filter(NewMachineDialog.CREATE::equals)
                .ifPresent(b -> model.create(answers.spec(), answers.diskBytes(), m -> {}));
    }

    @Override
    public void open(MachineModel machine) {
        if (machine.status().startable()) {
            machine.start();
        }
        if (machine.status() != Status.BROKEN && machine.status() != Status.ELSEWHERE) {
            consoles.show(machine);
        }
    }

    @Override
    public void remove(MachineModel machine) {
        boolean sure = dialogs.confirm(
                stage,
                Text.of("shell.remove.title", machine.name()),
                Text.of("shell.remove.text", machine.folder().path()),
                Text.of("shell.remove.delete"));
        if (sure) {
            model.delete(machine);
        }
    }

    @Override
    public void showFolder(MachineModel machine) {
        openFolder(machine.folder().path());
    }

    @Override
    public void openFolder(Path folder) {
        threads.background().execute(() -> {
            try {
                HostDesktop.open(folder);
            } catch (IOException e) {
                threads.ui().execute(() -> dialogs.error(stage, "The folder could not be opened", e.getMessage()));
            }
        });
    }

    @Override
    public void powerOff(MachineModel machine) {
        boolean sure = dialogs.confirm(
                stage,
                "Power off “" + machine.name() + "”?",
                "This is like pulling the plug; what the guest has not saved is lost.",
                "Power off");
        if (sure) {
            machine.powerOff();
        }
    }

    @Override
    public void reset(MachineModel machine) {
        boolean sure = dialogs.confirm(
                stage,
                "Reset “" + machine.name() + "”?",
                "The guest starts again at once; what it has not saved is lost.",
                "Reset");
        if (sure) {
            machine.reset();
        }
    }

    @Override
    public void insertCd(MachineModel machine) {
        dialogs.chooseIso(stage).ifPresent(machine::changeCd);
    }

    private void closeRequested(WindowEvent e) {
        List<MachineModel> live = model.live();
        if (!live.isEmpty()) {
            String names = live.stream().map(MachineModel::name).collect(Collectors.joining(", "));
            boolean sure = dialogs.confirm(
                    stage,
                    live.size() == 1 ? "A machine is still on" : live.size() + " machines are still on",
                    "Closing Terrarium powers off " + names + "; what " + (live.size() == 1 ? "it has" : "they have")
                            + " not saved is lost.",
                    "Power off and close");
            if (!sure) {
                e.consume();
                return;
            }
        }
        consoles.closeAll();
    }
}
