package org.terrarium.x86.sys;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.GuestFault;

/** Privilege checks that many instructions share. */
final class Privilege {
    private Privilege() {}

    /** #GP(0) unless at CPL 0 (real mode is). */
    static void requireKernel(Cpu c) {
        if (c.cpl != 0) {
            throw c.fault(GuestFault.GP, 0);
        }
    }

    /** CR4.UMIP: SGDT, SIDT, SLDT, STR and SMSW are for CPL 0. */
    static void checkUserModePrevention(Cpu c) {
        if (c.cpl != 0 && (c.cr4 & Cpu.CR4_UMIP) != 0) {
            throw c.fault(GuestFault.GP, 0);
        }
    }
}
