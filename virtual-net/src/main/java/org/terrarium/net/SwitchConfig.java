package org.terrarium.net;

import java.util.HashSet;
import java.util.List;
import org.terrarium.net.host.SwitchAddress;
import org.terrarium.net.link.Team;
import org.terrarium.net.nat.GatewayConfig;
import org.terrarium.net.nat.PortForward;

/**
 * How a switch is connected to what is not a card.
 *
 * @param uplinks one port of the switch together, see {@link Team}; frames never go from one of them to another
 * @param teaming which of the uplinks is used
 * @param doors where other processes' switches may connect
 * @param gateway how the network looks from inside if an uplink leads to a gateway
 * @param forwards ports of the host that lead to stations, by the gateway
 */
public record SwitchConfig(
        List<Uplink> uplinks,
        Team.Policy teaming,
        List<SwitchAddress> doors,
        GatewayConfig gateway,
        List<PortForward> forwards) {
    /** What connects to nothing. */
    public static final SwitchConfig CLOSED =
            new SwitchConfig(List.of(), Team.Policy.FAILOVER, List.of(), GatewayConfig.USUAL, List.of());

    private static final int MAX_UPLINKS = 8;

    /**
     * What an uplink leads to: to {@code remote}, or where that is null to the gateway.
     *
     * @param outside whether the gateway leads further than to this host
     */
    public record Uplink(boolean outside, SwitchAddress remote) {
        public static final Uplink NAT = new Uplink(true, null);
        public static final Uplink HOST_ONLY = new Uplink(false, null);

        /** Parses {@code nat}, {@code host-only} or the place of another switch; IllegalArgumentException with a sentence otherwise. */
        public static Uplink parse(String text) {
            return switch (text) {
                case "nat" -> NAT;
                case "host-only" -> HOST_ONLY;
                default -> {
                    if (!text.contains(":")) {
                        throw new IllegalArgumentException(
                                "'" + text + "' is no uplink; choose nat, host-only, tcp:HOST:PORT or unix:/PATH");
                    }
                    yield new Uplink(false, SwitchAddress.parse(text));
                }
            };
        }

        /** The form that {@link #parse} reads. */
        public String text() {
            return remote != null ? remote.text() : outside ? "nat" : "host-only";
        }
    }

    public SwitchConfig {
        uplinks = List.copyOf(uplinks);
        doors = List.copyOf(doors);
        forwards = List.copyOf(forwards);
        if (uplinks.size() > MAX_UPLINKS || doors.size() > MAX_UPLINKS) {
            throw new IllegalArgumentException("a switch has at most " + MAX_UPLINKS + " uplinks and as many doors");
        }
        if (uplinks.stream().filter(u -> u.remote() == null).count() > 1) {
            throw new IllegalArgumentException("uplinks: a switch has one gateway; choose nat or host-only");
        }
        if (!doors.isEmpty() && uplinks.stream().anyMatch(u -> u.remote() != null)) {
            // Single-tier: what others connect to connects to nobody, so that no rings arise.
            throw new IllegalArgumentException(
                    "a switch that others connect to cannot have uplinks to other switches: frames could go round in"
                            + " circles");
        }
        if (new HashSet<>(doors).size() != doors.size()) {
            throw new IllegalArgumentException("listen: two doors are at one place");
        }
        if (!forwards.isEmpty() && uplinks.stream().noneMatch(u -> u.remote() == null)) {
            throw new IllegalArgumentException("forwards need a switch with the uplink nat or host-only");
        }
    }

    /** A switch whose only uplink is a gateway. */
    public static SwitchConfig of(GatewayConfig gateway) {
        Uplink uplink = gateway.outside() ? Uplink.NAT : Uplink.HOST_ONLY;
        return new SwitchConfig(List.of(uplink), Team.Policy.FAILOVER, List.of(), gateway, List.of());
    }
}
