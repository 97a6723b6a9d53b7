package org.terrarium.net.nat;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.terrarium.net.host.HostSockets;
import org.terrarium.net.wire.Icmp;
import org.terrarium.net.wire.Icmp6;
import org.terrarium.net.wire.IpAddress;
import org.terrarium.net.wire.IpPacket;
import org.terrarium.net.wire.Ipv4;
import org.terrarium.net.wire.Ipv6;

/**
 * ICMP echo through the gateway (RFC 5508), where the host lets its user send echo requests; where it does not, the guest is told
 * that this is prohibited. Requests are told apart by sequence numbers of our own.
 */
final class EchoNat {
    private static final long PATIENCE_NANOS = 10_000_000_000L;
    private static final int MAX_WAITING = 1024;
    private static final int MAX_DATA = 65507;

    private record Request(IpAddress guest, IpAddress seenAs, IpAddress address, int rest, long sent) {}

    /** The requests of one protocol, which has a socket and numbers of its own. */
    private final class Family {
        final boolean ipv6;
        final Map<Integer, Request> waiting = new LinkedHashMap<>();
        HostSockets.Ping socket;
        boolean refused;
        int sequence;

        Family(boolean ipv6) {
            this.ipv6 = ipv6;
        }

        boolean open() {
            if (socket == null && !refused) {
                try {
                    socket = sockets.ping(ipv6, this::answer);
                } catch (IOException e) {
                    refused = true; // what the host does not allow now it will not allow later either
                }
            }
            return socket != null;
        }

        void answer(IpAddress from, int number, byte[] data, long now) {
            Request r = waiting.get(number);
            if (r == null || !r.address().equals(from)) {
                return;
            }
            waiting.remove(number);
            link.datagram(r.seenAs(), r.guest(), protocol(), reply(r.seenAs(), r.guest(), r.rest(), data), now);
        }

        int protocol() {
            return ipv6 ? Ipv6.PROTOCOL_ICMPV6 : Ipv4.PROTOCOL_ICMP;
        }

        void expire(long now) {
            Iterator<Request> all = waiting.values().iterator();
            while (all.hasNext() && all.next().sent() + PATIENCE_NANOS <= now) {
                all.remove();
            }
        }

        long deadline() {
            return waiting.isEmpty()
                    ? Long.MAX_VALUE
                    : waiting.values().iterator().next().sent() + PATIENCE_NANOS;
        }
    }

    private final HostSockets sockets;
    private final HostPolicy policy;
    private final GuestLink link;
    private final Family v4 = new Family(false);
    private final Family v6 = new Family(true);

    EchoNat(HostSockets sockets, HostPolicy policy, GuestLink link) {
        this.sockets = sockets;
        this.policy = policy;
        this.link = link;
    }

    private static byte[] reply(IpAddress from, IpAddress to, int rest, byte[] data) {
        return from.isV4()
                ? Icmp.message(Icmp.ECHO_REPLY, 0, rest, data, 0, data.length)
                : Icmp6.message(from, to, Icmp6.ECHO_REPLY, 0, rest, data, 0, data.length);
    }

    /**
     * An echo request of a guest to somebody else than the gateway.
     *
     * @param rest identifier and sequence number
     * @param at where its data starts
     */
    void receive(byte[] frame, IpPacket ip, int rest, int at, int length, long now) {
        InetAddress target = policy.target(ip.to());
        Family family = ip.to().isV4() ? v4 : v6;
        if (ip.ttl() <= 1) {
            link.tell(GuestLink.Trouble.TOO_FAR, frame, ip, now);
        } else if (target == null || !family.open()) {
            link.tell(GuestLink.Trouble.PROHIBITED, frame, ip, now);
        } else if (family.waiting.size() < MAX_WAITING && length <= MAX_DATA) {
            IpAddress address = IpAddress.of(target);
            do {
                family.sequence = family.sequence + 1 & 0xFFFF;
            } while (family.waiting.containsKey(family.sequence));
            // Before it is sent: the answer may be there at once.
            family.waiting.put(family.sequence, new Request(ip.from(), ip.to(), address, rest, now));
            try {
                family.socket.send(address, family.sequence, ip.ttl() - 1, frame, at, length);
            } catch (IOException e) {
                family.waiting.remove(family.sequence);
                link.tell(GuestLink.Trouble.HOST, frame, ip, now);
            }
        }
    }

    long deadline() {
        return Math.min(v4.deadline(), v6.deadline());
    }

    void expire(long now) {
        v4.expire(now);
        v6.expire(now);
    }

    void close() {
        if (v4.socket != null) {
            v4.socket.close();
        }
        if (v6.socket != null) {
            v6.socket.close();
        }
    }
}
