package org.terrarium.vm.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.terrarium.net.Network;
import org.terrarium.net.SwitchConfig;
import org.terrarium.net.link.Cable;
import org.terrarium.net.link.PortGroup;
import org.terrarium.net.nat.GatewayConfig;
import org.terrarium.net.nat.PortForward;
import org.terrarium.net.service.LeaseTable.Lease;
import org.terrarium.vm.HostTrouble;
import org.terrarium.vm.MachineBuilder;
import org.terrarium.vm.spec.BootSpec;
import org.terrarium.vm.spec.NetTarget;
import org.terrarium.vm.spec.NetworkSpec;
import org.terrarium.vm.spec.NetworksFile;
import org.terrarium.vm.spec.NicSpec;

/** The networks that a machine's cards are plugged into. */
final class NetworkLinks implements AutoCloseable {
    /**
     * A plugged-in card.
     *
     * @param network where it leads, or null when the cable is not plugged in
     */
    record Link(NicSpec nic, Network network, Cable cable) {}

    private final List<Link> links = new ArrayList<>();
    private final List<String> troubles = new ArrayList<>();
    private final UnaryOperator<Path> resolve;
    private final List<NetworkSpec> known;
    private final LeaseFile kept;

    private NetworkLinks(UnaryOperator<Path> resolve, List<NetworkSpec> known, LeaseFile kept) {
        this.resolve = resolve;
        this.known = known;
        this.kept = kept;
    }

    /**
     * Makes the networks of {@code nics}; nothing stays open when that fails. A port that cannot be forwarded is only told.
     *
     * @param resolve makes paths of the machine's description absolute
     * @param known the networks of the user's library
     * @param kept where addresses are remembered, or null
     */
    static NetworkLinks open(
            String machine, List<NicSpec> nics, UnaryOperator<Path> resolve, List<NetworkSpec> known, LeaseFile kept)
            throws IOException {
        NetworkLinks opened = new NetworkLinks(resolve, known, kept);
        try {
            for (NicSpec nic : nics) {
                opened.add(machine, nic);
            }
            return opened;
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private void add(String machine, NicSpec nic) throws IOException {
        Network network = switch (nic.net().kind()) {
            case NONE -> null;
            case NAT -> Network.nat(machine, config(nic));
            case PRIVATE, HOST_ONLY ->
                Network.shared(meetingName(nic.net()), shared(nic.net()), ControlSocket.folder(System.getenv()));
        };
        if (network == null) {
            links.add(new Link(nic, null, Cable.NONE));
            return;
        }
        int number = links.size();
        Cable cable = network.plug("nic" + number + " of " + machine);
        links.add(new Link(nic, network, cable));
        network.group(cable, vlans(nic));
        network.promiscuous(cable, nic.port().promiscuous());
        network.connect(cable, nic.port().connected());
        troubles.addAll(network.troubles());
        if (kept != null) {
            List<Lease> before = kept.load(number, System.nanoTime(), System.currentTimeMillis());
            // The network's own thread has better things to do than to write files.
            network.keepLeases(before, () -> Thread.ofVirtual().start(this::saveLeases));
        }
        for (PortForward forward : nic.forwards()) {
            try {
                network.addForward(forward);
            } catch (IOException e) {
                troubles.add(HostTrouble.sentence(e));
            }
        }
    }

    /** Private networks are known by their name alone, which cannot have a plus sign. */
    private static String meetingName(NetTarget target) {
        return target.kind() == NetTarget.Kind.PRIVATE ? target.name() : "host-only+" + target.name();
    }

    private NetworkSpec spec(NetTarget target) throws IOException {
        NetworkSpec spec =
                NetworksFile.find(known, target.name()).orElseGet(() -> NetworkSpec.of(target.name(), target.kind()));
        if (spec.kind() != target.kind()) {
            throw new IOException("the network " + target.name() + " is of the kind " + NetworksFile.text(spec.kind())
                    + "; the card's net must be " + new NetTarget(spec.kind(), spec.name()).text());
        }
        return spec;
    }

    private SwitchConfig shared(NetTarget target) throws IOException {
        return spec(target).switchConfig();
    }

    private PortGroup vlans(NicSpec nic) throws IOException {
        String group = nic.port().group();
        if (group == null) {
            return nic.port().vlans();
        }
        PortGroup vlans = nic.net().shared() ? spec(nic.net()).wiring().groups().get(group) : null;
        if (vlans == null) {
            throw new IOException("the network " + nic.net().text() + " has no port group " + group
                    + "; make it with: terrarium net create ... --group " + group + "=VLAN");
        }
        return vlans;
    }

    private GatewayConfig config(NicSpec nic) throws IOException {
        GatewayConfig config = config(nic.net()).withHostLoopback(nic.hostLoopback());
        GatewayConfig.Boot boot = config.boot();
        BootSpec own = nic.boot();
        Path folder = own.tftp() == null ? boot.folder() : resolve.apply(own.tftp());
        String file = own.file().isEmpty() ? boot.file() : own.file();
        if (folder != null && !Files.isDirectory(folder)) {
            troubles.add("the TFTP folder " + folder + " does not exist, so there are no files for network boot;"
                    + " make it or name another one");
        }
        // The machine's own card always gets the first address, whatever else asks for one in its name.
        Map<Long, Integer> kept = new LinkedHashMap<>(config.reservations());
        if (!kept.containsValue(config.firstLease())) {
            kept.putIfAbsent(nic.mac().bits(), config.firstLease());
        }
        return config.withReservations(kept).withBoot(new GatewayConfig.Boot(boot.server(), file, folder));
    }

    private GatewayConfig config(NetTarget target) throws IOException {
        if (target.name() == null) {
            return GatewayConfig.USUAL;
        }
        NetworkSpec spec = NetworksFile.find(known, target.name())
                .filter(n -> n.kind() == NetTarget.Kind.NAT)
                .orElseThrow(() -> new IOException("there is no NAT network " + target.name()
                        + "; make it with: terrarium net create " + target.name() + " --kind nat"));
        return spec.gateway();
    }

    private void saveLeases() {
        List<LeaseFile.Part> parts = new ArrayList<>();
        for (int n = 0; n < links.size(); n++) {
            if (links.get(n).network() != null) {
                parts.add(new LeaseFile.Part(n, links.get(n).network().leases()));
            }
        }
        try {
            kept.save(parts, System.nanoTime(), System.currentTimeMillis());
        } catch (IOException e) {
            return; // a full disk: the guest asks again next time
        }
    }

    /**
     * Puts the cards into a machine.
     *
     * @param bootsFromNetwork whether cards of which nothing is said get the host's boot ROM for their model
     */
    void plugInto(MachineBuilder builder, boolean bootsFromNetwork) {
        boolean bootable = false;
        for (Link link : links) {
            Path rom = link.nic().boot().rom();
            rom = rom == null ? null : resolve.apply(rom);
            if (rom == null && bootsFromNetwork) {
                rom = BootRoms.find(link.nic().model()).orElse(null);
            }
            bootable |= rom != null;
            builder.nic(link.nic().model(), link.nic().mac(), link.cable(), rom);
        }
        if (bootsFromNetwork && !bootable) {
            troubles.add(
                    "the machine is to boot from the network, but no card of it has a boot ROM; install the package"
                            + " ipxe-qemu or give a card rom=FILE");
        }
    }

    /** Plugs the cable of card {@code number} in or pulls it, as the guest sees at once. */
    void plug(int number, boolean in) throws IOException {
        if (number < 0 || number >= links.size()) {
            throw new IOException("the machine has no network card " + number + "; its cards are numbered from 0");
        }
        Link link = links.get(number);
        if (link.network() == null) {
            throw new IOException(
                    "network card " + number + " leads to no network; give it one while the machine is off");
        }
        link.network().connect(link.cable(), in);
    }

    /** What all cards have sent and received. */
    long octets() {
        return links.stream()
                .filter(link -> link.network() != null)
                .map(link -> link.network().counters(link.cable()))
                .mapToLong(counters -> counters.octetsIn() + counters.octetsOut())
                .sum();
    }

    List<Link> links() {
        return List.copyOf(links);
    }

    /** The cards as they are plugged in. */
    List<NetworkPlug> plugs() {
        return links.stream()
                .map(l -> new NetworkPlug(l.nic(), l.network(), l.cable()))
                .toList();
    }

    /** What of the host could not be had, a sentence each; the machine runs all the same. */
    List<String> troubles() {
        return List.copyOf(troubles);
    }

    @Override
    public void close() {
        for (Link link : links) {
            if (link.network() != null) {
                link.network().close();
            }
        }
    }
}
