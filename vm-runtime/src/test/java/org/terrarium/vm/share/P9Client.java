package org.terrarium.vm.share;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A client that builds messages by the protocol's description and takes answers apart; an Rlerror is an {@link Errno}. */
final class P9Client {
    static final int ROOM = 64 << 10;

    private final FileServer server;
    private int tag;

    P9Client(FileServer server) {
        this.server = server;
    }

    /** A body of fields: Integer four bytes, Short two, Byte one, Long eight, String with its length, byte[] as it is. */
    static byte[] message(int type, int tag, Object... fields) {
        int data = 0;
        for (Object field : fields) {
            data += field instanceof byte[] bytes ? bytes.length : field instanceof String text ? 4 * text.length() : 8;
        }
        ByteBuffer b = ByteBuffer.allocate(64 + data).order(ByteOrder.LITTLE_ENDIAN);
        b.putInt(0).put((byte) type).putShort((short) tag);
        for (Object field : fields) {
            switch (field) {
                case Integer n -> b.putInt(n);
                case Long n -> b.putLong(n);
                case Short n -> b.putShort(n);
                case Byte n -> b.put(n);
                case byte[] bytes -> b.put(bytes);
                case String text -> {
                    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                    b.putShort((short) bytes.length).put(bytes);
                }
                default -> throw new IllegalArgumentException(field.toString());
            }
        }
        b.putInt(0, b.position());
        byte[] whole = new byte[b.position()];
        b.flip().get(whole);
        return whole;
    }

    /** The answer's body. */
    ByteBuffer ask(int type, Object... fields) throws Errno {
        tag = tag + 1 & 0x7FFF;
        byte[] answer = server.answer(message(type, tag, fields), ROOM);
        ByteBuffer b = ByteBuffer.wrap(answer).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(answer.length, b.getInt(), "length of the answer");
        int answered = b.get() & 0xFF;
        assertEquals(tag, b.getShort(), "tag of the answer");
        if (answered == P9.RLERROR) {
            throw new Errno(b.getInt());
        }
        assertEquals(type + 1, answered, "type of the answer");
        return b;
    }

    /** The number of the failure, 0 for none. */
    int failure(int type, Object... fields) {
        try {
            ask(type, fields);
            return 0;
        } catch (Errno e) {
            return e.number();
        }
    }

    void start() throws Errno {
        ask(P9.TVERSION, ROOM, P9.VERSION);
        ask(P9.TATTACH, 0, P9.NOFID, "root", "", 0);
    }

    /** Makes {@code newFid} of {@code fid} and names; returns how many names there were. */
    int walk(int fid, int newFid, String... names) throws Errno {
        List<Object> fields = new ArrayList<>(List.of(fid, newFid, (short) names.length));
        fields.addAll(List.of(names));
        return ask(P9.TWALK, fields.toArray()).getShort();
    }

    void open(int fid, int flags) throws Errno {
        ask(P9.TLOPEN, fid, flags);
    }

    void create(int fid, String name, int flags, int mode) throws Errno {
        ask(P9.TLCREATE, fid, name, flags, mode, 0);
    }

    byte[] read(int fid, long offset, int count) throws Errno {
        ByteBuffer b = ask(P9.TREAD, fid, offset, count);
        byte[] data = new byte[b.getInt()];
        b.get(data);
        assertEquals(0, b.remaining());
        return data;
    }

    int write(int fid, long offset, String text) throws Errno {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return ask(P9.TWRITE, fid, offset, bytes.length, bytes).getInt();
    }

    /** What Rgetattr says. */
    record Attributes(int qidType, long qidPath, int mode, long links, long size, long modified) {}

    Attributes attributes(int fid) throws Errno {
        ByteBuffer b = ask(P9.TGETATTR, fid, P9.GETATTR_BASIC);
        b.getLong();
        int type = b.get() & 0xFF;
        b.getInt();
        long path = b.getLong();
        int mode = b.getInt();
        b.getLong();
        long links = b.getLong();
        b.getLong();
        long size = b.getLong();
        b.position(b.position() + 32);
        return new Attributes(type, path, mode, links, size, b.getLong());
    }

    /** All names in an open folder, asked for in pieces of {@code count} bytes. */
    List<String> names(int fid, int count) throws Errno {
        List<String> names = new ArrayList<>();
        long offset = 0;
        while (true) {
            ByteBuffer b = ask(P9.TREADDIR, fid, offset, count);
            int bytes = b.getInt();
            assertEquals(bytes, b.remaining());
            if (bytes == 0) {
                return names;
            }
            while (b.hasRemaining()) {
                b.position(b.position() + 13);
                offset = b.getLong();
                b.get();
                byte[] name = new byte[b.getShort()];
                b.get(name);
                names.add(new String(name, StandardCharsets.UTF_8));
            }
        }
    }
}
