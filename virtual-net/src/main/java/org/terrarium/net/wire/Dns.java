package org.terrarium.net.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * As much of a DNS message (RFC 1035, 4.1) as a forwarder must understand: the header and the one question.
 *
 * @param id by which the asker knows the answer
 * @param flags the second word of the header
 * @param name the name asked for, lower case, without a dot at the end
 * @param type of the records asked for
 * @param questionEnd where the question ends, octets from the start of the message
 */
public record Dns(int id, int flags, String name, int type, int recordClass, int questionEnd) {
    public static final int PORT = 53;
    public static final int HEADER = 12;
    public static final int TYPE_A = 1;
    public static final int TYPE_PTR = 12;
    public static final int TYPE_AAAA = 28;
    public static final int CLASS_IN = 1;
    public static final int FLAG_RESPONSE = 0x8000;

    // Response codes (RFC 1035, 4.1.1).
    public static final int SERVFAIL = 2;
    public static final int NXDOMAIN = 3;

    private static final int OPCODE = 0x7800;
    private static final int FLAG_RECURSION_DESIRED = 0x0100;
    private static final int FLAG_RECURSION_AVAILABLE = 0x0080;
    private static final int MAX_NAME = 255;

    /** Reads a message with exactly one question, or gives null when it is not whole or something else than a query. */
    public static Dns parse(byte[] b, int at, int length) {
        if (length < HEADER || Octets.u16(b, at + 4) != 1 || (Octets.u16(b, at + 2) & OPCODE) != 0) {
            return null;
        }
        StringBuilder name = new StringBuilder();
        int end = at + length;
        int o = at + HEADER;
        while (true) {
            if (o >= end) {
                return null;
            }
            int label = Octets.u8(b, o++);
            if (label == 0) {
                break;
            }
            if (label > 63 || o + label > end || name.length() + label + 1 > MAX_NAME) {
                return null; // a compressed name cannot stand in the first question: there is nothing before it
            }
            if (!name.isEmpty()) {
                name.append('.');
            }
            name.append(new String(b, o, label, StandardCharsets.ISO_8859_1));
            o += label;
        }
        if (o + 4 > end) {
            return null;
        }
        return new Dns(
                Octets.u16(b, at),
                Octets.u16(b, at + 2),
                name.toString().toLowerCase(Locale.ROOT),
                Octets.u16(b, o),
                Octets.u16(b, o + 2),
                o + 4 - at);
    }

    public boolean response() {
        return (flags & FLAG_RESPONSE) != 0;
    }

    /**
     * An answer to this question.
     *
     * @param query the message this was read from, starting at {@code at}
     * @param code the response code, 0 for success
     * @param seconds how long the answer may be kept
     * @param records the data of the records, all of the type asked for
     */
    public byte[] answer(byte[] query, int at, int code, int seconds, List<byte[]> records) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(query, at, questionEnd);
        for (byte[] data : records) {
            byte[] head = new byte[12];
            Octets.put16(head, 0, 0xC000 | HEADER); // the name is the question's (RFC 1035, 4.1.4)
            Octets.put16(head, 2, type);
            Octets.put16(head, 4, CLASS_IN);
            Octets.put32(head, 6, seconds);
            Octets.put16(head, 10, data.length);
            out.writeBytes(head);
            out.writeBytes(data);
        }
        byte[] b = out.toByteArray();
        Octets.put16(b, 2, FLAG_RESPONSE | FLAG_RECURSION_AVAILABLE | flags & FLAG_RECURSION_DESIRED | code);
        Octets.put16(b, 6, records.size());
        Octets.put16(b, 8, 0);
        Octets.put16(b, 10, 0);
        return b;
    }

    /** A name as it stands in a record: labels with their lengths in front. */
    public static byte[] nameBytes(String name) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String label : name.split("\\.")) {
            byte[] octets = label.getBytes(StandardCharsets.ISO_8859_1);
            out.write(octets.length);
            out.writeBytes(octets);
        }
        out.write(0);
        return out.toByteArray();
    }
}
