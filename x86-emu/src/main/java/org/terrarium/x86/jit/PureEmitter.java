package org.terrarium.x86.jit;

import java.lang.classfile.Label;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.terrarium.x86.Cpu;
import org.terrarium.x86.Fpu;
import org.terrarium.x86.Optimisation;
import org.terrarium.x86.interp.Methods;
import org.terrarium.x86.isa.Attribute;
import org.terrarium.x86.isa.Insn;
import org.terrarium.x86.isa.Operand;
import org.terrarium.x86.isa.Row;
import org.terrarium.x86.sem.SimdState;

/**
 * Translates the rows whose meaning is a pure method: operands to values, the method, values to operands, flags. The shapes are
 * those for which the interpreter's handlers are generated, and mean the same.
 */
final class PureEmitter {
    private final Asm a;
    private final OperandEmitter operands;
    private final FlagEmitter flags;
    private final JitOptions options;

    // Of the instruction at hand.
    private Insn i;
    private Row row;
    private List<Operand> ops;
    private long delta;
    private boolean flagsLive;
    private boolean usesFpu;
    private boolean mmx;

    PureEmitter(Asm a, OperandEmitter operands, FlagEmitter flags, JitOptions options) {
        this.a = a;
        this.operands = operands;
        this.flags = flags;
        this.options = options;
    }

    void emit(Insn insn, long blockDelta, boolean live) {
        i = insn;
        row = insn.row;
        ops = row.operands();
        delta = blockDelta;
        flagsLive = live;
        usesFpu = false;
        mmx = Shapes.usesMmx(insn);
        if (mmx) {
            a.cpu();
            a.call(SimdState.class, "checkMmx", void.class, Cpu.class);
        }
        switch (row.shape()) {
            case "update", "shift", "rotate" -> update();
            case "set" -> set();
            case "compare" -> compare();
            case "cmov" -> conditionalMove();
            case "setcc" -> setConditional();
            case "swap" -> swap();
            case "xadd" -> exchangeAdd();
            case "cmpxchg" -> compareExchange();
            case "lea" -> {
                operands.pushEffectiveAddress(i, delta);
                operands.store(i, ops.get(0), operands.store(true, 64), -1);
            }
            case "bit" -> bit();
            case "scan" -> scan();
            case "flag" -> {
                a.b.lload(Asm.RESULT);
                flags.pushCarry();
                a.call(Methods.taking(row.method(), 2));
                flags.popCarry();
            }
            default -> throw new IllegalStateException("no emitter for shape " + row.shape());
        }
        if (mmx && !usesFpu) {
            enterMmx();
        }
    }

    private int bits(Operand o) {
        return o.bits(i.operandSize);
    }

    private String methodName(String name) {
        return name.endsWith("*") ? name.substring(0, name.length() - 1) + bits(ops.get(0)) : name;
    }

    /** Calls the overload that takes these values, with the floating-point state behind them if it wants it. */
    private Value call(String name, List<Value> arguments, int resultBits) {
        if (options.uses(Optimisation.ARITHMETIC) && Arithmetic.emit(a, operands, name, arguments)) {
            return operands.store(name.endsWith("64"), resultBits);
        }
        Method m = Methods.taking(name, arguments.size());
        operands.push(arguments, m);
        if (Methods.wantsFpu(m)) {
            usesFpu = true;
            a.fpu();
        }
        a.call(m);
        boolean wide = m.getReturnType() == long.class;
        return operands.store(wide, wide ? 64 : Math.min(resultBits, 32));
    }

    private void enterMmx() {
        a.fpu();
        a.call(SimdState.class, "enterMmx", void.class, Fpu.class);
    }

    /** Exceptions that the method has raised take effect before the result is written. */
    private void commit() {
        if (!usesFpu) {
            return;
        }
        if (mmx) {
            // a conversion that faults has entered MMX state all the same
            enterMmx();
        }
        Label none = a.b.newLabel();
        a.fpu();
        a.b.getfield(Asm.FPU, "raised", Asm.INT).ifeq(none);
        a.cpu();
        a.call(SimdState.class, "commit", void.class, Cpu.class);
        a.b.labelBinding(none);
    }

    private void record(List<Value> arguments, Value result) {
        if (flagsLive) {
            flags.record(row, arguments, result, bits(ops.get(0)));
        }
    }

    private void update() {
        Operand target = ops.get(0);
        int address = operands.address(i, target, delta, true);
        List<Value> old = operands.load(i, target, address, true);
        List<List<Value>> sources = new ArrayList<>();
        for (int n = 1; n < ops.size(); n++) {
            sources.add(operands.source(i, ops.get(n), delta));
        }
        if (bits(target) == 128) {
            List<List<Value>> all = new ArrayList<>();
            all.add(old);
            all.addAll(sources);
            List<Value> halves = halves(all);
            commit();
            operands.storePair(i, target, halves.get(0), halves.get(1), address);
            return;
        }
        List<Value> arguments = new ArrayList<>(old);
        sources.forEach(arguments::addAll);
        List<Value> withCarry = new ArrayList<>(arguments);
        if ((row.flagsRead() & Cpu.CF) != 0) {
            flags.pushCarryBit();
            withCarry.add(operands.store(false, 8));
        }
        Value result = call(methodName(row.method()), withCarry, bits(target));
        commit();
        operands.store(i, target, result, address);
        record(arguments, result);
    }

    private void set() {
        Operand target = ops.get(0);
        if (bits(target) == 128) {
            setPair(target);
            return;
        }
        List<Value> arguments = new ArrayList<>();
        for (int n = 1; n < ops.size(); n++) {
            arguments.addAll(operands.source(i, ops.get(n), delta));
        }
        Value result =
                row.method().equals("-") ? arguments.get(0) : call(methodName(row.method()), arguments, bits(target));
        commit();
        int address = operands.address(i, target, delta, true);
        operands.store(i, target, result, address);
        record(arguments, result);
    }

    private void setPair(Operand target) {
        List<List<Value>> sources = new ArrayList<>();
        for (int n = 1; n < ops.size(); n++) {
            sources.add(operands.source(i, ops.get(n), delta));
        }
        List<Value> halves = row.method().equals("-") ? sources.get(0) : halves(sources);
        commit();
        operands.storePair(i, target, halves.get(0), halves.get(1), operands.address(i, target, delta, true));
    }

    private List<Value> halves(List<List<Value>> values) {
        List<Value> result = new ArrayList<>();
        for (int half = 0; half < 2; half++) {
            List<Value> arguments = new ArrayList<>();
            for (List<Value> value : values) {
                if (value.size() == 1) {
                    arguments.add(value.get(0));
                } else if (row.has(Attribute.PAIR)) {
                    arguments.addAll(value);
                } else {
                    arguments.add(value.get(half));
                }
            }
            String name = row.method() + (row.has(Attribute.PAIR) ? half == 0 ? "Low" : "High" : "");
            result.add(call(name, arguments, 64));
        }
        return result;
    }

    private void compare() {
        List<Value> arguments = new ArrayList<>();
        for (Operand o : ops) {
            arguments.addAll(operands.source(i, o, delta));
        }
        if (row.carries() != null && !flagsLive && !Shapes.usesXmm(ops.get(0))) {
            // the loads were all there is to it
            return;
        }
        Value result = call(methodName(row.method()), arguments, bits(ops.get(0)));
        commit();
        record(arguments, result);
    }

    private void conditionalMove() {
        Value value = operands.source(i, ops.get(1), delta).get(0);
        Operand target = ops.get(0);
        int n = OperandEmitter.number(i, target);
        Label yes = a.b.newLabel();
        Label end = a.b.newLabel();
        flags.jumpIf(row.condition(), yes);
        if (bits(target) == 32) {
            // the upper half is cleared either way
            a.loadGpr(n);
            a.mask32();
            a.storeGpr(n);
        }
        a.b.goto_(end);
        a.b.labelBinding(yes);
        operands.store(i, target, value, -1);
        a.b.labelBinding(end);
    }

    private void setConditional() {
        int address = operands.address(i, ops.get(0), delta, true);
        flags.pushCondition(row.condition());
        operands.store(i, ops.get(0), operands.store(false, 8), address);
    }

    private void swap() {
        int address = operands.address(i, ops.get(0), delta, true);
        Value first = operands.load(i, ops.get(0), address, true).get(0);
        Value second = operands.load(i, ops.get(1), -1, false).get(0);
        operands.store(i, ops.get(0), second, address);
        operands.store(i, ops.get(1), first, -1);
    }

    private void exchangeAdd() {
        int address = operands.address(i, ops.get(0), delta, true);
        Value first = operands.load(i, ops.get(0), address, true).get(0);
        Value second = operands.load(i, ops.get(1), -1, false).get(0);
        Value result = call(methodName(row.method()), List.of(first, second), bits(ops.get(0)));
        // the sum last: it wins where both operands are one register
        if (address >= 0) {
            operands.store(i, ops.get(0), result, address);
            operands.store(i, ops.get(1), first, -1);
        } else {
            operands.store(i, ops.get(1), first, -1);
            operands.store(i, ops.get(0), result, -1);
        }
        record(List.of(first, second), result);
    }

    private void compareExchange() {
        Operand target = ops.get(0);
        int bits = bits(target);
        int address = operands.address(i, target, delta, true);
        Value found = operands.load(i, target, address, true).get(0);
        operands.pushRegister(Cpu.RAX, bits);
        Value expected = operands.store(bits == 64, bits);
        Value replacement = operands.load(i, ops.get(1), -1, false).get(0);
        Value result = call(methodName(row.method()), List.of(expected, found), bits);
        Label differs = a.b.newLabel();
        Label end = a.b.newLabel();
        operands.push(found, bits == 64);
        operands.push(expected, bits == 64);
        if (bits == 64) {
            a.b.lcmp().ifne(differs);
        } else {
            a.b.if_icmpne(differs);
        }
        operands.store(i, target, replacement, address);
        a.b.goto_(end);
        a.b.labelBinding(differs);
        if (address >= 0) {
            // the destination is always written
            operands.store(i, target, found, address);
        }
        operands.push(found, bits == 64);
        operands.popRegister(Cpu.RAX, bits);
        a.b.labelBinding(end);
        record(List.of(expected, found), result);
    }

    private void bit() {
        Operand target = ops.get(0);
        int bits = bits(target);
        boolean update = !row.method().equals("-");
        int address = -1;
        Value index;
        if (ops.get(1).kind() == Operand.Kind.IMMEDIATE) {
            index = Value.constant(bits == 64 ? i.imm : (int) i.imm, bits == 64, bits == 64 ? 64 : 32);
            address = operands.address(i, target, delta, update);
        } else {
            index = operands.load(i, ops.get(1), -1, false).get(0);
            if (OperandEmitter.isMemory(i, target)) {
                address = bitString(index, bits, update);
            }
        }
        Value old = operands.load(i, target, address, update).get(0);
        if (update) {
            Value result = call(methodName(row.method()), List.of(old, index), bits);
            operands.store(i, target, result, address);
        }
        if (flagsLive) {
            flags.pushCarriesCall(methodName(row.carries()), List.of(old, index));
            flags.popCarry();
        }
    }

    /** Address of the unit that holds a bit: see {@code Operands.bitStringRead}. */
    private int bitString(Value index, int bits, boolean write) {
        operands.pushEffectiveAddress(i, delta);
        operands.push(index, index.wide());
        if (!index.wide()) {
            if (bits == 16) {
                a.b.i2s();
            }
            a.b.i2l();
        }
        a.constant(3);
        a.b.lshr();
        a.constant((long) -(bits >> 3));
        a.b.land().ladd();
        if (i.addressMask != ~0L) {
            a.constant(i.addressMask);
            a.b.land();
        }
        if (!i.flat) {
            operands.segmented(i.segment, bits >> 3, write);
        }
        return operands.store(true, 64).slot();
    }

    private void scan() {
        int bits = bits(ops.get(0));
        Value value = operands.source(i, ops.get(1), delta).get(0);
        Label zero = a.b.newLabel();
        operands.push(value, bits == 64);
        if (bits == 64) {
            a.long0();
            a.b.lcmp();
        }
        a.b.ifeq(zero);
        Value result = call(methodName(row.method()), List.of(value), bits);
        operands.store(i, ops.get(0), result, -1);
        a.b.labelBinding(zero);
        if (flagsLive) {
            flags.recordResult(value, bits);
            a.long0();
            flags.popCarry();
        }
    }
}
