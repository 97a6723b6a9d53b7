package org.terrarium.x86.interp;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.isa.Insn;
import org.terrarium.x86.sys.StackAccess;

/** PUSH, POP and their kin on general registers and memory. Whatever faults leaves all registers as they were. */
public final class StackOps {
    private StackOps() {}

    public static void pushRegister64(Cpu c, Insn i) {
        long[] gpr = c.gpr;
        long sp = gpr[Cpu.RSP] - 8;
        c.mmu.write64(sp, gpr[i.reg]);
        gpr[Cpu.RSP] = sp;
    }

    public static void pushRegister32(Cpu c, Insn i) {
        StackAccess.push32(c, (int) c.gpr[i.reg]);
    }

    public static void pushRegister16(Cpu c, Insn i) {
        StackAccess.push16(c, (int) c.gpr[i.reg]);
    }

    public static void popRegister64(Cpu c, Insn i) {
        long[] gpr = c.gpr;
        long sp = gpr[Cpu.RSP];
        long value = c.mmu.read64(sp);
        gpr[Cpu.RSP] = sp + 8;
        gpr[i.reg] = value;
    }

    public static void popRegister32(Cpu c, Insn i) {
        int value = StackAccess.pop32(c);
        c.gpr[i.reg] = value & 0xFFFF_FFFFL;
    }

    public static void popRegister16(Cpu c, Insn i) {
        int value = StackAccess.pop16(c);
        Operands.setRegister16(c, i.reg, value);
    }

    public static void pushOperand64(Cpu c, Insn i) {
        StackAccess.push64(c, Operands.read64(c, i));
    }

    public static void pushOperand32(Cpu c, Insn i) {
        StackAccess.push32(c, Operands.read32(c, i));
    }

    public static void pushOperand16(Cpu c, Insn i) {
        StackAccess.push16(c, Operands.read16(c, i));
    }

    public static void pushImmediate64(Cpu c, Insn i) {
        StackAccess.push64(c, i.imm);
    }

    public static void pushImmediate32(Cpu c, Insn i) {
        StackAccess.push32(c, (int) i.imm);
    }

    public static void pushImmediate16(Cpu c, Insn i) {
        StackAccess.push16(c, (int) i.imm);
    }

    // POP to memory: an address relative to rSP uses the value after the pop (SDM volume 2, POP).

    public static void popOperand64(Cpu c, Insn i) {
        long sp = c.gpr[Cpu.RSP];
        long value = StackAccess.pop64(c);
        boolean done = false;
        try {
            Operands.write64(c, i, value);
            done = true;
        } finally {
            restore(c, sp, done);
        }
    }

    public static void popOperand32(Cpu c, Insn i) {
        long sp = c.gpr[Cpu.RSP];
        int value = StackAccess.pop32(c);
        boolean done = false;
        try {
            Operands.write32(c, i, value);
            done = true;
        } finally {
            restore(c, sp, done);
        }
    }

    public static void popOperand16(Cpu c, Insn i) {
        long sp = c.gpr[Cpu.RSP];
        int value = StackAccess.pop16(c);
        boolean done = false;
        try {
            Operands.write16(c, i, value);
            done = true;
        } finally {
            restore(c, sp, done);
        }
    }

    private static void restore(Cpu c, long sp, boolean done) {
        if (!done) {
            c.gpr[Cpu.RSP] = sp;
        }
    }

    public static void pushAll16(Cpu c, Insn i) {
        pushAll(c, 16);
    }

    public static void pushAll32(Cpu c, Insn i) {
        pushAll(c, 32);
    }

    private static void pushAll(Cpu c, int size) {
        long sp = c.gpr[Cpu.RSP];
        boolean done = false;
        try {
            for (int n = 0; n < 8; n++) {
                StackAccess.push(c, size, n == Cpu.RSP ? sp : c.gpr[n]);
            }
            done = true;
        } finally {
            restore(c, sp, done);
        }
    }

    public static void popAll16(Cpu c, Insn i) {
        popAll(c, 16);
    }

    public static void popAll32(Cpu c, Insn i) {
        popAll(c, 32);
    }

    /**
     * The image of SP is read and dropped. A fault leaves SP alone, but as on processors what was already read is loaded: the
     * restarted instruction loads it again.
     */
    private static void popAll(Cpu c, int size) {
        long sp = c.gpr[Cpu.RSP];
        int bytes = size >> 3;
        for (int n = 7; n >= 0; n--) {
            long value = readAt(c, sp, (7 - n) * bytes, bytes);
            if (n != Cpu.RSP) {
                Operands.setRegister(c, n, value, size);
            }
        }
        StackAccess.setPointer(c, sp + 8 * bytes);
    }

    private static long readAt(Cpu c, long sp, int offset, int bytes) {
        long lin = StackAccess.linearForRead(c, sp + offset & c.stackMask, bytes);
        return bytes == 2 ? c.mmu.read16(lin) : c.mmu.read32(lin);
    }

    /** SDM volume 2, ENTER: the immediates are the frame's size and the nesting level. */
    public static void enter(Cpu c, Insn i) {
        long sp = c.gpr[Cpu.RSP];
        long bp = c.gpr[Cpu.RBP];
        int bytes = i.operandSize >> 3;
        int level = i.imm2 & 31;
        boolean done = false;
        try {
            StackAccess.push(c, i.operandSize, bp);
            long frame = c.gpr[Cpu.RSP];
            for (int n = 1; n < level; n++) {
                long link = StackAccess.linearForRead(c, bp - (long) n * bytes & c.stackMask, bytes);
                StackAccess.push(
                        c,
                        i.operandSize,
                        switch (bytes) {
                            case 2 -> c.mmu.read16(link);
                            case 4 -> c.mmu.read32(link);
                            default -> c.mmu.read64(link);
                        });
            }
            if (level > 0) {
                StackAccess.push(c, i.operandSize, frame);
            }
            long top = c.gpr[Cpu.RSP] - i.imm;
            // the new stack top must be writable (SDM: a final check of the stack pointer)
            c.mmu.probeWrite(StackAccess.linearForWrite(c, top & c.stackMask, bytes), bytes);
            StackAccess.setPointer(c, top);
            Operands.setRegister(c, Cpu.RBP, frame, i.operandSize);
            done = true;
        } finally {
            restore(c, sp, done);
        }
    }

    /** SDM volume 2, LEAVE. */
    public static void leave(Cpu c, Insn i) {
        long sp = c.gpr[Cpu.RSP];
        boolean done = false;
        try {
            StackAccess.setPointer(c, c.gpr[Cpu.RBP]);
            Operands.setRegister(c, Cpu.RBP, StackAccess.pop(c, i.operandSize), i.operandSize);
            done = true;
        } finally {
            restore(c, sp, done);
        }
    }
}
