package org.terrarium.vm.device.nic;

import org.terrarium.net.wire.Ethernet;
import org.terrarium.net.wire.Ipv4;
import org.terrarium.net.wire.Octets;
import org.terrarium.net.wire.Tcp;
import org.terrarium.net.wire.Udp;

/** What cards say about the checksums of a frame that has come: right, or not looked at; a wrong one is left for the system. */
public final class ReceivedChecksum {
    private ReceivedChecksum() {}

    /** The IPv4 packet in a frame whose header checksum is right, or null. */
    public static Ipv4 packet(byte[] frame) {
        boolean ipv4 = frame.length >= Ethernet.HEADER && Octets.u16(frame, 12) == Ethernet.TYPE_IPV4;
        return ipv4 ? Ipv4.parse(frame) : null;
    }

    /** Whether it carries a whole TCP segment or UDP datagram whose checksum is right. */
    public static boolean right(byte[] frame, Ipv4 ip) {
        return ip != null
                && !ip.fragment()
                && (ip.protocol() == Ipv4.PROTOCOL_TCP && Tcp.parse(frame, ip) != null
                        || ip.protocol() == Ipv4.PROTOCOL_UDP && Udp.parse(frame, ip) != null);
    }
}
