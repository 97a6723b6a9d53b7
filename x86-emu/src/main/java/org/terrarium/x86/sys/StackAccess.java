package org.terrarium.x86.sys;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.GuestFault;

/**
 * The stack as PUSH, POP, CALL and RET use it: SS:rSP with the stack's own width. Registers change only after the memory
 * access has succeeded.
 */
public final class StackAccess {
    private StackAccess() {}

    public static void push16(Cpu c, int value) {
        long sp = c.gpr[Cpu.RSP] - 2 & c.stackMask;
        c.mmu.write16(linearForWrite(c, sp, 2), value);
        setPointer(c, sp);
    }

    public static void push32(Cpu c, int value) {
        long sp = c.gpr[Cpu.RSP] - 4 & c.stackMask;
        c.mmu.write32(linearForWrite(c, sp, 4), value);
        setPointer(c, sp);
    }

    public static void push64(Cpu c, long value) {
        long sp = c.gpr[Cpu.RSP] - 8 & c.stackMask;
        c.mmu.write64(linearForWrite(c, sp, 8), value);
        setPointer(c, sp);
    }

    public static int pop16(Cpu c) {
        long sp = c.gpr[Cpu.RSP] & c.stackMask;
        int value = c.mmu.read16(linearForRead(c, sp, 2));
        setPointer(c, sp + 2 & c.stackMask);
        return value;
    }

    public static int pop32(Cpu c) {
        long sp = c.gpr[Cpu.RSP] & c.stackMask;
        int value = c.mmu.read32(linearForRead(c, sp, 4));
        setPointer(c, sp + 4 & c.stackMask);
        return value;
    }

    public static long pop64(Cpu c) {
        long sp = c.gpr[Cpu.RSP] & c.stackMask;
        long value = c.mmu.read64(linearForRead(c, sp, 8));
        setPointer(c, sp + 8 & c.stackMask);
        return value;
    }

    /** Pushes {@code size} (16, 32 or 64) bits. */
    public static void push(Cpu c, int size, long value) {
        switch (size) {
            case 16 -> push16(c, (int) value);
            case 32 -> push32(c, (int) value);
            default -> push64(c, value);
        }
    }

    /** Pops {@code size} (16, 32 or 64) bits, zero-extended. */
    public static long pop(Cpu c, int size) {
        return switch (size) {
            case 16 -> pop16(c);
            case 32 -> pop32(c) & 0xFFFF_FFFFL;
            default -> pop64(c);
        };
    }

    /** Reads {@code size} bits at {@code offset} bytes above the stack pointer; nothing is popped. */
    static long peek(Cpu c, int size, int offset) {
        long sp = c.gpr[Cpu.RSP] + offset & c.stackMask;
        long lin = linearForRead(c, sp, size >> 3);
        return switch (size) {
            case 16 -> c.mmu.read16(lin);
            case 32 -> c.mmu.read32(lin) & 0xFFFF_FFFFL;
            default -> c.mmu.read64(lin);
        };
    }

    /** Adds to the stack pointer within its width. */
    static void release(Cpu c, int bytes) {
        setPointer(c, c.gpr[Cpu.RSP] + bytes & c.stackMask);
    }

    /** Replaces as much of RSP as the stack's width covers; a 32-bit stack pointer clears the upper half. */
    public static void setPointer(Cpu c, long sp) {
        long mask = c.stackMask;
        c.gpr[Cpu.RSP] = mask == 0xFFFFL ? c.gpr[Cpu.RSP] & ~0xFFFFL | sp & 0xFFFFL : sp & mask;
    }

    /** Linear address of a stack load, checked. */
    public static long linearForRead(Cpu c, long sp, int bytes) {
        if (c.segChecked[Cpu.SS] != 0) {
            Segments.checkRead(c, Cpu.SS, sp, bytes);
        }
        return canonical(c, sp + c.segEffectiveBase[Cpu.SS] & c.linearMask);
    }

    /** Linear address of a stack store, checked. */
    public static long linearForWrite(Cpu c, long sp, int bytes) {
        if (c.segChecked[Cpu.SS] != 0) {
            Segments.checkWrite(c, Cpu.SS, sp, bytes);
        }
        return canonical(c, sp + c.segEffectiveBase[Cpu.SS] & c.linearMask);
    }

    private static long canonical(Cpu c, long lin) {
        if (lin << 16 >> 16 != lin) {
            throw c.fault(GuestFault.SS, 0);
        }
        return lin;
    }
}
