package org.terrarium.app.console;

import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.terrarium.app.fx.Buttons;
import org.terrarium.app.fx.Icons;

/** A line across the console that says something important without stopping the guest; it can be put away. */
final class MessageBar extends HBox {
    private final Label text = new Label();

    MessageBar() {
        text.setWrapText(true);
        text.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(text, Priority.ALWAYS);
        Button close = Buttons.flat("close", "Put this message away", () -> setShown(false));
        close.setFocusTraversable(false); // keys are for the guest
        getStyleClass().addAll("banner", "console-message");
        getChildren().addAll(Icons.of("warning", 18), text, close);
        setShown(false);
    }

    /** Shows a sentence, empty for none; one that was put away comes back only when it changes. */
    void show(String sentence) {
        if (!sentence.equals(text.getText())) {
            text.setText(sentence);
            setShown(!sentence.isEmpty());
        }
    }

    private void setShown(boolean shown) {
        setVisible(shown);
        setManaged(shown);
    }
}
