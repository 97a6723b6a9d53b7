package org.terrarium.vm.library;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.terrarium.vm.HostTrouble;
import org.terrarium.vm.spec.AtomicFile;
import org.terrarium.vm.spec.JsonTrees;

/**
 * The user's choices, in {@code preferences.json} of the host's folder for such files ({@code TERRARIUM_CONFIG} names
 * another). Keys are those of {@link Preference}, {@code shortcut.COMMAND}, and {@code state.NAME} for what the window
 * remembers. Every change is written at once; a file that cannot be read counts as empty and is put aside by the next change.
 * Any thread.
 */
public final class Preferences {
    private static final int VERSION = 1;
    private static final int MAX_VALUE = 4096;

    private static final String WINDOWS = "windows";

    private final Path file;

    public Preferences(Path file) {
        this.file = file;
    }

    /** The user's own. */
    public static Preferences of(Map<String, String> environment) {
        return new Preferences(folder(environment).resolve("preferences.json"));
    }

    /**
     * The user's home folder: {@code $HOME} decides, as for every program of a shell. Java itself asks the user database, and
     * does not know of a home that was chosen for one start.
     */
    public static Path home(Map<String, String> environment) {
        String home = environment.getOrDefault("HOME", "");
        boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith(WINDOWS);
        return home.isEmpty() || windows || !Path.of(home).isAbsolute()
                ? Path.of(System.getProperty("user.home"))
                : Path.of(home);
    }

    private static Path folder(Map<String, String> environment) {
        String chosen = environment.getOrDefault("TERRARIUM_CONFIG", "");
        if (!chosen.isEmpty()) {
            return Path.of(chosen).toAbsolutePath();
        }
        Path home = home(environment);
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (os.startsWith(WINDOWS)) {
            return Path.of(environment.getOrDefault("APPDATA", home.toString()), "Terrarium");
        }
        if (os.startsWith("mac")) {
            return home.resolve("Library/Application Support/Terrarium");
        }
        String xdg = environment.getOrDefault("XDG_CONFIG_HOME", "");
        return (xdg.isEmpty() ? home.resolve(".config") : Path.of(xdg)).resolve("terrarium");
    }

    public Path file() {
        return file;
    }

    /** All that was chosen, by key. */
    public synchronized SortedMap<String, String> all() {
        SortedMap<String, String> values = new TreeMap<>();
        try {
            for (Map.Entry<String, JsonNode> e :
                    JsonTrees.read(Files.readAllBytes(file)).path("values").properties()) {
                values.put(e.getKey(), e.getValue().asText());
            }
        } catch (IOException e) {
            return values; // none yet, or spoiled
        }
        return values;
    }

    /** The value chosen, or {@code otherwise}. */
    public String get(String key, String otherwise) {
        return all().getOrDefault(key, otherwise);
    }

    /** The value chosen, or the usual one; one that is no choice any more counts as not chosen. */
    public String get(Preference preference) {
        String value = get(preference.key(), preference.usual());
        try {
            preference.check(value);
            return value;
        } catch (IllegalArgumentException e) {
            return preference.usual();
        }
    }

    public void set(Preference preference, String value) throws IOException {
        set(preference.key(), value);
    }

    /**
     * Changes one value for good; null goes back to the usual one.
     *
     * @throws IllegalArgumentException with a sentence when there is no such key or it cannot have this value
     * @throws IOException with a sentence when the file cannot be written; then nothing has changed
     */
    public synchronized void set(String key, String value) throws IOException {
        check(key, value);
        SortedMap<String, String> values = all();
        if (value == null) {
            values.remove(key);
        } else {
            values.put(key, value);
        }
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            keepSpoiled();
            ObjectNode json = JsonTrees.object().put("version", VERSION);
            ObjectNode entries = json.putObject("values");
            values.forEach(entries::put);
            AtomicFile.write(file, JsonTrees.pretty(json));
        } catch (IOException e) {
            throw new IOException(file + " cannot be written: " + HostTrouble.sentence(e), e);
        }
    }

    private static void check(String key, String value) {
        Preference.of(key).ifPresent(p -> p.check(value == null ? p.usual() : value));
        if (Preference.of(key).isEmpty() && !key.matches("(shortcut|state)\\.[A-Za-z0-9._-]+")) {
            throw new IllegalArgumentException(
                    "there is no preference '" + key + "'; 'config list' shows those there are");
        }
        if (value != null && value.length() > MAX_VALUE) {
            throw new IllegalArgumentException(key + " must not have more than " + MAX_VALUE + " characters");
        }
    }

    private void keepSpoiled() throws IOException {
        try {
            JsonTrees.read(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return;
        } catch (JsonProcessingException e) {
            Files.move(file, file.resolveSibling(file.getFileName() + ".broken"), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
