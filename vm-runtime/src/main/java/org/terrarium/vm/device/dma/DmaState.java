package org.terrarium.vm.device.dma;

import java.util.List;

/**
 * Both controllers.
 *
 * @param channels 0..7
 * @param commands command register of each controller
 * @param flipFlops first/last flip-flop of each controller
 * @param pages the sixteen page registers, 80h to 8Fh
 */
public record DmaState(List<DmaChannelState> channels, int[] commands, boolean[] flipFlops, byte[] pages) {}
