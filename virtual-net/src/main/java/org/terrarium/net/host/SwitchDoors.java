package org.terrarium.net.host;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.terrarium.net.link.Switch;
import org.terrarium.net.link.Team;

/**
 * The places where other processes' switches may connect to this one with their uplinks. Several uplinks of one switch, at
 * whatever place, are teamed here as they are there. On the network's thread.
 */
public final class SwitchDoors implements FramePipe.Events, AutoCloseable {
    private static final int MAX_PIPES = 64;

    private final NioSockets sockets;
    private final Switch fabric;
    private final UUID own;
    private final Team.Policy policy;
    private final Map<SwitchAddress, ServerSocketChannel> servers = new LinkedHashMap<>();
    private final Map<FramePipe, UUID> pipes = new HashMap<>();
    private final Map<FramePipe, Team.Member> members = new HashMap<>();
    private final Map<UUID, Team> teams = new HashMap<>();

    /**
     * None as yet.
     *
     * @param own which switch this is
     * @param policy over which of a switch's links frames are sent to it
     */
    public SwitchDoors(NioSockets sockets, Switch fabric, UUID own, Team.Policy policy) {
        this.sockets = sockets;
        this.fabric = fabric;
        this.own = own;
        this.policy = policy;
    }

    /**
     * Opens one more.
     *
     * @throws IOException in one sentence when the host does not allow it
     */
    public void open(SwitchAddress address) throws IOException {
        ServerSocketChannel server = address.server();
        try {
            server.configureBlocking(false);
            removeLeftOver(address);
            server.bind(address.resolve(), MAX_PIPES);
            NioSockets.Ready ready = (key, now) -> accept(server, now);
            sockets.register(server, SelectionKey.OP_ACCEPT, ready);
        } catch (IOException e) {
            server.close();
            throw new IOException(
                    "other switches cannot connect at " + address.text() + ": " + e.getMessage()
                            + "; choose another place",
                    e);
        }
        servers.put(address, server);
    }

    /** A Unix domain socket stays in its folder when its process is killed; then nobody answers at it any more. */
    private static void removeLeftOver(SwitchAddress address) throws IOException {
        if (address.path() == null
                || !Files.exists(Path.of(address.path()))
                || !Files.readAttributes(Path.of(address.path()), BasicFileAttributes.class)
                        .isOther()) {
            return; // a user's file is none of ours
        }
        try {
            SocketChannel.open(address.resolve()).close(); // somebody is there: binding will say so
        } catch (ConnectException e) {
            Files.delete(Path.of(address.path()));
        }
    }

    /** How many switches are connected. */
    public int switches() {
        return teams.size();
    }

    private void accept(ServerSocketChannel server, long now) {
        try {
            for (SocketChannel c = server.accept(); c != null; c = server.accept()) {
                if (pipes.size() == MAX_PIPES) {
                    c.close();
                    continue;
                }
                FramePipe pipe = new FramePipe(c);
                pipe.attach(sockets, own, this, now);
                pipes.put(pipe, own);
            }
        } catch (IOException e) {
            return; // it has gone again
        }
    }

    /** When {@link #expire} wants to be called. */
    public long deadline() {
        return pipes.keySet().stream().mapToLong(FramePipe::deadline).min().orElse(Long.MAX_VALUE);
    }

    /** Takes silent links for dead. */
    public void expire(long now) {
        Map.copyOf(pipes).keySet().forEach(pipe -> pipe.expire(now));
    }

    @Override
    public void greeted(FramePipe pipe, UUID other, long now) {
        if (other.equals(own)) {
            pipe.close(); // the switch itself
            gone(pipe, now);
            return;
        }
        Team team = teams.computeIfAbsent(other, id -> new Team(fabric, "another switch", policy));
        Team.Member member = team.add(pipe::send, false);
        pipes.put(pipe, other);
        members.put(pipe, member);
        member.connected(true);
    }

    @Override
    public void frame(FramePipe pipe, byte[] frame, long now) {
        members.get(pipe).receive(frame, now);
    }

    @Override
    public void gone(FramePipe pipe, long now) {
        UUID other = pipes.remove(pipe);
        Team.Member member = members.remove(pipe);
        if (member == null) {
            return;
        }
        Team team = teams.get(other);
        team.remove(member);
        if (team.members().isEmpty()) {
            fabric.unplug(team.port());
            teams.remove(other);
        }
    }

    @Override
    public void close() {
        pipes.keySet().forEach(FramePipe::close);
        try {
            for (Map.Entry<SwitchAddress, ServerSocketChannel> e : servers.entrySet()) {
                e.getValue().close();
                if (e.getKey().path() != null) {
                    Files.deleteIfExists(Path.of(e.getKey().path()));
                }
            }
        } catch (IOException e) {
            return; // closed enough
        }
    }
}
