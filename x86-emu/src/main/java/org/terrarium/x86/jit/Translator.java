package org.terrarium.x86.jit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.terrarium.x86.Cpu;
import org.terrarium.x86.Optimisation;
import org.terrarium.x86.interp.Block;
import org.terrarium.x86.interp.Interpreter;
import org.terrarium.x86.interp.Region;
import org.terrarium.x86.interp.Tier;

/**
 * The second tier: has hot code translated in the background and puts the result in place between two blocks. Everything but
 * {@link Compiler#compile} happens on the processor's thread.
 */
public final class Translator implements Tier {
    private static final System.Logger LOG = System.getLogger(Translator.class.getName());

    /** Regions of a page that may fall before further ones must be hotter. */
    private static final int PATIENCE = 12;

    private static final int MOST_PATIENCE = 1000;

    /** Pages whose fallen regions are counted. */
    private static final int MOST_PAGES = 4096;

    /** A region is made anew after it was left so often for accesses that it must not make. */
    private static final int OFTEN_LEFT = 200;

    private final Cpu cpu;
    private final JitOptions options;
    private final RegionFinder finder;
    private final Compiler compiler;
    private final ConcurrentLinkedQueue<Compiler.Result> finished = new ConcurrentLinkedQueue<>();
    private final AtomicInteger done = new AtomicInteger();
    private final List<Region> regions = new ArrayList<>();
    private final JitStats stats = new JitStats();

    /** Regions that fell, by the backing page of their entry. */
    private final Map<Long, Integer> drops = new HashMap<>();

    private final Map<Region, String> listings = new WeakHashMap<>();
    private boolean failureLogged;

    public Translator(Cpu cpu, Interpreter interpreter, JitOptions options) {
        this.cpu = cpu;
        this.options = options;
        finder = new RegionFinder(interpreter, options);
        compiler = new Compiler(cpu, options);
    }

    /** What it has done so far; any thread may read it. */
    public JitStats stats() {
        return stats;
    }

    @Override
    public void hot(Block block) {
        int fallen = drops.getOrDefault(block.where >>> 12, 0);
        if (options.uses(Optimisation.PATIENCE)
                && fallen > PATIENCE
                && block.cool(options.threshold * Math.min(fallen, MOST_PATIENCE))) {
            // code that is changed again and again: it must earn its translation anew each time, and harder
            return;
        }
        RegionPlan plan = finder.find(block, cpu.rip, 1);
        if (plan != null && !translated(plan)) {
            block.forgetHeat();
        }
    }

    /** Has a plan translated; false when there is too much to do already. */
    private boolean translated(RegionPlan plan) {
        try {
            options.background.execute(() -> translate(plan));
            install();
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** A region that is entered, and so left, very often: with what its exits lead to now, it would be left less. */
    private void reform(Region region) {
        RegionPlan plan = finder.find(region.entry(), cpu.rip, 2);
        if (plan != null && plan.blocks.size() > region.blockCount() && translated(plan)) {
            stats.reformed();
        }
    }

    private void translate(RegionPlan plan) {
        long start = options.clock.getAsLong();
        try {
            Compiler.Result result = compiler.compile(plan);
            if (options.listing != null
                    && !RegionListing.append(options.listing, options.listedAddress, result, cpu.mmu.memory())) {
                options.listing = null;
            }
            finished.add(result);
            done.incrementAndGet();
        } catch (RuntimeException | LinkageError | VirtualMachineError e) {
            // metaspace or stack may be too small for one region and large enough for all others
            failed(plan, e);
        } finally {
            stats.spent(options.clock.getAsLong() - start);
        }
    }

    /** A defect of ours: the block stays with the interpreter, which can run everything. */
    private synchronized void failed(RegionPlan plan, Throwable e) {
        stats.failed();
        if (!failureLogged) {
            failureLogged = true;
            StringBuilder code = new StringBuilder();
            plan.blocks.forEach(b -> code.append(String.format("%n%x: ", b.block.where))
                    .append(HexFormat.of().formatHex(GuestBytes.of(cpu.mmu.memory(), b.block))));
            LOG.log(System.Logger.Level.WARNING, "guest code was not translated:" + code, e);
        }
    }

    @Override
    public void install() {
        if (done.get() == 0) {
            return;
        }
        for (Compiler.Result r = finished.poll(); r != null; r = finished.poll()) {
            done.decrementAndGet();
            if (r.region().install()) {
                regions.add(r.region());
                Region region = r.region();
                region.whenDropped(() -> dropped(region));
                if (options.lockstep) {
                    listings.put(r.region(), RegionListing.guest(r.plan(), cpu.mmu.memory()));
                }
                stats.installed(r.plan().instructions());
            }
        }
        if (regions.size() > options.maxRegions) {
            trim();
        }
    }

    private void dropped(Region region) {
        stats.dropped();
        if (region.forgotten()) {
            return;
        }
        if (drops.size() > MOST_PAGES) {
            drops.clear();
        }
        drops.merge(region.entry().where >>> 12, 1, Integer::sum);
    }

    /** Forgets regions that fell with their code, and of the rest the half that was entered least. */
    private void trim() {
        regions.removeIf(r -> !r.valid());
        if (regions.size() > options.maxRegions * 3 / 4) {
            regions.sort(Comparator.comparingLong(Region::entries));
            List<Region> cold = regions.subList(0, regions.size() / 2);
            cold.forEach(Region::forget);
            cold.clear();
        }
    }

    /** A region as text, as far as it is known. */
    public String listing(Region region) {
        return listings.getOrDefault(region, "");
    }

    @Override
    public int run(Region region, long end) {
        if (region.entries() == options.reformAfter && options.uses(Optimisation.REFORM)) {
            reform(region);
            if (!region.valid()) {
                return Region.DONE;
            }
        }
        long before = cpu.retired;
        int how = region.run(cpu, end);
        stats.ran(cpu.retired - before);
        if (how == Region.LEFT && region.left() % OFTEN_LEFT == 0) {
            // a loop over a device's memory: throwing for each access costs more than ending the region there
            finder.interpret(region.lastWhere());
            region.drop();
        }
        return how;
    }
}
