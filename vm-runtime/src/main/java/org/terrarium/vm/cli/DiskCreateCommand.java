package org.terrarium.vm.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.terrarium.disk.BackingReference;
import org.terrarium.disk.CreateOptions;
import org.terrarium.disk.DiskFormat;
import org.terrarium.disk.DiskFormats;
import org.terrarium.disk.DiskInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code terrarium disk create}. */
@Command(name = "create", description = "Creates a disk image that takes no space until it is written to.")
final class DiskCreateCommand implements Callable<Integer> {
    private final CliContext context;

    @Spec
    private CommandSpec command;

    @Parameters(index = "0", paramLabel = "FILE", description = "the new image")
    private Path file;

    @Option(
            names = "--size",
            paramLabel = "SIZE",
            converter = ByteSize.Converter.class,
            description = "what the guest sees, such as 10G; a backing file's size when left out")
    private ByteSize size;

    @Option(
            names = "--backing",
            paramLabel = "FILE",
            description = "show this image until something is written; it must not change any more")
    private Path backing;

    @Option(
            names = "--backing-format",
            paramLabel = "FORMAT",
            description = "the backing file's format; what its content shows when left out")
    private String backingFormat;

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    @Mixin
    private NewImageOptions kind;

    @Mixin
    private ImageOptions image;

    DiskCreateCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CliFailure {
        if (size == null && backing == null) {
            throw new ParameterException(command.commandLine(), "--size is missing");
        }
        CreateOptions options =
                kind.options(file.getFileName().toString(), size == null ? 0 : size.bytes(), image.passphrase());
        if (backing != null) {
            try {
                options = options.withBacking(BackingReference.to(
                        nameSeenFrom(file, backing), backingFormat(command, backing, backingFormat)));
            } catch (IllegalArgumentException e) {
                throw new ParameterException(command.commandLine(), e.getMessage(), e);
            }
        }
        DiskFormats.create(file, options);
        if (json) {
            DiskInfo made = DiskFormats.info(file);
            context.print(OneImageCommand.nothing()
                    .put("file", file.toString())
                    .put("format", made.format().label())
                    .put("size", made.size())
                    .put("fileLength", made.fileLength()));
        }
        return 0;
    }

    /** The backing file's format: the stated one, else what its content shows. */
    static DiskFormat backingFormat(CommandSpec command, Path backing, String stated) throws IOException {
        return stated == null ? DiskFormats.probe(backing) : ImageOptions.format(command, stated);
    }

    /** An image names its backing file as seen from its own folder; on the command line it is as seen from here. */
    static String nameSeenFrom(Path image, Path backing) {
        Path folder = image.toAbsolutePath().normalize().getParent();
        return (backing.isAbsolute()
                        ? backing
                        : folder.relativize(backing.toAbsolutePath().normalize()))
                .toString();
    }
}
