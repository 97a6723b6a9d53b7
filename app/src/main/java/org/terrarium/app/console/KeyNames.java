package org.terrarium.app.console;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.terrarium.vm.input.Key;

/** What is printed on the keys of a US keyboard. */
final class KeyNames {
    private static final Map<Key, String> PRINTED = Map.ofEntries(
            Map.entry(Key.ESCAPE, "Esc"),
            Map.entry(Key.MINUS, "-"),
            Map.entry(Key.EQUAL, "="),
            Map.entry(Key.LEFT_BRACKET, "["),
            Map.entry(Key.RIGHT_BRACKET, "]"),
            Map.entry(Key.BACKSLASH, "\\"),
            Map.entry(Key.SEMICOLON, ";"),
            Map.entry(Key.APOSTROPHE, "'"),
            Map.entry(Key.GRAVE, "`"),
            Map.entry(Key.COMMA, ","),
            Map.entry(Key.PERIOD, "."),
            Map.entry(Key.SLASH, "/"),
            Map.entry(Key.INTERNATIONAL_BACKSLASH, "<"),
            Map.entry(Key.LEFT_SHIFT, "Shift"),
            Map.entry(Key.RIGHT_SHIFT, "Shift"),
            Map.entry(Key.LEFT_CTRL, "Ctrl"),
            Map.entry(Key.RIGHT_CTRL, "Ctrl"),
            Map.entry(Key.LEFT_ALT, "Alt"),
            Map.entry(Key.RIGHT_ALT, "AltGr"),
            Map.entry(Key.LEFT_META, "Win"),
            Map.entry(Key.RIGHT_META, "Win"),
            Map.entry(Key.CAPS_LOCK, "Caps"),
            Map.entry(Key.PRINT_SCREEN, "Print"),
            Map.entry(Key.SCROLL_LOCK, "Scroll"),
            Map.entry(Key.INSERT, "Ins"),
            Map.entry(Key.DELETE, "Del"),
            Map.entry(Key.PAGE_UP, "PgUp"),
            Map.entry(Key.PAGE_DOWN, "PgDn"),
            Map.entry(Key.UP, "↑"),
            Map.entry(Key.DOWN, "↓"),
            Map.entry(Key.LEFT, "←"),
            Map.entry(Key.RIGHT, "→"),
            Map.entry(Key.NUM_LOCK, "Num"),
            Map.entry(Key.KEYPAD_DIVIDE, "/"),
            Map.entry(Key.KEYPAD_MULTIPLY, "*"),
            Map.entry(Key.KEYPAD_MINUS, "-"),
            Map.entry(Key.KEYPAD_PLUS, "+"),
            Map.entry(Key.KEYPAD_PERIOD, "."),
            Map.entry(Key.KEYPAD_ENTER, "Enter"));

    private KeyNames() {}

    /** As printed; for a key with nothing special printed on it, its name. */
    static String of(Key key) {
        String printed = PRINTED.get(key);
        if (printed != null) {
            return printed;
        }
        String name = key.name().replace("DIGIT_", "").replace("KEYPAD_", "");
        return Arrays.stream(name.split("_"))
                .map(w -> w.substring(0, 1) + w.substring(1).toLowerCase(java.util.Locale.ROOT))
                .collect(Collectors.joining(" "));
    }
}
