package org.terrarium.net.nat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.terrarium.net.link.Shaping;
import org.terrarium.net.nat.TcpEndpoint.State;

/** TCP between two of our ends over links with faults, in counted time: whatever the link does, the data arrives. */
class TcpEndpointTest {
    private static final long SEED = Long.getLong("terrarium.seed", 20_260_101L);
    private static final long MILLISECOND = TcpPair.MILLISECOND;
    private static final long HOUR = 3600_000L * MILLISECOND;

    private static byte[] data(int length, long seed) {
        byte[] b = new byte[length];
        new Random(seed).nextBytes(b);
        return b;
    }

    private static void transfers(Shaping shaping, int length, long seed) {
        // Numbers just below 2^32 and 2^31, so that they wrap round in the midst of it (RFC 9293, 3.4).
        TcpPair p = new TcpPair(shaping, seed, -50_000, Integer.MAX_VALUE - 50_000);
        p.a.toSend = data(length, seed + 1);
        p.b.toSend = data(length / 2, seed + 2);
        p.a.tcp.connect(0);
        p.run(10 * HOUR);
        String what = shaping + " (seed " + seed + ")";
        assertArrayEquals(p.a.toSend, p.b.got.toByteArray(), "from a to b, " + what);
        assertArrayEquals(p.b.toSend, p.a.got.toByteArray(), "from b to a, " + what);
        assertTrue(p.a.closed && p.b.closed, "both ends are closed, " + what);
        // Where segments get lost, the last acknowledgment may: then one end gives up after its data has arrived.
        assertTrue(shaping.loss() > 0 || !p.a.reset && !p.b.reset, "by FIN and not by reset, " + what);
    }

    @Test
    void aPerfectLinkNeedsNoRetransmission() {
        TcpPair p = new TcpPair(new Shaping(MILLISECOND, 0, 0, 0, 0, 0), SEED, 1, 2);
        p.a.toSend = data(1 << 20, SEED);
        p.a.tcp.connect(0);
        p.run(HOUR);
        assertArrayEquals(p.a.toSend, p.b.got.toByteArray());
        assertEquals(0, p.a.tcp.retransmissions() + p.b.tcp.retransmissions(), "retransmissions");
    }

    @Test
    void everyFaultAloneAndAllTogetherDeliverTheData() {
        Shaping[] links = {
            new Shaping(0, 0, 0, 0, 0, 0),
            new Shaping(50 * MILLISECOND, 0, 0.05, 0, 0, 0),
            new Shaping(10 * MILLISECOND, 0, 0, 0.3, 0, 0),
            new Shaping(10 * MILLISECOND, 0, 0, 0, 0.3, 0),
            new Shaping(20 * MILLISECOND, 30 * MILLISECOND, 0, 0, 0, 0),
            new Shaping(5 * MILLISECOND, 0, 0, 0, 0, 1_000_000),
            new Shaping(20 * MILLISECOND, 10 * MILLISECOND, 0.1, 0.1, 0.1, 10_000_000),
            new Shaping(2 * MILLISECOND, 0, 0.3, 0.1, 0.2, 0),
        };
        for (Shaping link : links) {
            transfers(link, 400_000, SEED);
        }
    }

    @Test
    void manySeedsOfABadLinkDeliverTheData() {
        Random seeds = new Random(SEED);
        for (int k = 0; k < 150; k++) {
            long seed = seeds.nextLong();
            Random r = new Random(seed);
            transfers(
                    new Shaping(
                            r.nextLong(60 * MILLISECOND),
                            r.nextLong(20 * MILLISECOND),
                            r.nextDouble() * 0.25,
                            r.nextDouble() * 0.3,
                            r.nextDouble() * 0.4,
                            r.nextBoolean() ? 0 : 1_000_000 + r.nextInt(50_000_000)),
                    r.nextInt(120_000),
                    seed);
        }
    }

    @Test
    void lossIsMadeGoodByFastRetransmissionNotByWaiting() {
        TcpPair p = new TcpPair(new Shaping(5 * MILLISECOND, 0, 0.01, 0, 0, 0), SEED, 7, 8);
        p.a.toSend = data(4 << 20, SEED);
        p.a.tcp.connect(0);
        p.run(HOUR);
        assertArrayEquals(p.a.toSend, p.b.got.toByteArray());
        // 64 KiB in 10 ms round trips would take 0.65 s. Waiting for a timer at each of some 30 losses would take 6 s
        // more.
        long took = p.b.lastData / MILLISECOND;
        assertTrue(took < 5_000, "took " + took + " ms (seed " + SEED + ")");
    }

    @Test
    void aReaderThatStopsClosesTheWindowAndProbesFindItOpenAgain() {
        TcpPair p = new TcpPair(new Shaping(MILLISECOND, 0, 0, 0, 0, 0), SEED, 3, 4);
        p.a.toSend = data(500_000, SEED);
        p.b.appetite = 0;
        p.a.tcp.connect(0);
        p.run(600_000 * MILLISECOND);
        assertFalse(p.a.closed, "ten minutes of a closed window are no reason to give up (RFC 9293, 3.8.6.1)");
        assertTrue(p.segments < 400, "a closed window is probed, not flooded: " + p.segments + " segments");
        p.b.appetite = Integer.MAX_VALUE;
        p.run(HOUR);
        assertArrayEquals(p.a.toSend, p.b.got.toByteArray());
    }

    @Test
    void halfClosedConnectionStillCarriesDataTheOtherWay() {
        TcpPair p = new TcpPair(new Shaping(MILLISECOND, 0, 0, 0, 0, 0), SEED, 3, 4);
        p.b.finishAfter = false;
        p.a.tcp.connect(0);
        p.run(100 * MILLISECOND);
        assertEquals(State.FIN_WAIT_2, p.a.tcp.state());
        assertEquals(State.CLOSE_WAIT, p.b.tcp.state());
        p.b.toSend = data(300_000, SEED);
        p.b.finishAfter = true;
        p.run(HOUR);
        assertArrayEquals(p.b.toSend, p.a.got.toByteArray());
        assertTrue(p.a.closed && p.b.closed && !p.a.reset && !p.b.reset);
    }

    @Test
    void aDeadPeerIsGivenUpAfterRetransmissionsAndASilentOneAfterKeepalives() {
        TcpPair p = new TcpPair(new Shaping(MILLISECOND, 0, 0, 0, 0, 0), SEED, 3, 4);
        p.a.finishAfter = false;
        p.b.finishAfter = false;
        p.a.tcp.connect(0);
        p.run(100 * MILLISECOND);
        assertEquals(State.ESTABLISHED, p.a.tcp.state());
        p.run(5 * HOUR);
        assertEquals(State.ESTABLISHED, p.a.tcp.state(), "keep-alive probes are answered");
        p.ab.shape(new Shaping(0, 0, 1, 0, 0, 0));
        p.run(9 * HOUR);
        assertTrue(p.a.closed, "nobody answers any more");
    }

    @Test
    void acknowledgmentsTravelWithAnswersAndDoNotWaitWhereNoneCome() {
        TcpPair p = new TcpPair(Shaping.NONE, 0, 1, 2);
        p.a.finishAfter = false;
        p.b.finishAfter = false;
        p.a.tcp.connect(0);
        p.run(MILLISECOND);
        int before = p.segments;
        for (int n = 1; n <= 50; n++) {
            p.a.toSend = new byte[n];
            p.run(p.now + MILLISECOND);
            p.b.toSend = new byte[n];
            p.run(p.now + MILLISECOND);
            assertEquals(n, p.a.got.size(), "answers");
        }
        assertTrue(
                p.segments - before <= 102,
                "2 segments for each question and its answer, not " + (p.segments - before));
        p.run(p.now + 100 * MILLISECOND);
        before = p.segments;
        p.a.toSend = new byte[51];
        p.run(p.now + MILLISECOND);
        assertEquals(1, p.segments - before, "the acknowledgment waits for an answer");
        p.run(p.now + 10 * MILLISECOND);
        assertEquals(2, p.segments - before, "but not for long");
        p.a.toSend = new byte[52];
        p.run(p.now + MILLISECOND);
        assertEquals(4, p.segments - before, "and not at all the next time");
    }

    @Test
    void anAbortResetsThePeer() {
        TcpPair p = new TcpPair(new Shaping(MILLISECOND, 0, 0, 0, 0, 0), SEED, 3, 4);
        p.a.finishAfter = false;
        p.b.finishAfter = false;
        p.a.tcp.connect(0);
        p.run(100 * MILLISECOND);
        p.a.tcp.abort(p.now);
        p.run(p.now + 100 * MILLISECOND);
        assertTrue(p.b.closed && p.b.reset);
    }

    @Test
    void ringKeepsOrderWhileItGrowsAndWraps() {
        Random random = new Random(SEED);
        ByteRing ring = new ByteRing(1 << 14, new RingMemory(1 << 20));
        int in = 0;
        int out = 0;
        for (int k = 0; k < 20_000; k++) {
            byte[] piece = new byte[random.nextInt(Math.min(ring.free(), 700) + 1)];
            for (int n = 0; n < piece.length; n++) {
                piece[n] = (byte) (in++ * 31 >> 3);
            }
            ring.putAt(0, piece, 0, piece.length);
            ring.commit(piece.length);
            byte[] taken = new byte[random.nextInt(ring.size() + 1)];
            ring.copy(0, taken, 0, taken.length);
            ring.skip(taken.length);
            byte[] expected = new byte[taken.length];
            for (int n = 0; n < taken.length; n++) {
                expected[n] = (byte) (out++ * 31 >> 3);
            }
            assertTrue(Arrays.equals(expected, taken), "round " + k + " (seed " + SEED + ")");
            if (random.nextInt(50) == 0) {
                ring.release();
            }
        }
    }

    @Test
    void connectionsShareTheMemoryAndEachGetsOn() {
        RingMemory memory = new RingMemory(1 << 20);
        ByteRing[] rings = new ByteRing[1000];
        byte[] full = new byte[1 << 16];
        for (int n = 0; n < rings.length; n++) {
            rings[n] = new ByteRing(1 << 16, memory);
            int room = rings[n].free();
            assertTrue(room >= RingMemory.LEAST, "ring " + n + " may have " + room);
            rings[n].putAt(0, full, 0, room);
            rings[n].commit(room);
        }
        long most = (1 << 20) + (long) rings.length * RingMemory.LEAST;
        assertTrue(memory.used() <= most, memory.used() + " octets");
        assertTrue(memory.scarce());
        assertTrue(rings[0].capacity() > rings[999].capacity(), "the first had more");
        rings[0].skip(rings[0].size() - 5);
        rings[0].release();
        assertEquals(5, rings[0].size(), "what is in it stays");
        assertEquals(RingMemory.LEAST, rings[0].capacity());
        for (ByteRing r : rings) {
            r.drop();
        }
        assertEquals(0, memory.used());
        assertEquals(1 << 16, rings[999].free());
    }

    @Test
    void dataThatFindsNoMemoryIsSentAgain() {
        RingMemory memory = new RingMemory(1 << 20);
        ByteRing ring = new ByteRing(1 << 16, memory);
        TcpReceiver receiver = new TcpReceiver(ring, 0, 0);
        assertEquals(1 << 15, receiver.offer(1 << 15));
        memory.changed(1 << 20); // others have taken everything since
        byte[] data = data(10_000, 3);
        assertFalse(receiver.accept(1, data, 0, 10_000, false), "not all of it was taken");
        assertEquals(1 + RingMemory.LEAST, receiver.next());
        memory.changed(-(1 << 20));
        assertTrue(receiver.accept(receiver.next(), data, RingMemory.LEAST, 10_000 - RingMemory.LEAST, false));
        byte[] got = new byte[10_000];
        ring.copy(0, got, 0, got.length);
        assertArrayEquals(data, got);
    }
}
