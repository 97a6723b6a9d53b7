package org.terrarium.vm.device.virtionet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.terrarium.net.MacAddress;
import org.terrarium.net.link.Cable;
import org.terrarium.net.link.LargeFrame;
import org.terrarium.net.wire.Checksum;
import org.terrarium.net.wire.Ethernet;
import org.terrarium.net.wire.Octets;
import org.terrarium.vm.device.nic.FrameBytes;
import org.terrarium.vm.device.nic.NetworkCard;
import org.terrarium.vm.device.nic.ReceivedChecksum;
import org.terrarium.vm.device.virtio.Chain;
import org.terrarium.vm.device.virtio.Virtio;
import org.terrarium.vm.device.virtio.VirtioDevice;
import org.terrarium.vm.device.virtio.Virtqueue;
import org.terrarium.vm.device.virtio.VirtqueueException;
import org.terrarium.vm.time.Timer;
import org.terrarium.vm.time.TimerQueue;

/**
 * A virtio network card (virtio 1.2, 5.1) with one pair of queues and the control queue. Checksums and the cutting of TCP
 * segments are left to it, in both directions, and mostly nobody has to do either: between guest and gateway a segment of up to
 * 64 KiB travels as one {@link LargeFrame}.
 *
 * <p>A frame that has been taken from the cable and finds no buffers waits in {@link #held}; it is not part of the saved state,
 * since a network may lose frames.
 */
public final class VirtioNet implements VirtioDevice<VirtioNetState>, NetworkCard {
    private static final int RECEIVE = 0;
    private static final int TRANSMIT = 1;
    private static final int CONTROL = 2;
    private static final int QUEUE_SIZE = 256;
    private static final int CONTROL_SIZE = 64;
    private static final int ETHERNET_CONTROLLER = 0x020000;

    // Features (5.1.3).
    static final long F_CSUM = 1L;
    static final long F_GUEST_CSUM = 1L << 1;
    static final long F_CTRL_GUEST_OFFLOADS = 1L << 2;
    static final long F_MAC = 1L << 5;
    static final long F_GUEST_TSO4 = 1L << 7;
    static final long F_GUEST_TSO6 = 1L << 8;
    static final long F_HOST_TSO4 = 1L << 11;
    static final long F_HOST_TSO6 = 1L << 12;
    static final long F_MRG_RXBUF = 1L << 15;
    static final long F_STATUS = 1L << 16;
    static final long F_CTRL_VQ = 1L << 17;
    static final long F_CTRL_RX = 1L << 18;
    static final long F_CTRL_VLAN = 1L << 19;
    static final long F_CTRL_RX_EXTRA = 1L << 20;
    static final long F_CTRL_MAC_ADDR = 1L << 23;

    /** Those of them that concern the guest's receiving. */
    private static final long GUEST_OFFLOADS = F_GUEST_CSUM | F_GUEST_TSO4 | F_GUEST_TSO6;

    // Configuration layout (5.1.4).
    private static final int CONFIG_BYTES = 8;
    private static final int STATUS = 6;
    private static final int S_LINK_UP = 1;

    // struct virtio_net_hdr (5.1.6).
    private static final int HEADER_BEFORE_1 = 10;
    private static final int HEADER = 12;
    private static final int FLAGS = 0;
    private static final int GSO_TYPE = 1;
    private static final int HDR_LEN = 2;
    private static final int GSO_SIZE = 4;
    private static final int CSUM_START = 6;
    private static final int CSUM_OFFSET = 8;
    private static final int NUM_BUFFERS = 10;
    private static final int NEEDS_CSUM = 1;
    private static final int DATA_VALID = 2;
    private static final int GSO_NONE = 0;
    private static final int GSO_TCPV4 = 1;
    private static final int GSO_TCPV6 = 4;
    private static final int GSO_ECN = 0x80;
    private static final int TCP_CHECKSUM = 16;

    /** The longest packet a driver may hand over: the largest IP packet in a tagged frame. */
    private static final int MAX_PACKET = Ethernet.HEADER + 4 + 0xFFFF;

    // Control commands (5.1.6.5).
    private static final int CTRL_RX = 0;
    private static final int CTRL_MAC = 1;
    private static final int CTRL_VLAN = 2;
    private static final int CTRL_GUEST_OFFLOADS = 5;
    private static final int MAC_TABLE_SET = 0;
    private static final int MAC_ADDR_SET = 1;
    private static final int VLAN_ADD = 0;
    private static final int VLAN_DEL = 1;
    private static final int MAX_ADDRESSES = 256;
    private static final int MAX_COMMAND = 2 + 2 * 4 + MAX_ADDRESSES * 6;
    private static final int OK = 0;
    private static final int ERR = 1;

    /** Packets up to this length are sent without saying at once that they have been: others may wait for their buffers. */
    private static final int SMALL_PACKET = Ethernet.HEADER + 512;

    /** So many small packets, and for so long, before the driver is told. */
    private static final int UNTOLD = 8;

    private static final long TELL_NANOS = 500_000;

    private final TimerQueue timers;
    private final Timer telling;
    private final Cable cable;
    private final MacAddress permanent;
    private final ReceiveFilter filter = new ReceiveFilter();
    private final byte[] header = new byte[HEADER];
    private final List<Chain> taken = new ArrayList<>();
    private Transport transport;
    private byte[] held;
    private long mac;
    private long offloads;
    private long negotiated;

    public VirtioNet(TimerQueue timers, Cable cable, MacAddress mac) {
        this.timers = timers;
        telling = timers.create("virtio-net sent", () -> transport.tell(TRANSMIT));
        this.cable = cable;
        this.permanent = mac;
        this.mac = mac.bits();
    }

    @Override
    public int type() {
        return Virtio.NETWORK_CARD;
    }

    @Override
    public int pciClass() {
        return ETHERNET_CONTROLLER;
    }

    @Override
    public long features() {
        return F_CSUM
                | GUEST_OFFLOADS
                | F_CTRL_GUEST_OFFLOADS
                | F_MAC
                | F_HOST_TSO4
                | F_HOST_TSO6
                | F_MRG_RXBUF
                | F_STATUS
                | F_CTRL_VQ
                | F_CTRL_RX
                | F_CTRL_VLAN
                | F_CTRL_RX_EXTRA
                | F_CTRL_MAC_ADDR;
    }

    @Override
    public int[] queueSizes() {
        return new int[] {QUEUE_SIZE, QUEUE_SIZE, CONTROL_SIZE};
    }

    @Override
    public int configBytes() {
        return CONFIG_BYTES;
    }

    @Override
    public int readConfig(int offset) {
        if (offset < STATUS) {
            return (int) (mac >>> 40 - 8 * offset) & 0xFF;
        }
        return offset == STATUS && cable.connected() ? S_LINK_UP : 0;
    }

    /** Before 1.0 drivers set the address here; later ones may only when nothing else was offered (5.1.4.2). */
    @Override
    public void writeConfig(int offset, int value) {
        if (offset < STATUS && (transport.features() & Virtio.F_VERSION_1) == 0) {
            int shift = 40 - 8 * offset;
            mac = mac & ~(0xFFL << shift) | (long) value << shift;
        }
    }

    @Override
    public void connect(Transport t) {
        transport = t;
    }

    private boolean agreed(long feature) {
        return (transport.features() & feature) != 0;
    }

    private int headerBytes() {
        return agreed(F_MRG_RXBUF | Virtio.F_VERSION_1) ? HEADER : HEADER_BEFORE_1;
    }

    @Override
    public void notified(int queue) throws VirtqueueException {
        if (negotiated != transport.features()) {
            negotiated = transport.features();
            offloads = negotiated & GUEST_OFFLOADS;
            takeLarge();
            if (agreed(F_CTRL_VLAN)) {
                filter.filterVlans();
            }
        }
        switch (queue) {
            case RECEIVE -> receive();
            case TRANSMIT -> transmit();
            default -> control();
        }
    }

    private void takeLarge() {
        cable.takesLarge((offloads & GUEST_OFFLOADS) == GUEST_OFFLOADS);
    }

    // ---- transmission (5.1.6.2)

    /**
     * That a small packet has been sent is worth no interrupt of its own: drivers look for it when the answer comes, which is mostly
     * soon. So they are told after a while, if they still want to know then.
     */
    private void transmit() throws VirtqueueException {
        Virtqueue q = transport.queue(TRANSMIT);
        boolean small = true;
        for (Chain chain = q.take(); chain != null; chain = q.take()) {
            int head = headerBytes();
            long length = chain.readableBytes() - head;
            if (length < 0) {
                throw new VirtqueueException("a packet without its header");
            }
            if (length >= Ethernet.HEADER && length <= MAX_PACKET && cable.connected()) {
                chain.read(0, header, 0, head);
                byte[] packet = new byte[(int) length];
                chain.read(head, packet, 0, packet.length);
                send(packet);
            }
            small &= length <= SMALL_PACKET;
            transport.giveBackSilently(TRANSMIT, chain, 0);
        }
        q.askForNotification();
        if (!small || q.untold() >= UNTOLD) {
            telling.cancel();
            transport.tell(TRANSMIT);
        } else if (q.untold() > 0 && !telling.armed()) {
            telling.at(timers.nanos() + TELL_NANOS);
        }
    }

    private int headerField(int at) {
        return header[at] & 0xFF | (header[at + 1] & 0xFF) << 8;
    }

    private void putHeader(int at, int value) {
        header[at] = (byte) value;
        header[at + 1] = (byte) (value >> 8);
    }

    private void send(byte[] packet) {
        int kind = header[GSO_TYPE] & 0xFF & ~GSO_ECN;
        if (kind == GSO_TCPV4 || kind == GSO_TCPV6) {
            byte[] large = LargeFrame.of(packet, packet.length, headerField(GSO_SIZE));
            if (large != null) {
                cable.sendLarge(large);
            }
            return;
        }
        if (kind != GSO_NONE || packet.length > Ethernet.MAX_FRAME) {
            return; // nothing else was agreed on
        }
        if ((header[FLAGS] & NEEDS_CSUM) != 0 && !complete(packet)) {
            return;
        }
        cable.send(FrameBytes.padded(packet));
    }

    /** Sums from csum_start to the end; the field holds the pseudo header's sum. False when that lies outside. */
    private boolean complete(byte[] packet) {
        int start = headerField(CSUM_START);
        int field = start + headerField(CSUM_OFFSET);
        if (start >= packet.length || field + 2 > packet.length) {
            return false;
        }
        int sum = Checksum.of(Checksum.add(0, packet, start, packet.length - start));
        Octets.put16(packet, field, sum == 0 ? 0xFFFF : sum); // 0 would mean "none" in UDP; both are zero (RFC 768)
        return true;
    }

    // ---- reception (5.1.6.4)

    @Override
    public void framesArrived() {
        transport.lookAgain(RECEIVE);
    }

    @Override
    public void linkChanged() {
        transport.configurationChanged();
    }

    private void receive() throws VirtqueueException {
        Virtqueue q = transport.queue(RECEIVE);
        while (true) {
            byte[] frame = held == null ? cable.receive() : held;
            held = null;
            if (frame == null) {
                return;
            }
            if (!filter.accepts(frame, mac)) {
                continue;
            }
            if (LargeFrame.is(frame) && (offloads & GUEST_OFFLOADS) != GUEST_OFFLOADS) {
                continue; // the driver has just turned that off: the segment is sent again, in pieces
            }
            if (!deliver(q, frame)) {
                held = frame;
                q.askForNotification();
                // A buffer may have come in between: the driver then has not said so.
                if (!deliver(q, frame)) {
                    return;
                }
                held = null;
            }
        }
    }

    /** False when the driver has too few buffers now. */
    private boolean deliver(Virtqueue q, byte[] frame) throws VirtqueueException {
        int head = headerBytes();
        byte[] packet = LargeFrame.is(frame) ? frame : FrameBytes.padded(frame);
        int length = head + (LargeFrame.is(frame) ? LargeFrame.octets(frame) : packet.length);
        taken.clear();
        long room = 0;
        while (room < length && (taken.isEmpty() || agreed(F_MRG_RXBUF))) {
            Chain chain = q.take();
            if (chain == null) {
                q.putBack(taken.size());
                return false;
            }
            taken.add(chain);
            room += chain.writableBytes();
            if (chain.writableBytes() < head) {
                throw new VirtqueueException("a receive buffer too short for the header");
            }
        }
        if (room < length) {
            transport.giveBack(RECEIVE, taken.get(0), 0); // a driver that gives small buffers only: the frame is lost
            return true;
        }
        if (LargeFrame.is(frame)) {
            packet = packet.clone();
            describe(packet);
        } else {
            Arrays.fill(header, (byte) 0);
            boolean checked =
                    (offloads & F_GUEST_CSUM) != 0 && ReceivedChecksum.right(packet, ReceivedChecksum.packet(packet));
            header[FLAGS] = (byte) (checked ? DATA_VALID : 0);
        }
        putHeader(NUM_BUFFERS, taken.size());
        int done = 0;
        for (int k = 0; k < taken.size(); k++) {
            Chain chain = taken.get(k);
            int at = k == 0 ? head : 0;
            if (k == 0) {
                chain.write(0, header, 0, head);
            }
            int piece = (int) Math.min(length - head - done, chain.writableBytes() - at);
            chain.write(at, packet, done, piece);
            done += piece;
            transport.giveBack(RECEIVE, chain, at + piece);
        }
        return true;
    }

    /** The header of a packet that stands for several, with the pseudo header's sum in its checksum field. */
    private void describe(byte[] packet) {
        int tcp = LargeFrame.tcpAt(packet);
        header[FLAGS] = NEEDS_CSUM;
        header[GSO_TYPE] = (byte) (LargeFrame.ipv6(packet) ? GSO_TCPV6 : GSO_TCPV4);
        putHeader(HDR_LEN, LargeFrame.payloadAt(packet));
        putHeader(GSO_SIZE, LargeFrame.mss(packet));
        putHeader(CSUM_START, tcp);
        putHeader(CSUM_OFFSET, TCP_CHECKSUM);
        Octets.put16(packet, tcp + TCP_CHECKSUM, Checksum.fold(LargeFrame.pseudo(packet, LargeFrame.octets(packet))));
    }

    // ---- control (5.1.6.5)

    private void control() throws VirtqueueException {
        Virtqueue q = transport.queue(CONTROL);
        for (Chain chain = q.take(); chain != null; chain = q.take()) {
            byte[] command = new byte[(int) Math.min(chain.readableBytes(), MAX_COMMAND)];
            chain.read(0, command, 0, command.length);
            boolean done = command.length >= 2 && carriedOut(command[0] & 0xFF, command[1] & 0xFF, command);
            chain.write(0, new byte[] {(byte) (done ? OK : ERR)}, 0, 1);
            transport.giveBack(CONTROL, chain, (int) Math.min(1, chain.writableBytes()));
        }
        q.askForNotification();
    }

    private boolean carriedOut(int category, int command, byte[] c) {
        switch (category) {
            case CTRL_RX -> {
                if (c.length < 3 || command > ReceiveFilter.NOBCAST) {
                    return false;
                }
                filter.mode(command, c[2] != 0);
                return true;
            }
            case CTRL_MAC -> {
                return command == MAC_ADDR_SET ? setAddress(c) : command == MAC_TABLE_SET && setTable(c);
            }
            case CTRL_VLAN -> {
                if (c.length < 4 || command != VLAN_ADD && command != VLAN_DEL) {
                    return false;
                }
                filter.vlan(c[2] & 0xFF | (c[3] & 0xF) << 8, command == VLAN_ADD);
                return true;
            }
            case CTRL_GUEST_OFFLOADS -> {
                if (c.length < 10 || command != 0) {
                    return false;
                }
                offloads = word32(c, 2) & 0xFFFF_FFFFL & GUEST_OFFLOADS & transport.features();
                takeLarge();
                return true;
            }
            default -> {
                return false;
            }
        }
    }

    private boolean setAddress(byte[] c) {
        if (c.length < 8) {
            return false;
        }
        mac = Octets.u48(c, 2);
        return true;
    }

    /** Two lists behind each other, single stations and groups, each behind its number of entries (5.1.6.5.2). */
    private boolean setTable(byte[] c) {
        List<Long> all = new ArrayList<>();
        int at = 2;
        for (int list = 0; list < 2; list++) {
            if (at + 4 > c.length) {
                return false;
            }
            int count = word32(c, at);
            at += 4;
            if (count < 0 || count > (c.length - at) / 6) {
                return false;
            }
            for (int k = 0; k < count; k++, at += 6) {
                all.add(Octets.u48(c, at));
            }
        }
        filter.addresses(all.stream().mapToLong(Long::longValue).toArray());
        return true;
    }

    private static int word32(byte[] c, int at) {
        return Integer.reverseBytes(Octets.i32(c, at));
    }

    // ---- state

    @Override
    public void reset() {
        mac = permanent.bits();
        filter.reset();
        held = null;
        telling.cancel();
        offloads = 0;
        negotiated = 0;
        cable.takesLarge(false);
    }

    @Override
    public VirtioNetState save() {
        return filter.save(mac, offloads);
    }

    @Override
    public void restore(VirtioNetState s) {
        reset();
        mac = s.mac();
        filter.restore(s);
        negotiated = transport.features();
        offloads = s.offloads() & GUEST_OFFLOADS & negotiated;
        takeLarge();
        if (transport.queue(TRANSMIT).untold() > 0) {
            telling.at(0);
        }
    }
}
