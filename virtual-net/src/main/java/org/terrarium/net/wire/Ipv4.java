package org.terrarium.net.wire;

/**
 * An IPv4 header (RFC 791, 3.1) inside an Ethernet frame.
 *
 * @param identification names the datagram its fragments belong to
 * @param fragmentOffset where the payload belongs in the whole datagram, octets
 * @param payloadAt where in the frame the payload starts
 * @param payloadLength octets of payload; what follows in the frame is padding
 */
public record Ipv4(
        int source,
        int destination,
        int protocol,
        int ttl,
        int identification,
        boolean dontFragment,
        boolean moreFragments,
        int fragmentOffset,
        int payloadAt,
        int payloadLength)
        implements IpPacket {
    public static final int HEADER = 20;
    public static final int PROTOCOL_ICMP = 1;
    public static final int PROTOCOL_TCP = 6;
    public static final int PROTOCOL_UDP = 17;
    public static final int DEFAULT_TTL = 64;

    private static final int DONT_FRAGMENT = 0x4000;
    private static final int MORE_FRAGMENTS = 0x2000;

    /** A whole datagram to be sent, with its payload behind a header without options. */
    public static Ipv4 of(int source, int destination, int protocol, int payloadLength) {
        return new Ipv4(
                source, destination, protocol, DEFAULT_TTL, 0, true, false, 0, Ethernet.HEADER + HEADER, payloadLength);
    }

    /** Reads the header behind the Ethernet header, or gives null when lengths or checksum are wrong. */
    public static Ipv4 parse(byte[] f) {
        return parse(f, Ethernet.HEADER, f.length);
    }

    /** Reads the header of a datagram that lies from {@code at} to {@code end}. */
    public static Ipv4 parse(byte[] f, int at, int end) {
        if (end - at < HEADER || Octets.u8(f, at) >> 4 != 4) {
            return null;
        }
        int header = (Octets.u8(f, at) & 15) * 4;
        int total = Octets.u16(f, at + 2);
        if (header < HEADER || total < header || total > end - at) {
            return null;
        }
        if (Checksum.fold(Checksum.add(0, f, at, header)) != 0xFFFF) {
            return null;
        }
        int fragment = Octets.u16(f, at + 6);
        return new Ipv4(
                Octets.i32(f, at + 12),
                Octets.i32(f, at + 16),
                Octets.u8(f, at + 9),
                Octets.u8(f, at + 8),
                Octets.u16(f, at + 4),
                (fragment & DONT_FRAGMENT) != 0,
                (fragment & MORE_FRAGMENTS) != 0,
                (fragment & 0x1FFF) * 8,
                at + header,
                total - header);
    }

    @Override
    public IpAddress from() {
        return IpAddress.v4(source);
    }

    @Override
    public IpAddress to() {
        return IpAddress.v4(destination);
    }

    @Override
    public long pseudo(int protocolNumber, int length) {
        return Checksum.pseudo4(source, destination, protocolNumber, length);
    }

    @Override
    public boolean fragment() {
        return moreFragments || fragmentOffset != 0;
    }

    /** Writes a header without options in front of the payload. */
    public void emit(byte[] f) {
        int at = payloadAt - HEADER;
        Octets.put16(f, at, 0x4500);
        Octets.put16(f, at + 2, HEADER + payloadLength);
        Octets.put16(f, at + 4, identification);
        Octets.put16(
                f,
                at + 6,
                (dontFragment ? DONT_FRAGMENT : 0) | (moreFragments ? MORE_FRAGMENTS : 0) | fragmentOffset >> 3);
        Octets.put8(f, at + 8, ttl);
        Octets.put8(f, at + 9, protocol);
        Octets.put16(f, at + 10, 0);
        Octets.put32(f, at + 12, source);
        Octets.put32(f, at + 16, destination);
        Octets.put16(f, at + 10, Checksum.of(Checksum.add(0, f, at, HEADER)));
    }
}
