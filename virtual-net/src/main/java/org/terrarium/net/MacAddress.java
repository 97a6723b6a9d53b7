package org.terrarium.net;

import java.util.random.RandomGenerator;

/**
 * A 48-bit Ethernet address.
 *
 * @param bits the six octets, first octet in bits 47..40
 */
public record MacAddress(long bits) {
    private static final long OCTETS = 0xFFFF_FFFF_FFFFL;

    public MacAddress {
        if ((bits & ~OCTETS) != 0) {
            throw new IllegalArgumentException("a MAC address has 48 bits");
        }
    }

    /** A random locally administered unicast address (IEEE 802, second-least significant bit of the first octet set). */
    public static MacAddress random(RandomGenerator random) {
        return new MacAddress(random.nextLong() & OCTETS & ~(1L << 40) | 1L << 41);
    }

    /** Parses {@code 02:00:00:00:00:01}; throws IllegalArgumentException with a plain sentence otherwise. */
    public static MacAddress parse(String text) {
        if (!text.matches("[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){5}")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a MAC address; write six hex pairs like 02:00:00:00:00:01");
        }
        return new MacAddress(Long.parseLong(text.replace(":", ""), 16));
    }

    @Override
    public String toString() {
        String hex = "%012x".formatted(bits);
        return hex.replaceAll("(..)(?=.)", "$1:");
    }
}
