package org.terrarium.x86.interp;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.terrarium.x86.isa.Attribute;
import org.terrarium.x86.isa.Operand;
import org.terrarium.x86.isa.Row;

/** Names of generated handlers: one per row, operand size that matters, and register or memory form. */
public final class HandlerKey {
    /** The shapes whose handlers are generated; those of all others are their state methods. */
    private static final Set<String> GENERATED = Set.of(
            "update", "set", "compare", "shift", "rotate", "cmov", "setcc", "swap", "xadd", "lea", "cmpxchg", "bit",
            "scan", "flag");

    /**
     * One handler of a row.
     *
     * @param size operand size it is for, 0 where it does not matter
     * @param memory memory form
     */
    public record Variant(int size, boolean memory) {}

    private HandlerKey() {}

    public static boolean generated(Row row) {
        return GENERATED.contains(row.shape());
    }

    /** All handlers a row needs. */
    public static List<Variant> variants(Row row) {
        List<Variant> variants = new ArrayList<>(6);
        boolean memoryOperand = false;
        boolean onlyMemory = row.has(Attribute.MEM);
        for (Operand o : row.operands()) {
            memoryOperand |= o.mayBeMemory();
            if (o.kind() == Operand.Kind.OFFSET) {
                memoryOperand = true;
                onlyMemory = true;
            }
        }
        for (int size : new int[] {16, 32, 64}) {
            if (!decodes(row, size)) {
                continue;
            }
            int effective = effectiveSize(row, size);
            if (!onlyMemory) {
                add(variants, new Variant(effective, false));
            }
            if (memoryOperand && !row.has(Attribute.REG)) {
                add(variants, new Variant(effective, true));
            }
        }
        return variants;
    }

    private static void add(List<Variant> variants, Variant variant) {
        if (!variants.contains(variant)) {
            variants.add(variant);
        }
    }

    /** Whether the decoder can give the row this operand size. */
    private static boolean decodes(Row row, int size) {
        boolean restricted = row.has(Attribute.O16) || row.has(Attribute.O32) || row.has(Attribute.O64);
        Attribute wanted = size == 16 ? Attribute.O16 : size == 32 ? Attribute.O32 : Attribute.O64;
        return (!restricted || row.has(wanted)) && (size != 64 || !row.has(Attribute.NO64));
    }

    /** The operand size as far as it makes a difference to the row's handler; 0 where it makes none. */
    public static int effectiveSize(Row row, int operandSize) {
        boolean any = row.method().endsWith("*") && row.operands().isEmpty();
        boolean sixteen = any;
        for (Operand o : row.operands()) {
            if (o.sized()) {
                any = true;
                sixteen |= !o.type().equals("y");
            }
        }
        if (!any) {
            return 0;
        }
        return sixteen ? operandSize : Math.max(operandSize, 32);
    }

    /** The key: {@code ADD Ev,Gv 32 m}. */
    public static String of(Row row, int size, boolean memory) {
        return row.form() + (size == 0 ? "" : " " + size) + (memory ? " m" : "");
    }

    /** The key as a Java name: {@code addEvGv32Memory}. */
    public static String methodName(String key) {
        StringBuilder name = new StringBuilder();
        int space = key.indexOf(' ');
        String mnemonic = space < 0 ? key : key.substring(0, space);
        name.append(mnemonic.toLowerCase(java.util.Locale.ROOT));
        String rest = space < 0 ? "" : key.substring(space);
        boolean memory = rest.endsWith(" m");
        if (memory) {
            rest = rest.substring(0, rest.length() - 2);
        }
        for (int n = 0; n < rest.length(); n++) {
            char ch = rest.charAt(n);
            if (Character.isLetterOrDigit(ch)) {
                name.append(n > 0 && !Character.isLetterOrDigit(rest.charAt(n - 1)) ? Character.toUpperCase(ch) : ch);
            }
        }
        return name.append(memory ? "Memory" : "").toString();
    }
}
