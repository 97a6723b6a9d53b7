package org.terrarium.vm.device.virtio;

/**
 * Saved state of a virtqueue.
 *
 * @param size entries, as the driver chose
 * @param descriptors guest-physical address of the descriptor table
 * @param driver of the available ring
 * @param device of the used ring
 * @param nextAvailable free-running index of the next buffer to take
 * @param nextUsed free-running index of the next buffer to give back
 * @param signalled value of nextUsed at the last interrupt decision
 * @param vector MSI-X vector
 */
public record VirtqueueState(
        int size,
        boolean enabled,
        long descriptors,
        long driver,
        long device,
        int nextAvailable,
        int nextUsed,
        int signalled,
        int vector) {}
