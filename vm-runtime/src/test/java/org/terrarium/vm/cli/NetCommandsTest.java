package org.terrarium.vm.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.vm.library.MachineFolder;
import org.terrarium.vm.library.MachineSession;
import org.terrarium.vm.library.MachineSession.RunOptions;

/** {@code terrarium net}: definitions of networks, and orders to a machine that is there but need not be on. */
@Timeout(120)
class NetCommandsTest {
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

    private MachineSession session(String name) throws IOException {
        MachineFolder machine = new MachineFolder(folder.resolve("home/" + name + ".terrarium"));
        return MachineSession.open(machine, machine.load(), RunOptions.plain(OutputStream.nullOutputStream()));
    }

    private JsonNode card() throws IOException {
        return json(cli.ok("net", "list", "--json")).path("cards").path(0);
    }

    private static int freePort() throws IOException {
        try (ServerSocket s = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return s.getLocalPort();
        }
    }

    @Test
    void whatAGatewayDoesIsSaidInNetworksJson() throws IOException {
        cli.ok(
                "net",
                "create",
                "boot",
                "--kind",
                "nat",
                "--ntp",
                "10.0.2.77",
                "--next-server",
                "10.0.2.78",
                "--boot-file",
                "pxelinux.0",
                "--tftp",
                folder.toString(),
                "--ipv6",
                "fd00:1:2:3::/64",
                "--connections",
                "20000");
        Path file = folder.resolve("home/networks.json");
        JsonNode made = json(Files.readString(file)).path("networks").path(0);
        assertEquals("10.0.2.77", made.path("ntp").asText());
        assertEquals("10.0.2.78", made.path("nextServer").asText());
        assertEquals("pxelinux.0", made.path("bootFile").asText());
        assertEquals(folder.toString(), made.path("tftp").asText());
        assertEquals("fd00:1:2:3::/64", made.path("ipv6").asText());
        assertEquals(20000, made.path("connections").asInt());
        cli.ok("net", "change", "boot", "--ipv6", "off", "--tftp", "none", "--reserve", "02:00:00:00:00:09=10.0.2.99");
        JsonNode changed = json(Files.readString(file)).path("networks").path(0);
        assertEquals("off", changed.path("ipv6").asText());
        assertTrue(changed.path("tftp").isMissingNode());
        assertEquals("10.0.2.77", changed.path("ntp").asText(), "the rest stays");
        assertEquals(
                "02:00:00:00:00:09=10.0.2.99",
                changed.path("reservations").path(0).asText());
        cli.refused(1, "there is no network nobody", "net", "change", "nobody", "--ntp", "10.0.2.77");
        for (String[] bad : new String[][] {
            {"--ntp", "10.0.2", "is no IPv4 address"},
            {"--next-server", "here", "is no IPv4 address"},
            {"--ipv6", "maybe", "write on, off or one like"},
            {"--ipv6", "fe80::/64", "write on, off or one like"},
            {"--ipv6", "fd00::1/64", "write on, off or one like"},
            {"--ipv6", "fd0::0::/64", "is no IPv6 address"},
            {"--connections", "0", "connections must be from 1"},
            {"--boot-file", "a b", "boot file's name"},
            {"--reserve", "02:00:00:00:00:0a=10.9.9.9", "cannot be reserved"}
        }) {
            cli.refused(2, bad[2], "net", "change", "boot", bad[0], bad[1]);
        }
        cli.ok("net", "create", "lab");
        cli.refused(2, "need a network with a gateway", "net", "change", "lab", "--ntp", "10.0.2.77");
    }

    @Test
    void aCardsNetworkBootIsSaidWithIt() throws IOException {
        cli.refused(2, "tftp and bootFile need a card with net nat", "vm", "create", "m", "--nic", "net=none,tftp=/x");
        cli.refused(2, "no place for a ROM", "vm", "create", "m", "--nic", "model=ne2000-isa,rom=/x");
        Path rom = Files.write(folder.resolve("no.rom"), new byte[600]);
        cli.ok("vm", "create", "m", "--memory", "16", "--nic", "rom=" + rom + ",tftp=" + folder + "/none,bootfile=x");
        cli.refused(1, rom + " is no expansion ROM", "vm", "start", "m", "--headless");
        cli.ok("vm", "delete", "m");
        cli.ok("vm", "create", "m", "--memory", "16", "--nic", "tftp=" + folder + "/none");
        try (MachineSession s = session("m")) {
            String said = s.machine().troubles().toString();
            assertTrue(said.contains("the TFTP folder " + folder + "/none does not exist"), said);
        }
    }

    @Test
    void networksAreCreatedListedUsedAndDeleted() throws IOException {
        cli.ok("net", "create", "lab");
        cli.ok(
                "net",
                "create",
                "office",
                "--kind",
                "nat",
                "--subnet",
                "192.168.7.0/24",
                "--domain",
                "office.test",
                "--reserve",
                "02:00:00:00:00:09=192.168.7.99");
        JsonNode networks = json(cli.ok("net", "list", "--json")).path("networks");
        assertEquals("private", networks.path(0).path("kind").asText());
        assertEquals("192.168.7.0/24", networks.path(1).path("subnet").asText());
        assertTrue(cli.ok("net", "list").contains("office"));
        cli.ok("vm", "create", "m", "--memory", "16", "--net", "nat:office");
        cli.refused(1, "the machine m uses the network office", "net", "delete", "office");
        cli.ok("vm", "delete", "m");
        cli.ok("net", "delete", "office");
        cli.ok("net", "delete", "lab");
        assertTrue(json(cli.ok("net", "list", "--json")).path("networks").isEmpty());
    }

    @Test
    void wrongDefinitionsAreRefusedInOneSentence() throws IOException {
        cli.refused(
                2,
                "'10.0.0.0/33': a subnet's prefix has 8 to 27 bits",
                "net",
                "create",
                "n",
                "--kind",
                "nat",
                "--subnet",
                "10.0.0.0/33");
        cli.refused(2, "did you mean 10.0.2.0/24", "net", "create", "n", "--kind", "nat", "--subnet", "10.0.2.9/24");
        cli.refused(
                2,
                "--subnet, --domain and --allow-host-loopback need --kind nat",
                "net",
                "create",
                "n",
                "--subnet",
                "10.0.2.0/24");
        cli.refused(2, "is no kind of network", "net", "create", "n", "--kind", "bridge");
        cli.refused(2, "cannot be a network's name", "net", "create", "../x");
        cli.refused(
                2,
                "cannot be reserved; choose one from 10.0.2.4 to 10.0.2.254",
                "net",
                "create",
                "n",
                "--kind",
                "nat",
                "--reserve",
                "02:00:00:00:00:01=10.0.9.9");
        assertFalse(Files.exists(folder.resolve("home/networks.json")), "nothing was written");
        cli.ok("net", "create", "n");
        cli.refused(1, "there is a network n already", "net", "create", "n");
        cli.refused(1, "there is no network other", "net", "delete", "other");
        Path file = folder.resolve("home/networks.json");
        Files.writeString(
                file, "{\"version\":1,\"networks\":[{\"name\":\"a\",\"kind\":\"nat\",\"subnet\":\"10.0.0.0\"}]}");
        cli.refused(1, "networks[0]: '10.0.0.0' is no subnet", "net", "list");
        Files.writeString(file, "{\"version\":7}");
        cli.refused(1, "written by a newer Terrarium", "net", "list");
        Files.writeString(file, "{\"version\":1,\"networks\":[{\"name\":\"a\",\"colour\":1}]}");
        cli.refused(1, "there is no field 'networks[0].colour'", "net", "list");
    }

    @Test
    void aSwitchIsWiredAsItsDescriptionSaysAndAnUplinkIsPulled() throws IOException {
        cli.ok("net", "create", "core", "--uplink", "nat", "--uplink", "tcp:127.0.0.1:9", "--teaming", "source-mac");
        cli.ok("net", "create", "door", "--listen", "unix:" + folder.resolve("door.sock"), "--group", "web=10");
        String listed = cli.ok("net", "list");
        assertTrue(listed.contains("uplinks nat tcp:127.0.0.1:9"), listed);
        assertTrue(listed.contains("listens unix:") && listed.contains("groups web"), listed);
        cli.refused(1, "no running machine's switch private:core has uplinks", "net", "uplink", "core");
        cli.ok(
                "vm",
                "create",
                "m",
                "--memory",
                "16",
                "--nic",
                "switch=core,vlan=7,trunk=8+9",
                "--nic",
                "switch=door,group=web");
        try (MachineSession _ = session("m")) {
            assertEquals(7, card().path("vlan").asInt());
            assertEquals(2, card().path("trunk").size());
            assertEquals("nat", card().path("uplinks").path(0).path("leadsTo").asText());
            JsonNode door = json(cli.ok("net", "list", "--json")).path("cards").path(1);
            assertEquals(10, door.path("vlan").asInt(), "what the port group says");
            String pulled = cli.ok("net", "uplink", "core", "0", "off");
            assertTrue(pulled.contains("uplink 0 nat") && pulled.contains("it was pulled"), pulled);
            assertTrue(cli.ok("net", "uplink", "core", "0", "on").contains("active"));
            cli.refused(1, "the switch has no uplink 5; it has 2", "net", "uplink", "core", "5", "off");
            cli.refused(2, "write the uplink's number and then on or off", "net", "uplink", "core", "0", "maybe");
        }
        cli.ok("net", "create", "hosts", "--kind", "host-only", "--subnet", "10.9.0.0/24");
        cli.ok("vm", "set", "m", "--nic", "net=private:hosts");
        cli.refused(1, "the card's net must be host-only:hosts", "vm", "start", "m", "--headless");
        cli.ok("vm", "set", "m", "--nic", "switch=door,group=mail");
        cli.refused(1, "the network private:door has no port group mail", "vm", "start", "m", "--headless");
    }

    @Test
    void aSwitchThatCannotBeIsRefusedInOneSentence() {
        String[][] bad = {
            {"'wan' is no uplink; choose nat", "--uplink", "wan"},
            {"frames could go round in circles", "--uplink", "tcp::7001", "--listen", "tcp::7002"},
            {"a switch has one gateway", "--uplink", "nat", "--uplink", "host-only"},
            {"'both' is no teaming", "--teaming", "both"},
            {"is no place of another switch", "--listen", "tcp:1"},
            {"'5000' is no VLAN", "--group", "web=5000"},
            {"'web' is no port group", "--group", "web"},
            {"write the guest's address", "--uplink", "nat", "--forward", "tcp:127.0.0.1:2222-:22"},
            {"forwards need a switch with the uplink nat", "--forward", "tcp:127.0.0.1:2222-10.0.2.15:22"},
            {"with nat each machine has a network of its own", "--kind", "nat", "--group", "web=10"},
            {"a switch has one gateway", "--kind", "host-only", "--uplink", "nat"},
        };
        for (String[] line : bad) {
            String[] arguments = new String[line.length + 2];
            arguments[0] = "net";
            arguments[1] = "create";
            arguments[2] = "n";
            System.arraycopy(line, 1, arguments, 3, line.length - 1);
            cli.refused(2, line[0], arguments);
        }
        assertFalse(Files.exists(folder.resolve("home/networks.json")), "nothing was written");
        for (String nic : new String[] {"vlan=0", "trunk=1+x", "promiscuous=maybe", "switch=../x", "group=a,vlan=3"}) {
            cli.refused(2, "--nic", "vm", "create", "m", "--nic", nic);
        }
    }

    @Test
    void aNatNetworkThatIsNotThereKeepsTheMachineFromStarting() {
        cli.ok("vm", "create", "m", "--memory", "16", "--net", "nat:nowhere");
        cli.refused(1, "there is no NAT network nowhere; make it with", "vm", "start", "m", "--headless");
    }

    @Test
    void aRunningMachinesCardsAreShownAndChanged() throws IOException {
        cli.ok("net", "create", "office", "--kind", "nat", "--subnet", "192.168.7.0/24");
        cli.ok("vm", "create", "m", "--memory", "16", "--nic", "model=virtio,mac=02:00:00:00:00:05,net=nat:office");
        cli.refused(1, "the machine m is not running", "net", "flows", "m");
        try (MachineSession _ = session("m")) {
            assertEquals("virtio", card().path("model").asText());
            assertTrue(card().path("connected").asBoolean());
            cli.ok(
                    "net",
                    "set",
                    "m",
                    "--cable",
                    "off",
                    "--latency",
                    "50",
                    "--loss",
                    "5",
                    "--vlan",
                    "10",
                    "--trunk",
                    "20,30");
            JsonNode card = card();
            assertFalse(card.path("connected").asBoolean());
            assertEquals(50.0, card.path("out").path("latency").asDouble());
            assertEquals(0.05, card.path("in").path("loss").asDouble());
            assertEquals(10, card.path("vlan").asInt());
            assertEquals("[20,30]", card.path("trunk").toString());
            cli.ok("net", "set", "m", "--loss", "0", "--direction", "out", "--cable", "on");
            assertEquals(0.0, card().path("out").path("loss").asDouble());
            assertEquals(0.05, card().path("in").path("loss").asDouble(), "the other direction stays as it was");
            String shown = cli.ok("net", "list");
            assertTrue(shown.contains("out: latency 50 ms\n"), shown);
            assertTrue(shown.contains("in: latency 50 ms, loss 5 %\n"), shown);
            cli.refused(
                    1,
                    "loss, duplication and reordering must be between 0 and 100 %",
                    "net",
                    "set",
                    "m",
                    "--loss",
                    "150");
            cli.refused(1, "a VLAN has a number from 1 to 4094", "net", "set", "m", "--vlan", "5000");
            cli.refused(
                    1,
                    "the machine has no network card 3; it has 1",
                    "net",
                    "set",
                    "m",
                    "--card",
                    "3",
                    "--cable",
                    "on");
            cli.refused(2, "--cable is on or off", "net", "set", "m", "--cable", "maybe");
            cli.refused(2, "nothing to change", "net", "set", "m");
            Path capture = folder.resolve("m.pcapng");
            cli.ok("net", "capture", "m", capture.toString());
            cli.ok("net", "capture", "m", "--off");
            assertTrue(Files.size(capture) > 0, "the head of the capture is there");
            cli.refused(
                    1,
                    "there is no folder",
                    "net",
                    "capture",
                    "m",
                    folder.resolve("none/x.pcapng").toString());
            assertEquals("[]", json(cli.ok("net", "leases", "--json")).toString());
        }
    }

    @Test
    void portsAreForwardedAndClosedWhileTheMachineRuns() throws IOException {
        cli.ok("vm", "create", "m", "--memory", "16");
        int port = freePort();
        String forward = "tcp:127.0.0.1:" + port + "-:22";
        try (MachineSession _ = session("m")) {
            cli.ok("net", "set", "m", "--forward", forward);
            assertEquals(forward, card().path("forwards").path(0).asText());
            cli.refused(1, "is there already", "net", "set", "m", "--forward", forward);
            try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
                assertTrue(client.isConnected());
                for (int k = 0;
                        k < 600 && json(cli.ok("net", "flows", "m", "--json")).isEmpty();
                        k++) {
                    Thread.onSpinWait();
                }
                JsonNode flow = json(cli.ok("net", "flows", "m", "--json")).path(0);
                assertEquals("10.0.2.15:22", flow.path("guest").asText());
                assertEquals("SYN-SENT", flow.path("state").asText());
            }
            cli.ok("net", "set", "m", "--unforward", forward);
            assertEquals(0, card().path("forwards").size());
            cli.refused(1, "there is no port forward", "net", "set", "m", "--unforward", forward);
            try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                cli.refused(1, "cannot be opened", "net", "set", "m", "--forward", forward);
                assertTrue(
                        card().path("connected").asBoolean(),
                        "and the machine still runs; port " + taken.getLocalPort());
            }
            cli.refused(1, "is no port forward", "net", "set", "m", "--forward", "nonsense");
        }
    }
}
