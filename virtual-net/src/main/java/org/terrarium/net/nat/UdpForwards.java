package org.terrarium.net.nat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.terrarium.net.host.HostSockets;
import org.terrarium.net.wire.IpAddress;
import org.terrarium.net.wire.Ipv4;
import org.terrarium.net.wire.Udp;

/**
 * Forwarded ports for datagrams. The guest sees each of the host's clients as a port of the gateway, and its answers to that
 * port go back to the client.
 */
final class UdpForwards {
    private static final int FIRST_PORT = 49152;
    private static final int MAX_CLIENTS = 4096;

    private record Client(PortForward forward, InetSocketAddress address) {}

    private final GatewayConfig config;
    private final HostSockets sockets;
    private final GuestLink link;
    private final IntUnaryOperator guestAddress;
    private final Map<PortForward, HostSockets.Udp> open = new HashMap<>();
    private final Map<Client, Integer> ports = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Integer, Client> clients = new HashMap<>();
    private int nextPort = FIRST_PORT;

    /** @param guestAddress turns a forward's guest address, which may be 0, into the one to use now */
    UdpForwards(GatewayConfig config, HostSockets sockets, GuestLink link, IntUnaryOperator guestAddress) {
        this.config = config;
        this.sockets = sockets;
        this.link = link;
        this.guestAddress = guestAddress;
    }

    void add(PortForward f, InetSocketAddress at) throws IOException {
        open.put(f, sockets.udp(at, (data, from, now) -> received(f, data, from, now)));
    }

    void remove(PortForward f) {
        HostSockets.Udp socket = open.remove(f);
        if (socket != null) {
            socket.close();
            ports.keySet().removeIf(c -> c.forward().equals(f));
            clients.values().removeIf(c -> c.forward().equals(f));
        }
    }

    private void received(PortForward f, byte[] data, InetSocketAddress from, long now) {
        if (data.length > Udp.MAX_PAYLOAD) {
            return;
        }
        int guest = guestAddress.applyAsInt(f.guestAddress());
        int port = portOf(new Client(f, from));
        byte[] datagram = Udp.datagram(config.gateway(), port, guest, f.guestPort(), data);
        link.datagram(IpAddress.v4(config.gateway()), IpAddress.v4(guest), Ipv4.PROTOCOL_UDP, datagram, now);
    }

    private int portOf(Client client) {
        Integer known = ports.get(client);
        if (known != null) {
            return known;
        }
        if (ports.size() == MAX_CLIENTS) {
            Client eldest = ports.keySet().iterator().next();
            clients.remove(ports.remove(eldest));
        }
        do {
            nextPort = nextPort == 0xFFFF ? FIRST_PORT : nextPort + 1;
        } while (clients.containsKey(nextPort));
        ports.put(client, nextPort);
        clients.put(nextPort, client);
        return nextPort;
    }

    /** A datagram from a guest to the gateway's address: true when it was an answer to one of the host's clients. */
    boolean answered(byte[] frame, Ipv4 ip, Udp u) {
        Client client = clients.get(u.destinationPort());
        if (client == null
                || u.sourcePort() != client.forward().guestPort()
                || ip.source() != guestAddress.applyAsInt(client.forward().guestAddress())) {
            return false;
        }
        try {
            open.get(client.forward()).send(ByteBuffer.wrap(frame, u.payloadAt(), u.payloadLength()), client.address());
        } catch (IOException e) {
            return true; // as lost as any datagram may be
        }
        return true;
    }

    void close() {
        open.values().forEach(HostSockets.Udp::close);
        open.clear();
    }
}
