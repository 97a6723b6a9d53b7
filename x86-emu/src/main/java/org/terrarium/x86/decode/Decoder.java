package org.terrarium.x86.decode;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.terrarium.x86.Cpu;
import org.terrarium.x86.isa.Attribute;
import org.terrarium.x86.isa.Insn;
import org.terrarium.x86.isa.InstructionTable;
import org.terrarium.x86.isa.Operand;
import org.terrarium.x86.isa.Row;
import org.terrarium.x86.sys.CpuModel;

/**
 * Bytes to {@link Insn} (SDM volume 2, chapter 2), driven by the instruction table. Binding a handler is not its business.
 * Not for concurrent use.
 */
public final class Decoder {
    /** Longest instruction the architecture allows; one byte more raises #GP. */
    public static final int MAX_LENGTH = 15;

    /** {@code flatSegments} of 64-bit mode: ES, CS, SS and DS have base 0 and no limit. */
    public static final int FLAT_64 = 0b001111;

    /** What bytes without meaning decode to; raises #UD. */
    public static final Row UNDEFINED =
            InstructionTable.special("(bad) | 0F 0B | - | - | end | state | Undefined.raise");

    /** What an instruction of more than 15 bytes decodes to; raises #GP. */
    public static final Row TOO_LONG =
            InstructionTable.special("(long) | 0F 0B | - | - | end | state | Undefined.tooLong");

    private static final RowPlan[] NONE = {};

    /** Candidates by map * 256 + opcode, most specific first; outside of and in 64-bit mode. */
    private final RowPlan[][] legacy;

    private final RowPlan[][] wide;

    // The instruction being decoded.
    private byte[] code;
    private int start;
    private int position;
    private int end;
    private boolean truncated;

    public Decoder(CpuModel model) {
        legacy = candidates(model, Attribute.ONLY64);
        wide = candidates(model, Attribute.NO64);
    }

    private static RowPlan[][] candidates(CpuModel model, Attribute excluded) {
        List<List<RowPlan>> lists = new ArrayList<>(1024);
        for (int n = 0; n < 1024; n++) {
            lists.add(null);
        }
        for (Row row : InstructionTable.get().rows()) {
            if (row.has(excluded) || row.feature() != null && !model.has(row.feature())) {
                continue;
            }
            RowPlan plan = new RowPlan(row);
            int count = row.opcodeRegister() ? 8 : 1;
            for (int n = 0; n < count; n++) {
                int slot = row.map() << 8 | row.opcode() + n;
                if (lists.get(slot) == null) {
                    lists.set(slot, new ArrayList<>(2));
                }
                lists.get(slot).add(plan);
            }
        }
        RowPlan[][] table = new RowPlan[1024][];
        for (int n = 0; n < 1024; n++) {
            List<RowPlan> list = lists.get(n);
            if (list == null) {
                table[n] = NONE;
            } else {
                list.sort(Comparator.comparingInt(RowPlan::breadth));
                table[n] = list.toArray(NONE);
            }
        }
        return table;
    }

    /**
     * Decodes the instruction at {@code bytes[at]}; bytes from {@code limit} on are not there yet. {@code insn.offset} must be
     * set. Returns false when the instruction needs bytes beyond the limit; then the contents of {@code insn} mean nothing.
     *
     * @param codeSize 16, 32 or 64
     * @param flatSegments bit n: addresses through segment n need neither base nor check
     */
    public boolean decode(byte[] bytes, int at, int limit, int codeSize, int flatSegments, Insn insn) {
        code = bytes;
        start = at;
        position = at;
        end = Math.min(limit, at + MAX_LENGTH);
        truncated = false;
        boolean defined = decodeFields(codeSize, flatSegments, insn);
        if (truncated) {
            if (limit < at + MAX_LENGTH) {
                return false;
            }
            insn.row = TOO_LONG;
        } else if (!defined) {
            insn.row = UNDEFINED;
        }
        insn.length = (byte) (position - at);
        return true;
    }

    private int nextByte() {
        if (position >= end) {
            truncated = true;
            return 0;
        }
        return code[position++] & 0xFF;
    }

    /** Little-endian, sign-extended. */
    private long next(int bits) {
        if (position + (bits >> 3) > end) {
            truncated = true;
            position = end;
            return 0;
        }
        long value = 0;
        for (int shift = 0; shift < bits; shift += 8) {
            value |= (code[position++] & 0xFFL) << shift;
        }
        return value << 64 - bits >> 64 - bits;
    }

    private boolean decodeFields(int codeSize, int flatSegments, Insn insn) {
        boolean wideMode = codeSize == 64;
        int prefixes = 0;
        int segment = -1;
        int rex = 0;
        int repeat = 0;
        int opcode;
        prefix:
        for (; ; ) {
            opcode = nextByte();
            if (truncated) {
                return false;
            }
            switch (opcode) {
                case 0x26 -> segment = wideMode ? segment : Cpu.ES;
                case 0x2E -> segment = wideMode ? segment : Cpu.CS;
                case 0x36 -> segment = wideMode ? segment : Cpu.SS;
                case 0x3E -> segment = wideMode ? segment : Cpu.DS;
                case 0x64 -> segment = Cpu.FS;
                case 0x65 -> segment = Cpu.GS;
                case 0x66 -> prefixes |= Insn.PREFIX_OPSIZE;
                case 0x67 -> prefixes |= Insn.PREFIX_ADDRSIZE;
                case 0xF0 -> prefixes |= Insn.PREFIX_LOCK;
                case 0xF2, 0xF3 -> repeat = opcode;
                default -> {
                    if (wideMode && (opcode & 0xF0) == 0x40) {
                        // a REX prefix counts only right before the opcode
                        rex = opcode;
                        continue prefix;
                    }
                    break prefix;
                }
            }
            rex = 0;
        }
        if (segment >= 0) {
            prefixes |= Insn.PREFIX_SEGMENT;
        }
        if (repeat != 0) {
            prefixes |= repeat == 0xF3 ? Insn.PREFIX_REP : Insn.PREFIX_REPNE;
        }
        if (rex != 0) {
            prefixes |= Insn.PREFIX_REX | ((rex & 8) != 0 ? Insn.PREFIX_REX_W : 0);
        }
        int slot = opcode;
        if (opcode == 0x0F) {
            opcode = nextByte();
            slot = 1 << 8 | opcode;
            if (opcode == 0x38 || opcode == 0x3A) {
                slot = opcode == 0x38 ? 2 << 8 : 3 << 8;
                opcode = nextByte();
                slot |= opcode;
            }
        }
        if (truncated) {
            return false;
        }
        RowPlan[] candidates = (wideMode ? wide : legacy)[slot];
        int modrm = 0;
        if (candidates.length != 0 && candidates[0].hasModrm) {
            modrm = nextByte();
            if (truncated) {
                return false;
            }
        }
        boolean opsize = (prefixes & Insn.PREFIX_OPSIZE) != 0;
        int mandatory = repeat != 0 ? repeat : opsize ? 0x66 : 0;
        boolean addrsize = (prefixes & Insn.PREFIX_ADDRSIZE) != 0;
        int addressSize = wideMode ? (addrsize ? 32 : 64) : (codeSize == 16) == addrsize ? 32 : 16;
        for (RowPlan plan : candidates) {
            int operandSize = plan.operandSize(codeSize, opsize, (rex & 8) != 0);
            if (plan.matches(mandatory, modrm, operandSize, addressSize, rex)) {
                insn.row = plan.row;
                insn.prefixes = (short) prefixes;
                insn.operandSize = (byte) operandSize;
                insn.addressSize = (byte) addressSize;
                insn.addressMask = mask(addressSize);
                return decodeOperands(plan, opcode, modrm, rex, segment, wideMode, flatSegments, insn);
            }
        }
        return false;
    }

    private static long mask(int bits) {
        return bits == 64 ? ~0L : (1L << bits) - 1;
    }

    private boolean decodeOperands(
            RowPlan plan, int opcode, int modrm, int rex, int segment, boolean wideMode, int flatSegments, Insn insn) {
        insn.memory = false;
        insn.base = Cpu.ZERO;
        insn.index = Cpu.ZERO;
        insn.scale = 0;
        insn.disp = 0;
        insn.imm = 0;
        insn.imm2 = 0;
        insn.x87Opcode = 0;
        insn.segment = (byte) (segment >= 0 ? segment : Cpu.DS);
        if (plan.row.opcodeRegister()) {
            insn.reg = (byte) plan.regKind.number(opcode & 7, (rex & 1) << 3, rex != 0);
        } else if (plan.hasModrm) {
            insn.reg = (byte) plan.regKind.number(modrm >> 3 & 7, (rex & 4) << 1, rex != 0);
        }
        if (plan.hasModrm) {
            if (modrm >= 0xC0 || plan.ignoresMod) {
                insn.rm = (byte) plan.rmKind.number(modrm & 7, (rex & 1) << 3, rex != 0);
            } else {
                insn.memory = true;
                if (insn.addressSize == 16) {
                    address16(modrm, segment, insn);
                } else {
                    address(modrm, rex, segment, wideMode, insn);
                }
            }
            if (plan.x87) {
                insn.x87Opcode = (short) ((opcode & 7) << 8 | modrm);
            }
        }
        boolean first = true;
        for (Operand o : plan.immediates) {
            long value;
            switch (o.kind()) {
                case OFFSET -> {
                    insn.memory = true;
                    insn.disp = next(insn.addressSize) & insn.addressMask;
                    continue;
                }
                case FAR_POINTER -> {
                    insn.imm = next(insn.operandSize) & mask(insn.operandSize);
                    insn.imm2 = (int) next(16) & 0xFFFF;
                    continue;
                }
                case RELATIVE -> value = next(o.bits(insn.operandSize));
                default -> {
                    int bits = o.bits(insn.operandSize);
                    value = next(bits);
                    if (o.type().equals("b") || o.type().equals("w")) {
                        value &= mask(bits);
                    }
                }
            }
            if (first) {
                insn.imm = value;
                first = false;
            } else {
                insn.imm2 = (int) value;
            }
        }
        if (truncated) {
            return false;
        }
        insn.flat = (flatSegments >> insn.segment & 1) != 0;
        int nextOffset = insn.offset + position - start;
        if (insn.base == Cpu.BLOCK_IP) {
            insn.disp += nextOffset;
        }
        if (plan.relative) {
            insn.imm += nextOffset;
        }
        // LOCK is allowed where the row says so and the destination is memory
        return (insn.prefixes & Insn.PREFIX_LOCK) == 0 || plan.lockable && insn.memory;
    }

    /** 16-bit addressing (SDM volume 2, table 2-1). */
    private void address16(int modrm, int segment, Insn insn) {
        int rm = modrm & 7;
        int mod = modrm >> 6;
        if (mod == 0 && rm == 6) {
            insn.disp = next(16);
            return;
        }
        insn.base = switch (rm) {
            case 0, 1, 7 -> Cpu.RBX;
            case 2, 3, 6 -> Cpu.RBP;
            case 4 -> Cpu.RSI;
            default -> Cpu.RDI;
        };
        insn.index = switch (rm) {
            case 0, 2 -> Cpu.RSI;
            case 1, 3 -> Cpu.RDI;
            default -> Cpu.ZERO;
        };
        if (mod != 0) {
            insn.disp = next(mod == 1 ? 8 : 16);
        }
        if (segment < 0 && insn.base == Cpu.RBP) {
            insn.segment = Cpu.SS;
        }
    }

    /** 32- and 64-bit addressing (SDM volume 2, tables 2-2 and 2-3; 2.2.1.6 for RIP-relative). */
    private void address(int modrm, int rex, int segment, boolean wideMode, Insn insn) {
        int mod = modrm >> 6;
        int rm = modrm & 7;
        int base = rm;
        if (rm == 4) {
            int sib = nextByte();
            int index = sib >> 3 & 7 | (rex & 2) << 2;
            if (index != 4) {
                insn.index = (byte) index;
                insn.scale = (byte) (sib >> 6);
            }
            base = sib & 7;
        }
        if (mod == 0 && base == 5) {
            insn.disp = next(32);
            if (wideMode && rm == 5) {
                insn.base = Cpu.BLOCK_IP;
            }
            return;
        }
        insn.base = (byte) (base | (rex & 1) << 3);
        if (mod != 0) {
            insn.disp = next(mod == 1 ? 8 : 32);
        }
        if (segment < 0 && (insn.base == Cpu.RSP || insn.base == Cpu.RBP)) {
            insn.segment = Cpu.SS;
        }
    }
}
