package org.terrarium.vm.state;

import java.io.ByteArrayOutputStream;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes a state record in the form that {@link RecordCodec} describes. */
final class RecordWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    byte[] bytes() {
        return out.toByteArray();
    }

    void value(Object o) {
        switch (o) {
            case null -> out.write(RecordCodec.NULL);
            case Boolean b -> out.write(b ? RecordCodec.TRUE : RecordCodec.FALSE);
            case Integer n -> integer(n);
            case Long n -> integer(n);
            case Short n -> integer(n);
            case Byte n -> integer(n);
            case String s -> text(s);
            case Enum<?> e -> text(e.name());
            case byte[] bytes -> {
                out.write(RecordCodec.BYTES);
                number(bytes.length);
                out.writeBytes(bytes);
            }
            case boolean[] flags -> {
                out.write(RecordCodec.FLAGS);
                number(flags.length);
                for (boolean flag : flags) {
                    out.write(flag ? 1 : 0);
                }
            }
            case int[] numbers -> {
                out.write(RecordCodec.NUMBERS);
                number(numbers.length);
                for (int n : numbers) {
                    zigzag(n);
                }
            }
            case long[] numbers -> {
                out.write(RecordCodec.NUMBERS);
                number(numbers.length);
                for (long n : numbers) {
                    zigzag(n);
                }
            }
            case List<?> list -> sequence(list.toArray());
            case Record r -> record(r);
            default -> {
                if (!o.getClass().isArray() || o.getClass().getComponentType().isPrimitive()) {
                    throw new IllegalArgumentException(
                            "a state record may hold numbers, flags, texts, enums, records, and"
                                    + " lists and arrays of them, not " + o.getClass());
                }
                sequence(o);
            }
        }
    }

    private void integer(long n) {
        out.write(RecordCodec.NUMBER);
        zigzag(n);
    }

    private void text(String s) {
        out.write(RecordCodec.TEXT);
        name(s);
    }

    private void sequence(Object array) {
        out.write(RecordCodec.SEQUENCE);
        int length = Array.getLength(array);
        number(length);
        for (int n = 0; n < length; n++) {
            value(Array.get(array, n));
        }
    }

    private void record(Record r) {
        RecordComponent[] parts = r.getClass().getRecordComponents();
        out.write(RecordCodec.RECORD);
        name(r.getClass().getSimpleName());
        number(parts.length);
        for (RecordComponent part : parts) {
            name(part.getName());
            value(RecordCodec.read(part, r));
        }
    }

    private void name(String s) {
        byte[] bytes = s.getBytes(StandardCharsets.UTF_8);
        number(bytes.length);
        out.writeBytes(bytes);
    }

    private void zigzag(long n) {
        number(n << 1 ^ n >> 63);
    }

    /** Seven bits a byte, lowest first, the top bit set in all but the last. */
    private void number(long n) {
        long rest = n;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
