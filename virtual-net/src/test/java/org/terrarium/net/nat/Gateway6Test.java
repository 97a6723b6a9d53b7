package org.terrarium.net.nat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.terrarium.net.wire.Dhcp6;
import org.terrarium.net.wire.Dns;
import org.terrarium.net.wire.Ethernet;
import org.terrarium.net.wire.Icmp6;
import org.terrarium.net.wire.IpAddress;
import org.terrarium.net.wire.Ipv4;
import org.terrarium.net.wire.Ipv6;
import org.terrarium.net.wire.Neighbor;
import org.terrarium.net.wire.Octets;
import org.terrarium.net.wire.Udp;

/** The gateway's IPv6, between a small guest of the test and this host's real sockets on {@code ::1}. */
class Gateway6Test {
    private static final GatewayConfig OPEN = GatewayConfig.USUAL.withHostLoopback(true);
    private static final IpAddress GATEWAY = OPEN.gateway6();
    private static final IpAddress LINK_LOCAL = IpAddress.parse6("fe80::15");
    private static final InetAddress LOOPBACK = IpAddress.LOOPBACK6.inet();

    private static ServerSocket server() throws IOException {
        try {
            return new ServerSocket(0, 50, LOOPBACK);
        } catch (BindException e) {
            Assumptions.abort("this host has no IPv6");
            return null;
        }
    }

    private static Station station(GatewayConfig config, boolean hostIpv6) throws IOException {
        return new Station(config, List.of(), InetAddress::isLoopbackAddress, hostIpv6, null);
    }

    @Test
    void aRouterIsAWayOutOnlyWhileTheHostHasOne() throws IOException {
        for (boolean host : new boolean[] {true, false}) {
            try (Station g = station(OPEN, host)) {
                byte[] question = Icmp6.message(
                        LINK_LOCAL, IpAddress.ALL_ROUTERS, Neighbor.ROUTER_SOLICITATION, 0, 0, new byte[0], 0, 0);
                g.sendNeighbor(LINK_LOCAL, IpAddress.ALL_ROUTERS, question);
                g.until("an advertisement", () -> g.icmp6(Neighbor.ROUTER_ADVERTISEMENT) != null);
                byte[] f = g.find6(Ipv6.PROTOCOL_ICMPV6, ip -> true);
                Ipv6 ip = Ipv6.parse(f);
                assertEquals("fe80::2 255", ip.source() + " " + ip.hopLimit());
                Icmp6 m = Icmp6.parse(f, ip);
                assertEquals(host ? 1800 : 0, m.rest() & 0xFFFF, "the router's lifetime");
                String octets = java.util.HexFormat.of().formatHex(f, m.payloadAt(), f.length);
                String prefix = "0304" + "40c0" + "00015180" + "00015180" + "00000000" + "fd54657272610002";
                assertTrue(octets.contains(prefix), "the prefix, for addresses of the station's own making: " + octets);
                assertTrue(octets.contains("1903000000015180fd546572726100020000000000000003"), "the name server");
                assertTrue(octets.contains("0974657272617269756d08696e7465726e616c00"), "the domain: " + octets);
            }
        }
    }

    @Test
    void theGatewayIsFoundAsANeighbour() throws IOException {
        try (Station g = station(OPEN, false)) {
            for (IpAddress asked : List.of(GATEWAY, OPEN.nameServer6(), GatewayConfig.LINK_LOCAL)) {
                g.frames.clear();
                byte[] q = Neighbor.solicitation(asked, LINK_LOCAL, Station.MAC);
                g.sendNeighbor(LINK_LOCAL, asked.solicitedNode(), q);
                g.until("an answer for " + asked, () -> g.icmp6(Neighbor.ADVERTISEMENT) != null);
                byte[] f = g.find6(Ipv6.PROTOCOL_ICMPV6, ip -> true);
                Neighbor n = Neighbor.parse(f, Ipv6.parse(f), Icmp6.parse(f, Ipv6.parse(f)));
                assertEquals(new Neighbor(true, asked, OPEN.mac().bits()), n);
                assertEquals(LINK_LOCAL, Ipv6.parse(f).destination());
            }
            g.frames.clear();
            // Somebody who wants an address of ours for himself hears it, whoever he is (RFC 4862, 5.4).
            byte[] q = Neighbor.solicitation(GATEWAY, IpAddress.UNSPECIFIED, Station.MAC);
            g.sendNeighbor(IpAddress.UNSPECIFIED, GATEWAY.solicitedNode(), q);
            g.until("an answer to all", () -> g.icmp6(Neighbor.ADVERTISEMENT) != null);
            byte[] f = g.find6(Ipv6.PROTOCOL_ICMPV6, ip -> true);
            assertEquals(IpAddress.ALL_NODES, Ipv6.parse(f).destination());
            assertEquals(0x3333_0000_0001L, Ethernet.parse(f).destination());
        }
    }

    @Test
    void dhcpTellsTheNameServer() throws IOException {
        try (Station g = station(OPEN, false)) {
            byte[] q = {Dhcp6.INFORMATION_REQUEST, 1, 2, 3, 0, 1, 0, 4, 0, 3, 0, 1};
            byte[] d = Udp.datagram(LINK_LOCAL, Dhcp6.CLIENT_PORT, Dhcp6.ALL_SERVERS, Dhcp6.SERVER_PORT, q);
            byte[] f = new byte[Ethernet.HEADER + Ipv6.HEADER + d.length];
            new Ethernet(Dhcp6.ALL_SERVERS.groupMac(), Station.MAC, Ethernet.TYPE_IPV6).emit(f);
            System.arraycopy(d, 0, f, Ethernet.HEADER + Ipv6.HEADER, d.length);
            Ipv6.emit(f, LINK_LOCAL, Dhcp6.ALL_SERVERS, 17, d.length, 1);
            g.send(f);
            g.until("the reply", () -> g.find6(17, ip -> true) != null);
            byte[] r = g.find6(17, ip -> true);
            Udp u = Udp.parse(r, Ipv6.parse(r));
            assertEquals(Dhcp6.CLIENT_PORT, u.destinationPort());
            assertEquals(Dhcp6.REPLY << 24 | 0x010203, Octets.i32(r, u.payloadAt()));
            Dhcp6 reply = Dhcp6.parse(r, u.payloadAt(), u.payloadLength());
            assertArrayEquals(new byte[] {0, 3, 0, 1}, reply.client(), "the asker's identifier comes back");
            String octets = java.util.HexFormat.of().formatHex(r, u.payloadAt(), r.length);
            assertTrue(octets.contains("00170010fd546572726100020000000000000003"), "option 23: " + octets);
        }
    }

    @Test
    void dataGoesToTheHostAndBackByTcp() throws IOException {
        try (ServerSocket server = server();
                Station g = station(OPEN, false)) {
            Thread.ofVirtual().start(() -> {
                try (Socket s = server.accept()) {
                    s.getInputStream().transferTo(s.getOutputStream());
                } catch (IOException e) {
                    return; // the test is over
                }
            });
            byte[] sent = new byte[2_000_000];
            new Random(6).nextBytes(sent);
            TcpPair.End c = g.connect(GATEWAY, server.getLocalPort(), sent);
            g.until("everything is back", () -> c.got.size() == sent.length);
            assertArrayEquals(sent, c.got.toByteArray());
            g.until("both sides have finished", () -> c.finished || c.closed);
            assertTrue(!c.reset, "ended by FIN");
            String end = Station.ADDRESS6.end(40000);
            assertTrue(g.gateway.flows().stream().allMatch(f -> f.guest().equals(end)), g.gateway.flows() + "");
        }
    }

    @Test
    void datagramsGoToTheHostAndBackAlsoInFragments() throws IOException {
        try (ServerSocket probe = server();
                DatagramSocket server = new DatagramSocket(0, LOOPBACK);
                Station g = station(OPEN, false)) {
            assertNotNull(probe);
            byte[] sent = new byte[9000];
            new Random(7).nextBytes(sent);
            byte[] d = Udp.datagram(Station.ADDRESS6, 5000, GATEWAY, server.getLocalPort(), sent);
            fragments(g, d, 0);
            DatagramPacket p = new DatagramPacket(new byte[65536], 65536);
            server.setSoTimeout(30_000);
            server.receive(p);
            assertArrayEquals(sent, Arrays.copyOf(p.getData(), p.getLength()));
            server.send(new DatagramPacket(sent, sent.length, p.getSocketAddress()));
            Fragments together = new Fragments();
            byte[][] whole = new byte[1][];
            g.until("the answer", () -> {
                for (byte[] f : g.frames) {
                    Ipv6 ip = Ethernet.parse(f).type() == Ethernet.TYPE_IPV6 ? Ipv6.parse(f) : null;
                    whole[0] = ip != null && ip.fragment() ? together.add(f, ip, 0) : whole[0];
                    assertTrue(f.length <= 1514, "no frame is longer than the wire allows");
                }
                g.frames.clear();
                return whole[0] != null;
            });
            Udp u = Udp.parse(whole[0], Ipv6.parse(whole[0]));
            assertArrayEquals(sent, Arrays.copyOfRange(whole[0], u.payloadAt(), u.payloadAt() + u.payloadLength()));
            assertEquals(5000, u.destinationPort());
        }
    }

    /** Sends a datagram in pieces that overlap by {@code overlap} octets. */
    private static void fragments(Station g, byte[] datagram, int overlap) {
        for (int at = 0; at < datagram.length; at += 1400) {
            int from = Math.max(0, at - overlap);
            int length = Math.min(at + 1400, datagram.length) - from;
            byte[] f = new byte[Ethernet.HEADER + Ipv6.HEADER + Ipv6.FRAGMENT_HEADER + length];
            int payload = f.length - length;
            System.arraycopy(datagram, from, f, payload, length);
            new Ethernet(OPEN.mac().bits(), Station.MAC, Ethernet.TYPE_IPV6).emit(f);
            boolean more = from + length < datagram.length;
            new Ipv6(Station.ADDRESS6, GATEWAY, 17, 64, true, 9, more, from, payload, length).emitFragment(f);
            g.send(f);
        }
    }

    @Test
    void overlappingFragmentsAreDropped() throws IOException {
        try (Station g = station(GatewayConfig.USUAL, false)) {
            byte[] d = Udp.datagram(Station.ADDRESS6, 5000, GATEWAY, 9, new byte[3000]);
            fragments(g, d, 8);
            g.sendUdp(5000, GATEWAY, 10, new byte[1]);
            g.until("an answer to what came after", () -> g.icmp6(Icmp6.UNREACHABLE) != null);
            assertEquals(
                    1,
                    g.frames.stream()
                            .filter(f -> Ipv6.parse(f) != null
                                    && Icmp6.parse(f, Ipv6.parse(f)).type() == Icmp6.UNREACHABLE)
                            .count());
        }
    }

    @Test
    void theHostItselfIsOutOfReachUnlessAllowed() throws IOException {
        try (Station g = station(GatewayConfig.USUAL, true)) {
            List<String> forbidden = List.of(
                    "fd54:6572:7261:2::2",
                    "::1",
                    "::",
                    "::7f00:1",
                    "fe80::1",
                    "fe80::2",
                    "fd00:ec2::254",
                    "fd54:6572:7261:2::99");
            for (String address : forbidden) {
                TcpPair.End c = g.connect(IpAddress.parse6(address), 80, new byte[0]);
                g.until("refusal of " + address, () -> c.closed);
                assertTrue(c.reset && !c.established, address + " is refused");
            }
            // An IPv4 address in disguise never stands in a packet: it is dropped before anybody asks whether it may
            // pass.
            long before = g.gateway.malformed();
            byte[] f = new byte[Ethernet.HEADER + Ipv6.HEADER + 8];
            new Ethernet(OPEN.mac().bits(), Station.MAC, Ethernet.TYPE_IPV6).emit(f);
            Ipv6.emit(f, Station.ADDRESS6, IpAddress.v4(0x7F000001), 17, 8, 64);
            g.send(f);
            assertEquals(before + 1, g.gateway.malformed());
            assertEquals(0, g.gateway.flows().size());
        }
    }

    @Test
    void whatCannotBeReachedIsSaidSo() throws IOException {
        try (Station g = station(GatewayConfig.USUAL, false)) {
            g.sendUdp(5000, GATEWAY, 9, new byte[1]);
            g.until("port unreachable", () -> g.icmp6(Icmp6.UNREACHABLE) != null);
            assertEquals(Icmp6.PORT_UNREACHABLE, g.icmp6(Icmp6.UNREACHABLE).code());
            g.frames.clear();
            byte[] data = new byte[40];
            IpAddress far = IpAddress.parse6("fe80::9");
            byte[] echo = Icmp6.message(Station.ADDRESS6, far, Icmp6.ECHO_REQUEST, 0, 7, data, 0, 40);
            g.sendIp(far, Ipv6.PROTOCOL_ICMPV6, echo);
            g.until("prohibited", () -> g.icmp6(Icmp6.UNREACHABLE) != null);
            assertEquals(Icmp6.PROHIBITED, g.icmp6(Icmp6.UNREACHABLE).code());
        }
    }

    @Test
    void pingReachesTheGateway() throws IOException {
        try (Station g = station(GatewayConfig.USUAL, false)) {
            for (IpAddress to : List.of(GATEWAY, IpAddress.ALL_NODES)) {
                g.frames.clear();
                byte[] data = {1, 2, 3};
                g.sendIp(to, 58, Icmp6.message(Station.ADDRESS6, to, Icmp6.ECHO_REQUEST, 0, 0x0007_0001, data, 0, 3));
                g.until("the echo from " + to, () -> g.icmp6(Icmp6.ECHO_REPLY) != null);
                assertEquals(0x0007_0001, g.icmp6(Icmp6.ECHO_REPLY).rest());
            }
        }
    }

    @Test
    void namesAreAnsweredAtTheAddressOfIpv6Too() throws IOException {
        try (Station g = station(GatewayConfig.USUAL, false)) {
            byte[] n = Dns.nameBytes("gateway.terrarium.internal");
            byte[] q = new byte[Dns.HEADER + n.length + 4];
            Octets.put16(q, 4, 1);
            System.arraycopy(n, 0, q, Dns.HEADER, n.length);
            Octets.put16(q, Dns.HEADER + n.length, Dns.TYPE_AAAA);
            Octets.put16(q, Dns.HEADER + n.length + 2, Dns.CLASS_IN);
            g.sendUdp(6000, OPEN.nameServer6(), Dns.PORT, q);
            g.until("an answer", () -> g.find6(17, ip -> true) != null);
            byte[] f = g.find6(17, ip -> true);
            assertEquals(GATEWAY, IpAddress.read(f, f.length - 16));
        }
    }

    @Test
    void aNetworkWithoutIpv6SaysNothing() throws IOException {
        try (Station g = station(GatewayConfig.USUAL.withPrefix6(null), true)) {
            g.sendNeighbor(
                    LINK_LOCAL,
                    IpAddress.ALL_ROUTERS,
                    Icmp6.message(LINK_LOCAL, IpAddress.ALL_ROUTERS, 133, 0, 0, new byte[0], 0, 0));
            g.sendIp(
                    Station.GATEWAY,
                    Ipv4.PROTOCOL_ICMP,
                    org.terrarium.net.wire.Icmp.message(8, 0, 1, new byte[8], 0, 8));
            g.until("the answer by IPv4", () -> g.icmp() != null);
            assertNull(g.find6(Ipv6.PROTOCOL_ICMPV6, ip -> true));
        }
    }
}
