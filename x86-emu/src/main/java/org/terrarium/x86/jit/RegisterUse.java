package org.terrarium.x86.jit;

import org.terrarium.x86.isa.Insn;
import org.terrarium.x86.isa.Operand;

/** Pass 4: which general registers a region uses and which it may change; whether it uses SSE. */
final class RegisterUse {
    private RegisterUse() {}

    static void run(RegionPlan plan) {
        for (RegionBlock b : plan.blocks) {
            for (int n = 0; n < b.count; n++) {
                Insn i = b.insns[n];
                Effects e = Effects.of(i);
                plan.usedRegisters |= e.reads() | e.writes();
                plan.changedRegisters |= e.writes();
                for (Operand o : i.row.operands()) {
                    plan.sse |= Shapes.pure(i) && Shapes.usesXmm(o);
                }
            }
        }
    }
}
