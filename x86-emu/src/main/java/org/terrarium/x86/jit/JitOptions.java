package org.terrarium.x86.jit;

import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * How to translate. Each optimisation can be turned off on its own, to find the one that is wrong or to see what it is worth:
 * {@code -Dterrarium.jit.off=calls,loops,...} names those to leave out.
 */
public final class JitOptions {
    /** How often a block is interpreted before it is translated. */
    public int threshold = Integer.getInteger("terrarium.jit.threshold", 3000);

    /** Most guest instructions of a region. */
    public int maxInstructions = Integer.getInteger("terrarium.jit.instructions", 80);

    /** Most blocks of a region. */
    public int maxBlocks = Integer.getInteger("terrarium.jit.blocks", 24);

    /** A block belongs to a region when it was executed at least 1/2^n as often as the region's entry. */
    public int coldShift = 4;

    /** Regions kept; the coldest half is dropped beyond. */
    public int maxRegions = Integer.getInteger("terrarium.jit.regions", 12_000);

    /**
     * Where regions are translated, a task each; it may refuse, and code that stays hot asks again. The default does it at once
     * on the processor's thread.
     */
    public Executor background = Runnable::run;

    /** Nanoseconds since any instant: what the time spent translating is measured by. */
    public LongSupplier clock = () -> 0;

    /** Calls and returns inside a region. */
    public boolean calls = on("calls");

    /** Loops inside a region. */
    public boolean loops = on("loops");

    /** Flags that nothing looks at are not recorded. */
    public boolean deadFlags = on("deadflags");

    /** Conditions straight from the operands of the comparison before them. */
    public boolean fusedConditions = on("conditions");

    /** Code that is rewritten again and again must be hotter each time. */
    public boolean patience = on("patience");

    /** Pages reached last are remembered in loops. */
    public boolean pageCaches = on("pages");

    /** Simple arithmetic as JVM instructions instead of calls. */
    public boolean plainArithmetic = on("arithmetic");

    /** Every region is compared with the interpreter ({@code debug.Lockstep}): slow, for tests. */
    public boolean lockstep = Boolean.getBoolean("terrarium.jit.lockstep");

    /** File that gets a listing of every region as it is translated: guest code, passes, JVM code; null for none. */
    public String listing = System.getProperty("terrarium.jit.listing");

    /** Sees every region after the passes, before code is written for it; what it throws counts as a failure of the translator. */
    Consumer<RegionPlan> inspector = plan -> {};

    private static boolean on(String name) {
        for (String off : System.getProperty("terrarium.jit.off", "").split(",")) {
            if (off.equals(name)) {
                return false;
            }
        }
        return true;
    }
}
