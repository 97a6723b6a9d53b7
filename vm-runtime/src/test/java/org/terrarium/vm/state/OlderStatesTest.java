package org.terrarium.vm.state;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.vm.Machine;

/**
 * Saved states of earlier versions open for ever. To add one of the present version, run this test with
 * {@code -Dterrarium.writeState=NAME}: it then writes {@code NAME.state.txt} and {@code NAME.ram.txt} (base 64) into the current
 * folder, to be put into {@code src/test/resources/org/terrarium/vm/state}.
 */
class OlderStatesTest {
    private static final int BOOTED = 3_000_000;

    @TempDir
    Path folder;

    private static Machine machine() throws Exception {
        return Machine.builder()
                .name("old")
                .memory(2)
                .videoMemory(1)
                .bootMenu(false)
                .deterministic(true)
                .build();
    }

    @Test
    void aStateOfVersion1() throws Exception {
        String write = System.getProperty("terrarium.writeState");
        if (write != null) {
            write(write);
        }
        opens("version1");
    }

    private void opens(String name) throws Exception {
        SavedMachine saved = new SavedMachine(file(name + ".state"), file(name + ".ram"));
        try (Machine m = machine()) {
            saved.into(m);
            m.runInstructions(BOOTED);
            assertTrue(m.screenText().contains("No bootable"), m::screenText);
        }
    }

    private Path file(String name) throws Exception {
        Path file = folder.resolve(name);
        try (InputStream in = OlderStatesTest.class.getResourceAsStream(name + ".txt")) {
            Files.write(file, Base64.getMimeDecoder().decode(in.readAllBytes()));
        }
        return file;
    }

    private void write(String name) throws Exception {
        try (Machine m = machine()) {
            m.runInstructions(BOOTED);
            SavedMachine saved = SavedMachine.of(m, folder, name);
            for (Path part : new Path[] {saved.state(), saved.ram()}) {
                Files.write(
                        Path.of(part.getFileName() + ".txt"),
                        Base64.getMimeEncoder().encode(Files.readAllBytes(part)));
            }
            assertTrue(m.screenText().contains("No bootable"), m::screenText);
        }
    }
}
