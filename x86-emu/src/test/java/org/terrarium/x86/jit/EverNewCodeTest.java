package org.terrarium.x86.jit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.terrarium.x86.Cpu;
import org.terrarium.x86.Optimisation;
import org.terrarium.x86.TestBoard;
import org.terrarium.x86.sys.CpuModel;

/**
 * A guest that is given new code again and again: what was translated before is let go of. {@code -Dterrarium.jit.rounds=N} makes it
 * a long run, which prints the metaspace as it goes on.
 */
class EverNewCodeTest {
    private static final int ROUNDS = Integer.getInteger("terrarium.jit.rounds", 2000);
    private static final int REGIONS = 150;
    private static final int CODE = 0x1_0000;
    private static final int ONCE = 0x30_0000;
    private static final int PLACES = 700;
    private static final int TIMES = 40;

    /** Classes that the emulator and Java themselves load meanwhile. */
    private static final int OTHER_CLASSES = 600;

    @Test
    void translationsAreUnloaded() {
        JitOptions jit = TwoTiers.eager();
        jit.maxRegions = REGIONS;
        jit.leaveOut(Optimisation.PATIENCE);
        TestBoard board = new TestBoard(CpuModel.X86_64_V2, jit).flat32(CODE, 0x7000);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        var classes = ManagementFactory.getClassLoadingMXBean();
        int before = classes.getLoadedClassCount();
        long highest = 0;
        for (int n = 0; n < ROUNDS; n++) {
            round(board, random, "seed " + seed + ", round " + n);
            highest = Math.max(highest, metaspace());
            if (ROUNDS > 2000 && n % (ROUNDS / 20) == 0) {
                System.out.printf("round %d: metaspace %,d KiB%n", n, metaspace() >> 10);
            }
        }
        JitStats s = board.processor.jitStats();
        assertTrue(s.regions() >= ROUNDS, "each round is translated, but there were only " + s.regions() + " regions");
        assertTrue(
                s.regions() - s.regionsDropped() <= REGIONS, s.regions() + " regions, dropped " + s.regionsDropped());
        System.gc();
        int more = classes.getLoadedClassCount() - before;
        System.out.printf(
                "%d regions, %d dropped; %d classes more than before; metaspace at most %,d KiB%n",
                s.regions(), s.regionsDropped(), more, highest >> 10);
        assertTrue(more <= REGIONS + OTHER_CLASSES, more + " classes are still loaded");
    }

    /** A loop with numbers of its own somewhere; what it computes shows that no older code was run. */
    private static void round(TestBoard board, Random random, String message) {
        int at = CODE + random.nextInt(PLACES) * 4096;
        int add = random.nextInt();
        int xor = random.nextInt();
        ByteBuffer code = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        code.put((byte) 0xB9).putInt(TIMES);
        // ADD EAX,imm32; XOR EAX,imm32; DEC ECX; JNZ back to the ADD; HLT
        code.put((byte) 0x05).putInt(add).put((byte) 0x35).putInt(xor).put((byte) 0x49);
        code.put((byte) 0x75).put((byte) -13).put((byte) 0xF4);
        board.load(at, code.array());
        Cpu c = board.cpu;
        c.halted = false;
        c.rip = at;
        int expected = (int) c.gpr[Cpu.RAX];
        for (int n = 0; n < TIMES; n++) {
            expected = expected + add ^ xor;
        }
        board.run(1000);
        assertEquals(expected, (int) c.gpr[Cpu.RAX], message);
    }

    /** More code than decoded code is kept: what was translated is not thrown away for code that runs once. */
    @Test
    void translationsOutliveCodeThatRunsOnce() {
        TestBoard board = new TestBoard(CpuModel.X86_64_V2, TwoTiers.eager()).flat32(CODE, 0x7000);
        round(board, new Random(1), "before");
        JitStats s = board.processor.jitStats();
        long regions = s.regions();
        assertTrue(regions > 0, "the loop was translated");
        byte[] once = new byte[500_000];
        Arrays.fill(once, (byte) 0x40); // INC EAX
        once[once.length - 1] = (byte) 0xF4;
        board.load(ONCE, once);
        board.cpu.halted = false;
        board.cpu.rip = ONCE;
        board.cpu.gpr[Cpu.RAX] = 0;
        board.run(once.length);
        assertEquals(once.length - 1, (int) board.cpu.gpr[Cpu.RAX], "instructions that ran once");
        assertEquals(0, s.regionsDropped(), "translations thrown away");
        assertEquals(regions, s.regions(), "nothing was translated anew");
    }

    private static long metaspace() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(p -> p.getName().equals("Metaspace"))
                .mapToLong((MemoryPoolMXBean p) -> p.getUsage().getUsed())
                .sum();
    }
}
