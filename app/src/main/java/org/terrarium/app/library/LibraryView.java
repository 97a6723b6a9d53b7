package org.terrarium.app.library;

import atlantafx.base.controls.CustomTextField;
import java.util.Locale;
import javafx.collections.ListChangeListener;
import javafx.collections.transformation.FilteredList;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.terrarium.app.fx.Icons;

/** The list of machines at the window's left side. */
public final class LibraryView extends VBox {
    private static final double WIDTH = 290;

    private final LibraryModel model;
    private final FilteredList<MachineModel> filtered;
    private final ListView<MachineModel> list;

    /** What the window does for this view. */
    public interface Actions {
        /** The user asked for a machine itself, with a double click or Enter. */
        void open(MachineModel machine);
    }

    public LibraryView(LibraryModel model, Actions actions) {
        this.model = model;
        filtered = new FilteredList<>(model.machines());
        list = new ListView<>(filtered);
        getStyleClass().add("sidebar");
        setPrefWidth(WIDTH);
        setMinWidth(220);
        list.setId("machines");
        list.getStyleClass().add("machine-list");
        list.setCellFactory(v -> new MachineCell());
        list.setPlaceholder(placeholder());
        VBox.setVgrow(list, Priority.ALWAYS);
        list.setOnMouseClicked(e -> {
            if (e.getButton() == MouseButton.PRIMARY && e.getClickCount() == 2) {
                openSelected(actions);
            }
        });
        list.setOnKeyPressed(e -> {
            if (e.getCode() == KeyCode.ENTER) {
                openSelected(actions);
            }
        });
        list.getSelectionModel().selectedItemProperty().addListener((o, was, is) -> {
            if (is != null) {
                model.selectedProperty().set(is);
            }
        });
        model.selectedProperty().addListener((o, was, is) -> select(is));
        // The list forgets its selection when machines come or go; the model does not.
        filtered.addListener((ListChangeListener<MachineModel>)
                c -> select(model.selectedProperty().get()));
        VBox top = new VBox(search());
        top.setPadding(new Insets(12, 12, 8, 12));
        getChildren().addAll(top, list);
    }

    private Node search() {
        CustomTextField search = new CustomTextField();
        search.setPromptText("Find a machine");
        search.setLeft(Icons.of("search", 15));
        search.setId("search");
        search.textProperty().addListener((o, was, is) -> {
            String wanted = is.strip().toLowerCase(Locale.ROOT);
            filtered.setPredicate(m -> m.name().toLowerCase(Locale.ROOT).contains(wanted));
            select(model.selectedProperty().get());
        });
        return search;
    }

    private Node placeholder() {
        Label text = new Label("No machines here");
        text.getStyleClass().add("placeholder-text");
        return text;
    }

    private void select(MachineModel machine) {
        if (machine == null) {
            list.getSelectionModel().clearSelection();
        } else if (filtered.contains(machine)) {
            list.getSelectionModel().select(machine);
        }
    }

    private void openSelected(Actions actions) {
        MachineModel machine = list.getSelectionModel().getSelectedItem();
        if (machine != null) {
            actions.open(machine);
        }
    }
}
