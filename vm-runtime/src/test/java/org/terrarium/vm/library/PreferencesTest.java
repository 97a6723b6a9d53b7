package org.terrarium.vm.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreferencesTest {
    @TempDir
    private Path folder;

    private Preferences preferences() {
        return Preferences.of(
                Map.of("TERRARIUM_CONFIG", folder.resolve("config").toString()));
    }

    @Test
    void whatWasSetIsThereAgain() throws IOException {
        preferences().set(Preference.THEME, "dark");
        preferences().set("shortcut.start", "Ctrl+R");
        preferences().set("state.main.place", "1 2 3 4 normal");
        assertEquals("dark", preferences().get(Preference.THEME));
        assertEquals("Ctrl+R", preferences().get("shortcut.start", ""));
        assertEquals(3, preferences().all().size());
        preferences().set(Preference.THEME, null);
        assertEquals("host", preferences().get(Preference.THEME));
    }

    @Test
    void wrongKeysAndValuesAreRefusedWithASentence() {
        assertEquals(
                "window.theme cannot be 'pink'; choose one of host, light, dark",
                assertThrows(IllegalArgumentException.class, () -> preferences().set("window.theme", "pink"))
                        .getMessage());
        assertTrue(
                assertThrows(IllegalArgumentException.class, () -> preferences().set("nonsense", "1"))
                        .getMessage()
                        .contains("'nonsense'"));
        assertThrows(IllegalArgumentException.class, () -> preferences().set("state.x", "y".repeat(5000)));
        assertFalse(Files.exists(preferences().file()));
    }

    @Test
    void aSpoiledFileCountsAsEmptyAndIsKept() throws IOException {
        Path file = preferences().file();
        Files.createDirectories(file.getParent());
        Files.writeString(file, "{ \"values\": {\"window.theme\": ");
        assertEquals("host", preferences().get(Preference.THEME));
        preferences().set(Preference.LANGUAGE, "de");
        assertEquals("de", preferences().get(Preference.LANGUAGE));
        assertEquals(
                "{ \"values\": {\"window.theme\": ", Files.readString(file.resolveSibling("preferences.json.broken")));
        Files.writeString(file, "{\"values\": {\"window.theme\": \"pink\"}}");
        assertEquals("host", preferences().get(Preference.THEME), "a value that is no choice counts as not chosen");
    }

    @Test
    void theLibrarysFolderIsAChoiceAndTheEnvironmentGoesFirst() throws IOException {
        Path chosen = folder.resolve("machines");
        preferences().set(Preference.LIBRARY_FOLDER, chosen.toString());
        String config = folder.resolve("config").toString();
        assertEquals(
                chosen, MachineLibrary.of(Map.of("TERRARIUM_CONFIG", config)).home());
        assertEquals(
                folder.resolve("other"),
                MachineLibrary.of(Map.of(
                                "TERRARIUM_CONFIG",
                                config,
                                "TERRARIUM_HOME",
                                folder.resolve("other").toString()))
                        .home());
    }
}
