package org.terrarium.vm.device.debugport;

/** The last code written, -1 when there was none since reset. */
public record PostCodeState(int code) {}
