package org.terrarium.x86.sys;

import org.terrarium.x86.isa.Feature;

/**
 * The processor models a machine can have. Each has everything of those before it; an instruction a model lacks raises #UD and
 * {@link Cpuid} reports what it has.
 */
public enum CpuModel {
    /** A 486 DX4: FPU and the CPUID instruction. */
    I486("486", 4, 8, 0, 32),
    /** A Pentium with MMX (P55C). */
    PENTIUM("pentium", 5, 4, 3, 32),
    /** A Pentium III: CMOV, PAE, local APIC, SYSENTER, SSE. */
    P6("p6", 6, 8, 6, 36),
    /** The first Intel processors with 64-bit mode, without SSE3. */
    X86_64_V1("x86-64-v1", 15, 4, 3, 40),
    /** Nehalem class: SSE4.2, POPCNT, CMPXCHG16B, XSAVE. */
    X86_64_V2("x86-64-v2", 6, 26, 5, 40);

    private final String id;
    private final int family;
    private final int modelNumber;
    private final int stepping;
    private final int physicalAddressBits;

    CpuModel(String id, int family, int modelNumber, int stepping, int physicalAddressBits) {
        this.id = id;
        this.family = family;
        this.modelNumber = modelNumber;
        this.stepping = stepping;
        this.physicalAddressBits = physicalAddressBits;
    }

    /** The name on the command line and in machine.json. */
    public String id() {
        return id;
    }

    /** CPUID.01H:EAX: family, model and stepping as that leaf encodes them. */
    public int signature() {
        return (family == 15 ? 0xF : family) << 8 | (modelNumber >> 4) << 16 | (modelNumber & 15) << 4 | stepping;
    }

    public int physicalAddressBits() {
        return physicalAddressBits;
    }

    public boolean atLeast(CpuModel other) {
        return compareTo(other) >= 0;
    }

    /** Whether instructions that need {@code feature} exist. */
    public boolean has(Feature feature) {
        CpuModel first = switch (feature) {
            case FPU, CPUID -> I486;
            case TSC, MSR, CX8, MMX -> PENTIUM;
            case SEP, CMOV, P6, FXSR, SSE -> P6;
            case CLFSH, SSE2, SYSCALL, LM, PREFETCHW -> X86_64_V1;
            case SSE3, SSSE3, SSE4_1, SSE4_2, POPCNT, CX16, XSAVE, XSAVEOPT, RDTSCP, LAHF64 -> X86_64_V2;
            case MONITOR, FSGSBASE, SMAP, INVPCID -> null;
        };
        return first != null && atLeast(first);
    }

    /** CR4.VME, PVI and the flags VIF and VIP. */
    public boolean virtualModeExtensions() {
        return atLeast(PENTIUM);
    }

    /** CR4.DE and I/O breakpoints. */
    public boolean debugExtensions() {
        return atLeast(PENTIUM);
    }

    /** CR4.MCE. */
    public boolean machineCheck() {
        return atLeast(PENTIUM);
    }

    /** 4 MiB pages. */
    public boolean largePages() {
        return atLeast(PENTIUM);
    }

    /** 4 MiB pages above 4 GiB (PSE-36). */
    public boolean largePages36() {
        return atLeast(P6);
    }

    public boolean physicalAddressExtension() {
        return atLeast(P6);
    }

    public boolean globalPages() {
        return atLeast(P6);
    }

    public boolean noExecute() {
        return atLeast(X86_64_V1);
    }

    public boolean gigabytePages() {
        return atLeast(X86_64_V2);
    }

    /** A local APIC and IA32_APIC_BASE. */
    public boolean localApic() {
        return atLeast(P6);
    }

    /** Memory-type range registers and the page attribute table. */
    public boolean memoryTypes() {
        return atLeast(P6);
    }

    /** CR4.PCE and RDPMC. */
    public boolean performanceCounters() {
        return atLeast(P6);
    }
}
