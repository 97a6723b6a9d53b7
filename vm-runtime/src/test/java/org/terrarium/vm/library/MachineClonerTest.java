package org.terrarium.vm.library;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.terrarium.vm.library.LibraryRig.SIZE;
import static org.terrarium.vm.library.LibraryRig.disk;
import static org.terrarium.vm.library.LibraryRig.refused;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.disk.CreateOptions;
import org.terrarium.disk.DiskCancelledException;
import org.terrarium.disk.DiskFormat;
import org.terrarium.disk.DiskFormats;
import org.terrarium.disk.ThisHost;
import org.terrarium.disk.VirtualDisk;
import org.terrarium.vm.DiskController;
import org.terrarium.vm.snapshot.Snapshots;
import org.terrarium.vm.spec.DiskSpec;
import org.terrarium.vm.spec.MachineSpec;

/** Clones of machines that are off; QEMU's tools judge the disks. */
class MachineClonerTest {
    @TempDir
    Path folder;

    private LibraryRig rig;
    private MachineLibrary library;
    private MachineCloner cloner;
    private MachineFolder source;

    @BeforeEach
    void makeMachine() throws IOException {
        rig = new LibraryRig(folder);
        library = rig.library;
        source = rig.machine;
        cloner = new MachineCloner(library, rig.gate, rig.random);
        byte[] contents = new byte[1 << 20];
        rig.random.nextBytes(contents);
        Files.write(folder.resolve("outside.raw"), contents);
    }

    private void addOutsideDisk() throws IOException {
        List<DiskSpec> disks = List.of(
                source.load().disks().get(0),
                new DiskSpec(folder.resolve("outside.raw"), DiskFormat.RAW, DiskController.AHCI, false));
        library.update(source, source.load().withDisks(disks));
    }

    @Test
    void aFullCloneHasCopiesAndAnIdentityOfItsOwn() throws IOException {
        addOutsideDisk();
        MachineFolder clone = cloner.full(source, "two").await();
        MachineSpec from = source.load();
        MachineSpec to = clone.load();
        assertEquals("two", to.name());
        assertNotEquals(from.uuid(), to.uuid());
        assertEquals(2, to.nics().size());
        Stream<String> macs = Stream.of(from, to)
                .flatMap(spec -> spec.nics().stream())
                .map(nic -> nic.mac().toString());
        assertEquals(4, macs.distinct().count(), "every card has an address of its own");
        assertEquals("first", to.notes());
        assertEquals(
                List.of(
                        new DiskSpec(Path.of("disks/disk0.qcow2"), DiskFormat.QCOW2),
                        new DiskSpec(Path.of("disks/disk1.raw"), DiskFormat.RAW, DiskController.AHCI, false)),
                to.disks());
        assertArrayEquals(rig.contents(source, 0), rig.contents(clone, 0));
        assertArrayEquals(Files.readAllBytes(folder.resolve("outside.raw")), rig.contents(clone, 1));
        assertArrayEquals(new byte[] {1, 2, 3}, Files.readAllBytes(clone.nvram()));
        assertEquals(1440 << 10, Files.size(clone.path().resolve("boot.img")));
        LibraryRig.tool("qemu-img", "check", disk(clone, 0));
        assertEquals(List.of(), library.linkedClones(source));
        byte[] before = rig.contents(source, 0);
        rig.write(clone, 0, 0, 'z', SIZE);
        assertArrayEquals(before, rig.contents(source, 0));
        library.delete(source);
        rig.requireOnly("two");
    }

    @Test
    void linkedClonesOfATemplateShowItsDisksAndHoldOnlyTheirOwnChanges() throws IOException {
        library.update(source, source.load().withTemplate(true));
        byte[] original = Files.readAllBytes(disk(source, 0));
        MachineFolder first = cloner.linked(source, "first").await();
        MachineFolder second = cloner.linked(source, "second").await();
        assertFalse(first.load().template());
        rig.write(first, 0, 100, '1', 5000);
        rig.write(second, 0, SIZE - 5000, '2', 5000);
        byte[] seen = rig.contents(first, 0);
        assertEquals('a', seen[99]);
        assertEquals('1', seen[100]);
        assertEquals(0, seen[SIZE - 1]);
        assertEquals('2', rig.contents(second, 0)[SIZE - 1]);
        assertArrayEquals(original, Files.readAllBytes(disk(source, 0)), "the template's disk is as it was");
        LibraryRig.tool("qemu-img", "check", disk(first, 0));
        assertEquals(List.of("first", "second"), library.linkedClones(source));
        MachineFolder third = cloner.linked(first, "third").await();
        assertArrayEquals(seen, rig.contents(third, 0));
        assertEquals(List.of("first", "second", "third"), library.linkedClones(source));

        refused(
                "a template, which cannot run",
                () -> MachineSession.open(
                        source, source.load(), MachineSession.RunOptions.plain(OutputStream.nullOutputStream())));
        refused(
                "a template, which cannot be changed",
                () -> library.update(source, source.load().withMemory(65)));
        refused(
                "a template, which cannot be changed",
                () -> Snapshots.of(source).take(new Snapshots.Wish("x", "", false)));
        refused(
                "cannot become an ordinary machine while linked clones show its disks: first, second, third",
                () -> library.update(source, source.load().withTemplate(false)));
        refused("cannot be deleted while linked clones show its disks", () -> library.delete(source));
        refused("cannot be renamed while linked clones show its disks", () -> library.rename(source, "x"));
        assertEquals("one", source.name());

        library.delete(third);
        library.delete(second);
        MachineFolder full = cloner.full(first, "full").await();
        library.delete(first);
        assertArrayEquals(seen, rig.contents(full, 0));
        library.update(source, source.load().withTemplate(false));
        library.delete(source);
        assertArrayEquals(seen, rig.contents(full, 0));
        rig.requireOnly("full");
    }

    @Test
    void anOrdinaryMachineGoesOnInAnOverlayOverTheCommonBase() throws IOException {
        Path base = disk(source, 0);
        byte[] original = Files.readAllBytes(base);
        byte[] before = rig.contents(source, 0);
        MachineFolder clone = cloner.linked(source, "clone").await();
        assertEquals(
                Path.of("disks/disk0-1.qcow2"), source.load().disks().get(0).file());
        rig.write(source, 0, 0, 's', 10);
        rig.write(clone, 0, 0, 'c', 10);
        assertEquals('s', rig.contents(source, 0)[0]);
        assertEquals('c', rig.contents(clone, 0)[0]);
        assertArrayEquals(original, Files.readAllBytes(base), "nobody writes the base");

        MachineFolder later = cloner.linked(source, "later").await();
        assertEquals(
                Path.of("disks/disk0-2.qcow2"), source.load().disks().get(0).file());
        assertEquals('s', rig.contents(later, 0)[0]);
        MachineFolder again = cloner.linked(source, "again").await();
        assertEquals(
                Path.of("disks/disk0-2.qcow2"),
                source.load().disks().get(0).file(),
                "nothing was written since, so no layer is added");
        assertEquals('s', rig.contents(again, 0)[0]);
        library.delete(later);
        library.delete(again);
        library.delete(clone);
        assertEquals('s', rig.contents(source, 0)[0]);
        assertEquals(before[10], rig.contents(source, 0)[10]);
        library.delete(source);
        rig.requireOnly();
    }

    @Test
    void aLinkedCloneIsSmallHoweverLargeTheDiskIs() throws IOException {
        MachineFolder large = library.create(MachineSpec.of("large"), 8L << 40);
        MachineFolder clone = cloner.linked(large, "clone").await();
        assertEquals(8L << 40, DiskFormats.info(disk(clone, 0)).size());
        assertTrue(Files.size(disk(clone, 0)) < 2 << 20, "the file holds nothing but its tables");
    }

    @Test
    void whatCannotBeClonedIsRefusedAndNothingIsChanged() throws IOException {
        refused(
                "there is a machine one already",
                () -> cloner.full(source, "ONE").await());
        refused(
                "there is a machine one already",
                () -> cloner.linked(source, "one").await());
        refused("it must not have", () -> cloner.full(source, "a/b").await());
        try (MachineLock _ = MachineLock.acquire(source)) {
            refused("is in use", () -> cloner.full(source, "two").await());
            refused("is in use", () -> cloner.linked(source, "two").await());
        }
        addOutsideDisk();
        MachineSpec spec = source.load();
        refused(
                "lies outside the folder of the machine one",
                () -> cloner.linked(source, "two").await());
        Files.delete(folder.resolve("outside.raw"));
        refused("outside.raw", () -> cloner.full(source, "two").await());
        assertEquals(spec, source.load());
        MachineFolder elsewhere = new MachineLibrary(folder.resolve("usb")).create(MachineSpec.of("far"), 1 << 20);
        refused("is not in the library", () -> cloner.linked(elsewhere, "two").await());
        rig.requireOnly("one");
    }

    @Test
    void aCloneThatIsStoppedLeavesNothing() throws Exception {
        Path large = source.disks().resolve("large.raw");
        DiskFormats.create(large, CreateOptions.raw(64 << 20));
        byte[] piece = new byte[1 << 20];
        try (VirtualDisk disk = DiskFormats.open(large, rig.how(true).withFormat(DiskFormat.RAW))) {
            for (int mib = 0; mib < 64; mib++) {
                rig.random.nextBytes(piece);
                disk.write((long) mib << 20, ByteBuffer.wrap(piece));
            }
        }
        library.update(
                source, source.load().withDisks(List.of(new DiskSpec(Path.of("disks/large.raw"), DiskFormat.RAW))));
        var job = cloner.full(source, "two");
        job.cancel();
        assertThrows(DiskCancelledException.class, job::await);
        rig.requireOnly("one");
    }

    @Test
    void whatAKilledProcessLeftBehindIsSweptAway() throws IOException {
        String host = "%08x".formatted(ThisHost.NAME.hashCode());
        // No process has a number past the kernel's largest limit.
        Path left = Files.createDirectories(library.home().resolve(".new-" + host + "-4194305-1/x.terrarium"));
        Files.write(left.resolve("disk"), new byte[10]);
        Path running = Files.createDirectories(library.home().resolve(".new-" + host + "-" + ThisHost.pid() + "-1"));
        Path elsewhere = Files.createDirectories(library.home().resolve(".new-00000000-4194305-1"));
        cloner.linked(source, "two").await();
        assertFalse(Files.exists(left.getParent()));
        assertTrue(Files.exists(running));
        assertTrue(Files.exists(elsewhere), "another host's process may be at it");
    }
}
