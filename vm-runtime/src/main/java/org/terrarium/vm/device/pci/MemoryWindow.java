package org.terrarium.vm.device.pci;

import org.terrarium.vm.bus.MemoryMap;
import org.terrarium.vm.bus.MmioDevice;

/** A device range in guest-physical memory that follows a base address register. */
public final class MemoryWindow implements BarListener {
    /** Priority of PCI ranges: above RAM and ROM (below 10), under the interrupt controllers (20). */
    public static final int PCI_PRIORITY = 10;

    private final MemoryMap map;
    private final long bytes;
    private final int priority;
    private final MmioDevice device;
    private MemoryMap.Placement placement;
    private long base;

    public MemoryWindow(MemoryMap map, long bytes, int priority, MmioDevice device) {
        this.map = map;
        this.bytes = bytes;
        this.priority = priority;
        this.device = device;
    }

    @Override
    public void moved(long newBase, boolean enabled) {
        if (enabled && placement != null && base == newBase) {
            return;
        }
        if (placement != null) {
            placement.remove();
            placement = null;
        }
        base = newBase;
        if (enabled) {
            placement = map.device(newBase, bytes, priority, device);
        }
    }
}
