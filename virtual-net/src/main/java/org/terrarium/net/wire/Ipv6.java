package org.terrarium.net.wire;

/**
 * An IPv6 header (RFC 8200, 3) inside an Ethernet frame, with the extension headers behind it (4).
 *
 * @param protocol what follows the last extension header
 * @param hopLimit as in the header
 * @param fragment whether there is a fragment header (4.5)
 * @param payloadAt where in the frame the payload starts, behind all extension headers
 * @param payloadLength octets of payload; what follows in the frame is padding
 */
public record Ipv6(
        IpAddress source,
        IpAddress destination,
        int protocol,
        int hopLimit,
        boolean fragment,
        int identification,
        boolean moreFragments,
        int fragmentOffset,
        int payloadAt,
        int payloadLength)
        implements IpPacket {
    public static final int HEADER = 40;
    public static final int FRAGMENT_HEADER = 8;
    public static final int PROTOCOL_ICMPV6 = 58;

    /** What ND messages must have, as no router passes them on so (RFC 4861, 11.2). */
    public static final int NEAREST = 255;

    private static final int HOP_BY_HOP = 0;
    private static final int ROUTING = 43;
    private static final int FRAGMENT = 44;
    private static final int DESTINATION_OPTIONS = 60;
    private static final int MAX_EXTENSIONS = 8;

    @Override
    public IpAddress from() {
        return source;
    }

    @Override
    public IpAddress to() {
        return destination;
    }

    @Override
    public int ttl() {
        return hopLimit;
    }

    /** Reads the headers behind the Ethernet header, or gives null when they are wrong or their addresses impossible. */
    public static Ipv6 parse(byte[] f) {
        int at = Ethernet.HEADER;
        if (f.length - at < HEADER || Octets.u8(f, at) >> 4 != 6) {
            return null;
        }
        int end = at + HEADER + Octets.u16(f, at + 4);
        IpAddress source = IpAddress.read(f, at + 8);
        IpAddress destination = IpAddress.read(f, at + 24);
        if (end > f.length || source.isV4() || destination.isV4() || source.multicast()) {
            return null;
        }
        return extensions(f, end, source, destination);
    }

    private static Ipv6 extensions(byte[] f, int end, IpAddress source, IpAddress destination) {
        int hops = Octets.u8(f, Ethernet.HEADER + 7);
        int next = Octets.u8(f, Ethernet.HEADER + 6);
        int at = Ethernet.HEADER + HEADER;
        for (int k = 0; k < MAX_EXTENSIONS; k++) {
            boolean known = next == HOP_BY_HOP || next == ROUTING || next == DESTINATION_OPTIONS;
            if (next != FRAGMENT && !known) {
                return new Ipv6(source, destination, next, hops, false, 0, false, 0, at, end - at);
            }
            if (end - at < 8) {
                return null;
            }
            if (next == FRAGMENT) {
                int word = Octets.u16(f, at + 2);
                int payload = at + FRAGMENT_HEADER;
                int id = Octets.i32(f, at + 4);
                int protocol = Octets.u8(f, at);
                return new Ipv6(
                        source,
                        destination,
                        protocol,
                        hops,
                        true,
                        id,
                        (word & 1) != 0,
                        word & ~7,
                        payload,
                        end - payload);
            }
            if (next == ROUTING && Octets.u8(f, at + 3) != 0) {
                return null; // it is still to be sent elsewhere; nobody does that any more (RFC 5095)
            }
            int length = 8 + 8 * Octets.u8(f, at + 1);
            next = Octets.u8(f, at);
            at += length;
            if (at > end) {
                return null;
            }
        }
        return null;
    }

    /** Writes the header of a whole packet in front of its payload. */
    public static void emit(byte[] f, IpAddress from, IpAddress to, int protocol, int payloadLength, int hopLimit) {
        int at = Ethernet.HEADER;
        Octets.put32(f, at, 6 << 28);
        Octets.put16(f, at + 4, payloadLength);
        Octets.put8(f, at + 6, protocol);
        Octets.put8(f, at + 7, hopLimit);
        from.put(f, at + 8);
        to.put(f, at + 24);
    }

    /** Writes the headers of a fragment in front of its payload, which begins at Ethernet + {@link #HEADER} + {@link #FRAGMENT_HEADER}. */
    public void emitFragment(byte[] f) {
        emit(f, source, destination, FRAGMENT, FRAGMENT_HEADER + payloadLength, hopLimit);
        int at = Ethernet.HEADER + HEADER;
        Octets.put8(f, at, protocol);
        Octets.put8(f, at + 1, 0);
        Octets.put16(f, at + 2, fragmentOffset | (moreFragments ? 1 : 0));
        Octets.put32(f, at + 4, identification);
    }
}
