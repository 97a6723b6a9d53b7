package org.terrarium.x86.jit;

import java.lang.classfile.Label;
import java.util.ArrayList;
import java.util.List;

/**
 * Accesses in loops that the TLB does not serve, written behind the blocks: each puts everything that lives in JVM variables into
 * the processor and the array SAVED, makes the access, and takes it from there again.
 *
 * <p>That looks like a detour, but no variable lives across a call then. HotSpot saves no registers in callees, so that one call in
 * a loop, as rare as it may be, has every variable of the loop stored on the stack where it is assigned and loaded where it is
 * used: CRC by a table took twice as long.
 */
final class SlowPaths {
    /** Elements of SAVED. */
    static final int SAVED = 6;

    private static final int[] FLAGS = {Asm.RESULT, Asm.READY, Asm.FLAG_A, Asm.FLAG_B};
    private static final int KIND = 4;
    private static final int LEFT = 5;

    private record Path(Label from, Label to, int kind, Runnable access) {}

    private final Asm a;
    private final RegionState state;
    private final PageCaches pages;
    private final Label fault;
    private final List<Path> paths = new ArrayList<>();

    SlowPaths(Asm a, RegionState state, PageCaches pages) {
        this.a = a;
        this.state = state;
        this.pages = pages;
        fault = a.b.newLabel();
    }

    /**
     * A path from a label, where the operand stack must be empty but for what is still there behind it, to another.
     *
     * @param kind what {@link Asm#KIND} is known to be, or {@link FlagEmitter#UNKNOWN}
     * @param access makes it and leaves its value, if it has one, on the stack
     */
    void add(Label from, Label to, int kind, Runnable access) {
        paths.add(new Path(from, to, kind, access));
    }

    /** Writes them all; no other handler of what is thrown may cover this, for it would want the variables. */
    void emit() {
        for (Path p : paths) {
            a.b.labelBinding(p.from);
            save(p.kind);
            Label start = a.b.newLabel();
            Label end = a.b.newLabel();
            a.b.labelBinding(start);
            p.access.run();
            a.b.labelBinding(end);
            a.b.exceptionCatch(start, end, fault, Asm.desc(RuntimeException.class));
            restore(p.kind);
            a.b.goto_(p.to);
        }
    }

    /** Where faults of these accesses go: with what was thrown on the stack, flags and budget in variables again. */
    boolean bindFault() {
        if (paths.isEmpty()) {
            return false;
        }
        a.b.labelBinding(fault);
        for (int n = 0; n < FLAGS.length; n++) {
            load(n);
            a.b.lstore(FLAGS[n]);
        }
        load(KIND);
        a.b.l2i().istore(Asm.KIND);
        load(LEFT);
        a.b.l2i().istore(Asm.LEFT);
        return true;
    }

    private void save(int kind) {
        state.writeBack(Effects.ALL);
        state.writeBackXmm();
        for (int n = 0; n < FLAGS.length; n++) {
            store(n, FLAGS[n]);
        }
        a.saved();
        a.constant(KIND);
        if (kind == FlagEmitter.UNKNOWN) {
            a.b.iload(Asm.KIND).i2l();
        } else {
            a.constant((long) kind);
        }
        a.b.lastore();
        a.saved();
        a.constant(LEFT);
        a.b.iload(Asm.LEFT).i2l().lastore();
    }

    private void restore(int kind) {
        state.reload(Effects.ALL);
        state.loadXmm();
        for (int n = 0; n < FLAGS.length; n++) {
            load(n);
            a.b.lstore(FLAGS[n]);
        }
        if (kind == FlagEmitter.UNKNOWN) {
            load(KIND);
            a.b.l2i();
        } else {
            a.constant(kind);
        }
        a.b.istore(Asm.KIND);
        load(LEFT);
        a.b.l2i().istore(Asm.LEFT);
        pages.forget(a);
    }

    private void load(int n) {
        a.saved();
        a.constant(n);
        a.b.laload();
    }

    private void store(int n, int variable) {
        a.saved();
        a.constant(n);
        a.b.lload(variable).lastore();
    }
}
