package org.terrarium.vm.device.i8042;

import org.terrarium.vm.bus.BytePortDevice;
import org.terrarium.vm.bus.Device;
import org.terrarium.vm.bus.PortDevice;

/** System control port A, 92h: fast A20 gate and fast reset (82371SB datasheet, 2.5.6.3). */
public final class Port92 implements Device<Port92State> {
    private static final int FAST_INIT = 0x01;
    private static final int FAST_A20 = 0x02;

    private final String label;
    private final A20Gate a20;
    private final Runnable reset;
    private int value;

    /** {@code reset} resets the processor. */
    public Port92(String label, A20Gate a20, Runnable reset) {
        this.label = label;
        this.a20 = a20;
        this.reset = reset;
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public void reset() {
        value = 0;
    }

    /** Port 92h. */
    public PortDevice port() {
        return new BytePortDevice() {
            @Override
            public int readByte(int offset) {
                return value & ~(FAST_INIT | FAST_A20) | (a20.enabled() ? FAST_A20 : 0);
            }

            @Override
            public void writeByte(int offset, int written) {
                boolean rises = (written & FAST_INIT) != 0 && (value & FAST_INIT) == 0;
                value = written;
                a20.set((written & FAST_A20) != 0);
                if (rises) {
                    reset.run();
                }
            }
        };
    }

    @Override
    public Port92State save() {
        return new Port92State(value);
    }

    @Override
    public void restore(Port92State state) {
        value = state.value();
    }
}
