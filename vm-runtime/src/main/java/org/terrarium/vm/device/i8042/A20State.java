package org.terrarium.vm.device.i8042;

/** Address line 20: passed on or held low. */
public record A20State(boolean enabled) {}
