package org.terrarium.disk;

import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * How an image is to be opened.
 *
 * @param writable for reading and writing; else for reading, with others kept from writing
 * @param format what the user says it is, or null to look at its content
 * @param gate which files the image may name as its backing; asked with an absolute, normalized path
 */
public record OpenOptions(boolean writable, DiskFormat format, Predicate<Path> gate) {
    public OpenOptions {
        Objects.requireNonNull(gate, "gate");
    }

    public static OpenOptions readOnly() {
        return new OpenOptions(false, null, path -> true);
    }

    public static OpenOptions readWrite() {
        return new OpenOptions(true, null, path -> true);
    }

    public OpenOptions withFormat(DiskFormat stated) {
        return new OpenOptions(writable, stated, gate);
    }

    public OpenOptions withGate(Predicate<Path> mayOpen) {
        return new OpenOptions(writable, format, mayOpen);
    }
}
