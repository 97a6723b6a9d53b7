package org.terrarium.vm.device.pci;

/**
 * Saved state of one function's configuration space.
 *
 * @param bytes all 256 bytes
 * @param interrupt whether the function wants its INTx# pin asserted (before the interrupt disable bit)
 */
public record PciConfigState(byte[] bytes, boolean interrupt) {
    public PciConfigState {
        bytes = bytes.clone();
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }
}
