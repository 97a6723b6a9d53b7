package org.terrarium.x86.interp;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.GuestFault;
import org.terrarium.x86.isa.Insn;

/** What has no meaning. */
public final class Undefined {
    private Undefined() {}

    /** #UD. */
    public static void raise(Cpu c, Insn i) {
        throw c.fault(GuestFault.UD, 0);
    }

    /** #GP(0): an instruction longer than 15 bytes (SDM volume 3, 6.15, interrupt 13). */
    public static void tooLong(Cpu c, Insn i) {
        throw c.fault(GuestFault.GP, 0);
    }

    /** Does nothing. */
    public static void nothing(Cpu c, Insn i) {}
}
