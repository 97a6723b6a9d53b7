package org.terrarium.net.wire;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * An address of IPv6 or IPv4. Those of IPv4 are kept in the mapped form {@code ::ffff:a.b.c.d} (RFC 4291, 2.5.5.2), which never
 * stands in a packet of IPv6: {@link Ipv6#parse} refuses such packets, so that nobody gets at an IPv4 address past the rules for
 * it.
 *
 * @param high the first eight octets
 * @param low the last eight
 */
public record IpAddress(long high, long low) {
    /** {@code ::}. */
    public static final IpAddress UNSPECIFIED = new IpAddress(0, 0);

    /** {@code ::1}. */
    public static final IpAddress LOOPBACK6 = new IpAddress(0, 1);

    /** {@code ff02::1} (RFC 4291, 2.7.1). */
    public static final IpAddress ALL_NODES = new IpAddress(0xFF02L << 48, 1);

    /** {@code ff02::2}. */
    public static final IpAddress ALL_ROUTERS = new IpAddress(0xFF02L << 48, 2);

    private static final long MAPPED = 0xFFFFL;
    private static final int GROUPS = 8;

    /** An address of IPv4. */
    public static IpAddress v4(int address) {
        return new IpAddress(0, MAPPED << 32 | address & 0xFFFF_FFFFL);
    }

    /** The sixteen octets at {@code at}. */
    public static IpAddress read(byte[] b, int at) {
        return new IpAddress(long64(b, at), long64(b, at + 8));
    }

    private static long long64(byte[] b, int at) {
        return (long) Octets.i32(b, at) << 32 | Octets.i32(b, at + 4) & 0xFFFF_FFFFL;
    }

    /** Of either kind. */
    public static IpAddress of(InetAddress address) {
        byte[] b = address.getAddress();
        return b.length == 4 ? v4(Octets.i32(b, 0)) : read(b, 0);
    }

    /** Writes its sixteen octets. */
    public void put(byte[] b, int at) {
        Octets.put32(b, at, (int) (high >>> 32));
        Octets.put32(b, at + 4, (int) high);
        Octets.put32(b, at + 8, (int) (low >>> 32));
        Octets.put32(b, at + 12, (int) low);
    }

    public boolean isV4() {
        return high == 0 && low >>> 32 == MAPPED;
    }

    /** The address of IPv4 that this is. */
    public int toV4() {
        return (int) low;
    }

    /** As Java's sockets want it. */
    public InetAddress inet() {
        if (isV4()) {
            return Ip4.inet(toV4());
        }
        byte[] b = new byte[16];
        put(b, 0);
        try {
            return InetAddress.getByAddress(b);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // sixteen octets are always an address
        }
    }

    /** Whether it names a group of stations: 224.0.0.0/4 or ff00::/8. */
    public boolean multicast() {
        return isV4() ? Ip4.multicast(toV4()) : high >>> 56 == 0xFF;
    }

    /** 169.254.0.0/16 (RFC 3927) or fe80::/10 (RFC 4291, 2.5.6): never passed on by a router. */
    public boolean linkLocal() {
        return isV4() ? toV4() >>> 16 == 0xA9FE : high >>> 54 == 0xFE80 >> 6;
    }

    /** The address at which a station of IPv6 is asked for its MAC address (RFC 4291, 2.7.1). */
    public IpAddress solicitedNode() {
        return new IpAddress(0xFF02L << 48, 1L << 32 | 0xFF00_0000L | low & 0xFF_FFFF);
    }

    /** The Ethernet address of a group (RFC 2464, 7). */
    public long groupMac() {
        return 0x3333_0000_0000L | low & 0xFFFF_FFFFL;
    }

    /** Parses {@code fd00::2}; IllegalArgumentException with a sentence otherwise. Only IPv6, without zone or IPv4 part. */
    public static IpAddress parse6(String text) {
        String[] halves = text.split("::", -1);
        String[] front = halves[0].isEmpty() ? new String[0] : halves[0].split(":", -1);
        String[] back = halves.length < 2 || halves[1].isEmpty() ? new String[0] : halves[1].split(":", -1);
        int count = front.length + back.length;
        boolean good = halves.length == 2 ? count < GROUPS : halves.length == 1 && count == GROUPS;
        long[] words = new long[2];
        for (int k = 0; good && k < count; k++) {
            String part = k < front.length ? front[k] : back[k - front.length];
            int group = k < front.length ? k : GROUPS - count + k;
            good = part.matches("[0-9A-Fa-f]{1,4}");
            words[group / 4] |= good ? Long.parseLong(part, 16) << 48 - 16 * (group % 4) : 0;
        }
        if (!good) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no IPv6 address; write groups of hexadecimal digits like fd00:0:0:2::2");
        }
        return new IpAddress(words[0], words[1]);
    }

    /** The usual form: of IPv6 the one of RFC 5952, 4. */
    public String text() {
        if (isV4()) {
            return Ip4.text(toV4());
        }
        int best = -1;
        int longest = 1; // a single zero is written out
        for (int k = 0; k < GROUPS; k++) {
            int n = k;
            while (n < GROUPS && group(n) == 0) {
                n++;
            }
            if (n - k > longest) {
                best = k;
                longest = n - k;
            }
        }
        StringBuilder s = new StringBuilder();
        for (int k = 0; k < GROUPS; k++) {
            if (k == best) {
                s.append("::");
                k += longest - 1;
                continue;
            }
            if (!s.isEmpty() && s.charAt(s.length() - 1) != ':') {
                s.append(':');
            }
            s.append(Integer.toHexString(group(k)));
        }
        return s.toString();
    }

    private int group(int k) {
        return (int) ((k < 4 ? high : low) >>> 48 - 16 * (k % 4)) & 0xFFFF;
    }

    /** An end of a connection: {@code 10.0.2.15:80} or {@code [fd00::2]:80}. */
    public String end(int port) {
        return (isV4() ? text() : "[" + text() + "]") + ":" + port;
    }

    @Override
    public int hashCode() {
        return (int) ((high * 0x9E37_79B9_7F4A_7C15L ^ low) * 0xC2B2_AE3D_27D4_EB4FL >>> 32);
    }

    @Override
    public String toString() {
        return text();
    }
}
