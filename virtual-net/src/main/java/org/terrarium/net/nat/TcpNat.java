package org.terrarium.net.nat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.terrarium.net.host.HostSockets;
import org.terrarium.net.link.LargeFrame;
import org.terrarium.net.wire.Ethernet;
import org.terrarium.net.wire.IpAddress;
import org.terrarium.net.wire.IpPacket;
import org.terrarium.net.wire.Ipv4;
import org.terrarium.net.wire.Ipv6;
import org.terrarium.net.wire.Octets;
import org.terrarium.net.wire.Tcp;

/** All TCP connections through the gateway, those the guests open and those from forwarded ports. */
final class TcpNat {
    private static final long RELAX_NANOS = 1_000_000_000L;
    private static final int FIRST_PORT = 49152; // RFC 6335, 6: dynamic ports

    private final GatewayConfig config;
    private final HostSockets sockets;
    private final HostPolicy policy;
    private final RandomGenerator random;
    private final GuestLink link;
    private final Map<FlowKey, TcpFlow> flows = new HashMap<>();
    private final TreeSet<TcpFlow> alarms =
            new TreeSet<>(Comparator.<TcpFlow>comparingLong(f -> f.alarm).thenComparingLong(f -> f.number));
    private final List<TcpFlow> touched = new ArrayList<>();
    private final Queue<TcpFlow> finished = new ArrayDeque<>();
    private final RingMemory memory;
    private int connecting;
    private long lastNumber;
    private int nextPort = FIRST_PORT;
    private long relaxAt = TcpFlow.NEVER;
    private long now;
    private long refusedByLimit;

    TcpNat(GatewayConfig config, HostSockets sockets, HostPolicy policy, RandomGenerator random, GuestLink link) {
        this.config = config;
        this.sockets = sockets;
        this.policy = policy;
        this.random = random;
        this.link = link;
        memory = new RingMemory(config.limits().memory());
    }

    /** What all connections share. */
    RingMemory memory() {
        return memory;
    }

    /** A segment from a guest. */
    void receive(byte[] frame, IpPacket ip, Tcp s, InetSocketAddress nameServer, long time) {
        now = time;
        FlowKey key = new FlowKey(ip.from(), s.sourcePort(), ip.to(), s.destinationPort());
        TcpFlow flow = flows.get(key);
        boolean opening = s.has(Tcp.SYN) && !s.has(Tcp.ACK) && !s.has(Tcp.RST);
        if (flow != null && opening && flow.replaceable()) {
            remove(flow);
            flow.abandon(now);
            flow = null;
        }
        if (flow != null) {
            flow.receive(s, frame, now);
        } else if (opening) {
            open(key, s, nameServer);
        } else if (!s.has(Tcp.RST)) {
            reset(key, s);
        }
    }

    private void open(FlowKey key, Tcp syn, InetSocketAddress nameServer) {
        InetSocketAddress to = nameServer;
        if (to == null) {
            InetAddress target = policy.target(key.remote());
            if (target == null || key.remotePort() == 0) {
                reset(key, syn);
                return;
            }
            to = new InetSocketAddress(target, key.remotePort());
        }
        forgetFinished();
        if (flows.size() >= config.limits().tcp()
                || connecting >= config.limits().connecting()) {
            refusedByLimit++;
            return; // unanswered: the guest tries again a little later
        }
        TcpFlow flow =
                new TcpFlow(this, key, syn, random.nextInt(), config.limits().buffer(), now);
        add(flow);
        connecting++;
        try {
            flow.attach(sockets.connect(to, flow));
        } catch (IOException e) {
            flow.failed(e, now);
        }
        touch(flow);
    }

    /** A connection that came in at a forwarded port; null when there is no room for it. */
    TcpFlow accept(HostSockets.Tcp socket, IpAddress guest, int guestPort, long time) {
        now = time;
        forgetFinished();
        if (flows.size() >= config.limits().tcp()) {
            refusedByLimit++;
            return null;
        }
        for (int tries = 0; tries < 0x10000 - FIRST_PORT; tries++) {
            nextPort = nextPort == 0xFFFF ? FIRST_PORT : nextPort + 1;
            FlowKey key = new FlowKey(guest, guestPort, config.gatewayFor(guest), nextPort);
            if (!flows.containsKey(key)) {
                TcpFlow flow = new TcpFlow(
                        this, key, socket, random.nextInt(), config.limits().buffer());
                add(flow);
                flow.open(now);
                touch(flow);
                return flow;
            }
        }
        return null;
    }

    /** A connection has ended in order and is only remembered; that must not keep new ones out. */
    void waiting(TcpFlow flow) {
        finished.add(flow);
    }

    private void forgetFinished() {
        while (!finished.isEmpty()
                && (finished.peek().over() || flows.size() >= config.limits().tcp())) {
            finished.remove().forget();
        }
    }

    private void add(TcpFlow flow) {
        flow.number = ++lastNumber;
        flows.put(flow.key, flow);
        if (relaxAt == TcpFlow.NEVER) {
            relaxAt = now + RELAX_NANOS;
        }
    }

    private void remove(TcpFlow flow) {
        flows.remove(flow.key, flow);
        alarms.remove(flow);
        flow.alarm = TcpFlow.NEVER;
    }

    void connected(TcpFlow flow) {
        connecting--;
    }

    void ended(TcpFlow flow, boolean wasConnecting) {
        if (wasConnecting) {
            connecting--;
        }
        remove(flow);
    }

    /** The host could not make the connection: the guest is told what the network would tell it. */
    void refuse(TcpFlow flow, Tcp syn, IOException cause, long time) {
        now = time;
        if (cause instanceof NoRouteToHostException || !(cause instanceof ConnectException)) {
            FlowKey key = flow.key;
            int at = Ethernet.HEADER + IpPacket.headerLength(key.guest());
            byte[] original = new byte[at + 8];
            IpPacket.emit(original, key.guest(), key.remote(), Ipv4.PROTOCOL_TCP, 8);
            Octets.put16(original, at, key.guestPort());
            Octets.put16(original, at + 2, key.remotePort());
            Octets.put32(original, at + 4, syn.sequence());
            IpPacket ip = key.guest().isV4() ? Ipv4.parse(original) : Ipv6.parse(original);
            link.tell(GuestLink.Trouble.HOST, original, ip, now);
        } else {
            reset(flow.key, syn);
        }
    }

    /** RFC 9293, 3.10.7.1: the answer to a segment of no connection. */
    private void reset(FlowKey key, Tcp s) {
        boolean acknowledging = s.has(Tcp.ACK);
        int header = Ethernet.HEADER + IpPacket.headerLength(key.guest()) + Tcp.HEADER;
        emit(
                key,
                new Tcp(
                        key.remotePort(),
                        key.guestPort(),
                        acknowledging ? s.acknowledgment() : 0,
                        acknowledging ? 0 : s.sequence() + s.sequenceLength(),
                        acknowledging ? Tcp.RST : Tcp.RST | Tcp.ACK,
                        0,
                        0,
                        -1,
                        header,
                        0),
                new byte[header],
                0);
    }

    /**
     * Completes a frame to the guest and sends it.
     *
     * @param mss the payload of a frame, when there is more than that
     */
    void emit(FlowKey key, Tcp s, byte[] frame, int mss) {
        int length = s.headerLength() + s.payloadLength();
        IpPacket.emit(frame, key.remote(), key.guest(), Ipv4.PROTOCOL_TCP, length);
        if (mss > 0 && s.payloadLength() > mss) {
            s.emitWithoutChecksum(frame);
            link.send(key.guest(), LargeFrame.of(frame, frame.length, mss), now);
            return;
        }
        s.emit(frame, IpPacket.pseudo(key.remote(), key.guest(), Ipv4.PROTOCOL_TCP, length));
        link.send(key.guest(), frame, now);
    }

    /** Something has happened to a flow: it is looked after at {@link #flush}. */
    void touch(TcpFlow flow) {
        if (!flow.queued) {
            flow.queued = true;
            touched.add(flow);
        }
    }

    void flush(long time) {
        now = time;
        for (int k = 0; k < touched.size(); k++) {
            TcpFlow flow = touched.get(k);
            flow.flush(now);
            flow.queued = false;
            schedule(flow);
        }
        touched.clear();
    }

    /** An alarm that has become later is left until it rings: a flow is sorted in anew only when it must be. */
    private void schedule(TcpFlow flow) {
        long deadline = flow.deadline();
        if (!flow.over() && deadline < flow.alarm) {
            alarms.remove(flow);
            flow.alarm = deadline;
            alarms.add(flow);
        }
    }

    long deadline() {
        return Math.min(relaxAt, alarms.isEmpty() ? TcpFlow.NEVER : alarms.first().alarm);
    }

    void expire(long time) {
        now = time;
        while (!alarms.isEmpty() && alarms.first().alarm <= now) {
            TcpFlow flow = alarms.pollFirst();
            flow.alarm = TcpFlow.NEVER;
            if (flow.deadline() <= now) {
                flow.expire(now);
            }
            schedule(flow);
        }
        if (relaxAt <= now) {
            flows.values().forEach(TcpFlow::relax);
            relaxAt = TcpFlow.NEVER; // until something moves again
        }
        flush(now);
    }

    /** Traffic has come: quiet flows are looked through once more a while after it ends. */
    void moved(long time) {
        if (relaxAt == TcpFlow.NEVER && !flows.isEmpty()) {
            relaxAt = time + RELAX_NANOS;
        }
    }

    int size() {
        return flows.size();
    }

    /** Connections that were not made because of a limit. */
    long refusedByLimit() {
        return refusedByLimit;
    }

    List<FlowInfo> flows() {
        return flows.values().stream().map(TcpFlow::info).toList();
    }

    void close(long time) {
        now = time;
        new ArrayList<>(flows.values()).forEach(f -> f.abandon(now));
        flows.clear();
        alarms.clear();
    }
}
