package org.terrarium.x86.sys;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.interp.Operands;
import org.terrarium.x86.isa.Insn;
import org.terrarium.x86.sem.Alu;

/**
 * MOVS, CMPS, STOS, LODS, SCAS, INS and OUTS with their repeat prefixes (SDM volume 2, REP). A fault or an interruption leaves
 * the registers as after the last whole element. A repeated instruction does a bounded number of elements and then has the
 * instruction pointer set to its own start again, so that interrupts get in. What {@link StringRuns} can do at once is done so.
 */
public final class StringOps {
    /** Elements per execution of a repeated instruction. */
    private static final long BATCH = 8192;

    /** Ports are read and written one element at a time. */
    private static final Run NONE = (c, i, bytes, count) -> 0;

    private StringOps() {}

    private interface Element {
        /** Does one element and advances rSI and rDI; returns whether a conditional repeat goes on by the flags. */
        boolean run(Cpu c, Insn i, int bytes, int prefixes);
    }

    private interface Run {
        /**
         * Does up to {@code count} elements at once: how many were done, negative when a conditional repeat ends with the last of
         * them, 0 where the next must be done by itself.
         */
        long run(Cpu c, Insn i, int bytes, long count);
    }

    private static boolean repeated(Insn i) {
        return i.has(Insn.PREFIX_REP) || i.has(Insn.PREFIX_REPNE);
    }

    private static long step(Cpu c, int bytes) {
        return (c.eflags & Cpu.DF) == 0 ? bytes : -bytes;
    }

    /** Sets a register at the address size: 16 bits alone, 32 bits zero-extended, or 64. */
    private static void set(Cpu c, Insn i, int register, long value) {
        Operands.setRegister(c, register, value, i.addressSize);
    }

    static void advance(Cpu c, Insn i, int register, long bytes) {
        set(c, i, register, c.gpr[register] + bytes);
    }

    private static long batch(Cpu c) {
        return c.stepTrap || c.pendingDebug != 0 ? 1 : BATCH;
    }

    /** Has the instruction executed again, for the elements that remain. */
    private static void resume(Cpu c, Insn i) {
        long start = c.gpr[Cpu.BLOCK_IP] + i.offset;
        c.rip = c.codeSize == 64 ? start : c.codeSize == 32 ? start & 0xFFFF_FFFFL : start & 0xFFFF;
    }

    private static void run(Cpu c, Insn i, int bytes, Element one, Run many) {
        if (!repeated(i)) {
            one.run(c, i, bytes, 0);
            return;
        }
        long count = c.gpr[Cpu.RCX] & i.addressMask;
        long left = batch(c);
        while (count != 0) {
            if (left <= 0) {
                resume(c, i);
                return;
            }
            long n = many.run(c, i, bytes, Math.min(count, left));
            boolean more = n >= 0;
            if (n == 0) {
                more = one.run(c, i, bytes, i.prefixes);
                n = 1;
            }
            n = Math.abs(n);
            count -= n;
            left = c.pendingDebug != 0 ? 0 : left - n;
            set(c, i, Cpu.RCX, count);
            if (!more) {
                return;
            }
        }
    }

    static long sourceOffset(Cpu c, Insn i) {
        return c.gpr[Cpu.RSI] & i.addressMask;
    }

    static long destinationOffset(Cpu c, Insn i) {
        return c.gpr[Cpu.RDI] & i.addressMask;
    }

    private static long load(Cpu c, long lin, int bytes) {
        return switch (bytes) {
            case 1 -> c.mmu.read8(lin);
            case 2 -> c.mmu.read16(lin);
            case 4 -> c.mmu.read32(lin) & 0xFFFF_FFFFL;
            default -> c.mmu.read64(lin);
        };
    }

    private static void store(Cpu c, long lin, int bytes, long value) {
        switch (bytes) {
            case 1 -> c.mmu.write8(lin, (int) value);
            case 2 -> c.mmu.write16(lin, (int) value);
            case 4 -> c.mmu.write32(lin, (int) value);
            default -> c.mmu.write64(lin, value);
        }
    }

    private static long loadSource(Cpu c, Insn i, int bytes) {
        return load(c, Operands.segmentedRead(c, i.segment, sourceOffset(c, i), bytes), bytes);
    }

    private static long loadDestination(Cpu c, Insn i, int bytes) {
        return load(c, Operands.segmentedRead(c, Cpu.ES, destinationOffset(c, i), bytes), bytes);
    }

    private static long destinationForWrite(Cpu c, Insn i, int bytes) {
        return Operands.segmentedWrite(c, Cpu.ES, destinationOffset(c, i), bytes);
    }

    static long accumulator(Cpu c, int bytes) {
        return bytes == 8 ? c.gpr[Cpu.RAX] : c.gpr[Cpu.RAX] & (1L << 8 * bytes) - 1;
    }

    // MOVS

    public static void movs8(Cpu c, Insn i) {
        run(c, i, 1, StringOps::moveOne, StringRuns::move);
    }

    public static void movs16(Cpu c, Insn i) {
        run(c, i, 2, StringOps::moveOne, StringRuns::move);
    }

    public static void movs32(Cpu c, Insn i) {
        run(c, i, 4, StringOps::moveOne, StringRuns::move);
    }

    public static void movs64(Cpu c, Insn i) {
        run(c, i, 8, StringOps::moveOne, StringRuns::move);
    }

    private static boolean moveOne(Cpu c, Insn i, int bytes, int prefixes) {
        long value = loadSource(c, i, bytes);
        store(c, destinationForWrite(c, i, bytes), bytes, value);
        long step = step(c, bytes);
        advance(c, i, Cpu.RSI, step);
        advance(c, i, Cpu.RDI, step);
        return true;
    }

    // STOS

    public static void stos8(Cpu c, Insn i) {
        run(c, i, 1, StringOps::storeOne, StringRuns::store);
    }

    public static void stos16(Cpu c, Insn i) {
        run(c, i, 2, StringOps::storeOne, StringRuns::store);
    }

    public static void stos32(Cpu c, Insn i) {
        run(c, i, 4, StringOps::storeOne, StringRuns::store);
    }

    public static void stos64(Cpu c, Insn i) {
        run(c, i, 8, StringOps::storeOne, StringRuns::store);
    }

    private static boolean storeOne(Cpu c, Insn i, int bytes, int prefixes) {
        store(c, destinationForWrite(c, i, bytes), bytes, c.gpr[Cpu.RAX]);
        advance(c, i, Cpu.RDI, step(c, bytes));
        return true;
    }

    // LODS

    public static void lods8(Cpu c, Insn i) {
        run(c, i, 1, StringOps::loadOne, StringRuns::load);
    }

    public static void lods16(Cpu c, Insn i) {
        run(c, i, 2, StringOps::loadOne, StringRuns::load);
    }

    public static void lods32(Cpu c, Insn i) {
        run(c, i, 4, StringOps::loadOne, StringRuns::load);
    }

    public static void lods64(Cpu c, Insn i) {
        run(c, i, 8, StringOps::loadOne, StringRuns::load);
    }

    static void setAccumulator(Cpu c, int bytes, long value) {
        if (bytes == 1) {
            Operands.setRegister8(c, Cpu.RAX, (int) value);
        } else {
            Operands.setRegister(c, Cpu.RAX, value, 8 * bytes);
        }
    }

    private static boolean loadOne(Cpu c, Insn i, int bytes, int prefixes) {
        setAccumulator(c, bytes, loadSource(c, i, bytes));
        advance(c, i, Cpu.RSI, step(c, bytes));
        return true;
    }

    // SCAS and CMPS

    public static void scas8(Cpu c, Insn i) {
        run(c, i, 1, StringOps::scanOne, StringRuns::scan);
    }

    public static void scas16(Cpu c, Insn i) {
        run(c, i, 2, StringOps::scanOne, StringRuns::scan);
    }

    public static void scas32(Cpu c, Insn i) {
        run(c, i, 4, StringOps::scanOne, StringRuns::scan);
    }

    public static void scas64(Cpu c, Insn i) {
        run(c, i, 8, StringOps::scanOne, StringRuns::scan);
    }

    private static boolean scanOne(Cpu c, Insn i, int bytes, int prefixes) {
        long value = loadDestination(c, i, bytes);
        advance(c, i, Cpu.RDI, step(c, bytes));
        return compare(c, accumulator(c, bytes), value, bytes, prefixes);
    }

    public static void cmps8(Cpu c, Insn i) {
        run(c, i, 1, StringOps::compareOne, StringRuns::compare);
    }

    public static void cmps16(Cpu c, Insn i) {
        run(c, i, 2, StringOps::compareOne, StringRuns::compare);
    }

    public static void cmps32(Cpu c, Insn i) {
        run(c, i, 4, StringOps::compareOne, StringRuns::compare);
    }

    public static void cmps64(Cpu c, Insn i) {
        run(c, i, 8, StringOps::compareOne, StringRuns::compare);
    }

    private static boolean compareOne(Cpu c, Insn i, int bytes, int prefixes) {
        // where both would fault, AMD's processors report the destination
        long second = loadDestination(c, i, bytes);
        long first = loadSource(c, i, bytes);
        long step = step(c, bytes);
        advance(c, i, Cpu.RSI, step);
        advance(c, i, Cpu.RDI, step);
        return compare(c, first, second, bytes, prefixes);
    }

    /** Sets the flags of {@code a - b}; returns whether REPE or REPNE goes on. */
    static boolean compare(Cpu c, long a, long b, int bytes, int prefixes) {
        switch (bytes) {
            case 1 -> {
                int result = Alu.sub8((int) a, (int) b);
                c.flagResult = (byte) result;
                c.flagCarry = Alu.subCarries8((int) a, (int) b, result);
            }
            case 2 -> {
                int result = Alu.sub16((int) a, (int) b);
                c.flagResult = (short) result;
                c.flagCarry = Alu.subCarries16((int) a, (int) b, result);
            }
            case 4 -> {
                int result = Alu.sub32((int) a, (int) b);
                c.flagResult = result;
                c.flagCarry = Alu.subCarries32((int) a, (int) b, result);
            }
            default -> {
                c.flagResult = Alu.sub64(a, b);
                c.flagCarry = Alu.subCarries64(a, b, c.flagResult);
            }
        }
        return (a == b) == ((prefixes & Insn.PREFIX_REPNE) == 0);
    }

    // INS and OUTS

    public static void ins8(Cpu c, Insn i) {
        run(c, i, 1, StringOps::inputOne, NONE);
    }

    public static void ins16(Cpu c, Insn i) {
        run(c, i, 2, StringOps::inputOne, NONE);
    }

    public static void ins32(Cpu c, Insn i) {
        run(c, i, 4, StringOps::inputOne, NONE);
    }

    /** The store is checked before the port is read: what a device handed out must not be lost by a page fault. */
    private static boolean inputOne(Cpu c, Insn i, int bytes, int prefixes) {
        int port = (int) c.gpr[Cpu.RDX] & 0xFFFF;
        PortIo.check(c, port, bytes);
        long lin = destinationForWrite(c, i, bytes);
        c.mmu.probeWrite(lin, bytes);
        store(c, lin, bytes, PortIo.read(c, port, bytes));
        advance(c, i, Cpu.RDI, step(c, bytes));
        return true;
    }

    public static void outs8(Cpu c, Insn i) {
        run(c, i, 1, StringOps::outputOne, NONE);
    }

    public static void outs16(Cpu c, Insn i) {
        run(c, i, 2, StringOps::outputOne, NONE);
    }

    public static void outs32(Cpu c, Insn i) {
        run(c, i, 4, StringOps::outputOne, NONE);
    }

    private static boolean outputOne(Cpu c, Insn i, int bytes, int prefixes) {
        int port = (int) c.gpr[Cpu.RDX] & 0xFFFF;
        PortIo.check(c, port, bytes);
        int value = (int) loadSource(c, i, bytes);
        PortIo.write(c, port, bytes, value);
        advance(c, i, Cpu.RSI, step(c, bytes));
        return true;
    }
}
