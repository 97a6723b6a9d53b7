package org.terrarium.net.nat;

import org.terrarium.net.wire.Tcp;

/**
 * The sending half of a connection: what is on its way, what waits, and when to send it again (RFC 9293, 3.8; congestion
 * control by RFC 5681 with NewReno's recovery, RFC 6582; timer by RFC 6298). Names of the RFCs: una, nxt, cwnd and so on.
 */
final class TcpSender {
    static final long NEVER = Long.MAX_VALUE;

    private static final int INITIAL_SEGMENTS = 10; // RFC 6928
    private static final int DUPLICATES = 3;
    private static final int MAX_TIMEOUTS = 12;

    /** Puts a segment with data from the ring on the wire; acknowledgment and window are added there. */
    interface Wire {
        void segment(int sequence, int flags, int offset, int length);
    }

    final ByteRing data;
    private final RetransmissionTimer timer = new RetransmissionTimer();
    private final Wire wire;
    private final int maxCwnd;
    private final int burst;
    private int mss;
    private int una;
    private int nxt;
    private int max;
    private int window;
    private int windowSequence;
    private int windowAcknowledgment;
    private int maxWindow;
    private int cwnd;
    private int ssthresh;
    private int duplicates;
    private boolean recovering;
    private int recover;
    private boolean synOutstanding = true;
    private boolean finWanted;
    private boolean finAcknowledged;
    private boolean timing;
    private int timedSequence;
    private long timedAt;
    private long retransmitAt = NEVER;
    private long persistAt = NEVER;
    private int timeouts;
    private long retransmissions;

    /** @param burst how much data is put into one segment at most, to be cut further on; 0 for no more than the peer takes */
    TcpSender(ByteRing data, int initialSequence, int mss, int burst, Wire wire) {
        this.data = data;
        this.burst = burst;
        this.mss = mss;
        this.wire = wire;
        maxCwnd = 2 * data.limit();
        una = initialSequence;
        nxt = initialSequence + 1;
        max = nxt;
        recover = initialSequence;
    }

    /** A SYN has been sent: wait for its acknowledgment. */
    void synSent(long now) {
        if (!timing && timeouts == 0) {
            timing = true;
            timedSequence = nxt;
            timedAt = now;
        }
        retransmitAt = now + timer.timeout();
    }

    /** The peer has acknowledged the SYN and said how large its segments may be. */
    void established(int agreedMss, int peerSequence, int acknowledgment, int firstWindow, long now) {
        mss = agreedMss;
        cwnd = INITIAL_SEGMENTS * mss;
        ssthresh = maxCwnd;
        synOutstanding = false;
        sample(acknowledgment, now);
        una = acknowledgment;
        retransmitAt = NEVER;
        timeouts = 0;
        timer.progress();
        setWindow(peerSequence, acknowledgment, firstWindow);
    }

    boolean synOutstanding() {
        return synOutstanding;
    }

    /** After what is in the ring now, no more data will come. */
    void finish() {
        finWanted = true;
    }

    boolean finishing() {
        return finWanted;
    }

    boolean finAcknowledged() {
        return finAcknowledged;
    }

    /** Whether the acknowledgment is of something sent (RFC 9293, 3.10.7.4). */
    boolean plausible(int acknowledgment) {
        return acknowledgment - max <= 0;
    }

    /** The number after everything sent so far. */
    int next() {
        return max;
    }

    int flight() {
        return max - una;
    }

    int congestionWindow() {
        return cwnd;
    }

    long retransmissions() {
        return retransmissions;
    }

    /**
     * Takes in an acknowledgment and the window that came with it.
     *
     * @param bare whether the segment had neither data nor FIN, so that it may be a duplicate acknowledgment (RFC 5681, 2)
     */
    void acknowledged(int sequence, int acknowledgment, int newWindow, boolean bare, long now) {
        int acked = acknowledgment - una;
        if (acked > 0) {
            advance(acknowledgment, acked, now);
        } else if (acked == 0 && bare && newWindow == window && window > 0 && nxt != una) {
            duplicate();
        }
        boolean newer = sequence - windowSequence > 0
                || sequence == windowSequence && acknowledgment - windowAcknowledgment >= 0;
        if (newer) {
            setWindow(sequence, acknowledgment, newWindow);
        }
    }

    private void setWindow(int sequence, int acknowledgment, int newWindow) {
        windowSequence = sequence;
        windowAcknowledgment = acknowledgment;
        window = newWindow;
        maxWindow = Math.max(maxWindow, newWindow);
        if (newWindow > 0) {
            persistAt = NEVER;
        }
    }

    private void advance(int acknowledgment, int acked, long now) {
        sample(acknowledgment, now);
        finAcknowledged |= acked > data.size();
        data.skip(Math.min(acked, data.size()));
        una = acknowledgment;
        if (nxt - una < 0) {
            nxt = una;
        }
        timeouts = 0;
        timer.progress();
        duplicates = 0;
        if (recovering) {
            recovered(acked);
        } else {
            grow(acked);
        }
        retransmitAt = flight() == 0 ? NEVER : now + timer.timeout();
    }

    /** Slow start, then congestion avoidance (RFC 5681, 3.1). */
    private void grow(int acked) {
        recover = una - recover > 0 ? una : recover; // so that the numbers never get too far apart to be compared
        if (cwnd < ssthresh) {
            cwnd = Math.min(maxCwnd, cwnd + acked);
        } else {
            cwnd = Math.min(maxCwnd, cwnd + Math.max(1, (int) ((long) mss * acked / cwnd)));
        }
    }

    /** New data was acknowledged during fast recovery (RFC 6582, 3.2, steps 3 to 5). */
    private void recovered(int acked) {
        if (una - recover >= 0) {
            recovering = false;
            cwnd = Math.min(ssthresh, Math.max(flight(), mss) + mss);
        } else {
            sendFirst();
            cwnd = Math.max(mss, cwnd - acked) + (acked >= mss ? mss : 0);
        }
    }

    private void duplicate() {
        duplicates++;
        if (recovering) {
            cwnd = Math.min(maxCwnd, cwnd + mss);
        } else if (duplicates == DUPLICATES && una - recover >= 0) {
            ssthresh = Math.max(flight() / 2, 2 * mss);
            recovering = true;
            recover = max;
            sendFirst();
            cwnd = ssthresh + DUPLICATES * mss;
        }
    }

    private void sample(int acknowledgment, long now) {
        if (timing && acknowledgment - timedSequence >= 0) {
            timing = false;
            timer.sample(Math.max(1, now - timedAt));
        }
    }

    /** Sends the first segment that is not acknowledged once more. */
    private void sendFirst() {
        timing = false; // Karn: an acknowledgment could be of either copy
        retransmissions++;
        int length = Math.min(mss, data.size());
        boolean fin = finWanted && length == data.size() && max - una > data.size();
        wire.segment(una, fin ? Tcp.FIN : 0, 0, length);
    }

    /** Sends what the windows allow. */
    void output(long now) {
        if (synOutstanding || finAcknowledged) {
            return;
        }
        int usable = Math.min(window, cwnd);
        while (true) {
            int offset = nxt - una;
            int waiting = data.size() - offset;
            int length = Math.max(0, Math.min(Math.min(waiting, Math.max(mss, burst)), usable - offset));
            // All that the segment will be cut into but the last piece is full.
            length = length > mss && length < waiting ? length - length % mss : length;
            boolean last = length == waiting;
            boolean fin = last && finWanted;
            if (waiting < 0 || length == 0 && !fin || !last && length < mss && !worthSending(offset, length)) {
                break;
            }
            send(fin, last, offset, length, now);
        }
        boolean stuck = nxt == una && data.size() > 0;
        if (!stuck) {
            persistAt = NEVER;
        } else if (persistAt == NEVER) {
            persistAt = now + timer.timeout();
            retransmitAt = NEVER; // a closed window is no loss, however long it lasts
        }
    }

    /** A segment cut short by the window only goes out alone and when it fills much of it (RFC 9293, 3.8.6.2.1). */
    private boolean worthSending(int offset, int length) {
        return offset == 0 && 2L * length >= maxWindow;
    }

    private void send(boolean fin, boolean last, int offset, int length, long now) {
        int sequence = nxt;
        nxt += length + (fin ? 1 : 0);
        if (nxt - max > 0) {
            max = nxt;
            if (!timing) {
                timing = true;
                timedSequence = nxt;
                timedAt = now;
            }
        } else {
            retransmissions++;
        }
        if (retransmitAt == NEVER) {
            retransmitAt = now + timer.timeout();
        }
        wire.segment(sequence, (fin ? Tcp.FIN : 0) | (last && length > 0 ? Tcp.PSH : 0), offset, length);
    }

    long deadline() {
        return Math.min(retransmitAt, persistAt);
    }

    /**
     * Does what has come due. False when the peer has been silent for too long (RFC 9293, 3.8.3).
     *
     * @param resendSyn sends the SYN again
     */
    boolean expire(long now, Runnable resendSyn) {
        if (now >= persistAt) {
            timer.backOff();
            persistAt = now + timer.timeout();
            // A window probe (3.8.6.1), or what fits into a window that stays small (3.8.6.2.1, the override).
            int length = Math.min(Math.clamp(window, 1, mss), data.size());
            wire.segment(una, 0, 0, length);
            max = max - una < length ? una + length : max;
        }
        if (now < retransmitAt) {
            return true;
        }
        if (++timeouts > MAX_TIMEOUTS) {
            return false;
        }
        timing = false;
        timer.backOff();
        retransmitAt = now + timer.timeout();
        if (synOutstanding) {
            resendSyn.run();
            return true;
        }
        // RFC 5681, 3.1: start again with one segment; everything is sent again as acknowledgments come in.
        ssthresh = Math.max(flight() / 2, 2 * mss);
        cwnd = mss;
        recovering = false;
        recover = max;
        duplicates = 0;
        nxt = una;
        output(now);
        return true;
    }
}
