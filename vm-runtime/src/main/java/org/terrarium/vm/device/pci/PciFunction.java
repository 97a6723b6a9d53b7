package org.terrarium.vm.device.pci;

/**
 * One function of a PCI device as configuration cycles see it. Most chips only hand out their {@link PciConfig}; a chip
 * overrides the accessors when a register has a life of its own.
 */
@FunctionalInterface
public interface PciFunction {
    /** The function's configuration space. */
    PciConfig config();

    /** A configuration read of 1, 2 or 4 bytes inside one aligned doubleword; zero-extended. */
    default int readConfig(int offset, int size) {
        return config().read(offset, size);
    }

    /** A configuration write of 1, 2 or 4 bytes inside one aligned doubleword. */
    default void writeConfig(int offset, int size, int value) {
        config().write(offset, size, value);
    }
}
