package org.terrarium.x86.sys;

import org.terrarium.x86.Cpu;
import org.terrarium.x86.GuestFault;
import org.terrarium.x86.interp.Operands;
import org.terrarium.x86.isa.Feature;
import org.terrarium.x86.isa.Insn;

/** MOV to and from control registers, LMSW, SMSW, CLTS, and the mode changes they make (SDM volume 3, 2.5, 4.1.2, 10.8.5). */
public final class ControlRegs {
    private static final int CR0_DEFINED = Cpu.CR0_PE
            | Cpu.CR0_MP
            | Cpu.CR0_EM
            | Cpu.CR0_TS
            | Cpu.CR0_ET
            | Cpu.CR0_NE
            | Cpu.CR0_WP
            | Cpu.CR0_AM
            | Cpu.CR0_NW
            | Cpu.CR0_CD
            | Cpu.CR0_PG;

    private ControlRegs() {}

    /** MOV Ry,Cy. */
    public static void load(Cpu c, Insn i) {
        Privilege.requireKernel(c);
        long value = switch (i.reg) {
            case 0 -> c.cr0 & 0xFFFF_FFFFL;
            case 2 -> c.cr2;
            case 3 -> c.cr3;
            case 4 -> c.cr4;
            case 8 -> c.bus.taskPriority();
            default -> throw c.fault(GuestFault.UD, 0);
        };
        c.gpr[i.rm] = c.codeSize == 64 ? value : value & 0xFFFF_FFFFL;
    }

    /** MOV Cy,Ry. */
    public static void store(Cpu c, Insn i) {
        Privilege.requireKernel(c);
        long value = c.codeSize == 64 ? c.gpr[i.rm] : c.gpr[i.rm] & 0xFFFF_FFFFL;
        switch (i.reg) {
            case 0 -> writeCr0(c, value);
            case 2 -> c.cr2 = value;
            case 3 -> writeCr3(c, value);
            case 4 -> writeCr4(c, value);
            case 8 -> {
                if (value >>> 4 != 0) {
                    throw c.fault(GuestFault.GP, 0);
                }
                c.bus.setTaskPriority((int) value);
            }
            default -> throw c.fault(GuestFault.UD, 0);
        }
    }

    /** Writes CR0 with every check and everything that follows from it. */
    public static void writeCr0(Cpu c, long value) {
        boolean paging = (value & 0xFFFF_FFFFL & Cpu.CR0_PG) != 0;
        boolean invalid = value >>> 32 != 0
                || paging && (value & Cpu.CR0_PE) == 0
                || (value & Cpu.CR0_NW) != 0 && (value & Cpu.CR0_CD) == 0;
        if (invalid) {
            throw c.fault(GuestFault.GP, 0);
        }
        int next = (int) value & CR0_DEFINED | Cpu.CR0_ET;
        int changed = next ^ c.cr0;
        boolean pagingChanged = (changed & Cpu.CR0_PG) != 0;
        if (pagingChanged && paging && (c.efer & Cpu.EFER_LME) != 0) {
            boolean tss16 = (c.trAttributes & Descriptors.PRESENT) != 0 && (c.trAttributes & 8) == 0;
            if ((c.cr4 & Cpu.CR4_PAE) == 0 || (c.segAttributes[Cpu.CS] & Descriptors.LONG) != 0 || tss16) {
                throw c.fault(GuestFault.GP, 0);
            }
            c.efer |= Cpu.EFER_LMA;
        } else if (pagingChanged && !paging && c.longMode()) {
            if (c.codeSize == 64) {
                throw c.fault(GuestFault.GP, 0);
            }
            c.efer &= ~(long) Cpu.EFER_LMA;
        } else if (paging
                && (changed & (Cpu.CR0_PG | Cpu.CR0_CD | Cpu.CR0_NW)) != 0
                && (c.cr4 & Cpu.CR4_PAE) != 0
                && !c.longMode()
                && !c.mmu.loadPdptes(c.cr3)) {
            throw c.fault(GuestFault.GP, 0);
        }
        c.cr0 = next;
        Modes.update(c);
    }

    private static void writeCr3(Cpu c, long value) {
        if (value >>> c.model.physicalAddressBits() != 0) {
            throw c.fault(GuestFault.GP, 0);
        }
        boolean pae = (c.cr0 & Cpu.CR0_PG) != 0 && (c.cr4 & Cpu.CR4_PAE) != 0 && !c.longMode();
        if (pae && !c.mmu.loadPdptes(value)) {
            throw c.fault(GuestFault.GP, 0);
        }
        c.cr3 = value;
        c.mmu.flushNonGlobal();
    }

    private static void writeCr4(Cpu c, long value) {
        if ((value & ~cr4Bits(c.model)) != 0) {
            throw c.fault(GuestFault.GP, 0);
        }
        long changed = value ^ c.cr4;
        if (c.longMode() && (value & Cpu.CR4_PAE) == 0) {
            throw c.fault(GuestFault.GP, 0);
        }
        boolean reload = (c.cr0 & Cpu.CR0_PG) != 0
                && (value & Cpu.CR4_PAE) != 0
                && !c.longMode()
                && (changed & (Cpu.CR4_PAE | Cpu.CR4_PGE | Cpu.CR4_PSE)) != 0;
        if (reload && !c.mmu.loadPdptes(c.cr3)) {
            throw c.fault(GuestFault.GP, 0);
        }
        c.cr4 = value;
        if ((changed & Cpu.CR4_DE) != 0) {
            DebugRegisters.changed(c);
        }
        Modes.update(c);
    }

    /** The bits of CR4 a model has; the others are reserved. */
    static long cr4Bits(CpuModel model) {
        long bits = 0;
        bits |= model.virtualModeExtensions() ? Cpu.CR4_VME | Cpu.CR4_PVI : 0;
        bits |= model.has(Feature.TSC) ? Cpu.CR4_TSD : 0;
        bits |= model.debugExtensions() ? Cpu.CR4_DE : 0;
        bits |= model.largePages() ? Cpu.CR4_PSE : 0;
        bits |= model.machineCheck() ? Cpu.CR4_MCE : 0;
        bits |= model.physicalAddressExtension() ? Cpu.CR4_PAE : 0;
        bits |= model.globalPages() ? Cpu.CR4_PGE : 0;
        bits |= model.performanceCounters() ? Cpu.CR4_PCE : 0;
        bits |= model.has(Feature.FXSR) ? Cpu.CR4_OSFXSR : 0;
        bits |= model.has(Feature.SSE) ? Cpu.CR4_OSXMMEXCPT : 0;
        bits |= model.has(Feature.XSAVE) ? Cpu.CR4_OSXSAVE : 0;
        return bits;
    }

    /** LMSW: PE, MP, EM and TS; PE cannot be cleared. */
    public static void lmsw(Cpu c, Insn i) {
        Privilege.requireKernel(c);
        int low = Operands.read16(c, i) & 0xF | c.cr0 & Cpu.CR0_PE;
        writeCr0(c, (c.cr0 & ~0xF | low) & 0xFFFF_FFFFL);
    }

    /** SMSW. */
    public static void smsw(Cpu c, Insn i) {
        Privilege.checkUserModePrevention(c);
        if (i.memory) {
            Operands.write16(c, i, c.cr0);
        } else {
            Operands.setRegister(c, i.rm, c.cr0 & 0xFFFF_FFFFL, i.operandSize);
        }
    }

    /** CLTS. */
    public static void clts(Cpu c, Insn i) {
        Privilege.requireKernel(c);
        c.cr0 &= ~Cpu.CR0_TS;
    }

    /** WRMSR of IA32_EFER. */
    static void writeEfer(Cpu c, long value) {
        long writable = Cpu.EFER_SCE | Cpu.EFER_LME | Cpu.EFER_NXE;
        boolean toggles = ((value ^ c.efer) & Cpu.EFER_LME) != 0 && (c.cr0 & Cpu.CR0_PG) != 0;
        if ((value & ~(writable | Cpu.EFER_LMA)) != 0 || toggles) {
            throw c.fault(GuestFault.GP, 0);
        }
        c.efer = value & writable | c.efer & Cpu.EFER_LMA;
        Modes.update(c);
    }
}
