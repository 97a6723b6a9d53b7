package org.terrarium.net.wire;

/**
 * Ethernet II framing (IEEE 802.3, 3.2; type field by RFC 894), without preamble and frame check sequence. The payload
 * follows at {@link #HEADER}.
 *
 * @param destination the receiver's address, 48 bits
 * @param source the sender's address, 48 bits
 * @param type the protocol of the payload; below 0x600 it is a length (IEEE 802.2)
 */
public record Ethernet(long destination, long source, int type) {
    public static final int HEADER = 14;

    /** The longest frame with a payload of 1500 octets, and room for one VLAN tag (IEEE 802.3, 3.2.7). */
    public static final int MAX_FRAME = HEADER + 1500 + 4;

    public static final int MTU = 1500;
    public static final int MIN_FRAME = 60;
    public static final long BROADCAST = 0xFFFF_FFFF_FFFFL;

    public static final int TYPE_IPV4 = 0x0800;
    public static final int TYPE_ARP = 0x0806;
    public static final int TYPE_VLAN = 0x8100;
    public static final int TYPE_IPV6 = 0x86DD;

    private static final long GROUP = 1L << 40;

    /** Reads the header, or gives null for a frame that is too short to have one. */
    public static Ethernet parse(byte[] frame) {
        if (frame.length < HEADER) {
            return null;
        }
        return new Ethernet(Octets.u48(frame, 0), Octets.u48(frame, 6), Octets.u16(frame, 12));
    }

    /** Writes the header at the start of {@code frame}. */
    public void emit(byte[] frame) {
        Octets.put48(frame, 0, destination);
        Octets.put48(frame, 6, source);
        Octets.put16(frame, 12, type);
    }

    /** Whether an address names a group of stations, broadcast among them (IEEE 802.3, 3.2.3). */
    public static boolean group(long address) {
        return (address & GROUP) != 0;
    }
}
