package org.terrarium.x86.sem;

/**
 * Packed narrowing, interleaving and widening: PACK, PUNPCK, PMOVSX, PMOVZX. Methods with Low/High in the name give one half of an
 * XMM result; the others an MMX register, or a lane.
 */
public final class SimdPack {
    private SimdPack() {}

    private static long signedByte(long word) {
        return Math.clamp((short) word, Byte.MIN_VALUE, Byte.MAX_VALUE) & 0xFFL;
    }

    private static long unsignedByte(long word) {
        return Math.clamp((short) word, 0, 255);
    }

    private static long signedWord(long doubleword) {
        return Math.clamp((int) doubleword, Short.MIN_VALUE, Short.MAX_VALUE) & 0xFFFFL;
    }

    private static long unsignedWord(long doubleword) {
        return Math.clamp((int) doubleword, 0, 0xFFFF);
    }

    // Packs: (x, y) become the low and high part of one lane. MMX: (a, b); XMM: low lane (aLow, aHigh), high lane
    // (bLow, bHigh).

    public static long packsswb(long x, long y) {
        long result = 0;
        for (int i = 0; i < 64; i += 16) {
            result |= signedByte(x >>> i) << (i >> 1) | signedByte(y >>> i) << (i >> 1) + 32;
        }
        return result;
    }

    public static long packuswb(long x, long y) {
        long result = 0;
        for (int i = 0; i < 64; i += 16) {
            result |= unsignedByte(x >>> i) << (i >> 1) | unsignedByte(y >>> i) << (i >> 1) + 32;
        }
        return result;
    }

    public static long packssdw(long x, long y) {
        return signedWord(x) | signedWord(x >>> 32) << 16 | signedWord(y) << 32 | signedWord(y >>> 32) << 48;
    }

    public static long packusdw(long x, long y) {
        return unsignedWord(x) | unsignedWord(x >>> 32) << 16 | unsignedWord(y) << 32 | unsignedWord(y >>> 32) << 48;
    }

    /** Spreads the low four bytes to the even bytes of a lane. */
    private static long spreadBytes(long a) {
        long x = a & 0xFFFF_FFFFL;
        x = (x | x << 16) & 0x0000_FFFF_0000_FFFFL;
        return (x | x << 8) & 0x00FF_00FF_00FF_00FFL;
    }

    private static long spreadWords(long a) {
        long x = a & 0xFFFF_FFFFL;
        return (x | x << 16) & 0x0000_FFFF_0000_FFFFL;
    }

    // Interleaving the low halves of two quadwords (PUNPCKL on MMX; on XMM the low lane takes low halves, the high lane
    // high halves).

    public static long punpcklbw(long a, long b) {
        return spreadBytes(a) | spreadBytes(b) << 8;
    }

    public static long punpcklwd(long a, long b) {
        return spreadWords(a) | spreadWords(b) << 16;
    }

    public static long punpckldq(long a, long b) {
        return a & 0xFFFF_FFFFL | b << 32;
    }

    public static long punpckhbw(long a, long b) {
        return punpcklbw(a >>> 32, b >>> 32);
    }

    public static long punpckhwd(long a, long b) {
        return punpcklwd(a >>> 32, b >>> 32);
    }

    public static long punpckhdq(long a, long b) {
        return a >>> 32 | b & 0xFFFF_FFFF_0000_0000L;
    }

    // PMOVSX/PMOVZX: one half of the result from the bits it needs, in the low end of the argument.

    private static long pmovsxbw(long a) {
        long result = 0;
        for (int i = 0; i < 4; i++) {
            result |= ((byte) (a >>> (i << 3)) & 0xFFFFL) << (i << 4);
        }
        return result;
    }

    private static long pmovsxbd(long a) {
        return (byte) a & 0xFFFF_FFFFL | (long) (byte) (a >>> 8) << 32;
    }

    private static long pmovsxbq(long a) {
        return (byte) a;
    }

    private static long pmovsxwd(long a) {
        return (short) a & 0xFFFF_FFFFL | (long) (short) (a >>> 16) << 32;
    }

    private static long pmovsxwq(long a) {
        return (short) a;
    }

    private static long pmovsxdq(long a) {
        return (int) a;
    }

    private static long pmovzxbw(long a) {
        return spreadBytes(a);
    }

    private static long pmovzxbd(long a) {
        return a & 0xFF | (a & 0xFF00) << 24;
    }

    private static long pmovzxbq(long a) {
        return a & 0xFF;
    }

    private static long pmovzxwd(long a) {
        return spreadWords(a);
    }

    private static long pmovzxwq(long a) {
        return a & 0xFFFF;
    }

    private static long pmovzxdq(long a) {
        return a & 0xFFFF_FFFFL;
    }

    // The same on XMM registers, by halves: (aLow, aHigh, bLow, bHigh).

    public static long packsswbLow(long aLow, long aHigh, long bLow, long bHigh) {
        return packsswb(aLow, aHigh);
    }

    public static long packsswbHigh(long aLow, long aHigh, long bLow, long bHigh) {
        return packsswb(bLow, bHigh);
    }

    public static long packuswbLow(long aLow, long aHigh, long bLow, long bHigh) {
        return packuswb(aLow, aHigh);
    }

    public static long packuswbHigh(long aLow, long aHigh, long bLow, long bHigh) {
        return packuswb(bLow, bHigh);
    }

    public static long packssdwLow(long aLow, long aHigh, long bLow, long bHigh) {
        return packssdw(aLow, aHigh);
    }

    public static long packssdwHigh(long aLow, long aHigh, long bLow, long bHigh) {
        return packssdw(bLow, bHigh);
    }

    public static long packusdwLow(long aLow, long aHigh, long bLow, long bHigh) {
        return packusdw(aLow, aHigh);
    }

    public static long packusdwHigh(long aLow, long aHigh, long bLow, long bHigh) {
        return packusdw(bLow, bHigh);
    }

    public static long punpcklbwLow(long aLow, long aHigh, long bLow, long bHigh) {
        return punpcklbw(aLow, bLow);
    }

    public static long punpcklbwHigh(long aLow, long aHigh, long bLow, long bHigh) {
        return punpckhbw(aLow, bLow);
    }

    public static long punpcklwdLow(long aLow, long aHigh, long bLow, long bHigh) {
        return punpcklwd(aLow, bLow);
    }

    public static long punpcklwdHigh(long aLow, long aHigh, long bLow, long bHigh) {
        return punpckhwd(aLow, bLow);
    }

    public static long punpckldqLow(long aLow, long aHigh, long bLow, long bHigh) {
        return punpckldq(aLow, bLow);
    }

    public static long punpckldqHigh(long aLow, long aHigh, long bLow, long bHigh) {
        return punpckhdq(aLow, bLow);
    }

    public static long punpckhbwLow(long aLow, long aHigh, long bLow, long bHigh) {
        return punpcklbw(aHigh, bHigh);
    }

    public static long punpckhbwHigh(long aLow, long aHigh, long bLow, long bHigh) {
        return punpckhbw(aHigh, bHigh);
    }

    public static long punpckhwdLow(long aLow, long aHigh, long bLow, long bHigh) {
        return punpcklwd(aHigh, bHigh);
    }

    public static long punpckhwdHigh(long aLow, long aHigh, long bLow, long bHigh) {
        return punpckhwd(aHigh, bHigh);
    }

    public static long punpckhdqLow(long aLow, long aHigh, long bLow, long bHigh) {
        return punpckldq(aHigh, bHigh);
    }

    public static long punpckhdqHigh(long aLow, long aHigh, long bLow, long bHigh) {
        return punpckhdq(aHigh, bHigh);
    }

    public static long punpcklqdqLow(long aLow, long aHigh, long bLow, long bHigh) {
        return aLow;
    }

    public static long punpcklqdqHigh(long aLow, long aHigh, long bLow, long bHigh) {
        return bLow;
    }

    public static long punpckhqdqLow(long aLow, long aHigh, long bLow, long bHigh) {
        return aHigh;
    }

    public static long punpckhqdqHigh(long aLow, long aHigh, long bLow, long bHigh) {
        return bHigh;
    }

    // PMOVSX, PMOVZX: the source's low bytes, a half of the result from each part of them.

    public static long pmovsxbwLow(long a) {
        return pmovsxbw(a);
    }

    public static long pmovsxbwHigh(long a) {
        return pmovsxbw(a >>> 32);
    }

    public static long pmovzxbwLow(long a) {
        return pmovzxbw(a);
    }

    public static long pmovzxbwHigh(long a) {
        return pmovzxbw(a >>> 32);
    }

    public static long pmovsxbdLow(long a) {
        return pmovsxbd(a);
    }

    public static long pmovsxbdHigh(long a) {
        return pmovsxbd(a >>> 16);
    }

    public static long pmovzxbdLow(long a) {
        return pmovzxbd(a);
    }

    public static long pmovzxbdHigh(long a) {
        return pmovzxbd(a >>> 16);
    }

    public static long pmovsxbqLow(long a) {
        return pmovsxbq(a);
    }

    public static long pmovsxbqHigh(long a) {
        return pmovsxbq(a >>> 8);
    }

    public static long pmovzxbqLow(long a) {
        return pmovzxbq(a);
    }

    public static long pmovzxbqHigh(long a) {
        return pmovzxbq(a >>> 8);
    }

    public static long pmovsxwdLow(long a) {
        return pmovsxwd(a);
    }

    public static long pmovsxwdHigh(long a) {
        return pmovsxwd(a >>> 32);
    }

    public static long pmovzxwdLow(long a) {
        return pmovzxwd(a);
    }

    public static long pmovzxwdHigh(long a) {
        return pmovzxwd(a >>> 32);
    }

    public static long pmovsxwqLow(long a) {
        return pmovsxwq(a);
    }

    public static long pmovsxwqHigh(long a) {
        return pmovsxwq(a >>> 16);
    }

    public static long pmovzxwqLow(long a) {
        return pmovzxwq(a);
    }

    public static long pmovzxwqHigh(long a) {
        return pmovzxwq(a >>> 16);
    }

    public static long pmovsxdqLow(long a) {
        return pmovsxdq(a);
    }

    public static long pmovsxdqHigh(long a) {
        return pmovsxdq(a >>> 32);
    }

    public static long pmovzxdqLow(long a) {
        return pmovzxdq(a);
    }

    public static long pmovzxdqHigh(long a) {
        return pmovzxdq(a >>> 32);
    }
}
