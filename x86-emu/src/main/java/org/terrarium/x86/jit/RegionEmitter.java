package org.terrarium.x86.jit;

import java.lang.classfile.Label;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.terrarium.x86.Cpu;
import org.terrarium.x86.Optimisation;
import org.terrarium.x86.interp.Handlers;
import org.terrarium.x86.interp.Region;
import org.terrarium.x86.interp.TranslatedCode;
import org.terrarium.x86.isa.Insn;

/** Writes the body of {@code TranslatedCode.run} for a region: entry, blocks, the one exit, and the handlers of faults. */
final class RegionEmitter {
    private final Asm a;
    private final RegionPlan plan;
    private final PageCaches pages;
    private final RegionState state;
    private final SlowPaths slowPaths;
    private final OperandEmitter operands;
    private final FlagEmitter flags;
    private final PureEmitter pure;
    private final StackEmitter stack;
    private final BranchEmitter branches;
    private final Map<RegionBlock, Label> labels = new HashMap<>();
    private final Label exit;
    private final Label begin;
    private final Label inVariables;
    private final Label inCpu;
    private final Label xmmInCpu;
    private boolean xmmHandlers;

    // What the generated class holds in INSNS, and the places of instructions that may fault.
    private final List<Insn> constants = new ArrayList<>();
    private final List<Insn> placeInsns = new ArrayList<>();
    private final List<Integer> placeDeltas = new ArrayList<>();
    private final List<Integer> placeRefunds = new ArrayList<>();
    private final List<Long> placeWheres = new ArrayList<>();

    RegionEmitter(Asm a, RegionPlan plan, JitOptions options) {
        this.a = a;
        this.plan = plan;
        pages = new PageCaches(
                !plan.warm && options.uses(Optimisation.PAGES) && plan.instructions() <= PageCaches.SMALL);
        state = new RegionState(a, plan);
        slowPaths = new SlowPaths(a, state, pages);
        operands = new OperandEmitter(a, plan, pages, slowPaths);
        flags = new FlagEmitter(a, operands, options);
        operands.follow(flags);
        pure = new PureEmitter(a, operands, flags, options);
        stack = new StackEmitter(a, operands, plan);
        exit = a.b.newLabel();
        begin = a.b.newLabel();
        inVariables = a.b.newLabel();
        inCpu = a.b.newLabel();
        xmmInCpu = a.b.newLabel();
        for (RegionBlock b : plan.blocks) {
            labels.put(b, a.b.newLabel());
        }
        branches = new BranchEmitter(a, operands, stack, flags, plan, labels, exit);
    }

    /** Instructions that the code refers to, by their index. */
    List<Insn> constants() {
        return constants;
    }

    Region.Places places() {
        return new Region.Places(
                placeInsns.toArray(new Insn[0]),
                placeDeltas.stream().mapToInt(Integer::intValue).toArray(),
                placeRefunds.stream().mapToInt(Integer::intValue).toArray(),
                placeWheres.stream().mapToLong(Long::longValue).toArray());
    }

    void emit() {
        // what must be prepared is only known at the end
        Label start = a.b.newLabel();
        Label end = a.b.newLabel();
        Label idle = a.b.newLabel();
        a.b.goto_(start);
        a.b.labelBinding(begin);
        for (RegionBlock b : plan.blocks) {
            block(b);
        }
        a.b.labelBinding(end);
        slowPaths.emit();
        leave();
        if (slowPaths.bindFault()) {
            flags.forget();
            flags.toCpu();
            caught(false, false);
        }
        a.b.labelBinding(inVariables);
        caught(true, true);
        a.b.labelBinding(inCpu);
        caught(false, true);
        if (xmmHandlers) {
            a.b.labelBinding(xmmInCpu);
            caught(true, false);
        }
        a.b.labelBinding(start);
        a.b.iload(Asm.LEFT).ifle(idle);
        enter();
        begin();
        a.b.labelBinding(idle);
        a.constant(TranslatedCode.EXIT);
        a.b.ireturn();
        a.b.exceptionCatch(begin, end, inVariables, Asm.desc(RuntimeException.class));
    }

    private void enter() {
        state.reload(Effects.ALL);
        state.loadXmm();
        a.long0();
        a.b.lstore(Asm.FLAG_A);
        a.long0();
        a.b.lstore(Asm.FLAG_B);
        a.long0();
        a.b.lstore(Asm.NEXT);
        flags.fromCpu();
        pages.forget(a);
    }

    /** Goes to the block to begin with. */
    private void begin() {
        if (!plan.warm || plan.blocks.size() == 1) {
            a.constant(0);
            a.b.istore(Asm.AT).goto_(begin);
            return;
        }
        List<SwitchCase> cases = new ArrayList<>();
        for (int n = 1; n < plan.blocks.size(); n++) {
            cases.add(SwitchCase.of(n, labels.get(plan.blocks.get(n))));
        }
        a.b.iload(Asm.ENTRY);
        a.constant(0); // no instruction has begun
        a.b.istore(Asm.AT);
        a.b.tableswitch(begin, cases);
    }

    private void settleBudget() {
        a.cpu();
        a.b.dup().getfield(Asm.CPU, "retired", Asm.LONG).iload(Asm.LEFT).i2l().lsub();
        a.b.putfield(Asm.CPU, "retired", Asm.LONG);
    }

    private void leave() {
        a.b.labelBinding(exit);
        flags.forget();
        state.writeBack(Effects.ALL);
        state.writeBackXmm();
        flags.toCpu();
        a.cpu();
        a.b.lload(Asm.NEXT).putfield(Asm.CPU, "rip", Asm.LONG);
        settleBudget();
        a.constant(TranslatedCode.EXIT);
        a.b.ireturn();
    }

    /** What was thrown is on the stack; the state, and apart from it the XMM registers, in variables or in the processor already. */
    private void caught(boolean variables, boolean xmm) {
        if (xmm) {
            state.writeBackXmm();
        }
        if (variables) {
            flags.forget();
            state.writeBack(Effects.ALL);
            flags.toCpu();
        }
        settleBudget();
        a.b.iload(Asm.AT);
        a.call(Support.class, "status", int.class, RuntimeException.class, int.class);
        a.b.ireturn();
    }

    private void block(RegionBlock b) {
        a.b.labelBinding(labels.get(b));
        flags.forget();
        pages.block(b);
        a.b.iinc(Asm.LEFT, -b.count);
        boolean branch = b.end != RegionBlock.End.FALL;
        for (int n = 0; n < b.count; n++) {
            a.releaseTemporaries();
            Insn i = b.insns[n];
            if (Shapes.mayFault(i)) {
                place(b, n);
            }
            if (branch && n == b.count - 1) {
                break;
            }
            instruction(b, i, n);
        }
        if (b.end == RegionBlock.End.REPEAT) {
            repeat(b);
        } else {
            branches.emit(b);
        }
    }

    /** Notes where execution is, for the handler of faults. */
    private void place(RegionBlock b, int n) {
        a.constant(placeInsns.size());
        a.b.istore(Asm.AT);
        placeInsns.add(b.insns[n]);
        placeDeltas.add((int) (b.delta + b.insns[n].offset));
        placeRefunds.add(b.count - n);
        placeWheres.add(b.block.where + b.insns[n].offset);
    }

    private void instruction(RegionBlock b, Insn i, int n) {
        String shape = i.row.shape();
        if (Shapes.pure(i)) {
            pure.emit(i, b.delta, b.flagsLive[n]);
        } else if (shape.equals("nop")) {
            return;
        } else if (stack.handles(i)) {
            stack.emit(i, b.delta);
        } else {
            handler(b, i);
        }
    }

    /** Runs the interpreter's handler, with the registers and flags it needs in the processor. */
    private void handler(RegionBlock b, Insn i) {
        Effects effects = Effects.of(i);
        boolean allFlags = !effects.restores();
        boolean someFlags = allFlags || Effects.touchesFlags(i);
        boolean xmm = plan.usedXmm != 0 && Shapes.handlerUsesXmm(i);
        if (xmm) {
            state.writeBackXmm();
            xmmHandlers = true;
        }
        state.writeBack(effects.restores() ? effects.reads() | effects.writes() : Effects.ALL);
        if (someFlags) {
            flags.toCpu();
        }
        a.gprs();
        a.constant(Cpu.BLOCK_IP);
        a.b.lload(Asm.BASE);
        a.constant(b.delta);
        a.b.ladd().lastore();
        Label start = a.b.newLabel();
        Label end = a.b.newLabel();
        a.b.labelBinding(start);
        a.cpu();
        a.insn(constants.size());
        constants.add(i);
        Method m = Handlers.method(i);
        a.b.invokestatic(Asm.desc(m.getDeclaringClass()), m.getName(), Asm.type(void.class, Cpu.class, Insn.class));
        a.b.labelBinding(end);
        if (xmm) {
            // what loads the whole state may have faulted half-way; such handlers change no other registers before they
            // fault
            a.b.exceptionCatch(start, end, xmmInCpu, Asm.desc(RuntimeException.class));
        } else if (!effects.restores()) {
            a.b.exceptionCatch(start, end, inCpu, Asm.desc(RuntimeException.class));
        }
        state.reload(effects.writes());
        if (xmm) {
            state.loadXmm();
        }
        if (someFlags) {
            flags.fromCpu();
        }
    }

    /** A repeated string instruction at the end of a block: goes on behind it when it is through, else it is a way out. */
    private void repeat(RegionBlock b) {
        Insn i = b.insns[b.count - 1];
        a.cpu();
        a.b.lload(Asm.BASE);
        a.constant(b.fallDelta);
        a.b.ladd().dup2().lstore(Asm.NEXT).putfield(Asm.CPU, "rip", Asm.LONG);
        handler(b, i);
        Label again = a.b.newLabel();
        a.cpuField("rip", Asm.LONG);
        a.b.lload(Asm.NEXT).lcmp().ifne(again);
        branches.edge(b, b.fall, b.fallDelta);
        a.b.labelBinding(again);
        a.cpuField("rip", Asm.LONG);
        a.b.lstore(Asm.NEXT).goto_(exit);
    }
}
