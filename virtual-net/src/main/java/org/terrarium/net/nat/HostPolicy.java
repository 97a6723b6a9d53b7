package org.terrarium.net.nat;

import java.net.InetAddress;
import java.util.function.Predicate;
import org.terrarium.net.wire.Ip4;

/** What a guest may reach through the host: the networks around, not the host itself unless the user allows it. */
final class HostPolicy {
    private static final int LOOPBACK = Ip4.of(127, 0, 0, 1);

    private final GatewayConfig config;
    private final Predicate<InetAddress> ownAddress;

    HostPolicy(GatewayConfig config, Predicate<InetAddress> ownAddress) {
        this.config = config;
        this.ownAddress = ownAddress;
    }

    /** The address on the host's side for what the guest calls {@code destination}; null when it must not go there. */
    InetAddress target(int destination) {
        if (config.own(destination)) {
            return config.hostLoopback() ? Ip4.inet(LOOPBACK) : null;
        }
        if (!config.outside()) {
            return null;
        }
        int first = destination >>> 24;
        boolean nowhere = first == 0 || first == 127 || first >= 224 || config.inside(destination);
        // 169.254.0.0/16 (RFC 3927) is the wire the host hangs on: among others, where clouds keep a host's
        // credentials.
        boolean linkLocal = destination >>> 16 == 0xA9FE;
        if (nowhere || linkLocal) {
            return null;
        }
        InetAddress address = Ip4.inet(destination);
        return ownAddress.test(address) && !config.hostLoopback() ? null : address;
    }
}
