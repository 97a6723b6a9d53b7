package org.terrarium.x86.isa;

/**
 * One operand of a row in the notation of the manual's opcode maps (SDM volume 2, appendix A.2).
 *
 * @param text the operand as written in the table, without brackets
 * @param kind where it is
 * @param type how wide it is: the letters after the kind, empty where it has no width of its own
 * @param register register number of a {@link Kind#FIXED_GPR} (8-bit: as in {@code Cpu.gpr}) or {@link Kind#FIXED_SEGMENT}
 * @param implicit not printed by an assembler
 */
public record Operand(String text, Kind kind, String type, int register, boolean implicit) {
    public enum Kind {
        /** E: general register or memory. */
        GPR_OR_MEM,
        /** M: memory only. */
        MEM,
        /** R: general register in ModRM.rm. */
        RM_GPR,
        /** G: general register in ModRM.reg. */
        REG_GPR,
        /** Z: general register in the opcode. */
        OPCODE_GPR,
        /** V: XMM register in ModRM.reg. */
        REG_XMM,
        /** W: XMM register or memory. */
        XMM_OR_MEM,
        /** U: XMM register in ModRM.rm. */
        RM_XMM,
        /** P: MMX register in ModRM.reg. */
        REG_MMX,
        /** Q: MMX register or memory. */
        MMX_OR_MEM,
        /** N: MMX register in ModRM.rm. */
        RM_MMX,
        /** S: segment register in ModRM.reg. */
        REG_SEGMENT,
        /** C: control register in ModRM.reg. */
        REG_CONTROL,
        /** D: debug register in ModRM.reg. */
        REG_DEBUG,
        /** I. */
        IMMEDIATE,
        /** J: relative branch. */
        RELATIVE,
        /** O: memory offset in the instruction. */
        OFFSET,
        /** A: far pointer in the instruction. */
        FAR_POINTER,
        /** X: DS:rSI. */
        STRING_SOURCE,
        /** Y: ES:rDI. */
        STRING_DESTINATION,
        /** ST: top of the x87 stack. */
        X87_TOP,
        /** STi: x87 register in ModRM.rm. */
        X87_REGISTER,
        /** A general register named by the row. */
        FIXED_GPR,
        /** A segment register named by the row. */
        FIXED_SEGMENT,
        /** XMM0. */
        FIXED_XMM0,
        /** The constant 1 of the shift group. */
        ONE
    }

    /** Parses one operand as it stands in the table. */
    static Operand parse(String written) {
        boolean implicit = written.startsWith("[");
        String text = implicit ? written.substring(1, written.length() - 1) : written;
        Operand fixed = fixed(text, implicit);
        if (fixed != null) {
            return fixed;
        }
        Kind kind = switch (text.charAt(0)) {
            case 'E' -> Kind.GPR_OR_MEM;
            case 'M' -> Kind.MEM;
            case 'R' -> Kind.RM_GPR;
            case 'G' -> Kind.REG_GPR;
            case 'Z' -> Kind.OPCODE_GPR;
            case 'V' -> Kind.REG_XMM;
            case 'W' -> Kind.XMM_OR_MEM;
            case 'U' -> Kind.RM_XMM;
            case 'P' -> Kind.REG_MMX;
            case 'Q' -> Kind.MMX_OR_MEM;
            case 'N' -> Kind.RM_MMX;
            case 'S' -> Kind.REG_SEGMENT;
            case 'C' -> Kind.REG_CONTROL;
            case 'D' -> Kind.REG_DEBUG;
            case 'I' -> Kind.IMMEDIATE;
            case 'J' -> Kind.RELATIVE;
            case 'O' -> Kind.OFFSET;
            case 'A' -> Kind.FAR_POINTER;
            case 'X' -> Kind.STRING_SOURCE;
            case 'Y' -> Kind.STRING_DESTINATION;
            default -> throw new IllegalArgumentException("unknown operand " + text);
        };
        String type = text.substring(1);
        if (!TYPES.contains(" " + type + " ")) {
            throw new IllegalArgumentException("unknown operand type in " + text);
        }
        return new Operand(text, kind, type, -1, implicit);
    }

    private static final String TYPES = "  b bs w d q dq t v z y ps pd ss sd p a s ";
    private static final String WORDS = "AX CX DX BX SP BP SI DI ";
    private static final String SEGMENTS = "ES CS SS DS FS GS ";

    private static Operand fixed(String text, boolean implicit) {
        if (text.equals("1")) {
            return new Operand(text, Kind.ONE, "b", -1, implicit);
        }
        if (text.equals("ST")) {
            return new Operand(text, Kind.X87_TOP, "t", -1, implicit);
        }
        if (text.equals("STi")) {
            return new Operand(text, Kind.X87_REGISTER, "t", -1, implicit);
        }
        if (text.equals("XMM0")) {
            return new Operand(text, Kind.FIXED_XMM0, "dq", 0, implicit);
        }
        if (text.length() == 2 && text.charAt(1) >= 'A') {
            int at = SEGMENTS.indexOf(text + " ");
            if (at >= 0 && at % 3 == 0) {
                return new Operand(text, Kind.FIXED_SEGMENT, "w", at / 3, implicit);
            }
            at = WORDS.indexOf(text + " ");
            if (at >= 0 && at % 3 == 0) {
                return new Operand(text, Kind.FIXED_GPR, "w", at / 3, implicit);
            }
            at = "ALCLDLBL".indexOf(text);
            if (at >= 0 && at % 2 == 0) {
                return new Operand(text, Kind.FIXED_GPR, "b", at / 2, implicit);
            }
            at = "AHCHDHBH".indexOf(text);
            if (at >= 0 && at % 2 == 0) {
                return new Operand(text, Kind.FIXED_GPR, "b", 16 + at / 2, implicit);
            }
        }
        if (text.length() == 3 && (text.charAt(0) == 'e' || text.charAt(0) == 'r')) {
            int at = WORDS.indexOf(text.substring(1) + " ");
            if (at >= 0 && at % 3 == 0) {
                return new Operand(text, Kind.FIXED_GPR, text.charAt(0) == 'e' ? "z" : "v", at / 3, implicit);
            }
        }
        return null;
    }

    /** Whether the operand is taken from ModRM.rm. */
    public boolean isRm() {
        return switch (kind) {
            case GPR_OR_MEM, MEM, RM_GPR, XMM_OR_MEM, RM_XMM, MMX_OR_MEM, RM_MMX, X87_REGISTER -> true;
            default -> false;
        };
    }

    /** Whether the operand is taken from ModRM.reg. */
    public boolean isReg() {
        return switch (kind) {
            case REG_GPR, REG_XMM, REG_MMX, REG_SEGMENT, REG_CONTROL, REG_DEBUG -> true;
            default -> false;
        };
    }

    /** Whether the operand may be memory addressed by ModRM. */
    public boolean mayBeMemory() {
        return switch (kind) {
            case GPR_OR_MEM, MEM, XMM_OR_MEM, MMX_OR_MEM -> true;
            default -> false;
        };
    }

    /** Whether the operand's width follows the instruction's operand size. */
    public boolean sized() {
        return type.equals("v") || type.equals("z") || type.equals("y") || type.equals("p") || type.equals("a");
    }

    /**
     * Width in bits at an operand size of 16, 32 or 64; 0 where the type has none. {@code p} counts offset and selector,
     * {@code a} both bounds, {@code s} limit and base.
     */
    public int bits(int operandSize) {
        return switch (type) {
            case "b", "bs" -> 8;
            case "w" -> 16;
            case "d", "ss" -> 32;
            case "q", "sd" -> 64;
            case "dq", "ps", "pd" -> 128;
            case "t" -> 80;
            case "v" -> operandSize;
            case "z" -> Math.min(operandSize, 32);
            case "y" -> Math.max(operandSize, 32);
            case "p" -> operandSize + 16;
            case "a" -> 2 * operandSize;
            case "s" -> operandSize == 64 ? 80 : 48;
            default -> 0;
        };
    }
}
