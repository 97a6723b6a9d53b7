package org.terrarium.net.host;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.terrarium.net.wire.IpAddress;

/**
 * The host's sockets, never blocking. Everything is called, and calls back, on the network's one thread; behind this interface
 * so that tests can be exact.
 */
public interface HostSockets {
    /** A connection by TCP. */
    interface Tcp {
        /** Reads what is there into {@code to}; -1 at the end of the stream. */
        int read(ByteBuffer to) throws IOException;

        /** Writes what fits. */
        int write(ByteBuffer from) throws IOException;

        /** No more will be written; the peer reads an end. */
        void shutdownOutput() throws IOException;

        /** Says which of {@link TcpEvents} are wanted from now on; none at first. */
        void interest(boolean readable, boolean writable);

        /** Closes; with {@code reset} the peer's reads fail instead of ending. */
        void close(boolean reset);
    }

    /** What happens to a connection. */
    interface TcpEvents {
        void connected(long now);

        /** It could not be made, or broke. */
        void failed(IOException cause, long now);

        void readable(long now);

        void writable(long now);
    }

    /** Decides about a connection that came in: its events, or null to refuse it. */
    interface Accept {
        TcpEvents accepted(Tcp connection, InetSocketAddress from, long now);
    }

    /** A socket for datagrams. */
    interface Udp {
        /** Sends if the host takes it now; datagrams may be lost. */
        void send(ByteBuffer datagram, InetSocketAddress to) throws IOException;

        void close();
    }

    /** Takes datagrams; {@code data} is the callee's. */
    interface UdpEvents {
        void received(byte[] data, InetSocketAddress from, long now);
    }

    /** A socket for ICMP echo requests. */
    interface Ping {
        /** Sends a request with the data at {@code at}; {@code ttl} as in the IP header. */
        void send(IpAddress address, int sequence, int ttl, byte[] from, int at, int length) throws IOException;

        void close();
    }

    /** Takes answers to echo requests. */
    interface PingEvents {
        void answered(IpAddress address, int sequence, byte[] data, long now);
    }

    /**
     * Opens a socket for ICMP echo requests.
     *
     * @param ipv6 to addresses of IPv6, else to those of IPv4
     * @throws IOException when the host does not let its user have one
     */
    Ping ping(boolean ipv6, PingEvents events) throws IOException;

    /** Starts a connection; the events tell how that goes. */
    Tcp connect(InetSocketAddress to, TcpEvents events) throws IOException;

    /** Waits for connections at {@code at}; close what is returned to stop. */
    AutoCloseable listen(InetSocketAddress at, Accept accept) throws IOException;

    /** Opens a socket for datagrams, bound to {@code at}, or to any free port when that is null. */
    Udp udp(InetSocketAddress at, UdpEvents events) throws IOException;
}
