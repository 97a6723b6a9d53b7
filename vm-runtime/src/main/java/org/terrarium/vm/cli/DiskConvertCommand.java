package org.terrarium.vm.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.terrarium.disk.CreateOptions;
import org.terrarium.vm.disk.DiskTools;
import org.terrarium.vm.disk.Passphrases;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code terrarium disk convert}. */
@Command(name = "convert", description = "Copies a disk image into a new one of any format. The source is only read.")
final class DiskConvertCommand implements Callable<Integer> {
    private final CliContext context;

    @Spec
    private CommandSpec command;

    @Parameters(
            index = "0",
            paramLabel = "SOURCE",
            description = "the image to read; may be packed with gzip, xz or zstd")
    private Path source;

    @Parameters(index = "1", paramLabel = "TARGET", description = "the new image")
    private Path target;

    @Option(
            names = "--source-format",
            paramLabel = "FORMAT",
            description = "the source's format; what its content shows otherwise")
    private String sourceFormat;

    @Option(
            names = "--size",
            paramLabel = "SIZE",
            converter = ByteSize.Converter.class,
            description = "what the guest sees of the new image, at least the source's, which is used when left out")
    private ByteSize size;

    @Option(names = "--snapshot", paramLabel = "NAME", description = "read this snapshot inside the source")
    private String snapshot;

    @Option(names = "--compress", description = "store packed contents (qcow2, and stream-optimized vmdk always)")
    private boolean compress;

    @Option(
            names = "--encrypt-file",
            paramLabel = "FILE",
            description = "encrypt the new qcow2 or luks image with the passphrase that is this file's first line")
    private Path encryptFile;

    @Option(names = "--threads", paramLabel = "N", description = "how many work at once")
    private int threads;

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    @Mixin
    private NewImageOptions kind;

    @Mixin
    private ImageOptions image;

    @Mixin
    private DiskJobRunner runner;

    DiskConvertCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CliFailure {
        if (threads < 0 || threads > 64) {
            throw new ParameterException(command.commandLine(), "--threads must be from 1 to 64");
        }
        String passphrase = encryptFile == null ? null : Passphrases.firstLine(encryptFile);
        CreateOptions options =
                kind.options(target.getFileName().toString(), size == null ? 0 : size.bytes(), passphrase);
        runner.run(
                DiskTools.convert(new DiskTools.Conversion(
                        source, image.open(context, sourceFormat), snapshot, target, options, compress, threads)),
                context);
        if (json) {
            ObjectNode result = new JsonMapper().createObjectNode();
            result.put("source", source.toString()).put("target", target.toString());
            result.put("format", options.format().label()).put("fileLength", Files.size(target));
            context.print(result);
        }
        return 0;
    }
}
