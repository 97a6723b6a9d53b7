package org.terrarium.vm.device.ide;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Assembles the data a packet command returns: big-endian numbers, ASCII texts, lengths filled in afterwards. */
final class Reply {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Reply bytes(int... values) {
        for (int v : values) {
            out.write(v);
        }
        return this;
    }

    Reply word(int value) {
        return bytes(value >> 8, value);
    }

    Reply dword(long value) {
        return word((int) (value >> 16)).word((int) value);
    }

    Reply zeros(int count) {
        for (int k = 0; k < count; k++) {
            out.write(0);
        }
        return this;
    }

    /** A text cut or padded with spaces to {@code length} characters. */
    Reply text(String text, int length) {
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        for (int k = 0; k < length; k++) {
            out.write(k < ascii.length ? ascii[k] : ' ');
        }
        return this;
    }

    /** A block address, or minute, second and frame behind a zero byte when {@code msf} (150 frames of lead-in added). */
    Reply address(long lba, boolean msf) {
        if (!msf) {
            return dword(lba);
        }
        long frame = lba + 150;
        return bytes(0, (int) (frame / (60 * 75)), (int) (frame / 75 % 60), (int) (frame % 75));
    }

    int size() {
        return out.size();
    }

    byte[] toArray() {
        return out.toByteArray();
    }

    /** The data with the length of what follows the length field itself in its first two bytes. */
    byte[] withLength16() {
        byte[] b = toArray();
        b[0] = (byte) (b.length - 2 >> 8);
        b[1] = (byte) (b.length - 2);
        return b;
    }
}
