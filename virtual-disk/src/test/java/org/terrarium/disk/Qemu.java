package org.terrarium.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The judges of Debian's package qemu-utils. Tests need them; packaging/test.sh installs them. */
final class Qemu {
    /** The passphrase of encrypted images in tests. */
    static final String PASSPHRASE = "correct horse";

    static final List<String> SECRET = List.of("--object", "secret,id=sec0,data=" + PASSPHRASE);

    /** What a command left behind. */
    record Result(int status, String output) {}

    private Qemu() {}

    static Result run(String... command) throws IOException {
        return run(List.of(command));
    }

    /** Making a LUKS header, QEMU measures its own speed and gives up when the host is too busy to tell: then try again. */
    static Result run(List<String> command) throws IOException {
        Result result = runOnce(command);
        for (int attempt = 0; attempt < 20 && result.output().contains("accurate CPU usage"); attempt++) {
            result = runOnce(command);
        }
        return result;
    }

    private static Result runOnce(List<String> command) throws IOException {
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
        return ok(List.of(command));
    }

    static String ok(List<String> command) throws IOException {
        Result result = run(command);
        assertEquals(0, result.status, () -> String.join(" ", command) + ": " + result.output);
        return result.output;
    }

    /** How QEMU's programs are told to open an image. */
    static List<String> image(Path image, boolean encrypted) {
        return encrypted
                ? List.of(
                        "--image-opts",
                        "driver=qcow2,encrypt.format=luks,encrypt.key-secret=sec0,file.filename=" + image)
                : List.of("-f", "qcow2", image.toString());
    }

    /** The same for an image of format luks. */
    static List<String> luks(Path image) {
        return List.of("--image-opts", "driver=luks,key-secret=sec0,file.filename=" + image);
    }

    /** A program, then the secret, then its own arguments. */
    static List<String> line(Object... parts) {
        List<String> line = new ArrayList<>();
        for (Object part : parts) {
            if (part instanceof List<?> several) {
                several.forEach(one -> line.add(one.toString()));
            } else {
                line.add(part.toString());
            }
        }
        return line;
    }

    /** qemu-img finds nothing wrong, leaks included. */
    static void checkClean(Path image) throws IOException {
        ok("qemu-img", "check", "-f", "qcow2", image.toString());
    }

    static void checkClean(Path image, boolean encrypted) throws IOException {
        ok(line("qemu-img", "check", SECRET, image(image, encrypted)));
    }

    /** qemu-img finds nothing wrong but clusters that nobody uses; status 3 says that. */
    static void checkAtMostLeaks(Path image) throws IOException {
        Result result = run("qemu-img", "check", "-f", "qcow2", image.toString());
        if (result.status != 0 && result.status != 3) {
            fail("qemu-img check " + image + ": " + result.output);
        }
    }

    static byte[] contents(Path image, Path scratch) throws IOException {
        return contents(image, scratch, false);
    }

    /** @param format in QEMU's words */
    static byte[] contents(String format, Path image, Path scratch) throws IOException {
        return contents(List.of("-f", format, image.toString()), scratch);
    }

    static byte[] contents(Path image, Path scratch, boolean encrypted) throws IOException {
        return contents(image(image, encrypted), scratch);
    }

    /** @param image how QEMU is told to open it */
    static byte[] contents(List<String> image, Path scratch) throws IOException {
        ok(line("qemu-img", "convert", SECRET, "-O", "raw", image, scratch));
        byte[] bytes = Files.readAllBytes(scratch);
        Files.delete(scratch);
        return bytes;
    }

    /** Runs qemu-io commands on an image; any failing one fails the test. */
    static void io(Path image, List<String> commands) throws IOException {
        io(image, false, commands);
    }

    static void io(Path image, boolean encrypted, List<String> commands) throws IOException {
        io(image(image, encrypted), commands);
    }

    /** @param format in QEMU's words */
    static void io(String format, Path image, List<String> commands) throws IOException {
        io(List.of("-f", format, image.toString()), commands);
    }

    /** @param image how QEMU is told to open it */
    static void io(List<String> image, List<String> commands) throws IOException {
        List<String> line = line("qemu-io", SECRET, "-d", "unmap");
        for (String command : commands) {
            line.addAll(Arrays.asList("-c", command));
        }
        line.addAll(image);
        Result result = run(line);
        if (result.status != 0 || result.output.contains("failed") || result.output.contains("error")) {
            fail("qemu-io: " + result.output);
        }
    }
}
