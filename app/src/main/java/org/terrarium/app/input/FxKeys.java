package org.terrarium.app.input;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import javafx.scene.input.KeyCode;
import org.terrarium.vm.input.Key;

/**
 * JavaFX's key codes as keys of a US keyboard: the fallback where the host does not tell which key was pressed. Left and right
 * modifiers and the two Enter keys cannot be told apart this way.
 */
public final class FxKeys {
    private static final Map<KeyCode, Key> KEYS = new EnumMap<>(KeyCode.class);

    static {
        for (char c = 'A'; c <= 'Z'; c++) {
            KEYS.put(KeyCode.valueOf(String.valueOf(c)), Key.valueOf(String.valueOf(c)));
        }
        for (int d = 0; d <= 9; d++) {
            KEYS.put(KeyCode.valueOf("DIGIT" + d), Key.valueOf("DIGIT_" + d));
            KEYS.put(KeyCode.valueOf("NUMPAD" + d), Key.valueOf("KEYPAD_" + d));
        }
        for (int f = 1; f <= 12; f++) {
            KEYS.put(KeyCode.valueOf("F" + f), Key.valueOf("F" + f));
        }
        KEYS.putAll(Map.ofEntries(
                Map.entry(KeyCode.ESCAPE, Key.ESCAPE),
                Map.entry(KeyCode.MINUS, Key.MINUS),
                Map.entry(KeyCode.EQUALS, Key.EQUAL),
                Map.entry(KeyCode.BACK_SPACE, Key.BACKSPACE),
                Map.entry(KeyCode.TAB, Key.TAB),
                Map.entry(KeyCode.OPEN_BRACKET, Key.LEFT_BRACKET),
                Map.entry(KeyCode.CLOSE_BRACKET, Key.RIGHT_BRACKET),
                Map.entry(KeyCode.ENTER, Key.ENTER),
                Map.entry(KeyCode.CONTROL, Key.LEFT_CTRL),
                Map.entry(KeyCode.SEMICOLON, Key.SEMICOLON),
                Map.entry(KeyCode.QUOTE, Key.APOSTROPHE),
                Map.entry(KeyCode.BACK_QUOTE, Key.GRAVE),
                Map.entry(KeyCode.SHIFT, Key.LEFT_SHIFT),
                Map.entry(KeyCode.BACK_SLASH, Key.BACKSLASH),
                Map.entry(KeyCode.COMMA, Key.COMMA),
                Map.entry(KeyCode.PERIOD, Key.PERIOD),
                Map.entry(KeyCode.SLASH, Key.SLASH),
                Map.entry(KeyCode.ALT, Key.LEFT_ALT),
                Map.entry(KeyCode.ALT_GRAPH, Key.RIGHT_ALT),
                Map.entry(KeyCode.SPACE, Key.SPACE),
                Map.entry(KeyCode.CAPS, Key.CAPS_LOCK),
                Map.entry(KeyCode.NUM_LOCK, Key.NUM_LOCK),
                Map.entry(KeyCode.SCROLL_LOCK, Key.SCROLL_LOCK),
                Map.entry(KeyCode.MULTIPLY, Key.KEYPAD_MULTIPLY),
                Map.entry(KeyCode.SUBTRACT, Key.KEYPAD_MINUS),
                Map.entry(KeyCode.ADD, Key.KEYPAD_PLUS),
                Map.entry(KeyCode.DECIMAL, Key.KEYPAD_PERIOD),
                Map.entry(KeyCode.DIVIDE, Key.KEYPAD_DIVIDE),
                Map.entry(KeyCode.KP_UP, Key.KEYPAD_8),
                Map.entry(KeyCode.KP_DOWN, Key.KEYPAD_2),
                Map.entry(KeyCode.KP_LEFT, Key.KEYPAD_4),
                Map.entry(KeyCode.KP_RIGHT, Key.KEYPAD_6),
                Map.entry(KeyCode.LESS, Key.INTERNATIONAL_BACKSLASH),
                Map.entry(KeyCode.PRINTSCREEN, Key.PRINT_SCREEN),
                Map.entry(KeyCode.PAUSE, Key.PAUSE),
                Map.entry(KeyCode.HOME, Key.HOME),
                Map.entry(KeyCode.UP, Key.UP),
                Map.entry(KeyCode.PAGE_UP, Key.PAGE_UP),
                Map.entry(KeyCode.LEFT, Key.LEFT),
                Map.entry(KeyCode.RIGHT, Key.RIGHT),
                Map.entry(KeyCode.END, Key.END),
                Map.entry(KeyCode.DOWN, Key.DOWN),
                Map.entry(KeyCode.PAGE_DOWN, Key.PAGE_DOWN),
                Map.entry(KeyCode.INSERT, Key.INSERT),
                Map.entry(KeyCode.DELETE, Key.DELETE),
                Map.entry(KeyCode.WINDOWS, Key.LEFT_META),
                Map.entry(KeyCode.META, Key.LEFT_META),
                Map.entry(KeyCode.COMMAND, Key.LEFT_META),
                Map.entry(KeyCode.CONTEXT_MENU, Key.MENU)));
    }

    private FxKeys() {}

    /** The key that carries this code on a US keyboard. */
    public static Optional<Key> key(KeyCode code) {
        return Optional.ofNullable(KEYS.get(code));
    }
}
