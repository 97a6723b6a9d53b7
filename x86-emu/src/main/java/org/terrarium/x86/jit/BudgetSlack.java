package org.terrarium.x86.jit;

/**
 * Pass 2: how many instructions may be run from one look at the budget to the next: the longest way without a back-edge. With more
 * than that left at each look, the region never runs past the place where the interpreter would stop.
 */
final class BudgetSlack {
    private BudgetSlack() {}

    static void run(RegionPlan plan) {
        int[] longest = new int[plan.blocks.size()];
        int most = 0;
        for (int n = plan.blocks.size() - 1; n >= 0; n--) {
            RegionBlock b = plan.blocks.get(n);
            int after = 0;
            for (RegionBlock next : b.successors()) {
                if (next.order > n) {
                    after = Math.max(after, longest[next.order]);
                }
            }
            longest[n] = b.count + after;
            most = Math.max(most, longest[n]);
        }
        plan.slack = most;
    }
}
