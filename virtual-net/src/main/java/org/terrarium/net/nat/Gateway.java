package org.terrarium.net.nat;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.terrarium.net.link.LargeFrame;
import org.terrarium.net.service.LeaseTable;
import org.terrarium.net.wire.Arp;
import org.terrarium.net.wire.Dhcp;
import org.terrarium.net.wire.Dhcp6;
import org.terrarium.net.wire.Dns;
import org.terrarium.net.wire.Ethernet;
import org.terrarium.net.wire.Icmp;
import org.terrarium.net.wire.Icmp6;
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
    private final Supplier<List<InetSocketAddress>> resolvers;
    private final GuestLink link;
    private final Fragments fragments = new Fragments();
    private final StationServices services;
    private final TcpNat tcp;
    private final UdpNat udp;
    private final EchoNat echo;
    private final PortForwards forwards;
    private final Router6 router6;
    private long malformed;

    /**
     * @param random for numbers that must be hard to guess
     * @param output takes frames for the guests
     */
    public Gateway(GatewayConfig config, GatewayHost host, RandomGenerator random, Consumer<byte[]> output) {
        this.config = config;
        resolvers = config.outside() ? host.resolvers() : List::of;
        link = new GuestLink(config, output);
        services = new StationServices(config, host, resolvers, random, link);
        HostPolicy policy = new HostPolicy(config, host.ownAddress());
        tcp = new TcpNat(config, host.sockets(), policy, random, link);
        udp = new UdpNat(config, host.sockets(), policy, link);
        echo = new EchoNat(host.sockets(), policy, link);
        forwards = new PortForwards(config, host.sockets(), link, tcp, services.leases());
        router6 =
                new Router6(config, link, () -> config.outside() && host.ipv6().getAsBoolean());
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
                services.dhcp(frame, u, e.source(), now);
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
        } else if (!config.own(ip.to())) {
            if (!tooFar(frame, ip, now)) {
                udp.receive(frame, ip, u, now);
            }
        } else if (!services.names(frame, ip, u, now)
                && !(ip instanceof Ipv4 v4 && forwards.answered(frame, v4, u))
                && !services.files(frame, ip, u, now)) {
            udp.receive(frame, ip, u, now);
        }
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
        long nat = Math.min(Math.min(tcp.deadline(), echo.deadline()), udp.deadline());
        return Math.min(Math.min(services.deadline(), nat), router6.deadline());
    }

    /** Does what has come due. */
    public void expire(long now) {
        tcp.expire(now);
        udp.expire(now);
        echo.expire(now);
        services.expire(now);
        router6.expire(now);
    }

    /** The ports of the host that lead to guests. */
    public PortForwards forwards() {
        return forwards;
    }

    public LeaseTable leases() {
        return services.leases();
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
        forwards.close();
        tcp.close(now);
        udp.close();
        echo.close();
        services.close();
    }
}
