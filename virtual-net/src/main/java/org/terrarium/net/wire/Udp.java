package org.terrarium.net.wire;

/**
 * A UDP header (RFC 768; RFC 8200, 8.1) in a packet.
 *
 * @param payloadAt where in the frame the payload starts
 */
public record Udp(int sourcePort, int destinationPort, int payloadAt, int payloadLength) {
    public static final int HEADER = 8;

    /** The largest payload in one IPv4 datagram. */
    public static final int MAX_PAYLOAD = 65535 - Ipv4.HEADER - HEADER;

    /** Reads the header, or gives null when lengths or checksum are wrong; with IPv4 a checksum of 0 means there is none. */
    public static Udp parse(byte[] f, IpPacket ip) {
        int at = ip.payloadAt();
        if (ip.payloadLength() < HEADER) {
            return null;
        }
        int length = Octets.u16(f, at + 4);
        if (length < HEADER || length > ip.payloadLength()) {
            return null;
        }
        if (Octets.u16(f, at + 6) != 0 || ip instanceof Ipv6) {
            long sum = ip.pseudo(Ipv4.PROTOCOL_UDP, length);
            if (Checksum.fold(Checksum.add(sum, f, at, length)) != 0xFFFF) {
                return null;
            }
        }
        return new Udp(Octets.u16(f, at), Octets.u16(f, at + 2), at + HEADER, length - HEADER);
    }

    /** The port a datagram goes to, without looking at anything else; 0 when it is too short to say. */
    public static int destinationPort(byte[] f, IpPacket ip) {
        return ip.payloadLength() < HEADER ? 0 : Octets.u16(f, ip.payloadAt() + 2);
    }

    /** A datagram between addresses of IPv4; see the other method. */
    public static byte[] datagram(int source, int sourcePort, int destination, int destinationPort, byte[] data) {
        return datagram(IpAddress.v4(source), sourcePort, IpAddress.v4(destination), destinationPort, data);
    }

    /** A datagram: header, and payload from {@code data}, with its checksum for these addresses. */
    public static byte[] datagram(
            IpAddress source, int sourcePort, IpAddress destination, int destinationPort, byte[] data) {
        byte[] d = new byte[HEADER + data.length];
        Octets.put16(d, 0, sourcePort);
        Octets.put16(d, 2, destinationPort);
        Octets.put16(d, 4, d.length);
        System.arraycopy(data, 0, d, HEADER, data.length);
        long pseudo = IpPacket.pseudo(source, destination, Ipv4.PROTOCOL_UDP, d.length);
        int sum = Checksum.of(Checksum.add(pseudo, d, 0, d.length));
        Octets.put16(d, 6, sum == 0 ? 0xFFFF : sum); // 0 would mean "no checksum"
        return d;
    }
}
