package org.terrarium.vm.state;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.net.MacAddress;
import org.terrarium.net.link.Cable;
import org.terrarium.vm.DiskController;
import org.terrarium.vm.Machine;
import org.terrarium.vm.MachineBuilder;
import org.terrarium.vm.NicModel;
import org.terrarium.vm.sound.SoundOutput;

/**
 * Saved states of earlier versions open for ever. To add one of the present version, run this test with
 * {@code -Dterrarium.writeState=NAME}, NAME being what its test calls it: it then writes {@code NAME.state.txt} and {@code NAME.ram.txt} (base 64) into the current
 * folder, to be put into {@code src/test/resources/org/terrarium/vm/state}.
 */
class OlderStatesTest {
    private static final int BOOTED = 3_000_000;

    @TempDir
    Path folder;

    private static MachineBuilder machine() {
        return Machine.builder()
                .name("old")
                .memory(2)
                .videoMemory(1)
                .bootMenu(false)
                .deterministic(true);
    }

    /** One with every device that can be added. */
    private MachineBuilder fullMachine() throws Exception {
        MachineBuilder b = machine().cdController(DiskController.AHCI);
        for (DiskController controller : DiskController.values()) {
            Path disk = folder.resolve(controller + ".raw");
            if (Files.notExists(disk)) {
                Files.write(disk, new byte[1 << 20]);
            }
            b.disk(new MachineBuilder.DiskOption(disk, true, "raw", controller, false));
        }
        int number = 1;
        for (NicModel model : NicModel.values()) {
            b.nic(model, MacAddress.parse("02:00:00:00:00:0" + number++), Cable.NONE);
        }
        return b;
    }

    @Test
    void aStateOfVersion1() throws Exception {
        writeIfAsked("version1", machine());
        opens("version1", machine());
    }

    @Test
    void aStateOfVersion1WithEveryDevice() throws Exception {
        writeIfAsked("version1-full", fullMachine());
        opens("version1-full", fullMachine());
    }

    @Test
    void aStateOfVersion1WithASoundCard() throws Exception {
        writeIfAsked("version1-sound", machine().sound(SoundOutput.NONE));
        opens("version1-sound", machine().sound(SoundOutput.NONE));
    }

    @Test
    void aStateOfVersion2() throws Exception {
        writeIfAsked("version2", machine());
        opens("version2", machine());
    }

    private void opens(String name, MachineBuilder builder) throws Exception {
        SavedMachine saved = new SavedMachine(file(name + ".state"), file(name + ".ram"));
        try (Machine m = builder.build()) {
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

    private void writeIfAsked(String name, MachineBuilder builder) throws Exception {
        if (!name.equals(System.getProperty("terrarium.writeState"))) {
            return;
        }
        try (Machine m = builder.build()) {
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
