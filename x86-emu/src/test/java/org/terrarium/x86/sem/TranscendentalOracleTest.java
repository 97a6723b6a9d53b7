package org.terrarium.x86.sem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.x86.isa.InstructionTable;
import org.terrarium.x86.isa.Row;

/**
 * The x87's transcendental instructions against the host's. Their last bit is not defined: processors of AMD and Intel differ
 * from each other and from the correctly rounded result, so results may be one unit in the last place apart, and C1 (rounded
 * up) is then not compared. Stack, tags, exceptions and condition codes must be equal. {@code -Dterrarium.fp.cases=N},
 * {@code -Dterrarium.fp.seed=N} as in {@link FloatingPointOracleTest}.
 */
class TranscendentalOracleTest {
    private static final int GROUP = 500;
    private static final int SHOWN = 4;

    @TempDir
    Path folder;

    private final FpEmulation emulation = new FpEmulation();
    private final Map<String, Integer> differing = new TreeMap<>();
    private final Map<String, Integer> lastBit = new TreeMap<>();
    private final List<String> shown = new ArrayList<>();

    @Test
    void resultsAreWithinOneUnitOfTheHosts() throws IOException, InterruptedException {
        int cases = Math.max(GROUP, Integer.getInteger("terrarium.fp.cases", 10_000));
        long seed = Long.getLong("terrarium.fp.seed", new SplittableRandom().nextLong());
        String only = System.getProperty("terrarium.fp.only", ".*");
        System.out.println("transcendental functions against the host: " + cases + " cases each, seed " + seed + "L");
        SplittableRandom random = new SplittableRandom(seed);
        int rows = 0;
        try (FpOracle oracle = new FpOracle(folder)) {
            for (Row row : InstructionTable.get().rows()) {
                if (row.method().startsWith("X87Transcendental.")
                        && row.mnemonic().matches(only)) {
                    rows++;
                    for (int done = 0; done < cases; done += GROUP) {
                        group(row, random, oracle);
                    }
                }
            }
        }
        assertTrue(rows > 0, "no such rows");
        System.out.println("transcendental functions, results one unit away from the host's: " + lastBit);
        assertEquals(Map.of(), differing, () -> "differing results, seed " + seed + "L\n" + String.join("\n", shown));
    }

    private void group(Row row, SplittableRandom random, FpOracle oracle) throws IOException {
        ByteBuffer before = FpCase.buffer(GROUP);
        FpOperands operands = new FpOperands(random);
        for (int n = 0; n < GROUP; n++) {
            operands.fill(before, n);
            intoDomain(row, before, n, random);
        }
        byte[] code = FpEmulation.code(row, false, 0);
        ByteBuffer host = oracle.run(code, before);
        ByteBuffer ours = emulation.run(row, code, before);
        for (int n = 0; n < GROUP; n++) {
            if (adopt(host, ours, n)) {
                lastBit.merge(row.mnemonic(), 1, Integer::sum);
            }
            String difference = FpCase.difference(before, host, ours, n, 0xFFFF & ~X87State.C1);
            if (difference != null && differing.merge(row.toString(), 1, Integer::sum) <= SHOWN) {
                shown.add(row + ":" + difference);
            }
        }
    }

    /** Half of the operands where the function is interesting, and none where the manual leaves the result undefined. */
    private static void intoDomain(Row row, ByteBuffer b, int n, SplittableRandom random) {
        int at = n * FpCase.BYTES + FpCase.ST;
        int e = b.getShort(at + 8) & SoftFloat80.SPECIAL;
        int sign = b.getShort(at + 8) & 0x8000;
        boolean anywhere = random.nextBoolean();
        int bias = SoftFloat80.BIAS;
        switch (row.mnemonic()) {
            // |x| at most 1
            case "F2XM1" -> e = anywhere && e < bias ? e : bias - 1 - random.nextInt(12);
            // |x| at most 1 - sqrt(1/2)
            case "FYL2XP1" -> e = anywhere && e < bias - 2 ? e : bias - 3 - random.nextInt(12);
            case "FYL2X" -> {
                e = anywhere ? e : bias + random.nextInt(-3, 4);
                sign = random.nextInt(8) == 0 ? sign : 0;
            }
            // few turns: the host reduces the argument with another pi
            case "FSIN", "FCOS", "FSINCOS", "FPTAN" -> {
                boolean large = e >= bias && e < bias + 63;
                e = anywhere && !large ? e : bias - 1 - random.nextInt(12);
            }
            default -> {
                e = anywhere ? e : (b.getShort(at + 16 + 8) & SoftFloat80.SPECIAL) + random.nextInt(-8, 8);
            }
        }
        if (e > SoftFloat80.SPECIAL || e < 0) {
            e = bias;
        }
        b.putShort(at + 8, (short) (sign | e));
        if (random.nextInt(4) != 0) {
            // operands present, room for a result, normal numbers
            b.put(n * FpCase.BYTES + FpCase.TAGS, (byte) present(row, b, n));
            b.putLong(at, b.getLong(at) | (e == 0 ? 0 : Long.MIN_VALUE));
        }
    }

    private static int present(Row row, ByteBuffer b, int n) {
        int top = b.getShort(n * FpCase.BYTES + FpCase.STATUS) >> 11 & 7;
        boolean pushes = row.mnemonic().equals("FSINCOS") || row.mnemonic().equals("FPTAN");
        return pushes ? 0xFF ^ 1 << (top + 7 & 7) : 0xFF;
    }

    /** Takes over registers of the host that are one unit in the last place away; whether there were any. */
    private static boolean adopt(ByteBuffer host, ByteBuffer ours, int n) {
        boolean adopted = false;
        for (int i = 0; i < 8; i++) {
            int at = n * FpCase.BYTES + FpCase.ST + 16 * i;
            if (neighbours(host, ours, at)) {
                ours.putLong(at, host.getLong(at));
                ours.putShort(at + 8, host.getShort(at + 8));
                adopted = true;
            }
        }
        return adopted;
    }

    private static boolean neighbours(ByteBuffer host, ByteBuffer ours, int at) {
        int hostSe = host.getShort(at + 8) & 0xFFFF;
        int ourSe = ours.getShort(at + 8) & 0xFFFF;
        long difference = host.getLong(at) - ours.getLong(at);
        if (hostSe == ourSe) {
            return difference == 1 || difference == -1;
        }
        return adjoins(hostSe, host.getLong(at), ourSe, ours.getLong(at))
                || adjoins(ourSe, ours.getLong(at), hostSe, host.getLong(at));
    }

    /** Whether the first is the smallest number of its binade and the other the largest of the binade below. */
    private static boolean adjoins(int se, long m, int lowerSe, long lowerM) {
        long largest = (lowerSe & SoftFloat80.SPECIAL) == 0 ? Long.MAX_VALUE : -1;
        return se == lowerSe + 1 && m == Long.MIN_VALUE && lowerM == largest;
    }
}
