package org.terrarium.x86.sem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.terrarium.x86.Fpu;
import org.terrarium.x86.TestBoard;
import org.terrarium.x86.interp.Handlers;
import org.terrarium.x86.isa.Exec;
import org.terrarium.x86.isa.Insn;
import org.terrarium.x86.isa.InstructionTable;
import org.terrarium.x86.sys.CpuModel;

/**
 * The x87's transcendental instructions give the correctly rounded result. {@code -Dterrarium.fp.vectors=FILE} reads another
 * file of the same form as {@code transcendental.txt}.
 */
class TranscendentalVectorsTest {
    private final TestBoard board = new TestBoard(CpuModel.X86_64_V2);
    private final Fpu fpu = board.cpu.fpu;
    private final Map<String, Exec> handlers = new HashMap<>();

    @Test
    void resultsAreCorrectlyRounded() throws IOException {
        List<String> wrong = new ArrayList<>();
        int seen = 0;
        try (BufferedReader in = open()) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("#")) {
                    continue;
                }
                seen++;
                String[] parts = line.split(" ");
                String result = run(parts);
                if (!result.equals(parts[parts.length - 1])) {
                    wrong.add(line + ", not " + result);
                }
            }
        }
        System.out.println("transcendental functions: " + seen + " results, " + wrong.size() + " wrong");
        assertTrue(seen > 300, "vectors are missing");
        assertEquals(List.of(), wrong.subList(0, Math.min(20, wrong.size())));
    }

    private static Exec handler(String mnemonic) {
        return InstructionTable.get().rows().stream()
                .filter(row -> row.mnemonic().equals(mnemonic))
                .map(row -> Handlers.bind(row, 32, false))
                .findFirst()
                .orElseThrow();
    }

    private static BufferedReader open() throws IOException {
        String file = System.getProperty("terrarium.fp.vectors");
        if (file != null) {
            return Files.newBufferedReader(Path.of(file));
        }
        return new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(TranscendentalVectorsTest.class.getResourceAsStream("transcendental.txt")),
                StandardCharsets.UTF_8));
    }

    /** Pushes the operands, runs the instruction and returns the result as the file writes it. */
    private String run(String[] parts) {
        X87Control.initialize(fpu);
        for (int n = 1; n < parts.length - 1; n++) {
            String[] number = parts[n].split(":");
            X87State.push(fpu, Integer.parseInt(number[0], 16), Long.parseUnsignedLong(number[1], 16));
        }
        handlers.computeIfAbsent(parts[0], TranscendentalVectorsTest::handler).run(board.cpu, new Insn());
        if (parts[0].equals("FPTAN")) {
            // 1.0 was pushed on top
            X87State.pop(fpu);
        }
        return String.format("%04x:%016x", fpu.signExponent[fpu.top], fpu.mantissa[fpu.top]);
    }
}
