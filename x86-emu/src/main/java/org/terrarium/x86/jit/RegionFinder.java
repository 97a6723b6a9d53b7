package org.terrarium.x86.jit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.terrarium.x86.Optimisation;
import org.terrarium.x86.interp.Block;
import org.terrarium.x86.interp.Interpreter;

/**
 * Joins a hot block with the hot blocks around it: along branches, into called procedures and back behind the calls, as far as
 * they have been executed about as often. Runs on the processor's thread, for it looks at the interpreter's blocks.
 */
final class RegionFinder {
    private static final int MOST_INTERPRETED = 4096;

    private final Interpreter interpreter;
    private final JitOptions options;

    /** Backing offsets of instructions that are left to the interpreter; only ever grows while regions are made of it. */
    private final Set<Long> interpreted = ConcurrentHashMap.newKeySet();

    RegionFinder(Interpreter interpreter, JitOptions options) {
        this.interpreter = interpreter;
        this.options = options;
    }

    /**
     * The region that begins with {@code first}, whose start is at instruction pointer {@code ip}; null if there is none.
     *
     * @param warm with what has no translation yet, to be entered at any of its blocks
     * @param scale 1, or how many times larger it may become than usual
     */
    RegionPlan find(Block first, long ip, boolean warm, int scale) {
        if (new RegionBlock(first, 0, interpreted).count == 0) {
            return null;
        }
        List<Block> blocks = new ArrayList<>();
        List<Long> deltas = new ArrayList<>();
        Map<Long, Block> seen = new HashMap<>();
        ArrayDeque<Long> queue = new ArrayDeque<>();
        queue.add(0L);
        seen.put(0L, first);
        int room = options.maxInstructions * scale;
        int wanted = first.heat() >>> options.coldShift;
        while (!queue.isEmpty() && blocks.size() < options.maxBlocks * scale) {
            long delta = queue.poll();
            Block b = seen.get(delta);
            RegionBlock shape = new RegionBlock(b, delta, interpreted);
            if (shape.count > room && !blocks.isEmpty()) {
                continue;
            }
            room -= shape.count;
            blocks.add(b);
            deltas.add(delta);
            // what follows comes first: the straight way through is emitted together
            if (follows(shape)) {
                consider(shape.fallDelta, ip, wanted, first, warm, seen, queue);
            }
            if (shape.takenDelta != Block.NO_TARGET
                    && (options.uses(Optimisation.CALLS) || shape.end != RegionBlock.End.CALL)) {
                consider(shape.takenDelta, ip, wanted, first, warm, seen, queue);
            }
        }
        return connect(first.key, warm, blocks, deltas, interpreted);
    }

    /** From now on the instruction at a backing offset is left to the interpreter. */
    void interpret(long where) {
        if (interpreted.size() < MOST_INTERPRETED) {
            interpreted.add(where);
        }
    }

    /** Whether what lies behind the block is executed after it, maybe after a call. */
    private boolean follows(RegionBlock b) {
        return switch (b.end) {
            case FALL -> b.count == b.insns.length;
            case CONDITION, LOOP, REPEAT -> true;
            case CALL -> options.uses(Optimisation.CALLS);
            case JUMP, RETURN, COMPUTED -> false;
        };
    }

    private void consider(
            long delta, long ip, int wanted, Block first, boolean warm, Map<Long, Block> seen, ArrayDeque<Long> queue) {
        if (seen.containsKey(delta) || delta != (int) delta || !options.uses(Optimisation.LOOPS) && delta == 0) {
            return;
        }
        Block b = interpreter.known(ip + delta);
        if (b != null
                && b.key == first.key
                && b.valid()
                && (b.heat() >= wanted || b.hasRegion())
                && !(warm && b.claimed())
                && new RegionBlock(b, delta, interpreted).count > 0) {
            seen.put(delta, b);
            queue.add(delta);
        }
    }

    /** Blocks with their places become a plan: edges between those that follow each other. */
    static RegionPlan connect(int key, boolean warm, List<Block> blocks, List<Long> deltas, Set<Long> interpreted) {
        List<RegionBlock> all = new ArrayList<>();
        Map<Long, RegionBlock> byDelta = new HashMap<>();
        for (int n = 0; n < blocks.size(); n++) {
            RegionBlock b = new RegionBlock(blocks.get(n), deltas.get(n), interpreted);
            all.add(b);
            byDelta.put(b.delta, b);
        }
        List<RegionBlock> behindCalls = new ArrayList<>();
        for (RegionBlock b : all) {
            boolean whole = b.count == b.insns.length;
            b.fall = whole ? byDelta.get(b.fallDelta) : null;
            b.taken = b.takenDelta == Block.NO_TARGET ? null : byDelta.get(b.takenDelta);
            if (b.end == RegionBlock.End.CALL && b.taken != null && b.fall != null) {
                behindCalls.add(b.fall);
            }
        }
        for (RegionBlock b : all) {
            if (b.end == RegionBlock.End.RETURN) {
                b.returns.addAll(behindCalls);
            }
        }
        return new RegionPlan(key, warm, all, interpreted);
    }
}
