package org.terrarium.x86.sem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.terrarium.x86.Fpu;

/** The short way for 80-bit numbers against the long one, which is compared with the host's processor elsewhere. */
class ExtendedTest {
    private static final int CASES = 1_000_000;

    private final Fpu f = new Fpu();

    @Test
    void theShortWayGivesWhatTheLongOneDoes() {
        long seed = System.nanoTime();
        Random r = new Random(seed);
        int taken = 0;
        for (int n = 0; n < CASES; n++) {
            long a = significand(r);
            long b = r.nextInt(4) == 0 ? a + r.nextInt(3) - 1 | Long.MIN_VALUE : significand(r);
            int seA = number(r, 0);
            int seB = number(r, seA);
            String message = String.format("seed %d case %d: %04x %x, %04x %x", seed, n, seA, a, seB, b);
            taken += compare(message + " added", seA, a, seB, b, true)
                    + compare(message + " multiplied", seA, a, seB, b, false);
        }
        assertTrue(taken > CASES, "the short way is taken mostly, but was only " + taken + " times");
    }

    private int compare(String message, int seA, long a, int seB, long b, boolean add) {
        long m = add ? Extended.add(f, seA, a, seB, b) : Extended.multiply(f, seA, a, seB, b);
        if (m == 0) {
            return 0;
        }
        SoftFloat s = f.soft;
        int se = s.signExponent;
        int flags = s.flags;
        boolean up = s.roundedUp;
        int expA = SoftFloat80.exponent(seA, a);
        int expB = SoftFloat80.exponent(seB, b);
        if (add) {
            s.add(seA >> 15, expA, a, seB >> 15, expB, b);
        } else {
            s.multiply(seA >> 15, expA, a, seB >> 15, expB, b);
        }
        assertEquals(SoftFloat80.finish(f, 64, 0), m, message + ": significand");
        assertEquals(s.signExponent, se, message + ": sign and exponent");
        assertEquals(s.flags, flags, message + ": exceptions");
        assertEquals(s.roundedUp, up, message + ": rounded up");
        return 1;
    }

    /** Normal: some with few bits, some with long runs of ones and zeros. */
    private static long significand(Random r) {
        long any = switch (r.nextInt(4)) {
            case 0 -> r.nextLong();
            case 1 -> r.nextLong() << r.nextInt(64);
            case 2 -> -1L << r.nextInt(64) ^ (r.nextBoolean() ? r.nextInt(4) : 0);
            default -> (long) r.nextInt() << 32 | r.nextInt(4);
        };
        return any | Long.MIN_VALUE;
    }

    /** Sign and exponent: near another's, or near the ends of the range. */
    private static int number(Random r, int near) {
        int sign = r.nextInt(2) << 15;
        int e = switch (r.nextInt(5)) {
            case 0 -> 1 + r.nextInt(0x7FFE);
            case 1 -> r.nextBoolean() ? 1 + r.nextInt(70) : 0x7FFE - r.nextInt(70);
            default -> (near == 0 ? SoftFloat80.BIAS : near & 0x7FFF) + r.nextInt(140) - 70;
        };
        return sign | Math.clamp(e, 1, 0x7FFE);
    }
}
