package org.terrarium.vm.device.pit;

/**
 * Port 61h.
 *
 * @param control the four bits that can be written: timer 2 gate, speaker data, and the two NMI disables
 */
public record Port61State(int control) {}
