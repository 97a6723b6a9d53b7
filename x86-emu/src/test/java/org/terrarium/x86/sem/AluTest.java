package org.terrarium.x86.sem;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.terrarium.x86.Cpu;

/** Against definitions from the manual, all operands for 8 bits and samples for the other sizes. */
class AluTest {
    private static final BigInteger TWO = BigInteger.TWO;

    /** The flags of a result {@code exact} (as if without limits) of operands {@code a} and {@code b}. */
    private static int expected(
            int bits, BigInteger exact, BigInteger signedExact, long a, long b, boolean subtract, int carry) {
        BigInteger modulus = TWO.pow(bits);
        BigInteger result = exact.mod(modulus);
        int flags = exact.signum() < 0 || exact.compareTo(modulus) >= 0 ? Cpu.CF : 0;
        flags |= result.signum() == 0 ? Cpu.ZF : 0;
        flags |= result.testBit(bits - 1) ? Cpu.SF : 0;
        flags |= (Integer.bitCount(result.intValue() & 0xFF) & 1) == 0 ? Cpu.PF : 0;
        BigInteger half = modulus.shiftRight(1);
        flags |= signedExact.compareTo(half) >= 0 || signedExact.compareTo(half.negate()) < 0 ? Cpu.OF : 0;
        int low = subtract ? (int) (a & 15) - (int) (b & 15) - carry : (int) (a & 15) + (int) (b & 15) + carry;
        return flags | (low < 0 || low > 15 ? Cpu.AF : 0);
    }

    private static BigInteger unsigned(long value, int bits) {
        return BigInteger.valueOf(value).mod(TWO.pow(bits));
    }

    private static BigInteger signed(long value, int bits) {
        return BigInteger.valueOf(value << 64 - bits >> 64 - bits);
    }

    private static int actual(int bits, long result, long carries) {
        return Flags.status(result << 64 - bits >> 64 - bits, carries);
    }

    private static void check(int bits, long a, long b, int carry) {
        BigInteger c = BigInteger.valueOf(carry);
        BigInteger sum = unsigned(a, bits).add(unsigned(b, bits)).add(c);
        BigInteger difference = unsigned(a, bits).subtract(unsigned(b, bits)).subtract(c);
        BigInteger signedSum = signed(a, bits).add(signed(b, bits)).add(c);
        BigInteger signedDifference = signed(a, bits).subtract(signed(b, bits)).subtract(c);
        long add;
        long sub;
        long addCarries;
        long subCarries;
        switch (bits) {
            case 8 -> {
                add = Alu.adc8((int) a, (int) b, carry);
                sub = Alu.sbb8((int) a, (int) b, carry);
                addCarries = Alu.addCarries8((int) a, (int) b, (int) add);
                subCarries = Alu.subCarries8((int) a, (int) b, (int) sub);
            }
            case 16 -> {
                add = Alu.adc16((int) a, (int) b, carry);
                sub = Alu.sbb16((int) a, (int) b, carry);
                addCarries = Alu.addCarries16((int) a, (int) b, (int) add);
                subCarries = Alu.subCarries16((int) a, (int) b, (int) sub);
            }
            case 32 -> {
                add = Alu.adc32((int) a, (int) b, carry);
                sub = Alu.sbb32((int) a, (int) b, carry);
                addCarries = Alu.addCarries32((int) a, (int) b, (int) add);
                subCarries = Alu.subCarries32((int) a, (int) b, (int) sub);
            }
            default -> {
                add = Alu.adc64(a, b, carry);
                sub = Alu.sbb64(a, b, carry);
                addCarries = Alu.addCarries64(a, b, add);
                subCarries = Alu.subCarries64(a, b, sub);
            }
        }
        String what = bits + " bits: " + Long.toHexString(a) + ", " + Long.toHexString(b) + ", carry " + carry;
        assertEquals(unsigned(sum.longValue(), bits), unsigned(add, bits), what);
        assertEquals(unsigned(difference.longValue(), bits), unsigned(sub, bits), what);
        assertEquals(expected(bits, sum, signedSum, a, b, false, carry), actual(bits, add, addCarries), "add " + what);
        assertEquals(
                expected(bits, difference, signedDifference, a, b, true, carry),
                actual(bits, sub, subCarries),
                "sub " + what);
    }

    @Test
    void additionAndSubtractionOfAllBytes() {
        for (int a = 0; a < 256; a++) {
            for (int b = 0; b < 256; b++) {
                check(8, a, b, 0);
                check(8, a, b, 1);
            }
        }
    }

    @Test
    void additionAndSubtractionOfWiderValues() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        long[] edges = {
            0, 1, 0xF, 0x10, 0x7F, 0x80, 0x7FFF, 0x8000, 0x7FFF_FFFFL, 0x8000_0000L, Long.MAX_VALUE, Long.MIN_VALUE, -1
        };
        for (int n = 0; n < 20_000; n++) {
            long a = n < 1000 ? edges[random.nextInt(edges.length)] : random.nextLong();
            long b = n < 1000 ? edges[random.nextInt(edges.length)] : random.nextLong();
            int carry = n & 1;
            check(16, a & 0xFFFF, b & 0xFFFF, carry);
            check(32, a, b, carry);
            check(64, a, b, carry);
        }
    }

    @Test
    void incrementAndDecrementKeepTheCarry() {
        for (int a = 0; a < 256; a++) {
            for (long old : new long[] {0, Long.MIN_VALUE, -1L << 62, 1L << 62}) {
                int carry = old < 0 ? Cpu.CF : 0;
                int plus = Alu.inc8(a);
                int minus = Alu.dec8(a);
                int added = Flags.status((byte) Alu.add8(a, 1), Alu.addCarries8(a, 1, plus));
                int subtracted = Flags.status((byte) Alu.sub8(a, 1), Alu.subCarries8(a, 1, minus));
                assertEquals(added & ~Cpu.CF | carry, Flags.status((byte) plus, Alu.incCarries8(a, plus, old)));
                assertEquals(subtracted & ~Cpu.CF | carry, Flags.status((byte) minus, Alu.decCarries8(a, minus, old)));
            }
            int negated = Alu.neg8(a);
            assertEquals(
                    Flags.status((byte) Alu.sub8(0, a), Alu.subCarries8(0, a, negated)),
                    Flags.status((byte) negated, Alu.negCarries8(a, negated)));
        }
    }
}
