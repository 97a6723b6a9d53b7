package org.terrarium.vm.device.piix;

/**
 * The coprocessor error latch.
 *
 * @param requesting IRQ 13 is high
 * @param ignoring IGNNE# is active
 */
public record CoprocessorErrorState(boolean requesting, boolean ignoring) {}
