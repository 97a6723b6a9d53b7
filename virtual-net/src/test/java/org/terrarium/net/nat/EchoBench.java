package org.terrarium.net.nat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.terrarium.net.host.HostSockets;
import org.terrarium.net.wire.Ethernet;
import org.terrarium.net.wire.Icmp;
import org.terrarium.net.wire.Ip4;
import org.terrarium.net.wire.IpAddress;
import org.terrarium.net.wire.Ipv4;

/** Echo requests to 192.0.2.1 through a gateway on a host that lets its user send them, or does not. */
final class EchoBench implements HostSockets {
    private static final int GUEST = Ip4.of(10, 0, 2, 15);
    private static final int REMOTE = Ip4.of(192, 0, 2, 1);

    final List<String> sent = new ArrayList<>();
    final List<Icmp> answers = new ArrayList<>();
    final EchoNat echo;
    PingEvents events;
    private final boolean allowed;

    EchoBench(boolean allowed) {
        this.allowed = allowed;
        GatewayConfig config = GatewayConfig.USUAL;
        GuestLink link = new GuestLink(config, frame -> answers.add(Icmp.parse(frame, Ipv4.parse(frame))));
        link.heard(IpAddress.v4(GUEST), 0x0200_0000_0001L);
        echo = new EchoNat(this, new HostPolicy(config, a -> false), link);
    }

    void ping(int ttl, int rest) {
        byte[] message = Icmp.message(Icmp.ECHO_REQUEST, 0, rest, new byte[8], 0, 8);
        byte[] f = new byte[Ethernet.HEADER + Ipv4.HEADER + message.length];
        System.arraycopy(message, 0, f, Ethernet.HEADER + Ipv4.HEADER, message.length);
        new Ipv4(
                        GUEST,
                        REMOTE,
                        Ipv4.PROTOCOL_ICMP,
                        ttl,
                        0,
                        true,
                        false,
                        0,
                        Ethernet.HEADER + Ipv4.HEADER,
                        message.length)
                .emit(f);
        Ipv4 ip = Ipv4.parse(f);
        Icmp m = Icmp.parse(f, ip);
        echo.receive(f, ip, m.rest(), m.payloadAt(), m.payloadLength(), 0);
    }

    @Override
    public Ping ping(boolean ipv6, PingEvents value) throws IOException {
        if (!allowed) {
            throw new IOException("not allowed");
        }
        events = value;
        return new Ping() {
            @Override
            public void send(IpAddress address, int sequence, int ttl, byte[] from, int at, int length) {
                sent.add(address.text() + " ttl " + ttl);
            }

            @Override
            public void close() {
                // There is nothing to close.
            }
        };
    }

    @Override
    public Tcp connect(InetSocketAddress to, TcpEvents tcpEvents) {
        throw new UnsupportedOperationException();
    }

    @Override
    public AutoCloseable listen(InetSocketAddress at, Accept accept) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Udp udp(InetSocketAddress at, UdpEvents udpEvents) {
        throw new UnsupportedOperationException();
    }
}
