package org.terrarium.x86.decode;

import java.util.ArrayList;
import java.util.List;
import org.terrarium.x86.isa.Attribute;
import org.terrarium.x86.isa.Operand;
import org.terrarium.x86.isa.Row;

/** A row prepared for decoding: when it applies and how its operands are numbered. */
final class RowPlan {
    /** How the three bits of a register field and its REX bit become an operand number. */
    enum RegisterKind {
        /** General, XMM, control, debug registers: REX extends. */
        EXTENDED,
        /** 8-bit registers: without REX, 4..7 are AH..BH (numbers 16..19). */
        BYTE,
        /** MMX, x87 and segment registers: REX is ignored. */
        EIGHT;

        int number(int field, int extension, boolean rex) {
            return switch (this) {
                case EXTENDED -> field | extension;
                case BYTE -> rex || field < 4 ? field | extension : field + 12;
                case EIGHT -> field;
            };
        }
    }

    final Row row;
    final boolean hasModrm;
    final RegisterKind regKind;
    final RegisterKind rmKind;
    final Operand[] immediates;
    final boolean relative;
    final boolean lockable;

    /** MOV to and from control and debug registers: always the register form (SDM volume 2, MOV). */
    final boolean ignoresMod;

    final boolean x87;

    private final boolean mem;
    private final boolean reg;
    private final int operandSizes;
    private final int addressSizes;
    private final boolean default64;
    private final boolean force64;

    RowPlan(Row row) {
        this.row = row;
        hasModrm = row.hasModrm();
        RegisterKind regOperand = RegisterKind.EXTENDED;
        RegisterKind rmOperand = RegisterKind.EXTENDED;
        boolean control = false;
        boolean branch = false;
        List<Operand> read = new ArrayList<>(2);
        for (Operand o : row.operands()) {
            RegisterKind kind = switch (o.kind()) {
                case REG_MMX, RM_MMX, MMX_OR_MEM, REG_SEGMENT, X87_REGISTER -> RegisterKind.EIGHT;
                default -> o.type().equals("b") ? RegisterKind.BYTE : RegisterKind.EXTENDED;
            };
            if (o.isReg() || o.kind() == Operand.Kind.OPCODE_GPR) {
                regOperand = kind;
            } else if (o.isRm()) {
                rmOperand = kind;
            }
            switch (o.kind()) {
                case REG_CONTROL, REG_DEBUG -> control = true;
                case RELATIVE -> {
                    branch = true;
                    read.add(o);
                }
                case IMMEDIATE, OFFSET, FAR_POINTER -> read.add(o);
                default -> {}
            }
        }
        regKind = regOperand;
        rmKind = rmOperand;
        ignoresMod = control;
        relative = branch;
        immediates = read.toArray(new Operand[0]);
        lockable = row.has(Attribute.LOCK);
        x87 = row.map() == 0 && (row.opcode() & 0xF8) == 0xD8;
        mem = row.has(Attribute.MEM);
        reg = row.has(Attribute.REG) && !control;
        operandSizes = sizes(row, Attribute.O16, Attribute.O32, Attribute.O64);
        addressSizes = sizes(row, Attribute.A16, Attribute.A32, Attribute.A64);
        default64 = row.has(Attribute.D64);
        force64 = row.has(Attribute.F64);
    }

    /** The sizes a row is restricted to, as a sum of them; all when it has no such attribute. */
    private static int sizes(Row row, Attribute a16, Attribute a32, Attribute a64) {
        int sizes = (row.has(a16) ? 16 : 0) | (row.has(a32) ? 32 : 0) | (row.has(a64) ? 64 : 0);
        return sizes == 0 ? 16 | 32 | 64 : sizes;
    }

    /** Sort key: rows that match fewer encodings first. */
    int breadth() {
        int modrmBreadth = row.modrm() >= Row.FIXED_MODRM ? 0 : row.modrm() == Row.ANY_MODRM ? 2 : 1;
        return (row.prefix() == Row.ANY ? 8 : 0) + modrmBreadth * 2 + (row.opcodeRegister() ? 1 : 0);
    }

    int operandSize(int codeSize, boolean opsize, boolean rexW) {
        boolean toggled = opsize && row.prefix() != 0x66;
        if (codeSize == 64) {
            if (force64 || rexW) {
                return 64;
            }
            return toggled ? 16 : default64 ? 64 : 32;
        }
        return (codeSize == 16) == toggled ? 32 : 16;
    }

    boolean matches(int mandatory, int modrm, int operandSize, int addressSize, int rex) {
        int prefix = row.prefix();
        if (prefix != Row.ANY && prefix != mandatory) {
            return false;
        }
        if ((operandSizes & operandSize) == 0 || (addressSizes & addressSize) == 0) {
            return false;
        }
        int wanted = row.modrm();
        if (wanted >= 0) {
            if (wanted >= Row.FIXED_MODRM ? modrm != wanted - Row.FIXED_MODRM : (modrm >> 3 & 7) != wanted) {
                return false;
            }
        }
        if (hasModrm && (modrm >= 0xC0 ? mem : reg)) {
            return false;
        }
        // opcode 90 is NOP only where it would exchange rAX with itself
        return row.map() != 0 || row.opcode() != 0x90 || row.opcodeRegister() || (rex & 1) == 0;
    }
}
