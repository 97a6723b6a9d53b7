package org.terrarium.x86.interp.gen;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.interp.Operands;
import org.terrarium.x86.isa.Insn;
import org.terrarium.x86.sem.Alu;

/** Generated from the instruction table by HandlerGenerator: change the table, not this. */
public final class IntegerHandlers1 {
    private IntegerHandlers1() {}

    /** ADD Eb,Gb */
    public static void addEbGb(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.rm);
        int b = Operands.getRegister8(c, i.reg);
        int result = Alu.add8(a, b);
        Operands.setRegister8(c, i.rm, result);
        c.flagResult = (byte) result;
        c.flagCarry = Alu.addCarries8(a, b, result);
    }

    /** ADD Eb,Gb m */
    public static void addEbGbMemory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int a = c.mmu.readForUpdate8(lin);
        int b = Operands.getRegister8(c, i.reg);
        int result = Alu.add8(a, b);
        c.mmu.write8(lin, result);
        c.flagResult = (byte) result;
        c.flagCarry = Alu.addCarries8(a, b, result);
    }

    /** ADD Ev,Gv 16 */
    public static void addEvGv16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int b = (int) c.gpr[i.reg] & 0xFFFF;
        int result = Alu.add16(a, b);
        Operands.setRegister16(c, i.rm, result);
        c.flagResult = (short) result;
        c.flagCarry = Alu.addCarries16(a, b, result);
    }

    /** ADD Ev,Gv 16 m */
    public static void addEvGv16Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 2);
        int a = c.mmu.readForUpdate16(lin);
        int b = (int) c.gpr[i.reg] & 0xFFFF;
        int result = Alu.add16(a, b);
        c.mmu.write16(lin, result);
        c.flagResult = (short) result;
        c.flagCarry = Alu.addCarries16(a, b, result);
    }

    /** ADD Ev,Gv 32 */
    public static void addEvGv32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int b = (int) c.gpr[i.reg];
        int result = Alu.add32(a, b);
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
        c.flagResult = result;
        c.flagCarry = Alu.addCarries32(a, b, result);
    }

    /** ADD Ev,Gv 32 m */
    public static void addEvGv32Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 4);
        int a = c.mmu.readForUpdate32(lin);
        int b = (int) c.gpr[i.reg];
        int result = Alu.add32(a, b);
        c.mmu.write32(lin, result);
        c.flagResult = result;
        c.flagCarry = Alu.addCarries32(a, b, result);
    }

    /** ADD Ev,Gv 64 */
    public static void addEvGv64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        long b = c.gpr[i.reg];
        long result = Alu.add64(a, b);
        c.gpr[i.rm] = result;
        c.flagResult = result;
        c.flagCarry = Alu.addCarries64(a, b, result);
    }

    /** ADD Ev,Gv 64 m */
    public static void addEvGv64Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 8);
        long a = c.mmu.readForUpdate64(lin);
        long b = c.gpr[i.reg];
        long result = Alu.add64(a, b);
        c.mmu.write64(lin, result);
        c.flagResult = result;
        c.flagCarry = Alu.addCarries64(a, b, result);
    }

    /** ADD Gb,Eb */
    public static void addGbEb(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.reg);
        int b = Operands.getRegister8(c, i.rm);
        int result = Alu.add8(a, b);
        Operands.setRegister8(c, i.reg, result);
        c.flagResult = (byte) result;
        c.flagCarry = Alu.addCarries8(a, b, result);
    }

    /** ADD Gb,Eb m */
    public static void addGbEbMemory(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.reg);
        long lin = Operands.linearRead(c, i, 1);
        int b = c.mmu.read8(lin);
        int result = Alu.add8(a, b);
        Operands.setRegister8(c, i.reg, result);
        c.flagResult = (byte) result;
        c.flagCarry = Alu.addCarries8(a, b, result);
    }

    /** ADD Gv,Ev 16 */
    public static void addGvEv16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.reg] & 0xFFFF;
        int b = (int) c.gpr[i.rm] & 0xFFFF;
        int result = Alu.add16(a, b);
        Operands.setRegister16(c, i.reg, result);
        c.flagResult = (short) result;
        c.flagCarry = Alu.addCarries16(a, b, result);
    }

    /** ADD Gv,Ev 16 m */
    public static void addGvEv16Memory(Cpu c, Insn i) {
        int a = (int) c.gpr[i.reg] & 0xFFFF;
        long lin = Operands.linearRead(c, i, 2);
        int b = c.mmu.read16(lin);
        int result = Alu.add16(a, b);
        Operands.setRegister16(c, i.reg, result);
        c.flagResult = (short) result;
        c.flagCarry = Alu.addCarries16(a, b, result);
    }

    /** ADD Gv,Ev 32 */
    public static void addGvEv32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.reg];
        int b = (int) c.gpr[i.rm];
        int result = Alu.add32(a, b);
        c.gpr[i.reg] = result & 0xFFFF_FFFFL;
        c.flagResult = result;
        c.flagCarry = Alu.addCarries32(a, b, result);
    }

    /** ADD Gv,Ev 32 m */
    public static void addGvEv32Memory(Cpu c, Insn i) {
        int a = (int) c.gpr[i.reg];
        long lin = Operands.linearRead(c, i, 4);
        int b = c.mmu.read32(lin);
        int result = Alu.add32(a, b);
        c.gpr[i.reg] = result & 0xFFFF_FFFFL;
        c.flagResult = result;
        c.flagCarry = Alu.addCarries32(a, b, result);
    }

    /** ADD Gv,Ev 64 */
    public static void addGvEv64(Cpu c, Insn i) {
        long a = c.gpr[i.reg];
        long b = c.gpr[i.rm];
        long result = Alu.add64(a, b);
        c.gpr[i.reg] = result;
        c.flagResult = result;
        c.flagCarry = Alu.addCarries64(a, b, result);
    }

    /** ADD Gv,Ev 64 m */
    public static void addGvEv64Memory(Cpu c, Insn i) {
        long a = c.gpr[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = Alu.add64(a, b);
        c.gpr[i.reg] = result;
        c.flagResult = result;
        c.flagCarry = Alu.addCarries64(a, b, result);
    }

    /** ADD AL,Ib */
    public static void addALIb(Cpu c, Insn i) {
        int a = (int) c.gpr[Cpu.RAX] & 0xFF;
        int result = Alu.add8(a, (int) i.imm);
        Operands.setRegister8(c, Cpu.RAX, result);
        c.flagResult = (byte) result;
        c.flagCarry = Alu.addCarries8(a, (int) i.imm, result);
    }

    /** ADD rAX,Iz 16 */
    public static void addRAXIz16(Cpu c, Insn i) {
        int a = (int) c.gpr[Cpu.RAX] & 0xFFFF;
        int result = Alu.add16(a, (int) i.imm & 0xFFFF);
        Operands.setRegister16(c, Cpu.RAX, result);
        c.flagResult = (short) result;
        c.flagCarry = Alu.addCarries16(a, (int) i.imm & 0xFFFF, result);
    }

    /** ADD rAX,Iz 32 */
    public static void addRAXIz32(Cpu c, Insn i) {
        int a = (int) c.gpr[Cpu.RAX];
        int result = Alu.add32(a, (int) i.imm);
        c.gpr[Cpu.RAX] = result & 0xFFFF_FFFFL;
        c.flagResult = result;
        c.flagCarry = Alu.addCarries32(a, (int) i.imm, result);
    }

    /** ADD rAX,Iz 64 */
    public static void addRAXIz64(Cpu c, Insn i) {
        long a = c.gpr[Cpu.RAX];
        long result = Alu.add64(a, i.imm);
        c.gpr[Cpu.RAX] = result;
        c.flagResult = result;
        c.flagCarry = Alu.addCarries64(a, i.imm, result);
    }

    /** ADD Eb,Ib */
    public static void addEbIb(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.rm);
        int result = Alu.add8(a, (int) i.imm);
        Operands.setRegister8(c, i.rm, result);
        c.flagResult = (byte) result;
        c.flagCarry = Alu.addCarries8(a, (int) i.imm, result);
    }

    /** ADD Eb,Ib m */
    public static void addEbIbMemory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int a = c.mmu.readForUpdate8(lin);
        int result = Alu.add8(a, (int) i.imm);
        c.mmu.write8(lin, result);
        c.flagResult = (byte) result;
        c.flagCarry = Alu.addCarries8(a, (int) i.imm, result);
    }

    /** ADD Ev,Iz 16 */
    public static void addEvIz16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int result = Alu.add16(a, (int) i.imm & 0xFFFF);
        Operands.setRegister16(c, i.rm, result);
        c.flagResult = (short) result;
        c.flagCarry = Alu.addCarries16(a, (int) i.imm & 0xFFFF, result);
    }

    /** ADD Ev,Iz 16 m */
    public static void addEvIz16Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 2);
        int a = c.mmu.readForUpdate16(lin);
        int result = Alu.add16(a, (int) i.imm & 0xFFFF);
        c.mmu.write16(lin, result);
        c.flagResult = (short) result;
        c.flagCarry = Alu.addCarries16(a, (int) i.imm & 0xFFFF, result);
    }

    /** ADD Ev,Iz 32 */
    public static void addEvIz32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int result = Alu.add32(a, (int) i.imm);
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
        c.flagResult = result;
        c.flagCarry = Alu.addCarries32(a, (int) i.imm, result);
    }

    /** ADD Ev,Iz 32 m */
    public static void addEvIz32Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 4);
        int a = c.mmu.readForUpdate32(lin);
        int result = Alu.add32(a, (int) i.imm);
        c.mmu.write32(lin, result);
        c.flagResult = result;
        c.flagCarry = Alu.addCarries32(a, (int) i.imm, result);
    }

    /** ADD Ev,Iz 64 */
    public static void addEvIz64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        long result = Alu.add64(a, i.imm);
        c.gpr[i.rm] = result;
        c.flagResult = result;
        c.flagCarry = Alu.addCarries64(a, i.imm, result);
    }

    /** ADD Ev,Iz 64 m */
    public static void addEvIz64Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 8);
        long a = c.mmu.readForUpdate64(lin);
        long result = Alu.add64(a, i.imm);
        c.mmu.write64(lin, result);
        c.flagResult = result;
        c.flagCarry = Alu.addCarries64(a, i.imm, result);
    }

    /** ADD Ev,Ibs 16 */
    public static void addEvIbs16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int result = Alu.add16(a, (int) i.imm & 0xFFFF);
        Operands.setRegister16(c, i.rm, result);
        c.flagResult = (short) result;
        c.flagCarry = Alu.addCarries16(a, (int) i.imm & 0xFFFF, result);
    }

    /** ADD Ev,Ibs 16 m */
    public static void addEvIbs16Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 2);
        int a = c.mmu.readForUpdate16(lin);
        int result = Alu.add16(a, (int) i.imm & 0xFFFF);
        c.mmu.write16(lin, result);
        c.flagResult = (short) result;
        c.flagCarry = Alu.addCarries16(a, (int) i.imm & 0xFFFF, result);
    }

    /** ADD Ev,Ibs 32 */
    public static void addEvIbs32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int result = Alu.add32(a, (int) i.imm);
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
        c.flagResult = result;
        c.flagCarry = Alu.addCarries32(a, (int) i.imm, result);
    }

    /** ADD Ev,Ibs 32 m */
    public static void addEvIbs32Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 4);
        int a = c.mmu.readForUpdate32(lin);
        int result = Alu.add32(a, (int) i.imm);
        c.mmu.write32(lin, result);
        c.flagResult = result;
        c.flagCarry = Alu.addCarries32(a, (int) i.imm, result);
    }

    /** ADD Ev,Ibs 64 */
    public static void addEvIbs64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        long result = Alu.add64(a, i.imm);
        c.gpr[i.rm] = result;
        c.flagResult = result;
        c.flagCarry = Alu.addCarries64(a, i.imm, result);
    }

    /** ADD Ev,Ibs 64 m */
    public static void addEvIbs64Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 8);
        long a = c.mmu.readForUpdate64(lin);
        long result = Alu.add64(a, i.imm);
        c.mmu.write64(lin, result);
        c.flagResult = result;
        c.flagCarry = Alu.addCarries64(a, i.imm, result);
    }

    /** OR Eb,Gb */
    public static void orEbGb(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.rm);
        int b = Operands.getRegister8(c, i.reg);
        int result = Alu.or8(a, b);
        Operands.setRegister8(c, i.rm, result);
        c.flagResult = (byte) result;
        c.flagCarry = 0;
    }

    /** OR Eb,Gb m */
    public static void orEbGbMemory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int a = c.mmu.readForUpdate8(lin);
        int b = Operands.getRegister8(c, i.reg);
        int result = Alu.or8(a, b);
        c.mmu.write8(lin, result);
        c.flagResult = (byte) result;
        c.flagCarry = 0;
    }

    /** OR Ev,Gv 16 */
    public static void orEvGv16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int b = (int) c.gpr[i.reg] & 0xFFFF;
        int result = Alu.or16(a, b);
        Operands.setRegister16(c, i.rm, result);
        c.flagResult = (short) result;
        c.flagCarry = 0;
    }

    /** OR Ev,Gv 16 m */
    public static void orEvGv16Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 2);
        int a = c.mmu.readForUpdate16(lin);
        int b = (int) c.gpr[i.reg] & 0xFFFF;
        int result = Alu.or16(a, b);
        c.mmu.write16(lin, result);
        c.flagResult = (short) result;
        c.flagCarry = 0;
    }

    /** OR Ev,Gv 32 */
    public static void orEvGv32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int b = (int) c.gpr[i.reg];
        int result = Alu.or32(a, b);
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** OR Ev,Gv 32 m */
    public static void orEvGv32Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 4);
        int a = c.mmu.readForUpdate32(lin);
        int b = (int) c.gpr[i.reg];
        int result = Alu.or32(a, b);
        c.mmu.write32(lin, result);
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** OR Ev,Gv 64 */
    public static void orEvGv64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        long b = c.gpr[i.reg];
        long result = Alu.or64(a, b);
        c.gpr[i.rm] = result;
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** OR Ev,Gv 64 m */
    public static void orEvGv64Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 8);
        long a = c.mmu.readForUpdate64(lin);
        long b = c.gpr[i.reg];
        long result = Alu.or64(a, b);
        c.mmu.write64(lin, result);
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** OR Gb,Eb */
    public static void orGbEb(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.reg);
        int b = Operands.getRegister8(c, i.rm);
        int result = Alu.or8(a, b);
        Operands.setRegister8(c, i.reg, result);
        c.flagResult = (byte) result;
        c.flagCarry = 0;
    }

    /** OR Gb,Eb m */
    public static void orGbEbMemory(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.reg);
        long lin = Operands.linearRead(c, i, 1);
        int b = c.mmu.read8(lin);
        int result = Alu.or8(a, b);
        Operands.setRegister8(c, i.reg, result);
        c.flagResult = (byte) result;
        c.flagCarry = 0;
    }

    /** OR Gv,Ev 16 */
    public static void orGvEv16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.reg] & 0xFFFF;
        int b = (int) c.gpr[i.rm] & 0xFFFF;
        int result = Alu.or16(a, b);
        Operands.setRegister16(c, i.reg, result);
        c.flagResult = (short) result;
        c.flagCarry = 0;
    }

    /** OR Gv,Ev 16 m */
    public static void orGvEv16Memory(Cpu c, Insn i) {
        int a = (int) c.gpr[i.reg] & 0xFFFF;
        long lin = Operands.linearRead(c, i, 2);
        int b = c.mmu.read16(lin);
        int result = Alu.or16(a, b);
        Operands.setRegister16(c, i.reg, result);
        c.flagResult = (short) result;
        c.flagCarry = 0;
    }

    /** OR Gv,Ev 32 */
    public static void orGvEv32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.reg];
        int b = (int) c.gpr[i.rm];
        int result = Alu.or32(a, b);
        c.gpr[i.reg] = result & 0xFFFF_FFFFL;
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** OR Gv,Ev 32 m */
    public static void orGvEv32Memory(Cpu c, Insn i) {
        int a = (int) c.gpr[i.reg];
        long lin = Operands.linearRead(c, i, 4);
        int b = c.mmu.read32(lin);
        int result = Alu.or32(a, b);
        c.gpr[i.reg] = result & 0xFFFF_FFFFL;
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** OR Gv,Ev 64 */
    public static void orGvEv64(Cpu c, Insn i) {
        long a = c.gpr[i.reg];
        long b = c.gpr[i.rm];
        long result = Alu.or64(a, b);
        c.gpr[i.reg] = result;
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** OR Gv,Ev 64 m */
    public static void orGvEv64Memory(Cpu c, Insn i) {
        long a = c.gpr[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = Alu.or64(a, b);
        c.gpr[i.reg] = result;
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** OR AL,Ib */
    public static void orALIb(Cpu c, Insn i) {
        int a = (int) c.gpr[Cpu.RAX] & 0xFF;
        int result = Alu.or8(a, (int) i.imm);
        Operands.setRegister8(c, Cpu.RAX, result);
        c.flagResult = (byte) result;
        c.flagCarry = 0;
    }

    /** OR rAX,Iz 16 */
    public static void orRAXIz16(Cpu c, Insn i) {
        int a = (int) c.gpr[Cpu.RAX] & 0xFFFF;
        int result = Alu.or16(a, (int) i.imm & 0xFFFF);
        Operands.setRegister16(c, Cpu.RAX, result);
        c.flagResult = (short) result;
        c.flagCarry = 0;
    }

    /** OR rAX,Iz 32 */
    public static void orRAXIz32(Cpu c, Insn i) {
        int a = (int) c.gpr[Cpu.RAX];
        int result = Alu.or32(a, (int) i.imm);
        c.gpr[Cpu.RAX] = result & 0xFFFF_FFFFL;
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** OR rAX,Iz 64 */
    public static void orRAXIz64(Cpu c, Insn i) {
        long a = c.gpr[Cpu.RAX];
        long result = Alu.or64(a, i.imm);
        c.gpr[Cpu.RAX] = result;
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** OR Eb,Ib */
    public static void orEbIb(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.rm);
        int result = Alu.or8(a, (int) i.imm);
        Operands.setRegister8(c, i.rm, result);
        c.flagResult = (byte) result;
        c.flagCarry = 0;
    }

    /** OR Eb,Ib m */
    public static void orEbIbMemory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int a = c.mmu.readForUpdate8(lin);
        int result = Alu.or8(a, (int) i.imm);
        c.mmu.write8(lin, result);
        c.flagResult = (byte) result;
        c.flagCarry = 0;
    }

    /** OR Ev,Iz 16 */
    public static void orEvIz16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int result = Alu.or16(a, (int) i.imm & 0xFFFF);
        Operands.setRegister16(c, i.rm, result);
        c.flagResult = (short) result;
        c.flagCarry = 0;
    }

    /** OR Ev,Iz 16 m */
    public static void orEvIz16Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 2);
        int a = c.mmu.readForUpdate16(lin);
        int result = Alu.or16(a, (int) i.imm & 0xFFFF);
        c.mmu.write16(lin, result);
        c.flagResult = (short) result;
        c.flagCarry = 0;
    }

    /** OR Ev,Iz 32 */
    public static void orEvIz32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int result = Alu.or32(a, (int) i.imm);
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** OR Ev,Iz 32 m */
    public static void orEvIz32Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 4);
        int a = c.mmu.readForUpdate32(lin);
        int result = Alu.or32(a, (int) i.imm);
        c.mmu.write32(lin, result);
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** OR Ev,Iz 64 */
    public static void orEvIz64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        long result = Alu.or64(a, i.imm);
        c.gpr[i.rm] = result;
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** OR Ev,Iz 64 m */
    public static void orEvIz64Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 8);
        long a = c.mmu.readForUpdate64(lin);
        long result = Alu.or64(a, i.imm);
        c.mmu.write64(lin, result);
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** OR Ev,Ibs 16 */
    public static void orEvIbs16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int result = Alu.or16(a, (int) i.imm & 0xFFFF);
        Operands.setRegister16(c, i.rm, result);
        c.flagResult = (short) result;
        c.flagCarry = 0;
    }

    /** OR Ev,Ibs 16 m */
    public static void orEvIbs16Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 2);
        int a = c.mmu.readForUpdate16(lin);
        int result = Alu.or16(a, (int) i.imm & 0xFFFF);
        c.mmu.write16(lin, result);
        c.flagResult = (short) result;
        c.flagCarry = 0;
    }

    /** OR Ev,Ibs 32 */
    public static void orEvIbs32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int result = Alu.or32(a, (int) i.imm);
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** OR Ev,Ibs 32 m */
    public static void orEvIbs32Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 4);
        int a = c.mmu.readForUpdate32(lin);
        int result = Alu.or32(a, (int) i.imm);
        c.mmu.write32(lin, result);
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** OR Ev,Ibs 64 */
    public static void orEvIbs64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        long result = Alu.or64(a, i.imm);
        c.gpr[i.rm] = result;
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** OR Ev,Ibs 64 m */
    public static void orEvIbs64Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 8);
        long a = c.mmu.readForUpdate64(lin);
        long result = Alu.or64(a, i.imm);
        c.mmu.write64(lin, result);
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** ADC Eb,Gb */
    public static void adcEbGb(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.rm);
        int b = Operands.getRegister8(c, i.reg);
        int result = Alu.adc8(a, b, (int) (c.flagCarry >>> 63));
        Operands.setRegister8(c, i.rm, result);
        c.flagResult = (byte) result;
        c.flagCarry = Alu.addCarries8(a, b, result);
    }

    /** ADC Eb,Gb m */
    public static void adcEbGbMemory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int a = c.mmu.readForUpdate8(lin);
        int b = Operands.getRegister8(c, i.reg);
        int result = Alu.adc8(a, b, (int) (c.flagCarry >>> 63));
        c.mmu.write8(lin, result);
        c.flagResult = (byte) result;
        c.flagCarry = Alu.addCarries8(a, b, result);
    }

    /** ADC Ev,Gv 16 */
    public static void adcEvGv16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int b = (int) c.gpr[i.reg] & 0xFFFF;
        int result = Alu.adc16(a, b, (int) (c.flagCarry >>> 63));
        Operands.setRegister16(c, i.rm, result);
        c.flagResult = (short) result;
        c.flagCarry = Alu.addCarries16(a, b, result);
    }

    /** ADC Ev,Gv 16 m */
    public static void adcEvGv16Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 2);
        int a = c.mmu.readForUpdate16(lin);
        int b = (int) c.gpr[i.reg] & 0xFFFF;
        int result = Alu.adc16(a, b, (int) (c.flagCarry >>> 63));
        c.mmu.write16(lin, result);
        c.flagResult = (short) result;
        c.flagCarry = Alu.addCarries16(a, b, result);
    }

    /** ADC Ev,Gv 32 */
    public static void adcEvGv32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int b = (int) c.gpr[i.reg];
        int result = Alu.adc32(a, b, (int) (c.flagCarry >>> 63));
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
        c.flagResult = result;
        c.flagCarry = Alu.addCarries32(a, b, result);
    }

    /** ADC Ev,Gv 32 m */
    public static void adcEvGv32Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 4);
        int a = c.mmu.readForUpdate32(lin);
        int b = (int) c.gpr[i.reg];
        int result = Alu.adc32(a, b, (int) (c.flagCarry >>> 63));
        c.mmu.write32(lin, result);
        c.flagResult = result;
        c.flagCarry = Alu.addCarries32(a, b, result);
    }

    /** ADC Ev,Gv 64 */
    public static void adcEvGv64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        long b = c.gpr[i.reg];
        long result = Alu.adc64(a, b, (int) (c.flagCarry >>> 63));
        c.gpr[i.rm] = result;
        c.flagResult = result;
        c.flagCarry = Alu.addCarries64(a, b, result);
    }

    /** ADC Ev,Gv 64 m */
    public static void adcEvGv64Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 8);
        long a = c.mmu.readForUpdate64(lin);
        long b = c.gpr[i.reg];
        long result = Alu.adc64(a, b, (int) (c.flagCarry >>> 63));
        c.mmu.write64(lin, result);
        c.flagResult = result;
        c.flagCarry = Alu.addCarries64(a, b, result);
    }

    /** ADC Gb,Eb */
    public static void adcGbEb(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.reg);
        int b = Operands.getRegister8(c, i.rm);
        int result = Alu.adc8(a, b, (int) (c.flagCarry >>> 63));
        Operands.setRegister8(c, i.reg, result);
        c.flagResult = (byte) result;
        c.flagCarry = Alu.addCarries8(a, b, result);
    }

    /** ADC Gb,Eb m */
    public static void adcGbEbMemory(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.reg);
        long lin = Operands.linearRead(c, i, 1);
        int b = c.mmu.read8(lin);
        int result = Alu.adc8(a, b, (int) (c.flagCarry >>> 63));
        Operands.setRegister8(c, i.reg, result);
        c.flagResult = (byte) result;
        c.flagCarry = Alu.addCarries8(a, b, result);
    }

    /** ADC Gv,Ev 16 */
    public static void adcGvEv16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.reg] & 0xFFFF;
        int b = (int) c.gpr[i.rm] & 0xFFFF;
        int result = Alu.adc16(a, b, (int) (c.flagCarry >>> 63));
        Operands.setRegister16(c, i.reg, result);
        c.flagResult = (short) result;
        c.flagCarry = Alu.addCarries16(a, b, result);
    }

    /** ADC Gv,Ev 16 m */
    public static void adcGvEv16Memory(Cpu c, Insn i) {
        int a = (int) c.gpr[i.reg] & 0xFFFF;
        long lin = Operands.linearRead(c, i, 2);
        int b = c.mmu.read16(lin);
        int result = Alu.adc16(a, b, (int) (c.flagCarry >>> 63));
        Operands.setRegister16(c, i.reg, result);
        c.flagResult = (short) result;
        c.flagCarry = Alu.addCarries16(a, b, result);
    }

    /** ADC Gv,Ev 32 */
    public static void adcGvEv32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.reg];
        int b = (int) c.gpr[i.rm];
        int result = Alu.adc32(a, b, (int) (c.flagCarry >>> 63));
        c.gpr[i.reg] = result & 0xFFFF_FFFFL;
        c.flagResult = result;
        c.flagCarry = Alu.addCarries32(a, b, result);
    }

    /** ADC Gv,Ev 32 m */
    public static void adcGvEv32Memory(Cpu c, Insn i) {
        int a = (int) c.gpr[i.reg];
        long lin = Operands.linearRead(c, i, 4);
        int b = c.mmu.read32(lin);
        int result = Alu.adc32(a, b, (int) (c.flagCarry >>> 63));
        c.gpr[i.reg] = result & 0xFFFF_FFFFL;
        c.flagResult = result;
        c.flagCarry = Alu.addCarries32(a, b, result);
    }

    /** ADC Gv,Ev 64 */
    public static void adcGvEv64(Cpu c, Insn i) {
        long a = c.gpr[i.reg];
        long b = c.gpr[i.rm];
        long result = Alu.adc64(a, b, (int) (c.flagCarry >>> 63));
        c.gpr[i.reg] = result;
        c.flagResult = result;
        c.flagCarry = Alu.addCarries64(a, b, result);
    }

    /** ADC Gv,Ev 64 m */
    public static void adcGvEv64Memory(Cpu c, Insn i) {
        long a = c.gpr[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = Alu.adc64(a, b, (int) (c.flagCarry >>> 63));
        c.gpr[i.reg] = result;
        c.flagResult = result;
        c.flagCarry = Alu.addCarries64(a, b, result);
    }

    /** ADC AL,Ib */
    public static void adcALIb(Cpu c, Insn i) {
        int a = (int) c.gpr[Cpu.RAX] & 0xFF;
        int result = Alu.adc8(a, (int) i.imm, (int) (c.flagCarry >>> 63));
        Operands.setRegister8(c, Cpu.RAX, result);
        c.flagResult = (byte) result;
        c.flagCarry = Alu.addCarries8(a, (int) i.imm, result);
    }

    /** ADC rAX,Iz 16 */
    public static void adcRAXIz16(Cpu c, Insn i) {
        int a = (int) c.gpr[Cpu.RAX] & 0xFFFF;
        int result = Alu.adc16(a, (int) i.imm & 0xFFFF, (int) (c.flagCarry >>> 63));
        Operands.setRegister16(c, Cpu.RAX, result);
        c.flagResult = (short) result;
        c.flagCarry = Alu.addCarries16(a, (int) i.imm & 0xFFFF, result);
    }

    /** ADC rAX,Iz 32 */
    public static void adcRAXIz32(Cpu c, Insn i) {
        int a = (int) c.gpr[Cpu.RAX];
        int result = Alu.adc32(a, (int) i.imm, (int) (c.flagCarry >>> 63));
        c.gpr[Cpu.RAX] = result & 0xFFFF_FFFFL;
        c.flagResult = result;
        c.flagCarry = Alu.addCarries32(a, (int) i.imm, result);
    }

    /** ADC rAX,Iz 64 */
    public static void adcRAXIz64(Cpu c, Insn i) {
        long a = c.gpr[Cpu.RAX];
        long result = Alu.adc64(a, i.imm, (int) (c.flagCarry >>> 63));
        c.gpr[Cpu.RAX] = result;
        c.flagResult = result;
        c.flagCarry = Alu.addCarries64(a, i.imm, result);
    }

    /** ADC Eb,Ib */
    public static void adcEbIb(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.rm);
        int result = Alu.adc8(a, (int) i.imm, (int) (c.flagCarry >>> 63));
        Operands.setRegister8(c, i.rm, result);
        c.flagResult = (byte) result;
        c.flagCarry = Alu.addCarries8(a, (int) i.imm, result);
    }

    /** ADC Eb,Ib m */
    public static void adcEbIbMemory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int a = c.mmu.readForUpdate8(lin);
        int result = Alu.adc8(a, (int) i.imm, (int) (c.flagCarry >>> 63));
        c.mmu.write8(lin, result);
        c.flagResult = (byte) result;
        c.flagCarry = Alu.addCarries8(a, (int) i.imm, result);
    }

    /** ADC Ev,Iz 16 */
    public static void adcEvIz16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int result = Alu.adc16(a, (int) i.imm & 0xFFFF, (int) (c.flagCarry >>> 63));
        Operands.setRegister16(c, i.rm, result);
        c.flagResult = (short) result;
        c.flagCarry = Alu.addCarries16(a, (int) i.imm & 0xFFFF, result);
    }

    /** ADC Ev,Iz 16 m */
    public static void adcEvIz16Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 2);
        int a = c.mmu.readForUpdate16(lin);
        int result = Alu.adc16(a, (int) i.imm & 0xFFFF, (int) (c.flagCarry >>> 63));
        c.mmu.write16(lin, result);
        c.flagResult = (short) result;
        c.flagCarry = Alu.addCarries16(a, (int) i.imm & 0xFFFF, result);
    }

    /** ADC Ev,Iz 32 */
    public static void adcEvIz32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int result = Alu.adc32(a, (int) i.imm, (int) (c.flagCarry >>> 63));
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
        c.flagResult = result;
        c.flagCarry = Alu.addCarries32(a, (int) i.imm, result);
    }

    /** ADC Ev,Iz 32 m */
    public static void adcEvIz32Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 4);
        int a = c.mmu.readForUpdate32(lin);
        int result = Alu.adc32(a, (int) i.imm, (int) (c.flagCarry >>> 63));
        c.mmu.write32(lin, result);
        c.flagResult = result;
        c.flagCarry = Alu.addCarries32(a, (int) i.imm, result);
    }

    /** ADC Ev,Iz 64 */
    public static void adcEvIz64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        long result = Alu.adc64(a, i.imm, (int) (c.flagCarry >>> 63));
        c.gpr[i.rm] = result;
        c.flagResult = result;
        c.flagCarry = Alu.addCarries64(a, i.imm, result);
    }

    /** ADC Ev,Iz 64 m */
    public static void adcEvIz64Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 8);
        long a = c.mmu.readForUpdate64(lin);
        long result = Alu.adc64(a, i.imm, (int) (c.flagCarry >>> 63));
        c.mmu.write64(lin, result);
        c.flagResult = result;
        c.flagCarry = Alu.addCarries64(a, i.imm, result);
    }

    /** ADC Ev,Ibs 16 */
    public static void adcEvIbs16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int result = Alu.adc16(a, (int) i.imm & 0xFFFF, (int) (c.flagCarry >>> 63));
        Operands.setRegister16(c, i.rm, result);
        c.flagResult = (short) result;
        c.flagCarry = Alu.addCarries16(a, (int) i.imm & 0xFFFF, result);
    }

    /** ADC Ev,Ibs 16 m */
    public static void adcEvIbs16Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 2);
        int a = c.mmu.readForUpdate16(lin);
        int result = Alu.adc16(a, (int) i.imm & 0xFFFF, (int) (c.flagCarry >>> 63));
        c.mmu.write16(lin, result);
        c.flagResult = (short) result;
        c.flagCarry = Alu.addCarries16(a, (int) i.imm & 0xFFFF, result);
    }

    /** ADC Ev,Ibs 32 */
    public static void adcEvIbs32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int result = Alu.adc32(a, (int) i.imm, (int) (c.flagCarry >>> 63));
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
        c.flagResult = result;
        c.flagCarry = Alu.addCarries32(a, (int) i.imm, result);
    }

    /** ADC Ev,Ibs 32 m */
    public static void adcEvIbs32Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 4);
        int a = c.mmu.readForUpdate32(lin);
        int result = Alu.adc32(a, (int) i.imm, (int) (c.flagCarry >>> 63));
        c.mmu.write32(lin, result);
        c.flagResult = result;
        c.flagCarry = Alu.addCarries32(a, (int) i.imm, result);
    }

    /** ADC Ev,Ibs 64 */
    public static void adcEvIbs64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        long result = Alu.adc64(a, i.imm, (int) (c.flagCarry >>> 63));
        c.gpr[i.rm] = result;
        c.flagResult = result;
        c.flagCarry = Alu.addCarries64(a, i.imm, result);
    }

    /** ADC Ev,Ibs 64 m */
    public static void adcEvIbs64Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 8);
        long a = c.mmu.readForUpdate64(lin);
        long result = Alu.adc64(a, i.imm, (int) (c.flagCarry >>> 63));
        c.mmu.write64(lin, result);
        c.flagResult = result;
        c.flagCarry = Alu.addCarries64(a, i.imm, result);
    }

    /** SBB Eb,Gb */
    public static void sbbEbGb(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.rm);
        int b = Operands.getRegister8(c, i.reg);
        int result = Alu.sbb8(a, b, (int) (c.flagCarry >>> 63));
        Operands.setRegister8(c, i.rm, result);
        c.flagResult = (byte) result;
        c.flagCarry = Alu.subCarries8(a, b, result);
    }

    /** SBB Eb,Gb m */
    public static void sbbEbGbMemory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int a = c.mmu.readForUpdate8(lin);
        int b = Operands.getRegister8(c, i.reg);
        int result = Alu.sbb8(a, b, (int) (c.flagCarry >>> 63));
        c.mmu.write8(lin, result);
        c.flagResult = (byte) result;
        c.flagCarry = Alu.subCarries8(a, b, result);
    }

    /** SBB Ev,Gv 16 */
    public static void sbbEvGv16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int b = (int) c.gpr[i.reg] & 0xFFFF;
        int result = Alu.sbb16(a, b, (int) (c.flagCarry >>> 63));
        Operands.setRegister16(c, i.rm, result);
        c.flagResult = (short) result;
        c.flagCarry = Alu.subCarries16(a, b, result);
    }

    /** SBB Ev,Gv 16 m */
    public static void sbbEvGv16Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 2);
        int a = c.mmu.readForUpdate16(lin);
        int b = (int) c.gpr[i.reg] & 0xFFFF;
        int result = Alu.sbb16(a, b, (int) (c.flagCarry >>> 63));
        c.mmu.write16(lin, result);
        c.flagResult = (short) result;
        c.flagCarry = Alu.subCarries16(a, b, result);
    }

    /** SBB Ev,Gv 32 */
    public static void sbbEvGv32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int b = (int) c.gpr[i.reg];
        int result = Alu.sbb32(a, b, (int) (c.flagCarry >>> 63));
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
        c.flagResult = result;
        c.flagCarry = Alu.subCarries32(a, b, result);
    }

    /** SBB Ev,Gv 32 m */
    public static void sbbEvGv32Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 4);
        int a = c.mmu.readForUpdate32(lin);
        int b = (int) c.gpr[i.reg];
        int result = Alu.sbb32(a, b, (int) (c.flagCarry >>> 63));
        c.mmu.write32(lin, result);
        c.flagResult = result;
        c.flagCarry = Alu.subCarries32(a, b, result);
    }

    /** SBB Ev,Gv 64 */
    public static void sbbEvGv64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        long b = c.gpr[i.reg];
        long result = Alu.sbb64(a, b, (int) (c.flagCarry >>> 63));
        c.gpr[i.rm] = result;
        c.flagResult = result;
        c.flagCarry = Alu.subCarries64(a, b, result);
    }

    /** SBB Ev,Gv 64 m */
    public static void sbbEvGv64Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 8);
        long a = c.mmu.readForUpdate64(lin);
        long b = c.gpr[i.reg];
        long result = Alu.sbb64(a, b, (int) (c.flagCarry >>> 63));
        c.mmu.write64(lin, result);
        c.flagResult = result;
        c.flagCarry = Alu.subCarries64(a, b, result);
    }
}
