package org.terrarium.vm.device.ide;

/**
 * Saved state of an IDE channel.
 *
 * @param control device control register
 * @param selected number of the selected device, 0 or 1
 * @param device0 state of device 0, null where there is none
 * @param device1 state of device 1, null where there is none
 */
public record AtaChannelState(int control, int selected, AtaDeviceState device0, AtaDeviceState device1) {}
