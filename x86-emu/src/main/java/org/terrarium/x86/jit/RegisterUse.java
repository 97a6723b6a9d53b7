package org.terrarium.x86.jit;

import org.terrarium.x86.Optimisation;
import org.terrarium.x86.isa.Insn;
import org.terrarium.x86.isa.Operand;

/** Pass 4: which general and XMM registers a region uses and which it may change; whether it uses SSE. */
final class RegisterUse {
    private RegisterUse() {}

    static void run(RegionPlan plan, JitOptions options) {
        for (RegionBlock b : plan.blocks) {
            for (int n = 0; n < b.count; n++) {
                Insn i = b.insns[n];
                Effects e = Effects.of(i);
                plan.usedRegisters |= e.reads() | e.writes();
                plan.changedRegisters |= e.writes();
                if (Shapes.pure(i)) {
                    xmm(plan, i);
                }
            }
        }
        if (!options.uses(Optimisation.XMM) || plan.warm) {
            plan.usedXmm = 0;
        }
        if (plan.warm) {
            // they stay where they are
            plan.usedRegisters = 0;
            plan.changedRegisters = 0;
        }
    }

    private static void xmm(RegionPlan plan, Insn i) {
        for (int n = 0; n < i.row.operands().size(); n++) {
            Operand o = i.row.operands().get(n);
            if (!Shapes.usesXmm(o)) {
                continue;
            }
            plan.sse = true;
            if (!OperandEmitter.isMemory(i, o)) {
                int bit = 1 << OperandEmitter.number(i, o);
                plan.usedXmm |= bit;
                plan.changedXmm |= n == 0 && !i.row.shape().equals("compare") ? bit : 0;
            }
        }
    }
}
