package org.terrarium.app.preferences;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.terrarium.app.text.Text;
import org.terrarium.vm.library.Preference;
import org.terrarium.vm.library.Preferences;

/** The user's preferences while they are edited. Belongs to the JavaFX thread. */
public final class PreferencesModel {
    private final Preferences preferences;
    private final Map<Preference, StringProperty> values = new EnumMap<>(Preference.class);
    private final StringBinding libraryProblem;
    private final StringBinding mediaProblem;
    private final BooleanBinding valid;

    public PreferencesModel(Preferences preferences) {
        this.preferences = preferences;
        for (Preference p : Preference.values()) {
            values.put(p, new SimpleStringProperty(this, p.key(), preferences.get(p)));
        }
        libraryProblem = folderProblem(value(Preference.LIBRARY_FOLDER), false);
        mediaProblem = folderProblem(value(Preference.MEDIA_FOLDER), true);
        valid = libraryProblem.isEmpty().and(mediaProblem.isEmpty());
    }

    /** A preference as it is typed. */
    public StringProperty value(Preference preference) {
        return values.get(preference);
    }

    public StringBinding libraryProblem() {
        return libraryProblem;
    }

    public StringBinding mediaProblem() {
        return mediaProblem;
    }

    public BooleanBinding valid() {
        return valid;
    }

    private static StringBinding folderProblem(StringProperty folder, boolean mustExist) {
        return Bindings.createStringBinding(() -> check(folder.get(), mustExist), folder);
    }

    private static String check(String text, boolean mustExist) {
        if (text.isBlank()) {
            return "";
        }
        try {
            Path folder = Path.of(text.strip());
            if (!folder.isAbsolute()) {
                return Text.of("preferences.wrong.relative");
            }
            if (Files.exists(folder) && !Files.isDirectory(folder)) {
                return Text.of("preferences.wrong.noFolder", folder);
            }
            if (mustExist && !Files.exists(folder)) {
                return Text.of("preferences.wrong.missing", folder);
            }
            return Files.exists(folder) && !Files.isWritable(folder) && !mustExist
                    ? Text.of("preferences.wrong.rights", folder)
                    : "";
        } catch (InvalidPathException e) {
            return Text.of("settings.wrong.path");
        }
    }

    /** Whether something was changed that shows only after the next start. */
    public boolean needsRestart() {
        return changed(Preference.LIBRARY_FOLDER) || changed(Preference.LANGUAGE);
    }

    private boolean changed(Preference preference) {
        return !value(preference).get().strip().equals(preferences.get(preference));
    }

    /** Writes what was changed; only when {@link #valid}. */
    public void save() throws IOException {
        for (Preference p : Preference.values()) {
            if (changed(p)) {
                String now = value(p).get().strip();
                preferences.set(p, now.equals(p.usual()) ? null : now);
            }
        }
    }
}
