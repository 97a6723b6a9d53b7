package org.terrarium.app.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.vm.cli.TerrariumCli;
import org.terrarium.vm.library.DemoMachine;
import org.terrarium.vm.library.MachineFolder;
import org.terrarium.vm.library.MachineLibrary;

/** What the command line gets of the module with the windows, without a display. */
class ProgramTest {
    @TempDir
    private Path folder;

    @Test
    void theCommandLineLooksAtTheHost() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        String[] line = {"host"};
        assertEquals(0, TerrariumCli.run(line, InputStream.nullInputStream(), print, print, new Program()));
        List<String> said = out.toString(StandardCharsets.UTF_8).lines().toList();
        for (String what : List.of("KVM", "Memory", "Processors", "Space")) {
            assertTrue(
                    said.stream().anyMatch(s -> s.matches("(good|look) +" + what + ".*|.*\\(" + what + "\\).*")),
                    what + " in " + said);
        }
    }

    @Test
    void theDemoMachineBootsItsFloppy() throws Exception {
        MachineLibrary library = new MachineLibrary(folder);
        try (InputStream floppy = new Program().demoGuest()) {
            MachineFolder demo = DemoMachine.create(library, "d", floppy);
            assertEquals(
                    List.of(demo.disks().resolve("demo.img")),
                    demo.load().floppies().stream().map(demo::resolve).toList());
        }
    }
}
