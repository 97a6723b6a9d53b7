package org.terrarium.net.link;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.terrarium.net.wire.Checksum;
import org.terrarium.net.wire.Ethernet;
import org.terrarium.net.wire.Ipv4;
import org.terrarium.net.wire.Octets;
import org.terrarium.net.wire.Tcp;

/**
 * A TCP segment that is longer than a frame may be and is only cut into frames where it leaves for a station that does not take
 * it whole (TCP segmentation offload). A guest and the gateway that both take them save most of the work per frame.
 *
 * <p>Such a frame is an array like all others, longer than {@link Ethernet#MAX_FRAME}, which nothing else is. Its IP header is
 * complete and says where the packet ends, its TCP checksum is not filled in, and the array's last two octets say how much TCP
 * payload a real frame carries.
 */
public final class LargeFrame {
    /** Octets behind the packet. */
    private static final int TRAILER = 2;

    /** The longest: the largest IP packet behind a header with a VLAN tag. */
    private static final int MAX = Ethernet.HEADER + 4 + 0xFFFF + TRAILER;

    /** The smallest headers: what is shorter carries nothing that could be cut. */
    private static final int MIN = Ethernet.HEADER + Ipv4.HEADER + Tcp.HEADER;

    private static final int MIN_MSS = 64;
    private static final int IPV6_HEADER = 40;
    private static final int TCP_CHECKSUM = 16;
    private static final int TCP_FLAGS = 13;
    private static final int FIN_PSH = 0x09;
    private static final int CWR = 0x80;
    private static final int FRAGMENT = 0x3FFF;

    private LargeFrame() {}

    public static boolean is(byte[] frame) {
        return frame.length > Ethernet.MAX_FRAME;
    }

    /**
     * The large frame with this TCP/IP packet, or null when it is none: not TCP, a fragment, with lengths that do not fit, or
     * too short to be cut. IP length and header checksum are filled in.
     *
     * @param octets where in {@code from} it ends, starting at 0 with the Ethernet header
     * @param mss TCP payload of a frame
     */
    public static byte[] of(byte[] from, int octets, int mss) {
        if (octets < MIN || octets + TRAILER > MAX || mss < MIN_MSS || mss > Ethernet.MTU) {
            return null;
        }
        byte[] f = Arrays.copyOf(from, Math.max(octets + TRAILER, Ethernet.MAX_FRAME + 1));
        Octets.put16(f, f.length - TRAILER, mss);
        int ip = ipAt(f);
        int type = Octets.u16(f, ip - 2);
        boolean ipv4 = type == Ethernet.TYPE_IPV4;
        int tcp = tcpAt(f);
        boolean other = ipv4
                ? Octets.u8(f, ip + 9) != Ipv4.PROTOCOL_TCP
                        || (Octets.u8(f, ip) & 15) < 5
                        || (Octets.u16(f, ip + 6) & FRAGMENT) != 0
                : type != Ethernet.TYPE_IPV6 || Octets.u8(f, ip + 6) != Ipv4.PROTOCOL_TCP;
        // Whatever the lengths in the headers are, they do not point behind the array's shortest length.
        int header = (Octets.u8(f, tcp + 12) >> 4) * 4;
        if (other || header < Tcp.HEADER || tcp + header >= octets || octets - ip > 0xFFFF) {
            return null;
        }
        putLength(f, ip, octets);
        return f;
    }

    private static void putLength(byte[] f, int ip, int end) {
        if (Octets.u16(f, ip - 2) == Ethernet.TYPE_IPV6) {
            Octets.put16(f, ip + 4, end - ip - IPV6_HEADER);
            return;
        }
        Octets.put16(f, ip + 2, end - ip);
        Octets.put16(f, ip + 10, 0);
        Octets.put16(f, ip + 10, Checksum.of(Checksum.add(0, f, ip, tcpAt(f) - ip)));
    }

    /** TCP payload of the frames it is cut into. */
    public static int mss(byte[] large) {
        return Octets.u16(large, large.length - TRAILER);
    }

    /** Octets of the frame proper. */
    public static int octets(byte[] large) {
        int ip = ipAt(large);
        return ip + (ipv6(large) ? IPV6_HEADER + Octets.u16(large, ip + 4) : Octets.u16(large, ip + 2));
    }

    public static boolean ipv6(byte[] large) {
        return Octets.u16(large, ipAt(large) - 2) == Ethernet.TYPE_IPV6;
    }

    private static int ipAt(byte[] f) {
        return Octets.u16(f, 12) == Ethernet.TYPE_VLAN ? Ethernet.HEADER + 4 : Ethernet.HEADER;
    }

    /** Where the TCP header begins. */
    public static int tcpAt(byte[] f) {
        int ip = ipAt(f);
        boolean ipv6 = Octets.u16(f, ip - 2) == Ethernet.TYPE_IPV6;
        return ip + (ipv6 ? IPV6_HEADER : (Octets.u8(f, ip) & 15) * 4);
    }

    /** Where its payload begins. */
    public static int payloadAt(byte[] large) {
        int tcp = tcpAt(large);
        return tcp + (Octets.u8(large, tcp + 12) >> 4) * 4;
    }

    /** The sum of the pseudo header of the TCP segment in a frame that ends at {@code end}. */
    public static long pseudo(byte[] f, int end) {
        int ip = ipAt(f);
        int tcp = tcpAt(f);
        return Octets.u16(f, ip - 2) == Ethernet.TYPE_IPV6
                ? Checksum.pseudo6(f, ip + 8, ip + 24, Ipv4.PROTOCOL_TCP, end - tcp)
                : Checksum.pseudo4(Octets.i32(f, ip + 12), Octets.i32(f, ip + 16), Ipv4.PROTOCOL_TCP, end - tcp);
    }

    /** The frames it stands for, complete with their checksums. */
    public static List<byte[]> cut(byte[] large) {
        int mss = mss(large);
        int end = octets(large);
        int ip = ipAt(large);
        int tcp = tcpAt(large);
        int header = payloadAt(large);
        boolean ipv4 = !ipv6(large);
        List<byte[]> frames = new ArrayList<>((end - header) / mss + 1);
        for (int at = header; at < end; at += mss) {
            int piece = Math.min(mss, end - at);
            byte[] f = new byte[header + piece];
            System.arraycopy(large, 0, f, 0, header);
            System.arraycopy(large, at, f, header, piece);
            if (ipv4) {
                Octets.put16(f, ip + 4, Octets.u16(large, ip + 4) + frames.size());
            }
            putLength(f, ip, f.length);
            Octets.put32(f, tcp + 4, Octets.i32(large, tcp + 4) + at - header);
            int flags = Octets.u8(large, tcp + TCP_FLAGS);
            flags &= at + piece < end ? ~FIN_PSH : -1; // the end of the data is in the last one
            flags &= at > header ? ~CWR : -1; // RFC 3168, 6.1.2: once
            f[tcp + TCP_FLAGS] = (byte) flags;
            Octets.put16(f, tcp + TCP_CHECKSUM, 0);
            Octets.put16(f, tcp + TCP_CHECKSUM, Checksum.of(Checksum.add(pseudo(f, f.length), f, tcp, f.length - tcp)));
            frames.add(f);
        }
        return frames;
    }
}
