package org.terrarium.x86.sys;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.terrarium.x86.Cpu;
import org.terrarium.x86.interp.Operands;
import org.terrarium.x86.isa.Insn;

/**
 * Repeated string instructions on a run of elements at once: at ascending addresses, within one page of ordinary memory for
 * each operand. Every method returns how many elements it did (at most {@code count}), 0 where the next must be done by itself:
 * at the end of a page or segment, in a device, under a data breakpoint. SCAS and CMPS return the number negated when the last
 * element they looked at ends the repetition.
 */
final class StringRuns {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private StringRuns() {}

    /**
     * How many of {@code count} elements at ascending addresses from {@code ea} lie in one page, one turn of the address
     * register, and the segment: 0 where the first must be done by itself.
     */
    private static long length(Cpu c, Insn i, int seg, long ea, int bytes, long count) {
        if (!c.stringRuns || (c.eflags & Cpu.DF) != 0) {
            return 0;
        }
        long lin = ea + c.segEffectiveBase[seg] & c.linearMask;
        long n = Math.min(count, (0x1000 - (lin & 0xFFF)) / bytes);
        long turn = i.addressMask - ea;
        if (i.addressSize != 64 && n * bytes > turn + 1) {
            n = (turn + 1) / bytes;
        }
        return n > 1 && Segments.withinLimit(c, seg, ea, (int) n * bytes) ? n : 0;
    }

    /** Backing offset of an operand that is read, -1 where it cannot be read at once. */
    private static long direct(Cpu c, int seg, long ea, int bytes) {
        return c.mmu.directRead(Operands.segmentedRead(c, seg, ea, bytes));
    }

    /** MOVS: one host copy. */
    static long move(Cpu c, Insn i, int bytes, long count) {
        long source = StringOps.sourceOffset(c, i);
        long destination = StringOps.destinationOffset(c, i);
        long n = length(c, i, i.segment, source, bytes, count);
        n = n == 0 ? 0 : length(c, i, Cpu.ES, destination, bytes, n);
        if (n == 0) {
            return 0;
        }
        long from = direct(c, i.segment, source, bytes);
        if (from < 0) {
            return 0;
        }
        long to = c.mmu.directWrite(Operands.segmentedWrite(c, Cpu.ES, destination, bytes));
        if (to < 0) {
            return 0;
        }
        long distance = to - from;
        if (distance > 0 && distance < n * bytes) {
            // The copy must see its own output: do no more than what lies between source and destination.
            n = distance / bytes;
            if (n == 0) {
                return 0;
            }
        }
        MemorySegment backing = c.mmu.memory().backing();
        MemorySegment.copy(backing, from, backing, to, n * bytes);
        StringOps.advance(c, i, Cpu.RSI, n * bytes);
        StringOps.advance(c, i, Cpu.RDI, n * bytes);
        c.mmu.directWritten(to, (int) n * bytes);
        return n;
    }

    /** STOS: one host fill. */
    static long store(Cpu c, Insn i, int bytes, long count) {
        long destination = StringOps.destinationOffset(c, i);
        long n = length(c, i, Cpu.ES, destination, bytes, count);
        if (n == 0) {
            return 0;
        }
        long to = c.mmu.directWrite(Operands.segmentedWrite(c, Cpu.ES, destination, bytes));
        if (to < 0) {
            return 0;
        }
        fill(c.mmu.memory().backing(), to, n * bytes, pattern(StringOps.accumulator(c, bytes), bytes));
        StringOps.advance(c, i, Cpu.RDI, n * bytes);
        c.mmu.directWritten(to, (int) n * bytes);
        return n;
    }

    /** An element as often as it fits into 64 bits. */
    private static long pattern(long value, int bytes) {
        return switch (bytes) {
            case 1 -> value * 0x0101_0101_0101_0101L;
            case 2 -> value * 0x0001_0001_0001_0001L;
            case 4 -> value << 32 | value;
            default -> value;
        };
    }

    private static void fill(MemorySegment backing, long to, long length, long pattern) {
        if (pattern == (pattern & 0xFF) * 0x0101_0101_0101_0101L) {
            backing.asSlice(to, length).fill((byte) pattern);
            return;
        }
        long at = 0;
        for (; at + 8 <= length; at += 8) {
            backing.set(LONG, to + at, pattern);
        }
        for (; at < length; at++) {
            backing.set(ValueLayout.JAVA_BYTE, to + at, (byte) (pattern >>> 8 * (at & 7)));
        }
    }

    /** LODS: only the last element stays. */
    static long load(Cpu c, Insn i, int bytes, long count) {
        long source = StringOps.sourceOffset(c, i);
        long n = length(c, i, i.segment, source, bytes, count);
        long from = n == 0 ? -1 : direct(c, i.segment, source, bytes);
        if (from < 0) {
            return 0;
        }
        StringOps.setAccumulator(c, bytes, element(c.mmu.memory().backing(), from, n, bytes));
        StringOps.advance(c, i, Cpu.RSI, n * bytes);
        return n;
    }

    /** SCAS. */
    static long scan(Cpu c, Insn i, int bytes, long count) {
        long destination = StringOps.destinationOffset(c, i);
        long n = words(length(c, i, Cpu.ES, destination, bytes, count), bytes);
        long at = n == 0 ? -1 : direct(c, Cpu.ES, destination, bytes);
        if (at < 0) {
            return 0;
        }
        MemorySegment backing = c.mmu.memory().backing();
        long wanted = StringOps.accumulator(c, bytes);
        n = lookedAt(i, bytes, n, backing, -1, pattern(wanted, bytes), at);
        StringOps.advance(c, i, Cpu.RDI, n * bytes);
        return StringOps.compare(c, wanted, element(backing, at, n, bytes), bytes, i.prefixes) ? n : -n;
    }

    /** CMPS. */
    static long compare(Cpu c, Insn i, int bytes, long count) {
        long source = StringOps.sourceOffset(c, i);
        long destination = StringOps.destinationOffset(c, i);
        long n = length(c, i, i.segment, source, bytes, count);
        n = n == 0 ? 0 : words(length(c, i, Cpu.ES, destination, bytes, n), bytes);
        // in the order in which single elements are read: it decides which page fault is reported
        long second = n == 0 ? -1 : direct(c, Cpu.ES, destination, bytes);
        long first = second < 0 ? -1 : direct(c, i.segment, source, bytes);
        if (first < 0) {
            return 0;
        }
        MemorySegment backing = c.mmu.memory().backing();
        n = lookedAt(i, bytes, n, backing, first, 0, second);
        StringOps.advance(c, i, Cpu.RSI, n * bytes);
        StringOps.advance(c, i, Cpu.RDI, n * bytes);
        long a = element(backing, first, n, bytes);
        return StringOps.compare(c, a, element(backing, second, n, bytes), bytes, i.prefixes) ? n : -n;
    }

    /** Elements that fill 64-bit words. */
    private static long words(long n, int bytes) {
        return n & -(8 / bytes);
    }

    /** The {@code n}th element, counted from 1, zero-extended. */
    private static long element(MemorySegment backing, long at, long n, int bytes) {
        long last = at + (n - 1) * bytes;
        return switch (bytes) {
            case 1 -> backing.get(ValueLayout.JAVA_BYTE, last) & 0xFF;
            case 2 -> backing.get(SHORT, last) & 0xFFFF;
            case 4 -> backing.get(INT, last) & 0xFFFF_FFFFL;
            default -> backing.get(LONG, last);
        };
    }

    /**
     * Compares elements eight bytes at a time; how many until one ends the repetition, it included.
     *
     * @param first backing offset of one side, or negative for {@code pattern} again and again
     * @param second backing offset of the other side
     */
    private static long lookedAt(
            Insn i, int bytes, long n, MemorySegment backing, long first, long pattern, long second) {
        boolean untilEqual = i.has(Insn.PREFIX_REPNE);
        long lows = pattern(1, bytes);
        long highs = lows << 8 * bytes - 1;
        for (long at = 0; at < n * bytes; at += 8) {
            long one = first < 0 ? pattern : backing.get(LONG, first + at);
            long difference = one ^ backing.get(LONG, second + at);
            // of equal elements the lowest has its highest bit set: subtracting borrowed into it and nothing below it
            // did
            long ends = untilEqual ? difference - lows & ~difference & highs : difference;
            if (ends != 0) {
                return (at + (Long.numberOfTrailingZeros(ends) >>> 3)) / bytes + 1;
            }
        }
        return n;
    }
}
