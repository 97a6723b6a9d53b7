package org.terrarium.vm.cli;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** Runs command lines in this process, with a library of their own. */
final class Cli {
    /** What a command left behind. */
    record Result(int status, String out, String err) {}

    private final Path home;

    Cli(Path home) {
        this.home = home;
    }

    Result run(String... args) {
        return run(InputStream.nullInputStream(), args);
    }

    Result run(InputStream in, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        CliContext context = new CliContext(
                in,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                null,
                Map.of(
                        "TERRARIUM_HOME",
                        home.toString(),
                        "TERRARIUM_CONFIG",
                        home.resolveSibling("config").toString()));
        int status = TerrariumCli.run(args, context);
        return new Result(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
