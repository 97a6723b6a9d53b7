package org.terrarium.net.nat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.terrarium.net.host.HostSockets;
import org.terrarium.net.link.LargeFrame;
import org.terrarium.net.service.DhcpServer;
import org.terrarium.net.service.DnsForwarder;
import org.terrarium.net.service.LeaseTable;
import org.terrarium.net.wire.Arp;
import org.terrarium.net.wire.Dhcp;
import org.terrarium.net.wire.Dns;
import org.terrarium.net.wire.Ethernet;
import org.terrarium.net.wire.Icmp;
import org.terrarium.net.wire.Ip4;
import org.terrarium.net.wire.Ipv4;
import org.terrarium.net.wire.Tcp;
import org.terrarium.net.wire.Udp;

/**
 * The way out of a network: a router with address translation, DHCP server and name server, made of the host's ordinary
 * sockets, so that it needs no rights. Everything runs on the network's one thread; time is an argument. A frame that is
 * malformed is dropped in {@link #receive} and counted.
 */
public final class Gateway {
    private final GatewayConfig config;
    private final HostSockets sockets;
    private final Supplier<List<InetSocketAddress>> resolvers;
    private final GuestLink link;
    private final Fragments fragments = new Fragments();
    private final LeaseTable leases;
    private final DhcpServer dhcp;
    private final DnsForwarder dns;
    private final TcpNat tcp;
    private final UdpNat udp;
    private final EchoNat echo;
    private final UdpForwards udpForwards;
    private final Map<PortForward, AutoCloseable> tcpForwards = new LinkedHashMap<>();
    private final List<PortForward> forwards = new ArrayList<>();
    private long malformed;

    /**
     * @param sockets the host's
     * @param resolvers the host's name servers
     * @param ownAddress whether an address is one of the host's own
     * @param random for numbers that must be hard to guess
     * @param output takes frames for the guests
     */
    public Gateway(
            GatewayConfig config,
            HostSockets sockets,
            Supplier<List<InetSocketAddress>> resolvers,
            Predicate<InetAddress> ownAddress,
            RandomGenerator random,
            Consumer<byte[]> output) {
        this.config = config;
        this.sockets = sockets;
        this.resolvers = config.outside() ? resolvers : List::of;
        link = new GuestLink(config, output);
        leases = new LeaseTable(config.firstLease(), config.lastLease(), config.reservations());
        dhcp = new DhcpServer(
                new DhcpServer.Options(
                        config.gateway(),
                        config.mask(),
                        config.outside() ? config.gateway() : 0,
                        config.nameServer(),
                        config.domain(),
                        0,
                        config.bootServer(),
                        config.bootFile()),
                leases);
        dns = new DnsForwarder(this.resolvers, sockets, random, leases, config.domain(), config.gateway());
        HostPolicy policy = new HostPolicy(config, ownAddress);
        tcp = new TcpNat(config, sockets, policy, random, link);
        udp = new UdpNat(config, sockets, policy, link);
        echo = new EchoNat(config, sockets, policy, link);
        udpForwards = new UdpForwards(config, sockets, link, this::forwardedTo);
    }

    /** A frame from the network. Nothing a guest sends makes this throw. */
    public void receive(byte[] frame, long now) {
        Ethernet e = Ethernet.parse(frame);
        if (e == null) {
            malformed++;
            return;
        }
        boolean forMe = e.destination() == config.mac().bits() || Ethernet.group(e.destination());
        if (!forMe || Ethernet.group(e.source())) {
            return;
        }
        if (e.type() == Ethernet.TYPE_ARP) {
            arp(frame, now);
        } else if (e.type() == Ethernet.TYPE_IPV4) {
            Ipv4 ip = Ipv4.parse(frame);
            if (ip == null) {
                malformed++;
            } else {
                ipv4(frame, e, ip, now);
            }
        }
    }

    private void arp(byte[] frame, long now) {
        Arp a = Arp.parse(frame);
        if (a == null) {
            malformed++;
            return;
        }
        link.heard(a.senderIp(), a.senderMac());
        if (a.operation() == Arp.REQUEST && config.own(a.targetIp()) && !Ethernet.group(a.senderMac())) {
            byte[] reply =
                    new Arp(Arp.REPLY, link.ownMac(), a.targetIp(), a.senderMac(), a.senderIp()).frame(a.senderMac());
            link.sendRaw(reply);
        }
    }

    private void ipv4(byte[] frame, Ethernet e, Ipv4 ip, long now) {
        if (ip.fragment()) {
            byte[] whole = fragments.add(frame, ip, now);
            if (whole != null) {
                ipv4(whole, e, Ipv4.parse(whole), now);
            }
            return;
        }
        if (ip.protocol() == Ipv4.PROTOCOL_UDP && Udp.destinationPort(frame, ip) == Dhcp.SERVER_PORT) {
            Udp u = Udp.parse(frame, ip);
            if (u != null) {
                dhcp(frame, u, e.source(), now);
            }
            return;
        }
        if (!config.inside(ip.source()) || config.own(ip.source())) {
            return; // nobody here has such an address: a forged one, or a leftover from another network
        }
        link.heard(ip.source(), e.source());
        switch (ip.protocol()) {
            case Ipv4.PROTOCOL_TCP -> tcp(frame, ip, now);
            case Ipv4.PROTOCOL_UDP -> udp(frame, ip, now);
            case Ipv4.PROTOCOL_ICMP -> icmp(frame, ip, now);
            default -> malformed++;
        }
    }

    private void dhcp(byte[] frame, Udp u, long source, long now) {
        Dhcp m = Dhcp.parse(frame, u.payloadAt(), u.payloadLength());
        Dhcp reply = m == null ? null : dhcp.answer(m, source, now);
        if (reply == null) {
            return;
        }
        // RFC 2131, 4.1: to the client's address if it has one, else to its MAC, or to all if it asks for that.
        boolean renewing = m.clientIp() != 0 && reply.type() != Dhcp.NAK;
        boolean broadcast = !renewing && (reply.flags() & Dhcp.BROADCAST_FLAG) != 0;
        int to = renewing ? m.clientIp() : broadcast || reply.yourIp() == 0 ? Ip4.BROADCAST : reply.yourIp();
        byte[] data = Udp.datagram(config.gateway(), Dhcp.SERVER_PORT, to, Dhcp.CLIENT_PORT, reply.bytes());
        byte[] out = new byte[Ethernet.HEADER + Ipv4.HEADER + data.length];
        System.arraycopy(data, 0, out, Ethernet.HEADER + Ipv4.HEADER, data.length);
        Ipv4.of(config.gateway(), to, Ipv4.PROTOCOL_UDP, data.length).emit(out);
        link.sendTo(to == Ip4.BROADCAST ? Ethernet.BROADCAST : source, out);
    }

    private void tcp(byte[] frame, Ipv4 ip, long now) {
        // The checksum of a large frame is only made when it is cut.
        Tcp s = LargeFrame.is(frame) ? Tcp.parse(frame, ip.payloadAt(), ip.payloadLength()) : Tcp.parse(frame, ip);
        if (s == null) {
            malformed++;
            return;
        }
        boolean names = ip.destination() == config.nameServer() && s.destinationPort() == Dns.PORT;
        List<InetSocketAddress> servers = names ? resolvers.get() : List.of();
        tcp.receive(frame, ip, s, servers.isEmpty() ? null : servers.get(0), now);
        tcp.moved(now);
    }

    private void udp(byte[] frame, Ipv4 ip, long now) {
        Udp u = Udp.parse(frame, ip);
        if (u == null) {
            malformed++;
        } else if (config.own(ip.destination()) && u.destinationPort() == Dns.PORT) {
            byte[] query = new byte[u.payloadLength()];
            System.arraycopy(frame, u.payloadAt(), query, 0, query.length);
            dns.ask(query, answer -> nameAnswer(ip, u, answer, now), now);
        } else if (ip.destination() != config.gateway() || !udpForwards.answered(frame, ip, u)) {
            udp.receive(frame, ip, u, now);
        }
    }

    private void nameAnswer(Ipv4 ip, Udp u, byte[] answer, long now) {
        byte[] datagram = Udp.datagram(ip.destination(), Dns.PORT, ip.source(), u.sourcePort(), answer);
        link.datagram(ip.destination(), ip.source(), Ipv4.PROTOCOL_UDP, datagram, now);
    }

    private void icmp(byte[] frame, Ipv4 ip, long now) {
        Icmp m = Icmp.parse(frame, ip);
        if (m == null) {
            malformed++;
        } else if (m.type() == Icmp.ECHO_REQUEST) {
            if (!config.own(ip.destination())) {
                echo.receive(frame, ip, m, now);
                return;
            }
            byte[] answer = Icmp.message(Icmp.ECHO_REPLY, 0, m.rest(), frame, m.payloadAt(), m.payloadLength());
            link.datagram(ip.destination(), ip.source(), Ipv4.PROTOCOL_ICMP, answer, now);
        }
    }

    /** Sends what is due after a batch of frames and socket events. */
    public void flush(long now) {
        tcp.flush(now);
    }

    /** When {@link #expire} wants to be called; {@code Long.MAX_VALUE} while nothing is going on. */
    public long deadline() {
        return Math.min(Math.min(tcp.deadline(), echo.deadline()), Math.min(udp.deadline(), dns.deadline()));
    }

    /** Does what has come due. */
    public void expire(long now) {
        tcp.expire(now);
        udp.expire(now);
        echo.expire(now);
        dns.expire(now);
    }

    /**
     * Opens a port of the host.
     *
     * @throws IOException in one sentence when the host does not allow it or the port is taken
     */
    public void addForward(PortForward f) throws IOException {
        InetSocketAddress at = new InetSocketAddress(Ip4.inet(f.hostAddress()), f.hostPort());
        try {
            if (f.udp()) {
                udpForwards.add(f, at);
            } else {
                tcpForwards.put(
                        f,
                        sockets.listen(
                                at,
                                (connection, from, now) ->
                                        tcp.accept(connection, forwardedTo(f.guestAddress()), f.guestPort(), now)));
            }
            forwards.add(f);
        } catch (IOException e) {
            throw new IOException(
                    "the port forward " + f.text() + " cannot be opened: " + e.getMessage() + "; choose another port",
                    e);
        }
    }

    /** Closes a port of the host; connections through it go on. */
    public void removeForward(PortForward f) {
        forwards.remove(f);
        udpForwards.remove(f);
        AutoCloseable listener = tcpForwards.remove(f);
        if (listener != null) {
            try {
                listener.close();
            } catch (Exception e) {
                throw new IllegalStateException("a listening socket could not be closed", e);
            }
        }
    }

    public List<PortForward> forwards() {
        return List.copyOf(forwards);
    }

    private int forwardedTo(int wanted) {
        if (wanted != 0) {
            return wanted;
        }
        List<LeaseTable.Lease> known = leases.leases();
        return known.isEmpty() ? config.firstLease() : known.get(0).address();
    }

    public LeaseTable leases() {
        return leases;
    }

    public GatewayConfig config() {
        return config;
    }

    /** The connections and datagram sockets as they stand. */
    public List<FlowInfo> flows() {
        List<FlowInfo> all = new ArrayList<>(tcp.flows());
        all.addAll(udp.flows());
        return all;
    }

    /** Frames that were dropped because they were not what they said they were. */
    public long malformed() {
        return malformed;
    }

    /** Connections that were not made because the network had too many. */
    public long refusedByLimit() {
        return tcp.refusedByLimit();
    }

    /** Ends everything and gives every socket back. */
    public void close(long now) {
        List.copyOf(forwards).forEach(this::removeForward);
        tcp.close(now);
        udp.close();
        echo.close();
        udpForwards.close();
        dns.close();
    }
}
