package org.terrarium.app.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.app.text.Text;
import org.terrarium.disk.DiskFormat;
import org.terrarium.vm.DiskController;
import org.terrarium.vm.MachineBuilder.BootDevice;
import org.terrarium.vm.spec.DiskSpec;
import org.terrarium.vm.spec.MachineSpec;
import org.terrarium.vm.spec.NetTarget;
import org.terrarium.vm.spec.NetTarget.Kind;
import org.terrarium.vm.spec.NicSpec;
import org.terrarium.vm.spec.SerialSpec;
import org.terrarium.vm.spec.ShareSpec;
import org.terrarium.vm.spec.SoundSpec;
import org.terrarium.x86.sys.CpuModel;

class SettingsModelTest {
    @TempDir
    private Path folder;

    private SettingsModel model(MachineSpec spec) {
        Text.use("en");
        return new SettingsModel(spec, folder::resolve, false, 8192, new Random(1));
    }

    private static void wrong(SettingsModel model, SettingsPage page, String words) {
        String problem = model.problem(page).get();
        assertTrue(problem.contains(words), page + ": " + problem);
        assertFalse(model.valid().get());
    }

    private static void right(SettingsModel model) {
        for (SettingsPage page : SettingsPage.values()) {
            assertEquals("", model.problem(page).get(), page.toString());
        }
        assertTrue(model.valid().get());
    }

    @Test
    void whatIsNotTouchedStays() throws IOException {
        Files.createFile(folder.resolve("a.qcow2"));
        MachineSpec spec = MachineSpec.of("m")
                .withDisks(List.of(new DiskSpec(Path.of("a.qcow2"), DiskFormat.QCOW2, DiskController.AHCI, false)))
                .withNics(List.of(NicSpec.usual(new Random(2))))
                .withSerial(List.of(SerialSpec.tcp(4000)))
                .withNotes("n")
                .withGroup("g");
        SettingsModel model = model(spec);
        right(model);
        assertEquals(spec, model.spec());
    }

    @Test
    void sharedFolders() throws IOException {
        SettingsModel model = model(MachineSpec.of("m"));
        Path shared = Files.createDirectory(folder.resolve("my files (old)"));
        model.addShare(shared);
        model.addShare(shared);
        assertEquals(
                List.of(new ShareSpec("my-files-old", shared, false), new ShareSpec("my-files-old2", shared, false)),
                model.spec().shares());
        right(model);
        ShareModel second = model.shares().get(1);
        assertEquals("", second.warning().get());
        second.folderProperty().set("elsewhere");
        assertTrue(second.warning().get().contains(folder.resolve("elsewhere").toString()), "relative to the machine");
        right(model);
        second.tagProperty().set("my-files-old");
        wrong(model, SettingsPage.SHARES, "Two shared folders have the tag 'my-files-old'");
        second.tagProperty().set("a b");
        wrong(model, SettingsPage.SHARES, "is no tag for a shared folder");
        second.tagProperty().set("b");
        second.folderProperty().set("");
        wrong(model, SettingsPage.SHARES, "must name a folder");
        model.shares().remove(second);
        right(model);
        model.addShare(Path.of("/"));
        ShareModel everything = model.shares().getLast();
        assertEquals("shared", everything.tagProperty().get());
        assertTrue(everything.warning().get().contains("This machine itself"), "its disks are below /");
        everything.folderProperty().set("snapshots/x");
        Files.createDirectories(folder.resolve("snapshots/x"));
        assertTrue(everything.warning().get().contains("This machine itself"), "in its snapshots");
        everything.readOnlyProperty().set(true);
        assertEquals("", everything.warning().get(), "nothing can be spoiled by reading");
        right(model);
        for (int n = 0; n < 10; n++) {
            model.addShare(shared);
        }
        assertEquals(8, model.shares().size(), "as many as there is room for");
    }

    @Test
    void soundCard() {
        SettingsModel model = model(MachineSpec.of("m"));
        assertEquals(SoundSpec.NONE, model.spec().sound());
        model.sound().cardProperty().set(SoundModel.Card.AC97);
        assertEquals(SoundSpec.HOST, model.spec().sound());
        model.sound().outputProperty().set(SoundSpec.Kind.WAV);
        model.sound().fileProperty().set(" heard.wav ");
        assertEquals(SoundSpec.wav(Path.of("heard.wav")), model.spec().sound());
        right(model);
        model.sound().fileProperty().set("");
        wrong(model, SettingsPage.SOUND, "must name a file");
        model.sound().cardProperty().set(SoundModel.Card.NONE);
        right(model);
        SettingsModel muted = model(MachineSpec.of("m").withSound(SoundSpec.SILENT));
        assertEquals(SoundSpec.SILENT, muted.spec().sound());
    }

    @Test
    void memoryFitsHostAndProcessor() {
        SettingsModel model = model(MachineSpec.of("m"));
        model.memoryProperty().set("much");
        wrong(model, SettingsPage.MEMORY, "number of MiB");
        model.memoryProperty().set("8193");
        wrong(model, SettingsPage.MEMORY, "8192");
        model.memoryProperty().set("8000");
        right(model);
        assertTrue(model.memoryWarning().get().contains("8192"), "much of the host's is warned of");
        model.cpuProperty().set(CpuModel.I486);
        wrong(model, SettingsPage.MEMORY, "3072");
        model.memoryProperty().set("64");
        right(model);
        assertEquals("", model.memoryWarning().get());
    }

    @Test
    void disksHavePlacesAndFiles() {
        SettingsModel model = model(MachineSpec.of("m"));
        StorageModel storage = model.storage();
        for (int n = 0; n < 4; n++) {
            storage.addNew(1 << 30);
        }
        right(model);
        assertEquals(
                List.of(DiskController.IDE, DiskController.IDE, DiskController.IDE, DiskController.AHCI),
                storage.disks().stream().map(d -> d.controllerProperty().get()).toList(),
                "the fourth does not fit on the first controller");
        storage.disks().getLast().controllerProperty().set(DiskController.IDE);
        wrong(model, SettingsPage.STORAGE, "IDE");
        storage.disks().removeLast();
        right(model);
        assertEquals(3, model.disksToMake().size());
        storage.addExisting(Path.of("none.vdi"));
        wrong(model, SettingsPage.STORAGE, "none.vdi");
        storage.disks().removeLast();
        Path first = storage.disks().getFirst().file();
        storage.move(storage.disks().getFirst(), 1);
        assertEquals(first, model.spec().disks().get(1).file());
        storage.cdProperty().set("nowhere.iso");
        wrong(model, SettingsPage.STORAGE, "nowhere.iso");
        storage.cdProperty().set(folder.toString());
        wrong(model, SettingsPage.STORAGE, "is a folder");
        storage.cdProperty().set("");
        right(model);
        assertEquals(Map.of(), model(MachineSpec.of("m")).disksToMake());
    }

    @Test
    void cardsAreCheckedWhileTheyAreTyped() {
        SettingsModel model = model(MachineSpec.of("m"));
        model.addCard();
        CardModel card = model.cards().getFirst();
        card.macProperty().set("nonsense");
        wrong(model, SettingsPage.NETWORK, "nonsense");
        card.macProperty().set("02:00:00:00:00:01");
        card.forwardsProperty().set("tcp:127.0.0.1:2222-:22\n\nudp:99999-:1");
        wrong(model, SettingsPage.NETWORK, "99999");
        card.netProperty().set(Kind.PRIVATE);
        card.nameProperty().set("my net");
        wrong(model, SettingsPage.NETWORK, "network");
        card.nameProperty().set("lab");
        card.forwardsProperty().set("");
        right(model);
        model.addCard();
        model.cards().getLast().macProperty().set("02:00:00:00:00:01");
        wrong(model, SettingsPage.NETWORK, "two cards have the address");
        for (int n = 0; n < 20; n++) {
            model.addCard();
        }
        assertEquals(8, model.cards().size(), "there is room for eight");
    }

    @Test
    void everyCardAndNetworkIsKept() {
        Random random = new Random(2);
        List<NicSpec> nics = Stream.of(
                        "virtio,net=nat:office", "ne2000-isa,net=private:attic", "rtl8139,net=nat", "ne2000,net=none")
                .map(text -> NicSpec.parse("model=" + text, random))
                .toList();
        SettingsModel model = model(MachineSpec.of("m").withNics(nics));
        right(model);
        assertEquals(nics, model.spec().nics());
        CardModel described = model.cards().getFirst();
        described.natNameProperty().set("not a name");
        wrong(model, SettingsPage.NETWORK, "network");
        described.natNameProperty().set(" ");
        right(model);
        assertEquals(NetTarget.NAT, model.spec().nics().getFirst().net());
    }

    @Test
    void portsBootOrderAndFirmware() {
        SettingsModel model = model(MachineSpec.of("m"));
        PortModel second = model.ports().get(1);
        second.kindProperty().set(SerialSpec.Kind.TCP);
        second.portProperty().set("70000");
        wrong(model, SettingsPage.PORTS, "65535");
        second.portProperty().set("7000");
        right(model);
        assertEquals(
                List.of(SerialSpec.NONE, SerialSpec.tcp(7000)), model.spec().serial());
        assertEquals(null, model.spec().printer());
        model.printerProperty().set(" logs/printed.txt ");
        assertEquals(Path.of("logs/printed.txt"), model.spec().printer());
        model.ports().get(0).kindProperty().set(SerialSpec.Kind.STDIO);
        second.kindProperty().set(SerialSpec.Kind.STDIO);
        wrong(model, SettingsPage.PORTS, "only one port");
        second.kindProperty().set(SerialSpec.Kind.NONE);
        model.bootOrder().clear();
        wrong(model, SettingsPage.BOOT, "at least one");
        model.bootOrder().setAll(BootDevice.FLOPPY);
        model.firmwareProperty().set("none.bin");
        wrong(model, SettingsPage.BOOT, "none.bin");
        model.firmwareProperty().set(" ");
        right(model);
        assertEquals(List.of(BootDevice.FLOPPY), model.spec().bootOrder());
        model.groupProperty().set("x".repeat(65));
        wrong(model, SettingsPage.GENERAL, "group");
    }
}
