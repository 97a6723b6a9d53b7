package org.terrarium.x86.jit;

/** Copies registers between a region's JVM variables and the processor's arrays. */
final class RegionState {
    private final Asm a;
    private final RegionPlan plan;

    RegionState(Asm a, RegionPlan plan) {
        this.a = a;
        this.plan = plan;
    }

    /** Those of a set of general registers that the region may have changed. */
    void writeBack(int registers) {
        for (int n = 0; n < 16; n++) {
            if ((registers & plan.changedRegisters & plan.usedRegisters & 1 << n) != 0) {
                a.storeToCpu(n);
            }
        }
    }

    void reload(int registers) {
        for (int n = 0; n < 16; n++) {
            if ((registers & plan.usedRegisters & 1 << n) != 0) {
                a.loadFromCpu(n);
                a.storeGpr(n);
            }
        }
    }

    void loadXmm() {
        for (int n = 0; n < 16; n++) {
            if (plan.xmmInVariables(n)) {
                a.loadXmmFromCpu(n, 0);
                a.b.lstore(plan.xmmVariable(n, 0));
                a.loadXmmFromCpu(n, 1);
                a.b.lstore(plan.xmmVariable(n, 1));
            }
        }
    }

    void writeBackXmm() {
        for (int n = 0; n < 16; n++) {
            if (plan.xmmInVariables(n) && (plan.changedXmm >> n & 1) != 0) {
                for (int half = 0; half < 2; half++) {
                    int variable = plan.xmmVariable(n, half);
                    a.storeXmmToCpu(n, half, () -> a.b.lload(variable));
                }
            }
        }
    }
}
