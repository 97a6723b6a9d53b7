package org.terrarium.x86.sem;

/**
 * Shifts and rotates (SDM volume 1, 7.3.6). A count is taken as it comes; the low five bits count (six for 64 bits).
 * The {@code ...Carries} methods are asked only when that is not 0. OF is defined for a count of 1; for more this follows the
 * same formula, as processors do. Values of 8 and 16 bits are ints, zero-extended.
 */
public final class Shift {
    private Shift() {}

    // 8 bits.

    public static int rol8(int a, int count) {
        int n = count & 7;
        return (a << n | a >> 8 - n) & 0xFF;
    }

    public static int ror8(int a, int count) {
        int n = count & 7;
        return (a >> n | a << 8 - n) & 0xFF;
    }

    public static long rolCarries8(int a, int count, int result, long old) {
        int carry = result & 1;
        return carryOverflow(old, carry, carry ^ result >>> 7 & 1);
    }

    public static long rorCarries8(int a, int count, int result, long old) {
        int carry = result >>> 7 & 1;
        return carryOverflow(old, carry, carry ^ result >>> 6 & 1);
    }

    public static int rcl8(int a, int count, int carry) {
        int n = (count & 31) % 9;
        int wide = carry << 8 | a;
        return (wide << n | wide >>> 9 - n) & 0xFF;
    }

    public static int rcr8(int a, int count, int carry) {
        int n = (count & 31) % 9;
        int wide = carry << 8 | a;
        return (wide >>> n | wide << 9 - n) & 0xFF;
    }

    public static long rclCarries8(int a, int count, int result, long old) {
        int n = (count & 31) % 9;
        int carry = n == 0 ? (int) (old >>> 63) : a >>> 8 - n & 1;
        return carryOverflow(old, carry, carry ^ result >>> 7);
    }

    public static long rcrCarries8(int a, int count, int result, long old) {
        int n = (count & 31) % 9;
        int carry = n == 0 ? (int) (old >>> 63) : a >>> n - 1 & 1;
        return carryOverflow(old, carry, (result >>> 7 ^ result >>> 6) & 1);
    }

    public static int shl8(int a, int count) {
        return a << count & 0xFF;
    }

    public static int shr8(int a, int count) {
        return a >>> count;
    }

    public static int sar8(int a, int count) {
        return (byte) a >> count & 0xFF;
    }

    public static long shlCarries8(int a, int count, int result) {
        int carry = a << count >>> 8 & 1;
        return shifted(carry, carry ^ result >>> 7);
    }

    public static long shrCarries8(int a, int count, int result) {
        return shifted(a >>> count - 1 & 1, a >>> 7);
    }

    public static long sarCarries8(int a, int count, int result) {
        return shifted((byte) a >> count - 1 & 1, 0);
    }

    // 16 bits.

    public static int rol16(int a, int count) {
        int n = count & 15;
        return (a << n | a >> 16 - n) & 0xFFFF;
    }

    public static int ror16(int a, int count) {
        int n = count & 15;
        return (a >> n | a << 16 - n) & 0xFFFF;
    }

    public static long rolCarries16(int a, int count, int result, long old) {
        int carry = result & 1;
        return carryOverflow(old, carry, carry ^ result >>> 15 & 1);
    }

    public static long rorCarries16(int a, int count, int result, long old) {
        int carry = result >>> 15 & 1;
        return carryOverflow(old, carry, carry ^ result >>> 14 & 1);
    }

    public static int rcl16(int a, int count, int carry) {
        int n = (count & 31) % 17;
        int wide = carry << 16 | a;
        return (wide << n | wide >>> 17 - n) & 0xFFFF;
    }

    public static int rcr16(int a, int count, int carry) {
        int n = (count & 31) % 17;
        int wide = carry << 16 | a;
        return (wide >>> n | wide << 17 - n) & 0xFFFF;
    }

    public static long rclCarries16(int a, int count, int result, long old) {
        int n = (count & 31) % 17;
        int carry = n == 0 ? (int) (old >>> 63) : a >>> 16 - n & 1;
        return carryOverflow(old, carry, carry ^ result >>> 15);
    }

    public static long rcrCarries16(int a, int count, int result, long old) {
        int n = (count & 31) % 17;
        int carry = n == 0 ? (int) (old >>> 63) : a >>> n - 1 & 1;
        return carryOverflow(old, carry, (result >>> 15 ^ result >>> 14) & 1);
    }

    public static int shl16(int a, int count) {
        return a << count & 0xFFFF;
    }

    public static int shr16(int a, int count) {
        return a >>> count;
    }

    public static int sar16(int a, int count) {
        return (short) a >> count & 0xFFFF;
    }

    public static long shlCarries16(int a, int count, int result) {
        int carry = a << count >>> 16 & 1;
        return shifted(carry, carry ^ result >>> 15);
    }

    public static long shrCarries16(int a, int count, int result) {
        return shifted(a >>> count - 1 & 1, a >>> 15);
    }

    public static long sarCarries16(int a, int count, int result) {
        return shifted((short) a >> count - 1 & 1, 0);
    }

    /** Counts above 16 are undefined; this is what AMD's processors do: the source is shifted in twice, CF is 0. */
    public static int shld16(int a, int b, int count) {
        return (int) (((long) a << 32 | (long) b << 16 | b) << (count & 31) >>> 32) & 0xFFFF;
    }

    public static int shrd16(int a, int b, int count) {
        return (int) (((long) b << 32 | (long) b << 16 | a) >>> (count & 31)) & 0xFFFF;
    }

    public static long shldCarries16(int a, int b, int count, int result) {
        long wide = (long) a << 32 | (long) b << 16 | b;
        int carry = (count & 31) > 16 ? 0 : (int) (wide >>> 48 - (count & 31)) & 1;
        return shifted(carry, (a ^ result) >>> 15);
    }

    public static long shrdCarries16(int a, int b, int count, int result) {
        long wide = (long) b << 32 | (long) b << 16 | a;
        int carry = (count & 31) > 16 ? 0 : (int) (wide >>> (count & 31) - 1) & 1;
        return shifted(carry, (a ^ result) >>> 15);
    }

    // 32 bits.

    public static int rol32(int a, int count) {
        return Integer.rotateLeft(a, count);
    }

    public static int ror32(int a, int count) {
        return Integer.rotateRight(a, count);
    }

    public static long rolCarries32(int a, int count, int result, long old) {
        int carry = result & 1;
        return carryOverflow(old, carry, carry ^ result >>> 31 & 1);
    }

    public static long rorCarries32(int a, int count, int result, long old) {
        int carry = result >>> 31 & 1;
        return carryOverflow(old, carry, carry ^ result >>> 30 & 1);
    }

    public static int rcl32(int a, int count, int carry) {
        int n = count & 31;
        long wide = (long) carry << 32 | a & 0xFFFF_FFFFL;
        return (int) (wide << n | wide >>> 33 - n);
    }

    public static int rcr32(int a, int count, int carry) {
        int n = count & 31;
        long wide = (long) carry << 32 | a & 0xFFFF_FFFFL;
        return (int) (wide >>> n | wide << 33 - n);
    }

    public static long rclCarries32(int a, int count, int result, long old) {
        int carry = a >>> 32 - (count & 31) & 1;
        return carryOverflow(old, carry, carry ^ result >>> 31);
    }

    public static long rcrCarries32(int a, int count, int result, long old) {
        int carry = a >>> (count & 31) - 1 & 1;
        return carryOverflow(old, carry, (result >>> 31 ^ result >>> 30) & 1);
    }

    public static int shl32(int a, int count) {
        return a << count;
    }

    public static int shr32(int a, int count) {
        return a >>> count;
    }

    public static int sar32(int a, int count) {
        return a >> count;
    }

    public static long shlCarries32(int a, int count, int result) {
        int carry = a >>> 32 - (count & 31) & 1;
        return shifted(carry, carry ^ result >>> 31);
    }

    public static long shrCarries32(int a, int count, int result) {
        return shifted(a >>> (count & 31) - 1 & 1, a >>> 31);
    }

    public static long sarCarries32(int a, int count, int result) {
        return shifted(a >> (count & 31) - 1 & 1, 0);
    }

    public static int shld32(int a, int b, int count) {
        int n = count & 31;
        return n == 0 ? a : a << n | b >>> 32 - n;
    }

    public static int shrd32(int a, int b, int count) {
        int n = count & 31;
        return n == 0 ? a : a >>> n | b << 32 - n;
    }

    public static long shldCarries32(int a, int b, int count, int result) {
        return shifted(a >>> 32 - (count & 31) & 1, (a ^ result) >>> 31);
    }

    public static long shrdCarries32(int a, int b, int count, int result) {
        return shifted(a >>> (count & 31) - 1 & 1, (a ^ result) >>> 31);
    }

    // 64 bits.

    public static long rol64(long a, int count) {
        return Long.rotateLeft(a, count);
    }

    public static long ror64(long a, int count) {
        return Long.rotateRight(a, count);
    }

    public static long rolCarries64(long a, int count, long result, long old) {
        int carry = (int) result & 1;
        return carryOverflow(old, carry, carry ^ (int) (result >>> 63));
    }

    public static long rorCarries64(long a, int count, long result, long old) {
        int carry = (int) (result >>> 63);
        return carryOverflow(old, carry, carry ^ (int) (result >>> 62) & 1);
    }

    public static long rcl64(long a, int count, int carry) {
        int n = count & 63;
        if (n == 0) {
            return a;
        }
        // a >>> 65 - n in two steps: for n = 1 nothing may remain
        return a << n | (long) carry << n - 1 | a >>> 64 - n >>> 1;
    }

    public static long rcr64(long a, int count, int carry) {
        int n = count & 63;
        if (n == 0) {
            return a;
        }
        return a >>> n | (long) carry << 64 - n | a << 64 - n << 1;
    }

    public static long rclCarries64(long a, int count, long result, long old) {
        int carry = (int) (a >>> 64 - (count & 63)) & 1;
        return carryOverflow(old, carry, carry ^ (int) (result >>> 63));
    }

    public static long rcrCarries64(long a, int count, long result, long old) {
        int carry = (int) (a >>> (count & 63) - 1) & 1;
        return carryOverflow(old, carry, (int) (result >>> 63 ^ result >>> 62) & 1);
    }

    public static long shl64(long a, int count) {
        return a << count;
    }

    public static long shr64(long a, int count) {
        return a >>> count;
    }

    public static long sar64(long a, int count) {
        return a >> count;
    }

    public static long shlCarries64(long a, int count, long result) {
        int carry = (int) (a >>> 64 - (count & 63)) & 1;
        return shifted(carry, carry ^ (int) (result >>> 63));
    }

    public static long shrCarries64(long a, int count, long result) {
        return shifted((int) (a >>> (count & 63) - 1) & 1, (int) (a >>> 63));
    }

    public static long sarCarries64(long a, int count, long result) {
        return shifted((int) (a >> (count & 63) - 1) & 1, 0);
    }

    public static long shld64(long a, long b, int count) {
        int n = count & 63;
        return n == 0 ? a : a << n | b >>> 64 - n;
    }

    public static long shrd64(long a, long b, int count) {
        int n = count & 63;
        return n == 0 ? a : a >>> n | b << 64 - n;
    }

    public static long shldCarries64(long a, long b, int count, long result) {
        return shifted((int) (a >>> 64 - (count & 63)) & 1, (int) ((a ^ result) >>> 63));
    }

    public static long shrdCarries64(long a, long b, int count, long result) {
        return shifted((int) (a >>> (count & 63) - 1) & 1, (int) ((a ^ result) >>> 63));
    }

    /** CF and OF replaced, the rest of {@code old} kept. */
    private static long carryOverflow(long old, int carry, int overflow) {
        return old & ~(3L << 62) | (long) carry << 63 | (long) (carry ^ overflow) << 62;
    }

    /** CF and OF, AF clear. */
    private static long shifted(int carry, int overflow) {
        return (long) carry << 63 | (long) (carry ^ overflow) << 62;
    }
}
