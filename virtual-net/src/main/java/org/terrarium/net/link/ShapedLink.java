package org.terrarium.net.link;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * One direction of a link with its faults. Which frames suffer follows from the random numbers alone, so a seed repeats a run.
 */
public final class ShapedLink {
    private static final long SECOND = 1_000_000_000L;

    /** A link holds so much at most; like in any router, the rest is lost. */
    private static final int MAX_OCTETS = 4 << 20;

    /** How far a frame falls back that is overtaken, when the link has no latency to take it from. */
    private static final long OVERTAKEN_NANOS = 2_000_000;

    private record Frame(byte[] octets, long due, long number) {}

    private final PriorityQueue<Frame> underway =
            new PriorityQueue<>(Comparator.comparingLong(Frame::due).thenComparingLong(Frame::number));
    private final RandomGenerator random;
    private final Consumer<byte[]> output;
    private Shaping shaping;
    private long wireFree;
    private long lastDue;
    private long number;
    private int octets;
    private long lost;

    public ShapedLink(Shaping shaping, RandomGenerator random, Consumer<byte[]> output) {
        this.shaping = shaping;
        this.random = random;
        this.output = output;
    }

    /** Other faults from now on; frames underway arrive as they would have. */
    public void shape(Shaping value) {
        shaping = value;
    }

    public Shaping shaping() {
        return shaping;
    }

    /** A frame enters the link. */
    public void send(byte[] frame, long now) {
        boolean gone = chance(shaping.loss());
        int copies = chance(shaping.duplicate()) ? 2 : 1;
        if (gone || octets + copies * frame.length > MAX_OCTETS) {
            lost++;
            return;
        }
        long start = Math.max(now, wireFree);
        if (shaping.bitsPerSecond() > 0) {
            start += frame.length * 8 * SECOND / shaping.bitsPerSecond();
            wireFree = start;
        }
        for (int k = 0; k < copies; k++) {
            long due = start + shaping.latencyNanos();
            if (shaping.jitterNanos() > 0) {
                due += random.nextLong(shaping.jitterNanos() + 1);
            }
            if (chance(shaping.reorder())) {
                due += Math.max(OVERTAKEN_NANOS, shaping.latencyNanos() / 2);
            } else {
                due = Math.max(due, lastDue);
                lastDue = due;
            }
            octets += frame.length;
            underway.add(new Frame(frame, due, number++));
        }
        expire(now);
    }

    private boolean chance(double share) {
        return share > 0 && random.nextDouble() < share;
    }

    /** When the next frame arrives; {@code Long.MAX_VALUE} when none is underway. */
    public long deadline() {
        return underway.isEmpty() ? Long.MAX_VALUE : underway.peek().due();
    }

    /** Delivers what has arrived by now. */
    public void expire(long now) {
        while (!underway.isEmpty() && underway.peek().due() <= now) {
            Frame f = underway.remove();
            octets -= f.octets().length;
            output.accept(f.octets());
        }
    }

    /** Frames the link has lost so far. */
    public long lost() {
        return lost;
    }
}
