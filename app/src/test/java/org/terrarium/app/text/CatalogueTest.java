package org.terrarium.app.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.terrarium.app.fx.Theme;
import org.terrarium.app.machine.Status;
import org.terrarium.app.settings.SettingsPage;
import org.terrarium.app.settings.SoundModel;
import org.terrarium.app.wizard.NewMachineModel;
import org.terrarium.vm.DiskController;
import org.terrarium.vm.MachineBuilder.BootDevice;
import org.terrarium.vm.NicModel;
import org.terrarium.vm.library.Preference;
import org.terrarium.vm.spec.AccelSpec;
import org.terrarium.vm.spec.DisplaySpec;
import org.terrarium.vm.spec.NetTarget;
import org.terrarium.vm.spec.SerialSpec;
import org.terrarium.vm.spec.SoundSpec;
import org.terrarium.vm.transfer.MachineExport;
import org.terrarium.x86.sys.CpuModel;

/** The language files against each other and against the program's sources. */
class CatalogueTest {
    private static final Path FILES = Path.of("src/main/resources/org/terrarium/app/text");
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern FULL_KEY = Pattern.compile("Text\\s*\\.of\\(\\s*\"([a-z]\\w*\\.[\\w.]*\\w)\"");
    private static final Pattern KEY_BEGINNING = Pattern.compile("\"([a-z]\\w*\\.(?:[\\w.]*\\.)?)\"\\s*\\+");
    private static final Pattern CONSTANT = Pattern.compile("\\b([A-Z][A-Z_0-9]+)\\b");

    /** What is said in addition to a word. */
    private static final String EXPLANATION = "\\.(what|why|tip|next)$";

    private static final Pattern LITERAL = Pattern.compile("\"([\\w.-]+)\"");

    /** The types whose constants have words. */
    private static final List<Class<? extends Enum<?>>> WORDS = List.of(
            Theme.Choice.class,
            Status.class,
            CpuModel.class,
            NicModel.class,
            NetTarget.Kind.class,
            BootDevice.class,
            DiskController.class,
            AccelSpec.class,
            SerialSpec.Kind.class,
            SoundModel.Card.class,
            SoundSpec.Kind.class,
            DisplaySpec.Scaling.class,
            NewMachineModel.Source.class,
            NewMachineModel.DiskUse.class,
            SettingsPage.class,
            MachineExport.Kind.class);

    private final SortedMap<String, String> english = load("");
    private final String sources = sources();

    @AfterEach
    void backToTheHostsLanguage() {
        Text.use("host");
    }

    private static SortedMap<String, String> load(String ending) {
        SortedMap<String, String> all = new TreeMap<>();
        try (Stream<Path> files = Files.list(FILES)) {
            for (Path file : (Iterable<Path>) files.sorted()::iterator) {
                String name = file.getFileName().toString().replace(".properties", "");
                if (name.contains("_") ? name.endsWith(ending) && !ending.isEmpty() : ending.isEmpty()) {
                    all.putAll(read(file, name.replaceFirst("_.*", "")));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    private static Map<String, String> read(Path file, String area) throws IOException {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            properties.load(in);
        }
        Map<String, String> texts = new TreeMap<>();
        for (String key : properties.stringPropertyNames()) {
            assertTrue(key.startsWith(area + "."), file + " has the key " + key + " of another area");
            texts.put(key, properties.getProperty(key));
        }
        long lines = Files.readAllLines(file).stream()
                .filter(l -> l.matches("[\\w.-]+=.*"))
                .count();
        assertEquals(lines, texts.size(), file + " has a key twice");
        return texts;
    }

    private static String sources() {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(f -> f.toString().endsWith(".java"))
                    .map(CatalogueTest::text)
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Set<String> all(Pattern pattern) {
        Set<String> found = new TreeSet<>();
        Matcher m = pattern.matcher(sources);
        while (m.find()) {
            found.add(m.group(1));
        }
        return found;
    }

    @Test
    void everyLanguageHasEveryKey() {
        assertFalse(english.isEmpty());
        assertEquals(english.keySet(), load("_de").keySet());
    }

    @Test
    void everyLanguageFillsTheSamePlaces() {
        SortedMap<String, String> german = load("_de");
        english.forEach((key, text) -> {
            assertEquals(places(text), places(german.get(key)), key);
            assertFalse((text + german.get(key)).contains("'"), key + ": write ’, as ' has a meaning in patterns");
        });
    }

    private static String places(String pattern) {
        new MessageFormat(pattern);
        return Pattern.compile("\\{(\\d+)")
                .matcher(pattern)
                .results()
                .map(r -> r.group(1))
                .distinct()
                .sorted()
                .toList()
                .toString();
    }

    @Test
    void everyKeyThatIsAskedForIsThere() {
        SortedSet<String> missing = new TreeSet<>(all(FULL_KEY));
        missing.removeAll(english.keySet());
        assertEquals(Set.of(), missing, "asked for in the sources, but in no language file");
    }

    @Test
    void everyKeyIsUsed() {
        Set<String> literals = all(LITERAL);
        Set<String> beginnings = all(KEY_BEGINNING);
        SortedSet<String> unused = new TreeSet<>(english.keySet());
        unused.removeAll(literals);
        unused.removeIf(key -> key.startsWith("words."));
        // "commands." + id and the like: both parts are literals somewhere, or the second is what a constant is called.
        Set<String> ends = new TreeSet<>(constants());
        ends.addAll(all(CONSTANT));
        literals.forEach(l -> ends.add(l.replaceFirst("^\\.", "")));
        Set<String> starts = new TreeSet<>(literals);
        beginnings.forEach(b -> starts.add(b.replaceFirst("\\.$", "")));
        unused.removeIf(key -> IntStream.range(0, key.length())
                .filter(n -> key.charAt(n) == '.')
                .anyMatch(n -> starts.contains(key.substring(0, n))
                        && ends.contains(key.substring(n + 1).replaceFirst(EXPLANATION, ""))));
        assertEquals(Set.of(), unused, "in the language files, but nowhere in the sources");
    }

    /** What constants are called in keys, and the values of preferences. */
    private static Set<String> constants() {
        Set<String> names = new TreeSet<>();
        WORDS.forEach(type -> Arrays.stream(type.getEnumConstants())
                .forEach(c -> names.add(c.name().toLowerCase(Locale.ROOT))));
        Arrays.stream(Preference.values()).forEach(p -> names.addAll(p.choices()));
        return names;
    }

    @Test
    void everyConstantHasAWord() {
        SortedSet<String> wanted = WORDS.stream()
                .flatMap(type ->
                        Arrays.stream(type.getEnumConstants()).map(c -> "words." + Text.name(type) + "." + c.name()))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(
                wanted,
                english.keySet().stream().filter(k -> k.startsWith("words.")).collect(Collectors.toSet()));
    }

    @Test
    void theLanguageCanBeChosen() {
        Text.use("de");
        assertEquals("Abbrechen", Text.of("dialogs.cancel"));
        assertEquals("1 Maschine", Text.of("shell.status.machines", 1));
        Text.use("en");
        assertEquals("Cancel", Text.of("dialogs.cancel"));
        assertEquals("12 machines", Text.of("shell.status.machines", 12));
        Text.use("tlh");
        assertEquals("Cancel", Text.of("dialogs.cancel"), "a language without a file is English");
    }
}
