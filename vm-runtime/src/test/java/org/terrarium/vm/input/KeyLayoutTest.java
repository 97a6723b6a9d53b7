package org.terrarium.vm.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Our layout tables against those of the host's X, read by libxkbcommon. */
class KeyLayoutTest {
    private static final int EVDEV_OFFSET = 8;
    private static final int LEVELS = 4;

    /** X's keysyms for accents that wait (keysymdef.h), and the character the tables have for each. */
    private static final Map<Integer, String> DEAD = Map.ofEntries(
            Map.entry(0xFE50, "`"),
            Map.entry(0xFE51, "´"),
            Map.entry(0xFE52, "^"),
            Map.entry(0xFE53, "~"),
            Map.entry(0xFE54, "¯"),
            Map.entry(0xFE55, "˘"),
            Map.entry(0xFE56, "˙"),
            Map.entry(0xFE57, "¨"),
            Map.entry(0xFE58, "°"),
            Map.entry(0xFE59, "˝"),
            Map.entry(0xFE5A, "ˇ"),
            Map.entry(0xFE5B, "¸"),
            Map.entry(0xFE5C, "˛"));

    /** The keys that have characters: the writing block, evdev codes 2 to 13, 16 to 27, 30 to 41, 43 to 53 and 86. */
    private static final List<Key> WRITING = Arrays.stream(Key.values())
            .filter(k -> k.evdev() >= 2 && k.evdev() <= 13
                    || k.evdev() >= 16 && k.evdev() <= 27
                    || k.evdev() >= 30 && k.evdev() <= 41
                    || k.evdev() >= 43 && k.evdev() <= 53
                    || k.evdev() == 86)
            .toList();

    /** The few functions of libxkbcommon that read a layout (xkbcommon.h). */
    interface XkbCommon extends Library {
        Pointer xkb_context_new(int flags);

        Pointer xkb_keymap_new_from_names(Pointer context, Pointer names, int flags);

        int xkb_keymap_key_get_syms_by_level(Pointer keymap, int key, int layout, int level, PointerByReference syms);

        int xkb_keysym_to_utf32(int sym);

        void xkb_keymap_unref(Pointer keymap);

        void xkb_context_unref(Pointer context);
    }

    private static List<String> tableOfX(XkbCommon xkb, String layout) {
        Pointer context = xkb.xkb_context_new(0);
        // struct xkb_rule_names: rules, model, layout, variant, options
        try (com.sun.jna.Memory names = new com.sun.jna.Memory(5L * Native.POINTER_SIZE);
                com.sun.jna.Memory name = new com.sun.jna.Memory(16)) {
            names.clear();
            name.setString(0, layout);
            names.setPointer(2L * Native.POINTER_SIZE, name);
            Pointer keymap = xkb.xkb_keymap_new_from_names(context, names, 0);
            List<String> lines = WRITING.stream().map(k -> line(xkb, keymap, k)).toList();
            xkb.xkb_keymap_unref(keymap);
            xkb.xkb_context_unref(context);
            return lines;
        }
    }

    private static String line(XkbCommon xkb, Pointer keymap, Key key) {
        List<String> cells = new ArrayList<>(List.of(key.name()));
        for (int level = 0; level < LEVELS; level++) {
            PointerByReference syms = new PointerByReference();
            int count = xkb.xkb_keymap_key_get_syms_by_level(keymap, key.evdev() + EVDEV_OFFSET, 0, level, syms);
            cells.add(count == 1 ? cell(xkb, syms.getValue().getInt(0)) : "none");
        }
        while (cells.getLast().equals("none")) {
            cells.removeLast();
        }
        return String.join(" ", cells);
    }

    private static String cell(XkbCommon xkb, int sym) {
        if (DEAD.containsKey(sym)) {
            return "dead" + DEAD.get(sym);
        }
        int character = xkb.xkb_keysym_to_utf32(sym);
        return character <= ' ' || Character.getType(character) == Character.NON_SPACING_MARK
                ? "none"
                : Character.toString(character);
    }

    private static List<String> ourTable(String id) throws Exception {
        try (InputStream in = KeyLayout.class.getResourceAsStream("layouts/" + id + ".txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(l -> !l.startsWith("# "))
                    .toList();
        }
    }

    @Test
    void tablesAgreeWithTheHostsX() throws Exception {
        XkbCommon xkb;
        try {
            xkb = Native.load("xkbcommon", XkbCommon.class);
        } catch (UnsatisfiedLinkError e) {
            assumeTrue(false, "libxkbcommon is not installed");
            return;
        }
        for (String id : KeyLayout.IDS) {
            assertEquals(essence(tableOfX(xkb, id)), essence(ourTable(id)), "layout " + id);
        }
    }

    /** Without what releases of X's tables disagree about: rare characters with AltGr. */
    private static String essence(List<String> table) {
        return table.stream()
                .map(line -> {
                    String[] cells = Arrays.copyOf(line.split(" "), LEVELS + 1);
                    for (int n = 3; n <= LEVELS; n++) {
                        boolean ascii = cells[n] != null && cells[n].length() == 1 && cells[n].charAt(0) < 0x7F;
                        cells[n] = ascii ? cells[n] : "…";
                    }
                    return String.join(" ", cells);
                })
                .collect(Collectors.joining("\n"));
    }

    private static String typed(String layout, String text) {
        return KeyLayout.of(layout).strokes(text).stream()
                .map(s -> (s.pressed() ? "+" : "-") + s.key())
                .collect(Collectors.joining(" "));
    }

    @Test
    void charactersWithShiftAndAltGr() {
        assertEquals("+Y -Y", typed("de", "z"));
        assertEquals("+RIGHT_ALT +Q -Q -RIGHT_ALT", typed("de", "@"));
        assertEquals("+LEFT_SHIFT +DIGIT_2 -DIGIT_2 -LEFT_SHIFT", typed("us", "@"));
        assertEquals("+ENTER -ENTER", typed("us", "\r\n"));
    }

    @Test
    void accentsComeBeforeTheirLettersAndAloneWithTheSpaceBar() {
        assertEquals("+GRAVE -GRAVE +E -E", typed("de", "ê"));
        assertEquals("+GRAVE -GRAVE +SPACE -SPACE", typed("de", "^"));
        assertEquals("+EQUAL -EQUAL +LEFT_SHIFT +A -A -LEFT_SHIFT", typed("de", "Á"));
    }

    @Test
    void everyLayoutTypesWhatShellsNeed() {
        for (String id : KeyLayout.IDS) {
            for (int c = ' '; c < 0x7F; c++) {
                assertTrue(KeyLayout.of(id).has(c), id + " has no way to type " + (char) c);
            }
        }
    }

    @Test
    void unknownCharactersAndLayoutsAreRefused() {
        assertEquals(
                "The character '日' is not on a US keyboard.",
                assertThrows(IllegalArgumentException.class, () -> typed("us", "a日"))
                        .getMessage());
        assertTrue(assertThrows(IllegalArgumentException.class, () -> KeyLayout.of("xx"))
                .getMessage()
                .startsWith("'xx' is no keyboard layout; choose one of us, gb"));
    }
}
