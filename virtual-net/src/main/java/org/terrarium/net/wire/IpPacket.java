package org.terrarium.net.wire;

/** A packet of IPv4 or IPv6 inside an Ethernet frame, as far as what lies in it need not know which. */
public sealed interface IpPacket permits Ipv4, Ipv6 {
    /** Who sent it. */
    IpAddress from();

    /** Whom it is for. */
    IpAddress to();

    /** What lies in it, by the numbers of IPv4's protocol field. */
    int protocol();

    /** How many routers it may still pass. */
    int ttl();

    /** Whether this is only a part of a datagram. */
    boolean fragment();

    /** Names the datagram that a fragment belongs to. */
    int identification();

    boolean moreFragments();

    /** Where a fragment's payload belongs in the whole datagram, octets. */
    int fragmentOffset();

    /** Where in the frame the payload starts. */
    int payloadAt();

    int payloadLength();

    /** The sum of the pseudo header that checksums of TCP and UDP take in. */
    default long pseudo(int protocol, int length) {
        return pseudo(from(), to(), protocol, length);
    }

    /** The sum of the pseudo header between two addresses of one kind (RFC 9293, 3.1; RFC 8200, 8.1). */
    static long pseudo(IpAddress from, IpAddress to, int protocol, int length) {
        if (from.isV4()) {
            return Checksum.pseudo4(from.toV4(), to.toV4(), protocol, length);
        }
        return words(from.high()) + words(from.low()) + words(to.high()) + words(to.low()) + protocol + length;
    }

    private static long words(long value) {
        return (value >>> 32) + (value & 0xFFFF_FFFFL);
    }

    /** Octets of the header that {@link #emit} writes for addresses of this kind. */
    static int headerLength(IpAddress address) {
        return address.isV4() ? Ipv4.HEADER : Ipv6.HEADER;
    }

    /** Writes the header of a whole packet between two addresses of one kind, and the Ethernet type, in front of its payload. */
    static void emit(byte[] frame, IpAddress from, IpAddress to, int protocol, int payloadLength) {
        if (from.isV4()) {
            Octets.put16(frame, 12, Ethernet.TYPE_IPV4);
            Ipv4.of(from.toV4(), to.toV4(), protocol, payloadLength).emit(frame);
        } else {
            Octets.put16(frame, 12, Ethernet.TYPE_IPV6);
            Ipv6.emit(frame, from, to, protocol, payloadLength, Ipv4.DEFAULT_TTL);
        }
    }
}
