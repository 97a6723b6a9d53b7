package org.terrarium.vm;

import org.terrarium.vm.bus.IrqLine;

/** The wire of a timer chip that the HPET can take over ("legacy replacement", IA-PC HPET 1.0a, 2.4.3). */
final class LegacyIrq implements IrqLine {
    private final IrqLine wire;
    private boolean high;
    private boolean replaced;

    LegacyIrq(IrqLine wire) {
        this.wire = wire;
    }

    @Override
    public void set(boolean level) {
        high = level;
        wire.set(high && !replaced);
    }

    /** While on, the chip's own interrupt does not get through. */
    void replaced(boolean on) {
        replaced = on;
        wire.set(high && !replaced);
    }
}
