package org.terrarium.vm.device.virtio9p;

import org.terrarium.vm.share.FileServerState;

/** Saved state of a shared folder's device; no request is under way when it is saved. */
public record Virtio9pState(FileServerState server) {}
