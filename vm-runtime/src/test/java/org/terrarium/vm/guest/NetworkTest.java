package org.terrarium.vm.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.terrarium.net.MacAddress;
import org.terrarium.net.Network;
import org.terrarium.net.SwitchConfig;
import org.terrarium.net.SwitchConfig.Uplink;
import org.terrarium.net.host.SwitchAddress;
import org.terrarium.net.link.Cable;
import org.terrarium.net.link.PortGroup;
import org.terrarium.net.link.Shaping;
import org.terrarium.net.link.Team;
import org.terrarium.net.nat.GatewayConfig;
import org.terrarium.net.nat.PortForward;
import org.terrarium.vm.Machine;
import org.terrarium.vm.NicModel;

/**
 * Linux's own drivers and TCP against each card and the gateway, with real servers and clients on this host; and two guests on
 * switches that two uplinks connect. {@link NetworkCardsTest} is the short version in the suite.
 */
class NetworkTest {
    /** What the slow cards move instead of {@link #OCTETS}: each of their octets is an instruction of the guest at a port. */
    private static final int SLOW_OCTETS = Integer.getInteger("terrarium.net.slowOctets", 8_000_000);

    private static final int OCTETS = Integer.getInteger("terrarium.net.octets", 200_000_000);
    private static final int BETWEEN_GUESTS = OCTETS / 2;
    private static final int LOSSY_OCTETS = 1_000_000;
    private static final Shaping BAD_LINK = new Shaping(50_000_000, 0, 0.05, 0, 0, 0);

    @TempDir
    Path folder;

    /** The cards, and the virtio card with a driver that knows only what was before version 1 of its specification. */
    private enum Card {
        VIRTIO(NicModel.VIRTIO, "modprobe virtio_pci; modprobe virtio_net"),
        VIRTIO_LEGACY(NicModel.VIRTIO, "modprobe virtio_pci force_legacy=1; modprobe virtio_net"),
        E1000(NicModel.E1000, "modprobe e1000"),
        RTL8139(NicModel.RTL8139, "modprobe 8139too"),
        NE2000(NicModel.NE2000, "modprobe ne2k-pci"),
        NE2000_ISA(NicModel.NE2000_ISA, "modprobe ne io=0x300 irq=5");

        private final NicModel model;
        private final String driver;

        Card(NicModel model, String driver) {
            this.model = model;
            this.driver = driver;
        }

        private boolean slow() {
            return model == NicModel.NE2000 || model == NicModel.NE2000_ISA;
        }

        private int octets() {
            return slow() ? SLOW_OCTETS : OCTETS;
        }

        /** What the guest sees of a pulled cable; the slow cards' drivers cannot ask for the link, so only their frames get lost. */
        private String pulled() {
            return slow() ? "! ping -c 1 -W 1 10.0.2.2" : "grep -q down /sys/class/net/eth0/operstate";
        }
    }

    private static Machine guest(NicModel model, int number, Cable cable) throws IOException {
        boolean isa = model == NicModel.NE2000_ISA; // its driver is among the rarer ones
        Machine m = Machine.builder()
                .memory(OCTETS > 100_000_000 ? 512 : 256)
                .kernel(Guests.file("i386/vmlinuz"))
                .initrd(Guests.file(isa ? "i386/initrd-full.gz" : "i386/initrd.gz"))
                .append(Guests.CONSOLE + " quiet test.nomod=1")
                .nic(model, MacAddress.parse("02:00:00:00:00:0" + number), cable)
                .build();
        m.start();
        return m;
    }

    @ParameterizedTest
    @EnumSource
    void linuxUsesTheCardForDhcpNamesAndBulkTransfersBothWays(Card card) throws Exception {
        Guests.onlyWhenAsked();
        Path capture = folder.resolve("guest.pcapng");
        int http = freePort();
        int session = freePort();
        try (HostServer server = new HostServer(card.octets(), 1);
                Network net = Network.nat("test", GatewayConfig.USUAL.withHostLoopback(true))) {
            Cable cable = net.plug("eth0");
            net.addForward(PortForward.parse("tcp:127.0.0.1:" + http + "-:80"));
            net.addForward(PortForward.parse("tcp:127.0.0.1:" + session + "-:23"));
            try (Machine m = guest(card.model, 1, cable)) {
                Guests.awaitSerial(m, "GUEST-READY");
                net.capture(cable, capture, 0, 1);
                Guests.shell(m, card.driver + "; gt-net", "NET-UP eth0 10.0.2.15/24");
                String base = "http://10.0.2.2:" + server.httpPort();
                Guests.shell(m, "ping -c 2 10.0.2.2", "2 packets received");
                Guests.shell(m, "nslookup gateway.terrarium.internal", "Address: 10.0.2.2");
                Guests.shell(
                        m,
                        "for i in $(seq 200); do wget -q -O - " + base
                                + "/small >>/tmp/all & done; wait; grep -c small /tmp/all",
                        "\r\n200\r\n");
                aSession(m, session);
                net.endCapture(cable);
                Tshark.assertClean(capture);
                bulk(m, card, server, base, http);
                Guests.shell(m, "ifconfig eth0", "errors:0 dropped:0");
                overABadLink(m, net, cable, base);
                net.connect(cable, false);
                Guests.shell(m, "until " + card.pulled() + "; do sleep 1; done; echo p''ulled", "pulled");
                net.connect(cable, true);
                Guests.shell(
                        m,
                        "until timeout 5 wget -q -O - " + base + "/small; do sleep 1; done; echo b''ack",
                        "small answer\r\nback");
            }
        }
    }

    private static void bulk(Machine m, Card card, HostServer server, String base, int forwarded) throws Exception {
        long start = System.nanoTime();
        Guests.shell(m, "wget -q -O /tmp/file " + base + "/file; md5sum /tmp/file", server.md5());
        report(card + " host to guest", card.octets(), start);
        start = System.nanoTime();
        Guests.shell(m, "nc 10.0.2.2 " + server.sinkPort() + " </tmp/file; echo s''ent", "sent");
        assertEquals(server.md5(), server.received().poll(10, TimeUnit.MINUTES), "upload");
        report(card + " guest to host", card.octets(), start);
        Guests.shell(m, "httpd -p 80 -h /tmp; echo s''erving", "serving");
        start = System.nanoTime();
        try (InputStream in =
                URI.create("http://127.0.0.1:" + forwarded + "/file").toURL().openStream()) {
            assertEquals(server.md5(), HostServer.md5(in), "through the forwarded port");
        }
        report(card + " guest to host through a forwarded port", card.octets(), start);
    }

    /** A shell of the guest behind a forwarded port, as with telnet. */
    private static void aSession(Machine m, int port) throws Exception {
        Guests.shell(m, "nc -ll -p 23 -e /bin/sh & sleep 1; echo l''istening", "listening");
        try (Socket s = new Socket(InetAddress.getLoopbackAddress(), port)) {
            s.getOutputStream().write("echo $((6*7)); uname -s\nexit\n".getBytes(StandardCharsets.US_ASCII));
            assertEquals("42\nLinux\n", new String(s.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
        }
    }

    private static void overABadLink(Machine m, Network net, Cable cable, String base) throws Exception {
        net.shape(cable, BAD_LINK, BAD_LINK);
        long start = System.nanoTime();
        String part = "head -c " + LOSSY_OCTETS + " /tmp/file | md5sum >/tmp/sum; ";
        Guests.shell(
                m,
                part + "wget -q -O - http://10.0.2.2:" + base.split(":")[2] + "/file | head -c " + LOSSY_OCTETS
                        + " | md5sum | cmp - /tmp/sum && echo e''qual",
                "equal");
        report("over a link with 5 % loss and 50 ms each way", LOSSY_OCTETS, start);
        net.shape(cable, Shaping.NONE, Shaping.NONE);
    }

    /** The hub and the leaf are connected twice; one of the uplinks is pulled while data moves. */
    @Test
    void twoGuestsOnConnectedSwitchesLoseNothingWhenAnUplinkIsPulled() throws Exception {
        Guests.onlyWhenAsked();
        List<SwitchAddress> places = List.of(
                SwitchAddress.parse("tcp:127.0.0.1:" + freePort()),
                SwitchAddress.parse("unix:" + folder.resolve("uplink")));
        List<Uplink> uplinks =
                places.stream().map(at -> Uplink.parse(at.text())).toList();
        SwitchConfig hub = new SwitchConfig(List.of(), Team.Policy.FAILOVER, places, GatewayConfig.USUAL, List.of());
        SwitchConfig leaf = new SwitchConfig(uplinks, Team.Policy.FAILOVER, List.of(), GatewayConfig.USUAL, List.of());
        try (Network first = Network.connected("hub", hub);
                Network second = Network.connected("leaf", leaf)) {
            Cable a = first.plug("a");
            Cable b = second.plug("b");
            try (Machine server = guest(NicModel.VIRTIO, 1, a);
                    Machine client = guest(NicModel.E1000, 2, b)) {
                Guests.awaitSerial(server, "GUEST-READY");
                Guests.awaitSerial(client, "GUEST-READY");
                Guests.shell(server, Card.VIRTIO.driver + "; ifconfig eth0 10.7.0.1; echo a''ddressed", "addressed");
                Guests.shell(client, Card.E1000.driver + "; ifconfig eth0 10.7.0.2; echo a''ddressed", "addressed");
                Guests.shell(
                        server,
                        "head -c " + BETWEEN_GUESTS + " /dev/urandom >/tmp/file; httpd -p 80 -h /tmp; md5sum /tmp/file",
                        "  /tmp/file");
                String said = server.serial(0).text();
                String sum = said.substring(said.lastIndexOf("  /tmp/file") - 32, said.lastIndexOf("  /tmp/file"));
                Guests.shell(client, "ping -c 2 10.7.0.1", "2 packets received");
                long start = System.nanoTime();
                Guests.send(client, "wget -q -O /tmp/file http://10.7.0.1/file; md5sum /tmp/file");
                long half = second.counters(b).octetsIn() + BETWEEN_GUESTS / 2;
                while (second.counters(b).octetsIn() < half) {
                    Thread.sleep(10);
                }
                second.plugUplink(0, false);
                Guests.awaitSerial(client, sum);
                report("guest to guest, an uplink pulled on the way", BETWEEN_GUESTS, start);
                assertTrue(second.uplinks().get(0).framesOut() > 0, "the first uplink was used");
                assertTrue(second.uplinks().get(1).framesIn() > 0, "and the second one after it");
                separate(server, client, new Network[] {first, second}, new Cable[] {a, b});
            }
        }
    }

    /** The same two guests in different virtual networks, watched at both ports and on the trunk between the switches. */
    private void separate(Machine server, Machine client, Network[] nets, Cable[] cables) throws Exception {
        Cable trunk = nets[1].plug("trunk");
        nets[1].group(trunk, new PortGroup(1, Set.of(10, 20)));
        nets[1].promiscuous(trunk, true);
        nets[0].group(cables[0], PortGroup.access(10));
        nets[1].group(cables[1], PortGroup.access(20));
        Path[] files = {folder.resolve("a.pcapng"), folder.resolve("b.pcapng"), folder.resolve("trunk.pcapng")};
        nets[0].capture(cables[0], files[0], 0, 1);
        nets[1].capture(cables[1], files[1], 0, 1);
        nets[1].capture(trunk, files[2], 0, 1);
        Guests.shell(server, "ip neigh flush dev eth0; ping -c 3 -W 1 10.7.0.2", "0 packets received");
        Guests.shell(client, "ip neigh flush dev eth0; ping -c 3 -W 1 10.7.0.1", "0 packets received");
        nets[0].endCapture(cables[0]);
        nets[1].endCapture(cables[1]);
        nets[1].endCapture(trunk);
        String fromServer = "eth.src == 02:00:00:00:00:01";
        String fromClient = "eth.src == 02:00:00:00:00:02";
        assertTrue(Tshark.frames(files[0], fromServer) > 0, "the server's frames at its own port");
        assertEquals(0, Tshark.frames(files[0], fromClient), "the client's frames at the server's port");
        assertTrue(Tshark.frames(files[1], fromClient) > 0, "the client's frames at its own port");
        assertEquals(0, Tshark.frames(files[1], fromServer), "the server's frames at the client's port");
        assertTrue(Tshark.frames(files[2], fromServer + " and vlan.id == 10") > 0, "the server's on the trunk");
        assertTrue(Tshark.frames(files[2], fromClient + " and vlan.id == 20") > 0, "the client's on the trunk");
        assertEquals(0, Tshark.frames(files[2], "_ws.malformed"), "malformed frames on the trunk");
        nets[1].group(cables[1], PortGroup.access(10));
        Guests.shell(client, "ping -c 2 10.7.0.1", "2 packets received");
    }

    private static void report(String what, int octets, long start) {
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("%s: %.1f MB in %.1f s, %.2f MB/s%n", what, octets / 1e6, seconds, octets / 1e6 / seconds);
    }

    private static int freePort() throws IOException {
        try (ServerSocket s = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return s.getLocalPort();
        }
    }
}
