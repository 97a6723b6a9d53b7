package org.terrarium.app.fx;

import java.util.List;
import java.util.function.Function;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableStringValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

/**
 * Fields one below the other, each with its name, what is wrong with it as soon as that is so, and why it cannot be changed now.
 * Belongs to the JavaFX thread.
 */
public final class Form extends VBox {
    private static final double SPACING = 14;
    private static final double CLOSE = 5;
    private static final double NUMBER_WIDTH = 130;
    private static final String INVALID = "invalid";

    public Form() {
        super(SPACING);
    }

    /** A line of text. */
    public TextField text(String id, String label, StringProperty value, ObservableStringValue problem, String hint) {
        TextField field = field(id, value, problem);
        add(label, field, field, problem, hint);
        return field;
    }

    /** A number with its unit. */
    public TextField number(
            String id, String label, StringProperty value, String unit, ObservableStringValue problem, String hint) {
        TextField field = field(id, value, problem);
        field.setPrefWidth(NUMBER_WIDTH);
        Label after = new Label(unit);
        after.getStyleClass().add("field-hint");
        HBox row = new HBox(8, field, after);
        row.setAlignment(Pos.CENTER_LEFT);
        add(label, row, field, problem, hint);
        return field;
    }

    /** A file's name with buttons beside it. */
    public TextField file(
            String id,
            String label,
            StringProperty value,
            ObservableStringValue problem,
            String hint,
            Node... buttons) {
        TextField field = field(id, value, problem);
        HBox.setHgrow(field, Priority.ALWAYS);
        field.setMaxHeight(Double.MAX_VALUE); // as high as the buttons
        HBox row = new HBox(8, field);
        row.getChildren().addAll(buttons);
        add(label, row, field, problem, hint);
        return field;
    }

    /** One of several values. */
    public <T> ComboBox<T> choice(
            String id, String label, ObjectProperty<T> value, List<T> values, Function<T, String> words, String hint) {
        ComboBox<T> box = choice(id, value, values, words);
        box.setMaxWidth(Double.MAX_VALUE);
        add(label, box, box, null, hint);
        return box;
    }

    /** A box for one of several values, to be placed somewhere. */
    public static <T> ComboBox<T> choice(
            String id, ObjectProperty<T> value, List<T> values, Function<T, String> words) {
        ComboBox<T> box = new ComboBox<>();
        box.setId(id);
        box.getItems().setAll(values);
        box.setConverter(new StringConverter<>() {
            @Override
            public String toString(T one) {
                return one == null ? "" : words.apply(one);
            }

            @Override
            public T fromString(String text) {
                return null; // not editable
            }
        });
        box.valueProperty().bindBidirectional(value);
        return box;
    }

    /** Yes or no. */
    public CheckBox check(String id, String label, BooleanProperty value, String hint) {
        CheckBox box = new CheckBox(label);
        box.setId(id);
        box.setWrapText(true);
        box.selectedProperty().bindBidirectional(value);
        VBox both = new VBox(CLOSE, box);
        if (hint != null) {
            both.getChildren().add(small(hint, "field-hint"));
        }
        getChildren().add(both);
        return box;
    }

    /** Anything else under a name. */
    public void add(String label, Node field, Control labelled, ObservableStringValue problem, String hint) {
        VBox box = new VBox(CLOSE);
        if (label != null) {
            Label title = new Label(label);
            title.getStyleClass().add("field-label");
            title.setLabelFor(labelled);
            labelled.setAccessibleText(label);
            box.getChildren().add(title);
        }
        box.getChildren().add(field);
        if (hint != null) {
            box.getChildren().add(small(hint, "field-hint"));
        }
        if (problem != null) {
            box.getChildren().add(sentence(problem, "field-problem"));
        }
        getChildren().add(box);
    }

    /** A sentence. */
    public void note(String text) {
        getChildren().add(hint(text));
    }

    /** A sentence that explains, to be placed somewhere. */
    public static Label hint(String text) {
        return small(text, "field-hint");
    }

    /** A sentence that explains one of several choices, below it. */
    public static Label underChoice(String text) {
        Label label = hint(text);
        label.getStyleClass().add("under-choice");
        return label;
    }

    /** A sentence that comes and goes, such as a warning. */
    public void note(ObservableStringValue text, String style) {
        getChildren().add(sentence(text, style));
    }

    /** Greys something out as long as there is a reason. */
    public static void unless(ObservableStringValue reason, Node... nodes) {
        for (Node n : nodes) {
            n.disableProperty().bind(reason.map(r -> !r.isEmpty()));
        }
    }

    /** A label that takes no place while it is empty. */
    public static Label sentence(ObservableStringValue text, String style) {
        Label label = small("", style);
        label.textProperty().bind(text);
        label.visibleProperty().bind(text.map(t -> !t.isEmpty()));
        label.managedProperty().bind(label.visibleProperty());
        return label;
    }

    private static Label small(String text, String style) {
        Label label = new Label(text);
        label.getStyleClass().add(style);
        label.setWrapText(true);
        label.setMinHeight(Label.USE_PREF_SIZE);
        return label;
    }

    /** A field that is marked while something is wrong with it. */
    public static TextField field(String id, StringProperty value, ObservableStringValue problem) {
        TextField field = new TextField();
        field.setId(id);
        field.textProperty().bindBidirectional(value);
        if (problem != null) {
            mark(field, problem.get());
            problem.addListener((o, was, is) -> mark(field, is));
        }
        return field;
    }

    private static void mark(TextField field, String problem) {
        field.getStyleClass().remove(INVALID);
        if (!problem.isEmpty()) {
            field.getStyleClass().add(INVALID);
        }
    }
}
