package org.terrarium.x86.sys;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.GuestFault;

/** INT n in virtual-8086 mode (SDM volume 3, 20.3.3, table 20-2). */
final class Virtual8086 {
    private Virtual8086() {}

    /**
     * Serves INT n by the 8086 program's own handler where the redirection bitmap says so; returns false when it goes through
     * the IDT. #GP(0) where a monitor has to simulate it.
     */
    static boolean softwareInterrupt(Cpu c, int vector) {
        if ((c.cr4 & Cpu.CR4_VME) != 0 && !directedToMonitor(c, vector)) {
            redirect(c, vector);
            return true;
        }
        if (FlagsRegister.iopl(c) < 3) {
            throw c.fault(GuestFault.GP, 0);
        }
        return false;
    }

    /** The bit of the software interrupt redirection map, the 32 bytes below the I/O permission map (20.3.3). */
    private static boolean directedToMonitor(Cpu c, int vector) {
        long limit = c.trLimit & 0xFFFF_FFFFL;
        if (limit < 103) {
            throw c.fault(GuestFault.GP, 0);
        }
        int map = c.mmu.readSystem16(c.trBase + 102 & 0xFFFF_FFFFL) - 32 + (vector >> 3);
        if (map < 0 || map > limit) {
            throw c.fault(GuestFault.GP, 0);
        }
        return (c.mmu.readSystem8(c.trBase + map & 0xFFFF_FFFFL) >> (vector & 7) & 1) != 0;
    }

    private static void redirect(Cpu c, int vector) {
        int entry = c.mmu.read32(vector * 4);
        int flags = FlagsRegister.read(c);
        boolean virtualFlag = FlagsRegister.iopl(c) < 3;
        if (virtualFlag) {
            flags = flags & ~Cpu.IF | Cpu.IOPL | ((flags & Cpu.VIF) != 0 ? Cpu.IF : 0);
        }
        PushFrame frame = PushFrame.current(c);
        frame.push(16, flags);
        frame.push(16, c.segSelector[Cpu.CS]);
        frame.push(16, c.rip);
        StackAccess.setPointer(c, frame.pointer);
        Segments.loadReal(c, Cpu.CS, entry >>> 16);
        c.rip = entry & 0xFFFF;
        c.stepTrap = false;
        FlagsRegister.write(c, 0, Cpu.TF | Cpu.NT | Cpu.RF | (virtualFlag ? Cpu.VIF : Cpu.IF));
    }
}
