package org.terrarium.vm.spec;

import java.nio.file.Path;

/** What several parts of a machine's description have to fulfil. Violations are IllegalArgumentExceptions with a sentence. */
final class Checks {
    private Checks() {}

    static void present(String field, Object value) {
        if (value == null) {
            throw new IllegalArgumentException(field + " must not be missing");
        }
    }

    static void range(String field, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(field + " must be from " + min + " to " + max + ", not " + value);
        }
    }

    static void file(String field, Path file) {
        present(field, file);
        if (file.toString().isEmpty()) {
            throw new IllegalArgumentException(field + " must name a file");
        }
    }

    /** The path as it is written into machine.json, the same on every host. */
    static String portable(Path path) {
        return path.isAbsolute() ? path.toString() : path.toString().replace('\\', '/');
    }
}
