package org.terrarium.app.snapshots;

import java.time.InstantSource;
import javafx.beans.InvalidationListener;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.Separator;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.terrarium.app.fx.Icons;
import org.terrarium.app.fx.TaskBar;
import org.terrarium.app.fx.Tasks;
import org.terrarium.app.text.Text;

/** All about a machine's snapshots: what can be done above, the tree, the selected one's page at the right, work under way below. */
public final class SnapshotsPane extends BorderPane {
    private final SnapshotsModel model;
    private final Tasks tasks;
    private final SnapshotCommands commands;
    private final SnapshotTreeView tree;
    private final SnapshotDetails details;
    private final VBox top;
    private final HBox bottom;
    private final Label trouble = new Label();
    private final HBox banner = new HBox(Icons.of("warning", 18), trouble);
    private final Label summary = new Label();
    private final InvalidationListener changed = o -> refresh();

    public SnapshotsPane(SnapshotsModel model, SnapshotActions actions, Tasks tasks, InstantSource clock) {
        this.model = model;
        this.tasks = tasks;
        getStyleClass().add("app-root");
        commands = new SnapshotCommands(actions, () -> model);
        tree = new SnapshotTreeView(actions, clock);
        details = new SnapshotDetails(commands);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox bar = new HBox(
                4,
                commands.take.tool(true),
                new Separator(javafx.geometry.Orientation.VERTICAL),
                commands.restore.tool(true),
                commands.copy.tool(true),
                commands.compare.tool(true),
                commands.rename.tool(false),
                commands.delete.tool(false),
                space,
                commands.policy.tool(true));
        bar.setAlignment(Pos.CENTER_LEFT);
        bar.getStyleClass().add("snapshot-bar");
        Label help = new Label(Text.of("snapshots.what"));
        help.getStyleClass().add("field-hint");
        help.setWrapText(true);
        help.setMinHeight(Region.USE_PREF_SIZE);
        VBox helpBox = new VBox(help);
        helpBox.getStyleClass().add("snapshot-help");
        trouble.setWrapText(true);
        banner.getStyleClass().add("banner");
        top = new VBox(bar, helpBox, banner);
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        summary.setId("snapshot-summary");
        summary.setMinWidth(Region.USE_PREF_SIZE);
        bottom = new HBox(14, summary, gap, new TaskBar(tasks));
        bottom.getStyleClass().add("status-bar-line");
        bottom.setAlignment(Pos.CENTER_LEFT);
        details.show(model);
        tree.show(model);
        showTree();
        model.shownProperty().addListener(changed);
        model.selectedProperty().addListener(changed);
        model.busyProperty().addListener(changed);
        model.troubleProperty().addListener(changed);
        model.machine().live().statusProperty().addListener(changed);
        model.machine().specProperty().addListener(changed);
        model.machine().throwsAwayProperty().addListener(changed);
        refresh();
    }

    /** Lets go of the model; the pane shows nothing new after that. */
    public void close() {
        model.shownProperty().removeListener(changed);
        model.selectedProperty().removeListener(changed);
        model.busyProperty().removeListener(changed);
        model.troubleProperty().removeListener(changed);
        model.machine().live().statusProperty().removeListener(changed);
        model.machine().specProperty().removeListener(changed);
        model.machine().throwsAwayProperty().removeListener(changed);
        tree.show(null);
        details.show(null);
    }

    private void showTree() {
        setTop(top);
        setCenter(tree);
        setRight(details);
        setBottom(bottom);
        tree.focusSelected();
    }

    /** Shows what has changed in a snapshot from the one before it. */
    public void compare(SnapshotItem with) {
        CompareModel comparison = new CompareModel(model, tasks::follow);
        comparison.choose(with);
        setTop(null);
        setRight(null);
        setCenter(new ComparePane(comparison, this::showTree));
        getCenter().requestFocus();
    }

    /** Gives the keyboard to the tree. */
    public void focusTree() {
        tree.focusSelected();
    }

    private void refresh() {
        commands.refresh();
        details.refresh();
        summary.setText(SnapshotTreeView.summary(model.shown()));
        trouble.setText(model.troubleProperty().get());
        banner.setVisible(!trouble.getText().isEmpty());
        banner.setManaged(banner.isVisible());
    }
}
