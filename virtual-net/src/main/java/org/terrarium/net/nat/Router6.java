package org.terrarium.net.nat;

import java.util.function.BooleanSupplier;
import org.terrarium.net.wire.Dhcp6;
import org.terrarium.net.wire.Ethernet;
import org.terrarium.net.wire.Icmp6;
import org.terrarium.net.wire.IpAddress;
import org.terrarium.net.wire.Ipv4;
import org.terrarium.net.wire.Ipv6;
import org.terrarium.net.wire.Neighbor;
import org.terrarium.net.wire.Udp;

/**
 * What the gateway is to stations with IPv6 besides a way out: a neighbour (RFC 4861, 7.2), the router that tells them their prefix
 * and name server (6.2), and a source of other configuration (RFC 8415, 18.3.6). Only while the host reaches other networks by
 * IPv6 does it call itself a way there, so that guests do not wait for what cannot come.
 */
final class Router6 {
    /** How often it says so without being asked, and how long that counts (RFC 4861, 6.2.1). */
    private static final long INTERVAL_NANOS = 200_000_000_000L;

    private static final int ROUTER_SECONDS = 1800;
    private static final int PREFIX_SECONDS = 86400;

    private final GatewayConfig config;
    private final GuestLink link;
    private final BooleanSupplier hostIpv6;
    private long next = Long.MAX_VALUE;

    Router6(GatewayConfig config, GuestLink link, BooleanSupplier hostIpv6) {
        this.config = config;
        this.link = link;
        this.hostIpv6 = hostIpv6;
    }

    /** Whether a message is one of neighbour discovery: 133 to 137 (RFC 4861, 4). */
    static boolean discovery(Icmp6 m) {
        return m.type() >= Neighbor.ROUTER_SOLICITATION && m.type() <= 137;
    }

    /** A message of neighbour discovery; false when it is malformed. */
    boolean receive(byte[] frame, Ethernet e, Ipv6 ip, Icmp6 m, long now) {
        if (next == Long.MAX_VALUE) {
            next = now + INTERVAL_NANOS;
        }
        return switch (m.type()) {
            case Neighbor.SOLICITATION -> solicited(e, ip, Neighbor.parse(frame, ip, m));
            case Neighbor.ADVERTISEMENT -> advertised(e, Neighbor.parse(frame, ip, m));
            case Neighbor.ROUTER_SOLICITATION -> routerSolicited(e, ip, Neighbor.solicitor(frame, ip, m));
            default -> true; // other routers are none of our business
        };
    }

    private boolean solicited(Ethernet e, Ipv6 ip, Neighbor n) {
        if (n == null) {
            return false;
        }
        boolean nobody = ip.source().equals(IpAddress.UNSPECIFIED);
        if (!nobody) {
            link.heard(ip.source(), n.mac() < 0 ? e.source() : n.mac());
        }
        if (config.own(n.target())) {
            IpAddress to = nobody ? IpAddress.ALL_NODES : ip.source();
            byte[] answer = Neighbor.advertisement(n.target(), n.target(), to, link.ownMac());
            link.neighbor(n.target(), to, nobody ? to.groupMac() : e.source(), answer);
        }
        return true;
    }

    private boolean advertised(Ethernet e, Neighbor n) {
        if (n != null) {
            link.heard(n.target(), n.mac() < 0 ? e.source() : n.mac());
        }
        return n != null;
    }

    private boolean routerSolicited(Ethernet e, Ipv6 ip, Long mac) {
        if (mac != null) {
            boolean nobody = ip.source().equals(IpAddress.UNSPECIFIED);
            advertise(nobody ? IpAddress.ALL_NODES : ip.source(), nobody ? -1 : e.source());
        }
        return mac != null;
    }

    private void advertise(IpAddress to, long mac) {
        byte[] message = Neighbor.routerAdvertisement(
                GatewayConfig.LINK_LOCAL,
                to,
                link.ownMac(),
                config.prefix6(),
                hostIpv6.getAsBoolean() ? ROUTER_SECONDS : 0,
                PREFIX_SECONDS,
                config.nameServer6(),
                config.domain());
        link.neighbor(GatewayConfig.LINK_LOCAL, to, mac < 0 ? to.groupMac() : mac, message);
    }

    /** A datagram to the port of DHCPv6 servers. */
    void dhcp(byte[] frame, Ipv6 ip, Udp u, long now) {
        Dhcp6 m = Dhcp6.parse(frame, u.payloadAt(), u.payloadLength());
        if (m != null && m.type() == Dhcp6.INFORMATION_REQUEST && ip.source().linkLocal()) {
            byte[] reply = m.reply(link.ownMac(), config.nameServer6(), config.domain(), PREFIX_SECONDS);
            IpAddress from = GatewayConfig.LINK_LOCAL;
            byte[] d = Udp.datagram(from, Dhcp6.SERVER_PORT, ip.source(), u.sourcePort(), reply);
            link.datagram(from, ip.source(), Ipv4.PROTOCOL_UDP, d, now);
        }
    }

    long deadline() {
        return next;
    }

    void expire(long now) {
        if (next <= now) {
            next = now + INTERVAL_NANOS;
            advertise(IpAddress.ALL_NODES, -1);
        }
    }
}
