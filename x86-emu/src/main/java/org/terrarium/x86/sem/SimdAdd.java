package org.terrarium.x86.sem;

/**
 * Packed integer addition, subtraction, average, minimum, maximum, absolute value and sign of MMX, SSE2, SSSE3 and SSE4.1: every
 * method works on one 64-bit lane, called once for MMX and for both halves of an XMM register. Lanes are added inside one long
 * by keeping carries out of the top bits (as in Warren, Hacker's Delight, 2-18).
 */
public final class SimdAdd {
    static final long TOP8 = 0x8080_8080_8080_8080L;
    static final long TOP16 = 0x8000_8000_8000_8000L;
    static final long TOP32 = 0x8000_0000_8000_0000L;

    private SimdAdd() {}

    public static long paddb(long a, long b) {
        return ((a & ~TOP8) + (b & ~TOP8)) ^ ((a ^ b) & TOP8);
    }

    public static long paddw(long a, long b) {
        return ((a & ~TOP16) + (b & ~TOP16)) ^ ((a ^ b) & TOP16);
    }

    public static long paddd(long a, long b) {
        return ((a & ~TOP32) + (b & ~TOP32)) ^ ((a ^ b) & TOP32);
    }

    public static long paddq(long a, long b) {
        return a + b;
    }

    public static long psubb(long a, long b) {
        return ((a | TOP8) - (b & ~TOP8)) ^ ((a ^ ~b) & TOP8);
    }

    public static long psubw(long a, long b) {
        return ((a | TOP16) - (b & ~TOP16)) ^ ((a ^ ~b) & TOP16);
    }

    public static long psubd(long a, long b) {
        return ((a | TOP32) - (b & ~TOP32)) ^ ((a ^ ~b) & TOP32);
    }

    public static long psubq(long a, long b) {
        return a - b;
    }

    public static long paddsb(long a, long b) {
        return saturateSigned(a, paddb(a, b), ~(a ^ b), TOP8, 7);
    }

    public static long paddsw(long a, long b) {
        return saturateSigned(a, paddw(a, b), ~(a ^ b), TOP16, 15);
    }

    public static long psubsb(long a, long b) {
        return saturateSigned(a, psubb(a, b), a ^ b, TOP8, 7);
    }

    public static long psubsw(long a, long b) {
        return saturateSigned(a, psubw(a, b), a ^ b, TOP16, 15);
    }

    /** Lanes whose sign went astray become the largest number with the sign of a. */
    private static long saturateSigned(long a, long result, long mayOverflow, long top, int width) {
        long overflow = mayOverflow & (a ^ result) & top;
        if (overflow == 0) {
            return result;
        }
        long mask = spread(overflow, width);
        long limit = ~top + ((a & top) >>> width);
        // ~top per lane is 7F..; adding the sign bit makes it 80..: lanes do not carry into each other.
        return result & ~mask | limit & mask;
    }

    /** Widens each lane's top bit to the whole lane; {@code width} is the lane's bits less one. */
    static long spread(long tops, int width) {
        return (tops << 1) - (tops >>> width);
    }

    public static long paddusb(long a, long b) {
        long sum = paddb(a, b);
        long carry = (a & b | (a | b) & ~sum) & TOP8;
        return sum | spread(carry, 7);
    }

    public static long paddusw(long a, long b) {
        long sum = paddw(a, b);
        long carry = (a & b | (a | b) & ~sum) & TOP16;
        return sum | spread(carry, 15);
    }

    public static long psubusb(long a, long b) {
        long difference = psubb(a, b);
        long borrow = (~a & b | (~a | b) & difference) & TOP8;
        return difference & ~spread(borrow, 7);
    }

    public static long psubusw(long a, long b) {
        long difference = psubw(a, b);
        long borrow = (~a & b | (~a | b) & difference) & TOP16;
        return difference & ~spread(borrow, 15);
    }

    public static long pavgb(long a, long b) {
        return (a | b) - ((a ^ b) >>> 1 & ~TOP8);
    }

    public static long pavgw(long a, long b) {
        return (a | b) - ((a ^ b) >>> 1 & ~TOP16);
    }

    private static long select(long mask, long ifSet, long ifClear) {
        return ifClear ^ (ifSet ^ ifClear) & mask;
    }

    public static long pminub(long a, long b) {
        return a - psubusb(a, b);
    }

    public static long pmaxub(long a, long b) {
        return b + psubusb(a, b);
    }

    public static long pminuw(long a, long b) {
        return a - psubusw(a, b);
    }

    public static long pmaxuw(long a, long b) {
        return b + psubusw(a, b);
    }

    public static long pminud(long a, long b) {
        return select(SimdCompare.pcmpgtd(a ^ TOP32, b ^ TOP32), b, a);
    }

    public static long pmaxud(long a, long b) {
        return select(SimdCompare.pcmpgtd(a ^ TOP32, b ^ TOP32), a, b);
    }

    public static long pminsb(long a, long b) {
        return select(SimdCompare.pcmpgtb(a, b), b, a);
    }

    public static long pmaxsb(long a, long b) {
        return select(SimdCompare.pcmpgtb(a, b), a, b);
    }

    public static long pminsw(long a, long b) {
        return select(SimdCompare.pcmpgtw(a, b), b, a);
    }

    public static long pmaxsw(long a, long b) {
        return select(SimdCompare.pcmpgtw(a, b), a, b);
    }

    public static long pminsd(long a, long b) {
        return select(SimdCompare.pcmpgtd(a, b), b, a);
    }

    public static long pmaxsd(long a, long b) {
        return select(SimdCompare.pcmpgtd(a, b), a, b);
    }

    public static long pabsb(long b) {
        long negative = spread(b & TOP8, 7);
        return psubb(b ^ negative, negative);
    }

    public static long pabsw(long b) {
        long negative = spread(b & TOP16, 15);
        return psubw(b ^ negative, negative);
    }

    public static long pabsd(long b) {
        long negative = spread(b & TOP32, 31);
        return psubd(b ^ negative, negative);
    }

    public static long psignb(long a, long b) {
        long negative = spread(b & TOP8, 7);
        return psubb(a ^ negative, negative) & ~SimdCompare.pcmpeqb(b, 0);
    }

    public static long psignw(long a, long b) {
        long negative = spread(b & TOP16, 15);
        return psubw(a ^ negative, negative) & ~SimdCompare.pcmpeqw(b, 0);
    }

    public static long psignd(long a, long b) {
        long negative = spread(b & TOP32, 31);
        return psubd(a ^ negative, negative) & ~SimdCompare.pcmpeqd(b, 0);
    }

    /** Sum of absolute differences of eight bytes. */
    public static long psadbw(long a, long b) {
        long difference = psubusb(a, b) | psubusb(b, a);
        long pairs = (difference & 0x00FF_00FF_00FF_00FFL) + (difference >>> 8 & 0x00FF_00FF_00FF_00FFL);
        return pairs * 0x0001_0001_0001_0001L >>> 48;
    }

    public static long pand(long a, long b) {
        return a & b;
    }

    public static long pandn(long a, long b) {
        return ~a & b;
    }

    public static long por(long a, long b) {
        return a | b;
    }

    public static long pxor(long a, long b) {
        return a ^ b;
    }

    // Horizontal operations: one lane of the result takes both halves of one source.

    private static long evenWords(long low, long high) {
        return low & 0xFFFF | low >>> 16 & 0xFFFF_0000L | (high & 0xFFFF) << 32 | (high >>> 16 & 0xFFFF_0000L) << 32;
    }

    private static long evenDoublewords(long low, long high) {
        return low & 0xFFFF_FFFFL | high << 32;
    }

    public static long phaddw(long low, long high) {
        return paddw(evenWords(low, high), evenWords(low >>> 16, high >>> 16));
    }

    public static long phaddd(long low, long high) {
        return paddd(evenDoublewords(low, high), evenDoublewords(low >>> 32, high >>> 32));
    }

    public static long phaddsw(long low, long high) {
        return paddsw(evenWords(low, high), evenWords(low >>> 16, high >>> 16));
    }

    public static long phsubw(long low, long high) {
        return psubw(evenWords(low, high), evenWords(low >>> 16, high >>> 16));
    }

    public static long phsubd(long low, long high) {
        return psubd(evenDoublewords(low, high), evenDoublewords(low >>> 32, high >>> 32));
    }

    public static long phsubsw(long low, long high) {
        return psubsw(evenWords(low, high), evenWords(low >>> 16, high >>> 16));
    }

    // The same on XMM registers.

    public static long phaddwLow(long aLow, long aHigh, long bLow, long bHigh) {
        return phaddw(aLow, aHigh);
    }

    public static long phaddwHigh(long aLow, long aHigh, long bLow, long bHigh) {
        return phaddw(bLow, bHigh);
    }

    public static long phadddLow(long aLow, long aHigh, long bLow, long bHigh) {
        return phaddd(aLow, aHigh);
    }

    public static long phadddHigh(long aLow, long aHigh, long bLow, long bHigh) {
        return phaddd(bLow, bHigh);
    }

    public static long phaddswLow(long aLow, long aHigh, long bLow, long bHigh) {
        return phaddsw(aLow, aHigh);
    }

    public static long phaddswHigh(long aLow, long aHigh, long bLow, long bHigh) {
        return phaddsw(bLow, bHigh);
    }

    public static long phsubwLow(long aLow, long aHigh, long bLow, long bHigh) {
        return phsubw(aLow, aHigh);
    }

    public static long phsubwHigh(long aLow, long aHigh, long bLow, long bHigh) {
        return phsubw(bLow, bHigh);
    }

    public static long phsubdLow(long aLow, long aHigh, long bLow, long bHigh) {
        return phsubd(aLow, aHigh);
    }

    public static long phsubdHigh(long aLow, long aHigh, long bLow, long bHigh) {
        return phsubd(bLow, bHigh);
    }

    public static long phsubswLow(long aLow, long aHigh, long bLow, long bHigh) {
        return phsubsw(aLow, aHigh);
    }

    public static long phsubswHigh(long aLow, long aHigh, long bLow, long bHigh) {
        return phsubsw(bLow, bHigh);
    }
}
