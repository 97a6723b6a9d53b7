package org.terrarium.net.host;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.terrarium.net.link.Switch;

/**
 * Joins the switches of one name in different processes of a user to one. Whoever holds the lock file listens at a Unix domain
 * socket, the others connect to it: a star, so there are no loops. When the middle goes, another takes its place. On the
 * network's thread.
 */
public final class SharedSwitch implements AutoCloseable {
    private static final long AGAIN_NANOS = 100_000_000L;
    private static final int MAX_MEMBERS = 64;

    private final NioSockets sockets;
    private final Switch fabric;
    private final Path socket;
    private final FileChannel lockFile;
    private final List<FramePipe> pipes = new ArrayList<>();
    private FileLock lock;
    private ServerSocketChannel server;
    private long joinAt;

    /**
     * Joins; the socket and lock are made in {@code folder}, which only the user can open.
     *
     * @throws IOException when files cannot be made there
     */
    public SharedSwitch(NioSockets sockets, Switch fabric, Path folder, String name, long now) throws IOException {
        this.sockets = sockets;
        this.fabric = fabric;
        socket = folder.resolve("net-" + name + ".sock");
        lockFile = FileChannel.open(
                folder.resolve("net-" + name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        joinAt = now;
        expire(now);
    }

    /** When {@link #expire} wants to be called. */
    public long deadline() {
        return joinAt;
    }

    /** Tries to join while this is alone. */
    public void expire(long now) {
        if (now < joinAt) {
            return;
        }
        joinAt = now + AGAIN_NANOS;
        try {
            if (lock == null) {
                lock = lockFile.tryLock();
            }
            if (lock != null) {
                listen();
            } else {
                connect(now);
            }
            joinAt = Long.MAX_VALUE;
        } catch (OverlappingFileLockException e) {
            connectLater(now); // the middle is in this very process
        } catch (IOException e) {
            return; // the one in the middle is just coming or going: again in a moment
        }
    }

    private void connectLater(long now) {
        try {
            connect(now);
            joinAt = Long.MAX_VALUE;
        } catch (IOException e) {
            return; // again in a moment
        }
    }

    private void listen() throws IOException {
        Files.deleteIfExists(socket); // a left-over: nobody else has the lock
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.configureBlocking(false);
            channel.bind(UnixDomainSocketAddress.of(socket));
            NioSockets.Ready ready = (key, now) -> accept(channel, now);
            sockets.register(channel, SelectionKey.OP_ACCEPT, ready);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        server = channel;
    }

    private void accept(ServerSocketChannel channel, long now) {
        try {
            for (SocketChannel member = channel.accept(); member != null; member = channel.accept()) {
                if (pipes.size() == MAX_MEMBERS) {
                    member.close();
                } else {
                    add(member);
                }
            }
        } catch (IOException e) {
            return; // it has gone again
        }
    }

    private void connect(long now) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            add(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private void add(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        FramePipe pipe = new FramePipe(channel, this::gone);
        pipe.attach(sockets, fabric.plug("another process", pipe::send));
        pipes.add(pipe);
    }

    private void gone(FramePipe pipe, long now) {
        fabric.unplug(pipe.port());
        pipes.remove(pipe);
        if (server == null) {
            joinAt = now; // that was the middle
        }
    }

    /** How many processes this one is connected to directly. */
    public int members() {
        return pipes.size();
    }

    @Override
    public void close() {
        pipes.forEach(FramePipe::close);
        try {
            if (server != null) {
                server.close();
                Files.deleteIfExists(socket); // while the lock is still held
            }
            lockFile.close();
        } catch (IOException e) {
            return; // left-overs are cleared away by the next one
        }
    }
}
