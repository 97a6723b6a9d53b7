package org.terrarium.vm.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.terrarium.vm.spec.MachineName;

/** Names of files in archives and descriptions, which come from somebody else, and names made of machines' names. */
final class TransferNames {
    private static final int LONGEST = 63;

    private TransferNames() {}

    /**
     * The file in a folder that an archive or a description names.
     *
     * @param from the archive or description, for the sentence
     * @throws IOException where the name leads out of the folder
     */
    static Path inside(Path folder, String name, Path from) throws IOException {
        boolean plain = !name.isEmpty()
                && !name.startsWith("/")
                && name.chars().noneMatch(c -> c < ' ' || c == '\\' || c == ':' || c == 127);
        try {
            Path file = folder.resolve(name);
            for (Path part : Path.of(name)) {
                plain &= !part.toString().equals("..");
            }
            if (plain && file.normalize().startsWith(folder)) {
                return file.normalize();
            }
        } catch (InvalidPathException e) {
            throw new IOException(from + " names a file '" + shown(name) + "', which cannot be a file's name", e);
        }
        throw new IOException(from + " names a file '" + shown(name) + "' outside its folder, which is not allowed");
    }

    /** The same for a file that is there already: symbolic links must not lead out either. */
    static Path existing(Path folder, String name, Path from) throws IOException {
        Path file = inside(folder, name, from);
        if (!Files.isRegularFile(file)) {
            throw new IOException(from + " names a file '" + shown(name) + "', which is missing");
        }
        if (!file.toRealPath().startsWith(folder.toRealPath())) {
            throw new IOException(from + " names a file '" + shown(name) + "' that is a link out of its folder");
        }
        return file;
    }

    static String shown(String name) {
        String printable = name.replaceAll("\\p{Cntrl}", "?");
        return printable.length() > 200 ? printable.substring(0, 200) + "..." : printable;
    }

    /** A machine's name as part of file names that every program takes. */
    static String fileBase(String machine) {
        String base = machine.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[-.]+|[-.]+$", "");
        return base.isEmpty() ? "machine" : base;
    }

    /** The same as Kubernetes wants it: a DNS label (RFC 1123). */
    static String dnsLabel(String machine) {
        String label = machine.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        label = label.substring(0, Math.min(LONGEST - 16, label.length())).replaceAll("^-+|-+$", "");
        return label.isEmpty() ? "machine" : label;
    }

    /** A name that somebody else has given, as one that a machine can have. */
    static String machineName(String given) {
        String name =
                given.replaceAll("[/\\\\:*?\"<>|\\p{Cntrl}]+", "-").strip().replaceAll("^[-.\\s]+|[.\\s]+$", "");
        name = name.substring(0, Math.min(60, name.length())).strip();
        try {
            MachineName.check(name);
            return name;
        } catch (IllegalArgumentException e) {
            return "imported";
        }
    }
}
