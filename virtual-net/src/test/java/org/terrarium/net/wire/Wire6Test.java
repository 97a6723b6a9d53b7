package org.terrarium.net.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Packets of IPv6: built, read, cut short, damaged. */
class Wire6Test {
    private static final IpAddress A = IpAddress.parse6("fe80::1:2");
    private static final IpAddress B = IpAddress.parse6("fd00::a:b:c:d");

    private static byte[] frame(int next, byte[] payload) {
        return frame(B, next, payload);
    }

    private static byte[] frame(IpAddress to, int next, byte[] payload) {
        byte[] f = new byte[54 + payload.length];
        new Ethernet(1, 2, Ethernet.TYPE_IPV6).emit(f);
        System.arraycopy(payload, 0, f, 54, payload.length);
        Ipv6.emit(f, A, to, next, payload.length, 64);
        return f;
    }

    @Test
    void addressesAreWrittenAsJavaReadsThem() throws UnknownHostException {
        Random random = new Random(3);
        for (int n = 0; n < 2000; n++) {
            long mask = random.nextLong() & random.nextLong();
            IpAddress a = new IpAddress(random.nextLong() & mask, random.nextLong() & ~mask);
            if (!a.isV4()) {
                assertEquals(a, IpAddress.of(InetAddress.getByName(a.text())), a.text());
                assertEquals(a, IpAddress.parse6(a.text()), a.text());
            }
        }
        List<String> usual = List.of("::", "::1", "fe80::2", "2001:db8:0:1:1:1:1:1", "2001:0:0:1::1", "1::", "fd00::");
        for (String text : usual) { // RFC 5952, 4.2
            assertEquals(text, IpAddress.parse6(text).text());
        }
        for (String bad :
                List.of("", ":", ":::", "1:2", "1:2:3:4:5:6:7:8:9", "1::2::3", "g::", "12345::", "::1.2.3.4")) {
            String said = assertThrows(IllegalArgumentException.class, () -> IpAddress.parse6(bad), bad)
                    .getMessage();
            assertTrue(said.contains("IPv6 address"), said);
        }
    }

    @Test
    void extensionHeadersAreSteppedOver() {
        byte[] udp = Udp.datagram(A, 5, B, 6, new byte[] {1, 2, 3});
        byte[] payload = new byte[8 + 16 + udp.length];
        payload[0] = 60; // hop by hop, then destination options of 16 octets, then UDP
        payload[8] = 17;
        payload[9] = 1;
        System.arraycopy(udp, 0, payload, 24, udp.length);
        byte[] f = frame(0, payload);
        Ipv6 ip = Ipv6.parse(f);
        assertEquals(17, ip.protocol());
        Udp u = Udp.parse(f, ip);
        assertEquals(new Udp(5, 6, f.length - 3, 3), u);
        for (int length = 0; length < f.length; length++) {
            assertNull(Ipv6.parse(Arrays.copyOf(f, length)), "length " + length);
        }
        byte[] lying = f.clone();
        lying[54 + 9] = (byte) 200;
        assertNull(Ipv6.parse(lying), "an extension header longer than the packet");
        byte[] routed = new byte[8 + udp.length];
        routed[0] = 17;
        routed[3] = 1;
        assertNull(Ipv6.parse(frame(43, routed)), "a routing header with segments left");
    }

    @Test
    void fragmentsAreReadAsWritten() {
        byte[] f = frame(44, new byte[108]);
        Ipv6 piece = new Ipv6(A, B, 17, 64, true, 0x12345678, true, 800, 62, 100);
        piece.emitFragment(f);
        assertEquals(piece, Ipv6.parse(f));
    }

    @Test
    void aDatagramOfIpv6HasAChecksum() {
        byte[] udp = Udp.datagram(A, 5, B, 6, new byte[] {1, 2, 3});
        assertNotNull(Udp.parse(frame(17, udp), Ipv6.parse(frame(17, udp))));
        Octets.put16(udp, 6, 0);
        byte[] f = frame(17, udp);
        assertNull(Udp.parse(f, Ipv6.parse(f)), "RFC 8200, 8.1");
    }

    @Test
    void everyDamagedOctetOfAMessageIsNoticed() {
        byte[] m = Neighbor.solicitation(B, A, 0x0200_0000_0001L);
        byte[] good = frame(B.solicitedNode(), 58, m);
        Octets.put8(good, 21, 255);
        Ipv6 ip = Ipv6.parse(good);
        assertEquals(new Neighbor(false, B, 0x0200_0000_0001L), Neighbor.parse(good, ip, Icmp6.parse(good, ip)));
        for (int k = 54; k < good.length; k++) {
            byte[] f = good.clone();
            f[k] ^= 0x10;
            assertNull(Icmp6.parse(f, Ipv6.parse(f)), "octet " + k);
        }
        Octets.put8(good, 21, 254);
        ip = Ipv6.parse(good);
        assertNull(Neighbor.parse(good, ip, Icmp6.parse(good, ip)), "it has passed a router");
    }

    @Test
    void questionsForConfigurationAreReadOrRefused() {
        byte[] q = {Dhcp6.INFORMATION_REQUEST, 1, 2, 3, 0, 1, 0, 2, 9, 8, 0, 6, 0, 4, 0, 23, 0, 24};
        Dhcp6 m = Dhcp6.parse(q, 0, q.length);
        assertEquals("11 66051 [9, 8]", m.type() + " " + m.transaction() + " " + Arrays.toString(m.client()));
        for (int length = 0; length < q.length; length++) {
            boolean whole = length == 4 || length == 10; // then just some options are missing
            assertEquals(whole, Dhcp6.parse(q, 0, length) != null, "length " + length);
        }
    }
}
