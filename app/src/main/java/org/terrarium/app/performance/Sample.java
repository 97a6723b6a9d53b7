package org.terrarium.app.performance;

import org.terrarium.vm.MachineStats;

/**
 * What a machine had done by some moment.
 *
 * @param hostNanos the host's time of the moment
 * @param stats the machine's own figures
 * @param diskBytes moved by hard disks, CD and floppies
 * @param netBytes passed by network cards, both ways
 * @param frames pictures of the guest that were shown, each different from the one before
 */
public record Sample(long hostNanos, MachineStats stats, long diskBytes, long netBytes, long frames) {}
