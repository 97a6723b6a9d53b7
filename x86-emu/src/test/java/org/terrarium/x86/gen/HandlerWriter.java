package org.terrarium.x86.gen;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.terrarium.x86.Cpu;
import org.terrarium.x86.interp.Methods;
import org.terrarium.x86.isa.Attribute;
import org.terrarium.x86.isa.Operand;
import org.terrarium.x86.isa.Row;

/** Writes the body of one handler: operands to values, the pure method, values to operands, flags. */
final class HandlerWriter {
    static final List<String> IMPORTS = List.of(
            "org.terrarium.x86.Cpu",
            "org.terrarium.x86.interp.Operands",
            "org.terrarium.x86.isa.Insn",
            "org.terrarium.x86.sem.Alu",
            "org.terrarium.x86.sem.Bits",
            "org.terrarium.x86.sem.Flags",
            "org.terrarium.x86.sem.MulDiv",
            "org.terrarium.x86.sem.Shift",
            "org.terrarium.x86.sem.SimdAdd",
            "org.terrarium.x86.sem.SimdCompare",
            "org.terrarium.x86.sem.SimdMultiply",
            "org.terrarium.x86.sem.SimdPack",
            "org.terrarium.x86.sem.SimdShift",
            "org.terrarium.x86.sem.SimdShuffle",
            "org.terrarium.x86.sem.SimdState",
            "org.terrarium.x86.sem.SseCompare",
            "org.terrarium.x86.sem.SseConvert",
            "org.terrarium.x86.sem.SseDouble",
            "org.terrarium.x86.sem.SseMove",
            "org.terrarium.x86.sem.SseSingle");

    /** Variables for the operands; c and i are the handler's parameters. */
    private static final String[] NAMES = {"a", "b", "third", "fourth"};

    /** A value in a local variable or a simple expression. */
    private record Value(String text, boolean isLong, int bits) {}

    private final Row row;
    private final int size;
    private final boolean memory;
    private final StringBuilder out = new StringBuilder();
    private final List<Operand> operands;
    private boolean usesFpu;
    private boolean mmx;

    HandlerWriter(Row row, int size, boolean memory) {
        this.row = row;
        this.size = size;
        this.memory = memory;
        this.operands = row.operands();
    }

    String body() {
        boolean xmm = false;
        for (Operand o : operands) {
            switch (o.kind()) {
                case REG_XMM, RM_XMM, XMM_OR_MEM, FIXED_XMM0 -> xmm = true;
                case REG_MMX, RM_MMX -> mmx = true;
                // CVTPI2PD and CVTPI2PS from memory do not touch the MMX state (SDM volume 2; seen on the host for PS)
                case MMX_OR_MEM -> mmx |= !(memory && row.mnemonic().startsWith("CVTPI2P"));
                default -> {}
            }
        }
        if (xmm) {
            line("SimdState.checkSse(c);");
        }
        if (mmx) {
            line("SimdState.checkMmx(c);");
        }
        switch (row.shape()) {
            case "update", "shift", "rotate" -> update();
            case "set" -> set();
            case "compare" -> compare();
            case "cmov" -> conditionalMove();
            case "setcc" -> {
                String address = address(operands.get(0), true);
                line("int value = " + row.method() + "(c.flagResult, c.flagCarry) ? 1 : 0;");
                store(operands.get(0), new Value("value", false, 8), address);
            }
            case "swap" -> swap();
            case "xadd" -> exchangeAdd();
            case "cmpxchg" -> compareExchange();
            case "lea" -> {
                line("long value = Operands.ea(c, i);");
                store(operands.get(0), new Value("value", true, 64), null);
            }
            case "bit" -> bit();
            case "scan" -> scan();
            case "flag" -> line("c.flagCarry = " + row.method() + "(c.flagResult, c.flagCarry);");
            default -> throw new IllegalStateException("no template for shape " + row.shape());
        }
        if (mmx && !usesFpu) {
            line("SimdState.enterMmx(c.fpu);");
        }
        return out.toString();
    }

    private void line(String text) {
        out.append("        ").append(text).append('\n');
    }

    // Operands.

    private boolean isMemory(Operand o) {
        return memory && o.mayBeMemory() || o.kind() == Operand.Kind.OFFSET;
    }

    private static boolean isXmm(Operand o) {
        return switch (o.kind()) {
            case REG_XMM, RM_XMM, XMM_OR_MEM, FIXED_XMM0 -> true;
            default -> false;
        };
    }

    private static boolean isMmx(Operand o) {
        return switch (o.kind()) {
            case REG_MMX, RM_MMX, MMX_OR_MEM -> true;
            default -> false;
        };
    }

    private int bits(Operand o) {
        return o.bits(size == 0 ? 32 : size);
    }

    private static String number(Operand o) {
        return switch (o.kind()) {
            case REG_GPR, OPCODE_GPR, REG_XMM, REG_MMX -> "i.reg";
            case GPR_OR_MEM, RM_GPR, XMM_OR_MEM, RM_XMM, MMX_OR_MEM, RM_MMX -> "i.rm";
            case FIXED_GPR ->
                switch (o.register()) {
                    case 0 -> "Cpu.RAX";
                    case 1 -> "Cpu.RCX";
                    case 2 -> "Cpu.RDX";
                    default -> String.valueOf(o.register());
                };
            case FIXED_XMM0 -> "0";
            default -> throw new IllegalStateException("operand " + o.text() + " has no register number");
        };
    }

    /** Emits the address of a memory operand and returns the variable; null for a register. */
    private String address(Operand o, boolean write) {
        if (!isMemory(o)) {
            return null;
        }
        int bytes = bits(o) / 8;
        String address = "Operands." + (write ? "linearWrite" : "linearRead") + "(c, i, " + bytes + ")";
        if (bytes == 16 && !row.has(Attribute.UNALIGNED)) {
            address = "SimdState.aligned(c, " + address + ")";
        }
        line("long lin = " + address + ";");
        return "lin";
    }

    /** Emits loads of an operand into variables that start with {@code name}: two for 128 bits, else one. */
    private List<Value> load(Operand o, String name, String address, boolean forUpdate) {
        int bits = bits(o);
        if (bits == 128) {
            String low = name + "Low";
            String high = name + "High";
            if (address != null) {
                line("long " + low + " = c.mmu.read64(" + address + ");");
                line("long " + high + " = c.mmu.read64(" + address + " + 8 & c.linearMask);");
            } else {
                line("long " + low + " = c.fpu.xmm[2 * " + number(o) + "];");
                line("long " + high + " = c.fpu.xmm[2 * " + number(o) + " + 1];");
            }
            return List.of(new Value(low, true, 64), new Value(high, true, 64));
        }
        boolean wide = bits == 64;
        String text;
        if (address != null) {
            text = "c.mmu." + (forUpdate ? "readForUpdate" : "read") + bits + "(" + address + ")";
        } else if (isXmm(o)) {
            text = narrow("c.fpu.xmm[2 * " + number(o) + "]", bits);
        } else if (isMmx(o)) {
            text = narrow("c.fpu.mantissa[" + number(o) + "]", bits);
        } else {
            text = switch (bits) {
                case 8 ->
                    fixedByte(o)
                            ? "(int) c.gpr[" + number(o) + "] & 0xFF"
                            : "Operands.getRegister8(c, " + number(o) + ")";
                case 64 -> "c.gpr[" + number(o) + "]";
                default -> narrow("c.gpr[" + number(o) + "]", bits);
            };
        }
        line((wide ? "long " : "int ") + name + " = " + text + ";");
        return List.of(new Value(name, wide, bits));
    }

    private static boolean fixedByte(Operand o) {
        return o.kind() == Operand.Kind.FIXED_GPR && o.register() < 4;
    }

    private static String narrow(String text, int bits) {
        return switch (bits) {
            case 8 -> "(int) " + text + " & 0xFF";
            case 16 -> "(int) " + text + " & 0xFFFF";
            case 32 -> "(int) " + text;
            default -> text;
        };
    }

    /** A source operand: immediate or loaded. */
    private List<Value> source(Operand o, String name) {
        if (o.kind() == Operand.Kind.IMMEDIATE) {
            // the operand that it meets decides its width, unless it has its own
            int width = o.type().equals("b") || o.type().equals("w") ? 32 : bits(operands.get(0));
            if (width == 16) {
                return List.of(new Value("(int) i.imm & 0xFFFF", false, 16));
            }
            return List.of(width == 64 ? new Value("i.imm", true, 64) : new Value("(int) i.imm", false, 8));
        }
        if (o.kind() == Operand.Kind.ONE) {
            return List.of(new Value("1", false, 8));
        }
        return load(o, name, address(o, false), false);
    }

    /** Emits the store of a value of at most 64 bits. */
    private void store(Operand o, Value value, String address) {
        int bits = bits(o);
        String text = fit(value, bits == 64);
        if (address != null) {
            line("c.mmu.write" + bits + "(" + address + ", " + text + ");");
        } else if (isMmx(o)) {
            line("SimdState.writeMmx(c.fpu, " + number(o) + ", " + fit(value, true) + ");");
        } else if (isXmm(o)) {
            storeScalar(o, value, bits);
        } else {
            switch (bits) {
                case 8 -> line("Operands.setRegister8(c, " + number(o) + ", " + text + ");");
                case 16 -> line("Operands.setRegister16(c, " + number(o) + ", " + text + ");");
                case 32 -> line("c.gpr[" + number(o) + "] = " + text + " & 0xFFFF_FFFFL;");
                default -> line("c.gpr[" + number(o) + "] = " + text + ";");
            }
        }
    }

    private void storeScalar(Operand o, Value value, int bits) {
        String slot = "c.fpu.xmm[2 * " + number(o) + "]";
        boolean clears = row.has(Attribute.ZERO) && memory;
        if (bits == 64) {
            line(slot + " = " + fit(value, true) + ";");
        } else if (clears) {
            line(slot + " = " + fit(value, true) + ";");
        } else {
            line(slot + " = " + slot + " & ~0xFFFF_FFFFL | " + fit(value, true) + ";");
        }
        if (clears) {
            line("c.fpu.xmm[2 * " + number(o) + " + 1] = 0;");
        }
    }

    private void storePair(Operand o, String low, String high, String address) {
        if (address != null) {
            line("Operands.write128(c, " + address + ", " + low + ", " + high + ");");
        } else {
            line("c.fpu.xmm[2 * " + number(o) + "] = " + low + ";");
            line("c.fpu.xmm[2 * " + number(o) + " + 1] = " + high + ";");
        }
    }

    /** The expression of a value as long (zero-extended) or int. */
    private static String fit(Value value, boolean wanted) {
        if (value.isLong == wanted) {
            return value.text;
        }
        if (wanted) {
            return value.bits == 32 ? simple(value.text) + " & 0xFFFF_FFFFL" : value.text;
        }
        return "(int) " + simple(value.text);
    }

    private static String simple(String text) {
        return text.contains(" ") && !text.endsWith(")") ? "(" + text + ")" : text;
    }

    // Methods.

    private String methodName(String name) {
        if (!name.endsWith("*")) {
            return name;
        }
        return name.substring(0, name.length() - 1) + bits(operands.get(0));
    }

    /** A call of the overload that takes these values, with the floating-point state behind them if it wants it. */
    private Value call(String name, List<Value> arguments) {
        Method method = Methods.taking(name, arguments.size());
        Class<?>[] types = method.getParameterTypes();
        List<String> texts = new ArrayList<>();
        for (int n = 0; n < arguments.size(); n++) {
            texts.add(fit(arguments.get(n), types[n] == long.class));
        }
        if (Methods.wantsFpu(method)) {
            usesFpu = true;
            texts.add("c.fpu");
        }
        boolean wide = method.getReturnType() == long.class;
        return new Value(name + "(" + String.join(", ", texts) + ")", wide, wide ? 64 : 32);
    }

    private void commit() {
        if (usesFpu) {
            if (mmx) {
                // a conversion that faults has entered MMX state all the same
                line("SimdState.enterMmx(c.fpu);");
            }
            line("if (c.fpu.raised != 0) {");
            line("    SimdState.commit(c);");
            line("}");
        }
    }

    // Shapes.

    private void update() {
        Operand target = operands.get(0);
        boolean full = bits(target) == 128;
        // sources first: a fault there comes before the destination's
        boolean memoryTarget = isMemory(target);
        List<List<Value>> sources = new ArrayList<>();
        String address = memoryTarget ? address(target, true) : null;
        List<Value> old = load(target, "a", address, true);
        for (int n = 1; n < operands.size(); n++) {
            sources.add(source(operands.get(n), NAMES[n]));
        }
        if (full) {
            pair(old, sources, target, address);
            return;
        }
        List<Value> arguments = new ArrayList<>(old);
        sources.forEach(arguments::addAll);
        boolean carryIn = (row.flagsRead() & Cpu.CF) != 0;
        List<Value> withCarry = new ArrayList<>(arguments);
        if (carryIn) {
            withCarry.add(new Value("(int) (c.flagCarry >>> 63)", false, 8));
        }
        Value result = result(call(methodName(row.method()), withCarry), bits(target));
        commit();
        store(target, result, address);
        flags(arguments, result);
    }

    private void set() {
        Operand target = operands.get(0);
        if (bits(target) == 128) {
            setPair(target);
            return;
        }
        List<Value> arguments = new ArrayList<>();
        for (int n = 1; n < operands.size(); n++) {
            arguments.addAll(source(operands.get(n), NAMES[n - 1]));
        }
        Value result;
        if (row.method().equals("-")) {
            result = arguments.get(0);
        } else {
            result = result(call(methodName(row.method()), arguments), bits(target));
        }
        commit();
        String address = address(target, true);
        store(target, result, address);
        flags(arguments, result);
    }

    /** A result in a variable. */
    private Value result(Value value, int bits) {
        line((value.isLong ? "long" : "int") + " result = " + value.text + ";");
        return new Value("result", value.isLong, value.isLong ? 64 : Math.min(bits, 32));
    }

    /** 128-bit destination of update: by halves, or by a pair of methods that see all. */
    private void pair(List<Value> old, List<List<Value>> sources, Operand target, String address) {
        List<List<Value>> all = new ArrayList<>();
        all.add(old);
        all.addAll(sources);
        callHalves(all);
        commit();
        storePair(target, "low", "high", address);
    }

    private void setPair(Operand target) {
        List<List<Value>> sources = new ArrayList<>();
        for (int n = 1; n < operands.size(); n++) {
            sources.add(source(operands.get(n), NAMES[n - 1]));
        }
        if (row.method().equals("-")) {
            String address = address(target, true);
            storePair(target, sources.get(0).get(0).text, sources.get(0).get(1).text, address);
            return;
        }
        callHalves(sources);
        commit();
        storePair(target, "low", "high", address(target, true));
    }

    private void callHalves(List<List<Value>> values) {
        String[] suffixes = {"Low", "High"};
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
            String name = row.method() + (row.has(Attribute.PAIR) ? suffixes[half] : "");
            line("long " + (half == 0 ? "low" : "high") + " = " + fit(call(name, arguments), true) + ";");
        }
    }

    private void compare() {
        List<Value> arguments = new ArrayList<>();
        for (int n = 0; n < operands.size(); n++) {
            arguments.addAll(source(operands.get(n), NAMES[n]));
        }
        Value result = result(call(methodName(row.method()), arguments), bits(operands.get(0)));
        commit();
        flags(arguments, result);
    }

    /** Records the flags as the row says. */
    private void flags(List<Value> arguments, Value result) {
        String carries = row.carries();
        if (carries == null) {
            return;
        }
        boolean guarded = row.shape().equals("shift") || row.shape().equals("rotate");
        if (guarded) {
            String count = arguments.get(arguments.size() - 1).text;
            if (count.equals("1")) {
                guarded = false;
            } else {
                int mask = bits(operands.get(0)) == 64 ? 63 : 31;
                line("if ((" + count + " & " + mask + ") != 0) {");
                out.append("    ");
            }
        }
        if ((row.flagsWritten() & Cpu.ZF) != 0) {
            String cast = switch (bits(operands.get(0))) {
                case 8 -> "(byte) ";
                case 16 -> "(short) ";
                default -> "";
            };
            line("c.flagResult = " + cast + result.text + ";");
            if (guarded) {
                out.append("    ");
            }
        }
        if (carries.equals("logic")) {
            line("c.flagCarry = 0;");
        } else {
            List<Value> values = new ArrayList<>(arguments);
            if (!row.method().equals("-")) {
                values.add(result);
            }
            line("c.flagCarry = " + carriesCall(methodName(carries), values) + ";");
        }
        if (guarded) {
            line("}");
        }
    }

    private String carriesCall(String name, List<Value> values) {
        List<Value> all = new ArrayList<>(values);
        if (Methods.carries(name, values.size()).getParameterCount() > values.size()) {
            all.add(new Value("c.flagCarry", true, 64));
        }
        return call(name, all).text;
    }

    private void conditionalMove() {
        Value b = source(operands.get(1), "value").get(0);
        Operand target = operands.get(0);
        String condition = row.method() + "(c.flagResult, c.flagCarry)";
        if (bits(target) == 32) {
            // the upper half is cleared either way
            line("c.gpr[i.reg] = (" + condition + " ? " + b.text + " : c.gpr[i.reg]) & 0xFFFF_FFFFL;");
        } else {
            line("if (" + condition + ") {");
            out.append("    ");
            store(target, b, null);
            line("}");
        }
    }

    private void swap() {
        String address = address(operands.get(0), true);
        Value a = load(operands.get(0), "a", address, true).get(0);
        Value b = load(operands.get(1), "b", null, false).get(0);
        store(operands.get(0), b, address);
        store(operands.get(1), a, null);
    }

    private void exchangeAdd() {
        String address = address(operands.get(0), true);
        Value a = load(operands.get(0), "a", address, true).get(0);
        Value b = load(operands.get(1), "b", null, false).get(0);
        Value result = result(call(methodName(row.method()), List.of(a, b)), bits(operands.get(0)));
        // the sum last: it wins where both operands are one register
        if (address != null) {
            store(operands.get(0), result, address);
            store(operands.get(1), a, null);
        } else {
            store(operands.get(1), a, null);
            store(operands.get(0), result, null);
        }
        flags(List.of(a, b), result);
    }

    private void compareExchange() {
        Operand target = operands.get(0);
        String address = address(target, true);
        int bits = bits(target);
        Value found = load(target, "found", address, true).get(0);
        line((bits == 64 ? "long" : "int") + " expected = " + narrow("c.gpr[Cpu.RAX]", bits) + ";");
        Value expected = new Value("expected", bits == 64, bits);
        Value result = result(call(methodName(row.method()), List.of(expected, found)), bits);
        line("if (found == expected) {");
        Value b = indentedLoad(operands.get(1), "replacement");
        out.append("    ");
        store(target, b, address);
        line("} else {");
        if (address != null) {
            // the destination is always written
            out.append("    ");
            store(target, found, address);
        }
        String accumulator = switch (bits) {
            case 8 -> "Operands.setRegister8(c, Cpu.RAX, found);";
            case 16 -> "Operands.setRegister16(c, Cpu.RAX, found);";
            case 32 -> "c.gpr[Cpu.RAX] = found & 0xFFFF_FFFFL;";
            default -> "c.gpr[Cpu.RAX] = found;";
        };
        line("    " + accumulator);
        line("}");
        flags(List.of(expected, found), result);
    }

    private Value indentedLoad(Operand o, String name) {
        out.append("    ");
        return load(o, name, null, false).get(0);
    }

    private void bit() {
        Operand target = operands.get(0);
        int bits = bits(target);
        boolean update = !row.method().equals("-");
        boolean wide = bits == 64;
        String address = null;
        Value index;
        if (operands.get(1).kind() == Operand.Kind.IMMEDIATE) {
            index = wide ? new Value("i.imm", true, 64) : new Value("(int) i.imm", false, 32);
            address = address(target, update);
        } else {
            index = load(operands.get(1), "b", null, false).get(0);
            if (isMemory(target)) {
                String signed = bits == 16 ? "(short) b" : "b";
                line("long lin = Operands." + (update ? "bitStringWrite" : "bitStringRead") + "(c, i, " + bits + ", "
                        + signed + ");");
                address = "lin";
            }
        }
        Value a = load(target, "a", address, update).get(0);
        if (update) {
            Value result = result(call(methodName(row.method()), List.of(a, index)), bits);
            store(target, result, address);
        }
        line("c.flagCarry = " + carriesCall(methodName(row.carries()), List.of(a, index)) + ";");
    }

    private void scan() {
        int bits = bits(operands.get(0));
        Value a = source(operands.get(1), "a").get(0);
        line("if (a != 0) {");
        out.append("    ");
        store(operands.get(0), call(methodName(row.method()), List.of(a)), null);
        line("}");
        line("c.flagResult = " + (bits == 16 ? "(short) " : "") + "a;");
        line("c.flagCarry = 0;");
    }
}
