package org.terrarium.x86.interp;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.GuestFault;
import org.terrarium.x86.isa.Insn;
import org.terrarium.x86.sem.Flags;

/** Memory instructions that fit no common shape: CMPXCHG8B/16B, XLAT, BOUND, CLFLUSH. */
public final class Exchange {
    private Exchange() {}

    /** Writes even when it does not exchange, as the processor does. */
    public static void cmpxchg8b(Cpu c, Insn i) {
        long[] gpr = c.gpr;
        long lin = Operands.linearWrite(c, i, 8);
        long found = c.mmu.readForUpdate64(lin);
        long expected = gpr[Cpu.RDX] << 32 | gpr[Cpu.RAX] & 0xFFFF_FFFFL;
        if (found == expected) {
            c.mmu.write64(lin, gpr[Cpu.RCX] << 32 | gpr[Cpu.RBX] & 0xFFFF_FFFFL);
        } else {
            c.mmu.write64(lin, found);
            gpr[Cpu.RAX] = found & 0xFFFF_FFFFL;
            gpr[Cpu.RDX] = found >>> 32;
        }
        setZero(c, found == expected);
    }

    public static void cmpxchg16b(Cpu c, Insn i) {
        long[] gpr = c.gpr;
        long lin = Operands.linearWrite(c, i, 16);
        if ((lin & 15) != 0) {
            throw c.fault(GuestFault.GP, 0);
        }
        long low = c.mmu.readForUpdate64(lin);
        long high = c.mmu.readForUpdate64(lin + 8);
        boolean equal = low == gpr[Cpu.RAX] && high == gpr[Cpu.RDX];
        if (equal) {
            c.mmu.write64(lin, gpr[Cpu.RBX]);
            c.mmu.write64(lin + 8, gpr[Cpu.RCX]);
        } else {
            c.mmu.write64(lin, low);
            c.mmu.write64(lin + 8, high);
            gpr[Cpu.RAX] = low;
            gpr[Cpu.RDX] = high;
        }
        setZero(c, equal);
    }

    private static void setZero(Cpu c, boolean zero) {
        Flags.set(c, Flags.get(c) & ~Cpu.ZF | (zero ? Cpu.ZF : 0));
    }

    /** AL = DS:[rBX + AL]. */
    public static void xlat(Cpu c, Insn i) {
        long ea = (c.gpr[Cpu.RBX] + (c.gpr[Cpu.RAX] & 0xFF)) & i.addressMask;
        Operands.setRegister8(c, Cpu.RAX, c.mmu.read8(Operands.segmentedRead(c, i.segment, ea, 1)));
    }

    /** #BR when the signed index lies outside of the two bounds in memory. */
    public static void bound(Cpu c, Insn i) {
        int index;
        int lower;
        int upper;
        if (i.operandSize == 16) {
            long lin = Operands.linearRead(c, i, 4);
            index = (short) c.gpr[i.reg];
            lower = (short) c.mmu.read16(lin);
            upper = (short) c.mmu.read16(lin + 2 & c.linearMask);
        } else {
            long lin = Operands.linearRead(c, i, 8);
            index = (int) c.gpr[i.reg];
            lower = c.mmu.read32(lin);
            upper = c.mmu.read32(lin + 4 & c.linearMask);
        }
        if (index < lower || index > upper) {
            throw c.fault(GuestFault.BR, 0);
        }
    }

    /** CLFLUSH: nothing to flush, but it faults like a load. */
    public static void touch(Cpu c, Insn i) {
        c.mmu.read8(Operands.linearRead(c, i, 1));
    }
}
