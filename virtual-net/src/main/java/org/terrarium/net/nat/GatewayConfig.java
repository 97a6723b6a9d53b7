package org.terrarium.net.nat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.terrarium.net.MacAddress;
import org.terrarium.net.wire.Ip4;
import org.terrarium.net.wire.IpAddress;

/**
 * How the gateway's network looks from inside. The usual one has the addresses that users of other virtual machines know:
 * gateway 10.0.2.2, name server 10.0.2.3, the first guest 10.0.2.15; and for IPv6 a prefix of its own (RFC 4193) with the gateway at
 * {@code ::2} and the name server at {@code ::3}.
 *
 * @param network the network's address, its last {@code 32 - prefix} bits zero
 * @param prefix6 the network's address in IPv6, 64 bits and nothing behind them; null for a network without IPv6
 * @param domain of the stations' names
 * @param hostLoopback whether the gateway's address leads to this host's loopback, and the host's own addresses can be reached
 * @param outside whether it leads further than to this host; a host-only network does not
 * @param reservations addresses for stations by MAC
 * @param ntp address of the time server told to stations, or 0
 */
public record GatewayConfig(
        MacAddress mac,
        int network,
        int prefix,
        IpAddress prefix6,
        String domain,
        boolean hostLoopback,
        boolean outside,
        Map<Long, Integer> reservations,
        int ntp,
        Boot boot,
        Limits limits) {
    /** The gateway's address on its wire: what routers advertise themselves as (RFC 4861, 4.2). */
    static final IpAddress LINK_LOCAL = new IpAddress(0xFE80L << 48, 2);

    /**
     * What one network may take of the host at most.
     *
     * @param tcp connections
     * @param connecting those of them that are not made yet
     * @param udp sockets for datagrams
     * @param buffer octets kept per connection and direction, a power of two
     * @param memory octets kept for all connections together
     */
    public record Limits(int tcp, int connecting, int udp, int buffer, int memory) {
        public static final Limits USUAL = new Limits(4096, 512, 512, 256 << 10, 64 << 20);

        /** The same with so many connections, at most an eighth of them not made yet. */
        public Limits withConnections(int value) {
            return new Limits(value, Math.max(64, value / 8), udp, buffer, memory);
        }
    }

    /**
     * What machines that boot from the network are told.
     *
     * @param server where their files are, 0 for the gateway itself when it has a folder
     * @param file the first file's name, or empty
     * @param folder what the gateway's TFTP server gives out, or null when it has none
     */
    public record Boot(int server, String file, Path folder) {
        public static final Boot NONE = new Boot(0, "", null);
    }

    private static final int PREFIX6_BITS = 64;

    public static final GatewayConfig USUAL = new GatewayConfig(
            new MacAddress(0x0200_0A00_0202L),
            Ip4.of(10, 0, 2, 0),
            24,
            prefix6(Ip4.of(10, 0, 2, 0)),
            "terrarium.internal",
            false,
            true,
            Map.of(),
            0,
            Boot.NONE,
            Limits.USUAL);

    public GatewayConfig {
        reservations = Map.copyOf(reservations);
        if (prefix < 8 || prefix > 27 || (network & ~Ip4.mask(prefix)) != 0) {
            throw new IllegalArgumentException("a network needs a prefix of 8 to 27 bits and nothing behind it");
        }
        if (prefix6 != null && prefix6.low() != 0) {
            throw new IllegalArgumentException(
                    "a network's IPv6 prefix has " + PREFIX6_BITS + " bits and nothing behind it");
        }
        int first = network + 4;
        int last = (network | ~Ip4.mask(prefix)) - 1;
        for (int address : reservations.values()) {
            if (Integer.compareUnsigned(address, first) < 0 || Integer.compareUnsigned(address, last) > 0) {
                throw new IllegalArgumentException(Ip4.text(address) + " cannot be reserved; choose one from "
                        + Ip4.text(first) + " to " + Ip4.text(last));
            }
        }
        if (Set.copyOf(reservations.values()).size() != reservations.size()) {
            throw new IllegalArgumentException("an address is reserved for two cards");
        }
    }

    /** The IPv6 prefix of a network that does not say: fd54:6572:7261 (RFC 4193, 3.1) and 16 bits of the IPv4 network. */
    public static IpAddress prefix6(int network) {
        return new IpAddress(0xFD54_6572_7261L << 16 | network >>> 8 & 0xFFFF, 0);
    }

    public GatewayConfig withHostLoopback(boolean allowed) {
        return new GatewayConfig(
                mac, network, prefix, prefix6, domain, allowed, outside, reservations, ntp, boot, limits);
    }

    /** The same for a host-only network: no router for its stations, and no names of others. */
    public GatewayConfig withoutOutside() {
        return new GatewayConfig(
                mac, network, prefix, prefix6, domain, hostLoopback, false, reservations, ntp, boot, limits);
    }

    /** The same with other addresses and another domain. */
    public GatewayConfig withNetwork(int address, int bits, String name, Map<Long, Integer> kept) {
        return new GatewayConfig(
                mac, address, bits, prefix6(address), name, hostLoopback, outside, kept, ntp, boot, limits);
    }

    /** The same with another prefix of IPv6, or with null without IPv6. */
    public GatewayConfig withPrefix6(IpAddress value) {
        return new GatewayConfig(
                mac, network, prefix, value, domain, hostLoopback, outside, reservations, ntp, boot, limits);
    }

    /** The same with other addresses kept for stations. */
    public GatewayConfig withReservations(Map<Long, Integer> kept) {
        return new GatewayConfig(mac, network, prefix, prefix6, domain, hostLoopback, outside, kept, ntp, boot, limits);
    }

    /** The same with a time server, 0 for none. */
    public GatewayConfig withNtp(int value) {
        return new GatewayConfig(
                mac, network, prefix, prefix6, domain, hostLoopback, outside, reservations, value, boot, limits);
    }

    public GatewayConfig withBoot(Boot value) {
        return new GatewayConfig(
                mac, network, prefix, prefix6, domain, hostLoopback, outside, reservations, ntp, value, limits);
    }

    public GatewayConfig withLimits(Limits value) {
        return new GatewayConfig(
                mac, network, prefix, prefix6, domain, hostLoopback, outside, reservations, ntp, boot, value);
    }

    public int gateway() {
        return network + 2;
    }

    public int nameServer() {
        return network + 3;
    }

    /** The gateway's address in IPv6. */
    public IpAddress gateway6() {
        return new IpAddress(prefix6.high(), 2);
    }

    /** The name server's address in IPv6. */
    public IpAddress nameServer6() {
        return new IpAddress(prefix6.high(), 3);
    }

    /** The gateway's address of the same kind as another one. */
    IpAddress gatewayFor(IpAddress other) {
        return other.isV4() ? IpAddress.v4(gateway()) : other.linkLocal() ? LINK_LOCAL : gateway6();
    }

    /** The first address that stations are given. */
    public int firstLease() {
        return network + 15;
    }

    public int lastLease() {
        return broadcast() - 1;
    }

    public int mask() {
        return Ip4.mask(prefix);
    }

    public int broadcast() {
        return network | ~mask();
    }

    public boolean inside(int address) {
        return (address & mask()) == network;
    }

    /** Whether stations of this network have such an address. */
    public boolean inside(IpAddress address) {
        return address.isV4() ? inside(address.toV4()) : prefix6 != null && address.high() == prefix6.high();
    }

    /** Whether the address is one that the gateway itself answers at. */
    public boolean own(int address) {
        return address == gateway() || address == nameServer();
    }

    /** Whether the address is one that the gateway itself answers at. */
    public boolean own(IpAddress a) {
        return a.isV4()
                ? own(a.toV4())
                : prefix6 != null && (a.equals(gateway6()) || a.equals(nameServer6()) || a.equals(LINK_LOCAL));
    }

    /** Whether that is the address of the name server. */
    boolean names(IpAddress a) {
        return a.isV4() ? a.toV4() == nameServer() : prefix6 != null && a.equals(nameServer6());
    }
}
