package org.terrarium.net.nat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.terrarium.net.host.HostSockets;
import org.terrarium.net.wire.Icmp;
import org.terrarium.net.wire.Ip4;
import org.terrarium.net.wire.Ipv4;
import org.terrarium.net.wire.Udp;

/**
 * Datagrams through the gateway: each port of a guest has a socket of the host, the same for all destinations, so that guests
 * can be reached through other NATs (RFC 4787, REQ-1). Answers come through only from ends the guest has written to (REQ-8).
 */
final class UdpNat {
    private static final long IDLE_NANOS = 120_000_000_000L; // RFC 4787, REQ-5
    private static final int MAX_PEERS = 256;

    private final class Binding implements HostSockets.UdpEvents {
        final int guest;
        final int guestPort;
        HostSockets.Udp socket;
        long used;
        long fromGuest;
        long toGuest;

        /** What the guest calls the ends it talks to. */
        final Map<InetSocketAddress, Integer> peers = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<InetSocketAddress, Integer> eldest) {
                return size() > MAX_PEERS;
            }
        };

        Binding(int guest, int guestPort) {
            this.guest = guest;
            this.guestPort = guestPort;
        }

        @Override
        public void received(byte[] data, InetSocketAddress from, long now) {
            Integer seenAs = peers.get(from);
            if (seenAs == null || data.length > Udp.MAX_PAYLOAD) {
                return;
            }
            toGuest += data.length;
            byte[] datagram = Udp.datagram(seenAs, from.getPort(), guest, guestPort, data);
            link.datagram(seenAs, guest, Ipv4.PROTOCOL_UDP, datagram, now);
        }
    }

    private final GatewayConfig config;
    private final HostSockets sockets;
    private final HostPolicy policy;
    private final GuestLink link;

    /** In the order of use, so that the one idle for longest comes first. */
    private final Map<Long, Binding> bindings = new LinkedHashMap<>(16, 0.75f, true);

    UdpNat(GatewayConfig config, HostSockets sockets, HostPolicy policy, GuestLink link) {
        this.config = config;
        this.sockets = sockets;
        this.policy = policy;
        this.link = link;
    }

    /** A datagram from a guest. */
    void receive(byte[] frame, Ipv4 ip, Udp u, long now) {
        InetAddress target = policy.target(ip.destination());
        if (target == null || u.destinationPort() == 0) {
            boolean multicast = Ip4.multicast(ip.destination()) || ip.destination() == config.broadcast();
            if (!multicast) {
                unreachable(frame, ip, config.own(ip.destination()) ? Icmp.PORT_UNREACHABLE : Icmp.PROHIBITED, now);
            }
            return;
        }
        Binding b = binding(ip.source(), u.sourcePort(), now);
        if (b == null) {
            return;
        }
        InetSocketAddress to = new InetSocketAddress(target, u.destinationPort());
        b.peers.put(to, ip.destination());
        b.used = now;
        b.fromGuest += u.payloadLength();
        try {
            b.socket.send(ByteBuffer.wrap(frame, u.payloadAt(), u.payloadLength()), to);
        } catch (IOException e) {
            unreachable(frame, ip, Icmp.HOST_UNREACHABLE, now);
        }
    }

    private void unreachable(byte[] frame, Ipv4 ip, int code, long now) {
        link.datagram(config.gateway(), ip.source(), Ipv4.PROTOCOL_ICMP, Icmp.unreachable(code, frame, ip), now);
    }

    private Binding binding(int guest, int port, long now) {
        long key = (long) guest << 16 | port;
        Binding b = bindings.get(key);
        if (b != null) {
            return b;
        }
        if (bindings.size() >= config.limits().udp()) {
            close(bindings.keySet().iterator().next());
        }
        b = new Binding(guest, port);
        try {
            b.socket = sockets.udp(null, b);
        } catch (IOException e) {
            return null; // the host has no sockets left: datagrams get lost
        }
        b.used = now;
        bindings.put(key, b);
        return b;
    }

    private void close(Long key) {
        Binding b = bindings.remove(key);
        b.socket.close();
    }

    long deadline() {
        return bindings.isEmpty()
                ? Long.MAX_VALUE
                : bindings.values().iterator().next().used + IDLE_NANOS;
    }

    void expire(long now) {
        while (deadline() <= now) {
            close(bindings.keySet().iterator().next());
        }
    }

    int size() {
        return bindings.size();
    }

    List<FlowInfo> flows() {
        List<FlowInfo> all = new ArrayList<>();
        for (Binding b : bindings.values()) {
            String remote = b.peers.size() == 1
                    ? b.peers.entrySet().stream()
                            .map(e -> Ip4.text(e.getValue()) + ":" + e.getKey().getPort())
                            .findFirst()
                            .orElse("")
                    : b.peers.size() + " ends";
            all.add(new FlowInfo("udp", Ip4.text(b.guest) + ":" + b.guestPort, remote, "", b.fromGuest, b.toGuest, 0));
        }
        return all;
    }

    void close() {
        bindings.values().forEach(b -> b.socket.close());
        bindings.clear();
    }
}
