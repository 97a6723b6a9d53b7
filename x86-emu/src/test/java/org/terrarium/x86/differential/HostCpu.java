package org.terrarium.x86.differential;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The host's own processor, behind the native runner {@code host-cpu.c}. */
final class HostCpu implements AutoCloseable {
    /** Where the runner is linked to: an address that random data seldom names, since our guest has nothing there. */
    private static final int IMAGE = 0x5A00_0000;

    private static final int REQUEST = 4 + 4 + 256 + 656 + CpuImage.WINDOW;
    private static final int REPLY = 4 + 4 + 8 + 656 + CpuImage.WINDOW + 4;

    private final Process process;
    private final OutputStream to;
    private final InputStream from;

    /** Compiles the runner into {@code folder} and starts it. */
    HostCpu(Path folder) throws IOException, InterruptedException {
        Path binary = folder.resolve("host-cpu");
        Process gcc = new ProcessBuilder(
                        "gcc",
                        "-O1",
                        "-static",
                        "-no-pie",
                        "-Wl,-Ttext-segment=0x" + Integer.toHexString(IMAGE),
                        "-fcf-protection=none",
                        "-o",
                        binary.toString(),
                        "src/test/native/host-cpu.c")
                .inheritIO()
                .start();
        if (gcc.waitFor() != 0) {
            throw new IOException("gcc could not build src/test/native/host-cpu.c");
        }
        process = new ProcessBuilder(binary.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        to = process.getOutputStream();
        from = new BufferedInputStream(process.getInputStream(), 1 << 20);
    }

    /** Features of the host's processor as Linux names them. */
    static Set<String> flags() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/cpuinfo"))) {
            if (line.startsWith("flags")) {
                return Set.of(line.substring(line.indexOf(':') + 1)
                        .strip()
                        .toLowerCase(Locale.ROOT)
                        .split(" "));
            }
        }
        return Set.of();
    }

    /** Runs all cases; the answers are in the same order. */
    List<CpuImage> run(List<TestCase> cases) throws IOException {
        Thread writer = Thread.ofVirtual().start(() -> {
            try {
                ByteBuffer b = ByteBuffer.allocate(REQUEST).order(ByteOrder.LITTLE_ENDIAN);
                for (TestCase c : cases) {
                    b.clear();
                    b.putInt(c.mode()).putInt(c.code().length).put(c.code());
                    b.position(8 + 256);
                    c.before().putState(b);
                    b.put(c.before().window);
                    to.write(b.array());
                }
                // An empty case has the runner flush its answers.
                byte[] empty = new byte[REQUEST];
                empty[0] = 64;
                empty[264 + 4 * 8] = 0;
                to.write(empty);
                to.flush();
            } catch (IOException e) {
                process.destroyForcibly();
            }
        });
        List<CpuImage> answers = new ArrayList<>(cases.size());
        byte[] reply = new byte[REPLY];
        for (int n = 0; n <= cases.size(); n++) {
            if (from.readNBytes(reply, 0, REPLY) != REPLY) {
                throw new IOException("the native runner ended early, at case " + n + ": "
                        + cases.get(Math.min(n, cases.size() - 1)));
            }
            if (n < cases.size()) {
                answers.add(CpuImage.readReply(ByteBuffer.wrap(reply).order(ByteOrder.LITTLE_ENDIAN)));
            }
        }
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return answers;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
