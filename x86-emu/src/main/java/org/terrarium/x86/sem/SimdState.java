package org.terrarium.x86.sem;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.Fpu;
import org.terrarium.x86.GuestFault;

/**
 * What every MMX and SSE instruction does around its operation: whether it may run at all (SDM volume 3, tables 13-1 and 12-1),
 * the passage into MMX state, the delivery of SIMD floating-point exceptions, the alignment of 128-bit memory operands.
 */
public final class SimdState {
    private static final int BLOCKING = Cpu.CR0_EM | Cpu.CR0_TS;

    /** Exceptions found before the operation is carried out; they hide those found after it (SDM volume 1, 11.5.3). */
    private static final int BEFORE_OPERATION = SoftFloat.INVALID | SoftFloat.DENORMAL | SoftFloat.ZERO_DIVIDE;

    private SimdState() {}

    /** Called first by every SSE instruction: #UD without CR4.OSFXSR or with CR0.EM, #NM with CR0.TS. */
    public static void checkSse(Cpu c) {
        if ((c.cr0 & BLOCKING) != 0 || (c.cr4 & Cpu.CR4_OSFXSR) == 0) {
            refuseSse(c);
        }
    }

    private static void refuseSse(Cpu c) {
        boolean undefined = (c.cr0 & Cpu.CR0_EM) != 0 || (c.cr4 & Cpu.CR4_OSFXSR) == 0;
        throw c.fault(undefined ? GuestFault.UD : GuestFault.NM, 0);
    }

    /** Called first by every MMX instruction: #UD with CR0.EM, #NM with CR0.TS, #MF when an x87 exception is pending. */
    public static void checkMmx(Cpu c) {
        if ((c.cr0 & BLOCKING) != 0) {
            throw c.fault((c.cr0 & Cpu.CR0_EM) != 0 ? GuestFault.UD : GuestFault.NM, 0);
        }
        if ((c.fpu.statusWord & X87State.ES) != 0) {
            X87State.reportPending(c);
        }
    }

    /** Called by every MMX instruction but EMMS once its operands are read: TOP becomes 0, all registers valid. */
    public static void enterMmx(Fpu f) {
        f.top = 0;
        f.emptyMask = 0;
    }

    /** Writes MMX register n; its x87 sign and exponent become all ones (SDM volume 1, 9.5.1). */
    public static void writeMmx(Fpu f, int n, long value) {
        f.mantissa[n] = value;
        f.signExponent[n] = 0xFFFF;
    }

    /**
     * Called by every SSE floating-point instruction before it writes its result, when {@link Fpu#raised} is not 0: sets the
     * sticky flags and raises #XM (or #UD without CR4.OSXMMEXCPT) for an unmasked one.
     */
    public static void commit(Cpu c) {
        Fpu f = c.fpu;
        int raised = f.raised;
        f.raised = 0;
        int unmasked = raised & ~(f.mxcsr >>> 7) & 0x3F;
        if (unmasked == 0) {
            f.mxcsr |= raised;
            return;
        }
        f.mxcsr |= (unmasked & BEFORE_OPERATION) != 0 ? raised & BEFORE_OPERATION : raised;
        throw c.fault((c.cr4 & Cpu.CR4_OSXMMEXCPT) != 0 ? GuestFault.XM : GuestFault.UD, 0);
    }

    /** #GP(0) unless a 128-bit memory operand's linear address is a multiple of 16. */
    public static long aligned(Cpu c, long lin) {
        if ((lin & 15) != 0) {
            throw c.fault(GuestFault.GP, 0);
        }
        return lin;
    }
}
