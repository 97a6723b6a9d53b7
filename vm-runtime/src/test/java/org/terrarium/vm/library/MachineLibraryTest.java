package org.terrarium.vm.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.disk.DiskFormat;
import org.terrarium.disk.DiskFormats;
import org.terrarium.vm.HostMemory;
import org.terrarium.vm.spec.DiskSpec;
import org.terrarium.vm.spec.MachineSpec;

class MachineLibraryTest {
    @TempDir
    Path folder;

    private MachineLibrary library;

    @BeforeEach
    void openLibrary() {
        library = new MachineLibrary(folder.resolve("home"));
    }

    @Test
    void createListFindRenameDelete() throws IOException {
        assertEquals(List.of(), library.list());
        MachineFolder made = library.create(MachineSpec.of("Debian 12").withMemory(64), 3L << 30);
        assertEquals(folder.resolve("home/Debian 12.terrarium"), made.path());
        library.create(MachineSpec.of("another"), 0);
        assertEquals(List.of("another", "Debian 12"), names());
        MachineSpec spec = library.findUsable("Debian 12").spec();
        assertEquals(64, spec.memoryMib());
        assertEquals(List.of(new DiskSpec(Path.of("disks/disk0.qcow2"), DiskFormat.QCOW2)), spec.disks());
        assertEquals(
                3L << 30,
                DiskFormats.info(made.resolve(spec.disks().get(0).file())).size());
        for (Path part : List.of(made.disks(), made.snapshots(), made.logs())) {
            assertTrue(Files.isDirectory(part), part.toString());
        }

        MachineFolder renamed = library.rename(made, "Trixie");
        assertEquals("Trixie", library.findUsable("Trixie").spec().name());
        assertTrue(Files.readString(renamed.machineJson()).contains("Trixie"));
        assertFalse(Files.exists(renamed.lock()));
        library.delete(renamed);
        assertEquals(List.of("another"), names());
        assertEquals(List.of("another.terrarium"), files(library.home()));
    }

    private List<String> names() throws IOException {
        return library.list().stream().map(MachineEntry::name).toList();
    }

    private static List<String> files(Path of) throws IOException {
        try (Stream<Path> files = Files.list(of)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aMovedOrCopiedFolderIsAMachineOfItsNewName() throws IOException {
        MachineFolder made = library.create(MachineSpec.of("a"), 1 << 20);
        Path elsewhere = Files.createDirectory(folder.resolve("usb")).resolve("b.terrarium");
        Files.move(made.path(), elsewhere);
        MachineEntry entry = library.findUsable(elsewhere.toString());
        assertEquals("b", entry.spec().name());
        assertTrue(
                Files.exists(entry.folder().resolve(entry.spec().disks().get(0).file())));
    }

    @Test
    void aMachineKeepsItsIdentityWhateverItIsCalled() throws IOException {
        MachineFolder made = library.create(MachineSpec.of("a").withMemory(16), 0);
        UUID uuid = made.load().uuid();
        assertNotNull(uuid);
        assertNotEquals(uuid, library.create(MachineSpec.of("b"), 0).load().uuid());
        made = library.rename(made, "c");
        library.update(made, made.load().withMemory(17));
        assertEquals(uuid, made.load().uuid());

        made.save(made.load().withUuid(null)); // as one written by hand
        MachineSpec spec = made.load();
        for (int round = 0; round < 2; round++) {
            MachineSession.open(made, spec, MachineSession.RunOptions.plain(OutputStream.nullOutputStream()))
                    .close();
            spec = made.load();
            assertNotNull(spec.uuid());
            uuid = round == 0 ? spec.uuid() : uuid;
            assertEquals(uuid, spec.uuid());
        }
    }

    @Test
    void theFirmwaresSettingsAreInTheFolder() throws IOException {
        MachineFolder made = library.create(MachineSpec.of("a").withMemory(16), 0);
        Files.write(made.nvram(), new byte[3]);
        MachineSpec spec = made.load();
        IOException e = assertThrows(
                IOException.class,
                () -> MachineSession.open(
                        made, spec, MachineSession.RunOptions.plain(OutputStream.nullOutputStream())));
        assertTrue(e.getMessage().startsWith(made.nvram() + " does not hold"), e.getMessage());
        assertFalse(Files.exists(made.lock()));
    }

    @Test
    void filesInTheMachinesFolderAreNamedRelativeToIt() throws IOException {
        MachineFolder made = library.create(MachineSpec.of("a"), 0);
        Path inside = made.disks().resolve("own.qcow2");
        Path outside = folder.resolve("shared.iso");
        library.update(
                made,
                made.load()
                        .withDisks(List.of(new DiskSpec(inside, DiskFormat.QCOW2)))
                        .withCdrom(outside));
        assertEquals(Path.of("disks/own.qcow2"), made.load().disks().get(0).file());
        assertEquals(outside, made.load().cdrom());
        assertEquals(inside, made.resolve(made.load().disks().get(0).file()));
    }

    @Test
    void aBrokenMachineIsListedWithItsReasonBesideTheOthers() throws IOException {
        library.create(MachineSpec.of("good"), 0);
        MachineFolder bad = library.create(MachineSpec.of("bad"), 0);
        Files.writeString(bad.machineJson(), "{\"version\": 1, \"memory\": \"lots\"}");
        Files.createDirectory(library.home().resolve("empty.terrarium"));
        Files.writeString(library.home().resolve("file.terrarium"), "");
        Files.createDirectory(library.home().resolve("unrelated"));
        List<MachineEntry> entries = library.list();
        assertEquals(List.of("bad", "empty", "good"), names());
        assertTrue(
                entries.get(0).trouble().contains("memory must be a whole number"),
                entries.get(0).trouble());
        assertTrue(entries.get(0).trouble().contains(bad.machineJson().toString()));
        assertTrue(
                entries.get(1).trouble().contains("there is no file"),
                entries.get(1).trouble());
        assertFalse(entries.get(2).broken());
        assertRefused("the machine bad is broken: ", () -> library.findUsable("bad"));
        library.delete(entries.get(0).folder());
        assertEquals(List.of("empty", "good"), names());
    }

    @Test
    void whatCannotBeIsRefusedAndLeavesNothingBehind() throws IOException {
        library.create(MachineSpec.of("Taken"), 0);
        assertRefused("there is a machine Taken already", () -> library.create(MachineSpec.of("taken"), 0));
        int tooMuch = (int) Math.min(MachineSpec.MAX_MEMORY, HostMemory.totalMib() + 1);
        assertRefused(
                "but this host has", () -> library.create(MachineSpec.of("big").withMemory(tooMuch), 0));
        assertRefused("use larger clusters", () -> library.create(MachineSpec.of("vast"), 1L << 62));
        assertRefused("there is no machine nobody", () -> library.find("nobody"));
        assertRefused("cannot be a machine's name", () -> library.find("a:b"));
        assertRefused("no machine's folder", () -> library.find("a/b"));
        MachineFolder other = library.create(MachineSpec.of("other"), 0);
        assertRefused("there is a machine Taken already", () -> library.rename(other, "TAKEN"));
        assertRefused("cannot be a machine's name", () -> library.rename(other, "x/y"));
        assertEquals(List.of("Taken.terrarium", "other.terrarium"), files(library.home()));
    }

    @Test
    void aFileInPlaceOfTheLibraryIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        MachineLibrary wrong = new MachineLibrary(file);
        assertRefused(file + " is a file, not a folder", wrong::list);
        assertRefused("is a file, not a folder", () -> wrong.create(MachineSpec.of("a"), 0));
        MachineLibrary below = new MachineLibrary(file.resolve("below"));
        assertRefused(file.toString(), () -> below.create(MachineSpec.of("a"), 0));
    }

    @Test
    void aMachineInUseCannotBeChangedRenamedOrDeleted() throws IOException {
        MachineFolder made = library.create(MachineSpec.of("busy"), 0);
        try (MachineLock _ = MachineLock.acquire(made)) {
            assertTrue(library.find("busy").inUse());
            assertRefused("busy is in use by this program", () -> library.update(made, made.load()));
            assertRefused("in use", () -> library.rename(made, "free"));
            assertRefused("in use", () -> library.delete(made));
        }
        assertFalse(library.find("busy").inUse());
        library.delete(made);
    }

    @Test
    void deletingDoesNotFollowLinksOut() throws IOException {
        MachineFolder made = library.create(MachineSpec.of("a"), 0);
        Path outside =
                Files.writeString(Files.createDirectory(folder.resolve("keep")).resolve("file"), "x");
        Files.createSymbolicLink(made.disks().resolve("link"), outside.getParent());
        library.delete(made);
        assertEquals("x", Files.readString(outside));
    }

    @Test
    void aFullHostDiskIsOneSentenceAndLeavesNothingBehind() throws Exception {
        Path small = Files.createDirectory(folder.resolve("small"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", small.toString()) == 0,
                "needs the right to mount a small file system");
        try {
            MachineLibrary full = new MachineLibrary(small.resolve("home"));
            MachineFolder fits = full.create(MachineSpec.of("fits"), 0);
            assertRefused("make some space", () -> full.create(MachineSpec.of("disk"), 1L << 30));
            assertEquals(List.of("fits.terrarium"), files(full.home()));
            String before = Files.readString(fits.machineJson());
            try (var fill = Files.newOutputStream(small.resolve("fill"))) {
                fillUp(fill);
            }
            IOException e = assertThrows(
                    IOException.class, () -> fits.save(MachineSpec.of("fits").withNotes("n".repeat(9000))));
            assertTrue(e.getMessage().contains(fits.machineJson().toString()), e.getMessage());
            assertEquals(before, Files.readString(fits.machineJson()));
        } finally {
            run("umount", small.toString());
        }
    }

    private static void fillUp(java.io.OutputStream fill) {
        try {
            for (int i = 0; i < 100_000; i++) {
                fill.write(new byte[64]);
            }
        } catch (IOException e) {
            assertTrue(e.getMessage().contains("space"), e.getMessage());
        }
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    @Test
    void theLibraryIsWhereTheEnvironmentSays() {
        assertEquals(
                Path.of("/x/y"),
                MachineLibrary.of(Map.of("TERRARIUM_HOME", "/x/y")).home());
        assertEquals(
                Path.of(System.getProperty("user.home"), "Terrarium"),
                MachineLibrary.of(Map.of()).home());
        // A home of its own for one start, as in tests and on systems made anew, where the user database says something
        // else.
        Path home = folder.resolve("home");
        assertEquals(
                home.resolve("Terrarium"),
                MachineLibrary.of(Map.of("HOME", home.toString())).home());
        assertEquals(
                home.resolve(".config/terrarium/preferences.json"),
                Preferences.of(Map.of("HOME", home.toString())).file());
    }

    private static void assertRefused(String words, Executable action) {
        IOException e = assertThrows(IOException.class, action);
        assertTrue(e.getMessage().contains(words), e.getMessage());
        assertFalse(e.getMessage().contains("\n"), e.getMessage());
    }
}
