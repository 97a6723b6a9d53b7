package org.terrarium.x86.jit;

import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.terrarium.x86.Optimisation;

/**
 * How to translate. Each {@link Optimisation} can be turned off on its own.
 */
public final class JitOptions {
    /** How often a block is interpreted before it is translated. */
    public int threshold = Integer.getInteger("terrarium.jit.threshold", 300);

    /** A warm region that has run so many instructions has a hot one made of what begins where it was entered last. */
    public long promote = Long.getLong("terrarium.jit.promote", 5_000_000);

    /** How often a warm region is called for nothing, for HotSpot to compile it before it is used (packaging/jvm.options). */
    public int acquaint = Integer.getInteger("terrarium.jit.acquaint", 0);

    /** Most guest instructions of a region. */
    public int maxInstructions = Integer.getInteger("terrarium.jit.instructions", 80);

    /** Most blocks of a region. */
    public int maxBlocks = Integer.getInteger("terrarium.jit.blocks", 24);

    /**
     * A region that was entered so often is formed anew, up to twice as large: its exits are hot, and where they lead may not have
     * been when it was made.
     */
    public long reformAfter = Integer.getInteger("terrarium.jit.reform", 1 << 20);

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

    /** Every region is compared with the interpreter ({@code debug.Lockstep}): slow, for tests. */
    public boolean lockstep = Boolean.getBoolean("terrarium.jit.lockstep");

    /** Gets every region as it is translated as text: guest code, what the passes found out, JVM code; null for none. */
    public Appendable listing;

    /** Only regions that contain the instruction at this backing offset (as listings show it) are listed; -1 for all. */
    public long listedAddress = -1;

    /** Sees every region after the passes, before code is written for it; what it throws counts as a failure of the translator. */
    Consumer<RegionPlan> inspector = plan -> {};

    private final Set<Optimisation> used = EnumSet.allOf(Optimisation.class);

    public JitOptions() {
        used.removeIf(o -> !o.on());
    }

    /** Does without an optimisation. */
    public void leaveOut(Optimisation o) {
        used.remove(o);
    }

    public boolean uses(Optimisation o) {
        return used.contains(o);
    }
}
