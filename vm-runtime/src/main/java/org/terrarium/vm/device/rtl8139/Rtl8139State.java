package org.terrarium.vm.device.rtl8139;

import org.terrarium.vm.device.nic.SerialEepromState;
import org.terrarium.vm.device.pci.PciConfigState;

/**
 * Saved state of the RTL8139.
 *
 * @param registers the register file, an octet each
 * @param timerStart machine time at which TCTR was 0
 * @param timer machine time at which it reaches TimerInt, or the largest number
 */
public record Rtl8139State(
        PciConfigState config, byte[] registers, SerialEepromState eeprom, long timerStart, long timer) {}
