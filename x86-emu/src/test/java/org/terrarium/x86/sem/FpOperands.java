package org.terrarium.x86.sem;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.terrarium.x86.Cpu;

/** Random operands that lie where floating point goes wrong: near zero, one, the limits, ties, each other; NaNs; bit noise. */
final class FpOperands {
    private final SplittableRandom random;

    FpOperands(SplittableRandom random) {
        this.random = random;
    }

    /** Fills case n with a state in which an instruction can do something. */
    void fill(ByteBuffer b, int n) {
        int at = n * FpCase.BYTES;
        b.putLong(at + FpCase.RAX, length());
        b.putLong(at + FpCase.RCX, random.nextLong());
        b.putLong(at + FpCase.RDX, length());
        b.putLong(at + FpCase.RFLAGS, 0x202 | random.nextInt() & Cpu.STATUS_FLAGS);
        b.putLong(at + FpCase.TRAP, FpCase.NO_TRAP);
        for (int i = FpCase.FX; i < FpCase.MEMORY; i += 8) {
            b.putLong(at + i, 0);
        }
        int masks = random.nextInt(4) != 0 ? 0x3F : random.nextInt(64);
        int control = 0x40 | masks | random.nextInt(4) << 10 | new int[] {3, 3, 2, 0}[random.nextInt(4)] << 8;
        int exceptions = random.nextBoolean() ? 0 : random.nextInt(64) & (random.nextInt(40) == 0 ? 0x3F : masks);
        int stackFault = (exceptions & 1) != 0 && random.nextBoolean() ? X87State.SF : 0;
        int pending = (exceptions & ~masks) != 0 ? X87State.ES | X87State.B : 0;
        int status =
                random.nextInt(8) << 11 | random.nextInt() & X87State.CONDITIONS | exceptions | stackFault | pending;
        b.putShort(at + FpCase.CONTROL, (short) control);
        b.putShort(at + FpCase.STATUS, (short) status);
        b.put(at + FpCase.TAGS, (byte) tags());
        int simdMasks = random.nextInt(4) != 0 ? 0x3F : random.nextInt(64);
        int simdMode = random.nextInt(3) == 0
                ? 0
                : random.nextInt(4) << 13 | random.nextInt(4) / 3 << 15 | random.nextInt(4) / 3 << 6;
        int sticky = random.nextBoolean() ? 0 : random.nextInt(64);
        b.putInt(at + FpCase.MXCSR, simdMasks << 7 | simdMode | sticky);
        long previous = 0;
        int previousSe = 0;
        for (int i = 0; i < 8; i++) {
            long m = significand();
            int se = exponent80();
            if (i > 0 && random.nextInt(4) == 0) {
                // near or equal to its neighbour
                m = previous + random.nextInt(-2, 3);
                se = previousSe + random.nextInt(-1, 2) & 0xFFFF ^ (random.nextBoolean() ? 0x8000 : 0);
            }
            b.putLong(at + FpCase.ST + 16 * i, m);
            b.putShort(at + FpCase.ST + 16 * i + 8, (short) se);
            previous = m;
            previousSe = se;
        }
        int style = random.nextInt(5);
        for (int i = 0; i < 32; i++) {
            b.putLong(at + FpCase.XMM + 8 * i, lane(style, i >= 4 ? b.getLong(at + FpCase.XMM + 8 * i - 16) : 0));
        }
        // never all zero: the host may not save what is in its initial state
        b.putLong(at + FpCase.XMM + 8 * 31, random.nextLong() | 1);
        for (int i = 0; i < 64; i += 8) {
            b.putLong(
                    at + FpCase.MEMORY + i,
                    lane(random.nextInt(4) == 0 ? random.nextInt(7) : style, b.getLong(at + FpCase.XMM + 16)));
        }
        if (random.nextInt(3) == 0) {
            // an extended number in memory
            b.putLong(at + FpCase.MEMORY, significand());
            b.putShort(at + FpCase.MEMORY + 8, (short) exponent80());
        }
    }

    private long length() {
        return random.nextInt(3) == 0 ? random.nextLong() : random.nextInt(-20, 21);
    }

    /** Mostly full, so that most instructions find their operands; sometimes with holes. */
    private int tags() {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(256);
            case 1 -> 0xFF ^ 1 << random.nextInt(8);
            case 2 -> 0xFF ^ 1 << random.nextInt(8) ^ 1 << random.nextInt(8);
            default -> 0xFF;
        };
    }

    private long significand() {
        long top = Long.MIN_VALUE;
        return switch (random.nextInt(10)) {
            case 0 -> top;
            case 1 -> -1L;
            case 2 -> top | 1L << random.nextInt(63);
            case 3 -> top | 1L << random.nextInt(63) | 1L << random.nextInt(63);
            case 4 -> (top | random.nextLong()) & -1L << random.nextInt(63);
            case 5 -> (top | random.nextLong()) & -1L << 39 + random.nextInt(3) | random.nextInt(3) - 1;
            case 6 -> (top | random.nextLong()) & -1L << 10 + random.nextInt(3) | random.nextInt(3) - 1;
            case 7 -> random.nextInt(3) == 0 ? 0 : random.nextLong();
            default -> top | random.nextLong();
        };
    }

    private int exponent80() {
        int sign = random.nextBoolean() ? 0x8000 : 0;
        int bias = SoftFloat80.BIAS;
        return sign
                | switch (random.nextInt(14)) {
                    case 0 -> 0;
                    case 1 -> random.nextInt(4);
                    case 2 -> 0x7FFF;
                    case 3 -> 0x7FFF - random.nextInt(4);
                    case 4 -> bias + random.nextInt(-70, 71);
                    case 5, 6, 7 -> bias + random.nextInt(-3, 4);
                    case 8 -> bias + random.nextInt(60, 66);
                    case 9 -> bias + 1023 + random.nextInt(-3, 4);
                    case 10 -> bias - 1022 + random.nextInt(-56, 4);
                    case 11 ->
                        bias + (random.nextBoolean() ? 127 + random.nextInt(-3, 4) : -126 + random.nextInt(-27, 4));
                    case 12 -> bias + random.nextInt(0, 20);
                    default -> random.nextInt(0x8000);
                };
    }

    /** 64 bits of packed data: 0 noise, 1 doubles, 2 singles, 3 like an earlier lane, 4 small integers, 5 decimal digits. */
    private long lane(int style, long earlier) {
        return switch (style) {
            case 1 -> near(earlier, 4) ? earlier + random.nextInt(-2, 3) : real();
            case 2 -> (long) single() << 32 | single() & 0xFFFF_FFFFL;
            case 3 ->
                switch (random.nextInt(3)) {
                    case 0 -> earlier;
                    case 1 -> earlier ^ 0xFFL << random.nextInt(8) * 8;
                    default -> random.nextLong();
                };
            case 4 ->
                random.nextLong() & 0x0303_0303_0303_0303L * random.nextInt(2)
                        | (random.nextBoolean() ? 0 : random.nextInt(-130, 131));
            case 5 -> decimal();
            case 6 -> random.nextInt(-70000, 70000);
            default -> random.nextLong();
        };
    }

    private boolean near(long earlier, int chance) {
        return earlier != 0 && random.nextInt(chance) == 0;
    }

    private long decimal() {
        long value = 0;
        for (int n = 0; n < 64; n += 4) {
            value |= (long) random.nextInt(10) << n;
        }
        return value;
    }

    private long real() {
        long sign = random.nextBoolean() ? SseDouble.SIGN : 0;
        long fraction = switch (random.nextInt(7)) {
            case 0 -> 0;
            case 1 -> SseDouble.FRACTION;
            case 2 -> 1L << random.nextInt(52);
            case 3 -> random.nextLong() & -1L << random.nextInt(52);
            case 4 -> random.nextLong() & -1L << 28 | random.nextInt(3) - 1 & 0x1FFF_FFFFL;
            default -> random.nextLong();
        };
        long e = switch (random.nextInt(10)) {
            case 0 -> 0;
            case 1 -> random.nextInt(4);
            case 2 -> 0x7FF;
            case 3 -> 0x7FF - random.nextInt(4);
            case 4, 5 -> 1023 + random.nextInt(-4, 5);
            case 6 -> 1023 + random.nextInt(-60, 70);
            case 7 -> 1023 + (random.nextBoolean() ? 127 + random.nextInt(-3, 4) : -126 + random.nextInt(-26, 4));
            case 8 -> 1023 + random.nextInt(-540, 540);
            default -> random.nextInt(0x800);
        };
        return sign | e << 52 | fraction & SseDouble.FRACTION;
    }

    private int single() {
        int sign = random.nextBoolean() ? SseSingle.SIGN : 0;
        int fraction = switch (random.nextInt(5)) {
            case 0 -> 0;
            case 1 -> 0x7F_FFFF;
            case 2 -> 1 << random.nextInt(23);
            case 3 -> random.nextInt() & -1 << random.nextInt(23);
            default -> random.nextInt();
        };
        int e = switch (random.nextInt(8)) {
            case 0 -> 0;
            case 1 -> random.nextInt(4);
            case 2 -> 0xFF - random.nextInt(3);
            case 3, 4 -> 127 + random.nextInt(-4, 5);
            case 5 -> 127 + random.nextInt(-30, 70);
            case 6 -> 127 + random.nextInt(-70, 70);
            default -> random.nextInt(0x100);
        };
        return sign | e << 23 | fraction & 0x7F_FFFF;
    }
}
