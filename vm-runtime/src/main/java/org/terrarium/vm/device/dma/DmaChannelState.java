package org.terrarium.vm.device.dma;

/** One DMA channel; addresses and counts in units of its width. */
public record DmaChannelState(
        int baseAddress,
        int baseCount,
        int address,
        int count,
        int mode,
        boolean masked,
        boolean requested,
        boolean softwareRequest,
        boolean reachedTerminalCount,
        boolean terminalCount) {}
