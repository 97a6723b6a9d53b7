package org.terrarium.x86.jit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.terrarium.x86.Optimisation;

/**
 * Pass 1: puts the blocks in reverse postorder from the entry and drops those that nothing leads to, if there is one entry only. An edge to an earlier place
 * (or to itself) is a back-edge: it looks at the budget.
 */
final class BlockOrder {
    private record Visit(RegionBlock block, Iterator<RegionBlock> successors) {}

    private BlockOrder() {}

    static void run(RegionPlan plan, JitOptions options) {
        List<RegionBlock> order = new ArrayList<>();
        Set<RegionBlock> seen = new HashSet<>();
        for (RegionBlock entry : plan.warm ? plan.blocks : List.of(plan.entry())) {
            if (seen.add(entry)) {
                visit(entry, seen, order);
            }
        }
        Collections.reverse(order);
        for (int n = 0; n < order.size(); n++) {
            order.get(n).order = n;
        }
        plan.blocks = order;
        for (RegionBlock b : order) {
            b.returns.removeIf(r -> !seen.contains(r));
            if (!options.uses(Optimisation.LOOPS)) {
                b.returns.removeIf(r -> r.order <= b.order);
                b.taken = back(b, b.taken) ? null : b.taken;
                b.fall = back(b, b.fall) ? null : b.fall;
            }
        }
    }

    private static void visit(RegionBlock entry, Set<RegionBlock> seen, List<RegionBlock> order) {
        Deque<Visit> stack = new ArrayDeque<>();
        stack.push(new Visit(entry, entry.successors().iterator()));
        while (!stack.isEmpty()) {
            Visit top = stack.peek();
            if (top.successors.hasNext()) {
                RegionBlock next = top.successors.next();
                if (seen.add(next)) {
                    stack.push(new Visit(next, next.successors().iterator()));
                }
            } else {
                order.add(top.block);
                stack.pop();
            }
        }
    }

    private static boolean back(RegionBlock from, RegionBlock to) {
        return to != null && to.order <= from.order;
    }
}
