package org.terrarium.x86.interp;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.GuestFault;
import org.terrarium.x86.isa.Insn;
import org.terrarium.x86.sem.MulDiv;

/** MUL, IMUL, DIV and IDIV with one operand: rDX:rAX and the operand (AX for bytes). */
public final class MultiplyDivide {
    private MultiplyDivide() {}

    public static void mul8(Cpu c, Insn i) {
        int product = Operands.getRegister8(c, Cpu.RAX) * Operands.read8(c, i);
        Operands.setRegister16(c, Cpu.RAX, product);
        overflow(c, product >> 8 != 0);
    }

    public static void imul8(Cpu c, Insn i) {
        int product = (byte) Operands.getRegister8(c, Cpu.RAX) * (byte) Operands.read8(c, i);
        Operands.setRegister16(c, Cpu.RAX, product);
        overflow(c, product != (byte) product);
    }

    public static void mul16(Cpu c, Insn i) {
        int product = Operands.getRegister16(c, Cpu.RAX) * Operands.read16(c, i);
        Operands.setRegister16(c, Cpu.RAX, product);
        Operands.setRegister16(c, Cpu.RDX, product >>> 16);
        overflow(c, product >>> 16 != 0);
    }

    public static void imul16(Cpu c, Insn i) {
        int product = (short) Operands.getRegister16(c, Cpu.RAX) * (short) Operands.read16(c, i);
        Operands.setRegister16(c, Cpu.RAX, product);
        Operands.setRegister16(c, Cpu.RDX, product >>> 16);
        overflow(c, product != (short) product);
    }

    public static void mul32(Cpu c, Insn i) {
        long product = (c.gpr[Cpu.RAX] & 0xFFFF_FFFFL) * (Operands.read32(c, i) & 0xFFFF_FFFFL);
        c.gpr[Cpu.RAX] = product & 0xFFFF_FFFFL;
        c.gpr[Cpu.RDX] = product >>> 32;
        overflow(c, product >>> 32 != 0);
    }

    public static void imul32(Cpu c, Insn i) {
        long product = (long) (int) c.gpr[Cpu.RAX] * Operands.read32(c, i);
        c.gpr[Cpu.RAX] = product & 0xFFFF_FFFFL;
        c.gpr[Cpu.RDX] = product >>> 32;
        overflow(c, product != (int) product);
    }

    public static void mul64(Cpu c, Insn i) {
        long a = c.gpr[Cpu.RAX];
        long b = Operands.read64(c, i);
        long high = Math.unsignedMultiplyHigh(a, b);
        c.gpr[Cpu.RAX] = a * b;
        c.gpr[Cpu.RDX] = high;
        overflow(c, high != 0);
    }

    public static void imul64(Cpu c, Insn i) {
        long a = c.gpr[Cpu.RAX];
        long b = Operands.read64(c, i);
        long high = Math.multiplyHigh(a, b);
        c.gpr[Cpu.RAX] = a * b;
        c.gpr[Cpu.RDX] = high;
        overflow(c, high != a * b >> 63);
    }

    /** CF and OF together; the other flags are undefined and stay. */
    private static void overflow(Cpu c, boolean overflow) {
        c.flagCarry = c.flagCarry & ~(3L << 62) | (overflow ? Long.MIN_VALUE : 0);
    }

    public static void div8(Cpu c, Insn i) {
        int dividend = Operands.getRegister16(c, Cpu.RAX);
        int divisor = Operands.read8(c, i);
        if (dividend >> 8 >= divisor) {
            throw c.fault(GuestFault.DE, 0);
        }
        Operands.setRegister16(c, Cpu.RAX, dividend / divisor | dividend % divisor << 8);
    }

    public static void idiv8(Cpu c, Insn i) {
        int dividend = (short) Operands.getRegister16(c, Cpu.RAX);
        int divisor = (byte) Operands.read8(c, i);
        if (divisor == 0 || dividend / divisor != (byte) (dividend / divisor)) {
            throw c.fault(GuestFault.DE, 0);
        }
        Operands.setRegister16(c, Cpu.RAX, dividend / divisor & 0xFF | (dividend % divisor & 0xFF) << 8);
    }

    public static void div16(Cpu c, Insn i) {
        int high = Operands.getRegister16(c, Cpu.RDX);
        int divisor = Operands.read16(c, i);
        if (high >= divisor) {
            throw c.fault(GuestFault.DE, 0);
        }
        int dividend = high << 16 | Operands.getRegister16(c, Cpu.RAX);
        Operands.setRegister16(c, Cpu.RAX, Integer.divideUnsigned(dividend, divisor));
        Operands.setRegister16(c, Cpu.RDX, Integer.remainderUnsigned(dividend, divisor));
    }

    public static void idiv16(Cpu c, Insn i) {
        long dividend = Operands.getRegister16(c, Cpu.RDX) << 16 | Operands.getRegister16(c, Cpu.RAX);
        int divisor = (short) Operands.read16(c, i);
        if (divisor == 0 || dividend / divisor != (short) (dividend / divisor)) {
            throw c.fault(GuestFault.DE, 0);
        }
        Operands.setRegister16(c, Cpu.RAX, (int) (dividend / divisor));
        Operands.setRegister16(c, Cpu.RDX, (int) (dividend % divisor));
    }

    public static void div32(Cpu c, Insn i) {
        long high = c.gpr[Cpu.RDX] & 0xFFFF_FFFFL;
        long divisor = Operands.read32(c, i) & 0xFFFF_FFFFL;
        if (high >= divisor) {
            throw c.fault(GuestFault.DE, 0);
        }
        long dividend = high << 32 | c.gpr[Cpu.RAX] & 0xFFFF_FFFFL;
        c.gpr[Cpu.RAX] = Long.divideUnsigned(dividend, divisor);
        c.gpr[Cpu.RDX] = Long.remainderUnsigned(dividend, divisor);
    }

    public static void idiv32(Cpu c, Insn i) {
        long dividend = c.gpr[Cpu.RDX] << 32 | c.gpr[Cpu.RAX] & 0xFFFF_FFFFL;
        int divisor = Operands.read32(c, i);
        // Long.MIN_VALUE / -1 wraps to itself, which does not fit an int either
        if (divisor == 0 || dividend / divisor != (int) (dividend / divisor)) {
            throw c.fault(GuestFault.DE, 0);
        }
        c.gpr[Cpu.RAX] = dividend / divisor & 0xFFFF_FFFFL;
        c.gpr[Cpu.RDX] = dividend % divisor & 0xFFFF_FFFFL;
    }

    public static void div64(Cpu c, Insn i) {
        long high = c.gpr[Cpu.RDX];
        long divisor = Operands.read64(c, i);
        if (!MulDiv.divides64(high, divisor)) {
            throw c.fault(GuestFault.DE, 0);
        }
        long low = c.gpr[Cpu.RAX];
        long quotient = MulDiv.divide64(high, low, divisor);
        c.gpr[Cpu.RAX] = quotient;
        c.gpr[Cpu.RDX] = MulDiv.remainder64(low, divisor, quotient);
    }

    public static void idiv64(Cpu c, Insn i) {
        long high = c.gpr[Cpu.RDX];
        long low = c.gpr[Cpu.RAX];
        long divisor = Operands.read64(c, i);
        if (!MulDiv.dividesSigned64(high, low, divisor)) {
            throw c.fault(GuestFault.DE, 0);
        }
        long quotient = MulDiv.divideSigned64(high, low, divisor);
        c.gpr[Cpu.RAX] = quotient;
        c.gpr[Cpu.RDX] = MulDiv.remainder64(low, divisor, quotient);
    }
}
