package org.terrarium.vm.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.terrarium.disk.DiskFormat;
import org.terrarium.disk.OpenOptions;
import org.terrarium.vm.disk.AllowedFolders;
import org.terrarium.vm.disk.Passphrases;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options of every command that opens a disk image. */
final class ImageOptions {
    @Spec(Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--allow",
            paramLabel = "FOLDER",
            description = "let the image use files in this folder too, not only in its own; may be repeated")
    private List<Path> allowed = new ArrayList<>();

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description = "the passphrase of an encrypted image is this file's first line; " + Passphrases.VARIABLE
                    + " names it otherwise")
    private Path passphraseFile;

    /** @param format what the user says the image is, or null */
    OpenOptions open(CliContext context, String format) throws IOException {
        OpenOptions options = OpenOptions.readOnly()
                .withGate(AllowedFolders.gate(context.environment(), allowed))
                .withPassphrases(Passphrases.of(context.environment()))
                .withFormat(format == null ? null : format(command, format));
        String passphrase = passphrase();
        return passphrase == null ? options : options.withPassphrase(passphrase);
    }

    /** A file that the user has named is allowed. */
    ImageOptions alsoAllow(Path file) {
        if (file != null) {
            allowed.add(file.toAbsolutePath().normalize());
        }
        return this;
    }

    /** Null when none was given. */
    String passphrase() throws IOException {
        if (passphraseFile == null) {
            return null;
        }
        return Passphrases.firstLine(passphraseFile);
    }

    /** The format of that name; wrong usage when there is none. */
    static DiskFormat format(CommandSpec command, String label) {
        DiskFormat format = DiskFormat.byLabel(label);
        if (format == null) {
            throw new ParameterException(
                    command.commandLine(), "'" + label + "' is no disk format; choose one of " + labels(false));
        }
        return format;
    }

    /** The names of all formats, or of those in which new images can be made. */
    static String labels(boolean creatable) {
        List<String> labels = new ArrayList<>();
        for (DiskFormat format : DiskFormat.values()) {
            if (!creatable || format.creatable()) {
                labels.add(format.label());
            }
        }
        return String.join(", ", labels);
    }
}
