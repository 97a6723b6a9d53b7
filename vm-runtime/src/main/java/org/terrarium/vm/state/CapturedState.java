package org.terrarium.vm.state;

/**
 * A machine's state as it was at one instant.
 *
 * @param devices the bytes of a {@link StateFile}
 * @param memory to be read by one other thread
 */
public record CapturedState(byte[] devices, FrozenMemory memory) {}
