package org.terrarium.x86.sys;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.GuestFault;
import org.terrarium.x86.interp.Operands;
import org.terrarium.x86.isa.Insn;
import org.terrarium.x86.sem.Flags;

/** Instructions that move or test segment selectors (SDM volume 2: MOV, PUSH, POP, LDS, LAR, LSL, VERR, ARPL, SWAPGS). */
public final class SegmentInstructions {
    private static final long INVISIBLE = -1;

    private SegmentInstructions() {}

    /** MOV Ev,Sw: 16 bits to memory, zero-extended to a register's operand size. */
    public static void store(Cpu c, Insn i) {
        int selector = c.segSelector[register(c, i.reg)];
        if (i.memory) {
            Operands.write16(c, i, selector);
        } else {
            Operands.setRegister(c, i.rm, selector, i.operandSize);
        }
    }

    /** MOV Sw,Ew. */
    public static void load(Cpu c, Insn i) {
        int seg = register(c, i.reg);
        if (seg == Cpu.CS) {
            throw c.fault(GuestFault.UD, 0);
        }
        Segments.load(c, seg, Operands.read16(c, i));
        if (seg == Cpu.SS) {
            shadow(c);
        }
    }

    /** After a load of SS by MOV or POP, interrupts and debug traps wait until the next instruction has set the pointer. */
    private static void shadow(Cpu c) {
        c.interruptShadow = true;
        c.stepTrap = false;
    }

    private static int register(Cpu c, int number) {
        int seg = number & 7;
        if (seg > Cpu.GS) {
            throw c.fault(GuestFault.UD, 0);
        }
        return seg;
    }

    public static void pushEs(Cpu c, Insn i) {
        push(c, i, Cpu.ES);
    }

    public static void pushCs(Cpu c, Insn i) {
        push(c, i, Cpu.CS);
    }

    public static void pushSs(Cpu c, Insn i) {
        push(c, i, Cpu.SS);
    }

    public static void pushDs(Cpu c, Insn i) {
        push(c, i, Cpu.DS);
    }

    public static void pushFs(Cpu c, Insn i) {
        push(c, i, Cpu.FS);
    }

    public static void pushGs(Cpu c, Insn i) {
        push(c, i, Cpu.GS);
    }

    public static void popEs(Cpu c, Insn i) {
        pop(c, i, Cpu.ES);
    }

    public static void popSs(Cpu c, Insn i) {
        pop(c, i, Cpu.SS);
        shadow(c);
    }

    public static void popDs(Cpu c, Insn i) {
        pop(c, i, Cpu.DS);
    }

    public static void popFs(Cpu c, Insn i) {
        pop(c, i, Cpu.FS);
    }

    public static void popGs(Cpu c, Insn i) {
        pop(c, i, Cpu.GS);
    }

    /** A 32-bit push of a selector writes two bytes and leaves the other two alone (current Intel processors do). */
    private static void push(Cpu c, Insn i, int seg) {
        if (i.operandSize == 32) {
            long sp = c.gpr[Cpu.RSP] - 4 & c.stackMask;
            c.mmu.write16(StackAccess.linearForWrite(c, sp, 2), c.segSelector[seg]);
            StackAccess.setPointer(c, sp);
        } else {
            StackAccess.push(c, i.operandSize, c.segSelector[seg]);
        }
    }

    private static void pop(Cpu c, Insn i, int seg) {
        long sp = c.gpr[Cpu.RSP] & c.stackMask;
        int selector = c.mmu.read16(StackAccess.linearForRead(c, sp, 2));
        long mask = c.stackMask;
        Segments.load(c, seg, selector);
        // POP SS: the old stack's width counts for the increment.
        long next = sp + (i.operandSize >> 3) & mask;
        c.gpr[Cpu.RSP] = mask == 0xFFFFL ? c.gpr[Cpu.RSP] & ~0xFFFFL | next : next;
    }

    public static void les(Cpu c, Insn i) {
        loadFarPointer(c, i, Cpu.ES);
    }

    public static void lds(Cpu c, Insn i) {
        loadFarPointer(c, i, Cpu.DS);
    }

    public static void lss(Cpu c, Insn i) {
        loadFarPointer(c, i, Cpu.SS);
    }

    public static void lfs(Cpu c, Insn i) {
        loadFarPointer(c, i, Cpu.FS);
    }

    public static void lgs(Cpu c, Insn i) {
        loadFarPointer(c, i, Cpu.GS);
    }

    private static void loadFarPointer(Cpu c, Insn i, int seg) {
        long offset = FarTransfer.pointerOffset(c, i);
        Segments.load(c, seg, FarTransfer.pointerSelector(c, i));
        Operands.setRegister(c, i.reg, offset, i.operandSize);
    }

    private static void setZero(Cpu c, boolean zero) {
        int flags = FlagsRegister.read(c);
        flags = zero ? flags | Cpu.ZF : flags & ~Cpu.ZF;
        c.flagResult = Flags.resultOf(flags);
        c.flagCarry = Flags.carryOf(flags);
    }

    /**
     * The descriptor LAR, LSL, VERR and VERW look at, or {@link #INVISIBLE} where the selector is null,
     * beyond its table, or not visible at this privilege.
     */
    private static long visible(Cpu c, int selector) {
        if (Descriptors.isNull(selector)) {
            return INVISIBLE;
        }
        long at = Descriptors.address(c, selector, 8);
        if (at == -1) {
            return INVISIBLE;
        }
        long d = c.mmu.readSystem64(at);
        int attributes = Descriptors.attributes(d);
        int dpl = Descriptors.dpl(attributes);
        boolean privileged = dpl < c.cpl || dpl < (selector & 3);
        return privileged && !Descriptors.isConformingCode(attributes) ? INVISIBLE : d;
    }

    /** LAR. */
    public static void lar(Cpu c, Insn i) {
        long d = visible(c, Operands.read16(c, i));
        boolean valid = d != INVISIBLE && describes(c, d, true);
        if (valid) {
            Operands.setRegister(c, i.reg, d >>> 32 & 0x00F0_FF00L, i.operandSize);
        }
        setZero(c, valid);
    }

    /** LSL. */
    public static void lsl(Cpu c, Insn i) {
        long d = visible(c, Operands.read16(c, i));
        boolean valid = d != INVISIBLE && describes(c, d, false);
        if (valid) {
            Operands.setRegister(c, i.reg, Descriptors.limit(d) & 0xFFFF_FFFFL, i.operandSize);
        }
        setZero(c, valid);
    }

    /** Whether the descriptor's type is one LAR (gates included) or LSL accepts. */
    private static boolean describes(Cpu c, long d, boolean gates) {
        int attributes = Descriptors.attributes(d);
        if ((attributes & Descriptors.SEGMENT) != 0) {
            return true;
        }
        boolean legacy = !c.longMode();
        return switch (attributes & Descriptors.TYPE) {
            case Descriptors.LDT, Descriptors.TSS32_AVAILABLE, Descriptors.TSS32_BUSY -> true;
            case Descriptors.TSS16_AVAILABLE, Descriptors.TSS16_BUSY -> legacy;
            case Descriptors.CALL_GATE32 -> gates;
            case Descriptors.CALL_GATE16, Descriptors.TASK_GATE -> gates && legacy;
            default -> false;
        };
    }

    /** VERR. */
    public static void verr(Cpu c, Insn i) {
        long d = visible(c, Operands.read16(c, i));
        int attributes = Descriptors.attributes(d);
        boolean code = (attributes & Descriptors.CODE) != 0;
        setZero(
                c,
                d != INVISIBLE
                        && (attributes & Descriptors.SEGMENT) != 0
                        && (!code || (attributes & Descriptors.READABLE) != 0));
    }

    /** VERW. */
    public static void verw(Cpu c, Insn i) {
        long d = visible(c, Operands.read16(c, i));
        setZero(c, d != INVISIBLE && Descriptors.isWritableData(Descriptors.attributes(d)));
    }

    /** ARPL. */
    public static void arpl(Cpu c, Insn i) {
        int rpl = (int) c.gpr[i.reg] & 3;
        int selector = i.memory ? c.mmu.readForUpdate16(Operands.linear(c, i, 2, true)) : Operands.read16(c, i);
        boolean raise = (selector & 3) < rpl;
        if (raise) {
            Operands.write16(c, i, selector & ~3 | rpl);
        }
        setZero(c, raise);
    }

    /** SWAPGS. */
    public static void swapgs(Cpu c, Insn i) {
        if (c.cpl != 0) {
            throw c.fault(GuestFault.GP, 0);
        }
        long base = c.segBase[Cpu.GS];
        c.segBase[Cpu.GS] = c.msrKernelGsBase;
        c.segEffectiveBase[Cpu.GS] = c.msrKernelGsBase;
        c.msrKernelGsBase = base;
    }
}
