package org.terrarium.x86.sem;

/**
 * Arithmetic and logic (SDM volume 1, 7.3). Values of 8 and 16 bits are ints, zero-extended, in and out. A {@code ...Carries}
 * method takes the operands and the result and returns what {@code Cpu.flagCarry} records: bit 63 CF, bit 62 the carry into
 * the top bit, bit 3 AF, bits 0 and 1 clear.
 */
public final class Alu {
    private Alu() {}

    public static int add8(int a, int b) {
        return a + b & 0xFF;
    }

    public static int adc8(int a, int b, int carry) {
        return a + b + carry & 0xFF;
    }

    public static int sub8(int a, int b) {
        return a - b & 0xFF;
    }

    public static int sbb8(int a, int b, int carry) {
        return a - b - carry & 0xFF;
    }

    public static int and8(int a, int b) {
        return a & b;
    }

    public static int or8(int a, int b) {
        return a | b;
    }

    public static int xor8(int a, int b) {
        return a ^ b;
    }

    public static int not8(int a) {
        return ~a & 0xFF;
    }

    public static int neg8(int a) {
        return -a & 0xFF;
    }

    public static int inc8(int a) {
        return a + 1 & 0xFF;
    }

    public static int dec8(int a) {
        return a - 1 & 0xFF;
    }

    public static long addCarries8(int a, int b, int result) {
        int carries = a & b | (a | b) & ~result;
        return (long) carries << 56 | carries & 8;
    }

    public static long subCarries8(int a, int b, int result) {
        int borrows = ~a & b | (~a | b) & result;
        return (long) borrows << 56 | borrows & 8;
    }

    public static long negCarries8(int a, int result) {
        int borrows = a | result;
        return (long) borrows << 56 | borrows & 8;
    }

    public static long incCarries8(int a, int result, long old) {
        return keepCarry(old, (long) (~a & result) << 56, a ^ result);
    }

    public static long decCarries8(int a, int result, long old) {
        return keepCarry(old, (long) (a & ~result) << 56, a ^ result);
    }

    public static int add16(int a, int b) {
        return a + b & 0xFFFF;
    }

    public static int adc16(int a, int b, int carry) {
        return a + b + carry & 0xFFFF;
    }

    public static int sub16(int a, int b) {
        return a - b & 0xFFFF;
    }

    public static int sbb16(int a, int b, int carry) {
        return a - b - carry & 0xFFFF;
    }

    public static int and16(int a, int b) {
        return a & b;
    }

    public static int or16(int a, int b) {
        return a | b;
    }

    public static int xor16(int a, int b) {
        return a ^ b;
    }

    public static int not16(int a) {
        return ~a & 0xFFFF;
    }

    public static int neg16(int a) {
        return -a & 0xFFFF;
    }

    public static int inc16(int a) {
        return a + 1 & 0xFFFF;
    }

    public static int dec16(int a) {
        return a - 1 & 0xFFFF;
    }

    public static long addCarries16(int a, int b, int result) {
        int carries = a & b | (a | b) & ~result;
        return (long) carries << 48 | carries & 8;
    }

    public static long subCarries16(int a, int b, int result) {
        int borrows = ~a & b | (~a | b) & result;
        return (long) borrows << 48 | borrows & 8;
    }

    public static long negCarries16(int a, int result) {
        int borrows = a | result;
        return (long) borrows << 48 | borrows & 8;
    }

    public static long incCarries16(int a, int result, long old) {
        return keepCarry(old, (long) (~a & result) << 48, a ^ result);
    }

    public static long decCarries16(int a, int result, long old) {
        return keepCarry(old, (long) (a & ~result) << 48, a ^ result);
    }

    public static int add32(int a, int b) {
        return a + b;
    }

    public static int adc32(int a, int b, int carry) {
        return a + b + carry;
    }

    public static int sub32(int a, int b) {
        return a - b;
    }

    public static int sbb32(int a, int b, int carry) {
        return a - b - carry;
    }

    public static int and32(int a, int b) {
        return a & b;
    }

    public static int or32(int a, int b) {
        return a | b;
    }

    public static int xor32(int a, int b) {
        return a ^ b;
    }

    public static int not32(int a) {
        return ~a;
    }

    public static int neg32(int a) {
        return -a;
    }

    public static int inc32(int a) {
        return a + 1;
    }

    public static int dec32(int a) {
        return a - 1;
    }

    public static long addCarries32(int a, int b, int result) {
        int carries = a & b | (a | b) & ~result;
        return (long) carries << 32 | carries & 8;
    }

    public static long subCarries32(int a, int b, int result) {
        int borrows = ~a & b | (~a | b) & result;
        return (long) borrows << 32 | borrows & 8;
    }

    public static long negCarries32(int a, int result) {
        int borrows = a | result;
        return (long) borrows << 32 | borrows & 8;
    }

    public static long incCarries32(int a, int result, long old) {
        return keepCarry(old, (long) (~a & result) << 32, a ^ result);
    }

    public static long decCarries32(int a, int result, long old) {
        return keepCarry(old, (long) (a & ~result) << 32, a ^ result);
    }

    public static long add64(long a, long b) {
        return a + b;
    }

    public static long adc64(long a, long b, int carry) {
        return a + b + carry;
    }

    public static long sub64(long a, long b) {
        return a - b;
    }

    public static long sbb64(long a, long b, int carry) {
        return a - b - carry;
    }

    public static long and64(long a, long b) {
        return a & b;
    }

    public static long or64(long a, long b) {
        return a | b;
    }

    public static long xor64(long a, long b) {
        return a ^ b;
    }

    public static long not64(long a) {
        return ~a;
    }

    public static long neg64(long a) {
        return -a;
    }

    public static long inc64(long a) {
        return a + 1;
    }

    public static long dec64(long a) {
        return a - 1;
    }

    public static long addCarries64(long a, long b, long result) {
        return (a & b | (a | b) & ~result) & ~7L;
    }

    public static long subCarries64(long a, long b, long result) {
        return (~a & b | (~a | b) & result) & ~7L;
    }

    public static long negCarries64(long a, long result) {
        return (a | result) & ~7L;
    }

    public static long incCarries64(long a, long result, long old) {
        return keepCarry(old, ~a & result, (int) (a ^ result));
    }

    public static long decCarries64(long a, long result, long old) {
        return keepCarry(old, a & ~result, (int) (a ^ result));
    }

    /** CF stays as in {@code old}; OF is bit 63 of {@code overflow}; AF is bit 4 of the bits that changed. */
    private static long keepCarry(long old, long overflow, int changed) {
        long carry = old & Long.MIN_VALUE;
        return carry | (carry ^ overflow & Long.MIN_VALUE) >>> 1 | (changed & 16) >>> 1;
    }
}
