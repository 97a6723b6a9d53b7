package org.terrarium.x86.sys;

import org.terrarium.x86.Cpu;

/** Keeps what is derived from mode-changing state in step with it. */
public final class Modes {
    // Parts of Cpu.modeKey.
    /** Bits 0..1: code size 16, 32, 64 as 0, 1, 2. */
    public static final int KEY_CODE_SIZE = 3;

    /** Bits 2..3: stack size likewise. */
    public static final int KEY_STACK_SIZE = 3 << 2;

    /** Real or virtual-8086 mode. */
    public static final int KEY_REAL = 1 << 4;

    /** CPL is 3. */
    public static final int KEY_USER = 1 << 5;

    /**
     * Blocks must be one instruction long, with {@link DebugRegisters#beforeInstruction} before and
     * {@link DebugRegisters#afterInstruction} behind each: single step, or a breakpoint is armed.
     */
    public static final int KEY_STEP = 1 << 6;

    /** IA-32e mode. */
    public static final int KEY_LONG = 1 << 7;

    /**
     * Bits 8..11: ES, CS, SS, DS need no check and have base 0, so that an effective address is a linear address. (FS and GS
     * never count as flat: in 64-bit mode their bases change without a change of mode.)
     */
    public static final int KEY_FLAT = 0xF << 8;

    /** Data accesses of CPL 3 are checked for alignment. */
    public static final int KEY_ALIGN = 1 << 12;

    /** Of {@link #KEY_FLAT}: ES, SS and DS. */
    public static final int KEY_FLAT_DATA = 0xD << 8;

    private Modes() {}

    /** To be called after CR0, CR4, EFER, CS, SS, CPL, DR7, EFLAGS.VM, TF or AC changed. */
    public static void update(Cpu c) {
        boolean wide = c.longMode() && (c.segAttributes[Cpu.CS] & Descriptors.LONG) != 0;
        boolean big = (c.segAttributes[Cpu.CS] & Descriptors.BIG) != 0;
        boolean bigStack = (c.segAttributes[Cpu.SS] & Descriptors.BIG) != 0;
        c.codeSize = wide ? 64 : big ? 32 : 16;
        c.linearMask = wide ? ~0L : 0xFFFF_FFFFL;
        c.stackMask = wide ? ~0L : bigStack ? 0xFFFF_FFFFL : 0xFFFFL;
        for (int seg = 0; seg < 6; seg++) {
            updateSegment(c, seg, wide);
        }
        boolean step = (c.eflags & Cpu.TF) != 0 || (c.dr[7] & DebugRegisters.ENABLE_MASK) != 0;
        c.modeKey = (wide ? 2 : big ? 1 : 0)
                | (wide ? 2 : bigStack ? 1 : 0) << 2
                | (c.realAddressing() ? KEY_REAL : 0)
                | (c.cpl == 3 ? KEY_USER : 0)
                | (step ? KEY_STEP : 0)
                | (c.longMode() ? KEY_LONG : 0)
                | (c.cpl == 3 && (c.eflags & Cpu.AC) != 0 && (c.cr0 & Cpu.CR0_AM) != 0 ? KEY_ALIGN : 0)
                | flatSegments(c);
        c.mmu.modeChanged();
    }

    /** One of ES, SS, DS, FS, GS was loaded and nothing else changed (the stack size follows SS). */
    static void segmentLoaded(Cpu c, int seg) {
        if (seg == Cpu.SS || seg == Cpu.CS) {
            update(c);
        } else {
            updateSegment(c, seg, c.codeSize == 64);
            c.modeKey = c.modeKey & ~KEY_FLAT | flatSegments(c);
        }
    }

    private static int flatSegments(Cpu c) {
        int flat = 0;
        for (int seg = Cpu.ES; seg <= Cpu.DS; seg++) {
            if (c.segEffectiveBase[seg] == 0 && c.segChecked[seg] == 0) {
                flat |= 1 << 8 + seg;
            }
        }
        return flat;
    }

    private static void updateSegment(Cpu c, int seg, boolean wide) {
        if (wide) {
            c.segEffectiveBase[seg] = seg >= Cpu.FS ? c.segBase[seg] : 0;
            c.segChecked[seg] = 0;
            return;
        }
        c.segEffectiveBase[seg] = c.segBase[seg];
        int attributes = c.segAttributes[seg];
        boolean plain = c.segLimit[seg] == -1
                && (attributes & (Descriptors.PRESENT | Descriptors.CODE | Descriptors.WRITABLE))
                        == (Descriptors.PRESENT | Descriptors.WRITABLE)
                && (attributes & Descriptors.EXPAND_DOWN) == 0;
        c.segChecked[seg] = plain ? 0 : 1;
    }
}
