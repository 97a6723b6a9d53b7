package org.terrarium.x86;

import java.util.Arrays;
import org.terrarium.x86.debug.Lockstep;
import org.terrarium.x86.interp.Interpreter;
import org.terrarium.x86.interp.Tier;
import org.terrarium.x86.jit.JitOptions;
import org.terrarium.x86.jit.JitStats;
import org.terrarium.x86.jit.Translator;
import org.terrarium.x86.mem.Mmu;
import org.terrarium.x86.mem.PhysicalMemory;
import org.terrarium.x86.sys.CpuModel;
import org.terrarium.x86.sys.DebugRegisters;
import org.terrarium.x86.sys.Interrupts;
import org.terrarium.x86.sys.Modes;
import org.terrarium.x86.sys.Msr;

/**
 * The processor as the board sees it: reset it, run it, drive its pins. All methods but {@link #requestExit} belong to the
 * thread that runs it.
 */
public final class Processor {
    /** Access rights after reset: present, data writable accessed; code readable accessed; LDT; busy 32-bit TSS. */
    private static final int DATA = 0x93;

    private static final int CODE = 0x9B;
    private static final int LDT = 0x82;
    private static final int TSS = 0x8B;

    private final Cpu cpu;
    private final Mmu mmu;
    private final Interpreter interpreter;
    private final Translator translator;

    /** A processor that interprets everything. */
    public Processor(CpuModel model, PhysicalMemory memory, CpuBus bus) {
        this(model, memory, bus, null);
    }

    /**
     * A processor that translates what is executed often.
     *
     * @param jit how; null to interpret everything
     */
    public Processor(CpuModel model, PhysicalMemory memory, CpuBus bus, JitOptions jit) {
        mmu = new Mmu(memory);
        cpu = new Cpu(model, mmu, bus);
        interpreter = new Interpreter(cpu, memory);
        if (jit == null) {
            translator = null;
        } else {
            cpu.stringRuns = jit.uses(Optimisation.STRINGS);
            cpu.fpu.shortArithmetic = jit.uses(Optimisation.X87);
            translator = new Translator(cpu, interpreter, jit);
            Tier tier = jit.lockstep ? new Lockstep(translator, cpu, interpreter, translator::listing) : translator;
            interpreter.setTier(tier, jit.threshold);
        }
        reset();
    }

    /** What the translator has done; null where there is none. */
    public JitStats jitStats() {
        return translator == null ? null : translator.stats();
    }

    /** RESET#: registers as after power-on (SDM volume 3, 10.1.1); memory is left alone. */
    public void reset() {
        Fpu f = cpu.fpu;
        Arrays.fill(f.mantissa, 0);
        Arrays.fill(f.signExponent, 0);
        Arrays.fill(f.xmm, 0);
        f.emptyMask = 0;
        f.controlWord = 0x40;
        f.statusWord = 0;
        f.top = 0;
        f.errorReported = false;
        f.lastInstruction = 0;
        f.lastInstructionSelector = 0;
        f.lastOperand = 0;
        f.lastOperandSelector = 0;
        f.lastOpcode = 0;
        f.mxcsr = 0x1F80;
        f.xcr0 = 1;
        f.raised = 0;
        cpu.cr0 = Cpu.CR0_ET | Cpu.CR0_NW | Cpu.CR0_CD;
        Msr.reset(cpu);
        start();
    }

    /** INIT#: as reset, but FPU, SSE, MSRs and caches keep their contents. */
    public void init() {
        cpu.cr0 = cpu.cr0 & (Cpu.CR0_CD | Cpu.CR0_NW) | Cpu.CR0_ET;
        start();
    }

    /** What RESET and INIT have in common: 16 bytes below 4 GiB, in real mode. */
    private void start() {
        Arrays.fill(cpu.gpr, 0);
        cpu.gpr[Cpu.RDX] = cpu.model.signature();
        cpu.rip = 0xFFF0;
        cpu.eflags = 2;
        // any result that is neither zero, negative nor odd: all status flags clear
        cpu.flagResult = 1;
        cpu.flagCarry = 0;
        for (int seg = 0; seg < 6; seg++) {
            cpu.segSelector[seg] = 0;
            cpu.segBase[seg] = 0;
            cpu.segLimit[seg] = 0xFFFF;
            cpu.segAttributes[seg] = DATA;
        }
        cpu.segSelector[Cpu.CS] = 0xF000;
        cpu.segBase[Cpu.CS] = 0xFFFF_0000L;
        cpu.segAttributes[Cpu.CS] = CODE;
        cpu.cpl = 0;
        cpu.cr2 = 0;
        cpu.cr3 = 0;
        cpu.cr4 = 0;
        cpu.efer = 0;
        DebugRegisters.reset(cpu);
        cpu.gdtBase = 0;
        cpu.gdtLimit = 0xFFFF;
        cpu.idtBase = 0;
        cpu.idtLimit = 0xFFFF;
        cpu.ldtSelector = 0;
        cpu.ldtBase = 0;
        cpu.ldtLimit = 0xFFFF;
        cpu.ldtAttributes = LDT;
        cpu.trSelector = 0;
        cpu.trBase = 0;
        cpu.trLimit = 0xFFFF;
        cpu.trAttributes = TSS;
        cpu.halted = false;
        cpu.interruptShadow = false;
        cpu.pendingDebug = 0;
        cpu.stepTrap = false;
        cpu.nmiPending = false;
        cpu.nmiBlocked = false;
        mmu.clearWatches();
        mmu.flushAll();
        Modes.update(cpu);
    }

    /**
     * Runs about {@code budget} instructions (whole blocks), fewer when the guest halts, shuts down or {@link #requestExit}
     * is called. Returns how many were retired. Interrupts are taken between blocks.
     */
    public long run(long budget) {
        long retired = interpreter.run(budget);
        cpu.exitRequested = false;
        return retired;
    }

    /** Whether the processor waits in HLT and nothing pending would wake it. */
    public boolean halted() {
        return cpu.halted && !Interrupts.pending(cpu);
    }

    /** Level of the INTR pin. */
    public void setInterruptLine(boolean high) {
        cpu.intrLine = high;
    }

    /** An edge on the NMI pin. */
    public void raiseNmi() {
        cpu.nmiPending = true;
    }

    /** From any thread: have {@link #run} return at the next block boundary. */
    public void requestExit() {
        cpu.exitRequested = true;
    }

    /** Everything a guest can find in the processor; only between runs. */
    public CpuState save() {
        return CpuState.of(cpu);
    }

    /**
     * Takes over a saved state. Memory must hold again what it held when it was saved.
     *
     * @throws RuntimeException when the state has not the shape that {@link #save} gives; the processor must be reset then
     */
    public void restore(CpuState state) {
        state.putInto(cpu);
        stateReplaced();
    }

    /** Forgets decoded code and cached translations, after memory or registers were replaced from outside. */
    public void stateReplaced() {
        interpreter.flush();
        mmu.flushAll();
        Modes.update(cpu);
    }

    /** The registers; only between runs or inside a call from the bus. */
    public Cpu cpu() {
        return cpu;
    }
}
