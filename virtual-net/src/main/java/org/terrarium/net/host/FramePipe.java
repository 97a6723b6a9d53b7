package org.terrarium.net.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.UUID;
import java.util.function.IntConsumer;
import org.terrarium.net.wire.Ethernet;

/**
 * Frames over a stream socket to another process's switch. Each frame stands behind its length in two octets; what does not fit
 * into the buffer is dropped, as on a wire. Shorter than any frame are messages between the two ends: one octet tells something,
 * 20 octets at the start say which switch is there.
 */
final class FramePipe implements NioSockets.Ready {
    /** Nothing but: I am still here. */
    static final int ALIVE = 'a';

    /** Send me every frame: somebody here listens to all. */
    static final int PROMISCUOUS = 'p';

    /** No longer. */
    static final int SELECTIVE = 's';

    private static final int BUFFER = 1 << 20;
    private static final int MAX_FRAME = 0xFFFF;
    private static final int MAGIC = 0x5452_4D31; // TRM1
    private static final int GREETING = 20;
    private static final int MORE_READS = 16;

    /** How often each end says that it is there, and after how long a silence it is taken for dead. */
    private static final long ALIVE_NANOS = 1_000_000_000L;

    private static final long DEAD_NANOS = 4 * ALIVE_NANOS;

    /** Told what comes through the pipe. */
    interface Events {
        /** A frame of the other switch. */
        void frame(FramePipe pipe, byte[] frame, long now);

        /** The other switch has said which it is. */
        void greeted(FramePipe pipe, UUID other, long now);

        /** The other end has gone, or was none of Terrarium's. */
        void gone(FramePipe pipe, long now);
    }

    private final SocketChannel channel;
    private final ByteBuffer in = ByteBuffer.allocate(BUFFER);
    private final ByteBuffer out = ByteBuffer.allocate(BUFFER);
    private Events events;
    private IntConsumer messages = m -> {};
    private SelectionKey key;
    private boolean greeted;
    private long heard;
    private long nextAlive;

    FramePipe(SocketChannel channel) {
        this.channel = channel;
    }

    /** @param own which switch this end is */
    void attach(NioSockets sockets, UUID own, Events listener, long now) throws IOException {
        events = listener;
        heard = now;
        nextAlive = now + ALIVE_NANOS;
        channel.configureBlocking(false);
        key = sockets.register(channel, SelectionKey.OP_READ, this);
        out.putShort((short) GREETING).putInt(MAGIC);
        out.putLong(own.getMostSignificantBits()).putLong(own.getLeastSignificantBits());
        drain();
    }

    /** @param listener takes messages of one octet */
    void onMessage(IntConsumer listener) {
        messages = listener;
    }

    /** When {@link #expire} wants to be called. */
    long deadline() {
        return nextAlive;
    }

    /** Says that this end is there, and takes a silent other end for dead. */
    void expire(long now) {
        if (now < nextAlive) {
            return;
        }
        nextAlive = now + ALIVE_NANOS;
        if (now - heard > DEAD_NANOS) {
            close();
            events.gone(this, now);
        } else {
            tell(ALIVE);
        }
    }

    void send(byte[] frame) {
        if (!channel.isOpen() || frame.length > MAX_FRAME || out.remaining() < frame.length + 2) {
            return;
        }
        out.putShort((short) frame.length).put(frame);
        drain();
    }

    /** Sends a message of one octet. */
    void tell(int message) {
        send(new byte[] {(byte) message});
    }

    private void drain() {
        out.flip();
        try {
            channel.write(out);
        } catch (IOException e) {
            out.position(out.limit()); // its reading side will tell that it has gone
        }
        out.compact();
        if (key.isValid()) {
            key.interestOps(SelectionKey.OP_READ | (out.position() > 0 ? SelectionKey.OP_WRITE : 0));
        }
    }

    @Override
    public void ready(SelectionKey k, long now) {
        if (k.isWritable()) {
            drain();
        }
        // Not for ever: a neighbour that sends without end must not keep the others waiting.
        for (int n = 0; n < MORE_READS && channel.isOpen() && k.isReadable(); n++) {
            int got;
            try {
                got = channel.read(in);
            } catch (IOException e) {
                got = -1;
            }
            if (got == 0) {
                return;
            }
            heard = now;
            if (got < 0 || !taken(now)) {
                close();
                events.gone(this, now);
                return;
            }
        }
    }

    /** Takes what has come whole; false when the other end is none of Terrarium's. */
    private boolean taken(long now) {
        in.flip();
        while (in.remaining() >= 2 && channel.isOpen()) {
            int length = in.getShort(in.position()) & 0xFFFF;
            if (!greeted && length != GREETING) {
                return false;
            }
            if (in.remaining() < 2 + length) {
                break;
            }
            in.position(in.position() + 2);
            byte[] message = new byte[length];
            in.get(message);
            if (!greeted) {
                ByteBuffer b = ByteBuffer.wrap(message);
                if (b.getInt() != MAGIC) {
                    return false;
                }
                greeted = true;
                events.greeted(this, new UUID(b.getLong(), b.getLong()), now);
            } else if (length >= Ethernet.HEADER) {
                events.frame(this, message, now);
            } else if (length == 1) {
                messages.accept(message[0]);
            }
        }
        in.compact();
        return true;
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            return; // closed enough
        }
    }
}
