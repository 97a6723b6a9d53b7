package org.terrarium.x86.interp.gen;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.interp.Operands;
import org.terrarium.x86.isa.Insn;
import org.terrarium.x86.sem.Alu;
import org.terrarium.x86.sem.MulDiv;

/** Generated from the instruction table by HandlerGenerator: change the table, not this. */
public final class IntegerHandlers3 {
    private IntegerHandlers3() {}

    /** XOR AL,Ib */
    public static void xorALIb(Cpu c, Insn i) {
        int a = (int) c.gpr[Cpu.RAX] & 0xFF;
        int result = Alu.xor8(a, (int) i.imm);
        Operands.setRegister8(c, Cpu.RAX, result);
        c.flagResult = (byte) result;
        c.flagCarry = 0;
    }

    /** XOR rAX,Iz 16 */
    public static void xorRAXIz16(Cpu c, Insn i) {
        int a = (int) c.gpr[Cpu.RAX] & 0xFFFF;
        int result = Alu.xor16(a, (int) i.imm & 0xFFFF);
        Operands.setRegister16(c, Cpu.RAX, result);
        c.flagResult = (short) result;
        c.flagCarry = 0;
    }

    /** XOR rAX,Iz 32 */
    public static void xorRAXIz32(Cpu c, Insn i) {
        int a = (int) c.gpr[Cpu.RAX];
        int result = Alu.xor32(a, (int) i.imm);
        c.gpr[Cpu.RAX] = result & 0xFFFF_FFFFL;
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** XOR rAX,Iz 64 */
    public static void xorRAXIz64(Cpu c, Insn i) {
        long a = c.gpr[Cpu.RAX];
        long result = Alu.xor64(a, i.imm);
        c.gpr[Cpu.RAX] = result;
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** XOR Eb,Ib */
    public static void xorEbIb(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.rm);
        int result = Alu.xor8(a, (int) i.imm);
        Operands.setRegister8(c, i.rm, result);
        c.flagResult = (byte) result;
        c.flagCarry = 0;
    }

    /** XOR Eb,Ib m */
    public static void xorEbIbMemory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int a = c.mmu.readForUpdate8(lin);
        int result = Alu.xor8(a, (int) i.imm);
        c.mmu.write8(lin, result);
        c.flagResult = (byte) result;
        c.flagCarry = 0;
    }

    /** XOR Ev,Iz 16 */
    public static void xorEvIz16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int result = Alu.xor16(a, (int) i.imm & 0xFFFF);
        Operands.setRegister16(c, i.rm, result);
        c.flagResult = (short) result;
        c.flagCarry = 0;
    }

    /** XOR Ev,Iz 16 m */
    public static void xorEvIz16Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 2);
        int a = c.mmu.readForUpdate16(lin);
        int result = Alu.xor16(a, (int) i.imm & 0xFFFF);
        c.mmu.write16(lin, result);
        c.flagResult = (short) result;
        c.flagCarry = 0;
    }

    /** XOR Ev,Iz 32 */
    public static void xorEvIz32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int result = Alu.xor32(a, (int) i.imm);
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** XOR Ev,Iz 32 m */
    public static void xorEvIz32Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 4);
        int a = c.mmu.readForUpdate32(lin);
        int result = Alu.xor32(a, (int) i.imm);
        c.mmu.write32(lin, result);
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** XOR Ev,Iz 64 */
    public static void xorEvIz64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        long result = Alu.xor64(a, i.imm);
        c.gpr[i.rm] = result;
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** XOR Ev,Iz 64 m */
    public static void xorEvIz64Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 8);
        long a = c.mmu.readForUpdate64(lin);
        long result = Alu.xor64(a, i.imm);
        c.mmu.write64(lin, result);
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** XOR Ev,Ibs 16 */
    public static void xorEvIbs16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int result = Alu.xor16(a, (int) i.imm & 0xFFFF);
        Operands.setRegister16(c, i.rm, result);
        c.flagResult = (short) result;
        c.flagCarry = 0;
    }

    /** XOR Ev,Ibs 16 m */
    public static void xorEvIbs16Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 2);
        int a = c.mmu.readForUpdate16(lin);
        int result = Alu.xor16(a, (int) i.imm & 0xFFFF);
        c.mmu.write16(lin, result);
        c.flagResult = (short) result;
        c.flagCarry = 0;
    }

    /** XOR Ev,Ibs 32 */
    public static void xorEvIbs32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int result = Alu.xor32(a, (int) i.imm);
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** XOR Ev,Ibs 32 m */
    public static void xorEvIbs32Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 4);
        int a = c.mmu.readForUpdate32(lin);
        int result = Alu.xor32(a, (int) i.imm);
        c.mmu.write32(lin, result);
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** XOR Ev,Ibs 64 */
    public static void xorEvIbs64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        long result = Alu.xor64(a, i.imm);
        c.gpr[i.rm] = result;
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** XOR Ev,Ibs 64 m */
    public static void xorEvIbs64Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 8);
        long a = c.mmu.readForUpdate64(lin);
        long result = Alu.xor64(a, i.imm);
        c.mmu.write64(lin, result);
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** CMP Eb,Gb */
    public static void cmpEbGb(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.rm);
        int b = Operands.getRegister8(c, i.reg);
        int result = Alu.sub8(a, b);
        c.flagResult = (byte) result;
        c.flagCarry = Alu.subCarries8(a, b, result);
    }

    /** CMP Eb,Gb m */
    public static void cmpEbGbMemory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 1);
        int a = c.mmu.read8(lin);
        int b = Operands.getRegister8(c, i.reg);
        int result = Alu.sub8(a, b);
        c.flagResult = (byte) result;
        c.flagCarry = Alu.subCarries8(a, b, result);
    }

    /** CMP Ev,Gv 16 */
    public static void cmpEvGv16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int b = (int) c.gpr[i.reg] & 0xFFFF;
        int result = Alu.sub16(a, b);
        c.flagResult = (short) result;
        c.flagCarry = Alu.subCarries16(a, b, result);
    }

    /** CMP Ev,Gv 16 m */
    public static void cmpEvGv16Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 2);
        int a = c.mmu.read16(lin);
        int b = (int) c.gpr[i.reg] & 0xFFFF;
        int result = Alu.sub16(a, b);
        c.flagResult = (short) result;
        c.flagCarry = Alu.subCarries16(a, b, result);
    }

    /** CMP Ev,Gv 32 */
    public static void cmpEvGv32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int b = (int) c.gpr[i.reg];
        int result = Alu.sub32(a, b);
        c.flagResult = result;
        c.flagCarry = Alu.subCarries32(a, b, result);
    }

    /** CMP Ev,Gv 32 m */
    public static void cmpEvGv32Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 4);
        int a = c.mmu.read32(lin);
        int b = (int) c.gpr[i.reg];
        int result = Alu.sub32(a, b);
        c.flagResult = result;
        c.flagCarry = Alu.subCarries32(a, b, result);
    }

    /** CMP Ev,Gv 64 */
    public static void cmpEvGv64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        long b = c.gpr[i.reg];
        long result = Alu.sub64(a, b);
        c.flagResult = result;
        c.flagCarry = Alu.subCarries64(a, b, result);
    }

    /** CMP Ev,Gv 64 m */
    public static void cmpEvGv64Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 8);
        long a = c.mmu.read64(lin);
        long b = c.gpr[i.reg];
        long result = Alu.sub64(a, b);
        c.flagResult = result;
        c.flagCarry = Alu.subCarries64(a, b, result);
    }

    /** CMP Gb,Eb */
    public static void cmpGbEb(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.reg);
        int b = Operands.getRegister8(c, i.rm);
        int result = Alu.sub8(a, b);
        c.flagResult = (byte) result;
        c.flagCarry = Alu.subCarries8(a, b, result);
    }

    /** CMP Gb,Eb m */
    public static void cmpGbEbMemory(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.reg);
        long lin = Operands.linearRead(c, i, 1);
        int b = c.mmu.read8(lin);
        int result = Alu.sub8(a, b);
        c.flagResult = (byte) result;
        c.flagCarry = Alu.subCarries8(a, b, result);
    }

    /** CMP Gv,Ev 16 */
    public static void cmpGvEv16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.reg] & 0xFFFF;
        int b = (int) c.gpr[i.rm] & 0xFFFF;
        int result = Alu.sub16(a, b);
        c.flagResult = (short) result;
        c.flagCarry = Alu.subCarries16(a, b, result);
    }

    /** CMP Gv,Ev 16 m */
    public static void cmpGvEv16Memory(Cpu c, Insn i) {
        int a = (int) c.gpr[i.reg] & 0xFFFF;
        long lin = Operands.linearRead(c, i, 2);
        int b = c.mmu.read16(lin);
        int result = Alu.sub16(a, b);
        c.flagResult = (short) result;
        c.flagCarry = Alu.subCarries16(a, b, result);
    }

    /** CMP Gv,Ev 32 */
    public static void cmpGvEv32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.reg];
        int b = (int) c.gpr[i.rm];
        int result = Alu.sub32(a, b);
        c.flagResult = result;
        c.flagCarry = Alu.subCarries32(a, b, result);
    }

    /** CMP Gv,Ev 32 m */
    public static void cmpGvEv32Memory(Cpu c, Insn i) {
        int a = (int) c.gpr[i.reg];
        long lin = Operands.linearRead(c, i, 4);
        int b = c.mmu.read32(lin);
        int result = Alu.sub32(a, b);
        c.flagResult = result;
        c.flagCarry = Alu.subCarries32(a, b, result);
    }

    /** CMP Gv,Ev 64 */
    public static void cmpGvEv64(Cpu c, Insn i) {
        long a = c.gpr[i.reg];
        long b = c.gpr[i.rm];
        long result = Alu.sub64(a, b);
        c.flagResult = result;
        c.flagCarry = Alu.subCarries64(a, b, result);
    }

    /** CMP Gv,Ev 64 m */
    public static void cmpGvEv64Memory(Cpu c, Insn i) {
        long a = c.gpr[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = Alu.sub64(a, b);
        c.flagResult = result;
        c.flagCarry = Alu.subCarries64(a, b, result);
    }

    /** CMP AL,Ib */
    public static void cmpALIb(Cpu c, Insn i) {
        int a = (int) c.gpr[Cpu.RAX] & 0xFF;
        int result = Alu.sub8(a, (int) i.imm);
        c.flagResult = (byte) result;
        c.flagCarry = Alu.subCarries8(a, (int) i.imm, result);
    }

    /** CMP rAX,Iz 16 */
    public static void cmpRAXIz16(Cpu c, Insn i) {
        int a = (int) c.gpr[Cpu.RAX] & 0xFFFF;
        int result = Alu.sub16(a, (int) i.imm & 0xFFFF);
        c.flagResult = (short) result;
        c.flagCarry = Alu.subCarries16(a, (int) i.imm & 0xFFFF, result);
    }

    /** CMP rAX,Iz 32 */
    public static void cmpRAXIz32(Cpu c, Insn i) {
        int a = (int) c.gpr[Cpu.RAX];
        int result = Alu.sub32(a, (int) i.imm);
        c.flagResult = result;
        c.flagCarry = Alu.subCarries32(a, (int) i.imm, result);
    }

    /** CMP rAX,Iz 64 */
    public static void cmpRAXIz64(Cpu c, Insn i) {
        long a = c.gpr[Cpu.RAX];
        long result = Alu.sub64(a, i.imm);
        c.flagResult = result;
        c.flagCarry = Alu.subCarries64(a, i.imm, result);
    }

    /** CMP Eb,Ib */
    public static void cmpEbIb(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.rm);
        int result = Alu.sub8(a, (int) i.imm);
        c.flagResult = (byte) result;
        c.flagCarry = Alu.subCarries8(a, (int) i.imm, result);
    }

    /** CMP Eb,Ib m */
    public static void cmpEbIbMemory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 1);
        int a = c.mmu.read8(lin);
        int result = Alu.sub8(a, (int) i.imm);
        c.flagResult = (byte) result;
        c.flagCarry = Alu.subCarries8(a, (int) i.imm, result);
    }

    /** CMP Ev,Iz 16 */
    public static void cmpEvIz16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int result = Alu.sub16(a, (int) i.imm & 0xFFFF);
        c.flagResult = (short) result;
        c.flagCarry = Alu.subCarries16(a, (int) i.imm & 0xFFFF, result);
    }

    /** CMP Ev,Iz 16 m */
    public static void cmpEvIz16Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 2);
        int a = c.mmu.read16(lin);
        int result = Alu.sub16(a, (int) i.imm & 0xFFFF);
        c.flagResult = (short) result;
        c.flagCarry = Alu.subCarries16(a, (int) i.imm & 0xFFFF, result);
    }

    /** CMP Ev,Iz 32 */
    public static void cmpEvIz32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int result = Alu.sub32(a, (int) i.imm);
        c.flagResult = result;
        c.flagCarry = Alu.subCarries32(a, (int) i.imm, result);
    }

    /** CMP Ev,Iz 32 m */
    public static void cmpEvIz32Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 4);
        int a = c.mmu.read32(lin);
        int result = Alu.sub32(a, (int) i.imm);
        c.flagResult = result;
        c.flagCarry = Alu.subCarries32(a, (int) i.imm, result);
    }

    /** CMP Ev,Iz 64 */
    public static void cmpEvIz64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        long result = Alu.sub64(a, i.imm);
        c.flagResult = result;
        c.flagCarry = Alu.subCarries64(a, i.imm, result);
    }

    /** CMP Ev,Iz 64 m */
    public static void cmpEvIz64Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 8);
        long a = c.mmu.read64(lin);
        long result = Alu.sub64(a, i.imm);
        c.flagResult = result;
        c.flagCarry = Alu.subCarries64(a, i.imm, result);
    }

    /** CMP Ev,Ibs 16 */
    public static void cmpEvIbs16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int result = Alu.sub16(a, (int) i.imm & 0xFFFF);
        c.flagResult = (short) result;
        c.flagCarry = Alu.subCarries16(a, (int) i.imm & 0xFFFF, result);
    }

    /** CMP Ev,Ibs 16 m */
    public static void cmpEvIbs16Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 2);
        int a = c.mmu.read16(lin);
        int result = Alu.sub16(a, (int) i.imm & 0xFFFF);
        c.flagResult = (short) result;
        c.flagCarry = Alu.subCarries16(a, (int) i.imm & 0xFFFF, result);
    }

    /** CMP Ev,Ibs 32 */
    public static void cmpEvIbs32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int result = Alu.sub32(a, (int) i.imm);
        c.flagResult = result;
        c.flagCarry = Alu.subCarries32(a, (int) i.imm, result);
    }

    /** CMP Ev,Ibs 32 m */
    public static void cmpEvIbs32Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 4);
        int a = c.mmu.read32(lin);
        int result = Alu.sub32(a, (int) i.imm);
        c.flagResult = result;
        c.flagCarry = Alu.subCarries32(a, (int) i.imm, result);
    }

    /** CMP Ev,Ibs 64 */
    public static void cmpEvIbs64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        long result = Alu.sub64(a, i.imm);
        c.flagResult = result;
        c.flagCarry = Alu.subCarries64(a, i.imm, result);
    }

    /** CMP Ev,Ibs 64 m */
    public static void cmpEvIbs64Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 8);
        long a = c.mmu.read64(lin);
        long result = Alu.sub64(a, i.imm);
        c.flagResult = result;
        c.flagCarry = Alu.subCarries64(a, i.imm, result);
    }

    /** TEST Eb,Gb */
    public static void testEbGb(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.rm);
        int b = Operands.getRegister8(c, i.reg);
        int result = Alu.and8(a, b);
        c.flagResult = (byte) result;
        c.flagCarry = 0;
    }

    /** TEST Eb,Gb m */
    public static void testEbGbMemory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 1);
        int a = c.mmu.read8(lin);
        int b = Operands.getRegister8(c, i.reg);
        int result = Alu.and8(a, b);
        c.flagResult = (byte) result;
        c.flagCarry = 0;
    }

    /** TEST Ev,Gv 16 */
    public static void testEvGv16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int b = (int) c.gpr[i.reg] & 0xFFFF;
        int result = Alu.and16(a, b);
        c.flagResult = (short) result;
        c.flagCarry = 0;
    }

    /** TEST Ev,Gv 16 m */
    public static void testEvGv16Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 2);
        int a = c.mmu.read16(lin);
        int b = (int) c.gpr[i.reg] & 0xFFFF;
        int result = Alu.and16(a, b);
        c.flagResult = (short) result;
        c.flagCarry = 0;
    }

    /** TEST Ev,Gv 32 */
    public static void testEvGv32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int b = (int) c.gpr[i.reg];
        int result = Alu.and32(a, b);
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** TEST Ev,Gv 32 m */
    public static void testEvGv32Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 4);
        int a = c.mmu.read32(lin);
        int b = (int) c.gpr[i.reg];
        int result = Alu.and32(a, b);
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** TEST Ev,Gv 64 */
    public static void testEvGv64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        long b = c.gpr[i.reg];
        long result = Alu.and64(a, b);
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** TEST Ev,Gv 64 m */
    public static void testEvGv64Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 8);
        long a = c.mmu.read64(lin);
        long b = c.gpr[i.reg];
        long result = Alu.and64(a, b);
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** TEST AL,Ib */
    public static void testALIb(Cpu c, Insn i) {
        int a = (int) c.gpr[Cpu.RAX] & 0xFF;
        int result = Alu.and8(a, (int) i.imm);
        c.flagResult = (byte) result;
        c.flagCarry = 0;
    }

    /** TEST rAX,Iz 16 */
    public static void testRAXIz16(Cpu c, Insn i) {
        int a = (int) c.gpr[Cpu.RAX] & 0xFFFF;
        int result = Alu.and16(a, (int) i.imm & 0xFFFF);
        c.flagResult = (short) result;
        c.flagCarry = 0;
    }

    /** TEST rAX,Iz 32 */
    public static void testRAXIz32(Cpu c, Insn i) {
        int a = (int) c.gpr[Cpu.RAX];
        int result = Alu.and32(a, (int) i.imm);
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** TEST rAX,Iz 64 */
    public static void testRAXIz64(Cpu c, Insn i) {
        long a = c.gpr[Cpu.RAX];
        long result = Alu.and64(a, i.imm);
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** TEST Eb,Ib */
    public static void testEbIb(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.rm);
        int result = Alu.and8(a, (int) i.imm);
        c.flagResult = (byte) result;
        c.flagCarry = 0;
    }

    /** TEST Eb,Ib m */
    public static void testEbIbMemory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 1);
        int a = c.mmu.read8(lin);
        int result = Alu.and8(a, (int) i.imm);
        c.flagResult = (byte) result;
        c.flagCarry = 0;
    }

    /** TEST Ev,Iz 16 */
    public static void testEvIz16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int result = Alu.and16(a, (int) i.imm & 0xFFFF);
        c.flagResult = (short) result;
        c.flagCarry = 0;
    }

    /** TEST Ev,Iz 16 m */
    public static void testEvIz16Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 2);
        int a = c.mmu.read16(lin);
        int result = Alu.and16(a, (int) i.imm & 0xFFFF);
        c.flagResult = (short) result;
        c.flagCarry = 0;
    }

    /** TEST Ev,Iz 32 */
    public static void testEvIz32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int result = Alu.and32(a, (int) i.imm);
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** TEST Ev,Iz 32 m */
    public static void testEvIz32Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 4);
        int a = c.mmu.read32(lin);
        int result = Alu.and32(a, (int) i.imm);
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** TEST Ev,Iz 64 */
    public static void testEvIz64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        long result = Alu.and64(a, i.imm);
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** TEST Ev,Iz 64 m */
    public static void testEvIz64Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 8);
        long a = c.mmu.read64(lin);
        long result = Alu.and64(a, i.imm);
        c.flagResult = result;
        c.flagCarry = 0;
    }

    /** INC Eb */
    public static void incEb(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.rm);
        int result = Alu.inc8(a);
        Operands.setRegister8(c, i.rm, result);
        c.flagResult = (byte) result;
        c.flagCarry = Alu.incCarries8(a, result, c.flagCarry);
    }

    /** INC Eb m */
    public static void incEbMemory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int a = c.mmu.readForUpdate8(lin);
        int result = Alu.inc8(a);
        c.mmu.write8(lin, result);
        c.flagResult = (byte) result;
        c.flagCarry = Alu.incCarries8(a, result, c.flagCarry);
    }

    /** INC Ev 16 */
    public static void incEv16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int result = Alu.inc16(a);
        Operands.setRegister16(c, i.rm, result);
        c.flagResult = (short) result;
        c.flagCarry = Alu.incCarries16(a, result, c.flagCarry);
    }

    /** INC Ev 16 m */
    public static void incEv16Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 2);
        int a = c.mmu.readForUpdate16(lin);
        int result = Alu.inc16(a);
        c.mmu.write16(lin, result);
        c.flagResult = (short) result;
        c.flagCarry = Alu.incCarries16(a, result, c.flagCarry);
    }

    /** INC Ev 32 */
    public static void incEv32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int result = Alu.inc32(a);
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
        c.flagResult = result;
        c.flagCarry = Alu.incCarries32(a, result, c.flagCarry);
    }

    /** INC Ev 32 m */
    public static void incEv32Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 4);
        int a = c.mmu.readForUpdate32(lin);
        int result = Alu.inc32(a);
        c.mmu.write32(lin, result);
        c.flagResult = result;
        c.flagCarry = Alu.incCarries32(a, result, c.flagCarry);
    }

    /** INC Ev 64 */
    public static void incEv64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        long result = Alu.inc64(a);
        c.gpr[i.rm] = result;
        c.flagResult = result;
        c.flagCarry = Alu.incCarries64(a, result, c.flagCarry);
    }

    /** INC Ev 64 m */
    public static void incEv64Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 8);
        long a = c.mmu.readForUpdate64(lin);
        long result = Alu.inc64(a);
        c.mmu.write64(lin, result);
        c.flagResult = result;
        c.flagCarry = Alu.incCarries64(a, result, c.flagCarry);
    }

    /** INC Zv 16 */
    public static void incZv16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.reg] & 0xFFFF;
        int result = Alu.inc16(a);
        Operands.setRegister16(c, i.reg, result);
        c.flagResult = (short) result;
        c.flagCarry = Alu.incCarries16(a, result, c.flagCarry);
    }

    /** INC Zv 32 */
    public static void incZv32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.reg];
        int result = Alu.inc32(a);
        c.gpr[i.reg] = result & 0xFFFF_FFFFL;
        c.flagResult = result;
        c.flagCarry = Alu.incCarries32(a, result, c.flagCarry);
    }

    /** DEC Eb */
    public static void decEb(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.rm);
        int result = Alu.dec8(a);
        Operands.setRegister8(c, i.rm, result);
        c.flagResult = (byte) result;
        c.flagCarry = Alu.decCarries8(a, result, c.flagCarry);
    }

    /** DEC Eb m */
    public static void decEbMemory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int a = c.mmu.readForUpdate8(lin);
        int result = Alu.dec8(a);
        c.mmu.write8(lin, result);
        c.flagResult = (byte) result;
        c.flagCarry = Alu.decCarries8(a, result, c.flagCarry);
    }

    /** DEC Ev 16 */
    public static void decEv16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int result = Alu.dec16(a);
        Operands.setRegister16(c, i.rm, result);
        c.flagResult = (short) result;
        c.flagCarry = Alu.decCarries16(a, result, c.flagCarry);
    }

    /** DEC Ev 16 m */
    public static void decEv16Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 2);
        int a = c.mmu.readForUpdate16(lin);
        int result = Alu.dec16(a);
        c.mmu.write16(lin, result);
        c.flagResult = (short) result;
        c.flagCarry = Alu.decCarries16(a, result, c.flagCarry);
    }

    /** DEC Ev 32 */
    public static void decEv32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int result = Alu.dec32(a);
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
        c.flagResult = result;
        c.flagCarry = Alu.decCarries32(a, result, c.flagCarry);
    }

    /** DEC Ev 32 m */
    public static void decEv32Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 4);
        int a = c.mmu.readForUpdate32(lin);
        int result = Alu.dec32(a);
        c.mmu.write32(lin, result);
        c.flagResult = result;
        c.flagCarry = Alu.decCarries32(a, result, c.flagCarry);
    }

    /** DEC Ev 64 */
    public static void decEv64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        long result = Alu.dec64(a);
        c.gpr[i.rm] = result;
        c.flagResult = result;
        c.flagCarry = Alu.decCarries64(a, result, c.flagCarry);
    }

    /** DEC Ev 64 m */
    public static void decEv64Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 8);
        long a = c.mmu.readForUpdate64(lin);
        long result = Alu.dec64(a);
        c.mmu.write64(lin, result);
        c.flagResult = result;
        c.flagCarry = Alu.decCarries64(a, result, c.flagCarry);
    }

    /** DEC Zv 16 */
    public static void decZv16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.reg] & 0xFFFF;
        int result = Alu.dec16(a);
        Operands.setRegister16(c, i.reg, result);
        c.flagResult = (short) result;
        c.flagCarry = Alu.decCarries16(a, result, c.flagCarry);
    }

    /** DEC Zv 32 */
    public static void decZv32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.reg];
        int result = Alu.dec32(a);
        c.gpr[i.reg] = result & 0xFFFF_FFFFL;
        c.flagResult = result;
        c.flagCarry = Alu.decCarries32(a, result, c.flagCarry);
    }

    /** NOT Eb */
    public static void notEb(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.rm);
        int result = Alu.not8(a);
        Operands.setRegister8(c, i.rm, result);
    }

    /** NOT Eb m */
    public static void notEbMemory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int a = c.mmu.readForUpdate8(lin);
        int result = Alu.not8(a);
        c.mmu.write8(lin, result);
    }

    /** NOT Ev 16 */
    public static void notEv16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int result = Alu.not16(a);
        Operands.setRegister16(c, i.rm, result);
    }

    /** NOT Ev 16 m */
    public static void notEv16Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 2);
        int a = c.mmu.readForUpdate16(lin);
        int result = Alu.not16(a);
        c.mmu.write16(lin, result);
    }

    /** NOT Ev 32 */
    public static void notEv32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int result = Alu.not32(a);
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
    }

    /** NOT Ev 32 m */
    public static void notEv32Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 4);
        int a = c.mmu.readForUpdate32(lin);
        int result = Alu.not32(a);
        c.mmu.write32(lin, result);
    }

    /** NOT Ev 64 */
    public static void notEv64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        long result = Alu.not64(a);
        c.gpr[i.rm] = result;
    }

    /** NOT Ev 64 m */
    public static void notEv64Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 8);
        long a = c.mmu.readForUpdate64(lin);
        long result = Alu.not64(a);
        c.mmu.write64(lin, result);
    }

    /** NEG Eb */
    public static void negEb(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.rm);
        int result = Alu.neg8(a);
        Operands.setRegister8(c, i.rm, result);
        c.flagResult = (byte) result;
        c.flagCarry = Alu.negCarries8(a, result);
    }

    /** NEG Eb m */
    public static void negEbMemory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int a = c.mmu.readForUpdate8(lin);
        int result = Alu.neg8(a);
        c.mmu.write8(lin, result);
        c.flagResult = (byte) result;
        c.flagCarry = Alu.negCarries8(a, result);
    }

    /** NEG Ev 16 */
    public static void negEv16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int result = Alu.neg16(a);
        Operands.setRegister16(c, i.rm, result);
        c.flagResult = (short) result;
        c.flagCarry = Alu.negCarries16(a, result);
    }

    /** NEG Ev 16 m */
    public static void negEv16Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 2);
        int a = c.mmu.readForUpdate16(lin);
        int result = Alu.neg16(a);
        c.mmu.write16(lin, result);
        c.flagResult = (short) result;
        c.flagCarry = Alu.negCarries16(a, result);
    }

    /** NEG Ev 32 */
    public static void negEv32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int result = Alu.neg32(a);
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
        c.flagResult = result;
        c.flagCarry = Alu.negCarries32(a, result);
    }

    /** NEG Ev 32 m */
    public static void negEv32Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 4);
        int a = c.mmu.readForUpdate32(lin);
        int result = Alu.neg32(a);
        c.mmu.write32(lin, result);
        c.flagResult = result;
        c.flagCarry = Alu.negCarries32(a, result);
    }

    /** NEG Ev 64 */
    public static void negEv64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        long result = Alu.neg64(a);
        c.gpr[i.rm] = result;
        c.flagResult = result;
        c.flagCarry = Alu.negCarries64(a, result);
    }

    /** NEG Ev 64 m */
    public static void negEv64Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 8);
        long a = c.mmu.readForUpdate64(lin);
        long result = Alu.neg64(a);
        c.mmu.write64(lin, result);
        c.flagResult = result;
        c.flagCarry = Alu.negCarries64(a, result);
    }

    /** IMUL Gv,Ev 16 */
    public static void imulGvEv16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.reg] & 0xFFFF;
        int b = (int) c.gpr[i.rm] & 0xFFFF;
        int result = MulDiv.imul16(a, b);
        Operands.setRegister16(c, i.reg, result);
        c.flagCarry = MulDiv.imulCarries16(a, b, result);
    }

    /** IMUL Gv,Ev 16 m */
    public static void imulGvEv16Memory(Cpu c, Insn i) {
        int a = (int) c.gpr[i.reg] & 0xFFFF;
        long lin = Operands.linearRead(c, i, 2);
        int b = c.mmu.read16(lin);
        int result = MulDiv.imul16(a, b);
        Operands.setRegister16(c, i.reg, result);
        c.flagCarry = MulDiv.imulCarries16(a, b, result);
    }
}
