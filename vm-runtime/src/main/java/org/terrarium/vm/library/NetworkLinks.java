package org.terrarium.vm.library;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.terrarium.net.Network;
import org.terrarium.net.link.Cable;
import org.terrarium.net.nat.GatewayConfig;
import org.terrarium.net.nat.PortForward;
import org.terrarium.vm.HostTrouble;
import org.terrarium.vm.MachineBuilder;
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

    private NetworkLinks() {}

    /** Makes the networks of {@code nics}; nothing stays open when that fails. A port that cannot be forwarded is only told. */
    static NetworkLinks open(String machine, List<NicSpec> nics) throws IOException {
        NetworkLinks opened = new NetworkLinks();
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
            case NAT -> Network.nat(machine, GatewayConfig.USUAL.withHostLoopback(nic.hostLoopback()));
            case PRIVATE -> Network.shared(nic.net().name(), ControlSocket.folder(System.getenv()));
        };
        if (network == null) {
            links.add(new Link(nic, null, Cable.NONE));
            return;
        }
        links.add(new Link(nic, network, network.plug("nic" + links.size() + " of " + machine)));
        for (PortForward forward : nic.forwards()) {
            try {
                network.addForward(forward);
            } catch (IOException e) {
                troubles.add(HostTrouble.sentence(e));
            }
        }
    }

    /** Puts the cards into a machine. */
    void plugInto(MachineBuilder builder) {
        for (Link link : links) {
            builder.nic(link.nic().model(), link.nic().mac(), link.cable());
        }
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
