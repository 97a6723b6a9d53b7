package org.terrarium.app.snapshots;

import java.time.InstantSource;
import java.util.function.Consumer;
import javafx.beans.InvalidationListener;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.terrarium.app.fx.Buttons;
import org.terrarium.app.fx.Icons;
import org.terrarium.app.text.Text;

/** The snapshots on a machine's page: how many there are, their tree, and the way to their own window. */
public final class SnapshotsCard extends HBox {
    private static final double TREE_HEIGHT = 252;

    private final SnapshotTreeView tree;
    private final SnapshotCommands commands;
    private final Label summary = new Label();
    private final Label help = new Label(Text.of("snapshots.what"));
    private final InvalidationListener changed = o -> refresh();
    private SnapshotsModel model;

    /** @param manage shows the machine's snapshots in a window of their own */
    public SnapshotsCard(SnapshotActions actions, InstantSource clock, Consumer<SnapshotsModel> manage) {
        super(14);
        setId("details-snapshots");
        getStyleClass().add("card");
        commands = new SnapshotCommands(actions, () -> model);
        tree = new SnapshotTreeView(actions, clock);
        tree.setPrefHeight(TREE_HEIGHT);
        tree.setMinHeight(TREE_HEIGHT);
        Label heading = new Label(Text.of("snapshots.title"));
        heading.getStyleClass().add("card-title");
        summary.getStyleClass().add("card-value");
        help.getStyleClass().add("field-hint");
        help.setWrapText(true);
        help.setMinHeight(Region.USE_PREF_SIZE);
        VBox words = new VBox(3, heading, summary);
        HBox.setHgrow(words, Priority.ALWAYS);
        Button all = Buttons.labelled("snapshots", Text.of("snapshots.manage"), () -> manage.accept(model));
        all.setId("details-manage-snapshots");
        HBox head = new HBox(8, words, commands.take.button("details-take-snapshot", true), all);
        head.setAlignment(Pos.CENTER_LEFT);
        VBox text = new VBox(10, head, help, tree);
        text.setMinWidth(0);
        HBox.setHgrow(text, Priority.ALWAYS);
        getChildren().addAll(Icons.of("snapshots", 22), text);
    }

    /** Shows another machine's snapshots; null shows none. */
    public void show(SnapshotsModel other) {
        if (model == other) {
            return;
        }
        if (model != null) {
            model.shownProperty().removeListener(changed);
            model.busyProperty().removeListener(changed);
            model.machine().live().statusProperty().removeListener(changed);
            model.machine().specProperty().removeListener(changed);
            model.machine().throwsAwayProperty().removeListener(changed);
        }
        model = other;
        tree.show(other);
        if (other != null) {
            other.shownProperty().addListener(changed);
            other.busyProperty().addListener(changed);
            other.machine().live().statusProperty().addListener(changed);
            other.machine().specProperty().addListener(changed);
            other.machine().throwsAwayProperty().addListener(changed);
            refresh();
        }
    }

    private void refresh() {
        commands.refresh();
        boolean none = model.shown().items().isEmpty();
        summary.setText(SnapshotTreeView.summary(model.shown()));
        tree.setVisible(!none);
        tree.setManaged(!none);
        help.setVisible(none);
        help.setManaged(none);
    }
}
