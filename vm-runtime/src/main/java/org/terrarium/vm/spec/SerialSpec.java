package org.terrarium.vm.spec;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Where a serial port leads.
 *
 * @param file only for {@link Kind#FILE}: relative to the machine's folder, or absolute
 * @param port only for {@link Kind#TCP}: a port of the host's loopback address
 */
public record SerialSpec(Kind kind, Path file, int port) {
    public enum Kind {
        NONE,
        /** Terrarium's own standard input and output. */
        STDIO,
        FILE,
        TCP
    }

    public static final SerialSpec NONE = new SerialSpec(Kind.NONE, null, 0);
    public static final SerialSpec STDIO = new SerialSpec(Kind.STDIO, null, 0);

    public SerialSpec {
        Checks.present("serial", kind);
        if (kind == Kind.FILE) {
            Checks.file("serial", file);
        }
        if (kind == Kind.TCP && (port < 1 || port > 65535)) {
            throw new IllegalArgumentException("serial must have a TCP port from 1 to 65535, not " + port);
        }
    }

    public static SerialSpec file(Path file) {
        return new SerialSpec(Kind.FILE, file, 0);
    }

    public static SerialSpec tcp(int port) {
        return new SerialSpec(Kind.TCP, null, port);
    }

    /** Reads {@code none}, {@code stdio}, {@code file:F} or {@code tcp:PORT}; IllegalArgumentException with a sentence. */
    public static SerialSpec parse(String text) {
        if (text.equals("none")) {
            return NONE;
        }
        if (text.equals("stdio")) {
            return STDIO;
        }
        try {
            if (text.startsWith("file:") && text.length() > 5) {
                return file(Path.of(text.substring(5)));
            }
            if (text.startsWith("tcp:")) {
                return tcp(Integer.parseInt(text.substring(4)));
            }
        } catch (InvalidPathException | NumberFormatException e) {
            throw new IllegalArgumentException(refusal(text), e);
        }
        throw new IllegalArgumentException(refusal(text));
    }

    private static String refusal(String text) {
        return "'" + text + "' is no place for a serial port; choose none, stdio, file:FILE or tcp:PORT";
    }

    /** What {@link #parse} reads. */
    public String text() {
        return switch (kind) {
            case NONE -> "none";
            case STDIO -> "stdio";
            case FILE -> "file:" + Checks.portable(file);
            case TCP -> "tcp:" + port;
        };
    }
}
