package org.terrarium.net.wire;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** IPv4 addresses as numbers: 10.0.2.2 is 0x0A000202. */
public final class Ip4 {
    public static final int BROADCAST = -1;

    private Ip4() {}

    public static int of(int a, int b, int c, int d) {
        return a << 24 | b << 16 | c << 8 | d;
    }

    /** Parses {@code 10.0.2.2}; IllegalArgumentException with a sentence otherwise. */
    public static int parse(String text) {
        String[] parts = text.split("\\.", -1);
        int address = 0;
        boolean good = parts.length == 4;
        for (int k = 0; good && k < 4; k++) {
            good = parts[k].matches("[0-9]{1,3}") && Integer.parseInt(parts[k]) < 256;
            address = good ? address << 8 | Integer.parseInt(parts[k]) : address;
        }
        if (!good) {
            throw new IllegalArgumentException("'" + text + "' is no IPv4 address; write four numbers like 10.0.2.2");
        }
        return address;
    }

    public static String text(int address) {
        return (address >>> 24) + "." + (address >>> 16 & 0xFF) + "." + (address >>> 8 & 0xFF) + "." + (address & 0xFF);
    }

    public static InetAddress inet(int address) {
        byte[] b = new byte[4];
        Octets.put32(b, 0, address);
        try {
            return InetAddress.getByAddress(b);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // four octets are always an address
        }
    }

    public static int of(Inet4Address address) {
        return Octets.i32(address.getAddress(), 0);
    }

    /** 224.0.0.0/4 (RFC 5771). */
    public static boolean multicast(int address) {
        return address >>> 28 == 14;
    }

    /** The network mask of a prefix, 0 to 32 bits. */
    public static int mask(int prefix) {
        return prefix == 0 ? 0 : -1 << 32 - prefix;
    }
}
