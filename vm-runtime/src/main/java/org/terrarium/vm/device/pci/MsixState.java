package org.terrarium.vm.device.pci;

/**
 * Saved state of an MSI-X table.
 *
 * @param table four doublewords a vector: address low and high, data, vector control
 * @param pending the pending bits
 */
public record MsixState(int[] table, long pending) {}
