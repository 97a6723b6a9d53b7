package org.terrarium.vm.state;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what {@link RecordWriter} wrote into plain values: Long, Boolean, String, byte[], boolean[], long[], List, Fields. */
final class RecordReader {
    private static final int MAX_DEPTH = 32;

    /** A record by the names of its components. */
    record Fields(String type, Map<String, Object> values) {}

    private final byte[] bytes;
    private int at;

    RecordReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The one value that the bytes are. */
    Object whole() throws StateException {
        Object value = value(0);
        if (at != bytes.length) {
            throw damaged();
        }
        return value;
    }

    private Object value(int depth) throws StateException {
        if (depth > MAX_DEPTH) {
            throw damaged();
        }
        int kind = next();
        return switch (kind) {
            case RecordCodec.NULL -> null;
            case RecordCodec.TRUE -> true;
            case RecordCodec.FALSE -> false;
            case RecordCodec.NUMBER -> zigzag();
            case RecordCodec.TEXT -> name();
            case RecordCodec.BYTES -> take(count());
            case RecordCodec.FLAGS -> {
                byte[] taken = take(count());
                boolean[] flags = new boolean[taken.length];
                for (int n = 0; n < flags.length; n++) {
                    flags[n] = taken[n] != 0;
                }
                yield flags;
            }
            case RecordCodec.NUMBERS -> {
                long[] numbers = new long[count()];
                for (int n = 0; n < numbers.length; n++) {
                    numbers[n] = zigzag();
                }
                yield numbers;
            }
            case RecordCodec.SEQUENCE -> {
                int length = count();
                List<Object> list = new ArrayList<>();
                for (int n = 0; n < length; n++) {
                    list.add(value(depth + 1));
                }
                yield list;
            }
            case RecordCodec.RECORD -> {
                String type = name();
                int length = count();
                Map<String, Object> values = new LinkedHashMap<>();
                for (int n = 0; n < length; n++) {
                    values.put(name(), value(depth + 1));
                }
                yield new Fields(type, values);
            }
            default -> throw damaged();
        };
    }

    /** A number of things that take a byte each at least. */
    private int count() throws StateException {
        long n = number();
        if (n < 0 || n > bytes.length - at) {
            throw damaged();
        }
        return (int) n;
    }

    private String name() throws StateException {
        return new String(take(count()), StandardCharsets.UTF_8);
    }

    private byte[] take(int length) {
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    private long zigzag() throws StateException {
        long n = number();
        return n >>> 1 ^ -(n & 1);
    }

    private long number() throws StateException {
        long n = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            int b = next();
            n |= (long) (b & 0x7F) << shift;
            if ((b & 0x80) == 0) {
                return n;
            }
        }
        throw damaged();
    }

    private int next() throws StateException {
        if (at >= bytes.length) {
            throw damaged();
        }
        return bytes[at++] & 0xFF;
    }

    private static StateException damaged() {
        return new StateException("its contents make no sense");
    }
}
