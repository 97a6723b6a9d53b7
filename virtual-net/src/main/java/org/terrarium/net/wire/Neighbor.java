package org.terrarium.net.wire;

import java.io.ByteArrayOutputStream;

/**
 * Neighbour discovery's solicitations and advertisements (RFC 4861, 4.3 and 4.4): what ARP is to IPv4.
 *
 * @param advertisement an answer, else a question
 * @param target the address asked for
 * @param mac the station's in the option, or -1 when there is none
 */
public record Neighbor(boolean advertisement, IpAddress target, long mac) {
    public static final int ROUTER_SOLICITATION = 133;
    public static final int ROUTER_ADVERTISEMENT = 134;
    public static final int SOLICITATION = 135;
    public static final int ADVERTISEMENT = 136;

    private static final int OPTION_SOURCE_MAC = 1;
    private static final int OPTION_TARGET_MAC = 2;
    private static final int OPTION_PREFIX = 3;
    private static final int OPTION_MTU = 5;
    private static final int OPTION_DNS_SERVERS = 25; // RFC 8106, 5.1
    private static final int OPTION_SEARCH_LIST = 31; // RFC 8106, 5.2
    private static final int ROUTER_SOLICITED_OVERRIDE = 0xE000_0000;
    private static final int ROUTER_OVERRIDE = 0xA000_0000;
    private static final int ON_LINK_AUTONOMOUS = 0xC0;
    private static final int OTHER_CONFIGURATION = 0x40;

    /** Reads a solicitation or an advertisement that {@link Icmp6#parse} has looked at; null when it is not whole. */
    public static Neighbor parse(byte[] f, Ipv6 ip, Icmp6 m) {
        boolean valid = ip.hopLimit() == Ipv6.NEAREST && m.code() == 0 && m.payloadLength() >= 16;
        if (!valid) {
            return null;
        }
        boolean advertisement = m.type() == ADVERTISEMENT;
        IpAddress target = IpAddress.read(f, m.payloadAt());
        long mac = option(f, m, 16, advertisement ? OPTION_TARGET_MAC : OPTION_SOURCE_MAC);
        return mac == BAD || target.multicast() || target.isV4() ? null : new Neighbor(advertisement, target, mac);
    }

    private static final long BAD = -2;

    /** The MAC address that the sender of a router solicitation tells; -1 when none, or null when the message is not whole. */
    public static Long solicitor(byte[] f, Ipv6 ip, Icmp6 m) {
        long mac = option(f, m, 0, OPTION_SOURCE_MAC);
        return ip.hopLimit() != Ipv6.NEAREST || m.code() != 0 || mac == BAD ? null : (Long) mac;
    }

    private static long option(byte[] f, Icmp6 m, int skipped, int kind) {
        long mac = -1;
        int end = m.payloadAt() + m.payloadLength();
        for (int at = m.payloadAt() + skipped; at < end; ) {
            int length = end - at < 8 ? 0 : 8 * Octets.u8(f, at + 1);
            if (length == 0 || at + length > end) {
                return BAD;
            }
            mac = Octets.u8(f, at) == kind ? Octets.u48(f, at + 2) : mac;
            at += length;
        }
        return mac;
    }

    /** The message to somebody who has asked for us, or with {@code to} all nodes for somebody without an address (7.2.4). */
    public static byte[] advertisement(IpAddress target, IpAddress from, IpAddress to, long mac) {
        int flags = to.multicast() ? ROUTER_OVERRIDE : ROUTER_SOLICITED_OVERRIDE;
        return neighbor(ADVERTISEMENT, flags, OPTION_TARGET_MAC, target, from, to, mac);
    }

    /** The question who has {@code target}, to be sent to {@link IpAddress#solicitedNode}. */
    public static byte[] solicitation(IpAddress target, IpAddress from, long mac) {
        return neighbor(SOLICITATION, 0, OPTION_SOURCE_MAC, target, from, target.solicitedNode(), mac);
    }

    private static byte[] neighbor(
            int type, int flags, int option, IpAddress target, IpAddress from, IpAddress to, long mac) {
        byte[] data = new byte[24];
        target.put(data, 0);
        Octets.put8(data, 16, option);
        Octets.put8(data, 17, 1);
        Octets.put48(data, 18, mac);
        return Icmp6.message(from, to, type, 0, flags, data, 0, data.length);
    }

    /**
     * A router's advertisement (4.2), with prefix, MTU, and name servers (RFC 8106). Stations find out by DHCPv6 as well (the O
     * flag), as not all look here for their name server.
     *
     * @param prefix of 64 bits, from which stations make their addresses
     * @param routerSeconds how long other networks can be reached here; 0 when they cannot
     * @param prefixSeconds how long addresses made of the prefix live
     */
    public static byte[] routerAdvertisement(
            IpAddress from,
            IpAddress to,
            long mac,
            IpAddress prefix,
            int routerSeconds,
            int prefixSeconds,
            IpAddress nameServer,
            String domain) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[8]); // reachable and retransmission time: the stations' own choice
        byte[] source = new byte[8];
        Octets.put8(source, 0, OPTION_SOURCE_MAC);
        Octets.put8(source, 1, 1);
        Octets.put48(source, 2, mac);
        out.writeBytes(source);
        byte[] mtu = new byte[8];
        Octets.put8(mtu, 0, OPTION_MTU);
        Octets.put8(mtu, 1, 1);
        Octets.put32(mtu, 4, Ethernet.MTU);
        out.writeBytes(mtu);
        byte[] on = new byte[32];
        Octets.put8(on, 0, OPTION_PREFIX);
        Octets.put8(on, 1, 4);
        Octets.put8(on, 2, 64);
        Octets.put8(on, 3, ON_LINK_AUTONOMOUS);
        Octets.put32(on, 4, prefixSeconds);
        Octets.put32(on, 8, prefixSeconds);
        prefix.put(on, 16);
        out.writeBytes(on);
        byte[] servers = new byte[24];
        Octets.put8(servers, 0, OPTION_DNS_SERVERS);
        Octets.put8(servers, 1, 3);
        Octets.put32(servers, 4, prefixSeconds);
        nameServer.put(servers, 8);
        out.writeBytes(servers);
        byte[] name = Dns.nameBytes(domain);
        byte[] search = new byte[8 + name.length + 7 & ~7];
        Octets.put8(search, 0, OPTION_SEARCH_LIST);
        Octets.put8(search, 1, search.length / 8);
        Octets.put32(search, 4, prefixSeconds);
        System.arraycopy(name, 0, search, 8, name.length);
        out.writeBytes(search);
        byte[] data = out.toByteArray();
        int rest = Ipv4.DEFAULT_TTL << 24 | OTHER_CONFIGURATION << 16 | routerSeconds;
        return Icmp6.message(from, to, ROUTER_ADVERTISEMENT, 0, rest, data, 0, data.length);
    }
}
