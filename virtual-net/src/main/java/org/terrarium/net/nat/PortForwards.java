package org.terrarium.net.nat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.terrarium.net.host.HostSockets;
import org.terrarium.net.service.LeaseTable;
import org.terrarium.net.wire.Ip4;
import org.terrarium.net.wire.IpAddress;
import org.terrarium.net.wire.Ipv4;
import org.terrarium.net.wire.Udp;

/** Ports of the host that lead to stations of a network; opened and closed while it runs. */
public final class PortForwards {
    private final GatewayConfig config;
    private final HostSockets sockets;
    private final TcpNat tcp;
    private final LeaseTable leases;
    private final UdpForwards udpForwards;
    private final Map<PortForward, AutoCloseable> tcpForwards = new LinkedHashMap<>();
    private final List<PortForward> forwards = new ArrayList<>();

    /**
     * @param tcp makes the connections to the stations
     * @param leases who a forward leads to that names no station
     */
    PortForwards(GatewayConfig config, HostSockets sockets, GuestLink link, TcpNat tcp, LeaseTable leases) {
        this.config = config;
        this.sockets = sockets;
        this.tcp = tcp;
        this.leases = leases;
        udpForwards = new UdpForwards(config, sockets, link, this::station);
    }

    /**
     * Opens a port of the host.
     *
     * @throws IOException in one sentence when the host does not allow it or the port is taken
     */
    public void add(PortForward f) throws IOException {
        InetSocketAddress at = new InetSocketAddress(Ip4.inet(f.hostAddress()), f.hostPort());
        try {
            if (f.udp()) {
                udpForwards.add(f, at);
            } else {
                tcpForwards.put(f, sockets.listen(at, (connection, from, now) -> {
                    IpAddress station = IpAddress.v4(station(f.guestAddress()));
                    return tcp.accept(connection, station, f.guestPort(), now);
                }));
            }
            forwards.add(f);
        } catch (IOException e) {
            throw new IOException(
                    "the port forward " + f.text() + " cannot be opened: " + e.getMessage() + "; choose another port",
                    e);
        }
    }

    /** Closes a port of the host; connections through it go on. */
    public void remove(PortForward f) {
        forwards.remove(f);
        udpForwards.remove(f);
        AutoCloseable listener = tcpForwards.remove(f);
        if (listener != null) {
            try {
                listener.close();
            } catch (Exception e) {
                throw new IllegalStateException("a listening socket could not be closed", e);
            }
        }
    }

    public List<PortForward> list() {
        return List.copyOf(forwards);
    }

    /** A datagram from a station to the gateway's address: true when it was an answer to one of the host's clients. */
    boolean answered(byte[] frame, Ipv4 ip, Udp u) {
        return udpForwards.answered(frame, ip, u);
    }

    private int station(int wanted) {
        if (wanted != 0) {
            return wanted;
        }
        List<LeaseTable.Lease> known = leases.leases();
        return known.isEmpty() ? config.firstLease() : known.get(0).address();
    }

    /** Gives every port back. */
    void close() {
        list().forEach(this::remove);
        udpForwards.close();
    }
}
