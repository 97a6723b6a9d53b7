package org.terrarium.net.nat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.terrarium.net.host.BootFiles;
import org.terrarium.net.host.HostSockets;

/**
 * What a gateway uses of the host.
 *
 * @param resolvers the host's name servers
 * @param ownAddress whether an address is one of the host's own
 * @param ipv6 whether the host reaches other networks by IPv6
 * @param files what the TFTP server gives out, or null when there is none
 */
public record GatewayHost(
        HostSockets sockets,
        Supplier<List<InetSocketAddress>> resolvers,
        Predicate<InetAddress> ownAddress,
        BooleanSupplier ipv6,
        BootFiles files) {}
