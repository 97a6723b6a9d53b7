package org.terrarium.x86.sem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.x86.isa.InstructionTable;
import org.terrarium.x86.isa.Row;

/**
 * RCPPS, RCPSS, RSQRTPS, RSQRTSS against the host's. They are approximations whose bits every processor chooses itself; the
 * manual bounds the relative error at 1.5 * 2^-12, so two of them may be 3 * 2^-12 apart. What is not a normal number must be
 * equal, and no exception may be flagged.
 */
class ApproximationOracleTest {
    private static final int CASES = 20_000;
    private static final double TWO_ERRORS = 3 * 0x1p-12;

    @TempDir
    Path folder;

    @Test
    void approximationsAreAsGoodAsTheManualSays() throws IOException, InterruptedException {
        long seed = Long.getLong("terrarium.fp.seed", new SplittableRandom().nextLong());
        System.out.println("approximations against the host: seed " + seed + "L");
        FpOperands operands = new FpOperands(new SplittableRandom(seed));
        FpEmulation emulation = new FpEmulation();
        List<String> wrong = new ArrayList<>();
        int rows = 0;
        try (FpOracle oracle = new FpOracle(folder)) {
            for (Row row : InstructionTable.get().rows()) {
                if (!row.mnemonic().matches("R(CP|SQRT)[PS]S")) {
                    continue;
                }
                rows++;
                ByteBuffer before = FpCase.buffer(CASES);
                for (int n = 0; n < CASES; n++) {
                    operands.fill(before, n);
                }
                byte[] code = FpEmulation.code(row, false, 0);
                ByteBuffer host = oracle.run(code, before);
                ByteBuffer ours = emulation.run(row, code, before);
                for (int n = 0; n < CASES; n++) {
                    adopt(host, ours, n);
                    String difference = FpCase.difference(before, host, ours, n, 0xFFFF);
                    if (difference != null) {
                        wrong.add(row + ":" + difference);
                    }
                }
            }
        }
        assertEquals(4, rows, "rows of approximations");
        assertTrue(
                wrong.isEmpty(),
                () -> wrong.size() + " differences, seed " + seed + "L\n"
                        + String.join("\n", wrong.subList(0, Math.min(5, wrong.size()))));
    }

    /** Takes over those of the host's singles in XMM1 that are near enough. */
    private static void adopt(ByteBuffer host, ByteBuffer ours, int n) {
        for (int lane = 0; lane < 4; lane++) {
            int at = n * FpCase.BYTES + FpCase.XMM + 16 + 4 * lane;
            float expected = Float.intBitsToFloat(host.getInt(at));
            float found = Float.intBitsToFloat(ours.getInt(at));
            boolean near = Math.abs(expected - found) <= TWO_ERRORS * Math.abs(expected);
            // 1/2^126 is the smallest normal number: a little less becomes zero
            boolean edge = expected == 0 && Math.abs(found) == Float.MIN_NORMAL;
            if (edge || near && Math.abs(expected) >= Float.MIN_NORMAL && Float.isFinite(expected)) {
                ours.putInt(at, host.getInt(at));
            }
        }
    }
}
