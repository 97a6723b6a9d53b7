package org.terrarium.vm.device.ahci;

import org.terrarium.vm.device.pci.PciConfigState;

/**
 * Saved state of the controller.
 *
 * @param config configuration space
 * @param control GHC
 * @param interrupts IS
 */
public record AhciState(PciConfigState config, int control, int interrupts, AhciPortState[] ports) {}
