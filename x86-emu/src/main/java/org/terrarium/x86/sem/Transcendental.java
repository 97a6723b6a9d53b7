package org.terrarium.x86.sem;

import org.terrarium.x86.Fpu;

/**
 * The functions behind the x87's transcendental instructions, on finite non-zero operands, with an error far below what the
 * 64-bit significand shows: {@link #value} times 2^{@link #scale}, computed in double-double arithmetic with about 100 bits. The
 * argument of the circular functions is reduced with the 66-bit pi of Intel's processors (SDM volume 1, 8.3.8).
 */
final class Transcendental {
    private static final double LN2_HI = 0x1.62e42fefa39efp-1;
    private static final double LN2_LO = 0x1.abc9e3b39803fp-56;
    private static final double LOG2E_HI = 0x1.71547652b82fep+0;
    private static final double LOG2E_LO = 0x1.777d0ffda0d24p-56;
    private static final double PI_HI = 0x1.921fb54442d18p+1;
    private static final double PI_LO = 0x1.1a62633145c07p-53;

    /** Arc tangents of 0/8 to 8/8. */
    private static final double[] ATAN_EIGHTHS = {
        0,
        0,
        0x1.fd5ba9aac2f6ep-4,
        -0x1.cd37686760c17p-59,
        0x1.f5b75f92c80ddp-3,
        0x1.8ab6e3cf7afbdp-57,
        0x1.6f61941e4def1p-2,
        -0x1.c63aae6f6e918p-56,
        0x1.dac670561bb4fp-2,
        0x1.a2b7f222f65e2p-56,
        0x1.1e00babdefeb4p-1,
        -0x1.928df287a668fp-58,
        0x1.4978fa3269ee1p-1,
        0x1.2419a87f2a458p-56,
        0x1.700a7c5784634p-1,
        -0x1.8c34d25aadef6p-56,
        0x1.921fb54442d18p-1,
        0x1.1a62633145c07p-55
    };

    /** Half of the 66-bit pi in units of 2^-65: bits 65..64 and 63..0. */
    private static final long HALF_PI_HI = 3;

    private static final long HALF_PI_LO = 0x243F_6A88_85A3_08D3L;

    // Power series, lowest coefficient first.
    private static final double[] EXPM1 = factorials(22, 1, 1, false);
    private static final double[] SINE = factorials(15, 1, 2, true);
    private static final double[] COSINE = factorials(16, 0, 2, true);
    private static final double[] ARTANH = reciprocals(24, false);
    private static final double[] ARCTAN = reciprocals(14, true);

    private static final int NEGLIGIBLE = -200;

    private final DoubleDouble a = new DoubleDouble();
    private final DoubleDouble b = new DoubleDouble();
    private final DoubleDouble square = new DoubleDouble();
    private final DoubleDouble sine = new DoubleDouble();
    private final DoubleDouble cosine = new DoubleDouble();

    /** The function's value, to be multiplied by 2^{@link #scale}. */
    final DoubleDouble value = new DoubleDouble();

    int scale;

    /**
     * On which side of {@link #value} the exact result lies where value looks exact: 1 further from zero, -1 nearer to zero, 0
     * where value is exact.
     */
    private int side;

    /** Quarter turns taken off by {@link #reduce}, modulo 4. */
    private int quadrant;

    /** 1/start!, 1/(start+step)!, ... with alternating signs or not. */
    private static double[] factorials(int terms, int start, int step, boolean alternating) {
        double[] c = new double[2 * terms];
        DoubleDouble term = new DoubleDouble();
        term.set(1, 0);
        int done = start;
        for (int n = 0; n < terms; n++) {
            boolean negative = alternating && (n & 1) != 0;
            c[2 * n] = negative ? -term.hi : term.hi;
            c[2 * n + 1] = negative ? -term.lo : term.lo;
            for (int k = 0; k < step; k++) {
                done++;
                term.divide(done, 0);
            }
        }
        return c;
    }

    /** 1, 1/3, 1/5, ... with alternating signs or not. */
    private static double[] reciprocals(int terms, boolean alternating) {
        double[] c = new double[2 * terms];
        DoubleDouble term = new DoubleDouble();
        for (int n = 0; n < terms; n++) {
            term.set(alternating && (n & 1) != 0 ? -1 : 1, 0);
            term.divide(2 * n + 1, 0);
            c[2 * n] = term.hi;
            c[2 * n + 1] = term.lo;
        }
        return c;
    }

    /** Rounds the result to extended precision; the result's sign is that of value, inverted with {@code negative}. */
    long round(Fpu f, boolean negative, int flags) {
        SoftFloat s = f.soft;
        long bits = Double.doubleToRawLongBits(value.hi);
        int e = (int) (bits >>> 52) & 0x7FF;
        s.sign = (bits < 0) != negative ? 1 : 0;
        s.exp = e - 1023 + scale;
        s.hi = bits << 11 | Long.MIN_VALUE;
        s.lo = 0;
        addLow(s, value.lo, bits < 0, e);
        s.normalize();
        if (s.lo == 0 && side != 0) {
            s.lo = side;
            s.hi -= side < 0 ? 1 : 0;
            s.normalize();
        }
        return SoftFloat80.finish(f, 64, flags);
    }

    /** Adds the low part below the 53 bits of the high one; what is too small to be seen still moves the last bit. */
    private static void addLow(SoftFloat s, double low, boolean highNegative, int highExponent) {
        if (low == 0) {
            return;
        }
        long bits = Double.doubleToRawLongBits(low);
        int e = (int) (bits >>> 52) & 0x7FF;
        long m = e == 0 ? 1 : bits & SseDouble.FRACTION | SseDouble.HIDDEN;
        int shift = 75 - (highExponent - e);
        long high;
        long part;
        if (shift > 0) {
            high = m >>> -shift;
            part = m << shift;
        } else {
            high = 0;
            part = shift > -53 ? m >>> -shift | 1 : 1;
        }
        if (bits < 0 == highNegative) {
            long sum = s.hi + high;
            s.lo = part;
            s.hi = sum;
        } else {
            s.lo = -part;
            s.hi -= high + (part != 0 ? 1 : 0);
        }
    }

    /** Loads |x| as a significand in [1, 2); its exponent is returned. */
    private static int load(DoubleDouble to, int se, long m) {
        to.setSignificand(SoftFloat80.significand(m));
        return SoftFloat80.exponent(se, m);
    }

    private static boolean negative(int se) {
        return (se & 0x8000) != 0;
    }

    /** Multiplies {@link #value} by the number y, exactly in sign and exponent. */
    private void multiplyBy(int se, long m) {
        scale += load(b, se, m);
        if (negative(se)) {
            b.negate();
        }
        value.multiply(b);
    }

    /** Puts the square of number * 2^exponent into {@link #square}, 0 where it cannot matter. */
    private void squared(DoubleDouble number, int exponent) {
        if (2 * exponent < NEGLIGIBLE) {
            square.set(0, 0);
            return;
        }
        square.set(number);
        square.multiply(number);
        square.scale(Math.scalb(1.0, 2 * exponent));
    }

    // 2^x - 1

    /** 2^x - 1 for |x| at most 1. */
    void exp2Minus1(int se, long m) {
        scale = load(a, se, m);
        if (negative(se)) {
            a.negate();
        }
        a.multiply(LN2_HI, LN2_LO);
        side = 0;
        if (scale < -4) {
            // a * (1 + z/2 + z^2/6 + ...) with z = a * 2^scale keeps the relative precision of the smallest operands.
            square.set(a);
            square.scale(scale < NEGLIGIBLE ? 0 : Math.scalb(1.0, scale));
            square.polynomial(EXPM1, value);
            value.multiply(a);
            return;
        }
        a.scale(Math.scalb(1.0, scale - 3));
        scale = 0;
        a.polynomial(EXPM1, value);
        value.multiply(a);
        for (int n = 0; n < 3; n++) {
            // e^2z - 1 = (e^z - 1)^2 + 2 (e^z - 1)
            square.set(value);
            square.multiply(value);
            value.scale(2);
            value.add(square);
        }
    }

    // Logarithms

    /** y * log2(x) for positive x other than a power of two. */
    void logarithm(int seX, long mX, int seY, long mY) {
        int exponent = load(a, seX, mX);
        logarithm(exponent);
        multiplyBy(seY, mY);
    }

    /** log2(a * 2^exponent), a in [1, 2), not both 1 and 0. */
    private void logarithm(int exponent) {
        int e = exponent;
        if (a.hi > 1.4142135623730951) {
            a.scale(0.5);
            e++;
        }
        b.set(a);
        a.add(-1, 0);
        b.add(1, 0);
        a.divide(b);
        squared(a, 0);
        square.polynomial(ARTANH, value);
        value.multiply(a);
        value.scale(2);
        value.multiply(LOG2E_HI, LOG2E_LO);
        value.add(e, 0);
        scale = 0;
        side = 0;
    }

    /** y * log2(1 + x) for x above -1. */
    void logarithmPlus1(int seX, long mX, int seY, long mY) {
        int exponent = load(a, seX, mX);
        if (negative(seX)) {
            a.negate();
        }
        double x = a.hi * Math.scalb(1.0, Math.clamp(exponent, -100, 100));
        if (x < -0.29 || x > 0.4) {
            if (exponent < 120) {
                a.scale(Math.scalb(1.0, exponent));
                a.add(1, 0);
                exponent = Math.getExponent(a.hi);
                a.scale(Math.scalb(1.0, -exponent));
            }
            logarithm(exponent);
        } else {
            // 2 artanh(x / (2 + x)), with the exponent of x set apart
            b.set(2, 0);
            if (exponent > NEGLIGIBLE) {
                double power = Math.scalb(1.0, exponent);
                b.add(a.hi * power, a.lo * power);
            }
            a.divide(b);
            squared(a, exponent);
            square.polynomial(ARTANH, value);
            value.multiply(a);
            value.scale(2);
            value.multiply(LOG2E_HI, LOG2E_LO);
            scale = exponent;
            side = 0;
        }
        multiplyBy(seY, mY);
    }

    // Arc tangent

    /** The angle of the point (x, y), as positive number; the sign is that of y. */
    void arcTangent(int seY, long mY, int seX, long mX) {
        int exponentY = load(a, seY, mY);
        int exponentX = load(b, seX, mX);
        int distance = exponentY - exponentX;
        boolean steep = distance > 0 || distance == 0 && (a.hi > b.hi || a.hi == b.hi && a.lo > b.lo);
        if (steep) {
            value.set(a);
            a.set(b);
            b.set(value);
            distance = -distance;
        }
        a.divide(b);
        arcTangentOfQuotient(distance);
        if (!steep && !negative(seX)) {
            return;
        }
        value.scale(scale < NEGLIGIBLE ? 0 : Math.scalb(1.0, scale));
        scale = 0;
        side = 0;
        if (steep == negative(seX)) {
            // pi/2 + angle (steep, left of the axis); flat and right of it was returned above
            value.add(PI_HI / 2, PI_LO / 2);
        } else {
            value.negate();
            value.add(steep ? PI_HI / 2 : PI_HI, steep ? PI_LO / 2 : PI_LO);
        }
    }

    /** {@link #value} = n * pi/4, n 1..4. */
    void eighthsOfTurn(int n) {
        value.set(PI_HI, PI_LO);
        if (n == 3) {
            value.multiply(3, 0);
        }
        value.scale(n == 4 ? 1 : n == 2 ? 0.5 : 0.25);
        scale = 0;
        side = 0;
    }

    /** The arc tangent of a * 2^exponent, at most 1. */
    private void arcTangentOfQuotient(int exponent) {
        if (exponent < -5) {
            squared(a, exponent);
            square.polynomial(ARCTAN, value);
            value.multiply(a);
            scale = exponent;
            side = -1;
            return;
        }
        a.scale(Math.scalb(1.0, exponent));
        scale = 0;
        side = 0;
        int k = (int) Math.rint(a.hi * 8);
        // atan(q) = atan(c) + atan((q - c) / (1 + q c)) with c = k/8
        b.set(a);
        b.multiply(k * 0.125, 0);
        b.add(1, 0);
        a.add(-k * 0.125, 0);
        a.divide(b);
        squared(a, 0);
        square.polynomial(ARCTAN, value);
        value.multiply(a);
        value.add(ATAN_EIGHTHS[2 * k], ATAN_EIGHTHS[2 * k + 1]);
    }

    // Circular functions. |x| below 2^63.

    void sine(int se, long m) {
        circular(se, m);
        chooseSine();
        if (negative(se)) {
            value.negate();
        }
    }

    void cosine(int se, long m) {
        circular(se, m);
        chooseCosine();
    }

    void tangent(int se, long m) {
        circular(se, m);
        value.set(sine);
        value.divide(cosine);
        side = -side;
        if ((quadrant & 1) != 0) {
            value.set(cosine);
            value.divide(sine);
            value.negate();
        }
        if (negative(se)) {
            value.negate();
        }
    }

    private void chooseSine() {
        value.set((quadrant & 1) == 0 ? sine : cosine);
        if ((quadrant & 2) != 0) {
            value.negate();
        }
    }

    private void chooseCosine() {
        value.set((quadrant & 1) == 0 ? cosine : sine);
        if (quadrant == 1 || quadrant == 2) {
            value.negate();
        }
        scale = 0;
    }

    /** Sine (times 2^-scale) and cosine of |x| reduced to at most pi/4. */
    private void circular(int se, long m) {
        int exponent = load(a, se, m);
        quadrant = 0;
        scale = 0;
        if (exponent < -1) {
            scale = exponent;
        } else {
            reduce(SoftFloat80.significand(m), exponent);
        }
        squared(a, scale);
        side = -1;
        square.polynomial(SINE, sine);
        sine.multiply(a);
        square.polynomial(COSINE, cosine);
    }

    /** a = significand * 2^(exponent-63) - quadrant * pi/2, exactly; exponent -1..62. */
    private void reduce(long significand, int exponent) {
        // In units of 2^-65 the operand is significand << exponent + 2; the significand alone is less than the modulus.
        long restHi = 0;
        long restLo = significand;
        int quotient = 0;
        for (int n = exponent + 2; n > 0; n--) {
            restHi = restHi << 1 | restLo >>> 63;
            restLo <<= 1;
            quotient <<= 1;
            if (restHi > HALF_PI_HI || restHi == HALF_PI_HI && Long.compareUnsigned(restLo, HALF_PI_LO) >= 0) {
                restHi -= HALF_PI_HI + (Long.compareUnsigned(restLo, HALF_PI_LO) < 0 ? 1 : 0);
                restLo -= HALF_PI_LO;
                quotient++;
            }
        }
        // Nearer to the next multiple: the rest is negative. Half of the modulus is at 1.92 * 2^64.
        long twiceHi = restHi << 1 | restLo >>> 63;
        boolean above =
                twiceHi > HALF_PI_HI || twiceHi == HALF_PI_HI && Long.compareUnsigned(restLo << 1, HALF_PI_LO) > 0;
        if (above) {
            restHi = HALF_PI_HI - restHi - (Long.compareUnsigned(HALF_PI_LO, restLo) < 0 ? 1 : 0);
            restLo = HALF_PI_LO - restLo;
            quotient++;
        }
        quadrant = quotient & 3;
        a.set(restHi * 0x1p-1, 0);
        a.add((restLo >>> 32) * 0x1p-33, (restLo & 0xFFFF_FFFFL) * 0x1p-65);
        if (above) {
            a.negate();
        }
    }
}
