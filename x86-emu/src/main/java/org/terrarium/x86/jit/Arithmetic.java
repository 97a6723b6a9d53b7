package org.terrarium.x86.jit;

import java.util.List;

/**
 * The methods of {@code sem.Alu} and {@code sem.Shift} that are one or two JVM instructions, written out: HotSpot would inline the
 * call, but each costs it time. {@code ArithmeticTest} proves them equal.
 */
final class Arithmetic {
    private Arithmetic() {}

    /** Pushes the result of a method; false when it is not one of them. */
    static boolean emit(Asm a, OperandEmitter operands, String name, List<Value> values) {
        boolean wide = name.endsWith("64");
        switch (name) {
            case "Alu.add32", "Alu.add64", "Alu.sub32", "Alu.sub64" -> {
                push(operands, values, wide);
                boolean add = name.startsWith("Alu.add");
                if (wide) {
                    emitLong(a, add ? '+' : '-');
                } else {
                    emitInt(a, add ? '+' : '-');
                }
            }
            case "Alu.and8", "Alu.and16", "Alu.and32", "Alu.and64" -> logic(a, operands, values, wide, '&');
            case "Alu.or8", "Alu.or16", "Alu.or32", "Alu.or64" -> logic(a, operands, values, wide, '|');
            case "Alu.xor8", "Alu.xor16", "Alu.xor32", "Alu.xor64" -> logic(a, operands, values, wide, '^');
            case "Alu.inc32", "Alu.dec32" -> {
                operands.push(values.get(0), false);
                a.constant(1);
                emitInt(a, name.equals("Alu.inc32") ? '+' : '-');
            }
            case "Alu.inc64", "Alu.dec64" -> {
                operands.push(values.get(0), true);
                a.constant(1L);
                emitLong(a, name.equals("Alu.inc64") ? '+' : '-');
            }
            case "Alu.add8", "Alu.sub8" -> {
                push(operands, values, false);
                emitInt(a, name.equals("Alu.add8") ? '+' : '-');
                a.constant(255);
                a.b.iand();
            }
            case "Alu.add16", "Alu.sub16" -> {
                push(operands, values, false);
                emitInt(a, name.equals("Alu.add16") ? '+' : '-');
                a.b.i2c();
            }
            case "Shift.shl32", "Shift.shr32", "Shift.sar32" -> {
                push(operands, values, false);
                emitInt(a, name.equals("Shift.shl32") ? '<' : name.equals("Shift.shr32") ? '>' : 's');
            }
            case "Shift.shl64", "Shift.shr64", "Shift.sar64" -> {
                operands.push(values.get(0), true);
                operands.push(values.get(1), false);
                emitLong(a, name.equals("Shift.shl64") ? '<' : name.equals("Shift.shr64") ? '>' : 's');
            }
            case "MulDiv.imul32", "MulDiv.imul64" -> {
                push(operands, values, wide);
                if (wide) {
                    emitLong(a, '*');
                } else {
                    emitInt(a, '*');
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void push(OperandEmitter operands, List<Value> values, boolean wide) {
        operands.push(values.get(0), wide);
        operands.push(values.get(1), wide);
    }

    private static void logic(Asm a, OperandEmitter operands, List<Value> values, boolean wide, char op) {
        push(operands, values, wide);
        if (wide) {
            emitLong(a, op);
        } else {
            emitInt(a, op);
        }
    }

    private static void emitInt(Asm a, char op) {
        switch (op) {
            case '+' -> a.b.iadd();
            case '-' -> a.b.isub();
            case '*' -> a.b.imul();
            case '&' -> a.b.iand();
            case '|' -> a.b.ior();
            case '^' -> a.b.ixor();
            case '<' -> a.b.ishl();
            case '>' -> a.b.iushr();
            default -> a.b.ishr();
        }
    }

    private static void emitLong(Asm a, char op) {
        switch (op) {
            case '+' -> a.b.ladd();
            case '-' -> a.b.lsub();
            case '*' -> a.b.lmul();
            case '&' -> a.b.land();
            case '|' -> a.b.lor();
            case '^' -> a.b.lxor();
            case '<' -> a.b.lshl();
            case '>' -> a.b.lushr();
            default -> a.b.lshr();
        }
    }
}
