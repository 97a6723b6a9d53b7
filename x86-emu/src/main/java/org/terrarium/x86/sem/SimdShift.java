package org.terrarium.x86.sem;

/**
 * Packed shifts on one 64-bit lane; the count is the whole low quadword of the count operand (or an immediate), unsigned, so
 * that large counts shift everything out.
 */
public final class SimdShift {
    private SimdShift() {}

    /** A lane of repeated 16-bit values. */
    private static long words(long pattern) {
        return (pattern & 0xFFFF) * 0x0001_0001_0001_0001L;
    }

    private static long doublewords(long pattern) {
        return (pattern & 0xFFFF_FFFFL) * 0x0000_0001_0000_0001L;
    }

    public static long psllw(long a, long count) {
        return (count & ~15L) != 0 ? 0 : a << count & words(0xFFFF << (int) count);
    }

    public static long pslld(long a, long count) {
        return (count & ~31L) != 0 ? 0 : a << count & doublewords(0xFFFF_FFFFL << count);
    }

    public static long psllq(long a, long count) {
        return (count & ~63L) != 0 ? 0 : a << count;
    }

    public static long psrlw(long a, long count) {
        return (count & ~15L) != 0 ? 0 : a >>> count & words(0xFFFF >>> (int) count);
    }

    public static long psrld(long a, long count) {
        return (count & ~31L) != 0 ? 0 : a >>> count & doublewords(0xFFFF_FFFFL >>> count);
    }

    public static long psrlq(long a, long count) {
        return (count & ~63L) != 0 ? 0 : a >>> count;
    }

    public static long psraw(long a, long count) {
        int shift = (count & ~15L) != 0 ? 15 : (int) count;
        long signs = SimdAdd.spread(a & SimdAdd.TOP16, 15);
        long kept = words(0xFFFF >>> shift);
        return a >>> shift & kept | signs & ~kept;
    }

    public static long psrad(long a, long count) {
        int shift = (count & ~31L) != 0 ? 31 : (int) count;
        long signs = SimdAdd.spread(a & SimdAdd.TOP32, 31);
        long kept = doublewords(0xFFFF_FFFFL >>> shift);
        return a >>> shift & kept | signs & ~kept;
    }

    // Whole-register byte shifts: imm counts bytes.

    public static long pslldqLow(long low, long high, int imm) {
        return (imm & 0xFF) >= 8 ? 0 : low << (imm << 3);
    }

    public static long pslldqHigh(long low, long high, int imm) {
        int count = imm & 0xFF;
        if (count == 0) {
            return high;
        }
        if (count >= 8) {
            return count >= 16 ? 0 : low << (count << 3);
        }
        return high << (count << 3) | low >>> 64 - (count << 3);
    }

    public static long psrldqLow(long low, long high, int imm) {
        int count = imm & 0xFF;
        if (count == 0) {
            return low;
        }
        if (count >= 8) {
            return count >= 16 ? 0 : high >>> (count << 3);
        }
        return low >>> (count << 3) | high << 64 - (count << 3);
    }

    public static long psrldqHigh(long low, long high, int imm) {
        return (imm & 0xFF) >= 8 ? 0 : high >>> (imm << 3);
    }

    /** PALIGNR on MMX: bytes {@code imm}.. of a:b. */
    public static long palignr(long a, long b, int imm) {
        int count = imm & 0xFF;
        if (count >= 8) {
            return count >= 16 ? 0 : a >>> (count << 3);
        }
        return count == 0 ? b : b >>> (count << 3) | a << 64 - (count << 3);
    }

    /** Eight bytes starting at byte {@code at} (0..31 and beyond) of the 32 bytes b (low) then a. */
    private static long window(long aLow, long aHigh, long bLow, long bHigh, int at) {
        int part = at >>> 3;
        long low = quadword(aLow, aHigh, bLow, bHigh, part);
        int bits = (at & 7) << 3;
        return bits == 0 ? low : low >>> bits | quadword(aLow, aHigh, bLow, bHigh, part + 1) << 64 - bits;
    }

    private static long quadword(long aLow, long aHigh, long bLow, long bHigh, int part) {
        return switch (part) {
            case 0 -> bLow;
            case 1 -> bHigh;
            case 2 -> aLow;
            case 3 -> aHigh;
            default -> 0;
        };
    }

    public static long palignrLow(long aLow, long aHigh, long bLow, long bHigh, int imm) {
        return window(aLow, aHigh, bLow, bHigh, imm & 0xFF);
    }

    public static long palignrHigh(long aLow, long aHigh, long bLow, long bHigh, int imm) {
        return window(aLow, aHigh, bLow, bHigh, (imm & 0xFF) + 8);
    }

    // Shifts of XMM registers by a register or memory: the count is the source's low quadword.

    public static long psllwLow(long aLow, long aHigh, long bLow, long bHigh) {
        return psllw(aLow, bLow);
    }

    public static long psllwHigh(long aLow, long aHigh, long bLow, long bHigh) {
        return psllw(aHigh, bLow);
    }

    public static long pslldLow(long aLow, long aHigh, long bLow, long bHigh) {
        return pslld(aLow, bLow);
    }

    public static long pslldHigh(long aLow, long aHigh, long bLow, long bHigh) {
        return pslld(aHigh, bLow);
    }

    public static long psllqLow(long aLow, long aHigh, long bLow, long bHigh) {
        return psllq(aLow, bLow);
    }

    public static long psllqHigh(long aLow, long aHigh, long bLow, long bHigh) {
        return psllq(aHigh, bLow);
    }

    public static long psrlwLow(long aLow, long aHigh, long bLow, long bHigh) {
        return psrlw(aLow, bLow);
    }

    public static long psrlwHigh(long aLow, long aHigh, long bLow, long bHigh) {
        return psrlw(aHigh, bLow);
    }

    public static long psrldLow(long aLow, long aHigh, long bLow, long bHigh) {
        return psrld(aLow, bLow);
    }

    public static long psrldHigh(long aLow, long aHigh, long bLow, long bHigh) {
        return psrld(aHigh, bLow);
    }

    public static long psrlqLow(long aLow, long aHigh, long bLow, long bHigh) {
        return psrlq(aLow, bLow);
    }

    public static long psrlqHigh(long aLow, long aHigh, long bLow, long bHigh) {
        return psrlq(aHigh, bLow);
    }

    public static long psrawLow(long aLow, long aHigh, long bLow, long bHigh) {
        return psraw(aLow, bLow);
    }

    public static long psrawHigh(long aLow, long aHigh, long bLow, long bHigh) {
        return psraw(aHigh, bLow);
    }

    public static long psradLow(long aLow, long aHigh, long bLow, long bHigh) {
        return psrad(aLow, bLow);
    }

    public static long psradHigh(long aLow, long aHigh, long bLow, long bHigh) {
        return psrad(aHigh, bLow);
    }
}
