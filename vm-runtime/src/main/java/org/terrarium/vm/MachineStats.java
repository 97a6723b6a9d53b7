package org.terrarium.vm;

/**
 * What a machine has done so far.
 *
 * @param instructions guest instructions retired
 * @param tier what ran them: "interpreter", "jit", "kvm"
 * @param machineSeconds machine time since power-on, pauses left out
 * @param idleSeconds machine time the guest spent halted
 * @param hostCpuSeconds processor time the machine's thread used on the host
 */
public record MachineStats(
        long instructions, String tier, double machineSeconds, double idleSeconds, double hostCpuSeconds) {

    /** Million guest instructions per second of the time the guest was not halted. */
    public double mips() {
        double busy = machineSeconds - idleSeconds;
        return busy <= 0 ? 0 : instructions / busy / 1e6;
    }
}
