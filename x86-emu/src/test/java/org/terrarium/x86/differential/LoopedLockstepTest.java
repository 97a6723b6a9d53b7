package org.terrarium.x86.differential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.terrarium.x86.Optimisation;
import org.terrarium.x86.isa.InstructionTable;
import org.terrarium.x86.isa.Row;
import org.terrarium.x86.jit.JitOptions;
import org.terrarium.x86.sys.CpuModel;

/**
 * Random sequences in a loop, in lockstep of interpreter and translator: registers run away from what they were at first, so that
 * faults come in the middle of warm regions, and stores hit code.
 *
 * <p>{@code -Dterrarium.lockstep.cases=N} sets how many, {@code -Dterrarium.lockstep.seed=N} where to begin.
 */
class LoopedLockstepTest {
    private static final int COUNTER = CpuImage.DATA + 0x10;
    private static final int ROUNDS = 30;

    @Test
    void loopsOfRandomInstructionsAreTheSameInBothTiers() {
        long seed = Long.getLong("terrarium.lockstep.seed", new SplittableRandom().nextLong());
        int cases = Integer.getInteger("terrarium.lockstep.cases", 6_000);
        List<Row> all = InstructionTable.get().rows().stream()
                .filter(r -> r.feature() == null || CpuModel.X86_64_V2.has(r.feature()))
                .toList();
        List<Row> rows64 = all.stream().filter(r -> RandomCode.usable(r, 64)).toList();
        List<Row> rows32 = all.stream().filter(r -> RandomCode.usable(r, 32)).toList();
        JitOptions jit = new JitOptions();
        jit.threshold = 3;
        // first warm, then hot
        jit.promote = 30;
        jit.leaveOut(Optimisation.PATIENCE);
        jit.reformAfter = 3;
        jit.lockstep = true;
        EmulatedUser emulated = new EmulatedUser(jit);
        System.out.println("looped lockstep: " + cases + " cases, seed " + seed + "L");
        SplittableRandom seeds = new SplittableRandom(seed);
        for (int n = 0; n < cases; n++) {
            TestCase test = looped(RandomCode.of(seeds.nextLong(), rows64, rows32));
            try {
                emulated.run(test);
            } catch (RuntimeException e) {
                fail("seed " + seed + "L, case " + n + ": " + test + "\n" + e.getMessage(), e);
            }
        }
        assertEquals(0, emulated.translationFailures(), "blocks that the translator failed at");
        assertTrue(emulated.translatedShare() > 0.3, "hardly anything ran translated: " + emulated.translatedShare());
    }

    /** The case's code again and again, counted in memory. */
    private static TestCase looped(TestCase t) {
        ByteArrayOutputStream code = new ByteArrayOutputStream();
        code.writeBytes(t.code());
        String address = HexFormat.of().toHexDigits(Integer.reverseBytes(COUNTER));
        boolean wide = t.mode() == 64;
        code.writeBytes(HexFormat.of().parseHex((wide ? "FF0425" : "FF05") + address));
        code.writeBytes(HexFormat.of().parseHex((wide ? "803C25" : "803D") + address + String.format("%02X", ROUNDS)));
        int back = -(code.size() + 6);
        code.writeBytes(HexFormat.of().parseHex("0F82" + HexFormat.of().toHexDigits(Integer.reverseBytes(back))));
        byte[] all = code.toByteArray();
        int[] starts = Arrays.copyOf(t.starts(), t.starts().length);
        return new TestCase(t.mode(), all, starts, t.rows(), t.before(), t.undefined(), t.seed());
    }
}
