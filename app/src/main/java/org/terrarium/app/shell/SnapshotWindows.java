package org.terrarium.app.shell;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.terrarium.app.fx.Dialogs;
import org.terrarium.app.fx.Theme;
import org.terrarium.app.library.MachineModel;
import org.terrarium.app.snapshots.Ages;
import org.terrarium.app.snapshots.SnapshotActions;
import org.terrarium.app.snapshots.SnapshotItem;
import org.terrarium.app.snapshots.SnapshotsCard;
import org.terrarium.app.snapshots.SnapshotsModel;
import org.terrarium.app.snapshots.SnapshotsPane;
import org.terrarium.app.text.Text;
import org.terrarium.vm.snapshot.SnapshotNode;
import org.terrarium.vm.snapshot.Snapshots;

/** The machines' snapshots, and the windows that show them, one a machine at most. Belongs to the JavaFX thread. */
final class SnapshotWindows implements SnapshotActions.Host {
    private static final double WIDTH = 1060;
    private static final double HEIGHT = 680;

    private final Stage main;
    private final Services services;
    private final Clones clones;
    private final SnapshotActions inMain;
    private final Map<MachineModel, SnapshotsModel> models = new HashMap<>();
    private final Map<MachineModel, Open> open = new HashMap<>();

    private record Open(Stage stage, SnapshotsPane pane) {}

    SnapshotWindows(Stage main, Services services, Clones clones) {
        this.main = main;
        this.services = services;
        this.clones = clones;
        this.inMain = new SnapshotActions(() -> main, services.dialogs(), this);
    }

    /** A machine's snapshots. */
    SnapshotsModel model(MachineModel machine) {
        return models.computeIfAbsent(machine, m -> {
            Dialogs dialogs = services.dialogs();
            SnapshotsModel made = new SnapshotsModel(
                    m,
                    services.threads(),
                    services.tasks()::follow,
                    (headline, sentence) ->
                            services.threads().ui().execute(() -> dialogs.error(window(m), headline, sentence)));
            made.shownProperty()
                    .addListener((o, was, is) -> m.suspendedProperty().set(is.suspended()));
            made.refresh();
            return made;
        });
    }

    private Window window(MachineModel machine) {
        Open shown = open.get(machine);
        return shown == null || !shown.stage.isShowing() ? main : shown.stage;
    }

    /** Looks whether the snapshots of these machines have changed, and forgets others. */
    void refresh(Collection<MachineModel> machines) {
        models.keySet().removeIf(m -> !machines.contains(m));
        machines.forEach(m -> model(m).refresh());
    }

    /** The card for a machine's page. */
    SnapshotsCard card() {
        return new SnapshotsCard(inMain, InstantSource.system(), m -> show(m.machine()));
    }

    /**
     * Before a start: when the machine was lost with the host or the program, asks whether it shall go on from the last
     * snapshot of that run. Its disks as they are now are kept in a snapshot then.
     *
     * @param start starts it
     */
    void offerLastState(MachineModel machine, Runnable start) {
        services.threads().background().execute(() -> {
            Optional<SnapshotNode> last;
            try {
                last = Snapshots.lastStateOfLostRun(machine.folder());
            } catch (IOException e) {
                last = Optional.empty(); // the start says what is wrong
            }
            Optional<SnapshotNode> found = last;
            services.threads().ui().execute(() -> offer(machine, found, start));
        });
    }

    private void offer(MachineModel machine, Optional<SnapshotNode> last, Runnable start) {
        if (last.isEmpty()) {
            start.run();
            return;
        }
        SnapshotNode node = last.get();
        services.dialogs()
                .choose(
                        main,
                        Text.of("shell.lost.title", machine.name()),
                        Text.of(
                                "shell.lost.text",
                                node.name(),
                                Ages.words(node.created(), Instant.now(), ZoneId.systemDefault())),
                        List.of(Text.of("shell.lost.goOn"), Text.of("shell.lost.boot")))
                .ifPresent(answer -> {
                    if (answer == 0) {
                        model(machine).goOnFrom(node, Text.of("shell.lost.kept"), start);
                    } else {
                        start.run();
                    }
                });
    }

    /** Asks for a name and takes a snapshot. */
    void take(MachineModel machine) {
        inMain.take(model(machine));
    }

    /** Shows a machine's snapshots in a window of their own, or brings that to the front. */
    void show(MachineModel machine) {
        Open shown = open.get(machine);
        if (shown == null || !shown.stage.isShowing()) {
            shown = make(machine);
            open.put(machine, shown);
            shown.stage.show();
        }
        model(machine).refresh();
        shown.stage.toFront();
        shown.pane.focusTree();
    }

    private Open make(MachineModel machine) {
        Stage stage = new Stage();
        SnapshotActions actions = new SnapshotActions(() -> stage, services.dialogs(), this);
        SnapshotsPane pane = new SnapshotsPane(model(machine), actions, services.tasks(), InstantSource.system());
        Scene scene = new Scene(pane, WIDTH, HEIGHT);
        services.theme().apply(scene);
        scene.getAccelerators().put(new KeyCodeCombination(KeyCode.W, KeyCodeCombination.SHORTCUT_DOWN), stage::close);
        Theme.icon(stage);
        stage.initOwner(main);
        stage.setTitle(Text.of("snapshots.window", machine.name()));
        stage.setMinWidth(860);
        stage.setMinHeight(480);
        stage.setScene(scene);
        new WindowPlace(services.preferences(), "snapshots").follow(stage);
        stage.setOnHidden(e -> pane.close());
        return new Open(stage, pane);
    }

    @Override
    public void clone(MachineModel machine, SnapshotItem from) {
        clones.ask(window(machine), machine, from);
    }

    @Override
    public void compare(SnapshotsModel model, SnapshotItem with) {
        show(model.machine());
        open.get(model.machine()).pane.compare(with);
    }
}
