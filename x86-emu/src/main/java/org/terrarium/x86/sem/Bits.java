package org.terrarium.x86.sem;

/** Bit tests, bit scans, byte swaps, sign extensions, CRC32 (SDM volume 1, 7.3.7). 8 and 16 bits: ints, zero-extended. */
public final class Bits {
    /** The CRC-32C polynomial 11EDC6F41h, bit-reflected, one byte at a time. */
    private static final int[] CRC32C = new int[256];

    static {
        for (int n = 0; n < 256; n++) {
            int crc = n;
            for (int bit = 0; bit < 8; bit++) {
                crc = crc >>> 1 ^ (crc & 1) * 0x82F63B78;
            }
            CRC32C[n] = crc;
        }
    }

    private Bits() {}

    public static int bts16(int a, int bit) {
        return a | 1 << (bit & 15);
    }

    public static int btr16(int a, int bit) {
        return a & ~(1 << (bit & 15));
    }

    public static int btc16(int a, int bit) {
        return a ^ 1 << (bit & 15);
    }

    /** CF becomes the tested bit; nothing else changes. */
    public static long bitCarries16(int a, int bit, long old) {
        return Flags.withCarry(old, (a >>> (bit & 15)) & 1);
    }

    public static int bsf16(int a) {
        return Integer.numberOfTrailingZeros(a);
    }

    public static int bsr16(int a) {
        return 31 - Integer.numberOfLeadingZeros(a);
    }

    public static int popcnt16(int a) {
        return Integer.bitCount(a);
    }

    /** Undefined by the manual; processors clear the word. */
    public static int bswap16(int a) {
        return 0;
    }

    /** Clears every flag but ZF: PF is odd or even as the count is, which bit 0 cancels. */
    public static long popcntCarries16(int a, int result) {
        return Flags.parity(result) ^ 1;
    }

    public static int signFill16(int a) {
        return (short) a >> 15 & 0xFFFF;
    }

    public static int bts32(int a, int bit) {
        return a | 1 << bit;
    }

    public static int btr32(int a, int bit) {
        return a & ~(1 << bit);
    }

    public static int btc32(int a, int bit) {
        return a ^ 1 << bit;
    }

    /** CF becomes the tested bit; nothing else changes. */
    public static long bitCarries32(int a, int bit, long old) {
        return Flags.withCarry(old, a >>> bit & 1);
    }

    public static int bsf32(int a) {
        return Integer.numberOfTrailingZeros(a);
    }

    public static int bsr32(int a) {
        return 31 - Integer.numberOfLeadingZeros(a);
    }

    public static int popcnt32(int a) {
        return Integer.bitCount(a);
    }

    public static int bswap32(int a) {
        return Integer.reverseBytes(a);
    }

    /** Clears every flag but ZF: PF is odd or even as the count is, which bit 0 cancels. */
    public static long popcntCarries32(int a, int result) {
        return Flags.parity(result) ^ 1;
    }

    public static int signFill32(int a) {
        return a >> 31;
    }

    public static long bts64(long a, long bit) {
        return a | 1L << bit;
    }

    public static long btr64(long a, long bit) {
        return a & ~(1L << bit);
    }

    public static long btc64(long a, long bit) {
        return a ^ 1L << bit;
    }

    /** CF becomes the tested bit; nothing else changes. */
    public static long bitCarries64(long a, long bit, long old) {
        return Flags.withCarry(old, (int) (a >>> bit) & 1);
    }

    public static long bsf64(long a) {
        return Long.numberOfTrailingZeros(a);
    }

    public static long bsr64(long a) {
        return 63 - Long.numberOfLeadingZeros(a);
    }

    public static long popcnt64(long a) {
        return Long.bitCount(a);
    }

    public static long bswap64(long a) {
        return Long.reverseBytes(a);
    }

    /** Clears every flag but ZF: PF is odd or even as the count is, which bit 0 cancels. */
    public static long popcntCarries64(long a, long result) {
        return Flags.parity((int) result) ^ 1;
    }

    public static long signFill64(long a) {
        return a >> 63;
    }

    public static int signExtend8To16(int a) {
        return (byte) a & 0xFFFF;
    }

    public static int signExtend8To32(int a) {
        return (byte) a;
    }

    public static long signExtend8To64(int a) {
        return (byte) a;
    }

    public static int signExtend16To16(int a) {
        return a;
    }

    public static int signExtend16To32(int a) {
        return (short) a;
    }

    public static long signExtend16To64(int a) {
        return (short) a;
    }

    public static long signExtend32To64(int a) {
        return a;
    }

    public static int crc32By8(int crc, int value) {
        return crc >>> 8 ^ CRC32C[(crc ^ value) & 0xFF];
    }

    public static int crc32By16(int crc, int value) {
        return crc32By8(crc32By8(crc, value), value >>> 8);
    }

    public static int crc32By32(int crc, int value) {
        return crc32By16(crc32By16(crc, value), value >>> 16);
    }

    public static int crc32By64(int crc, long value) {
        return crc32By32(crc32By32(crc, (int) value), (int) (value >>> 32));
    }
}
