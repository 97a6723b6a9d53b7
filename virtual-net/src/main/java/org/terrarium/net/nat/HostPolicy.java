package org.terrarium.net.nat;

import java.net.InetAddress;
import java.util.function.Predicate;
import org.terrarium.net.wire.Ip4;
import org.terrarium.net.wire.IpAddress;

/** What a guest may reach through the host: the networks around, not the host itself unless the user allows it. */
final class HostPolicy {
    private static final int LOOPBACK = Ip4.of(127, 0, 0, 1);

    /** fd00:ec2::/32, where a cloud keeps a machine's credentials as others do at 169.254.169.254. */
    private static final int CREDENTIALS = 0xFD00_0EC2;

    private final GatewayConfig config;
    private final Predicate<InetAddress> ownAddress;

    HostPolicy(GatewayConfig config, Predicate<InetAddress> ownAddress) {
        this.config = config;
        this.ownAddress = ownAddress;
    }

    /** The address on the host's side for what the guest calls {@code destination}; null when it must not go there. */
    InetAddress target(IpAddress destination) {
        boolean v4 = destination.isV4();
        if (config.own(destination)) {
            return config.hostLoopback() ? v4 ? Ip4.inet(LOOPBACK) : IpAddress.LOOPBACK6.inet() : null;
        }
        // A link-local address is on the wire the host hangs on: 169.254.0.0/16 (RFC 3927) is, among others, where
        // clouds keep a host's credentials.
        boolean nowhere = !config.outside()
                || config.inside(destination)
                || destination.multicast()
                || destination.linkLocal()
                || (v4 ? special4(destination.toV4()) : special6(destination));
        if (nowhere) {
            return null;
        }
        InetAddress address = destination.inet();
        return ownAddress.test(address) && !config.hostLoopback() ? null : address;
    }

    private static boolean special4(int address) {
        int first = address >>> 24;
        return first == 0 || first == 127 || first >= 224;
    }

    /** Loopback, unspecified and all old ways to write an IPv4 address (RFC 4291, 2.5.5) begin with zeros. */
    private static boolean special6(IpAddress address) {
        return address.high() == 0 || address.high() >>> 32 == (CREDENTIALS & 0xFFFF_FFFFL);
    }
}
