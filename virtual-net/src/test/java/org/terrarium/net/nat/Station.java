package org.terrarium.net.nat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.terrarium.net.host.BootFiles;
import org.terrarium.net.host.NioSockets;
import org.terrarium.net.link.LargeFrame;
import org.terrarium.net.wire.Arp;
import org.terrarium.net.wire.Dhcp;
import org.terrarium.net.wire.Ethernet;
import org.terrarium.net.wire.Icmp;
import org.terrarium.net.wire.Icmp6;
import org.terrarium.net.wire.Ip4;
import org.terrarium.net.wire.IpAddress;
import org.terrarium.net.wire.IpPacket;
import org.terrarium.net.wire.Ipv4;
import org.terrarium.net.wire.Ipv6;
import org.terrarium.net.wire.Neighbor;
import org.terrarium.net.wire.Octets;
import org.terrarium.net.wire.Tcp;
import org.terrarium.net.wire.Udp;

/** A guest at a gateway with the host's real sockets: its own small stack, moved by the test's thread. */
final class Station implements AutoCloseable {
    static final long MAC = 0x0200_0000_0001L;
    static final int ADDRESS = Ip4.of(10, 0, 2, 15);
    static final int GATEWAY = Ip4.of(10, 0, 2, 2);
    static final int NAMES = Ip4.of(10, 0, 2, 3);
    static final IpAddress ADDRESS6 =
            new IpAddress(GatewayConfig.USUAL.prefix6().high(), 0x15);

    /** How many full segments this station puts into a large frame. */
    private static final int BURST = 11;

    private static final long PATIENCE = 30_000_000_000L;

    final NioSockets sockets = new NioSockets();
    final Gateway gateway;
    final List<byte[]> frames = new ArrayList<>();
    final List<String> resets = new ArrayList<>();
    private final List<byte[]> arrived = new ArrayList<>();
    private final Map<Integer, TcpPair.End> connections = new HashMap<>();
    private final Map<Integer, TcpPair.End> services = new HashMap<>();
    private int nextPort = 40000;

    Station(GatewayConfig config) throws IOException {
        this(config, List.of(), a -> a.isLoopbackAddress());
    }

    Station(GatewayConfig config, List<InetSocketAddress> resolvers, Predicate<InetAddress> own) throws IOException {
        this(config, resolvers, own, false, null);
    }

    Station(
            GatewayConfig config,
            List<InetSocketAddress> resolvers,
            Predicate<InetAddress> own,
            boolean hostIpv6,
            BootFiles files)
            throws IOException {
        GatewayHost host = new GatewayHost(sockets, () -> resolvers, own, () -> hostIpv6, files);
        gateway = new Gateway(config, host, new Random(1), arrived::add);
        // Everybody announces himself; so the gateway need not ask.
        send(new Arp(Arp.REQUEST, MAC, ADDRESS, 0, GATEWAY).frame(Ethernet.BROADCAST));
    }

    void send(byte[] frame) {
        gateway.receive(frame, System.nanoTime());
    }

    void sendIp(int destination, int protocol, byte[] payload) {
        sendIp(IpAddress.v4(destination), protocol, payload);
    }

    void sendIp(IpAddress destination, int protocol, byte[] payload) {
        int at = Ethernet.HEADER + IpPacket.headerLength(destination);
        byte[] f = new byte[at + payload.length];
        System.arraycopy(payload, 0, f, at, payload.length);
        sendIp(f, destination, protocol, payload.length);
    }

    /** Completes and sends a frame whose payload is in place. */
    private void sendIp(byte[] f, IpAddress destination, int protocol, int length) {
        Octets.put48(f, 0, gateway.config().mac().bits());
        Octets.put48(f, 6, MAC);
        IpPacket.emit(f, address(destination), destination, protocol, length);
        send(f);
    }

    /** This station's address of the same kind. */
    private static IpAddress address(IpAddress other) {
        return other.isV4() ? IpAddress.v4(ADDRESS) : ADDRESS6;
    }

    void sendUdp(int port, int destination, int destinationPort, byte[] data) {
        sendUdp(port, IpAddress.v4(destination), destinationPort, data);
    }

    void sendUdp(int port, IpAddress to, int destinationPort, byte[] data) {
        sendIp(to, Ipv4.PROTOCOL_UDP, Udp.datagram(address(to), port, to, destinationPort, data));
    }

    /** Sends a message of ICMPv6 that only neighbours may send. */
    void sendNeighbor(IpAddress from, IpAddress to, byte[] message) {
        byte[] f = new byte[Ethernet.HEADER + Ipv6.HEADER + message.length];
        System.arraycopy(message, 0, f, Ethernet.HEADER + Ipv6.HEADER, message.length);
        Octets.put48(f, 0, to.groupMac());
        Octets.put48(f, 6, MAC);
        Octets.put16(f, 12, Ethernet.TYPE_IPV6);
        Ipv6.emit(f, from, to, Ipv6.PROTOCOL_ICMPV6, message.length, Ipv6.NEAREST);
        send(f);
    }

    /** The gateway's answer to a DHCP message of this station; null when there is none. */
    Dhcp dhcp(int type, int requested, long mac) {
        Map<Integer, byte[]> o = new TreeMap<>();
        o.put(Dhcp.OPTION_MESSAGE_TYPE, new byte[] {(byte) type});
        if (requested != 0) {
            o.put(Dhcp.OPTION_REQUESTED_IP, Dhcp.word(requested));
        }
        o.put(Dhcp.OPTION_HOST_NAME, "guest-one".getBytes(StandardCharsets.US_ASCII));
        byte[] m = new Dhcp(Dhcp.BOOTREQUEST, 77, 0, 0, 0, 0, 0, mac, o).bytes();
        byte[] d = Udp.datagram(0, Dhcp.CLIENT_PORT, Ip4.BROADCAST, Dhcp.SERVER_PORT, m);
        byte[] f = new byte[Ethernet.HEADER + Ipv4.HEADER + d.length];
        new Ethernet(Ethernet.BROADCAST, MAC, Ethernet.TYPE_IPV4).emit(f);
        System.arraycopy(d, 0, f, Ethernet.HEADER + Ipv4.HEADER, d.length);
        Ipv4.of(0, Ip4.BROADCAST, Ipv4.PROTOCOL_UDP, d.length).emit(f);
        frames.clear();
        send(f);
        turn(0);
        for (byte[] answer : frames) {
            Ipv4 ip = Ipv4.parse(answer);
            Udp u = ip == null ? null : Udp.parse(answer, ip);
            if (u != null && u.destinationPort() == Dhcp.CLIENT_PORT) {
                return Dhcp.parse(answer, u.payloadAt(), u.payloadLength());
            }
        }
        return null;
    }

    /** Opens a connection by TCP. */
    TcpPair.End connect(int destination, int port, byte[] toSend) {
        return connect(IpAddress.v4(destination), port, toSend);
    }

    /** Opens a connection by TCP. */
    TcpPair.End connect(IpAddress destination, int port, byte[] toSend) {
        int local = nextPort++;
        TcpPair.End end = end(local, destination, port);
        end.toSend = toSend;
        connections.put(local, end);
        end.tcp.connect(System.nanoTime());
        return end;
    }

    /** Answers the next connection to a port. */
    TcpPair.End serve(int port, byte[] toSend) {
        TcpPair.End end = new TcpPair.End();
        end.toSend = toSend;
        services.put(port, end);
        return end;
    }

    private static int mss(IpAddress remote) {
        return Ethernet.MTU - IpPacket.headerLength(remote) - Tcp.HEADER;
    }

    private TcpPair.End end(int local, IpAddress remote, int remotePort) {
        TcpPair.End end = new TcpPair.End();
        end.tcp = endpoint(end, local, remote, remotePort, local * 7919);
        return end;
    }

    private TcpEndpoint endpoint(TcpPair.End end, int local, IpAddress remote, int remotePort, int isn) {
        int mss = mss(remote);
        return new TcpEndpoint(
                output(local, remote, remotePort), end, isn, mss, 64 << 10, new RingMemory(1 << 30), BURST * mss);
    }

    private TcpEndpoint.Output output(int local, IpAddress remote, int remotePort) {
        return (sequence, acknowledgment, flags, window, mss, scale, data, offset, length) -> {
            int ip = IpPacket.headerLength(remote);
            int header = Ethernet.HEADER + ip + Tcp.HEADER + (mss == 0 ? 0 : Tcp.SYN_OPTIONS);
            byte[] f = new byte[header + length];
            data.copy(offset, f, header, length);
            Tcp s = new Tcp(local, remotePort, sequence, acknowledgment, flags, window, mss, scale, header, length);
            int octets = s.headerLength() + length;
            s.emit(f, IpPacket.pseudo(address(remote), remote, Ipv4.PROTOCOL_TCP, octets));
            if (length <= mss(remote)) {
                sendIp(f, remote, Ipv4.PROTOCOL_TCP, octets);
                return;
            }
            Octets.put48(f, 0, gateway.config().mac().bits());
            Octets.put48(f, 6, MAC);
            IpPacket.emit(f, address(remote), remote, Ipv4.PROTOCOL_TCP, octets);
            send(LargeFrame.of(f, f.length, mss(remote)));
        };
    }

    /** One round: sockets, gateway, what has arrived. */
    private void turn(long waitNanos) {
        try {
            sockets.await(waitNanos);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        long now = System.nanoTime();
        sockets.dispatch(now);
        if (gateway.deadline() <= now) {
            gateway.expire(now);
        }
        for (int round = 0; round < 100; round++) {
            gateway.flush(now);
            List<byte[]> batch = List.copyOf(arrived);
            arrived.clear();
            for (byte[] f : batch) {
                if (LargeFrame.is(f)) {
                    LargeFrame.cut(f).forEach(part -> take(part, now));
                } else {
                    take(f, now);
                }
            }
            List.copyOf(connections.values()).forEach(end -> work(end, now));
            if (batch.isEmpty() && arrived.isEmpty()) {
                return;
            }
        }
    }

    private static void work(TcpPair.End end, long now) {
        if (end.tcp.deadline() <= now) {
            end.tcp.expire(now);
        }
        end.work(now);
    }

    private void take(byte[] f, long now) {
        frames.add(f);
        Ethernet e = Ethernet.parse(f);
        if (e.type() == Ethernet.TYPE_ARP) {
            Arp a = Arp.parse(f);
            if (a.operation() == Arp.REQUEST && a.targetIp() == ADDRESS) {
                send(new Arp(Arp.REPLY, MAC, ADDRESS, a.senderMac(), a.senderIp()).frame(a.senderMac()));
            }
            return;
        }
        IpPacket ip = packet(f);
        if (ip == null) {
            throw new AssertionError("the gateway sent a malformed frame");
        }
        if (ip instanceof Ipv6 p && p.protocol() == Ipv6.PROTOCOL_ICMPV6) {
            neighbor(f, p);
        }
        if (ip.protocol() != Ipv4.PROTOCOL_TCP || !ip.to().equals(address(ip.to()))) {
            return;
        }
        Tcp s = Tcp.parse(f, ip);
        if (s.has(Tcp.RST)) {
            resets.add(ip.from().end(s.sourcePort()));
        }
        TcpPair.End end = connections.get(s.destinationPort());
        if (end == null && s.has(Tcp.SYN) && services.containsKey(s.destinationPort())) {
            end = services.remove(s.destinationPort());
            end.tcp = endpoint(end, s.destinationPort(), ip.from(), s.sourcePort(), 99);
            connections.put(s.destinationPort(), end);
            end.tcp.answer(s, now);
        } else if (end != null) {
            end.tcp.receive(s, f, now);
        }
    }

    /** The IP packet in a frame, or null when it is malformed. */
    static IpPacket packet(byte[] f) {
        return Octets.u16(f, 12) == Ethernet.TYPE_IPV6 ? Ipv6.parse(f) : Ipv4.parse(f);
    }

    private void neighbor(byte[] f, Ipv6 ip) {
        Icmp6 m = Icmp6.parse(f, ip);
        Neighbor n = m.type() == Neighbor.SOLICITATION ? Neighbor.parse(f, ip, m) : null;
        if (n != null && n.target().equals(ADDRESS6)) {
            byte[] answer = Neighbor.advertisement(ADDRESS6, ADDRESS6, ip.source(), MAC);
            sendNeighbor(ADDRESS6, ip.source(), answer);
        }
    }

    /** The first packet of IPv6 of a protocol, or null. */
    byte[] find6(int protocol, Predicate<Ipv6> fits) {
        return frames.stream()
                .filter(f -> Ethernet.parse(f).type() == Ethernet.TYPE_IPV6)
                .filter(f -> Ipv6.parse(f).protocol() == protocol && fits.test(Ipv6.parse(f)))
                .findFirst()
                .orElse(null);
    }

    /** The first message of ICMPv6 of a type that has come, or null. */
    Icmp6 icmp6(int type) {
        return frames.stream()
                .filter(x -> Ethernet.parse(x).type() == Ethernet.TYPE_IPV6)
                .map(x -> Icmp6.parse(x, Ipv6.parse(x)))
                .filter(m -> m != null && m.type() == type)
                .findFirst()
                .orElse(null);
    }

    /** Moves everything until the condition holds; AssertionError after half a minute. */
    void until(String what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > PATIENCE) {
                throw new AssertionError("did not happen: " + what + "; flows " + gateway.flows());
            }
            turn(2_000_000);
        }
    }

    /** The first frame of a protocol that fits, or null. */
    byte[] find(int protocol, Predicate<Ipv4> fits) {
        return frames.stream()
                .filter(f -> Ethernet.parse(f).type() == Ethernet.TYPE_IPV4)
                .filter(f -> Ipv4.parse(f).protocol() == protocol && fits.test(Ipv4.parse(f)))
                .findFirst()
                .orElse(null);
    }

    /** The ICMP message that has come, or null. */
    Icmp icmp() {
        byte[] f = find(Ipv4.PROTOCOL_ICMP, ip -> true);
        return f == null ? null : Icmp.parse(f, Ipv4.parse(f));
    }

    @Override
    public void close() {
        gateway.close(System.nanoTime());
        sockets.close();
    }
}
