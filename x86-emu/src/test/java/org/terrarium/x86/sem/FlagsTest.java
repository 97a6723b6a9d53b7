package org.terrarium.x86.sem;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.terrarium.x86.Cpu;

class FlagsTest {
    private static final int[] BITS = {Cpu.CF, Cpu.PF, Cpu.AF, Cpu.ZF, Cpu.SF, Cpu.OF};

    private static int combination(int n) {
        int flags = 0;
        for (int k = 0; k < BITS.length; k++) {
            flags |= (n >> k & 1) != 0 ? BITS[k] : 0;
        }
        return flags;
    }

    @Test
    void everyCombinationSurvives() {
        for (int n = 0; n < 64; n++) {
            int flags = combination(n);
            assertEquals(flags, Flags.status(Flags.resultOf(flags), Flags.carryOf(flags)));
        }
    }

    /** SDM volume 1, appendix B, table B-1. */
    @Test
    void conditions() {
        for (int n = 0; n < 64; n++) {
            int f = combination(n);
            long r = Flags.resultOf(f);
            long c = Flags.carryOf(f);
            boolean cf = (f & Cpu.CF) != 0;
            boolean zf = (f & Cpu.ZF) != 0;
            boolean sf = (f & Cpu.SF) != 0;
            boolean of = (f & Cpu.OF) != 0;
            boolean pf = (f & Cpu.PF) != 0;
            boolean[] expected = {of, cf, zf, cf || zf, sf, pf, sf != of, zf || sf != of};
            boolean[] actual = {
                Flags.isO(r, c), Flags.isB(r, c), Flags.isZ(r, c), Flags.isBE(r, c),
                Flags.isS(r, c), Flags.isP(r, c), Flags.isL(r, c), Flags.isLE(r, c)
            };
            boolean[] opposite = {
                Flags.isNO(r, c), Flags.isNB(r, c), Flags.isNZ(r, c), Flags.isNBE(r, c),
                Flags.isNS(r, c), Flags.isNP(r, c), Flags.isNL(r, c), Flags.isNLE(r, c)
            };
            for (int k = 0; k < 8; k++) {
                assertEquals(expected[k], actual[k], "condition " + 2 * k + ", flags " + Integer.toHexString(f));
                assertEquals(
                        !expected[k], opposite[k], "condition " + (2 * k + 1) + ", flags " + Integer.toHexString(f));
            }
        }
    }

    @Test
    void carryInstructionsChangeNothingElse() {
        for (int n = 0; n < 64; n++) {
            int f = combination(n);
            long r = Flags.resultOf(f);
            long c = Flags.carryOf(f);
            assertEquals(f & ~Cpu.CF, Flags.status(r, Flags.clearCarry(r, c)));
            assertEquals(f | Cpu.CF, Flags.status(r, Flags.setCarry(r, c)));
            assertEquals(f ^ Cpu.CF, Flags.status(r, Flags.complementCarry(r, c)));
        }
    }
}
