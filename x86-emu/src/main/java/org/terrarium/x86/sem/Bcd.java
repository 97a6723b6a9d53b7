package org.terrarium.x86.sem;

import org.terrarium.x86.Cpu;

/**
 * Decimal adjustments (SDM volume 2, AAA, AAS, DAA, DAS). Each is split in what the new flags are and what the new register
 * is; {@code flags} are EFLAGS, {@code ax} and {@code al} zero-extended. Undefined flags are left out.
 */
public final class Bcd {
    private Bcd() {}

    /** Whether AAA and AAS adjust. */
    public static boolean adjustsLow(int al, int flags) {
        return (al & 15) > 9 || (flags & Cpu.AF) != 0;
    }

    /** Whether DAA and DAS adjust the upper digit. */
    public static boolean adjustsHigh(int al, int flags) {
        return al > 0x99 || (flags & Cpu.CF) != 0;
    }

    public static int aaa(int ax, int flags) {
        return (adjustsLow(ax & 0xFF, flags) ? ax + 0x106 : ax) & 0xFF0F;
    }

    public static int aas(int ax, int flags) {
        return (adjustsLow(ax & 0xFF, flags) ? ax - 0x106 : ax) & 0xFF0F;
    }

    public static int daa(int al, int flags) {
        return al + (adjustsLow(al, flags) ? 6 : 0) + (adjustsHigh(al, flags) ? 0x60 : 0) & 0xFF;
    }

    public static int das(int al, int flags) {
        return al - (adjustsLow(al, flags) ? 6 : 0) - (adjustsHigh(al, flags) ? 0x60 : 0) & 0xFF;
    }

    /** CF after DAS: also set when the low adjustment borrows. */
    public static boolean dasCarry(int al, int flags) {
        return adjustsHigh(al, flags) || adjustsLow(al, flags) && al < 6;
    }
}
