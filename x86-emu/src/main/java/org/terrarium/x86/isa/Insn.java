package org.terrarium.x86.isa;

/**
 * One decoded instruction; immutable after decoding. Fields, not accessors: the interpreter reads them for every
 * instruction. Small types: in a kernel's boot two thirds of the interpreter's time went into fetching these objects from the
 * cache's lower levels, so they should fill one cache line, not two.
 */
public final class Insn {
    public static final int PREFIX_LOCK = 1;
    public static final int PREFIX_REP = 2;
    public static final int PREFIX_REPNE = 4;
    public static final int PREFIX_OPSIZE = 8;
    public static final int PREFIX_ADDRSIZE = 16;
    public static final int PREFIX_SEGMENT = 32;
    public static final int PREFIX_REX = 64;
    public static final int PREFIX_REX_W = 128;

    private static final long[] IP_MASKS = {0xFFFFL, 0xFFFF_FFFFL, ~0L};

    /** How it is executed, bound from the row's method and the operand form. */
    public Exec exec;

    /** The row of the instruction table. */
    public Row row;

    /** Register operand from ModRM.reg or the opcode's low bits, with REX; 8-bit numbers as in {@code Cpu.gpr}. */
    public byte reg;

    /** Register operand from ModRM.rm where {@link #memory} is false. */
    public byte rm;

    /** Whether the ModRM operand is memory. */
    public boolean memory;

    /** Slots of {@code Cpu.gpr} (ZERO where absent, BLOCK_IP for RIP-relative; {@link #disp} then includes the offset). */
    public byte base = 16;

    public byte index = 16;

    /** Shift count 0..3 of the index. */
    public byte scale;

    public long disp;

    /** 0xFFFF, 0xFFFFFFFF or ~0: width of the effective address. */
    public long addressMask;

    /** Segment register of the memory operand; of the source of a string instruction. */
    public byte segment;

    /** The effective address is the linear address, and no segment check is needed: decided when decoding. */
    public boolean flat;

    /**
     * First immediate, extended as its operand type says. Of a relative branch: the displacement plus {@link #nextOffset}, so
     * that the target is {@code (gpr[BLOCK_IP] + imm) & ipMask()}.
     */
    public long imm;

    /** Second immediate (ENTER, far pointers' selector, EXTRQ-like forms). */
    public int imm2;

    /** 8-less operand size in bits: 16, 32 or 64. */
    public byte operandSize;

    /** 16, 32 or 64. */
    public byte addressSize;

    public short prefixes;

    /** The eleven bits of an x87 opcode as FNSTENV stores them; 0 for others. */
    public short x87Opcode;

    /** Length in bytes, 1..15. */
    public byte length;

    /** Bytes from the start of the block to this instruction. */
    public short offset;

    /** Guest instructions of the block before this one. */
    public byte ordinal;

    public boolean has(int prefix) {
        return (prefixes & prefix) != 0;
    }

    /** 0xFFFF, 0xFFFFFFFF or ~0: width of the instruction pointer after a near branch of this operand size. */
    public long ipMask() {
        return IP_MASKS[operandSize >> 5];
    }

    /** Bytes from the start of the block to the next instruction. */
    public int nextOffset() {
        return offset + length;
    }
}
