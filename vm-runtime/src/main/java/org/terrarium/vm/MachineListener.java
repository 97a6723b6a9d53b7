package org.terrarium.vm;

/** Told about a machine's life; called on the machine's thread, so it returns quickly and posts elsewhere. */
@FunctionalInterface
public interface MachineListener {
    void stateChanged(MachineState state);
}
