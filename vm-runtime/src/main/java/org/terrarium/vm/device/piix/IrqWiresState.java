package org.terrarium.vm.device.piix;

/**
 * Saved state of the board's interrupt wires.
 *
 * @param drivers per wire, a bit for every driver that pulls it
 */
public record IrqWiresState(int[] drivers) {}
