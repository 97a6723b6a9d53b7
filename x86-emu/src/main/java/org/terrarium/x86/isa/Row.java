package org.terrarium.x86.isa;

import java.util.List;
import java.util.Set;

/**
 * One row of the instruction table: an encoding and what it means. The header of {@code integer.txt} defines the columns.
 *
 * @param id position in the table, from 0
 * @param source file and line, for messages
 * @param mnemonic Intel's mnemonic, conditions filled in
 * @param operands in Intel's order, implicit ones included
 * @param prefix mandatory prefix: {@link #ANY}, {@link #NONE}, 0x66, 0xF2 or 0xF3
 * @param map opcode map: 0 one byte, 1 0F, 2 0F 38, 3 0F 3A
 * @param opcode last opcode byte; for {@link #opcodeRegister} the first of eight
 * @param opcodeRegister the low three bits of the opcode name a register
 * @param modrm {@link #NO_MODRM}, {@link #ANY_MODRM}, 0..7 for a fixed ModRM.reg, or 0x100 + the whole fixed ModRM byte
 * @param condition condition code 0..15 of a {@code cc} row, else -1
 * @param feature what the CPU model must have, or null
 * @param flagsRead flags read, as {@code Cpu} EFLAGS bits
 * @param flagsWritten flags written with a defined value
 * @param flagsUndefined flags undefined afterwards
 * @param attributes the other properties
 * @param skip why the differential test cannot run it, or null
 * @param shape how operands reach the method
 * @param method {@code Class.method}, {@code *} for the operand size; {@code -} for a plain copy
 * @param carries the method that computes the carries, {@code logic}, or null
 */
public record Row(
        int id,
        String source,
        String mnemonic,
        List<Operand> operands,
        int prefix,
        int map,
        int opcode,
        boolean opcodeRegister,
        int modrm,
        int condition,
        Feature feature,
        int flagsRead,
        int flagsWritten,
        int flagsUndefined,
        Set<Attribute> attributes,
        String skip,
        String shape,
        String method,
        String carries) {

    /** {@link #prefix}: no mandatory prefix; 66, F2 and F3 keep their usual meaning. */
    public static final int ANY = -1;

    /** {@link #prefix}: must have none of 66, F2 and F3. */
    public static final int NONE = 0;

    public static final int NO_MODRM = -1;
    public static final int ANY_MODRM = -2;

    /** {@link #modrm}: added to a wholly fixed ModRM byte. */
    public static final int FIXED_MODRM = 0x100;

    public boolean has(Attribute attribute) {
        return attributes.contains(attribute);
    }

    /** Whether the instruction is the last of its block. */
    public boolean endsBlock() {
        return has(Attribute.END) || has(Attribute.BRANCH);
    }

    public boolean hasModrm() {
        return modrm != NO_MODRM;
    }

    /** Whether the form with a register in ModRM.rm exists. */
    public boolean allowsRegister() {
        return !has(Attribute.MEM);
    }

    /** Whether the form with memory in ModRM.rm exists. */
    public boolean allowsMemory() {
        return hasModrm() && !has(Attribute.REG);
    }

    /** Whether the operand size decides how wide an operand is. */
    public boolean sized() {
        for (Operand o : operands) {
            if (o.sized()) {
                return true;
            }
        }
        return method.endsWith("*");
    }

    /** Mnemonic and operands as in the table: {@code ADD Eb,Gb}. */
    public String form() {
        StringBuilder text = new StringBuilder(mnemonic);
        String separator = " ";
        for (Operand o : operands) {
            text.append(separator).append(o.implicit() ? "[" + o.text() + "]" : o.text());
            separator = ",";
        }
        return text.toString();
    }

    /** The encoding column in a normal form: {@code 66 0F 38 1C /r}. */
    public String encoding() {
        StringBuilder text = new StringBuilder();
        if (prefix == NONE) {
            text.append("NP ");
        } else if (prefix > 0) {
            text.append(hex(prefix)).append(' ');
        }
        text.append(
                switch (map) {
                    case 1 -> "0F ";
                    case 2 -> "0F 38 ";
                    case 3 -> "0F 3A ";
                    default -> "";
                });
        text.append(hex(opcode));
        if (opcodeRegister) {
            text.append(" +r");
        }
        if (modrm == ANY_MODRM) {
            text.append(" /r");
        } else if (modrm >= FIXED_MODRM) {
            text.append(" /").append(hex(modrm - FIXED_MODRM));
        } else if (modrm >= 0) {
            text.append(" /").append(modrm);
        }
        return text.toString();
    }

    private static String hex(int value) {
        return String.format("%02X", value);
    }

    @Override
    public String toString() {
        return form() + " (" + encoding() + ")";
    }
}
