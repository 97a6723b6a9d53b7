package org.terrarium.vm.device.vmmouse;

/**
 * The absolute pointer.
 *
 * @param status upper half of the status word, 0 when all is well, FFFFh when disabled or after an error
 * @param absolute whether the guest has asked for absolute coordinates
 * @param words what the guest has not fetched
 */
public record VmMouseState(int status, boolean absolute, int buttons, int x, int y, int[] words) {}
