package org.terrarium.vm.device.pci;

import org.terrarium.vm.bus.PortBus;
import org.terrarium.vm.bus.PortDevice;

/** A range of I/O ports that follows a base address register: maps a chip's registers wherever the guest puts them. */
public final class PortWindow implements BarListener {
    private final PortBus bus;
    private final int count;
    private final PortDevice device;
    private int base;
    private boolean mapped;

    public PortWindow(PortBus bus, int count, PortDevice device) {
        this.bus = bus;
        this.count = count;
        this.device = device;
    }

    @Override
    public void moved(long newBase, boolean enabled) {
        if (mapped) {
            bus.unmap(base, count, device);
        }
        base = (int) newBase;
        mapped = enabled;
        if (mapped) {
            bus.map(base, count, device);
        }
    }
}
