package org.terrarium.vm.device.piix;

import org.terrarium.vm.bus.PortDevice;
import org.terrarium.vm.device.pci.PciFunction;

/** Makes a function's configuration space look like a register block, for the device contract's random traffic. */
final class PciPorts {
    private PciPorts() {}

    static PortDevice of(PciFunction f) {
        return new PortDevice() {
            @Override
            public int read(int offset, int size) {
                return f.readConfig(offset, size);
            }

            @Override
            public void write(int offset, int size, int value) {
                f.writeConfig(offset, size, value);
            }
        };
    }
}
