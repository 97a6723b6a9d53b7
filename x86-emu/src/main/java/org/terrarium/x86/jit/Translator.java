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
    /** Blocks that were to be translated together with one that cannot be. */
    private final ConcurrentLinkedQueue<List<RegionBlock>> unwanted = new ConcurrentLinkedQueue<>();

    /** Entries of these two queues. */
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
        if (block.claimed()) {
            return;
        }
        int fallen = drops.getOrDefault(block.where >>> 12, 0);
        if (options.uses(Optimisation.PATIENCE)
                && fallen > PATIENCE
                && block.cool(options.threshold * Math.min(fallen, MOST_PATIENCE))) {
            // code that is changed again and again: it must earn its translation anew each time, and harder
            return;
        }
        RegionPlan plan = finder.find(block, cpu.rip, options.uses(Optimisation.GRADES), 1);
        if (plan == null) {
            return;
        }
        if (!translated(plan)) {
            block.forgetHeat();
        }
    }

    /** Has a plan translated; false when there is too much to do already. */
    private boolean translated(RegionPlan plan) {
        try {
            if (plan.warm) {
                plan.blocks.forEach(b -> b.block.claim());
            }
            options.background.execute(() -> translate(plan));
            install();
            return true;
        } catch (RejectedExecutionException e) {
            release(plan);
            return false;
        }
    }

    /** A region that is entered, and so left, very often: with what its exits lead to now, it would be left less. */
    private void reform(Region region) {
        RegionPlan plan = finder.find(region.entry(), cpu.rip, false, 2);
        if (plan != null && plan.blocks.size() > region.blockCount() && translated(plan)) {
            stats.reformed();
        }
    }

    /** Much is done in a warm region: a hot one for what begins where it was entered now. */
    private void promote(Block block, long ip) {
        RegionPlan plan = block.region() == null ? null : finder.find(block, ip, false, 1);
        if (plan != null) {
            translated(plan);
        }
    }

    private void translate(RegionPlan plan) {
        List<RegionBlock> planned = List.copyOf(plan.blocks);
        long start = options.clock.getAsLong();
        try {
            Compiler.Result result = compiler.compile(plan);
            if (options.listing != null
                    && !RegionListing.append(options.listing, options.listedAddress, result, cpu.mmu.memory())) {
                options.listing = null;
            }
            if (plan.warm) {
                result.region().acquaint(options.acquaint);
            }
            finished.add(result);
            done.incrementAndGet();
        } catch (RuntimeException | LinkageError | VirtualMachineError e) {
            // metaspace or stack may be too small for one region and large enough for all others
            failed(plan, e);
            if (plan.warm) {
                unwanted.add(planned.subList(1, planned.size()));
                done.incrementAndGet();
            }
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
        for (List<RegionBlock> all = unwanted.poll(); all != null; all = unwanted.poll()) {
            done.decrementAndGet();
            all.forEach(b -> b.block.forgetHeat());
        }
        for (Compiler.Result r = finished.poll(); r != null; r = finished.poll()) {
            done.decrementAndGet();
            r.left().forEach(b -> b.block.forgetHeat());
            if (!r.region().install()) {
                release(r.plan());
            } else {
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

    /** Its blocks did not become part of a warm region after all. */
    private static void release(RegionPlan plan) {
        if (plan.warm) {
            plan.blocks.forEach(b -> b.block.forgetHeat());
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
    public int run(Block block, long end) {
        Region region = block.region();
        if (region.entries() == options.reformAfter && !region.warm() && options.uses(Optimisation.REFORM)) {
            reform(region);
            if (!region.valid()) {
                return Region.DONE;
            }
        }
        long before = cpu.retired;
        long start = cpu.rip;
        int how = region.run(cpu, block.entry(), end);
        long done = cpu.retired - before;
        stats.ran(done);
        if (region.warm() && region.worked(done, options.promote)) {
            promote(block, start);
        }
        if (how == Region.LEFT && region.left() % OFTEN_LEFT == 0) {
            // a loop over a device's memory: throwing for each access costs more than ending the region there
            finder.interpret(region.lastWhere());
            region.drop();
        }
        return how;
    }
}
