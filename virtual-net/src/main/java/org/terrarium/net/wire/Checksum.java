package org.terrarium.net.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The Internet checksum (RFC 1071): one's complement of the one's complement sum of 16-bit words. */
public final class Checksum {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private Checksum() {}

    /**
     * Adds octets to a sum; an odd last octet counts as the high half of a word. Four octets at a time: the carries out of the
     * low 16 bits gather in the upper half and {@link #fold} brings them back (RFC 1071, 2(B) and 2(C)).
     */
    public static long add(long sum, byte[] b, int from, int length) {
        long s = sum;
        int at = from;
        int end = from + length;
        for (; at + 4 <= end; at += 4) {
            s += (int) INT.get(b, at) & 0xFFFF_FFFFL;
        }
        if (at + 2 <= end) {
            s += Octets.u16(b, at);
            at += 2;
        }
        if (at < end) {
            s += (long) Octets.u8(b, at) << 8;
        }
        return s;
    }

    /** The sum of the IPv4 pseudo header (RFC 9293, 3.1). */
    public static long pseudo4(int source, int destination, int protocol, int length) {
        return (source & 0xFFFF_FFFFL) + (destination & 0xFFFF_FFFFL) + protocol + length;
    }

    /** The sum of the IPv6 pseudo header (RFC 8200, 8.1); addresses are 16 octets each at the given places. */
    public static long pseudo6(byte[] b, int source, int destination, int protocol, int length) {
        return add(add(protocol + (long) length, b, source, 16), b, destination, 16);
    }

    /** The sum brought down to 16 bits, not complemented; 0xFFFF for data whose checksum field is right. */
    public static int fold(long sum) {
        long s = (sum >>> 32) + (sum & 0xFFFF_FFFFL);
        s = (s >>> 32) + (s & 0xFFFF_FFFFL);
        s = (s >>> 16) + (s & 0xFFFF);
        s = (s >>> 16) + (s & 0xFFFF);
        return (int) s;
    }

    /** What belongs into the checksum field, which counted as 0 in the sum. */
    public static int of(long sum) {
        return ~fold(sum) & 0xFFFF;
    }
}
