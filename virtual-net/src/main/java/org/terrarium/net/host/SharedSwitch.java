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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.terrarium.net.link.PortGroup;
import org.terrarium.net.link.Switch;

/**
 * Joins the switches of one name in different processes of a user to one. Whoever holds the lock file listens at a Unix domain
 * socket, the others connect to it: a star, so there are no loops. When the middle goes, another takes its place. What a
 * switch has only once, its uplinks, belongs to the middle. On the network's thread.
 */
public final class SharedSwitch implements AutoCloseable {
    private static final long AGAIN_NANOS = 100_000_000L;
    private static final int MAX_MEMBERS = 64;

    private final NioSockets sockets;
    private final Switch fabric;
    private final Path socket;
    private final FileChannel lockFile;
    private final UUID own;
    private final LongConsumer becameMiddle;
    private final Map<FramePipe, Switch.Port> pipes = new LinkedHashMap<>();
    private final Map<FramePipe, Boolean> asked = new HashMap<>();
    private FileLock lock;
    private ServerSocketChannel server;
    private long joinAt;

    /**
     * Joins; the socket and lock are made in {@code folder}, which only the user can open.
     *
     * @param own which switch this is
     * @param becameMiddle called at most once, with the time, when this has become the middle
     * @throws IOException when files cannot be made there
     */
    public SharedSwitch(
            NioSockets sockets, Switch fabric, Path folder, String name, UUID own, LongConsumer becameMiddle, long now)
            throws IOException {
        this.sockets = sockets;
        this.fabric = fabric;
        this.own = own;
        this.becameMiddle = becameMiddle;
        socket = folder.resolve("net-" + name + ".sock");
        lockFile = FileChannel.open(
                folder.resolve("net-" + name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        joinAt = now;
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
                becameMiddle.accept(now);
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
                    add(member, now);
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
            add(channel, now);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private void add(SocketChannel channel, long now) throws IOException {
        FramePipe pipe = new FramePipe(channel);
        Switch.Port port = fabric.plug("another process", pipe::send);
        port.group(PortGroup.ALL);
        pipes.put(pipe, port);
        pipe.onMessage(m -> {
            port.promiscuous(m == FramePipe.PROMISCUOUS);
            promiscuityChanged();
        });
        pipe.attach(sockets, own, new Member(port), now);
        promiscuityChanged();
    }

    private final class Member implements FramePipe.Events {
        private final Switch.Port port;

        Member(Switch.Port port) {
            this.port = port;
        }

        @Override
        public void frame(FramePipe from, byte[] frame, long now) {
            port.receive(frame, now);
        }

        @Override
        public void greeted(FramePipe pipe, UUID other, long now) {
            // Whoever can open the folder is of the family.
        }

        @Override
        public void gone(FramePipe pipe, long now) {
            fabric.unplug(port);
            pipes.remove(pipe);
            if (server == null) {
                joinAt = now; // that was the middle
            }
            promiscuityChanged();
        }
    }

    /** Has the others send every frame while somebody here, or behind a third process, listens to all. */
    public void promiscuityChanged() {
        pipes.forEach((pipe, port) -> {
            boolean all = fabric.ports().stream().anyMatch(p -> p != port && p.promiscuous());
            if (!Boolean.valueOf(all).equals(asked.put(pipe, all))) {
                pipe.tell(all ? FramePipe.PROMISCUOUS : FramePipe.SELECTIVE);
            }
        });
        asked.keySet().retainAll(pipes.keySet());
    }

    @Override
    public void close() {
        pipes.keySet().forEach(FramePipe::close);
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
