package org.terrarium.vm.device.i8042;

/** System control port A: what was written last. */
public record Port92State(int value) {}
