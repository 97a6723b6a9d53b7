package org.terrarium.x86.sem;

import org.terrarium.x86.Fpu;

/** SSE conversions between integers, singles and doubles, and ROUNDxx. Exceptions into {@link Fpu#raised}. */
public final class SseConvert {
    private SseConvert() {}

    public static long cvtss2sd(int a, Fpu f) {
        return SseSingle.normal(a) ? Double.doubleToRawLongBits(Float.intBitsToFloat(a)) : SseSoft.toDouble(a, f);
    }

    public static int cvtsd2ss(long a, Fpu f) {
        if (SseDouble.normal(a) && (f.mxcsr & SseDouble.FAST_BITS) == SseDouble.FAST) {
            int z = Float.floatToRawIntBits((float) Double.longBitsToDouble(a));
            if (SseSingle.safe(z)) {
                return z;
            }
        }
        return SseSoft.toSingle(a, f);
    }

    public static long cvtps2pdLow(long a, Fpu f) {
        return cvtss2sd((int) a, f);
    }

    public static long cvtps2pdHigh(long a, Fpu f) {
        return cvtss2sd((int) (a >>> 32), f);
    }

    public static long cvtpd2psLow(long low, long high, Fpu f) {
        int first = cvtsd2ss(low, f);
        return SseSingle.lane(first, cvtsd2ss(high, f));
    }

    public static long cvtpd2psHigh(long low, long high) {
        return 0;
    }

    // Integers to floating point.

    public static long cvtsi2sd32(int a) {
        return Double.doubleToRawLongBits(a);
    }

    public static long cvtsi2sd64(long a, Fpu f) {
        double z = a;
        if ((f.mxcsr & SseDouble.PLAIN_BITS) == SseDouble.PRECISION_MASK) {
            // 2^63 stands for itself here: as a long it would come back as Long.MAX_VALUE.
            if (z == 0x1p63 || (long) z != a) {
                f.raised |= SoftFloat.PRECISION;
            }
            return Double.doubleToRawLongBits(z);
        }
        return a == 0 ? 0 : fromInteger(a, false, f);
    }

    public static int cvtsi2ss32(int a, Fpu f) {
        float z = a;
        if ((f.mxcsr & SseDouble.PLAIN_BITS) == SseDouble.PRECISION_MASK) {
            if ((double) z != (double) a) {
                f.raised |= SoftFloat.PRECISION;
            }
            return Float.floatToRawIntBits(z);
        }
        return cvtsi2ss64(a, f);
    }

    public static int cvtsi2ss64(long a, Fpu f) {
        return a == 0 ? 0 : SseSoft.narrow(fromInteger(a, true, f));
    }

    private static long fromInteger(long a, boolean single, Fpu f) {
        SoftFloat s = f.soft;
        s.sign = a < 0 ? 1 : 0;
        s.hi = Math.abs(a);
        s.lo = 0;
        s.exp = 63;
        s.normalize();
        return SseSoft.pack(single, f);
    }

    public static long cvtdq2ps(long a, Fpu f) {
        int low = cvtsi2ss32((int) a, f);
        return SseSingle.lane(low, cvtsi2ss32((int) (a >>> 32), f));
    }

    public static long cvtdq2pdLow(long a) {
        return cvtsi2sd32((int) a);
    }

    public static long cvtdq2pdHigh(long a) {
        return cvtsi2sd32((int) (a >>> 32));
    }

    // Floating point to integers. NaNs and what does not fit are invalid and give the integer indefinite.

    private static double rounded(double x, int rc) {
        return switch (rc) {
            case SoftFloat.NEAREST -> Math.rint(x);
            case SoftFloat.DOWN -> Math.floor(x);
            case SoftFloat.UP -> Math.ceil(x);
            default -> x < 0 ? Math.ceil(x) : Math.floor(x);
        };
    }

    /** The value of a double operand: denormals are 0 with DAZ; they raise no exception here. */
    private static double value(long a, Fpu f) {
        boolean zero = SseDouble.denormal(a) && (f.mxcsr & SseDouble.DAZ) != 0;
        return zero ? 0 : Double.longBitsToDouble(a);
    }

    private static double value(int a, Fpu f) {
        boolean zero = SseSingle.denormal(a) && (f.mxcsr & SseDouble.DAZ) != 0;
        return zero ? 0 : Float.intBitsToFloat(a);
    }

    private static int toInt(double x, int rc, Fpu f) {
        double z = rounded(x, rc);
        if (!(z >= -0x1p31 && z < 0x1p31)) {
            f.raised |= SoftFloat.INVALID;
            return Integer.MIN_VALUE;
        }
        if (z != x) {
            f.raised |= SoftFloat.PRECISION;
        }
        return (int) z;
    }

    private static long toLong(double x, int rc, Fpu f) {
        double z = rounded(x, rc);
        if (!(z >= -0x1p63 && z < 0x1p63)) {
            f.raised |= SoftFloat.INVALID;
            return Long.MIN_VALUE;
        }
        if (z != x) {
            f.raised |= SoftFloat.PRECISION;
        }
        return (long) z;
    }

    public static int cvtsd2si32(long a, Fpu f) {
        return toInt(value(a, f), SseSoft.roundingControl(f), f);
    }

    public static long cvtsd2si64(long a, Fpu f) {
        return toLong(value(a, f), SseSoft.roundingControl(f), f);
    }

    public static int cvttsd2si32(long a, Fpu f) {
        return toInt(value(a, f), SoftFloat.TOWARD_ZERO, f);
    }

    public static long cvttsd2si64(long a, Fpu f) {
        return toLong(value(a, f), SoftFloat.TOWARD_ZERO, f);
    }

    public static int cvtss2si32(int a, Fpu f) {
        return toInt(value(a, f), SseSoft.roundingControl(f), f);
    }

    public static long cvtss2si64(int a, Fpu f) {
        return toLong(value(a, f), SseSoft.roundingControl(f), f);
    }

    public static int cvttss2si32(int a, Fpu f) {
        return toInt(value(a, f), SoftFloat.TOWARD_ZERO, f);
    }

    public static long cvttss2si64(int a, Fpu f) {
        return toLong(value(a, f), SoftFloat.TOWARD_ZERO, f);
    }

    public static long cvtps2dq(long a, Fpu f) {
        int low = cvtss2si32((int) a, f);
        return SseSingle.lane(low, cvtss2si32((int) (a >>> 32), f));
    }

    public static long cvttps2dq(long a, Fpu f) {
        int low = cvttss2si32((int) a, f);
        return SseSingle.lane(low, cvttss2si32((int) (a >>> 32), f));
    }

    public static long cvtpd2dqLow(long low, long high, Fpu f) {
        int first = cvtsd2si32(low, f);
        return SseSingle.lane(first, cvtsd2si32(high, f));
    }

    public static long cvtpd2dqHigh(long low, long high) {
        return 0;
    }

    public static long cvttpd2dqLow(long low, long high, Fpu f) {
        int first = cvttsd2si32(low, f);
        return SseSingle.lane(first, cvttsd2si32(high, f));
    }

    public static long cvttpd2dqHigh(long low, long high) {
        return 0;
    }

    // ROUNDxx: imm bit 2 takes the rounding control from MXCSR, else bits 1..0; bit 3 keeps the precision exception
    // away.

    public static long roundsd(long a, int imm, Fpu f) {
        if (SseDouble.nan(a)) {
            if (SseDouble.signalling(a)) {
                f.raised |= SoftFloat.INVALID;
            }
            return a | SseDouble.QUIET;
        }
        long source = SseDouble.denormal(a) && (f.mxcsr & SseDouble.DAZ) != 0 ? a & SseDouble.SIGN : a;
        double x = Double.longBitsToDouble(source);
        double z = rounded(x, (imm & 4) != 0 ? SseSoft.roundingControl(f) : imm & 3);
        if (z != x && (imm & 8) == 0) {
            f.raised |= SoftFloat.PRECISION;
        }
        // The host keeps the sign of zero except where truncation went through floor.
        return Double.doubleToRawLongBits(z) | source & SseDouble.SIGN;
    }

    public static int roundss(int a, int imm, Fpu f) {
        if (SseSingle.nan(a)) {
            return SseSoft.narrow(roundsd(SseSoft.widen(a), imm, f));
        }
        int source = SseSingle.denormal(a) && (f.mxcsr & SseDouble.DAZ) != 0 ? a & SseSingle.SIGN : a;
        return SseSoft.narrow(roundsd(SseSoft.widen(source), imm, f));
    }

    public static long roundps(long a, int imm, Fpu f) {
        int low = roundss((int) a, imm, f);
        return SseSingle.lane(low, roundss((int) (a >>> 32), imm, f));
    }
}
