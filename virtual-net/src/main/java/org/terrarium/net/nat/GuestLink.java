package org.terrarium.net.nat;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;
import org.terrarium.net.wire.Arp;
import org.terrarium.net.wire.Ethernet;
import org.terrarium.net.wire.Ipv4;

/** Brings IPv4 packets to the stations of the network: finds their MAC addresses (RFC 826), cuts what is too long. */
final class GuestLink {
    /** Stations remembered; the one not heard of for longest is forgotten first. */
    private static final int MAX_STATIONS = 1024;

    /** Packets kept for a station that has not answered yet, in all. */
    private static final int MAX_PARKED = 64;

    private static final long PARKED_NANOS = 3_000_000_000L;

    private record Parked(int address, byte[] frame, long since) {}

    private final GatewayConfig config;
    private final Consumer<byte[]> output;
    private final Map<Integer, Long> stations = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Long> eldest) {
            return size() > MAX_STATIONS;
        }
    };
    private final Queue<Parked> parked = new ArrayDeque<>();
    private int identification;

    GuestLink(GatewayConfig config, Consumer<byte[]> output) {
        this.config = config;
        this.output = output;
    }

    long ownMac() {
        return config.mac().bits();
    }

    /** A frame has come from this station. */
    void heard(int address, long mac) {
        if (!config.inside(address) || config.own(address) || Ethernet.group(mac)) {
            return;
        }
        Long before = stations.put(address, mac);
        if (before == null && !parked.isEmpty()) {
            Iterator<Parked> all = parked.iterator();
            while (all.hasNext()) {
                Parked p = all.next();
                if (p.address() == address) {
                    all.remove();
                    address(p.frame(), mac);
                }
            }
        }
    }

    private void address(byte[] frame, long mac) {
        new Ethernet(mac, ownMac(), Ethernet.TYPE_IPV4).emit(frame);
        output.accept(frame);
    }

    /** Sends a frame whose IPv4 packet is complete; only the Ethernet header is still missing. */
    void send(int destination, byte[] frame, long now) {
        Long mac = stations.get(destination);
        if (mac != null) {
            address(frame, mac);
            return;
        }
        while (!parked.isEmpty() && now - parked.peek().since() > PARKED_NANOS) {
            parked.remove();
        }
        if (parked.size() < MAX_PARKED) {
            parked.add(new Parked(destination, frame, now));
            output.accept(new Arp(Arp.REQUEST, ownMac(), config.gateway(), 0, destination).frame(Ethernet.BROADCAST));
        }
    }

    /** Sends a complete frame. */
    void sendRaw(byte[] frame) {
        output.accept(frame);
    }

    /** Sends a frame to a station whose MAC address is known. */
    void sendTo(long mac, byte[] frame) {
        address(frame, mac);
    }

    /** Sends {@code data} as the payload of an IPv4 packet, in fragments when it must be (RFC 791, 3.2). */
    void datagram(int source, int destination, int protocol, byte[] data, long now) {
        int room = Ethernet.MTU - Ipv4.HEADER & ~7;
        boolean whole = data.length <= Ethernet.MTU - Ipv4.HEADER;
        identification = identification + 1 & 0xFFFF;
        for (int offset = 0; offset == 0 || offset < data.length; offset += room) {
            int length = whole ? data.length : Math.min(room, data.length - offset);
            byte[] frame = new byte[Ethernet.HEADER + Ipv4.HEADER + length];
            int at = Ethernet.HEADER + Ipv4.HEADER;
            System.arraycopy(data, offset, frame, at, length);
            new Ipv4(
                            source,
                            destination,
                            protocol,
                            Ipv4.DEFAULT_TTL,
                            whole ? 0 : identification,
                            whole,
                            offset + length < data.length,
                            offset,
                            at,
                            length)
                    .emit(frame);
            send(destination, frame, now);
            if (whole) {
                return;
            }
        }
    }
}
