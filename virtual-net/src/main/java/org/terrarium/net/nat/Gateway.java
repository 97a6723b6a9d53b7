package org.terrarium.net.nat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.terrarium.net.link.LargeFrame;
import org.terrarium.net.service.DhcpServer;
import org.terrarium.net.service.DnsForwarder;
import org.terrarium.net.service.LeaseTable;
import org.terrarium.net.service.TftpServer;
import org.terrarium.net.wire.Arp;
import org.terrarium.net.wire.Dhcp;
import org.terrarium.net.wire.Dhcp6;
import org.terrarium.net.wire.Dns;
import org.terrarium.net.wire.Ethernet;
import org.terrarium.net.wire.Icmp;
import org.terrarium.net.wire.Icmp6;
import org.terrarium.net.wire.Ip4;
import org.terrarium.net.wire.IpAddress;
import org.terrarium.net.wire.IpPacket;
import org.terrarium.net.wire.Ipv4;
import org.terrarium.net.wire.Ipv6;
import org.terrarium.net.wire.Tcp;
import org.terrarium.net.wire.Udp;

/**
 * The way out of a network: a router with address translation for IPv4 and IPv6, DHCP server, name server and TFTP server, made of
 * the host's ordinary sockets, so that it needs no rights. Everything runs on the network's one thread; time is an argument. A frame that is
 * malformed is dropped in {@link #receive} and counted.
 */
public final class Gateway {
    private final GatewayConfig config;
    private final GatewayHost host;
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
    private final Router6 router6;
    private final TftpServer tftp;
    private final Map<PortForward, AutoCloseable> tcpForwards = new LinkedHashMap<>();
    private final List<PortForward> forwards = new ArrayList<>();
    private long malformed;

    /**
     * @param random for numbers that must be hard to guess
     * @param output takes frames for the guests
     */
    public Gateway(GatewayConfig config, GatewayHost host, RandomGenerator random, Consumer<byte[]> output) {
        this.config = config;
        this.host = host;
        resolvers = config.outside() ? host.resolvers() : List::of;
        link = new GuestLink(config, output);
        leases = new LeaseTable(config.firstLease(), config.lastLease(), config.reservations());
        dhcp = new DhcpServer(dhcpOptions(config), leases);
        dns = new DnsForwarder(
                resolvers,
                host.sockets(),
                random,
                leases,
                new DnsForwarder.Own(
                        config.domain(), config.gateway(), config.prefix6() == null ? null : config.gateway6()));
        HostPolicy policy = new HostPolicy(config, host.ownAddress());
        tcp = new TcpNat(config, host.sockets(), policy, random, link);
        udp = new UdpNat(config, host.sockets(), policy, link);
        echo = new EchoNat(host.sockets(), policy, link);
        udpForwards = new UdpForwards(config, host.sockets(), link, this::forwardedTo);
        router6 =
                new Router6(config, link, () -> config.outside() && host.ipv6().getAsBoolean());
        tftp = host.files() == null ? null : new TftpServer(host.files(), this::tftpAnswer);
    }

    private static DhcpServer.Options dhcpOptions(GatewayConfig config) {
        GatewayConfig.Boot boot = config.boot();
        boolean here =
                boot.server() == 0 && (boot.folder() != null || !boot.file().isEmpty());
        return new DhcpServer.Options(
                config.gateway(),
                config.mask(),
                config.outside() ? config.gateway() : 0,
                config.nameServer(),
                config.domain(),
                config.ntp(),
                here ? config.gateway() : boot.server(),
                boot.file());
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
        } else if (e.type() == Ethernet.TYPE_IPV6 && config.prefix6() != null) {
            Ipv6 ip = Ipv6.parse(frame);
            if (ip == null) {
                malformed++;
            } else {
                ipv6(frame, e, ip, now);
            }
        }
    }

    private void arp(byte[] frame, long now) {
        Arp a = Arp.parse(frame);
        if (a == null) {
            malformed++;
            return;
        }
        link.heard(IpAddress.v4(a.senderIp()), a.senderMac());
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
        link.heard(ip.from(), e.source());
        switch (ip.protocol()) {
            case Ipv4.PROTOCOL_TCP -> tcp(frame, ip, now);
            case Ipv4.PROTOCOL_UDP -> udp(frame, ip, now);
            case Ipv4.PROTOCOL_ICMP -> icmp(frame, ip, now);
            default -> malformed++;
        }
    }

    private void ipv6(byte[] frame, Ethernet e, Ipv6 ip, long now) {
        if (ip.fragment()) {
            byte[] whole = fragments.add(frame, ip, now);
            if (whole != null) {
                ipv6(whole, e, Ipv6.parse(whole), now);
            }
            return;
        }
        Icmp6 m = ip.protocol() == Ipv6.PROTOCOL_ICMPV6 ? Icmp6.parse(frame, ip) : null;
        if (m != null && Router6.discovery(m)) {
            malformed += router6.receive(frame, e, ip, m, now) ? 0 : 1;
            return;
        }
        boolean onlyHere = ip.source().linkLocal();
        if (config.own(ip.source()) || !onlyHere && !config.inside(ip.source())) {
            return;
        }
        link.heard(ip.source(), e.source());
        boolean own = config.own(ip.destination());
        if (ip.protocol() == Ipv4.PROTOCOL_UDP && Udp.destinationPort(frame, ip) == Dhcp6.SERVER_PORT) {
            Udp u = Udp.parse(frame, ip);
            if (u != null) {
                router6.dhcp(frame, ip, u, now);
            }
        } else if (ip.protocol() == Ipv6.PROTOCOL_ICMPV6) {
            icmp6(frame, ip, m, now);
        } else if (own || !onlyHere && !ip.destination().multicast()) { // the others stay on their wire
            switch (ip.protocol()) {
                case Ipv4.PROTOCOL_TCP -> tcp(frame, ip, now);
                case Ipv4.PROTOCOL_UDP -> udp(frame, ip, now);
                default -> malformed++;
            }
        }
    }

    private void icmp6(byte[] frame, Ipv6 ip, Icmp6 m, long now) {
        IpAddress to = ip.destination();
        boolean all = to.equals(IpAddress.ALL_NODES) || to.equals(IpAddress.ALL_ROUTERS);
        if (m == null) {
            malformed++;
        } else if (m.type() != Icmp6.ECHO_REQUEST) {
            return; // reports of groups, complaints about something answered long ago
        } else if (config.own(to) || all) {
            IpAddress me = all ? GatewayConfig.LINK_LOCAL : to;
            byte[] answer = Icmp6.message(
                    me, ip.source(), Icmp6.ECHO_REPLY, 0, m.rest(), frame, m.payloadAt(), m.payloadLength());
            link.datagram(me, ip.source(), Ipv6.PROTOCOL_ICMPV6, answer, now);
        } else if (!ip.source().linkLocal() && !to.multicast()) {
            echo.receive(frame, ip, m.rest(), m.payloadAt(), m.payloadLength(), now);
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
        IpAddress from = IpAddress.v4(config.gateway());
        IpPacket.emit(out, from, IpAddress.v4(to), Ipv4.PROTOCOL_UDP, data.length);
        link.sendTo(to == Ip4.BROADCAST ? Ethernet.BROADCAST : source, out);
    }

    private boolean tooFar(byte[] frame, IpPacket ip, long now) {
        boolean yes = ip.ttl() <= 1 && !config.own(ip.to()) && !ip.to().multicast();
        if (yes) {
            link.tell(GuestLink.Trouble.TOO_FAR, frame, ip, now);
        }
        return yes;
    }

    private void tcp(byte[] frame, IpPacket ip, long now) {
        // The checksum of a large frame is only made when it is cut.
        Tcp s = LargeFrame.is(frame) ? Tcp.parse(frame, ip.payloadAt(), ip.payloadLength()) : Tcp.parse(frame, ip);
        if (s == null) {
            malformed++;
            return;
        }
        if (tooFar(frame, ip, now)) {
            return;
        }
        boolean names = config.names(ip.to()) && s.destinationPort() == Dns.PORT;
        List<InetSocketAddress> servers = names ? resolvers.get() : List.of();
        tcp.receive(frame, ip, s, servers.isEmpty() ? null : servers.get(0), now);
        tcp.moved(now);
    }

    private void udp(byte[] frame, IpPacket ip, long now) {
        Udp u = Udp.parse(frame, ip);
        if (u == null) {
            malformed++;
        } else if (config.own(ip.to()) && u.destinationPort() == Dns.PORT) {
            dns.ask(payload(frame, u), answer -> answer(ip, u, Dns.PORT, answer, now), now);
        } else if (!config.own(ip.to())) {
            if (!tooFar(frame, ip, now)) {
                udp.receive(frame, ip, u, now);
            }
        } else if (!(ip instanceof Ipv4 v4 && udpForwards.answered(frame, v4, u)) && !tftp(frame, ip, u, now)) {
            udp.receive(frame, ip, u, now);
        }
    }

    private boolean tftp(byte[] frame, IpPacket ip, Udp u, long now) {
        return tftp != null
                && ip.to().equals(config.gatewayFor(ip.to()))
                && tftp.receive(ip.from(), u.sourcePort(), u.destinationPort(), payload(frame, u), now);
    }

    private void tftpAnswer(IpAddress client, int clientPort, int port, byte[] message, long now) {
        IpAddress from = config.gatewayFor(client);
        link.datagram(from, client, Ipv4.PROTOCOL_UDP, Udp.datagram(from, port, client, clientPort, message), now);
    }

    private static byte[] payload(byte[] frame, Udp u) {
        return Arrays.copyOfRange(frame, u.payloadAt(), u.payloadAt() + u.payloadLength());
    }

    private void answer(IpPacket ip, Udp u, int port, byte[] answer, long now) {
        byte[] datagram = Udp.datagram(ip.to(), port, ip.from(), u.sourcePort(), answer);
        link.datagram(ip.to(), ip.from(), Ipv4.PROTOCOL_UDP, datagram, now);
    }

    private void icmp(byte[] frame, Ipv4 ip, long now) {
        Icmp m = Icmp.parse(frame, ip);
        if (m == null) {
            malformed++;
        } else if (m.type() == Icmp.ECHO_REQUEST) {
            if (!config.own(ip.destination())) {
                echo.receive(frame, ip, m.rest(), m.payloadAt(), m.payloadLength(), now);
                return;
            }
            byte[] answer = Icmp.message(Icmp.ECHO_REPLY, 0, m.rest(), frame, m.payloadAt(), m.payloadLength());
            link.datagram(ip.to(), ip.from(), Ipv4.PROTOCOL_ICMP, answer, now);
        }
    }

    /** Sends what is due after a batch of frames and socket events. */
    public void flush(long now) {
        tcp.flush(now);
    }

    /** When {@link #expire} wants to be called; {@code Long.MAX_VALUE} while nothing is going on. */
    public long deadline() {
        long services = Math.min(dns.deadline(), tftp == null ? Long.MAX_VALUE : tftp.deadline());
        long nat = Math.min(Math.min(tcp.deadline(), echo.deadline()), udp.deadline());
        return Math.min(Math.min(services, nat), router6.deadline());
    }

    /** Does what has come due. */
    public void expire(long now) {
        tcp.expire(now);
        udp.expire(now);
        echo.expire(now);
        dns.expire(now);
        router6.expire(now);
        if (tftp != null) {
            tftp.expire(now);
        }
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
                        host.sockets()
                                .listen(
                                        at,
                                        (connection, from, now) -> tcp.accept(
                                                connection,
                                                IpAddress.v4(forwardedTo(f.guestAddress())),
                                                f.guestPort(),
                                                now)));
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

    /** Octets kept for all connections together. */
    public long memory() {
        return tcp.memory().used();
    }

    /** Ends everything and gives every socket back. */
    public void close(long now) {
        List.copyOf(forwards).forEach(this::removeForward);
        tcp.close(now);
        udp.close();
        echo.close();
        udpForwards.close();
        dns.close();
        if (tftp != null) {
            tftp.close();
        }
    }
}
