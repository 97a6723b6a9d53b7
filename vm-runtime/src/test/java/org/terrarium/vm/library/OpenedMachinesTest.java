package org.terrarium.vm.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.disk.DiskFormat;
import org.terrarium.vm.spec.DiskSpec;
import org.terrarium.vm.spec.MachineSpec;
import org.terrarium.vm.spec.NicSpec;

/** Machines outside the library's folder, those taken off the list, and earlier descriptions. */
class OpenedMachinesTest {
    @TempDir
    private Path folder;

    private MachineLibrary library;
    private final Random random = new Random(20261125);

    @BeforeEach
    void openLibrary() {
        library = new MachineLibrary(folder.resolve("home"));
    }

    private List<String> names() throws IOException {
        return library.list().stream().map(MachineEntry::name).toList();
    }

    private MachineFolder create(String name) throws IOException {
        return library.create(MachineSpec.of(name).withMemory(16).withNics(List.of(NicSpec.usual(random))), 1 << 20);
    }

    /** Copies a machine's folder as a file manager does. */
    private MachineFolder copy(MachineFolder from, String to) throws IOException {
        Path target = folder.resolve(to);
        Files.createDirectories(target.getParent());
        try (Stream<Path> files = Files.walk(from.path())) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, target.resolve(from.path().relativize(file).toString()));
            }
        }
        return new MachineFolder(target);
    }

    @Test
    void aMachineElsewhereIsListedFoundRenamedAndForgotten() throws IOException {
        MachineFolder moved = new MachineFolder(folder.resolve("usb/far.terrarium"));
        Files.createDirectories(moved.path().getParent());
        Files.move(create("near").path(), moved.path());
        assertEquals(List.of(), names());
        assertTrue(library.twin(moved).isEmpty(), "nobody else has its identity");
        library.open(moved, false, random);
        assertEquals(List.of("far"), names());
        assertEquals(moved, library.findUsable("far").folder());
        MachineFolder renamed = library.rename(moved, "farther");
        assertEquals(List.of("farther"), names());
        library.forget(renamed);
        assertEquals(List.of(), names());
        assertTrue(Files.exists(renamed.machineJson()), "the files stay");
    }

    @Test
    void aCopyGetsAnIdentityAndAddressesOfItsOwn() throws IOException {
        MachineFolder first = create("first");
        MachineFolder second = copy(first, "usb/second.terrarium");
        assertEquals(first, library.twin(second).orElseThrow().folder());
        library.open(second, true, random);
        assertTrue(library.twin(second).isEmpty());
        assertNotEquals(first.load().uuid(), second.load().uuid());
        assertNotEquals(
                first.load().nics().getFirst().mac(),
                second.load().nics().getFirst().mac());
        assertEquals(List.of("first", "second"), names());
    }

    @Test
    void aMovedOneKeepsThem() throws IOException {
        MachineFolder first = create("first");
        MachineFolder second = copy(first, "usb/second.terrarium");
        library.open(second, false, random);
        assertEquals(first.load().uuid(), second.load().uuid());
    }

    @Test
    void twoOfOneNameAreRefused() throws IOException {
        MachineFolder first = create("first");
        MachineFolder second = copy(first, "usb/First.terrarium");
        String refusal = assertThrows(IOException.class, () -> library.open(second, true, random))
                .getMessage();
        assertTrue(refusal.contains("there is a machine first already") && refusal.contains("rename"), refusal);
        assertEquals(first.load().uuid(), second.load().uuid(), "nothing was changed");
    }

    @Test
    void oneOfOurOwnCanBeTakenOffTheListAndPutBack() throws IOException {
        MachineFolder machine = create("m");
        library.forget(machine);
        assertEquals(List.of(), names());
        assertTrue(Files.exists(machine.machineJson()));
        library.open(machine, false, random);
        assertEquals(List.of("m"), names());
        library.forget(machine);
        Files.writeString(library.home().resolve("library.json"), "{ spoiled");
        assertEquals(List.of("m"), names(), "a spoiled list hides nothing");
    }

    @Test
    void aFolderThatIsNotThereAnyMoreIsSaid() throws IOException {
        MachineFolder moved = copy(create("near"), "usb/far.terrarium");
        library.open(moved, true, random);
        Drafts.delete(moved.path());
        MachineEntry entry = library.list().getFirst();
        assertTrue(entry.broken() && entry.trouble().contains("is not there"), entry.trouble());
        library.forget(entry.folder());
        assertEquals(List.of("near"), names());
    }

    @Test
    void theDescriptionBeforeTheLastChangeCanBePutBack() throws IOException {
        MachineFolder machine = create("m");
        MachineSpec before = machine.load();
        library.update(machine, before.withMemory(32));
        library.update(machine, before.withMemory(64));
        assertEquals(32, machine.previous().orElseThrow().memoryMib());
        Files.writeString(machine.machineJson(), "{ \"version\": 4, \"memory\": ");
        assertTrue(library.find("m").broken());
        library.revert(machine);
        assertEquals(32, machine.load().memoryMib());
        assertEquals(
                "{ \"version\": 4, \"memory\": ",
                Files.readString(machine.path().resolve("machine.json.broken")));
        library.update(machine, machine.load().withGroup("Tests"));
        assertEquals("Tests", machine.load().group());
        assertEquals("", machine.previous().orElseThrow().group());
    }

    @Test
    void missingDisksAreNamed() throws IOException {
        MachineFolder machine = create("m");
        assertEquals(List.of(), MachineLibrary.missingDisks(machine, machine.load()));
        Files.delete(machine.resolve(Path.of("disks/disk0.qcow2")));
        assertEquals(
                List.of(new DiskSpec(Path.of("disks/disk0.qcow2"), DiskFormat.QCOW2)),
                MachineLibrary.missingDisks(machine, machine.load()));
    }
}
