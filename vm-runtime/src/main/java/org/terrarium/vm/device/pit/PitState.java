package org.terrarium.vm.device.pit;

import java.util.List;

/**
 * The timer chip.
 *
 * @param accounted tick up to which rising edges of OUT 0 have been accounted for
 * @param missed ticks the guest has not been given yet
 * @param outstanding whether a tick was raised that the guest has not taken
 * @param lastTaken machine time at which the guest last took a tick, in nanoseconds
 * @param wire level of IRQ 0
 */
public record PitState(
        List<PitChannelState> channels,
        long accounted,
        int missed,
        boolean outstanding,
        long lastTaken,
        long deadline,
        boolean wire) {}
