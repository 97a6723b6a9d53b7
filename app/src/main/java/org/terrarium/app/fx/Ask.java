package org.terrarium.app.fx;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javafx.beans.property.StringProperty;
import javafx.scene.Node;
import javafx.scene.control.ButtonBar.ButtonData;
import javafx.scene.control.ButtonType;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import javafx.stage.Window;

/** A dialog that asks for one line of text and says what is wrong with it while it is typed. Belongs to the JavaFX thread. */
public final class Ask {
    private static final double WIDTH = 420;
    private static final double SPACING = 6;

    private final Dialog<ButtonType> dialog = new Dialog<>();
    private final VBox form = new VBox(SPACING);
    private final Label problem = new Label();
    private final ButtonType agree;
    private StringProperty text;

    /**
     * @param headline what is going to happen
     * @param agree the word on the button that does it
     */
    public Ask(Theme theme, Window owner, String icon, String headline, String agree) {
        this.agree = new ButtonType(agree, ButtonData.OK_DONE);
        dialog.initOwner(owner);
        dialog.setTitle("Terrarium");
        dialog.setHeaderText(headline);
        dialog.setGraphic(Icons.of(icon, 26));
        ButtonType cancel = Dialogs.cancel();
        dialog.getDialogPane().getButtonTypes().addAll(this.agree, cancel);
        dialog.getDialogPane().setContent(form);
        form.setPrefWidth(WIDTH);
        theme.apply(dialog);
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
        Node button = dialog.getDialogPane().lookupButton(agree);
        button.setId("ask-agree");
        Runnable look = () -> {
            String wrong = check.apply(text.get().strip());
            problem.setText(wrong);
            problem.setVisible(!wrong.isEmpty());
            problem.setManaged(!wrong.isEmpty());
            button.setDisable(!wrong.isEmpty());
            if (form.getScene() != null && form.getScene().getWindow() != null) {
                form.getScene().getWindow().sizeToScene();
            }
        };
        text.addListener((o, was, is) -> look.run());
        look.run();
        dialog.setOnShown(e -> field.requestFocus());
        return dialog.showAndWait().filter(agree::equals).map(b -> text.get().strip());
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
