package org.terrarium.vm;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Guest programs in {@code src/test/asm}, assembled when a test needs them. */
public final class Assembled {
    private static final Path SOURCES = Path.of("src/test/asm");

    private Assembled() {}

    /** Assembles {@code name}.asm into a disk image in {@code folder}; without nasm the test is skipped. */
    public static Path image(String name, Path folder) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/nasm")), "nasm is not installed");
        Path source = (Files.exists(SOURCES) ? SOURCES : Path.of("vm-runtime").resolve(SOURCES)).resolve(name + ".asm");
        Path image = folder.resolve(name + ".img");
        Process nasm = new ProcessBuilder("nasm", "-f", "bin", "-o", image.toString(), source.toString())
                .inheritIO()
                .start();
        assertTrue(nasm.waitFor(30, TimeUnit.SECONDS) && nasm.exitValue() == 0, "nasm could not assemble " + source);
        return image;
    }
}
