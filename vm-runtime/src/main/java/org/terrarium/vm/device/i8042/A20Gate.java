package org.terrarium.vm.device.i8042;

import org.terrarium.vm.bus.Device;
import org.terrarium.vm.bus.IrqLine;

/**
 * The gate on address line 20. Keyboard controller and port 92h both switch it; as on chipsets of the time, who writes last
 * decides. It is open after reset, because the processor starts at the top of the address space.
 */
public final class A20Gate implements Device<A20State> {
    private final String label;
    private final IrqLine wire;
    private boolean enabled = true;

    /** {@code wire} is the processor's A20M# input, inverted: high lets line 20 through. */
    public A20Gate(String label, IrqLine wire) {
        this.label = label;
        this.wire = wire;
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public void reset() {
        set(true);
    }

    public boolean enabled() {
        return enabled;
    }

    /** Opens or closes the gate. */
    public void set(boolean enable) {
        if (enabled != enable) {
            enabled = enable;
            wire.set(enable);
        }
    }

    @Override
    public A20State save() {
        return new A20State(enabled);
    }

    @Override
    public void restore(A20State state) {
        enabled = state.enabled();
        wire.set(enabled);
    }
}
