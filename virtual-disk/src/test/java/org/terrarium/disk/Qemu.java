package org.terrarium.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The judges of Debian's package qemu-utils. Tests need them; packaging/test.sh installs them. */
final class Qemu {
    /** What a command left behind. */
    record Result(int status, String output) {}

    private Qemu() {}

    static Result run(String... command) throws IOException {
        return run(List.of(command));
    }

    private static Result run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                fail("no end of " + command);
            }
        } catch (InterruptedException e) {
            throw new IOException("interrupted in " + command, e);
        }
        return new Result(process.exitValue(), output);
    }

    static String ok(String... command) throws IOException {
        Result result = run(command);
        assertEquals(0, result.status, () -> String.join(" ", command) + ": " + result.output);
        return result.output;
    }

    /** qemu-img finds nothing wrong, leaks included. */
    static void checkClean(Path image) throws IOException {
        ok("qemu-img", "check", "-f", "qcow2", image.toString());
    }

    /** qemu-img finds nothing wrong but clusters that nobody uses; status 3 says that. */
    static void checkAtMostLeaks(Path image) throws IOException {
        Result result = run("qemu-img", "check", "-f", "qcow2", image.toString());
        if (result.status != 0 && result.status != 3) {
            fail("qemu-img check " + image + ": " + result.output);
        }
    }

    static byte[] contents(Path image, Path scratch) throws IOException {
        return contents("qcow2", image, scratch);
    }

    /** @param format in QEMU's words */
    static byte[] contents(String format, Path image, Path scratch) throws IOException {
        ok("qemu-img", "convert", "-f", format, "-O", "raw", image.toString(), scratch.toString());
        byte[] bytes = java.nio.file.Files.readAllBytes(scratch);
        java.nio.file.Files.delete(scratch);
        return bytes;
    }

    /** Runs qemu-io commands on an image; any failing one fails the test. */
    static void io(Path image, List<String> commands) throws IOException {
        io("qcow2", image, commands);
    }

    /** @param format in QEMU's words */
    static void io(String format, Path image, List<String> commands) throws IOException {
        List<String> line = new ArrayList<>(List.of("qemu-io", "-f", format, "-d", "unmap"));
        for (String command : commands) {
            line.add("-c");
            line.add(command);
        }
        line.add(image.toString());
        Result result = run(line);
        if (result.status != 0 || result.output.contains("failed") || result.output.contains("error")) {
            fail("qemu-io: " + result.output);
        }
    }
}
