package org.terrarium.x86.sem;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.Fpu;
import org.terrarium.x86.isa.Insn;

/** The x87's comparisons: FCOM, FUCOM, FICOM, FCOMI, FUCOMI with their popping forms, FTST and FXAM (SDM volume 2). */
public final class X87Compare {
    /** Condition codes by relation (SseCompare.EQUAL, LESS, GREATER, UNORDERED). */
    private static final int[] CODES = {X87State.C3, X87State.C0, 0, X87State.C3 | X87State.C2 | X87State.C0};

    private X87Compare() {}

    /** Compares ST(0) with a number and sets the condition codes; false when an unmasked exception forbids popping. */
    private static boolean compare(Fpu f, int seB, long mB, int loadFlags, boolean strict) {
        int seA = f.signExponent[f.top];
        long mA = f.mantissa[f.top];
        int relation = SoftFloat80.compare(f, seA, mA, seB, mB, strict);
        int flags = f.soft.flags;
        if (relation != SseCompare.UNORDERED) {
            flags |= loadFlags;
        }
        boolean done = X87State.commit(f, flags);
        f.statusWord = f.statusWord & ~X87State.CONDITIONS | CODES[relation];
        return done;
    }

    /** An operand is missing: unordered. */
    private static boolean missing(Fpu f) {
        boolean masked = X87State.stackFault(f, 0);
        f.statusWord = f.statusWord & ~X87State.CONDITIONS | CODES[SseCompare.UNORDERED];
        return masked;
    }

    private static boolean register(Cpu c, Insn i, int source, boolean strict) {
        X87State.check(c);
        X87State.instruction(c, i);
        Fpu f = c.fpu;
        if (X87State.empty(f, 0) || X87State.empty(f, source)) {
            return missing(f);
        }
        int b = X87State.physical(f, source);
        return compare(f, f.signExponent[b], f.mantissa[b], 0, strict);
    }

    /** Compares with a memory operand already in extended format. */
    private static boolean memory(Fpu f, long mB) {
        if (X87State.empty(f, 0)) {
            return missing(f);
        }
        return compare(f, f.soft.signExponent, mB, f.soft.flags, true);
    }

    private static void popIf(boolean done, Fpu f, int count) {
        if (done) {
            for (int n = 0; n < count; n++) {
                X87State.pop(f);
            }
        }
    }

    public static void fcom(Cpu c, Insn i) {
        register(c, i, i.rm, true);
    }

    public static void fcomp(Cpu c, Insn i) {
        popIf(register(c, i, i.rm, true), c.fpu, 1);
    }

    public static void fcompp(Cpu c, Insn i) {
        popIf(register(c, i, 1, true), c.fpu, 2);
    }

    public static void fucom(Cpu c, Insn i) {
        register(c, i, i.rm, false);
    }

    public static void fucomp(Cpu c, Insn i) {
        popIf(register(c, i, i.rm, false), c.fpu, 1);
    }

    public static void fucompp(Cpu c, Insn i) {
        popIf(register(c, i, 1, false), c.fpu, 2);
    }

    public static void fcomSingle(Cpu c, Insn i) {
        memory(c.fpu, X87Move.readSingle(c, i));
    }

    public static void fcompSingle(Cpu c, Insn i) {
        popIf(memory(c.fpu, X87Move.readSingle(c, i)), c.fpu, 1);
    }

    public static void fcomDouble(Cpu c, Insn i) {
        memory(c.fpu, X87Move.readDouble(c, i));
    }

    public static void fcompDouble(Cpu c, Insn i) {
        popIf(memory(c.fpu, X87Move.readDouble(c, i)), c.fpu, 1);
    }

    public static void ficomWord(Cpu c, Insn i) {
        memory(c.fpu, X87Move.readWord(c, i));
    }

    public static void ficompWord(Cpu c, Insn i) {
        popIf(memory(c.fpu, X87Move.readWord(c, i)), c.fpu, 1);
    }

    public static void ficomDoubleword(Cpu c, Insn i) {
        memory(c.fpu, X87Move.readDoubleword(c, i));
    }

    public static void ficompDoubleword(Cpu c, Insn i) {
        popIf(memory(c.fpu, X87Move.readDoubleword(c, i)), c.fpu, 1);
    }

    public static void ftst(Cpu c, Insn i) {
        X87State.check(c);
        X87State.instruction(c, i);
        Fpu f = c.fpu;
        if (X87State.empty(f, 0)) {
            missing(f);
        } else {
            compare(f, 0, 0, 0, true);
        }
    }

    /** FCOMI and FUCOMI: the relation goes to ZF, PF and CF; OF, SF and AF are cleared. */
    private static boolean toFlags(Cpu c, Insn i, boolean strict) {
        X87State.check(c);
        X87State.instruction(c, i);
        Fpu f = c.fpu;
        int relation = SseCompare.UNORDERED;
        boolean done;
        if (X87State.empty(f, 0) || X87State.empty(f, i.rm)) {
            done = X87State.stackFault(f, 0);
        } else {
            int b = X87State.physical(f, i.rm);
            int seA = f.signExponent[f.top];
            relation = SoftFloat80.compare(f, seA, f.mantissa[f.top], f.signExponent[b], f.mantissa[b], strict);
            done = X87State.commit(f, f.soft.flags);
        }
        c.flagResult = SseCompare.ordered(relation);
        c.flagCarry = SseCompare.carries(relation == SseCompare.UNORDERED, SseCompare.ordered(relation));
        return done;
    }

    public static void fcomi(Cpu c, Insn i) {
        toFlags(c, i, true);
    }

    public static void fcomip(Cpu c, Insn i) {
        popIf(toFlags(c, i, true), c.fpu, 1);
    }

    public static void fucomi(Cpu c, Insn i) {
        toFlags(c, i, false);
    }

    public static void fucomip(Cpu c, Insn i) {
        popIf(toFlags(c, i, false), c.fpu, 1);
    }

    /** FXAM: class of ST(0) in C3, C2, C0, its sign in C1, also of an empty register. */
    public static void fxam(Cpu c, Insn i) {
        X87State.check(c);
        X87State.instruction(c, i);
        Fpu f = c.fpu;
        int se = f.signExponent[f.top];
        int codes = X87State.empty(f, 0) ? X87State.C3 | X87State.C0 : examine(se, f.mantissa[f.top]);
        int sign = (se & 0x8000) != 0 ? X87State.C1 : 0;
        f.statusWord = f.statusWord & ~X87State.CONDITIONS | codes | sign;
    }

    private static int examine(int se, long m) {
        if (SoftFloat80.zero(se, m)) {
            return X87State.C3;
        }
        if (SoftFloat80.denormal(se, m)) {
            return X87State.C3 | X87State.C2;
        }
        if (SoftFloat80.unsupported(se, m)) {
            return 0;
        }
        if (SoftFloat80.infinite(se, m)) {
            return X87State.C2 | X87State.C0;
        }
        return SoftFloat80.nan(se, m) ? X87State.C0 : X87State.C2;
    }
}
