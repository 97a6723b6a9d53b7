package org.terrarium.x86.sys;

import java.util.HashMap;
import java.util.Map;
import org.terrarium.x86.Cpu;
import org.terrarium.x86.GuestFault;
import org.terrarium.x86.isa.Feature;
import org.terrarium.x86.isa.Insn;

/** RDMSR and WRMSR (SDM volume 4 lists the registers; volume 3, 12.11 the memory-type range registers). */
public final class Msr {
    private static final int TIME_STAMP_COUNTER = 0x10;
    private static final int APIC_BASE = 0x1B;
    private static final int BIOS_SIGN_ID = 0x8B;
    private static final int PERFCTR0 = 0xC1;
    private static final int PERFCTR1 = 0xC2;
    private static final int SYSENTER_CS = 0x174;
    private static final int SYSENTER_ESP = 0x175;
    private static final int SYSENTER_EIP = 0x176;
    private static final int MTRR_PHYSBASE0 = 0x200;
    private static final int VARIABLE_RANGES = 8;
    private static final int MTRR_FIX64K_00000 = 0x250;
    private static final int MTRR_FIX16K_80000 = 0x258;
    private static final int MTRR_FIX16K_A0000 = 0x259;
    private static final int MTRR_FIX4K_C0000 = 0x268;
    private static final int PAT = 0x277;
    private static final int MTRR_DEF_TYPE = 0x2FF;
    private static final int EFER = 0xC0000080;
    private static final int STAR = 0xC0000081;
    private static final int LSTAR = 0xC0000082;
    private static final int CSTAR = 0xC0000083;
    private static final int SFMASK = 0xC0000084;
    private static final int FS_BASE = 0xC0000100;
    private static final int GS_BASE = 0xC0000101;
    private static final int KERNEL_GS_BASE = 0xC0000102;
    private static final int TSC_AUX = 0xC0000103;

    /** IA32_MTRRCAP: variable ranges, fixed ranges and write-combining. */
    private static final long MTRRCAP_VALUE = VARIABLE_RANGES | 1 << 8 | 1 << 10;

    private static final int SPEC_CTRL = 0x48;
    private static final int PRED_CMD = 0x49;

    /**
     * IA32_ARCH_CAPABILITIES: nothing is executed speculatively here, so RDCL_NO, IBRS_ALL, SKIP_L1DFL_VMENTRY, SSB_NO, MDS_NO,
     * PSCHANGE_MC_NO, TAA_NO, SBDR_SSDP_NO, FBSDP_NO, PSDP_NO, BHI_NO, PBRSB_NO, GDS_NO, RFDS_NO and ITS_NO. Each that is
     * missing has Linux execute a detour, for IBRS_ALL and ITS_NO one at every indirect call and every return.
     */
    private static final long ARCH_CAPABILITIES_VALUE = 1L | 1 << 1 | 1 << 3 | 1 << 4 | 1 << 5 | 1 << 6 | 1 << 8
            | 1 << 13 | 1 << 14 | 1 << 15 | 1 << 20 | 1 << 24 | 1 << 26 | 1 << 27 | 1L << 62;

    /** MSR_PLATFORM_INFO: 2.0 GHz as 20 times the 100 MHz clock, and the same as lowest ratio. */
    private static final long PLATFORM_INFO_VALUE = 20L << 8 | 20L << 40;

    /** IA32_MISC_ENABLE: fast strings on; branch trace storage and PEBS unavailable. */
    private static final long MISC_ENABLE_VALUE = 1L | 1 << 11 | 1 << 12;

    /** A register without an effect: it keeps what is written to it. */
    private record Plain(CpuModel first, long reset, boolean writable) {}

    private static final Map<Integer, Plain> PLAIN = new HashMap<>();

    /** Place of each plain register in {@code Cpu.msrStored}. */
    private static final Map<Integer, Integer> SLOTS = new HashMap<>();

    private static void plain(int number, CpuModel first, long reset, boolean writable) {
        SLOTS.put(number, PLAIN.size());
        PLAIN.put(number, new Plain(first, reset, writable));
    }

    static {
        // The order is part of the saved state: add at the end only.
        plain(0x00, CpuModel.PENTIUM, 0, true); // P5_MC_ADDR
        plain(0x01, CpuModel.PENTIUM, 0, true); // P5_MC_TYPE
        plain(0x17, CpuModel.P6, 0, false); // IA32_PLATFORM_ID
        plain(0x2A, CpuModel.P6, 0, true); // EBL_CR_POWERON
        plain(0x35, CpuModel.X86_64_V2, 1 | 1 << 16, false); // CORE_THREAD_COUNT
        plain(0x3A, CpuModel.X86_64_V2, 1, false); // IA32_FEATURE_CONTROL: locked, nothing enabled
        plain(0x79, CpuModel.P6, 0, true); // BIOS_UPDT_TRIG
        plain(BIOS_SIGN_ID, CpuModel.P6, 0, true);
        plain(PERFCTR0, CpuModel.P6, 0, true);
        plain(PERFCTR1, CpuModel.P6, 0, true);
        plain(0xCD, CpuModel.X86_64_V1, 5, false); // FSB_FREQ: 100 MHz
        plain(0xCE, CpuModel.X86_64_V2, PLATFORM_INFO_VALUE, false); // PLATFORM_INFO
        plain(0xFE, CpuModel.P6, MTRRCAP_VALUE, false); // IA32_MTRRCAP
        plain(0x10A, CpuModel.X86_64_V2, ARCH_CAPABILITIES_VALUE, false); // IA32_ARCH_CAPABILITIES
        plain(0x119, CpuModel.P6, 0, true); // BBL_CR_CTL
        plain(0x11E, CpuModel.P6, 0, true); // BBL_CR_CTL3
        plain(0x179, CpuModel.P6, 0, false); // IA32_MCG_CAP: no banks
        plain(0x17A, CpuModel.P6, 0, true); // IA32_MCG_STATUS
        plain(0x186, CpuModel.P6, 0, true); // PERFEVTSEL0
        plain(0x187, CpuModel.P6, 0, true); // PERFEVTSEL1
        plain(0x198, CpuModel.X86_64_V1, 20L << 8, false); // IA32_PERF_STATUS
        plain(0x199, CpuModel.X86_64_V1, 20L << 8, true); // IA32_PERF_CTL
        plain(0x19A, CpuModel.X86_64_V1, 0, true); // IA32_CLOCK_MODULATION
        plain(0x19B, CpuModel.X86_64_V1, 0, true); // IA32_THERM_INTERRUPT
        plain(0x19C, CpuModel.X86_64_V1, 0, true); // IA32_THERM_STATUS
        plain(0x1A0, CpuModel.X86_64_V1, MISC_ENABLE_VALUE, true); // IA32_MISC_ENABLE
        plain(0x1A2, CpuModel.X86_64_V2, 100L << 16, false); // TEMPERATURE_TARGET: 100 degrees
        plain(0x1D9, CpuModel.P6, 0, true); // IA32_DEBUGCTL
        for (int n = 0; n < 2 * VARIABLE_RANGES; n++) {
            plain(MTRR_PHYSBASE0 + n, CpuModel.P6, 0, true);
        }
        plain(MTRR_FIX64K_00000, CpuModel.P6, 0, true);
        plain(MTRR_FIX16K_80000, CpuModel.P6, 0, true);
        plain(MTRR_FIX16K_A0000, CpuModel.P6, 0, true);
        for (int n = 0; n < 8; n++) {
            plain(MTRR_FIX4K_C0000 + n, CpuModel.P6, 0, true);
        }
        plain(MTRR_DEF_TYPE, CpuModel.P6, 0, true);
        plain(SPEC_CTRL, CpuModel.X86_64_V2, 0, true);
        plain(PRED_CMD, CpuModel.X86_64_V2, 0, true);
    }

    private Msr() {}

    /** Puts all registers of this class to their values after power-on. */
    public static void reset(Cpu c) {
        SLOTS.forEach((number, slot) -> c.msrStored[slot] = PLAIN.get(number).reset());
        c.efer = 0;
        c.msrStar = 0;
        c.msrLstar = 0;
        c.msrCstar = 0;
        c.msrSfmask = 0;
        c.msrKernelGsBase = 0;
        c.msrSysenterCs = 0;
        c.msrSysenterEsp = 0;
        c.msrSysenterEip = 0;
        c.msrPat = 0x0007_0406_0007_0406L;
        c.msrTscAux = 0;
        c.tscOffset = -c.bus.timeStampCounter();
    }

    static long performanceCounter(Cpu c, int n) {
        return c.msrStored[SLOTS.get(PERFCTR0 + n)] & 0xFF_FFFF_FFFFL;
    }

    /** CPUID leaf 1 leaves the microcode revision where software looks for it. */
    static void signMicrocode(Cpu c) {
        if (c.model.atLeast(CpuModel.P6)) {
            c.msrStored[SLOTS.get(BIOS_SIGN_ID)] = 1L << 32;
        }
    }

    /** RDMSR. */
    public static void rdmsr(Cpu c, Insn i) {
        Privilege.requireKernel(c);
        long value = read(c, (int) c.gpr[Cpu.RCX]);
        c.gpr[Cpu.RAX] = value & 0xFFFF_FFFFL;
        c.gpr[Cpu.RDX] = value >>> 32;
    }

    /** WRMSR. */
    public static void wrmsr(Cpu c, Insn i) {
        Privilege.requireKernel(c);
        write(c, (int) c.gpr[Cpu.RCX], c.gpr[Cpu.RDX] << 32 | c.gpr[Cpu.RAX] & 0xFFFF_FFFFL);
    }

    /** The value of a register; #GP(0) where the model has none of that number. */
    public static long read(Cpu c, int number) {
        requireSpecial(c, number);
        return switch (number) {
            case PRED_CMD -> throw c.fault(GuestFault.GP, 0); // write-only
            case TIME_STAMP_COUNTER -> SystemInstructions.timeStamp(c);
            case APIC_BASE -> c.bus.apicBase();
            case SYSENTER_CS -> c.msrSysenterCs;
            case SYSENTER_ESP -> c.msrSysenterEsp;
            case SYSENTER_EIP -> c.msrSysenterEip;
            case PAT -> c.msrPat;
            case EFER -> c.efer;
            case STAR -> c.msrStar;
            case LSTAR -> c.msrLstar;
            case CSTAR -> c.msrCstar;
            case SFMASK -> c.msrSfmask;
            case FS_BASE -> c.segBase[Cpu.FS];
            case GS_BASE -> c.segBase[Cpu.GS];
            case KERNEL_GS_BASE -> c.msrKernelGsBase;
            case TSC_AUX -> c.msrTscAux;
            default -> c.msrStored[SLOTS.get(number)];
        };
    }

    /** Whether the model has the register; else #GP(0). */
    private static void requireSpecial(Cpu c, int number) {
        boolean exists = switch (number) {
            case TIME_STAMP_COUNTER -> c.model.has(Feature.TSC);
            case APIC_BASE -> c.model.localApic();
            case SYSENTER_CS, SYSENTER_ESP, SYSENTER_EIP -> c.model.has(Feature.SEP);
            case PAT -> c.model.memoryTypes();
            case EFER, STAR, LSTAR, CSTAR, SFMASK, FS_BASE, GS_BASE, KERNEL_GS_BASE -> c.model.has(Feature.LM);
            case TSC_AUX -> c.model.has(Feature.RDTSCP);
            default -> {
                Plain plain = PLAIN.get(number);
                yield plain != null && c.model.atLeast(plain.first());
            }
        };
        if (!exists) {
            throw c.fault(GuestFault.GP, 0);
        }
    }

    /** Writes a register; #GP(0) where there is none, it is read-only, or the value is not allowed. */
    public static void write(Cpu c, int number, long value) {
        requireSpecial(c, number);
        switch (number) {
            case TIME_STAMP_COUNTER -> c.tscOffset = value - c.bus.timeStampCounter();
            case APIC_BASE -> writeApicBase(c, value);
            case SYSENTER_CS -> c.msrSysenterCs = value & 0xFFFF_FFFFL;
            case SYSENTER_ESP -> c.msrSysenterEsp = canonical(c, value);
            case SYSENTER_EIP -> c.msrSysenterEip = canonical(c, value);
            case PAT -> writePat(c, value);
            case EFER -> ControlRegs.writeEfer(c, value);
            case STAR -> c.msrStar = value;
            case LSTAR -> c.msrLstar = canonical(c, value);
            case CSTAR -> c.msrCstar = canonical(c, value);
            case SFMASK -> c.msrSfmask = value & 0xFFFF_FFFFL;
            case FS_BASE -> writeBase(c, Cpu.FS, value);
            case GS_BASE -> writeBase(c, Cpu.GS, value);
            case KERNEL_GS_BASE -> c.msrKernelGsBase = canonical(c, value);
            case TSC_AUX -> c.msrTscAux = value & 0xFFFF_FFFFL;
            default -> writePlain(c, number, value);
        }
    }

    private static long canonical(Cpu c, long address) {
        if (address << 16 >> 16 != address) {
            throw c.fault(GuestFault.GP, 0);
        }
        return address;
    }

    private static void writeBase(Cpu c, int seg, long value) {
        c.segBase[seg] = canonical(c, value);
        Modes.segmentLoaded(c, seg);
    }

    /** Reserved: bits 7..0, 9, 10 (x2APIC, which the model has not got) and beyond the physical address width. */
    private static void writeApicBase(Cpu c, long value) {
        if ((value & 0x6FF & ~0x100L) != 0 || value >>> c.model.physicalAddressBits() != 0) {
            throw c.fault(GuestFault.GP, 0);
        }
        c.bus.setApicBase(value);
    }

    /** Types 2 and 3 and above 7 are reserved in each of the eight entries. */
    private static void writePat(Cpu c, long value) {
        for (int n = 0; n < 64; n += 8) {
            int type = (int) (value >>> n) & 0xFF;
            if (type > 7 || type == 2 || type == 3) {
                throw c.fault(GuestFault.GP, 0);
            }
        }
        c.msrPat = value;
    }

    private static boolean memoryType(long type) {
        return type == 0 || type == 1 || type >= 4 && type <= 6;
    }

    private static void writePlain(Cpu c, int number, long value) {
        boolean valid = PLAIN.get(number).writable();
        if (number == SPEC_CTRL) {
            valid = (value & ~3) == 0; // IBRS, and STIBP, which is ignored where CPUID does not tell of it
        } else if (number == PRED_CMD) {
            valid = (value & ~1) == 0; // IBPB
        } else if (number == MTRR_DEF_TYPE) {
            valid = memoryType(value & 0xFF) && (value & ~0xCFFL) == 0;
        } else if (number >= MTRR_FIX64K_00000 && number < MTRR_FIX4K_C0000 + 8) {
            for (int n = 0; n < 64; n += 8) {
                valid &= memoryType(value >>> n & 0xFF);
            }
        } else if (number >= MTRR_PHYSBASE0 && number < MTRR_PHYSBASE0 + 2 * VARIABLE_RANGES) {
            boolean base = (number & 1) == 0;
            valid = value >>> c.model.physicalAddressBits() == 0
                    && (base ? memoryType(value & 0xFF) && (value & 0xF00) == 0 : (value & 0x7FF) == 0);
        }
        if (!valid) {
            throw c.fault(GuestFault.GP, 0);
        }
        c.msrStored[SLOTS.get(number)] = value;
    }
}
