package org.terrarium.net.wire;

/**
 * Address resolution for IPv4 on Ethernet (RFC 826).
 *
 * @param operation {@link #REQUEST} or {@link #REPLY}
 */
public record Arp(int operation, long senderMac, int senderIp, long targetMac, int targetIp) {
    public static final int REQUEST = 1;
    public static final int REPLY = 2;

    private static final int LENGTH = 28;

    /** Reads the payload of an Ethernet frame, or gives null when it is not whole or about other protocols. */
    public static Arp parse(byte[] f) {
        int at = Ethernet.HEADER;
        if (f.length < at + LENGTH
                || Octets.u16(f, at) != 1
                || Octets.u16(f, at + 2) != Ethernet.TYPE_IPV4
                || Octets.u8(f, at + 4) != 6
                || Octets.u8(f, at + 5) != 4) {
            return null;
        }
        return new Arp(
                Octets.u16(f, at + 6),
                Octets.u48(f, at + 8),
                Octets.i32(f, at + 14),
                Octets.u48(f, at + 18),
                Octets.i32(f, at + 24));
    }

    /** The message in a frame to {@code destination}. */
    public byte[] frame(long destination) {
        byte[] f = new byte[Ethernet.MIN_FRAME];
        new Ethernet(destination, senderMac, Ethernet.TYPE_ARP).emit(f);
        int at = Ethernet.HEADER;
        Octets.put16(f, at, 1);
        Octets.put16(f, at + 2, Ethernet.TYPE_IPV4);
        Octets.put8(f, at + 4, 6);
        Octets.put8(f, at + 5, 4);
        Octets.put16(f, at + 6, operation);
        Octets.put48(f, at + 8, senderMac);
        Octets.put32(f, at + 14, senderIp);
        Octets.put48(f, at + 18, targetMac);
        Octets.put32(f, at + 24, targetIp);
        return f;
    }
}
