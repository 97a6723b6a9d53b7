package org.terrarium.net.nat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.terrarium.net.host.BootFiles;
import org.terrarium.net.host.HostSockets;
import org.terrarium.net.link.PortGroup;
import org.terrarium.net.link.Switch;
import org.terrarium.net.wire.Arp;
import org.terrarium.net.wire.Checksum;
import org.terrarium.net.wire.Dhcp;
import org.terrarium.net.wire.Dns;
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
import org.terrarium.net.wire.Tftp;
import org.terrarium.net.wire.Udp;

/** Guests that send nonsense, forgeries and floods. Nothing may be thrown, and nothing may grow without bound. */
class FloodTest {
    private static final long SEED = Long.getLong("terrarium.seed", new Random().nextLong());
    private static final int FRAMES = Integer.getInteger("terrarium.frames", 1_000_000);
    private static final GatewayConfig.Limits LIMITS = new GatewayConfig.Limits(200, 50, 40, 16 << 10, 1 << 20);
    private static final int REMOTE = Ip4.of(192, 0, 2, 9);
    private static final IpAddress REMOTE6 = IpAddress.parse6("2001:db8::9");

    /** Sockets of a host on which some connections are made, some refused, some never answered. */
    private static final class FakeSockets implements HostSockets {
        private final Random random;
        private final List<TcpEvents> making = new ArrayList<>();
        int open;
        int mostOpen;

        FakeSockets(Random random) {
            this.random = random;
        }

        @Override
        public Ping ping(boolean ipv6, PingEvents events) throws IOException {
            return new Ping() {
                @Override
                public void send(IpAddress address, int sequence, int ttl, byte[] from, int at, int length) {
                    if (random.nextBoolean()) {
                        // Sometimes from somebody else, or with another number.
                        events.answered(
                                new IpAddress(address.high(), address.low() ^ random.nextInt(2)),
                                sequence,
                                new byte[length],
                                0);
                    }
                }

                @Override
                public void close() {
                    // There is nothing to close.
                }
            };
        }

        private void opened() {
            open++;
            mostOpen = Math.max(mostOpen, open);
        }

        @Override
        public Tcp connect(InetSocketAddress to, TcpEvents events) throws IOException {
            if (random.nextInt(10) == 0) {
                throw new IOException("no route");
            }
            opened();
            making.add(events);
            return new Tcp() {
                private boolean closed;

                @Override
                public int read(ByteBuffer b) throws IOException {
                    if (random.nextInt(50) == 0) {
                        throw new IOException("reset");
                    }
                    int n = random.nextInt(b.remaining() + 1);
                    b.position(b.position() + n);
                    return random.nextInt(10) == 0 ? -1 : n;
                }

                @Override
                public int write(ByteBuffer b) throws IOException {
                    if (random.nextInt(50) == 0) {
                        throw new IOException("broken pipe");
                    }
                    int n = random.nextInt(b.remaining() + 1);
                    b.position(b.position() + n);
                    return n;
                }

                @Override
                public void shutdownOutput() {
                    // Nobody looks.
                }

                @Override
                public void interest(boolean readable, boolean writable) {
                    // The test decides by itself.
                }

                @Override
                public void close(boolean reset) {
                    open -= closed ? 0 : 1;
                    closed = true;
                }
            };
        }

        /** Lets something happen to some connection. */
        void happen(long now) {
            if (making.isEmpty()) {
                return;
            }
            TcpEvents e = making.remove(random.nextInt(making.size()));
            switch (random.nextInt(4)) {
                case 0 -> e.failed(new ConnectException("refused"), now);
                case 1 -> making.add(e); // still unanswered
                default -> {
                    e.connected(now);
                    e.readable(now);
                    e.writable(now);
                }
            }
        }

        @Override
        public AutoCloseable listen(InetSocketAddress at, Accept accept) {
            return () -> {};
        }

        @Override
        public Udp udp(InetSocketAddress at, UdpEvents events) throws IOException {
            if (random.nextInt(10) == 0) {
                throw new IOException("too many open files");
            }
            opened();
            return new Udp() {
                @Override
                public void send(ByteBuffer datagram, InetSocketAddress to) throws IOException {
                    if (random.nextInt(10) == 0) {
                        throw new IOException("unreachable");
                    }
                    events.received(new byte[random.nextInt(3000)], to, 0);
                }

                @Override
                public void close() {
                    open--;
                }
            };
        }
    }

    private int openFiles;
    private final Random random = new Random(SEED);
    private final FakeSockets sockets = new FakeSockets(random);
    private final List<byte[]> seen = new ArrayList<>();
    private final GatewayConfig config = GatewayConfig.USUAL.withLimits(LIMITS);
    private final Gateway gateway = new Gateway(
            config,
            new GatewayHost(
                    sockets,
                    () -> List.of(new InetSocketAddress(Ip4.inet(REMOTE), 53)),
                    a -> false,
                    () -> true,
                    this::bootFile),
            random,
            this::keep);

    /** A file of some length, sometimes none, sometimes one that cannot be read. */
    private BootFiles.BootFile bootFile(String name) throws IOException {
        if (random.nextInt(4) == 0) {
            throw new IOException("denied");
        }
        int size = random.nextInt(20_000);
        return random.nextInt(4) == 0
                ? null
                : new BootFiles.BootFile() {
                    private boolean closed;

                    {
                        openFiles++;
                    }

                    @Override
                    public long size() {
                        return size;
                    }

                    @Override
                    public byte[] read(long at, int length) throws IOException {
                        if (at < 0 || length < 0 || at + length > size || random.nextInt(50) == 0) {
                            throw new IOException("bad disk");
                        }
                        return new byte[length];
                    }

                    @Override
                    public void close() {
                        openFiles -= closed ? 0 : 1;
                        closed = true;
                    }
                };
    }

    private void keep(byte[] frame) {
        if (seen.size() < 64) {
            seen.add(frame);
        } else {
            seen.set(random.nextInt(64), frame);
        }
    }

    private byte[] ip(int source, int destination, int protocol, byte[] payload) {
        byte[] f = new byte[34 + payload.length];
        new Ethernet(config.mac().bits(), Station.MAC + random.nextInt(3), Ethernet.TYPE_IPV4).emit(f);
        System.arraycopy(payload, 0, f, 34, payload.length);
        Ipv4.of(source, destination, protocol, payload.length).emit(f);
        return f;
    }

    private byte[] tcp(int source, int sourcePort, int destination, int port, int flags, int sequence, int ack) {
        int data = random.nextInt(4) == 0 ? random.nextInt(1400) : 0;
        byte[] f = new byte[54 + data + 8];
        boolean syn = (flags & Tcp.SYN) != 0;
        int at = syn ? 62 : 54;
        byte[] frame = Arrays.copyOf(f, at + data);
        Tcp s = new Tcp(sourcePort, port, sequence, ack, flags, random.nextInt(65536), syn ? 1460 : 0, 7, at, data);
        s.emit(frame, Checksum.pseudo4(source, destination, 6, frame.length - 34));
        Ipv4.of(source, destination, 6, frame.length - 34).emit(frame);
        new Ethernet(config.mac().bits(), Station.MAC, Ethernet.TYPE_IPV4).emit(frame);
        return frame;
    }

    /** A frame that is right, of some kind. */
    private byte[] good() {
        int source = config.network() + 15 + random.nextInt(4);
        int port = 1024 + random.nextInt(30);
        return switch (random.nextInt(12)) {
            case 8 -> good6(Station.ADDRESS6, port);
            case 9 -> discovery();
            case 10 -> tftp(source, port);
            case 0 ->
                new Arp(1 + random.nextInt(2), Station.MAC, source, 0, config.gateway()).frame(Ethernet.BROADCAST);
            case 1 -> {
                Map<Integer, byte[]> o = new TreeMap<>();
                o.put(Dhcp.OPTION_MESSAGE_TYPE, new byte[] {(byte) random.nextInt(9)});
                o.put(Dhcp.OPTION_REQUESTED_IP, Dhcp.word(source));
                byte[] m = new Dhcp(1, random.nextInt(), 0, 0, 0, 0, 0, Station.MAC, o).bytes();
                yield ip(0, -1, 17, Udp.datagram(0, 68, -1, 67, m));
            }
            case 2 -> {
                byte[] q = new byte[30];
                random.nextBytes(q);
                Octets.put32(q, 4, 1 << 16);
                Octets.put16(q, 2, 0x0100);
                q[12] = 3;
                q[16] = 0;
                yield ip(source, config.nameServer(), 17, Udp.datagram(source, port, config.nameServer(), Dns.PORT, q));
            }
            case 3 -> ip(source, config.gateway(), 1, Icmp.message(8, 0, 1, new byte[40], 0, 40));
            case 4 -> ip(source, REMOTE, 17, Udp.datagram(source, port, REMOTE, port, new byte[random.nextInt(99)]));
            case 5 -> tcp(source, port, REMOTE, 80, Tcp.SYN, random.nextInt(), 0);
            case 6 -> {
                byte[] piece = ip(source, REMOTE, 17, new byte[8 * random.nextInt(100)]);
                new Ipv4(
                                source,
                                REMOTE,
                                17,
                                9,
                                random.nextInt(40),
                                false,
                                random.nextBoolean(),
                                8 * random.nextInt(8000),
                                34,
                                piece.length - 34)
                        .emit(piece);
                yield piece;
            }
            default -> reply(port);
        };
    }

    private byte[] ip6(IpAddress source, IpAddress to, int protocol, byte[] payload, int hops) {
        byte[] f = new byte[54 + payload.length];
        long mac = to.multicast() ? to.groupMac() : config.mac().bits();
        new Ethernet(mac, Station.MAC, Ethernet.TYPE_IPV6).emit(f);
        System.arraycopy(payload, 0, f, 54, payload.length);
        Ipv6.emit(f, source, to, protocol, payload.length, hops);
        return f;
    }

    /** Some packet of IPv6 to somebody. */
    private byte[] good6(IpAddress source, int port) {
        List<IpAddress> all = List.of(
                config.gateway6(), config.nameServer6(), REMOTE6, GatewayConfig.LINK_LOCAL, IpAddress.ALL_NODES);
        IpAddress to = all.get(random.nextInt(all.size()));
        byte[] data = new byte[random.nextInt(1200)];
        return switch (random.nextInt(5)) {
            case 0 -> ip6(source, to, 17, Udp.datagram(source, port, to, random.nextBoolean() ? 53 : 547, data), 64);
            case 1 -> ip6(source, to, 58, Icmp6.message(source, to, 128, 0, 5, data, 0, data.length), 1 + port % 3);
            case 2 -> {
                byte[] f = ip6(source, to, 44, new byte[8 + data.length / 8 * 8], 64);
                boolean more = random.nextBoolean();
                int at = 8 * random.nextInt(8000);
                new Ipv6(source, to, 17, 64, true, random.nextInt(40), more, at, 62, f.length - 62).emitFragment(f);
                yield f;
            }
            case 3 -> {
                byte[] f = ip6(source, to, 6, new byte[28], 64);
                Tcp s = new Tcp(port, 80, random.nextInt(), 0, Tcp.SYN, 9999, 1440, 7, 82, 0);
                s.emit(f, IpPacket.pseudo(source, to, 6, 28));
                yield f;
            }
            default -> ip6(source, to, random.nextInt(8) * 10 + random.nextInt(2) * 3, data, 64); // extension headers
        };
    }

    private byte[] discovery() {
        IpAddress me = new IpAddress(0xFE80L << 48, random.nextInt(4000));
        IpAddress to = random.nextBoolean() ? IpAddress.ALL_NODES : config.gateway6();
        byte[] m = random.nextBoolean()
                ? Neighbor.solicitation(config.gateway6(), me, Station.MAC)
                : Icmp6.message(me, to, 133 + random.nextInt(5), 0, 0, new byte[24], 0, 8 * random.nextInt(4));
        return ip6(me, random.nextBoolean() ? to : config.gateway6().solicitedNode(), 58, m, Ipv6.NEAREST);
    }

    /** A request for a file, or an acknowledgment of a block. */
    private byte[] tftp(int source, int port) {
        int to = 40000 + random.nextInt(40);
        byte[] m = switch (random.nextInt(3)) {
            case 0 ->
                Tftp.read("file" + random.nextInt(9), random.nextBoolean() ? Map.of() : Map.of("blksize", "1400"));
            case 1 -> Tftp.acknowledgment(random.nextInt(20));
            default -> new byte[2 + random.nextInt(30)];
        };
        return ip(source, config.gateway(), 17, Udp.datagram(source, port, config.gateway(), m[1] == 1 ? 69 : to, m));
    }

    /** A segment that belongs to a connection there is, as far as the gateway's own frames tell. */
    private byte[] reply(int port) {
        for (byte[] f : seen) {
            Ipv4 ip = f.length > 34 && Ethernet.parse(f).type() == 0x800 ? Ipv4.parse(f) : null;
            Tcp s = ip == null || ip.protocol() != 6 ? null : Tcp.parse(f, ip);
            if (s != null && random.nextInt(4) == 0) {
                int flags = random.nextInt(20) == 0 ? random.nextInt(64) : Tcp.ACK | random.nextInt(2) * Tcp.FIN;
                return tcp(
                        ip.destination(),
                        s.destinationPort(),
                        ip.source(),
                        s.sourcePort(),
                        flags,
                        s.acknowledgment(),
                        s.sequence() + s.sequenceLength());
            }
        }
        return tcp(config.network() + 15, port, REMOTE, 80, random.nextInt(64), random.nextInt(), random.nextInt());
    }

    private byte[] mutated(byte[] frame) {
        byte[] f = frame;
        if (random.nextInt(3) == 0) {
            f = Arrays.copyOf(f, random.nextInt(f.length + 50));
        }
        for (int k = random.nextInt(4); k > 0 && f.length > 0; k--) {
            f[random.nextInt(f.length)] = (byte) (random.nextBoolean() ? random.nextInt() : 0xFF * random.nextInt(2));
        }
        Ethernet e = Ethernet.parse(f);
        if (e != null && f.length >= 34 && e.type() != Ethernet.TYPE_IPV6 && random.nextBoolean()) {
            // Headers with a right checksum get further in.
            f[14] = 0x45;
            Octets.put16(f, 24, 0);
            Octets.put16(f, 24, Checksum.of(Checksum.add(0, f, 14, 20)));
        }
        return f;
    }

    @Test
    void aMillionFramesOfNonsense() {
        System.out.println("FloodTest: seed " + SEED + "L");
        Switch fabric = new Switch();
        long[] now = {0};
        Switch.Port inside = fabric.plug("guest", f -> {});
        Switch.Port out = fabric.plug("gateway", f -> gateway.receive(f, now[0]));
        inside.group(new PortGroup(1, Set.of(5, 7)));
        try {
            for (int n = 0; n < FRAMES; n++) {
                now[0] += random.nextInt(500_000);
                byte[] f = random.nextInt(3) == 0 ? good() : mutated(good());
                if (random.nextBoolean()) {
                    inside.receive(f, now[0]);
                } else {
                    gateway.receive(f, now[0]);
                }
                if (random.nextInt(4) == 0) {
                    sockets.happen(now[0]);
                }
                if (random.nextInt(8) == 0) {
                    gateway.flush(now[0]);
                }
                if (gateway.deadline() <= now[0]) {
                    gateway.expire(now[0]);
                }
            }
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError("seed " + SEED + "L", e);
        }
        String seed = "seed " + SEED + "L";
        assertTrue(sockets.mostOpen <= LIMITS.tcp() + LIMITS.udp() + 1, sockets.mostOpen + " sockets open, " + seed);
        assertTrue(gateway.flows().size() <= LIMITS.tcp() + LIMITS.udp(), seed);
        assertTrue(fabric.addresses() <= 8192, seed);
        long most = LIMITS.memory() + 2L * LIMITS.tcp() * RingMemory.LEAST;
        assertTrue(gateway.memory() <= most, gateway.memory() + " octets kept, " + seed);
        assertTrue(openFiles <= 32, openFiles + " files open, " + seed);
        gateway.close(now[0]);
        assertEquals(0, openFiles, "every file is closed, " + seed);
        assertEquals(0, gateway.memory(), "no memory is kept, " + seed);
        assertEquals(0, sockets.open, "every socket is given back, " + seed);
        fabric.unplug(out);
    }

    @Test
    void aFloodOfSynsTakesOnlySoManySockets() {
        for (int n = 0; n < 100_000; n++) {
            gateway.receive(tcp(config.network() + 15, 1024 + n % 60000, REMOTE, n / 60000 + 1, Tcp.SYN, n, 0), n);
        }
        assertTrue(sockets.mostOpen <= LIMITS.connecting(), sockets.mostOpen + " sockets");
        assertTrue(gateway.refusedByLimit() > 90_000);
        gateway.flush(100_000);
        gateway.expire(60_000_000_000L);
        assertEquals(0, sockets.open, "a minute later all are given back");
    }
}
