package org.terrarium.vm.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.terrarium.disk.CreateOptions;
import org.terrarium.disk.DiskFormats;
import org.terrarium.vm.HostMemory;

/** Commands that start no machine, and command lines that never get as far. */
@Timeout(120)
class CommandsTest {
    @TempDir
    Path folder;

    private Cli cli;

    @BeforeEach
    void makeCli() {
        cli = new Cli(folder.resolve("home"));
    }

    private static JsonNode json(String text) throws IOException {
        return new JsonMapper().readTree(text);
    }

    @Test
    void machinesAreCreatedListedShownChangedRenamedAndDeleted() throws IOException {
        assertTrue(cli.ok("vm", "list").contains("no machines in " + folder.resolve("home")));
        assertEquals("[ ]", cli.ok("vm", "list", "--json").strip());
        cli.ok("vm", "create", "one", "--memory", "64", "--cpu", "p6", "--disk-size", "20M", "--notes", "first");
        JsonNode listed = json(cli.ok("vm", "list", "--json")).get(0);
        assertEquals("one", listed.get("name").asText());
        assertEquals("off", listed.get("state").asText());
        assertEquals(64, listed.get("memory").asInt());
        JsonNode shown = json(cli.ok("vm", "show", "one", "--json"));
        assertEquals("p6", shown.get("cpu").asText());
        assertEquals("disks/disk0.qcow2", shown.at("/disks/0/file").asText());
        assertEquals("qcow2", shown.at("/disks/0/format").asText());
        assertEquals("first", shown.get("notes").asText());

        Path raw = Files.write(folder.resolve("data.raw"), new byte[1 << 16]);
        cli.ok(
                "vm",
                "set",
                "one",
                "--boot",
                "disk",
                "--serial",
                "tcp:4001",
                "--disk",
                raw.toString(),
                "--memory",
                "65");
        shown = json(cli.ok("vm", "show", "one", "--json"));
        assertEquals("[\"disk\",\"cd\",\"floppy\"]", shown.get("boot").toString());
        assertEquals("[\"tcp:4001\"]", shown.get("serial").toString());
        assertEquals(raw.toString(), shown.at("/disks/0/file").asText());
        assertEquals("raw", shown.at("/disks/0/format").asText());
        assertEquals(65, shown.get("memory").asInt());
        cli.ok("vm", "set", "one", "--disk", "none", "--boot", "floppy,cd", "--cd-controller", "ahci");
        shown = json(cli.ok("vm", "show", "one", "--json"));
        assertEquals("ahci", shown.get("cdController").asText());
        assertTrue(cli.ok("vm", "show", "one").contains("cdrom     empty on ahci"));
        assertEquals(0, shown.get("disks").size());
        assertEquals("[\"floppy\",\"cd\"]", shown.get("boot").toString());
        assertTrue(cli.ok("vm", "show", "one").contains("memory    65 MiB"));

        cli.ok("vm", "set", "one", "--printer", folder.resolve("printed.txt").toString());
        assertEquals(
                folder.resolve("printed.txt").toString(),
                json(cli.ok("vm", "show", "one", "--json")).get("printer").asText());
        assertTrue(cli.ok("vm", "show", "one").contains("printed.txt"));
        cli.ok("vm", "set", "one", "--printer", "none");
        assertTrue(json(cli.ok("vm", "show", "one", "--json")).get("printer").isNull());
        cli.ok("vm", "set", "one", "--scaling", "fit", "--full-screen", "--video-memory", "8");
        assertEquals(
                "{\"scaling\":\"fit\",\"fullScreen\":true,\"videoMemory\":8}",
                json(cli.ok("vm", "show", "one", "--json")).get("display").toString());
        cli.refused(2, "choose integer, fit or actual", "vm", "set", "one", "--scaling", "huge");
        cli.refused(2, "power of two", "vm", "set", "one", "--video-memory", "7");

        cli.ok("vm", "rename", "one", "two");
        cli.refused(1, "there is no machine one", "vm", "show", "one");
        cli.ok("vm", "delete", "two");
        assertEquals("[ ]", cli.ok("vm", "list", "--json").strip());
        assertTrue(Files.exists(raw));
    }

    @Test
    void networkCardsAreKeptWithTheirAddresses() throws IOException {
        cli.ok("vm", "create", "net", "--forward", "tcp:127.0.0.1:2222-:22");
        JsonNode nic = json(cli.ok("vm", "show", "net", "--json")).at("/nics/0");
        assertEquals("e1000", nic.get("model").asText());
        assertEquals("nat", nic.get("net").asText());
        assertEquals("tcp:127.0.0.1:2222-:22", nic.at("/forwards/0").asText());
        assertFalse(nic.get("hostLoopback").asBoolean());
        String mac = nic.get("mac").asText();
        assertTrue(mac.matches(".[26ae]:.*"), mac + " is a locally administered address of one card");
        cli.ok("vm", "set", "net", "--allow-host-loopback", "--memory", "64");
        nic = json(cli.ok("vm", "show", "net", "--json")).at("/nics/0");
        assertTrue(nic.get("hostLoopback").asBoolean());
        assertEquals(mac, nic.get("mac").asText(), "the address stays");
        cli.ok("vm", "set", "net", "--net", "none");
        nic = json(cli.ok("vm", "show", "net", "--json")).at("/nics/0");
        assertEquals("none", nic.get("net").asText());
        assertEquals(mac, nic.get("mac").asText());
        cli.ok("vm", "set", "net", "--net", "private:lab");
        assertTrue(cli.ok("vm", "show", "net").contains(mac + " private:lab"));
        cli.ok("vm", "set", "net", "--nic", "model=e1000,mac=02:00:00:00:00:05", "--nic", "net=none");
        assertEquals(2, json(cli.ok("vm", "show", "net", "--json")).get("nics").size());
        assertTrue(cli.ok("vm", "show", "net").contains("e1000 02:00:00:00:00:05 nat"));
        cli.refused(2, "is no network card", "vm", "set", "net", "--nic", "model=token-ring");
        cli.refused(2, "says nothing about a network card", "vm", "set", "net", "--nic", "speed=10");
        cli.refused(2, "is no network; choose", "vm", "set", "net", "--net", "moon");
        cli.refused(2, "is no port forward", "vm", "set", "net", "--forward", "22");
        cli.refused(2, "need a network card with --net nat", "vm", "create", "x", "--net", "none", "--forward", "1-2");
    }

    @Test
    void aBrokenMachineDoesNotHideTheOthers() throws IOException {
        cli.ok("vm", "create", "good");
        cli.ok("vm", "create", "bad");
        Path file = folder.resolve("home/bad.terrarium/machine.json");
        Files.writeString(file, "{\"version\": 1, \"cpu\": 5}");
        String list = cli.ok("vm", "list");
        assertTrue(list.contains("broken   " + file + ": cpu must be a text"), list);
        assertTrue(list.contains("good"), list);
        assertEquals(
                "broken",
                json(cli.ok("vm", "list", "--json")).get(0).get("state").asText());
        cli.refused(1, "the machine bad is broken: " + file, "vm", "show", "bad");
        cli.refused(1, "the machine bad is broken: " + file, "run", "bad", "--headless");
        cli.refused(1, "the machine bad is broken: " + file, "vm", "start", "bad", "--headless");
    }

    @Test
    void badFilesAreRefusedByNameBeforeAnythingHappens() throws IOException {
        Path none = folder.resolve("none.iso");
        cli.refused(
                1,
                none + ": cannot open it: the file does not exist",
                "run",
                "--timeout",
                "5",
                "--headless",
                "--cdrom",
                none.toString());
        cli.refused(1, none.toString(), "run", "--timeout", "5", "--headless", "--disk", none.toString());
        cli.refused(1, none.toString(), "run", "--timeout", "5", "--headless", "--floppy", none.toString());
        cli.refused(1, none.toString(), "run", "--timeout", "5", "--headless", "--kernel", none.toString());
        cli.refused(1, none.toString(), "run", "--timeout", "5", "--headless", "--firmware", none.toString());
        cli.refused(1, none.toString(), "vm", "create", "x", "--cdrom", none.toString());
        Path text = Files.writeString(folder.resolve("text"), "hello");
        cli.refused(1, text + ": is not a CD image", "run", "--timeout", "5", "--headless", "--cdrom", text.toString());
        cli.refused(1, "is a folder", "run", "--timeout", "5", "--headless", "--disk", folder.toString());
        cli.refused(
                1,
                text + " is a file, not a folder",
                "run",
                "--timeout",
                "5",
                "--headless",
                "--disk",
                text.resolve("d").toString());
        cli.refused(1, text.toString(), "run", "--timeout", "5", "--headless", "--kernel", text.toString());
        cli.refused(1, text.toString(), "run", "--timeout", "5", "--headless", "--firmware", text.toString());
        Path image = folder.resolve("disk.qcow2");
        DiskFormats.create(image, CreateOptions.qcow2(1 << 20));
        byte[] whole = Files.readAllBytes(image);
        byte[] cut = Arrays.copyOf(whole, 70_000);
        Files.write(image, cut);
        cli.refused(
                1,
                image + ": the qcow2 image is truncated",
                "run",
                "--timeout",
                "5",
                "--headless",
                "--disk",
                image.toString());
        assertArrayEquals(cut, Files.readAllBytes(image));
        Path inside = Files.createDirectory(folder.resolve("inside"));
        Path overlay = inside.resolve("overlay.qcow2");
        cli.ok("disk", "create", overlay.toString(), "--backing", text.toString(), "--backing-format", "raw");
        cli.refused(1, "not allowed to open", "run", "--timeout", "5", "--headless", "--disk", overlay.toString());
        cli.refused(
                1,
                "there is no folder " + folder.resolve("a"),
                "run",
                "--headless",
                "--screenshot",
                folder.resolve("a/b").toString());
        cli.refused(
                1,
                "cannot be written",
                "run",
                "--timeout",
                "5",
                "--headless",
                "--serial",
                "file:" + none.resolve("log"));
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(3, left.count());
        }
    }

    @Test
    void moreMemoryThanTheHostHas() {
        String tooMuch = String.valueOf(HostMemory.totalMib() + 1);
        cli.refused(1, "this host has", "vm", "create", "big", "--memory", tooMuch);
        cli.refused(1, "this host has", "run", "--timeout", "5", "--headless", "--memory", tooMuch);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "frob | 'frob'; the commands are run, vm, disk, config, net, host (see terrarium --help)",
                "'' | the commands are run, vm, disk, config, net, host",
                "vm | the commands are create, list",
                "run --frob | Unknown option: '--frob' (see terrarium run --help)",
                "run --memory x | Invalid value for option '--memory'",
                "run --memory 1 | memory must be from 2",
                "run --cpu z80 | 'z80' is no processor model; choose one of 486, pentium",
                "run --boot tape | 'tape' is no boot device",
                "run --boot cd,cd | none twice",
                "run --accel kvm | has no kvm accelerator yet",
                "run --accel warp | 'warp' is no accelerator",
                "run --serial usb | 'usb' is no place for a serial port",
                "run --serial stdio --serial stdio | only one port can lead to stdio",
                "run --initrd x | need --kernel",
                "run --timeout 0 | --timeout must be a number of seconds above 0",
                "run --timeout NaN | --timeout must be a number of seconds above 0",
                "run --type <blah> | --type: There is no key named <blah>",
                "run --until-serial | --until-serial",
                "run a b | Unmatched argument",
                "vm create | Missing required parameter: 'NAME'",
                "vm create .x | cannot be a machine's name",
                "vm create x --disk-size 1Q | '1Q' is no size; write it like 512M",
                "vm set x | nothing to change was given",
                "disk create x | --size is missing",
                "disk create x --size 1G --format iso | 'iso' cannot be created; choose one of raw, qcow2, vmdk",
                "disk create x --size 1G --format zip | 'zip' is no disk format",
                "disk create x --size 1G --format vdi --variant round | cannot be round; choose dynamic, fixed",
                "disk frob | the commands are create, info, map, check, convert, resize",
                "disk convert x | Missing required parameter: 'TARGET'",
                "disk convert x y --threads 99 | --threads must be from 1 to 64",
                "disk snapshot | the commands are list, create, delete, apply",
                "disk create x --size 1G --cluster-size 1000 | the cluster size must be a power of two",
            })
    void wrongUsageIsStatusTwoAndOneSentence(String line, String words) {
        String[] args =
                Stream.of(line.split(" ")).filter(word -> !word.isEmpty()).toArray(String[]::new);
        if (args.length > 0 && args[0].equals("run")) {
            args = Stream.concat(Stream.of(args), Stream.of("--headless")).toArray(String[]::new);
            if (line.endsWith("--until-serial")) {
                args = new String[] {"run", "--timeout", "5", "--headless", "--until-serial"};
            }
        }
        cli.refused(2, words, args);
    }

    @Test
    void preferencesAreSetListedAndRefused() {
        assertEquals(0, cli.run("config", "set", "window.theme", "dark").status());
        assertEquals("dark\n", cli.run("config", "get", "window.theme").out());
        assertTrue(cli.run("config", "list").out().contains("window.language          host"));
        assertTrue(cli.run("config", "list", "--json").out().contains("\"window.theme\" : \"dark\""));
        assertEquals(0, cli.run("config", "unset", "window.theme").status());
        assertEquals("host\n", cli.run("config", "get", "window.theme").out());
        cli.refused(2, "choose one of host, light, dark", "config", "set", "window.theme", "pink");
        cli.refused(2, "there is no preference 'x'", "config", "set", "x", "y");
    }

    @Test
    void withoutADisplayTheWayOutIsNamed() {
        cli.refused(1, "add --headless", "run");
    }

    @Test
    void everyCommandExplainsItself() {
        assertTrue(cli.ok("--help").contains("Commands:"));
        assertTrue(cli.ok("--version").startsWith("terrarium "));
        for (String command : new String[] {
            "create",
            "list",
            "show",
            "set",
            "start",
            "stop",
            "reset",
            "pause",
            "resume",
            "rename",
            "delete",
            "screenshot",
            "type"
        }) {
            String help = cli.ok("vm", command, "--help");
            assertTrue(help.startsWith("Usage: terrarium vm " + command), help);
        }
        assertTrue(cli.ok("run", "--help").contains("--until-screen"));
        assertTrue(cli.ok("disk", "create", "--help").contains("--backing"));
    }

    @Test
    void machinesThatDoNotRunTakeNoOrders() {
        cli.ok("vm", "create", "idle");
        for (String order : new String[] {"stop", "pause", "resume", "reset"}) {
            cli.refused(1, "the machine idle is not running", "vm", order, "idle");
        }
        cli.refused(1, "there is no machine nobody", "vm", "stop", "nobody");
    }

    @Test
    void diskImagesAreCreatedAndDescribed() throws IOException {
        Path base = folder.resolve("base.qcow2");
        cli.ok("disk", "create", base.toString(), "--size", "1.5G");
        JsonNode info = json(cli.ok("disk", "info", base.toString(), "--json"));
        assertEquals(3L << 29, info.get("size").asLong());
        assertEquals("qcow2", info.get("format").asText());
        assertEquals(65536, info.get("clusterSize").asInt());
        String described = cli.ok("disk", "info", base.toString());
        assertTrue(described.matches("(?s).*\\nsize +1\\.5 GiB \\(1610612736 bytes\\)\n.*"), described);
        cli.refused(1, "exists already", "disk", "create", base.toString(), "--size", "1G");

        Path overlay = Files.createDirectory(folder.resolve("sub")).resolve("overlay.qcow2");
        cli.ok("disk", "create", overlay.toString(), "--backing", base.toString(), "--cluster-size", "4K");
        info = json(cli.ok("disk", "info", overlay.toString(), "--json"));
        assertEquals(base.toString(), info.get("backingFile").asText());
        assertEquals("qcow2", info.get("backingFormat").asText());
        assertEquals(3L << 29, info.get("size").asLong());
        assertEquals(4096, info.get("clusterSize").asInt());

        Path raw = folder.resolve("disk.raw");
        cli.ok("disk", "create", raw.toString(), "--size", "10M", "--format", "raw");
        assertEquals(10L << 20, Files.size(raw));
        assertEquals(
                "raw",
                json(cli.ok("disk", "info", raw.toString(), "--json"))
                        .get("format")
                        .asText());
        cli.refused(
                1,
                "the file does not exist",
                "disk",
                "info",
                folder.resolve("none").toString());
        cli.refused(
                1,
                "its folder does not exist",
                "disk",
                "create",
                folder.resolve("a/b").toString(),
                "--size",
                "1G");
    }
}
