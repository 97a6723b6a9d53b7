package org.terrarium.vm.state;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.terrarium.vm.HostTrouble;

/**
 * The file of a machine's state without its memory: sections with label, version, size and check sum, and a last one that says
 * it is whole. {@code docs/machine-state.md} has the format.
 */
public final class StateFile {
    static final byte[] MAGIC = "TERRSTAT".getBytes(StandardCharsets.US_ASCII);

    /** Of the file around the sections. */
    public static final int VERSION = 1;

    private static final String END = "end";
    private static final long MAX_BYTES = 256 << 20;
    private static final int MAX_LABEL = 255;

    private StateFile() {}

    /** The file's bytes; equal sections give equal bytes. */
    public static byte[] toBytes(List<StateSection> sections) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(MAGIC);
        out.writeBytes(little(4).putInt(VERSION).array());
        sections.forEach(s -> append(out, s));
        append(out, new StateSection(END, 1, little(4).putInt(sections.size()).array()));
        return out.toByteArray();
    }

    private static void append(ByteArrayOutputStream out, StateSection s) {
        byte[] label = s.label().getBytes(StandardCharsets.UTF_8);
        if (label.length > MAX_LABEL) {
            throw new IllegalArgumentException("label " + s.label());
        }
        byte[] head = little(2 + label.length + 4 + 8)
                .putShort((short) label.length)
                .put(label)
                .putInt(s.version())
                .putLong(s.payload().length)
                .array();
        out.writeBytes(head);
        out.writeBytes(little(4).putInt(checkSum(head, s.payload())).array());
        out.writeBytes(s.payload());
    }

    private static int checkSum(byte[] head, byte[] payload) {
        CRC32C crc = new CRC32C();
        crc.update(head);
        crc.update(payload);
        return (int) crc.getValue();
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Reads a state file; a StateException says in a sentence that names the file why it cannot be used. */
    public static Map<String, StateSection> read(Path file) throws StateException {
        byte[] bytes;
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new StateException("the saved state " + file + " is too large to be one");
            }
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new StateException("the saved state " + file + " is missing", e);
        } catch (StateException e) {
            throw e;
        } catch (IOException e) {
            throw new StateException("the saved state " + file + " cannot be read: " + HostTrouble.sentence(e), e);
        }
        try {
            return parse(bytes);
        } catch (StateException e) {
            throw new StateException("the saved state " + file + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** The sections by label, in the file's order; the exception's message goes on from "cannot be used:". */
    static Map<String, StateSection> parse(byte[] bytes) throws StateException {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        byte[] magic = new byte[MAGIC.length];
        try {
            in.get(magic);
            if (!java.util.Arrays.equals(magic, MAGIC)) {
                throw new StateException("it is no saved state");
            }
            int version = in.getInt();
            if (version != VERSION) {
                throw new StateException("it was written by a newer Terrarium (format " + version + ")");
            }
            List<StateSection> sections = new ArrayList<>();
            while (true) {
                StateSection s = section(in);
                if (s.label().equals(END)) {
                    if (in.hasRemaining()
                            || ByteBuffer.wrap(s.payload())
                                            .order(ByteOrder.LITTLE_ENDIAN)
                                            .getInt()
                                    != sections.size()) {
                        throw new StateException("it is damaged at its end");
                    }
                    Map<String, StateSection> byLabel = new LinkedHashMap<>();
                    sections.forEach(one -> byLabel.put(one.label(), one));
                    return byLabel;
                }
                sections.add(s);
            }
        } catch (BufferUnderflowException e) {
            throw new StateException("it is cut short", e);
        }
    }

    private static StateSection section(ByteBuffer in) throws StateException {
        int start = in.position();
        byte[] label = new byte[Math.min(in.getShort() & 0xFFFF, in.remaining())];
        in.get(label);
        int version = in.getInt();
        long size = in.getLong();
        byte[] head = new byte[in.position() - start];
        in.get(start, head);
        int expected = in.getInt();
        if (size < 0 || size > in.remaining()) {
            throw new StateException("it is cut short");
        }
        byte[] payload = new byte[(int) size];
        in.get(payload);
        String name = new String(label, StandardCharsets.UTF_8);
        if (checkSum(head, payload) != expected) {
            throw new StateException("its section '" + name + "' is damaged (wrong check sum)");
        }
        return new StateSection(name, version, payload);
    }
}
