package org.terrarium.x86.sem;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.Fpu;
import org.terrarium.x86.isa.Insn;

/** The x87's basic arithmetic: FADD, FMUL, FSUB, FSUBR, FDIV, FDIVR in all operand forms, and FSQRT (SDM volume 2). */
public final class X87Arith {
    private static final int ADD = 0;
    private static final int MUL = 1;
    private static final int SUB = 4;
    private static final int SUBR = 5;
    private static final int DIV = 6;
    private static final int DIVR = 7;

    private X87Arith() {}

    private static long operate(Fpu f, int op, int seA, long mA, int seB, long mB) {
        return switch (op) {
            case ADD -> SoftFloat80.add(f, seA, mA, seB, mB);
            case MUL -> SoftFloat80.multiply(f, seA, mA, seB, mB);
            case SUB -> SoftFloat80.subtract(f, seA, mA, seB, mB);
            case SUBR -> SoftFloat80.subtract(f, seB, mB, seA, mA);
            case DIV -> SoftFloat80.divide(f, seA, mA, seB, mB);
            default -> SoftFloat80.divide(f, seB, mB, seA, mA);
        };
    }

    /** ST(destination) = ST(destination) op ST(source). */
    private static boolean registers(Cpu c, Insn i, int op, int destination, int source) {
        X87State.check(c);
        X87State.instruction(c, i);
        Fpu f = c.fpu;
        if (X87State.empty(f, destination) || X87State.empty(f, source)) {
            return X87State.underflow(f, destination);
        }
        int a = X87State.physical(f, destination);
        int b = X87State.physical(f, source);
        long m = operate(f, op, f.signExponent[a], f.mantissa[a], f.signExponent[b], f.mantissa[b]);
        if (!X87State.commit(f, f.soft.flags)) {
            return false;
        }
        f.signExponent[a] = f.soft.signExponent;
        f.mantissa[a] = m;
        return true;
    }

    private static void registersPop(Cpu c, Insn i, int op) {
        if (registers(c, i, op, i.rm, 0)) {
            X87State.pop(c.fpu);
        }
    }

    /** ST(0) = ST(0) op the memory operand, already in extended format: significand here, the rest in the working registers. */
    private static void memory(Fpu f, int op, long mB) {
        int seB = f.soft.signExponent;
        int loadFlags = f.soft.flags;
        if (X87State.empty(f, 0)) {
            X87State.underflow(f, 0);
            return;
        }
        int top = f.top;
        int seA = f.signExponent[top];
        long mA = f.mantissa[top];
        long m = operate(f, op, seA, mA, seB, mB);
        int flags = f.soft.flags;
        boolean outranked = (flags & SoftFloat.ZERO_DIVIDE) != 0 || SoftFloat80.anyNan(seA, mA, 0, 0);
        if (loadFlags != 0 && !outranked) {
            flags |= loadFlags;
        }
        if (X87State.commit(f, flags)) {
            f.signExponent[top] = f.soft.signExponent;
            f.mantissa[top] = m;
        }
    }

    private static void single(Cpu c, Insn i, int op) {
        memory(c.fpu, op, X87Move.readSingle(c, i));
    }

    private static void real(Cpu c, Insn i, int op) {
        memory(c.fpu, op, X87Move.readDouble(c, i));
    }

    private static void word(Cpu c, Insn i, int op) {
        memory(c.fpu, op, X87Move.readWord(c, i));
    }

    private static void doubleword(Cpu c, Insn i, int op) {
        memory(c.fpu, op, X87Move.readDoubleword(c, i));
    }

    public static void faddSingle(Cpu c, Insn i) {
        single(c, i, ADD);
    }

    public static void faddDouble(Cpu c, Insn i) {
        real(c, i, ADD);
    }

    public static void fiaddWord(Cpu c, Insn i) {
        word(c, i, ADD);
    }

    public static void fiaddDoubleword(Cpu c, Insn i) {
        doubleword(c, i, ADD);
    }

    /** ST(0) = ST(0) op ST(i). */
    public static void fadd(Cpu c, Insn i) {
        registers(c, i, ADD, 0, i.rm);
    }

    /** ST(i) = ST(i) op ST(0). */
    public static void faddTo(Cpu c, Insn i) {
        registers(c, i, ADD, i.rm, 0);
    }

    public static void faddp(Cpu c, Insn i) {
        registersPop(c, i, ADD);
    }

    public static void fmulSingle(Cpu c, Insn i) {
        single(c, i, MUL);
    }

    public static void fmulDouble(Cpu c, Insn i) {
        real(c, i, MUL);
    }

    public static void fimulWord(Cpu c, Insn i) {
        word(c, i, MUL);
    }

    public static void fimulDoubleword(Cpu c, Insn i) {
        doubleword(c, i, MUL);
    }

    /** ST(0) = ST(0) op ST(i). */
    public static void fmul(Cpu c, Insn i) {
        registers(c, i, MUL, 0, i.rm);
    }

    /** ST(i) = ST(i) op ST(0). */
    public static void fmulTo(Cpu c, Insn i) {
        registers(c, i, MUL, i.rm, 0);
    }

    public static void fmulp(Cpu c, Insn i) {
        registersPop(c, i, MUL);
    }

    public static void fsubSingle(Cpu c, Insn i) {
        single(c, i, SUB);
    }

    public static void fsubDouble(Cpu c, Insn i) {
        real(c, i, SUB);
    }

    public static void fisubWord(Cpu c, Insn i) {
        word(c, i, SUB);
    }

    public static void fisubDoubleword(Cpu c, Insn i) {
        doubleword(c, i, SUB);
    }

    /** ST(0) = ST(0) op ST(i). */
    public static void fsub(Cpu c, Insn i) {
        registers(c, i, SUB, 0, i.rm);
    }

    /** ST(i) = ST(i) op ST(0). */
    public static void fsubTo(Cpu c, Insn i) {
        registers(c, i, SUB, i.rm, 0);
    }

    public static void fsubp(Cpu c, Insn i) {
        registersPop(c, i, SUB);
    }

    public static void fsubrSingle(Cpu c, Insn i) {
        single(c, i, SUBR);
    }

    public static void fsubrDouble(Cpu c, Insn i) {
        real(c, i, SUBR);
    }

    public static void fisubrWord(Cpu c, Insn i) {
        word(c, i, SUBR);
    }

    public static void fisubrDoubleword(Cpu c, Insn i) {
        doubleword(c, i, SUBR);
    }

    /** ST(0) = ST(0) op ST(i). */
    public static void fsubr(Cpu c, Insn i) {
        registers(c, i, SUBR, 0, i.rm);
    }

    /** ST(i) = ST(i) op ST(0). */
    public static void fsubrTo(Cpu c, Insn i) {
        registers(c, i, SUBR, i.rm, 0);
    }

    public static void fsubrp(Cpu c, Insn i) {
        registersPop(c, i, SUBR);
    }

    public static void fdivSingle(Cpu c, Insn i) {
        single(c, i, DIV);
    }

    public static void fdivDouble(Cpu c, Insn i) {
        real(c, i, DIV);
    }

    public static void fidivWord(Cpu c, Insn i) {
        word(c, i, DIV);
    }

    public static void fidivDoubleword(Cpu c, Insn i) {
        doubleword(c, i, DIV);
    }

    /** ST(0) = ST(0) op ST(i). */
    public static void fdiv(Cpu c, Insn i) {
        registers(c, i, DIV, 0, i.rm);
    }

    /** ST(i) = ST(i) op ST(0). */
    public static void fdivTo(Cpu c, Insn i) {
        registers(c, i, DIV, i.rm, 0);
    }

    public static void fdivp(Cpu c, Insn i) {
        registersPop(c, i, DIV);
    }

    public static void fdivrSingle(Cpu c, Insn i) {
        single(c, i, DIVR);
    }

    public static void fdivrDouble(Cpu c, Insn i) {
        real(c, i, DIVR);
    }

    public static void fidivrWord(Cpu c, Insn i) {
        word(c, i, DIVR);
    }

    public static void fidivrDoubleword(Cpu c, Insn i) {
        doubleword(c, i, DIVR);
    }

    /** ST(0) = ST(0) op ST(i). */
    public static void fdivr(Cpu c, Insn i) {
        registers(c, i, DIVR, 0, i.rm);
    }

    /** ST(i) = ST(i) op ST(0). */
    public static void fdivrTo(Cpu c, Insn i) {
        registers(c, i, DIVR, i.rm, 0);
    }

    public static void fdivrp(Cpu c, Insn i) {
        registersPop(c, i, DIVR);
    }

    public static void fsqrt(Cpu c, Insn i) {
        X87State.check(c);
        X87State.instruction(c, i);
        Fpu f = c.fpu;
        if (X87State.empty(f, 0)) {
            X87State.underflow(f, 0);
            return;
        }
        long m = SoftFloat80.squareRoot(f, f.signExponent[f.top], f.mantissa[f.top]);
        if (X87State.commit(f, f.soft.flags)) {
            X87State.write(f, 0, f.soft.signExponent, m);
        }
    }
}
