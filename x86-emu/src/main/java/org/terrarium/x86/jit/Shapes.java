package org.terrarium.x86.jit;

import java.util.Set;
import org.terrarium.x86.interp.HandlerKey;
import org.terrarium.x86.isa.Attribute;
import org.terrarium.x86.isa.Insn;
import org.terrarium.x86.isa.Operand;
import org.terrarium.x86.sys.Modes;

/** What kind of thing an instruction is to the translator. */
final class Shapes {
    /** Privileged instructions that change nothing of what code depends on. */
    private static final Set<String> HARMLESS = Set.of("SegmentInstructions.swapgs", "ControlRegs.load");

    private Shapes() {}

    /** Whether it can be part of a region in a mode. What ends blocks for another reason than branching never is. */
    static boolean translatable(Insn i, int key) {
        if ((key & (Modes.KEY_STEP | Modes.KEY_ALIGN)) != 0
                || i.row.id() < 0
                || i.row.has(Attribute.END)
                // two stores that depend on what was there: it could not be done again after the first
                || i.row.mnemonic().equals("CMPXCHG16B")
                || i.row.has(Attribute.PRIV) && !HARMLESS.contains(i.row.method())) {
            return false;
        }
        if (i.row.has(Attribute.BRANCH)) {
            // a branch that cuts the instruction pointer down, or a call far from what the mode is made for
            return i.operandSize == 16 << (key & 3);
        }
        return true;
    }

    /** How a block ends that has this instruction for its last. */
    static RegionBlock.End end(Insn i) {
        if (repeats(i)) {
            return RegionBlock.End.REPEAT;
        }
        boolean direct = i.row.operands().stream().anyMatch(o -> o.kind() == Operand.Kind.RELATIVE);
        return switch (i.row.shape()) {
            case "jcc" -> RegionBlock.End.CONDITION;
            case "jmp" -> direct ? RegionBlock.End.JUMP : RegionBlock.End.COMPUTED;
            case "call" -> direct ? RegionBlock.End.CALL : RegionBlock.End.COMPUTED;
            case "ret" -> RegionBlock.End.RETURN;
            case "loop" -> RegionBlock.End.LOOP;
            default -> RegionBlock.End.FALL;
        };
    }

    /** A string instruction that runs by its count. */
    static boolean repeats(Insn i) {
        return i.row.has(Attribute.STRING) && (i.prefixes & (Insn.PREFIX_REP | Insn.PREFIX_REPNE)) != 0;
    }

    /** Whether it is translated from its row's operands and pure methods; all others run their handler. */
    static boolean pure(Insn i) {
        return HandlerKey.generated(i.row);
    }

    static boolean usesXmm(Operand o) {
        return switch (o.kind()) {
            case REG_XMM, RM_XMM, XMM_OR_MEM, FIXED_XMM0 -> true;
            default -> false;
        };
    }

    /** Whether an instruction's handler looks at XMM registers or changes them. */
    static boolean handlerUsesXmm(Insn i) {
        return i.row.source().startsWith("sse") || i.row.method().startsWith("FpuSave.");
    }

    static boolean usesMmx(Insn i) {
        for (Operand o : i.row.operands()) {
            switch (o.kind()) {
                case REG_MMX, RM_MMX -> {
                    return true;
                }
                case MMX_OR_MEM -> {
                    // CVTPI2PD and CVTPI2PS from memory do not touch the MMX state
                    if (!(i.memory && i.row.mnemonic().startsWith("CVTPI2P"))) {
                        return true;
                    }
                }
                default -> {}
            }
        }
        return false;
    }

    /** Whether it may raise a fault or be left for the interpreter. */
    static boolean mayFault(Insn i) {
        if (i.row.shape().equals("nop")
                || i.row.shape().equals("lea")
                || i.row.shape().equals("flag")) {
            return false;
        }
        if (!pure(i)) {
            return !i.row.shape().equals("jcc")
                    && !(i.row.shape().equals("jmp") && end(i) == RegionBlock.End.JUMP)
                    && !i.row.shape().equals("loop");
        }
        if (i.memory || usesMmx(i)) {
            return true;
        }
        for (Operand o : i.row.operands()) {
            if (o.kind() == Operand.Kind.OFFSET || usesXmm(o)) {
                return true;
            }
        }
        return false;
    }
}
