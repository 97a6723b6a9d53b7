package org.terrarium.net.nat;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.terrarium.net.host.HostSockets;
import org.terrarium.net.wire.Icmp;
import org.terrarium.net.wire.Ip4;
import org.terrarium.net.wire.Ipv4;

/**
 * ICMP echo through the gateway (RFC 5508), where the host lets its user send echo requests; where it does not, the guest is told
 * that this is prohibited. Requests are told apart by sequence numbers of our own.
 */
final class EchoNat {
    private static final long PATIENCE_NANOS = 10_000_000_000L;
    private static final int MAX_WAITING = 1024;
    private static final int MAX_DATA = 65507;

    private record Request(int guest, int seenAs, int address, int rest, long sent) {}

    private final GatewayConfig config;
    private final HostSockets sockets;
    private final HostPolicy policy;
    private final GuestLink link;
    private final Map<Integer, Request> waiting = new LinkedHashMap<>();
    private HostSockets.Ping socket;
    private boolean refused;
    private int sequence;

    EchoNat(GatewayConfig config, HostSockets sockets, HostPolicy policy, GuestLink link) {
        this.config = config;
        this.sockets = sockets;
        this.policy = policy;
        this.link = link;
    }

    /** An echo request of a guest to somebody else than the gateway. */
    void receive(byte[] frame, Ipv4 ip, Icmp m, long now) {
        InetAddress target = policy.target(ip.destination());
        if (ip.ttl() <= 1) {
            tell(Icmp.message(Icmp.TIME_EXCEEDED, 0, 0, frame, ip), ip, now);
        } else if (target == null || !open()) {
            tell(Icmp.unreachable(Icmp.PROHIBITED, frame, ip), ip, now);
        } else if (waiting.size() < MAX_WAITING && m.payloadLength() <= MAX_DATA) {
            int address = Ip4.of((Inet4Address) target);
            do {
                sequence = sequence + 1 & 0xFFFF;
            } while (waiting.containsKey(sequence));
            try {
                socket.send(address, sequence, ip.ttl() - 1, frame, m.payloadAt(), m.payloadLength());
                waiting.put(sequence, new Request(ip.source(), ip.destination(), address, m.rest(), now));
            } catch (IOException e) {
                tell(Icmp.unreachable(Icmp.HOST_UNREACHABLE, frame, ip), ip, now);
            }
        }
    }

    private void tell(byte[] message, Ipv4 ip, long now) {
        link.datagram(config.gateway(), ip.source(), Ipv4.PROTOCOL_ICMP, message, now);
    }

    private boolean open() {
        if (socket == null && !refused) {
            try {
                socket = sockets.ping(this::answer);
            } catch (IOException e) {
                refused = true; // what the host does not allow now it will not allow later either
            }
        }
        return socket != null;
    }

    private void answer(int from, int number, byte[] data, long now) {
        Request r = waiting.get(number);
        if (r == null || r.address() != from) {
            return;
        }
        waiting.remove(number);
        byte[] reply = Icmp.message(Icmp.ECHO_REPLY, 0, r.rest(), data, 0, data.length);
        link.datagram(r.seenAs(), r.guest(), Ipv4.PROTOCOL_ICMP, reply, now);
    }

    long deadline() {
        return waiting.isEmpty()
                ? Long.MAX_VALUE
                : waiting.values().iterator().next().sent() + PATIENCE_NANOS;
    }

    void expire(long now) {
        Iterator<Request> all = waiting.values().iterator();
        while (all.hasNext() && all.next().sent() + PATIENCE_NANOS <= now) {
            all.remove();
        }
    }

    void close() {
        if (socket != null) {
            socket.close();
        }
    }
}
