package org.terrarium.x86;

import org.terrarium.x86.mem.Mmu;
import org.terrarium.x86.sys.CpuModel;

/**
 * The architectural state of one logical processor, and nothing else: the meaning of instructions is in {@code sem} and
 * {@code sys}, the running of them in {@code interp}. Fields are public because every instruction touches them; only
 * {@code sys} may change a field that has a rule attached (the method is named at the field).
 */
public final class Cpu {
    public static final int RAX = 0;
    public static final int RCX = 1;
    public static final int RDX = 2;
    public static final int RBX = 3;
    public static final int RSP = 4;
    public static final int RBP = 5;
    public static final int RSI = 6;
    public static final int RDI = 7;

    /** Slot of {@link #gpr} that always holds 0: the base or index of an address that has none. */
    public static final int ZERO = 16;

    /** Slot of {@link #gpr} that holds the instruction pointer at the start of the running block: base of RIP-relative. */
    public static final int BLOCK_IP = 17;

    public static final int ES = 0;
    public static final int CS = 1;
    public static final int SS = 2;
    public static final int DS = 3;
    public static final int FS = 4;
    public static final int GS = 5;

    // EFLAGS bits (SDM volume 1, 3.4.3).
    public static final int CF = 1;
    public static final int PF = 1 << 2;
    public static final int AF = 1 << 4;
    public static final int ZF = 1 << 6;
    public static final int SF = 1 << 7;
    public static final int TF = 1 << 8;
    public static final int IF = 1 << 9;
    public static final int DF = 1 << 10;
    public static final int OF = 1 << 11;
    public static final int IOPL = 3 << 12;
    public static final int NT = 1 << 14;
    public static final int RF = 1 << 16;
    public static final int VM = 1 << 17;
    public static final int AC = 1 << 18;
    public static final int VIF = 1 << 19;
    public static final int VIP = 1 << 20;
    public static final int ID = 1 << 21;

    /** The six flags an ALU operation writes; they live in {@link #flagResult} and {@link #flagCarry}. */
    public static final int STATUS_FLAGS = CF | PF | AF | ZF | SF | OF;

    public static final int CR0_PE = 1;
    public static final int CR0_MP = 1 << 1;
    public static final int CR0_EM = 1 << 2;
    public static final int CR0_TS = 1 << 3;
    public static final int CR0_ET = 1 << 4;
    public static final int CR0_NE = 1 << 5;
    public static final int CR0_WP = 1 << 16;
    public static final int CR0_AM = 1 << 18;
    public static final int CR0_NW = 1 << 29;
    public static final int CR0_CD = 1 << 30;
    public static final int CR0_PG = 1 << 31;

    public static final int CR4_VME = 1;
    public static final int CR4_PVI = 1 << 1;
    public static final int CR4_TSD = 1 << 2;
    public static final int CR4_DE = 1 << 3;
    public static final int CR4_PSE = 1 << 4;
    public static final int CR4_PAE = 1 << 5;
    public static final int CR4_MCE = 1 << 6;
    public static final int CR4_PGE = 1 << 7;
    public static final int CR4_PCE = 1 << 8;
    public static final int CR4_OSFXSR = 1 << 9;
    public static final int CR4_OSXMMEXCPT = 1 << 10;
    public static final int CR4_UMIP = 1 << 11;
    public static final int CR4_FSGSBASE = 1 << 16;
    public static final int CR4_PCIDE = 1 << 17;
    public static final int CR4_OSXSAVE = 1 << 18;
    public static final int CR4_SMEP = 1 << 20;
    public static final int CR4_SMAP = 1 << 21;

    public static final int EFER_SCE = 1;
    public static final int EFER_LME = 1 << 8;
    public static final int EFER_LMA = 1 << 10;
    public static final int EFER_NXE = 1 << 11;

    public final CpuModel model;
    public final CpuBus bus;
    public final Mmu mmu;
    public final Fpu fpu = new Fpu();

    /** Whether repeated string instructions may work on whole pages ({@link Optimisation#STRINGS}). */
    public boolean stringRuns = Optimisation.STRINGS.on();

    /**
     * General registers 0..15, then {@link #ZERO} and {@link #BLOCK_IP}. 8-bit operand numbers 0..15 mean the low byte,
     * 16..19 mean AH, CH, DH, BH: {@code gpr[n & 15] >>> ((n & 16) >> 1)}.
     */
    public final long[] gpr = new long[18];

    /** Instruction pointer (offset in CS). Exact at block boundaries and for the last instruction of a block (see Insn). */
    public long rip;

    /**
     * Lazy status flags, independent of the operation that made them. {@code flagResult} is the sign-extended result:
     * ZF is {@code flagResult == 0}; SF its sign; PF the parity of its low byte. {@code flagCarry} holds the carries: bit 63
     * CF, bit 62 the carry into the top bit (so OF = bit 63 ^ bit 62), bit 3 AF, bit 1 is XORed into SF and bit 0 into PF
     * (both 0 after an ALU operation; they exist so that POPF can set any combination). Use {@code sem.Flags}.
     */
    public long flagResult;

    public long flagCarry;

    /** EFLAGS without {@link #STATUS_FLAGS}; bit 1 always set. Changed through {@code sys.FlagsRegister}. */
    public int eflags = 2;

    /** Visible selectors, by {@link #ES}..{@link #GS}. Loaded through {@code sys.Segments}. */
    public final int[] segSelector = new int[6];

    /** Descriptor-cache bases, as loaded. */
    public final long[] segBase = new long[6];

    /** Bases in effect for address formation: {@link #segBase}, but 0 for ES, CS, SS, DS in 64-bit mode. */
    public final long[] segEffectiveBase = new long[6];

    /** Descriptor-cache limits in bytes, granularity applied, unsigned. */
    public final int[] segLimit = new int[6];

    /** Descriptor attributes: bits 8..23 of the descriptor's second dword shifted right by 8 (type, S, DPL, P, AVL, L, D, G). */
    public final int[] segAttributes = new int[6];

    /**
     * 0 where an access through the segment needs no check beyond paging (64-bit mode; or flat, present, writable, base 0
     * limit 4 GiB); else the access must be checked by {@code sys.Segments.checkRead/checkWrite}.
     */
    public final int[] segChecked = new int[6];

    /** ~0 in 64-bit mode, 0xFFFFFFFF elsewhere: linear addresses wrap there. */
    public long linearMask = 0xFFFF_FFFFL;

    /** 0xFFFF or 0xFFFFFFFF or ~0: the stack pointer's width (SS.B, or 64-bit mode). */
    public long stackMask = 0xFFFFL;

    public int cpl;

    /** 16, 32 or 64: default operand and address size of the code segment in effect. */
    public int codeSize = 16;

    /** Everything beside the physical address that changes how bytes decode or blocks run; part of a block's key. */
    public int modeKey;

    public int cr0 = CR0_ET | CR0_NW | CR0_CD;
    public long cr2;
    public long cr3;
    public long cr4;
    public long efer;
    public final long[] dr = new long[8];

    public long gdtBase;
    public int gdtLimit;
    public long idtBase;
    public int idtLimit;

    public int ldtSelector;
    public long ldtBase;
    public int ldtLimit;
    public int ldtAttributes;

    public int trSelector;
    public long trBase;
    public int trLimit;
    public int trAttributes;

    public long msrStar;
    public long msrLstar;
    public long msrCstar;
    public long msrSfmask;
    public long msrKernelGsBase;
    public long msrSysenterCs;
    public long msrSysenterEsp;
    public long msrSysenterEip;
    public long msrPat = 0x0007040600070406L;
    public long msrTscAux;

    /** Added to {@link CpuBus#timeStampCounter()} (guest writes of IA32_TIME_STAMP_COUNTER). */
    public long tscOffset;

    /** Set by HLT, cleared by an interrupt, NMI or reset. */
    public boolean halted;

    /** Interrupts are held off for one instruction after STI, MOV SS and POP SS. */
    public boolean interruptShadow;

    /** Trap-type debug conditions (DR6 bits) to deliver as #DB after the current instruction. */
    public int pendingDebug;

    /** TF was set when the running instruction started: a single-step trap follows it, unless it is an interrupt. */
    public boolean stepTrap;

    /** Model-specific registers that are only stored, in the order {@code sys.Msr} gives them. */
    public final long[] msrStored = new long[64];

    /** Level of the INTR pin, as the interrupt controller drives it. */
    public boolean intrLine;

    /** An NMI edge waits. */
    public boolean nmiPending;

    public boolean nmiBlocked;

    /** Set by any thread to have {@code run} return soon. */
    public volatile boolean exitRequested;

    /** Instructions retired since power-on. */
    public long retired;

    private final GuestFault fault = new GuestFault();

    public Cpu(CpuModel model, Mmu mmu, CpuBus bus) {
        this.model = model;
        this.mmu = mmu;
        this.bus = bus;
        mmu.attach(this);
    }

    /** The one fault object of this processor, filled in; use as {@code throw c.fault(GuestFault.GP, 0)}. */
    public GuestFault fault(int vector, int errorCode) {
        fault.vector = vector;
        fault.errorCode = errorCode;
        fault.nonCanonical = false;
        return fault;
    }

    /** The fault raised last: what {@code sys.Interrupts.deliverFault} delivers. */
    public GuestFault fault() {
        return fault;
    }

    /** Real mode or virtual-8086 mode: segments are selector times 16. */
    public boolean realAddressing() {
        return (cr0 & CR0_PE) == 0 || (eflags & VM) != 0;
    }

    public boolean protectedMode() {
        return (cr0 & CR0_PE) != 0;
    }

    /** IA-32e mode is active (64-bit or compatibility). */
    public boolean longMode() {
        return (efer & EFER_LMA) != 0;
    }
}
