package org.terrarium.x86.interp;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.isa.Insn;

/**
 * Several blocks that were translated together. A <em>warm</em> one may be entered at any of its blocks, a <em>hot</em> one only
 * at the first, so that HotSpot sees its loops.
 */
public final class Region {
    /** {@link Tier#run}: ended at an exit. */
    public static final int DONE = 0;

    /** {@link Tier#run}: an instruction has faulted; {@code c.rip} and {@code c.retired} stand before it. */
    public static final int FAULT = 1;

    /** {@link Tier#run}: the interpreter must run what comes next, for it reaches a device or changes code. */
    public static final int LEFT = 2;

    /** Most instructions in one go: the host's requests are looked at between. */
    private static final int MOST = 1 << 16;

    /**
     * Instructions that may fault, by their number in the translated code.
     *
     * @param insns the instructions
     * @param deltas where they are, relative to the region's start
     * @param refunds instructions of their block that were counted as retired but not carried out
     * @param wheres their backing offsets
     */
    public record Places(Insn[] insns, int[] deltas, int[] refunds, long[] wheres) {}

    private final Block[] blocks;

    /** Instruction pointers of the blocks' starts, relative to that of the region. */
    private final long[] deltas;

    /** May be entered at any block. */
    private final boolean warm;

    private final TranslatedCode code;
    private final Places places;
    private final int slack;
    private final long lowest;
    private final long highest;
    private final boolean sse;
    private Runnable whenDropped = () -> {};
    private boolean valid;
    private boolean forgotten;
    private int at;

    /** How often it was entered. */
    private long entries;

    /** Instructions it has run since a hot region was last made of a part of it. */
    private long work;

    /** Instructions that were left to the interpreter because they reach a device or code. */
    private int left;

    /**
     * @param blocks the blocks it contains, the entry first
     * @param deltas instruction pointers of their starts, relative to that of the first
     * @param warm it may be entered at any of them
     * @param code what to run
     * @param places its instructions that may fault
     * @param slack instructions that may be run past the last look at the budget
     * @param lowest smallest instruction pointer in it or that it leaves to, relative to the start
     * @param highest likewise the largest
     * @param sse contains instructions that need SSE to be enabled and available
     */
    public Region(
            Block[] blocks,
            long[] deltas,
            boolean warm,
            TranslatedCode code,
            Places places,
            int slack,
            long lowest,
            long highest,
            boolean sse) {
        this.blocks = blocks;
        this.deltas = deltas;
        this.warm = warm;
        this.code = code;
        this.places = places;
        this.slack = slack;
        this.lowest = lowest;
        this.highest = highest;
        this.sse = sse;
    }

    /** Has its blocks run it from now on where it may be entered; false if a block of it is no longer valid. */
    public boolean install() {
        for (Block b : blocks) {
            if (!b.valid) {
                return false;
            }
        }
        Region old = blocks[0].region;
        if (!warm && old != null) {
            if (old.warm) {
                blocks[0].region = null;
            } else {
                old.forget();
            }
        }
        valid = true;
        for (Block b : blocks) {
            b.containedIn(this);
            offer(b);
        }
        return true;
    }

    /** Has a block run it if it may be entered there and the block has nothing better. */
    void offer(Block b) {
        if (b.region != null) {
            return;
        }
        for (int n = 0; n < (warm ? blocks.length : 1); n++) {
            if (blocks[n] == b) {
                b.region = this;
                b.entry = n;
                return;
            }
        }
    }

    /** Has something called when it is taken out of use. */
    public void whenDropped(Runnable action) {
        whenDropped = action;
    }

    /** Takes it out of use. */
    public void drop() {
        if (valid) {
            valid = false;
            whenDropped.run();
            for (Block b : blocks) {
                b.leaves(this);
            }
        }
    }

    /** Whether it may be entered at any of its blocks. */
    public boolean warm() {
        return warm;
    }

    /** Counts instructions that were run in it; true once they are so many, and begins anew then. */
    public boolean worked(long instructions, long most) {
        work += instructions;
        if (work < most) {
            return false;
        }
        work = 0;
        return true;
    }

    /** Takes it out of use though its code is as it was: to make room, or because another begins where it does. */
    public void forget() {
        forgotten = true;
        drop();
    }

    /** Whether it was taken out of use though its code is as it was. */
    public boolean forgotten() {
        return forgotten;
    }

    public boolean valid() {
        return valid;
    }

    /** Instructions that may be run past the last look at the budget. */
    public int slack() {
        return slack;
    }

    public Block entry() {
        return blocks[0];
    }

    public int blockCount() {
        return blocks.length;
    }

    /** How often it was entered. */
    public long entries() {
        return entries;
    }

    /** How often it was left for an access that only the interpreter may make. */
    public int left() {
        return left;
    }

    /**
     * Whether it may be entered at {@code c.rip}, which is an entry: the budget allows to stop where the interpreter would, no instruction pointer in
     * it wraps or is outside of the code segment, and the SSE it uses is usable.
     */
    boolean mayRun(Cpu c, int entry, long end) {
        if (end - c.retired <= slack) {
            return false;
        }
        long base = c.rip - deltas[entry];
        long low = base + lowest;
        long high = base + highest;
        if (c.codeSize == 64) {
            if (low << 16 >> 16 != low || high << 16 >> 16 != high) {
                return false;
            }
        } else if (low < 0 || high > (c.segLimit[Cpu.CS] & 0xFFFF_FFFFL) || c.codeSize == 16 && high > 0xFFFF) {
            return false;
        }
        return !sse || (c.cr0 & (Cpu.CR0_EM | Cpu.CR0_TS)) == 0 && (c.cr4 & Cpu.CR4_OSFXSR) != 0;
    }

    /** Runs it from one of its entries: see {@link Tier#run}. */
    public int run(Cpu c, int entry, long end) {
        entries++;
        int budget = (int) Math.min(end - c.retired, Math.max(MOST, slack + 1));
        long base = c.rip - deltas[entry];
        c.retired += budget;
        c.mmu.translated = true;
        int how;
        try {
            how = code.run(base, budget, entry);
        } finally {
            c.mmu.translated = false;
        }
        if (how == TranslatedCode.EXIT) {
            return DONE;
        }
        boolean leave = (how & TranslatedCode.LEAVE) != 0;
        at = how & ~TranslatedCode.LEAVE;
        c.rip = base + places.deltas[at];
        c.retired -= places.refunds[at];
        if (leave) {
            left++;
            return LEFT;
        }
        Interpreter.stackFault(c.fault(), places.insns[at]);
        return FAULT;
    }

    /** Has HotSpot see the code so often that it compiles it, without running any of it. Any thread may call it. */
    public void acquaint(int calls) {
        for (int n = 0; n < calls; n++) {
            code.run(0, 0, 0);
        }
    }

    /** Backing offset of {@link #lastPlace}. */
    public long lastWhere() {
        return places.wheres[at];
    }

    /** The instruction at which it was last left for the interpreter or by a fault. */
    public Insn lastPlace() {
        return places.insns[at];
    }
}
