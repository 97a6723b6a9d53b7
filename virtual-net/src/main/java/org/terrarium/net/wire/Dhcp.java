package org.terrarium.net.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * A DHCP message (RFC 2131, 2): the payload of a UDP datagram between ports 67 and 68.
 *
 * @param op {@link #BOOTREQUEST} or {@link #BOOTREPLY}
 * @param transaction the xid field
 * @param flags {@link #BROADCAST_FLAG}
 * @param clientIp ciaddr: the address the client says it uses
 * @param yourIp yiaddr: the address the client is given
 * @param serverIp siaddr: the server of the next boot step
 * @param relayIp giaddr
 * @param clientMac chaddr
 * @param options the values of the options by their code (RFC 2132)
 */
public record Dhcp(
        int op,
        int transaction,
        int flags,
        int clientIp,
        int yourIp,
        int serverIp,
        int relayIp,
        long clientMac,
        Map<Integer, byte[]> options) {
    public static final int SERVER_PORT = 67;
    public static final int CLIENT_PORT = 68;
    public static final int BOOTREQUEST = 1;
    public static final int BOOTREPLY = 2;
    public static final int BROADCAST_FLAG = 0x8000;

    // Message types (RFC 2132, 9.6).
    public static final int DISCOVER = 1;
    public static final int OFFER = 2;
    public static final int REQUEST = 3;
    public static final int DECLINE = 4;
    public static final int ACK = 5;
    public static final int NAK = 6;
    public static final int RELEASE = 7;
    public static final int INFORM = 8;

    // Options (RFC 2132; 42 is 8.3 of it, 66 and 67 are 9.4 and 9.5).
    public static final int OPTION_SUBNET_MASK = 1;
    public static final int OPTION_ROUTER = 3;
    public static final int OPTION_DNS = 6;
    public static final int OPTION_HOST_NAME = 12;
    public static final int OPTION_DOMAIN = 15;
    public static final int OPTION_MTU = 26;
    public static final int OPTION_BROADCAST = 28;
    public static final int OPTION_NTP = 42;
    public static final int OPTION_REQUESTED_IP = 50;
    public static final int OPTION_LEASE_TIME = 51;
    public static final int OPTION_MESSAGE_TYPE = 53;
    public static final int OPTION_SERVER_ID = 54;
    public static final int OPTION_MESSAGE = 56;
    public static final int OPTION_RENEWAL_TIME = 58;
    public static final int OPTION_REBINDING_TIME = 59;
    public static final int OPTION_CLIENT_ID = 61;
    public static final int OPTION_TFTP_SERVER = 66;
    public static final int OPTION_BOOT_FILE = 67;
    public static final int OPTION_CLIENT_UUID = 97;

    private static final int FILE = 108;
    private static final int COOKIE_AT = 236;
    private static final int COOKIE = 0x6382_5363;
    private static final int OPTIONS = 240;
    private static final int OPTION_PAD = 0;
    private static final int OPTION_END = 255;

    /** BOOTP relays and old clients expect at least so many octets (RFC 1542, 2.1). */
    private static final int MIN_LENGTH = 300;

    /** Reads a message, or gives null when it is not a whole one from an Ethernet station. */
    public static Dhcp parse(byte[] b, int at, int length) {
        if (length < OPTIONS
                || Octets.i32(b, at + COOKIE_AT) != COOKIE
                || Octets.u8(b, at + 1) != 1
                || Octets.u8(b, at + 2) != 6) {
            return null;
        }
        Map<Integer, byte[]> options = new TreeMap<>();
        int end = at + length;
        for (int o = at + OPTIONS; o < end; ) {
            int code = Octets.u8(b, o++);
            if (code == OPTION_END) {
                break;
            }
            if (code == OPTION_PAD) {
                continue;
            }
            if (o >= end || o + 1 + Octets.u8(b, o) > end) {
                return null;
            }
            int size = Octets.u8(b, o);
            byte[] value = Arrays.copyOfRange(b, o + 1, o + 1 + size);
            options.merge(code, value, Dhcp::joined); // a long option comes in pieces (RFC 3396)
            o += 1 + size;
        }
        return new Dhcp(
                Octets.u8(b, at),
                Octets.i32(b, at + 4),
                Octets.u16(b, at + 10),
                Octets.i32(b, at + 12),
                Octets.i32(b, at + 16),
                Octets.i32(b, at + 20),
                Octets.i32(b, at + 24),
                Octets.u48(b, at + 28),
                options);
    }

    private static byte[] joined(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    /** The message's octets. The boot file's name goes into its field of the header too, for boot ROMs that look only there. */
    public byte[] bytes() {
        int length = OPTIONS + 1;
        for (byte[] value : options.values()) {
            length += 2 + value.length;
        }
        byte[] b = new byte[Math.max(length, MIN_LENGTH)];
        Octets.put8(b, 0, op);
        Octets.put8(b, 1, 1);
        Octets.put8(b, 2, 6);
        Octets.put32(b, 4, transaction);
        Octets.put16(b, 10, flags);
        Octets.put32(b, 12, clientIp);
        Octets.put32(b, 16, yourIp);
        Octets.put32(b, 20, serverIp);
        Octets.put32(b, 24, relayIp);
        Octets.put48(b, 28, clientMac);
        byte[] file = options.getOrDefault(OPTION_BOOT_FILE, new byte[0]);
        System.arraycopy(file, 0, b, FILE, Math.min(file.length, 127));
        Octets.put32(b, COOKIE_AT, COOKIE);
        int at = OPTIONS;
        for (Map.Entry<Integer, byte[]> option : options.entrySet()) {
            byte[] value = option.getValue();
            Octets.put8(b, at++, option.getKey());
            Octets.put8(b, at++, value.length);
            System.arraycopy(value, 0, b, at, value.length);
            at += value.length;
        }
        Octets.put8(b, at, OPTION_END);
        return b;
    }

    /** The message type, or 0 for a plain BOOTP message. */
    public int type() {
        byte[] value = options.get(OPTION_MESSAGE_TYPE);
        return value == null || value.length != 1 ? 0 : value[0];
    }

    /** The address in an option, or 0. */
    public int address(int option) {
        byte[] value = options.get(option);
        return value == null || value.length != 4 ? 0 : Octets.i32(value, 0);
    }

    /** The text in an option, cut at the first NUL; empty when there is none. */
    public String text(int option) {
        String text = new String(options.getOrDefault(option, new byte[0]), StandardCharsets.ISO_8859_1);
        return text.indexOf(0) < 0 ? text : text.substring(0, text.indexOf(0));
    }

    /** The value of an option that is one 32-bit number or address. */
    public static byte[] word(int value) {
        byte[] b = new byte[4];
        Octets.put32(b, 0, value);
        return b;
    }
}
