package org.terrarium.app.library;

import atlantafx.base.controls.CustomTextField;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.terrarium.app.fx.Buttons;
import org.terrarium.app.fx.Icons;
import org.terrarium.app.text.Text;

/** The list of machines at the window's left side: in groups, to be searched, each with what it is doing. */
public final class LibraryView extends VBox {
    private static final double WIDTH = 300;
    private static final double LEAST_WIDTH = 230;

    private final LibraryModel model;
    private final TreeView<LibraryItem> list = new TreeView<>(new TreeItem<>());
    private final CustomTextField search = new CustomTextField();
    private final Label nothing = new Label(Text.of("library.nothingFound"));
    private final Set<String> folded = new HashSet<>();
    private boolean rebuilding;

    /** What the window does for this view. */
    public interface Actions {
        /** The user asked for a machine itself, with a double click or Enter. */
        void open(MachineModel machine);

        /** The selected machine's own menu. */
        ContextMenu menu();
    }

    public LibraryView(LibraryModel model, Actions actions) {
        this.model = model;
        getStyleClass().add("sidebar");
        setPrefWidth(WIDTH);
        setMinWidth(LEAST_WIDTH);
        list.setId("machines");
        list.setAccessibleText(Text.of("library.list"));
        list.getStyleClass().add("machine-list");
        list.setShowRoot(false);
        list.setCellFactory(v -> new MachineCell(actions));
        list.setContextMenu(actions.menu());
        list.setOnKeyPressed(e -> {
            if (e.getCode() == KeyCode.ENTER) {
                selected().ifPresent(actions::open);
            }
        });
        list.getSelectionModel().selectedItemProperty().addListener((o, was, is) -> {
            if (!rebuilding) {
                selected().ifPresent(m -> model.selectedProperty().set(m));
            }
        });
        model.selectedProperty().addListener((o, was, is) -> select(is));
        model.placedProperty().addListener((o, was, is) -> rebuild());
        nothing.getStyleClass().add("placeholder-text");
        StackPane middle = new StackPane(list, nothing);
        VBox.setVgrow(middle, Priority.ALWAYS);
        VBox top = new VBox(search());
        top.setPadding(new Insets(12, 12, 8, 12));
        getChildren().addAll(top, middle);
        rebuild();
    }

    private Node search() {
        search.setPromptText(Text.of("library.search"));
        search.setAccessibleText(Text.of("library.search"));
        search.setLeft(Icons.of("search", 15));
        search.setId("search");
        Button clear = Buttons.flat("close", Text.of("library.clearSearch"), search::clear);
        clear.setFocusTraversable(false);
        clear.visibleProperty().bind(search.textProperty().isNotEmpty());
        search.setRight(clear);
        search.textProperty().addListener((o, was, is) -> rebuild());
        search.setOnKeyPressed(e -> {
            if (e.getCode() == KeyCode.ESCAPE) {
                search.clear();
            } else if (e.getCode() == KeyCode.DOWN) {
                list.requestFocus();
            }
        });
        return search;
    }

    /** Puts the keyboard into the search field. */
    public void find() {
        search.requestFocus();
        search.selectAll();
    }

    /** The machine in whose row a node is. */
    public static Optional<MachineModel> machineAt(Node node) {
        for (Node n = node; n != null; n = n.getParent()) {
            if (n instanceof MachineCell cell) {
                return Optional.ofNullable(cell.machine());
            }
        }
        return Optional.empty();
    }

    private Optional<MachineModel> selected() {
        TreeItem<LibraryItem> item = list.getSelectionModel().getSelectedItem();
        return item != null && item.getValue() instanceof LibraryItem.Entry e
                ? Optional.of(e.machine())
                : Optional.empty();
    }

    private void rebuild() {
        String wanted = search.getText().strip().toLowerCase(Locale.ROOT);
        Map<String, TreeItem<LibraryItem>> groups = new LinkedHashMap<>();
        TreeItem<LibraryItem> root = new TreeItem<>();
        root.setExpanded(true);
        for (LibraryModel.Placed placed : model.placedProperty().get()) {
            if (!placed.machine().matches(wanted)) {
                continue;
            }
            TreeItem<LibraryItem> parent =
                    placed.group().isEmpty() ? root : groups.computeIfAbsent(placed.group(), g -> group(root, g));
            parent.getChildren().add(new TreeItem<>(new LibraryItem.Entry(placed.machine())));
        }
        rebuilding = true;
        list.setRoot(root);
        rebuilding = false;
        boolean empty = root.getChildren().isEmpty();
        nothing.setVisible(empty && model.loadedProperty().get() || empty && !wanted.isEmpty());
        nothing.setText(Text.of(wanted.isEmpty() ? "library.empty" : "library.nothingFound"));
        select(model.selectedProperty().get());
    }

    private TreeItem<LibraryItem> group(TreeItem<LibraryItem> root, String name) {
        TreeItem<LibraryItem> item = new TreeItem<>(new LibraryItem.Group(name));
        item.setExpanded(!folded.contains(name));
        item.expandedProperty().addListener((o, was, is) -> {
            if (is) {
                folded.remove(name);
            } else {
                folded.add(name);
            }
        });
        root.getChildren().add(item);
        return item;
    }

    private void select(MachineModel machine) {
        TreeItem<LibraryItem> item = find(list.getRoot(), machine);
        if (item == null) {
            list.getSelectionModel().clearSelection();
        } else if (item != list.getSelectionModel().getSelectedItem()) {
            list.getSelectionModel().select(item);
        }
    }

    private static TreeItem<LibraryItem> find(TreeItem<LibraryItem> under, MachineModel machine) {
        for (TreeItem<LibraryItem> child : under.getChildren()) {
            if (child.getValue() instanceof LibraryItem.Entry e && e.machine() == machine) {
                return child;
            }
            TreeItem<LibraryItem> deeper = find(child, machine);
            if (deeper != null) {
                return deeper;
            }
        }
        return null;
    }
}
