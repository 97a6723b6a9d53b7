package org.terrarium.vm.device.piix;

import java.util.List;
import org.terrarium.vm.bus.Device;
import org.terrarium.vm.bus.IrqLine;

/**
 * Interrupt wires that several chips may drive: a wire is high while at least one of its drivers is. Wires 0 to 15 are the
 * ISA interrupts, which go to the PICs and the I/O APIC; 16 to 23 are the I/O APIC's further inputs.
 */
public final class IrqWires implements Device<IrqWiresState> {
    private final String label;
    private final List<IrqLine> outputs;
    private final int[] drivers;
    private final int[] driverCount;

    /** {@code outputs} says, wire by wire, what the wire leads to. */
    public IrqWires(String label, List<IrqLine> outputs) {
        this.label = label;
        this.outputs = List.copyOf(outputs);
        drivers = new int[outputs.size()];
        driverCount = new int[outputs.size()];
    }

    /** A new driver of {@code wire}; at most 31 per wire. Drivers must be made in the same order on every start. */
    public IrqLine driver(int wire) {
        if (driverCount[wire] == 31) {
            throw new IllegalStateException("too many drivers on interrupt wire " + wire);
        }
        int bit = 1 << driverCount[wire]++;
        return high -> {
            boolean before = drivers[wire] != 0;
            drivers[wire] = high ? drivers[wire] | bit : drivers[wire] & ~bit;
            boolean after = drivers[wire] != 0;
            if (before != after) {
                outputs.get(wire).set(after);
            }
        };
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public void reset() {
        for (int wire = 0; wire < drivers.length; wire++) {
            drivers[wire] = 0;
            outputs.get(wire).set(false);
        }
    }

    @Override
    public IrqWiresState save() {
        return new IrqWiresState(drivers.clone());
    }

    /** Takes over the levels; the controllers at the other end restore their view of them themselves. */
    @Override
    public void restore(IrqWiresState state) {
        System.arraycopy(state.drivers(), 0, drivers, 0, drivers.length);
    }
}
