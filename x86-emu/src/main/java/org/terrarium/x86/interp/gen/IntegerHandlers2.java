package org.terrarium.x86.interp.gen;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.interp.Operands;
import org.terrarium.x86.isa.Insn;
import org.terrarium.x86.sem.Alu;

/** Generated from the instruction table by HandlerGenerator: change the table, not this. */
public final class IntegerHandlers2 {
    private IntegerHandlers2() {}

    /** SBB Gb,Eb */
    public static void sbbGbEb(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.reg);
        int b = Operands.getRegister8(c, i.rm);
        int result = Alu.sbb8(a, b, (int) (c.flagCarry >>> 63));
        Operands.setRegister8(c, i.reg, result);
        c.flagResult = (byte) result;
        c.flagCarry = Alu.subCarries8(a, b, result);
    }

    /** SBB Gb,Eb m */
    public static void sbbGbEbMemory(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.reg);
        long lin = Operands.linearRead(c, i, 1);
        int b = c.mmu.read8(lin);
        int result = Alu.sbb8(a, b, (int) (c.flagCarry >>> 63));
        Operands.setRegister8(c, i.reg, result);
        c.flagResult = (byte) result;
        c.flagCarry = Alu.subCarries8(a, b, result);
    }

    /** SBB Gv,Ev 16 */
    public static void sbbGvEv16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.reg] & 0xFFFF;
        int b = (int) c.gpr[i.rm] & 0xFFFF;
        int result = Alu.sbb16(a, b, (int) (c.flagCarry >>> 63));
        Operands.setRegister16(c, i.reg, result);
        c.flagResult = (short) result;
        c.flagCarry = Alu.subCarries16(a, b, result);
    }

    /** SBB Gv,Ev 16 m */
    public static void sbbGvEv16Memory(Cpu c, Insn i) {
        int a = (int) c.gpr[i.reg] & 0xFFFF;
        long lin = Operands.linearRead(c, i, 2);
        int b = c.mmu.read16(lin);
        int result = Alu.sbb16(a, b, (int) (c.flagCarry >>> 63));
        Operands.setRegister16(c, i.reg, result);
        c.flagResult = (short) result;
        c.flagCarry = Alu.subCarries16(a, b, result);
    }

    /** SBB Gv,Ev 32 */
    public static void sbbGvEv32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.reg];
        int b = (int) c.gpr[i.rm];
        int result = Alu.sbb32(a, b, (int) (c.flagCarry >>> 63));
        c.gpr[i.reg] = result & 0xFFFF_FFFFL;
        c.flagResult = result;
        c.flagCarry = Alu.subCarries32(a, b, result);
    }

    /** SBB Gv,Ev 32 m */
    public static void sbbGvEv32Memory(Cpu c, Insn i) {
        int a = (int) c.gpr[i.reg];
        long lin = Operands.linearRead(c, i, 4);
        int b = c.mmu.read32(lin);
        int result = Alu.sbb32(a, b, (int) (c.flagCarry >>> 63));
        c.gpr[i.reg] = result & 0xFFFF_FFFFL;
        c.flagResult = result;
        c.flagCarry = Alu.subCarries32(a, b, result);
    }

    /** SBB Gv,Ev 64 */
    public static void sbbGvEv64(Cpu c, Insn i) {
        long a = c.gpr[i.reg];
        long b = c.gpr[i.rm];
        long result = Alu.sbb64(a, b, (int) (c.flagCarry >>> 63));
        c.gpr[i.reg] = result;
        c.flagResult = result;
        c.flagCarry = Alu.subCarries64(a, b, result);
    }

    /** SBB Gv,Ev 64 m */
    public static void sbbGvEv64Memory(Cpu c, Insn i) {
        long a = c.gpr[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = Alu.sbb64(a, b, (int) (c.flagCarry >>> 63));
        c.gpr[i.reg] = result;
        c.flagResult = result;
        c.flagCarry = Alu.subCarries64(a, b, result);
    }

    /** SBB AL,Ib */
    public static void sbbALIb(Cpu c, Insn i) {
        int a = (int) c.gpr[Cpu.RAX] & 0xFF;
        int result = Alu.sbb8(a, (int) i.imm, (int) (c.flagCarry >>> 63));
        Operands.setRegister8(c, Cpu.RAX, result);
        c.flagResult = (byte) result;
        c.flagCarry = Alu.subCarries8(a, (int) i.imm, result);
    }

    /** SBB rAX,Iz 16 */
    public static void sbbRAXIz16(Cpu c, Insn i) {
        int a = (int) c.gpr[Cpu.RAX] & 0xFFFF;
        int result = Alu.sbb16(a, (int) i.imm & 0xFFFF, (int) (c.flagCarry >>> 63));
        Operands.setRegister16(c, Cpu.RAX, result);
        c.flagResult = (short) result;
        c.flagCarry = Alu.subCarries16(a, (int) i.imm & 0xFFFF, result);
    }

    /** SBB rAX,Iz 32 */
    public static void sbbRAXIz32(Cpu c, Insn i) {
        int a = (int) c.gpr[Cpu.RAX];
        int result = Alu.sbb32(a, (int) i.imm, (int) (c.flagCarry >>> 63));
        c.gpr[Cpu.RAX] = result & 0xFFFF_FFFFL;
        c.flagResult = result;
        c.flagCarry = Alu.subCarries32(a, (int) i.imm, result);
    }

    /** SBB rAX,Iz 64 */
    public static void sbbRAXIz64(Cpu c, Insn i) {
        long a = c.gpr[Cpu.RAX];
        long result = Alu.sbb64(a, i.imm, (int) (c.flagCarry >>> 63));
        c.gpr[Cpu.RAX] = result;
        c.flagResult = result;
        c.flagCarry = Alu.subCarries64(a, i.imm, result);
    }

    /** SBB Eb,Ib */
    public static void sbbEbIb(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.rm);
        int result = Alu.sbb8(a, (int) i.imm, (int) (c.flagCarry >>> 63));
        Operands.setRegister8(c, i.rm, result);
        c.flagResult = (byte) result;
        c.flagCarry = Alu.subCarries8(a, (int) i.imm, result);
    }

    /** SBB Eb,Ib m */
    public static void sbbEbIbMemory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int a = c.mmu.readForUpdate8(lin);
        int result = Alu.sbb8(a, (int) i.imm, (int) (c.flagCarry >>> 63));
        c.mmu.write8(lin, result);
        c.flagResult = (byte) result;
        c.flagCarry = Alu.subCarries8(a, (int) i.imm, result);
    }

    /** SBB Ev,Iz 16 */
    public static void sbbEvIz16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int result = Alu.sbb16(a, (int) i.imm & 0xFFFF, (int) (c.flagCarry >>> 63));
        Operands.setRegister16(c, i.rm, result);
        c.flagResult = (short) result;
        c.flagCarry = Alu.subCarries16(a, (int) i.imm & 0xFFFF, result);
    }

    /** SBB Ev,Iz 16 m */
    public static void sbbEvIz16Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 2);
        int a = c.mmu.readForUpdate16(lin);
        int result = Alu.sbb16(a, (int) i.imm & 0xFFFF, (int) (c.flagCarry >>> 63));
        c.mmu.write16(lin, result);
        c.flagResult = (short) result;
        c.flagCarry = Alu.subCarries16(a, (int) i.imm & 0xFFFF, result);
    }

    /** SBB Ev,Iz 32 */
    public static void sbbEvIz32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int result = Alu.sbb32(a, (int) i.imm, (int) (c.flagCarry >>> 63));
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
        c.flagResult = result;
        c.flagCarry = Alu.subCarries32(a, (int) i.imm, result);
    }

    /** SBB Ev,Iz 32 m */
    public static void sbbEvIz32Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 4);
        int a = c.mmu.readForUpdate32(lin);
        int result = Alu.sbb32(a, (int) i.imm, (int) (c.flagCarry >>> 63));
        c.mmu.write32(lin, result);
        c.flagResult = result;
        c.flagCarry = Alu.subCarries32(a, (int) i.imm, result);
    }

    /** SBB Ev,Iz 64 */
    public static void sbbEvIz64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        long result = Alu.sbb64(a, i.imm, (int) (c.flagCarry >>> 63));
        c.gpr[i.rm] = result;
        c.flagResult = result;
        c.flagCarry = Alu.subCarries64(a, i.imm, result);
    }

    /** SBB Ev,Iz 64 m */
    public static void sbbEvIz64Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 8);
        long a = c.mmu.readForUpdate64(lin);
        long result = Alu.sbb64(a, i.imm, (int) (c.flagCarry >>> 63));
        c.mmu.write64(lin, result);
        c.flagResult = result;
        c.flagCarry = Alu.subCarries64(a, i.imm, result);
    }

    /** SBB Ev,Ibs 16 */
    public static void sbbEvIbs16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int result = Alu.sbb16(a, (int) i.imm & 0xFFFF, (int) (c.flagCarry >>> 63));
        Operands.setRegister16(c, i.rm, result);
        c.flagResult = (short) result;
        c.flagCarry = Alu.subCarries16(a, (int) i.imm & 0xFFFF, result);
    }

    /** SBB Ev,Ibs 16 m */
    public static void sbbEvIbs16Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 2);
        int a = c.mmu.readForUpdate16(lin);
        int result = Alu.sbb16(a, (int) i.imm & 0xFFFF, (int) (c.flagCarry >>> 63));
        c.mmu.write16(lin, result);
        c.flagResult = (short) result;
        c.flagCarry = Alu.subCarries16(a, (int) i.imm & 0xFFFF, result);
    }

    /** SBB Ev,Ibs 32 */
    public static void sbbEvIbs32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int result = Alu.sbb32(a, (int) i.imm, (int) (c.flagCarry >>> 63));
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
        c.flagResult = result;
        c.flagCarry = Alu.subCarries32(a, (int) i.imm, result);
    }

    /** SBB Ev,Ibs 32 m */
    public static void sbbEvIbs32Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 4);
        int a = c.mmu.readForUpdate32(lin);
        int result = Alu.sbb32(a, (int) i.imm, (int) (c.flagCarry >>> 63));
        c.mmu.write32(lin, result);
        c.flagResult = result;
        c.flagCarry = Alu.subCarries32(a, (int) i.imm, result);
    }

    /** SBB Ev,Ibs 64 */
    public static void sbbEvIbs64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        long result = Alu.sbb64(a, i.imm, (int) (c.flagCarry >>> 63));
        c.gpr[i.rm] = result;
        c.flagResult = result;
        c.flagCarry = Alu.subCarries64(a, i.imm, result);
    }

    /** SBB Ev,Ibs 64 m */
    public static void sbbEvIbs64Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 8);
        long a = c.mmu.readForUpdate64(lin);
        long result = Alu.sbb64(a, i.imm, (int) (c.flagCarry >>> 63));
        c.mmu.write64(lin, result);
        c.flagResult = result;
        c.flagCarry = Alu.subCarries64(a, i.imm, result);
    }

    /** AND Eb,Gb */
    public static void andEbGb(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.rm);
        int b = Operands.getRegister8(c, i.reg);
        int result = Alu.and8(a, b);
        Operands.setRegister8(c, i.rm, result);
        c.flagResult = (byte) result;
        c.flagCarry = 0;
    }

    /** AND Eb,Gb m */
    public static void andEbGbMemory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int a = c.mmu.readForUpdate8(lin);
        int b = Operands.getRegister8(c, i.reg);
        int result = Alu.and8(a, b);
        c.mmu.write8(lin, result);
        c.flagResult = (byte) result;
        c.flagCarry = 0;
    }

    /** AND Ev,Gv 16 */
    public static void andEvGv16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int b = (int) c.gpr[i.reg] & 0xFFFF;
        int result = Alu.and16(a, b);
        Operands.setRegister16(c, i.rm, result);
        c.flagResult = (short) result;
        c.flagCarry = 0;
    }

    /** AND Ev,Gv 16 m */
    public static void andEvGv16Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 2);
        int a = c.mmu.readForUpdate16(lin);
        int b = (int) c.gpr[i.reg] & 0xFFFF;
        int result = Alu.and16(a, b);
        c.mmu.write16(lin, result);
        c.flagResult = (short) result;
        c.flagCarry = 0;
    }

    /** AND Ev,Gv 32 */
    public static void andEvGv32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int b = (int) c.gpr[i.reg];
        int result = Alu.and32(a, b);
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** AND Ev,Gv 32 m */
    public static void andEvGv32Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 4);
        int a = c.mmu.readForUpdate32(lin);
        int b = (int) c.gpr[i.reg];
        int result = Alu.and32(a, b);
        c.mmu.write32(lin, result);
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** AND Ev,Gv 64 */
    public static void andEvGv64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        long b = c.gpr[i.reg];
        long result = Alu.and64(a, b);
        c.gpr[i.rm] = result;
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** AND Ev,Gv 64 m */
    public static void andEvGv64Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 8);
        long a = c.mmu.readForUpdate64(lin);
        long b = c.gpr[i.reg];
        long result = Alu.and64(a, b);
        c.mmu.write64(lin, result);
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** AND Gb,Eb */
    public static void andGbEb(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.reg);
        int b = Operands.getRegister8(c, i.rm);
        int result = Alu.and8(a, b);
        Operands.setRegister8(c, i.reg, result);
        c.flagResult = (byte) result;
        c.flagCarry = 0;
    }

    /** AND Gb,Eb m */
    public static void andGbEbMemory(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.reg);
        long lin = Operands.linearRead(c, i, 1);
        int b = c.mmu.read8(lin);
        int result = Alu.and8(a, b);
        Operands.setRegister8(c, i.reg, result);
        c.flagResult = (byte) result;
        c.flagCarry = 0;
    }

    /** AND Gv,Ev 16 */
    public static void andGvEv16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.reg] & 0xFFFF;
        int b = (int) c.gpr[i.rm] & 0xFFFF;
        int result = Alu.and16(a, b);
        Operands.setRegister16(c, i.reg, result);
        c.flagResult = (short) result;
        c.flagCarry = 0;
    }

    /** AND Gv,Ev 16 m */
    public static void andGvEv16Memory(Cpu c, Insn i) {
        int a = (int) c.gpr[i.reg] & 0xFFFF;
        long lin = Operands.linearRead(c, i, 2);
        int b = c.mmu.read16(lin);
        int result = Alu.and16(a, b);
        Operands.setRegister16(c, i.reg, result);
        c.flagResult = (short) result;
        c.flagCarry = 0;
    }

    /** AND Gv,Ev 32 */
    public static void andGvEv32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.reg];
        int b = (int) c.gpr[i.rm];
        int result = Alu.and32(a, b);
        c.gpr[i.reg] = result & 0xFFFF_FFFFL;
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** AND Gv,Ev 32 m */
    public static void andGvEv32Memory(Cpu c, Insn i) {
        int a = (int) c.gpr[i.reg];
        long lin = Operands.linearRead(c, i, 4);
        int b = c.mmu.read32(lin);
        int result = Alu.and32(a, b);
        c.gpr[i.reg] = result & 0xFFFF_FFFFL;
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** AND Gv,Ev 64 */
    public static void andGvEv64(Cpu c, Insn i) {
        long a = c.gpr[i.reg];
        long b = c.gpr[i.rm];
        long result = Alu.and64(a, b);
        c.gpr[i.reg] = result;
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** AND Gv,Ev 64 m */
    public static void andGvEv64Memory(Cpu c, Insn i) {
        long a = c.gpr[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = Alu.and64(a, b);
        c.gpr[i.reg] = result;
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** AND AL,Ib */
    public static void andALIb(Cpu c, Insn i) {
        int a = (int) c.gpr[Cpu.RAX] & 0xFF;
        int result = Alu.and8(a, (int) i.imm);
        Operands.setRegister8(c, Cpu.RAX, result);
        c.flagResult = (byte) result;
        c.flagCarry = 0;
    }

    /** AND rAX,Iz 16 */
    public static void andRAXIz16(Cpu c, Insn i) {
        int a = (int) c.gpr[Cpu.RAX] & 0xFFFF;
        int result = Alu.and16(a, (int) i.imm & 0xFFFF);
        Operands.setRegister16(c, Cpu.RAX, result);
        c.flagResult = (short) result;
        c.flagCarry = 0;
    }

    /** AND rAX,Iz 32 */
    public static void andRAXIz32(Cpu c, Insn i) {
        int a = (int) c.gpr[Cpu.RAX];
        int result = Alu.and32(a, (int) i.imm);
        c.gpr[Cpu.RAX] = result & 0xFFFF_FFFFL;
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** AND rAX,Iz 64 */
    public static void andRAXIz64(Cpu c, Insn i) {
        long a = c.gpr[Cpu.RAX];
        long result = Alu.and64(a, i.imm);
        c.gpr[Cpu.RAX] = result;
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** AND Eb,Ib */
    public static void andEbIb(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.rm);
        int result = Alu.and8(a, (int) i.imm);
        Operands.setRegister8(c, i.rm, result);
        c.flagResult = (byte) result;
        c.flagCarry = 0;
    }

    /** AND Eb,Ib m */
    public static void andEbIbMemory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int a = c.mmu.readForUpdate8(lin);
        int result = Alu.and8(a, (int) i.imm);
        c.mmu.write8(lin, result);
        c.flagResult = (byte) result;
        c.flagCarry = 0;
    }

    /** AND Ev,Iz 16 */
    public static void andEvIz16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int result = Alu.and16(a, (int) i.imm & 0xFFFF);
        Operands.setRegister16(c, i.rm, result);
        c.flagResult = (short) result;
        c.flagCarry = 0;
    }

    /** AND Ev,Iz 16 m */
    public static void andEvIz16Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 2);
        int a = c.mmu.readForUpdate16(lin);
        int result = Alu.and16(a, (int) i.imm & 0xFFFF);
        c.mmu.write16(lin, result);
        c.flagResult = (short) result;
        c.flagCarry = 0;
    }

    /** AND Ev,Iz 32 */
    public static void andEvIz32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int result = Alu.and32(a, (int) i.imm);
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** AND Ev,Iz 32 m */
    public static void andEvIz32Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 4);
        int a = c.mmu.readForUpdate32(lin);
        int result = Alu.and32(a, (int) i.imm);
        c.mmu.write32(lin, result);
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** AND Ev,Iz 64 */
    public static void andEvIz64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        long result = Alu.and64(a, i.imm);
        c.gpr[i.rm] = result;
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** AND Ev,Iz 64 m */
    public static void andEvIz64Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 8);
        long a = c.mmu.readForUpdate64(lin);
        long result = Alu.and64(a, i.imm);
        c.mmu.write64(lin, result);
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** AND Ev,Ibs 16 */
    public static void andEvIbs16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int result = Alu.and16(a, (int) i.imm & 0xFFFF);
        Operands.setRegister16(c, i.rm, result);
        c.flagResult = (short) result;
        c.flagCarry = 0;
    }

    /** AND Ev,Ibs 16 m */
    public static void andEvIbs16Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 2);
        int a = c.mmu.readForUpdate16(lin);
        int result = Alu.and16(a, (int) i.imm & 0xFFFF);
        c.mmu.write16(lin, result);
        c.flagResult = (short) result;
        c.flagCarry = 0;
    }

    /** AND Ev,Ibs 32 */
    public static void andEvIbs32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int result = Alu.and32(a, (int) i.imm);
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** AND Ev,Ibs 32 m */
    public static void andEvIbs32Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 4);
        int a = c.mmu.readForUpdate32(lin);
        int result = Alu.and32(a, (int) i.imm);
        c.mmu.write32(lin, result);
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** AND Ev,Ibs 64 */
    public static void andEvIbs64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        long result = Alu.and64(a, i.imm);
        c.gpr[i.rm] = result;
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** AND Ev,Ibs 64 m */
    public static void andEvIbs64Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 8);
        long a = c.mmu.readForUpdate64(lin);
        long result = Alu.and64(a, i.imm);
        c.mmu.write64(lin, result);
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** SUB Eb,Gb */
    public static void subEbGb(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.rm);
        int b = Operands.getRegister8(c, i.reg);
        int result = Alu.sub8(a, b);
        Operands.setRegister8(c, i.rm, result);
        c.flagResult = (byte) result;
        c.flagCarry = Alu.subCarries8(a, b, result);
    }

    /** SUB Eb,Gb m */
    public static void subEbGbMemory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int a = c.mmu.readForUpdate8(lin);
        int b = Operands.getRegister8(c, i.reg);
        int result = Alu.sub8(a, b);
        c.mmu.write8(lin, result);
        c.flagResult = (byte) result;
        c.flagCarry = Alu.subCarries8(a, b, result);
    }

    /** SUB Ev,Gv 16 */
    public static void subEvGv16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int b = (int) c.gpr[i.reg] & 0xFFFF;
        int result = Alu.sub16(a, b);
        Operands.setRegister16(c, i.rm, result);
        c.flagResult = (short) result;
        c.flagCarry = Alu.subCarries16(a, b, result);
    }

    /** SUB Ev,Gv 16 m */
    public static void subEvGv16Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 2);
        int a = c.mmu.readForUpdate16(lin);
        int b = (int) c.gpr[i.reg] & 0xFFFF;
        int result = Alu.sub16(a, b);
        c.mmu.write16(lin, result);
        c.flagResult = (short) result;
        c.flagCarry = Alu.subCarries16(a, b, result);
    }

    /** SUB Ev,Gv 32 */
    public static void subEvGv32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int b = (int) c.gpr[i.reg];
        int result = Alu.sub32(a, b);
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
        c.flagResult = result;
        c.flagCarry = Alu.subCarries32(a, b, result);
    }

    /** SUB Ev,Gv 32 m */
    public static void subEvGv32Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 4);
        int a = c.mmu.readForUpdate32(lin);
        int b = (int) c.gpr[i.reg];
        int result = Alu.sub32(a, b);
        c.mmu.write32(lin, result);
        c.flagResult = result;
        c.flagCarry = Alu.subCarries32(a, b, result);
    }

    /** SUB Ev,Gv 64 */
    public static void subEvGv64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        long b = c.gpr[i.reg];
        long result = Alu.sub64(a, b);
        c.gpr[i.rm] = result;
        c.flagResult = result;
        c.flagCarry = Alu.subCarries64(a, b, result);
    }

    /** SUB Ev,Gv 64 m */
    public static void subEvGv64Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 8);
        long a = c.mmu.readForUpdate64(lin);
        long b = c.gpr[i.reg];
        long result = Alu.sub64(a, b);
        c.mmu.write64(lin, result);
        c.flagResult = result;
        c.flagCarry = Alu.subCarries64(a, b, result);
    }

    /** SUB Gb,Eb */
    public static void subGbEb(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.reg);
        int b = Operands.getRegister8(c, i.rm);
        int result = Alu.sub8(a, b);
        Operands.setRegister8(c, i.reg, result);
        c.flagResult = (byte) result;
        c.flagCarry = Alu.subCarries8(a, b, result);
    }

    /** SUB Gb,Eb m */
    public static void subGbEbMemory(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.reg);
        long lin = Operands.linearRead(c, i, 1);
        int b = c.mmu.read8(lin);
        int result = Alu.sub8(a, b);
        Operands.setRegister8(c, i.reg, result);
        c.flagResult = (byte) result;
        c.flagCarry = Alu.subCarries8(a, b, result);
    }

    /** SUB Gv,Ev 16 */
    public static void subGvEv16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.reg] & 0xFFFF;
        int b = (int) c.gpr[i.rm] & 0xFFFF;
        int result = Alu.sub16(a, b);
        Operands.setRegister16(c, i.reg, result);
        c.flagResult = (short) result;
        c.flagCarry = Alu.subCarries16(a, b, result);
    }

    /** SUB Gv,Ev 16 m */
    public static void subGvEv16Memory(Cpu c, Insn i) {
        int a = (int) c.gpr[i.reg] & 0xFFFF;
        long lin = Operands.linearRead(c, i, 2);
        int b = c.mmu.read16(lin);
        int result = Alu.sub16(a, b);
        Operands.setRegister16(c, i.reg, result);
        c.flagResult = (short) result;
        c.flagCarry = Alu.subCarries16(a, b, result);
    }

    /** SUB Gv,Ev 32 */
    public static void subGvEv32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.reg];
        int b = (int) c.gpr[i.rm];
        int result = Alu.sub32(a, b);
        c.gpr[i.reg] = result & 0xFFFF_FFFFL;
        c.flagResult = result;
        c.flagCarry = Alu.subCarries32(a, b, result);
    }

    /** SUB Gv,Ev 32 m */
    public static void subGvEv32Memory(Cpu c, Insn i) {
        int a = (int) c.gpr[i.reg];
        long lin = Operands.linearRead(c, i, 4);
        int b = c.mmu.read32(lin);
        int result = Alu.sub32(a, b);
        c.gpr[i.reg] = result & 0xFFFF_FFFFL;
        c.flagResult = result;
        c.flagCarry = Alu.subCarries32(a, b, result);
    }

    /** SUB Gv,Ev 64 */
    public static void subGvEv64(Cpu c, Insn i) {
        long a = c.gpr[i.reg];
        long b = c.gpr[i.rm];
        long result = Alu.sub64(a, b);
        c.gpr[i.reg] = result;
        c.flagResult = result;
        c.flagCarry = Alu.subCarries64(a, b, result);
    }

    /** SUB Gv,Ev 64 m */
    public static void subGvEv64Memory(Cpu c, Insn i) {
        long a = c.gpr[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = Alu.sub64(a, b);
        c.gpr[i.reg] = result;
        c.flagResult = result;
        c.flagCarry = Alu.subCarries64(a, b, result);
    }

    /** SUB AL,Ib */
    public static void subALIb(Cpu c, Insn i) {
        int a = (int) c.gpr[Cpu.RAX] & 0xFF;
        int result = Alu.sub8(a, (int) i.imm);
        Operands.setRegister8(c, Cpu.RAX, result);
        c.flagResult = (byte) result;
        c.flagCarry = Alu.subCarries8(a, (int) i.imm, result);
    }

    /** SUB rAX,Iz 16 */
    public static void subRAXIz16(Cpu c, Insn i) {
        int a = (int) c.gpr[Cpu.RAX] & 0xFFFF;
        int result = Alu.sub16(a, (int) i.imm & 0xFFFF);
        Operands.setRegister16(c, Cpu.RAX, result);
        c.flagResult = (short) result;
        c.flagCarry = Alu.subCarries16(a, (int) i.imm & 0xFFFF, result);
    }

    /** SUB rAX,Iz 32 */
    public static void subRAXIz32(Cpu c, Insn i) {
        int a = (int) c.gpr[Cpu.RAX];
        int result = Alu.sub32(a, (int) i.imm);
        c.gpr[Cpu.RAX] = result & 0xFFFF_FFFFL;
        c.flagResult = result;
        c.flagCarry = Alu.subCarries32(a, (int) i.imm, result);
    }

    /** SUB rAX,Iz 64 */
    public static void subRAXIz64(Cpu c, Insn i) {
        long a = c.gpr[Cpu.RAX];
        long result = Alu.sub64(a, i.imm);
        c.gpr[Cpu.RAX] = result;
        c.flagResult = result;
        c.flagCarry = Alu.subCarries64(a, i.imm, result);
    }

    /** SUB Eb,Ib */
    public static void subEbIb(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.rm);
        int result = Alu.sub8(a, (int) i.imm);
        Operands.setRegister8(c, i.rm, result);
        c.flagResult = (byte) result;
        c.flagCarry = Alu.subCarries8(a, (int) i.imm, result);
    }

    /** SUB Eb,Ib m */
    public static void subEbIbMemory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int a = c.mmu.readForUpdate8(lin);
        int result = Alu.sub8(a, (int) i.imm);
        c.mmu.write8(lin, result);
        c.flagResult = (byte) result;
        c.flagCarry = Alu.subCarries8(a, (int) i.imm, result);
    }

    /** SUB Ev,Iz 16 */
    public static void subEvIz16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int result = Alu.sub16(a, (int) i.imm & 0xFFFF);
        Operands.setRegister16(c, i.rm, result);
        c.flagResult = (short) result;
        c.flagCarry = Alu.subCarries16(a, (int) i.imm & 0xFFFF, result);
    }

    /** SUB Ev,Iz 16 m */
    public static void subEvIz16Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 2);
        int a = c.mmu.readForUpdate16(lin);
        int result = Alu.sub16(a, (int) i.imm & 0xFFFF);
        c.mmu.write16(lin, result);
        c.flagResult = (short) result;
        c.flagCarry = Alu.subCarries16(a, (int) i.imm & 0xFFFF, result);
    }

    /** SUB Ev,Iz 32 */
    public static void subEvIz32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int result = Alu.sub32(a, (int) i.imm);
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
        c.flagResult = result;
        c.flagCarry = Alu.subCarries32(a, (int) i.imm, result);
    }

    /** SUB Ev,Iz 32 m */
    public static void subEvIz32Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 4);
        int a = c.mmu.readForUpdate32(lin);
        int result = Alu.sub32(a, (int) i.imm);
        c.mmu.write32(lin, result);
        c.flagResult = result;
        c.flagCarry = Alu.subCarries32(a, (int) i.imm, result);
    }

    /** SUB Ev,Iz 64 */
    public static void subEvIz64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        long result = Alu.sub64(a, i.imm);
        c.gpr[i.rm] = result;
        c.flagResult = result;
        c.flagCarry = Alu.subCarries64(a, i.imm, result);
    }

    /** SUB Ev,Iz 64 m */
    public static void subEvIz64Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 8);
        long a = c.mmu.readForUpdate64(lin);
        long result = Alu.sub64(a, i.imm);
        c.mmu.write64(lin, result);
        c.flagResult = result;
        c.flagCarry = Alu.subCarries64(a, i.imm, result);
    }

    /** SUB Ev,Ibs 16 */
    public static void subEvIbs16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int result = Alu.sub16(a, (int) i.imm & 0xFFFF);
        Operands.setRegister16(c, i.rm, result);
        c.flagResult = (short) result;
        c.flagCarry = Alu.subCarries16(a, (int) i.imm & 0xFFFF, result);
    }

    /** SUB Ev,Ibs 16 m */
    public static void subEvIbs16Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 2);
        int a = c.mmu.readForUpdate16(lin);
        int result = Alu.sub16(a, (int) i.imm & 0xFFFF);
        c.mmu.write16(lin, result);
        c.flagResult = (short) result;
        c.flagCarry = Alu.subCarries16(a, (int) i.imm & 0xFFFF, result);
    }

    /** SUB Ev,Ibs 32 */
    public static void subEvIbs32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int result = Alu.sub32(a, (int) i.imm);
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
        c.flagResult = result;
        c.flagCarry = Alu.subCarries32(a, (int) i.imm, result);
    }

    /** SUB Ev,Ibs 32 m */
    public static void subEvIbs32Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 4);
        int a = c.mmu.readForUpdate32(lin);
        int result = Alu.sub32(a, (int) i.imm);
        c.mmu.write32(lin, result);
        c.flagResult = result;
        c.flagCarry = Alu.subCarries32(a, (int) i.imm, result);
    }

    /** SUB Ev,Ibs 64 */
    public static void subEvIbs64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        long result = Alu.sub64(a, i.imm);
        c.gpr[i.rm] = result;
        c.flagResult = result;
        c.flagCarry = Alu.subCarries64(a, i.imm, result);
    }

    /** SUB Ev,Ibs 64 m */
    public static void subEvIbs64Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 8);
        long a = c.mmu.readForUpdate64(lin);
        long result = Alu.sub64(a, i.imm);
        c.mmu.write64(lin, result);
        c.flagResult = result;
        c.flagCarry = Alu.subCarries64(a, i.imm, result);
    }

    /** XOR Eb,Gb */
    public static void xorEbGb(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.rm);
        int b = Operands.getRegister8(c, i.reg);
        int result = Alu.xor8(a, b);
        Operands.setRegister8(c, i.rm, result);
        c.flagResult = (byte) result;
        c.flagCarry = 0;
    }

    /** XOR Eb,Gb m */
    public static void xorEbGbMemory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int a = c.mmu.readForUpdate8(lin);
        int b = Operands.getRegister8(c, i.reg);
        int result = Alu.xor8(a, b);
        c.mmu.write8(lin, result);
        c.flagResult = (byte) result;
        c.flagCarry = 0;
    }

    /** XOR Ev,Gv 16 */
    public static void xorEvGv16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int b = (int) c.gpr[i.reg] & 0xFFFF;
        int result = Alu.xor16(a, b);
        Operands.setRegister16(c, i.rm, result);
        c.flagResult = (short) result;
        c.flagCarry = 0;
    }

    /** XOR Ev,Gv 16 m */
    public static void xorEvGv16Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 2);
        int a = c.mmu.readForUpdate16(lin);
        int b = (int) c.gpr[i.reg] & 0xFFFF;
        int result = Alu.xor16(a, b);
        c.mmu.write16(lin, result);
        c.flagResult = (short) result;
        c.flagCarry = 0;
    }

    /** XOR Ev,Gv 32 */
    public static void xorEvGv32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int b = (int) c.gpr[i.reg];
        int result = Alu.xor32(a, b);
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** XOR Ev,Gv 32 m */
    public static void xorEvGv32Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 4);
        int a = c.mmu.readForUpdate32(lin);
        int b = (int) c.gpr[i.reg];
        int result = Alu.xor32(a, b);
        c.mmu.write32(lin, result);
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** XOR Ev,Gv 64 */
    public static void xorEvGv64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        long b = c.gpr[i.reg];
        long result = Alu.xor64(a, b);
        c.gpr[i.rm] = result;
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** XOR Ev,Gv 64 m */
    public static void xorEvGv64Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 8);
        long a = c.mmu.readForUpdate64(lin);
        long b = c.gpr[i.reg];
        long result = Alu.xor64(a, b);
        c.mmu.write64(lin, result);
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** XOR Gb,Eb */
    public static void xorGbEb(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.reg);
        int b = Operands.getRegister8(c, i.rm);
        int result = Alu.xor8(a, b);
        Operands.setRegister8(c, i.reg, result);
        c.flagResult = (byte) result;
        c.flagCarry = 0;
    }

    /** XOR Gb,Eb m */
    public static void xorGbEbMemory(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.reg);
        long lin = Operands.linearRead(c, i, 1);
        int b = c.mmu.read8(lin);
        int result = Alu.xor8(a, b);
        Operands.setRegister8(c, i.reg, result);
        c.flagResult = (byte) result;
        c.flagCarry = 0;
    }

    /** XOR Gv,Ev 16 */
    public static void xorGvEv16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.reg] & 0xFFFF;
        int b = (int) c.gpr[i.rm] & 0xFFFF;
        int result = Alu.xor16(a, b);
        Operands.setRegister16(c, i.reg, result);
        c.flagResult = (short) result;
        c.flagCarry = 0;
    }

    /** XOR Gv,Ev 16 m */
    public static void xorGvEv16Memory(Cpu c, Insn i) {
        int a = (int) c.gpr[i.reg] & 0xFFFF;
        long lin = Operands.linearRead(c, i, 2);
        int b = c.mmu.read16(lin);
        int result = Alu.xor16(a, b);
        Operands.setRegister16(c, i.reg, result);
        c.flagResult = (short) result;
        c.flagCarry = 0;
    }

    /** XOR Gv,Ev 32 */
    public static void xorGvEv32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.reg];
        int b = (int) c.gpr[i.rm];
        int result = Alu.xor32(a, b);
        c.gpr[i.reg] = result & 0xFFFF_FFFFL;
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** XOR Gv,Ev 32 m */
    public static void xorGvEv32Memory(Cpu c, Insn i) {
        int a = (int) c.gpr[i.reg];
        long lin = Operands.linearRead(c, i, 4);
        int b = c.mmu.read32(lin);
        int result = Alu.xor32(a, b);
        c.gpr[i.reg] = result & 0xFFFF_FFFFL;
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** XOR Gv,Ev 64 */
    public static void xorGvEv64(Cpu c, Insn i) {
        long a = c.gpr[i.reg];
        long b = c.gpr[i.rm];
        long result = Alu.xor64(a, b);
        c.gpr[i.reg] = result;
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** XOR Gv,Ev 64 m */
    public static void xorGvEv64Memory(Cpu c, Insn i) {
        long a = c.gpr[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = Alu.xor64(a, b);
        c.gpr[i.reg] = result;
        c.flagResult = result;
        c.flagCarry = 0;
    }
}
