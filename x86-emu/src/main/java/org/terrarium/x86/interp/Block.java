package org.terrarium.x86.interp;

import java.util.ArrayList;
import java.util.List;
import org.terrarium.x86.isa.Insn;

/**
 * A run of decoded instructions without a branch but at its end. Known by the place of its first byte in host memory and by
 * the mode it was decoded for, not by its linear address: it may run at several.
 */
public final class Block {
    /** Backing offset of the first byte. */
    public final long where;

    /** {@code Cpu.modeKey} it was decoded for. */
    public final int key;

    public final Insn[] insns;

    /** Guest instructions in it. */
    public final int count;

    public final int length;

    /** Ends without changing anything of the machine but registers, flags and rip: what comes next needs no checks. */
    public final boolean plain;

    /** Bytes from the block's start to the target of its direct branch; {@link #NO_TARGET} without one. */
    public final long takenDelta;

    /**
     * Backing offset of the page that holds the end of its one instruction when that crosses into a second page, else -1.
     * Such a block is never chained: its second page must be looked up each time.
     */
    public final long secondPage;

    public static final long NO_TARGET = Long.MIN_VALUE;

    boolean valid = true;

    /** How often it was interpreted. */
    int heat;

    /** Belongs to a warm region, or will as soon as that is translated. */
    private boolean claimed;

    /** The tier has asked to be told later. */
    private boolean cooled;

    /** Translated code that may be entered at this block, or null. */
    Region region;

    /** Which entry of {@link #region} it is. */
    int entry;

    /** Translated code that contains this block; null where there is none. */
    private List<Region> containing;

    /** What follows in the same page when the branch is not taken. */
    Block fall;

    /** What follows in the same page when the branch is taken. */
    Block taken;

    /** Chain of the hash table. */
    Block nextInBucket;

    Block(long where, int key, Insn[] insns, int count, int length, boolean plain, long takenDelta, long secondPage) {
        this.where = where;
        this.key = key;
        this.insns = insns;
        this.count = count;
        this.length = length;
        this.plain = plain;
        this.takenDelta = takenDelta;
        this.secondPage = secondPage;
    }

    /** Whether translated code may be entered at it. */
    public boolean hasRegion() {
        return region != null;
    }

    /** Which entry of {@link #region} it is. */
    public int entry() {
        return entry;
    }

    /** Translated code that may be entered at it, or null. */
    public Region region() {
        return region;
    }

    public boolean valid() {
        return valid;
    }

    /** How often it was interpreted. */
    public int heat() {
        return heat;
    }

    /** Has the tier told again after so many more executions; false when that was done before. */
    public boolean cool(int executions) {
        if (cooled) {
            return false;
        }
        cooled = true;
        heat -= executions;
        return true;
    }

    /** Has the tier told anew when it is hot again. */
    public void forgetHeat() {
        heat = 0;
        claimed = false;
    }

    /** Belongs to a warm region from now on, even if that is not translated yet. */
    public void claim() {
        claimed = true;
    }

    public boolean claimed() {
        return claimed;
    }

    /** Notes that a region contains it: the region falls with the block. */
    void containedIn(Region r) {
        if (containing == null) {
            containing = new ArrayList<>(1);
        }
        containing.add(r);
    }

    /** A region that contains it falls: another one that can be entered here takes its place. */
    void leaves(Region r) {
        containing.remove(r);
        if (r.warm()) {
            claimed = false;
        }
        if (region == r) {
            region = null;
            heat = 0;
            containing.forEach(other -> other.offer(this));
        }
    }

    /** Its bytes have changed: it must not be run again, nor any translation of it. */
    void drop() {
        valid = false;
        if (containing != null) {
            for (Region r : List.copyOf(containing)) {
                r.drop();
            }
        }
    }

    /** It is forgotten though its bytes have not changed, and with it the translations that contain it. */
    void forget() {
        valid = false;
        if (translated()) {
            List.copyOf(containing).forEach(Region::forget);
        }
    }

    /** Whether a translation contains it. */
    boolean translated() {
        return containing != null && !containing.isEmpty();
    }

    /** Bytes of it that lie in its first page. */
    public int firstPageLength() {
        return Math.min(length, 4096 - ((int) where & 0xFFF));
    }

    boolean overlaps(long offset, int bytes) {
        if (offset < where + firstPageLength() && where < offset + bytes) {
            return true;
        }
        int rest = length - firstPageLength();
        return secondPage >= 0 && offset < secondPage + rest && secondPage < offset + bytes;
    }
}
