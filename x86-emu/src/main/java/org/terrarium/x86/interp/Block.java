package org.terrarium.x86.interp;

import org.terrarium.x86.isa.Insn;

/**
 * A run of decoded instructions without a branch but at its end. Known by the place of its first byte in host memory and by
 * the mode it was decoded for, not by its linear address: it may run at several.
 */
final class Block {
    /** Backing offset of the first byte. */
    final long where;

    /** {@code Cpu.modeKey} it was decoded for. */
    final int key;

    final Insn[] insns;

    /** Guest instructions in it. */
    final int count;

    final int length;

    /** Ends without changing anything of the machine but registers, flags and rip: what comes next needs no checks. */
    final boolean plain;

    /** Bytes from the block's start to the target of its direct branch; {@link #NO_TARGET} without one. */
    final long takenDelta;

    /**
     * Backing offset of the page that holds the end of its one instruction when that crosses into a second page, else -1.
     * Such a block is never chained: its second page must be looked up each time.
     */
    final long secondPage;

    static final long NO_TARGET = Long.MIN_VALUE;

    boolean valid = true;

    /** What follows in the same page when the branch is not taken. */
    Block fall;

    /** What follows in the same page when the branch is taken. */
    Block taken;

    /** Chain of the hash table. */
    Block nextInBucket;

    Block(long where, int key, Insn[] insns, int count, int length, boolean plain, long takenDelta, long secondPage) {
        this.where = where;
        this.key = key;
        this.insns = insns;
        this.count = count;
        this.length = length;
        this.plain = plain;
        this.takenDelta = takenDelta;
        this.secondPage = secondPage;
    }

    /** Bytes of it that lie in its first page. */
    int firstPageLength() {
        return Math.min(length, 4096 - ((int) where & 0xFFF));
    }

    boolean overlaps(long offset, int bytes) {
        if (offset < where + firstPageLength() && where < offset + bytes) {
            return true;
        }
        int rest = length - firstPageLength();
        return secondPage >= 0 && offset < secondPage + rest && secondPage < offset + bytes;
    }
}
