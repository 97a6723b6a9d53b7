package org.terrarium.net.nat;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.terrarium.net.service.DhcpServer;
import org.terrarium.net.service.DnsForwarder;
import org.terrarium.net.service.LeaseTable;
import org.terrarium.net.service.TftpServer;
import org.terrarium.net.wire.Dhcp;
import org.terrarium.net.wire.Dns;
import org.terrarium.net.wire.Ethernet;
import org.terrarium.net.wire.Ip4;
import org.terrarium.net.wire.IpAddress;
import org.terrarium.net.wire.IpPacket;
import org.terrarium.net.wire.Ipv4;
import org.terrarium.net.wire.Udp;

/** What the gateway itself answers by UDP: DHCP, names (DNS) and files for network boot (TFTP). */
final class StationServices {
    private final GatewayConfig config;
    private final GuestLink link;
    private final LeaseTable leases;
    private final DhcpServer dhcp;
    private final DnsForwarder dns;

    /** Null where there are no files to give out. */
    private final TftpServer tftp;

    /**
     * @param resolvers the name servers to ask what is not known here
     * @param random for numbers that must be hard to guess
     */
    StationServices(
            GatewayConfig config,
            GatewayHost host,
            Supplier<List<InetSocketAddress>> resolvers,
            RandomGenerator random,
            GuestLink link) {
        this.config = config;
        this.link = link;
        leases = new LeaseTable(config.firstLease(), config.lastLease(), config.reservations());
        dhcp = new DhcpServer(dhcpOptions(config), leases);
        IpAddress gateway6 = config.prefix6() == null ? null : config.gateway6();
        DnsForwarder.Own own = new DnsForwarder.Own(config.domain(), config.gateway(), gateway6);
        dns = new DnsForwarder(resolvers, host.sockets(), random, leases, own);
        tftp = host.files() == null ? null : new TftpServer(host.files(), this::file);
    }

    private static DhcpServer.Options dhcpOptions(GatewayConfig config) {
        GatewayConfig.Boot boot = config.boot();
        boolean here =
                boot.server() == 0 && (boot.folder() != null || !boot.file().isEmpty());
        return new DhcpServer.Options(
                config.gateway(),
                config.mask(),
                config.outside() ? config.gateway() : 0,
                config.nameServer(),
                config.domain(),
                config.ntp(),
                here ? config.gateway() : boot.server(),
                boot.file());
    }

    LeaseTable leases() {
        return leases;
    }

    /** A datagram for the DHCP server from the station {@code source}. */
    void dhcp(byte[] frame, Udp u, long source, long now) {
        Dhcp m = Dhcp.parse(frame, u.payloadAt(), u.payloadLength());
        Dhcp reply = m == null ? null : dhcp.answer(m, source, now);
        if (reply == null) {
            return;
        }
        // RFC 2131, 4.1: to the client's address if it has one, else to its MAC, or to all if it asks for that.
        boolean renewing = m.clientIp() != 0 && reply.type() != Dhcp.NAK;
        boolean broadcast = !renewing && (reply.flags() & Dhcp.BROADCAST_FLAG) != 0;
        int to = renewing ? m.clientIp() : broadcast || reply.yourIp() == 0 ? Ip4.BROADCAST : reply.yourIp();
        byte[] data = Udp.datagram(config.gateway(), Dhcp.SERVER_PORT, to, Dhcp.CLIENT_PORT, reply.bytes());
        byte[] out = new byte[Ethernet.HEADER + Ipv4.HEADER + data.length];
        System.arraycopy(data, 0, out, Ethernet.HEADER + Ipv4.HEADER, data.length);
        IpAddress from = IpAddress.v4(config.gateway());
        IpPacket.emit(out, from, IpAddress.v4(to), Ipv4.PROTOCOL_UDP, data.length);
        link.sendTo(to == Ip4.BROADCAST ? Ethernet.BROADCAST : source, out);
    }

    /** A datagram to one of the gateway's addresses; true when it was for the name server. */
    boolean names(byte[] frame, IpPacket ip, Udp u, long now) {
        if (u.destinationPort() != Dns.PORT) {
            return false;
        }
        dns.ask(payload(frame, u), answer -> answer(ip.to(), Dns.PORT, ip.from(), u.sourcePort(), answer, now), now);
        return true;
    }

    /** A datagram to one of the gateway's addresses; true when it was for the TFTP server. */
    boolean files(byte[] frame, IpPacket ip, Udp u, long now) {
        return tftp != null
                && ip.to().equals(config.gatewayFor(ip.to()))
                && tftp.receive(ip.from(), u.sourcePort(), u.destinationPort(), payload(frame, u), now);
    }

    private void file(IpAddress client, int clientPort, int port, byte[] message, long now) {
        answer(config.gatewayFor(client), port, client, clientPort, message, now);
    }

    private static byte[] payload(byte[] frame, Udp u) {
        return Arrays.copyOfRange(frame, u.payloadAt(), u.payloadAt() + u.payloadLength());
    }

    private void answer(IpAddress from, int port, IpAddress client, int clientPort, byte[] message, long now) {
        link.datagram(from, client, Ipv4.PROTOCOL_UDP, Udp.datagram(from, port, client, clientPort, message), now);
    }

    /** When {@link #expire} wants to be called; {@code Long.MAX_VALUE} while nothing is going on. */
    long deadline() {
        return Math.min(dns.deadline(), tftp == null ? Long.MAX_VALUE : tftp.deadline());
    }

    /** Does what has come due. */
    void expire(long now) {
        dns.expire(now);
        if (tftp != null) {
            tftp.expire(now);
        }
    }

    /** Gives every socket back. */
    void close() {
        dns.close();
        if (tftp != null) {
            tftp.close();
        }
    }
}
