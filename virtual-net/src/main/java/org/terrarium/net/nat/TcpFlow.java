package org.terrarium.net.nat;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.terrarium.net.host.HostSockets;
import org.terrarium.net.wire.Ethernet;
import org.terrarium.net.wire.IpPacket;
import org.terrarium.net.wire.Tcp;

/** One connection through the gateway: the guest's TCP on one side, a socket of the host on the other. */
final class TcpFlow implements TcpEndpoint.App, TcpEndpoint.Output, HostSockets.TcpEvents {
    static final long NEVER = TcpEndpoint.NEVER;

    /** How many full segments fit into the largest IP packet. */
    private static final int BURST = 44;

    private static final int READ_AT_ONCE = 64 << 10;
    private static final long CONNECT_PATIENCE = 30_000_000_000L;

    final FlowKey key;
    private final TcpNat nat;
    private final TcpEndpoint endpoint;
    private final boolean fromHost;
    private HostSockets.Tcp socket;
    private Tcp syn;
    private boolean connecting;
    private boolean hostEnded;
    private boolean hostTold;
    private boolean over;
    private boolean wantsRead;
    private boolean wantsWrite;
    private long fromGuest;
    private long toGuest;

    // For the owner's queues.
    long alarm = NEVER;
    long number;
    boolean queued;
    private long connectDeadline = NEVER;

    /** A connection that the guest opens by {@code syn}. */
    TcpFlow(TcpNat nat, FlowKey key, Tcp syn, int initialSequence, int buffer, long now) {
        this(nat, key, initialSequence, buffer, false);
        this.syn = syn;
        connecting = true;
        connectDeadline = now + CONNECT_PATIENCE;
    }

    /** A connection that came in at a forwarded port of the host. */
    TcpFlow(TcpNat nat, FlowKey key, HostSockets.Tcp socket, int initialSequence, int buffer) {
        this(nat, key, initialSequence, buffer, true);
        this.socket = socket;
    }

    private TcpFlow(TcpNat nat, FlowKey key, int initialSequence, int buffer, boolean fromHost) {
        this.nat = nat;
        this.key = key;
        this.fromHost = fromHost;
        int mss = Ethernet.MTU - IpPacket.headerLength(key.guest()) - Tcp.HEADER;
        endpoint = new TcpEndpoint(this, this, initialSequence, mss, buffer, nat.memory(), BURST * mss);
    }

    void attach(HostSockets.Tcp hostSocket) {
        socket = hostSocket;
    }

    /** Starts the handshake with the guest for a connection from the host. */
    void open(long now) {
        endpoint.connect(now);
    }

    boolean connecting() {
        return connecting;
    }

    boolean over() {
        return over;
    }

    /** Whether a new connection of the same name may take this one's place (RFC 9293, 3.10.7.4, TIME-WAIT). */
    boolean replaceable() {
        return over || endpoint.state() == TcpEndpoint.State.TIME_WAIT;
    }

    FlowInfo info() {
        String state = connecting ? "SYN-SENT" : endpoint.state().name().replace('_', '-');
        return new FlowInfo(
                "tcp",
                key.guest().end(key.guestPort()),
                key.remote().end(key.remotePort()),
                state,
                fromGuest,
                toGuest,
                endpoint.retransmissions());
    }

    // ---- from the guest

    void receive(Tcp s, byte[] frame, long now) {
        if (!connecting) {
            endpoint.receive(s, frame, now);
        } else if (s.has(Tcp.RST)) {
            end(true, now); // the guest has changed its mind; a SYN sent again just waits with the first
        }
        nat.touch(this);
    }

    @Override
    public void established(long now) {
        wantsRead = true;
        interest();
        if (fromHost) {
            read(now); // what the host's client has sent meanwhile
        }
    }

    @Override
    public void received(long now) {
        nat.touch(this);
    }

    @Override
    public void drained(long now) {
        if (!wantsRead
                && !hostEnded
                && endpoint.toSend().free() >= endpoint.toSend().capacity() / 2) {
            wantsRead = true;
            interest();
        }
    }

    @Override
    public void finished() {
        socket.close(false);
        nat.waiting(this);
    }

    @Override
    public void closed(boolean reset, long now) {
        end(reset, now);
    }

    /** Brings what has come to where it belongs; called once after each batch of frames and events. */
    void flush(long now) {
        if (over || connecting) {
            return;
        }
        TcpEndpoint.State state = endpoint.state();
        if (state != TcpEndpoint.State.SYN_SENT && state != TcpEndpoint.State.TIME_WAIT) {
            writeToHost(now);
        }
        endpoint.flush(now);
        if (nat.memory().scarce() && !over) {
            endpoint.relax();
        }
    }

    private void writeToHost(long now) {
        ByteRing ring = endpoint.received();
        try {
            boolean full = false;
            while (ring.size() > 0 && !full) {
                ByteBuffer front = ring.front();
                int length = front.remaining();
                int written = socket.write(front);
                ring.skip(written);
                fromGuest += written;
                full = written < length;
            }
            endpoint.consumed();
            if (wantsWrite != full) {
                wantsWrite = full;
                interest();
            }
            if (ring.size() == 0 && endpoint.peerFinished() && !hostTold) {
                hostTold = true;
                socket.shutdownOutput();
            }
        } catch (IOException e) {
            endpoint.abort(now);
        }
    }

    private void interest() {
        if (!over) {
            socket.interest(wantsRead, wantsWrite);
        }
    }

    // ---- from the host

    @Override
    public void connected(long now) {
        connecting = false;
        connectDeadline = NEVER;
        nat.connected(this);
        endpoint.answer(syn, now);
        syn = null;
        nat.touch(this);
    }

    @Override
    public void failed(IOException cause, long now) {
        if (over) {
            return;
        }
        if (connecting) {
            nat.refuse(this, syn, cause, now);
            end(true, now);
        } else {
            endpoint.abort(now);
        }
    }

    @Override
    public void readable(long now) {
        read(now);
        nat.touch(this);
    }

    private void read(long now) {
        if (over || hostEnded) {
            return;
        }
        ByteRing ring = endpoint.toSend();
        try {
            while (ring.free() > 0) {
                ByteBuffer room = ring.room(Math.min(ring.free(), READ_AT_ONCE));
                int length = room.remaining();
                int got = socket.read(room);
                if (got < 0) {
                    hostEnded = true;
                    endpoint.finish();
                    break;
                }
                ring.commit(got);
                toGuest += got;
                if (got < length) {
                    break;
                }
            }
        } catch (IOException e) {
            endpoint.abort(now);
            return;
        }
        wantsRead = !hostEnded && ring.free() > 0;
        interest();
    }

    @Override
    public void writable(long now) {
        nat.touch(this);
    }

    // ---- time and end

    long deadline() {
        return over ? NEVER : Math.min(connectDeadline, connecting ? NEVER : endpoint.deadline());
    }

    void expire(long now) {
        if (now >= connectDeadline) {
            end(true, now); // the guest's own patience with an unanswered SYN decides what its program sees
        } else {
            endpoint.expire(now);
        }
        nat.touch(this);
    }

    void relax() {
        if (!connecting) {
            endpoint.relax();
        }
    }

    /** The network is being taken down. */
    void abandon(long now) {
        if (!over && !connecting) {
            endpoint.abort(now);
        } else {
            end(true, now);
        }
    }

    /** Drops what is remembered of a finished connection. */
    void forget() {
        end(false, 0);
    }

    private void end(boolean reset, long now) {
        if (over) {
            return;
        }
        boolean wasConnecting = connecting;
        over = true;
        connecting = false;
        if (socket != null) {
            socket.close(reset);
        }
        endpoint.dispose();
        nat.ended(this, wasConnecting);
    }

    @Override
    public void segment(
            int sequence,
            int acknowledgment,
            int flags,
            int window,
            int mss,
            int scale,
            ByteRing data,
            int offset,
            int length) {
        int ip = IpPacket.headerLength(key.guest());
        int header = Ethernet.HEADER + ip + Tcp.HEADER + (mss == 0 ? 0 : Tcp.SYN_OPTIONS);
        byte[] frame = new byte[header + length];
        data.copy(offset, frame, header, length);
        nat.emit(
                key,
                new Tcp(
                        key.remotePort(),
                        key.guestPort(),
                        sequence,
                        acknowledgment,
                        flags,
                        window,
                        mss,
                        scale,
                        header,
                        length),
                frame,
                endpoint.segmentSize());
    }
}
