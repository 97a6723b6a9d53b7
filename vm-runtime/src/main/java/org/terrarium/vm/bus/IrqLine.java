package org.terrarium.vm.bus;

/** An interrupt wire seen from the chip that drives it. */
@FunctionalInterface
public interface IrqLine {
    IrqLine NONE = high -> {};

    void set(boolean high);

    /** A rising edge for edge-triggered inputs: low, then high. */
    default void pulse() {
        set(false);
        set(true);
    }
}
