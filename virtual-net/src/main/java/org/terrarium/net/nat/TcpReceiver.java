package org.terrarium.net.nat;

import org.terrarium.net.wire.Ethernet;

/** The receiving half of a connection: puts data in order and says how much more may come (RFC 9293, 3.8.6). */
final class TcpReceiver {
    /** Pieces that came out of order and are kept until the gap before them is filled; more are dropped and sent again. */
    private static final int MAX_PIECES = 32;

    final ByteRing data;
    private final int scale;
    private int next;
    private int edge;
    private int[] starts = {};
    private int[] ends = {};
    private int pieces;
    private boolean finKnown;
    private int finAt;
    private boolean finished;

    /** @param scale what the window in a header is multiplied with, as a power of two */
    TcpReceiver(ByteRing data, int initialSequence, int scale) {
        this.data = data;
        this.scale = scale;
        next = initialSequence + 1;
        edge = next;
    }

    /** RCV.NXT: what the peer should send next. */
    int next() {
        return next;
    }

    /** Everything up to the peer's FIN has come. */
    boolean finished() {
        return finished;
    }

    /** How far the window that the peer knows reaches beyond {@link #next}. */
    int openWindow() {
        return edge - next;
    }

    boolean outOfOrder() {
        return pieces > 0;
    }

    /** Whether a window could be offered that is worth a segment (RFC 9293, 3.8.6.2.2). */
    boolean worthAnUpdate(int mss) {
        return !finished && next + data.free() - edge >= Math.min(data.capacity() / 2, 4 * mss);
    }

    /** The window to put into a header; the peer then knows it. The edge never goes back. */
    int offer(int unscaledMax) {
        int room = Math.min(data.free(), unscaledMax << scale) >> scale << scale;
        if (next + room - edge >= Math.min(data.capacity() / 2, Ethernet.MTU)) {
            edge = next + room;
        }
        return edge - next >> scale;
    }

    /**
     * Takes in a segment's data.
     *
     * @return whether everything in it was new and in order, so that acknowledging it can wait a moment
     */
    boolean accept(int sequence, byte[] from, int at, int length, boolean fin) {
        int skipped = Math.clamp(next - sequence, 0, Math.max(0, length));
        int start = sequence + skipped;
        int kept = length - skipped;
        // What was offered while there was memory may have to be sent again when there is none.
        int room = next + data.free();
        int last = room - edge < 0 ? room : edge;
        boolean cut = start + kept - last > 0;
        if (cut) {
            kept = Math.max(0, last - start);
        }
        if (start - next < 0) {
            return false; // wholly old
        }
        if (fin && !cut && !finKnown) {
            finKnown = true;
            finAt = start + kept;
        }
        boolean ordered = start == next && pieces == 0 && skipped == 0 && !cut;
        if (kept > 0 && !finished) {
            if (start == next) {
                data.putAt(0, from, at + skipped, kept);
                advance(start + kept);
            } else if (keep(start, start + kept)) {
                data.putAt(start - next, from, at + skipped, kept);
            }
        }
        if (finKnown && next == finAt && !finished) {
            finished = true;
            next++;
            edge = edge - next < 0 ? next : edge;
        }
        return ordered;
    }

    private void advance(int to) {
        int reached = to;
        for (int k = 0; k < pieces; ) {
            if (starts[k] - reached <= 0) {
                reached = ends[k] - reached > 0 ? ends[k] : reached;
                remove(k);
                k = 0; // another piece may touch now
            } else {
                k++;
            }
        }
        data.commit(reached - next);
        next = reached;
    }

    private boolean keep(int from, int to) {
        int start = from;
        int end = to;
        for (int k = 0; k < pieces; ) {
            if (starts[k] - end <= 0 && start - ends[k] <= 0) {
                start = starts[k] - start < 0 ? starts[k] : start;
                end = ends[k] - end > 0 ? ends[k] : end;
                remove(k);
                k = 0;
            } else {
                k++;
            }
        }
        if (pieces == MAX_PIECES) {
            return false;
        }
        if (starts.length == 0) {
            starts = new int[MAX_PIECES];
            ends = new int[MAX_PIECES];
        }
        starts[pieces] = start;
        ends[pieces++] = end;
        return true;
    }

    private void remove(int k) {
        pieces--;
        starts[k] = starts[pieces];
        ends[k] = ends[pieces];
    }
}
