package org.terrarium.net.wire;

/**
 * A TCP header (RFC 9293, 3.1) with the options this gateway takes part in.
 *
 * @param sequence number of the first octet (or of SYN)
 * @param flags as in the header, {@link #FIN} and so on
 * @param window as in the header, not scaled
 * @param mss the maximum segment size option, or 0
 * @param windowScale the window scale option (RFC 7323, 2.2), or -1
 * @param payloadAt where in the frame the payload starts
 */
public record Tcp(
        int sourcePort,
        int destinationPort,
        int sequence,
        int acknowledgment,
        int flags,
        int window,
        int mss,
        int windowScale,
        int payloadAt,
        int payloadLength) {
    public static final int HEADER = 20;
    public static final int FIN = 1;
    public static final int SYN = 2;
    public static final int RST = 4;
    public static final int PSH = 8;
    public static final int ACK = 16;

    /** The octets that the options of a SYN take. */
    public static final int SYN_OPTIONS = 8;

    private static final int OPTION_END = 0;
    private static final int OPTION_NOP = 1;
    private static final int OPTION_MSS = 2;
    private static final int OPTION_WINDOW_SCALE = 3;
    private static final int MAX_SCALE = 14;

    public boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** Octets of sequence space: payload, SYN and FIN. */
    public int sequenceLength() {
        return payloadLength + (has(SYN) ? 1 : 0) + (has(FIN) ? 1 : 0);
    }

    /** Reads the header, or gives null when lengths or checksum are wrong. */
    public static Tcp parse(byte[] f, IpPacket ip) {
        int at = ip.payloadAt();
        int length = ip.payloadLength();
        if (length < HEADER) {
            return null;
        }
        long sum = ip.pseudo(Ipv4.PROTOCOL_TCP, length);
        if (Checksum.fold(Checksum.add(sum, f, at, length)) != 0xFFFF) {
            return null;
        }
        return parse(f, at, length);
    }

    /** Reads a header whose checksum has been looked at. */
    public static Tcp parse(byte[] f, int at, int length) {
        int header = (Octets.u8(f, at + 12) >> 4) * 4;
        if (header < HEADER || header > length) {
            return null;
        }
        int mss = 0;
        int scale = -1;
        int end = at + header;
        for (int o = at + HEADER; o < end; ) {
            int kind = Octets.u8(f, o);
            if (kind == OPTION_END) {
                break;
            }
            if (kind == OPTION_NOP) {
                o++;
                continue;
            }
            int size = o + 1 < end ? Octets.u8(f, o + 1) : 0;
            if (size < 2 || o + size > end) {
                return null;
            }
            if (kind == OPTION_MSS && size == 4) {
                mss = Octets.u16(f, o + 2);
            } else if (kind == OPTION_WINDOW_SCALE && size == 3) {
                scale = Math.min(Octets.u8(f, o + 2), MAX_SCALE);
            }
            o += size;
        }
        return new Tcp(
                Octets.u16(f, at),
                Octets.u16(f, at + 2),
                Octets.i32(f, at + 4),
                Octets.i32(f, at + 8),
                Octets.u8(f, at + 13),
                Octets.u16(f, at + 14),
                mss,
                scale,
                at + header,
                length - header);
    }

    /** Octets of header that {@link #emit} writes. */
    public int headerLength() {
        return HEADER + (mss == 0 ? 0 : SYN_OPTIONS);
    }

    /**
     * Writes the header in front of the payload, which is in place already, with the checksum for this pseudo header. With an
     * MSS the options are MSS and, when it is not negative, window scale, filled up with no-operations.
     *
     * @param pseudo the sum of the pseudo header
     */
    public void emit(byte[] f, long pseudo) {
        emitWithoutChecksum(f);
        int header = headerLength();
        int at = payloadAt - header;
        Octets.put16(f, at + 16, Checksum.of(Checksum.add(pseudo, f, at, header + payloadLength)));
    }

    /** As {@link #emit}, with 0 in place of the checksum. */
    public void emitWithoutChecksum(byte[] f) {
        int header = headerLength();
        int at = payloadAt - header;
        Octets.put16(f, at, sourcePort);
        Octets.put16(f, at + 2, destinationPort);
        Octets.put32(f, at + 4, sequence);
        Octets.put32(f, at + 8, acknowledgment);
        Octets.put8(f, at + 12, header / 4 << 4);
        Octets.put8(f, at + 13, flags);
        Octets.put16(f, at + 14, window);
        Octets.put32(f, at + 16, 0);
        if (mss != 0) {
            Octets.put32(f, at + 20, OPTION_MSS << 24 | 4 << 16 | mss);
            Octets.put32(
                    f,
                    at + 24,
                    windowScale < 0
                            ? OPTION_NOP * 0x0101_0101
                            : OPTION_NOP << 24 | OPTION_WINDOW_SCALE << 16 | 3 << 8 | windowScale);
        }
    }

    /** Whether sequence number {@code a} comes before {@code b} (RFC 9293, 3.4: arithmetic modulo 2^32). */
    public static boolean before(int a, int b) {
        return a - b < 0;
    }
}
