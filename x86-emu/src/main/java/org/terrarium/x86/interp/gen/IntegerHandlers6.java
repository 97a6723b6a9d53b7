package org.terrarium.x86.interp.gen;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.interp.Operands;
import org.terrarium.x86.isa.Insn;
import org.terrarium.x86.sem.Bits;

/** Generated from the instruction table by HandlerGenerator: change the table, not this. */
public final class IntegerHandlers6 {
    private IntegerHandlers6() {}

    /** BTS Ev,Gv 16 */
    public static void btsEvGv16(Cpu c, Insn i) {
        int b = (int) c.gpr[i.reg] & 0xFFFF;
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int result = Bits.bts16(a, b);
        Operands.setRegister16(c, i.rm, result);
        c.flagCarry = Bits.bitCarries16(a, b, c.flagCarry);
    }

    /** BTS Ev,Gv 16 m */
    public static void btsEvGv16Memory(Cpu c, Insn i) {
        int b = (int) c.gpr[i.reg] & 0xFFFF;
        long lin = Operands.bitStringWrite(c, i, 16, (short) b);
        int a = c.mmu.readForUpdate16(lin);
        int result = Bits.bts16(a, b);
        c.mmu.write16(lin, result);
        c.flagCarry = Bits.bitCarries16(a, b, c.flagCarry);
    }

    /** BTS Ev,Gv 32 */
    public static void btsEvGv32(Cpu c, Insn i) {
        int b = (int) c.gpr[i.reg];
        int a = (int) c.gpr[i.rm];
        int result = Bits.bts32(a, b);
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
        c.flagCarry = Bits.bitCarries32(a, b, c.flagCarry);
    }

    /** BTS Ev,Gv 32 m */
    public static void btsEvGv32Memory(Cpu c, Insn i) {
        int b = (int) c.gpr[i.reg];
        long lin = Operands.bitStringWrite(c, i, 32, b);
        int a = c.mmu.readForUpdate32(lin);
        int result = Bits.bts32(a, b);
        c.mmu.write32(lin, result);
        c.flagCarry = Bits.bitCarries32(a, b, c.flagCarry);
    }

    /** BTS Ev,Gv 64 */
    public static void btsEvGv64(Cpu c, Insn i) {
        long b = c.gpr[i.reg];
        long a = c.gpr[i.rm];
        long result = Bits.bts64(a, b);
        c.gpr[i.rm] = result;
        c.flagCarry = Bits.bitCarries64(a, b, c.flagCarry);
    }

    /** BTS Ev,Gv 64 m */
    public static void btsEvGv64Memory(Cpu c, Insn i) {
        long b = c.gpr[i.reg];
        long lin = Operands.bitStringWrite(c, i, 64, b);
        long a = c.mmu.readForUpdate64(lin);
        long result = Bits.bts64(a, b);
        c.mmu.write64(lin, result);
        c.flagCarry = Bits.bitCarries64(a, b, c.flagCarry);
    }

    /** BTS Ev,Ib 16 */
    public static void btsEvIb16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int result = Bits.bts16(a, (int) i.imm);
        Operands.setRegister16(c, i.rm, result);
        c.flagCarry = Bits.bitCarries16(a, (int) i.imm, c.flagCarry);
    }

    /** BTS Ev,Ib 16 m */
    public static void btsEvIb16Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 2);
        int a = c.mmu.readForUpdate16(lin);
        int result = Bits.bts16(a, (int) i.imm);
        c.mmu.write16(lin, result);
        c.flagCarry = Bits.bitCarries16(a, (int) i.imm, c.flagCarry);
    }

    /** BTS Ev,Ib 32 */
    public static void btsEvIb32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int result = Bits.bts32(a, (int) i.imm);
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
        c.flagCarry = Bits.bitCarries32(a, (int) i.imm, c.flagCarry);
    }

    /** BTS Ev,Ib 32 m */
    public static void btsEvIb32Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 4);
        int a = c.mmu.readForUpdate32(lin);
        int result = Bits.bts32(a, (int) i.imm);
        c.mmu.write32(lin, result);
        c.flagCarry = Bits.bitCarries32(a, (int) i.imm, c.flagCarry);
    }

    /** BTS Ev,Ib 64 */
    public static void btsEvIb64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        long result = Bits.bts64(a, i.imm);
        c.gpr[i.rm] = result;
        c.flagCarry = Bits.bitCarries64(a, i.imm, c.flagCarry);
    }

    /** BTS Ev,Ib 64 m */
    public static void btsEvIb64Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 8);
        long a = c.mmu.readForUpdate64(lin);
        long result = Bits.bts64(a, i.imm);
        c.mmu.write64(lin, result);
        c.flagCarry = Bits.bitCarries64(a, i.imm, c.flagCarry);
    }

    /** BTR Ev,Gv 16 */
    public static void btrEvGv16(Cpu c, Insn i) {
        int b = (int) c.gpr[i.reg] & 0xFFFF;
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int result = Bits.btr16(a, b);
        Operands.setRegister16(c, i.rm, result);
        c.flagCarry = Bits.bitCarries16(a, b, c.flagCarry);
    }

    /** BTR Ev,Gv 16 m */
    public static void btrEvGv16Memory(Cpu c, Insn i) {
        int b = (int) c.gpr[i.reg] & 0xFFFF;
        long lin = Operands.bitStringWrite(c, i, 16, (short) b);
        int a = c.mmu.readForUpdate16(lin);
        int result = Bits.btr16(a, b);
        c.mmu.write16(lin, result);
        c.flagCarry = Bits.bitCarries16(a, b, c.flagCarry);
    }

    /** BTR Ev,Gv 32 */
    public static void btrEvGv32(Cpu c, Insn i) {
        int b = (int) c.gpr[i.reg];
        int a = (int) c.gpr[i.rm];
        int result = Bits.btr32(a, b);
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
        c.flagCarry = Bits.bitCarries32(a, b, c.flagCarry);
    }

    /** BTR Ev,Gv 32 m */
    public static void btrEvGv32Memory(Cpu c, Insn i) {
        int b = (int) c.gpr[i.reg];
        long lin = Operands.bitStringWrite(c, i, 32, b);
        int a = c.mmu.readForUpdate32(lin);
        int result = Bits.btr32(a, b);
        c.mmu.write32(lin, result);
        c.flagCarry = Bits.bitCarries32(a, b, c.flagCarry);
    }

    /** BTR Ev,Gv 64 */
    public static void btrEvGv64(Cpu c, Insn i) {
        long b = c.gpr[i.reg];
        long a = c.gpr[i.rm];
        long result = Bits.btr64(a, b);
        c.gpr[i.rm] = result;
        c.flagCarry = Bits.bitCarries64(a, b, c.flagCarry);
    }

    /** BTR Ev,Gv 64 m */
    public static void btrEvGv64Memory(Cpu c, Insn i) {
        long b = c.gpr[i.reg];
        long lin = Operands.bitStringWrite(c, i, 64, b);
        long a = c.mmu.readForUpdate64(lin);
        long result = Bits.btr64(a, b);
        c.mmu.write64(lin, result);
        c.flagCarry = Bits.bitCarries64(a, b, c.flagCarry);
    }

    /** BTR Ev,Ib 16 */
    public static void btrEvIb16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int result = Bits.btr16(a, (int) i.imm);
        Operands.setRegister16(c, i.rm, result);
        c.flagCarry = Bits.bitCarries16(a, (int) i.imm, c.flagCarry);
    }

    /** BTR Ev,Ib 16 m */
    public static void btrEvIb16Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 2);
        int a = c.mmu.readForUpdate16(lin);
        int result = Bits.btr16(a, (int) i.imm);
        c.mmu.write16(lin, result);
        c.flagCarry = Bits.bitCarries16(a, (int) i.imm, c.flagCarry);
    }

    /** BTR Ev,Ib 32 */
    public static void btrEvIb32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int result = Bits.btr32(a, (int) i.imm);
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
        c.flagCarry = Bits.bitCarries32(a, (int) i.imm, c.flagCarry);
    }

    /** BTR Ev,Ib 32 m */
    public static void btrEvIb32Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 4);
        int a = c.mmu.readForUpdate32(lin);
        int result = Bits.btr32(a, (int) i.imm);
        c.mmu.write32(lin, result);
        c.flagCarry = Bits.bitCarries32(a, (int) i.imm, c.flagCarry);
    }

    /** BTR Ev,Ib 64 */
    public static void btrEvIb64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        long result = Bits.btr64(a, i.imm);
        c.gpr[i.rm] = result;
        c.flagCarry = Bits.bitCarries64(a, i.imm, c.flagCarry);
    }

    /** BTR Ev,Ib 64 m */
    public static void btrEvIb64Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 8);
        long a = c.mmu.readForUpdate64(lin);
        long result = Bits.btr64(a, i.imm);
        c.mmu.write64(lin, result);
        c.flagCarry = Bits.bitCarries64(a, i.imm, c.flagCarry);
    }

    /** BTC Ev,Gv 16 */
    public static void btcEvGv16(Cpu c, Insn i) {
        int b = (int) c.gpr[i.reg] & 0xFFFF;
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int result = Bits.btc16(a, b);
        Operands.setRegister16(c, i.rm, result);
        c.flagCarry = Bits.bitCarries16(a, b, c.flagCarry);
    }

    /** BTC Ev,Gv 16 m */
    public static void btcEvGv16Memory(Cpu c, Insn i) {
        int b = (int) c.gpr[i.reg] & 0xFFFF;
        long lin = Operands.bitStringWrite(c, i, 16, (short) b);
        int a = c.mmu.readForUpdate16(lin);
        int result = Bits.btc16(a, b);
        c.mmu.write16(lin, result);
        c.flagCarry = Bits.bitCarries16(a, b, c.flagCarry);
    }

    /** BTC Ev,Gv 32 */
    public static void btcEvGv32(Cpu c, Insn i) {
        int b = (int) c.gpr[i.reg];
        int a = (int) c.gpr[i.rm];
        int result = Bits.btc32(a, b);
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
        c.flagCarry = Bits.bitCarries32(a, b, c.flagCarry);
    }

    /** BTC Ev,Gv 32 m */
    public static void btcEvGv32Memory(Cpu c, Insn i) {
        int b = (int) c.gpr[i.reg];
        long lin = Operands.bitStringWrite(c, i, 32, b);
        int a = c.mmu.readForUpdate32(lin);
        int result = Bits.btc32(a, b);
        c.mmu.write32(lin, result);
        c.flagCarry = Bits.bitCarries32(a, b, c.flagCarry);
    }

    /** BTC Ev,Gv 64 */
    public static void btcEvGv64(Cpu c, Insn i) {
        long b = c.gpr[i.reg];
        long a = c.gpr[i.rm];
        long result = Bits.btc64(a, b);
        c.gpr[i.rm] = result;
        c.flagCarry = Bits.bitCarries64(a, b, c.flagCarry);
    }

    /** BTC Ev,Gv 64 m */
    public static void btcEvGv64Memory(Cpu c, Insn i) {
        long b = c.gpr[i.reg];
        long lin = Operands.bitStringWrite(c, i, 64, b);
        long a = c.mmu.readForUpdate64(lin);
        long result = Bits.btc64(a, b);
        c.mmu.write64(lin, result);
        c.flagCarry = Bits.bitCarries64(a, b, c.flagCarry);
    }

    /** BTC Ev,Ib 16 */
    public static void btcEvIb16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int result = Bits.btc16(a, (int) i.imm);
        Operands.setRegister16(c, i.rm, result);
        c.flagCarry = Bits.bitCarries16(a, (int) i.imm, c.flagCarry);
    }

    /** BTC Ev,Ib 16 m */
    public static void btcEvIb16Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 2);
        int a = c.mmu.readForUpdate16(lin);
        int result = Bits.btc16(a, (int) i.imm);
        c.mmu.write16(lin, result);
        c.flagCarry = Bits.bitCarries16(a, (int) i.imm, c.flagCarry);
    }

    /** BTC Ev,Ib 32 */
    public static void btcEvIb32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int result = Bits.btc32(a, (int) i.imm);
        c.gpr[i.rm] = result & 0xFFFF_FFFFL;
        c.flagCarry = Bits.bitCarries32(a, (int) i.imm, c.flagCarry);
    }

    /** BTC Ev,Ib 32 m */
    public static void btcEvIb32Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 4);
        int a = c.mmu.readForUpdate32(lin);
        int result = Bits.btc32(a, (int) i.imm);
        c.mmu.write32(lin, result);
        c.flagCarry = Bits.bitCarries32(a, (int) i.imm, c.flagCarry);
    }

    /** BTC Ev,Ib 64 */
    public static void btcEvIb64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        long result = Bits.btc64(a, i.imm);
        c.gpr[i.rm] = result;
        c.flagCarry = Bits.bitCarries64(a, i.imm, c.flagCarry);
    }

    /** BTC Ev,Ib 64 m */
    public static void btcEvIb64Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 8);
        long a = c.mmu.readForUpdate64(lin);
        long result = Bits.btc64(a, i.imm);
        c.mmu.write64(lin, result);
        c.flagCarry = Bits.bitCarries64(a, i.imm, c.flagCarry);
    }

    /** BSF Gv,Ev 16 */
    public static void bsfGvEv16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        if (a != 0) {
            Operands.setRegister16(c, i.reg, Bits.bsf16(a));
        }
        c.flagResult = (short) a;
        c.flagCarry = 0;
    }

    /** BSF Gv,Ev 16 m */
    public static void bsfGvEv16Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 2);
        int a = c.mmu.read16(lin);
        if (a != 0) {
            Operands.setRegister16(c, i.reg, Bits.bsf16(a));
        }
        c.flagResult = (short) a;
        c.flagCarry = 0;
    }

    /** BSF Gv,Ev 32 */
    public static void bsfGvEv32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        if (a != 0) {
            c.gpr[i.reg] = Bits.bsf32(a) & 0xFFFF_FFFFL;
        }
        c.flagResult = a;
        c.flagCarry = 0;
    }

    /** BSF Gv,Ev 32 m */
    public static void bsfGvEv32Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 4);
        int a = c.mmu.read32(lin);
        if (a != 0) {
            c.gpr[i.reg] = Bits.bsf32(a) & 0xFFFF_FFFFL;
        }
        c.flagResult = a;
        c.flagCarry = 0;
    }

    /** BSF Gv,Ev 64 */
    public static void bsfGvEv64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        if (a != 0) {
            c.gpr[i.reg] = Bits.bsf64(a);
        }
        c.flagResult = a;
        c.flagCarry = 0;
    }

    /** BSF Gv,Ev 64 m */
    public static void bsfGvEv64Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 8);
        long a = c.mmu.read64(lin);
        if (a != 0) {
            c.gpr[i.reg] = Bits.bsf64(a);
        }
        c.flagResult = a;
        c.flagCarry = 0;
    }

    /** BSR Gv,Ev 16 */
    public static void bsrGvEv16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        if (a != 0) {
            Operands.setRegister16(c, i.reg, Bits.bsr16(a));
        }
        c.flagResult = (short) a;
        c.flagCarry = 0;
    }

    /** BSR Gv,Ev 16 m */
    public static void bsrGvEv16Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 2);
        int a = c.mmu.read16(lin);
        if (a != 0) {
            Operands.setRegister16(c, i.reg, Bits.bsr16(a));
        }
        c.flagResult = (short) a;
        c.flagCarry = 0;
    }

    /** BSR Gv,Ev 32 */
    public static void bsrGvEv32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        if (a != 0) {
            c.gpr[i.reg] = Bits.bsr32(a) & 0xFFFF_FFFFL;
        }
        c.flagResult = a;
        c.flagCarry = 0;
    }

    /** BSR Gv,Ev 32 m */
    public static void bsrGvEv32Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 4);
        int a = c.mmu.read32(lin);
        if (a != 0) {
            c.gpr[i.reg] = Bits.bsr32(a) & 0xFFFF_FFFFL;
        }
        c.flagResult = a;
        c.flagCarry = 0;
    }

    /** BSR Gv,Ev 64 */
    public static void bsrGvEv64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        if (a != 0) {
            c.gpr[i.reg] = Bits.bsr64(a);
        }
        c.flagResult = a;
        c.flagCarry = 0;
    }

    /** BSR Gv,Ev 64 m */
    public static void bsrGvEv64Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 8);
        long a = c.mmu.read64(lin);
        if (a != 0) {
            c.gpr[i.reg] = Bits.bsr64(a);
        }
        c.flagResult = a;
        c.flagCarry = 0;
    }

    /** POPCNT Gv,Ev 16 */
    public static void popcntGvEv16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        int result = Bits.popcnt16(a);
        Operands.setRegister16(c, i.reg, result);
        c.flagResult = (short) result;
        c.flagCarry = Bits.popcntCarries16(a, result);
    }

    /** POPCNT Gv,Ev 16 m */
    public static void popcntGvEv16Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 2);
        int a = c.mmu.read16(lin);
        int result = Bits.popcnt16(a);
        Operands.setRegister16(c, i.reg, result);
        c.flagResult = (short) result;
        c.flagCarry = Bits.popcntCarries16(a, result);
    }

    /** POPCNT Gv,Ev 32 */
    public static void popcntGvEv32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        int result = Bits.popcnt32(a);
        c.gpr[i.reg] = result & 0xFFFF_FFFFL;
        c.flagResult = result;
        c.flagCarry = Bits.popcntCarries32(a, result);
    }

    /** POPCNT Gv,Ev 32 m */
    public static void popcntGvEv32Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 4);
        int a = c.mmu.read32(lin);
        int result = Bits.popcnt32(a);
        c.gpr[i.reg] = result & 0xFFFF_FFFFL;
        c.flagResult = result;
        c.flagCarry = Bits.popcntCarries32(a, result);
    }

    /** POPCNT Gv,Ev 64 */
    public static void popcntGvEv64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        long result = Bits.popcnt64(a);
        c.gpr[i.reg] = result;
        c.flagResult = result;
        c.flagCarry = Bits.popcntCarries64(a, result);
    }

    /** POPCNT Gv,Ev 64 m */
    public static void popcntGvEv64Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 8);
        long a = c.mmu.read64(lin);
        long result = Bits.popcnt64(a);
        c.gpr[i.reg] = result;
        c.flagResult = result;
        c.flagCarry = Bits.popcntCarries64(a, result);
    }

    /** BSWAP Zv 16 */
    public static void bswapZv16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.reg] & 0xFFFF;
        int result = Bits.bswap16(a);
        Operands.setRegister16(c, i.reg, result);
    }

    /** BSWAP Zv 32 */
    public static void bswapZv32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.reg];
        int result = Bits.bswap32(a);
        c.gpr[i.reg] = result & 0xFFFF_FFFFL;
    }

    /** BSWAP Zv 64 */
    public static void bswapZv64(Cpu c, Insn i) {
        long a = c.gpr[i.reg];
        long result = Bits.bswap64(a);
        c.gpr[i.reg] = result;
    }

    /** CRC32 Gy,Eb 32 */
    public static void crc32GyEb32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.reg];
        int b = Operands.getRegister8(c, i.rm);
        int result = Bits.crc32By8(a, b);
        c.gpr[i.reg] = result & 0xFFFF_FFFFL;
    }

    /** CRC32 Gy,Eb 32 m */
    public static void crc32GyEb32Memory(Cpu c, Insn i) {
        int a = (int) c.gpr[i.reg];
        long lin = Operands.linearRead(c, i, 1);
        int b = c.mmu.read8(lin);
        int result = Bits.crc32By8(a, b);
        c.gpr[i.reg] = result & 0xFFFF_FFFFL;
    }

    /** CRC32 Gy,Eb 64 */
    public static void crc32GyEb64(Cpu c, Insn i) {
        long a = c.gpr[i.reg];
        int b = Operands.getRegister8(c, i.rm);
        int result = Bits.crc32By8((int) a, b);
        c.gpr[i.reg] = result & 0xFFFF_FFFFL;
    }

    /** CRC32 Gy,Eb 64 m */
    public static void crc32GyEb64Memory(Cpu c, Insn i) {
        long a = c.gpr[i.reg];
        long lin = Operands.linearRead(c, i, 1);
        int b = c.mmu.read8(lin);
        int result = Bits.crc32By8((int) a, b);
        c.gpr[i.reg] = result & 0xFFFF_FFFFL;
    }

    /** CRC32 Gd,Ew */
    public static void crc32GdEw(Cpu c, Insn i) {
        int a = (int) c.gpr[i.reg];
        int b = (int) c.gpr[i.rm] & 0xFFFF;
        int result = Bits.crc32By16(a, b);
        c.gpr[i.reg] = result & 0xFFFF_FFFFL;
    }

    /** CRC32 Gd,Ew m */
    public static void crc32GdEwMemory(Cpu c, Insn i) {
        int a = (int) c.gpr[i.reg];
        long lin = Operands.linearRead(c, i, 2);
        int b = c.mmu.read16(lin);
        int result = Bits.crc32By16(a, b);
        c.gpr[i.reg] = result & 0xFFFF_FFFFL;
    }

    /** CRC32 Gd,Ed */
    public static void crc32GdEd(Cpu c, Insn i) {
        int a = (int) c.gpr[i.reg];
        int b = (int) c.gpr[i.rm];
        int result = Bits.crc32By32(a, b);
        c.gpr[i.reg] = result & 0xFFFF_FFFFL;
    }

    /** CRC32 Gd,Ed m */
    public static void crc32GdEdMemory(Cpu c, Insn i) {
        int a = (int) c.gpr[i.reg];
        long lin = Operands.linearRead(c, i, 4);
        int b = c.mmu.read32(lin);
        int result = Bits.crc32By32(a, b);
        c.gpr[i.reg] = result & 0xFFFF_FFFFL;
    }

    /** CRC32 Gq,Eq */
    public static void crc32GqEq(Cpu c, Insn i) {
        long a = c.gpr[i.reg];
        long b = c.gpr[i.rm];
        int result = Bits.crc32By64((int) a, b);
        c.gpr[i.reg] = result & 0xFFFF_FFFFL;
    }

    /** CRC32 Gq,Eq m */
    public static void crc32GqEqMemory(Cpu c, Insn i) {
        long a = c.gpr[i.reg];
        long lin = Operands.linearRead(c, i, 8);
        long b = c.mmu.read64(lin);
        int result = Bits.crc32By64((int) a, b);
        c.gpr[i.reg] = result & 0xFFFF_FFFFL;
    }

    /** MOV Eb,Gb */
    public static void movEbGb(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.reg);
        Operands.setRegister8(c, i.rm, a);
    }

    /** MOV Eb,Gb m */
    public static void movEbGbMemory(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.reg);
        long lin = Operands.linearWrite(c, i, 1);
        c.mmu.write8(lin, a);
    }

    /** MOV Ev,Gv 16 */
    public static void movEvGv16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.reg] & 0xFFFF;
        Operands.setRegister16(c, i.rm, a);
    }

    /** MOV Ev,Gv 16 m */
    public static void movEvGv16Memory(Cpu c, Insn i) {
        int a = (int) c.gpr[i.reg] & 0xFFFF;
        long lin = Operands.linearWrite(c, i, 2);
        c.mmu.write16(lin, a);
    }

    /** MOV Ev,Gv 32 */
    public static void movEvGv32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.reg];
        c.gpr[i.rm] = a & 0xFFFF_FFFFL;
    }

    /** MOV Ev,Gv 32 m */
    public static void movEvGv32Memory(Cpu c, Insn i) {
        int a = (int) c.gpr[i.reg];
        long lin = Operands.linearWrite(c, i, 4);
        c.mmu.write32(lin, a);
    }

    /** MOV Ev,Gv 64 */
    public static void movEvGv64(Cpu c, Insn i) {
        long a = c.gpr[i.reg];
        c.gpr[i.rm] = a;
    }

    /** MOV Ev,Gv 64 m */
    public static void movEvGv64Memory(Cpu c, Insn i) {
        long a = c.gpr[i.reg];
        long lin = Operands.linearWrite(c, i, 8);
        c.mmu.write64(lin, a);
    }

    /** MOV Gb,Eb */
    public static void movGbEb(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.rm);
        Operands.setRegister8(c, i.reg, a);
    }

    /** MOV Gb,Eb m */
    public static void movGbEbMemory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 1);
        int a = c.mmu.read8(lin);
        Operands.setRegister8(c, i.reg, a);
    }

    /** MOV Gv,Ev 16 */
    public static void movGvEv16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        Operands.setRegister16(c, i.reg, a);
    }

    /** MOV Gv,Ev 16 m */
    public static void movGvEv16Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 2);
        int a = c.mmu.read16(lin);
        Operands.setRegister16(c, i.reg, a);
    }

    /** MOV Gv,Ev 32 */
    public static void movGvEv32(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm];
        c.gpr[i.reg] = a & 0xFFFF_FFFFL;
    }

    /** MOV Gv,Ev 32 m */
    public static void movGvEv32Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 4);
        int a = c.mmu.read32(lin);
        c.gpr[i.reg] = a & 0xFFFF_FFFFL;
    }

    /** MOV Gv,Ev 64 */
    public static void movGvEv64(Cpu c, Insn i) {
        long a = c.gpr[i.rm];
        c.gpr[i.reg] = a;
    }

    /** MOV Gv,Ev 64 m */
    public static void movGvEv64Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 8);
        long a = c.mmu.read64(lin);
        c.gpr[i.reg] = a;
    }

    /** MOV AL,Ob m */
    public static void movALObMemory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 1);
        int a = c.mmu.read8(lin);
        Operands.setRegister8(c, Cpu.RAX, a);
    }

    /** MOV rAX,Ov 16 m */
    public static void movRAXOv16Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 2);
        int a = c.mmu.read16(lin);
        Operands.setRegister16(c, Cpu.RAX, a);
    }

    /** MOV rAX,Ov 32 m */
    public static void movRAXOv32Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 4);
        int a = c.mmu.read32(lin);
        c.gpr[Cpu.RAX] = a & 0xFFFF_FFFFL;
    }

    /** MOV rAX,Ov 64 m */
    public static void movRAXOv64Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 8);
        long a = c.mmu.read64(lin);
        c.gpr[Cpu.RAX] = a;
    }

    /** MOV Ob,AL m */
    public static void movObALMemory(Cpu c, Insn i) {
        int a = (int) c.gpr[Cpu.RAX] & 0xFF;
        long lin = Operands.linearWrite(c, i, 1);
        c.mmu.write8(lin, a);
    }

    /** MOV Ov,rAX 16 m */
    public static void movOvRAX16Memory(Cpu c, Insn i) {
        int a = (int) c.gpr[Cpu.RAX] & 0xFFFF;
        long lin = Operands.linearWrite(c, i, 2);
        c.mmu.write16(lin, a);
    }

    /** MOV Ov,rAX 32 m */
    public static void movOvRAX32Memory(Cpu c, Insn i) {
        int a = (int) c.gpr[Cpu.RAX];
        long lin = Operands.linearWrite(c, i, 4);
        c.mmu.write32(lin, a);
    }

    /** MOV Ov,rAX 64 m */
    public static void movOvRAX64Memory(Cpu c, Insn i) {
        long a = c.gpr[Cpu.RAX];
        long lin = Operands.linearWrite(c, i, 8);
        c.mmu.write64(lin, a);
    }

    /** MOV Zb,Ib */
    public static void movZbIb(Cpu c, Insn i) {
        Operands.setRegister8(c, i.reg, (int) i.imm);
    }

    /** MOV Zv,Iv 16 */
    public static void movZvIv16(Cpu c, Insn i) {
        Operands.setRegister16(c, i.reg, (int) i.imm & 0xFFFF);
    }

    /** MOV Zv,Iv 32 */
    public static void movZvIv32(Cpu c, Insn i) {
        c.gpr[i.reg] = (int) i.imm & 0xFFFF_FFFFL;
    }

    /** MOV Zv,Iv 64 */
    public static void movZvIv64(Cpu c, Insn i) {
        c.gpr[i.reg] = i.imm;
    }

    /** MOV Eb,Ib */
    public static void movEbIb(Cpu c, Insn i) {
        Operands.setRegister8(c, i.rm, (int) i.imm);
    }

    /** MOV Eb,Ib m */
    public static void movEbIbMemory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 1);
        c.mmu.write8(lin, (int) i.imm);
    }

    /** MOV Ev,Iz 16 */
    public static void movEvIz16(Cpu c, Insn i) {
        Operands.setRegister16(c, i.rm, (int) i.imm & 0xFFFF);
    }

    /** MOV Ev,Iz 16 m */
    public static void movEvIz16Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 2);
        c.mmu.write16(lin, (int) i.imm & 0xFFFF);
    }

    /** MOV Ev,Iz 32 */
    public static void movEvIz32(Cpu c, Insn i) {
        c.gpr[i.rm] = (int) i.imm & 0xFFFF_FFFFL;
    }

    /** MOV Ev,Iz 32 m */
    public static void movEvIz32Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 4);
        c.mmu.write32(lin, (int) i.imm);
    }

    /** MOV Ev,Iz 64 */
    public static void movEvIz64(Cpu c, Insn i) {
        c.gpr[i.rm] = i.imm;
    }

    /** MOV Ev,Iz 64 m */
    public static void movEvIz64Memory(Cpu c, Insn i) {
        long lin = Operands.linearWrite(c, i, 8);
        c.mmu.write64(lin, i.imm);
    }

    /** MOVZX Gv,Eb 16 */
    public static void movzxGvEb16(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.rm);
        Operands.setRegister16(c, i.reg, a);
    }

    /** MOVZX Gv,Eb 16 m */
    public static void movzxGvEb16Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 1);
        int a = c.mmu.read8(lin);
        Operands.setRegister16(c, i.reg, a);
    }

    /** MOVZX Gv,Eb 32 */
    public static void movzxGvEb32(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.rm);
        c.gpr[i.reg] = a & 0xFFFF_FFFFL;
    }

    /** MOVZX Gv,Eb 32 m */
    public static void movzxGvEb32Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 1);
        int a = c.mmu.read8(lin);
        c.gpr[i.reg] = a & 0xFFFF_FFFFL;
    }

    /** MOVZX Gv,Eb 64 */
    public static void movzxGvEb64(Cpu c, Insn i) {
        int a = Operands.getRegister8(c, i.rm);
        c.gpr[i.reg] = a;
    }

    /** MOVZX Gv,Eb 64 m */
    public static void movzxGvEb64Memory(Cpu c, Insn i) {
        long lin = Operands.linearRead(c, i, 1);
        int a = c.mmu.read8(lin);
        c.gpr[i.reg] = a;
    }

    /** MOVZX Gv,Ew 16 */
    public static void movzxGvEw16(Cpu c, Insn i) {
        int a = (int) c.gpr[i.rm] & 0xFFFF;
        Operands.setRegister16(c, i.reg, a);
    }
}
