package org.terrarium.vm.device.virtio;

/** The driver has put something into a queue that makes no sense; the device stops until it is reset. */
public final class VirtqueueException extends Exception {
    private static final long serialVersionUID = 1L;

    public VirtqueueException(String what) {
        super(what, null, false, false); // a guest can cause any number of them
    }
}
