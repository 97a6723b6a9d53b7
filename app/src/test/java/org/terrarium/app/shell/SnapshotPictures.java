package org.terrarium.app.shell;

import java.nio.file.Path;
import javafx.scene.control.ScrollPane;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;
import org.terrarium.app.fx.FxThread;
import org.terrarium.app.library.MachineModel;
import org.terrarium.app.machine.Status;
import org.terrarium.app.snapshots.SnapshotItem;
import org.terrarium.app.snapshots.SnapshotsModel;
import org.terrarium.app.text.Text;
import org.terrarium.vm.snapshot.SnapshotNode;

/** The part of {@link Screenshots} that shows snapshots, clones, templates, throw-away runs, export and import. */
final class SnapshotPictures {
    private static final String NAME = "Experiment";

    private final PictureRig tour;

    SnapshotPictures(PictureRig tour) {
        this.tour = tour;
    }

    /** A machine with a past: two branches, one of them where somebody went on with something else. */
    void prepare() throws Exception {
        Path made = new Demo(tour.rig.model.library()).create().path();
        tour.robot.interact(tour.rig.model::refresh);
        String was = made.getFileName().toString().replace(".terrarium", "");
        PictureRig.await(() -> tour.rig.model.find(was).isPresent());
        tour.robot.interact(() -> tour.rig.model.rename(tour.machine(was), NAME));
        PictureRig.await(() -> tour.rig.model.find(NAME).isPresent());
        run();
        take("Fresh install", "Debian 12, nothing else on it. Root has no password.");
        type("a");
        take("Before the update", "");
        type("b");
        take("Updated", "The web server does not start any more.");
        restore("Before the update");
        PictureRig.await(() -> machine().status() == Status.RUNNING);
        type("c");
        take("With the older web server", "");
        tour.robot.interact(machine()::powerOff);
        PictureRig.await(() -> machine().status() == Status.OFF);
    }

    private MachineModel machine() {
        return tour.machine(NAME);
    }

    private SnapshotsModel model() {
        return tour.rig.window.snapshots().model(machine());
    }

    private SnapshotItem item(String name) {
        return model().shown().items().stream()
                .filter(i -> i.name().equals(name))
                .findAny()
                .orElseThrow();
    }

    private void run() throws Exception {
        tour.robot.interact(machine()::start);
        PictureRig.await(() -> machine().status() == Status.RUNNING && screen().contains("press any key"));
    }

    private String screen() {
        return machine().live().machineProperty().get().screen().text().text();
    }

    private void type(String key) throws Exception {
        machine().live().machineProperty().get().type(key);
        PictureRig.await(() -> screen().contains(" " + key + " "));
    }

    private void take(String name, String note) throws Exception {
        tour.robot.interact(() -> model().take(name, note));
        PictureRig.await(() -> model().busyProperty().get().isEmpty()
                && model().shown().items().stream()
                        .anyMatch(i -> i.name().equals(name) && i.node().state() == SnapshotNode.State.SAVED));
    }

    private void restore(String name) throws Exception {
        tour.robot.interact(() -> model().restore(item(name), null, true));
        PictureRig.await(() -> model().busyProperty().get().isEmpty()
                && item(name).id().equals(model().shown().current()));
    }

    /** A dialog that a button brings, and away with it. */
    private void dialog(String button, String picture) throws Exception {
        tour.fire(button);
        PictureRig.await(() -> PictureRig.dialog().isPresent());
        tour.shoot(picture);
        tour.closeDialog();
    }

    void walk() throws Exception {
        tour.select(NAME);
        // the walk in the other colours has left another one selected, and a tree has cards only of what can be seen
        tour.robot.interact(() -> model().selectedProperty().set(SnapshotsModel.PRESENT));
        PictureRig.await(() -> tour.there("#snapshot-present"));
        tour.robot.interact(() ->
                tour.robot.lookup(".details-view").queryAs(ScrollPane.class).setVvalue(1));
        tour.shoot("details-snapshots");
        FxThread.later(() -> tour.rig.window.snapshots().show(machine()));
        PictureRig.await(() -> tour.there("#snapshot-summary"));
        Stage window = (Stage)
                tour.robot.lookup("#snapshot-summary").query().getScene().getWindow();
        tour.shoot("snapshots");
        select("Updated");
        tour.shoot("snapshots-one");
        dialog("#details-snapshot-restore", "snapshots-restore");
        dialog("#details-snapshot-delete", "snapshots-delete");
        tour.fire("#details-snapshot-compare");
        PictureRig.await(() -> tour.there("#compare-screen"));
        tour.shoot("snapshots-compare");
        tour.fire("#compare-back");
        dialog("#tool-snapshotRename", "snapshots-note");
        dialog("#tool-snapshotPolicy", "snapshots-automatic");
        dialog("#tool-snapshotTake", "snapshots-take");
        tour.robot.interact(window::hide);
        tour.command("export");
        tour.shoot("export");
        tour.closeDialog();
        tour.command("import");
        tour.shoot("import");
        tour.closeDialog();
        tour.command("template");
        tour.shoot("template");
        tour.closeDialog();
        throwAway();
    }

    private void select(String name) throws Exception {
        tour.robot.interact(() -> model().selectedProperty().set(item(name).id()));
        PictureRig.await(() -> tour.there("#snapshot-name"));
    }

    private void throwAway() throws Exception {
        tour.robot.interact(machine()::startThrowAway);
        PictureRig.await(() -> machine().status() == Status.RUNNING
                && screen().contains("press any key")
                && machine().live().thumbnailProperty().get() != null);
        tour.shoot("throw-away");
        FxThread.later(() -> tour.stage.fireEvent(new WindowEvent(tour.stage, WindowEvent.WINDOW_CLOSE_REQUEST)));
        PictureRig.await(() -> PictureRig.dialog().isPresent());
        tour.shoot("close-window");
        tour.closeDialog();
        tour.robot.interact(machine()::powerOff);
        PictureRig.await(() -> WindowRig.shows(tour.robot, Text.of("shell.throwAway.title", NAME)));
        tour.shoot("throw-away-end");
        tour.closeDialog();
        PictureRig.await(() -> !machine().throwsAwayProperty().get());
    }
}
