package org.terrarium.vm.spec;

import java.nio.file.Path;
import org.terrarium.net.nat.GatewayConfig;
import org.terrarium.net.wire.Ip4;
import org.terrarium.net.wire.IpAddress;

/**
 * What the gateway of a network does besides the usual.
 *
 * @param ipv6 {@code on} for a prefix made of the network's address, {@code off}, or a prefix like {@code fd00:1:2:3::/64}
 * @param ntp a time server's address that machines are told, or 0
 * @param nextServer where machines that boot from the network find their files, or 0 for the gateway
 * @param bootFile the first of these files, or empty
 * @param tftp a folder of this host whose files the gateway gives out by TFTP, or null
 * @param connections how many connections there may be at a time
 */
public record ServiceSpec(String ipv6, int ntp, int nextServer, String bootFile, Path tftp, int connections) {
    /** A gateway of which nothing is said. */
    public static final ServiceSpec USUAL = new ServiceSpec("on", 0, 0, "", null, GatewayConfig.Limits.USUAL.tcp());

    private static final int MAX_CONNECTIONS = 65536;
    private static final String PREFIX_END = "/64";

    public ServiceSpec {
        BootSpec.checkFile("bootFile", bootFile);
        Checks.range("connections", connections, 1, MAX_CONNECTIONS);
        prefix(ipv6, 0);
    }

    /** The prefix on a network of that IPv4 address; null for none. */
    private static IpAddress prefix(String ipv6, int network) {
        Checks.present("ipv6", ipv6);
        switch (ipv6) {
            case "off" -> {
                return null;
            }
            case "on" -> {
                return GatewayConfig.prefix6(network);
            }
            default -> {
                IpAddress a = ipv6.endsWith(PREFIX_END)
                        ? IpAddress.parse6(ipv6.substring(0, ipv6.length() - PREFIX_END.length()))
                        : null;
                boolean usable = a != null && a.low() == 0 && a.high() != 0 && !a.multicast() && !a.linkLocal();
                if (!usable) {
                    throw new IllegalArgumentException("ipv6: '" + ipv6
                            + "' is no prefix of a network; write on, off or one like fd00:1:2:3::/64");
                }
                return a;
            }
        }
    }

    public ServiceSpec withIpv6(String value) {
        return new ServiceSpec(value, ntp, nextServer, bootFile, tftp, connections);
    }

    public ServiceSpec withNtp(String address) {
        return new ServiceSpec(ipv6, Ip4.parse(address), nextServer, bootFile, tftp, connections);
    }

    public ServiceSpec withNextServer(String address) {
        return new ServiceSpec(ipv6, ntp, Ip4.parse(address), bootFile, tftp, connections);
    }

    public ServiceSpec withBootFile(String value) {
        return new ServiceSpec(ipv6, ntp, nextServer, value, tftp, connections);
    }

    public ServiceSpec withTftp(Path folder) {
        return new ServiceSpec(ipv6, ntp, nextServer, bootFile, folder, connections);
    }

    public ServiceSpec withConnections(int value) {
        return new ServiceSpec(ipv6, ntp, nextServer, bootFile, tftp, value);
    }

    /** The gateway with these services. */
    GatewayConfig config(GatewayConfig base) {
        return base.withPrefix6(prefix(ipv6, base.network()))
                .withNtp(ntp)
                .withBoot(new GatewayConfig.Boot(nextServer, bootFile, tftp))
                .withLimits(base.limits().withConnections(connections));
    }
}
