package org.terrarium.x86.jit;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.isa.Attribute;
import org.terrarium.x86.isa.Insn;
import org.terrarium.x86.isa.Operand;

/**
 * Which general registers and flags an instruction looks at and changes, as far as that is known; else all.
 *
 * @param reads bit n: register n may be read
 * @param writes bit n: register n may be changed
 * @param restores a fault leaves registers and flags as they were before
 */
record Effects(int reads, int writes, boolean restores) {
    static final int ALL = 0xFFFF;

    static Effects of(Insn i) {
        int address = address(i);
        if (Shapes.pure(i)) {
            return pure(i, address);
        }
        int rax = 1 << Cpu.RAX;
        int rdx = 1 << Cpu.RDX;
        int rsp = 1 << Cpu.RSP;
        String shape = i.row.shape();
        switch (shape) {
            case "nop", "jcc", "jmp" -> {
                return new Effects(address | operands(i), 0, true);
            }
            case "loop" -> {
                return new Effects(1 << Cpu.RCX, 1 << Cpu.RCX, true);
            }
            case "mul", "imul", "div", "idiv" -> {
                return new Effects(address | operands(i) | rax | rdx, rax | rdx, true);
            }
            case "push", "call" -> {
                return new Effects(address | operands(i) | rsp, rsp, true);
            }
            case "ret" -> {
                return new Effects(rsp, rsp, true);
            }
            case "pop" -> {
                return new Effects(address | operands(i) | rsp, rsp | operands(i), true);
            }
            default -> {}
        }
        if (i.row.mnemonic().equals("LEAVE")) {
            return new Effects(rsp | 1 << Cpu.RBP, rsp | 1 << Cpu.RBP, true);
        }
        if (i.row.source().startsWith("x87")
                || i.row.mnemonic().equals("CLD")
                || i.row.mnemonic().equals("STD")) {
            int accumulator = operands(i) & rax;
            // the components to save or restore are named in EDX:EAX
            boolean masked =
                    i.row.mnemonic().startsWith("XSAVE") || i.row.mnemonic().startsWith("XRSTOR");
            return new Effects(address | accumulator | (masked ? rax | rdx : 0), accumulator, true);
        }
        if (i.row.has(Attribute.STRING)) {
            int all = rax | 1 << Cpu.RCX | 1 << Cpu.RSI | 1 << Cpu.RDI;
            return new Effects(all, all, !Shapes.repeats(i));
        }
        return new Effects(ALL, ALL, false);
    }

    private static Effects pure(Insn i, int address) {
        int all = address;
        int writes = 0;
        for (int n = 0; n < i.row.operands().size(); n++) {
            int r = register(i, i.row.operands().get(n));
            all |= r;
            if (n == 0 || i.row.shape().equals("swap") || i.row.shape().equals("xadd")) {
                writes |= r;
            }
        }
        if (i.row.shape().equals("cmpxchg")) {
            all |= 1 << Cpu.RAX;
            writes |= 1 << Cpu.RAX;
        }
        if (i.row.shape().equals("compare")) {
            writes = 0;
        }
        return new Effects(all | writes, writes, true);
    }

    private static int operands(Insn i) {
        int all = 0;
        for (Operand o : i.row.operands()) {
            all |= register(i, o);
        }
        return all;
    }

    /** The general register that an operand is. */
    private static int register(Insn i, Operand o) {
        return switch (o.kind()) {
            case REG_GPR, OPCODE_GPR -> 1 << (i.reg & 15);
            case GPR_OR_MEM, RM_GPR -> i.memory ? 0 : 1 << (i.rm & 15);
            case FIXED_GPR -> 1 << (o.register() & 15);
            default -> 0;
        };
    }

    private static int address(Insn i) {
        if (!i.memory) {
            return 0;
        }
        int all = i.base < 16 ? 1 << i.base : 0;
        return i.index < 16 ? all | 1 << i.index : all;
    }

    /** Whether a handler looks at the status flags or changes them. */
    static boolean touchesFlags(Insn i) {
        return ((i.row.flagsRead() | i.row.flagsWritten() | i.row.flagsUndefined()) & Cpu.STATUS_FLAGS) != 0;
    }
}
