package org.terrarium.x86.interp;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.GuestFault;
import org.terrarium.x86.isa.Insn;
import org.terrarium.x86.sys.Segments;

/** How handlers reach their operands: registers by number and the ModRM operand. The stack is {@code sys.StackAccess}. */
public final class Operands {
    private Operands() {}

    /** Effective address of the memory operand: the offset in its segment. */
    public static long ea(Cpu c, Insn i) {
        long[] gpr = c.gpr;
        return (gpr[i.base] + (gpr[i.index] << i.scale) + i.disp) & i.addressMask;
    }

    /** Linear address of the memory operand, checked for reading {@code bytes}. */
    public static long linearRead(Cpu c, Insn i, int bytes) {
        long ea = ea(c, i);
        if (bytes > 8) {
            checkWrap(c, i, ea, bytes);
        }
        return i.flat ? ea : segmentedRead(c, i.segment, ea, bytes);
    }

    /** Linear address of the memory operand, checked for writing {@code bytes}. */
    public static long linearWrite(Cpu c, Insn i, int bytes) {
        long ea = ea(c, i);
        if (bytes > 8) {
            checkWrap(c, i, ea, bytes);
        }
        return i.flat ? ea : segmentedWrite(c, i.segment, ea, bytes);
    }

    /**
     * An operand that wraps at the end of a flat 4 GiB segment. Those of up to 8 bytes are one access, which the Mmu checks; this
     * is for those that are several.
     */
    private static void checkWrap(Cpu c, Insn i, long ea, int bytes) {
        if (i.flat && (ea + bytes - 1 & ~c.linearMask) != 0) {
            throw c.fault(i.segment == Cpu.SS ? GuestFault.SS : GuestFault.GP, 0);
        }
    }

    /** Linear address of the memory operand, checked for reading or writing {@code bytes}. */
    public static long linear(Cpu c, Insn i, int bytes, boolean write) {
        return write ? linearWrite(c, i, bytes) : linearRead(c, i, bytes);
    }

    /** Linear address of offset {@code ea} in a segment, checked for reading {@code bytes}. */
    public static long segmentedRead(Cpu c, int segment, long ea, int bytes) {
        if (c.segChecked[segment] != 0) {
            Segments.checkRead(c, segment, ea, bytes);
        }
        return (ea + c.segEffectiveBase[segment]) & c.linearMask;
    }

    /** Linear address of offset {@code ea} in a segment, checked for writing {@code bytes}. */
    public static long segmentedWrite(Cpu c, int segment, long ea, int bytes) {
        if (c.segChecked[segment] != 0) {
            Segments.checkWrite(c, segment, ea, bytes);
        }
        return (ea + c.segEffectiveBase[segment]) & c.linearMask;
    }

    // General registers by operand number. 8-bit values come and go zero-extended.

    public static int getRegister8(Cpu c, int n) {
        return (int) (c.gpr[n & 15] >>> ((n & 16) >> 1)) & 0xFF;
    }

    public static int getRegister16(Cpu c, int n) {
        return (int) c.gpr[n] & 0xFFFF;
    }

    public static int getRegister32(Cpu c, int n) {
        return (int) c.gpr[n];
    }

    public static long getRegister64(Cpu c, int n) {
        return c.gpr[n];
    }

    public static void setRegister8(Cpu c, int n, int value) {
        long[] gpr = c.gpr;
        int shift = (n & 16) >> 1;
        gpr[n & 15] = gpr[n & 15] & ~(0xFFL << shift) | (value & 0xFFL) << shift;
    }

    public static void setRegister16(Cpu c, int n, int value) {
        long[] gpr = c.gpr;
        gpr[n] = gpr[n] & ~0xFFFFL | value & 0xFFFFL;
    }

    /** Clears the upper half, as every 32-bit result does. */
    public static void setRegister32(Cpu c, int n, int value) {
        c.gpr[n] = value & 0xFFFF_FFFFL;
    }

    public static void setRegister64(Cpu c, int n, long value) {
        c.gpr[n] = value;
    }

    /** Writes a general register at an operand size of 16, 32 or 64. */
    public static void setRegister(Cpu c, int n, long value, int operandSize) {
        switch (operandSize) {
            case 16 -> setRegister16(c, n, (int) value);
            case 32 -> setRegister32(c, n, (int) value);
            default -> c.gpr[n] = value;
        }
    }

    // The ModRM operand, general register or memory.

    public static int read8(Cpu c, Insn i) {
        return i.memory ? c.mmu.read8(linearRead(c, i, 1)) : getRegister8(c, i.rm);
    }

    public static int read16(Cpu c, Insn i) {
        return i.memory ? c.mmu.read16(linearRead(c, i, 2)) : getRegister16(c, i.rm);
    }

    public static int read32(Cpu c, Insn i) {
        return i.memory ? c.mmu.read32(linearRead(c, i, 4)) : (int) c.gpr[i.rm];
    }

    public static long read64(Cpu c, Insn i) {
        return i.memory ? c.mmu.read64(linearRead(c, i, 8)) : c.gpr[i.rm];
    }

    public static void write8(Cpu c, Insn i, int value) {
        if (i.memory) {
            c.mmu.write8(linearWrite(c, i, 1), value);
        } else {
            setRegister8(c, i.rm, value);
        }
    }

    public static void write16(Cpu c, Insn i, int value) {
        if (i.memory) {
            c.mmu.write16(linearWrite(c, i, 2), value);
        } else {
            setRegister16(c, i.rm, value);
        }
    }

    public static void write32(Cpu c, Insn i, int value) {
        if (i.memory) {
            c.mmu.write32(linearWrite(c, i, 4), value);
        } else {
            setRegister32(c, i.rm, value);
        }
    }

    public static void write64(Cpu c, Insn i, long value) {
        if (i.memory) {
            c.mmu.write64(linearWrite(c, i, 8), value);
        } else {
            c.gpr[i.rm] = value;
        }
    }

    /** Writes 128 bits: nothing is written when the second half cannot be. */
    public static void write128(Cpu c, long lin, long low, long high) {
        if ((lin & 0xFFF) > 0xFF0) {
            c.mmu.probeWrite(lin, 16);
        }
        c.mmu.write64(lin, low);
        c.mmu.write64(lin + 8 & c.linearMask, high);
    }

    // BT and its kin with a register offset address a bit string of up to the register's range (SDM volume 2, 3.1.1.9).

    /** Linear address of the unit of {@code bits} (16, 32, 64) that holds bit {@code offset}, checked for reading. */
    public static long bitStringRead(Cpu c, Insn i, int bits, long offset) {
        long ea = ea(c, i) + (offset >> 3 & -(bits >> 3)) & i.addressMask;
        return i.flat ? ea : segmentedRead(c, i.segment, ea, bits >> 3);
    }

    /** As {@link #bitStringRead}, checked for writing. */
    public static long bitStringWrite(Cpu c, Insn i, int bits, long offset) {
        long ea = ea(c, i) + (offset >> 3 & -(bits >> 3)) & i.addressMask;
        return i.flat ? ea : segmentedWrite(c, i.segment, ea, bits >> 3);
    }
}
