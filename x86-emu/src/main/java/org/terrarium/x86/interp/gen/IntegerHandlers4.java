package org.terrarium.x86.interp.gen;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.interp.Operands;
import org.terrarium.x86.isa.Insn;
import org.terrarium.x86.sem.MulDiv;
import org.terrarium.x86.sem.Shift;

/** Generated from the instruction table by HandlerGenerator: change the table, not this. */
public final class IntegerHandlers4 {
    private IntegerHandlers4() {}

    /** IMUL Gv,Ev 32 */
    public static void imulGvEv32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.reg];
        int b = (int) c.gpr[i.rm];
        int result = MulDiv.imul32(a, b);
        c.gpr[i.reg] = result & 0xFFFF_FFFFL;
        c.flagCarry = MulDiv.imulCarries32(a, b, result);
    }

    /** IMUL Gv,Ev 32 m */
    public static void imulGvEv32Memory(Cpu c, Insn i) {
        int a = (int) c.gpr[i.reg];
        long lin = Operands.linearRead(c, i, 4);
        int b = c.mmu.read32(lin);
        int result = MulDiv.imul32(a, b);
        c.gpr[i.reg] = result & 0xFFFF_FFFFL;
        c.flagCarry = MulDiv.imulCarries32(a, b, result);
    }

    /** IMUL Gv,Ev 64 */
    public static void imulGvEv64(Cpu c, Insn i) {
        long a = c.gpr[i.reg];
        long b = c.gpr[i.rm];
        long result = MulDiv.imul64(a, b);
        c.gpr[i.reg] = result;
        c.flagCarry = MulDiv.imulCarries64(a, b, result);
    }

    /** IMUL Gv,Ev 64 m */
    public static void imulGvEv64Memory(Cpu c, Insn i) {
        long a = c.gpr[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        long result = MulDiv.imul64(a, b);
        c.gpr[i.reg] = result;
        c.flagCarry = MulDiv.imulCarries64(a, b, result);
    }

    /** IMUL Gv,Ev,Iz 16 */
    public static void imulGvEvIz16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int result = MulDiv.imul16(a, (int) i.imm & 0xFFFF);
        Operands.setRegister16(c, i.reg, result);
        c.flagCarry = MulDiv.imulCarries16(a, (int) i.imm & 0xFFFF, result);
    }

    /** IMUL Gv,Ev,Iz 16 m */
    public static void imulGvEvIz16Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 2);
        int a = c.mmu.read16(lin);
        int result = MulDiv.imul16(a, (int) i.imm & 0xFFFF);
        Operands.setRegister16(c, i.reg, result);
        c.flagCarry = MulDiv.imulCarries16(a, (int) i.imm & 0xFFFF, result);
    }

    /** IMUL Gv,Ev,Iz 32 */
    public static void imulGvEvIz32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int result = MulDiv.imul32(a, (int) i.imm);
        c.gpr[i.reg] = result & 0xFFFF_FFFFL;
        c.flagCarry = MulDiv.imulCarries32(a, (int) i.imm, result);
    }

    /** IMUL Gv,Ev,Iz 32 m */
    public static void imulGvEvIz32Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 4);
        int a = c.mmu.read32(lin);
        int result = MulDiv.imul32(a, (int) i.imm);
        c.gpr[i.reg] = result & 0xFFFF_FFFFL;
        c.flagCarry = MulDiv.imulCarries32(a, (int) i.imm, result);
    }

    /** IMUL Gv,Ev,Iz 64 */
    public static void imulGvEvIz64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        long result = MulDiv.imul64(a, i.imm);
        c.gpr[i.reg] = result;
        c.flagCarry = MulDiv.imulCarries64(a, i.imm, result);
    }

    /** IMUL Gv,Ev,Iz 64 m */
    public static void imulGvEvIz64Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 8);
        long a = c.mmu.read64(lin);
        long result = MulDiv.imul64(a, i.imm);
        c.gpr[i.reg] = result;
        c.flagCarry = MulDiv.imulCarries64(a, i.imm, result);
    }

    /** IMUL Gv,Ev,Ibs 16 */
    public static void imulGvEvIbs16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int result = MulDiv.imul16(a, (int) i.imm & 0xFFFF);
        Operands.setRegister16(c, i.reg, result);
        c.flagCarry = MulDiv.imulCarries16(a, (int) i.imm & 0xFFFF, result);
    }

    /** IMUL Gv,Ev,Ibs 16 m */
    public static void imulGvEvIbs16Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 2);
        int a = c.mmu.read16(lin);
        int result = MulDiv.imul16(a, (int) i.imm & 0xFFFF);
        Operands.setRegister16(c, i.reg, result);
        c.flagCarry = MulDiv.imulCarries16(a, (int) i.imm & 0xFFFF, result);
    }

    /** IMUL Gv,Ev,Ibs 32 */
    public static void imulGvEvIbs32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int result = MulDiv.imul32(a, (int) i.imm);
        c.gpr[i.reg] = result & 0xFFFF_FFFFL;
        c.flagCarry = MulDiv.imulCarries32(a, (int) i.imm, result);
    }

    /** IMUL Gv,Ev,Ibs 32 m */
    public static void imulGvEvIbs32Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 4);
        int a = c.mmu.read32(lin);
        int result = MulDiv.imul32(a, (int) i.imm);
        c.gpr[i.reg] = result & 0xFFFF_FFFFL;
        c.flagCarry = MulDiv.imulCarries32(a, (int) i.imm, result);
    }

    /** IMUL Gv,Ev,Ibs 64 */
    public static void imulGvEvIbs64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        long result = MulDiv.imul64(a, i.imm);
        c.gpr[i.reg] = result;
        c.flagCarry = MulDiv.imulCarries64(a, i.imm, result);
    }

    /** IMUL Gv,Ev,Ibs 64 m */
    public static void imulGvEvIbs64Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 8);
        long a = c.mmu.read64(lin);
        long result = MulDiv.imul64(a, i.imm);
        c.gpr[i.reg] = result;
        c.flagCarry = MulDiv.imulCarries64(a, i.imm, result);
    }

    /** ROL Eb,Ib */
    public static void rolEbIb(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.rm);
        int result = Shift.rol8(a, (int) i.imm);
        Operands.setRegister8(c, i.rm, result);
        if (((int) i.imm & 31) != 0) {
            c.flagCarry = Shift.rolCarries8(a, (int) i.imm, result, c.flagCarry);
        }
    }

    /** ROL Eb,Ib m */
    public static void rolEbIbMemory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int a = c.mmu.readForUpdate8(lin);
        int result = Shift.rol8(a, (int) i.imm);
        c.mmu.write8(lin, result);
        if (((int) i.imm & 31) != 0) {
            c.flagCarry = Shift.rolCarries8(a, (int) i.imm, result, c.flagCarry);
        }
    }

    /** ROL Ev,Ib 16 */
    public static void rolEvIb16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int result = Shift.rol16(a, (int) i.imm);
        Operands.setRegister16(c, i.rm, result);
        if (((int) i.imm & 31) != 0) {
            c.flagCarry = Shift.rolCarries16(a, (int) i.imm, result, c.flagCarry);
        }
    }

    /** ROL Ev,Ib 16 m */
    public static void rolEvIb16Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 2);
        int a = c.mmu.readForUpdate16(lin);
        int result = Shift.rol16(a, (int) i.imm);
        c.mmu.write16(lin, result);
        if (((int) i.imm & 31) != 0) {
            c.flagCarry = Shift.rolCarries16(a, (int) i.imm, result, c.flagCarry);
        }
    }

    /** ROL Ev,Ib 32 */
    public static void rolEvIb32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int result = Shift.rol32(a, (int) i.imm);
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
        if (((int) i.imm & 31) != 0) {
            c.flagCarry = Shift.rolCarries32(a, (int) i.imm, result, c.flagCarry);
        }
    }

    /** ROL Ev,Ib 32 m */
    public static void rolEvIb32Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 4);
        int a = c.mmu.readForUpdate32(lin);
        int result = Shift.rol32(a, (int) i.imm);
        c.mmu.write32(lin, result);
        if (((int) i.imm & 31) != 0) {
            c.flagCarry = Shift.rolCarries32(a, (int) i.imm, result, c.flagCarry);
        }
    }

    /** ROL Ev,Ib 64 */
    public static void rolEvIb64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        long result = Shift.rol64(a, (int) i.imm);
        c.gpr[i.rm] = result;
        if (((int) i.imm & 63) != 0) {
            c.flagCarry = Shift.rolCarries64(a, (int) i.imm, result, c.flagCarry);
        }
    }

    /** ROL Ev,Ib 64 m */
    public static void rolEvIb64Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 8);
        long a = c.mmu.readForUpdate64(lin);
        long result = Shift.rol64(a, (int) i.imm);
        c.mmu.write64(lin, result);
        if (((int) i.imm & 63) != 0) {
            c.flagCarry = Shift.rolCarries64(a, (int) i.imm, result, c.flagCarry);
        }
    }

    /** ROL Eb,1 */
    public static void rolEb1(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.rm);
        int result = Shift.rol8(a, 1);
        Operands.setRegister8(c, i.rm, result);
        c.flagCarry = Shift.rolCarries8(a, 1, result, c.flagCarry);
    }

    /** ROL Eb,1 m */
    public static void rolEb1Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int a = c.mmu.readForUpdate8(lin);
        int result = Shift.rol8(a, 1);
        c.mmu.write8(lin, result);
        c.flagCarry = Shift.rolCarries8(a, 1, result, c.flagCarry);
    }

    /** ROL Ev,1 16 */
    public static void rolEv116(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int result = Shift.rol16(a, 1);
        Operands.setRegister16(c, i.rm, result);
        c.flagCarry = Shift.rolCarries16(a, 1, result, c.flagCarry);
    }

    /** ROL Ev,1 16 m */
    public static void rolEv116Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 2);
        int a = c.mmu.readForUpdate16(lin);
        int result = Shift.rol16(a, 1);
        c.mmu.write16(lin, result);
        c.flagCarry = Shift.rolCarries16(a, 1, result, c.flagCarry);
    }

    /** ROL Ev,1 32 */
    public static void rolEv132(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int result = Shift.rol32(a, 1);
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
        c.flagCarry = Shift.rolCarries32(a, 1, result, c.flagCarry);
    }

    /** ROL Ev,1 32 m */
    public static void rolEv132Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 4);
        int a = c.mmu.readForUpdate32(lin);
        int result = Shift.rol32(a, 1);
        c.mmu.write32(lin, result);
        c.flagCarry = Shift.rolCarries32(a, 1, result, c.flagCarry);
    }

    /** ROL Ev,1 64 */
    public static void rolEv164(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        long result = Shift.rol64(a, 1);
        c.gpr[i.rm] = result;
        c.flagCarry = Shift.rolCarries64(a, 1, result, c.flagCarry);
    }

    /** ROL Ev,1 64 m */
    public static void rolEv164Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 8);
        long a = c.mmu.readForUpdate64(lin);
        long result = Shift.rol64(a, 1);
        c.mmu.write64(lin, result);
        c.flagCarry = Shift.rolCarries64(a, 1, result, c.flagCarry);
    }

    /** ROL Eb,CL */
    public static void rolEbCL(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.rm);
        int b = (int) c.gpr[Cpu.RCX] & 0xFF;
        int result = Shift.rol8(a, b);
        Operands.setRegister8(c, i.rm, result);
        if ((b & 31) != 0) {
            c.flagCarry = Shift.rolCarries8(a, b, result, c.flagCarry);
        }
    }

    /** ROL Eb,CL m */
    public static void rolEbCLMemory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int a = c.mmu.readForUpdate8(lin);
        int b = (int) c.gpr[Cpu.RCX] & 0xFF;
        int result = Shift.rol8(a, b);
        c.mmu.write8(lin, result);
        if ((b & 31) != 0) {
            c.flagCarry = Shift.rolCarries8(a, b, result, c.flagCarry);
        }
    }

    /** ROL Ev,CL 16 */
    public static void rolEvCL16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int b = (int) c.gpr[Cpu.RCX] & 0xFF;
        int result = Shift.rol16(a, b);
        Operands.setRegister16(c, i.rm, result);
        if ((b & 31) != 0) {
            c.flagCarry = Shift.rolCarries16(a, b, result, c.flagCarry);
        }
    }

    /** ROL Ev,CL 16 m */
    public static void rolEvCL16Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 2);
        int a = c.mmu.readForUpdate16(lin);
        int b = (int) c.gpr[Cpu.RCX] & 0xFF;
        int result = Shift.rol16(a, b);
        c.mmu.write16(lin, result);
        if ((b & 31) != 0) {
            c.flagCarry = Shift.rolCarries16(a, b, result, c.flagCarry);
        }
    }

    /** ROL Ev,CL 32 */
    public static void rolEvCL32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int b = (int) c.gpr[Cpu.RCX] & 0xFF;
        int result = Shift.rol32(a, b);
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
        if ((b & 31) != 0) {
            c.flagCarry = Shift.rolCarries32(a, b, result, c.flagCarry);
        }
    }

    /** ROL Ev,CL 32 m */
    public static void rolEvCL32Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 4);
        int a = c.mmu.readForUpdate32(lin);
        int b = (int) c.gpr[Cpu.RCX] & 0xFF;
        int result = Shift.rol32(a, b);
        c.mmu.write32(lin, result);
        if ((b & 31) != 0) {
            c.flagCarry = Shift.rolCarries32(a, b, result, c.flagCarry);
        }
    }

    /** ROL Ev,CL 64 */
    public static void rolEvCL64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        int b = (int) c.gpr[Cpu.RCX] & 0xFF;
        long result = Shift.rol64(a, b);
        c.gpr[i.rm] = result;
        if ((b & 63) != 0) {
            c.flagCarry = Shift.rolCarries64(a, b, result, c.flagCarry);
        }
    }

    /** ROL Ev,CL 64 m */
    public static void rolEvCL64Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 8);
        long a = c.mmu.readForUpdate64(lin);
        int b = (int) c.gpr[Cpu.RCX] & 0xFF;
        long result = Shift.rol64(a, b);
        c.mmu.write64(lin, result);
        if ((b & 63) != 0) {
            c.flagCarry = Shift.rolCarries64(a, b, result, c.flagCarry);
        }
    }

    /** ROR Eb,Ib */
    public static void rorEbIb(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.rm);
        int result = Shift.ror8(a, (int) i.imm);
        Operands.setRegister8(c, i.rm, result);
        if (((int) i.imm & 31) != 0) {
            c.flagCarry = Shift.rorCarries8(a, (int) i.imm, result, c.flagCarry);
        }
    }

    /** ROR Eb,Ib m */
    public static void rorEbIbMemory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int a = c.mmu.readForUpdate8(lin);
        int result = Shift.ror8(a, (int) i.imm);
        c.mmu.write8(lin, result);
        if (((int) i.imm & 31) != 0) {
            c.flagCarry = Shift.rorCarries8(a, (int) i.imm, result, c.flagCarry);
        }
    }

    /** ROR Ev,Ib 16 */
    public static void rorEvIb16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int result = Shift.ror16(a, (int) i.imm);
        Operands.setRegister16(c, i.rm, result);
        if (((int) i.imm & 31) != 0) {
            c.flagCarry = Shift.rorCarries16(a, (int) i.imm, result, c.flagCarry);
        }
    }

    /** ROR Ev,Ib 16 m */
    public static void rorEvIb16Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 2);
        int a = c.mmu.readForUpdate16(lin);
        int result = Shift.ror16(a, (int) i.imm);
        c.mmu.write16(lin, result);
        if (((int) i.imm & 31) != 0) {
            c.flagCarry = Shift.rorCarries16(a, (int) i.imm, result, c.flagCarry);
        }
    }

    /** ROR Ev,Ib 32 */
    public static void rorEvIb32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int result = Shift.ror32(a, (int) i.imm);
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
        if (((int) i.imm & 31) != 0) {
            c.flagCarry = Shift.rorCarries32(a, (int) i.imm, result, c.flagCarry);
        }
    }

    /** ROR Ev,Ib 32 m */
    public static void rorEvIb32Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 4);
        int a = c.mmu.readForUpdate32(lin);
        int result = Shift.ror32(a, (int) i.imm);
        c.mmu.write32(lin, result);
        if (((int) i.imm & 31) != 0) {
            c.flagCarry = Shift.rorCarries32(a, (int) i.imm, result, c.flagCarry);
        }
    }

    /** ROR Ev,Ib 64 */
    public static void rorEvIb64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        long result = Shift.ror64(a, (int) i.imm);
        c.gpr[i.rm] = result;
        if (((int) i.imm & 63) != 0) {
            c.flagCarry = Shift.rorCarries64(a, (int) i.imm, result, c.flagCarry);
        }
    }

    /** ROR Ev,Ib 64 m */
    public static void rorEvIb64Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 8);
        long a = c.mmu.readForUpdate64(lin);
        long result = Shift.ror64(a, (int) i.imm);
        c.mmu.write64(lin, result);
        if (((int) i.imm & 63) != 0) {
            c.flagCarry = Shift.rorCarries64(a, (int) i.imm, result, c.flagCarry);
        }
    }

    /** ROR Eb,1 */
    public static void rorEb1(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.rm);
        int result = Shift.ror8(a, 1);
        Operands.setRegister8(c, i.rm, result);
        c.flagCarry = Shift.rorCarries8(a, 1, result, c.flagCarry);
    }

    /** ROR Eb,1 m */
    public static void rorEb1Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int a = c.mmu.readForUpdate8(lin);
        int result = Shift.ror8(a, 1);
        c.mmu.write8(lin, result);
        c.flagCarry = Shift.rorCarries8(a, 1, result, c.flagCarry);
    }

    /** ROR Ev,1 16 */
    public static void rorEv116(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int result = Shift.ror16(a, 1);
        Operands.setRegister16(c, i.rm, result);
        c.flagCarry = Shift.rorCarries16(a, 1, result, c.flagCarry);
    }

    /** ROR Ev,1 16 m */
    public static void rorEv116Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 2);
        int a = c.mmu.readForUpdate16(lin);
        int result = Shift.ror16(a, 1);
        c.mmu.write16(lin, result);
        c.flagCarry = Shift.rorCarries16(a, 1, result, c.flagCarry);
    }

    /** ROR Ev,1 32 */
    public static void rorEv132(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int result = Shift.ror32(a, 1);
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
        c.flagCarry = Shift.rorCarries32(a, 1, result, c.flagCarry);
    }

    /** ROR Ev,1 32 m */
    public static void rorEv132Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 4);
        int a = c.mmu.readForUpdate32(lin);
        int result = Shift.ror32(a, 1);
        c.mmu.write32(lin, result);
        c.flagCarry = Shift.rorCarries32(a, 1, result, c.flagCarry);
    }

    /** ROR Ev,1 64 */
    public static void rorEv164(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        long result = Shift.ror64(a, 1);
        c.gpr[i.rm] = result;
        c.flagCarry = Shift.rorCarries64(a, 1, result, c.flagCarry);
    }

    /** ROR Ev,1 64 m */
    public static void rorEv164Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 8);
        long a = c.mmu.readForUpdate64(lin);
        long result = Shift.ror64(a, 1);
        c.mmu.write64(lin, result);
        c.flagCarry = Shift.rorCarries64(a, 1, result, c.flagCarry);
    }

    /** ROR Eb,CL */
    public static void rorEbCL(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.rm);
        int b = (int) c.gpr[Cpu.RCX] & 0xFF;
        int result = Shift.ror8(a, b);
        Operands.setRegister8(c, i.rm, result);
        if ((b & 31) != 0) {
            c.flagCarry = Shift.rorCarries8(a, b, result, c.flagCarry);
        }
    }

    /** ROR Eb,CL m */
    public static void rorEbCLMemory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int a = c.mmu.readForUpdate8(lin);
        int b = (int) c.gpr[Cpu.RCX] & 0xFF;
        int result = Shift.ror8(a, b);
        c.mmu.write8(lin, result);
        if ((b & 31) != 0) {
            c.flagCarry = Shift.rorCarries8(a, b, result, c.flagCarry);
        }
    }

    /** ROR Ev,CL 16 */
    public static void rorEvCL16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int b = (int) c.gpr[Cpu.RCX] & 0xFF;
        int result = Shift.ror16(a, b);
        Operands.setRegister16(c, i.rm, result);
        if ((b & 31) != 0) {
            c.flagCarry = Shift.rorCarries16(a, b, result, c.flagCarry);
        }
    }

    /** ROR Ev,CL 16 m */
    public static void rorEvCL16Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 2);
        int a = c.mmu.readForUpdate16(lin);
        int b = (int) c.gpr[Cpu.RCX] & 0xFF;
        int result = Shift.ror16(a, b);
        c.mmu.write16(lin, result);
        if ((b & 31) != 0) {
            c.flagCarry = Shift.rorCarries16(a, b, result, c.flagCarry);
        }
    }

    /** ROR Ev,CL 32 */
    public static void rorEvCL32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int b = (int) c.gpr[Cpu.RCX] & 0xFF;
        int result = Shift.ror32(a, b);
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
        if ((b & 31) != 0) {
            c.flagCarry = Shift.rorCarries32(a, b, result, c.flagCarry);
        }
    }

    /** ROR Ev,CL 32 m */
    public static void rorEvCL32Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 4);
        int a = c.mmu.readForUpdate32(lin);
        int b = (int) c.gpr[Cpu.RCX] & 0xFF;
        int result = Shift.ror32(a, b);
        c.mmu.write32(lin, result);
        if ((b & 31) != 0) {
            c.flagCarry = Shift.rorCarries32(a, b, result, c.flagCarry);
        }
    }

    /** ROR Ev,CL 64 */
    public static void rorEvCL64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        int b = (int) c.gpr[Cpu.RCX] & 0xFF;
        long result = Shift.ror64(a, b);
        c.gpr[i.rm] = result;
        if ((b & 63) != 0) {
            c.flagCarry = Shift.rorCarries64(a, b, result, c.flagCarry);
        }
    }

    /** ROR Ev,CL 64 m */
    public static void rorEvCL64Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 8);
        long a = c.mmu.readForUpdate64(lin);
        int b = (int) c.gpr[Cpu.RCX] & 0xFF;
        long result = Shift.ror64(a, b);
        c.mmu.write64(lin, result);
        if ((b & 63) != 0) {
            c.flagCarry = Shift.rorCarries64(a, b, result, c.flagCarry);
        }
    }

    /** RCL Eb,Ib */
    public static void rclEbIb(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.rm);
        int result = Shift.rcl8(a, (int) i.imm, (int) (c.flagCarry >>> 63));
        Operands.setRegister8(c, i.rm, result);
        if (((int) i.imm & 31) != 0) {
            c.flagCarry = Shift.rclCarries8(a, (int) i.imm, result, c.flagCarry);
        }
    }

    /** RCL Eb,Ib m */
    public static void rclEbIbMemory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int a = c.mmu.readForUpdate8(lin);
        int result = Shift.rcl8(a, (int) i.imm, (int) (c.flagCarry >>> 63));
        c.mmu.write8(lin, result);
        if (((int) i.imm & 31) != 0) {
            c.flagCarry = Shift.rclCarries8(a, (int) i.imm, result, c.flagCarry);
        }
    }

    /** RCL Ev,Ib 16 */
    public static void rclEvIb16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int result = Shift.rcl16(a, (int) i.imm, (int) (c.flagCarry >>> 63));
        Operands.setRegister16(c, i.rm, result);
        if (((int) i.imm & 31) != 0) {
            c.flagCarry = Shift.rclCarries16(a, (int) i.imm, result, c.flagCarry);
        }
    }

    /** RCL Ev,Ib 16 m */
    public static void rclEvIb16Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 2);
        int a = c.mmu.readForUpdate16(lin);
        int result = Shift.rcl16(a, (int) i.imm, (int) (c.flagCarry >>> 63));
        c.mmu.write16(lin, result);
        if (((int) i.imm & 31) != 0) {
            c.flagCarry = Shift.rclCarries16(a, (int) i.imm, result, c.flagCarry);
        }
    }

    /** RCL Ev,Ib 32 */
    public static void rclEvIb32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int result = Shift.rcl32(a, (int) i.imm, (int) (c.flagCarry >>> 63));
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
        if (((int) i.imm & 31) != 0) {
            c.flagCarry = Shift.rclCarries32(a, (int) i.imm, result, c.flagCarry);
        }
    }

    /** RCL Ev,Ib 32 m */
    public static void rclEvIb32Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 4);
        int a = c.mmu.readForUpdate32(lin);
        int result = Shift.rcl32(a, (int) i.imm, (int) (c.flagCarry >>> 63));
        c.mmu.write32(lin, result);
        if (((int) i.imm & 31) != 0) {
            c.flagCarry = Shift.rclCarries32(a, (int) i.imm, result, c.flagCarry);
        }
    }

    /** RCL Ev,Ib 64 */
    public static void rclEvIb64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        long result = Shift.rcl64(a, (int) i.imm, (int) (c.flagCarry >>> 63));
        c.gpr[i.rm] = result;
        if (((int) i.imm & 63) != 0) {
            c.flagCarry = Shift.rclCarries64(a, (int) i.imm, result, c.flagCarry);
        }
    }

    /** RCL Ev,Ib 64 m */
    public static void rclEvIb64Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 8);
        long a = c.mmu.readForUpdate64(lin);
        long result = Shift.rcl64(a, (int) i.imm, (int) (c.flagCarry >>> 63));
        c.mmu.write64(lin, result);
        if (((int) i.imm & 63) != 0) {
            c.flagCarry = Shift.rclCarries64(a, (int) i.imm, result, c.flagCarry);
        }
    }

    /** RCL Eb,1 */
    public static void rclEb1(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.rm);
        int result = Shift.rcl8(a, 1, (int) (c.flagCarry >>> 63));
        Operands.setRegister8(c, i.rm, result);
        c.flagCarry = Shift.rclCarries8(a, 1, result, c.flagCarry);
    }

    /** RCL Eb,1 m */
    public static void rclEb1Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int a = c.mmu.readForUpdate8(lin);
        int result = Shift.rcl8(a, 1, (int) (c.flagCarry >>> 63));
        c.mmu.write8(lin, result);
        c.flagCarry = Shift.rclCarries8(a, 1, result, c.flagCarry);
    }

    /** RCL Ev,1 16 */
    public static void rclEv116(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int result = Shift.rcl16(a, 1, (int) (c.flagCarry >>> 63));
        Operands.setRegister16(c, i.rm, result);
        c.flagCarry = Shift.rclCarries16(a, 1, result, c.flagCarry);
    }

    /** RCL Ev,1 16 m */
    public static void rclEv116Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 2);
        int a = c.mmu.readForUpdate16(lin);
        int result = Shift.rcl16(a, 1, (int) (c.flagCarry >>> 63));
        c.mmu.write16(lin, result);
        c.flagCarry = Shift.rclCarries16(a, 1, result, c.flagCarry);
    }

    /** RCL Ev,1 32 */
    public static void rclEv132(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int result = Shift.rcl32(a, 1, (int) (c.flagCarry >>> 63));
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
        c.flagCarry = Shift.rclCarries32(a, 1, result, c.flagCarry);
    }

    /** RCL Ev,1 32 m */
    public static void rclEv132Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 4);
        int a = c.mmu.readForUpdate32(lin);
        int result = Shift.rcl32(a, 1, (int) (c.flagCarry >>> 63));
        c.mmu.write32(lin, result);
        c.flagCarry = Shift.rclCarries32(a, 1, result, c.flagCarry);
    }

    /** RCL Ev,1 64 */
    public static void rclEv164(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        long result = Shift.rcl64(a, 1, (int) (c.flagCarry >>> 63));
        c.gpr[i.rm] = result;
        c.flagCarry = Shift.rclCarries64(a, 1, result, c.flagCarry);
    }

    /** RCL Ev,1 64 m */
    public static void rclEv164Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 8);
        long a = c.mmu.readForUpdate64(lin);
        long result = Shift.rcl64(a, 1, (int) (c.flagCarry >>> 63));
        c.mmu.write64(lin, result);
        c.flagCarry = Shift.rclCarries64(a, 1, result, c.flagCarry);
    }

    /** RCL Eb,CL */
    public static void rclEbCL(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.rm);
        int b = (int) c.gpr[Cpu.RCX] & 0xFF;
        int result = Shift.rcl8(a, b, (int) (c.flagCarry >>> 63));
        Operands.setRegister8(c, i.rm, result);
        if ((b & 31) != 0) {
            c.flagCarry = Shift.rclCarries8(a, b, result, c.flagCarry);
        }
    }

    /** RCL Eb,CL m */
    public static void rclEbCLMemory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int a = c.mmu.readForUpdate8(lin);
        int b = (int) c.gpr[Cpu.RCX] & 0xFF;
        int result = Shift.rcl8(a, b, (int) (c.flagCarry >>> 63));
        c.mmu.write8(lin, result);
        if ((b & 31) != 0) {
            c.flagCarry = Shift.rclCarries8(a, b, result, c.flagCarry);
        }
    }

    /** RCL Ev,CL 16 */
    public static void rclEvCL16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int b = (int) c.gpr[Cpu.RCX] & 0xFF;
        int result = Shift.rcl16(a, b, (int) (c.flagCarry >>> 63));
        Operands.setRegister16(c, i.rm, result);
        if ((b & 31) != 0) {
            c.flagCarry = Shift.rclCarries16(a, b, result, c.flagCarry);
        }
    }

    /** RCL Ev,CL 16 m */
    public static void rclEvCL16Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 2);
        int a = c.mmu.readForUpdate16(lin);
        int b = (int) c.gpr[Cpu.RCX] & 0xFF;
        int result = Shift.rcl16(a, b, (int) (c.flagCarry >>> 63));
        c.mmu.write16(lin, result);
        if ((b & 31) != 0) {
            c.flagCarry = Shift.rclCarries16(a, b, result, c.flagCarry);
        }
    }

    /** RCL Ev,CL 32 */
    public static void rclEvCL32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int b = (int) c.gpr[Cpu.RCX] & 0xFF;
        int result = Shift.rcl32(a, b, (int) (c.flagCarry >>> 63));
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
        if ((b & 31) != 0) {
            c.flagCarry = Shift.rclCarries32(a, b, result, c.flagCarry);
        }
    }

    /** RCL Ev,CL 32 m */
    public static void rclEvCL32Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 4);
        int a = c.mmu.readForUpdate32(lin);
        int b = (int) c.gpr[Cpu.RCX] & 0xFF;
        int result = Shift.rcl32(a, b, (int) (c.flagCarry >>> 63));
        c.mmu.write32(lin, result);
        if ((b & 31) != 0) {
            c.flagCarry = Shift.rclCarries32(a, b, result, c.flagCarry);
        }
    }

    /** RCL Ev,CL 64 */
    public static void rclEvCL64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        int b = (int) c.gpr[Cpu.RCX] & 0xFF;
        long result = Shift.rcl64(a, b, (int) (c.flagCarry >>> 63));
        c.gpr[i.rm] = result;
        if ((b & 63) != 0) {
            c.flagCarry = Shift.rclCarries64(a, b, result, c.flagCarry);
        }
    }

    /** RCL Ev,CL 64 m */
    public static void rclEvCL64Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 8);
        long a = c.mmu.readForUpdate64(lin);
        int b = (int) c.gpr[Cpu.RCX] & 0xFF;
        long result = Shift.rcl64(a, b, (int) (c.flagCarry >>> 63));
        c.mmu.write64(lin, result);
        if ((b & 63) != 0) {
            c.flagCarry = Shift.rclCarries64(a, b, result, c.flagCarry);
        }
    }

    /** RCR Eb,Ib */
    public static void rcrEbIb(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.rm);
        int result = Shift.rcr8(a, (int) i.imm, (int) (c.flagCarry >>> 63));
        Operands.setRegister8(c, i.rm, result);
        if (((int) i.imm & 31) != 0) {
            c.flagCarry = Shift.rcrCarries8(a, (int) i.imm, result, c.flagCarry);
        }
    }

    /** RCR Eb,Ib m */
    public static void rcrEbIbMemory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int a = c.mmu.readForUpdate8(lin);
        int result = Shift.rcr8(a, (int) i.imm, (int) (c.flagCarry >>> 63));
        c.mmu.write8(lin, result);
        if (((int) i.imm & 31) != 0) {
            c.flagCarry = Shift.rcrCarries8(a, (int) i.imm, result, c.flagCarry);
        }
    }

    /** RCR Ev,Ib 16 */
    public static void rcrEvIb16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int result = Shift.rcr16(a, (int) i.imm, (int) (c.flagCarry >>> 63));
        Operands.setRegister16(c, i.rm, result);
        if (((int) i.imm & 31) != 0) {
            c.flagCarry = Shift.rcrCarries16(a, (int) i.imm, result, c.flagCarry);
        }
    }

    /** RCR Ev,Ib 16 m */
    public static void rcrEvIb16Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 2);
        int a = c.mmu.readForUpdate16(lin);
        int result = Shift.rcr16(a, (int) i.imm, (int) (c.flagCarry >>> 63));
        c.mmu.write16(lin, result);
        if (((int) i.imm & 31) != 0) {
            c.flagCarry = Shift.rcrCarries16(a, (int) i.imm, result, c.flagCarry);
        }
    }

    /** RCR Ev,Ib 32 */
    public static void rcrEvIb32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int result = Shift.rcr32(a, (int) i.imm, (int) (c.flagCarry >>> 63));
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
        if (((int) i.imm & 31) != 0) {
            c.flagCarry = Shift.rcrCarries32(a, (int) i.imm, result, c.flagCarry);
        }
    }

    /** RCR Ev,Ib 32 m */
    public static void rcrEvIb32Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 4);
        int a = c.mmu.readForUpdate32(lin);
        int result = Shift.rcr32(a, (int) i.imm, (int) (c.flagCarry >>> 63));
        c.mmu.write32(lin, result);
        if (((int) i.imm & 31) != 0) {
            c.flagCarry = Shift.rcrCarries32(a, (int) i.imm, result, c.flagCarry);
        }
    }

    /** RCR Ev,Ib 64 */
    public static void rcrEvIb64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        long result = Shift.rcr64(a, (int) i.imm, (int) (c.flagCarry >>> 63));
        c.gpr[i.rm] = result;
        if (((int) i.imm & 63) != 0) {
            c.flagCarry = Shift.rcrCarries64(a, (int) i.imm, result, c.flagCarry);
        }
    }

    /** RCR Ev,Ib 64 m */
    public static void rcrEvIb64Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 8);
        long a = c.mmu.readForUpdate64(lin);
        long result = Shift.rcr64(a, (int) i.imm, (int) (c.flagCarry >>> 63));
        c.mmu.write64(lin, result);
        if (((int) i.imm & 63) != 0) {
            c.flagCarry = Shift.rcrCarries64(a, (int) i.imm, result, c.flagCarry);
        }
    }

    /** RCR Eb,1 */
    public static void rcrEb1(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.rm);
        int result = Shift.rcr8(a, 1, (int) (c.flagCarry >>> 63));
        Operands.setRegister8(c, i.rm, result);
        c.flagCarry = Shift.rcrCarries8(a, 1, result, c.flagCarry);
    }

    /** RCR Eb,1 m */
    public static void rcrEb1Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int a = c.mmu.readForUpdate8(lin);
        int result = Shift.rcr8(a, 1, (int) (c.flagCarry >>> 63));
        c.mmu.write8(lin, result);
        c.flagCarry = Shift.rcrCarries8(a, 1, result, c.flagCarry);
    }

    /** RCR Ev,1 16 */
    public static void rcrEv116(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int result = Shift.rcr16(a, 1, (int) (c.flagCarry >>> 63));
        Operands.setRegister16(c, i.rm, result);
        c.flagCarry = Shift.rcrCarries16(a, 1, result, c.flagCarry);
    }

    /** RCR Ev,1 16 m */
    public static void rcrEv116Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 2);
        int a = c.mmu.readForUpdate16(lin);
        int result = Shift.rcr16(a, 1, (int) (c.flagCarry >>> 63));
        c.mmu.write16(lin, result);
        c.flagCarry = Shift.rcrCarries16(a, 1, result, c.flagCarry);
    }

    /** RCR Ev,1 32 */
    public static void rcrEv132(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int result = Shift.rcr32(a, 1, (int) (c.flagCarry >>> 63));
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
        c.flagCarry = Shift.rcrCarries32(a, 1, result, c.flagCarry);
    }

    /** RCR Ev,1 32 m */
    public static void rcrEv132Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 4);
        int a = c.mmu.readForUpdate32(lin);
        int result = Shift.rcr32(a, 1, (int) (c.flagCarry >>> 63));
        c.mmu.write32(lin, result);
        c.flagCarry = Shift.rcrCarries32(a, 1, result, c.flagCarry);
    }

    /** RCR Ev,1 64 */
    public static void rcrEv164(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        long result = Shift.rcr64(a, 1, (int) (c.flagCarry >>> 63));
        c.gpr[i.rm] = result;
        c.flagCarry = Shift.rcrCarries64(a, 1, result, c.flagCarry);
    }

    /** RCR Ev,1 64 m */
    public static void rcrEv164Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 8);
        long a = c.mmu.readForUpdate64(lin);
        long result = Shift.rcr64(a, 1, (int) (c.flagCarry >>> 63));
        c.mmu.write64(lin, result);
        c.flagCarry = Shift.rcrCarries64(a, 1, result, c.flagCarry);
    }

    /** RCR Eb,CL */
    public static void rcrEbCL(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.rm);
        int b = (int) c.gpr[Cpu.RCX] & 0xFF;
        int result = Shift.rcr8(a, b, (int) (c.flagCarry >>> 63));
        Operands.setRegister8(c, i.rm, result);
        if ((b & 31) != 0) {
            c.flagCarry = Shift.rcrCarries8(a, b, result, c.flagCarry);
        }
    }

    /** RCR Eb,CL m */
    public static void rcrEbCLMemory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int a = c.mmu.readForUpdate8(lin);
        int b = (int) c.gpr[Cpu.RCX] & 0xFF;
        int result = Shift.rcr8(a, b, (int) (c.flagCarry >>> 63));
        c.mmu.write8(lin, result);
        if ((b & 31) != 0) {
            c.flagCarry = Shift.rcrCarries8(a, b, result, c.flagCarry);
        }
    }

    /** RCR Ev,CL 16 */
    public static void rcrEvCL16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int b = (int) c.gpr[Cpu.RCX] & 0xFF;
        int result = Shift.rcr16(a, b, (int) (c.flagCarry >>> 63));
        Operands.setRegister16(c, i.rm, result);
        if ((b & 31) != 0) {
            c.flagCarry = Shift.rcrCarries16(a, b, result, c.flagCarry);
        }
    }

    /** RCR Ev,CL 16 m */
    public static void rcrEvCL16Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 2);
        int a = c.mmu.readForUpdate16(lin);
        int b = (int) c.gpr[Cpu.RCX] & 0xFF;
        int result = Shift.rcr16(a, b, (int) (c.flagCarry >>> 63));
        c.mmu.write16(lin, result);
        if ((b & 31) != 0) {
            c.flagCarry = Shift.rcrCarries16(a, b, result, c.flagCarry);
        }
    }

    /** RCR Ev,CL 32 */
    public static void rcrEvCL32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int b = (int) c.gpr[Cpu.RCX] & 0xFF;
        int result = Shift.rcr32(a, b, (int) (c.flagCarry >>> 63));
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
        if ((b & 31) != 0) {
            c.flagCarry = Shift.rcrCarries32(a, b, result, c.flagCarry);
        }
    }

    /** RCR Ev,CL 32 m */
    public static void rcrEvCL32Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 4);
        int a = c.mmu.readForUpdate32(lin);
        int b = (int) c.gpr[Cpu.RCX] & 0xFF;
        int result = Shift.rcr32(a, b, (int) (c.flagCarry >>> 63));
        c.mmu.write32(lin, result);
        if ((b & 31) != 0) {
            c.flagCarry = Shift.rcrCarries32(a, b, result, c.flagCarry);
        }
    }
}
