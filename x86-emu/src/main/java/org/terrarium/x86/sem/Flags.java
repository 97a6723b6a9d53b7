package org.terrarium.x86.sem;

import org.terrarium.x86.Cpu;

/**
 * The lazy status flags: {@code result} is {@code Cpu.flagResult}, {@code carry} is {@code Cpu.flagCarry}, whose comments
 * define them. The {@code is...} methods are the sixteen conditions (SDM volume 1, appendix B).
 */
public final class Flags {
    private Flags() {}

    public static boolean isO(long result, long carry) {
        return (carry ^ carry << 1) < 0;
    }

    public static boolean isNO(long result, long carry) {
        return (carry ^ carry << 1) >= 0;
    }

    public static boolean isB(long result, long carry) {
        return carry < 0;
    }

    public static boolean isNB(long result, long carry) {
        return carry >= 0;
    }

    public static boolean isZ(long result, long carry) {
        return result == 0;
    }

    public static boolean isNZ(long result, long carry) {
        return result != 0;
    }

    public static boolean isBE(long result, long carry) {
        return carry < 0 || result == 0;
    }

    public static boolean isNBE(long result, long carry) {
        return carry >= 0 && result != 0;
    }

    public static boolean isS(long result, long carry) {
        return (result ^ carry << 62) < 0;
    }

    public static boolean isNS(long result, long carry) {
        return (result ^ carry << 62) >= 0;
    }

    public static boolean isP(long result, long carry) {
        return parity((int) result ^ (int) carry & 1) == 0;
    }

    public static boolean isNP(long result, long carry) {
        return parity((int) result ^ (int) carry & 1) != 0;
    }

    public static boolean isL(long result, long carry) {
        return (result ^ carry << 62 ^ carry ^ carry << 1) < 0;
    }

    public static boolean isNL(long result, long carry) {
        return (result ^ carry << 62 ^ carry ^ carry << 1) >= 0;
    }

    public static boolean isLE(long result, long carry) {
        return result == 0 || (result ^ carry << 62 ^ carry ^ carry << 1) < 0;
    }

    public static boolean isNLE(long result, long carry) {
        return result != 0 && (result ^ carry << 62 ^ carry ^ carry << 1) >= 0;
    }

    /** 0 when the low byte has an even number of ones (PF set), else 1. */
    public static int parity(int value) {
        // bit n of the constant is the parity of the nibble n
        return 0x6996 >>> ((value ^ value >>> 4) & 15) & 1;
    }

    /** {@link Cpu#STATUS_FLAGS} in their EFLAGS places. */
    public static int status(long result, long carry) {
        int flags = (int) (carry >>> 63) | (int) carry << 1 & Cpu.AF;
        flags |= (parity((int) result ^ (int) carry & 1) ^ 1) << 2;
        flags |= result == 0 ? Cpu.ZF : 0;
        flags |= (int) ((result ^ carry << 62) >>> 63) << 7;
        return flags | (int) ((carry ^ carry << 1) >>> 63) << 11;
    }

    /** The {@code flagResult} that with {@link #carryOf} stands for these EFLAGS. */
    public static long resultOf(int eflags) {
        // not zero, not negative, and a low byte of even parity
        return (eflags & Cpu.ZF) != 0 ? 0 : 0x100;
    }

    /** The {@code flagCarry} that with {@link #resultOf} stands for these EFLAGS. */
    public static long carryOf(int eflags) {
        long carry = eflags & Cpu.CF;
        long overflow = eflags >>> 11 & 1;
        return carry << 63
                | (carry ^ overflow) << 62
                | (eflags & Cpu.AF) >>> 1
                | (eflags & Cpu.SF) >>> 6
                | (eflags & Cpu.PF ^ Cpu.PF) >>> 2;
    }

    /** The status flags of a processor in their EFLAGS places. */
    public static int get(Cpu c) {
        return status(c.flagResult, c.flagCarry);
    }

    /** Replaces all status flags of a processor; other bits of {@code eflags} do not matter. */
    public static void set(Cpu c, int eflags) {
        c.flagResult = resultOf(eflags);
        c.flagCarry = carryOf(eflags);
    }

    /** {@code flagCarry} with CF replaced by {@code value} (0 or 1) and OF kept. */
    public static long withCarry(long carry, int value) {
        long changed = (carry >>> 63 ^ value) & 1;
        // OF is bit 63 ^ bit 62: flip both
        return carry ^ (changed << 63 | changed << 62);
    }

    /** CLC. */
    public static long clearCarry(long result, long carry) {
        return withCarry(carry, 0);
    }

    /** STC. */
    public static long setCarry(long result, long carry) {
        return withCarry(carry, 1);
    }

    /** CMC. */
    public static long complementCarry(long result, long carry) {
        return carry ^ 3L << 62;
    }
}
