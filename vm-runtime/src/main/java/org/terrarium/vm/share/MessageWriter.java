package org.terrarium.vm.share;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Puts an answer together, little-endian, its header last; one that is longer than the client has room for is an EMSGSIZE. */
final class MessageWriter {
    private static final int USUAL = 256;

    private final int limit;
    private byte[] message;
    private int at = P9.HEADER;

    /** @param limit bytes that the answer may have in all */
    MessageWriter(int limit) {
        this.limit = limit;
        message = new byte[Math.min(limit, USUAL)];
    }

    /** Bytes that it can still take. */
    int room() {
        return limit - at;
    }

    private void need(int bytes) throws Errno {
        if (bytes > room()) {
            throw new Errno(Errno.EMSGSIZE);
        }
        if (bytes > message.length - at) {
            message = Arrays.copyOf(message, Math.min(limit, Math.max(2 * message.length, at + bytes)));
        }
    }

    private MessageWriter number(long value, int bytes) throws Errno {
        need(bytes);
        put(at, value, bytes);
        at += bytes;
        return this;
    }

    private void put(int where, long value, int bytes) {
        for (int k = 0; k < bytes; k++) {
            message[where + k] = (byte) (value >>> 8 * k);
        }
    }

    MessageWriter u8(int value) throws Errno {
        return number(value, 1);
    }

    MessageWriter u16(int value) throws Errno {
        return number(value, 2);
    }

    MessageWriter u32(int value) throws Errno {
        return number(value, 4);
    }

    MessageWriter u64(long value) throws Errno {
        return number(value, 8);
    }

    MessageWriter text(String text) throws Errno {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        u16(bytes.length);
        return data(bytes, bytes.length);
    }

    MessageWriter data(byte[] bytes, int count) throws Errno {
        need(count);
        System.arraycopy(bytes, 0, message, at, count);
        at += count;
        return this;
    }

    /** Number of bytes so far, with the header. */
    int length() {
        return at;
    }

    /** Puts a number of four bytes where there was one. */
    void replace(int where, int value) {
        put(where, value, 4);
    }

    /** The whole message. */
    byte[] message(int type, int tag) {
        byte[] whole = at == message.length ? message : Arrays.copyOf(message, at);
        message = whole;
        put(0, at, 4);
        put(4, type, 1);
        put(5, tag, 2);
        return whole;
    }
}
