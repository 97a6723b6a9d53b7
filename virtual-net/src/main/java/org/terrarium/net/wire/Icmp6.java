package org.terrarium.net.wire;

/**
 * ICMPv6 (RFC 4443).
 *
 * @param rest the second word of the header: identifier and sequence number of an echo
 * @param payloadAt where in the frame the data starts
 */
public record Icmp6(int type, int code, int rest, int payloadAt, int payloadLength) {
    public static final int HEADER = 8;
    public static final int UNREACHABLE = 1;
    public static final int TIME_EXCEEDED = 3;
    public static final int ECHO_REQUEST = 128;
    public static final int ECHO_REPLY = 129;

    // Codes of UNREACHABLE (3.1).
    public static final int NO_ROUTE = 0;
    public static final int PROHIBITED = 1;
    public static final int ADDRESS_UNREACHABLE = 3;
    public static final int PORT_UNREACHABLE = 4;

    /** A message about a packet carries as much of it as fits into the smallest MTU (2.4 c). */
    private static final int MAX_ORIGINAL = 1280 - Ipv6.HEADER - HEADER;

    /** Reads the message, or gives null when length or checksum is wrong. */
    public static Icmp6 parse(byte[] f, Ipv6 ip) {
        int at = ip.payloadAt();
        int length = ip.payloadLength();
        if (length < HEADER) {
            return null;
        }
        long sum = ip.pseudo(Ipv6.PROTOCOL_ICMPV6, length);
        if (Checksum.fold(Checksum.add(sum, f, at, length)) != 0xFFFF) {
            return null;
        }
        return new Icmp6(Octets.u8(f, at), Octets.u8(f, at + 1), Octets.i32(f, at + 4), at + HEADER, length - HEADER);
    }

    /** A message with data copied from {@code data}; its checksum takes in the addresses. */
    public static byte[] message(
            IpAddress from, IpAddress to, int type, int code, int rest, byte[] data, int at, int length) {
        byte[] m = new byte[HEADER + length];
        Octets.put8(m, 0, type);
        Octets.put8(m, 1, code);
        Octets.put32(m, 4, rest);
        System.arraycopy(data, at, m, HEADER, length);
        long sum = IpPacket.pseudo(from, to, Ipv6.PROTOCOL_ICMPV6, m.length);
        Octets.put16(m, 2, Checksum.of(Checksum.add(sum, m, 0, m.length)));
        return m;
    }

    /** A message to a packet's sender about that packet. */
    public static byte[] about(IpAddress from, int type, int code, byte[] frame, Ipv6 ip) {
        int whole = ip.payloadAt() + ip.payloadLength() - Ethernet.HEADER;
        int length = Math.min(Math.min(whole, frame.length - Ethernet.HEADER), MAX_ORIGINAL);
        return message(from, ip.source(), type, code, 0, frame, Ethernet.HEADER, length);
    }
}
