package org.terrarium.net.nat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.terrarium.net.wire.Dhcp;
import org.terrarium.net.wire.Dns;
import org.terrarium.net.wire.Ethernet;
import org.terrarium.net.wire.Icmp;
import org.terrarium.net.wire.Ip4;
import org.terrarium.net.wire.IpAddress;
import org.terrarium.net.wire.Ipv4;
import org.terrarium.net.wire.Octets;
import org.terrarium.net.wire.Udp;

/** The gateway between a small guest of the test and this host's real sockets on loopback. */
class GatewayTest {
    private static final GatewayConfig OPEN = GatewayConfig.USUAL.withHostLoopback(true);
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private static byte[] data(int length) {
        byte[] b = new byte[length];
        new Random(length).nextBytes(b);
        return b;
    }

    /** A server that sends back what it gets until the end comes. */
    private static ServerSocket echo() throws IOException {
        ServerSocket server = new ServerSocket(0, 300, LOOPBACK);
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    Socket s = server.accept();
                    Thread.ofVirtual().start(() -> echo(s));
                }
            } catch (IOException e) {
                return; // the test is over
            }
        });
        return server;
    }

    private static void echo(Socket s) {
        try (s) {
            s.getInputStream().transferTo(s.getOutputStream());
        } catch (IOException e) {
            return; // the guest has reset it
        }
    }

    @Test
    void dhcpGivesTheUsualAddressesAgainAndAgain() throws IOException {
        try (Station g = new Station(GatewayConfig.USUAL)) {
            Dhcp offer = g.dhcp(Dhcp.DISCOVER, 0, Station.MAC);
            assertEquals(Dhcp.OFFER, offer.type());
            assertEquals("10.0.2.15", Ip4.text(offer.yourIp()));
            Dhcp ack = g.dhcp(Dhcp.REQUEST, offer.yourIp(), Station.MAC);
            assertEquals(Dhcp.ACK, ack.type());
            assertEquals("255.255.255.0", Ip4.text(ack.address(Dhcp.OPTION_SUBNET_MASK)));
            assertEquals("10.0.2.2", Ip4.text(ack.address(Dhcp.OPTION_ROUTER)));
            assertEquals("10.0.2.3", Ip4.text(ack.address(Dhcp.OPTION_DNS)));
            assertEquals("terrarium.internal", ack.text(Dhcp.OPTION_DOMAIN));
            assertEquals(86400, ack.address(Dhcp.OPTION_LEASE_TIME));
            assertEquals(offer.yourIp(), g.dhcp(Dhcp.DISCOVER, 0, Station.MAC).yourIp(), "the same again");
            assertEquals(
                    Dhcp.NAK,
                    g.dhcp(Dhcp.REQUEST, Ip4.of(192, 168, 7, 7), Station.MAC).type());
            assertEquals("guest-one", g.gateway.leases().leases().get(0).hostName());
        }
    }

    @Test
    void aStationCannotUseUpThePoolInTheNameOfOthers() throws IOException {
        try (Station g = new Station(GatewayConfig.USUAL)) {
            for (int k = 0; k < 1000; k++) {
                assertNull(g.dhcp(Dhcp.DISCOVER, 0, 0x0200_0000_1000L + k), "chaddr is not the frame's source");
            }
            assertNotNull(g.dhcp(Dhcp.DISCOVER, 0, Station.MAC));
        }
    }

    @Test
    void theHostItselfIsOutOfReachUnlessAllowed() throws IOException {
        try (ServerSocket server = echo();
                Station g = new Station(GatewayConfig.USUAL)) {
            int port = server.getLocalPort();
            for (String address : List.of("10.0.2.2", "127.0.0.1", "127.1.2.3", "169.254.169.254", "0.0.0.0")) {
                TcpPair.End c = g.connect(Ip4.parse(address), port, new byte[0]);
                g.until("refusal of " + address, () -> c.closed);
                assertTrue(c.reset && !c.established, address + " is refused");
            }
            g.sendUdp(4000, Station.GATEWAY, port, new byte[] {1});
            g.until("an ICMP message", () -> g.icmp() != null);
            assertEquals(Icmp.UNREACHABLE, g.icmp().type());
        }
    }

    @Test
    void anAddressOfThisHostIsTheHostToo() throws IOException {
        InetAddress own = Ip4.inet(Ip4.of(192, 0, 2, 77));
        try (Station g = new Station(GatewayConfig.USUAL, List.of(), own::equals)) {
            TcpPair.End c = g.connect(Ip4.of(192, 0, 2, 77), 80, new byte[0]);
            g.until("refusal", () -> c.closed);
            assertTrue(c.reset);
        }
    }

    @Test
    void aHostOnlyNetworkLeadsToTheHostAndNoFurther() throws IOException {
        try (ServerSocket server = echo();
                Station g = new Station(OPEN.withoutOutside())) {
            Dhcp offer = g.dhcp(Dhcp.DISCOVER, 0, Station.MAC);
            assertEquals("10.0.2.15", Ip4.text(offer.yourIp()));
            assertEquals(0, offer.address(Dhcp.OPTION_ROUTER), "nobody leads on from here");
            byte[] sent = data(1000);
            TcpPair.End host = g.connect(Station.GATEWAY, server.getLocalPort(), sent);
            g.until("the host's echo", () -> host.got.size() == sent.length);
            TcpPair.End outside = g.connect(Ip4.of(192, 0, 2, 77), 80, new byte[0]);
            g.until("refusal", () -> outside.closed);
            assertTrue(outside.reset && !outside.established);
        }
    }

    @Test
    void bulkDataComesBackFromARealServer() throws IOException {
        try (ServerSocket server = echo();
                Station g = new Station(OPEN)) {
            byte[] sent = data(5_000_000);
            TcpPair.End c = g.connect(Station.GATEWAY, server.getLocalPort(), sent);
            g.until("everything is back", () -> c.got.size() == sent.length);
            assertArrayEquals(sent, c.got.toByteArray());
            g.until("both sides have finished", () -> c.finished || c.closed);
            assertTrue(!c.reset, "ended by FIN");
        }
    }

    @Test
    void twoHundredConnectionsAtOnce() throws IOException {
        try (ServerSocket server = echo();
                Station g = new Station(OPEN)) {
            List<TcpPair.End> all = new ArrayList<>();
            for (int k = 0; k < 200; k++) {
                all.add(g.connect(Station.GATEWAY, server.getLocalPort(), data(3000 + k)));
            }
            g.until("all are done", () -> all.stream().allMatch(c -> c.finished || c.closed));
            for (int k = 0; k < 200; k++) {
                assertArrayEquals(all.get(k).toSend, all.get(k).got.toByteArray(), "connection " + k);
            }
        }
    }

    @Test
    void aClosedPortOfTheHostRefusesAtOnce() throws IOException {
        int port;
        try (ServerSocket s = new ServerSocket(0, 1, LOOPBACK)) {
            port = s.getLocalPort();
        }
        try (Station g = new Station(OPEN)) {
            TcpPair.End c = g.connect(Station.GATEWAY, port, new byte[0]);
            g.until("refusal", () -> c.closed);
            assertTrue(c.reset && !c.established);
            assertEquals(0, g.gateway.flows().size());
        }
    }

    @Test
    void aServerThatResetsResetsTheGuest() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK);
                Station g = new Station(OPEN)) {
            TcpPair.End c = g.connect(Station.GATEWAY, server.getLocalPort(), data(10));
            c.finishAfter = false;
            g.until("established", () -> c.established);
            Socket s = server.accept();
            s.setSoLinger(true, 0);
            s.close();
            g.until("the reset", () -> c.closed);
            assertTrue(c.reset);
        }
    }

    @Test
    void aGuestThatResetsResetsTheServer() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK);
                Station g = new Station(OPEN)) {
            TcpPair.End c = g.connect(Station.GATEWAY, server.getLocalPort(), new byte[0]);
            c.finishAfter = false;
            g.until("established", () -> c.established);
            try (Socket s = server.accept()) {
                CompletableFuture<IOException> read = CompletableFuture.supplyAsync(() -> {
                    try {
                        s.getInputStream().read();
                        return null;
                    } catch (IOException e) {
                        return e;
                    }
                });
                c.tcp.abort(System.nanoTime());
                g.until("the server's read ends", read::isDone);
                assertTrue(read.join() instanceof SocketException, "by a reset, not an end");
            }
        }
    }

    @Test
    void aForwardedPortLetsTheHostInAndCanBeClosed() throws Exception {
        try (Station g = new Station(GatewayConfig.USUAL)) {
            PortForward f = forward("tcp");
            g.gateway.forwards().add(f);
            byte[] answer = data(400_000);
            TcpPair.End service = g.serve(22, answer);
            CompletableFuture<byte[]> client = CompletableFuture.supplyAsync(() -> {
                try (Socket s = new Socket(LOOPBACK, f.hostPort())) {
                    OutputStream out = s.getOutputStream();
                    out.write("hello".getBytes(StandardCharsets.US_ASCII));
                    s.shutdownOutput();
                    InputStream in = s.getInputStream();
                    return in.readAllBytes();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            // The answer does not wait for the question, so each side is waited for.
            g.until("both sides have what the other sent", () -> client.isDone() && service.got.size() >= 5);
            assertArrayEquals(answer, client.join());
            assertEquals("hello", service.got.toString(StandardCharsets.US_ASCII));
            g.gateway.forwards().remove(f);
            g.sockets.await(0); // a selector lets go of closed sockets when it is asked next
            assertThrows(IOException.class, () -> new Socket(LOOPBACK, f.hostPort()).close());
        }
    }

    @Test
    void aPortThatIsTakenIsOneSentence() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK);
                Station g = new Station(GatewayConfig.USUAL)) {
            PortForward f = PortForward.parse("tcp:127.0.0.1:" + taken.getLocalPort() + "-:22");
            String said = assertThrows(
                            IOException.class, () -> g.gateway.forwards().add(f))
                    .getMessage();
            assertTrue(said.contains(f.text()) && said.contains("in use"), said);
            assertEquals(List.of(), g.gateway.forwards().list());
        }
    }

    private static PortForward forward(String protocol) throws IOException {
        try (ServerSocket s = new ServerSocket(0, 1, LOOPBACK)) {
            return PortForward.parse(protocol + ":127.0.0.1:" + s.getLocalPort() + "-:22");
        }
    }

    @Test
    void datagramsGoOutAndComeBackAlsoInFragments() throws Exception {
        try (DatagramSocket server = new DatagramSocket(0, LOOPBACK);
                Station g = new Station(OPEN)) {
            for (int size : new int[] {0, 1, 1000, 1472, 1473, 9000}) {
                byte[] sent = data(size);
                byte[] datagram = Udp.datagram(Station.ADDRESS, 5000, Station.GATEWAY, server.getLocalPort(), sent);
                sendInFragments(g, datagram);
                DatagramPacket p = new DatagramPacket(new byte[65536], 65536);
                server.setSoTimeout(10_000);
                server.receive(p);
                byte[] got = Arrays.copyOf(p.getData(), p.getLength());
                assertArrayEquals(sent, got, size + " octets out");
                g.frames.clear();
                server.send(new DatagramPacket(got, got.length, p.getSocketAddress()));
                Fragments together = new Fragments();
                byte[][] whole = new byte[1][];
                g.until("the answer", () -> {
                    for (byte[] f : g.frames) {
                        Ipv4 ip = Ipv4.parse(f);
                        assertTrue(f.length <= 1514, "no frame is longer than the wire allows");
                        if (ip == null) {
                            continue; // ARP
                        }
                        whole[0] = ip.fragment() ? together.add(f, ip, 0) : f;
                    }
                    g.frames.clear();
                    return whole[0] != null;
                });
                Udp u = Udp.parse(whole[0], Ipv4.parse(whole[0]));
                assertEquals(5000, u.destinationPort());
                assertArrayEquals(
                        sent,
                        Arrays.copyOfRange(whole[0], u.payloadAt(), u.payloadAt() + u.payloadLength()),
                        size + " octets back");
            }
        }
    }

    private static void sendInFragments(Station g, byte[] datagram) {
        for (int at = 0; at < datagram.length; at += 1480) {
            int length = Math.min(1480, datagram.length - at);
            byte[] f = new byte[34 + length];
            System.arraycopy(datagram, at, f, 34, length);
            new Ethernet(g.gateway.config().mac().bits(), Station.MAC, 0x800).emit(f);
            boolean more = at + length < datagram.length;
            new Ipv4(Station.ADDRESS, Station.GATEWAY, 17, 64, 9, false, more, at, 34, length).emit(f);
            g.send(f);
        }
    }

    @Test
    void strangersCannotSendDatagramsIn() throws Exception {
        try (DatagramSocket known = new DatagramSocket(0, LOOPBACK);
                DatagramSocket stranger = new DatagramSocket(0, LOOPBACK);
                Station g = new Station(OPEN)) {
            g.sendUdp(5000, Station.GATEWAY, known.getLocalPort(), new byte[] {1});
            DatagramPacket p = new DatagramPacket(new byte[10], 10);
            known.setSoTimeout(10_000);
            known.receive(p);
            stranger.send(new DatagramPacket(new byte[] {66}, 1, p.getSocketAddress()));
            known.send(new DatagramPacket(new byte[] {77}, 1, p.getSocketAddress()));
            g.until("the known one's answer", () -> g.find(Ipv4.PROTOCOL_UDP, ip -> true) != null);
            byte[] f = g.find(Ipv4.PROTOCOL_UDP, ip -> true);
            assertEquals(77, f[Udp.parse(f, Ipv4.parse(f)).payloadAt()], "the stranger's came first and was dropped");
        }
    }

    @Test
    void aForwardedDatagramPortAnswersTheRightClient() throws Exception {
        try (Station g = new Station(GatewayConfig.USUAL);
                DatagramSocket client = new DatagramSocket(0, LOOPBACK)) {
            PortForward f = forward("udp");
            g.gateway.forwards().add(f);
            client.send(new DatagramPacket(new byte[] {5}, 1, new InetSocketAddress(LOOPBACK, f.hostPort())));
            g.until("the datagram", () -> g.find(Ipv4.PROTOCOL_UDP, ip -> true) != null);
            byte[] in = g.find(Ipv4.PROTOCOL_UDP, ip -> true);
            Udp u = Udp.parse(in, Ipv4.parse(in));
            assertEquals(22, u.destinationPort());
            g.sendUdp(22, Station.GATEWAY, u.sourcePort(), new byte[] {6});
            DatagramPacket p = new DatagramPacket(new byte[10], 10);
            client.setSoTimeout(10_000);
            client.receive(p);
            assertEquals(6, p.getData()[0]);
        }
    }

    private static byte[] query(int id, String name, int type) {
        byte[] n = Dns.nameBytes(name);
        byte[] q = new byte[Dns.HEADER + n.length + 4];
        Octets.put16(q, 0, id);
        Octets.put16(q, 2, 0x0100);
        Octets.put16(q, 4, 1);
        System.arraycopy(n, 0, q, Dns.HEADER, n.length);
        Octets.put16(q, Dns.HEADER + n.length, type);
        Octets.put16(q, Dns.HEADER + n.length + 2, Dns.CLASS_IN);
        return q;
    }

    private static byte[] answerTo(Station g, byte[] query) {
        g.frames.clear();
        g.sendUdp(6000, Station.NAMES, Dns.PORT, query);
        g.until("an answer to a question", () -> g.find(Ipv4.PROTOCOL_UDP, ip -> true) != null);
        byte[] f = g.find(Ipv4.PROTOCOL_UDP, ip -> true);
        Udp u = Udp.parse(f, Ipv4.parse(f));
        assertEquals(6000, u.destinationPort());
        return Arrays.copyOfRange(f, u.payloadAt(), u.payloadAt() + u.payloadLength());
    }

    @Test
    void namesOfThisNetworkAreAnsweredHere() throws IOException {
        try (Station g = new Station(GatewayConfig.USUAL)) {
            g.dhcp(Dhcp.REQUEST, Station.ADDRESS, Station.MAC);
            byte[] a = answerTo(g, query(1, "guest-one.terrarium.internal", Dns.TYPE_A));
            assertEquals(Station.ADDRESS, Octets.i32(a, a.length - 4));
            byte[] b = answerTo(g, query(2, "GATEWAY", Dns.TYPE_A));
            assertEquals(Station.GATEWAY, Octets.i32(b, b.length - 4));
            byte[] none = answerTo(g, query(3, "nobody.terrarium.internal", Dns.TYPE_A));
            assertEquals(Dns.NXDOMAIN, Octets.u16(none, 2) & 15);
            byte[] lost = answerTo(g, query(4, "example.com", Dns.TYPE_A));
            assertEquals(Dns.SERVFAIL, Octets.u16(lost, 2) & 15, "there is no resolver");
        }
    }

    @Test
    void otherNamesAreAskedOfTheHostsResolversTheNextWhenOneIsSilent() throws Exception {
        try (DatagramSocket silent = new DatagramSocket(0, LOOPBACK);
                DatagramSocket resolver = new DatagramSocket(0, LOOPBACK)) {
            List<InetSocketAddress> servers = List.of(
                    new InetSocketAddress(LOOPBACK, silent.getLocalPort()),
                    new InetSocketAddress(LOOPBACK, resolver.getLocalPort()));
            Thread.ofVirtual().start(() -> {
                try {
                    DatagramPacket p = new DatagramPacket(new byte[2000], 2000);
                    resolver.receive(p);
                    byte[] q = Arrays.copyOf(p.getData(), p.getLength());
                    byte[] a = Dns.parse(q, 0, q.length).answer(q, 0, 0, 60, List.of(new byte[] {9, 8, 7, 6}));
                    resolver.send(new DatagramPacket(a, a.length, p.getSocketAddress()));
                } catch (IOException e) {
                    return; // the test is over
                }
            });
            try (Station g = new Station(GatewayConfig.USUAL, servers, a -> false)) {
                byte[] a = answerTo(g, query(0xBEEF, "example.com", Dns.TYPE_A));
                assertEquals(0xBEEF, Octets.u16(a, 0), "the guest's own identifier");
                assertEquals(Ip4.of(9, 8, 7, 6), Octets.i32(a, a.length - 4));
            }
        }
    }

    @Test
    void pingReachesTheGatewayAndIsHonestAboutTheRest() throws IOException {
        try (Station g = new Station(GatewayConfig.USUAL)) {
            byte[] payload = data(100);
            g.sendIp(
                    Station.GATEWAY,
                    Ipv4.PROTOCOL_ICMP,
                    Icmp.message(Icmp.ECHO_REQUEST, 0, 0x00070001, payload, 0, 100));
            g.until("the echo", () -> g.icmp() != null);
            assertEquals(Icmp.ECHO_REPLY, g.icmp().type());
            assertEquals(0x00070001, g.icmp().rest());
        }
    }

    @Test
    void pingsGoThroughTheHostWhereItLetsThem() {
        for (boolean allowed : new boolean[] {true, false}) {
            EchoBench b = new EchoBench(allowed);
            b.ping(64, 0x0007_0001);
            if (!allowed) {
                assertEquals(Icmp.UNREACHABLE, b.answers.get(0).type());
                assertEquals(Icmp.PROHIBITED, b.answers.get(0).code());
                continue;
            }
            assertEquals("192.0.2.1 ttl 63", b.sent.get(0), "one router fewer to pass");
            b.events.answered(IpAddress.v4(Ip4.of(192, 0, 2, 2)), 1, new byte[3], 0);
            b.events.answered(IpAddress.v4(Ip4.of(192, 0, 2, 1)), 2, new byte[3], 0);
            assertEquals(0, b.answers.size(), "not from there, and not to that");
            b.events.answered(IpAddress.v4(Ip4.of(192, 0, 2, 1)), 1, new byte[3], 0);
            b.events.answered(IpAddress.v4(Ip4.of(192, 0, 2, 1)), 1, new byte[3], 0);
            assertEquals(1, b.answers.size(), "one answer");
            assertEquals(Icmp.ECHO_REPLY, b.answers.get(0).type());
            assertEquals(0x0007_0001, b.answers.get(0).rest(), "the guest's own identifier and number");
            b.ping(1, 5);
            assertEquals(Icmp.TIME_EXCEEDED, b.answers.get(1).type());
            for (int n = 0; n < 5000; n++) {
                b.ping(64, n);
            }
            assertEquals(1 + 1024, b.sent.size(), "a flood is cut off");
            b.echo.expire(11_000_000_000L);
            assertEquals(Long.MAX_VALUE, b.echo.deadline(), "and forgotten");
        }
    }

    @Test
    void portForwardsAreReadAndWritten() {
        assertEquals(
                "tcp:127.0.0.1:2222-:22",
                PortForward.parse("tcp:127.0.0.1:2222-:22").text());
        assertEquals("tcp:127.0.0.1:80-:8080", PortForward.parse("80-8080").text());
        assertEquals(
                "udp:0.0.0.0:53-10.0.2.20:53",
                PortForward.parse("udp:0.0.0.0:53-10.0.2.20:53").text());
        for (String bad : List.of("", "22", "tcp:1.2.3:5-6", "sctp:1-2", "0-1", "1-65536", "tcp:300.1.1.1:5-6")) {
            String said = assertThrows(IllegalArgumentException.class, () -> PortForward.parse(bad))
                    .getMessage();
            assertTrue(said.contains(" "), said);
        }
    }
}
