package org.terrarium.x86.isa;

/**
 * What a row of the instruction table can require of the CPU model. The names are those of the CPUID bits (SDM volume 2,
 * CPUID) where there is one.
 */
public enum Feature {
    /** An x87 floating-point unit. */
    FPU,
    /** The CPUID instruction itself. */
    CPUID,
    TSC,
    MSR,
    /** CMPXCHG8B. */
    CX8,
    /** SYSENTER and SYSEXIT. */
    SEP,
    /** CMOVcc, and with an FPU FCMOVcc and FCOMI. */
    CMOV,
    /** RDPMC, multi-byte NOP and UD: the P6 family's other additions, which have no CPUID bit. */
    P6,
    CLFSH,
    MMX,
    /** FXSAVE and FXRSTOR. */
    FXSR,
    SSE,
    SSE2,
    SSE3,
    SSSE3,
    SSE4_1,
    SSE4_2,
    POPCNT,
    /** CMPXCHG16B. */
    CX16,
    MONITOR,
    XSAVE,
    XSAVEOPT,
    RDTSCP,
    /** SYSCALL and SYSRET. */
    SYSCALL,
    /** Long mode (EM64T). */
    LM,
    /** LAHF and SAHF in 64-bit mode. */
    LAHF64,
    FSGSBASE,
    SMAP,
    INVPCID,
    /** PREFETCHW and the other hints of opcode 0F 0D. */
    PREFETCHW
}
