package org.terrarium.vm;

/**
 * Told about a machine's life; called on the machine's thread or one that waits for the host's disks, so it returns quickly
 * and posts elsewhere.
 */
@FunctionalInterface
public interface MachineListener {
    void stateChanged(MachineState state);

    /** The host had trouble with something of the machine's, which runs on; one sentence, told once however often it happens. */
    default void hostTrouble(String sentence) {}
}
