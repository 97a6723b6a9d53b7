package org.terrarium.vm.device.virtioblk;

/**
 * Saved state of a virtio disk; nothing is in flight when it is saved.
 *
 * @param writeback the configuration field: whether writes may complete before they are on stable storage
 */
public record VirtioBlkState(boolean writeback) {}
