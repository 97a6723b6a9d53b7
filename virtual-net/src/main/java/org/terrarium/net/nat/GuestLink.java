package org.terrarium.net.nat;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;
import org.terrarium.net.wire.Arp;
import org.terrarium.net.wire.Ethernet;
import org.terrarium.net.wire.Icmp;
import org.terrarium.net.wire.Icmp6;
import org.terrarium.net.wire.IpAddress;
import org.terrarium.net.wire.IpPacket;
import org.terrarium.net.wire.Ipv4;
import org.terrarium.net.wire.Ipv6;
import org.terrarium.net.wire.Neighbor;
import org.terrarium.net.wire.Octets;

/**
 * Brings IP packets to the stations of the network: finds their MAC addresses (ARP, RFC 826; neighbour discovery, RFC 4861), cuts
 * what is too long.
 */
final class GuestLink {
    /** Stations remembered; the one not heard of for longest is forgotten first. */
    private static final int MAX_STATIONS = 1024;

    /** Packets kept for a station that has not answered yet, in all. */
    private static final int MAX_PARKED = 64;

    private static final long PARKED_NANOS = 3_000_000_000L;

    private record Parked(IpAddress address, byte[] frame, long since) {}

    /** What can be wrong with a packet's way, as either protocol says it. */
    enum Trouble {
        /** Nobody answers there, or there is no way there. */
        HOST(Icmp.UNREACHABLE, Icmp.HOST_UNREACHABLE, Icmp6.UNREACHABLE, Icmp6.NO_ROUTE),
        PORT(Icmp.UNREACHABLE, Icmp.PORT_UNREACHABLE, Icmp6.UNREACHABLE, Icmp6.PORT_UNREACHABLE),
        PROHIBITED(Icmp.UNREACHABLE, Icmp.PROHIBITED, Icmp6.UNREACHABLE, Icmp6.PROHIBITED),
        /** It may not pass any more routers. */
        TOO_FAR(Icmp.TIME_EXCEEDED, 0, Icmp6.TIME_EXCEEDED, 0);

        private final int type4;
        private final int code4;
        private final int type6;
        private final int code6;

        Trouble(int type4, int code4, int type6, int code6) {
            this.type4 = type4;
            this.code4 = code4;
            this.type6 = type6;
            this.code6 = code6;
        }
    }

    private final GatewayConfig config;
    private final Consumer<byte[]> output;
    private final Map<IpAddress, Long> stations = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<IpAddress, Long> eldest) {
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
    void heard(IpAddress address, long mac) {
        boolean here = config.inside(address) || !address.isV4() && address.linkLocal();
        if (!here || config.own(address) || Ethernet.group(mac)) {
            return;
        }
        Long before = stations.put(address, mac);
        if (before == null && !parked.isEmpty()) {
            Iterator<Parked> all = parked.iterator();
            while (all.hasNext()) {
                Parked p = all.next();
                if (p.address().equals(address)) {
                    all.remove();
                    sendTo(mac, p.frame());
                }
            }
        }
    }

    /** How many stations are remembered. */
    int stations() {
        return stations.size();
    }

    /** Sends a frame whose IP packet and type are complete; only the Ethernet addresses are still missing. */
    void send(IpAddress destination, byte[] frame, long now) {
        Long mac = !destination.isV4() && destination.multicast()
                ? (Long) destination.groupMac()
                : stations.get(destination);
        if (mac != null) {
            sendTo(mac, frame);
            return;
        }
        while (!parked.isEmpty() && now - parked.peek().since() > PARKED_NANOS) {
            parked.remove();
        }
        if (parked.size() < MAX_PARKED) {
            parked.add(new Parked(destination, frame, now));
            ask(destination);
        }
    }

    private void ask(IpAddress station) {
        if (station.isV4()) {
            output.accept(
                    new Arp(Arp.REQUEST, ownMac(), config.gateway(), 0, station.toV4()).frame(Ethernet.BROADCAST));
        } else {
            IpAddress from = GatewayConfig.LINK_LOCAL;
            byte[] question = Neighbor.solicitation(station, from, ownMac());
            neighbor(from, station.solicitedNode(), station.solicitedNode().groupMac(), question);
        }
    }

    /** Sends a message of neighbour discovery. */
    void neighbor(IpAddress from, IpAddress to, long mac, byte[] message) {
        int at = Ethernet.HEADER + Ipv6.HEADER;
        byte[] frame = new byte[at + message.length];
        System.arraycopy(message, 0, frame, at, message.length);
        Octets.put16(frame, 12, Ethernet.TYPE_IPV6);
        Ipv6.emit(frame, from, to, Ipv6.PROTOCOL_ICMPV6, message.length, Ipv6.NEAREST);
        sendTo(mac, frame);
    }

    /** Sends a complete frame. */
    void sendRaw(byte[] frame) {
        output.accept(frame);
    }

    /** Sends a frame to a station whose MAC address is known. */
    void sendTo(long mac, byte[] frame) {
        Octets.put48(frame, 0, mac);
        Octets.put48(frame, 6, ownMac());
        output.accept(frame);
    }

    /** Tells a packet's sender why it did not get further (RFC 792; RFC 4443). */
    void tell(Trouble trouble, byte[] frame, IpPacket ip, long now) {
        IpAddress from = config.gatewayFor(ip.from());
        switch (ip) {
            case Ipv4 p -> {
                byte[] message = Icmp.message(trouble.type4, trouble.code4, 0, frame, p);
                datagram(from, p.from(), Ipv4.PROTOCOL_ICMP, message, now);
            }
            case Ipv6 p -> {
                byte[] message = Icmp6.about(from, trouble.type6, trouble.code6, frame, p);
                datagram(from, p.from(), Ipv6.PROTOCOL_ICMPV6, message, now);
            }
        }
    }

    /** Sends {@code data} as the payload of an IP packet, in fragments when it must be (RFC 791, 3.2; RFC 8200, 4.5). */
    void datagram(IpAddress source, IpAddress destination, int protocol, byte[] data, long now) {
        int header = IpPacket.headerLength(source);
        if (data.length <= Ethernet.MTU - header) {
            byte[] frame = new byte[Ethernet.HEADER + header + data.length];
            System.arraycopy(data, 0, frame, Ethernet.HEADER + header, data.length);
            IpPacket.emit(frame, source, destination, protocol, data.length);
            send(destination, frame, now);
            return;
        }
        int fragmentHeader = header + (source.isV4() ? 0 : Ipv6.FRAGMENT_HEADER);
        int room = Ethernet.MTU - fragmentHeader & ~7;
        identification = identification + 1 & 0xFFFF;
        for (int offset = 0; offset < data.length; offset += room) {
            int length = Math.min(room, data.length - offset);
            int at = Ethernet.HEADER + fragmentHeader;
            byte[] frame = new byte[at + length];
            System.arraycopy(data, offset, frame, at, length);
            boolean more = offset + length < data.length;
            fragment(source, destination, protocol, more, offset, at, length, frame);
            send(destination, frame, now);
        }
    }

    private void fragment(
            IpAddress source, IpAddress to, int protocol, boolean more, int offset, int at, int length, byte[] frame) {
        if (source.isV4()) {
            Octets.put16(frame, 12, Ethernet.TYPE_IPV4);
            int id = identification;
            new Ipv4(source.toV4(), to.toV4(), protocol, Ipv4.DEFAULT_TTL, id, false, more, offset, at, length)
                    .emit(frame);
        } else {
            Octets.put16(frame, 12, Ethernet.TYPE_IPV6);
            int id = identification;
            new Ipv6(source, to, protocol, Ipv4.DEFAULT_TTL, true, id, more, offset, at, length).emitFragment(frame);
        }
    }
}
