package org.terrarium.x86;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.terrarium.x86.sem.Flags;
import org.terrarium.x86.sys.CpuModel;

/**
 * Repeated string instructions page by page against the same ones element by element: a data breakpoint anywhere, even one that
 * is never reached, has each element done by itself.
 */
class StringRunsTest {
    private static final int CASES = 3_000;
    private static final int CODE = 0x8000;
    private static final int DATA = 0x1_0000;
    private static final int SPAN = 0x7000;
    private static final byte[] OPCODES = HexFormat.of().parseHex("a4a5a6a7aaabacadaeaf");

    @Test
    void runsAreWhatSingleElementsAre() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        TestBoard[] boards = {new TestBoard(CpuModel.X86_64_V2), new TestBoard(CpuModel.X86_64_V2)};
        boards[0].flat64(CODE, 0x7000);
        boards[1].flat64(CODE, 0x7000);
        boards[1].cpu.mmu.addWatch(0, 0x3F_F000, 1, true);
        for (int n = 0; n < CASES; n++) {
            String message = "seed " + seed + ", case " + n + ": ";
            long caseSeed = random.nextLong();
            String code = null;
            for (TestBoard b : boards) {
                code = prepare(b, new Random(caseSeed));
                b.run(100_000);
            }
            assertTrue(boards[0].cpu.halted, message + code + " ends");
            message += code;
            assertArrayEquals(boards[1].cpu.gpr, boards[0].cpu.gpr, message + ": registers");
            assertEquals(Flags.get(boards[1].cpu), Flags.get(boards[0].cpu), message + ": flags");
            assertArrayEquals(boards[1].read(DATA, 2 * SPAN), boards[0].read(DATA, 2 * SPAN), message + ": memory");
        }
    }

    /** An instruction and what it works on: few different bytes, so that comparisons go on for long. */
    private static String prepare(TestBoard b, Random r) {
        byte[] data = new byte[2 * SPAN];
        int mask = r.nextInt(3) == 0 ? 0xFF : r.nextInt(8);
        if (r.nextInt(3) == 0) {
            for (int n = r.nextInt(4); n > 0; n--) {
                data[r.nextInt(data.length)] = (byte) r.nextInt();
            }
        } else {
            for (int n = 0; n < data.length; n++) {
                data[n] = (byte) (r.nextInt() & mask);
            }
        }
        ByteArrayOutputStream code = new ByteArrayOutputStream();
        code.write(r.nextInt(4) == 0 ? 0xFD : 0xFC);
        code.write(r.nextBoolean() ? 0xF3 : 0xF2);
        if (r.nextInt(3) == 0) {
            code.write(0x67);
        }
        switch (r.nextInt(3)) {
            case 0 -> code.write(0x66);
            case 1 -> code.write(0x48);
            default -> {}
        }
        code.write(OPCODES[r.nextInt(OPCODES.length)]);
        code.write(0xF4);
        b.load(DATA, data);
        b.load(CODE, code.toByteArray());
        Cpu c = b.cpu;
        c.halted = false;
        c.rip = CODE;
        c.gpr[Cpu.RCX] = r.nextInt(r.nextBoolean() ? 40 : SPAN / 8);
        boolean near = r.nextInt(4) == 0;
        c.gpr[Cpu.RSI] = DATA + SPAN / 2 + r.nextInt(64);
        c.gpr[Cpu.RDI] = near ? c.gpr[Cpu.RSI] + r.nextInt(33) - 16 : DATA + SPAN + SPAN / 2 + r.nextInt(64);
        c.gpr[Cpu.RAX] = r.nextBoolean() ? 0 : r.nextLong() & mask * 0x0101_0101_0101_0101L;
        return HexFormat.of().formatHex(code.toByteArray()) + " rcx " + c.gpr[Cpu.RCX] + " rsi "
                + Long.toHexString(c.gpr[Cpu.RSI]) + " rdi " + Long.toHexString(c.gpr[Cpu.RDI]);
    }
}
