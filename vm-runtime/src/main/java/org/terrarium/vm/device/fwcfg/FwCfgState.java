package org.terrarium.vm.device.fwcfg;

/**
 * Where the guest stands in its reading.
 *
 * @param selector the item selected
 * @param position bytes of it read so far
 * @param dmaHigh upper half of the address of a DMA request being written
 */
public record FwCfgState(int selector, int position, int dmaHigh) {}
