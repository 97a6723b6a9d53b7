package org.terrarium.net.wire;

/**
 * ICMP for IPv4 (RFC 792).
 *
 * @param rest the second word of the header: identifier and sequence number of an echo
 * @param payloadAt where in the frame the data starts
 */
public record Icmp(int type, int code, int rest, int payloadAt, int payloadLength) {
    public static final int HEADER = 8;
    public static final int ECHO_REPLY = 0;
    public static final int UNREACHABLE = 3;
    public static final int ECHO_REQUEST = 8;
    public static final int TIME_EXCEEDED = 11;

    // Codes of UNREACHABLE (RFC 792; 13 by RFC 1812, 5.2.7.1).
    public static final int HOST_UNREACHABLE = 1;
    public static final int PORT_UNREACHABLE = 3;
    public static final int PROHIBITED = 13;

    /** Reads the message, or gives null when length or checksum is wrong. */
    public static Icmp parse(byte[] f, Ipv4 ip) {
        int at = ip.payloadAt();
        if (ip.payloadLength() < HEADER || Checksum.fold(Checksum.add(0, f, at, ip.payloadLength())) != 0xFFFF) {
            return null;
        }
        return new Icmp(
                Octets.u8(f, at),
                Octets.u8(f, at + 1),
                Octets.i32(f, at + 4),
                at + HEADER,
                ip.payloadLength() - HEADER);
    }

    /** A message with data copied from {@code from}. */
    public static byte[] message(int type, int code, int rest, byte[] from, int at, int length) {
        byte[] m = new byte[HEADER + length];
        Octets.put8(m, 0, type);
        Octets.put8(m, 1, code);
        Octets.put32(m, 4, rest);
        System.arraycopy(from, at, m, HEADER, length);
        Octets.put16(m, 2, Checksum.of(Checksum.add(0, m, 0, m.length)));
        return m;
    }

    /** "Destination unreachable" about a datagram. */
    public static byte[] unreachable(int code, byte[] frame, Ipv4 about) {
        return message(UNREACHABLE, code, 0, frame, about);
    }

    /** A message about a datagram: its header and the first eight octets of its payload go back. */
    public static byte[] message(int type, int code, int rest, byte[] frame, Ipv4 about) {
        int from = Ethernet.HEADER;
        int length = Math.min(about.payloadAt() + Math.min(8, about.payloadLength()), frame.length) - from;
        return message(type, code, rest, frame, from, length);
    }
}
