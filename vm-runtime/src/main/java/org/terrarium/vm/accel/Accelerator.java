package org.terrarium.vm.accel;

import org.terrarium.x86.CpuState;

/**
 * What runs the guest's instructions. All methods but {@link #requestExit} belong to the machine's thread.
 */
public interface Accelerator {
    /** How instructions are run, for people: "interpreter", "jit", "kvm". */
    String tier();

    /** What was translated so far; null where nothing is. */
    default TranslationStats translation() {
        return null;
    }

    /** RESET#; memory is left alone. */
    void reset();

    /** Runs about {@code budget} instructions, fewer when the guest halts or {@link #requestExit} was called. */
    long run(long budget);

    /** Whether the processor waits in HLT and nothing pending would wake it. */
    boolean halted();

    /** Level of the interrupt request pin. */
    void setInterruptLine(boolean high);

    /** An edge on the NMI pin. */
    void raiseNmi();

    /** INIT#, as the local APIC's INIT message or the keyboard controller's soft reset give it. */
    void init();

    /** From any thread: have {@link #run} return soon. */
    void requestExit();

    /** Instructions retired since power-on. */
    long retired();

    /** Everything a guest can find in the processor; between runs. */
    CpuState save();

    /** Takes over a saved state; memory holds what it held then. */
    void restore(CpuState state);

    /**
     * Forgets what was only remembered to be faster (translations, decoded code), so that a run from here on is like one from a
     * saved state. Costs the guest time.
     */
    void forget();

    /** The registers, between runs or inside a port access. */
    GuestRegisters registers();
}
