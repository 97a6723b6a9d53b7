package org.terrarium.x86.sem;

/**
 * Packed rearrangement: shuffle, insert, extract, blend by immediate. Methods with Low/High in the name give one
 * half of an XMM result; the others work on one 64-bit lane (or an MMX register).
 */
public final class SimdShuffle {
    private SimdShuffle() {}

    private static long word(long a, int n) {
        return a >>> ((n & 3) << 4) & 0xFFFF;
    }

    /** PSHUFW, and the shuffled half of PSHUFLW/PSHUFHW. */
    public static long pshufw(long a, int imm) {
        return word(a, imm) | word(a, imm >> 2) << 16 | word(a, imm >> 4) << 32 | word(a, imm >> 6) << 48;
    }

    private static long doubleword(long low, long high, int n) {
        long half = (n & 2) != 0 ? high : low;
        return (n & 1) != 0 ? half >>> 32 : half & 0xFFFF_FFFFL;
    }

    public static long pshufdLow(long low, long high, int imm) {
        return doubleword(low, high, imm) | doubleword(low, high, imm >> 2) << 32;
    }

    public static long pshufdHigh(long low, long high, int imm) {
        return doubleword(low, high, imm >> 4) | doubleword(low, high, imm >> 6) << 32;
    }

    public static long shufpsLow(long aLow, long aHigh, long bLow, long bHigh, int imm) {
        return pshufdLow(aLow, aHigh, imm);
    }

    public static long shufpsHigh(long aLow, long aHigh, long bLow, long bHigh, int imm) {
        return pshufdHigh(bLow, bHigh, imm);
    }

    public static long shufpdLow(long aLow, long aHigh, long bLow, long bHigh, int imm) {
        return (imm & 1) != 0 ? aHigh : aLow;
    }

    public static long shufpdHigh(long aLow, long aHigh, long bLow, long bHigh, int imm) {
        return (imm & 2) != 0 ? bHigh : bLow;
    }

    public static long pshufb(long a, long control) {
        long result = 0;
        for (int i = 0; i < 64; i += 8) {
            int c = (int) (control >>> i);
            if ((c & 0x80) == 0) {
                result |= (a >>> ((c & 7) << 3) & 0xFF) << i;
            }
        }
        return result;
    }

    /** One half of PSHUFB on XMM: eight bytes chosen from sixteen. */
    private static long choose(long low, long high, long control) {
        long result = 0;
        for (int i = 0; i < 64; i += 8) {
            int c = (int) (control >>> i);
            if ((c & 0x80) == 0) {
                result |= (((c & 8) != 0 ? high : low) >>> ((c & 7) << 3) & 0xFF) << i;
            }
        }
        return result;
    }

    public static long pinsrw(long a, int value, int imm) {
        int shift = (imm & 3) << 4;
        return a & ~(0xFFFFL << shift) | (value & 0xFFFFL) << shift;
    }

    public static int pextrw(long a, int imm) {
        return (int) word(a, imm);
    }

    /** Words {@code imm & 0xF} (bit n: word n) from b, the others from a: one half of PBLENDW. */
    private static long blendWords(long a, long b, int imm) {
        long mask = ((imm & 1) != 0 ? 0xFFFFL : 0)
                | ((imm & 2) != 0 ? 0xFFFF_0000L : 0)
                | ((imm & 4) != 0 ? 0xFFFF_0000_0000L : 0)
                | ((imm & 8) != 0 ? 0xFFFFL << 48 : 0);
        return a & ~mask | b & mask;
    }

    /** Doublewords by two immediate bits: one half of BLENDPS, and the zeroing of INSERTPS and DPPS. */
    private static long blendDoublewords(long a, long b, int imm) {
        long mask = ((imm & 1) != 0 ? 0xFFFF_FFFFL : 0) | ((imm & 2) != 0 ? 0xFFFF_FFFFL << 32 : 0);
        return a & ~mask | b & mask;
    }

    /** The doubleword of a source register that INSERTPS's immediate selects. */
    private static int selected(long bLow, long bHigh, int imm) {
        return (int) doubleword(bLow, bHigh, imm >> 6);
    }

    public static long insertpsLow(long aLow, long aHigh, int b, int imm) {
        long merged = (imm & 0x20) != 0 ? aLow : insertDoubleword(aLow, b, imm >> 4 & 1);
        return blendDoublewords(merged, 0, imm);
    }

    public static long insertpsHigh(long aLow, long aHigh, int b, int imm) {
        long merged = (imm & 0x20) == 0 ? aHigh : insertDoubleword(aHigh, b, imm >> 4 & 1);
        return blendDoublewords(merged, 0, imm >> 2);
    }

    public static long insertpsLow(long aLow, long aHigh, long bLow, long bHigh, int imm) {
        return insertpsLow(aLow, aHigh, selected(bLow, bHigh, imm), imm);
    }

    public static long insertpsHigh(long aLow, long aHigh, long bLow, long bHigh, int imm) {
        return insertpsHigh(aLow, aHigh, selected(bLow, bHigh, imm), imm);
    }

    private static long insertDoubleword(long a, int value, int n) {
        return n != 0 ? a & 0xFFFF_FFFFL | (long) value << 32 : a & 0xFFFF_FFFF_0000_0000L | value & 0xFFFF_FFFFL;
    }

    public static long pshufbLow(long aLow, long aHigh, long bLow, long bHigh) {
        return choose(aLow, aHigh, bLow);
    }

    public static long pshufbHigh(long aLow, long aHigh, long bLow, long bHigh) {
        return choose(aLow, aHigh, bHigh);
    }

    public static long pshuflwLow(long low, long high, int imm) {
        return pshufw(low, imm);
    }

    public static long pshuflwHigh(long low, long high, int imm) {
        return high;
    }

    public static long pshufhwLow(long low, long high, int imm) {
        return low;
    }

    public static long pshufhwHigh(long low, long high, int imm) {
        return pshufw(high, imm);
    }

    public static long pblendwLow(long aLow, long aHigh, long bLow, long bHigh, int imm) {
        return blendWords(aLow, bLow, imm);
    }

    public static long pblendwHigh(long aLow, long aHigh, long bLow, long bHigh, int imm) {
        return blendWords(aHigh, bHigh, imm >> 4);
    }

    public static long blendpsLow(long aLow, long aHigh, long bLow, long bHigh, int imm) {
        return blendDoublewords(aLow, bLow, imm);
    }

    public static long blendpsHigh(long aLow, long aHigh, long bLow, long bHigh, int imm) {
        return blendDoublewords(aHigh, bHigh, imm >> 2);
    }

    public static long blendpdLow(long aLow, long aHigh, long bLow, long bHigh, int imm) {
        return (imm & 1) != 0 ? bLow : aLow;
    }

    public static long blendpdHigh(long aLow, long aHigh, long bLow, long bHigh, int imm) {
        return (imm & 2) != 0 ? bHigh : aHigh;
    }

    public static long pinsrbLow(long aLow, long aHigh, int b, int imm) {
        return (imm & 8) == 0 ? insertByte(aLow, b, imm) : aLow;
    }

    public static long pinsrbHigh(long aLow, long aHigh, int b, int imm) {
        return (imm & 8) != 0 ? insertByte(aHigh, b, imm) : aHigh;
    }

    public static long pinsrwLow(long aLow, long aHigh, int b, int imm) {
        return (imm & 4) == 0 ? pinsrw(aLow, b, imm) : aLow;
    }

    public static long pinsrwHigh(long aLow, long aHigh, int b, int imm) {
        return (imm & 4) != 0 ? pinsrw(aHigh, b, imm) : aHigh;
    }

    public static long pinsrdLow(long aLow, long aHigh, int b, int imm) {
        return (imm & 2) == 0 ? insertDoubleword(aLow, b, imm & 1) : aLow;
    }

    public static long pinsrdHigh(long aLow, long aHigh, int b, int imm) {
        return (imm & 2) != 0 ? insertDoubleword(aHigh, b, imm & 1) : aHigh;
    }

    public static long pinsrqLow(long aLow, long aHigh, long b, int imm) {
        return (imm & 1) == 0 ? b : aLow;
    }

    public static long pinsrqHigh(long aLow, long aHigh, long b, int imm) {
        return (imm & 1) != 0 ? b : aHigh;
    }

    private static long insertByte(long a, int value, int n) {
        int shift = (n & 7) << 3;
        return a & ~(0xFFL << shift) | (value & 0xFFL) << shift;
    }

    public static int pextrb(long low, long high, int imm) {
        return (int) (((imm & 8) != 0 ? high : low) >>> ((imm & 7) << 3)) & 0xFF;
    }

    public static int pextrw(long low, long high, int imm) {
        return (int) word((imm & 4) != 0 ? high : low, imm);
    }

    public static int pextrd(long low, long high, int imm) {
        return (int) doubleword(low, high, imm);
    }

    public static long pextrq(long low, long high, int imm) {
        return (imm & 1) != 0 ? high : low;
    }
}
