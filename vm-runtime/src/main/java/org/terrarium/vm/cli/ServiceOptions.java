package org.terrarium.vm.cli;

import java.nio.file.Path;
import org.terrarium.vm.spec.ServiceSpec;
import picocli.CommandLine.Option;

/** The options that say what a network's gateway does. */
final class ServiceOptions {
    @Option(
            names = "--ipv6",
            paramLabel = "on|off|PREFIX",
            description =
                    "whether the gateway speaks IPv6, or the prefix like fd00:1:2:3::/64 it gives out; default on")
    private String ipv6;

    @Option(names = "--ntp", paramLabel = "ADDRESS", description = "a time server that machines are told of by DHCP")
    private String ntp;

    @Option(
            names = "--next-server",
            paramLabel = "ADDRESS",
            description = "where machines that boot from the network find their files; default the gateway")
    private String nextServer;

    @Option(names = "--boot-file", paramLabel = "NAME", description = "the first file they load, like pxelinux.0")
    private String bootFile;

    @Option(
            names = "--tftp",
            paramLabel = "FOLDER|none",
            description = "the folder whose files the gateway gives out by TFTP")
    private String tftp;

    @Option(names = "--connections", paramLabel = "N", description = "how many there may be at a time; default 4096")
    private Integer connections;

    /** What results; IllegalArgumentException with a sentence when something is wrong. */
    ServiceSpec apply(ServiceSpec before) {
        ServiceSpec s = ipv6 == null ? before : before.withIpv6(ipv6);
        s = ntp == null ? s : s.withNtp(ntp);
        s = nextServer == null ? s : s.withNextServer(nextServer);
        s = bootFile == null ? s : s.withBootFile(bootFile);
        if (tftp != null) {
            s = s.withTftp(tftp.equals("none") ? null : Path.of(tftp).toAbsolutePath());
        }
        return connections == null ? s : s.withConnections(connections);
    }
}
