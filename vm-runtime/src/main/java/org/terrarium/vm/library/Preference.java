package org.terrarium.vm.library;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a user can choose for all machines. Shortcuts and what the window remembers have keys of their own, see {@link Preferences}. */
public enum Preference {
    /** The folder of the library; {@code TERRARIUM_HOME} in the environment goes before it. */
    LIBRARY_FOLDER("folders.library", ""),
    /** Where the window looks first for CD and disk images. */
    MEDIA_FOLDER("folders.media", ""),
    /** Folders that disk images may name others in, beside the library, with the host's path separator between them. */
    ALLOWED_FOLDERS("folders.allowed", ""),
    /** Colours of the window. */
    THEME("window.theme", "host", "host", "light", "dark"),
    /** Language of the window. */
    LANGUAGE("window.language", "host", "host", "en", "de"),
    /** The key that gives keyboard and mouse back to the host, pressed and released alone. */
    HOST_KEY(
            "input.hostKey",
            "right-ctrl",
            "right-ctrl",
            "left-ctrl",
            "right-alt",
            "right-shift",
            "right-super",
            "scroll-lock",
            "pause");

    private final String key;
    private final String usual;
    private final List<String> choices;

    Preference(String key, String usual, String... choices) {
        this.key = key;
        this.usual = usual;
        this.choices = List.of(choices);
    }

    /** Its name in the file and on the command line. */
    public String key() {
        return key;
    }

    /** The value when nothing was chosen. */
    public String usual() {
        return usual;
    }

    /** The values there are; empty when any text is one. */
    public List<String> choices() {
        return choices;
    }

    /** The preference of that key. */
    static Optional<Preference> of(String key) {
        return Stream.of(values()).filter(p -> p.key.equals(key)).findAny();
    }

    /** IllegalArgumentException with a sentence when it cannot have this value. */
    void check(String value) {
        if (!choices.isEmpty() && !choices.contains(value.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(
                    key + " cannot be '" + value + "'; choose one of " + String.join(", ", choices));
        }
    }
}
