package org.terrarium.app.fx;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javafx.beans.property.StringProperty;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import javafx.stage.Window;

/** A dialog that asks for one line of text and says what is wrong with it while it is typed. Belongs to the JavaFX thread. */
public final class Ask {
    private static final double WIDTH = 420;
    private static final double SPACING = 6;

    private final VBox form = new VBox(SPACING);
    private final Label problem = new Label();
    private final FormDialog dialog;
    private StringProperty text;

    /**
     * @param headline what is going to happen
     * @param agree the word on the button that does it
     */
    public Ask(Theme theme, Window owner, String icon, String headline, String agree) {
        form.setPrefWidth(WIDTH);
        dialog = new FormDialog(theme, owner, icon, headline, form, agree);
    }

    /** Adds something below the text. */
    public Ask with(Node extra) {
        form.getChildren().add(extra);
        return this;
    }

    /**
     * Asks.
     *
     * @param label what is asked for
     * @param initial what stands there first, marked
     * @param suggestions what can be picked from a list; null for a plain field
     * @param check what is wrong with a text, a sentence, or empty
     * @return the text without blanks around it, or empty when the user wants nothing
     */
    public Optional<String> show(String label, String initial, List<String> suggestions, UnaryOperator<String> check) {
        Label title = new Label(label);
        title.getStyleClass().add("field-label");
        Node field = suggestions == null ? field(initial) : box(initial, suggestions);
        field.setId("ask-text");
        title.setLabelFor(field);
        problem.setId("ask-problem");
        problem.getStyleClass().add("field-problem");
        problem.setWrapText(true);
        problem.setMinHeight(Label.USE_PREF_SIZE);
        form.getChildren().addAll(0, List.of(title, field, problem));
        Node button = dialog.agreeButton();
        Runnable look = () -> {
            String wrong = check.apply(text.get().strip());
            problem.setText(wrong);
            problem.setVisible(!wrong.isEmpty());
            problem.setManaged(!wrong.isEmpty());
            button.setDisable(!wrong.isEmpty());
            dialog.fit();
        };
        text.addListener((o, was, is) -> look.run());
        look.run();
        return dialog.ask(field) ? Optional.of(text.get().strip()) : Optional.empty();
    }

    private Node field(String initial) {
        TextField field = new TextField(initial);
        field.selectAll();
        text = field.textProperty();
        return field;
    }

    private Node box(String initial, List<String> suggestions) {
        ComboBox<String> box = new ComboBox<>();
        box.setEditable(true);
        box.getItems().setAll(suggestions);
        box.setMaxWidth(Double.MAX_VALUE);
        box.getEditor().setText(initial);
        text = box.getEditor().textProperty();
        return box;
    }
}
