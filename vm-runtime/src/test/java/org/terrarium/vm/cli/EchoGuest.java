package org.terrarium.vm.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A disk with the guest of {@code echo.asm} on it. */
final class EchoGuest {
    private static final int DISK_BYTES = 1 << 20;

    private EchoGuest() {}

    /** Assembles it (nasm of the Debian package) into a raw image of 1 MiB. */
    static Path disk(Path folder) throws IOException, InterruptedException {
        Path source = folder.resolve("echo.asm");
        Path image = folder.resolve("echo.img");
        try (InputStream text = EchoGuest.class.getResourceAsStream("echo.asm")) {
            Files.copy(text, source);
        }
        Process nasm = new ProcessBuilder("nasm", "-f", "bin", "-o", image.toString(), source.toString())
                .inheritIO()
                .start();
        assertEquals(0, nasm.waitFor(), "nasm");
        Files.delete(source);
        return Files.write(image, Arrays.copyOf(Files.readAllBytes(image), DISK_BYTES));
    }
}
