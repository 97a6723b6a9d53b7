package org.terrarium.x86.interp;

import java.util.Arrays;
import org.terrarium.x86.Cpu;
import org.terrarium.x86.GuestFault;
import org.terrarium.x86.isa.Exec;
import org.terrarium.x86.isa.Insn;
import org.terrarium.x86.isa.Operand;
import org.terrarium.x86.mem.CodeListener;
import org.terrarium.x86.mem.Mmu;
import org.terrarium.x86.mem.PhysicalMemory;
import org.terrarium.x86.sys.DebugRegisters;
import org.terrarium.x86.sys.Interrupts;
import org.terrarium.x86.sys.Modes;

/**
 * Runs guest code from decoded blocks.
 *
 * <p>Everything that is not an instruction happens at block boundaries. The inner loop goes from block to block as long as
 * blocks end plainly and nothing asks for attention; all else is in {@link #run}. Each handler is a small method of its own,
 * called through one interface call, so that HotSpot compiles it early and never again.
 */
public final class Interpreter implements CodeListener {
    /** Slots of the table from linear address to block. */
    private static final int SLOTS = 1 << 14;

    /** Thrown between two instructions of a block when the rest of it has been overwritten. */
    private static final class BlockStopped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private BlockStopped() {
            super(null, null, false, false);
        }
    }

    private static final BlockStopped STOPPED = new BlockStopped();

    private static final Exec STOP = new Exec() {
        @Override
        public void run(Cpu c, Insn i) {
            throw STOPPED;
        }
    };

    private final Cpu c;
    private final Mmu mmu;
    private final PhysicalMemory memory;
    private final BlockCache cache;
    private final BlockBuilder builder;

    private final long[] slotAddress = new long[SLOTS];
    private final Block[] slotBlock = new Block[SLOTS];
    private final int[] slotGeneration = new int[SLOTS];

    private Block running;

    private Tier tier;

    /** How often a block is interpreted until the second tier is told. */
    private int hot = -1;

    public Interpreter(Cpu c, PhysicalMemory memory) {
        this.c = c;
        this.mmu = c.mmu;
        this.memory = memory;
        cache = new BlockCache(memory);
        builder = new BlockBuilder(c, memory);
        memory.setCodeListener(this);
    }

    /**
     * Runs about {@code budget} instructions, fewer when the processor halts, {@code c.exitRequested} is set, or the guest does
     * nothing but fault. Returns how many were retired.
     */
    public long run(long budget) {
        long before = c.retired;
        long end = before + budget;
        // a guest whose every instruction faults retires nothing, for ever: deliveries use up the budget too
        for (long turns = budget; turns > 0 && c.retired < end && !c.exitRequested; turns--) {
            boolean shadow = c.interruptShadow;
            if (Interrupts.pending(c)) {
                Interrupts.service(c);
                continue;
            }
            if (c.halted) {
                break;
            }
            c.interruptShadow = false;
            try {
                if ((c.modeKey & Modes.KEY_STEP) != 0) {
                    step(end);
                } else if (shadow && Interrupts.pending(c)) {
                    execute(build(true), c.retired);
                } else {
                    execute(find(), end);
                }
            } catch (GuestFault fault) {
                // raised by the fetch: rip is where it was
                Interrupts.deliverFault(c);
            }
        }
        return c.retired - before;
    }

    /** One instruction with the debug conditions before and after it. */
    private void step(long end) {
        DebugRegisters.beforeInstruction(c);
        execute(find(), Math.min(end, c.retired));
        DebugRegisters.afterInstruction(c);
    }

    /** Runs a block and those that follow it, until something else must be looked at or {@code end} instructions are retired. */
    private void execute(Block first, long end) {
        long[] gpr = c.gpr;
        long mask = c.codeSize == 64 ? ~0L : 0xFFFF_FFFFL;
        if (tier != null) {
            tier.install();
        }
        Block b = first;
        boolean interpret = false;
        for (; ; ) {
            Region r = b.region;
            if (r != null && !interpret && r.mayRun(c, b.entry, end)) {
                running = null;
                int how = tier.run(b, end);
                if (how == Region.FAULT) {
                    Interrupts.deliverFault(c);
                    return;
                }
                if (c.retired >= end || c.exitRequested) {
                    return;
                }
                b = next();
                if (b == null) {
                    return;
                }
                interpret = how == Region.LEFT;
                continue;
            }
            interpret = false;
            if (++b.heat == hot) {
                tier.hot(b);
                if (b.region != null) {
                    continue;
                }
            }
            Insn[] insns = b.insns;
            int last = insns.length - 1;
            long start = c.rip;
            gpr[Cpu.BLOCK_IP] = start;
            running = b;
            int k = 0;
            try {
                for (; k < last; k++) {
                    Insn i = insns[k];
                    i.exec.run(c, i);
                }
                c.rip = start + b.length & mask;
                Insn i = insns[last];
                i.exec.run(c, i);
            } catch (GuestFault fault) {
                Insn i = insns[k];
                c.rip = start + i.offset & mask;
                c.retired += i.ordinal;
                stackFault(fault, i);
                Interrupts.deliverFault(c);
                return;
            } catch (BlockStopped stopped) {
                c.rip = start + insns[k].offset & mask;
                c.retired += insns[k].ordinal;
                return;
            }
            c.retired += b.count;
            // an interrupt that is held off must not slow the guest down
            if (!b.plain && (c.modeKey != b.key || c.interruptShadow || c.halted)
                    || c.retired >= end
                    || c.exitRequested
                    || Interrupts.pending(c)) {
                return;
            }
            long delta = c.rip - start;
            Block next = delta == b.takenDelta ? b.taken : delta == b.length ? b.fall : null;
            if (next == null || !next.valid) {
                next = next(b, delta);
                if (next == null) {
                    return;
                }
            }
            b = next;
        }
    }

    /** A non-canonical or wrapping address of the stack segment is #SS(0), not #GP(0) (SDM volume 3, 6.15). */
    static void stackFault(GuestFault fault, Insn i) {
        if (fault.nonCanonical
                && fault.vector == GuestFault.GP
                && (i.memory ? i.segment == Cpu.SS : implicitStack(i))) {
            fault.vector = GuestFault.SS;
        }
    }

    /** Whether an instruction without ModRM memory operand accesses the stack: all do but strings, XLAT and MASKMOV. */
    private static boolean implicitStack(Insn i) {
        for (Operand o : i.row.operands()) {
            switch (o.kind()) {
                case STRING_SOURCE, STRING_DESTINATION, RM_MMX, RM_XMM -> {
                    return false;
                }
                default -> {}
            }
        }
        return !i.row.mnemonic().equals("XLAT");
    }

    /** The block at rip after {@code from}, chained to it where both lie in one page; null leaves it to {@link #run}. */
    private Block next(Block from, long delta) {
        Block b = next();
        if (b != null && chainable(from, b, delta)) {
            if (delta == from.takenDelta) {
                from.taken = b;
            } else if (delta == from.length) {
                from.fall = b;
            }
        }
        return b;
    }

    /** The block at rip; null leaves it to {@link #run}. */
    private Block next() {
        long lin = c.segEffectiveBase[Cpu.CS] + c.rip & c.linearMask;
        int slot = (int) (lin ^ lin >>> 12) & SLOTS - 1;
        Block b = slotBlock[slot];
        if (b == null
                || slotAddress[slot] != lin
                || !b.valid
                || b.key != c.modeKey
                || slotGeneration[slot] != mmu.generation() && !stillThere(b, lin, slot)) {
            try {
                b = find();
            } catch (GuestFault fault) {
                Interrupts.deliverFault(c);
                return null;
            }
        }
        return b;
    }

    /** After translations have changed: whether a block is where it was. Most of the kernel is, after a change of CR3. */
    private boolean stillThere(Block b, long lin, int slot) {
        if (mmu.cachedCode(lin) != b.where) {
            return false;
        }
        slotGeneration[slot] = mmu.generation();
        return true;
    }

    /** Whether {@code to} follows {@code from} wherever their page is mapped: both lie in it, linearly and in memory. */
    private static boolean chainable(Block from, Block to, long delta) {
        long at = (from.where & 0xFFF) + delta;
        return at >= 0
                && at < 4096
                && from.where >= 0
                && (from.where ^ to.where) >>> 12 == 0
                && from.secondPage < 0
                && to.secondPage < 0
                && from.key == to.key
                && from.valid
                && to.valid;
    }

    /** The block at rip, decoded if need be. */
    private Block find() {
        long lin = c.segEffectiveBase[Cpu.CS] + c.rip & c.linearMask;
        if (c.codeSize != 64 && c.rip > (c.segLimit[Cpu.CS] & 0xFFFF_FFFFL)) {
            throw c.fault(GuestFault.GP, 0);
        }
        long where = mmu.translateCode(lin);
        if (where < 0) {
            return builder.build(lin, where, true);
        }
        Block b = cache.find(where, c.modeKey);
        if (b != null && b.secondPage >= 0 && secondPage() != b.secondPage) {
            cache.invalidate(b.where, 1);
            b = null;
        }
        if (b == null) {
            b = builder.build(lin, where, false);
            if (b.secondPage < 0 && crosses(b)) {
                // its end lies in a device page
                return b;
            }
            cache.add(b);
        }
        if (b.secondPage < 0) {
            int slot = (int) (lin ^ lin >>> 12) & SLOTS - 1;
            slotAddress[slot] = lin;
            slotBlock[slot] = b;
            slotGeneration[slot] = mmu.generation();
        }
        return b;
    }

    private static boolean crosses(Block b) {
        return b.firstPageLength() < b.length;
    }

    /** Where the page behind that of rip is now. */
    private long secondPage() {
        return Math.max(-1, mmu.translateCode(behind(c.rip)));
    }

    /** Linear address of the page behind that of an instruction pointer. */
    private long behind(long ip) {
        return (c.segEffectiveBase[Cpu.CS] + ip & ~0xFFFL) + 4096 & c.linearMask;
    }

    /** One instruction at rip, not kept. */
    private Block build(boolean single) {
        long lin = c.segEffectiveBase[Cpu.CS] + c.rip & c.linearMask;
        return builder.build(lin, mmu.translateCode(lin), single);
    }

    /**
     * Has hot blocks translated.
     *
     * @param threshold how often a block is interpreted until the tier is told
     */
    public void setTier(Tier second, int threshold) {
        tier = second;
        hot = threshold;
    }

    /**
     * The decoded block at instruction pointer {@code ip} in the present mode, if there is one and finding it needs no page walk;
     * else null. Changes nothing.
     */
    public Block known(long ip) {
        long where = mmu.cachedCode(c.segEffectiveBase[Cpu.CS] + ip & c.linearMask);
        Block b = where < 0 ? null : cache.find(where, c.modeKey);
        return b == null || b.secondPage >= 0 && mmu.cachedCode(behind(ip)) != b.secondPage ? null : b;
    }

    /** Interprets exactly one instruction; a fault leaves as the processor's GuestFault, with rip at the instruction. */
    public void single() {
        Block b = build(true);
        long start = c.rip;
        Insn i = b.insns[0];
        c.gpr[Cpu.BLOCK_IP] = start;
        c.rip = start + b.length & (c.codeSize == 64 ? ~0L : 0xFFFF_FFFFL);
        try {
            i.exec.run(c, i);
        } catch (GuestFault fault) {
            c.rip = start;
            stackFault(fault, i);
            throw fault;
        }
        c.retired++;
    }

    @Override
    public void codeWritten(long backingOffset, int length) {
        Block b = running;
        cache.invalidate(backingOffset, length);
        if (b != null && b.overlaps(backingOffset, length)) {
            stop(b);
        }
    }

    /** Has the running block end behind the running instruction: all others are replaced. */
    private static void stop(Block b) {
        for (int n = 0; n < b.insns.length; n++) {
            Insn old = b.insns[n];
            Insn stop = new Insn();
            stop.offset = old.offset;
            stop.ordinal = old.ordinal;
            stop.length = old.length;
            stop.row = old.row;
            stop.memory = old.memory;
            stop.segment = old.segment;
            stop.exec = STOP;
            b.insns[n] = stop;
        }
    }

    /** Forgets all decoded code (reset, restored memory). */
    public void flush() {
        cache.clear();
        Arrays.fill(slotBlock, null);
        running = null;
    }
}
