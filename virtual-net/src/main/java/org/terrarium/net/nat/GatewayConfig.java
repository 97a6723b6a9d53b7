package org.terrarium.net.nat;

import java.util.Map;
import java.util.Set;
import org.terrarium.net.MacAddress;
import org.terrarium.net.wire.Ip4;

/**
 * How the gateway's network looks from inside. The usual one has the addresses that users of other virtual machines know:
 * gateway 10.0.2.2, name server 10.0.2.3, the first guest 10.0.2.15.
 *
 * @param network the network's address, its last {@code 32 - prefix} bits zero
 * @param domain of the stations' names
 * @param hostLoopback whether the gateway's address leads to this host's loopback, and the host's own addresses can be reached
 * @param outside whether it leads further than to this host; a host-only network does not
 * @param reservations addresses for stations by MAC
 * @param bootServer address of the boot server told to PXE clients, or 0
 * @param bootFile the boot file's name, or empty
 */
public record GatewayConfig(
        MacAddress mac,
        int network,
        int prefix,
        String domain,
        boolean hostLoopback,
        boolean outside,
        Map<Long, Integer> reservations,
        int bootServer,
        String bootFile,
        Limits limits) {
    /**
     * What one network may take of the host at most.
     *
     * @param tcp connections
     * @param connecting those of them that are not made yet
     * @param udp sockets for datagrams
     * @param buffer octets kept per connection and direction, a power of two
     */
    public record Limits(int tcp, int connecting, int udp, int buffer) {
        public static final Limits USUAL = new Limits(4096, 512, 512, 256 << 10);
    }

    public static final GatewayConfig USUAL = new GatewayConfig(
            new MacAddress(0x0200_0A00_0202L),
            Ip4.of(10, 0, 2, 0),
            24,
            "terrarium.internal",
            false,
            true,
            Map.of(),
            0,
            "",
            Limits.USUAL);

    public GatewayConfig {
        reservations = Map.copyOf(reservations);
        if (prefix < 8 || prefix > 27 || (network & ~Ip4.mask(prefix)) != 0) {
            throw new IllegalArgumentException("a network needs a prefix of 8 to 27 bits and nothing behind it");
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

    public GatewayConfig withHostLoopback(boolean allowed) {
        return new GatewayConfig(
                mac, network, prefix, domain, allowed, outside, reservations, bootServer, bootFile, limits);
    }

    /** The same for a host-only network: no router for its stations, and no names of others. */
    public GatewayConfig withoutOutside() {
        return new GatewayConfig(
                mac, network, prefix, domain, hostLoopback, false, reservations, bootServer, bootFile, limits);
    }

    /** The same with other addresses and another domain. */
    public GatewayConfig withNetwork(int address, int bits, String name, Map<Long, Integer> kept) {
        return new GatewayConfig(mac, address, bits, name, hostLoopback, outside, kept, bootServer, bootFile, limits);
    }

    public GatewayConfig withLimits(Limits value) {
        return new GatewayConfig(
                mac, network, prefix, domain, hostLoopback, outside, reservations, bootServer, bootFile, value);
    }

    public int gateway() {
        return network + 2;
    }

    public int nameServer() {
        return network + 3;
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

    /** Whether the address is one that the gateway itself answers at. */
    public boolean own(int address) {
        return address == gateway() || address == nameServer();
    }
}
