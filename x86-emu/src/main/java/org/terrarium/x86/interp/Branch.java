package org.terrarium.x86.interp;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.GuestFault;
import org.terrarium.x86.isa.Insn;
import org.terrarium.x86.sem.Flags;
import org.terrarium.x86.sys.StackAccess;

/**
 * Near branches. They are the last of their block, so {@code c.rip} already is the next instruction's address. A target
 * outside of the code segment, or not canonical, faults before anything is changed (SDM volume 2, JMP, CALL, RET).
 */
public final class Branch {
    private Branch() {}

    private static void take(Cpu c, Insn i) {
        long target = (c.gpr[Cpu.BLOCK_IP] + i.imm) & i.ipMask();
        checkTarget(c, target);
        c.rip = target;
    }

    private static void checkTarget(Cpu c, long target) {
        if (c.codeSize == 64) {
            if (target << 16 >> 16 != target) {
                throw c.fault(GuestFault.GP, 0);
            }
        } else if (target > (c.segLimit[Cpu.CS] & 0xFFFF_FFFFL)) {
            throw c.fault(GuestFault.GP, 0);
        }
    }

    public static void jumpO(Cpu c, Insn i) {
        if (Flags.isO(c.flagResult, c.flagCarry)) {
            take(c, i);
        }
    }

    public static void jumpNO(Cpu c, Insn i) {
        if (Flags.isNO(c.flagResult, c.flagCarry)) {
            take(c, i);
        }
    }

    public static void jumpB(Cpu c, Insn i) {
        if (Flags.isB(c.flagResult, c.flagCarry)) {
            take(c, i);
        }
    }

    public static void jumpNB(Cpu c, Insn i) {
        if (Flags.isNB(c.flagResult, c.flagCarry)) {
            take(c, i);
        }
    }

    public static void jumpZ(Cpu c, Insn i) {
        if (Flags.isZ(c.flagResult, c.flagCarry)) {
            take(c, i);
        }
    }

    public static void jumpNZ(Cpu c, Insn i) {
        if (Flags.isNZ(c.flagResult, c.flagCarry)) {
            take(c, i);
        }
    }

    public static void jumpBE(Cpu c, Insn i) {
        if (Flags.isBE(c.flagResult, c.flagCarry)) {
            take(c, i);
        }
    }

    public static void jumpNBE(Cpu c, Insn i) {
        if (Flags.isNBE(c.flagResult, c.flagCarry)) {
            take(c, i);
        }
    }

    public static void jumpS(Cpu c, Insn i) {
        if (Flags.isS(c.flagResult, c.flagCarry)) {
            take(c, i);
        }
    }

    public static void jumpNS(Cpu c, Insn i) {
        if (Flags.isNS(c.flagResult, c.flagCarry)) {
            take(c, i);
        }
    }

    public static void jumpP(Cpu c, Insn i) {
        if (Flags.isP(c.flagResult, c.flagCarry)) {
            take(c, i);
        }
    }

    public static void jumpNP(Cpu c, Insn i) {
        if (Flags.isNP(c.flagResult, c.flagCarry)) {
            take(c, i);
        }
    }

    public static void jumpL(Cpu c, Insn i) {
        if (Flags.isL(c.flagResult, c.flagCarry)) {
            take(c, i);
        }
    }

    public static void jumpNL(Cpu c, Insn i) {
        if (Flags.isNL(c.flagResult, c.flagCarry)) {
            take(c, i);
        }
    }

    public static void jumpLE(Cpu c, Insn i) {
        if (Flags.isLE(c.flagResult, c.flagCarry)) {
            take(c, i);
        }
    }

    public static void jumpNLE(Cpu c, Insn i) {
        if (Flags.isNLE(c.flagResult, c.flagCarry)) {
            take(c, i);
        }
    }

    public static void jump(Cpu c, Insn i) {
        take(c, i);
    }

    public static void jumpOperand(Cpu c, Insn i) {
        long target = readTarget(c, i);
        checkTarget(c, target);
        c.rip = target;
    }

    private static long readTarget(Cpu c, Insn i) {
        return switch (i.operandSize) {
            case 16 -> Operands.read16(c, i);
            case 32 -> Operands.read32(c, i) & 0xFFFF_FFFFL;
            default -> Operands.read64(c, i);
        };
    }

    public static void call64(Cpu c, Insn i) {
        long target = c.gpr[Cpu.BLOCK_IP] + i.imm;
        checkTarget(c, target);
        StackAccess.push64(c, c.rip);
        c.rip = target;
    }

    public static void call32(Cpu c, Insn i) {
        long target = (c.gpr[Cpu.BLOCK_IP] + i.imm) & 0xFFFF_FFFFL;
        checkTarget(c, target);
        StackAccess.push32(c, (int) c.rip);
        c.rip = target;
    }

    public static void call16(Cpu c, Insn i) {
        long target = (c.gpr[Cpu.BLOCK_IP] + i.imm) & 0xFFFFL;
        checkTarget(c, target);
        StackAccess.push16(c, (int) c.rip);
        c.rip = target;
    }

    public static void callOperand64(Cpu c, Insn i) {
        long target = Operands.read64(c, i);
        checkTarget(c, target);
        StackAccess.push64(c, c.rip);
        c.rip = target;
    }

    public static void callOperand32(Cpu c, Insn i) {
        long target = Operands.read32(c, i) & 0xFFFF_FFFFL;
        checkTarget(c, target);
        StackAccess.push32(c, (int) c.rip);
        c.rip = target;
    }

    public static void callOperand16(Cpu c, Insn i) {
        long target = Operands.read16(c, i);
        checkTarget(c, target);
        StackAccess.push16(c, (int) c.rip);
        c.rip = target;
    }

    public static void ret64(Cpu c, Insn i) {
        long sp = c.gpr[Cpu.RSP];
        long target = StackAccess.pop64(c);
        returnTo(c, target, sp);
    }

    public static void ret32(Cpu c, Insn i) {
        long sp = c.gpr[Cpu.RSP];
        long target = StackAccess.pop32(c) & 0xFFFF_FFFFL;
        returnTo(c, target, sp);
    }

    public static void ret16(Cpu c, Insn i) {
        long sp = c.gpr[Cpu.RSP];
        long target = StackAccess.pop16(c);
        returnTo(c, target, sp);
    }

    /** RET Iw: the immediate bytes are released after the return address. */
    public static void retPop64(Cpu c, Insn i) {
        ret64(c, i);
        c.gpr[Cpu.RSP] += i.imm;
    }

    public static void retPop32(Cpu c, Insn i) {
        ret32(c, i);
        StackAccess.setPointer(c, c.gpr[Cpu.RSP] + i.imm);
    }

    public static void retPop16(Cpu c, Insn i) {
        ret16(c, i);
        StackAccess.setPointer(c, c.gpr[Cpu.RSP] + i.imm);
    }

    private static void returnTo(Cpu c, long target, long sp) {
        try {
            checkTarget(c, target);
        } catch (GuestFault fault) {
            c.gpr[Cpu.RSP] = sp;
            throw fault;
        }
        c.rip = target;
    }

    /** Counts rCX (of the address size) down and returns it. */
    private static long countDown(Cpu c, Insn i) {
        long count = (c.gpr[Cpu.RCX] - 1) & i.addressMask;
        Operands.setRegister(c, Cpu.RCX, count, i.addressSize);
        return count;
    }

    public static void loop(Cpu c, Insn i) {
        loopIf(c, i, true);
    }

    public static void loopEqual(Cpu c, Insn i) {
        loopIf(c, i, c.flagResult == 0);
    }

    public static void loopNotEqual(Cpu c, Insn i) {
        loopIf(c, i, c.flagResult != 0);
    }

    private static void loopIf(Cpu c, Insn i, boolean condition) {
        long before = c.gpr[Cpu.RCX];
        if (countDown(c, i) != 0 && condition) {
            try {
                take(c, i);
            } catch (GuestFault fault) {
                c.gpr[Cpu.RCX] = before;
                throw fault;
            }
        }
    }

    public static void jumpCountZero(Cpu c, Insn i) {
        if ((c.gpr[Cpu.RCX] & i.addressMask) == 0) {
            take(c, i);
        }
    }
}
