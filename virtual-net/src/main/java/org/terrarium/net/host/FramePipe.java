package org.terrarium.net.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.terrarium.net.link.Switch;

/** Frames over a stream socket, each behind its length in two octets. What does not fit into the buffer is dropped, as on a wire. */
final class FramePipe implements NioSockets.Ready {
    private static final int BUFFER = 1 << 20;
    private static final int MAX_FRAME = 0xFFFF;

    /** Told when the other end has gone. */
    interface Gone {
        void gone(FramePipe pipe, long now);
    }

    private final SocketChannel channel;
    private final Gone gone;
    private final ByteBuffer in = ByteBuffer.allocate(BUFFER);
    private final ByteBuffer out = ByteBuffer.allocate(BUFFER);
    private SelectionKey key;
    private Switch.Port port;

    FramePipe(SocketChannel channel, Gone gone) {
        this.channel = channel;
        this.gone = gone;
    }

    /** @param end the port of the switch that this pipe leads away from */
    void attach(NioSockets sockets, Switch.Port end) throws IOException {
        port = end;
        key = sockets.register(channel, SelectionKey.OP_READ, this);
    }

    Switch.Port port() {
        return port;
    }

    void send(byte[] frame) {
        if (!channel.isOpen() || frame.length > MAX_FRAME || out.remaining() < frame.length + 2) {
            return;
        }
        out.putShort((short) frame.length).put(frame);
        drain();
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
        if (!k.isReadable()) {
            return;
        }
        int got;
        try {
            got = channel.read(in);
        } catch (IOException e) {
            got = -1;
        }
        if (got < 0) {
            close();
            gone.gone(this, now);
            return;
        }
        in.flip();
        while (in.remaining() >= 2) {
            int length = in.getShort(in.position()) & 0xFFFF;
            if (in.remaining() < 2 + length) {
                break;
            }
            in.position(in.position() + 2);
            byte[] frame = new byte[length];
            in.get(frame);
            port.receive(frame, now);
        }
        in.compact();
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            return; // closed enough
        }
    }
}
