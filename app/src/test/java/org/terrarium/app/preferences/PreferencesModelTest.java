package org.terrarium.app.preferences;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.app.text.Text;
import org.terrarium.vm.cli.Front.Finding;
import org.terrarium.vm.library.Preference;
import org.terrarium.vm.library.Preferences;

class PreferencesModelTest {
    @TempDir
    private Path folder;

    private Preferences preferences;

    @BeforeEach
    void open() {
        Text.use("en");
        preferences = new Preferences(folder.resolve("preferences.json"));
    }

    @Test
    void foldersAreChecked() throws IOException {
        PreferencesModel model = new PreferencesModel(preferences);
        assertTrue(model.valid().get());
        model.value(Preference.LIBRARY_FOLDER).set("machines");
        assertTrue(model.libraryProblem().get().contains("whole path"));
        Path file = Files.createFile(folder.resolve("file"));
        model.value(Preference.LIBRARY_FOLDER).set(file.toString());
        assertTrue(model.libraryProblem().get().contains("not a folder"));
        assertFalse(model.valid().get());
        model.value(Preference.LIBRARY_FOLDER).set(folder.resolve("new").toString());
        assertTrue(model.valid().get(), "a library that does not exist yet is made");
        model.value(Preference.MEDIA_FOLDER).set(folder.resolve("new").toString());
        assertFalse(model.valid().get(), "a folder to look into exists");
    }

    @Test
    void onlyChangesAreWritten() throws IOException {
        PreferencesModel model = new PreferencesModel(preferences);
        model.save();
        assertFalse(Files.exists(preferences.file()));
        model.value(Preference.THEME).set("dark");
        assertFalse(model.needsRestart());
        model.value(Preference.LANGUAGE).set("de");
        assertTrue(model.needsRestart());
        model.save();
        assertEquals("dark", preferences.get(Preference.THEME));
        model.value(Preference.THEME).set("host");
        model.save();
        assertEquals(1, preferences.all().size(), "the usual value is not written down");
    }

    @Test
    void theHostIsLookedAtWithAdvice() throws IOException {
        List<Finding> findings = HostCheck.run(folder.resolve("later"), folder.resolve("no-kvm"));
        assertEquals(4, findings.size());
        Finding kvm = findings.getFirst();
        assertTrue(kvm.advice().startsWith("There is no " + folder.resolve("no-kvm")), kvm.advice());
        assertTrue(kvm.good(), "machines run without it");
        String broken = HostCheck.kvm(folder).advice();
        assertTrue(broken.startsWith("It cannot be used: "), "a folder is no device: " + broken);
        String there = HostCheck.kvm(Files.createFile(folder.resolve("kvm"))).advice();
        assertTrue(there.contains("is there and can be used"), there);
        assertFalse(HostCheck.memory(1024).good());
        assertTrue(HostCheck.memory(65536).advice().contains("64 GiB"));
        assertFalse(HostCheck.processors(1).good());
    }
}
