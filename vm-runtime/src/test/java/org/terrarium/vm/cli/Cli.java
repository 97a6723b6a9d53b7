package org.terrarium.vm.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

    /** What a command that must succeed, without a word of trouble, has said. */
    String ok(String... args) {
        Result result = run(args);
        assertEquals("", result.err());
        assertEquals(0, result.status(), String.join(" ", args));
        return result.out();
    }

    /** Runs a command that must be refused with this status, in one sentence with these words in it, and nothing else. */
    void refused(int status, String words, String... args) {
        Result result = run(args);
        assertTrue(result.err().contains(words), result.err());
        assertEquals(status, result.status(), result.err());
        assertEquals(1, result.err().lines().count(), result.err());
        assertTrue(result.err().startsWith("terrarium: "), result.err());
        assertFalse(result.err().contains("Exception"), result.err());
        assertEquals("", result.out());
    }
}
