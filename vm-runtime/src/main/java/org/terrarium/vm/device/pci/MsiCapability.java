package org.terrarium.vm.device.pci;

import org.terrarium.vm.device.pci.MsixTable.Messages;

/**
 * The MSI capability of a function with one message, a 64-bit address and no mask bits (PCI Local Bus Specification 3.0, 6.8.1).
 * All of its state is in configuration space.
 */
public final class MsiCapability {
    // Message control (6.8.1.3), and what follows it, from the start of the capability.
    private static final int CONTROL = 2;
    private static final int ADDRESS = 4;
    private static final int UPPER_ADDRESS = 8;
    private static final int DATA = 12;
    private static final int ENABLE = 1;
    private static final int CAPABLE_OF_64_BITS = 1 << 7;

    private final Messages messages;
    private PciConfig config;
    private int capability;

    public MsiCapability(Messages messages) {
        this.messages = messages;
    }

    /** Adds the capability to a function. */
    public static PciConfig.Builder addTo(PciConfig.Builder b) {
        byte[] body = new byte[DATA];
        body[0] = (byte) CAPABLE_OF_64_BITS;
        byte[] mask = {ENABLE, 0, -4, -1, -1, -1, -1, -1, -1, -1, -1, -1};
        return b.capability(PciConfig.CAPABILITY_MSI, body, mask);
    }

    /** The function that has the capability. */
    public void connect(PciConfig owner) {
        config = owner;
        capability = owner.capability(PciConfig.CAPABILITY_MSI);
    }

    /** Whether the driver has switched from the interrupt pin to messages. */
    public boolean enabled() {
        return (config.read(capability + CONTROL, 2) & ENABLE) != 0;
    }

    /** Sends the message, where the function may write to memory. */
    public void send() {
        if (enabled() && config.busMaster()) {
            long address = config.read(capability + ADDRESS, 4) & 0xFFFF_FFFFL
                    | (long) config.read(capability + UPPER_ADDRESS, 4) << 32;
            messages.send(address, config.read(capability + DATA, 2));
        }
    }
}
