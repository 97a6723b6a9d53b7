package org.terrarium.vm.device.e1000;

import java.util.Arrays;
import java.util.function.Consumer;
import org.terrarium.net.link.LargeFrame;
import org.terrarium.net.wire.Checksum;
import org.terrarium.net.wire.Ethernet;
import org.terrarium.net.wire.Octets;

/**
 * The packet that the transmit descriptors put together (317453, 3.3 to 3.5): data from memory, checksums put in, a long TCP
 * segment cut into frames, VLAN tags put in.
 */
final class Transmitter {
    // Command bits in all descriptors (3.3.3.1, 3.3.6.1, 3.3.7.1).
    static final int CMD_EOP = 1;
    static final int CMD_IC = 1 << 2;
    static final int CMD_TSE = 1 << 2;
    static final int CMD_RS = 1 << 3;
    static final int CMD_DEXT = 1 << 5;
    static final int CMD_VLE = 1 << 6;
    static final int TYPE_LEGACY = 2;
    static final int TYPE_CONTEXT = 0;
    static final int TYPE_DATA = 1;

    private static final int TUCMD_TCP = 1;
    private static final int TUCMD_IP = 2;
    private static final int POPTS_IXSM = 1;
    private static final int POPTS_TXSM = 2;
    private static final int TCP_FLAGS = 13;
    private static final int TCP_FIN_PSH = 9;

    /** The longest packet: what a TCP segment of the greatest length takes, and some. */
    private static final int MAX_PACKET = 0x10000 + 256;

    /** The longest frame sent (TCTL has no bit for longer ones). */
    private static final int MAX_FRAME = 16288;

    private final Consumer<byte[]> wire;
    private final Consumer<byte[]> largeWire;
    private final int[] checksumContext = new int[4];
    private final int[] segmentContext = new int[4];
    private byte[] packet = new byte[2048];
    private int length;
    private int command;
    private boolean oversize;

    /**
     * @param wire takes frames
     * @param largeWire takes TCP segments that stand for several, see {@link LargeFrame}
     */
    Transmitter(Consumer<byte[]> wire, Consumer<byte[]> largeWire) {
        this.wire = wire;
        this.largeWire = largeWire;
    }

    void reset() {
        Arrays.fill(checksumContext, 0);
        Arrays.fill(segmentContext, 0);
        length = 0;
        command = 0;
        oversize = false;
    }

    /** A context descriptor: how the packets after it are to be treated. */
    void context(int[] descriptor) {
        boolean segmenting = (descriptor[2] >>> 24 & CMD_TSE) != 0;
        System.arraycopy(descriptor, 0, segmenting ? segmentContext : checksumContext, 0, 4);
    }

    /** Whether a packet has been begun. */
    boolean begun() {
        return length > 0 || oversize;
    }

    /** The first descriptor of a packet says what is done with it. */
    void begin(int type, int cmd, int options) {
        command = cmd & 0xFF | options << 8 | type << 16;
    }

    /** Room for {@code count} octets of the packet in {@link #buffer} at the place that is returned; negative when too long. */
    int room(int count) {
        if (oversize || length + count > MAX_PACKET) {
            oversize = true;
            return -1;
        }
        if (length + count > packet.length) {
            packet = Arrays.copyOf(packet, Math.max(2 * packet.length, length + count));
        }
        length += count;
        return length - count;
    }

    byte[] buffer() {
        return packet;
    }

    /**
     * The packet's last descriptor has come: sends it.
     *
     * @param cmd of the last descriptor
     * @param words of the last descriptor
     * @param vlanType the type field of VLAN tags, or 0 when the chip does not put them in
     */
    void send(int cmd, int[] words, int vlanType) {
        int type = command >> 16;
        int options = command >> 8 & 0xFF;
        if (!oversize && length > 0) {
            int tag = vlanType != 0 && (cmd & CMD_VLE) != 0 ? vlanType << 16 | words[3] >>> 16 : 0;
            if (type == TYPE_LEGACY) {
                if ((cmd & CMD_IC) != 0) {
                    checksum(packet, length, words[3] >>> 8 & 0xFF, words[2] >>> 16 & 0xFF, 0);
                }
                frame(packet, length, tag);
            } else if ((command & CMD_TSE) != 0) {
                segments(options, tag);
            } else {
                putChecksums(packet, length, checksumContext, options);
                frame(packet, length, tag);
            }
        }
        length = 0;
        oversize = false;
    }

    private void frame(byte[] data, int count, int tag) {
        if (count < 14 || count > MAX_FRAME) {
            return;
        }
        if (tag == 0) {
            wire.accept(Arrays.copyOf(data, count));
            return;
        }
        byte[] tagged = new byte[count + 4];
        System.arraycopy(data, 0, tagged, 0, 12);
        Octets.put32(tagged, 12, tag);
        System.arraycopy(data, 12, tagged, 16, count - 12);
        wire.accept(tagged);
    }

    private static void putChecksums(byte[] data, int count, int[] context, int options) {
        if ((options & POPTS_IXSM) != 0) {
            checksum(data, count, context[0] & 0xFF, context[0] >>> 8 & 0xFF, context[0] >>> 16);
        }
        if ((options & POPTS_TXSM) != 0) {
            checksum(data, count, context[1] & 0xFF, context[1] >>> 8 & 0xFF, context[1] >>> 16);
        }
    }

    /** Sums from {@code start} to {@code end} (inclusive, 0 for the packet's end) and stores the complement (3.3.5). */
    private static void checksum(byte[] data, int count, int start, int offset, int end) {
        int last = end == 0 || end >= count ? count : end + 1;
        if (start >= last || offset + 2 > count) {
            return;
        }
        Octets.put16(data, offset, Checksum.of(Checksum.add(0, data, start, last - start)));
    }

    /** TCP or UDP segmentation (3.5): the header again in front of each piece of the payload, brought up to date. */
    private void segments(int options, int tag) {
        int[] c = segmentContext;
        int header = c[3] >>> 8 & 0xFF;
        int mss = c[3] >>> 16;
        int ip = c[0] & 0xFF;
        int transport = c[1] & 0xFF;
        int kind = c[2] >>> 24;
        boolean tcp = (kind & TUCMD_TCP) != 0;
        boolean ipv4 = (kind & TUCMD_IP) != 0;
        boolean fits = ip + (ipv4 ? 20 : 40) <= header && transport + (tcp ? 20 : 8) <= header;
        if (header == 0 || mss == 0 || header > length || !fits) {
            return;
        }
        if (tcp && tag == 0 && ip == Ethernet.HEADER && (options & POPTS_TXSM) != 0) {
            // Whole to the switch, which cuts it only where somebody wants frames.
            byte[] large = LargeFrame.of(packet, length, mss);
            if (large != null && LargeFrame.tcpAt(large) == transport && LargeFrame.payloadAt(large) == header) {
                largeWire.accept(large);
                return;
            }
        }
        int payload = length - header;
        int identification = Octets.u16(packet, ip + 4);
        int sequence = Octets.i32(packet, transport + 4);
        for (int done = 0, n = 0; done < payload || n == 0; done += mss, n++) {
            int piece = Math.min(mss, payload - done);
            byte[] f = new byte[header + piece];
            System.arraycopy(packet, 0, f, 0, header);
            System.arraycopy(packet, header + done, f, header, piece);
            if (ipv4) {
                Octets.put16(f, ip + 2, f.length - ip);
                Octets.put16(f, ip + 4, identification + n);
            } else {
                Octets.put16(f, ip + 4, f.length - ip - 40);
            }
            if (tcp) {
                Octets.put32(f, transport + 4, sequence + done);
                if (done + piece < payload) {
                    f[transport + TCP_FLAGS] &= ~TCP_FIN_PSH;
                }
            } else {
                Octets.put16(f, transport + 4, f.length - transport);
            }
            // The driver leaves the pseudo header's sum without the length, which differs from piece to piece (3.5.6).
            int field = c[1] >>> 8 & 0xFF;
            if ((options & POPTS_TXSM) != 0 && field + 2 <= f.length) {
                Octets.put16(f, field, Checksum.fold(Octets.u16(f, field) + (long) f.length - transport));
            }
            putChecksums(f, f.length, c, options);
            frame(f, f.length, tag);
        }
    }

    int[] saveChecksumContext() {
        return checksumContext.clone();
    }

    int[] saveSegmentContext() {
        return segmentContext.clone();
    }

    byte[] savePacket() {
        return Arrays.copyOf(packet, length);
    }

    int saveCommand() {
        return command;
    }

    boolean saveOversize() {
        return oversize;
    }

    void restore(E1000State s) {
        System.arraycopy(s.checksumContext(), 0, checksumContext, 0, 4);
        System.arraycopy(s.segmentContext(), 0, segmentContext, 0, 4);
        length = Math.min(s.pending().length, MAX_PACKET);
        packet = Arrays.copyOf(s.pending(), Math.max(2048, length));
        command = s.pendingCommand();
        oversize = s.oversize();
    }
}
