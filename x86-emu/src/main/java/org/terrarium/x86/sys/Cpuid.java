package org.terrarium.x86.sys;

import java.nio.charset.StandardCharsets;
import org.terrarium.x86.Cpu;
import org.terrarium.x86.isa.Feature;
import org.terrarium.x86.isa.Insn;

/** The CPUID instruction (SDM volume 2): reports of each model exactly what this processor does for it. */
public final class Cpuid {
    private static final String VENDOR = "GenuineIntel";

    // Leaf 1, EDX.
    private static final int FPU = 1;
    private static final int VME = 1 << 1;
    private static final int DE = 1 << 2;
    private static final int PSE = 1 << 3;
    private static final int TSC = 1 << 4;
    private static final int MSR = 1 << 5;
    private static final int PAE = 1 << 6;
    private static final int MCE = 1 << 7;
    private static final int CX8 = 1 << 8;
    private static final int APIC = 1 << 9;
    private static final int SEP = 1 << 11;
    private static final int MTRR = 1 << 12;
    private static final int PGE = 1 << 13;
    private static final int MCA = 1 << 14;
    private static final int CMOV = 1 << 15;
    private static final int PAT = 1 << 16;
    private static final int PSE36 = 1 << 17;
    private static final int CLFSH = 1 << 19;
    private static final int MMX = 1 << 23;
    private static final int FXSR = 1 << 24;
    private static final int SSE = 1 << 25;
    private static final int SSE2 = 1 << 26;

    // Leaf 1, ECX.
    private static final int SSE3 = 1;
    private static final int SSSE3 = 1 << 9;
    private static final int CX16 = 1 << 13;
    private static final int SSE4_1 = 1 << 19;
    private static final int SSE4_2 = 1 << 20;
    private static final int POPCNT = 1 << 23;
    private static final int XSAVE = 1 << 26;
    private static final int OSXSAVE = 1 << 27;
    private static final int HYPERVISOR = 1 << 31;

    /**
     * First of the leaves kept for hypervisors. The name tells a guest which interface there is: the board has VMware's
     * backdoor port (absolute pointer, clock frequencies), and Linux looks for it under this name only.
     */
    private static final int HYPERVISOR_LEAF = 0x4000_0000;

    private static final String HYPERVISOR_INTERFACE = "VMwareVMware";

    // Leaf 80000001H.
    private static final int SYSCALL = 1 << 11;
    private static final int NX = 1 << 20;
    private static final int PDPE1GB = 1 << 26;
    private static final int RDTSCP = 1 << 27;
    private static final int LM = 1 << 29;
    private static final int LAHF64 = 1;
    private static final int PREFETCHW = 1 << 8;

    // Leaf 07H, EDX.
    private static final int IBRS_IBPB = 1 << 26;
    private static final int ARCH_CAPABILITIES = 1 << 29;

    private static final int INVARIANT_TSC = 1 << 8;
    private static final int CACHE_LINE = 64;

    /** Initial APIC ID of the only processor. */
    private static final int APIC_ID = 0;

    /** IA32_APIC_BASE: the local APIC is enabled. */
    private static final int APIC_ENABLED = 1 << 11;

    private Cpuid() {}

    /** CPUID. */
    public static void cpuid(Cpu c, Insn i) {
        int[] r = query(c, (int) c.gpr[Cpu.RAX], (int) c.gpr[Cpu.RCX]);
        if (c.gpr[Cpu.RAX] << 32 >>> 32 == 1) {
            Msr.signMicrocode(c);
        }
        c.gpr[Cpu.RAX] = r[0] & 0xFFFF_FFFFL;
        c.gpr[Cpu.RBX] = r[1] & 0xFFFF_FFFFL;
        c.gpr[Cpu.RCX] = r[2] & 0xFFFF_FFFFL;
        c.gpr[Cpu.RDX] = r[3] & 0xFFFF_FFFFL;
    }

    /** EAX, EBX, ECX and EDX of a leaf and subleaf in the processor's present state. */
    public static int[] query(Cpu c, int leaf, int subleaf) {
        CpuModel m = c.model;
        int highest = highestLeaf(m);
        if (leaf < 0 && m.has(Feature.LM) && leaf <= 0x8000_0008) {
            return extended(c, leaf);
        }
        if (hypervisor(m) && leaf >>> 28 == HYPERVISOR_LEAF >>> 28) {
            return leaf == HYPERVISOR_LEAF
                    ? new int[] {
                        HYPERVISOR_LEAF,
                        text(HYPERVISOR_INTERFACE, 0),
                        text(HYPERVISOR_INTERFACE, 4),
                        text(HYPERVISOR_INTERFACE, 8)
                    }
                    : new int[4];
        }
        // A leaf beyond the last answers like the last one (Intel's rule).
        return basic(c, leaf >= 0 && leaf <= highest ? leaf : highest, subleaf);
    }

    /** The models of machines that commonly are virtual say so; the older ones stay what they were. */
    private static boolean hypervisor(CpuModel m) {
        return m.has(Feature.LM);
    }

    private static int highestLeaf(CpuModel m) {
        return switch (m) {
            case I486, PENTIUM -> 1;
            case P6 -> 2;
            case X86_64_V1 -> 5;
            case X86_64_V2 -> 0xD;
        };
    }

    private static int[] basic(Cpu c, int leaf, int subleaf) {
        CpuModel m = c.model;
        return switch (leaf) {
            case 0 -> new int[] {highestLeaf(m), text(VENDOR, 0), text(VENDOR, 8), text(VENDOR, 4)};
            case 1 -> new int[] {m.signature(), processor(c), featuresEcx(c), featuresEdx(c)};
            case 2 -> cacheDescriptors(m);
            case 4 -> cache(subleaf);
            case 7 -> new int[] {0, 0, 0, subleaf == 0 ? IBRS_IBPB | ARCH_CAPABILITIES : 0};
            case 0xB -> topology(subleaf);
            case 0xD -> savedState(c, subleaf);
            default -> new int[4];
        };
    }

    /** EBX of leaf 1: initial APIC ID, one logical processor, CLFLUSH line in units of 8 bytes. */
    private static int processor(Cpu c) {
        if (!c.model.localApic()) {
            return 0;
        }
        int flushLine = c.model.has(Feature.CLFSH) ? CACHE_LINE / 8 << 8 : 0;
        return APIC_ID << 24 | 1 << 16 | flushLine;
    }

    private static int featuresEdx(Cpu c) {
        CpuModel m = c.model;
        int bits = bit(m, Feature.FPU, FPU)
                | bit(m, Feature.TSC, TSC)
                | bit(m, Feature.MSR, MSR)
                | bit(m, Feature.CX8, CX8)
                | bit(m, Feature.SEP, SEP)
                | bit(m, Feature.CMOV, CMOV)
                | bit(m, Feature.CLFSH, CLFSH)
                | bit(m, Feature.MMX, MMX)
                | bit(m, Feature.FXSR, FXSR)
                | bit(m, Feature.SSE, SSE)
                | bit(m, Feature.SSE2, SSE2);
        bits |= m.virtualModeExtensions() ? VME : 0;
        bits |= m.debugExtensions() ? DE : 0;
        bits |= m.largePages() ? PSE : 0;
        bits |= m.machineCheck() ? MCE : 0;
        bits |= m.physicalAddressExtension() ? PAE | MCA : 0;
        bits |= m.globalPages() ? PGE : 0;
        bits |= m.largePages36() ? PSE36 : 0;
        if (m.memoryTypes()) {
            bits |= MTRR | PAT;
        }
        if (m.localApic() && (c.bus.apicBase() & APIC_ENABLED) != 0) {
            bits |= APIC;
        }
        return bits;
    }

    private static int featuresEcx(Cpu c) {
        CpuModel m = c.model;
        return bit(m, Feature.SSE3, SSE3)
                | bit(m, Feature.SSSE3, SSSE3)
                | bit(m, Feature.CX16, CX16)
                | bit(m, Feature.SSE4_1, SSE4_1)
                | bit(m, Feature.SSE4_2, SSE4_2)
                | bit(m, Feature.POPCNT, POPCNT)
                | bit(m, Feature.XSAVE, XSAVE)
                | ((c.cr4 & Cpu.CR4_OSXSAVE) != 0 ? OSXSAVE : 0)
                | (hypervisor(m) ? HYPERVISOR : 0);
    }

    private static int bit(CpuModel m, Feature feature, int bit) {
        return m.has(feature) ? bit : 0;
    }

    /** Leaf 2: descriptor bytes of table 3-12 (TLBs, 16 KiB L1 and 256 KiB L2; from the 64-bit models on: see leaf 4). */
    private static int[] cacheDescriptors(CpuModel m) {
        return m.has(Feature.LM)
                ? new int[] {0x00_FF_5B_01, 0, 0, 0x00_00_00_F0}
                : new int[] {0x03_02_01_01, 0, 0, 0x0C_04_08_82};
    }

    /** Leaf 4: L1 data and instruction 32 KiB 8-way, L2 256 KiB 8-way, one thread each. */
    private static int[] cache(int subleaf) {
        return switch (subleaf) {
            case 0 -> cacheLevel(1, 1, 64);
            case 1 -> cacheLevel(2, 1, 64);
            case 2 -> cacheLevel(3, 2, 512);
            default -> new int[4];
        };
    }

    private static int[] cacheLevel(int type, int level, int sets) {
        int ways = 8;
        return new int[] {type | level << 5 | 1 << 8, ways - 1 << 22 | CACHE_LINE - 1, sets - 1, 0};
    }

    /** Leaf 0BH: one thread in one core. */
    private static int[] topology(int subleaf) {
        return switch (subleaf) {
            case 0 -> new int[] {0, 1, 1 << 8, APIC_ID};
            case 1 -> new int[] {0, 1, 2 << 8 | 1, APIC_ID};
            default -> new int[] {0, 0, subleaf & 0xFF, APIC_ID};
        };
    }

    /** Leaf 0DH: x87 and SSE state in an area of 512 + 64 bytes. */
    private static int[] savedState(Cpu c, int subleaf) {
        return switch (subleaf) {
            case 0 -> new int[] {(int) SystemInstructions.XCR0_SUPPORTED, 576, 576, 0};
            case 1 -> new int[] {c.model.has(Feature.XSAVEOPT) ? 1 : 0, 0, 0, 0};
            default -> new int[4];
        };
    }

    private static int[] extended(Cpu c, int leaf) {
        CpuModel m = c.model;
        return switch (leaf & 0xF) {
            case 0 -> new int[] {0x8000_0008, 0, 0, 0};
            case 1 ->
                new int[] {
                    0,
                    0,
                    bit(m, Feature.LAHF64, LAHF64) | bit(m, Feature.PREFETCHW, PREFETCHW),
                    // SYSCALL is reported where it exists: in 64-bit mode.
                    (c.codeSize == 64 ? bit(m, Feature.SYSCALL, SYSCALL) : 0)
                            | bit(m, Feature.LM, LM)
                            | bit(m, Feature.RDTSCP, RDTSCP)
                            | (m.noExecute() ? NX : 0)
                            | (m.gigabytePages() ? PDPE1GB : 0)
                };
            case 2, 3, 4 -> brand(m, ((leaf & 0xF) - 2) * 16);
            case 6 -> new int[] {0, 0, 256 << 16 | 6 << 12 | CACHE_LINE, 0};
            case 7 -> new int[] {0, 0, 0, INVARIANT_TSC};
            case 8 -> new int[] {m.physicalAddressBits() | 48 << 8, 0, 0, 0};
            default -> new int[4];
        };
    }

    private static int[] brand(CpuModel m, int at) {
        String name = "Terrarium " + m.id() + " processor";
        return new int[] {text(name, at), text(name, at + 4), text(name, at + 8), text(name, at + 12)};
    }

    /** Four characters as CPUID returns them, NUL where the text has ended. */
    private static int text(String text, int at) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        int value = 0;
        for (int n = 0; n < 4; n++) {
            if (at + n < bytes.length) {
                value |= (bytes[at + n] & 0xFF) << 8 * n;
            }
        }
        return value;
    }
}
