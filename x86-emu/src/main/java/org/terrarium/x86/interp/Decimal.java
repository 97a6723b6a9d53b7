package org.terrarium.x86.interp;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.GuestFault;
import org.terrarium.x86.isa.Insn;
import org.terrarium.x86.sem.Bcd;
import org.terrarium.x86.sem.Flags;

/** Instructions on AL, AH and single flags: decimal adjustments, SALC, LAHF, SAHF, CLD, STD. */
public final class Decimal {
    private static final int SZP = Cpu.SF | Cpu.ZF | Cpu.PF;
    private static final int LOW_FLAGS = SZP | Cpu.AF | Cpu.CF;

    private Decimal() {}

    /** SF, ZF and PF of a byte; CF and AF as given; OF clear. */
    private static void setFlags(Cpu c, int al, boolean carry, boolean auxiliary) {
        c.flagResult = (byte) al;
        // both bits: carry out of and into the top, so that OF is clear
        c.flagCarry = (carry ? 3L << 62 : 0) | (auxiliary ? 8 : 0);
    }

    public static void aaa(Cpu c, Insn i) {
        int ax = Operands.getRegister16(c, Cpu.RAX);
        int flags = Flags.get(c);
        boolean adjusted = Bcd.adjustsLow(ax & 0xFF, flags);
        int result = Bcd.aaa(ax, flags);
        Operands.setRegister16(c, Cpu.RAX, result);
        setFlags(c, result, adjusted, adjusted);
    }

    public static void aas(Cpu c, Insn i) {
        int ax = Operands.getRegister16(c, Cpu.RAX);
        int flags = Flags.get(c);
        boolean adjusted = Bcd.adjustsLow(ax & 0xFF, flags);
        int result = Bcd.aas(ax, flags);
        Operands.setRegister16(c, Cpu.RAX, result);
        setFlags(c, result, adjusted, adjusted);
    }

    public static void daa(Cpu c, Insn i) {
        int al = Operands.getRegister8(c, Cpu.RAX);
        int flags = Flags.get(c);
        int result = Bcd.daa(al, flags);
        Operands.setRegister8(c, Cpu.RAX, result);
        setFlags(c, result, Bcd.adjustsHigh(al, flags), Bcd.adjustsLow(al, flags));
    }

    public static void das(Cpu c, Insn i) {
        int al = Operands.getRegister8(c, Cpu.RAX);
        int flags = Flags.get(c);
        int result = Bcd.das(al, flags);
        Operands.setRegister8(c, Cpu.RAX, result);
        setFlags(c, result, Bcd.dasCarry(al, flags), Bcd.adjustsLow(al, flags));
    }

    public static void aam(Cpu c, Insn i) {
        int base = (int) i.imm & 0xFF;
        if (base == 0) {
            throw c.fault(GuestFault.DE, 0);
        }
        int al = Operands.getRegister8(c, Cpu.RAX);
        Operands.setRegister16(c, Cpu.RAX, al / base << 8 | al % base);
        setFlags(c, al % base, false, false);
    }

    public static void aad(Cpu c, Insn i) {
        int ax = Operands.getRegister16(c, Cpu.RAX);
        int al = (ax & 0xFF) + (ax >> 8) * (int) i.imm & 0xFF;
        Operands.setRegister16(c, Cpu.RAX, al);
        setFlags(c, al, false, false);
    }

    /** Undocumented: AL becomes 0xFF with CF, else 0. */
    public static void salc(Cpu c, Insn i) {
        Operands.setRegister8(c, Cpu.RAX, (int) (c.flagCarry >> 63));
    }

    public static void lahf(Cpu c, Insn i) {
        Operands.setRegister8(c, 16, Flags.get(c) & LOW_FLAGS | 2);
    }

    public static void sahf(Cpu c, Insn i) {
        int overflow = Flags.get(c) & Cpu.OF;
        Flags.set(c, Operands.getRegister8(c, 16) & LOW_FLAGS | overflow);
    }

    public static void clearDirection(Cpu c, Insn i) {
        c.eflags &= ~Cpu.DF;
    }

    public static void setDirection(Cpu c, Insn i) {
        c.eflags |= Cpu.DF;
    }
}
