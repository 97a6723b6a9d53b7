package org.terrarium.app.settings;

import java.util.function.BiFunction;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.scene.control.Button;
import javafx.scene.control.TitledPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.terrarium.app.fx.Buttons;
import org.terrarium.app.fx.Form;

/** Parts of a machine that there may be several of, one below the other, and above them the button that adds one. */
final class PartsList<P> extends VBox {
    /** So many are shown with all their fields. */
    private static final int UNFOLDED = 2;

    private final ObservableList<P> parts;
    private final String none;
    private final BiFunction<P, Integer, TitledPane> pane;
    private final VBox panes = new VBox(10);

    /**
     * @param most parts there can be
     * @param add adds one
     * @param fixed whether none can be added now
     * @param none a sentence for when there are none
     * @param pane makes a part's fields; it is given the part's number, from 0
     */
    PartsList(
            ObservableList<P> parts,
            int most,
            Button add,
            boolean fixed,
            String none,
            BiFunction<P, Integer, TitledPane> pane) {
        super(12);
        this.parts = parts;
        this.none = none;
        this.pane = pane;
        if (fixed) {
            add.setDisable(true);
        } else {
            add.disableProperty().bind(Bindings.size(parts).greaterThanOrEqualTo(most));
        }
        getChildren().addAll(new HBox(add), panes);
        parts.addListener((ListChangeListener<P>) c -> {
            while (c.next()) {
                if (c.wasAdded() || c.wasRemoved()) {
                    show();
                    return;
                }
            }
        });
        show();
    }

    private void show() {
        panes.getChildren().clear();
        for (int number = 0; number < parts.size(); number++) {
            TitledPane part = pane.apply(parts.get(number), number);
            part.setExpanded(number == 0 || parts.size() <= UNFOLDED);
            part.setAnimated(false);
            panes.getChildren().add(part);
        }
        if (parts.isEmpty()) {
            panes.getChildren().add(Form.hint(none));
        }
    }

    /** The button that takes a part away, to be put among its fields. */
    static <P> Button remover(ObservableList<P> parts, P part, String id, String words) {
        Button remove = Buttons.labelled("delete", words, () -> parts.remove(part));
        remove.getStyleClass().addAll("danger", "button-outlined");
        remove.setId(id);
        return remove;
    }
}
