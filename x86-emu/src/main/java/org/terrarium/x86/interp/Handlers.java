package org.terrarium.x86.interp;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.terrarium.x86.Cpu;
import org.terrarium.x86.interp.gen.GeneratedHandlers;
import org.terrarium.x86.isa.Exec;
import org.terrarium.x86.isa.Insn;
import org.terrarium.x86.isa.InstructionTable;
import org.terrarium.x86.isa.Row;

/**
 * Binds decoded instructions to what executes them. Handlers are looked up when a row is first met and then kept, for all
 * processors of the program: only those that a guest uses are ever linked.
 */
public final class Handlers {
    private static final Class<?>[] EXEC = {Cpu.class, Insn.class};

    /** By row, operand size and form. */
    private static final Exec[][] BOUND = new Exec[InstructionTable.get().rows().size()][];

    /** Of rows outside of the table, whose operands do not matter: a guest may run into thousands of bad opcodes. */
    private static final Map<Row, Exec> SPECIAL = new IdentityHashMap<>();

    private Handlers() {}

    /** The handler of a decoded instruction. */
    public static Exec bind(Insn i) {
        return bind(i.row, i.operandSize, i.memory);
    }

    /** The handler of a row at an operand size (16, 32, 64), register or memory form. */
    public static synchronized Exec bind(Row row, int operandSize, boolean memory) {
        if (row.id() < 0) {
            return SPECIAL.computeIfAbsent(row, r -> resolve(r, 0, memory));
        }
        Exec[] forms = BOUND[row.id()];
        if (forms == null) {
            forms = new Exec[10];
            BOUND[row.id()] = forms;
        }
        int index = (operandSize >> 4) * 2 + (memory ? 1 : 0);
        if (forms[index] == null) {
            forms[index] = resolve(row, operandSize, memory);
        }
        return forms[index];
    }

    private static Exec resolve(Row row, int operandSize, boolean memory) {
        return ExecFactory.of(method(row, operandSize, memory));
    }

    /** The static method (Cpu, Insn) that executes a decoded instruction. */
    public static Method method(Insn i) {
        return method(i.row, i.operandSize, i.memory);
    }

    private static Method method(Row row, int operandSize, boolean memory) {
        if (HandlerKey.generated(row)) {
            String key = HandlerKey.of(row, HandlerKey.effectiveSize(row, operandSize), memory);
            return generated(HandlerKey.methodName(key));
        }
        String name = row.shape().equals("nop") ? "Undefined.nothing" : row.method();
        if (name.endsWith("*")) {
            name = name.substring(0, name.length() - 1) + operandSize;
        }
        for (Method method : Methods.find(name)) {
            if (method.getReturnType() == void.class && Arrays.equals(method.getParameterTypes(), EXEC)) {
                return method;
            }
        }
        throw new IllegalStateException(row + ": " + name + " is not a method of (Cpu, Insn)");
    }

    private static Method generated(String name) {
        for (Class<?> type : GeneratedHandlers.classes()) {
            try {
                return type.getMethod(name, EXEC);
            } catch (NoSuchMethodException e) {
                // in another file
                continue;
            }
        }
        throw new IllegalStateException("no generated handler " + name);
    }

    /** Rows of the table that cannot be bound; empty in a complete program. For tests. */
    static List<String> unbound() {
        return InstructionTable.get().rows().stream()
                .flatMap(row -> HandlerKey.variants(row).stream().map(v -> problem(row, v)))
                .filter(problem -> problem != null)
                .toList();
    }

    private static String problem(Row row, HandlerKey.Variant variant) {
        try {
            bind(row, variant.size() == 0 ? 32 : variant.size(), variant.memory());
            return null;
        } catch (RuntimeException e) {
            return row.source() + ": " + row + ": " + e.getMessage();
        }
    }
}
