package org.terrarium.net.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.terrarium.net.wire.Checksum;
import org.terrarium.net.wire.Ethernet;
import org.terrarium.net.wire.Ipv4;
import org.terrarium.net.wire.Octets;
import org.terrarium.net.wire.Tcp;

/** Cutting of large frames: the pieces are what a guest without segmentation offload would have sent. */
class LargeFrameTest {
    private static final int GUEST = 0x0A00_020F;
    private static final int PEER = 0x0A00_0202;
    private static final long SEED = 7;

    private static byte[] payload(int length) {
        byte[] b = new byte[length];
        new Random(SEED).nextBytes(b);
        return b;
    }

    private static byte[] ipv4(int length, int flags) {
        int header = Ethernet.HEADER + Ipv4.HEADER + Tcp.HEADER;
        byte[] f = Arrays.copyOf(new byte[header], header + length);
        System.arraycopy(payload(length), 0, f, header, length);
        new Ethernet(1, 2, Ethernet.TYPE_IPV4).emit(f);
        new Tcp(80, 90, -1000, 5, flags, 100, 0, -1, header, length).emitWithoutChecksum(f);
        Ipv4.of(GUEST, PEER, Ipv4.PROTOCOL_TCP, Tcp.HEADER + length).emit(f);
        return f;
    }

    private static byte[] ipv6(int length) {
        int tcp = Ethernet.HEADER + 40;
        byte[] f = new byte[tcp + Tcp.HEADER + length];
        new Ethernet(1, 2, Ethernet.TYPE_IPV6).emit(f);
        f[14] = 0x60;
        f[20] = Ipv4.PROTOCOL_TCP;
        f[22] = 1;
        f[38] = 2;
        System.arraycopy(payload(length), 0, f, tcp + Tcp.HEADER, length);
        new Tcp(80, 90, 7, 5, Tcp.ACK, 100, 0, -1, tcp + Tcp.HEADER, length).emitWithoutChecksum(f);
        return f;
    }

    @Test
    void thePiecesCarryTheDataInOrderWithRightChecksums() {
        byte[] large = LargeFrame.of(ipv4(10_000, Tcp.ACK | Tcp.PSH | Tcp.FIN | 0x80), 10_054, 1448);
        assertTrue(LargeFrame.is(large));
        List<byte[]> frames = LargeFrame.cut(large);
        assertEquals(7, frames.size());
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        for (int k = 0; k < frames.size(); k++) {
            byte[] f = frames.get(k);
            Ipv4 ip = Ipv4.parse(f);
            assertNotNull(ip, "IP header of piece " + k);
            assertEquals(k, ip.identification());
            Tcp s = Tcp.parse(f, ip);
            assertNotNull(s, "TCP checksum of piece " + k);
            assertEquals(-1000 + 1448 * k, s.sequence());
            assertEquals(k == 6, s.has(Tcp.FIN) && s.has(Tcp.PSH), "flags of piece " + k);
            assertEquals(k == 0, s.has(0x80), "CWR in the first only, piece " + k);
            data.write(f, s.payloadAt(), s.payloadLength());
        }
        assertArrayEquals(payload(10_000), data.toByteArray());
    }

    @Test
    void aSegmentSizeFarBelowAFramesIsKept() {
        byte[] large = LargeFrame.of(ipv4(700, Tcp.ACK), 754, 300);
        assertTrue(LargeFrame.is(large), "it is still told apart from a frame");
        List<byte[]> frames = LargeFrame.cut(large);
        assertEquals(List.of(354, 354, 154), frames.stream().map(f -> f.length).toList());
    }

    @Test
    void versionSixIsCutToo() {
        byte[] f = ipv6(5000);
        byte[] large = LargeFrame.of(f, f.length, 1440);
        List<byte[]> frames = LargeFrame.cut(large);
        assertEquals(4, frames.size());
        for (byte[] piece : frames) {
            assertEquals(piece.length - 54, Octets.u16(piece, 18), "payload length");
            long sum = Checksum.pseudo6(piece, 22, 38, Ipv4.PROTOCOL_TCP, piece.length - 54);
            assertEquals(0xFFFF, Checksum.fold(Checksum.add(sum, piece, 54, piece.length - 54)), "checksum");
        }
    }

    @Test
    void whatIsNoTcpSegmentIsRefusedAndNoiseDoesNoHarm() {
        byte[] f = ipv4(3000, Tcp.ACK);
        assertNull(LargeFrame.of(f, f.length, 10), "a segment size that would make a flood");
        assertNull(LargeFrame.of(f, 40, 1448), "shorter than its headers");
        f[23] = 17;
        assertNull(LargeFrame.of(f, f.length, 1448), "not TCP");
        f[23] = 6;
        f[20] = 0x20;
        assertNull(LargeFrame.of(f, f.length, 1448), "a fragment");
        Random random = new Random(SEED);
        for (int n = 0; n < 20_000; n++) {
            byte[] noise = new byte[random.nextInt(54, 4000)];
            random.nextBytes(noise);
            noise[12] = 0x08;
            noise[13] = 0;
            noise[14] = (byte) (0x40 | random.nextInt(16));
            noise[20] = 0;
            noise[21] = 0;
            noise[23] = 6;
            byte[] large = LargeFrame.of(noise, noise.length, random.nextInt(64, 1501));
            if (large != null) {
                int payload = LargeFrame.octets(large) - LargeFrame.payloadAt(large);
                int got = LargeFrame.cut(large).stream()
                        .mapToInt(piece -> piece.length - LargeFrame.payloadAt(large))
                        .sum();
                assertEquals(payload, got, "seed " + SEED + ", case " + n);
            }
        }
    }
}
