package org.terrarium.net.link;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes frames to a capture file that Wireshark and tshark read (PCAP Next Generation, draft-ietf-opsawg-pcapng, 4.1 to 4.3).
 * When a file has reached its size the next one is begun ({@code x.pcapng}, {@code x.1.pcapng}, ...); only so many are kept.
 */
public final class PcapngWriter implements AutoCloseable {
    private static final int SECTION_HEADER = 0x0A0D_0D0A;
    private static final int INTERFACE = 1;
    private static final int ENHANCED_PACKET = 6;
    private static final int BYTE_ORDER_MAGIC = 0x1A2B_3C4D;
    private static final int LINKTYPE_ETHERNET = 1;
    private static final int SNAPLEN = 0; // no limit
    private static final int OPTION_NAME = 2;
    private static final int OPTION_TIME_RESOLUTION = 9;
    private static final int OPTION_FLAGS = 2;
    private static final int NANOSECONDS = 9;
    private static final int INBOUND = 1;
    private static final int OUTBOUND = 2;
    private static final int PACKET_OVERHEAD = 44;

    private final Path file;
    private final String port;
    private final long maxOctets;
    private final int maxFiles;
    private OutputStream out;
    private long written;
    private int files;

    /**
     * Begins a capture; an existing file is replaced.
     *
     * @param port the name of what is captured, shown by readers
     * @param maxOctets of one file, or 0 for any
     * @param maxFiles how many are kept, 1 or more; the oldest is overwritten
     */
    public PcapngWriter(Path file, String port, long maxOctets, int maxFiles) throws IOException {
        this.file = file;
        this.port = port;
        this.maxOctets = maxOctets;
        this.maxFiles = maxFiles;
        begin();
    }

    private void begin() throws IOException {
        out = new BufferedOutputStream(Files.newOutputStream(files == 0 ? file : numbered()), 1 << 16);
        written = 0;
        ByteBuffer section = block(SECTION_HEADER, 16);
        section.putInt(BYTE_ORDER_MAGIC).putShort((short) 1).putShort((short) 0).putLong(-1);
        finish(section);
        byte[] name = port.getBytes(StandardCharsets.UTF_8);
        ByteBuffer description = block(INTERFACE, 8 + 4 + padded(name.length) + 8 + 4);
        description.putShort((short) LINKTYPE_ETHERNET).putShort((short) 0).putInt(SNAPLEN);
        option(description, OPTION_NAME, name);
        option(description, OPTION_TIME_RESOLUTION, new byte[] {NANOSECONDS});
        description.putInt(0);
        finish(description);
    }

    private Path numbered() {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        String stem = dot < 0 ? name : name.substring(0, dot);
        String end = dot < 0 ? "" : name.substring(dot);
        int slot = files % maxFiles;
        return slot == 0 ? file : file.resolveSibling(stem + "." + slot + end);
    }

    /**
     * Adds a frame.
     *
     * @param fromStation whether the captured port's station has sent it
     * @param epochNanos nanoseconds since 1970
     */
    public void frame(byte[] frame, boolean fromStation, long epochNanos) throws IOException {
        if (maxOctets > 0 && written > 0 && written + frame.length + PACKET_OVERHEAD > maxOctets) {
            out.close();
            files++;
            begin();
        }
        ByteBuffer packet = block(ENHANCED_PACKET, 20 + padded(frame.length) + 8 + 4);
        packet.putInt(0).putInt((int) (epochNanos >>> 32)).putInt((int) epochNanos);
        packet.putInt(frame.length).putInt(frame.length);
        packet.put(frame).position(8 + 20 + padded(frame.length));
        ByteBuffer flags = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
        flags.putInt(fromStation ? OUTBOUND : INBOUND);
        option(packet, OPTION_FLAGS, flags.array());
        packet.putInt(0);
        finish(packet);
    }

    private static int padded(int length) {
        return length + 3 & ~3;
    }

    private static ByteBuffer block(int type, int body) {
        ByteBuffer b = ByteBuffer.allocate(12 + body).order(ByteOrder.LITTLE_ENDIAN);
        return b.putInt(type).putInt(12 + body);
    }

    private static void option(ByteBuffer b, int code, byte[] value) {
        b.putShort((short) code).putShort((short) value.length).put(value);
        b.position(padded(b.position()));
    }

    private void finish(ByteBuffer b) throws IOException {
        b.putInt(b.capacity());
        out.write(b.array());
        written += b.capacity();
    }

    /** Brings what was added to the file, so that a reader sees it. */
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
