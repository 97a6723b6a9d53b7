package org.terrarium.vm.device.piix;

import org.terrarium.vm.device.pci.PciConfigState;

/**
 * Saved state of the PIIX3's ISA bridge.
 *
 * @param config configuration space
 * @param resetControl the reset control register
 * @param pirqs levels of PIRQA# to PIRQD#, bits 0 to 3
 */
public record Piix3State(PciConfigState config, int resetControl, int pirqs) {}
