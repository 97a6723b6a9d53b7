package org.terrarium.x86.sem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MulDivTest {
    private static final BigInteger TWO64 = BigInteger.ONE.shiftLeft(64);

    private static BigInteger unsigned(long value) {
        return BigInteger.valueOf(value).mod(TWO64);
    }

    private static long operand(Random random) {
        // many values of few bits, and the corners
        return switch (random.nextInt(6)) {
            case 0 -> random.nextInt(4) - 2;
            case 1 -> random.nextLong() >>> random.nextInt(64);
            case 2 -> -(random.nextLong() >>> random.nextInt(64));
            case 3 -> Long.MIN_VALUE >>> random.nextInt(3);
            default -> random.nextLong();
        };
    }

    @Test
    void divisionsOf128Bits() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int fitting = 0;
        for (int n = 0; n < 200_000; n++) {
            long high = operand(random);
            long low = operand(random);
            long divisor = operand(random);
            String what = "seed " + seed + ": " + Long.toHexString(high) + ":" + Long.toHexString(low) + " / "
                    + Long.toHexString(divisor);
            if (divisor == 0) {
                assertFalse(MulDiv.divides64(high, divisor), what);
                assertFalse(MulDiv.dividesSigned64(high, low, divisor), what);
                continue;
            }
            BigInteger[] whole = unsigned(high).shiftLeft(64).add(unsigned(low)).divideAndRemainder(unsigned(divisor));
            assertEquals(whole[0].compareTo(TWO64) < 0, MulDiv.divides64(high, divisor), what);
            if (MulDiv.divides64(high, divisor)) {
                fitting++;
                long quotient = MulDiv.divide64(high, low, divisor);
                assertEquals(whole[0].longValue(), quotient, what);
                assertEquals(whole[1].longValue(), MulDiv.remainder64(low, divisor, quotient), what);
            }
            BigInteger[] signed = BigInteger.valueOf(high)
                    .shiftLeft(64)
                    .add(unsigned(low))
                    .divideAndRemainder(BigInteger.valueOf(divisor));
            boolean fits = signed[0].bitLength() < 64;
            assertEquals(fits, MulDiv.dividesSigned64(high, low, divisor), what);
            if (fits) {
                long quotient = MulDiv.divideSigned64(high, low, divisor);
                assertEquals(signed[0].longValue(), quotient, what);
                assertEquals(signed[1].longValue(), MulDiv.remainder64(low, divisor, quotient), what);
            }
        }
        assertEquals(true, fitting > 10_000, "seed " + seed + ": only " + fitting + " quotients fitted");
    }

    @Test
    void productsThatDoNotFitSetTheCarry() {
        assertEquals(0, MulDiv.imulCarries16(0xFFFF, 2, MulDiv.imul16(0xFFFF, 2)));
        assertEquals(Long.MIN_VALUE, MulDiv.imulCarries16(0x4000, 2, MulDiv.imul16(0x4000, 2)));
        assertEquals(0, MulDiv.imulCarries32(-3, 5, MulDiv.imul32(-3, 5)));
        assertEquals(Long.MIN_VALUE, MulDiv.imulCarries32(1 << 30, 2, MulDiv.imul32(1 << 30, 2)));
        assertEquals(0, MulDiv.imulCarries64(-1L << 62, 2, MulDiv.imul64(-1L << 62, 2)));
        assertEquals(Long.MIN_VALUE, MulDiv.imulCarries64(1L << 62, 2, MulDiv.imul64(1L << 62, 2)));
    }
}
