import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import org.terrarium.net.host.HostSockets;
import org.terrarium.net.link.LargeFrame;
import org.terrarium.net.nat.Gateway;
import org.terrarium.net.nat.GatewayConfig;
import org.terrarium.net.nat.GatewayHost;
import org.terrarium.net.wire.Arp;
import org.terrarium.net.wire.Checksum;
import org.terrarium.net.wire.Ethernet;
import org.terrarium.net.wire.Ip4;
import org.terrarium.net.wire.Ipv4;
import org.terrarium.net.wire.Octets;
import org.terrarium.net.wire.Tcp;

/**
 * The NAT gateway alone. A packet generator plays a guest with many connections, frames of 1514 octets with right checksums and
 * the windows kept; the host's side is sockets in memory that take everything, or always have more. One thread does it all, so the
 * generator's own work counts against the gateway. Towards the guest the gateway sends as to a card that cuts segments itself, and
 * once more as to one that does not.
 */
public final class NatBench {
    private static final long MAC = 0x0200_0000_0001L;
    private static final int GUEST = Ip4.of(10, 0, 2, 15);
    private static final int FIRST_PORT = 1024;
    private static final int PORTS = 60000; // of the guest; further connections go to the next port of the server
    private static final int PAYLOAD_AT = Ethernet.HEADER + Ipv4.HEADER + Tcp.HEADER;
    private static final int MSS = Ethernet.MTU - Ipv4.HEADER - Tcp.HEADER;
    private static final int SCALE = 3;
    private static final int WINDOW = 8 << 10; // in units of 1 << SCALE: 64 KiB
    private static final int REMOTE = Ip4.of(192, 0, 2, 1);
    private static final double GOAL_GIGABITS = 2;
    private static final int GOAL_FLOWS = 20_000;

    private final int flows;
    private final long seconds;
    private final Gateway gateway;
    private final Queue<byte[]> toGuest = new ArrayDeque<>();
    private final Queue<HostSockets.TcpEvents> connecting = new ArrayDeque<>();
    private final int[] next; // the number of the guest's next octet
    private final int[] edge; // where the gateway's window ends
    private final int[] expected; // the number of the gateway's next octet
    private final Socket[] sockets;
    private final byte[] upload = new byte[PAYLOAD_AT + MSS];
    private long payloadSum;
    private boolean hostSends;
    private boolean cutting;
    private long uploaded;
    private long downloaded;
    private int open;
    private int made;

    private NatBench(int flows, long seconds) {
        this.flows = flows;
        this.seconds = seconds;
        next = new int[flows];
        edge = new int[flows];
        expected = new int[flows];
        sockets = new Socket[flows];
        GatewayConfig config =
                GatewayConfig.USUAL.withLimits(new GatewayConfig.Limits(flows, flows, 512, 256 << 10, 64 << 20));
        gateway = new Gateway(
                config,
                new GatewayHost(new Host(), List::of, a -> false, () -> false, null),
                new Random(1),
                toGuest::add);
        for (int k = PAYLOAD_AT; k < upload.length; k++) {
            upload[k] = (byte) (k * 31);
        }
        payloadSum = Checksum.add(0, upload, PAYLOAD_AT, MSS);
    }

    public static void main(String[] args) {
        int flows = GOAL_FLOWS;
        long seconds = 5;
        for (int i = 0; i + 1 < args.length; i += 2) {
            switch (args[i]) {
                case "--flows" -> flows = Integer.parseInt(args[i + 1]);
                case "--seconds" -> seconds = Long.parseLong(args[i + 1]);
                default -> throw new IllegalArgumentException(args[i] + " is not an option");
            }
        }
        System.exit(new NatBench(flows, seconds).run() ? 0 : 1);
    }

    private boolean run() {
        long now = System.nanoTime();
        gateway.receive(new Arp(Arp.REQUEST, MAC, GUEST, 0, Ip4.of(10, 0, 2, 2)).frame(Ethernet.BROADCAST), now);
        long start = System.nanoTime();
        for (int flow = 0; flow < flows; flow++) {
            segment(flow, Tcp.SYN, 0);
            next[flow]++;
            if (flow % 64 == 63) {
                turn();
            }
        }
        turn();
        double opening = (System.nanoTime() - start) / 1e9;
        print(
                "%d of %d flows opened in %.2f s, %.0f a second; %d MiB of %d MiB heap in use",
                open,
                flows,
                opening,
                open / opening,
                used(),
                Runtime.getRuntime().maxMemory() >> 20);
        boolean good = open == flows && gateway.flows().size() == flows;
        good &= measure("one flow, guest to host", 1, true, false);
        good &= measure("one flow, host to guest", 1, false, true);
        good &= measure("all flows, guest to host", flows, true, false);
        good &= measure("all flows, host to guest", flows, false, true);
        good &= measure("all flows, both ways", flows, true, true);
        cutting = true;
        good &= measure("one flow, 1514 octets", 1, false, true);
        good &= measure("all flows, 1514 octets", flows, false, true);
        print("%d flows still open, %d MiB of heap in use", gateway.flows().size(), used());
        good &= gateway.flows().size() == flows;
        print(
                "goal: %d flows and %.0f Gbit/s in 256 MiB of heap: %s",
                GOAL_FLOWS, GOAL_GIGABITS, good ? "reached" : "missed");
        return good;
    }

    private static void print(String form, Object... values) {
        System.out.println(form.formatted(values));
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory() >> 20;
    }

    /** Moves data for a while, a fifth of it for warming up; true when the goal was reached. */
    private boolean measure(String what, int taking, boolean up, boolean down) {
        hostSends = down;
        for (int flow = 0; flow < taking; flow++) {
            sockets[flow].wake();
        }
        long begin = System.nanoTime();
        long from = begin + seconds * 200_000_000L;
        long end = begin + seconds * 1_000_000_000L;
        long octets = 0;
        long counting = 0;
        long cpu = 0;
        int flow = 0;
        while (System.nanoTime() < end) {
            if (counting == 0 && System.nanoTime() >= from) {
                counting = System.nanoTime();
                cpu = cpu();
                octets = uploaded + downloaded;
            }
            for (int k = 0; k < 64; k++) {
                flow = flow + 1 == taking ? 0 : flow + 1;
                if (up && edge[flow] - next[flow] >= MSS) {
                    segment(flow, Tcp.ACK, MSS);
                    next[flow] += MSS;
                }
                if (down) {
                    sockets[flow].wake();
                }
            }
            turn();
        }
        double elapsed = (System.nanoTime() - counting) / 1e9;
        double busy = (cpu() - cpu) / 1e9;
        double gigabits = (uploaded + downloaded - octets) * 8 / 1e9;
        hostSends = false;
        print("%-26s %6.2f Gbit/s (%.2f a second of processor time)", what, gigabits / elapsed, gigabits / busy);
        return gigabits / elapsed >= GOAL_GIGABITS;
    }

    private static long cpu() {
        return java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** What happens in a round of the network's thread: sockets, alarms, answers; then the guest looks at what it got. */
    private void turn() {
        for (int round = 0; round < 4; round++) {
            long now = System.nanoTime();
            for (HostSockets.TcpEvents e = connecting.poll(); e != null; e = connecting.poll()) {
                e.connected(now);
            }
            if (gateway.deadline() <= now) {
                gateway.expire(now);
            }
            gateway.flush(now);
            boolean any = !toGuest.isEmpty();
            for (byte[] frame = toGuest.poll(); frame != null; frame = toGuest.poll()) {
                // What a card without offload gets: frames of 1514 octets with their checksums.
                if (cutting && LargeFrame.is(frame)) {
                    LargeFrame.cut(frame).forEach(this::arrived);
                } else {
                    arrived(frame);
                }
            }
            if (!any) {
                return;
            }
        }
    }

    private void arrived(byte[] frame) {
        if (Octets.u16(frame, 12) != Ethernet.TYPE_IPV4) {
            return;
        }
        Ipv4 ip = Ipv4.parse(frame);
        // Large frames come uncut, as to a card that takes them whole; their checksum is not made.
        Tcp s = Tcp.parse(frame, ip.payloadAt(), ip.payloadLength());
        int flow = s.destinationPort() - FIRST_PORT + (s.sourcePort() - 80) * PORTS;
        if (flow < 0 || s.has(Tcp.RST)) {
            throw new IllegalStateException("a connection was reset: " + s);
        }
        if (s.has(Tcp.SYN)) {
            expected[flow] = s.sequence() + 1;
            edge[flow] = s.acknowledgment() + s.window();
            open++;
            segment(flow, Tcp.ACK, 0);
            return;
        }
        int reach = s.acknowledgment() + (s.window() << SCALE);
        edge[flow] = reach - edge[flow] > 0 ? reach : edge[flow];
        if (s.payloadLength() > 0) {
            if (s.sequence() != expected[flow]) {
                throw new IllegalStateException("octets out of order at flow " + flow);
            }
            expected[flow] += s.payloadLength();
            downloaded += s.payloadLength();
            segment(flow, Tcp.ACK, 0);
        }
    }

    private void segment(int flow, int flags, int payload) {
        boolean syn = (flags & Tcp.SYN) != 0;
        int at = PAYLOAD_AT + (syn ? Tcp.SYN_OPTIONS : 0);
        byte[] f = new byte[at + payload];
        if (payload > 0) {
            System.arraycopy(upload, PAYLOAD_AT, f, at, payload);
        }
        new Ethernet(GatewayConfig.USUAL.mac().bits(), MAC, Ethernet.TYPE_IPV4).emit(f);
        int length = f.length - Ethernet.HEADER - Ipv4.HEADER;
        Ipv4.of(GUEST, REMOTE, Ipv4.PROTOCOL_TCP, length).emit(f);
        Tcp s = new Tcp(
                FIRST_PORT + flow % PORTS,
                80 + flow / PORTS,
                next[flow],
                expected[flow],
                flags,
                WINDOW,
                syn ? MSS : 0,
                syn ? SCALE : -1,
                at,
                0);
        s.emitWithoutChecksum(f);
        long sum = Checksum.pseudo4(GUEST, REMOTE, Ipv4.PROTOCOL_TCP, length) + (payload > 0 ? payloadSum : 0);
        int tcp = Ethernet.HEADER + Ipv4.HEADER;
        Octets.put16(f, tcp + 16, Checksum.of(Checksum.add(sum, f, tcp, at - tcp)));
        gateway.receive(f, System.nanoTime());
    }

    /** A peer in memory. */
    private final class Socket implements HostSockets.Tcp {
        private final HostSockets.TcpEvents events;
        private boolean readable;

        Socket(HostSockets.TcpEvents events) {
            this.events = events;
        }

        void wake() {
            if (hostSends && readable) {
                events.readable(System.nanoTime());
            }
        }

        @Override
        public int read(ByteBuffer to) {
            int got = hostSends ? Math.min(to.remaining(), 16 << 10) : 0;
            to.position(to.position() + got);
            return got;
        }

        @Override
        public int write(ByteBuffer from) {
            int length = from.remaining();
            from.position(from.limit());
            uploaded += length;
            return length;
        }

        @Override
        public void shutdownOutput() {
            // Nobody waits for an end.
        }

        @Override
        public void interest(boolean read, boolean write) {
            readable = read;
        }

        @Override
        public void close(boolean reset) {
            // It is gone with the benchmark.
        }
    }

    /** The host's sockets, in memory. */
    private final class Host implements HostSockets {
        @Override
        public HostSockets.Tcp connect(InetSocketAddress to, TcpEvents events) {
            Socket socket = new Socket(events);
            connecting.add(events);
            sockets[made++] = socket;
            return socket;
        }

        @Override
        public Ping ping(boolean ipv6, PingEvents events) {
            throw new IllegalStateException("the generator sends no echo requests");
        }

        @Override
        public AutoCloseable listen(InetSocketAddress at, Accept accept) {
            throw new IllegalStateException("the generator forwards no ports");
        }

        @Override
        public Udp udp(InetSocketAddress at, UdpEvents events) {
            throw new IllegalStateException("the generator sends no datagrams");
        }
    }
}
