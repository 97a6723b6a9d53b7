package org.terrarium.x86.decode;

import java.util.Locale;
import org.terrarium.x86.Cpu;
import org.terrarium.x86.isa.Attribute;
import org.terrarium.x86.isa.Insn;
import org.terrarium.x86.isa.Operand;
import org.terrarium.x86.sys.CpuModel;

/** Decoded instructions as text in Intel's syntax, as the assembler NASM reads it. */
public final class Disassembler {
    private static final String[] WORDS = {"ax", "cx", "dx", "bx", "sp", "bp", "si", "di"};
    private static final String[] BYTES = {"al", "cl", "dl", "bl", "spl", "bpl", "sil", "dil"};
    private static final String[] HIGH_BYTES = {"ah", "ch", "dh", "bh"};
    private static final String[] SEGMENTS = {"es", "cs", "ss", "ds", "fs", "gs", "segr6", "segr7"};

    /** By operand size / 32. */
    private static final String[] WIDTHS = {"word ", "dword ", "qword "};

    private final Decoder decoder;

    /** Knows the instructions of this model; the others are {@code (bad)}. */
    public Disassembler(CpuModel model) {
        decoder = new Decoder(model);
    }

    /**
     * One instruction.
     *
     * @param length bytes it takes
     */
    public record Line(String text, int length) {}

    /**
     * The instruction at {@code code[at]}; null when the bytes end within it.
     *
     * @param codeSize 16, 32 or 64
     * @param ip its address
     */
    public Line disassemble(byte[] code, int at, int codeSize, long ip) {
        Insn insn = new Insn();
        if (!decoder.decode(code, at, code.length, codeSize, 0, insn)) {
            return null;
        }
        return new Line(text(insn, ip), insn.length);
    }

    /** A decoded instruction as text; {@code blockIp} is the address of the block that {@code insn.offset} counts from. */
    public static String text(Insn insn, long blockIp) {
        StringBuilder out = new StringBuilder();
        if (insn.has(Insn.PREFIX_LOCK)) {
            out.append("lock ");
        }
        if (insn.row.has(Attribute.STRING)) {
            if (insn.has(Insn.PREFIX_REP)) {
                out.append("rep ");
            } else if (insn.has(Insn.PREFIX_REPNE)) {
                out.append("repne ");
            }
        }
        out.append(insn.row.mnemonic().toLowerCase(Locale.ROOT));
        String separator = " ";
        for (Operand o : insn.row.operands()) {
            if (!o.implicit()) {
                out.append(separator).append(operand(o, insn, blockIp));
                separator = ",";
            }
        }
        return out.toString();
    }

    private static String operand(Operand o, Insn i, long blockIp) {
        int bits = o.bits(i.operandSize);
        return switch (o.kind()) {
            case GPR_OR_MEM, MEM, RM_GPR ->
                i.memory ? memory(i, o.type().equals("a") ? 0 : bits, blockIp) : general(i.rm, bits);
            case REG_GPR, OPCODE_GPR -> general(i.reg, bits);
            case REG_XMM -> "xmm" + i.reg;
            case XMM_OR_MEM, RM_XMM -> i.memory ? memory(i, bits, blockIp) : "xmm" + i.rm;
            case REG_MMX -> "mm" + i.reg;
            case MMX_OR_MEM, RM_MMX -> i.memory ? memory(i, bits, blockIp) : "mm" + i.rm;
            case REG_SEGMENT -> SEGMENTS[i.reg & 7];
            case REG_CONTROL -> "cr" + i.reg;
            case REG_DEBUG -> "dr" + i.reg;
            case IMMEDIATE -> immediate(o, i);
            case RELATIVE -> hex(blockIp + i.imm & i.ipMask());
            case OFFSET -> memory(i, bits, blockIp);
            case FAR_POINTER -> hex(i.imm2) + ":" + hex(i.imm);
            case STRING_SOURCE, STRING_DESTINATION -> o.text();
            case X87_TOP -> "st0";
            case X87_REGISTER -> "st" + i.rm;
            case FIXED_GPR -> general(o.register(), bits);
            case FIXED_SEGMENT -> SEGMENTS[o.register()];
            case FIXED_XMM0 -> "xmm0";
            case ONE -> "1";
        };
    }

    private static String immediate(Operand o, Insn i) {
        int bits = o.type().equals("b") ? 8 : o.type().equals("w") ? 16 : i.operandSize;
        // the second immediate of ENTER is a byte
        long value = o.type().equals("b")
                        && i.row.operands().get(0).kind() == Operand.Kind.IMMEDIATE
                        && i.row.operands().get(0) != o
                ? i.imm2
                : i.imm;
        // PUSH has nothing else that would show how much it pushes
        String size = i.row.operands().size() == 1 && bits == i.operandSize ? WIDTHS[bits >> 5] : "";
        return size + hex(bits == 64 ? value : value & (1L << bits) - 1);
    }

    private static String general(int number, int bits) {
        if (bits == 8) {
            return number >= 16 ? HIGH_BYTES[number - 16] : number >= 8 ? "r" + number + "b" : BYTES[number];
        }
        if (number >= 8) {
            return "r" + number + (bits == 16 ? "w" : bits == 32 ? "d" : "");
        }
        return (bits == 16 ? "" : bits == 32 ? "e" : "r") + WORDS[number];
    }

    private static String memory(Insn i, int bits, long blockIp) {
        StringBuilder out = new StringBuilder(
                switch (bits) {
                    case 8 -> "byte ";
                    case 16 -> "word ";
                    case 32 -> "dword ";
                    case 64 -> "qword ";
                    case 80 -> "tword ";
                    case 128 -> "oword ";
                    default -> "";
                });
        out.append('[');
        if (i.has(Insn.PREFIX_SEGMENT)) {
            out.append(SEGMENTS[i.segment]).append(':');
        }
        if (i.base == Cpu.BLOCK_IP) {
            return out.append("rel ")
                    .append(hex(blockIp + i.disp & i.addressMask))
                    .append(']')
                    .toString();
        }
        boolean empty = true;
        if (i.base != Cpu.ZERO) {
            out.append(general(i.base, i.addressSize));
            empty = false;
        }
        if (i.index != Cpu.ZERO) {
            out.append(empty ? "" : "+").append(general(i.index, i.addressSize));
            if (i.scale != 0 || empty) {
                out.append('*').append(1 << i.scale);
            }
            empty = false;
        }
        if (empty) {
            out.append(hex(i.disp & i.addressMask));
        } else if (i.disp != 0) {
            out.append(i.disp < 0 ? "-" : "+").append(hex(Math.abs(i.disp)));
        }
        return out.append(']').toString();
    }

    private static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }
}
