package org.terrarium.vm.spec;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.terrarium.net.MacAddress;
import org.terrarium.net.SwitchConfig;
import org.terrarium.net.SwitchConfig.Uplink;
import org.terrarium.net.nat.GatewayConfig;
import org.terrarium.net.wire.Ip4;

/**
 * A network that machines name: how those behind NAT look from inside, or that a private one is meant to exist.
 *
 * @param network the address of a NAT network, its last {@code 32 - prefix} bits zero
 * @param domain of the machines' names
 * @param reservations addresses that cards always get
 * @param wiring what the switch of a private or host-only network has besides cards
 * @param services what its gateway does besides the usual
 */
public record NetworkSpec(
        String name,
        NetTarget.Kind kind,
        int network,
        int prefix,
        String domain,
        Map<MacAddress, Integer> reservations,
        SwitchSpec wiring,
        ServiceSpec services) {
    private static final int MAX_RESERVATIONS = 1024;
    private static final Pattern SUBNET = Pattern.compile("([0-9.]+)/([0-9]{1,2})");
    private static final String DOMAIN =
            "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?([.][A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?){0,8}";

    public NetworkSpec {
        NetTarget.checkName(name);
        Checks.present("kind", kind);
        if (kind == NetTarget.Kind.NONE) {
            throw new IllegalArgumentException("kind: a network is nat, private or host-only");
        }
        reservations = Map.copyOf(reservations);
        Checks.range("the number of reservations", reservations.size(), 0, MAX_RESERVATIONS);
        if (!gateway(kind, wiring) && !reservations.isEmpty()) {
            throw new IllegalArgumentException(
                    "reservations need a network with a gateway, as nobody else gives out addresses");
        }
        if (kind == NetTarget.Kind.NAT && !wiring.equals(SwitchSpec.USUAL)) {
            throw new IllegalArgumentException(
                    "uplinks, listen, groups and forwards need a network of kind private or host-only: with nat each"
                            + " machine has a network of its own");
        }
        if (!gateway(kind, wiring) && !services.equals(ServiceSpec.USUAL)) {
            throw new IllegalArgumentException(
                    "ipv6, ntp, nextServer, bootFile, tftp and connections need a network with a gateway");
        }
        if (!domain.matches(DOMAIN) || domain.length() > 200) {
            throw new IllegalArgumentException("domain: '" + domain + "' is no domain like office.internal");
        }
        config(network, prefix, domain, reservations);
    }

    private static boolean gateway(NetTarget.Kind kind, SwitchSpec wiring) {
        return kind != NetTarget.Kind.PRIVATE || wiring.uplinks().stream().anyMatch(u -> u.remote() == null);
    }

    /** Whether somebody in the network gives out addresses. */
    public boolean hasGateway() {
        return gateway(kind, wiring);
    }

    /** A network as it is when nothing else is said about it. */
    public static NetworkSpec of(String name, NetTarget.Kind kind) {
        GatewayConfig usual = GatewayConfig.USUAL;
        SwitchSpec wiring = kind == NetTarget.Kind.HOST_ONLY
                ? SwitchSpec.USUAL.withUplink(Uplink.HOST_ONLY.text())
                : SwitchSpec.USUAL;
        return new NetworkSpec(
                name, kind, usual.network(), usual.prefix(), usual.domain(), Map.of(), wiring, ServiceSpec.USUAL);
    }

    /** The same with the network {@code 192.168.7.0/24}; IllegalArgumentException with a sentence when that is none. */
    public NetworkSpec withSubnet(String text) {
        Matcher m = SUBNET.matcher(text);
        if (!m.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no subnet; write it like 192.168.7.0/24");
        }
        int address = Ip4.parse(m.group(1));
        int bits = Integer.parseInt(m.group(2));
        if (bits < 8 || bits > 27) {
            throw new IllegalArgumentException("'" + text + "': a subnet's prefix has 8 to 27 bits");
        }
        if ((address & ~Ip4.mask(bits)) != 0) {
            throw new IllegalArgumentException("'" + text + "' has bits behind its prefix; did you mean "
                    + Ip4.text(address & Ip4.mask(bits)) + "/" + bits + "?");
        }
        boolean usable =
                address >>> 24 != 0 && address >>> 24 != 127 && !Ip4.multicast(address) && address >>> 28 != 15;
        if (!usable) {
            throw new IllegalArgumentException(
                    "'" + text + "' cannot be a network of machines; take one of 10.0.0.0/8");
        }
        return new NetworkSpec(name, kind, address, bits, domain, reservations, wiring, services);
    }

    public NetworkSpec withDomain(String value) {
        return new NetworkSpec(name, kind, network, prefix, value, reservations, wiring, services);
    }

    /** The same with one address more, from {@code 02:00:00:00:00:01=10.0.2.20}. */
    public NetworkSpec withReservation(String text) {
        String[] pair = text.split("=", -1);
        if (pair.length != 2) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no reservation; write it like 02:00:00:00:00:01=10.0.2.20");
        }
        MacAddress mac = MacAddress.parse(pair[0]);
        if (reservations.containsKey(mac)) {
            throw new IllegalArgumentException("two addresses are reserved for the card " + mac);
        }
        Map<MacAddress, Integer> all = new LinkedHashMap<>(reservations);
        all.put(mac, Ip4.parse(pair[1]));
        return new NetworkSpec(name, kind, network, prefix, domain, all, wiring, services);
    }

    public NetworkSpec withWiring(SwitchSpec value) {
        return new NetworkSpec(name, kind, network, prefix, domain, reservations, value, services);
    }

    public NetworkSpec withServices(ServiceSpec value) {
        return new NetworkSpec(name, kind, network, prefix, domain, reservations, wiring, value);
    }

    /** How the switch of a private or host-only network is connected. */
    public SwitchConfig switchConfig() {
        return wiring.config(gateway());
    }

    /** The form that {@link #withSubnet} reads. */
    public String subnet() {
        return Ip4.text(network) + "/" + prefix;
    }

    private static GatewayConfig config(int network, int prefix, String domain, Map<MacAddress, Integer> reservations) {
        Map<Long, Integer> kept = new LinkedHashMap<>();
        reservations.forEach((mac, address) -> kept.put(mac.bits(), address));
        return GatewayConfig.USUAL.withNetwork(network, prefix, domain, kept);
    }

    /** The gateway of a network that has one. */
    public GatewayConfig gateway() {
        return services.config(config(network, prefix, domain, reservations));
    }
}
