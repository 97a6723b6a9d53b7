package org.terrarium.x86.sem;

import org.terrarium.x86.Fpu;

/** SSE comparisons: CMPccPS/PD/SS/SD, COMISx, UCOMISx and the special cases of MINx/MAXx. */
public final class SseCompare {
    static final int EQUAL = 0;
    static final int LESS = 1;
    static final int GREATER = 2;
    static final int UNORDERED = 3;

    private static final long CARRY_IN = 1L << 62;
    private static final long CARRY_OUT = 1L << 63;

    private SseCompare() {}

    /** How a stands to b; NaNs are invalid when signalling, or any with {@code strict}. */
    private static int relation(long a, long b, boolean strict, Fpu f) {
        double x = Double.longBitsToDouble(a);
        double y = Double.longBitsToDouble(b);
        if (SseDouble.normal(a) && SseDouble.normal(b)) {
            return x < y ? LESS : x > y ? GREATER : EQUAL;
        }
        if (SseDouble.nan(a) || SseDouble.nan(b)) {
            if (strict || SseDouble.signalling(a) || SseDouble.signalling(b)) {
                f.raised |= SoftFloat.INVALID;
            }
            return UNORDERED;
        }
        if (SseDouble.denormal(a) || SseDouble.denormal(b)) {
            if ((f.mxcsr & SseDouble.DAZ) != 0) {
                x = SseDouble.denormal(a) ? 0 : x;
                y = SseDouble.denormal(b) ? 0 : y;
            } else {
                f.raised |= SoftFloat.DENORMAL;
            }
        }
        return x < y ? LESS : x > y ? GREATER : EQUAL;
    }

    private static int relation(int a, int b, boolean strict, Fpu f) {
        float x = Float.intBitsToFloat(a);
        float y = Float.intBitsToFloat(b);
        if (SseSingle.normal(a) && SseSingle.normal(b)) {
            return x < y ? LESS : x > y ? GREATER : EQUAL;
        }
        if (SseSingle.nan(a) || SseSingle.nan(b)) {
            if (strict || SseSingle.signalling(a) || SseSingle.signalling(b)) {
                f.raised |= SoftFloat.INVALID;
            }
            return UNORDERED;
        }
        if (SseSingle.denormal(a) || SseSingle.denormal(b)) {
            if ((f.mxcsr & SseDouble.DAZ) != 0) {
                x = SseSingle.denormal(a) ? 0 : x;
                y = SseSingle.denormal(b) ? 0 : y;
            } else {
                f.raised |= SoftFloat.DENORMAL;
            }
        }
        return x < y ? LESS : x > y ? GREATER : EQUAL;
    }

    /** MINSD, MAXSD: a where its relation to b is the wanted one, else b; denormals read as zero are returned as zero. */
    static long select(long a, long b, int wanted, Fpu f) {
        boolean zeroes = (f.mxcsr & SseDouble.DAZ) != 0;
        long x = zeroes && SseDouble.denormal(a) ? a & SseDouble.SIGN : a;
        long y = zeroes && SseDouble.denormal(b) ? b & SseDouble.SIGN : b;
        return relation(x, y, true, f) == wanted ? x : y;
    }

    static int select(int a, int b, int wanted, Fpu f) {
        boolean zeroes = (f.mxcsr & SseDouble.DAZ) != 0;
        int x = zeroes && SseSingle.denormal(a) ? a & SseSingle.SIGN : a;
        int y = zeroes && SseSingle.denormal(b) ? b & SseSingle.SIGN : b;
        return relation(x, y, true, f) == wanted ? x : y;
    }

    /** Predicates 0..7 (EQ, LT, LE, UNORD and their negations) as the set of relations for which they hold. */
    private static boolean holds(int predicate, int relation) {
        int set = switch (predicate & 3) {
            case 0 -> 1 << EQUAL;
            case 1 -> 1 << LESS;
            case 2 -> 1 << LESS | 1 << EQUAL;
            default -> 1 << UNORDERED;
        };
        return ((set >> relation & 1) != 0) != ((predicate & 4) != 0);
    }

    /** LT, LE and their negations are invalid for quiet NaNs too. */
    private static boolean strict(int predicate) {
        return (predicate & 3) == 1 || (predicate & 3) == 2;
    }

    public static long cmpsd(long a, long b, int imm, Fpu f) {
        return holds(imm, relation(a, b, strict(imm), f)) ? -1L : 0;
    }

    public static int cmpss(int a, int b, int imm, Fpu f) {
        return holds(imm, relation(a, b, strict(imm), f)) ? -1 : 0;
    }

    public static long cmpps(long a, long b, int imm, Fpu f) {
        int low = cmpss((int) a, (int) b, imm, f);
        return SseSingle.lane(low, cmpss((int) (a >>> 32), (int) (b >>> 32), imm, f));
    }

    // COMISx and UCOMISx give EQUAL, LESS, GREATER or (for unordered) EQUAL as flagResult: ZF is right, LESS and
    // GREATER have
    // one bit and so PF clear. The carries then set CF and PF as the manual's table says; OF, SF and AF are 0.

    static int ordered(int relation) {
        return relation == UNORDERED ? EQUAL : relation;
    }

    public static int comisd(long a, long b, Fpu f) {
        return ordered(relation(a, b, true, f));
    }

    public static int ucomisd(long a, long b, Fpu f) {
        return ordered(relation(a, b, false, f));
    }

    public static int comiss(int a, int b, Fpu f) {
        return ordered(relation(a, b, true, f));
    }

    public static int ucomiss(int a, int b, Fpu f) {
        return ordered(relation(a, b, false, f));
    }

    /** CF for less or unordered (carry into the top bit too, so that OF is 0); PF of an equal result inverted. */
    static long carries(boolean unordered, int result) {
        if (unordered || result == LESS) {
            return CARRY_OUT | CARRY_IN;
        }
        return result == EQUAL ? 1 : 0;
    }

    public static long comisdCarries(long a, long b, int result) {
        return carries(SseDouble.nan(a) || SseDouble.nan(b), result);
    }

    public static long comissCarries(int a, int b, int result) {
        return carries(SseSingle.nan(a) || SseSingle.nan(b), result);
    }
}
