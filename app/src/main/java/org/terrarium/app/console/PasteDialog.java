package org.terrarium.app.console;

import java.io.IOException;
import java.util.Locale;
import javafx.beans.InvalidationListener;
import javafx.scene.Node;
import javafx.scene.control.ButtonBar.ButtonData;
import javafx.scene.control.ButtonType;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import javafx.util.StringConverter;
import org.terrarium.app.fx.Dialogs;
import org.terrarium.app.text.Text;
import org.terrarium.vm.input.KeyLayout;

/** Text for the guest, and which keyboard layout the guest has; says while the user types what cannot be typed there. */
final class PasteDialog extends Dialog<PasteDialog.Typed> {
    private static final String LAYOUT = "state.console.layout";

    /** More than this takes a guest a quarter of an hour to read; a shared disk does it better. */
    private static final int MAX_CHARACTERS = 50_000;

    private final TextArea text = new TextArea();
    private final ComboBox<String> layout = new ComboBox<>();
    private final Label problem = new Label();

    /** What the user wants to have typed. */
    record Typed(String text, KeyLayout layout) {}

    PasteDialog(Window owner, ConsoleServices services, String clipboard) {
        initOwner(owner);
        setTitle(Text.of("console.paste.title"));
        setHeaderText(Text.of("console.paste.header"));
        text.setText(clipboard);
        text.setId("paste-text");
        text.setPrefRowCount(8);
        text.setPrefColumnCount(48);
        text.setMinHeight(TextArea.USE_PREF_SIZE);
        text.setAccessibleText(Text.of("console.paste.text"));
        layout.setId("paste-layout");
        layout.getItems().setAll(KeyLayout.IDS);
        layout.setConverter(new StringConverter<>() {
            @Override
            public String toString(String id) {
                return words(id);
            }

            @Override
            public String fromString(String words) {
                return words;
            }
        });
        String last = services.preferences().get(LAYOUT, "us");
        layout.setValue(KeyLayout.IDS.contains(last) ? last : "us");
        Label layoutLabel = new Label(Text.of("console.paste.layout"));
        layoutLabel.setLabelFor(layout);
        problem.getStyleClass().add("field-problem");
        problem.setWrapText(true);
        problem.setMinHeight(Label.USE_PREF_SIZE);
        VBox box = new VBox(8, text, layoutLabel, layout, problem);
        getDialogPane().setContent(box);
        ButtonType type = new ButtonType(Text.of("console.paste.do"), ButtonData.OK_DONE);
        getDialogPane().getButtonTypes().addAll(type, Dialogs.cancel());
        Node button = getDialogPane().lookupButton(type);
        button.setId("paste-do");
        InvalidationListener check = o -> {
            String trouble = trouble(text.getText(), layout.getValue());
            problem.setText(trouble);
            button.setDisable(!trouble.isEmpty() || text.getText().isEmpty());
        };
        text.textProperty().addListener(check);
        layout.valueProperty().addListener(check);
        check.invalidated(null);
        setResultConverter(answer -> {
            if (answer != type) {
                return null;
            }
            remember(services, layout.getValue());
            return new Typed(text.getText(), KeyLayout.of(layout.getValue()));
        });
        services.theme().apply(this);
    }

    /** Why it cannot be typed, a sentence, or empty. */
    static String trouble(String text, String layout) {
        if (text.length() > MAX_CHARACTERS) {
            return Text.of("console.paste.tooLong", MAX_CHARACTERS);
        }
        KeyLayout keys = KeyLayout.of(layout);
        return text.codePoints()
                .filter(c -> c != '\r' && !keys.has(c))
                .mapToObj(c -> Text.of("console.paste.noKey", Character.toString(c), words(layout)))
                .findFirst()
                .orElse("");
    }

    /** The layout's country or language in the user's. */
    static String words(String id) {
        String country = id.equals("us") ? "US" : id.toUpperCase(Locale.ROOT);
        return Locale.of("", country).getDisplayCountry(Text.language()) + " (" + id + ")";
    }

    private static void remember(ConsoleServices services, String layout) {
        services.threads().background().execute(() -> {
            try {
                services.preferences().set(LAYOUT, layout);
            } catch (IOException e) {
                services.problems().report(Text.of("console.paste.notRemembered"), e.getMessage());
            }
        });
    }
}
