package org.terrarium.x86.interp;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.terrarium.x86.Cpu;
import org.terrarium.x86.GuestFault;
import org.terrarium.x86.decode.Decoder;
import org.terrarium.x86.isa.Attribute;
import org.terrarium.x86.isa.Insn;
import org.terrarium.x86.isa.Operand;
import org.terrarium.x86.mem.PhysicalMemory;
import org.terrarium.x86.sys.Modes;

/**
 * Decodes blocks. A block ends behind a branch, at the end of its page, or after {@link #MAX_INSNS} instructions. A block of its
 * own is an instruction that crosses into the next page, and one that ends blocks for another reason than a branch.
 */
final class BlockBuilder {
    private static final int MAX_INSNS = 64;
    private static final int PAGE = 4096;

    private final Cpu c;
    private final PhysicalMemory memory;
    private final Decoder decoder;
    private final byte[] code = new byte[PAGE + 16];
    private final Insn[] insns = new Insn[MAX_INSNS];

    BlockBuilder(Cpu c, PhysicalMemory memory) {
        this.c = c;
        this.memory = memory;
        decoder = new Decoder(c.model);
    }

    /**
     * Decodes the block at {@code c.rip}.
     *
     * @param lin its linear address
     * @param where its backing offset, or the complement of its guest-physical address where code lies in a device
     * @param single only one instruction
     * @throws GuestFault when the first instruction cannot be fetched
     */
    Block build(long lin, long where, boolean single) {
        int available = PAGE - ((int) lin & PAGE - 1);
        boolean atLimit = false;
        if (c.codeSize != 64) {
            long left = (c.segLimit[Cpu.CS] & 0xFFFF_FFFFL) - c.rip + 1;
            if (left <= 0) {
                throw c.fault(GuestFault.GP, 0);
            }
            if (left < available) {
                available = (int) left;
                atLimit = true;
            }
        }
        int wanted = single ? Decoder.MAX_LENGTH : MAX_INSNS * 8;
        int have = Math.min(available, wanted);
        fetch(where, 0, have);

        boolean one = single || (c.modeKey & Modes.KEY_STEP) != 0 || where < 0;
        int flat = c.codeSize == 64 ? Decoder.FLAT_64 : (c.modeKey & Modes.KEY_FLAT) >> 8;
        int count = 0;
        int at = 0;
        long secondPage = -1;
        while (count < (one ? 1 : MAX_INSNS)) {
            Insn insn = new Insn();
            insn.offset = (short) at;
            insn.ordinal = (byte) count;
            if (!decoder.decode(code, at, have, c.codeSize, flat, insn)) {
                if (count > 0) {
                    break;
                }
                secondPage = fetchCrossing(lin, available, atLimit);
                int limit = (int) Math.min(available + Decoder.MAX_LENGTH, codeLeft());
                if (!decoder.decode(code, at, limit, c.codeSize, flat, insn)) {
                    throw c.fault(GuestFault.GP, 0);
                }
                one = true;
            }
            if (insn.row.has(Attribute.PROT) && (c.modeKey & Modes.KEY_REAL) != 0) {
                insn.row = Decoder.UNDEFINED;
            }
            if (count > 0 && insn.row.has(Attribute.END)) {
                // by itself: devices that it may reach then see how many instructions were retired before it, in every
                // tier
                break;
            }
            insn.exec = Handlers.bind(insn);
            insns[count++] = insn;
            at += insn.length;
            if (insn.row.endsBlock() || repeatedString(insn)) {
                break;
            }
        }
        Insn[] all = Arrays.copyOf(insns, count);
        Arrays.fill(insns, 0, count, null);
        return block(where, all, at, secondPage);
    }

    /** A repeated string instruction may have to be executed again: it sets the instruction pointer. */
    private static boolean repeatedString(Insn i) {
        return i.row.has(Attribute.STRING) && (i.prefixes & (Insn.PREFIX_REP | Insn.PREFIX_REPNE)) != 0;
    }

    private long codeLeft() {
        return c.codeSize == 64 ? Long.MAX_VALUE : (c.segLimit[Cpu.CS] & 0xFFFF_FFFFL) - c.rip + 1;
    }

    private Block block(long where, Insn[] all, int length, long secondPage) {
        Insn last = all[all.length - 1];
        boolean plain = !last.row.has(Attribute.END) && !repeatedString(last);
        long takenDelta = Block.NO_TARGET;
        for (Operand o : last.row.operands()) {
            if (o.kind() == Operand.Kind.RELATIVE) {
                takenDelta = last.imm;
            }
        }
        return new Block(where, c.modeKey, all, all.length, length, plain, takenDelta, secondPage);
    }

    /** Adds the first bytes of the next page behind those of this; returns where they are. */
    private long fetchCrossing(long lin, int available, boolean atLimit) {
        if (atLimit) {
            throw c.fault(GuestFault.GP, 0);
        }
        long next = lin + available & c.linearMask;
        long where = c.mmu.translateCode(next);
        fetch(where, available, Decoder.MAX_LENGTH);
        return where;
    }

    private void fetch(long where, int at, int length) {
        if (where >= 0) {
            MemorySegment.copy(memory.backing(), ValueLayout.JAVA_BYTE, where, code, at, length);
        } else {
            for (int n = 0; n < length; n++) {
                code[at + n] = (byte) c.bus.mmioRead(~where + n, 1);
            }
        }
    }
}
