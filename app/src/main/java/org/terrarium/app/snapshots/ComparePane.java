package org.terrarium.app.snapshots;

import java.util.List;
import javafx.collections.FXCollections;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.terrarium.app.fx.Buttons;
import org.terrarium.app.fx.Form;
import org.terrarium.app.fx.Icons;
import org.terrarium.app.text.Text;
import org.terrarium.vm.snapshot.SnapshotDiff;

/** The page that says what has changed from one snapshot to another: settings, disks with their files, memory, screen. */
final class ComparePane extends BorderPane {
    private static final int MOST_ROWS = 12;
    private static final double ROW = 24;

    private final CompareModel model;
    private final VBox result = new VBox(16);

    /** @param back leads back to the tree */
    ComparePane(CompareModel model, Runnable back) {
        this.model = model;
        setId("snapshot-compare");
        Button leave = Buttons.labelled("back", Text.of("snapshots.compare.back"), () -> {
            model.stop();
            back.run();
        });
        leave.setId("compare-back");
        Button swap = Buttons.flat("compare", Text.of("snapshots.compare.swap"), () -> {
            SnapshotItem was = model.beforeProperty().get();
            model.beforeProperty().set(model.afterProperty().get());
            model.afterProperty().set(was);
        });
        HBox bar = new HBox(
                10,
                leave,
                label("snapshots.compare.before"),
                choice("compare-before", true),
                label("snapshots.compare.after"),
                choice("compare-after", false),
                swap);
        bar.setAlignment(Pos.CENTER_LEFT);
        bar.getStyleClass().add("snapshot-bar");
        setTop(bar);
        result.getStyleClass().add("settings-page");
        ScrollPane scroll = new ScrollPane(result);
        scroll.setFitToWidth(true);
        setCenter(scroll);
        for (var p : List.of(model.diffProperty(), model.problemProperty(), model.workingProperty())) {
            p.addListener((o, was, is) -> show());
        }
        setOnKeyPressed(e -> {
            if (e.getCode() == KeyCode.ESCAPE) {
                leave.fire();
                e.consume();
            }
        });
        show();
    }

    private static Label label(String key) {
        Label label = new Label(Text.of(key));
        label.getStyleClass().add("field-label");
        label.setMinWidth(Region.USE_PREF_SIZE);
        return label;
    }

    private ComboBox<SnapshotItem> choice(String id, boolean before) {
        ComboBox<SnapshotItem> box = Form.choice(
                id, before ? model.beforeProperty() : model.afterProperty(), model.choices(), SnapshotItem::name);
        box.setAccessibleText(Text.of(before ? "snapshots.compare.before" : "snapshots.compare.after"));
        box.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(box, Priority.ALWAYS);
        box.valueProperty().addListener((o, was, is) -> model.compare());
        return box;
    }

    private void show() {
        result.getChildren().clear();
        if (!model.problemProperty().get().isEmpty()) {
            Label wrong = new Label(model.problemProperty().get());
            wrong.setWrapText(true);
            HBox banner = new HBox(Icons.of("warning", 18), wrong);
            banner.getStyleClass().add("banner");
            banner.setId("compare-problem");
            result.getChildren().add(banner);
        } else if (model.workingProperty().get()) {
            Button stop = Buttons.labelled("close", Text.of("snapshots.compare.stop"), model::stop);
            HBox wait = new HBox(12, new ProgressIndicator(), new Label(Text.of("snapshots.compare.working")), stop);
            wait.setAlignment(Pos.CENTER_LEFT);
            result.getChildren().add(wait);
        } else if (model.diffProperty().get() != null) {
            show(model.diffProperty().get());
        }
    }

    private void show(SnapshotDiff diff) {
        result.getChildren().add(card("settings", "snapshots.compare.settings", settings(diff)));
        for (SnapshotDiff.Disk disk : diff.disks()) {
            result.getChildren().add(disk(disk));
        }
        Label memory = new Label(DiffWords.memory(diff));
        memory.setId("compare-memory");
        memory.setWrapText(true);
        result.getChildren().add(card("memory", "library.details.memory", memory));
        result.getChildren()
                .add(card(
                        "display",
                        "snapshots.compare.screen",
                        diff.screen().isEmpty()
                                ? new Label(Text.of("snapshots.compare.sameScreen"))
                                : lines("compare-screen", "snapshots.compare.screen", diff.screen(), true)));
    }

    private static Node settings(SnapshotDiff diff) {
        if (diff.settings().isEmpty()) {
            return new Label(Text.of("snapshots.compare.sameSettings"));
        }
        GridPane grid = new GridPane(18, 6);
        grid.setId("compare-settings");
        for (int n = 0; n < 3; n++) {
            ColumnConstraints third = new ColumnConstraints();
            third.setPercentWidth(n == 0 ? 34 : 33);
            grid.getColumnConstraints().add(third);
        }
        int row = 0;
        for (SnapshotDiff.Setting s : diff.settings()) {
            Label name = new Label(DiffWords.setting(s.name()));
            Label was = new Label(DiffWords.value(s.before()));
            Label is = new Label(DiffWords.value(s.after()));
            was.getStyleClass().add("diff-gone");
            is.getStyleClass().add("diff-new");
            List.of(name, was, is).forEach(l -> l.setWrapText(true));
            grid.addRow(row++, name, was, is);
        }
        return grid;
    }

    private static Node disk(SnapshotDiff.Disk disk) {
        Label bytes = new Label(DiffWords.disk(disk));
        bytes.setWrapText(true);
        VBox both = new VBox(8, bytes);
        if (!disk.files().isEmpty()) {
            both.getChildren()
                    .add(lines("compare-files-" + disk.number(), "snapshots.compare.disks", disk.files(), false));
        }
        return card("disk", "snapshots.compare.disks", both);
    }

    /** Lines that begin with what became of them; only those that can be seen have nodes. */
    private static Node lines(String id, String title, List<String> lines, boolean fixed) {
        ListView<String> list = new ListView<>(FXCollections.observableArrayList(lines));
        list.setId(id);
        list.setAccessibleText(Text.of(title));
        list.getStyleClass().add("diff-lines");
        list.setFixedCellSize(ROW);
        list.setPrefHeight(Math.min(MOST_ROWS, lines.size()) * ROW + 4);
        list.setMinHeight(list.getPrefHeight());
        list.setCellFactory(v -> new LineCell(fixed));
        return list;
    }

    /** A line: green when new, red when gone. */
    private static final class LineCell extends ListCell<String> {
        LineCell(boolean fixed) {
            if (fixed) {
                getStyleClass().add("diff-screen");
            }
        }

        @Override
        protected void updateItem(String line, boolean empty) {
            super.updateItem(line, empty);
            getStyleClass().removeAll("diff-gone", "diff-new");
            setText(empty ? null : line);
            if (!empty && line != null) {
                if (line.startsWith("+")) {
                    getStyleClass().add("diff-new");
                } else if (line.startsWith("-")) {
                    getStyleClass().add("diff-gone");
                }
            }
        }
    }

    private static Node card(String icon, String title, Node body) {
        Label heading = new Label(Text.of(title));
        heading.getStyleClass().add("card-title");
        VBox text = new VBox(6, heading, body);
        HBox.setHgrow(text, Priority.ALWAYS);
        HBox card = new HBox(14, Icons.of(icon, 22), text);
        card.getStyleClass().add("card");
        return card;
    }
}
