package org.terrarium.app.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextField;
import javafx.scene.control.TreeCell;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import org.terrarium.app.fx.Ask;
import org.terrarium.app.fx.Buttons;
import org.terrarium.app.fx.Dialogs;
import org.terrarium.app.fx.Form;
import org.terrarium.app.fx.Icons;
import org.terrarium.app.library.Words;
import org.terrarium.app.text.Text;
import org.terrarium.vm.DiskController;

/** Disks, CD and floppies: a tree of controllers with what is connected to them, and the chosen one's settings below. */
final class StoragePane extends VBox {
    private static final double TREE_HEIGHT = 210;
    private static final long GIB = 1L << 30;
    private static final int MAX_GIB = 64 * 1024;

    /** A row of the tree. */
    private sealed interface Row {
        /** A controller; null for that of the floppies. */
        record Controller(DiskController kind) implements Row {}

        record Disk(DiskModel disk) implements Row {}

        record Cd() implements Row {}

        record Floppy(int drive) implements Row {}
    }

    private final SettingsModel model;
    private final StorageModel storage;
    private final Dialogs dialogs;
    private final Supplier<Window> window;
    private final SimpleStringProperty whyNot;
    private final TreeView<Row> tree = new TreeView<>();
    private final VBox chosen = new VBox();

    StoragePane(SettingsModel model, Dialogs dialogs, Supplier<Window> window) {
        super(10);
        this.model = model;
        this.storage = model.storage();
        this.dialogs = dialogs;
        this.window = window;
        whyNot = new SimpleStringProperty(model.whyNotNow());
        tree.setId("storage-tree");
        tree.setAccessibleText(Text.of("settings.storage.tree"));
        tree.setShowRoot(false);
        tree.setMinHeight(TREE_HEIGHT);
        tree.setPrefHeight(TREE_HEIGHT);
        tree.setCellFactory(v -> new RowCell());
        tree.getSelectionModel().selectedItemProperty().addListener((o, was, is) -> {
            if (is != null) {
                chosen.getChildren().setAll(details(is.getValue()));
            }
        });
        Button addNew = Buttons.labelled("add", Text.of("settings.storage.addNew"), this::addNew);
        addNew.setId("disk-add-new");
        Button addExisting = Buttons.labelled("folder", Text.of("settings.storage.addExisting"), this::addExisting);
        addExisting.setId("disk-add-existing");
        Form.unless(whyNot, addNew, addExisting);
        getChildren().addAll(tree, new HBox(8, addNew, addExisting), chosen);
        storage.disks().addListener((ListChangeListener<DiskModel>) c -> rebuild(null));
        storage.cdControllerProperty().addListener((o, was, is) -> rebuild(new Row.Cd()));
        storage.cdProperty().addListener((o, was, is) -> tree.refresh());
        storage.floppyProperty(0).addListener((o, was, is) -> tree.refresh());
        storage.floppyProperty(1).addListener((o, was, is) -> tree.refresh());
        rebuild(new Row.Cd());
    }

    private void rebuild(Row wanted) {
        TreeItem<Row> before = tree.getSelectionModel().getSelectedItem();
        Row select = wanted != null ? wanted : before == null ? new Row.Cd() : before.getValue();
        TreeItem<Row> root = new TreeItem<>();
        for (DiskController kind : DiskController.values()) {
            TreeItem<Row> controller = item(root, new Row.Controller(kind));
            storage.disks().stream()
                    .filter(d -> d.controllerProperty().get() == kind)
                    .forEach(d -> item(controller, new Row.Disk(d)));
            if (storage.cdControllerProperty().get() == kind) {
                item(controller, new Row.Cd());
            }
            if (controller.getChildren().isEmpty()) {
                root.getChildren().remove(controller);
            }
        }
        TreeItem<Row> floppies = item(root, new Row.Controller(null));
        item(floppies, new Row.Floppy(0));
        item(floppies, new Row.Floppy(1));
        tree.setRoot(root);
        TreeItem<Row> again = find(root, select);
        tree.getSelectionModel().select(again != null ? again : find(root, new Row.Cd()));
    }

    private static TreeItem<Row> item(TreeItem<Row> parent, Row row) {
        TreeItem<Row> item = new TreeItem<>(row);
        item.setExpanded(true);
        parent.getChildren().add(item);
        return item;
    }

    private static TreeItem<Row> find(TreeItem<Row> under, Row row) {
        for (TreeItem<Row> child : under.getChildren()) {
            if (row.equals(child.getValue())) {
                return child;
            }
            TreeItem<Row> deeper = find(child, row);
            if (deeper != null) {
                return deeper;
            }
        }
        return null;
    }

    private List<Node> details(Row row) {
        return switch (row) {
            case Row.Controller c ->
                List.of(note(
                        c.kind() == null
                                ? "settings.storage.about.floppy"
                                : "settings.storage.about." + c.kind().id()));
            case Row.Disk d -> List.of(disk(d.disk()));
            case Row.Cd _ -> List.of(cd());
            case Row.Floppy f -> List.of(floppy(f.drive()));
        };
    }

    private static Node note(String key) {
        Form form = new Form();
        form.note(Text.of(key));
        return form;
    }

    private Node disk(DiskModel disk) {
        Form form = new Form();
        ComboBox<DiskController> controller = form.choice(
                "disk-controller",
                Text.of("settings.storage.controller"),
                disk.controllerProperty(),
                List.of(DiskController.values()),
                Text::of,
                Text.of("settings.storage.controllerHint"));
        CheckBox discard = form.check(
                "disk-discard",
                Text.of("settings.storage.discard"),
                disk.discardProperty(),
                Text.of("settings.storage.discardHint"));
        Button up = Buttons.labelled("up", Text.of("settings.storage.up"), () -> storage.move(disk, -1));
        Button down = Buttons.labelled("down", Text.of("settings.storage.down"), () -> storage.move(disk, 1));
        Button remove = Buttons.labelled(
                "delete",
                Text.of("settings.storage.remove"),
                () -> storage.disks().remove(disk));
        remove.setId("disk-remove");
        remove.getStyleClass().addAll("danger", "button-outlined");
        form.getChildren().add(new HBox(8, up, down, remove));
        form.note(Text.of("settings.storage.removeHint"));
        Form.unless(whyNot, controller, discard, up, down, remove);
        return form;
    }

    private Node cd() {
        Form form = new Form();
        Button choose = Buttons.choose(
                () -> dialogs.chooseIso(window.get()), f -> storage.cdProperty().set(f.toString()));
        Button eject = Buttons.labelled(
                "eject",
                Text.of("settings.storage.eject"),
                () -> storage.cdProperty().set(""));
        eject.setId("cd-eject");
        TextField file = form.file(
                "set-cd",
                Text.of("settings.storage.cdFile"),
                storage.cdProperty(),
                storage.cdProblem(),
                null,
                choose,
                eject);
        file.setPromptText(Text.of("settings.storage.emptyDrive"));
        ComboBox<DiskController> controller = form.choice(
                "cd-controller",
                Text.of("settings.storage.controller"),
                storage.cdControllerProperty(),
                List.of(DiskController.IDE, DiskController.AHCI),
                Text::of,
                null);
        Form.unless(whyNot, controller);
        return form;
    }

    private Node floppy(int drive) {
        Form form = new Form();
        StringProperty value = storage.floppyProperty(drive);
        Button choose = Buttons.choose(() -> dialogs.chooseFloppy(window.get()), f -> value.set(f.toString()));
        Button eject = Buttons.labelled("eject", Text.of("settings.storage.eject"), () -> value.set(""));
        TextField file = form.file(
                "set-floppy-" + drive,
                Text.of("settings.storage.floppyFile"),
                value,
                storage.floppyProblem(drive),
                null,
                choose,
                eject);
        file.setPromptText(Text.of("settings.storage.emptyDrive"));
        return form;
    }

    private void addNew() {
        new Ask(
                        dialogs.theme(),
                        window.get(),
                        "disk",
                        Text.of("settings.storage.addNewTitle"),
                        Text.of("settings.storage.addNewAgree"))
                .show(Text.of("settings.storage.size"), "8", null, StoragePane::sizeProblem)
                .ifPresent(gib -> select(storage.addNew(Numbers.of(gib) * GIB)));
    }

    private static String sizeProblem(String gib) {
        long n = Numbers.of(gib);
        return n < 1 || n > MAX_GIB ? Text.of("settings.wrong.diskSize", MAX_GIB) : "";
    }

    private void addExisting() {
        Optional<Path> file = dialogs.chooseDisk(window.get());
        file.ifPresent(f -> select(storage.addExisting(f)));
    }

    private void select(DiskModel disk) {
        rebuild(new Row.Disk(disk));
    }

    /** A controller, or a drive with what is in it. */
    private final class RowCell extends TreeCell<Row> {
        @Override
        protected void updateItem(Row row, boolean empty) {
            super.updateItem(row, empty);
            if (empty || row == null) {
                setText(null);
                setGraphic(null);
                return;
            }
            switch (row) {
                case Row.Controller c ->
                    show("controller", c.kind() == null ? Text.of("settings.storage.floppies") : Text.of(c.kind()));
                case Row.Disk d ->
                    show(
                            "disk",
                            Words.file(d.disk().file())
                                    + (d.disk().newBytes() == 0
                                            ? ""
                                            : "  –  "
                                                    + Text.of(
                                                            "settings.storage.new",
                                                            Words.size(d.disk().newBytes()))));
                case Row.Cd _ ->
                    show(
                            "cd",
                            medium(
                                    Text.of("settings.storage.cd"),
                                    storage.cdProperty().get()));
                case Row.Floppy f ->
                    show(
                            "floppy",
                            medium(
                                    Text.of("settings.storage.floppy", f.drive() == 0 ? "A" : "B"),
                                    storage.floppyProperty(f.drive()).get()));
            }
        }

        private void show(String icon, String text) {
            setGraphic(Icons.of(icon, 16));
            setText(text);
        }

        private static String medium(String drive, String file) {
            String name = file.isBlank() ? Text.of("settings.storage.emptyDrive") : file.replaceFirst(".*[/\\\\]", "");
            return drive + ":  " + name;
        }
    }
}
