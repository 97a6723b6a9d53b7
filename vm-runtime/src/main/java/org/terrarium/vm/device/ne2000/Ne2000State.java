package org.terrarium.vm.device.ne2000;

import org.terrarium.vm.device.pci.PciConfigState;

/**
 * Saved state of an NE2000 card.
 *
 * @param config of the PCI card; of the ISA card, one that nobody sees
 * @param registers the chip's registers by page, 16 each, and the counters of remote DMA
 * @param memory the packet memory
 */
public record Ne2000State(PciConfigState config, int[] registers, byte[] memory) {}
