package org.terrarium.vm.device.pci;

/** Told when a base address register's decoding changes. */
@FunctionalInterface
public interface BarListener {
    /** The range now decodes at {@code base} (guest-physical or port), or nowhere when {@code enabled} is false. */
    void moved(long base, boolean enabled);
}
