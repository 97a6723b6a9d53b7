package org.terrarium.x86.sem;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.interp.Operands;
import org.terrarium.x86.isa.Insn;

/** SSE4.2 string comparison: PCMPESTRI, PCMPESTRM, PCMPISTRI, PCMPISTRM (SDM volume 2, 4.1). */
public final class SseString {
    private static final int EQUAL_ANY = 0;
    private static final int RANGES = 1;
    private static final int EQUAL_EACH = 2;

    private SseString() {}

    public static void pcmpestri(Cpu c, Insn i) {
        index(c, run(c, i, true), (int) i.imm);
    }

    public static void pcmpistri(Cpu c, Insn i) {
        index(c, run(c, i, false), (int) i.imm);
    }

    public static void pcmpestrm(Cpu c, Insn i) {
        mask(c, run(c, i, true), (int) i.imm);
    }

    public static void pcmpistrm(Cpu c, Insn i) {
        mask(c, run(c, i, false), (int) i.imm);
    }

    private static int run(Cpu c, Insn i, boolean explicit) {
        SimdState.checkSse(c);
        long[] x = c.fpu.xmm;
        long bLow;
        long bHigh;
        if (i.memory) {
            long lin = Operands.linearRead(c, i, 16);
            bLow = c.mmu.read64(lin);
            bHigh = c.mmu.read64(lin + 8 & c.linearMask);
        } else {
            bLow = x[2 * i.rm];
            bHigh = x[2 * i.rm + 1];
        }
        long aLow = x[2 * i.reg];
        long aHigh = x[2 * i.reg + 1];
        int imm = (int) i.imm;
        int count = elements(imm);
        int lengthA;
        int lengthB;
        if (explicit) {
            boolean wide = i.has(Insn.PREFIX_REX_W);
            lengthA = explicitLength(c.gpr[Cpu.RAX], wide, count);
            lengthB = explicitLength(c.gpr[Cpu.RDX], wide, count);
        } else {
            lengthA = implicitLength(aLow, aHigh, imm);
            lengthB = implicitLength(bLow, bHigh, imm);
        }
        int result = compare(aLow, aHigh, lengthA, bLow, bHigh, lengthB, imm);
        int flags = (result != 0 ? Cpu.CF : 0)
                | (lengthB < count ? Cpu.ZF : 0)
                | (lengthA < count ? Cpu.SF : 0)
                | ((result & 1) != 0 ? Cpu.OF : 0);
        c.flagResult = Flags.resultOf(flags);
        c.flagCarry = Flags.carryOf(flags);
        return result;
    }

    private static void index(Cpu c, int result, int imm) {
        int index = elements(imm);
        if (result != 0) {
            index = (imm & 0x40) != 0
                    ? 31 - Integer.numberOfLeadingZeros(result)
                    : Integer.numberOfTrailingZeros(result);
        }
        c.gpr[Cpu.RCX] = index;
    }

    private static void mask(Cpu c, int result, int imm) {
        long[] x = c.fpu.xmm;
        if ((imm & 0x40) == 0) {
            x[0] = result;
            x[1] = 0;
            return;
        }
        int count = elements(imm);
        int width = 128 / count;
        long low = 0;
        long high = 0;
        for (int n = 0; n < count / 2; n++) {
            long element = (1L << width) - 1 << n * width;
            low |= (result >> n & 1) != 0 ? element : 0;
            high |= (result >> n + count / 2 & 1) != 0 ? element : 0;
        }
        x[0] = low;
        x[1] = high;
    }

    private static int elements(int imm) {
        return (imm & 1) != 0 ? 8 : 16;
    }

    /** The magnitude of a length register, at most the number of elements. */
    private static int explicitLength(long register, boolean wide, int count) {
        long length = wide ? register : (int) register;
        return length > -count && length < count ? (int) Math.abs(length) : count;
    }

    /** Elements before the first zero. */
    private static int implicitLength(long low, long high, int imm) {
        int count = elements(imm);
        for (int n = 0; n < count; n++) {
            if (element(low, high, n, imm) == 0) {
                return n;
            }
        }
        return count;
    }

    private static int element(long low, long high, int n, int imm) {
        if ((imm & 1) != 0) {
            int word = (int) ((n < 4 ? low : high) >>> (n << 4));
            return (imm & 2) != 0 ? (short) word : word & 0xFFFF;
        }
        int character = (int) ((n < 8 ? low : high) >>> (n << 3));
        return (imm & 2) != 0 ? (byte) character : character & 0xFF;
    }

    /** IntRes2 of the manual: the aggregated comparison with its polarity applied. */
    static int compare(long aLow, long aHigh, int lengthA, long bLow, long bHigh, int lengthB, int imm) {
        int count = elements(imm);
        int result = 0;
        for (int j = 0; j < count; j++) {
            boolean bit = switch (imm >> 2 & 3) {
                case EQUAL_ANY -> j < lengthB && any(aLow, aHigh, lengthA, element(bLow, bHigh, j, imm), imm);
                case RANGES -> j < lengthB && inRange(aLow, aHigh, lengthA, element(bLow, bHigh, j, imm), imm);
                case EQUAL_EACH ->
                    j < lengthA && j < lengthB
                            ? element(aLow, aHigh, j, imm) == element(bLow, bHigh, j, imm)
                            : j >= lengthA && j >= lengthB;
                default -> startsAt(aLow, aHigh, lengthA, bLow, bHigh, lengthB, j, imm);
            };
            result |= bit ? 1 << j : 0;
        }
        int all = (1 << count) - 1;
        return switch (imm >> 4 & 3) {
            case 1 -> result ^ all;
            case 3 -> result ^ (1 << lengthB) - 1;
            default -> result;
        };
    }

    private static boolean any(long aLow, long aHigh, int lengthA, int character, int imm) {
        for (int n = 0; n < lengthA; n++) {
            if (element(aLow, aHigh, n, imm) == character) {
                return true;
            }
        }
        return false;
    }

    private static boolean inRange(long aLow, long aHigh, int lengthA, int character, int imm) {
        for (int n = 0; n + 1 < lengthA; n += 2) {
            if (element(aLow, aHigh, n, imm) <= character && character <= element(aLow, aHigh, n + 1, imm)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a occurs in b at j; where b's register ends, what was found so far counts. */
    private static boolean startsAt(
            long aLow, long aHigh, int lengthA, long bLow, long bHigh, int lengthB, int j, int imm) {
        int count = elements(imm);
        for (int n = 0; n < lengthA && j + n < count; n++) {
            if (j + n >= lengthB || element(aLow, aHigh, n, imm) != element(bLow, bHigh, j + n, imm)) {
                return false;
            }
        }
        return true;
    }
}
