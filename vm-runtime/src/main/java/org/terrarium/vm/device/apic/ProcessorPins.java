package org.terrarium.vm.device.apic;

/** What a local APIC does to its processor. */
public interface ProcessorPins {
    /** Level of the interrupt request towards the core. */
    void interrupt(boolean high);

    /** A non-maskable interrupt. */
    void nmi();

    /** INIT: the processor starts again at its reset vector. */
    void init();
}
