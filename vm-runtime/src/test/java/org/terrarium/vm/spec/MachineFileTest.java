package org.terrarium.vm.spec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.terrarium.disk.DiskFormat;
import org.terrarium.net.MacAddress;
import org.terrarium.net.nat.PortForward;
import org.terrarium.vm.DiskController;
import org.terrarium.vm.MachineBuilder.BootDevice;
import org.terrarium.vm.NicModel;
import org.terrarium.x86.sys.CpuModel;

class MachineFileTest {
    @TempDir
    Path folder;

    private static MachineSpec everythingSet() {
        return MachineSpec.of("test")
                .withCpu(CpuModel.PENTIUM)
                .withMemory(96)
                .withDisks(List.of(
                        new DiskSpec(Path.of("disks/a.qcow2"), DiskFormat.QCOW2),
                        new DiskSpec(Path.of("/b.raw"), null),
                        new DiskSpec(Path.of("c.img"), DiskFormat.RAW, DiskController.VIRTIO, false)))
                .withCdrom(Path.of("/isos/x.iso"))
                .withCdController(DiskController.AHCI)
                .withFloppies(List.of(Path.of("floppy.img")))
                .withBootOrder(List.of(BootDevice.FLOPPY, BootDevice.CD))
                .withFirmware(Path.of("/usr/share/seabios/bios-256k.bin"))
                .withDisplay(new DisplaySpec(DisplaySpec.Scaling.FIT, true, 64))
                .withSerial(List.of(SerialSpec.file(Path.of("logs/serial.log")), SerialSpec.tcp(4000)))
                .withAccel(AccelSpec.INTERPRETER)
                .withSound(SoundSpec.wav(Path.of("sound.wav")))
                .withNics(List.of(
                        new NicSpec(
                                NicModel.E1000,
                                MacAddress.parse("02:00:00:00:00:01"),
                                NetTarget.NAT,
                                List.of(PortForward.parse("tcp:127.0.0.1:2222-:22")),
                                true),
                        NicSpec.parse("mac=02:00:00:00:00:02,net=none", new Random(1)),
                        NicSpec.parse(
                                "model=rtl8139,mac=02:00:00:00:00:03,switch=lab,group=web,cable=off", new Random(1)),
                        NicSpec.parse(
                                "mac=02:00:00:00:00:04,net=host-only,vlan=7,trunk=8+9,promiscuous=on", new Random(1)),
                        NicSpec.parse(
                                "mac=02:00:00:00:00:05,rom=/roms/pxe.rom,tftp=/boot,bootfile=pxelinux.0",
                                new Random(1))))
                .withShares(List.of(ShareSpec.parse("src=/home/u/src"), ShareSpec.parse("docs=files,old,readonly")))
                .withNotes("two\nlines \"quoted\" \u00e4")
                .withUuid(new UUID(0x1234, -5));
    }

    @Test
    void whatIsSavedIsLoaded() throws IOException {
        Path file = folder.resolve("machine.json");
        MachineFile.save(file, everythingSet());
        assertEquals(everythingSet(), MachineFile.load(file, "test"));
        MachineFile.save(file, MachineSpec.of("test"));
        assertEquals(MachineSpec.of("test"), MachineFile.load(file, "test"));
        assertEquals("copy", MachineFile.load(file, "copy").name());
    }

    @Test
    void anEmptyDescriptionIsTheUsualMachine() throws IOException {
        Path file = Files.writeString(folder.resolve("machine.json"), "{\"version\": 1}");
        assertEquals(MachineSpec.of("n"), MachineFile.load(file, "n"));
    }

    @Test
    void disksOfTheFirstVersionAreOnTheIdeController() throws IOException {
        Path file = Files.writeString(
                folder.resolve("machine.json"), "{\"version\": 1, \"disks\": [{\"file\": \"a.img\"}]}");
        assertEquals(
                List.of(new DiskSpec(Path.of("a.img"), null, DiskController.IDE, true)),
                MachineFile.load(file, "n").disks());
    }

    @Test
    void aCdDriveOnTheAhciControllerTakesOneOfItsPlaces() {
        List<DiskSpec> five = IntStream.range(0, 5)
                .mapToObj(n -> new DiskSpec(Path.of(n + ".img"), null, DiskController.AHCI, true))
                .toList();
        List<DiskSpec> six = new ArrayList<>(five);
        six.add(new DiskSpec(Path.of("5.img"), null, DiskController.AHCI, true));
        MachineSpec usual = MachineSpec.of("n");
        assertEquals(6, usual.withDisks(six).disks().size());
        MachineSpec serialCd = usual.withDisks(five).withCdController(DiskController.AHCI);
        assertThrows(IllegalArgumentException.class, () -> serialCd.withDisks(six));
        assertThrows(IllegalArgumentException.class, () -> usual.withCdController(DiskController.VIRTIO));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ | is not valid JSON (line 1",
                "{\"version\": 1, \"memory\": | is not valid JSON",
                "{\"version\": 1} x | is not valid JSON",
                "{\"version\": 1, \"memory\": 64, \"memory\": 65} | is not valid JSON",
                "[] | the file must be an object",
                "`` | the file must be an object",
                "{} | version must be 1",
                "{\"version\": 7} | written by a newer Terrarium (version 7)",
                "{\"version\": 1, \"memroy\": 64} | no field 'memroy'",
                "{\"version\": 1, \"memory\": 1} | memory must be from 2 to 524288, not 1",
                "{\"version\": 1, \"memory\": \"64\"} | memory must be a whole number, not \"64\"",
                "{\"version\": 1, \"memory\": 64.5} | memory must be a whole number, not 64.5",
                "{\"version\": 1, \"memory\": 99999999999} | memory must be a whole number",
                "{\"version\": 1, \"cpu\": \"z80\"} | cpu: 'z80' is no processor model; choose one of 486",
                "{\"version\": 1, \"cpu\": 486} | cpu must be a text in quotes, not 486",
                "{\"version\": 1, \"disks\": {}} | disks must be a list [...], not {}",
                "{\"version\": 1, \"disks\": [\"a\"]} | disks[0] must be an object",
                "{\"version\": 1, \"disks\": [{}]} | disks must not be missing",
                "{\"version\": 1, \"disks\": [{\"file\": \"\"}]} | disks must name a file",
                "{\"version\": 1, \"disks\": [{\"file\": \"a\", \"format\": \"zip\"}]} | disks[0].format: 'zip' is no"
                        + " disk format",
                "{\"version\": 3, \"cdController\": \"virtio\"} | cdController must be ide or ahci",
                "{\"version\": 2, \"disks\": [{\"file\": \"a\", \"controller\": \"scsi\"}]} | disks[0].controller:"
                        + " 'scsi' is no disk controller; choose ide, ahci or virtio",
                "{\"version\": 1, \"disks\": [{\"file\": \"a\", \"size\": 1}]} | no field 'disks[0].size'",
                "{\"version\": 1, \"disks\": [{\"file\": \"a\"}, {\"file\": \"a\"}]} | disks must not name the same"
                        + " file twice",
                "{\"version\": 1, \"boot\": []} | boot must name at least one device",
                "{\"version\": 1, \"boot\": [\"cd\", \"cd\"]} | boot must name at least one device, and none twice",
                "{\"version\": 1, \"boot\": [\"tape\"]} | boot[0]: 'tape' is no boot device",
                "{\"version\": 1, \"serial\": [\"usb\"]} | serial[0]: 'usb' is no place for a serial port",
                "{\"version\": 1, \"serial\": [\"tcp:70000\"]} | serial[0]: serial must have a TCP port from 1 to"
                        + " 65535",
                "{\"version\": 6, \"sound\": \"loud\"} | sound: 'loud' is no place for sound; choose none, silent,"
                        + " host or",
                "{\"version\": 6, \"sound\": \"wav:\"} | sound: 'wav:' is no place for sound",
                "{\"version\": 6, \"sound\": 1} | sound must be a text in quotes, not 1",
                "{\"version\": 6, \"sharedFolders\": {}} | sharedFolders must be a list",
                "{\"version\": 6, \"sharedFolders\": [{}]} | sharedFolders[0]: tag must not be missing",
                "{\"version\": 6, \"sharedFolders\": [{\"tag\": \"a\"}]} | sharedFolders[0]: folder must not be"
                        + " missing",
                "{\"version\": 6, \"sharedFolders\": [{\"tag\": \"a/b\", \"folder\": \"x\"}]} | 'a/b' is no tag",
                "{\"version\": 6, \"sharedFolders\": [{\"tag\": \"a\", \"folder\": \"\"}]} | must name a folder",
                "{\"version\": 6, \"sharedFolders\": [{\"tag\": \"a\", \"folder\": \"x\", \"readonly\": true}]} |"
                        + " there is no field 'sharedFolders[0].readonly'",
                "{\"version\": 6, \"sharedFolders\": [{\"tag\": \"a\", \"folder\": \"x\"}, {\"tag\": \"a\", \"folder\":"
                        + " \"y\"}]} | two shared folders have the tag 'a'",
                "{\"version\": 1, \"serial\": [\"stdio\", \"stdio\"]} | only one port can lead to stdio",
                "{\"version\": 1, \"display\": {\"scaling\": 2}} | display.scaling must be a text",
                "{\"version\": 1, \"display\": {\"videoMemory\": 3}} | videoMemory must be a power of two",
                "{\"version\": 1, \"display\": {\"fullScreen\": 1}} | display.fullScreen must be true or false, not 1",
                "{\"version\": 1, \"accel\": \"warp\"} | accel: 'warp' is no accelerator",
                "{\"version\": 1, \"nics\": [{}]} | nics[0]: mac must not be missing",
                "{\"version\": 1, \"nics\": [{\"mac\": \"1:2\"}]} | nics[0].mac: '1:2' is not a MAC address",
                "{\"version\": 1, \"nics\": [{\"mac\": \"01:00:00:00:00:00\"}]} | names a group of cards",
                "{\"version\": 1, \"nics\": [{\"model\": \"token-ring\"}]} | nics[0].model: 'token-ring' is no network"
                        + " card",
                "{\"version\": 1, \"nics\": [{\"net\": \"moon\"}]} | nics[0].net: 'moon' is no network",
                "{\"version\": 1, \"nics\": [{\"net\": \"private:\"}]} | nics[0].net: '' cannot be a network's name",
                "{\"version\": 1, \"nics\": [{\"net\": \"private:../x\"}]} | '../x' cannot be a network's name",
                "{\"version\": 1, \"nics\": [{\"forwards\": [\"x\"]}]} | nics[0].forwards[0]: 'x' is no port forward",
                "{\"version\": 1, \"nics\": [{\"mac\": \"02:00:00:00:00:01\", \"net\": \"none\","
                        + " \"hostLoopback\": true}]} | nics[0]: forwards and hostLoopback need",
                "{\"version\": 1, \"nics\": [{\"mac\": \"02:00:00:00:00:01\"}, {\"mac\": \"02:00:00:00:00:01\"}]} | two"
                        + " cards have the address",
                "{\"version\": 1, \"uuid\": \"me\"} | uuid: 'me' is no UUID",
                "{\"version\": 1, \"uuid\": \"1-2-3-4-5\"} | uuid: '1-2-3-4-5' is no UUID",
            })
    void whatIsWrongIsNamedWithFileAndField(String json, String complaint) throws IOException {
        Path file = Files.writeString(folder.resolve("machine.json"), json);
        SpecException e = assertThrows(SpecException.class, () -> MachineFile.load(file, "test"));
        assertTrue(e.getMessage().contains(complaint), e.getMessage());
        assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
        assertFalse(e.getMessage().contains("\n"), e.getMessage());
    }

    @Test
    void filesThatAreNoDescriptionAreRefused() throws IOException {
        assertThrows(SpecException.class, () -> MachineFile.load(folder, "test"));
        Path huge = Files.write(folder.resolve("huge"), new byte[2 << 20]);
        assertTrue(assertThrows(SpecException.class, () -> MachineFile.load(huge, "test"))
                .getMessage()
                .contains("too large"));
        Path none = folder.resolve("none");
        assertTrue(assertThrows(SpecException.class, () -> MachineFile.load(none, "test"))
                .getMessage()
                .contains("there is no file " + none));
    }

    @Test
    void aFailedSaveLeavesTheOldFile() throws IOException {
        Path file = folder.resolve("machine.json");
        MachineFile.save(file, everythingSet());
        byte[] before = Files.readAllBytes(file);
        // A folder in the way of the new contents stands for whatever keeps them from being written.
        Path inTheWay = Files.createDirectory(folder.resolve("folder.json"));
        Files.createFile(inTheWay.resolve("x"));
        assertThrows(IOException.class, () -> MachineFile.save(inTheWay, everythingSet()));
        assertThrows(IOException.class, () -> MachineFile.save(file.resolve("below"), everythingSet()));
        assertArrayEquals(before, Files.readAllBytes(file));
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(2, left.count());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " a", "a ", ".a", "a.", "-a", "a/b", "a\\b", "a:b", "a*", "con", "NUL.txt", "a\nb", "a\u007f"
            })
    void namesThatNoFolderCanHaveAreRefused(String name) {
        assertThrows(IllegalArgumentException.class, () -> MachineName.check(name));
        assertThrows(IllegalArgumentException.class, () -> MachineSpec.of(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "Debian 12", "win95.old", "\u00dc-Maschine_(2)", "console"})
    void otherNamesAreFine(String name) {
        MachineName.check(name);
        assertEquals(name, MachineSpec.of(name).name());
    }

    @Test
    void aNameFitsTheHostsFileNames() {
        assertTrue(MachineName.encodable("\u00dc \ud83c\udf31", "UTF-8"));
        assertTrue(MachineName.encodable("plain", "ANSI_X3.4-1968"));
        assertFalse(MachineName.encodable("\u00dc", "ANSI_X3.4-1968"));
    }

    @Test
    void bootFirstKeepsTheOthers() {
        assertEquals(
                List.of(BootDevice.DISK, BootDevice.CD, BootDevice.FLOPPY), MachineSpec.bootFirst(BootDevice.DISK));
        assertEquals(MachineSpec.of("n").bootOrder(), MachineSpec.bootFirst(BootDevice.CD));
    }
}
