package org.terrarium.vm.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What every command that works on one disk image has. */
abstract class OneImageCommand implements Callable<Integer> {
    final CliContext context;

    @Spec
    CommandSpec command;

    @Parameters(index = "0", paramLabel = "FILE", description = "the image")
    Path file;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "the image's format; what its content shows otherwise")
    String format;

    @Option(names = "--json", description = "print JSON")
    boolean json;

    @Mixin
    ImageOptions image;

    @Mixin
    DiskJobRunner runner;

    OneImageCommand(CliContext context) {
        this.context = context;
    }

    /** Says in JSON, when that is wanted, that it is done. */
    void done(ObjectNode more) throws IOException {
        if (json) {
            ObjectNode result = nothing().put("file", file.toString()).put("fileLength", Files.size(file));
            result.setAll(more);
            context.print(result);
        }
    }

    static ObjectNode nothing() {
        return new JsonMapper().createObjectNode();
    }
}
