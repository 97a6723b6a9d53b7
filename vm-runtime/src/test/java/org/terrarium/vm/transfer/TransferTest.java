package org.terrarium.vm.transfer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.terrarium.vm.library.LibraryRig.disk;
import static org.terrarium.vm.library.LibraryRig.refused;
import static org.terrarium.vm.library.LibraryRig.tool;

import java.io.IOException;
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
import org.terrarium.vm.DiskController;
import org.terrarium.vm.library.LibraryRig;
import org.terrarium.vm.library.MachineCloner;
import org.terrarium.vm.library.MachineFolder;
import org.terrarium.vm.library.MachineLock;
import org.terrarium.vm.spec.DiskSpec;
import org.terrarium.vm.spec.MachineSpec;
import org.terrarium.vm.transfer.MachineExport.Kind;
import org.terrarium.vm.transfer.MachineImport.Imported;

/** Machines that leave and come back; tar and QEMU's tools judge what leaves. */
class TransferTest {
    @TempDir
    Path folder;

    private LibraryRig rig;
    private Path outside;

    @BeforeEach
    void makeMachine() throws IOException {
        rig = new LibraryRig(folder);
        outside = Files.createDirectory(folder.resolve("outside"));
    }

    private Path exported(MachineFolder machine, Kind kind, String name) throws IOException {
        Path target = MachineExport.start(machine, kind, rig.gate, outside.resolve(name))
                .await();
        try (Stream<Path> files = Files.list(outside)) {
            assertEquals(
                    List.of(),
                    files.filter(file -> file.getFileName().toString().startsWith("."))
                            .toList());
        }
        return target;
    }

    private Imported imported(Path file, String name) throws IOException {
        return MachineImport.start(rig.library, file, name, rig.random).await();
    }

    /** A second disk on the virtio controller, so that the order and the controllers count. */
    private void addVirtioDisk() throws IOException {
        Path second = rig.machine.disks().resolve("second.raw");
        DiskFormats.create(second, CreateOptions.raw(1 << 20));
        MachineSpec spec = rig.machine.load();
        rig.library.update(
                rig.machine,
                spec.withDisks(List.of(
                        spec.disks().getFirst(),
                        new DiskSpec(Path.of("disks/second.raw"), DiskFormat.RAW, DiskController.VIRTIO, true))));
        rig.write(rig.machine, 1, 4096, 'v', 70_000);
    }

    @Test
    void anOvaHoldsTheDescriptionTheChecksumsAndTheDisksAndComesBack() throws IOException {
        addVirtioDisk();
        Path ova = exported(rig.machine, Kind.OVA, "one.ova");
        assertEquals(
                List.of("one.ovf", "one.mf", "one-disk0.vmdk", "one-disk1.vmdk"),
                tool("tar", "-tf", ova).lines().toList());
        tool("tar", "-xf", ova, "-C", outside);
        assertEquals(
                "vmdk",
                DiskFormats.info(outside.resolve("one-disk0.vmdk")).format().label());
        tool(
                "qemu-img",
                "convert",
                "-f",
                "vmdk",
                "-O",
                "raw",
                outside.resolve("one-disk0.vmdk"),
                outside.resolve("0.raw"));
        assertArrayEquals(rig.contents(rig.machine, 0), Files.readAllBytes(outside.resolve("0.raw")));
        String sums = Files.readString(outside.resolve("one.mf")).replaceAll("SHA256\\((.*)\\)= (.*)", "$2  $1");
        Files.writeString(outside.resolve("sums"), sums);
        tool("sh", "-c", "cd '" + outside + "' && sha256sum -c sums");

        Imported back = imported(ova, "two");
        MachineSpec spec = back.machine().load();
        assertEquals(64, spec.memoryMib());
        assertEquals("first", spec.notes());
        assertEquals(2, spec.nics().size());
        assertEquals(
                List.of(DiskController.IDE, DiskController.AHCI),
                spec.disks().stream().map(DiskSpec::controller).toList());
        for (int n = 0; n < 2; n++) {
            assertArrayEquals(rig.contents(rig.machine, n), rig.contents(back.machine(), n));
            tool("qemu-img", "check", disk(back.machine(), n));
        }
        assertNotEquals(rig.machine.load().uuid(), spec.uuid());

        Files.delete(outside.resolve("one-disk1.vmdk"));
        refused("names a file 'one-disk1.vmdk', which is missing", () -> imported(outside.resolve("one.ovf"), "three"));
        rig.requireOnly("one", "two");
    }

    @Test
    void aZipHoldsTheFolderAndComesBackWithItsAddresses() throws IOException {
        addVirtioDisk();
        Path zip = exported(rig.machine, Kind.ZIP, "one.zip");
        MachineSpec before = rig.machine.load();
        refused("there is a machine one already", () -> imported(zip, null));
        MachineFolder copy = imported(zip, "copy").machine();
        assertEquals(before.disks(), copy.load().disks());
        assertNotEquals(before.nics(), copy.load().nics(), "addresses that are taken are made anew");
        byte[] first = rig.contents(rig.machine, 0);
        byte[] second = rig.contents(rig.machine, 1);
        rig.library.delete(rig.machine);
        MachineFolder back = imported(zip, null).machine();
        assertEquals("one", back.name());
        assertEquals(before.withUuid(null), back.load().withUuid(null));
        assertNotEquals(before.uuid(), back.load().uuid());
        assertArrayEquals(first, rig.contents(back, 0));
        assertArrayEquals(second, rig.contents(back, 1));
        assertArrayEquals(new byte[] {1, 2, 3}, Files.readAllBytes(back.nvram()));
        assertEquals(1440 << 10, Files.size(back.path().resolve("boot.img")));
        rig.requireOnly("one", "copy");
    }

    @Test
    void aLinkedCloneLeavesWithWholeDisks() throws IOException {
        MachineFolder clone = new MachineCloner(rig.library, rig.gate, rig.random)
                .linked(rig.machine, "clone")
                .await();
        rig.write(clone, 0, 10, 'c', 10);
        byte[] seen = rig.contents(clone, 0);
        for (Kind kind : List.of(Kind.ZIP, Kind.OVA)) {
            Path file = exported(clone, kind, "clone." + kind.id());
            MachineFolder back = imported(file, kind.id()).machine();
            assertArrayEquals(seen, rig.contents(back, 0));
            assertEquals(null, DiskFormats.info(disk(back, 0)).backingFile());
        }
        rig.requireOnly("one", "clone", "zip", "ova");
    }

    @Test
    void libvirtGetsADomainWithItsDisks() throws IOException {
        addVirtioDisk();
        Path made = exported(rig.machine, Kind.LIBVIRT, "for-libvirt");
        tool("virt-xml-validate", made.resolve("one.xml"), "domain");
        XmlElement domain = XmlElement.parse(Files.newInputStream(made.resolve("one.xml")));
        assertEquals("one", domain.childText("name"));
        assertEquals(rig.machine.load().uuid().toString(), domain.childText("uuid"));
        assertEquals("64", domain.childText("memory"));
        List<String> places = domain.all("disk")
                .filter(disk -> disk.attribute("device").equals("disk"))
                .map(disk -> disk.children("target").getFirst())
                .map(target -> target.attribute("bus") + " " + target.attribute("dev"))
                .toList();
        assertEquals(List.of("ide hda", "virtio vda"), places);
        List<String> macs =
                domain.all("mac").map(mac -> mac.attribute("address")).toList();
        assertEquals(
                rig.machine.load().nics().stream()
                        .map(nic -> nic.mac().toString())
                        .toList(),
                macs);
        List<String> files =
                domain.all("source").map(source -> source.attribute("file")).toList();
        assertEquals(List.of(made + "/one-disk0.qcow2", made + "/one-disk1.qcow2"), files);
        for (int n = 0; n < 2; n++) {
            tool("qemu-img", "check", files.get(n));
            assertArrayEquals(rig.contents(rig.machine, n), rig.contents(Path.of(files.get(n))));
        }
    }

    @Test
    void kubeVirtGetsAManifestThatSaysHowToRunIt() throws IOException {
        addVirtioDisk();
        MachineFolder named = rig.library.rename(rig.machine, "My web 1");
        Path made = exported(named, Kind.KUBEVIRT, "for-kubevirt");
        String text = Files.readString(made.resolve("My-web-1.yaml"));
        for (String line : List.of(
                "#   virtctl image-upload dv my-web-1-disk0 --size=3Mi --image-path=My-web-1-disk0.qcow2",
                "#   kubectl apply -f My-web-1.yaml",
                "#   virtctl start my-web-1",
                "apiVersion: \"kubevirt.io/v1\"",
                "kind: \"VirtualMachine\"",
                "name: \"my-web-1\"",
                "guest: \"64Mi\"",
                "- name: \"disk0\"",
                "bus: \"sata\"",
                "bus: \"virtio\"",
                "macAddress: \"" + named.load().nics().getFirst().mac() + "\"",
                "masquerade: {}",
                "dataVolume:",
                "name: \"my-web-1-disk1\"")) {
            assertTrue(text.lines().map(String::strip).anyMatch(line::equals), line + " in:\n" + text);
        }
        tool("qemu-img", "check", made.resolve("My-web-1-disk0.qcow2"));
        assertArrayEquals(rig.contents(named, 1), rig.contents(made.resolve("My-web-1-disk1.qcow2")));
    }

    @Test
    void whatCannotLeaveIsRefusedAndNothingIsLeft() throws IOException {
        Files.writeString(outside.resolve("there"), "");
        refused("is there already", () -> exported(rig.machine, Kind.OVA, "there"));
        refused("there is no folder", () -> exported(rig.machine, Kind.ZIP, "no/where.zip"));
        try (MachineLock _ = MachineLock.acquire(rig.machine)) {
            refused("is in use", () -> exported(rig.machine, Kind.ZIP, "one.zip"));
        }
        Files.delete(disk(rig.machine, 0));
        for (Kind kind : Kind.values()) {
            refused("disk0.qcow2", () -> exported(rig.machine, kind, "one-" + kind.id()));
        }
        try (Stream<Path> files = Files.list(outside)) {
            assertEquals(List.of(outside.resolve("there")), files.toList());
        }
    }

    @Test
    void whatIsStoppedLeavesNothing() throws IOException {
        Path ova = exported(rig.machine, Kind.OVA, "one.ova");
        Path zip = exported(rig.machine, Kind.ZIP, "one.zip");
        for (Kind kind : Kind.values()) {
            var job = MachineExport.start(rig.machine, kind, rig.gate, outside.resolve("stopped"));
            job.cancel();
            assertThrows(DiskCancelledException.class, job::await);
            assertFalse(Files.exists(outside.resolve("stopped")));
        }
        for (Path file : List.of(ova, zip)) {
            var job = MachineImport.start(rig.library, file, "two", rig.random);
            job.cancel();
            assertThrows(DiskCancelledException.class, job::await);
        }
        try (Stream<Path> files = Files.list(outside)) {
            assertEquals(List.of(ova, zip), files.sorted().toList());
        }
        rig.requireOnly("one");
    }
}
