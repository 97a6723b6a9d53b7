package org.terrarium.vm.device.virtionet;

/**
 * Saved state of the virtio network card, besides its queues.
 *
 * @param mac the address as the driver has set it
 * @param offloads what the driver takes, bits as in the features (5.1.6.5.6)
 * @param receiveModes switches of VIRTIO_NET_CTRL_RX, by number
 * @param addresses those the driver listens to besides its own
 * @param vlans a bit per virtual network that passes, or empty when all do
 */
public record VirtioNetState(long mac, long offloads, int receiveModes, long[] addresses, long[] vlans) {}
