package org.terrarium.x86.sem;

/**
 * A number as the unevaluated sum of two doubles, good for about 106 bits: what the transcendental functions are computed with.
 * Mutable, so that a fixed set of them does without allocation. Products are split by Dekker's method rather than by fused
 * multiply-add, which some hosts only emulate. Values must stay within about 2^-400..2^400.
 */
final class DoubleDouble {
    /** 2^27 + 1: splits a 53-bit significand into two halves of 26 bits. */
    private static final double SPLITTER = 134217729.0;

    double hi;
    double lo;

    void set(double high, double low) {
        hi = high;
        lo = low;
    }

    void set(DoubleDouble other) {
        hi = other.hi;
        lo = other.lo;
    }

    /** Takes a 64-bit significand with its top bit set as a number in [1, 2), exactly. */
    void setSignificand(long m) {
        hi = (m >>> 32) * 0x1p-31;
        lo = (m & 0xFFFF_FFFFL) * 0x1p-63;
        normalize(hi, lo);
    }

    /** The sum of two doubles of which the first is not the smaller. */
    private void normalize(double high, double low) {
        hi = high + low;
        lo = low - (hi - high);
    }

    void negate() {
        hi = -hi;
        lo = -lo;
    }

    /** Multiplies by a power of two. */
    void scale(double power) {
        hi *= power;
        lo *= power;
    }

    void add(double high, double low) {
        double sum = hi + high;
        double part = sum - hi;
        double error = (hi - (sum - part)) + (high - part);
        double lowSum = lo + low;
        double lowPart = lowSum - lo;
        double lowError = (lo - (lowSum - lowPart)) + (low - lowPart);
        normalize(sum, error + lowSum);
        normalize(hi, lo + lowError);
    }

    void add(DoubleDouble other) {
        add(other.hi, other.lo);
    }

    private static double productError(double a, double b, double product) {
        double aBig = SPLITTER * a;
        double aHigh = aBig - (aBig - a);
        double aLow = a - aHigh;
        double bBig = SPLITTER * b;
        double bHigh = bBig - (bBig - b);
        double bLow = b - bHigh;
        return ((aHigh * bHigh - product) + aHigh * bLow + aLow * bHigh) + aLow * bLow;
    }

    void multiply(double high, double low) {
        double product = hi * high;
        double error = productError(hi, high, product);
        normalize(product, error + (hi * low + lo * high));
    }

    void multiply(DoubleDouble other) {
        multiply(other.hi, other.lo);
    }

    /** Divides: three quotient digits of 53 bits, each taken off the dividend exactly enough. */
    void divide(double high, double low) {
        double first = hi / high;
        subtractProduct(first, high, low);
        double second = hi / high;
        subtractProduct(second, high, low);
        double third = hi / high;
        normalize(first, second);
        add(third, 0);
    }

    void divide(DoubleDouble other) {
        divide(other.hi, other.lo);
    }

    private void subtractProduct(double factor, double high, double low) {
        double product = factor * high;
        double error = productError(factor, high, product);
        double lowProduct = factor * low;
        add(-product, -error);
        add(-lowProduct, -productError(factor, low, lowProduct));
    }

    /** c0 + x (c1 + x (c2 + ...)) with x this number: coefficients are pairs of doubles. */
    void polynomial(double[] coefficients, DoubleDouble result) {
        int n = coefficients.length - 2;
        result.set(coefficients[n], coefficients[n + 1]);
        for (n -= 2; n >= 0; n -= 2) {
            result.multiply(hi, lo);
            result.add(coefficients[n], coefficients[n + 1]);
        }
    }
}
