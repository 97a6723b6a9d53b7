package org.terrarium.net.service;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.terrarium.net.host.HostSockets;
import org.terrarium.net.wire.Dhcp;
import org.terrarium.net.wire.Dns;
import org.terrarium.net.wire.Ip4;
import org.terrarium.net.wire.IpAddress;
import org.terrarium.net.wire.Octets;

/**
 * Answers names of this network's stations itself and hands everything else to the host's resolvers, with an identifier of its
 * own. Limited in how many questions wait at a time.
 */
public final class DnsForwarder {
    private static final long SECOND = 1_000_000_000L;
    private static final long TRY_NANOS = 2 * SECOND;
    private static final int MAX_TRIES = 3;
    private static final int MAX_WAITING = 512;
    private static final int LOCAL_SECONDS = 10;
    private static final int MAX_ID = 0x10000;

    private final Supplier<List<InetSocketAddress>> resolvers;
    private final HostSockets sockets;
    private final RandomGenerator random;
    private final LeaseTable leases;
    private final Own own;
    private final Map<Integer, Waiting> waiting = new LinkedHashMap<>();
    private HostSockets.Udp socket;

    private static final class Waiting {
        final Dns question;
        final byte[] query;
        final Consumer<byte[]> reply;
        int tries;
        long deadline;
        InetSocketAddress asked;

        Waiting(Dns question, byte[] query, Consumer<byte[]> reply) {
            this.question = question;
            this.query = query;
            this.reply = reply;
        }
    }

    /**
     * What the names {@code gateway} and {@code host} mean here.
     *
     * @param domain the domain of this network's stations
     * @param gateway6 null on a network without IPv6
     */
    public record Own(String domain, int gateway, IpAddress gateway6) {}

    /** @param resolvers the host's name servers, asked for with every question as they change with the host's networks */
    public DnsForwarder(
            Supplier<List<InetSocketAddress>> resolvers,
            HostSockets sockets,
            RandomGenerator random,
            LeaseTable leases,
            Own own) {
        this.resolvers = resolvers;
        this.sockets = sockets;
        this.random = random;
        this.leases = leases;
        this.own = own;
    }

    /** Takes in a question; {@code reply} is called with the answer, now or later or (when it is malformed) never. */
    public void ask(byte[] query, Consumer<byte[]> reply, long now) {
        Dns question = Dns.parse(query, 0, query.length);
        if (question == null || question.response()) {
            return;
        }
        byte[] local = local(question, query, now);
        if (local != null) {
            reply.accept(local);
            return;
        }
        if (waiting.size() >= MAX_WAITING) {
            return; // the guest asks again
        }
        int id;
        do {
            id = random.nextInt(MAX_ID); // hard to guess, so that nobody else can answer (RFC 5452)
        } while (waiting.containsKey(id));
        Waiting w = new Waiting(question, query.clone(), reply);
        Octets.put16(w.query, 0, id);
        waiting.put(id, w);
        send(id, w, now);
    }

    private byte[] local(Dns q, byte[] query, long now) {
        if (q.recordClass() != Dns.CLASS_IN) {
            return null;
        }
        if (q.type() == Dns.TYPE_PTR && q.name().endsWith(".in-addr.arpa")) {
            String name = reverse(q.name(), now);
            return name.isEmpty()
                    ? null
                    : q.answer(query, 0, 0, LOCAL_SECONDS, List.of(Dns.nameBytes(name + "." + own.domain())));
        }
        String domain = own.domain();
        boolean mine = q.name().endsWith("." + domain);
        String host = mine ? q.name().substring(0, q.name().length() - domain.length() - 1) : q.name();
        if (!mine && host.contains(".")) {
            return null;
        }
        boolean gateway = host.equals("gateway") || host.equals("host");
        int address = gateway ? own.gateway() : leases.byName(host, now);
        if (address == 0) {
            return mine ? q.answer(query, 0, Dns.NXDOMAIN, LOCAL_SECONDS, List.of()) : null;
        }
        List<byte[]> records = List.of();
        if (q.type() == Dns.TYPE_A) {
            records = List.of(Dhcp.word(address));
        } else if (q.type() == Dns.TYPE_AAAA && gateway && own.gateway6() != null) {
            byte[] record = new byte[16];
            own.gateway6().put(record, 0);
            records = List.of(record);
        }
        return q.answer(query, 0, 0, LOCAL_SECONDS, records);
    }

    private String reverse(String name, long now) {
        String[] parts = name.split("\\.");
        if (parts.length != 6) {
            return "";
        }
        try {
            int address = Ip4.parse(parts[3] + "." + parts[2] + "." + parts[1] + "." + parts[0]);
            return address == own.gateway() ? "gateway" : leases.nameOf(address, now);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private void send(int id, Waiting w, long now) {
        List<InetSocketAddress> servers = resolvers.get();
        if (servers.isEmpty() || w.tries == MAX_TRIES) {
            fail(id, w);
            return;
        }
        w.asked = servers.get(w.tries % servers.size());
        w.tries++;
        w.deadline = now + TRY_NANOS;
        try {
            if (socket == null) {
                socket = sockets.udp(null, this::received);
            }
            socket.send(ByteBuffer.wrap(w.query), w.asked);
        } catch (IOException e) {
            w.deadline = now; // this server cannot be reached: the next one is tried at once
        }
    }

    private void fail(int id, Waiting w) {
        waiting.remove(id);
        answer(w, w.question.answer(w.query, 0, Dns.SERVFAIL, 0, List.of()));
    }

    private void answer(Waiting w, byte[] message) {
        Octets.put16(message, 0, w.question.id());
        w.reply.accept(message);
    }

    private void received(byte[] message, InetSocketAddress from, long now) {
        Dns q = Dns.parse(message, 0, message.length);
        if (q == null || !q.response()) {
            return;
        }
        Waiting w = waiting.get(q.id());
        if (w != null && from.equals(w.asked) && q.name().equals(w.question.name()) && q.type() == w.question.type()) {
            waiting.remove(q.id());
            answer(w, message);
        }
    }

    /** When {@link #expire} wants to be called; {@code Long.MAX_VALUE} when nothing waits. */
    public long deadline() {
        long earliest = Long.MAX_VALUE;
        for (Waiting w : waiting.values()) {
            earliest = Math.min(earliest, w.deadline);
        }
        return earliest;
    }

    /** Asks the next server where one has been silent. */
    public void expire(long now) {
        new ArrayList<>(waiting.entrySet()).forEach(e -> {
            if (now >= e.getValue().deadline) {
                send(e.getKey(), e.getValue(), now);
            }
        });
    }

    /** Gives its socket back. */
    public void close() {
        if (socket != null) {
            socket.close();
        }
    }
}
