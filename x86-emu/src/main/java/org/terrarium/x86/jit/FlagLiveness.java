package org.terrarium.x86.jit;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.Optimisation;
import org.terrarium.x86.isa.Attribute;
import org.terrarium.x86.isa.Insn;

/**
 * Pass 3: whether anything may look at the status flags behind an instruction before all of them are written again. A fault, a way
 * out of the region and a handler that is not known look at them.
 */
final class FlagLiveness {
    private FlagLiveness() {}

    static void run(RegionPlan plan, JitOptions options) {
        for (RegionBlock b : plan.blocks) {
            b.flagsLive = new boolean[b.insns.length];
        }
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int n = plan.blocks.size() - 1; n >= 0; n--) {
                RegionBlock b = plan.blocks.get(n);
                // until proven otherwise, flags are live: starting from that and repeating finds a safe answer
                boolean in = through(b, liveOut(b));
                if (options.uses(Optimisation.DEADFLAGS) && b.flagsLiveIn && !in) {
                    b.flagsLiveIn = false;
                    changed = true;
                }
            }
        }
        for (RegionBlock b : plan.blocks) {
            boolean live = liveOut(b);
            for (int n = b.count - 1; n >= 0; n--) {
                b.flagsLive[n] = live || !options.uses(Optimisation.DEADFLAGS);
                live = before(b.insns[n], live);
            }
        }
    }

    /** A back-edge may leave because of the budget, an edge to another page because the page has moved. */
    private static boolean liveOut(RegionBlock b) {
        if (b.leaves()) {
            return true;
        }
        for (RegionBlock next : b.successors()) {
            if (next.flagsLiveIn || next.order <= b.order || !b.leadsSurelyTo(next)) {
                return true;
            }
        }
        return b.successors().isEmpty();
    }

    private static boolean through(RegionBlock b, boolean out) {
        boolean live = out;
        for (int n = b.count - 1; n >= 0; n--) {
            live = before(b.insns[n], live);
        }
        return live;
    }

    private static boolean before(Insn i, boolean after) {
        if (Shapes.mayFault(i) || (i.row.flagsRead() & Cpu.STATUS_FLAGS) != 0 || i.row.condition() >= 0) {
            return true;
        }
        return after && !replacesAll(i);
    }

    private static boolean replacesAll(Insn i) {
        if (!Shapes.pure(i) || i.row.carries() == null || i.row.has(Attribute.STRING)) {
            return false;
        }
        return switch (i.row.shape()) {
            case "update", "compare", "set" ->
                (i.row.flagsWritten() | i.row.flagsUndefined()) == Cpu.STATUS_FLAGS
                        && (i.row.flagsWritten() & Cpu.ZF) != 0;
            default -> false;
        };
    }
}
