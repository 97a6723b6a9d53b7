package org.terrarium.x86.sys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.terrarium.x86.Cpu;
import org.terrarium.x86.jit.JitOptions;

/**
 * A guest that runs whatever it finds, in every mode and with tables that are garbage too: the processor goes on by its rules
 * or shuts down, and nothing is ever thrown at the host.
 */
class GarbageTest {
    private static final int ROUNDS = 60;
    private static final long INSTRUCTIONS = 20_000;

    @ParameterizedTest
    @EnumSource
    void garbageNeverReachesTheHost(CpuModel model) {
        run(model, null);
    }

    /** The same in lockstep of interpreter and translator. */
    @ParameterizedTest
    @EnumSource
    void translatedGarbageNeverReachesTheHost(CpuModel model) {
        JitOptions jit = new JitOptions();
        jit.threshold = 2;
        jit.promote = 50;
        jit.lockstep = true;
        run(model, jit);
    }

    private void run(CpuModel model, JitOptions jit) {
        long seed = Long.getLong("terrarium.garbage.seed", 20_261_122L);
        int rounds = Integer.getInteger("terrarium.garbage.rounds", ROUNDS);
        long retired = 0;
        TestBoard board = new TestBoard(model, new byte[64 << 10], jit);
        for (int round = 0; round < rounds; round++) {
            Random random = new Random(seed + round);
            board.shutdown = false;
            board.stopped = false;
            board.results.clear();
            board.processor.reset();
            fill(board.memory.backing(), random);
            board.processor.stateReplaced();
            enter(board.processor.cpu(), random);
            try {
                board.run(INSTRUCTIONS);
            } catch (Throwable e) {
                fail(model.id() + ", seed " + (seed + round), e);
            }
            retired += board.processor.cpu().retired;
        }
        assertTrue(retired > rounds, "nothing was executed");
        if (jit != null) {
            assertEquals(0, board.processor.jitStats().failures(), "blocks that the translator failed at");
        }
    }

    /** Half of memory stays 0, so that page tables and descriptors are not all nonsense. */
    private static void fill(MemorySegment memory, Random random) {
        byte[] bytes = new byte[0x2_0000];
        random.nextBytes(bytes);
        for (int n = 0; n < 0x1000; n += 8) {
            // entries that often are present, writable and user, and point into the same area
            long entry = random.nextInt(32) << 12 | random.nextInt(0x100) | 1;
            for (int b = 0; b < 8; b++) {
                bytes[0x3000 + n + b] = (byte) (entry >>> 8 * b);
            }
        }
        MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, 0, bytes.length);
    }

    private static void enter(Cpu c, Random random) {
        for (int n = 0; n < 16; n++) {
            c.gpr[n] = random.nextBoolean() ? random.nextInt(0x2_0000) : random.nextLong();
        }
        boolean wide = c.model.physicalAddressExtension() && random.nextInt(3) == 0 && c.model.noExecute();
        if (!wide) {
            for (int n = 0; n < 16; n++) {
                c.gpr[n] &= 0xFFFF_FFFFL;
            }
        }
        c.gdtBase = random.nextInt(0x1_0000);
        c.idtBase = random.nextInt(0x1_0000);
        c.trBase = random.nextInt(0x1_0000);
        c.dr[7] = random.nextInt(4) == 0 ? random.nextInt() & 0xFFFF_23FFL | 0x400 : 0x400;
        for (int n = 0; n < 4; n++) {
            c.dr[n] = random.nextInt(0x2_0000);
        }
        int mode = wide ? 3 : random.nextInt(3);
        c.cpl = mode == 0 ? 0 : random.nextInt(4);
        for (int seg = 0; seg < 6; seg++) {
            c.segSelector[seg] = random.nextInt(0x1_0000) & ~3 | c.cpl;
            c.segBase[seg] = mode == 0 ? random.nextInt(0x1000) << 4 : 0;
            c.segLimit[seg] = mode == 0 ? 0xFFFF : -1;
            c.segAttributes[seg] = (mode == 0 ? 0x93 : 0xC093) | c.cpl << 5;
        }
        c.segAttributes[Cpu.CS] |= 8 | (wide ? 0x2000 : 0);
        if (wide) {
            c.segAttributes[Cpu.CS] &= ~0x4000;
        }
        c.rip = random.nextInt(0x1_0000);
        if (mode != 0) {
            c.cr0 |= Cpu.CR0_PE;
            if (mode != 1 && c.model.largePages() || wide) {
                c.cr0 |= Cpu.CR0_PG | (random.nextBoolean() ? Cpu.CR0_WP : 0);
                c.cr3 = 0x3000;
                c.cr4 = Cpu.CR4_PSE | (wide ? Cpu.CR4_PAE : 0);
            }
        }
        if (wide) {
            c.efer = Cpu.EFER_LME | Cpu.EFER_LMA | Cpu.EFER_NXE | Cpu.EFER_SCE;
        }
        FlagsRegister.write(c, random.nextInt(), ~(Cpu.VM | Cpu.RF));
        DebugRegisters.changed(c);
        Modes.update(c);
    }
}
