package org.terrarium.net.wire;

import java.io.ByteArrayOutputStream;

/**
 * As much of DHCPv6 (RFC 8415) as tells stations what is not in a router advertisement: the question for other configuration
 * (18.2.6) and its answer.
 *
 * @param type {@link #INFORMATION_REQUEST} and so on
 * @param transaction 24 bits by which the asker knows the answer
 * @param client the asker's identifier, or null when it does not say
 */
public record Dhcp6(int type, int transaction, byte[] client) {
    public static final int CLIENT_PORT = 546;
    public static final int SERVER_PORT = 547;
    public static final int SOLICIT = 1;
    public static final int REPLY = 7;
    public static final int INFORMATION_REQUEST = 11;

    /** {@code ff02::1:2}, where stations look for servers (7.1). */
    public static final IpAddress ALL_SERVERS = new IpAddress(0xFF02L << 48, 0x1_0002L);

    private static final int OPTION_CLIENT_ID = 1;
    private static final int OPTION_SERVER_ID = 2;
    private static final int OPTION_DNS_SERVERS = 23; // RFC 3646, 3
    private static final int OPTION_SEARCH_LIST = 24; // RFC 3646, 4
    private static final int OPTION_REFRESH_TIME = 32; // 21.23
    private static final int DUID_LL = 3; // 11.4
    private static final int MAX_ID = 130; // 11.1

    /** Reads a message, or gives null when it is not whole. */
    public static Dhcp6 parse(byte[] b, int at, int length) {
        if (length < 4) {
            return null;
        }
        byte[] client = null;
        int end = at + length;
        for (int o = at + 4; o < end; ) {
            int size = end - o < 4 ? -1 : Octets.u16(b, o + 2);
            if (size < 0 || o + 4 + size > end) {
                return null;
            }
            if (Octets.u16(b, o) == OPTION_CLIENT_ID) {
                if (size == 0 || size > MAX_ID) {
                    return null;
                }
                client = java.util.Arrays.copyOfRange(b, o + 4, o + 4 + size);
            }
            o += 4 + size;
        }
        return new Dhcp6(Octets.u8(b, at), Octets.i32(b, at) & 0xFF_FFFF, client);
    }

    /**
     * The answer to a question for other configuration.
     *
     * @param mac the server's
     * @param refreshSeconds when to ask again
     */
    public byte[] reply(long mac, IpAddress nameServer, String domain, int refreshSeconds) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] head = new byte[4];
        Octets.put32(head, 0, REPLY << 24 | transaction);
        out.writeBytes(head);
        if (client != null) {
            option(out, OPTION_CLIENT_ID, client);
        }
        byte[] server = new byte[10];
        Octets.put16(server, 0, DUID_LL);
        Octets.put16(server, 2, 1); // Ethernet
        Octets.put48(server, 4, mac);
        option(out, OPTION_SERVER_ID, server);
        byte[] names = new byte[16];
        nameServer.put(names, 0);
        option(out, OPTION_DNS_SERVERS, names);
        option(out, OPTION_SEARCH_LIST, Dns.nameBytes(domain));
        option(out, OPTION_REFRESH_TIME, Dhcp.word(refreshSeconds));
        return out.toByteArray();
    }

    private static void option(ByteArrayOutputStream out, int code, byte[] value) {
        byte[] head = new byte[4];
        Octets.put16(head, 0, code);
        Octets.put16(head, 2, value.length);
        out.writeBytes(head);
        out.writeBytes(value);
    }
}
