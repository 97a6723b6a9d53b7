package org.terrarium.x86.sem;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The host's own processor, behind {@code fp-oracle.c}. */
final class FpOracle implements AutoCloseable {
    private static final int HEADER = 8 + 64;

    private final Process process;

    /** Compiles the oracle into {@code folder} and starts it; skips the test on a host that cannot be the judge. */
    FpOracle(Path folder) throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                System.getProperty("os.arch").equals("amd64")
                        && Files.readString(Path.of("/proc/cpuinfo")).contains("sse4_2"),
                "the host is no x86-64-v2 processor under Linux, so it cannot be the judge");
        Path binary = folder.resolve("fp-oracle");
        Process gcc = new ProcessBuilder(
                        "gcc",
                        "-O1",
                        "-static",
                        "-no-pie",
                        "-fcf-protection=none",
                        "-o",
                        binary.toString(),
                        "src/test/native/fp-oracle.c")
                .inheritIO()
                .start();
        assertEquals(0, gcc.waitFor(), "gcc could not build src/test/native/fp-oracle.c");
        process = new ProcessBuilder(binary.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Runs one instruction on all cases of a buffer and returns the states after it. */
    ByteBuffer run(byte[] code, ByteBuffer before) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(code.length).putInt(before.capacity() / FpCase.BYTES).put(code);
        OutputStream to = process.getOutputStream();
        Thread writer = Thread.ofVirtual().start(() -> {
            try {
                to.write(header.array());
                to.write(before.array());
                to.flush();
            } catch (IOException e) {
                process.destroyForcibly();
            }
        });
        ByteBuffer after = FpCase.buffer(before.capacity() / FpCase.BYTES);
        InputStream from = process.getInputStream();
        assertEquals(after.capacity(), from.readNBytes(after.array(), 0, after.capacity()), "the oracle ended early");
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return after;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
