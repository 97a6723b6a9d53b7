package org.terrarium.net.nat;

import java.io.ByteArrayOutputStream;
import java.util.Random;
import org.terrarium.net.link.ShapedLink;
import org.terrarium.net.link.Shaping;
import org.terrarium.net.wire.Octets;
import org.terrarium.net.wire.Tcp;

/** Two ends of a connection with a bad link between them, in time that is counted. */
final class TcpPair {
    static final long MILLISECOND = 1_000_000;
    private static final int HEAD = 32;
    private static final int RING = 64 << 10;
    private static final RingMemory MEMORY = new RingMemory(1L << 40);

    /** One end and the program behind it, which sends what it is given and keeps what it gets. */
    static final class End implements TcpEndpoint.App {
        final ByteArrayOutputStream got = new ByteArrayOutputStream();
        TcpEndpoint tcp;
        byte[] toSend = {};
        int sent;
        long lastData;
        boolean finishAfter = true;
        boolean established;
        boolean finished;
        boolean closed;
        boolean reset;

        /** Octets the program takes at a time; 0 leaves everything in the window. */
        int appetite = Integer.MAX_VALUE;

        @Override
        public void established(long now) {
            established = true;
        }

        @Override
        public void received(long now) {
            // Taken in work(), as the gateway does at flush.
        }

        @Override
        public void drained(long now) {
            // The same.
        }

        @Override
        public void finished() {
            finished = true;
        }

        @Override
        public void closed(boolean wasReset, long now) {
            closed = true;
            reset = wasReset;
        }

        void work(long now) {
            if (!established || closed) {
                return;
            }
            int length = Math.min(toSend.length - sent, tcp.toSend().free());
            if (length > 0) {
                tcp.toSend().putAt(0, toSend, sent, length);
                tcp.toSend().commit(length);
                sent += length;
            }
            if (sent == toSend.length && finishAfter) {
                tcp.finish();
            }
            int taken = Math.min(appetite, tcp.received().size());
            byte[] data = new byte[taken];
            tcp.received().copy(0, data, 0, taken);
            tcp.received().skip(taken);
            lastData = taken > 0 ? now : lastData;
            got.writeBytes(data);
            tcp.consumed();
            tcp.flush(now);
        }
    }

    final End a = new End();
    final End b = new End();
    final ShapedLink ab;
    final ShapedLink ba;
    long now;
    int segments;

    TcpPair(Shaping shaping, long seed, int isnA, int isnB) {
        Random random = new Random(seed);
        ab = new ShapedLink(shaping, random, f -> arrive(b, f));
        ba = new ShapedLink(shaping, random, f -> arrive(a, f));
        // Half of the seeds with large frames, which this link carries as they are.
        int burst = (seed & 1) == 0 ? 0 : 10 * 1460;
        a.tcp = new TcpEndpoint(output(ab), a, isnA, 1460, RING, MEMORY, burst);
        b.tcp = new TcpEndpoint(output(ba), b, isnB, 1460, RING, MEMORY, burst);
    }

    private TcpEndpoint.Output output(ShapedLink link) {
        return (sequence, acknowledgment, flags, window, mss, scale, data, offset, length) -> {
            byte[] f = new byte[HEAD + length];
            int[] words = {sequence, acknowledgment, flags, window, mss, scale};
            for (int k = 0; k < words.length; k++) {
                Octets.put32(f, 4 * k, words[k]);
            }
            data.copy(offset, f, HEAD, length);
            segments++;
            link.send(f, now);
        };
    }

    static Tcp segment(byte[] f) {
        return new Tcp(
                1,
                2,
                Octets.i32(f, 0),
                Octets.i32(f, 4),
                Octets.i32(f, 8),
                Octets.i32(f, 12),
                Octets.i32(f, 16),
                Octets.i32(f, 20),
                HEAD,
                f.length - HEAD);
    }

    private boolean answered;

    private void arrive(End end, byte[] frame) {
        Tcp s = segment(frame);
        if (end == b && !answered && s.has(Tcp.SYN)) {
            answered = true;
            b.tcp.answer(s, now);
        } else if (end == a || answered) {
            end.tcp.receive(s, frame, now);
        }
    }

    /** Lets time pass until nothing is left to do, or {@code until}. */
    void run(long until) {
        while (now <= until) {
            a.work(now);
            b.work(now);
            ab.expire(now);
            ba.expire(now);
            a.work(now);
            b.work(now);
            long next = Math.min(Math.min(ab.deadline(), ba.deadline()), Math.min(a.tcp.deadline(), deadlineOfB()));
            if (next == Long.MAX_VALUE || a.closed && b.closed) {
                return;
            }
            if (next > until) {
                now = until;
                return;
            }
            now = Math.max(now + 1, next);
            if (a.tcp.deadline() <= now) {
                a.tcp.expire(now);
            }
            if (deadlineOfB() <= now) {
                b.tcp.expire(now);
            }
        }
    }

    private long deadlineOfB() {
        return answered ? b.tcp.deadline() : Long.MAX_VALUE;
    }
}
