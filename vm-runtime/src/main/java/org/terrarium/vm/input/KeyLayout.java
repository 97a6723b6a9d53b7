package org.terrarium.vm.input;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which keys give which characters when the guest has a certain keyboard layout, for typing text into it. The tables are the
 * files {@code layouts/ID.txt}: a key, then what it gives alone, with Shift, with AltGr and with both; {@code none} for nothing,
 * {@code dead} and the accent for an accent that waits for its letter.
 */
public final class KeyLayout {
    /** The layouts there are, by the names that X and Linux have for them. */
    public static final List<String> IDS =
            List.of("us", "gb", "de", "ch", "fr", "be", "es", "it", "pt", "se", "no", "dk", "pl");

    private static final Map<String, KeyLayout> LOADED = new ConcurrentHashMap<>();

    /** What most machines have as long as nobody has chosen another in the guest. */
    public static final KeyLayout US = of("us");

    private static final String DEAD = "dead";
    private static final int LEVELS = 4;
    private static final int COMBINING_FIRST = 0x300;
    private static final int COMBINING_LAST = 0x36F;

    /** A key and what is held with it. */
    private record Press(Key key, boolean shift, boolean altGr) {}

    private final String id;
    private final Map<Integer, Press> characters = new HashMap<>();
    private final Map<Integer, Press> accents = new HashMap<>();

    private KeyLayout(String id) {
        this.id = id;
    }

    /** The layout of that name; IllegalArgumentException with a sentence when there is none. */
    public static KeyLayout of(String id) {
        if (!IDS.contains(id)) {
            throw new IllegalArgumentException(
                    "'" + id + "' is no keyboard layout; choose one of " + String.join(", ", IDS));
        }
        return LOADED.computeIfAbsent(id, KeyLayout::load);
    }

    public String id() {
        return id;
    }

    private static KeyLayout load(String id) {
        KeyLayout layout = new KeyLayout(id);
        try (InputStream in = KeyLayout.class.getResourceAsStream("layouts/" + id + ".txt");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            List<String> table = lines.lines().filter(l -> !l.startsWith("# ")).toList();
            // A character that is on several keys comes from the one that needs the least to be held.
            for (int level = 0; level < LEVELS; level++) {
                for (String line : table) {
                    layout.add(line.split(" "), level);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        layout.addControls();
        return layout;
    }

    private void add(String[] cells, int level) {
        if (level + 1 >= cells.length) {
            return;
        }
        Press press = new Press(Key.valueOf(cells[0]), (level & 1) != 0, (level & 2) != 0);
        String cell = cells[level + 1];
        if (cell.startsWith(DEAD) && cell.length() > 1) {
            accents.putIfAbsent(cell.codePointAt(DEAD.length()), press);
        } else if (!cell.equals("none")) {
            characters.putIfAbsent(cell.codePointAt(0), press);
        }
    }

    private void addControls() {
        characters.put((int) ' ', new Press(Key.SPACE, false, false));
        characters.put((int) '\n', new Press(Key.ENTER, false, false));
        characters.put((int) '\t', new Press(Key.TAB, false, false));
        characters.put((int) '\b', new Press(Key.BACKSPACE, false, false));
        characters.put(0x1B, new Press(Key.ESCAPE, false, false));
    }

    /** Whether the layout has a way to type this character. */
    public boolean has(int character) {
        return !strokesOf(character).isEmpty();
    }

    /**
     * The strokes that type {@code text}, line ends as Enter. IllegalArgumentException with a sentence when a character of it is
     * not on the keyboard.
     */
    public List<KeyStroke> strokes(String text) {
        List<KeyStroke> strokes = new ArrayList<>();
        text.replaceAll("\\R", "\n").codePoints().forEach(c -> {
            List<KeyStroke> these = strokesOf(c);
            if (these.isEmpty()) {
                throw new IllegalArgumentException("The character '" + Character.toString(c) + "' is not on a "
                        + id.toUpperCase(Locale.ROOT) + " keyboard.");
            }
            strokes.addAll(these);
        });
        return strokes;
    }

    /** Empty when there is no way. */
    private List<KeyStroke> strokesOf(int character) {
        List<KeyStroke> strokes = new ArrayList<>();
        Press direct = characters.get(character);
        if (direct != null) {
            add(strokes, direct);
            return strokes;
        }
        // An accent alone is the accent's key and the space bar; on a letter it comes before the letter.
        Press accent = accents.get(character);
        if (accent != null) {
            add(strokes, accent);
            add(strokes, characters.get((int) ' '));
            return strokes;
        }
        String parts = Normalizer.normalize(Character.toString(character), Normalizer.Form.NFD);
        if (parts.codePointCount(0, parts.length()) == 2) {
            int mark = parts.codePointBefore(parts.length());
            Press letter = characters.get(parts.codePointAt(0));
            Press dead = mark >= COMBINING_FIRST && mark <= COMBINING_LAST ? accents.get(spacing(mark)) : null;
            if (letter != null && dead != null) {
                add(strokes, dead);
                add(strokes, letter);
            }
        }
        return strokes;
    }

    /** The accents as characters of their own, as the tables name them, for Unicode's combining ones. */
    private static int spacing(int combining) {
        return switch (combining) {
            case 0x300 -> '`';
            case 0x301 -> '´';
            case 0x302 -> '^';
            case 0x303 -> '~';
            case 0x304 -> '¯';
            case 0x306 -> '˘';
            case 0x307 -> '˙';
            case 0x308 -> '¨';
            case 0x30A -> '°';
            case 0x30B -> '˝';
            case 0x30C -> 'ˇ';
            case 0x327 -> '¸';
            case 0x328 -> '˛';
            default -> -1;
        };
    }

    private static void add(List<KeyStroke> strokes, Press press) {
        List<Key> held = new ArrayList<>();
        if (press.shift) {
            held.add(Key.LEFT_SHIFT);
        }
        if (press.altGr) {
            held.add(Key.RIGHT_ALT);
        }
        held.forEach(k -> strokes.add(new KeyStroke(k, true)));
        strokes.add(new KeyStroke(press.key, true));
        strokes.add(new KeyStroke(press.key, false));
        held.reversed().forEach(k -> strokes.add(new KeyStroke(k, false)));
    }
}
