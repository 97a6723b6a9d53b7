package org.terrarium.vm.share;

import java.nio.charset.StandardCharsets;

/** Takes the fields of a request one after the other, little-endian; one that is not whole is an EINVAL. */
final class MessageReader {
    private final byte[] message;
    private int at;

    MessageReader(byte[] message) {
        this.message = message;
    }

    private long number(int bytes) throws Errno {
        need(bytes);
        long value = 0;
        for (int k = bytes - 1; k >= 0; k--) {
            value = value << 8 | message[at + k] & 0xFF;
        }
        at += bytes;
        return value;
    }

    private void need(int bytes) throws Errno {
        if (bytes > message.length - at) {
            throw new Errno(Errno.EINVAL);
        }
    }

    int u8() throws Errno {
        return (int) number(1);
    }

    int u16() throws Errno {
        return (int) number(2);
    }

    /** As the bits are: a number over 2^31 is negative. */
    int u32() throws Errno {
        return (int) number(4);
    }

    long u64() throws Errno {
        return number(8);
    }

    /** A name as its bytes, one to a character. */
    String text() throws Errno {
        int length = u16();
        need(length);
        String text = new String(message, at, length, StandardCharsets.ISO_8859_1);
        at += length;
        return text;
    }

    boolean more() {
        return at < message.length;
    }

    /** Where {@code count} bytes of data begin, all of which are there. */
    int data(int count) throws Errno {
        if (count < 0) {
            throw new Errno(Errno.EINVAL);
        }
        need(count);
        int begin = at;
        at += count;
        return begin;
    }

    byte[] bytes() {
        return message;
    }
}
