package org.terrarium.x86.jit;

import java.lang.classfile.Label;
import java.util.Map;
import org.terrarium.x86.Cpu;
import org.terrarium.x86.isa.Insn;

/** Ends of blocks: where control goes next, inside the region or out of it. */
final class BranchEmitter {
    private final Asm a;
    private final OperandEmitter operands;
    private final StackEmitter stack;
    private final FlagEmitter flags;
    private final RegionPlan plan;
    private final Map<RegionBlock, Label> labels;
    private final Label exit;

    BranchEmitter(
            Asm a,
            OperandEmitter operands,
            StackEmitter stack,
            FlagEmitter flags,
            RegionPlan plan,
            Map<RegionBlock, Label> labels,
            Label exit) {
        this.a = a;
        this.operands = operands;
        this.stack = stack;
        this.flags = flags;
        this.plan = plan;
        this.labels = labels;
        this.exit = exit;
    }

    void emit(RegionBlock b) {
        Insn last = b.insns[Math.max(0, b.count - 1)];
        switch (b.end) {
            case FALL -> edge(b, b.fall, b.fallDelta);
            case JUMP -> edge(b, b.taken, b.takenDelta);
            case CONDITION -> {
                Label taken = a.b.newLabel();
                flags.jumpIf(last.row.condition(), taken);
                edge(b, b.fall, b.fallDelta);
                a.b.labelBinding(taken);
                edge(b, b.taken, b.takenDelta);
            }
            case LOOP -> loop(b, last);
            case CALL -> {
                stack.push(last.operandSize, false, () -> pushPointer(b.fallDelta, last.operandSize));
                edge(b, b.taken, b.takenDelta);
            }
            case RETURN -> ret(b, last);
            case COMPUTED -> computed(b, last);
            case REPEAT -> throw new IllegalStateException("a repeated string instruction is run by its handler");
        }
    }

    /** Pushes an instruction pointer as a value of 16, 32 or 64 bits. */
    private void pushPointer(long delta, int size) {
        a.b.lload(Asm.BASE);
        a.constant(delta);
        a.b.ladd();
        if (size != 64) {
            a.b.l2i();
        }
    }

    /** Goes to a block of the region, or leaves with the instruction pointer at {@code delta}. */
    void edge(RegionBlock from, RegionBlock to, long delta) {
        if (to == null) {
            leaveTo(delta);
            return;
        }
        boolean back = to.order <= from.order;
        boolean other = !from.inPageOf(to);
        boolean crosses = to.block.secondPage >= 0;
        if (!back && !other && !crosses) {
            a.b.goto_(labels.get(to));
            return;
        }
        Label out = a.b.newLabel();
        if (back) {
            a.b.iload(Asm.LEFT);
            a.constant(plan.slack);
            a.b.if_icmple(out);
        }
        if (other) {
            a.memory();
            pushLinear(delta);
            a.constant(to.block.where);
            a.memory("maps", boolean.class, long.class, long.class);
            a.b.ifeq(out);
        }
        if (crosses) {
            a.memory();
            pushLinear(delta);
            a.constant(0xFFFL);
            a.b.lor();
            a.constant(1L);
            a.b.ladd();
            a.constant(to.block.secondPage);
            a.memory("maps", boolean.class, long.class, long.class);
            a.b.ifeq(out);
        }
        a.b.goto_(labels.get(to));
        a.b.labelBinding(out);
        leaveTo(delta);
    }

    /** Pushes the linear address of code. */
    private void pushLinear(long delta) {
        a.b.lload(Asm.BASE);
        a.constant(delta);
        a.b.ladd();
        if (!plan.flat(Cpu.CS)) {
            a.cpuField("segEffectiveBase", Asm.LONGS);
            a.constant(Cpu.CS);
            a.b.laload().ladd();
            a.cpuField("linearMask", Asm.LONG);
            a.b.land();
        }
    }

    private void leaveTo(long delta) {
        a.b.lload(Asm.BASE);
        a.constant(delta);
        a.b.ladd().lstore(Asm.NEXT).goto_(exit);
    }

    private void loop(RegionBlock b, Insn i) {
        Label taken = a.b.newLabel();
        Label out = a.b.newLabel();
        if (i.row.mnemonic().startsWith("LOOP")) {
            int count = a.newTemporary();
            a.loadGpr(Cpu.RCX);
            a.constant(1L);
            a.b.lsub();
            a.constant(i.addressMask);
            a.b.land().dup2().lstore(count);
            if (i.addressSize == 64) {
                a.storeGpr(Cpu.RCX);
            } else {
                a.b.l2i();
                operands.popRegister(Cpu.RCX, i.addressSize);
            }
            a.b.lload(count);
            a.long0();
            a.b.lcmp().ifeq(out);
            switch (i.row.mnemonic()) {
                case "LOOPE" -> flags.jumpIf(4, taken);
                case "LOOPNE" -> flags.jumpIf(5, taken);
                default -> a.b.goto_(taken);
            }
        } else {
            a.loadGpr(Cpu.RCX);
            a.constant(i.addressMask);
            a.b.land();
            a.long0();
            a.b.lcmp().ifeq(taken);
        }
        a.b.labelBinding(out);
        edge(b, b.fall, b.fallDelta);
        a.b.labelBinding(taken);
        edge(b, b.taken, b.takenDelta);
    }

    private void toLong(int slot, int size) {
        if (size == 64) {
            a.b.lload(slot);
        } else {
            a.b.iload(slot);
            a.unsigned();
        }
    }

    private void ret(RegionBlock b, Insn i) {
        int size = i.operandSize;
        int value = stack.pop(size, true);
        toLong(value, size);
        a.b.lstore(Asm.NEXT);
        checkTarget();
        stack.release(size / 8);
        if (!i.row.operands().isEmpty()) {
            stack.release(i.imm);
        }
        for (RegionBlock r : b.returns) {
            Label next = a.b.newLabel();
            a.b.lload(Asm.NEXT).lload(Asm.BASE);
            a.constant(r.delta);
            a.b.ladd().lcmp().ifne(next);
            edge(b, r, r.delta);
            a.b.labelBinding(next);
        }
        a.b.goto_(exit);
    }

    private void checkTarget() {
        a.cpu();
        a.b.lload(Asm.NEXT);
        a.call(Support.class, "checkTarget", void.class, Cpu.class, long.class);
    }

    private void computed(RegionBlock b, Insn i) {
        int size = i.operandSize;
        int value = a.newTemporary();
        if (i.memory) {
            int address = a.newTemporary();
            operands.pushLinear(i, b.delta, size / 8, false);
            a.b.lstore(address);
            operands.read(address, size, false, operands.pages().of(i, false));
        } else {
            operands.pushRegister(i.rm, size);
        }
        if (size == 64) {
            a.b.lstore(value);
        } else {
            a.b.istore(value);
        }
        toLong(value, size);
        a.b.lstore(Asm.NEXT);
        checkTarget();
        if (i.row.shape().equals("call")) {
            stack.push(size, i.memory, () -> pushPointer(b.fallDelta, size));
        }
        a.b.goto_(exit);
    }
}
