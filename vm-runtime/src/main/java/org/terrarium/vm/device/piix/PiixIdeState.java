package org.terrarium.vm.device.piix;

import org.terrarium.vm.device.pci.PciConfigState;

/** Saved state of the IDE function: configuration space and the bus masters of both channels. */
public record PiixIdeState(PciConfigState config, BusMasterDmaState primary, BusMasterDmaState secondary) {}
