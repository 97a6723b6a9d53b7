package org.terrarium.vm.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.terrarium.disk.CreateOptions;
import org.terrarium.disk.DiskMeasure;
import org.terrarium.vm.disk.DiskTools;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code terrarium disk measure}. */
@Command(
        name = "measure",
        description =
                "Says how large the file of a new raw or qcow2 image would be, with the contents of another or empty.")
final class DiskMeasureCommand implements Callable<Integer> {
    private final CliContext context;

    @Spec
    private CommandSpec command;

    @Parameters(index = "0", arity = "0..1", paramLabel = "SOURCE", description = "the image that would be converted")
    private Path source;

    @Option(
            names = "--size",
            paramLabel = "SIZE",
            converter = ByteSize.Converter.class,
            description = "what the guest would see of an empty image, such as 10G")
    private ByteSize size;

    @Option(
            names = "--source-format",
            paramLabel = "FORMAT",
            description = "the source's format; what its content shows otherwise")
    private String sourceFormat;

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    @Mixin
    private NewImageOptions kind;

    @Mixin
    private ImageOptions image;

    @Mixin
    private DiskJobRunner runner;

    DiskMeasureCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CliFailure {
        if ((source == null) == (size == null)) {
            throw new ParameterException(command.commandLine(), "name either the image to convert or --size");
        }
        CreateOptions target = kind.options("", size == null ? 0 : size.bytes(), null);
        DiskMeasure.Result result;
        try {
            result = runner.run(DiskTools.measure(source, image.open(context, sourceFormat), target), context);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
        if (json) {
            ObjectNode answer = new JsonMapper().createObjectNode();
            context.print(answer.put("required", result.required()).put("fullyAllocated", result.fullyAllocated()));
        } else {
            context.out()
                    .println(result.required() + " bytes (" + new ByteSize(result.required()).text()
                            + "), and no more than " + result.fullyAllocated() + " with everything allocated");
        }
        return 0;
    }
}
