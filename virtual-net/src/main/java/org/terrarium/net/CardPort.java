package org.terrarium.net;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.terrarium.net.link.Cable;
import org.terrarium.net.link.LargeFrame;
import org.terrarium.net.link.ShapedLink;
import org.terrarium.net.link.Shaping;
import org.terrarium.net.link.Switch;
import org.terrarium.net.wire.Ethernet;

/**
 * A cable between a card and a network's switch. The two ends belong to different threads that never wait for each other:
 * between them are queues of limited length.
 */
final class CardPort implements Cable {
    /** Frames that wait in one direction: more than a TCP window of {@code GatewayConfig.Limits.buffer}. */
    private static final int MAX_WAITING = 2048;

    private static final Listener NOBODY = new Listener() {
        @Override
        public void arrived() {
            // The card is not there yet.
        }

        @Override
        public void linkChanged() {
            // Nor will it miss anything: it asks when it comes.
        }
    };

    private final Network network;
    private final Queue<byte[]> toNetwork = new ConcurrentLinkedQueue<>();
    private final Queue<byte[]> toCard = new ConcurrentLinkedQueue<>();
    private final AtomicInteger toNetworkCount = new AtomicInteger();
    private final AtomicInteger toCardCount = new AtomicInteger();
    private final AtomicBoolean told = new AtomicBoolean();
    private final AtomicLong dropped = new AtomicLong();
    private volatile Listener listener = NOBODY;
    private volatile boolean connected = true;
    private volatile boolean takesLarge;
    private volatile boolean shaped;
    private final AtomicLong tooLong = new AtomicLong();

    // The network thread's.
    private final Switch.Port port;
    private final ShapedLink outbound;
    private final ShapedLink inbound;
    private long now;

    CardPort(Network network, Switch fabric, String name) {
        this.network = network;
        port = fabric.plug(name, this::deliver);
        outbound = new ShapedLink(Shaping.NONE, network.random(), frame -> port.receive(frame, now));
        inbound = new ShapedLink(Shaping.NONE, network.random(), this::enqueue);
    }

    @Override
    public void send(byte[] frame) {
        if (LargeFrame.is(frame)) {
            tooLong.incrementAndGet(); // no card may send such a frame
        } else {
            enqueueOut(frame);
        }
    }

    @Override
    public void sendLarge(byte[] large) {
        enqueueOut(large);
    }

    @Override
    public void takesLarge(boolean on) {
        takesLarge = on;
        port.takesLarge(on && !shaped);
    }

    /** A large frame counts as often as it holds frames, so that full queues stay equally small. */
    private static int weight(byte[] frame) {
        return 1 + frame.length / (2 * Ethernet.MTU);
    }

    private void enqueueOut(byte[] frame) {
        if (!connected || toNetworkCount.get() >= MAX_WAITING) {
            dropped.incrementAndGet();
            return;
        }
        toNetworkCount.addAndGet(weight(frame));
        toNetwork.add(frame);
        network.wake();
        listener.sent();
    }

    @Override
    public byte[] receive() {
        byte[] frame = toCard.poll();
        if (frame == null) {
            told.set(false);
            frame = toCard.poll(); // one may have come in between, and nobody would say so
            if (frame == null) {
                return null;
            }
            told.set(true);
        }
        toCardCount.addAndGet(-weight(frame));
        return frame;
    }

    @Override
    public boolean connected() {
        return connected;
    }

    @Override
    public void listen(Listener value) {
        listener = value;
        if (toCardCount.get() > 0) {
            value.arrived();
        }
    }

    // ---- the network thread

    /** Takes what the card has sent; true when there was something. */
    boolean pump(long time) {
        now = time;
        boolean any = false;
        // Not for ever: a guest that sends without end must not keep the others waiting.
        for (int k = 0; k < MAX_WAITING; k++) {
            byte[] frame = toNetwork.poll();
            if (frame == null) {
                break;
            }
            any = true;
            toNetworkCount.addAndGet(-weight(frame));
            boolean straight = outbound.shaping() == Shaping.NONE && outbound.deadline() == Long.MAX_VALUE;
            if (!LargeFrame.is(frame)) {
                forward(frame, straight);
            } else if (straight) {
                port.receiveLarge(frame, now);
            } else {
                LargeFrame.cut(frame).forEach(f -> forward(f, false)); // faults happen to frames
            }
        }
        return any;
    }

    private void forward(byte[] frame, boolean straight) {
        if (straight) {
            port.receive(frame, now);
        } else {
            outbound.send(frame, now);
        }
    }

    boolean waiting() {
        return toNetworkCount.get() > 0;
    }

    private void deliver(byte[] frame) {
        if (inbound.shaping() == Shaping.NONE && inbound.deadline() == Long.MAX_VALUE) {
            enqueue(frame);
        } else {
            inbound.send(frame, network.now());
        }
    }

    private void enqueue(byte[] frame) {
        if (!connected || toCardCount.get() >= MAX_WAITING) {
            dropped.incrementAndGet();
            return;
        }
        toCardCount.addAndGet(weight(frame));
        toCard.add(frame);
        if (told.compareAndSet(false, true)) {
            listener.arrived();
        }
    }

    long deadline() {
        return Math.min(outbound.deadline(), inbound.deadline());
    }

    void expire(long time) {
        now = time;
        outbound.expire(now);
        inbound.expire(now);
    }

    void connect(boolean on) {
        if (connected != on) {
            connected = on;
            port.up(on);
            listener.linkChanged();
        }
    }

    void shape(Shaping fromCard, Shaping toTheCard) {
        outbound.shape(fromCard);
        inbound.shape(toTheCard);
        shaped = !toTheCard.equals(Shaping.NONE);
        port.takesLarge(takesLarge && !shaped);
    }

    Shaping shapingFromCard() {
        return outbound.shaping();
    }

    Shaping shapingToCard() {
        return inbound.shaping();
    }

    Switch.Port port() {
        return port;
    }

    /** Frames of the card that were longer than frames may be. */
    long tooLong() {
        return tooLong.get();
    }

    long dropped() {
        return dropped.get();
    }
}
