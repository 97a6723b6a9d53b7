package org.terrarium.vm.input;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text as key strokes on a US keyboard. Between angle brackets stand keys by name, alone or held together:
 * {@code <enter>}, {@code <f10>}, {@code <ctrl-alt-del>}, {@code <shift-tab>}; {@code <lt>} is the character itself, which
 * may also stand as it is where no key name follows.
 */
public final class TextKeys {
    private static final Pattern BRACKETS = Pattern.compile("<([A-Za-z0-9_]+(?:-[A-Za-z0-9_]+)*)>");
    private static final Map<String, Key> NAMES = names();

    private TextKeys() {}

    private static Map<String, Key> names() {
        Map<String, Key> names = new HashMap<>();
        for (Key k : Key.values()) {
            names.put(k.name().toLowerCase(Locale.ROOT), k);
            names.put(k.name().toLowerCase(Locale.ROOT).replace("_", ""), k);
        }
        for (int k = 0; k < 10; k++) {
            names.put(Integer.toString(k), Key.valueOf("DIGIT_" + k));
        }
        names.put("esc", Key.ESCAPE);
        names.put("return", Key.ENTER);
        names.put("ret", Key.ENTER);
        names.put("bs", Key.BACKSPACE);
        names.put("del", Key.DELETE);
        names.put("ins", Key.INSERT);
        names.put("pgup", Key.PAGE_UP);
        names.put("pgdn", Key.PAGE_DOWN);
        names.put("ctrl", Key.LEFT_CTRL);
        names.put("shift", Key.LEFT_SHIFT);
        names.put("alt", Key.LEFT_ALT);
        names.put("altgr", Key.RIGHT_ALT);
        names.put("win", Key.LEFT_META);
        names.put("super", Key.LEFT_META);
        names.put("meta", Key.LEFT_META);
        names.put("prtsc", Key.PRINT_SCREEN);
        names.put("break", Key.PAUSE);
        return Map.copyOf(names);
    }

    /**
     * The strokes that type {@code text}: each key goes down and up again, with Shift held where it is needed. Throws
     * {@link IllegalArgumentException} with a sentence for the user when there is no such key.
     */
    public static List<KeyStroke> strokes(String text) {
        List<KeyStroke> strokes = new ArrayList<>();
        Matcher brackets = BRACKETS.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (text.charAt(at) == '<' && brackets.region(at, text.length()).lookingAt()) {
                named(strokes, brackets.group(1));
                at = brackets.end();
            } else {
                character(strokes, text.codePointAt(at));
                at += Character.charCount(text.codePointAt(at));
            }
        }
        return strokes;
    }

    /** The key with a name as it may stand between angle brackets; throws {@link IllegalArgumentException} for others. */
    public static Key key(String name) {
        Key key = NAMES.get(name.toLowerCase(Locale.ROOT));
        if (key == null) {
            throw new IllegalArgumentException("There is no key named <" + name + ">.");
        }
        return key;
    }

    private static void named(List<KeyStroke> strokes, String names) {
        if (names.equalsIgnoreCase("lt")) {
            character(strokes, '<');
            return;
        }
        List<Key> chord = new ArrayList<>();
        for (String name : names.split("-")) {
            chord.add(key(name));
        }
        chord.forEach(k -> strokes.add(new KeyStroke(k, true)));
        chord.reversed().forEach(k -> strokes.add(new KeyStroke(k, false)));
    }

    private static void character(List<KeyStroke> strokes, int c) {
        strokes.addAll(KeyLayout.US.strokes(Character.toString(c)));
    }
}
