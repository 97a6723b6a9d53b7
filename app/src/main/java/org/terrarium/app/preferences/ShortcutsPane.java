package org.terrarium.app.preferences;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyCombination.ModifierValue;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import org.terrarium.app.fx.Buttons;
import org.terrarium.app.fx.Command;
import org.terrarium.app.fx.Dialogs;
import org.terrarium.app.fx.Shortcuts;
import org.terrarium.app.text.Text;

/** All commands with their keys, which are changed by pressing others. Changes count at once. */
final class ShortcutsPane extends VBox {
    private static final double KEYS_WIDTH = 190;

    private final Shortcuts shortcuts;
    private final Dialogs dialogs;
    private final Supplier<Window> window;
    private final Label said = new Label();

    ShortcutsPane(Shortcuts shortcuts, Dialogs dialogs, Supplier<Window> window) {
        super(10);
        this.shortcuts = shortcuts;
        this.dialogs = dialogs;
        this.window = window;
        Label how = new Label(Text.of("preferences.shortcuts.how"));
        how.setWrapText(true);
        how.getStyleClass().add("field-hint");
        said.setId("shortcut-said");
        said.getStyleClass().add("field-problem");
        said.setWrapText(true);
        said.managedProperty().bind(said.textProperty().isNotEmpty());
        GridPane grid = new GridPane(10, 6);
        int row = 0;
        for (Command command : shortcuts.commands().values()) {
            Label name = new Label(command.textProperty().get());
            name.setMaxWidth(Double.MAX_VALUE);
            GridPane.setHgrow(name, Priority.ALWAYS);
            grid.addRow(row++, name, keys(command), usual(command));
        }
        getChildren().addAll(how, said, grid);
    }

    private Node keys(Command command) {
        ToggleButton button = new ToggleButton();
        button.setId("keys-" + command.id());
        button.setPrefWidth(KEYS_WIDTH);
        Runnable show = () -> button.setText(
                button.isSelected()
                        ? Text.of("preferences.shortcuts.press")
                        : words(command.shortcutProperty().get()));
        button.selectedProperty().addListener((o, was, is) -> show.run());
        button.focusedProperty().addListener((o, was, is) -> {
            if (!is) {
                button.setSelected(false);
            }
        });
        command.shortcutProperty().addListener((o, was, is) -> show.run());
        button.addEventFilter(KeyEvent.KEY_PRESSED, e -> {
            if (button.isSelected()) {
                e.consume();
                pressed(command, button, e);
            }
        });
        show.run();
        return button;
    }

    private static String words(KeyCombination keys) {
        return keys == null ? Text.of("preferences.shortcuts.none") : keys.getDisplayText();
    }

    private void pressed(Command command, ToggleButton button, KeyEvent e) {
        KeyCode code = e.getCode();
        if (code == KeyCode.ESCAPE) {
            button.setSelected(false);
        } else if (code == KeyCode.BACK_SPACE) {
            change(command, null);
            button.setSelected(false);
        } else if (!code.isModifierKey() && code != KeyCode.UNDEFINED) {
            change(command, combination(e));
            button.setSelected(false);
        }
    }

    private static KeyCombination combination(KeyEvent e) {
        return new KeyCodeCombination(
                e.getCode(),
                down(e.isShiftDown()),
                ModifierValue.UP,
                down(e.isAltDown()),
                ModifierValue.UP,
                down(e.isShortcutDown()));
    }

    private static ModifierValue down(boolean is) {
        return is ? ModifierValue.DOWN : ModifierValue.UP;
    }

    private Node usual(Command command) {
        Button button = Buttons.flat(
                "reset",
                Text.of("preferences.shortcuts.usual", words(shortcuts.usual(command))),
                () -> change(command, shortcuts.usual(command)));
        button.setId("usual-" + command.id());
        return button;
    }

    private void change(Command command, KeyCombination keys) {
        Optional<Command> taken = shortcuts.taken(keys, command);
        if (taken.isPresent()) {
            said.setText(Text.of(
                    "preferences.shortcuts.taken",
                    words(keys),
                    taken.get().textProperty().get()));
            return;
        }
        said.setText("");
        try {
            shortcuts.rebind(command, keys);
        } catch (IOException e) {
            dialogs.error(window.get(), Text.of("preferences.failed"), e.getMessage());
        }
    }
}
