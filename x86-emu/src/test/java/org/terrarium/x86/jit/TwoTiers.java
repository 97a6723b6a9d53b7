package org.terrarium.x86.jit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.Consumer;
import org.terrarium.x86.Cpu;
import org.terrarium.x86.Nasm;
import org.terrarium.x86.TestBoard;
import org.terrarium.x86.sem.Flags;
import org.terrarium.x86.sys.CpuModel;

/** Runs one program on two boards, interpreted and translated, and compares them whenever a slice of instructions is over. */
final class TwoTiers {
    static final int CODE = 0x7C00;

    /** Instructions a slice: odd, so that slices end everywhere in loops; more than a region's slack. */
    private static final int SLICE = 7_919;

    final TestBoard interpreted = new TestBoard(CpuModel.X86_64_V2);
    final TestBoard translated;

    TwoTiers(JitOptions jit) {
        translated = new TestBoard(CpuModel.X86_64_V2, jit);
    }

    static JitOptions eager() {
        JitOptions jit = new JitOptions();
        jit.threshold = 3;
        jit.promote = 500;
        return jit;
    }

    /** Assembles a program for 16, 32 or 64 bits and runs it to its HLT, at most so many slices. */
    static TwoTiers run(String source, int bits, int slices) {
        TwoTiers t = new TwoTiers(eager());
        byte[] code = Nasm.assemble("bits " + bits + "\norg 0x7C00\n" + source);
        t.both(b -> {
            b.load(CODE, code);
            switch (bits) {
                case 16 -> b.real(CODE, 0x7000);
                case 32 -> b.flat32(CODE, 0x7000);
                default -> b.flat64(CODE, 0x7000);
            }
        });
        t.run(slices);
        return t;
    }

    void both(Consumer<TestBoard> what) {
        what.accept(interpreted);
        what.accept(translated);
    }

    void run(int slices) {
        for (int n = 0; n < slices && !(interpreted.cpu.halted || interpreted.shutdown); n++) {
            slice(SLICE, "after slice " + n);
        }
        noFailures();
    }

    /** Runs about so many instructions on both boards and compares them. */
    void slice(int instructions, String when) {
        interpreted.processor.run(instructions);
        translated.processor.run(instructions);
        same(when);
    }

    void noFailures() {
        assertEquals(0, translated.processor.jitStats().failures(), "blocks that the translator failed at");
    }

    /** Registers, flags, FPU state and all of memory. */
    void same(String when) {
        Cpu a = interpreted.cpu;
        Cpu b = translated.cpu;
        assertEquals(a.retired, b.retired, when + ": instructions retired");
        assertEquals(hex(a.rip), hex(b.rip), when + ": rip");
        for (int n = 0; n < 16; n++) {
            assertEquals(hex(a.gpr[n]), hex(b.gpr[n]), when + ": register " + n);
        }
        assertEquals(hex(Flags.get(a) | a.eflags), hex(Flags.get(b) | b.eflags), when + ": flags");
        assertEquals(a.halted, b.halted, when + ": halted");
        assertEquals(hex(a.cr2), hex(b.cr2), when + ": cr2");
        assertArrayEquals(a.fpu.xmm, b.fpu.xmm, when + ": xmm");
        assertArrayEquals(a.fpu.mantissa, b.fpu.mantissa, when + ": x87 significands");
        assertArrayEquals(a.fpu.signExponent, b.fpu.signExponent, when + ": x87 exponents");
        assertEquals(hex(a.fpu.mxcsr), hex(b.fpu.mxcsr), when + ": mxcsr");
        assertEquals(hex(a.fpu.statusWord), hex(b.fpu.statusWord), when + ": x87 status");
        long at = interpreted.memory.backing().mismatch(translated.memory.backing());
        assertEquals(-1, at, when + ": memory differs at " + hex(at));
    }

    private static String hex(long v) {
        return Long.toHexString(v);
    }
}
