package org.terrarium.vm.accel;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.GuestFault;
import org.terrarium.x86.mem.Mmu;
import org.terrarium.x86.sys.FlagsRegister;
import org.terrarium.x86.sys.Modes;

/** {@link GuestRegisters} of the emulated processor. */
final class CpuRegisters implements GuestRegisters {
    private static final long LOW_32 = 0xFFFF_FFFFL;
    private static final int REAL_LIMIT = 0xFFFF;

    private final Cpu cpu;

    CpuRegisters(Cpu cpu) {
        this.cpu = cpu;
    }

    @Override
    public int get(int register) {
        return (int) cpu.gpr[register];
    }

    @Override
    public void set(int register, int value) {
        cpu.gpr[register] = value & LOW_32;
    }

    @Override
    public int selector(int segment) {
        return cpu.segSelector[segment];
    }

    @Override
    public long base(int segment) {
        return cpu.segEffectiveBase[segment];
    }

    @Override
    public void loadRealSegment(int segment, int selector) {
        cpu.segSelector[segment] = selector & REAL_LIMIT;
        cpu.segBase[segment] = (selector & REAL_LIMIT) * 16L;
        Modes.update(cpu);
    }

    @Override
    public int ip() {
        return (int) cpu.rip;
    }

    @Override
    public void setIp(int ip) {
        cpu.rip = ip & LOW_32;
    }

    @Override
    public int flags() {
        return FlagsRegister.read(cpu);
    }

    @Override
    public void setFlags(int flags) {
        FlagsRegister.write(cpu, flags, -1);
        Modes.update(cpu);
    }

    @Override
    public boolean realAddressing() {
        return cpu.realAddressing();
    }

    @Override
    public long physical(long linear) {
        try {
            return cpu.mmu.translateSystem(linear);
        } catch (GuestFault f) {
            return -1;
        }
    }

    @Override
    public int read(long linear, int size) {
        Mmu mmu = cpu.mmu;
        try {
            return switch (size) {
                case 1 -> mmu.readSystem8(linear);
                case 2 -> mmu.readSystem16(linear);
                default -> mmu.readSystem32(linear);
            };
        } catch (GuestFault f) {
            return size == 4 ? -1 : (1 << 8 * size) - 1;
        }
    }

    @Override
    public void write(long linear, int size, int value) {
        Mmu mmu = cpu.mmu;
        try {
            switch (size) {
                case 1 -> mmu.writeSystem8(linear, value);
                case 2 -> mmu.writeSystem16(linear, value);
                default -> mmu.writeSystem32(linear, value);
            }
        } catch (GuestFault f) {
            // The interface promises that such a store is swallowed.
        }
    }

    @Override
    public void spend(int instructions) {
        cpu.retired += instructions;
    }
}
