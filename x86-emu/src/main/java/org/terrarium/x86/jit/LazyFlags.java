package org.terrarium.x86.jit;

import java.util.HashMap;
import java.util.Map;
import org.terrarium.x86.sem.Alu;
import org.terrarium.x86.sem.Shift;

/**
 * Carries that are not computed until something looks at them. Translated code keeps, instead of {@code Cpu.flagCarry}, the number
 * of the method that would compute it ("kind") and that method's arguments; this turns them into the value.
 *
 * <p>A kind is the first number of an operation plus 0, 1, 2 or 3 for 8, 16, 32, 64 bits.
 */
public final class LazyFlags {
    /** The carries are computed already. */
    static final int READY = 0;

    /** All clear, after a logical operation. */
    static final int LOGIC = 1;

    static final int ADD = 4;
    static final int SUB = 8;
    static final int NEG = 12;
    static final int SHL = 16;
    static final int SHR = 20;
    static final int SAR = 24;
    static final int INC = 28;
    static final int DEC = 32;

    private static final Map<String, Integer> KINDS = new HashMap<>();

    static {
        String[] names = {"add", "sub", "neg", "shl", "shr", "sar", "inc", "dec"};
        for (int n = 0; n < names.length; n++) {
            String owner = n >= 3 && n <= 5 ? "Shift." : "Alu.";
            for (int size = 0; size < 4; size++) {
                KINDS.put(owner + names[n] + "Carries" + (8 << size), ADD + 4 * n + size);
            }
        }
    }

    private LazyFlags() {}

    /** The kind of a method of the table's last column with the size filled in; READY for those that are computed at once. */
    static int kindOf(String method) {
        return method.equals("logic") ? LOGIC : KINDS.getOrDefault(method, READY);
    }

    static boolean is(int kind, int operation) {
        return kind >= operation && kind < operation + 4;
    }

    /** Whether the kind's method takes the earlier carries, kept in place of the second operand; its first is not kept at all. */
    static boolean keepsCarry(int kind) {
        return kind >= INC;
    }

    /**
     * {@code Cpu.flagCarry}.
     *
     * @param kind which method
     * @param ready the value where it is computed already
     * @param a first argument; of INC and DEC the result says what it was
     * @param b second argument
     * @param r result of the operation, as {@code Cpu.flagResult} has it
     */
    public static long carry(int kind, long ready, long a, long b, long r) {
        return switch (kind) {
            case READY -> ready;
            case LOGIC -> 0;
            case ADD -> Alu.addCarries8((int) a, (int) b, (int) r);
            case ADD + 1 -> Alu.addCarries16((int) a, (int) b, (int) r);
            case ADD + 2 -> Alu.addCarries32((int) a, (int) b, (int) r);
            case ADD + 3 -> Alu.addCarries64(a, b, r);
            case SUB -> Alu.subCarries8((int) a, (int) b, (int) r);
            case SUB + 1 -> Alu.subCarries16((int) a, (int) b, (int) r);
            case SUB + 2 -> Alu.subCarries32((int) a, (int) b, (int) r);
            case SUB + 3 -> Alu.subCarries64(a, b, r);
            default -> rare(kind, a, b, r);
        };
    }

    private static long rare(int kind, long a, long b, long r) {
        return switch (kind) {
            case NEG -> Alu.negCarries8((int) a, (int) r & 0xFF);
            case NEG + 1 -> Alu.negCarries16((int) a, (int) r & 0xFFFF);
            case NEG + 2 -> Alu.negCarries32((int) a, (int) r);
            case NEG + 3 -> Alu.negCarries64(a, r);
            case SHL -> Shift.shlCarries8((int) a, (int) b, (int) r & 0xFF);
            case SHL + 1 -> Shift.shlCarries16((int) a, (int) b, (int) r & 0xFFFF);
            case SHL + 2 -> Shift.shlCarries32((int) a, (int) b, (int) r);
            case SHL + 3 -> Shift.shlCarries64(a, (int) b, r);
            case SHR -> Shift.shrCarries8((int) a, (int) b, (int) r & 0xFF);
            case SHR + 1 -> Shift.shrCarries16((int) a, (int) b, (int) r & 0xFFFF);
            case SHR + 2 -> Shift.shrCarries32((int) a, (int) b, (int) r);
            case SHR + 3 -> Shift.shrCarries64(a, (int) b, r);
            case SAR -> Shift.sarCarries8((int) a, (int) b, (int) r & 0xFF);
            case SAR + 1 -> Shift.sarCarries16((int) a, (int) b, (int) r & 0xFFFF);
            case SAR + 2 -> Shift.sarCarries32((int) a, (int) b, (int) r);
            case SAR + 3 -> Shift.sarCarries64(a, (int) b, r);
            case INC -> Alu.incCarries8((int) r - 1 & 0xFF, (int) r & 0xFF, b);
            case INC + 1 -> Alu.incCarries16((int) r - 1 & 0xFFFF, (int) r & 0xFFFF, b);
            case INC + 2 -> Alu.incCarries32((int) r - 1, (int) r, b);
            case INC + 3 -> Alu.incCarries64(r - 1, r, b);
            case DEC -> Alu.decCarries8((int) r + 1 & 0xFF, (int) r & 0xFF, b);
            case DEC + 1 -> Alu.decCarries16((int) r + 1 & 0xFFFF, (int) r & 0xFFFF, b);
            case DEC + 2 -> Alu.decCarries32((int) r + 1, (int) r, b);
            case DEC + 3 -> Alu.decCarries64(r + 1, r, b);
            default -> throw new IllegalArgumentException("no such kind: " + kind);
        };
    }
}
