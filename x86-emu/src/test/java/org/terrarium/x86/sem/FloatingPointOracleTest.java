package org.terrarium.x86.sem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.x86.isa.Attribute;
import org.terrarium.x86.isa.InstructionTable;
import org.terrarium.x86.isa.Operand;
import org.terrarium.x86.isa.Row;

/**
 * Every x87, MMX and SSE instruction of the table, in register and memory form, with operands chosen for trouble, on the host's
 * own processor ({@code fp-oracle.c}) and on ours: results, flags, exceptions, stack and tags must be equal bit by bit.
 *
 * <p>{@code -Dterrarium.fp.cases=N} sets the cases for each form (default 600), {@code -Dterrarium.fp.seed=N} the seed,
 * {@code -Dterrarium.fp.only=REGEX} the mnemonics.
 */
class FloatingPointOracleTest {
    private static final int GROUP = 200;
    private static final int SHOWN = 3;

    /** Skipped by the general differential test, which cannot leave out one bit of the status word. */
    private static final String COMPARE_TO_FLAGS = "FU?COMIP?";

    @TempDir
    Path folder;

    private final FpEmulation emulation = new FpEmulation();
    private final Map<String, Integer> differing = new TreeMap<>();
    private final List<String> shown = new ArrayList<>();
    private long compared;

    @Test
    void everyInstructionGivesTheHostsBits() throws IOException, InterruptedException {
        int cases = Integer.getInteger("terrarium.fp.cases", 600);
        long seed = Long.getLong("terrarium.fp.seed", new SplittableRandom().nextLong());
        String only = System.getProperty("terrarium.fp.only", ".*");
        System.out.println("floating point against the host: " + cases + " cases a form, seed " + seed + "L");
        SplittableRandom random = new SplittableRandom(seed);
        try (FpOracle oracle = new FpOracle(folder)) {
            for (Row row : InstructionTable.get().rows()) {
                if (wanted(row) && row.mnemonic().matches(only)) {
                    run(row, cases, random, oracle);
                }
            }
        }
        System.out.println("floating point against the host: " + compared + " results compared");
        assertTrue(compared > 0, "nothing was compared");
        assertEquals(
                Map.of(),
                differing,
                () -> "differing results by form, seed " + seed + "L\n" + String.join("\n", shown));
    }

    private static boolean wanted(Row row) {
        boolean chapter = row.source().startsWith("x87")
                || row.source().startsWith("mmx")
                || row.source().startsWith("sse");
        return chapter
                && (!row.has(Attribute.SKIP)
                        || row.mnemonic().matches(COMPARE_TO_FLAGS + "|MASKMOV.*|FNSTENV|FLDENV|LDMXCSR"))
                && !(row.has(Attribute.O16) && !row.has(Attribute.O32) && !row.has(Attribute.O64));
    }

    private void run(Row row, int cases, SplittableRandom random, FpOracle oracle) throws IOException {
        boolean memoryOperand = row.operands().stream().anyMatch(Operand::mayBeMemory);
        for (boolean memory : new boolean[] {false, true}) {
            if (memory ? !memoryOperand || !row.allowsMemory() : !row.allowsRegister()) {
                continue;
            }
            for (int done = 0; done < cases; done += GROUP) {
                group(row, FpEmulation.code(row, memory, random.nextInt()), random, oracle);
            }
        }
    }

    private void group(Row row, byte[] code, SplittableRandom random, FpOracle oracle) throws IOException {
        ByteBuffer before = FpCase.buffer(GROUP);
        FpOperands operands = new FpOperands(random);
        for (int n = 0; n < GROUP; n++) {
            operands.fill(before, n);
        }
        ByteBuffer host = oracle.run(code, before);
        boolean environment = row.mnemonic().equals("FNSTENV");
        ByteBuffer ours = emulation.run(row, code, before);
        for (int n = 0; n < GROUP; n++) {
            compared++;
            if (environment) {
                forgetPointers(host, ours, n);
            }
            String difference = FpCase.difference(before, host, ours, n, comparedStatus(row));
            if (difference != null && !deviates(row, before, n)) {
                if (differing.merge(row.toString(), 1, Integer::sum) <= SHOWN && shown.size() < 60) {
                    shown.add(row + " " + HexFormat.of().formatHex(code) + ":" + difference);
                }
            }
        }
    }

    /** The host's last instruction and operand are not those of our case: only the words before them are compared. */
    private static void forgetPointers(ByteBuffer host, ByteBuffer ours, int n) {
        for (int at = 12; at < 28; at += 4) {
            int place = n * FpCase.BYTES + FpCase.MEMORY + at;
            ours.putInt(place, host.getInt(place));
        }
    }

    /** Bits of the status word to compare. AMD's processors leave C1 alone in FCOMI; Intel's manual has it cleared. */
    private static int comparedStatus(Row row) {
        return row.mnemonic().matches(COMPARE_TO_FLAGS) ? 0xFFFF & ~X87State.C1 : 0xFFFF;
    }

    /** Where the host does not follow Intel: AMD has MXCSR bit 17 (misaligned operands), reserved with Intel. */
    private static boolean deviates(Row row, ByteBuffer before, int n) {
        int operand = before.getInt(n * FpCase.BYTES + FpCase.MEMORY);
        return row.mnemonic().equals("LDMXCSR") && (operand & 1 << 17) != 0;
    }
}
