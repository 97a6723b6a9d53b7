package org.terrarium.net.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Packets taken apart, built, cut short and damaged. */
class WireTest {
    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    @Test
    void checksumOfTheExampleInRfc1071() {
        // RFC 1071, 3: the sum of these is ddf2.
        byte[] example = hex("0001 f203 f4f5 f6f7");
        assertEquals(0xDDF2, Checksum.fold(Checksum.add(0, example, 0, 8)));
        assertEquals(0x220D, Checksum.of(Checksum.add(0, example, 0, 8)));
    }

    @Test
    void checksumIsThatOfPlainSixteenBitSumsWhateverTheLength() {
        Random random = new Random(3);
        for (int length = 0; length < 70; length++) {
            byte[] b = new byte[length + 3];
            random.nextBytes(b);
            long plain = 0;
            for (int k = 0; k < length; k++) {
                plain += (b[3 + k] & 0xFFL) << (k % 2 == 0 ? 8 : 0);
            }
            while (plain > 0xFFFF) {
                plain = (plain & 0xFFFF) + (plain >> 16);
            }
            assertEquals(plain, Checksum.fold(Checksum.add(0, b, 3, length)), "length " + length);
        }
    }

    /** A SYN as Linux sends it: MSS 1460, SACK permitted, timestamps, no-operation, window scale 7. */
    private static final byte[] LINUX_SYN = hex("020000000002 020000000001 0800"
            + "4500003c1c4640004006 0000 0a00020f 0a000202"
            + "c350 0050 00000001 00000000 a002 faf0 0000 0000"
            + "020405b4 0402 080a 00000001 00000000 01 030307");

    private static byte[] linuxSyn() {
        byte[] f = LINUX_SYN.clone();
        Octets.put16(f, 24, Checksum.of(Checksum.add(0, f, 14, 20)));
        long pseudo = Checksum.pseudo4(Octets.i32(f, 26), Octets.i32(f, 30), 6, 40);
        Octets.put16(f, 50, Checksum.of(Checksum.add(pseudo, f, 34, 40)));
        return f;
    }

    @Test
    void aSynOfLinuxIsUnderstood() {
        byte[] f = linuxSyn();
        Ipv4 ip = Ipv4.parse(f);
        assertEquals("10.0.2.15", Ip4.text(ip.source()));
        Tcp s = Tcp.parse(f, ip);
        assertEquals(new Tcp(50000, 80, 1, 0, Tcp.SYN, 0xFAF0, 1460, 7, f.length, 0), s);
    }

    @Test
    void everyDamagedOctetOfHeaderOrDataIsNoticed() {
        byte[] good = linuxSyn();
        for (int k = 14; k < good.length; k++) {
            byte[] f = good.clone();
            f[k] ^= 0x10;
            Ipv4 ip = Ipv4.parse(f);
            assertNull(ip == null ? null : Tcp.parse(f, ip), "octet " + k);
        }
    }

    @Test
    void everythingCutShortIsRefused() {
        byte[] good = linuxSyn();
        for (int length = 0; length < good.length; length++) {
            byte[] f = Arrays.copyOf(good, length);
            assertNull(Ipv4.parse(f), "length " + length);
        }
        byte[] arp = new Arp(Arp.REQUEST, 1, 2, 3, 4).frame(5);
        assertNotNull(Arp.parse(arp));
        assertEquals(new Arp(Arp.REQUEST, 1, 2, 3, 4), Arp.parse(arp));
        assertNull(Arp.parse(Arrays.copyOf(arp, 41)));
        byte[] dhcp = new Dhcp(1, 2, 0, 0, 0, 0, 0, 7, Map.of(53, new byte[] {1})).bytes();
        assertEquals(1, Dhcp.parse(dhcp, 0, dhcp.length).type());
        for (int length = 0; length < 243; length++) {
            Dhcp cut = Dhcp.parse(dhcp, 0, length);
            assertNull(length == 240 ? null : cut, "length " + length); // with 240 there are just no options
        }
        byte[] name = Dns.nameBytes("www.example.com");
        byte[] query = new byte[12 + name.length + 4];
        query[5] = 1;
        System.arraycopy(name, 0, query, 12, name.length);
        assertEquals("www.example.com", Dns.parse(query, 0, query.length).name());
        for (int length = 0; length < query.length; length++) {
            assertNull(Dns.parse(query, 0, length), "length " + length);
        }
    }

    @Test
    void optionsThatLieAboutTheirLengthAreRefused() {
        byte[] f = linuxSyn();
        for (int lie : new int[] {0, 1, 40, 255}) {
            f[34 + 21] = (byte) lie;
            assertNull(Tcp.parse(f, 34, 40), "MSS option of length " + lie);
        }
    }

    @Test
    void udpWithoutChecksumIsTakenAndZeroIsNeverSent() {
        byte[] d = Udp.datagram(1, 2, 3, 4, new byte[] {9});
        byte[] f = new byte[34 + d.length];
        System.arraycopy(d, 0, f, 34, d.length);
        Ipv4 ip = Ipv4.of(1, 3, 17, d.length);
        assertEquals(new Udp(2, 4, 42, 1), Udp.parse(f, ip));
        Octets.put16(f, 40, 0);
        assertNotNull(Udp.parse(f, ip));
        Octets.put16(f, 40, 1);
        assertNull(Udp.parse(f, ip));
        Octets.put16(f, 38, 7);
        assertNull(Udp.parse(f, ip), "a length shorter than the header");
        for (int k = 0; k < 0x10000; k++) {
            byte[] any = Udp.datagram(0, k, 0, 0, new byte[0]);
            assertEquals(false, Octets.u16(any, 6) == 0, "RFC 768: 0 means that there is none");
        }
    }

    @Test
    void unreachableQuotesTheHeaderAndEightOctets() {
        byte[] f = linuxSyn();
        byte[] m = Icmp.unreachable(Icmp.PORT_UNREACHABLE, f, Ipv4.parse(f));
        assertEquals(8 + 28, m.length);
        assertArrayEquals(Arrays.copyOfRange(f, 14, 42), Arrays.copyOfRange(m, 8, 36));
    }

    @Test
    void addressesAreReadAndWritten() {
        assertEquals("10.0.2.15", Ip4.text(Ip4.parse("10.0.2.15")));
        assertEquals("255.255.255.255", Ip4.text(-1));
        for (String bad : List.of("", "1.2.3", "1.2.3.4.5", "256.1.1.1", "a.b.c.d", "1..2.3")) {
            assertThrows(IllegalArgumentException.class, () -> Ip4.parse(bad), bad);
        }
    }
}
