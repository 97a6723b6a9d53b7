package org.terrarium.net.host;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.UUID;
import org.terrarium.net.link.Team;

/** An uplink to another process's switch. A connection that ends is made again, every second. On the network's thread. */
public final class RemoteSwitch implements FramePipe.Events, AutoCloseable {
    private static final long AGAIN_NANOS = 1_000_000_000L;

    private final NioSockets sockets;
    private final SwitchAddress address;
    private final UUID own;
    private final Team.Member member;
    private FramePipe pipe;
    private boolean trying;
    private boolean closed;
    private long tryAt;
    private String trouble = "";

    /** @param own which switch this end is */
    public RemoteSwitch(NioSockets sockets, SwitchAddress address, UUID own, Team team, long now) {
        this.sockets = sockets;
        this.address = address;
        this.own = own;
        member = team.add(this::send, false);
        tryAt = now;
    }

    public Team.Member member() {
        return member;
    }

    /** Why there is no connection, one sentence; empty while there is one. */
    public String trouble() {
        return trouble;
    }

    /** Pulls the link, so that the other end sees it too, or plugs it in again. */
    public void plug(boolean on, long now) {
        member.plugged(on);
        if (!on && pipe != null) {
            pipe.close();
            gone(pipe, now);
        }
        tryAt = on ? now : Long.MAX_VALUE;
    }

    /** When {@link #expire} wants to be called. */
    public long deadline() {
        return pipe != null ? pipe.deadline() : trying ? Long.MAX_VALUE : tryAt;
    }

    /** Does what has come due. */
    public void expire(long now) {
        if (pipe != null) {
            pipe.expire(now);
        } else if (!trying && !closed && now >= tryAt) {
            trying = true;
            // Names and far hosts take their time, which the network's thread does not have.
            Thread.ofVirtual().start(this::connect);
        }
    }

    private void connect() {
        SocketChannel channel = null;
        try {
            SocketAddress to = address.resolve();
            channel = SocketChannel.open(to);
            if (address.path() == null) {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            }
            SocketChannel made = channel;
            sockets.post(now -> made(made, now));
        } catch (IOException e) {
            close(channel);
            String reason = e.getMessage() == null ? e.toString() : e.getMessage();
            sockets.post(now -> failed(reason, now));
        }
    }

    private void made(SocketChannel channel, long now) {
        trying = false;
        if (closed || !member.plugged()) {
            close(channel);
            return;
        }
        FramePipe fresh = new FramePipe(channel);
        try {
            fresh.attach(sockets, own, this, now);
            pipe = fresh;
        } catch (IOException e) {
            close(channel);
            failed(e.getMessage(), now);
        }
    }

    private void failed(String reason, long now) {
        trying = false;
        trouble = "no connection to " + address.text() + ": " + reason;
        tryAt = member.plugged() ? now + AGAIN_NANOS : Long.MAX_VALUE;
    }

    private static void close(SocketChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            return; // closed enough
        }
    }

    private void send(byte[] frame) {
        if (pipe != null) {
            pipe.send(frame);
        }
    }

    @Override
    public void frame(FramePipe from, byte[] frame, long now) {
        member.receive(frame, now);
    }

    @Override
    public void greeted(FramePipe from, UUID other, long now) {
        if (other.equals(own)) {
            from.close();
            gone(from, now);
            trouble = address.text() + " leads back to the switch itself";
        } else {
            trouble = "";
            member.connected(true);
        }
    }

    @Override
    public void gone(FramePipe from, long now) {
        if (from == pipe) {
            pipe = null;
            member.connected(false);
            trouble = "no connection to " + address.text() + ": the other end has closed it";
            tryAt = member.plugged() ? now + AGAIN_NANOS : Long.MAX_VALUE;
        }
    }

    @Override
    public void close() {
        closed = true;
        if (pipe != null) {
            pipe.close();
            pipe = null;
        }
    }
}
