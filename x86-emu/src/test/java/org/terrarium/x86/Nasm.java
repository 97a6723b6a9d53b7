package org.terrarium.x86;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The assembler and disassembler of the Debian package nasm. */
public final class Nasm {
    private Nasm() {}

    /** Assembles a flat binary. */
    public static byte[] assemble(String source) {
        return withFolder(folder -> {
            Path in = folder.resolve("a.asm");
            Path out = folder.resolve("a.bin");
            Files.writeString(in, source);
            String messages = run(folder, List.of("nasm", "-w-all", "-f", "bin", "-o", out.toString(), in.toString()));
            if (!Files.exists(out)) {
                throw new IllegalStateException(messages);
            }
            return Files.readAllBytes(out);
        });
    }

    /** Output lines of {@code ndisasm -b codeSize}. */
    public static List<String> disassemble(byte[] code, int codeSize) {
        return withFolder(folder -> {
            Path in = folder.resolve("a.bin");
            Files.write(in, code);
            return run(folder, List.of("ndisasm", "-b", String.valueOf(codeSize), in.toString()))
                    .lines()
                    .toList();
        });
    }

    private interface Job<T> {
        T run(Path folder) throws IOException, InterruptedException;
    }

    private static <T> T withFolder(Job<T> job) {
        try {
            Path folder = Files.createTempDirectory("nasm");
            try {
                return job.run(folder);
            } finally {
                for (String name : new String[] {"a.asm", "a.bin", "output"}) {
                    Files.deleteIfExists(folder.resolve(name));
                }
                Files.delete(folder);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("nasm cannot be run", e);
        }
    }

    private static String run(Path folder, List<String> command) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        process.waitFor();
        return Files.readString(output);
    }
}
