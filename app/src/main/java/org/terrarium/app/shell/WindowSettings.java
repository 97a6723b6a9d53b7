package org.terrarium.app.shell;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** What the window remembers between starts, in {@code window.properties} in the library's folder. */
final class WindowSettings {
    private final Path file;
    private final Properties values = new Properties();

    WindowSettings(Path libraryHome) {
        file = libraryHome.resolve("window.properties");
        try (Reader in = Files.newBufferedReader(file)) {
            values.load(in);
        } catch (IOException | IllegalArgumentException e) {
            values.clear(); // none yet, or spoiled: the defaults will do
        }
    }

    /** The value, or {@code otherwise} when there is none. */
    String get(String key, String otherwise) {
        return values.getProperty(key, otherwise);
    }

    /** Remembers a value; in a library that does not exist yet nothing is written. */
    void set(String key, String value) {
        values.setProperty(key, value);
        if (!Files.isDirectory(file.getParent())) {
            return;
        }
        try (Writer out = Files.newBufferedWriter(file)) {
            values.store(out, "Terrarium's window");
        } catch (IOException e) {
            // Colours are not worth a dialog; the next start shows the defaults.
        }
    }
}
