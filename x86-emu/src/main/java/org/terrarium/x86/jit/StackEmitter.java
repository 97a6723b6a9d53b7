package org.terrarium.x86.jit;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.isa.Insn;
import org.terrarium.x86.sys.StackAccess;

/** PUSH, POP, LEAVE, and the stack's part of CALL and RET: as {@code sys.StackAccess}, with the pointer in a JVM variable. */
final class StackEmitter {

    private final Asm a;
    private final OperandEmitter operands;
    private final RegionPlan plan;

    StackEmitter(Asm a, OperandEmitter operands, RegionPlan plan) {
        this.a = a;
        this.operands = operands;
        this.plan = plan;
    }

    /** Whether an instruction of shape push or pop (or LEAVE) is translated here; the rest runs its handler. */
    boolean handles(Insn i) {
        return switch (i.row.shape()) {
            case "push" -> true;
            case "pop" -> !i.memory;
            default ->
                i.row.mnemonic().equals("LEAVE")
                        && i.operandSize == plan.codeSize()
                        && plan.stackMask() == (plan.wide() ? ~0L : 0xFFFF_FFFFL);
        };
    }

    void emit(Insn i, long blockDelta) {
        switch (i.row.shape()) {
            case "push" -> {
                int value = a.newTemporary();
                boolean wide = i.operandSize == 64;
                pushed(i, blockDelta);
                keep(value, wide);
                push(i.operandSize, i.memory, () -> take(value, wide));
            }
            case "pop" -> {
                int value = pop(i.operandSize, false);
                popped(i, value);
            }
            default -> leave(i);
        }
    }

    private void keep(int slot, boolean wide) {
        if (wide) {
            a.b.lstore(slot);
        } else {
            a.b.istore(slot);
        }
    }

    private void take(int slot, boolean wide) {
        if (wide) {
            a.b.lload(slot);
        } else {
            a.b.iload(slot);
        }
    }

    /** What a PUSH pushes, as int or long. */
    private void pushed(Insn i, long blockDelta) {
        int size = i.operandSize;
        if (i.row.method().startsWith("StackOps.pushImmediate")) {
            if (size == 64) {
                a.constant(i.imm);
            } else {
                a.constant((int) i.imm);
            }
        } else if (i.row.method().startsWith("StackOps.pushRegister")) {
            operands.pushRegister(i.reg, size);
        } else if (i.memory) {
            int address = a.newTemporary();
            operands.pushLinear(i, blockDelta, size / 8, false);
            a.b.lstore(address);
            operands.read(address, size, false, operands.pages().of(i, false));
        } else {
            operands.pushRegister(i.rm, size);
        }
    }

    private void popped(Insn i, int value) {
        int n = i.row.method().startsWith("StackOps.popRegister") ? i.reg : i.rm;
        take(value, i.operandSize == 64);
        operands.popRegister(n, i.operandSize);
    }

    /** Turns an offset in the stack segment, in a variable, into a linear address there. */
    private void linear(int slot, int bytes, boolean write, boolean check) {
        if (plan.flat(Cpu.SS) && !check) {
            return;
        }
        a.cpu();
        a.b.lload(slot);
        a.constant(bytes);
        a.call(
                StackAccess.class,
                write ? "linearForWrite" : "linearForRead",
                long.class,
                Cpu.class,
                long.class,
                int.class);
        a.b.lstore(slot);
    }

    /**
     * Pushes a value of 16, 32 or 64 bits.
     *
     * @param alsoMemory the instruction has a memory operand too, so that a non-canonical address must be told apart here
     */
    void push(int size, boolean alsoMemory, Runnable value) {
        int bytes = size / 8;
        int pointer = a.newTemporary();
        int lin = a.newTemporary();
        a.loadGpr(Cpu.RSP);
        a.constant((long) bytes);
        a.b.lsub();
        mask();
        a.b.dup2().lstore(pointer).lstore(lin);
        linear(lin, bytes, true, alsoMemory && plan.wide());
        operands.write(lin, size, operands.pages().stack(true), value);
        setPointer(pointer);
    }

    /** Pops a value of 16, 32 or 64 bits into a new variable; {@code keep} leaves the pointer alone. */
    int pop(int size, boolean keep) {
        int bytes = size / 8;
        int lin = a.newTemporary();
        int value = a.newTemporary();
        a.loadGpr(Cpu.RSP);
        mask();
        a.b.lstore(lin);
        linear(lin, bytes, false, false);
        operands.read(lin, size, false, operands.pages().stack(false));
        keep(value, size == 64);
        if (!keep) {
            release(bytes);
        }
        return value;
    }

    /** Adds to the stack pointer within its width. */
    void release(long bytes) {
        int pointer = a.newTemporary();
        a.loadGpr(Cpu.RSP);
        a.constant(bytes);
        a.b.ladd();
        mask();
        a.b.lstore(pointer);
        setPointer(pointer);
    }

    private void mask() {
        if (plan.stackMask() != ~0L) {
            a.constant(plan.stackMask());
            a.b.land();
        }
    }

    private void setPointer(int slot) {
        if (plan.stackMask() == 0xFFFFL) {
            a.loadGpr(Cpu.RSP);
            a.constant(~0xFFFFL);
            a.b.land().lload(slot).lor();
            a.storeGpr(Cpu.RSP);
        } else {
            a.b.lload(slot);
            a.storeGpr(Cpu.RSP);
        }
    }

    private void leave(Insn i) {
        int lin = a.newTemporary();
        int sp = a.newTemporary();
        a.loadGpr(Cpu.RBP);
        mask();
        a.b.dup2().lstore(lin).lstore(sp);
        linear(lin, i.operandSize / 8, false, false);
        operands.read(lin, i.operandSize, false, PageCaches.NONE);
        operands.popRegister(Cpu.RBP, i.operandSize);
        a.b.lload(sp);
        a.constant((long) i.operandSize / 8);
        a.b.ladd();
        mask();
        a.storeGpr(Cpu.RSP);
    }
}
