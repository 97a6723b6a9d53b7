package org.terrarium.vm;

import org.terrarium.vm.accel.TranslationStats;

/**
 * What a machine has done so far.
 *
 * @param instructions guest instructions retired
 * @param tier what ran them: "interpreter", "jit", "kvm"
 * @param machineSeconds machine time since power-on, pauses left out
 * @param idleSeconds machine time the guest spent halted
 * @param hostCpuSeconds processor time the machine's thread used on the host
 * @param translation what was translated; null where nothing is
 */
public record MachineStats(
        long instructions,
        String tier,
        double machineSeconds,
        double idleSeconds,
        double hostCpuSeconds,
        TranslationStats translation) {
    /** Share of the instructions that ran translated, 0 to 1. */
    public double translatedShare() {
        return translation == null || instructions == 0 ? 0 : (double) translation.instructions() / instructions;
    }

    /** Million guest instructions per second of the time the guest was not halted. */
    public double mips() {
        double busy = machineSeconds - idleSeconds;
        return busy <= 0 ? 0 : instructions / busy / 1e6;
    }
}
