package org.terrarium.x86.jit;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;

/** Pass 5: which blocks may be executed again without leaving the region. */
final class LoopBlocks {
    private LoopBlocks() {}

    static void run(RegionPlan plan) {
        for (RegionBlock b : plan.blocks) {
            b.inLoop = reaches(b);
        }
    }

    private static boolean reaches(RegionBlock start) {
        Set<RegionBlock> seen = new HashSet<>();
        ArrayDeque<RegionBlock> queue = new ArrayDeque<>(start.successors());
        while (!queue.isEmpty()) {
            RegionBlock b = queue.poll();
            if (b == start) {
                return true;
            }
            if (seen.add(b)) {
                queue.addAll(b.successors());
            }
        }
        return false;
    }
}
