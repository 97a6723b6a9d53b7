package org.terrarium.vm.library;

import org.terrarium.net.Network;
import org.terrarium.net.link.Cable;
import org.terrarium.net.link.PortCounters;
import org.terrarium.vm.spec.NicSpec;

/** A network card of a running machine, seen from its cable. Any thread; nothing here waits long. */
public final class NetworkPlug {
    private static final PortCounters NOTHING = new PortCounters(0, 0, 0, 0, 0, 0);

    private final NicSpec nic;
    private final Network network;
    private final Cable cable;

    /** {@code network} is null for a card whose cable leads nowhere. */
    NetworkPlug(NicSpec nic, Network network, Cable cable) {
        this.nic = nic;
        this.network = network;
        this.cable = cable;
    }

    /** What the machine's description says of it. */
    public NicSpec nic() {
        return nic;
    }

    /** Whether there is a network to be connected to. */
    public boolean pluggable() {
        return network != null;
    }

    public boolean connected() {
        return cable.connected();
    }

    /** Pulls the cable or plugs it in again; the guest sees the link go down and up. */
    public void connect(boolean on) {
        if (network != null) {
            network.connect(cable, on);
        }
    }

    /** What has passed so far, as the guest sees it; zeros when the network does not answer or is closed. */
    public PortCounters counters() {
        return network == null ? NOTHING : network.counters(cable);
    }
}
