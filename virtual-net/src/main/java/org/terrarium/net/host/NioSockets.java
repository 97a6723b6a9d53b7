package org.terrarium.net.host;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongConsumer;
import org.terrarium.net.wire.IpAddress;

/** The host's real sockets, on one selector. */
public final class NioSockets implements HostSockets, AutoCloseable {
    private static final int MAX_DATAGRAM = 65536;

    /** Datagrams and connections taken at a time, so that one busy socket does not starve the others. */
    private static final int BURST = 64;

    /** Something that a key of the selector belongs to. */
    @FunctionalInterface
    interface Ready {
        void ready(SelectionKey key, long now);
    }

    private final Selector selector;
    private final Queue<LongConsumer> fromOthers = new ConcurrentLinkedQueue<>();
    private final ByteBuffer datagram = ByteBuffer.allocateDirect(MAX_DATAGRAM);

    public NioSockets() throws IOException {
        selector = Selector.open();
    }

    /** Has another channel waited on as well; it must not block. */
    SelectionKey register(SelectableChannel channel, int ops, Ready ready) throws ClosedChannelException {
        return channel.register(selector, ops, ready);
    }

    /** Has the selector's thread do something soon; any thread. */
    void post(LongConsumer event) {
        fromOthers.add(event);
        selector.wakeup();
    }

    /** Ends a {@link #await} from any thread. */
    public void wakeup() {
        selector.wakeup();
    }

    /** Waits until something happens on a socket, at most {@code nanos} (for ever with {@code Long.MAX_VALUE}). */
    public void await(long nanos) throws IOException {
        if (nanos <= 0) {
            selector.selectNow();
        } else if (nanos == Long.MAX_VALUE) {
            selector.select();
        } else {
            selector.select(Math.max(1, (nanos + 999_999) / 1_000_000));
        }
    }

    /** Whether something has happened on a socket, without waiting. */
    public boolean look() throws IOException {
        return selector.selectNow() > 0 || !fromOthers.isEmpty();
    }

    /** Tells everyone whose socket is ready. */
    public void dispatch(long now) {
        for (LongConsumer event = fromOthers.poll(); event != null; event = fromOthers.poll()) {
            event.accept(now);
        }
        Set<SelectionKey> ready = selector.selectedKeys();
        for (SelectionKey key : ready) {
            if (key.isValid()) {
                ((Ready) key.attachment()).ready(key, now);
            }
        }
        ready.clear();
    }

    @Override
    public Tcp connect(InetSocketAddress to, TcpEvents events) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.configureBlocking(false);
            prepare(channel);
            Connection c = new Connection(channel, events);
            channel.connect(to);
            c.key = channel.register(selector, SelectionKey.OP_CONNECT, c);
            return c;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e instanceof IOException io ? io : new IOException(e.toString(), e);
        }
    }

    private static void prepare(SocketChannel channel) throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    }

    @Override
    public AutoCloseable listen(InetSocketAddress at, Accept accept) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        try {
            server.configureBlocking(false);
            server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            server.bind(at, BURST);
            Ready ready = (key, now) -> acceptAll(server, accept, now);
            server.register(selector, SelectionKey.OP_ACCEPT, ready);
            return server;
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e instanceof IOException io ? io : new IOException(e.toString(), e);
        }
    }

    private void acceptAll(ServerSocketChannel server, Accept accept, long now) {
        try {
            for (int k = 0; k < BURST; k++) {
                SocketChannel channel = server.accept();
                if (channel == null) {
                    return;
                }
                accepted(channel, accept, now);
            }
        } catch (IOException e) {
            // The peer has gone before it was accepted, or the host has no descriptors left: it stays in the host's
            // queue.
        }
    }

    private void accepted(SocketChannel channel, Accept accept, long now) throws IOException {
        channel.configureBlocking(false);
        prepare(channel);
        Connection c = new Connection(channel, null);
        c.key = channel.register(selector, 0, c);
        c.open = true;
        c.events = accept.accepted(c, (InetSocketAddress) channel.getRemoteAddress(), now);
        if (c.events == null) {
            c.close(true);
        }
    }

    @Override
    public Udp udp(InetSocketAddress at, UdpEvents events) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.configureBlocking(false);
            channel.bind(at);
            Ready ready = (key, now) -> receiveAll(channel, events, now);
            channel.register(selector, SelectionKey.OP_READ, ready);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e instanceof IOException io ? io : new IOException(e.toString(), e);
        }
        return new Udp() {
            @Override
            public void send(ByteBuffer data, InetSocketAddress to) throws IOException {
                try {
                    channel.send(data, to);
                } catch (UnsupportedAddressTypeException e) {
                    throw new NoRouteToHostException("this host has no IPv6");
                }
            }

            @Override
            public void close() {
                quietly(channel);
            }
        };
    }

    private void receiveAll(DatagramChannel channel, UdpEvents events, long now) {
        for (int k = 0; k < BURST && channel.isOpen(); k++) {
            datagram.clear();
            InetSocketAddress from;
            try {
                from = (InetSocketAddress) channel.receive(datagram);
            } catch (IOException e) {
                return; // an ICMP error about something sent earlier
            }
            if (from == null) {
                return;
            }
            datagram.flip();
            byte[] data = new byte[datagram.remaining()];
            datagram.get(data);
            events.received(data, from, now);
        }
    }

    @Override
    public Ping ping(boolean ipv6, PingEvents events) throws IOException {
        PingSocket socket = new PingSocket(ipv6, (address, sequence, data) -> {
            post(now -> events.answered(address, sequence, data, now));
        });
        return new Ping() {
            @Override
            public void send(IpAddress address, int sequence, int ttl, byte[] from, int at, int length)
                    throws IOException {
                socket.send(address, sequence, ttl, from, at, length);
            }

            @Override
            public void close() {
                socket.close();
            }
        };
    }

    private static void quietly(AutoCloseable c) {
        try {
            c.close();
        } catch (Exception e) {
            // Nothing is left to do about a socket that is being given up.
        }
    }

    @Override
    public void close() {
        selector.keys().forEach(key -> quietly(key.channel()));
        quietly(selector);
    }

    private static final class Connection implements Tcp, Ready {
        private final SocketChannel channel;
        private TcpEvents events;
        private SelectionKey key;
        private boolean open;

        Connection(SocketChannel channel, TcpEvents events) {
            this.channel = channel;
            this.events = events;
        }

        @Override
        public void ready(SelectionKey k, long now) {
            if (!open) {
                finishConnect(now);
                return;
            }
            int ops = k.readyOps();
            if ((ops & SelectionKey.OP_READ) != 0) {
                events.readable(now);
            }
            if ((ops & SelectionKey.OP_WRITE) != 0 && k.isValid()) {
                events.writable(now);
            }
        }

        private void finishConnect(long now) {
            try {
                if (channel.finishConnect()) {
                    open = true;
                    key.interestOps(0);
                    events.connected(now);
                }
            } catch (IOException e) {
                events.failed(e, now);
            }
        }

        @Override
        public int read(ByteBuffer to) throws IOException {
            return channel.read(to);
        }

        @Override
        public int write(ByteBuffer from) throws IOException {
            return channel.write(from);
        }

        @Override
        public void shutdownOutput() throws IOException {
            channel.shutdownOutput();
        }

        @Override
        public void interest(boolean readable, boolean writable) {
            if (key.isValid()) {
                int ops = (readable ? SelectionKey.OP_READ : 0) | (writable ? SelectionKey.OP_WRITE : 0);
                if (key.interestOps() != ops) {
                    key.interestOps(ops);
                }
            }
        }

        @Override
        public void close(boolean reset) {
            if (reset && channel.isOpen()) {
                try {
                    channel.setOption(StandardSocketOptions.SO_LINGER, 0);
                } catch (IOException | UnsupportedOperationException e) {
                    // Then the peer sees an end instead of a reset.
                }
            }
            quietly(channel);
        }
    }
}
