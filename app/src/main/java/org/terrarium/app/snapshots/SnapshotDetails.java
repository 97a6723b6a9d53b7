package org.terrarium.app.snapshots;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import javafx.beans.value.ChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.terrarium.app.fx.Icons;
import org.terrarium.app.fx.Pictures;
import org.terrarium.app.library.Words;
import org.terrarium.app.machine.Status;
import org.terrarium.app.text.Text;
import org.terrarium.vm.display.Picture;
import org.terrarium.vm.spec.MachineSpec;

/** The page beside the tree: the selected snapshot with its name and note to edit, or what the machine is now. */
final class SnapshotDetails extends ScrollPane {
    private static final double WIDTH = 330;
    private static final double PICTURE_HEIGHT = 190;
    private static final int NOTE_ROWS = 3;

    private final SnapshotCommands commands;
    private final ImageView view = new ImageView();
    private final StackPane picture = new StackPane();
    private final Label title = new Label(Text.of("snapshots.present"));
    private final Label about = new Label();
    private final TextField name = new TextField();
    private final TextArea note = new TextArea();
    private final VBox edit = new VBox(5);
    private final Label problem = new Label();
    private final GridPane facts = new GridPane(14, 7);
    private final FlowPane buttons = new FlowPane(8, 8);
    private final ChangeListener<Picture> pictureListener = (o, was, is) -> showPicture();
    private SnapshotsModel model;
    private SnapshotItem shown;

    SnapshotDetails(SnapshotCommands commands) {
        this.commands = commands;
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        setPrefWidth(WIDTH);
        setMinWidth(WIDTH);
        getStyleClass().add("snapshot-details");
        picture.getStyleClass().add("preview");
        picture.setMinHeight(PICTURE_HEIGHT);
        picture.setPrefHeight(PICTURE_HEIGHT);
        view.setFitWidth(WIDTH - 48);
        view.setFitHeight(PICTURE_HEIGHT - 8);
        view.setPreserveRatio(true);
        title.getStyleClass().add("page-title");
        for (Label l : List.of(about, problem)) {
            l.setWrapText(true);
            l.setMinHeight(Region.USE_PREF_SIZE);
        }
        about.getStyleClass().add("subtitle");
        problem.getStyleClass().add("field-problem");
        name.setId("snapshot-name");
        note.setId("snapshot-note");
        note.setPrefRowCount(NOTE_ROWS);
        note.setWrapText(true);
        note.setPromptText(Text.of("snapshots.note.prompt"));
        edit.getChildren().addAll(label("snapshots.name", name), name, problem, label("snapshots.note", note), note);
        name.setOnAction(e -> save());
        for (Node n : List.of(name, note)) {
            n.focusedProperty().addListener((o, was, is) -> {
                if (!is) {
                    save();
                }
            });
        }
        name.textProperty().addListener((o, was, is) -> check());
        ColumnConstraints first = new ColumnConstraints();
        first.setMinWidth(Region.USE_PREF_SIZE);
        ColumnConstraints second = new ColumnConstraints();
        second.setHgrow(Priority.ALWAYS);
        facts.getColumnConstraints().addAll(first, second);
        buttons.setAlignment(Pos.CENTER_LEFT);
        VBox content = new VBox(14, picture, title, about, edit, buttons, facts);
        content.getStyleClass().add("settings-page");
        setContent(content);
    }

    private static Label label(String key, Node of) {
        Label label = new Label(Text.of(key));
        label.getStyleClass().add("field-label");
        label.setLabelFor(of);
        of.setAccessibleText(label.getText());
        return label;
    }

    /** Shows another machine's selected node. */
    void show(SnapshotsModel other) {
        if (model != null) {
            model.machine().live().thumbnailProperty().removeListener(pictureListener);
        }
        model = other;
        shown = null;
        if (other != null) {
            other.machine().live().thumbnailProperty().addListener(pictureListener);
        }
    }

    /** Shows what is selected now; text that is being edited stays. */
    void refresh() {
        if (model == null) {
            return;
        }
        Optional<SnapshotItem> item = model.selected();
        boolean same = item.isPresent()
                && shown != null
                && shown.id().equals(item.get().id());
        if (!same) {
            save();
        }
        shown = item.orElse(null);
        boolean snapshot = item.isPresent();
        edit.setVisible(snapshot);
        edit.setManaged(snapshot);
        title.setVisible(!snapshot);
        title.setManaged(!snapshot);
        item.ifPresentOrElse(i -> showSnapshot(i, same), this::showPresent);
        showPicture();
    }

    private void showSnapshot(SnapshotItem item, boolean same) {
        if (!same || !name.isFocused()) {
            name.setText(item.name());
        }
        if (!same || !note.isFocused()) {
            note.setText(item.node().note());
        }
        boolean fixed = !model.whyNotUse(item).isEmpty();
        name.setEditable(!fixed);
        note.setEditable(!fixed);
        about.setText(item.current() ? Text.of("snapshots.card.current") : "");
        about.setManaged(item.current());
        if (!same) {
            facts.getChildren().clear();
            fact(0, "snapshots.fact.taken", Ages.moment(item.node().created(), ZoneId.systemDefault()));
            fact(1, "snapshots.fact.machine", SnapshotWords.state(item.node()));
            fact(2, "snapshots.fact.size", Words.size(item.bytes()));
            model.describeHardware(item, spec -> hardware(item, spec));
            buttons.getChildren()
                    .setAll(
                            commands.restore.button("details-snapshot-restore", true, "accent"),
                            commands.copy.button("details-snapshot-clone", true),
                            commands.compare.button("details-snapshot-compare", true),
                            commands.delete.button("details-snapshot-delete", true, "danger", "button-outlined"));
        }
    }

    private void hardware(SnapshotItem item, MachineSpec spec) {
        if (spec != null && shown != null && shown.id().equals(item.id())) {
            fact(3, "library.details.cpu", Words.cpu(spec.cpu()));
            fact(4, "library.details.memory", Words.memory(spec.memoryMib()));
            fact(5, "library.details.disks", Integer.toString(spec.disks().size()));
        }
    }

    private void showPresent() {
        about.setManaged(true);
        String from = model.shown()
                .item(model.shown().current())
                .map(i -> Text.of("snapshots.present.from", i.name()))
                .orElseGet(() -> Text.of("snapshots.present.first"));
        about.setText(from);
        facts.getChildren().clear();
        Status status = model.machine().status();
        fact(
                0,
                "snapshots.fact.machine",
                model.shown().suspended() && status.startable() ? Text.of("library.suspended") : Text.of(status));
        fact(1, "snapshots.fact.all", SnapshotTreeView.summary(model.shown()));
        fact(2, "snapshots.fact.automatic", policy());
        buttons.getChildren()
                .setAll(
                        commands.take.button("details-snapshot-take", true, "accent"),
                        commands.copy.button("details-snapshot-clone", true),
                        commands.policy.button("details-snapshot-policy", true));
    }

    private String policy() {
        int minutes = model.shown().policy().everyMinutes();
        return minutes == 0
                ? Text.of("snapshots.policy.none")
                : Text.of(
                        "snapshots.policy.said", minutes, model.shown().policy().keep());
    }

    private void fact(int row, String key, String value) {
        Label what = new Label(Text.of(key));
        what.getStyleClass().add("card-title");
        Label is = new Label(value);
        is.setWrapText(true);
        is.setMinHeight(Region.USE_PREF_SIZE);
        facts.addRow(row, what, is);
    }

    private void showPicture() {
        Image image = null;
        if (shown == null) {
            Status status = model.machine().status();
            Picture live = model.machine().live().thumbnailProperty().get();
            boolean saved = model.shown().suspended() && status.startable();
            image = status.live() && live != null
                    ? Pictures.image(live.thumbnail(560, 420))
                    : saved ? read(model.shown().lastScreen()) : null;
        } else {
            image = read(shown.picture());
        }
        view.setImage(image);
        picture.getChildren().setAll(image == null ? Icons.of("console", 56) : view);
    }

    private static Image read(Path file) {
        return file == null ? null : new Image(file.toUri().toString(), 560, 420, true, true, true);
    }

    private void check() {
        String wrong =
                shown == null ? "" : SnapshotActions.nameProblem(name.getText().strip());
        problem.setText(wrong);
        problem.setVisible(!wrong.isEmpty());
        problem.setManaged(!wrong.isEmpty());
    }

    /** Keeps what was edited, when it is right and may be changed now. */
    private void save() {
        String newName = name.getText().strip();
        if (shown == null
                || !SnapshotActions.nameProblem(newName).isEmpty()
                || !model.whyNotUse(shown).isEmpty()) {
            return;
        }
        model.describe(shown, newName, note.getText().strip());
    }
}
