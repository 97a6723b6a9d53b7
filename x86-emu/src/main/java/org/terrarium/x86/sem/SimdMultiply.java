package org.terrarium.x86.sem;

/** Packed integer multiplication, on one 64-bit lane. */
public final class SimdMultiply {
    private SimdMultiply() {}

    private static int word(long a, int n) {
        return (short) (a >>> (n << 4));
    }

    private static int unsignedWord(long a, int n) {
        return (int) (a >>> (n << 4)) & 0xFFFF;
    }

    private static long words(int w0, int w1, int w2, int w3) {
        return w0 & 0xFFFF | (w1 & 0xFFFFL) << 16 | (w2 & 0xFFFFL) << 32 | (long) w3 << 48;
    }

    private static long doublewords(int low, int high) {
        return low & 0xFFFF_FFFFL | (long) high << 32;
    }

    public static long pmullw(long a, long b) {
        return words(
                word(a, 0) * word(b, 0), word(a, 1) * word(b, 1), word(a, 2) * word(b, 2), word(a, 3) * word(b, 3));
    }

    public static long pmulhw(long a, long b) {
        return words(
                word(a, 0) * word(b, 0) >> 16,
                word(a, 1) * word(b, 1) >> 16,
                word(a, 2) * word(b, 2) >> 16,
                word(a, 3) * word(b, 3) >> 16);
    }

    public static long pmulhuw(long a, long b) {
        return words(
                unsignedWord(a, 0) * unsignedWord(b, 0) >>> 16,
                unsignedWord(a, 1) * unsignedWord(b, 1) >>> 16,
                unsignedWord(a, 2) * unsignedWord(b, 2) >>> 16,
                unsignedWord(a, 3) * unsignedWord(b, 3) >>> 16);
    }

    private static int roundScale(int a, int b) {
        return (a * b >> 14) + 1 >> 1;
    }

    public static long pmulhrsw(long a, long b) {
        return words(
                roundScale(word(a, 0), word(b, 0)),
                roundScale(word(a, 1), word(b, 1)),
                roundScale(word(a, 2), word(b, 2)),
                roundScale(word(a, 3), word(b, 3)));
    }

    public static long pmaddwd(long a, long b) {
        return doublewords(
                word(a, 0) * word(b, 0) + word(a, 1) * word(b, 1), word(a, 2) * word(b, 2) + word(a, 3) * word(b, 3));
    }

    private static int mixedPair(long a, long b, int n) {
        int low = ((int) (a >>> n) & 0xFF) * (byte) (b >>> n);
        int high = ((int) (a >>> n + 8) & 0xFF) * (byte) (b >>> n + 8);
        return Math.clamp((long) low + high, Short.MIN_VALUE, Short.MAX_VALUE);
    }

    public static long pmaddubsw(long a, long b) {
        return words(mixedPair(a, b, 0), mixedPair(a, b, 16), mixedPair(a, b, 32), mixedPair(a, b, 48));
    }

    public static long pmuludq(long a, long b) {
        return (a & 0xFFFF_FFFFL) * (b & 0xFFFF_FFFFL);
    }

    public static long pmuldq(long a, long b) {
        return (long) (int) a * (int) b;
    }

    public static long pmulld(long a, long b) {
        return doublewords((int) a * (int) b, (int) (a >>> 32) * (int) (b >>> 32));
    }

    /** MPSADBW's one half: four sums of absolute differences of sliding windows of {@code a} (11 bytes from its low end). */
    private static long windows(long aLow, long aHigh, int block) {
        long result = 0;
        for (int i = 0; i < 4; i++) {
            int sum = 0;
            for (int k = 0; k < 4; k++) {
                int position = i + k;
                int x = (int) (position < 8 ? aLow >>> (position << 3) : aHigh >>> (position << 3)) & 0xFF;
                sum += Math.abs(x - (block >>> (k << 3) & 0xFF));
            }
            result |= (long) sum << (i << 4);
        }
        return result;
    }

    private static int sourceBlock(long bLow, long bHigh, int imm) {
        long half = (imm & 2) != 0 ? bHigh : bLow;
        return (int) ((imm & 1) != 0 ? half >>> 32 : half);
    }

    public static long mpsadbwLow(long aLow, long aHigh, long bLow, long bHigh, int imm) {
        int block = sourceBlock(bLow, bHigh, imm);
        return (imm & 4) != 0 ? windows(aLow >>> 32 | aHigh << 32, aHigh >>> 32, block) : windows(aLow, aHigh, block);
    }

    public static long mpsadbwHigh(long aLow, long aHigh, long bLow, long bHigh, int imm) {
        int block = sourceBlock(bLow, bHigh, imm);
        return (imm & 4) != 0 ? windows(aHigh, 0, block) : windows(aLow >>> 32 | aHigh << 32, aHigh >>> 32, block);
    }

    /** PHMINPOSUW: the smallest of eight words and its position, in bits 15..0 and 18..16. */
    public static long phminposuwLow(long low, long high) {
        int best = (int) low & 0xFFFF;
        int position = 0;
        for (int i = 1; i < 8; i++) {
            int word = (int) ((i < 4 ? low : high) >>> (i << 4)) & 0xFFFF;
            if (word < best) {
                best = word;
                position = i;
            }
        }
        return best | (long) position << 16;
    }

    public static long phminposuwHigh(long low, long high) {
        return 0;
    }
}
