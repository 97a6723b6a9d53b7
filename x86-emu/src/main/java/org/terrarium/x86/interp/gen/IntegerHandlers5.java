package org.terrarium.x86.interp.gen;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.interp.Operands;
import org.terrarium.x86.isa.Insn;
import org.terrarium.x86.sem.Bits;
import org.terrarium.x86.sem.Shift;

/** Generated from the instruction table by HandlerGenerator: change the table, not this. */
public final class IntegerHandlers5 {
    private IntegerHandlers5() {}

    /** RCR Ev,CL 64 */
    public static void rcrEvCL64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        int b = (int) c.gpr[Cpu.RCX] & 0xFF;
        long result = Shift.rcr64(a, b, (int) (c.flagCarry >>> 63));
        c.gpr[i.rm] = result;
        if ((b & 63) != 0) {
            c.flagCarry = Shift.rcrCarries64(a, b, result, c.flagCarry);
        }
    }

    /** RCR Ev,CL 64 m */
    public static void rcrEvCL64Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 8);
        long a = c.mmu.readForUpdate64(lin);
        int b = (int) c.gpr[Cpu.RCX] & 0xFF;
        long result = Shift.rcr64(a, b, (int) (c.flagCarry >>> 63));
        c.mmu.write64(lin, result);
        if ((b & 63) != 0) {
            c.flagCarry = Shift.rcrCarries64(a, b, result, c.flagCarry);
        }
    }

    /** SHL Eb,Ib */
    public static void shlEbIb(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.rm);
        int result = Shift.shl8(a, (int) i.imm);
        Operands.setRegister8(c, i.rm, result);
        if (((int) i.imm & 31) != 0) {
            c.flagResult = (byte) result;
            c.flagCarry = Shift.shlCarries8(a, (int) i.imm, result);
        }
    }

    /** SHL Eb,Ib m */
    public static void shlEbIbMemory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int a = c.mmu.readForUpdate8(lin);
        int result = Shift.shl8(a, (int) i.imm);
        c.mmu.write8(lin, result);
        if (((int) i.imm & 31) != 0) {
            c.flagResult = (byte) result;
            c.flagCarry = Shift.shlCarries8(a, (int) i.imm, result);
        }
    }

    /** SHL Ev,Ib 16 */
    public static void shlEvIb16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int result = Shift.shl16(a, (int) i.imm);
        Operands.setRegister16(c, i.rm, result);
        if (((int) i.imm & 31) != 0) {
            c.flagResult = (short) result;
            c.flagCarry = Shift.shlCarries16(a, (int) i.imm, result);
        }
    }

    /** SHL Ev,Ib 16 m */
    public static void shlEvIb16Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 2);
        int a = c.mmu.readForUpdate16(lin);
        int result = Shift.shl16(a, (int) i.imm);
        c.mmu.write16(lin, result);
        if (((int) i.imm & 31) != 0) {
            c.flagResult = (short) result;
            c.flagCarry = Shift.shlCarries16(a, (int) i.imm, result);
        }
    }

    /** SHL Ev,Ib 32 */
    public static void shlEvIb32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int result = Shift.shl32(a, (int) i.imm);
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
        if (((int) i.imm & 31) != 0) {
            c.flagResult = result;
            c.flagCarry = Shift.shlCarries32(a, (int) i.imm, result);
        }
    }

    /** SHL Ev,Ib 32 m */
    public static void shlEvIb32Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 4);
        int a = c.mmu.readForUpdate32(lin);
        int result = Shift.shl32(a, (int) i.imm);
        c.mmu.write32(lin, result);
        if (((int) i.imm & 31) != 0) {
            c.flagResult = result;
            c.flagCarry = Shift.shlCarries32(a, (int) i.imm, result);
        }
    }

    /** SHL Ev,Ib 64 */
    public static void shlEvIb64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        long result = Shift.shl64(a, (int) i.imm);
        c.gpr[i.rm] = result;
        if (((int) i.imm & 63) != 0) {
            c.flagResult = result;
            c.flagCarry = Shift.shlCarries64(a, (int) i.imm, result);
        }
    }

    /** SHL Ev,Ib 64 m */
    public static void shlEvIb64Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 8);
        long a = c.mmu.readForUpdate64(lin);
        long result = Shift.shl64(a, (int) i.imm);
        c.mmu.write64(lin, result);
        if (((int) i.imm & 63) != 0) {
            c.flagResult = result;
            c.flagCarry = Shift.shlCarries64(a, (int) i.imm, result);
        }
    }

    /** SHL Eb,1 */
    public static void shlEb1(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.rm);
        int result = Shift.shl8(a, 1);
        Operands.setRegister8(c, i.rm, result);
        c.flagResult = (byte) result;
        c.flagCarry = Shift.shlCarries8(a, 1, result);
    }

    /** SHL Eb,1 m */
    public static void shlEb1Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int a = c.mmu.readForUpdate8(lin);
        int result = Shift.shl8(a, 1);
        c.mmu.write8(lin, result);
        c.flagResult = (byte) result;
        c.flagCarry = Shift.shlCarries8(a, 1, result);
    }

    /** SHL Ev,1 16 */
    public static void shlEv116(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int result = Shift.shl16(a, 1);
        Operands.setRegister16(c, i.rm, result);
        c.flagResult = (short) result;
        c.flagCarry = Shift.shlCarries16(a, 1, result);
    }

    /** SHL Ev,1 16 m */
    public static void shlEv116Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 2);
        int a = c.mmu.readForUpdate16(lin);
        int result = Shift.shl16(a, 1);
        c.mmu.write16(lin, result);
        c.flagResult = (short) result;
        c.flagCarry = Shift.shlCarries16(a, 1, result);
    }

    /** SHL Ev,1 32 */
    public static void shlEv132(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int result = Shift.shl32(a, 1);
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
        c.flagResult = result;
        c.flagCarry = Shift.shlCarries32(a, 1, result);
    }

    /** SHL Ev,1 32 m */
    public static void shlEv132Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 4);
        int a = c.mmu.readForUpdate32(lin);
        int result = Shift.shl32(a, 1);
        c.mmu.write32(lin, result);
        c.flagResult = result;
        c.flagCarry = Shift.shlCarries32(a, 1, result);
    }

    /** SHL Ev,1 64 */
    public static void shlEv164(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        long result = Shift.shl64(a, 1);
        c.gpr[i.rm] = result;
        c.flagResult = result;
        c.flagCarry = Shift.shlCarries64(a, 1, result);
    }

    /** SHL Ev,1 64 m */
    public static void shlEv164Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 8);
        long a = c.mmu.readForUpdate64(lin);
        long result = Shift.shl64(a, 1);
        c.mmu.write64(lin, result);
        c.flagResult = result;
        c.flagCarry = Shift.shlCarries64(a, 1, result);
    }

    /** SHL Eb,CL */
    public static void shlEbCL(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.rm);
        int b = (int) c.gpr[Cpu.RCX] & 0xFF;
        int result = Shift.shl8(a, b);
        Operands.setRegister8(c, i.rm, result);
        if ((b & 31) != 0) {
            c.flagResult = (byte) result;
            c.flagCarry = Shift.shlCarries8(a, b, result);
        }
    }

    /** SHL Eb,CL m */
    public static void shlEbCLMemory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int a = c.mmu.readForUpdate8(lin);
        int b = (int) c.gpr[Cpu.RCX] & 0xFF;
        int result = Shift.shl8(a, b);
        c.mmu.write8(lin, result);
        if ((b & 31) != 0) {
            c.flagResult = (byte) result;
            c.flagCarry = Shift.shlCarries8(a, b, result);
        }
    }

    /** SHL Ev,CL 16 */
    public static void shlEvCL16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int b = (int) c.gpr[Cpu.RCX] & 0xFF;
        int result = Shift.shl16(a, b);
        Operands.setRegister16(c, i.rm, result);
        if ((b & 31) != 0) {
            c.flagResult = (short) result;
            c.flagCarry = Shift.shlCarries16(a, b, result);
        }
    }

    /** SHL Ev,CL 16 m */
    public static void shlEvCL16Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 2);
        int a = c.mmu.readForUpdate16(lin);
        int b = (int) c.gpr[Cpu.RCX] & 0xFF;
        int result = Shift.shl16(a, b);
        c.mmu.write16(lin, result);
        if ((b & 31) != 0) {
            c.flagResult = (short) result;
            c.flagCarry = Shift.shlCarries16(a, b, result);
        }
    }

    /** SHL Ev,CL 32 */
    public static void shlEvCL32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int b = (int) c.gpr[Cpu.RCX] & 0xFF;
        int result = Shift.shl32(a, b);
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
        if ((b & 31) != 0) {
            c.flagResult = result;
            c.flagCarry = Shift.shlCarries32(a, b, result);
        }
    }

    /** SHL Ev,CL 32 m */
    public static void shlEvCL32Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 4);
        int a = c.mmu.readForUpdate32(lin);
        int b = (int) c.gpr[Cpu.RCX] & 0xFF;
        int result = Shift.shl32(a, b);
        c.mmu.write32(lin, result);
        if ((b & 31) != 0) {
            c.flagResult = result;
            c.flagCarry = Shift.shlCarries32(a, b, result);
        }
    }

    /** SHL Ev,CL 64 */
    public static void shlEvCL64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        int b = (int) c.gpr[Cpu.RCX] & 0xFF;
        long result = Shift.shl64(a, b);
        c.gpr[i.rm] = result;
        if ((b & 63) != 0) {
            c.flagResult = result;
            c.flagCarry = Shift.shlCarries64(a, b, result);
        }
    }

    /** SHL Ev,CL 64 m */
    public static void shlEvCL64Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 8);
        long a = c.mmu.readForUpdate64(lin);
        int b = (int) c.gpr[Cpu.RCX] & 0xFF;
        long result = Shift.shl64(a, b);
        c.mmu.write64(lin, result);
        if ((b & 63) != 0) {
            c.flagResult = result;
            c.flagCarry = Shift.shlCarries64(a, b, result);
        }
    }

    /** SHR Eb,Ib */
    public static void shrEbIb(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.rm);
        int result = Shift.shr8(a, (int) i.imm);
        Operands.setRegister8(c, i.rm, result);
        if (((int) i.imm & 31) != 0) {
            c.flagResult = (byte) result;
            c.flagCarry = Shift.shrCarries8(a, (int) i.imm, result);
        }
    }

    /** SHR Eb,Ib m */
    public static void shrEbIbMemory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int a = c.mmu.readForUpdate8(lin);
        int result = Shift.shr8(a, (int) i.imm);
        c.mmu.write8(lin, result);
        if (((int) i.imm & 31) != 0) {
            c.flagResult = (byte) result;
            c.flagCarry = Shift.shrCarries8(a, (int) i.imm, result);
        }
    }

    /** SHR Ev,Ib 16 */
    public static void shrEvIb16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int result = Shift.shr16(a, (int) i.imm);
        Operands.setRegister16(c, i.rm, result);
        if (((int) i.imm & 31) != 0) {
            c.flagResult = (short) result;
            c.flagCarry = Shift.shrCarries16(a, (int) i.imm, result);
        }
    }

    /** SHR Ev,Ib 16 m */
    public static void shrEvIb16Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 2);
        int a = c.mmu.readForUpdate16(lin);
        int result = Shift.shr16(a, (int) i.imm);
        c.mmu.write16(lin, result);
        if (((int) i.imm & 31) != 0) {
            c.flagResult = (short) result;
            c.flagCarry = Shift.shrCarries16(a, (int) i.imm, result);
        }
    }

    /** SHR Ev,Ib 32 */
    public static void shrEvIb32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int result = Shift.shr32(a, (int) i.imm);
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
        if (((int) i.imm & 31) != 0) {
            c.flagResult = result;
            c.flagCarry = Shift.shrCarries32(a, (int) i.imm, result);
        }
    }

    /** SHR Ev,Ib 32 m */
    public static void shrEvIb32Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 4);
        int a = c.mmu.readForUpdate32(lin);
        int result = Shift.shr32(a, (int) i.imm);
        c.mmu.write32(lin, result);
        if (((int) i.imm & 31) != 0) {
            c.flagResult = result;
            c.flagCarry = Shift.shrCarries32(a, (int) i.imm, result);
        }
    }

    /** SHR Ev,Ib 64 */
    public static void shrEvIb64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        long result = Shift.shr64(a, (int) i.imm);
        c.gpr[i.rm] = result;
        if (((int) i.imm & 63) != 0) {
            c.flagResult = result;
            c.flagCarry = Shift.shrCarries64(a, (int) i.imm, result);
        }
    }

    /** SHR Ev,Ib 64 m */
    public static void shrEvIb64Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 8);
        long a = c.mmu.readForUpdate64(lin);
        long result = Shift.shr64(a, (int) i.imm);
        c.mmu.write64(lin, result);
        if (((int) i.imm & 63) != 0) {
            c.flagResult = result;
            c.flagCarry = Shift.shrCarries64(a, (int) i.imm, result);
        }
    }

    /** SHR Eb,1 */
    public static void shrEb1(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.rm);
        int result = Shift.shr8(a, 1);
        Operands.setRegister8(c, i.rm, result);
        c.flagResult = (byte) result;
        c.flagCarry = Shift.shrCarries8(a, 1, result);
    }

    /** SHR Eb,1 m */
    public static void shrEb1Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int a = c.mmu.readForUpdate8(lin);
        int result = Shift.shr8(a, 1);
        c.mmu.write8(lin, result);
        c.flagResult = (byte) result;
        c.flagCarry = Shift.shrCarries8(a, 1, result);
    }

    /** SHR Ev,1 16 */
    public static void shrEv116(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int result = Shift.shr16(a, 1);
        Operands.setRegister16(c, i.rm, result);
        c.flagResult = (short) result;
        c.flagCarry = Shift.shrCarries16(a, 1, result);
    }

    /** SHR Ev,1 16 m */
    public static void shrEv116Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 2);
        int a = c.mmu.readForUpdate16(lin);
        int result = Shift.shr16(a, 1);
        c.mmu.write16(lin, result);
        c.flagResult = (short) result;
        c.flagCarry = Shift.shrCarries16(a, 1, result);
    }

    /** SHR Ev,1 32 */
    public static void shrEv132(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int result = Shift.shr32(a, 1);
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
        c.flagResult = result;
        c.flagCarry = Shift.shrCarries32(a, 1, result);
    }

    /** SHR Ev,1 32 m */
    public static void shrEv132Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 4);
        int a = c.mmu.readForUpdate32(lin);
        int result = Shift.shr32(a, 1);
        c.mmu.write32(lin, result);
        c.flagResult = result;
        c.flagCarry = Shift.shrCarries32(a, 1, result);
    }

    /** SHR Ev,1 64 */
    public static void shrEv164(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        long result = Shift.shr64(a, 1);
        c.gpr[i.rm] = result;
        c.flagResult = result;
        c.flagCarry = Shift.shrCarries64(a, 1, result);
    }

    /** SHR Ev,1 64 m */
    public static void shrEv164Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 8);
        long a = c.mmu.readForUpdate64(lin);
        long result = Shift.shr64(a, 1);
        c.mmu.write64(lin, result);
        c.flagResult = result;
        c.flagCarry = Shift.shrCarries64(a, 1, result);
    }

    /** SHR Eb,CL */
    public static void shrEbCL(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.rm);
        int b = (int) c.gpr[Cpu.RCX] & 0xFF;
        int result = Shift.shr8(a, b);
        Operands.setRegister8(c, i.rm, result);
        if ((b & 31) != 0) {
            c.flagResult = (byte) result;
            c.flagCarry = Shift.shrCarries8(a, b, result);
        }
    }

    /** SHR Eb,CL m */
    public static void shrEbCLMemory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int a = c.mmu.readForUpdate8(lin);
        int b = (int) c.gpr[Cpu.RCX] & 0xFF;
        int result = Shift.shr8(a, b);
        c.mmu.write8(lin, result);
        if ((b & 31) != 0) {
            c.flagResult = (byte) result;
            c.flagCarry = Shift.shrCarries8(a, b, result);
        }
    }

    /** SHR Ev,CL 16 */
    public static void shrEvCL16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int b = (int) c.gpr[Cpu.RCX] & 0xFF;
        int result = Shift.shr16(a, b);
        Operands.setRegister16(c, i.rm, result);
        if ((b & 31) != 0) {
            c.flagResult = (short) result;
            c.flagCarry = Shift.shrCarries16(a, b, result);
        }
    }

    /** SHR Ev,CL 16 m */
    public static void shrEvCL16Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 2);
        int a = c.mmu.readForUpdate16(lin);
        int b = (int) c.gpr[Cpu.RCX] & 0xFF;
        int result = Shift.shr16(a, b);
        c.mmu.write16(lin, result);
        if ((b & 31) != 0) {
            c.flagResult = (short) result;
            c.flagCarry = Shift.shrCarries16(a, b, result);
        }
    }

    /** SHR Ev,CL 32 */
    public static void shrEvCL32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int b = (int) c.gpr[Cpu.RCX] & 0xFF;
        int result = Shift.shr32(a, b);
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
        if ((b & 31) != 0) {
            c.flagResult = result;
            c.flagCarry = Shift.shrCarries32(a, b, result);
        }
    }

    /** SHR Ev,CL 32 m */
    public static void shrEvCL32Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 4);
        int a = c.mmu.readForUpdate32(lin);
        int b = (int) c.gpr[Cpu.RCX] & 0xFF;
        int result = Shift.shr32(a, b);
        c.mmu.write32(lin, result);
        if ((b & 31) != 0) {
            c.flagResult = result;
            c.flagCarry = Shift.shrCarries32(a, b, result);
        }
    }

    /** SHR Ev,CL 64 */
    public static void shrEvCL64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        int b = (int) c.gpr[Cpu.RCX] & 0xFF;
        long result = Shift.shr64(a, b);
        c.gpr[i.rm] = result;
        if ((b & 63) != 0) {
            c.flagResult = result;
            c.flagCarry = Shift.shrCarries64(a, b, result);
        }
    }

    /** SHR Ev,CL 64 m */
    public static void shrEvCL64Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 8);
        long a = c.mmu.readForUpdate64(lin);
        int b = (int) c.gpr[Cpu.RCX] & 0xFF;
        long result = Shift.shr64(a, b);
        c.mmu.write64(lin, result);
        if ((b & 63) != 0) {
            c.flagResult = result;
            c.flagCarry = Shift.shrCarries64(a, b, result);
        }
    }

    /** SAR Eb,Ib */
    public static void sarEbIb(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.rm);
        int result = Shift.sar8(a, (int) i.imm);
        Operands.setRegister8(c, i.rm, result);
        if (((int) i.imm & 31) != 0) {
            c.flagResult = (byte) result;
            c.flagCarry = Shift.sarCarries8(a, (int) i.imm, result);
        }
    }

    /** SAR Eb,Ib m */
    public static void sarEbIbMemory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int a = c.mmu.readForUpdate8(lin);
        int result = Shift.sar8(a, (int) i.imm);
        c.mmu.write8(lin, result);
        if (((int) i.imm & 31) != 0) {
            c.flagResult = (byte) result;
            c.flagCarry = Shift.sarCarries8(a, (int) i.imm, result);
        }
    }

    /** SAR Ev,Ib 16 */
    public static void sarEvIb16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int result = Shift.sar16(a, (int) i.imm);
        Operands.setRegister16(c, i.rm, result);
        if (((int) i.imm & 31) != 0) {
            c.flagResult = (short) result;
            c.flagCarry = Shift.sarCarries16(a, (int) i.imm, result);
        }
    }

    /** SAR Ev,Ib 16 m */
    public static void sarEvIb16Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 2);
        int a = c.mmu.readForUpdate16(lin);
        int result = Shift.sar16(a, (int) i.imm);
        c.mmu.write16(lin, result);
        if (((int) i.imm & 31) != 0) {
            c.flagResult = (short) result;
            c.flagCarry = Shift.sarCarries16(a, (int) i.imm, result);
        }
    }

    /** SAR Ev,Ib 32 */
    public static void sarEvIb32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int result = Shift.sar32(a, (int) i.imm);
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
        if (((int) i.imm & 31) != 0) {
            c.flagResult = result;
            c.flagCarry = Shift.sarCarries32(a, (int) i.imm, result);
        }
    }

    /** SAR Ev,Ib 32 m */
    public static void sarEvIb32Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 4);
        int a = c.mmu.readForUpdate32(lin);
        int result = Shift.sar32(a, (int) i.imm);
        c.mmu.write32(lin, result);
        if (((int) i.imm & 31) != 0) {
            c.flagResult = result;
            c.flagCarry = Shift.sarCarries32(a, (int) i.imm, result);
        }
    }

    /** SAR Ev,Ib 64 */
    public static void sarEvIb64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        long result = Shift.sar64(a, (int) i.imm);
        c.gpr[i.rm] = result;
        if (((int) i.imm & 63) != 0) {
            c.flagResult = result;
            c.flagCarry = Shift.sarCarries64(a, (int) i.imm, result);
        }
    }

    /** SAR Ev,Ib 64 m */
    public static void sarEvIb64Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 8);
        long a = c.mmu.readForUpdate64(lin);
        long result = Shift.sar64(a, (int) i.imm);
        c.mmu.write64(lin, result);
        if (((int) i.imm & 63) != 0) {
            c.flagResult = result;
            c.flagCarry = Shift.sarCarries64(a, (int) i.imm, result);
        }
    }

    /** SAR Eb,1 */
    public static void sarEb1(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.rm);
        int result = Shift.sar8(a, 1);
        Operands.setRegister8(c, i.rm, result);
        c.flagResult = (byte) result;
        c.flagCarry = Shift.sarCarries8(a, 1, result);
    }

    /** SAR Eb,1 m */
    public static void sarEb1Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int a = c.mmu.readForUpdate8(lin);
        int result = Shift.sar8(a, 1);
        c.mmu.write8(lin, result);
        c.flagResult = (byte) result;
        c.flagCarry = Shift.sarCarries8(a, 1, result);
    }

    /** SAR Ev,1 16 */
    public static void sarEv116(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int result = Shift.sar16(a, 1);
        Operands.setRegister16(c, i.rm, result);
        c.flagResult = (short) result;
        c.flagCarry = Shift.sarCarries16(a, 1, result);
    }

    /** SAR Ev,1 16 m */
    public static void sarEv116Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 2);
        int a = c.mmu.readForUpdate16(lin);
        int result = Shift.sar16(a, 1);
        c.mmu.write16(lin, result);
        c.flagResult = (short) result;
        c.flagCarry = Shift.sarCarries16(a, 1, result);
    }

    /** SAR Ev,1 32 */
    public static void sarEv132(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int result = Shift.sar32(a, 1);
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
        c.flagResult = result;
        c.flagCarry = Shift.sarCarries32(a, 1, result);
    }

    /** SAR Ev,1 32 m */
    public static void sarEv132Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 4);
        int a = c.mmu.readForUpdate32(lin);
        int result = Shift.sar32(a, 1);
        c.mmu.write32(lin, result);
        c.flagResult = result;
        c.flagCarry = Shift.sarCarries32(a, 1, result);
    }

    /** SAR Ev,1 64 */
    public static void sarEv164(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        long result = Shift.sar64(a, 1);
        c.gpr[i.rm] = result;
        c.flagResult = result;
        c.flagCarry = Shift.sarCarries64(a, 1, result);
    }

    /** SAR Ev,1 64 m */
    public static void sarEv164Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 8);
        long a = c.mmu.readForUpdate64(lin);
        long result = Shift.sar64(a, 1);
        c.mmu.write64(lin, result);
        c.flagResult = result;
        c.flagCarry = Shift.sarCarries64(a, 1, result);
    }

    /** SAR Eb,CL */
    public static void sarEbCL(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.rm);
        int b = (int) c.gpr[Cpu.RCX] & 0xFF;
        int result = Shift.sar8(a, b);
        Operands.setRegister8(c, i.rm, result);
        if ((b & 31) != 0) {
            c.flagResult = (byte) result;
            c.flagCarry = Shift.sarCarries8(a, b, result);
        }
    }

    /** SAR Eb,CL m */
    public static void sarEbCLMemory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        int a = c.mmu.readForUpdate8(lin);
        int b = (int) c.gpr[Cpu.RCX] & 0xFF;
        int result = Shift.sar8(a, b);
        c.mmu.write8(lin, result);
        if ((b & 31) != 0) {
            c.flagResult = (byte) result;
            c.flagCarry = Shift.sarCarries8(a, b, result);
        }
    }

    /** SAR Ev,CL 16 */
    public static void sarEvCL16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int b = (int) c.gpr[Cpu.RCX] & 0xFF;
        int result = Shift.sar16(a, b);
        Operands.setRegister16(c, i.rm, result);
        if ((b & 31) != 0) {
            c.flagResult = (short) result;
            c.flagCarry = Shift.sarCarries16(a, b, result);
        }
    }

    /** SAR Ev,CL 16 m */
    public static void sarEvCL16Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 2);
        int a = c.mmu.readForUpdate16(lin);
        int b = (int) c.gpr[Cpu.RCX] & 0xFF;
        int result = Shift.sar16(a, b);
        c.mmu.write16(lin, result);
        if ((b & 31) != 0) {
            c.flagResult = (short) result;
            c.flagCarry = Shift.sarCarries16(a, b, result);
        }
    }

    /** SAR Ev,CL 32 */
    public static void sarEvCL32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int b = (int) c.gpr[Cpu.RCX] & 0xFF;
        int result = Shift.sar32(a, b);
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
        if ((b & 31) != 0) {
            c.flagResult = result;
            c.flagCarry = Shift.sarCarries32(a, b, result);
        }
    }

    /** SAR Ev,CL 32 m */
    public static void sarEvCL32Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 4);
        int a = c.mmu.readForUpdate32(lin);
        int b = (int) c.gpr[Cpu.RCX] & 0xFF;
        int result = Shift.sar32(a, b);
        c.mmu.write32(lin, result);
        if ((b & 31) != 0) {
            c.flagResult = result;
            c.flagCarry = Shift.sarCarries32(a, b, result);
        }
    }

    /** SAR Ev,CL 64 */
    public static void sarEvCL64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        int b = (int) c.gpr[Cpu.RCX] & 0xFF;
        long result = Shift.sar64(a, b);
        c.gpr[i.rm] = result;
        if ((b & 63) != 0) {
            c.flagResult = result;
            c.flagCarry = Shift.sarCarries64(a, b, result);
        }
    }

    /** SAR Ev,CL 64 m */
    public static void sarEvCL64Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 8);
        long a = c.mmu.readForUpdate64(lin);
        int b = (int) c.gpr[Cpu.RCX] & 0xFF;
        long result = Shift.sar64(a, b);
        c.mmu.write64(lin, result);
        if ((b & 63) != 0) {
            c.flagResult = result;
            c.flagCarry = Shift.sarCarries64(a, b, result);
        }
    }

    /** SHLD Ev,Gv,Ib 16 */
    public static void shldEvGvIb16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int b = (int) c.gpr[i.reg] & 0xFFFF;
        int result = Shift.shld16(a, b, (int) i.imm);
        Operands.setRegister16(c, i.rm, result);
        if (((int) i.imm & 31) != 0) {
            c.flagResult = (short) result;
            c.flagCarry = Shift.shldCarries16(a, b, (int) i.imm, result);
        }
    }

    /** SHLD Ev,Gv,Ib 16 m */
    public static void shldEvGvIb16Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 2);
        int a = c.mmu.readForUpdate16(lin);
        int b = (int) c.gpr[i.reg] & 0xFFFF;
        int result = Shift.shld16(a, b, (int) i.imm);
        c.mmu.write16(lin, result);
        if (((int) i.imm & 31) != 0) {
            c.flagResult = (short) result;
            c.flagCarry = Shift.shldCarries16(a, b, (int) i.imm, result);
        }
    }

    /** SHLD Ev,Gv,Ib 32 */
    public static void shldEvGvIb32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int b = (int) c.gpr[i.reg];
        int result = Shift.shld32(a, b, (int) i.imm);
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
        if (((int) i.imm & 31) != 0) {
            c.flagResult = result;
            c.flagCarry = Shift.shldCarries32(a, b, (int) i.imm, result);
        }
    }

    /** SHLD Ev,Gv,Ib 32 m */
    public static void shldEvGvIb32Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 4);
        int a = c.mmu.readForUpdate32(lin);
        int b = (int) c.gpr[i.reg];
        int result = Shift.shld32(a, b, (int) i.imm);
        c.mmu.write32(lin, result);
        if (((int) i.imm & 31) != 0) {
            c.flagResult = result;
            c.flagCarry = Shift.shldCarries32(a, b, (int) i.imm, result);
        }
    }

    /** SHLD Ev,Gv,Ib 64 */
    public static void shldEvGvIb64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        long b = c.gpr[i.reg];
        long result = Shift.shld64(a, b, (int) i.imm);
        c.gpr[i.rm] = result;
        if (((int) i.imm & 63) != 0) {
            c.flagResult = result;
            c.flagCarry = Shift.shldCarries64(a, b, (int) i.imm, result);
        }
    }

    /** SHLD Ev,Gv,Ib 64 m */
    public static void shldEvGvIb64Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 8);
        long a = c.mmu.readForUpdate64(lin);
        long b = c.gpr[i.reg];
        long result = Shift.shld64(a, b, (int) i.imm);
        c.mmu.write64(lin, result);
        if (((int) i.imm & 63) != 0) {
            c.flagResult = result;
            c.flagCarry = Shift.shldCarries64(a, b, (int) i.imm, result);
        }
    }

    /** SHLD Ev,Gv,CL 16 */
    public static void shldEvGvCL16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int b = (int) c.gpr[i.reg] & 0xFFFF;
        int third = (int) c.gpr[Cpu.RCX] & 0xFF;
        int result = Shift.shld16(a, b, third);
        Operands.setRegister16(c, i.rm, result);
        if ((third & 31) != 0) {
            c.flagResult = (short) result;
            c.flagCarry = Shift.shldCarries16(a, b, third, result);
        }
    }

    /** SHLD Ev,Gv,CL 16 m */
    public static void shldEvGvCL16Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 2);
        int a = c.mmu.readForUpdate16(lin);
        int b = (int) c.gpr[i.reg] & 0xFFFF;
        int third = (int) c.gpr[Cpu.RCX] & 0xFF;
        int result = Shift.shld16(a, b, third);
        c.mmu.write16(lin, result);
        if ((third & 31) != 0) {
            c.flagResult = (short) result;
            c.flagCarry = Shift.shldCarries16(a, b, third, result);
        }
    }

    /** SHLD Ev,Gv,CL 32 */
    public static void shldEvGvCL32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int b = (int) c.gpr[i.reg];
        int third = (int) c.gpr[Cpu.RCX] & 0xFF;
        int result = Shift.shld32(a, b, third);
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
        if ((third & 31) != 0) {
            c.flagResult = result;
            c.flagCarry = Shift.shldCarries32(a, b, third, result);
        }
    }

    /** SHLD Ev,Gv,CL 32 m */
    public static void shldEvGvCL32Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 4);
        int a = c.mmu.readForUpdate32(lin);
        int b = (int) c.gpr[i.reg];
        int third = (int) c.gpr[Cpu.RCX] & 0xFF;
        int result = Shift.shld32(a, b, third);
        c.mmu.write32(lin, result);
        if ((third & 31) != 0) {
            c.flagResult = result;
            c.flagCarry = Shift.shldCarries32(a, b, third, result);
        }
    }

    /** SHLD Ev,Gv,CL 64 */
    public static void shldEvGvCL64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        long b = c.gpr[i.reg];
        int third = (int) c.gpr[Cpu.RCX] & 0xFF;
        long result = Shift.shld64(a, b, third);
        c.gpr[i.rm] = result;
        if ((third & 63) != 0) {
            c.flagResult = result;
            c.flagCarry = Shift.shldCarries64(a, b, third, result);
        }
    }

    /** SHLD Ev,Gv,CL 64 m */
    public static void shldEvGvCL64Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 8);
        long a = c.mmu.readForUpdate64(lin);
        long b = c.gpr[i.reg];
        int third = (int) c.gpr[Cpu.RCX] & 0xFF;
        long result = Shift.shld64(a, b, third);
        c.mmu.write64(lin, result);
        if ((third & 63) != 0) {
            c.flagResult = result;
            c.flagCarry = Shift.shldCarries64(a, b, third, result);
        }
    }

    /** SHRD Ev,Gv,Ib 16 */
    public static void shrdEvGvIb16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int b = (int) c.gpr[i.reg] & 0xFFFF;
        int result = Shift.shrd16(a, b, (int) i.imm);
        Operands.setRegister16(c, i.rm, result);
        if (((int) i.imm & 31) != 0) {
            c.flagResult = (short) result;
            c.flagCarry = Shift.shrdCarries16(a, b, (int) i.imm, result);
        }
    }

    /** SHRD Ev,Gv,Ib 16 m */
    public static void shrdEvGvIb16Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 2);
        int a = c.mmu.readForUpdate16(lin);
        int b = (int) c.gpr[i.reg] & 0xFFFF;
        int result = Shift.shrd16(a, b, (int) i.imm);
        c.mmu.write16(lin, result);
        if (((int) i.imm & 31) != 0) {
            c.flagResult = (short) result;
            c.flagCarry = Shift.shrdCarries16(a, b, (int) i.imm, result);
        }
    }

    /** SHRD Ev,Gv,Ib 32 */
    public static void shrdEvGvIb32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int b = (int) c.gpr[i.reg];
        int result = Shift.shrd32(a, b, (int) i.imm);
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
        if (((int) i.imm & 31) != 0) {
            c.flagResult = result;
            c.flagCarry = Shift.shrdCarries32(a, b, (int) i.imm, result);
        }
    }

    /** SHRD Ev,Gv,Ib 32 m */
    public static void shrdEvGvIb32Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 4);
        int a = c.mmu.readForUpdate32(lin);
        int b = (int) c.gpr[i.reg];
        int result = Shift.shrd32(a, b, (int) i.imm);
        c.mmu.write32(lin, result);
        if (((int) i.imm & 31) != 0) {
            c.flagResult = result;
            c.flagCarry = Shift.shrdCarries32(a, b, (int) i.imm, result);
        }
    }

    /** SHRD Ev,Gv,Ib 64 */
    public static void shrdEvGvIb64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        long b = c.gpr[i.reg];
        long result = Shift.shrd64(a, b, (int) i.imm);
        c.gpr[i.rm] = result;
        if (((int) i.imm & 63) != 0) {
            c.flagResult = result;
            c.flagCarry = Shift.shrdCarries64(a, b, (int) i.imm, result);
        }
    }

    /** SHRD Ev,Gv,Ib 64 m */
    public static void shrdEvGvIb64Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 8);
        long a = c.mmu.readForUpdate64(lin);
        long b = c.gpr[i.reg];
        long result = Shift.shrd64(a, b, (int) i.imm);
        c.mmu.write64(lin, result);
        if (((int) i.imm & 63) != 0) {
            c.flagResult = result;
            c.flagCarry = Shift.shrdCarries64(a, b, (int) i.imm, result);
        }
    }

    /** SHRD Ev,Gv,CL 16 */
    public static void shrdEvGvCL16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int b = (int) c.gpr[i.reg] & 0xFFFF;
        int third = (int) c.gpr[Cpu.RCX] & 0xFF;
        int result = Shift.shrd16(a, b, third);
        Operands.setRegister16(c, i.rm, result);
        if ((third & 31) != 0) {
            c.flagResult = (short) result;
            c.flagCarry = Shift.shrdCarries16(a, b, third, result);
        }
    }

    /** SHRD Ev,Gv,CL 16 m */
    public static void shrdEvGvCL16Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 2);
        int a = c.mmu.readForUpdate16(lin);
        int b = (int) c.gpr[i.reg] & 0xFFFF;
        int third = (int) c.gpr[Cpu.RCX] & 0xFF;
        int result = Shift.shrd16(a, b, third);
        c.mmu.write16(lin, result);
        if ((third & 31) != 0) {
            c.flagResult = (short) result;
            c.flagCarry = Shift.shrdCarries16(a, b, third, result);
        }
    }

    /** SHRD Ev,Gv,CL 32 */
    public static void shrdEvGvCL32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int b = (int) c.gpr[i.reg];
        int third = (int) c.gpr[Cpu.RCX] & 0xFF;
        int result = Shift.shrd32(a, b, third);
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
        if ((third & 31) != 0) {
            c.flagResult = result;
            c.flagCarry = Shift.shrdCarries32(a, b, third, result);
        }
    }

    /** SHRD Ev,Gv,CL 32 m */
    public static void shrdEvGvCL32Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 4);
        int a = c.mmu.readForUpdate32(lin);
        int b = (int) c.gpr[i.reg];
        int third = (int) c.gpr[Cpu.RCX] & 0xFF;
        int result = Shift.shrd32(a, b, third);
        c.mmu.write32(lin, result);
        if ((third & 31) != 0) {
            c.flagResult = result;
            c.flagCarry = Shift.shrdCarries32(a, b, third, result);
        }
    }

    /** SHRD Ev,Gv,CL 64 */
    public static void shrdEvGvCL64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        long b = c.gpr[i.reg];
        int third = (int) c.gpr[Cpu.RCX] & 0xFF;
        long result = Shift.shrd64(a, b, third);
        c.gpr[i.rm] = result;
        if ((third & 63) != 0) {
            c.flagResult = result;
            c.flagCarry = Shift.shrdCarries64(a, b, third, result);
        }
    }

    /** SHRD Ev,Gv,CL 64 m */
    public static void shrdEvGvCL64Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 8);
        long a = c.mmu.readForUpdate64(lin);
        long b = c.gpr[i.reg];
        int third = (int) c.gpr[Cpu.RCX] & 0xFF;
        long result = Shift.shrd64(a, b, third);
        c.mmu.write64(lin, result);
        if ((third & 63) != 0) {
            c.flagResult = result;
            c.flagCarry = Shift.shrdCarries64(a, b, third, result);
        }
    }

    /** BT Ev,Gv 16 */
    public static void btEvGv16(Cpu c, Insn i) {
        int b = (int) c.gpr[i.reg] & 0xFFFF;
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        c.flagCarry = Bits.bitCarries16(a, b, c.flagCarry);
    }

    /** BT Ev,Gv 16 m */
    public static void btEvGv16Memory(Cpu c, Insn i) {
        int b = (int) c.gpr[i.reg] & 0xFFFF;
        long lin = Operands.bitStringRead(c, i, 16, (short) b);
        int a = c.mmu.read16(lin);
        c.flagCarry = Bits.bitCarries16(a, b, c.flagCarry);
    }

    /** BT Ev,Gv 32 */
    public static void btEvGv32(Cpu c, Insn i) {
        int b = (int) c.gpr[i.reg];
        int a = (int) c.gpr[i.rm];
        c.flagCarry = Bits.bitCarries32(a, b, c.flagCarry);
    }

    /** BT Ev,Gv 32 m */
    public static void btEvGv32Memory(Cpu c, Insn i) {
        int b = (int) c.gpr[i.reg];
        long lin = Operands.bitStringRead(c, i, 32, b);
        int a = c.mmu.read32(lin);
        c.flagCarry = Bits.bitCarries32(a, b, c.flagCarry);
    }

    /** BT Ev,Gv 64 */
    public static void btEvGv64(Cpu c, Insn i) {
        long b = c.gpr[i.reg];
        long a = c.gpr[i.rm];
        c.flagCarry = Bits.bitCarries64(a, b, c.flagCarry);
    }

    /** BT Ev,Gv 64 m */
    public static void btEvGv64Memory(Cpu c, Insn i) {
        long b = c.gpr[i.reg];
        long lin = Operands.bitStringRead(c, i, 64, b);
        long a = c.mmu.read64(lin);
        c.flagCarry = Bits.bitCarries64(a, b, c.flagCarry);
    }

    /** BT Ev,Ib 16 */
    public static void btEvIb16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        c.flagCarry = Bits.bitCarries16(a, (int) i.imm, c.flagCarry);
    }

    /** BT Ev,Ib 16 m */
    public static void btEvIb16Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 2);
        int a = c.mmu.read16(lin);
        c.flagCarry = Bits.bitCarries16(a, (int) i.imm, c.flagCarry);
    }

    /** BT Ev,Ib 32 */
    public static void btEvIb32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        c.flagCarry = Bits.bitCarries32(a, (int) i.imm, c.flagCarry);
    }

    /** BT Ev,Ib 32 m */
    public static void btEvIb32Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 4);
        int a = c.mmu.read32(lin);
        c.flagCarry = Bits.bitCarries32(a, (int) i.imm, c.flagCarry);
    }

    /** BT Ev,Ib 64 */
    public static void btEvIb64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        c.flagCarry = Bits.bitCarries64(a, i.imm, c.flagCarry);
    }

    /** BT Ev,Ib 64 m */
    public static void btEvIb64Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 8);
        long a = c.mmu.read64(lin);
        c.flagCarry = Bits.bitCarries64(a, i.imm, c.flagCarry);
    }
}
