package org.terrarium.vm.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.terrarium.net.SwitchConfig;
import org.terrarium.net.SwitchConfig.Uplink;
import org.terrarium.net.host.SwitchAddress;
import org.terrarium.net.link.PortGroup;
import org.terrarium.net.link.Team;
import org.terrarium.net.nat.GatewayConfig;
import org.terrarium.net.nat.PortForward;

/**
 * What a named switch has besides cards.
 *
 * @param uplinks where it is connected to
 * @param teaming which of them is used
 * @param listen where other processes' switches may connect
 * @param forwards ports of the host that lead to its stations
 * @param hostLoopback whether its gateway's address leads to this host's own servers
 * @param groups port groups that cards may name
 */
public record SwitchSpec(
        List<Uplink> uplinks,
        Team.Policy teaming,
        List<SwitchAddress> listen,
        List<PortForward> forwards,
        boolean hostLoopback,
        Map<String, PortGroup> groups) {
    /** A switch for itself. */
    public static final SwitchSpec USUAL =
            new SwitchSpec(List.of(), Team.Policy.FAILOVER, List.of(), List.of(), false, Map.of());

    private static final int MAX_GROUPS = 256;

    public SwitchSpec {
        uplinks = List.copyOf(uplinks);
        listen = List.copyOf(listen);
        forwards = List.copyOf(forwards);
        groups = Map.copyOf(groups);
        Checks.range("the number of port groups", groups.size(), 0, MAX_GROUPS);
        groups.keySet().forEach(NetTarget::checkName);
        if (forwards.stream().anyMatch(f -> f.guestAddress() == 0)) {
            throw new IllegalArgumentException(
                    "forwards: several machines share the switch, so write the guest's address like"
                            + " tcp:127.0.0.1:2222-10.0.2.15:22");
        }
        new SwitchConfig(uplinks, teaming, listen, GatewayConfig.USUAL, forwards);
    }

    /** The same with one more uplink, from {@code nat}, {@code host-only}, {@code tcp:HOST:PORT} or {@code unix:/PATH}. */
    public SwitchSpec withUplink(String text) {
        return new SwitchSpec(with(uplinks, Uplink.parse(text)), teaming, listen, forwards, hostLoopback, groups);
    }

    /** The same with {@code failover} or {@code source-mac}. */
    public SwitchSpec withTeaming(String text) {
        return new SwitchSpec(uplinks, Team.Policy.parse(text), listen, forwards, hostLoopback, groups);
    }

    /** The same with one more place where others may connect. */
    public SwitchSpec withListen(String text) {
        return new SwitchSpec(
                uplinks, teaming, with(listen, SwitchAddress.parse(text)), forwards, hostLoopback, groups);
    }

    /** The same with one more port forward. */
    public SwitchSpec withForward(String text) {
        return new SwitchSpec(uplinks, teaming, listen, with(forwards, PortForward.parse(text)), hostLoopback, groups);
    }

    public SwitchSpec withHostLoopback(boolean allowed) {
        return new SwitchSpec(uplinks, teaming, listen, forwards, allowed, groups);
    }

    /** The same with one more port group, from {@code web=10} for access or {@code all=1,10,20} for a trunk. */
    public SwitchSpec withGroup(String text) {
        String[] pair = text.split("=", -1);
        if (pair.length != 2 || pair[1].isBlank()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no port group; write NAME=VLAN, or NAME=VLAN,TAGGED,TAGGED for a trunk");
        }
        String[] numbers = pair[1].split(",", 2);
        int vlan = PortSpec.vlan(numbers[0].strip());
        PortGroup group = new PortGroup(vlan, PortSpec.trunk(numbers.length == 2 ? numbers[1] : "", ","));
        Map<String, PortGroup> all = new LinkedHashMap<>(groups);
        if (all.put(pair[0], group) != null) {
            throw new IllegalArgumentException("two port groups have the name " + pair[0]);
        }
        return new SwitchSpec(uplinks, teaming, listen, forwards, hostLoopback, all);
    }

    private static <T> List<T> with(List<T> list, T one) {
        List<T> all = new ArrayList<>(list);
        all.add(one);
        return all;
    }

    /** The form of a port group that {@link #withGroup} reads. */
    static String text(Map.Entry<String, PortGroup> group) {
        StringBuilder s =
                new StringBuilder(group.getKey() + "=" + group.getValue().vlan());
        group.getValue().tagged().stream().sorted().forEach(v -> s.append(',').append(v));
        return s.toString();
    }

    SwitchConfig config(GatewayConfig gateway) {
        return new SwitchConfig(uplinks, teaming, listen, gateway.withHostLoopback(hostLoopback), forwards);
    }
}
