package org.terrarium.vm.spec;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.random.RandomGenerator;
import org.terrarium.net.MacAddress;
import org.terrarium.net.link.PortGroup;
import org.terrarium.net.nat.PortForward;
import org.terrarium.vm.NicModel;

/**
 * A network card and where its cable leads.
 *
 * @param mac its own address, which stays the same as long as the machine exists
 * @param forwards ports of the host that lead to the guest; only with NAT
 * @param hostLoopback whether the guest may reach this host's own servers at the gateway's address; only with NAT
 * @param port of the switch
 * @param boot how it boots the machine from the network
 */
public record NicSpec(
        NicModel model,
        MacAddress mac,
        NetTarget net,
        List<PortForward> forwards,
        boolean hostLoopback,
        PortSpec port,
        BootSpec boot) {
    private static final int MAX_FORWARDS = 256;

    public NicSpec {
        Checks.present("model", model);
        Checks.present("mac", mac);
        Checks.present("net", net);
        Checks.present("port", port);
        Checks.present("boot", boot);
        forwards = List.copyOf(forwards);
        Checks.range("the number of forwards", forwards.size(), 0, MAX_FORWARDS);
        if (net.kind() != NetTarget.Kind.NAT && (!forwards.isEmpty() || hostLoopback)) {
            throw new IllegalArgumentException(
                    "forwards and hostLoopback need a card with net nat; those of a named switch are in networks.json");
        }
        if (net.kind() != NetTarget.Kind.NAT && boot.forGateway()) {
            throw new IllegalArgumentException(
                    "tftp and bootFile need a card with net nat; those of a named switch are in networks.json");
        }
        if (model == NicModel.NE2000_ISA && boot.rom() != null) {
            throw new IllegalArgumentException("rom: an ne2000-isa card has no place for a ROM; take a PCI card");
        }
        if (new HashSet<>(forwards).size() != forwards.size()) {
            throw new IllegalArgumentException("forwards must not name the same port twice");
        }
        if ((mac.bits() & 1L << 40) != 0 || mac.bits() == 0) {
            throw new IllegalArgumentException(
                    "mac: " + mac + " names a group of cards, not one; its second digit must be even");
        }
    }

    /** A card at a usual port. */
    public NicSpec(NicModel model, MacAddress mac, NetTarget net, List<PortForward> forwards, boolean hostLoopback) {
        this(model, mac, net, forwards, hostLoopback, PortSpec.USUAL, BootSpec.NONE);
    }

    /** The card that machines usually have: behind NAT, with a new address. */
    public static NicSpec usual(RandomGenerator random) {
        return new NicSpec(NicModel.E1000, MacAddress.random(random), NetTarget.NAT, List.of(), false);
    }

    /**
     * Reads {@code model=e1000,mac=02:00:00:00:00:01,net=nat}, in any order; what is left out is as usual. {@code switch=NAME} is
     * {@code net=private:NAME}; {@code vlan=10}, {@code trunk=10+20}, {@code group=NAME}, {@code promiscuous=on} and
     * {@code cable=off} say how its port of the switch is set, {@code rom=FILE}, {@code tftp=FOLDER} and {@code bootfile=NAME} how it
     * boots from the network. IllegalArgumentException with a sentence when something is wrong.
     */
    public static NicSpec parse(String text, RandomGenerator random) {
        NicSpec nic = usual(random);
        for (String part : text.split(",")) {
            String[] pair = part.split("=", 2);
            String value = pair.length == 2 ? pair[1] : "";
            nic = switch (pair[0]) {
                case "model" -> nic.with(NicModel.parse(value), nic.mac, nic.port);
                case "mac" -> nic.with(nic.model, MacAddress.parse(value), nic.port);
                case "net" -> nic.withNet(NetTarget.parse(value));
                case "rom" -> nic.withBoot(nic.boot.withRom(Path.of(value).toAbsolutePath()));
                case "tftp" -> nic.withBoot(nic.boot.withTftp(Path.of(value).toAbsolutePath()));
                case "bootfile" -> nic.withBoot(nic.boot.withFile(value));
                case "switch" -> nic.withNet(new NetTarget(NetTarget.Kind.PRIVATE, value));
                default -> nic.withPort(port(nic.port, pair[0], value, part));
            };
        }
        return nic;
    }

    private static PortSpec port(PortSpec port, String key, String value, String part) {
        PortGroup vlans = port.vlans();
        return switch (key) {
            case "group" -> port.withGroup(value);
            case "vlan" -> port.withVlans(new PortGroup(PortSpec.vlan(value), vlans.tagged()));
            case "trunk" -> port.withVlans(new PortGroup(vlans.vlan(), PortSpec.trunk(value, "[+]")));
            case "promiscuous" -> port.withPromiscuous(on(part, value));
            case "cable" -> port.withConnected(on(part, value));
            default ->
                throw new IllegalArgumentException("'" + part
                        + "' says nothing about a network card; write model=, mac=, net=, switch=, group=, vlan=,"
                        + " trunk=, promiscuous=, cable=, rom=, tftp= or bootfile= with commas between them");
        };
    }

    private static boolean on(String part, String value) {
        if (!value.equals("on") && !value.equals("off")) {
            throw new IllegalArgumentException("'" + part + "': it is on or off");
        }
        return value.equals("on");
    }

    private NicSpec with(NicModel otherModel, MacAddress otherMac, PortSpec otherPort) {
        return new NicSpec(otherModel, otherMac, net, forwards, hostLoopback, otherPort, boot);
    }

    /** The same card at a port that is set otherwise. */
    public NicSpec withPort(PortSpec value) {
        return with(model, mac, value);
    }

    public NicSpec withBoot(BootSpec value) {
        return new NicSpec(model, mac, net, forwards, hostLoopback, port, value);
    }

    /** The same card elsewhere; what only NAT has is left behind with it. */
    public NicSpec withNet(NetTarget value) {
        boolean nat = value.kind() == NetTarget.Kind.NAT;
        return new NicSpec(
                model,
                mac,
                value,
                nat ? forwards : List.of(),
                nat && hostLoopback,
                port,
                nat ? boot : BootSpec.NONE.withRom(boot.rom()));
    }

    /** The same card with an address of its own. */
    public NicSpec withNewAddress(RandomGenerator random) {
        return with(model, MacAddress.random(random), port);
    }

    public NicSpec withForwards(List<PortForward> value) {
        return new NicSpec(model, mac, net, value, hostLoopback, port, boot);
    }

    public NicSpec withHostLoopback(boolean allowed) {
        return new NicSpec(model, mac, net, forwards, allowed, port, boot);
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
