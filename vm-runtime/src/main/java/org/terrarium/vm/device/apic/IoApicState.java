package org.terrarium.vm.device.apic;

/**
 * Saved state of the I/O APIC.
 *
 * @param select IOREGSEL
 * @param id identifier, 0..15
 * @param redirection the 24 redirection table entries
 * @param inputs level of each input, bit by pin
 */
public record IoApicState(int select, int id, long[] redirection, int inputs) {}
