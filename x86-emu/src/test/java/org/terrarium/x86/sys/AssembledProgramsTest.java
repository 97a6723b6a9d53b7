package org.terrarium.x86.sys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.terrarium.x86.jit.JitOptions;

/**
 * Runs the programs of {@code src/test/asm}, assembled by nasm, and compares what they emit with the ";=" lines of their
 * source. {@code confirm-with-qemu.sh} beside them checks the same expectations in QEMU.
 */
class AssembledProgramsTest {
    private static final Pattern EXPECTED = Pattern.compile("^;= *(0x[0-9A-Fa-f]+|[0-9]+)");
    private static final long INSTRUCTIONS = 5_000_000;

    @TempDir
    Path folder;

    static Path sources() {
        Path inModule = Path.of("src/test/asm");
        return Files.isDirectory(inModule) ? inModule : Path.of("x86-emu/src/test/asm");
    }

    static List<String> programs() throws IOException {
        try (Stream<Path> files = Files.list(sources())) {
            return files.map(f -> f.getFileName().toString())
                    .filter(n -> n.endsWith(".asm"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("programs")
    void emitsWhatItsSourceExpects(String name) throws Exception {
        run(name, null);
    }

    /** Everything translated as soon as it is met, and compared with the interpreter instruction by instruction. */
    @ParameterizedTest
    @MethodSource("programs")
    void emitsTheSameTranslated(String name) throws Exception {
        JitOptions jit = new JitOptions();
        jit.threshold = 1;
        jit.promote = 50;
        jit.lockstep = true;
        run(name, jit);
    }

    /** Translated once they are warm, at full speed. */
    @ParameterizedTest
    @MethodSource("programs")
    void emitsTheSameWarm(String name) throws Exception {
        JitOptions jit = new JitOptions();
        jit.threshold = 3;
        jit.promote = 200;
        run(name, jit);
    }

    private void run(String name, JitOptions jit) throws Exception {
        Path source = sources().resolve(name);
        List<String> lines = Files.readAllLines(source);
        TestBoard board = new TestBoard(CpuModel.X86_64_V2, assemble(source), jit);
        board.run(INSTRUCTIONS);

        int n = 0;
        for (int line = 0; line < lines.size(); line++) {
            Matcher m = EXPECTED.matcher(lines.get(line));
            if (m.find()) {
                String where = name + ":" + (line + 1);
                assertTrue(n < board.results.size(), where + ": the program ended before this result");
                long wanted = Long.decode(m.group(1));
                assertEquals(hex(wanted), hex(board.results.get(n)), where);
                n++;
            }
        }
        assertEquals(n, board.results.size(), "results beyond those expected");
        assertTrue(n > 0, "no expectations in " + name);
        assertTrue(board.stopped, "the program did not reach its end");
        if (jit != null) {
            assertEquals(0, board.processor.jitStats().failures(), "blocks that the translator failed at");
        }
    }

    private static String hex(long value) {
        return String.format("0x%08x", value & 0xFFFF_FFFFL);
    }

    private byte[] assemble(Path source) throws IOException, InterruptedException {
        Path image = folder.resolve("image.bin");
        List<String> command = new ArrayList<>(List.of("nasm", "-f", "bin", "-w-all", "-o", image.toString()));
        command.add("-I" + source.toAbsolutePath().getParent() + "/");
        command.add(source.toAbsolutePath().toString());
        Process nasm = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(nasm.getInputStream().readAllBytes());
        assertTrue(nasm.waitFor(30, TimeUnit.SECONDS), "nasm hangs");
        assertEquals(0, nasm.exitValue(), output);
        return Files.readAllBytes(image);
    }
}
