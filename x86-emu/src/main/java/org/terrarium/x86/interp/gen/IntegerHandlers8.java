package org.terrarium.x86.interp.gen;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.interp.Operands;
import org.terrarium.x86.isa.Insn;
import org.terrarium.x86.sem.Flags;

/** Generated from the instruction table by HandlerGenerator: change the table, not this. */
public final class IntegerHandlers8 {
    private IntegerHandlers8() {}

    /** CMOVS Gv,Ev 16 m */
    public static void cmovsGvEv16Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 2);
        int value = c.mmu.read16(lin);
        if (Flags.isS(c.flagResult, c.flagCarry)) {
            Operands.setRegister16(c, i.reg, value);
        }
    }

    /** CMOVS Gv,Ev 32 */
    public static void cmovsGvEv32(Cpu c, Insn i) {
        int value = (int) c.gpr[i.rm];
        c.gpr[i.reg] = (Flags.isS(c.flagResult, c.flagCarry) ? value : c.gpr[i.reg]) & 0xFFFF_FFFFL;
    }

    /** CMOVS Gv,Ev 32 m */
    public static void cmovsGvEv32Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 4);
        int value = c.mmu.read32(lin);
        c.gpr[i.reg] = (Flags.isS(c.flagResult, c.flagCarry) ? value : c.gpr[i.reg]) & 0xFFFF_FFFFL;
    }

    /** CMOVS Gv,Ev 64 */
    public static void cmovsGvEv64(Cpu c, Insn i) {
        long value = c.gpr[i.rm];
        if (Flags.isS(c.flagResult, c.flagCarry)) {
            c.gpr[i.reg] = value;
        }
    }

    /** CMOVS Gv,Ev 64 m */
    public static void cmovsGvEv64Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 8);
        long value = c.mmu.read64(lin);
        if (Flags.isS(c.flagResult, c.flagCarry)) {
            c.gpr[i.reg] = value;
        }
    }

    /** CMOVNS Gv,Ev 16 */
    public static void cmovnsGvEv16(Cpu c, Insn i) {
        int value = (int) c.gpr[i.rm] & 0xFFFF;
        if (Flags.isNS(c.flagResult, c.flagCarry)) {
            Operands.setRegister16(c, i.reg, value);
        }
    }

    /** CMOVNS Gv,Ev 16 m */
    public static void cmovnsGvEv16Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 2);
        int value = c.mmu.read16(lin);
        if (Flags.isNS(c.flagResult, c.flagCarry)) {
            Operands.setRegister16(c, i.reg, value);
        }
    }

    /** CMOVNS Gv,Ev 32 */
    public static void cmovnsGvEv32(Cpu c, Insn i) {
        int value = (int) c.gpr[i.rm];
        c.gpr[i.reg] = (Flags.isNS(c.flagResult, c.flagCarry) ? value : c.gpr[i.reg]) & 0xFFFF_FFFFL;
    }

    /** CMOVNS Gv,Ev 32 m */
    public static void cmovnsGvEv32Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 4);
        int value = c.mmu.read32(lin);
        c.gpr[i.reg] = (Flags.isNS(c.flagResult, c.flagCarry) ? value : c.gpr[i.reg]) & 0xFFFF_FFFFL;
    }

    /** CMOVNS Gv,Ev 64 */
    public static void cmovnsGvEv64(Cpu c, Insn i) {
        long value = c.gpr[i.rm];
        if (Flags.isNS(c.flagResult, c.flagCarry)) {
            c.gpr[i.reg] = value;
        }
    }

    /** CMOVNS Gv,Ev 64 m */
    public static void cmovnsGvEv64Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 8);
        long value = c.mmu.read64(lin);
        if (Flags.isNS(c.flagResult, c.flagCarry)) {
            c.gpr[i.reg] = value;
        }
    }

    /** CMOVP Gv,Ev 16 */
    public static void cmovpGvEv16(Cpu c, Insn i) {
        int value = (int) c.gpr[i.rm] & 0xFFFF;
        if (Flags.isP(c.flagResult, c.flagCarry)) {
            Operands.setRegister16(c, i.reg, value);
        }
    }

    /** CMOVP Gv,Ev 16 m */
    public static void cmovpGvEv16Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 2);
        int value = c.mmu.read16(lin);
        if (Flags.isP(c.flagResult, c.flagCarry)) {
            Operands.setRegister16(c, i.reg, value);
        }
    }

    /** CMOVP Gv,Ev 32 */
    public static void cmovpGvEv32(Cpu c, Insn i) {
        int value = (int) c.gpr[i.rm];
        c.gpr[i.reg] = (Flags.isP(c.flagResult, c.flagCarry) ? value : c.gpr[i.reg]) & 0xFFFF_FFFFL;
    }

    /** CMOVP Gv,Ev 32 m */
    public static void cmovpGvEv32Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 4);
        int value = c.mmu.read32(lin);
        c.gpr[i.reg] = (Flags.isP(c.flagResult, c.flagCarry) ? value : c.gpr[i.reg]) & 0xFFFF_FFFFL;
    }

    /** CMOVP Gv,Ev 64 */
    public static void cmovpGvEv64(Cpu c, Insn i) {
        long value = c.gpr[i.rm];
        if (Flags.isP(c.flagResult, c.flagCarry)) {
            c.gpr[i.reg] = value;
        }
    }

    /** CMOVP Gv,Ev 64 m */
    public static void cmovpGvEv64Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 8);
        long value = c.mmu.read64(lin);
        if (Flags.isP(c.flagResult, c.flagCarry)) {
            c.gpr[i.reg] = value;
        }
    }

    /** CMOVNP Gv,Ev 16 */
    public static void cmovnpGvEv16(Cpu c, Insn i) {
        int value = (int) c.gpr[i.rm] & 0xFFFF;
        if (Flags.isNP(c.flagResult, c.flagCarry)) {
            Operands.setRegister16(c, i.reg, value);
        }
    }

    /** CMOVNP Gv,Ev 16 m */
    public static void cmovnpGvEv16Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 2);
        int value = c.mmu.read16(lin);
        if (Flags.isNP(c.flagResult, c.flagCarry)) {
            Operands.setRegister16(c, i.reg, value);
        }
    }

    /** CMOVNP Gv,Ev 32 */
    public static void cmovnpGvEv32(Cpu c, Insn i) {
        int value = (int) c.gpr[i.rm];
        c.gpr[i.reg] = (Flags.isNP(c.flagResult, c.flagCarry) ? value : c.gpr[i.reg]) & 0xFFFF_FFFFL;
    }

    /** CMOVNP Gv,Ev 32 m */
    public static void cmovnpGvEv32Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 4);
        int value = c.mmu.read32(lin);
        c.gpr[i.reg] = (Flags.isNP(c.flagResult, c.flagCarry) ? value : c.gpr[i.reg]) & 0xFFFF_FFFFL;
    }

    /** CMOVNP Gv,Ev 64 */
    public static void cmovnpGvEv64(Cpu c, Insn i) {
        long value = c.gpr[i.rm];
        if (Flags.isNP(c.flagResult, c.flagCarry)) {
            c.gpr[i.reg] = value;
        }
    }

    /** CMOVNP Gv,Ev 64 m */
    public static void cmovnpGvEv64Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 8);
        long value = c.mmu.read64(lin);
        if (Flags.isNP(c.flagResult, c.flagCarry)) {
            c.gpr[i.reg] = value;
        }
    }

    /** CMOVL Gv,Ev 16 */
    public static void cmovlGvEv16(Cpu c, Insn i) {
        int value = (int) c.gpr[i.rm] & 0xFFFF;
        if (Flags.isL(c.flagResult, c.flagCarry)) {
            Operands.setRegister16(c, i.reg, value);
        }
    }

    /** CMOVL Gv,Ev 16 m */
    public static void cmovlGvEv16Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 2);
        int value = c.mmu.read16(lin);
        if (Flags.isL(c.flagResult, c.flagCarry)) {
            Operands.setRegister16(c, i.reg, value);
        }
    }

    /** CMOVL Gv,Ev 32 */
    public static void cmovlGvEv32(Cpu c, Insn i) {
        int value = (int) c.gpr[i.rm];
        c.gpr[i.reg] = (Flags.isL(c.flagResult, c.flagCarry) ? value : c.gpr[i.reg]) & 0xFFFF_FFFFL;
    }

    /** CMOVL Gv,Ev 32 m */
    public static void cmovlGvEv32Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 4);
        int value = c.mmu.read32(lin);
        c.gpr[i.reg] = (Flags.isL(c.flagResult, c.flagCarry) ? value : c.gpr[i.reg]) & 0xFFFF_FFFFL;
    }

    /** CMOVL Gv,Ev 64 */
    public static void cmovlGvEv64(Cpu c, Insn i) {
        long value = c.gpr[i.rm];
        if (Flags.isL(c.flagResult, c.flagCarry)) {
            c.gpr[i.reg] = value;
        }
    }

    /** CMOVL Gv,Ev 64 m */
    public static void cmovlGvEv64Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 8);
        long value = c.mmu.read64(lin);
        if (Flags.isL(c.flagResult, c.flagCarry)) {
            c.gpr[i.reg] = value;
        }
    }

    /** CMOVNL Gv,Ev 16 */
    public static void cmovnlGvEv16(Cpu c, Insn i) {
        int value = (int) c.gpr[i.rm] & 0xFFFF;
        if (Flags.isNL(c.flagResult, c.flagCarry)) {
            Operands.setRegister16(c, i.reg, value);
        }
    }

    /** CMOVNL Gv,Ev 16 m */
    public static void cmovnlGvEv16Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 2);
        int value = c.mmu.read16(lin);
        if (Flags.isNL(c.flagResult, c.flagCarry)) {
            Operands.setRegister16(c, i.reg, value);
        }
    }

    /** CMOVNL Gv,Ev 32 */
    public static void cmovnlGvEv32(Cpu c, Insn i) {
        int value = (int) c.gpr[i.rm];
        c.gpr[i.reg] = (Flags.isNL(c.flagResult, c.flagCarry) ? value : c.gpr[i.reg]) & 0xFFFF_FFFFL;
    }

    /** CMOVNL Gv,Ev 32 m */
    public static void cmovnlGvEv32Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 4);
        int value = c.mmu.read32(lin);
        c.gpr[i.reg] = (Flags.isNL(c.flagResult, c.flagCarry) ? value : c.gpr[i.reg]) & 0xFFFF_FFFFL;
    }

    /** CMOVNL Gv,Ev 64 */
    public static void cmovnlGvEv64(Cpu c, Insn i) {
        long value = c.gpr[i.rm];
        if (Flags.isNL(c.flagResult, c.flagCarry)) {
            c.gpr[i.reg] = value;
        }
    }

    /** CMOVNL Gv,Ev 64 m */
    public static void cmovnlGvEv64Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 8);
        long value = c.mmu.read64(lin);
        if (Flags.isNL(c.flagResult, c.flagCarry)) {
            c.gpr[i.reg] = value;
        }
    }

    /** CMOVLE Gv,Ev 16 */
    public static void cmovleGvEv16(Cpu c, Insn i) {
        int value = (int) c.gpr[i.rm] & 0xFFFF;
        if (Flags.isLE(c.flagResult, c.flagCarry)) {
            Operands.setRegister16(c, i.reg, value);
        }
    }

    /** CMOVLE Gv,Ev 16 m */
    public static void cmovleGvEv16Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 2);
        int value = c.mmu.read16(lin);
        if (Flags.isLE(c.flagResult, c.flagCarry)) {
            Operands.setRegister16(c, i.reg, value);
        }
    }

    /** CMOVLE Gv,Ev 32 */
    public static void cmovleGvEv32(Cpu c, Insn i) {
        int value = (int) c.gpr[i.rm];
        c.gpr[i.reg] = (Flags.isLE(c.flagResult, c.flagCarry) ? value : c.gpr[i.reg]) & 0xFFFF_FFFFL;
    }

    /** CMOVLE Gv,Ev 32 m */
    public static void cmovleGvEv32Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 4);
        int value = c.mmu.read32(lin);
        c.gpr[i.reg] = (Flags.isLE(c.flagResult, c.flagCarry) ? value : c.gpr[i.reg]) & 0xFFFF_FFFFL;
    }

    /** CMOVLE Gv,Ev 64 */
    public static void cmovleGvEv64(Cpu c, Insn i) {
        long value = c.gpr[i.rm];
        if (Flags.isLE(c.flagResult, c.flagCarry)) {
            c.gpr[i.reg] = value;
        }
    }

    /** CMOVLE Gv,Ev 64 m */
    public static void cmovleGvEv64Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 8);
        long value = c.mmu.read64(lin);
        if (Flags.isLE(c.flagResult, c.flagCarry)) {
            c.gpr[i.reg] = value;
        }
    }

    /** CMOVNLE Gv,Ev 16 */
    public static void cmovnleGvEv16(Cpu c, Insn i) {
        int value = (int) c.gpr[i.rm] & 0xFFFF;
        if (Flags.isNLE(c.flagResult, c.flagCarry)) {
            Operands.setRegister16(c, i.reg, value);
        }
    }

    /** CMOVNLE Gv,Ev 16 m */
    public static void cmovnleGvEv16Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 2);
        int value = c.mmu.read16(lin);
        if (Flags.isNLE(c.flagResult, c.flagCarry)) {
            Operands.setRegister16(c, i.reg, value);
        }
    }

    /** CMOVNLE Gv,Ev 32 */
    public static void cmovnleGvEv32(Cpu c, Insn i) {
        int value = (int) c.gpr[i.rm];
        c.gpr[i.reg] = (Flags.isNLE(c.flagResult, c.flagCarry) ? value : c.gpr[i.reg]) & 0xFFFF_FFFFL;
    }

    /** CMOVNLE Gv,Ev 32 m */
    public static void cmovnleGvEv32Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 4);
        int value = c.mmu.read32(lin);
        c.gpr[i.reg] = (Flags.isNLE(c.flagResult, c.flagCarry) ? value : c.gpr[i.reg]) & 0xFFFF_FFFFL;
    }

    /** CMOVNLE Gv,Ev 64 */
    public static void cmovnleGvEv64(Cpu c, Insn i) {
        long value = c.gpr[i.rm];
        if (Flags.isNLE(c.flagResult, c.flagCarry)) {
            c.gpr[i.reg] = value;
        }
    }

    /** CMOVNLE Gv,Ev 64 m */
    public static void cmovnleGvEv64Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 8);
        long value = c.mmu.read64(lin);
        if (Flags.isNLE(c.flagResult, c.flagCarry)) {
            c.gpr[i.reg] = value;
        }
    }

    /** SETO Eb */
    public static void setoEb(Cpu c, Insn i) {
        int value = Flags.isO(c.flagResult, c.flagCarry) ? 1 : 0;
        Operands.setRegister8(c, i.rm, value);
    }

    /** SETO Eb m */
    public static void setoEbMemory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int value = Flags.isO(c.flagResult, c.flagCarry) ? 1 : 0;
        c.mmu.write8(lin, value);
    }

    /** SETNO Eb */
    public static void setnoEb(Cpu c, Insn i) {
        int value = Flags.isNO(c.flagResult, c.flagCarry) ? 1 : 0;
        Operands.setRegister8(c, i.rm, value);
    }

    /** SETNO Eb m */
    public static void setnoEbMemory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int value = Flags.isNO(c.flagResult, c.flagCarry) ? 1 : 0;
        c.mmu.write8(lin, value);
    }

    /** SETB Eb */
    public static void setbEb(Cpu c, Insn i) {
        int value = Flags.isB(c.flagResult, c.flagCarry) ? 1 : 0;
        Operands.setRegister8(c, i.rm, value);
    }

    /** SETB Eb m */
    public static void setbEbMemory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int value = Flags.isB(c.flagResult, c.flagCarry) ? 1 : 0;
        c.mmu.write8(lin, value);
    }

    /** SETNB Eb */
    public static void setnbEb(Cpu c, Insn i) {
        int value = Flags.isNB(c.flagResult, c.flagCarry) ? 1 : 0;
        Operands.setRegister8(c, i.rm, value);
    }

    /** SETNB Eb m */
    public static void setnbEbMemory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int value = Flags.isNB(c.flagResult, c.flagCarry) ? 1 : 0;
        c.mmu.write8(lin, value);
    }

    /** SETZ Eb */
    public static void setzEb(Cpu c, Insn i) {
        int value = Flags.isZ(c.flagResult, c.flagCarry) ? 1 : 0;
        Operands.setRegister8(c, i.rm, value);
    }

    /** SETZ Eb m */
    public static void setzEbMemory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int value = Flags.isZ(c.flagResult, c.flagCarry) ? 1 : 0;
        c.mmu.write8(lin, value);
    }

    /** SETNZ Eb */
    public static void setnzEb(Cpu c, Insn i) {
        int value = Flags.isNZ(c.flagResult, c.flagCarry) ? 1 : 0;
        Operands.setRegister8(c, i.rm, value);
    }

    /** SETNZ Eb m */
    public static void setnzEbMemory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int value = Flags.isNZ(c.flagResult, c.flagCarry) ? 1 : 0;
        c.mmu.write8(lin, value);
    }

    /** SETBE Eb */
    public static void setbeEb(Cpu c, Insn i) {
        int value = Flags.isBE(c.flagResult, c.flagCarry) ? 1 : 0;
        Operands.setRegister8(c, i.rm, value);
    }

    /** SETBE Eb m */
    public static void setbeEbMemory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int value = Flags.isBE(c.flagResult, c.flagCarry) ? 1 : 0;
        c.mmu.write8(lin, value);
    }

    /** SETNBE Eb */
    public static void setnbeEb(Cpu c, Insn i) {
        int value = Flags.isNBE(c.flagResult, c.flagCarry) ? 1 : 0;
        Operands.setRegister8(c, i.rm, value);
    }

    /** SETNBE Eb m */
    public static void setnbeEbMemory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int value = Flags.isNBE(c.flagResult, c.flagCarry) ? 1 : 0;
        c.mmu.write8(lin, value);
    }

    /** SETS Eb */
    public static void setsEb(Cpu c, Insn i) {
        int value = Flags.isS(c.flagResult, c.flagCarry) ? 1 : 0;
        Operands.setRegister8(c, i.rm, value);
    }

    /** SETS Eb m */
    public static void setsEbMemory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int value = Flags.isS(c.flagResult, c.flagCarry) ? 1 : 0;
        c.mmu.write8(lin, value);
    }

    /** SETNS Eb */
    public static void setnsEb(Cpu c, Insn i) {
        int value = Flags.isNS(c.flagResult, c.flagCarry) ? 1 : 0;
        Operands.setRegister8(c, i.rm, value);
    }

    /** SETNS Eb m */
    public static void setnsEbMemory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int value = Flags.isNS(c.flagResult, c.flagCarry) ? 1 : 0;
        c.mmu.write8(lin, value);
    }

    /** SETP Eb */
    public static void setpEb(Cpu c, Insn i) {
        int value = Flags.isP(c.flagResult, c.flagCarry) ? 1 : 0;
        Operands.setRegister8(c, i.rm, value);
    }

    /** SETP Eb m */
    public static void setpEbMemory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int value = Flags.isP(c.flagResult, c.flagCarry) ? 1 : 0;
        c.mmu.write8(lin, value);
    }

    /** SETNP Eb */
    public static void setnpEb(Cpu c, Insn i) {
        int value = Flags.isNP(c.flagResult, c.flagCarry) ? 1 : 0;
        Operands.setRegister8(c, i.rm, value);
    }

    /** SETNP Eb m */
    public static void setnpEbMemory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int value = Flags.isNP(c.flagResult, c.flagCarry) ? 1 : 0;
        c.mmu.write8(lin, value);
    }

    /** SETL Eb */
    public static void setlEb(Cpu c, Insn i) {
        int value = Flags.isL(c.flagResult, c.flagCarry) ? 1 : 0;
        Operands.setRegister8(c, i.rm, value);
    }

    /** SETL Eb m */
    public static void setlEbMemory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int value = Flags.isL(c.flagResult, c.flagCarry) ? 1 : 0;
        c.mmu.write8(lin, value);
    }

    /** SETNL Eb */
    public static void setnlEb(Cpu c, Insn i) {
        int value = Flags.isNL(c.flagResult, c.flagCarry) ? 1 : 0;
        Operands.setRegister8(c, i.rm, value);
    }

    /** SETNL Eb m */
    public static void setnlEbMemory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int value = Flags.isNL(c.flagResult, c.flagCarry) ? 1 : 0;
        c.mmu.write8(lin, value);
    }

    /** SETLE Eb */
    public static void setleEb(Cpu c, Insn i) {
        int value = Flags.isLE(c.flagResult, c.flagCarry) ? 1 : 0;
        Operands.setRegister8(c, i.rm, value);
    }

    /** SETLE Eb m */
    public static void setleEbMemory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int value = Flags.isLE(c.flagResult, c.flagCarry) ? 1 : 0;
        c.mmu.write8(lin, value);
    }

    /** SETNLE Eb */
    public static void setnleEb(Cpu c, Insn i) {
        int value = Flags.isNLE(c.flagResult, c.flagCarry) ? 1 : 0;
        Operands.setRegister8(c, i.rm, value);
    }

    /** SETNLE Eb m */
    public static void setnleEbMemory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int value = Flags.isNLE(c.flagResult, c.flagCarry) ? 1 : 0;
        c.mmu.write8(lin, value);
    }

    /** CLC */
    public static void clc(Cpu c, Insn i) {
        c.flagCarry = Flags.clearCarry(c.flagResult, c.flagCarry);
    }

    /** STC */
    public static void stc(Cpu c, Insn i) {
        c.flagCarry = Flags.setCarry(c.flagResult, c.flagCarry);
    }

    /** CMC */
    public static void cmc(Cpu c, Insn i) {
        c.flagCarry = Flags.complementCarry(c.flagResult, c.flagCarry);
    }
}
