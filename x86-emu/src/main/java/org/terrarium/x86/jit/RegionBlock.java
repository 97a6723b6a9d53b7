package org.terrarium.x86.jit;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.terrarium.x86.interp.Block;
import org.terrarium.x86.isa.Insn;

/** One block of a region with what the passes find out about it. */
final class RegionBlock {
    /** How a block ends. */
    enum End {
        /** Plainly, at the end of its page, or before an instruction that is left to the interpreter. */
        FALL,
        JUMP,
        CONDITION,
        LOOP,
        CALL,
        RETURN,
        /** Jump or call to a computed address. */
        COMPUTED,
        /** A repeated string instruction, which may have to be executed again. */
        REPEAT
    }

    final Block block;

    /** The decoded instructions: a copy, for those of the block are replaced when its bytes change. */
    final Insn[] insns;

    /** Instruction pointer of its start, relative to the region's start. */
    final long delta;

    final End end;

    /** Instructions that are carried out here; fewer than the block has where one must be left to the interpreter. */
    final int count;

    /** Instruction pointer of what follows, relative to the region's start. */
    final long fallDelta;

    /** The branch's target likewise; {@code Block.NO_TARGET} without one. */
    final long takenDelta;

    /** Where it goes within the region; null leaves the region. */
    RegionBlock taken;

    RegionBlock fall;

    /** For a return: the blocks behind the region's calls. */
    List<RegionBlock> returns = new ArrayList<>(0);

    /** Position in the order of emission. */
    int order = -1;

    /** Whether the status flags at its start may be looked at. */
    boolean flagsLiveIn = true;

    /** May be executed again without leaving the region. */
    boolean inLoop;

    /** Per instruction: the flags it leaves behind may be looked at. */
    boolean[] flagsLive;

    /** @param interpreted backing offsets of instructions that are left to the interpreter, because they mostly reach devices */
    RegionBlock(Block block, long delta, Set<Long> interpreted) {
        this.block = block;
        this.delta = delta;
        insns = block.insns.clone();
        int n = 0;
        while (n < insns.length
                && Shapes.translatable(insns[n], block.key)
                && (interpreted.isEmpty() || !interpreted.contains(block.where + insns[n].offset))) {
            n++;
        }
        count = n;
        boolean whole = n == insns.length;
        end = whole ? Shapes.end(insns[n - 1]) : End.FALL;
        fallDelta = delta + (whole ? block.length : insns[n].offset);
        takenDelta = whole && block.takenDelta != Block.NO_TARGET ? delta + block.takenDelta : Block.NO_TARGET;
    }

    /** All blocks of the region that may follow. */
    List<RegionBlock> successors() {
        List<RegionBlock> all = new ArrayList<>(returns);
        if (taken != null) {
            all.add(taken);
        }
        if (fall != null && end != End.CALL) {
            all.add(fall);
        }
        return all;
    }

    /** Whether it may leave the region other than by a fault. */
    boolean leaves() {
        return switch (end) {
            case FALL -> fall == null;
            case JUMP, CALL -> taken == null;
            case CONDITION, LOOP -> taken == null || fall == null;
            case RETURN, COMPUTED, REPEAT -> true;
        };
    }

    /** Whether a backing offset lies in it. */
    boolean contains(long where) {
        return where >= block.where && where < block.where + block.length;
    }

    /** Whether {@code to} is where it was as long as this block is: nothing of it lies in another page. */
    boolean leadsSurelyTo(RegionBlock to) {
        return inPageOf(to) && to.block.secondPage < 0;
    }

    boolean inPageOf(RegionBlock other) {
        return (block.where ^ other.block.where) >>> 12 == 0
                && (delta - other.delta) == block.where - other.block.where;
    }
}
