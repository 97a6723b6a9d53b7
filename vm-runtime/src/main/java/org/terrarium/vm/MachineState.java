package org.terrarium.vm;

/** Where a machine is in its life. */
public enum MachineState {
    /** Built, not yet started. */
    READY,
    RUNNING,
    PAUSED,
    /** Powered off, by the guest or the user; a new machine must be built to start again. */
    OFF,
    /** Stopped because of trouble on the host's side; {@code Machine.failure()} says what. */
    FAILED
}
