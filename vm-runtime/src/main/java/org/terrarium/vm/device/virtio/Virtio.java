package org.terrarium.vm.device.virtio;

/** Numbers common to all virtio devices (Virtual I/O Device version 1.2, OASIS; chapters 2 and 6). */
public final class Virtio {
    // Device status (2.1).
    public static final int ACKNOWLEDGE = 1;
    public static final int DRIVER = 2;
    public static final int DRIVER_OK = 4;
    public static final int FEATURES_OK = 8;
    public static final int DEVICE_NEEDS_RESET = 64;
    public static final int FAILED = 128;

    // Features of the rings and the transport (6).
    public static final long F_ANY_LAYOUT = 1L << 27;
    public static final long F_INDIRECT_DESC = 1L << 28;
    public static final long F_EVENT_IDX = 1L << 29;
    public static final long F_VERSION_1 = 1L << 32;

    // ISR status (4.1.4.5).
    static final int ISR_QUEUE = 1;
    static final int ISR_CONFIG = 2;

    // Device types (5).
    public static final int NETWORK_CARD = 1;
    public static final int BLOCK_DEVICE = 2;
    public static final int TRANSPORT_9P = 9;

    private Virtio() {}
}
