package org.terrarium.vm.device.nic;

/** Saved state of the serial EEPROM's shift register and pins. */
public record SerialEepromState(int shifted, int bits, int outBits, boolean clock, boolean selected, boolean out) {}
