package org.terrarium.x86.jit;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.GuestFault;
import org.terrarium.x86.interp.TranslatedCode;
import org.terrarium.x86.mem.LeaveTranslation;

/** What translated code calls beside the semantics that both tiers share. */
public final class Support {
    private Support() {}

    /** What {@code TranslatedCode.run} returns after something was thrown; throws it again when it is none of ours. */
    public static int status(RuntimeException thrown, int at) {
        if (thrown instanceof GuestFault) {
            return at;
        }
        if (thrown instanceof LeaveTranslation) {
            return at | TranslatedCode.LEAVE;
        }
        throw thrown;
    }

    /**
     * An operand of several accesses that wraps at the end of a flat 4 GiB segment faults (see {@code Operands.linearRead}).
     *
     * @return {@code ea}
     */
    public static long checkWrap(long ea, int bytes, int segment, Cpu c) {
        if ((ea + bytes - 1 & ~c.linearMask) != 0) {
            throw c.fault(segment == Cpu.SS ? GuestFault.SS : GuestFault.GP, 0);
        }
        return ea;
    }

    /** The target of a near branch must lie in the code segment, or be canonical; else #GP(0). */
    public static void checkTarget(Cpu c, long target) {
        if (c.codeSize == 64) {
            if (target << 16 >> 16 != target) {
                throw c.fault(GuestFault.GP, 0);
            }
        } else if (target > (c.segLimit[Cpu.CS] & 0xFFFF_FFFFL)) {
            throw c.fault(GuestFault.GP, 0);
        }
    }
}
