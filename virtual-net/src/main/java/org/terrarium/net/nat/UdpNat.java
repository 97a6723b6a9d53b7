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
import org.terrarium.net.wire.IpAddress;
import org.terrarium.net.wire.IpPacket;
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
        final IpAddress guest;
        final int guestPort;
        HostSockets.Udp socket;
        long used;
        long fromGuest;
        long toGuest;

        /** What the guest calls the ends it talks to. */
        final Map<InetSocketAddress, IpAddress> peers = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<InetSocketAddress, IpAddress> eldest) {
                return size() > MAX_PEERS;
            }
        };

        Binding(IpAddress guest, int guestPort) {
            this.guest = guest;
            this.guestPort = guestPort;
        }

        @Override
        public void received(byte[] data, InetSocketAddress from, long now) {
            IpAddress seenAs = peers.get(from);
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

    private record Key(IpAddress guest, int port) {}

    /** In the order of use, so that the one idle for longest comes first. */
    private final Map<Key, Binding> bindings = new LinkedHashMap<>(16, 0.75f, true);

    UdpNat(GatewayConfig config, HostSockets sockets, HostPolicy policy, GuestLink link) {
        this.config = config;
        this.sockets = sockets;
        this.policy = policy;
        this.link = link;
    }

    /** A datagram from a guest. */
    void receive(byte[] frame, IpPacket ip, Udp u, long now) {
        InetAddress target = policy.target(ip.to());
        if (target == null || u.destinationPort() == 0) {
            boolean toMany = ip.to().multicast() || ip.to().equals(IpAddress.v4(config.broadcast()));
            if (!toMany) {
                boolean here = config.own(ip.to());
                link.tell(here ? GuestLink.Trouble.PORT : GuestLink.Trouble.PROHIBITED, frame, ip, now);
            }
            return;
        }
        Binding b = binding(new Key(ip.from(), u.sourcePort()), now);
        if (b == null) {
            return;
        }
        InetSocketAddress to = new InetSocketAddress(target, u.destinationPort());
        b.peers.put(to, ip.to());
        b.used = now;
        b.fromGuest += u.payloadLength();
        try {
            b.socket.send(ByteBuffer.wrap(frame, u.payloadAt(), u.payloadLength()), to);
        } catch (IOException e) {
            link.tell(GuestLink.Trouble.HOST, frame, ip, now);
        }
    }

    private Binding binding(Key key, long now) {
        Binding b = bindings.get(key);
        if (b != null) {
            return b;
        }
        if (bindings.size() >= config.limits().udp()) {
            close(bindings.keySet().iterator().next());
        }
        b = new Binding(key.guest(), key.port());
        try {
            b.socket = sockets.udp(null, b);
        } catch (IOException e) {
            return null; // the host has no sockets left: datagrams get lost
        }
        b.used = now;
        bindings.put(key, b);
        return b;
    }

    private void close(Key key) {
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
                            .map(e -> e.getValue().end(e.getKey().getPort()))
                            .findFirst()
                            .orElse("")
                    : b.peers.size() + " ends";
            all.add(new FlowInfo("udp", b.guest.end(b.guestPort), remote, "", b.fromGuest, b.toGuest, 0));
        }
        return all;
    }

    void close() {
        bindings.values().forEach(b -> b.socket.close());
        bindings.clear();
    }
}
