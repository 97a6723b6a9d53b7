package org.terrarium.x86.interp.gen;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.interp.Operands;
import org.terrarium.x86.isa.Insn;
import org.terrarium.x86.sem.Alu;
import org.terrarium.x86.sem.Bits;
import org.terrarium.x86.sem.Flags;

/** Generated from the instruction table by HandlerGenerator: change the table, not this. */
public final class IntegerHandlers7 {
    private IntegerHandlers7() {}

    /** MOVZX Gv,Ew 16 m */
    public static void movzxGvEw16Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 2);
        int a = c.mmu.read16(lin);
        Operands.setRegister16(c, i.reg, a);
    }

    /** MOVZX Gv,Ew 32 */
    public static void movzxGvEw32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        c.gpr[i.reg] = a & 0xFFFF_FFFFL;
    }

    /** MOVZX Gv,Ew 32 m */
    public static void movzxGvEw32Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 2);
        int a = c.mmu.read16(lin);
        c.gpr[i.reg] = a & 0xFFFF_FFFFL;
    }

    /** MOVZX Gv,Ew 64 */
    public static void movzxGvEw64(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        c.gpr[i.reg] = a;
    }

    /** MOVZX Gv,Ew 64 m */
    public static void movzxGvEw64Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 2);
        int a = c.mmu.read16(lin);
        c.gpr[i.reg] = a;
    }

    /** MOVSX Gv,Eb 16 */
    public static void movsxGvEb16(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.rm);
        int result = Bits.signExtend8To16(a);
        Operands.setRegister16(c, i.reg, result);
    }

    /** MOVSX Gv,Eb 16 m */
    public static void movsxGvEb16Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 1);
        int a = c.mmu.read8(lin);
        int result = Bits.signExtend8To16(a);
        Operands.setRegister16(c, i.reg, result);
    }

    /** MOVSX Gv,Eb 32 */
    public static void movsxGvEb32(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.rm);
        int result = Bits.signExtend8To32(a);
        c.gpr[i.reg] = result & 0xFFFF_FFFFL;
    }

    /** MOVSX Gv,Eb 32 m */
    public static void movsxGvEb32Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 1);
        int a = c.mmu.read8(lin);
        int result = Bits.signExtend8To32(a);
        c.gpr[i.reg] = result & 0xFFFF_FFFFL;
    }

    /** MOVSX Gv,Eb 64 */
    public static void movsxGvEb64(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.rm);
        long result = Bits.signExtend8To64(a);
        c.gpr[i.reg] = result;
    }

    /** MOVSX Gv,Eb 64 m */
    public static void movsxGvEb64Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 1);
        int a = c.mmu.read8(lin);
        long result = Bits.signExtend8To64(a);
        c.gpr[i.reg] = result;
    }

    /** MOVSX Gv,Ew 16 */
    public static void movsxGvEw16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int result = Bits.signExtend16To16(a);
        Operands.setRegister16(c, i.reg, result);
    }

    /** MOVSX Gv,Ew 16 m */
    public static void movsxGvEw16Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 2);
        int a = c.mmu.read16(lin);
        int result = Bits.signExtend16To16(a);
        Operands.setRegister16(c, i.reg, result);
    }

    /** MOVSX Gv,Ew 32 */
    public static void movsxGvEw32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int result = Bits.signExtend16To32(a);
        c.gpr[i.reg] = result & 0xFFFF_FFFFL;
    }

    /** MOVSX Gv,Ew 32 m */
    public static void movsxGvEw32Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 2);
        int a = c.mmu.read16(lin);
        int result = Bits.signExtend16To32(a);
        c.gpr[i.reg] = result & 0xFFFF_FFFFL;
    }

    /** MOVSX Gv,Ew 64 */
    public static void movsxGvEw64(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        long result = Bits.signExtend16To64(a);
        c.gpr[i.reg] = result;
    }

    /** MOVSX Gv,Ew 64 m */
    public static void movsxGvEw64Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 2);
        int a = c.mmu.read16(lin);
        long result = Bits.signExtend16To64(a);
        c.gpr[i.reg] = result;
    }

    /** MOVSXD Gv,Ew 16 */
    public static void movsxdGvEw16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        Operands.setRegister16(c, i.reg, a);
    }

    /** MOVSXD Gv,Ew 16 m */
    public static void movsxdGvEw16Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 2);
        int a = c.mmu.read16(lin);
        Operands.setRegister16(c, i.reg, a);
    }

    /** MOVSXD Gv,Ed 32 */
    public static void movsxdGvEd32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        c.gpr[i.reg] = a & 0xFFFF_FFFFL;
    }

    /** MOVSXD Gv,Ed 32 m */
    public static void movsxdGvEd32Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 4);
        int a = c.mmu.read32(lin);
        c.gpr[i.reg] = a & 0xFFFF_FFFFL;
    }

    /** MOVSXD Gv,Ed 64 */
    public static void movsxdGvEd64(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        long result = Bits.signExtend32To64(a);
        c.gpr[i.reg] = result;
    }

    /** MOVSXD Gv,Ed 64 m */
    public static void movsxdGvEd64Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 4);
        int a = c.mmu.read32(lin);
        long result = Bits.signExtend32To64(a);
        c.gpr[i.reg] = result;
    }

    /** MOVNTI My,Gy 32 m */
    public static void movntiMyGy32Memory(Cpu c, Insn i) {
        int a = (int) c.gpr[i.reg];
        long lin = Operands.linearWrite(c, i, 4);
        c.mmu.write32(lin, a);
    }

    /** MOVNTI My,Gy 64 m */
    public static void movntiMyGy64Memory(Cpu c, Insn i) {
        long a = c.gpr[i.reg];
        long lin = Operands.linearWrite(c, i, 8);
        c.mmu.write64(lin, a);
    }

    /** LEA Gv,M 16 m */
    public static void leaGvM16Memory(Cpu c, Insn i) {
        long value = Operands.ea(c, i);
        Operands.setRegister16(c, i.reg, (int) value);
    }

    /** LEA Gv,M 32 m */
    public static void leaGvM32Memory(Cpu c, Insn i) {
        long value = Operands.ea(c, i);
        c.gpr[i.reg] = (int) value & 0xFFFF_FFFFL;
    }

    /** LEA Gv,M 64 m */
    public static void leaGvM64Memory(Cpu c, Insn i) {
        long value = Operands.ea(c, i);
        c.gpr[i.reg] = value;
    }

    /** XCHG Eb,Gb */
    public static void xchgEbGb(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.rm);
        int b = Operands.getRegister8(c, i.reg);
        Operands.setRegister8(c, i.rm, b);
        Operands.setRegister8(c, i.reg, a);
    }

    /** XCHG Eb,Gb m */
    public static void xchgEbGbMemory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int a = c.mmu.readForUpdate8(lin);
        int b = Operands.getRegister8(c, i.reg);
        c.mmu.write8(lin, b);
        Operands.setRegister8(c, i.reg, a);
    }

    /** XCHG Ev,Gv 16 */
    public static void xchgEvGv16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int b = (int) c.gpr[i.reg] & 0xFFFF;
        Operands.setRegister16(c, i.rm, b);
        Operands.setRegister16(c, i.reg, a);
    }

    /** XCHG Ev,Gv 16 m */
    public static void xchgEvGv16Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 2);
        int a = c.mmu.readForUpdate16(lin);
        int b = (int) c.gpr[i.reg] & 0xFFFF;
        c.mmu.write16(lin, b);
        Operands.setRegister16(c, i.reg, a);
    }

    /** XCHG Ev,Gv 32 */
    public static void xchgEvGv32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int b = (int) c.gpr[i.reg];
        c.gpr[i.rm] = b & 0xFFFF_FFFFL;
        c.gpr[i.reg] = a & 0xFFFF_FFFFL;
    }

    /** XCHG Ev,Gv 32 m */
    public static void xchgEvGv32Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 4);
        int a = c.mmu.readForUpdate32(lin);
        int b = (int) c.gpr[i.reg];
        c.mmu.write32(lin, b);
        c.gpr[i.reg] = a & 0xFFFF_FFFFL;
    }

    /** XCHG Ev,Gv 64 */
    public static void xchgEvGv64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        long b = c.gpr[i.reg];
        c.gpr[i.rm] = b;
        c.gpr[i.reg] = a;
    }

    /** XCHG Ev,Gv 64 m */
    public static void xchgEvGv64Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 8);
        long a = c.mmu.readForUpdate64(lin);
        long b = c.gpr[i.reg];
        c.mmu.write64(lin, b);
        c.gpr[i.reg] = a;
    }

    /** XCHG Zv,rAX 16 */
    public static void xchgZvRAX16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.reg] & 0xFFFF;
        int b = (int) c.gpr[Cpu.RAX] & 0xFFFF;
        Operands.setRegister16(c, i.reg, b);
        Operands.setRegister16(c, Cpu.RAX, a);
    }

    /** XCHG Zv,rAX 32 */
    public static void xchgZvRAX32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.reg];
        int b = (int) c.gpr[Cpu.RAX];
        c.gpr[i.reg] = b & 0xFFFF_FFFFL;
        c.gpr[Cpu.RAX] = a & 0xFFFF_FFFFL;
    }

    /** XCHG Zv,rAX 64 */
    public static void xchgZvRAX64(Cpu c, Insn i) {
        long a = c.gpr[i.reg];
        long b = c.gpr[Cpu.RAX];
        c.gpr[i.reg] = b;
        c.gpr[Cpu.RAX] = a;
    }

    /** XADD Eb,Gb */
    public static void xaddEbGb(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.rm);
        int b = Operands.getRegister8(c, i.reg);
        int result = Alu.add8(a, b);
        Operands.setRegister8(c, i.reg, a);
        Operands.setRegister8(c, i.rm, result);
        c.flagResult = (byte) result;
        c.flagCarry = Alu.addCarries8(a, b, result);
    }

    /** XADD Eb,Gb m */
    public static void xaddEbGbMemory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int a = c.mmu.readForUpdate8(lin);
        int b = Operands.getRegister8(c, i.reg);
        int result = Alu.add8(a, b);
        c.mmu.write8(lin, result);
        Operands.setRegister8(c, i.reg, a);
        c.flagResult = (byte) result;
        c.flagCarry = Alu.addCarries8(a, b, result);
    }

    /** XADD Ev,Gv 16 */
    public static void xaddEvGv16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int b = (int) c.gpr[i.reg] & 0xFFFF;
        int result = Alu.add16(a, b);
        Operands.setRegister16(c, i.reg, a);
        Operands.setRegister16(c, i.rm, result);
        c.flagResult = (short) result;
        c.flagCarry = Alu.addCarries16(a, b, result);
    }

    /** XADD Ev,Gv 16 m */
    public static void xaddEvGv16Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 2);
        int a = c.mmu.readForUpdate16(lin);
        int b = (int) c.gpr[i.reg] & 0xFFFF;
        int result = Alu.add16(a, b);
        c.mmu.write16(lin, result);
        Operands.setRegister16(c, i.reg, a);
        c.flagResult = (short) result;
        c.flagCarry = Alu.addCarries16(a, b, result);
    }

    /** XADD Ev,Gv 32 */
    public static void xaddEvGv32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int b = (int) c.gpr[i.reg];
        int result = Alu.add32(a, b);
        c.gpr[i.reg] = a & 0xFFFF_FFFFL;
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
        c.flagResult = result;
        c.flagCarry = Alu.addCarries32(a, b, result);
    }

    /** XADD Ev,Gv 32 m */
    public static void xaddEvGv32Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 4);
        int a = c.mmu.readForUpdate32(lin);
        int b = (int) c.gpr[i.reg];
        int result = Alu.add32(a, b);
        c.mmu.write32(lin, result);
        c.gpr[i.reg] = a & 0xFFFF_FFFFL;
        c.flagResult = result;
        c.flagCarry = Alu.addCarries32(a, b, result);
    }

    /** XADD Ev,Gv 64 */
    public static void xaddEvGv64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        long b = c.gpr[i.reg];
        long result = Alu.add64(a, b);
        c.gpr[i.reg] = a;
        c.gpr[i.rm] = result;
        c.flagResult = result;
        c.flagCarry = Alu.addCarries64(a, b, result);
    }

    /** XADD Ev,Gv 64 m */
    public static void xaddEvGv64Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 8);
        long a = c.mmu.readForUpdate64(lin);
        long b = c.gpr[i.reg];
        long result = Alu.add64(a, b);
        c.mmu.write64(lin, result);
        c.gpr[i.reg] = a;
        c.flagResult = result;
        c.flagCarry = Alu.addCarries64(a, b, result);
    }

    /** CMPXCHG Eb,Gb */
    public static void cmpxchgEbGb(Cpu c, Insn i) {
        int found = Operands.getRegister8(c, i.rm);
        int expected = (int) c.gpr[Cpu.RAX] & 0xFF;
        int result = Alu.sub8(expected, found);
        if (found == expected) {
            int replacement = Operands.getRegister8(c, i.reg);
            Operands.setRegister8(c, i.rm, replacement);
        } else {
            Operands.setRegister8(c, Cpu.RAX, found);
        }
        c.flagResult = (byte) result;
        c.flagCarry = Alu.subCarries8(expected, found, result);
    }

    /** CMPXCHG Eb,Gb m */
    public static void cmpxchgEbGbMemory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int found = c.mmu.readForUpdate8(lin);
        int expected = (int) c.gpr[Cpu.RAX] & 0xFF;
        int result = Alu.sub8(expected, found);
        if (found == expected) {
            int replacement = Operands.getRegister8(c, i.reg);
            c.mmu.write8(lin, replacement);
        } else {
            c.mmu.write8(lin, found);
            Operands.setRegister8(c, Cpu.RAX, found);
        }
        c.flagResult = (byte) result;
        c.flagCarry = Alu.subCarries8(expected, found, result);
    }

    /** CMPXCHG Ev,Gv 16 */
    public static void cmpxchgEvGv16(Cpu c, Insn i) {
        int found = (int) c.gpr[i.rm] & 0xFFFF;
        int expected = (int) c.gpr[Cpu.RAX] & 0xFFFF;
        int result = Alu.sub16(expected, found);
        if (found == expected) {
            int replacement = (int) c.gpr[i.reg] & 0xFFFF;
            Operands.setRegister16(c, i.rm, replacement);
        } else {
            Operands.setRegister16(c, Cpu.RAX, found);
        }
        c.flagResult = (short) result;
        c.flagCarry = Alu.subCarries16(expected, found, result);
    }

    /** CMPXCHG Ev,Gv 16 m */
    public static void cmpxchgEvGv16Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 2);
        int found = c.mmu.readForUpdate16(lin);
        int expected = (int) c.gpr[Cpu.RAX] & 0xFFFF;
        int result = Alu.sub16(expected, found);
        if (found == expected) {
            int replacement = (int) c.gpr[i.reg] & 0xFFFF;
            c.mmu.write16(lin, replacement);
        } else {
            c.mmu.write16(lin, found);
            Operands.setRegister16(c, Cpu.RAX, found);
        }
        c.flagResult = (short) result;
        c.flagCarry = Alu.subCarries16(expected, found, result);
    }

    /** CMPXCHG Ev,Gv 32 */
    public static void cmpxchgEvGv32(Cpu c, Insn i) {
        int found = (int) c.gpr[i.rm];
        int expected = (int) c.gpr[Cpu.RAX];
        int result = Alu.sub32(expected, found);
        if (found == expected) {
            int replacement = (int) c.gpr[i.reg];
            c.gpr[i.rm] = replacement & 0xFFFF_FFFFL;
        } else {
            c.gpr[Cpu.RAX] = found & 0xFFFF_FFFFL;
        }
        c.flagResult = result;
        c.flagCarry = Alu.subCarries32(expected, found, result);
    }

    /** CMPXCHG Ev,Gv 32 m */
    public static void cmpxchgEvGv32Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 4);
        int found = c.mmu.readForUpdate32(lin);
        int expected = (int) c.gpr[Cpu.RAX];
        int result = Alu.sub32(expected, found);
        if (found == expected) {
            int replacement = (int) c.gpr[i.reg];
            c.mmu.write32(lin, replacement);
        } else {
            c.mmu.write32(lin, found);
            c.gpr[Cpu.RAX] = found & 0xFFFF_FFFFL;
        }
        c.flagResult = result;
        c.flagCarry = Alu.subCarries32(expected, found, result);
    }

    /** CMPXCHG Ev,Gv 64 */
    public static void cmpxchgEvGv64(Cpu c, Insn i) {
        long found = c.gpr[i.rm];
        long expected = c.gpr[Cpu.RAX];
        long result = Alu.sub64(expected, found);
        if (found == expected) {
            long replacement = c.gpr[i.reg];
            c.gpr[i.rm] = replacement;
        } else {
            c.gpr[Cpu.RAX] = found;
        }
        c.flagResult = result;
        c.flagCarry = Alu.subCarries64(expected, found, result);
    }

    /** CMPXCHG Ev,Gv 64 m */
    public static void cmpxchgEvGv64Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 8);
        long found = c.mmu.readForUpdate64(lin);
        long expected = c.gpr[Cpu.RAX];
        long result = Alu.sub64(expected, found);
        if (found == expected) {
            long replacement = c.gpr[i.reg];
            c.mmu.write64(lin, replacement);
        } else {
            c.mmu.write64(lin, found);
            c.gpr[Cpu.RAX] = found;
        }
        c.flagResult = result;
        c.flagCarry = Alu.subCarries64(expected, found, result);
    }

    /** CBW [rAX],[AL] 16 */
    public static void cbwRAXAL16(Cpu c, Insn i) {
        int a = (int) c.gpr[Cpu.RAX] & 0xFF;
        int result = Bits.signExtend8To16(a);
        Operands.setRegister16(c, Cpu.RAX, result);
    }

    /** CWDE [rAX],[AX] 32 */
    public static void cwdeRAXAX32(Cpu c, Insn i) {
        int a = (int) c.gpr[Cpu.RAX] & 0xFFFF;
        int result = Bits.signExtend16To32(a);
        c.gpr[Cpu.RAX] = result & 0xFFFF_FFFFL;
    }

    /** CDQE [rAX],[eAX] 64 */
    public static void cdqeRAXEAX64(Cpu c, Insn i) {
        int a = (int) c.gpr[Cpu.RAX];
        long result = Bits.signExtend32To64(a);
        c.gpr[Cpu.RAX] = result;
    }

    /** CWD [rDX],[rAX] 16 */
    public static void cwdRDXRAX16(Cpu c, Insn i) {
        int a = (int) c.gpr[Cpu.RAX] & 0xFFFF;
        int result = Bits.signFill16(a);
        Operands.setRegister16(c, Cpu.RDX, result);
    }

    /** CDQ [rDX],[rAX] 32 */
    public static void cdqRDXRAX32(Cpu c, Insn i) {
        int a = (int) c.gpr[Cpu.RAX];
        int result = Bits.signFill32(a);
        c.gpr[Cpu.RDX] = result & 0xFFFF_FFFFL;
    }

    /** CQO [rDX],[rAX] 64 */
    public static void cqoRDXRAX64(Cpu c, Insn i) {
        long a = c.gpr[Cpu.RAX];
        long result = Bits.signFill64(a);
        c.gpr[Cpu.RDX] = result;
    }

    /** CMOVO Gv,Ev 16 */
    public static void cmovoGvEv16(Cpu c, Insn i) {
        int value = (int) c.gpr[i.rm] & 0xFFFF;
        if (Flags.isO(c.flagResult, c.flagCarry)) {
            Operands.setRegister16(c, i.reg, value);
        }
    }

    /** CMOVO Gv,Ev 16 m */
    public static void cmovoGvEv16Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 2);
        int value = c.mmu.read16(lin);
        if (Flags.isO(c.flagResult, c.flagCarry)) {
            Operands.setRegister16(c, i.reg, value);
        }
    }

    /** CMOVO Gv,Ev 32 */
    public static void cmovoGvEv32(Cpu c, Insn i) {
        int value = (int) c.gpr[i.rm];
        c.gpr[i.reg] = (Flags.isO(c.flagResult, c.flagCarry) ? value : c.gpr[i.reg]) & 0xFFFF_FFFFL;
    }

    /** CMOVO Gv,Ev 32 m */
    public static void cmovoGvEv32Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 4);
        int value = c.mmu.read32(lin);
        c.gpr[i.reg] = (Flags.isO(c.flagResult, c.flagCarry) ? value : c.gpr[i.reg]) & 0xFFFF_FFFFL;
    }

    /** CMOVO Gv,Ev 64 */
    public static void cmovoGvEv64(Cpu c, Insn i) {
        long value = c.gpr[i.rm];
        if (Flags.isO(c.flagResult, c.flagCarry)) {
            c.gpr[i.reg] = value;
        }
    }

    /** CMOVO Gv,Ev 64 m */
    public static void cmovoGvEv64Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 8);
        long value = c.mmu.read64(lin);
        if (Flags.isO(c.flagResult, c.flagCarry)) {
            c.gpr[i.reg] = value;
        }
    }

    /** CMOVNO Gv,Ev 16 */
    public static void cmovnoGvEv16(Cpu c, Insn i) {
        int value = (int) c.gpr[i.rm] & 0xFFFF;
        if (Flags.isNO(c.flagResult, c.flagCarry)) {
            Operands.setRegister16(c, i.reg, value);
        }
    }

    /** CMOVNO Gv,Ev 16 m */
    public static void cmovnoGvEv16Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 2);
        int value = c.mmu.read16(lin);
        if (Flags.isNO(c.flagResult, c.flagCarry)) {
            Operands.setRegister16(c, i.reg, value);
        }
    }

    /** CMOVNO Gv,Ev 32 */
    public static void cmovnoGvEv32(Cpu c, Insn i) {
        int value = (int) c.gpr[i.rm];
        c.gpr[i.reg] = (Flags.isNO(c.flagResult, c.flagCarry) ? value : c.gpr[i.reg]) & 0xFFFF_FFFFL;
    }

    /** CMOVNO Gv,Ev 32 m */
    public static void cmovnoGvEv32Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 4);
        int value = c.mmu.read32(lin);
        c.gpr[i.reg] = (Flags.isNO(c.flagResult, c.flagCarry) ? value : c.gpr[i.reg]) & 0xFFFF_FFFFL;
    }

    /** CMOVNO Gv,Ev 64 */
    public static void cmovnoGvEv64(Cpu c, Insn i) {
        long value = c.gpr[i.rm];
        if (Flags.isNO(c.flagResult, c.flagCarry)) {
            c.gpr[i.reg] = value;
        }
    }

    /** CMOVNO Gv,Ev 64 m */
    public static void cmovnoGvEv64Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 8);
        long value = c.mmu.read64(lin);
        if (Flags.isNO(c.flagResult, c.flagCarry)) {
            c.gpr[i.reg] = value;
        }
    }

    /** CMOVB Gv,Ev 16 */
    public static void cmovbGvEv16(Cpu c, Insn i) {
        int value = (int) c.gpr[i.rm] & 0xFFFF;
        if (Flags.isB(c.flagResult, c.flagCarry)) {
            Operands.setRegister16(c, i.reg, value);
        }
    }

    /** CMOVB Gv,Ev 16 m */
    public static void cmovbGvEv16Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 2);
        int value = c.mmu.read16(lin);
        if (Flags.isB(c.flagResult, c.flagCarry)) {
            Operands.setRegister16(c, i.reg, value);
        }
    }

    /** CMOVB Gv,Ev 32 */
    public static void cmovbGvEv32(Cpu c, Insn i) {
        int value = (int) c.gpr[i.rm];
        c.gpr[i.reg] = (Flags.isB(c.flagResult, c.flagCarry) ? value : c.gpr[i.reg]) & 0xFFFF_FFFFL;
    }

    /** CMOVB Gv,Ev 32 m */
    public static void cmovbGvEv32Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 4);
        int value = c.mmu.read32(lin);
        c.gpr[i.reg] = (Flags.isB(c.flagResult, c.flagCarry) ? value : c.gpr[i.reg]) & 0xFFFF_FFFFL;
    }

    /** CMOVB Gv,Ev 64 */
    public static void cmovbGvEv64(Cpu c, Insn i) {
        long value = c.gpr[i.rm];
        if (Flags.isB(c.flagResult, c.flagCarry)) {
            c.gpr[i.reg] = value;
        }
    }

    /** CMOVB Gv,Ev 64 m */
    public static void cmovbGvEv64Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 8);
        long value = c.mmu.read64(lin);
        if (Flags.isB(c.flagResult, c.flagCarry)) {
            c.gpr[i.reg] = value;
        }
    }

    /** CMOVNB Gv,Ev 16 */
    public static void cmovnbGvEv16(Cpu c, Insn i) {
        int value = (int) c.gpr[i.rm] & 0xFFFF;
        if (Flags.isNB(c.flagResult, c.flagCarry)) {
            Operands.setRegister16(c, i.reg, value);
        }
    }

    /** CMOVNB Gv,Ev 16 m */
    public static void cmovnbGvEv16Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 2);
        int value = c.mmu.read16(lin);
        if (Flags.isNB(c.flagResult, c.flagCarry)) {
            Operands.setRegister16(c, i.reg, value);
        }
    }

    /** CMOVNB Gv,Ev 32 */
    public static void cmovnbGvEv32(Cpu c, Insn i) {
        int value = (int) c.gpr[i.rm];
        c.gpr[i.reg] = (Flags.isNB(c.flagResult, c.flagCarry) ? value : c.gpr[i.reg]) & 0xFFFF_FFFFL;
    }

    /** CMOVNB Gv,Ev 32 m */
    public static void cmovnbGvEv32Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 4);
        int value = c.mmu.read32(lin);
        c.gpr[i.reg] = (Flags.isNB(c.flagResult, c.flagCarry) ? value : c.gpr[i.reg]) & 0xFFFF_FFFFL;
    }

    /** CMOVNB Gv,Ev 64 */
    public static void cmovnbGvEv64(Cpu c, Insn i) {
        long value = c.gpr[i.rm];
        if (Flags.isNB(c.flagResult, c.flagCarry)) {
            c.gpr[i.reg] = value;
        }
    }

    /** CMOVNB Gv,Ev 64 m */
    public static void cmovnbGvEv64Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 8);
        long value = c.mmu.read64(lin);
        if (Flags.isNB(c.flagResult, c.flagCarry)) {
            c.gpr[i.reg] = value;
        }
    }

    /** CMOVZ Gv,Ev 16 */
    public static void cmovzGvEv16(Cpu c, Insn i) {
        int value = (int) c.gpr[i.rm] & 0xFFFF;
        if (Flags.isZ(c.flagResult, c.flagCarry)) {
            Operands.setRegister16(c, i.reg, value);
        }
    }

    /** CMOVZ Gv,Ev 16 m */
    public static void cmovzGvEv16Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 2);
        int value = c.mmu.read16(lin);
        if (Flags.isZ(c.flagResult, c.flagCarry)) {
            Operands.setRegister16(c, i.reg, value);
        }
    }

    /** CMOVZ Gv,Ev 32 */
    public static void cmovzGvEv32(Cpu c, Insn i) {
        int value = (int) c.gpr[i.rm];
        c.gpr[i.reg] = (Flags.isZ(c.flagResult, c.flagCarry) ? value : c.gpr[i.reg]) & 0xFFFF_FFFFL;
    }

    /** CMOVZ Gv,Ev 32 m */
    public static void cmovzGvEv32Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 4);
        int value = c.mmu.read32(lin);
        c.gpr[i.reg] = (Flags.isZ(c.flagResult, c.flagCarry) ? value : c.gpr[i.reg]) & 0xFFFF_FFFFL;
    }

    /** CMOVZ Gv,Ev 64 */
    public static void cmovzGvEv64(Cpu c, Insn i) {
        long value = c.gpr[i.rm];
        if (Flags.isZ(c.flagResult, c.flagCarry)) {
            c.gpr[i.reg] = value;
        }
    }

    /** CMOVZ Gv,Ev 64 m */
    public static void cmovzGvEv64Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 8);
        long value = c.mmu.read64(lin);
        if (Flags.isZ(c.flagResult, c.flagCarry)) {
            c.gpr[i.reg] = value;
        }
    }

    /** CMOVNZ Gv,Ev 16 */
    public static void cmovnzGvEv16(Cpu c, Insn i) {
        int value = (int) c.gpr[i.rm] & 0xFFFF;
        if (Flags.isNZ(c.flagResult, c.flagCarry)) {
            Operands.setRegister16(c, i.reg, value);
        }
    }

    /** CMOVNZ Gv,Ev 16 m */
    public static void cmovnzGvEv16Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 2);
        int value = c.mmu.read16(lin);
        if (Flags.isNZ(c.flagResult, c.flagCarry)) {
            Operands.setRegister16(c, i.reg, value);
        }
    }

    /** CMOVNZ Gv,Ev 32 */
    public static void cmovnzGvEv32(Cpu c, Insn i) {
        int value = (int) c.gpr[i.rm];
        c.gpr[i.reg] = (Flags.isNZ(c.flagResult, c.flagCarry) ? value : c.gpr[i.reg]) & 0xFFFF_FFFFL;
    }

    /** CMOVNZ Gv,Ev 32 m */
    public static void cmovnzGvEv32Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 4);
        int value = c.mmu.read32(lin);
        c.gpr[i.reg] = (Flags.isNZ(c.flagResult, c.flagCarry) ? value : c.gpr[i.reg]) & 0xFFFF_FFFFL;
    }

    /** CMOVNZ Gv,Ev 64 */
    public static void cmovnzGvEv64(Cpu c, Insn i) {
        long value = c.gpr[i.rm];
        if (Flags.isNZ(c.flagResult, c.flagCarry)) {
            c.gpr[i.reg] = value;
        }
    }

    /** CMOVNZ Gv,Ev 64 m */
    public static void cmovnzGvEv64Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 8);
        long value = c.mmu.read64(lin);
        if (Flags.isNZ(c.flagResult, c.flagCarry)) {
            c.gpr[i.reg] = value;
        }
    }

    /** CMOVBE Gv,Ev 16 */
    public static void cmovbeGvEv16(Cpu c, Insn i) {
        int value = (int) c.gpr[i.rm] & 0xFFFF;
        if (Flags.isBE(c.flagResult, c.flagCarry)) {
            Operands.setRegister16(c, i.reg, value);
        }
    }

    /** CMOVBE Gv,Ev 16 m */
    public static void cmovbeGvEv16Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 2);
        int value = c.mmu.read16(lin);
        if (Flags.isBE(c.flagResult, c.flagCarry)) {
            Operands.setRegister16(c, i.reg, value);
        }
    }

    /** CMOVBE Gv,Ev 32 */
    public static void cmovbeGvEv32(Cpu c, Insn i) {
        int value = (int) c.gpr[i.rm];
        c.gpr[i.reg] = (Flags.isBE(c.flagResult, c.flagCarry) ? value : c.gpr[i.reg]) & 0xFFFF_FFFFL;
    }

    /** CMOVBE Gv,Ev 32 m */
    public static void cmovbeGvEv32Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 4);
        int value = c.mmu.read32(lin);
        c.gpr[i.reg] = (Flags.isBE(c.flagResult, c.flagCarry) ? value : c.gpr[i.reg]) & 0xFFFF_FFFFL;
    }

    /** CMOVBE Gv,Ev 64 */
    public static void cmovbeGvEv64(Cpu c, Insn i) {
        long value = c.gpr[i.rm];
        if (Flags.isBE(c.flagResult, c.flagCarry)) {
            c.gpr[i.reg] = value;
        }
    }

    /** CMOVBE Gv,Ev 64 m */
    public static void cmovbeGvEv64Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 8);
        long value = c.mmu.read64(lin);
        if (Flags.isBE(c.flagResult, c.flagCarry)) {
            c.gpr[i.reg] = value;
        }
    }

    /** CMOVNBE Gv,Ev 16 */
    public static void cmovnbeGvEv16(Cpu c, Insn i) {
        int value = (int) c.gpr[i.rm] & 0xFFFF;
        if (Flags.isNBE(c.flagResult, c.flagCarry)) {
            Operands.setRegister16(c, i.reg, value);
        }
    }

    /** CMOVNBE Gv,Ev 16 m */
    public static void cmovnbeGvEv16Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 2);
        int value = c.mmu.read16(lin);
        if (Flags.isNBE(c.flagResult, c.flagCarry)) {
            Operands.setRegister16(c, i.reg, value);
        }
    }

    /** CMOVNBE Gv,Ev 32 */
    public static void cmovnbeGvEv32(Cpu c, Insn i) {
        int value = (int) c.gpr[i.rm];
        c.gpr[i.reg] = (Flags.isNBE(c.flagResult, c.flagCarry) ? value : c.gpr[i.reg]) & 0xFFFF_FFFFL;
    }

    /** CMOVNBE Gv,Ev 32 m */
    public static void cmovnbeGvEv32Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 4);
        int value = c.mmu.read32(lin);
        c.gpr[i.reg] = (Flags.isNBE(c.flagResult, c.flagCarry) ? value : c.gpr[i.reg]) & 0xFFFF_FFFFL;
    }

    /** CMOVNBE Gv,Ev 64 */
    public static void cmovnbeGvEv64(Cpu c, Insn i) {
        long value = c.gpr[i.rm];
        if (Flags.isNBE(c.flagResult, c.flagCarry)) {
            c.gpr[i.reg] = value;
        }
    }

    /** CMOVNBE Gv,Ev 64 m */
    public static void cmovnbeGvEv64Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 8);
        long value = c.mmu.read64(lin);
        if (Flags.isNBE(c.flagResult, c.flagCarry)) {
            c.gpr[i.reg] = value;
        }
    }

    /** CMOVS Gv,Ev 16 */
    public static void cmovsGvEv16(Cpu c, Insn i) {
        int value = (int) c.gpr[i.rm] & 0xFFFF;
        if (Flags.isS(c.flagResult, c.flagCarry)) {
            Operands.setRegister16(c, i.reg, value);
        }
    }
}
