package org.terrarium.vm.spec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.random.RandomGenerator;
import org.terrarium.net.MacAddress;
import org.terrarium.net.nat.PortForward;
import org.terrarium.vm.NicModel;

/**
 * A network card and where its cable leads.
 *
 * @param mac its own address, which stays the same as long as the machine exists
 * @param forwards ports of the host that lead to the guest; only with NAT
 * @param hostLoopback whether the guest may reach this host's own servers at the gateway's address; only with NAT
 */
public record NicSpec(NicModel model, MacAddress mac, NetTarget net, List<PortForward> forwards, boolean hostLoopback) {
    private static final int MAX_FORWARDS = 256;

    public NicSpec {
        Checks.present("model", model);
        Checks.present("mac", mac);
        Checks.present("net", net);
        forwards = List.copyOf(forwards);
        Checks.range("the number of forwards", forwards.size(), 0, MAX_FORWARDS);
        if (net.kind() != NetTarget.Kind.NAT && (!forwards.isEmpty() || hostLoopback)) {
            throw new IllegalArgumentException("forwards and hostLoopback need a card with net nat");
        }
        if (new HashSet<>(forwards).size() != forwards.size()) {
            throw new IllegalArgumentException("forwards must not name the same port twice");
        }
        if ((mac.bits() & 1L << 40) != 0 || mac.bits() == 0) {
            throw new IllegalArgumentException(
                    "mac: " + mac + " names a group of cards, not one; its second digit must be even");
        }
    }

    /** The card that machines usually have: behind NAT, with a new address. */
    public static NicSpec usual(RandomGenerator random) {
        return new NicSpec(NicModel.E1000, MacAddress.random(random), NetTarget.NAT, List.of(), false);
    }

    /**
     * Reads {@code model=e1000,mac=02:00:00:00:00:01,net=nat}, in any order; what is left out is as usual.
     * IllegalArgumentException with a sentence when something is wrong.
     */
    public static NicSpec parse(String text, RandomGenerator random) {
        NicSpec nic = usual(random);
        for (String part : text.split(",")) {
            String[] pair = part.split("=", 2);
            String value = pair.length == 2 ? pair[1] : "";
            nic = switch (pair[0]) {
                case "model" -> new NicSpec(NicModel.parse(value), nic.mac, nic.net, nic.forwards, nic.hostLoopback);
                case "mac" -> new NicSpec(nic.model, MacAddress.parse(value), nic.net, nic.forwards, nic.hostLoopback);
                case "net" -> nic.withNet(NetTarget.parse(value));
                default ->
                    throw new IllegalArgumentException("'" + part
                            + "' says nothing about a network card; write model=..., mac=... or net=... with commas");
            };
        }
        return nic;
    }

    /** The same card elsewhere; what only NAT has is left behind with it. */
    public NicSpec withNet(NetTarget value) {
        boolean nat = value.kind() == NetTarget.Kind.NAT;
        return new NicSpec(model, mac, value, nat ? forwards : List.of(), nat && hostLoopback);
    }

    /** The same card with an address of its own. */
    public NicSpec withNewAddress(RandomGenerator random) {
        return new NicSpec(model, MacAddress.random(random), net, forwards, hostLoopback);
    }

    public NicSpec withForwards(List<PortForward> value) {
        return new NicSpec(model, mac, net, value, hostLoopback);
    }

    public NicSpec withHostLoopback(boolean allowed) {
        return new NicSpec(model, mac, net, forwards, allowed);
    }

    /** IllegalArgumentException when two cards have one address, or one place on the ISA bus. */
    static void requireDifferentAddresses(List<NicSpec> nics) {
        if (nics.stream().filter(nic -> nic.model() == NicModel.NE2000_ISA).count() > 1) {
            throw new IllegalArgumentException("nics: a machine has one place for an ne2000-isa card, at port 300h");
        }
        List<MacAddress> all = new ArrayList<>();
        for (NicSpec nic : nics) {
            if (all.contains(nic.mac())) {
                throw new IllegalArgumentException("nics: two cards have the address " + nic.mac());
            }
            all.add(nic.mac());
        }
    }
}
