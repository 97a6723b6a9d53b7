package org.terrarium.disk;

import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * How an image is to be opened.
 *
 * @param writable for reading and writing; else for reading, with others kept from writing
 * @param format what the user says it is, or null to look at its content
 * @param gate which other files the image may name (its backing, its data); its own folder unless stated otherwise
 * @param passphrases asked with an encrypted image's path for its passphrase; null means there is none, and an
 *     {@link java.io.UncheckedIOException} that it could not be had
 */
public record OpenOptions(boolean writable, DiskFormat format, Gate gate, Function<Path, char[]> passphrases) {
    public OpenOptions {
        Objects.requireNonNull(gate, "gate");
        Objects.requireNonNull(passphrases, "passphrases");
    }

    public static OpenOptions readOnly() {
        return new OpenOptions(false, null, Gate.OWN_FOLDER, path -> null);
    }

    public static OpenOptions readWrite() {
        return new OpenOptions(true, null, Gate.OWN_FOLDER, path -> null);
    }

    public OpenOptions withWritable(boolean write) {
        return new OpenOptions(write, format, gate, passphrases);
    }

    public OpenOptions withFormat(DiskFormat stated) {
        return new OpenOptions(writable, stated, gate, passphrases);
    }

    public OpenOptions withGate(Gate mayOpen) {
        return new OpenOptions(writable, format, mayOpen, passphrases);
    }

    /** Files are let through by their own path only. */
    public OpenOptions withGate(Predicate<Path> mayOpen) {
        return withGate((folder, file) -> mayOpen.test(file));
    }

    public OpenOptions withPassphrases(Function<Path, char[]> ask) {
        return new OpenOptions(writable, format, gate, ask);
    }

    /** One passphrase for every encrypted image of the chain. */
    public OpenOptions withPassphrase(String passphrase) {
        return withPassphrases(path -> passphrase.toCharArray());
    }
}
