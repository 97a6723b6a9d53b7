package org.terrarium.vm.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.terrarium.disk.BackingReference;
import org.terrarium.disk.CreateOptions;
import org.terrarium.disk.DiskFormat;
import org.terrarium.disk.DiskFormats;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code terrarium disk create}. */
@Command(name = "create", description = "Creates a disk image that takes no space until it is written to.")
final class DiskCreateCommand implements Callable<Integer> {
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

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "qcow2", description = "qcow2 (default) or raw")
    private String format;

    @Option(
            names = "--backing",
            paramLabel = "FILE",
            description = "show this image until something is written; it must not change any more")
    private Path backing;

    @Option(
            names = "--cluster-size",
            paramLabel = "SIZE",
            converter = ByteSize.Converter.class,
            description = "unit of allocation in a qcow2 image, 512 to 2M; default 64K")
    private ByteSize clusterSize;

    @Override
    public Integer call() throws IOException {
        if (size == null && backing == null) {
            throw new ParameterException(command.commandLine(), "--size is missing");
        }
        DiskFormats.create(file, options());
        return 0;
    }

    private CreateOptions options() throws IOException {
        DiskFormat kind = DiskFormat.byLabel(format);
        if (kind == null || !kind.creatable()) {
            throw new ParameterException(
                    command.commandLine(), "'" + format + "' cannot be created; choose qcow2 or raw");
        }
        if (clusterSize != null && clusterSize.bytes() > Integer.MAX_VALUE) {
            throw new ParameterException(command.commandLine(), "--cluster-size is out of range");
        }
        try {
            CreateOptions options = CreateOptions.of(kind, size == null ? 0 : size.bytes())
                    .withClusterSize(clusterSize == null ? 0 : (int) clusterSize.bytes());
            return backing == null
                    ? options
                    : options.withBacking(new BackingReference(
                            nameOfBacking().toString(), backingFormat().label()));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }

    private DiskFormat backingFormat() throws IOException {
        DiskFormat shown = DiskFormats.probe(backing);
        return shown == DiskFormat.ISO ? DiskFormat.RAW : shown;
    }

    /** An image names its backing file as seen from its own folder; on the command line it is as seen from here. */
    private Path nameOfBacking() {
        Path folder = file.toAbsolutePath().normalize().getParent();
        return backing.isAbsolute()
                ? backing
                : folder.relativize(backing.toAbsolutePath().normalize());
    }
}
