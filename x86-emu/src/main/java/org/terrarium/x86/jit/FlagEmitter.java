package org.terrarium.x86.jit;

import java.lang.classfile.Label;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.terrarium.x86.Cpu;
import org.terrarium.x86.Optimisation;
import org.terrarium.x86.interp.Methods;
import org.terrarium.x86.isa.Row;
import org.terrarium.x86.sem.Flags;

/**
 * Status flags in JVM variables: RESULT is {@code Cpu.flagResult}; KIND, READY, FLAG_A and FLAG_B stand for {@code Cpu.flagCarry}
 * as {@link LazyFlags} says. Within a block the kind is mostly known when translating, so that conditions can be taken from the
 * operands of a comparison.
 */
final class FlagEmitter {
    static final int UNKNOWN = -1;
    private static final String[] NAMES = {
        "O", "NO", "B", "NB", "Z", "NZ", "BE", "NBE", "S", "NS", "P", "NP", "L", "NL", "LE", "NLE"
    };

    private final Asm a;
    private final OperandEmitter operands;
    private final JitOptions options;
    private int known = UNKNOWN;

    /** The operands of a subtraction decide its conditions. */
    private boolean comparable;

    FlagEmitter(Asm a, OperandEmitter operands, JitOptions options) {
        this.a = a;
        this.operands = operands;
        this.options = options;
    }

    /** What KIND is known to be at this place, or {@link #UNKNOWN}. */
    int known() {
        return known;
    }

    /** At the start of a block, or after code that may have changed the variables. */
    void forget() {
        known = UNKNOWN;
    }

    /** Pushes {@code Cpu.flagCarry}. */
    void pushCarry() {
        switch (known) {
            case LazyFlags.READY -> a.b.lload(Asm.READY);
            case LazyFlags.LOGIC -> a.long0();
            default -> {
                if (known == UNKNOWN) {
                    a.b.iload(Asm.KIND);
                } else {
                    a.constant(known);
                }
                a.b.lload(Asm.READY).lload(Asm.FLAG_A).lload(Asm.FLAG_B).lload(Asm.RESULT);
                a.call(LazyFlags.class, "carry", long.class, int.class, long.class, long.class, long.class, long.class);
            }
        }
    }

    /** Pops {@code Cpu.flagCarry}. */
    void popCarry() {
        a.b.lstore(Asm.READY);
        setKind(LazyFlags.READY);
    }

    private void setKind(int kind) {
        a.constant(kind);
        a.b.istore(Asm.KIND);
        known = kind;
    }

    /** Has the variables hold the carries themselves, where two ways with different kinds will meet. */
    void settle() {
        if (known != LazyFlags.READY) {
            pushCarry();
            popCarry();
        }
    }

    /** Pushes CF as 0 or 1. */
    void pushCarryBit() {
        pushCarry();
        a.constant(63);
        a.b.lushr().l2i();
    }

    // Recording.

    /** Records the flags of an operation as its row says. */
    void record(Row row, List<Value> arguments, Value result, int bits) {
        String carries = row.carries();
        if (carries == null) {
            return;
        }
        boolean guarded = row.shape().equals("shift") || row.shape().equals("rotate");
        Label skip = null;
        if (guarded) {
            Value count = arguments.get(arguments.size() - 1);
            int mask = bits == 64 ? 63 : 31;
            if (count.isConstant()) {
                if ((count.constant() & mask) == 0) {
                    return;
                }
            } else {
                settle();
                skip = a.b.newLabel();
                operands.push(count, false);
                a.constant(mask);
                a.b.iand().ifeq(skip);
            }
        }
        List<Value> all = new ArrayList<>(arguments);
        if (!row.method().equals("-")) {
            all.add(result);
        }
        String name = carries.endsWith("*") ? carries.substring(0, carries.length() - 1) + bits : carries;
        int kind = skip == null ? LazyFlags.kindOf(name) : LazyFlags.READY;
        boolean setsResult = (row.flagsWritten() & Cpu.ZF) != 0;
        if (kind != LazyFlags.READY && setsResult) {
            lazy(kind, all, result, bits);
            // a borrow that went in makes the difference another than that of the operands
            comparable = (row.flagsRead() & Cpu.CF) == 0;
            return;
        }
        if (carries.equals("logic")) {
            a.long0();
        } else {
            pushCarriesCall(name, all);
        }
        if (setsResult) {
            recordResult(result, bits);
        }
        popCarry();
        if (skip != null) {
            a.b.labelBinding(skip);
        }
    }

    private void lazy(int kind, List<Value> all, Value result, int bits) {
        if (LazyFlags.keepsCarry(kind)) {
            pushCarry();
            a.b.lstore(Asm.FLAG_B);
        } else if (kind != LazyFlags.LOGIC && all.size() > 2) {
            operands.push(all.get(1), all.get(1).wide());
            if (!all.get(1).wide()) {
                a.b.i2l();
            }
            a.b.lstore(Asm.FLAG_B);
        }
        if (kind != LazyFlags.LOGIC && !LazyFlags.keepsCarry(kind)) {
            operands.push(all.get(0), all.get(0).wide());
            if (!all.get(0).wide()) {
                a.b.i2l();
            }
            a.b.lstore(Asm.FLAG_A);
        }
        recordResult(result, bits);
        setKind(kind);
    }

    /** Sets {@code Cpu.flagResult}: the result, sign-extended. */
    void recordResult(Value result, int bits) {
        operands.push(result, result.wide());
        if (result.wide()) {
            if (bits == 32) {
                a.b.l2i().i2l();
            }
        } else {
            switch (bits) {
                case 8 -> a.b.i2b();
                case 16 -> a.b.i2s();
                default -> {}
            }
            a.b.i2l();
        }
        a.b.lstore(Asm.RESULT);
    }

    /** Pushes what a carries method returns for these values; one that wants the earlier carries gets them last. */
    void pushCarriesCall(String name, List<Value> values) {
        Method m = Methods.carries(name, values.size());
        operands.push(values, m);
        if (m.getParameterCount() > values.size()) {
            pushCarry();
        }
        a.call(m);
    }

    // Conditions.

    /** Jumps when a condition holds. */
    void jumpIf(int condition, Label target) {
        int test = condition >> 1;
        boolean negated = (condition & 1) != 0;
        if (test == 2) {
            a.b.lload(Asm.RESULT);
            a.long0();
            a.b.lcmp();
            branch(negated, target);
            return;
        }
        if (options.uses(Optimisation.CONDITIONS) && known > LazyFlags.READY && fused(test, negated, target)) {
            return;
        }
        a.b.lload(Asm.RESULT);
        pushCarry();
        a.call(Flags.class, "is" + NAMES[condition], boolean.class, long.class, long.class);
        a.b.ifne(target);
    }

    /** Pops an int and jumps when it is 0 (or when it is not). */
    private void branch(boolean whenNot, Label target) {
        if (whenNot) {
            a.b.ifne(target);
        } else {
            a.b.ifeq(target);
        }
    }

    private boolean fused(int test, boolean negated, Label target) {
        if (test == 4) {
            a.b.lload(Asm.RESULT);
            a.long0();
            a.b.lcmp();
            less(negated, target);
            return true;
        }
        if (known == LazyFlags.LOGIC) {
            return logic(test, negated, target);
        }
        if (LazyFlags.is(known, LazyFlags.SUB) && comparable) {
            return comparison(test, negated, target);
        }
        return false;
    }

    private void less(boolean negated, Label target) {
        if (negated) {
            a.b.ifge(target);
        } else {
            a.b.iflt(target);
        }
    }

    private void lessOrEqual(boolean negated, Label target) {
        if (negated) {
            a.b.ifgt(target);
        } else {
            a.b.ifle(target);
        }
    }

    /** CF and OF are clear. */
    private boolean logic(int test, boolean negated, Label target) {
        switch (test) {
            case 0, 1 -> {
                if (negated) {
                    a.b.goto_(target);
                }
            }
            case 3, 6, 7 -> {
                a.b.lload(Asm.RESULT);
                a.long0();
                a.b.lcmp();
                if (test == 3) {
                    branch(negated, target);
                } else if (test == 6) {
                    less(negated, target);
                } else {
                    lessOrEqual(negated, target);
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean comparison(int test, boolean negated, Label target) {
        int size = known - LazyFlags.SUB;
        switch (test) {
            case 1, 3 -> {
                a.b.lload(Asm.FLAG_A);
                if (size == 3) {
                    a.b.lload(Asm.FLAG_B);
                    a.call(Long.class, "compareUnsigned", int.class, long.class, long.class);
                } else if (size == 2) {
                    a.b.l2i().lload(Asm.FLAG_B).l2i();
                    a.call(Integer.class, "compareUnsigned", int.class, int.class, int.class);
                } else {
                    a.b.lload(Asm.FLAG_B).lcmp();
                }
            }
            case 6, 7 -> {
                signExtended(Asm.FLAG_A, size);
                signExtended(Asm.FLAG_B, size);
                a.b.lcmp();
            }
            default -> {
                return false;
            }
        }
        if (test == 1 || test == 6) {
            less(negated, target);
        } else {
            lessOrEqual(negated, target);
        }
        return true;
    }

    private void signExtended(int slot, int size) {
        a.b.lload(slot);
        switch (size) {
            case 0 -> a.b.l2i().i2b().i2l();
            case 1 -> a.b.l2i().i2s().i2l();
            case 2 -> a.b.l2i().i2l();
            default -> {}
        }
    }

    /** Pushes 1 when a condition holds, else 0. */
    void pushCondition(int condition) {
        Label yes = a.b.newLabel();
        Label end = a.b.newLabel();
        jumpIf(condition, yes);
        a.b.iconst_0().goto_(end);
        a.b.labelBinding(yes);
        a.b.iconst_1();
        a.b.labelBinding(end);
    }

    // To and from the processor.

    /** Pushes nothing; the processor's flags become what the variables stand for. */
    void toCpu() {
        a.cpu();
        a.b.lload(Asm.RESULT).putfield(Asm.CPU, "flagResult", Asm.LONG);
        a.cpu();
        pushCarry();
        a.b.putfield(Asm.CPU, "flagCarry", Asm.LONG);
    }

    void fromCpu() {
        a.cpuField("flagResult", Asm.LONG);
        a.b.lstore(Asm.RESULT);
        a.cpuField("flagCarry", Asm.LONG);
        popCarry();
    }
}
