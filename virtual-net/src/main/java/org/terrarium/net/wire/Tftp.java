package org.terrarium.net.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Messages of the trivial file transfer protocol (RFC 1350, 5), with options (RFC 2347). */
public final class Tftp {
    public static final int READ = 1;
    public static final int WRITE = 2;
    public static final int DATA = 3;
    public static final int ACK = 4;
    public static final int ERROR = 5;
    public static final int OPTION_ACK = 6;

    /** Octets before a block's data. */
    public static final int HEADER = 4;

    // Error codes (RFC 1350, appendix).
    public static final int NOT_DEFINED = 0;
    public static final int NOT_FOUND = 1;
    public static final int ACCESS_VIOLATION = 2;
    public static final int ILLEGAL_OPERATION = 4;
    public static final int UNKNOWN_TRANSFER = 5;

    private static final int USUAL_BLOCK = 512;
    private static final int MIN_BLOCK = 8; // RFC 2348
    private static final int MAX_STRINGS = 32;

    private Tftp() {}

    /**
     * What two ends have agreed on.
     *
     * @param window blocks sent before an acknowledgment (RFC 7440)
     * @param timeoutSeconds before something is sent again (RFC 2349)
     * @param accepted the options to be told, with the values taken
     */
    public record Options(int blockSize, int window, int timeoutSeconds, Map<String, String> accepted) {}

    /** A request for a file; option names in lower case. */
    public record Request(String file, String mode, Map<String, String> wanted) {
        /**
         * The options as far as they are granted; one that is unknown or makes no sense is left out (RFC 2347).
         *
         * @param size of the file, octets
         * @param maxBlock what fits into a frame: a smaller block than wanted may be offered (RFC 2348)
         */
        public Options options(long size, int maxBlock, int maxWindow) {
            Map<String, String> accepted = new LinkedHashMap<>();
            int block = number("blksize", MIN_BLOCK, 65464);
            int timeout = number("timeout", 1, 255);
            int window = number("windowsize", 1, 65535);
            if (block > 0) {
                block = Math.min(block, maxBlock);
                accepted.put("blksize", Integer.toString(block));
            }
            if (timeout > 0) {
                accepted.put("timeout", Integer.toString(timeout));
            }
            if (window > 0) {
                window = Math.min(window, maxWindow);
                accepted.put("windowsize", Integer.toString(window));
            }
            if (wanted.containsKey("tsize")) {
                accepted.put("tsize", Long.toString(size));
            }
            return new Options(block > 0 ? block : USUAL_BLOCK, Math.max(1, window), Math.max(1, timeout), accepted);
        }

        private int number(String option, int min, int max) {
            String text = wanted.getOrDefault(option, "");
            int value = text.matches("[0-9]{1,7}") ? Integer.parseInt(text) : 0;
            return value < min || value > max ? 0 : value;
        }
    }

    /** What kind of message that is; 0 when it is too short to say. */
    public static int opcode(byte[] m) {
        return m.length < 2 ? 0 : Octets.u16(m, 0);
    }

    /** The block number of data or an acknowledgment of at least four octets. */
    public static int block(byte[] m) {
        return Octets.u16(m, 2);
    }

    /** Reads a request, or gives null when it is not whole. */
    public static Request request(byte[] m) {
        List<String> strings = new ArrayList<>();
        int start = 2;
        for (int k = 2; k < m.length && strings.size() < MAX_STRINGS; k++) {
            if (m[k] == 0) {
                strings.add(new String(m, start, k - start, StandardCharsets.UTF_8));
                start = k + 1;
            }
        }
        if (strings.size() < 2 || strings.get(0).isEmpty()) {
            return null;
        }
        Map<String, String> wanted = new LinkedHashMap<>();
        for (int k = 2; k + 1 < strings.size(); k += 2) {
            wanted.put(strings.get(k).toLowerCase(Locale.ROOT), strings.get(k + 1));
        }
        return new Request(strings.get(0), strings.get(1), wanted);
    }

    /** A request for a file in octet mode. */
    public static byte[] read(String file, Map<String, String> options) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0);
        out.write(READ);
        string(out, file);
        string(out, "octet");
        strings(out, options);
        return out.toByteArray();
    }

    /** The options granted. */
    public static byte[] accept(Options options) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0);
        out.write(OPTION_ACK);
        strings(out, options.accepted());
        return out.toByteArray();
    }

    private static void strings(ByteArrayOutputStream out, Map<String, String> options) {
        options.forEach((name, value) -> {
            string(out, name);
            string(out, value);
        });
    }

    private static void string(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        out.write(0);
    }

    /** A block of the file; the last is shorter than the others. */
    public static byte[] data(int block, byte[] data) {
        return numbered(DATA, block, data, 0);
    }

    public static byte[] acknowledgment(int block) {
        return numbered(ACK, block, new byte[0], 0);
    }

    public static byte[] error(int code, byte[] text) {
        return numbered(ERROR, code, text, 1);
    }

    private static byte[] numbered(int opcode, int number, byte[] data, int zeros) {
        byte[] m = new byte[HEADER + data.length + zeros];
        Octets.put16(m, 0, opcode);
        Octets.put16(m, 2, number);
        System.arraycopy(data, 0, m, HEADER, data.length);
        return m;
    }
}
