package org.terrarium.net.nat;

import org.terrarium.net.wire.Tcp;

/**
 * One end of a TCP connection (RFC 9293), the end that talks to the guest. It knows neither sockets nor addresses: segments
 * come in by {@link #receive}, go out by a {@link Output}, time is an argument. Segments are acknowledged at {@link #flush},
 * which the owner calls after each batch of frames, and at once where the peer must know quickly.
 */
final class TcpEndpoint {
    static final long NEVER = TcpSender.NEVER;

    /** The segment size that the peer takes which does not say (RFC 9293, 3.7.1). */
    private static final int DEFAULT_MSS = 536;

    private static final int MIN_MSS = 88;
    private static final int MAX_WINDOW = 65535;
    private static final int SCALE = 3;
    private static final long SECOND = 1_000_000_000L;

    /** Twice the maximum segment lifetime: segments here live as long as they wait in a queue of the switch. */
    private static final long TIME_WAIT = 10 * SECOND;

    /**
     * How long an acknowledgment may wait for data to go with (RFC 9293, 3.8.6.3, allows half a second): most answers of servers
     * nearby come sooner, and each segment less is an interrupt less for the guest.
     */
    private static final long ACKNOWLEDGMENT_DELAY = 4_000_000;

    // RFC 9293, 3.8.4: two hours of silence, then probes.
    private static final long KEEPALIVE_IDLE = 2 * 3600 * SECOND;
    private static final long KEEPALIVE_INTERVAL = 75 * SECOND;
    private static final int KEEPALIVE_PROBES = 9;

    /** Where a connection stands (RFC 9293, 3.3.2). */
    enum State {
        SYN_SENT,
        SYN_RECEIVED,
        ESTABLISHED,
        FIN_WAIT_1,
        FIN_WAIT_2,
        CLOSE_WAIT,
        CLOSING,
        LAST_ACK,
        TIME_WAIT,
        CLOSED
    }

    /** Where segments go. */
    interface Output {
        /**
         * One segment.
         *
         * @param mss the option's value in a SYN, else 0
         * @param scale the window scale option in a SYN, or -1
         */
        void segment(
                int sequence,
                int acknowledgment,
                int flags,
                int window,
                int mss,
                int scale,
                ByteRing data,
                int offset,
                int length);
    }

    /** What the connection is for. Called in the midst of things: answer by {@link #flush} later, not from here. */
    interface App {
        /** The three-way handshake is done. */
        void established(long now);

        /** There is data in {@link #received()}, or the peer has finished. */
        void received(long now);

        /** Some data was acknowledged: there is room in {@link #toSend()}. */
        void drained(long now);

        /** Both directions have ended in order; the connection is only remembered for a while (TIME-WAIT). */
        void finished();

        /** The connection is over. */
        void closed(boolean reset, long now);
    }

    private final Output output;
    private final App app;
    private final int ownMss;
    private final int ringLimit;
    private final RingMemory memory;
    private final int initialSequence;
    private final TcpSender sender;
    private TcpReceiver receiver;
    private int agreedMss;
    private int peerScale;
    private boolean scaling;
    private boolean handshakeDone;
    private boolean peerFinishedFirst;
    private boolean timeWait;
    private boolean closed;
    private boolean acknowledge;

    /** What comes is answered by data soon, or nobody knows yet: acknowledgments may wait for that. */
    private boolean answers = true;

    /** Where the acknowledgment stood that was sent last. */
    private int acknowledged;

    private long acknowledgeAt = NEVER;
    private long receivedAt;
    private long timeWaitEnds = NEVER;
    private long keepaliveAt = NEVER;
    private int keepaliveProbes;

    /**
     * A connection that is not open yet; see {@link #connect} and {@link #answer}.
     *
     * @param initialSequence ISS, which should be hard to guess (RFC 6528)
     * @param mss the largest segment to send or take
     * @param ringLimit octets kept in each direction, a power of two
     * @param memory what it shares with other connections
     * @param burst octets that the output takes in one segment and cuts itself, or 0
     */
    TcpEndpoint(Output output, App app, int initialSequence, int mss, int ringLimit, RingMemory memory, int burst) {
        this.memory = memory;
        this.output = output;
        this.app = app;
        this.ownMss = mss;
        this.ringLimit = ringLimit;
        this.initialSequence = initialSequence;
        sender = new TcpSender(new ByteRing(ringLimit, memory), initialSequence, mss, burst, this::sendData);
    }

    /** Opens the connection by a SYN. */
    void connect(long now) {
        scaling = true;
        sendSyn();
        sender.synSent(now);
    }

    /** Answers the peer's SYN. */
    void answer(Tcp syn, long now) {
        receiver = new TcpReceiver(new ByteRing(ringLimit, memory), syn.sequence(), syn.windowScale() >= 0 ? SCALE : 0);
        agree(syn);
        sendSyn();
        sender.synSent(now);
    }

    private void agree(Tcp syn) {
        scaling = syn.windowScale() >= 0;
        peerScale = scaling ? syn.windowScale() : 0;
        agreedMss = Math.clamp(syn.mss() == 0 ? DEFAULT_MSS : syn.mss(), MIN_MSS, ownMss);
    }

    private void sendSyn() {
        boolean answering = receiver != null;
        // The window in a SYN is never scaled (RFC 7323, 2.2).
        int window = Math.min(MAX_WINDOW, answering ? receiver.data.free() : memory.allowed(ringLimit));
        if (answering) {
            receiver.offer(window >> (scaling ? SCALE : 0));
            acknowledged = receiver.next();
        }
        output.segment(
                initialSequence,
                answering ? receiver.next() : 0,
                answering ? Tcp.SYN | Tcp.ACK : Tcp.SYN,
                window,
                ownMss,
                scaling ? SCALE : -1,
                sender.data,
                0,
                0);
    }

    /** Data for the peer: put some in, then {@link #flush}. */
    ByteRing toSend() {
        return sender.data;
    }

    /** Data from the peer: take some out, then {@link #consumed}. */
    ByteRing received() {
        return receiver.data;
    }

    /** The largest segment that both sides take. */
    int segmentSize() {
        return agreedMss;
    }

    boolean peerFinished() {
        return receiver != null && receiver.finished();
    }

    long retransmissions() {
        return sender.retransmissions();
    }

    State state() {
        if (closed) {
            return State.CLOSED;
        }
        if (!handshakeDone) {
            return receiver == null ? State.SYN_SENT : State.SYN_RECEIVED;
        }
        if (timeWait) {
            return State.TIME_WAIT;
        }
        if (!sender.finishing()) {
            return receiver.finished() ? State.CLOSE_WAIT : State.ESTABLISHED;
        }
        if (receiver.finished()) {
            return peerFinishedFirst ? State.LAST_ACK : State.CLOSING;
        }
        return sender.finAcknowledged() ? State.FIN_WAIT_2 : State.FIN_WAIT_1;
    }

    /** No more data will be put into {@link #toSend()}. */
    void finish() {
        if (!sender.finishing()) {
            peerFinishedFirst = peerFinished();
            sender.finish();
        }
    }

    /** Ends the connection at once: the peer gets a reset. */
    void abort(long now) {
        if (!closed) {
            output.segment(
                    sender.next(),
                    receiver == null ? 0 : receiver.next(),
                    receiver == null ? Tcp.RST : Tcp.RST | Tcp.ACK,
                    0,
                    0,
                    -1,
                    sender.data,
                    0,
                    0);
            close(true, now);
        }
    }

    /** Data was taken out of {@link #received()}: tells the peer when that opens the window noticeably. */
    void consumed() {
        if (handshakeDone && receiver.worthAnUpdate(agreedMss)) {
            acknowledge = true;
        }
    }

    /** Sends what can be sent, and the acknowledgment that is due. */
    void flush(long now) {
        if (closed || !handshakeDone) {
            return;
        }
        int before = sender.next();
        sender.output(now);
        if (sender.next() != before) {
            answers = now - receivedAt < ACKNOWLEDGMENT_DELAY;
        }
        if (acknowledge && !waitsForAnAnswer(now)) {
            sendAcknowledgment();
        }
    }

    /** Only what is less than a segment waits: more means that the peer sends much and will not be answered octet by octet. */
    private boolean waitsForAnAnswer(long now) {
        boolean waits = answers
                && !sender.finishing()
                && receiver.next() - acknowledged < agreedMss
                && !receiver.worthAnUpdate(agreedMss);
        if (waits && acknowledgeAt == NEVER) {
            acknowledgeAt = now + ACKNOWLEDGMENT_DELAY;
        }
        return waits && now < acknowledgeAt;
    }

    private void sendData(int sequence, int flags, int offset, int length) {
        acknowledge = false;
        acknowledgeAt = NEVER;
        acknowledged = receiver.next();
        output.segment(
                sequence,
                receiver.next(),
                flags | Tcp.ACK,
                receiver.offer(MAX_WINDOW),
                0,
                -1,
                sender.data,
                offset,
                length);
    }

    private void sendAcknowledgment() {
        sendData(sender.next(), 0, 0, 0);
    }

    /** Takes in a segment of this connection. */
    void receive(Tcp s, byte[] frame, long now) {
        if (closed) {
            return;
        }
        if (receiver == null) {
            synSent(s, now);
        } else if (s.has(Tcp.RST)) {
            resetReceived(s, now);
        } else if (s.has(Tcp.SYN)) {
            if (!handshakeDone && s.sequence() == receiver.next() - 1) {
                sendSyn(); // our answer was lost
            } else {
                sendAcknowledgment(); // RFC 5961, 4.2
            }
        } else if (s.has(Tcp.ACK)) {
            acknowledgedSegment(s, frame, now);
        }
    }

    /** RFC 9293, 3.10.7.3. */
    private void synSent(Tcp s, long now) {
        boolean acknowledgesSyn = s.has(Tcp.ACK) && s.acknowledgment() == initialSequence + 1;
        if (s.has(Tcp.ACK) && !acknowledgesSyn) {
            if (!s.has(Tcp.RST)) {
                output.segment(s.acknowledgment(), 0, Tcp.RST, 0, 0, -1, sender.data, 0, 0);
            }
        } else if (s.has(Tcp.RST)) {
            if (acknowledgesSyn) {
                close(true, now);
            }
        } else if (s.has(Tcp.SYN) && acknowledgesSyn) {
            agree(s);
            receiver = new TcpReceiver(new ByteRing(ringLimit, memory), s.sequence(), scaling ? SCALE : 0);
            establish(s.sequence(), s.acknowledgment(), s.window(), now);
            sendAcknowledgment();
        }
    }

    private void establish(int sequence, int acknowledgment, int window, long now) {
        handshakeDone = true;
        sender.established(agreedMss, sequence, acknowledgment, window, now);
        alive(now);
        app.established(now);
    }

    /** RFC 5961, 3.2: only the exact number resets, so that nobody resets by guessing. */
    private void resetReceived(Tcp s, long now) {
        int offset = s.sequence() - receiver.next();
        if (offset == 0) {
            close(true, now);
        } else if (offset > 0 && offset < receiver.openWindow()) {
            sendAcknowledgment();
        }
    }

    /** RFC 9293, 3.10.7.4, from "fifth, check the ACK field" on. */
    private void acknowledgedSegment(Tcp s, byte[] frame, long now) {
        if (!handshakeDone) {
            if (s.acknowledgment() != initialSequence + 1) {
                output.segment(s.acknowledgment(), 0, Tcp.RST, 0, 0, -1, sender.data, 0, 0);
                return;
            }
            establish(s.sequence(), s.acknowledgment(), s.window() << peerScale, now);
            if (closed) {
                return;
            }
        }
        int end = s.sequence() + s.sequenceLength();
        boolean beyond = s.sequence() - receiver.next() > receiver.openWindow();
        if (!sender.plausible(s.acknowledgment()) || beyond) {
            sendAcknowledgment();
            return;
        }
        alive(now);
        boolean bare = s.sequenceLength() == 0;
        sender.acknowledged(s.sequence(), s.acknowledgment(), s.window() << peerScale, bare, now);
        boolean wasFinished = receiver.finished();
        int before = receiver.next();
        if (!bare) {
            boolean ordered = receiver.accept(s.sequence(), frame, s.payloadAt(), s.payloadLength(), s.has(Tcp.FIN));
            if (ordered) {
                acknowledge = true;
            } else {
                sendAcknowledgment(); // the peer counts these (RFC 5681, 3.2)
            }
        } else if (end - receiver.next() < 0) {
            sendAcknowledgment(); // a keep-alive probe (RFC 9293, 3.8.4)
        }
        if (receiver.next() != before) {
            receivedAt = now;
            app.received(now);
        }
        if (receiver.finished() && !wasFinished) {
            acknowledge = true;
        }
        if (!closed) {
            app.drained(now);
            checkEnd(s, now);
        }
    }

    private void checkEnd(Tcp s, long now) {
        if (!sender.finAcknowledged() || !receiver.finished()) {
            return;
        }
        if (peerFinishedFirst) {
            close(false, now);
        } else if (!timeWait || s.has(Tcp.FIN)) {
            if (!timeWait) {
                app.finished();
            }
            timeWait = true;
            timeWaitEnds = now + TIME_WAIT;
            keepaliveAt = NEVER;
        }
    }

    private void alive(long now) {
        keepaliveProbes = 0;
        keepaliveAt = timeWait ? NEVER : now + KEEPALIVE_IDLE;
    }

    private void close(boolean reset, long now) {
        closed = true;
        timeWaitEnds = NEVER;
        keepaliveAt = NEVER;
        app.closed(reset, now);
    }

    /** When {@link #expire} wants to be called. */
    long deadline() {
        long waiting = Math.min(timeWaitEnds, acknowledgeAt);
        return closed ? NEVER : Math.min(Math.min(sender.deadline(), waiting), keepaliveAt);
    }

    /** Does what has come due: retransmissions, probes, the end of waiting. */
    void expire(long now) {
        if (closed) {
            return;
        }
        if (now >= acknowledgeAt) {
            answers = false; // nothing came in time: from now on it is not waited for
            sendAcknowledgment();
        }
        if (now >= timeWaitEnds) {
            close(false, now);
        } else if (now >= keepaliveAt) {
            if (++keepaliveProbes > KEEPALIVE_PROBES) {
                abort(now);
                return;
            }
            keepaliveAt = now + KEEPALIVE_INTERVAL;
            sendData(sender.next() - 1, 0, 0, 0);
        }
        if (!closed && now >= sender.deadline() && !sender.expire(now, this::sendSyn)) {
            abort(now);
        }
    }

    /** Gives all memory back: the connection is over. */
    void dispose() {
        sender.data.drop();
        if (receiver != null) {
            receiver.data.drop();
        }
    }

    /** Gives back memory that a quiet connection does not need. */
    void relax() {
        sender.data.release();
        if (receiver != null && !receiver.outOfOrder()) {
            receiver.data.release();
        }
    }
}
