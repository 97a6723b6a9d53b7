package org.terrarium.vm.device.lpt;

/** The parallel port's registers and its interrupt line. */
public record LptState(int data, int control, boolean wire) {}
