package org.terrarium.x86.jit;

import java.util.HashMap;
import java.util.Map;
import org.terrarium.x86.Cpu;
import org.terrarium.x86.isa.Insn;
import org.terrarium.x86.mem.FastMemory;

/**
 * JVM variables that remember the page which a group of accesses in a loop reached last: its linear address and what to add for
 * the backing offset. A comparison with a variable then replaces the look into the TLB, and the load need not wait for the TLB's
 * addend. Accesses with the same base and index registers share a group.
 *
 * <p>Why that is allowed: no translation is ever dropped while a region runs. What drops one (paging instructions, code marks,
 * devices) only happens between regions, and each run of a region begins with empty variables.
 */
final class PageCaches {
    static final int NONE = -1;

    /** Most instructions of a region that is worth it: in larger ones HotSpot spends more time on the code than it saves. */
    static final int SMALL = 48;

    /** Groups of a region; four JVM slots each. */
    static final int MOST = 24;

    private final Map<Long, Integer> groups = new HashMap<>();
    private final boolean on;
    private boolean inLoop;

    PageCaches(boolean on) {
        this.on = on;
    }

    /** Only blocks in loops are worth it. */
    void block(RegionBlock b) {
        inLoop = b.inLoop;
    }

    /** The group of an instruction's memory operand. */
    int of(Insn i, boolean write) {
        long fixed = i.base >= Cpu.ZERO && i.index == Cpu.ZERO ? i.disp >> 12 : 0;
        return group(fixed << 24 | (i.flat ? 0 : i.segment + 1) << 16 | i.base << 10 | i.index << 4 | i.scale, write);
    }

    /** The group of the stack. */
    int stack(boolean write) {
        return group(Cpu.RSP << 10 | Cpu.ZERO << 4, write);
    }

    private int group(long key, boolean write) {
        if (!on || !inLoop) {
            return NONE;
        }
        long full = key << 1 | (write ? 1 : 0);
        Integer known = groups.get(full);
        if (known == null) {
            if (groups.size() == MOST) {
                return NONE;
            }
            known = groups.size();
            groups.put(full, known);
        }
        return known;
    }

    /** Variable with the page's linear address. */
    static int tag(int group) {
        return Asm.FIRST_PAGE + 4 * group;
    }

    /** Variable with what to add to a linear address. */
    static int addend(int group) {
        return Asm.FIRST_PAGE + 4 * group + 2;
    }

    /** Has all variables remember nothing. */
    void forget(Asm a) {
        for (int n = 0; n < groups.size(); n++) {
            a.constant(FastMemory.NO_PAGE);
            a.b.lstore(tag(n));
            a.long0();
            a.b.lstore(addend(n));
        }
    }
}
