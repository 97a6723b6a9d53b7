package org.terrarium.net;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.terrarium.net.SwitchConfig.Uplink;
import org.terrarium.net.host.FolderFiles;
import org.terrarium.net.host.HostAddresses;
import org.terrarium.net.host.HostNames;
import org.terrarium.net.host.HostRoute6;
import org.terrarium.net.host.NioSockets;
import org.terrarium.net.host.RemoteSwitch;
import org.terrarium.net.host.SwitchAddress;
import org.terrarium.net.host.SwitchDoors;
import org.terrarium.net.link.Switch;
import org.terrarium.net.link.Team;
import org.terrarium.net.nat.Gateway;
import org.terrarium.net.nat.GatewayHost;
import org.terrarium.net.nat.PortForward;

/** What a switch is connected to besides cards, as its configuration says. On the network's thread. */
final class Uplinks {
    private final SwitchConfig config;
    private final Team team;
    private final List<RemoteSwitch> remotes = new ArrayList<>();
    private final SwitchDoors doors;
    private final List<String> troubles = new ArrayList<>();
    private final List<byte[]> fromGateway = new ArrayList<>();
    private final LongSupplier now;
    private Gateway gateway;
    private Team.Member gatewayMember;

    Uplinks(
            SwitchConfig config,
            NioSockets sockets,
            Switch fabric,
            UUID own,
            RandomGenerator random,
            LongSupplier now) {
        this.config = config;
        this.now = now;
        team = config.uplinks().isEmpty() ? null : new Team(fabric, "uplinks", config.teaming());
        for (Uplink u : config.uplinks()) {
            if (u.remote() == null) {
                Path folder = config.gateway().boot().folder();
                GatewayHost host = new GatewayHost(
                        sockets,
                        HostNames.system(),
                        new HostAddresses(System::nanoTime),
                        new HostRoute6(System::nanoTime),
                        folder == null ? null : new FolderFiles(folder));
                gateway = new Gateway(
                        u.outside() ? config.gateway() : config.gateway().withoutOutside(),
                        host,
                        random,
                        fromGateway::add);
                gatewayMember = team.add(frame -> gateway.receive(frame, now.getAsLong()), true);
                gatewayMember.connected(true);
            } else {
                remotes.add(new RemoteSwitch(sockets, u.remote(), own, team, now.getAsLong()));
            }
        }
        doors = new SwitchDoors(sockets, fabric, own, config.teaming());
        for (SwitchAddress at : config.doors()) {
            try {
                doors.open(at);
            } catch (IOException e) {
                troubles.add(e.getMessage());
            }
        }
        for (PortForward f : config.forwards()) {
            try {
                gateway.forwards().add(f);
            } catch (IOException e) {
                troubles.add(e.getMessage());
            }
        }
    }

    /** The gateway, or null. */
    Gateway gateway() {
        return gateway;
    }

    /** What of the host could not be had, a sentence each. */
    List<String> troubles() {
        return List.copyOf(troubles);
    }

    List<UplinkInfo> list() {
        List<UplinkInfo> all = new ArrayList<>();
        for (int n = 0; n < config.uplinks().size(); n++) {
            RemoteSwitch remote = remote(n);
            Team.Member m = remote == null ? gatewayMember : remote.member();
            String trouble = !m.plugged() ? "it was pulled" : remote == null ? "" : remote.trouble();
            all.add(new UplinkInfo(
                    config.uplinks().get(n).text(),
                    m.plugged(),
                    m.up(),
                    m.active(),
                    m.framesOut(),
                    m.framesIn(),
                    trouble));
        }
        return all;
    }

    /** The switches that are connected at the doors. */
    int neighbours() {
        return doors.switches();
    }

    private RemoteSwitch remote(int uplink) {
        int before = (int) config.uplinks().subList(0, uplink).stream()
                .filter(u -> u.remote() != null)
                .count();
        return config.uplinks().get(uplink).remote() == null ? null : remotes.get(before);
    }

    /** Pulls an uplink, counted from 0, or plugs it in again. IllegalArgumentException when there is none of that number. */
    void plug(int uplink, boolean on) {
        if (uplink < 0 || uplink >= config.uplinks().size()) {
            throw new IllegalArgumentException("the switch has no uplink " + uplink + "; it has "
                    + config.uplinks().size());
        }
        RemoteSwitch remote = remote(uplink);
        if (remote == null) {
            gatewayMember.plugged(on);
        } else {
            remote.plug(on, now.getAsLong());
        }
    }

    /** Lets the gateway answer and brings its frames to the switch. */
    void settle(long time) {
        if (gateway == null) {
            return;
        }
        gateway.flush(time);
        for (int k = 0; k < fromGateway.size(); k++) {
            gatewayMember.receive(fromGateway.get(k), time);
        }
        fromGateway.clear();
    }

    long deadline() {
        long earliest = gateway == null ? Long.MAX_VALUE : gateway.deadline();
        for (RemoteSwitch r : remotes) {
            earliest = Math.min(earliest, r.deadline());
        }
        return Math.min(earliest, doors.deadline());
    }

    void expire(long time) {
        if (gateway != null) {
            gateway.expire(time);
        }
        remotes.forEach(r -> r.expire(time));
        doors.expire(time);
    }

    void close(long time) {
        remotes.forEach(RemoteSwitch::close);
        doors.close();
        if (gateway != null) {
            gateway.close(time);
        }
    }
}
