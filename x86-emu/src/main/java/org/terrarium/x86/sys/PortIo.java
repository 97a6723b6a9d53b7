package org.terrarium.x86.sys;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.GuestFault;
import org.terrarium.x86.interp.Operands;
import org.terrarium.x86.isa.Insn;

/** IN and OUT, and who may use a port (SDM volume 1, chapter 19 "Input/Output"). */
public final class PortIo {
    private PortIo() {}

    /** #GP(0) unless IOPL or the I/O permission bitmap allows {@code bytes} ports from {@code port} on. */
    static void check(Cpu c, int port, int bytes) {
        if (!c.protectedMode() || c.cpl <= FlagsRegister.iopl(c) && !FlagsRegister.virtual8086(c)) {
            return;
        }
        boolean tss32 = (c.trAttributes & (Descriptors.PRESENT | 8)) == (Descriptors.PRESENT | 8);
        long limit = c.trLimit & 0xFFFF_FFFFL;
        if (!tss32 || limit < 103) {
            throw c.fault(GuestFault.GP, 0);
        }
        long at = c.mmu.readSystem16(Descriptors.tableAddress(c, c.trBase + 102)) + (port >> 3);
        if (at + 1 > limit) {
            throw c.fault(GuestFault.GP, 0);
        }
        int bits = c.mmu.readSystem16(Descriptors.tableAddress(c, c.trBase + at)) >> (port & 7);
        if ((bits & (1 << bytes) - 1) != 0) {
            throw c.fault(GuestFault.GP, 0);
        }
    }

    static int read(Cpu c, int port, int bytes) {
        int value = c.bus.in(port, bytes);
        DebugRegisters.portAccessed(c, port, bytes);
        return value;
    }

    static void write(Cpu c, int port, int bytes, int value) {
        c.bus.out(port, bytes, bytes == 4 ? value : value & (1 << 8 * bytes) - 1);
        DebugRegisters.portAccessed(c, port, bytes);
    }

    private static int wideBytes(Insn i) {
        return i.operandSize == 16 ? 2 : 4;
    }

    private static int dx(Cpu c) {
        return (int) c.gpr[Cpu.RDX] & 0xFFFF;
    }

    private static void in(Cpu c, int port, int bytes) {
        check(c, port, bytes);
        int value = read(c, port, bytes);
        switch (bytes) {
            case 1 -> Operands.setRegister8(c, Cpu.RAX, value);
            case 2 -> Operands.setRegister16(c, Cpu.RAX, value);
            default -> Operands.setRegister32(c, Cpu.RAX, value);
        }
    }

    private static void out(Cpu c, int port, int bytes) {
        check(c, port, bytes);
        write(c, port, bytes, (int) c.gpr[Cpu.RAX]);
    }

    /** IN AL,Ib. */
    public static void inByteImmediate(Cpu c, Insn i) {
        in(c, (int) i.imm & 0xFF, 1);
    }

    /** IN eAX,Ib. */
    public static void inImmediate(Cpu c, Insn i) {
        in(c, (int) i.imm & 0xFF, wideBytes(i));
    }

    /** IN AL,DX. */
    public static void inByte(Cpu c, Insn i) {
        in(c, dx(c), 1);
    }

    /** IN eAX,DX. */
    public static void in(Cpu c, Insn i) {
        in(c, dx(c), wideBytes(i));
    }

    /** OUT Ib,AL. */
    public static void outByteImmediate(Cpu c, Insn i) {
        out(c, (int) i.imm & 0xFF, 1);
    }

    /** OUT Ib,eAX. */
    public static void outImmediate(Cpu c, Insn i) {
        out(c, (int) i.imm & 0xFF, wideBytes(i));
    }

    /** OUT DX,AL. */
    public static void outByte(Cpu c, Insn i) {
        out(c, dx(c), 1);
    }

    /** OUT DX,eAX. */
    public static void out(Cpu c, Insn i) {
        out(c, dx(c), wideBytes(i));
    }
}
