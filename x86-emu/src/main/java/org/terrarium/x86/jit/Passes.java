package org.terrarium.x86.jit;

/** What is found out about a region before code is written for it: the list, in order. */
final class Passes {
    private Passes() {}

    static void run(RegionPlan plan, JitOptions options) {
        BlockOrder.run(plan, options);
        BudgetSlack.run(plan);
        FlagLiveness.run(plan, options);
        RegisterUse.run(plan, options);
        LoopBlocks.run(plan);
    }
}
