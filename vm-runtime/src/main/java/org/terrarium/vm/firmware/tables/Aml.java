package org.terrarium.vm.firmware.tables;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes ACPI machine language (ACPI specification 6.4, chapter 20): each method returns one encoded term. */
final class Aml {
    static final byte[] ZERO = {0x00};
    static final byte[] ARG0 = {0x68};
    static final byte[] LOCAL0 = {0x60};
    static final byte[] LOCAL1 = {0x61};

    /** Ext-prefixed opcodes. */
    private static final int EXT = 0x5B;

    private Aml() {}

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] p : parts) {
            out.writeBytes(p);
        }
        return out.toByteArray();
    }

    static byte[] bytes(int... values) {
        byte[] b = new byte[values.length];
        for (int k = 0; k < values.length; k++) {
            b[k] = (byte) values[k];
        }
        return b;
    }

    static byte[] word(int v) {
        return bytes(v, v >> 8);
    }

    static byte[] dword(long v) {
        return bytes((int) v, (int) (v >> 8), (int) (v >> 16), (int) (v >> 24));
    }

    /** A path such as {@code \_SB_.PCI0}; segments are padded to four characters. */
    static byte[] name(String path) {
        boolean root = path.startsWith("\\");
        String rest = root ? path.substring(1) : path;
        String[] segments = rest.isEmpty() ? new String[0] : rest.split("\\.");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (root) {
            out.write('\\');
        }
        if (segments.length == 0) {
            out.write(0);
        } else if (segments.length == 2) {
            out.write(0x2E);
        } else if (segments.length > 2) {
            out.write(0x2F);
            out.write(segments.length);
        }
        for (String s : segments) {
            out.writeBytes((s + "____").substring(0, 4).getBytes(StandardCharsets.US_ASCII));
        }
        return out.toByteArray();
    }

    static byte[] integer(long v) {
        if (v == 0 || v == 1) {
            return bytes((int) v);
        }
        if (v > 0 && v <= 0xFF) {
            return bytes(0x0A, (int) v);
        }
        if (v > 0 && v <= 0xFFFF) {
            return concat(bytes(0x0B), word((int) v));
        }
        return concat(bytes(0x0C), dword(v));
    }

    /** A compressed EISA identifier such as PNP0A03, as an integer constant. */
    static byte[] eisaId(String id) {
        int a = id.charAt(0) - '@';
        int b = id.charAt(1) - '@';
        int c = id.charAt(2) - '@';
        int product = Integer.parseInt(id.substring(3), 16);
        return bytes(0x0C, a << 2 | b >> 3, (b & 7) << 5 | c, product >> 8, product);
    }

    static byte[] string(String s) {
        return concat(bytes(0x0D), s.getBytes(StandardCharsets.US_ASCII), bytes(0));
    }

    /** {@code body} preceded by the length of itself and of the length field (20.2.4). */
    private static byte[] sized(byte[] body) {
        int length = body.length + 1;
        if (length <= 0x3F) {
            return concat(bytes(length), body);
        }
        if (length + 1 <= 0xFFF) {
            length += 1;
            return concat(bytes(0x40 | length & 0x0F, length >> 4), body);
        }
        length += 2;
        return concat(bytes(0x80 | length & 0x0F, length >> 4, length >> 12), body);
    }

    static byte[] nameObject(String path, byte[] value) {
        return concat(bytes(0x08), name(path), value);
    }

    static byte[] scope(String path, byte[]... terms) {
        return concat(bytes(0x10), sized(concat(name(path), concat(terms))));
    }

    static byte[] device(String path, byte[]... terms) {
        return concat(bytes(EXT, 0x82), sized(concat(name(path), concat(terms))));
    }

    static byte[] method(String path, int arguments, byte[]... terms) {
        return concat(bytes(0x14), sized(concat(name(path), bytes(arguments), concat(terms))));
    }

    static byte[] buffer(byte[] data) {
        return concat(bytes(0x11), sized(concat(integer(data.length), data)));
    }

    static byte[] packageOf(byte[]... elements) {
        return concat(bytes(0x12), sized(concat(bytes(elements.length), concat(elements))));
    }

    /** A region of PCI configuration space (type 2). */
    static byte[] pciConfigRegion(String path, int offset, int length) {
        return region(path, 2, offset, length);
    }

    /** A region of I/O ports (type 1). */
    static byte[] portRegion(String path, int offset, int length) {
        return region(path, 1, offset, length);
    }

    private static byte[] region(String path, int space, int offset, int length) {
        return concat(bytes(EXT, 0x80), name(path), bytes(space), integer(offset), integer(length));
    }

    /** Byte-wide fields, one after the other. */
    static byte[] byteFields(String region, String... names) {
        return fields(region, 0x01, bytes(8), names);
    }

    /** Doubleword fields, one after the other. */
    static byte[] dwordFields(String region, String... names) {
        return fields(region, 0x03, bytes(32), names);
    }

    private static byte[] fields(String region, int access, byte[] width, String... names) {
        byte[] body = concat(name(region), bytes(access));
        for (String n : names) {
            body = concat(body, name(n), width);
        }
        return concat(bytes(EXT, 0x81), sized(body));
    }

    static byte[] store(byte[] value, byte[] target) {
        return concat(bytes(0x70), value, target);
    }

    static byte[] and(byte[] a, byte[] b) {
        return concat(bytes(0x7B), a, b, bytes(0));
    }

    static byte[] or(byte[] a, byte[] b, byte[] target) {
        return concat(bytes(0x7D), a, b, target);
    }

    static byte[] ifThen(byte[] condition, byte[]... terms) {
        return concat(bytes(0xA0), sized(concat(condition, concat(terms))));
    }

    /** Tells the system about a device: {@code event} 1 "look again", 3 "is to be ejected" (5.6.6). */
    static byte[] notice(byte[] device, int event) {
        return concat(bytes(0x86), device, integer(event));
    }

    static byte[] returnOf(byte[] value) {
        return concat(bytes(0xA4), value);
    }

    static byte[] createDwordField(byte[] buffer, int offset, String field) {
        return concat(bytes(0x8A), buffer, integer(offset), name(field));
    }

    // Resource descriptors (ACPI specification 6.4, section 6.4).

    /** A resource template: the descriptors, then the end tag with a zero checksum. */
    static byte[] resources(byte[]... descriptors) {
        return buffer(concat(concat(descriptors), bytes(0x79, 0)));
    }

    static byte[] io(int from, int to, int alignment, int length) {
        return concat(bytes(0x47, 1), word(from), word(to), bytes(alignment, length));
    }

    static byte[] io(int base, int length) {
        return io(base, base, 1, length);
    }

    /** Edge-triggered, active high, exclusive. */
    static byte[] irq(int number) {
        return concat(bytes(0x22), word(1 << number));
    }

    static byte[] dma(int channel) {
        return bytes(0x2A, 1 << channel, 0x00);
    }

    static byte[] memory32Fixed(long base, long length, boolean writable) {
        return concat(bytes(0x86), word(9), bytes(writable ? 1 : 0), dword(base), dword(length));
    }

    /** Extended interrupt descriptor: consumer, level-triggered, active low, shared. */
    static byte[] interrupts(int... numbers) {
        byte[] d = concat(bytes(0x89), word(2 + 4 * numbers.length), bytes(0x0D, numbers.length));
        for (int n : numbers) {
            d = concat(d, dword(n));
        }
        return d;
    }

    static byte[] busNumbers(int first, int last) {
        return concat(
                bytes(0x88),
                word(13),
                bytes(2, 0x0C, 0),
                word(0),
                word(first),
                word(last),
                word(0),
                word(last - first + 1));
    }

    static byte[] ioWindow(int first, int last) {
        return concat(
                bytes(0x88),
                word(13),
                bytes(1, 0x0C, 0x03),
                word(0),
                word(first),
                word(last),
                word(0),
                word(last - first + 1));
    }

    static byte[] memoryWindow(long first, long last, boolean cacheable) {
        return concat(
                bytes(0x87),
                word(23),
                bytes(0, 0x0C, cacheable ? 0x03 : 0x01),
                dword(0),
                dword(first),
                dword(last),
                dword(0),
                dword(last - first + 1));
    }
}
