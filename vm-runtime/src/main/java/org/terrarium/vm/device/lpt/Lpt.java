package org.terrarium.vm.device.lpt;

import java.util.function.IntConsumer;
import org.terrarium.vm.bus.BytePortDevice;
import org.terrarium.vm.bus.Device;
import org.terrarium.vm.bus.IrqLine;
import org.terrarium.vm.bus.PortDevice;

/**
 * A parallel port with a printer that is always ready. Registers as in IBM's technical reference, "Parallel port": data,
 * status, control; bidirectional as on the PS/2 (IEEE 1284 SPP and byte mode).
 */
public final class Lpt implements Device<LptState> {
    private static final int DATA = 0;
    private static final int STATUS = 1;

    private static final int STATUS_NOT_BUSY = 0x80;
    private static final int STATUS_NOT_ACK = 0x40;
    private static final int STATUS_SELECT = 0x10;
    private static final int STATUS_NOT_ERROR = 0x08;
    private static final int STATUS_UNUSED = 0x07;

    private static final int CONTROL_STROBE = 0x01;
    private static final int CONTROL_NOT_INIT = 0x04;
    private static final int CONTROL_SELECT_IN = 0x08;
    private static final int CONTROL_IRQ_ENABLE = 0x10;
    private static final int CONTROL_DIRECTION_IN = 0x20;
    private static final int CONTROL_WRITABLE = 0x3F;
    private static final int CONTROL_UNUSED = 0xC0;

    private final String label;
    private final IrqLine irq7;
    private final IntConsumer sink;
    private int data;
    private int control;
    private boolean wire;

    /** {@code sink} takes each byte that is strobed to the printer. */
    public Lpt(String label, IrqLine irq7, IntConsumer sink) {
        this.label = label;
        this.irq7 = irq7;
        this.sink = sink;
        reset();
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public void reset() {
        data = 0;
        control = CONTROL_NOT_INIT | CONTROL_SELECT_IN;
        drive(false);
    }

    /** The three ports of the chip. */
    public PortDevice ports() {
        return new BytePortDevice() {
            @Override
            public int readByte(int offset) {
                if (offset == DATA) {
                    // Nobody drives the lines towards us: the pull-ups are read.
                    return (control & CONTROL_DIRECTION_IN) != 0 ? 0xFF : data;
                }
                if (offset == STATUS) {
                    drive(false);
                    return STATUS_NOT_BUSY | STATUS_NOT_ACK | STATUS_SELECT | STATUS_NOT_ERROR | STATUS_UNUSED;
                }
                return control | CONTROL_UNUSED;
            }

            @Override
            public void writeByte(int offset, int value) {
                if (offset == DATA) {
                    data = value;
                } else if (offset > STATUS) {
                    writeControl(value & CONTROL_WRITABLE);
                }
            }
        };
    }

    private void writeControl(int value) {
        boolean strobe = (value & ~control & CONTROL_STROBE) != 0;
        control = value;
        if (strobe && (control & CONTROL_DIRECTION_IN) == 0) {
            sink.accept(data);
            // The printer acknowledges at once. The pulse is stretched until the program looks at the port.
            drive(false);
            drive((control & CONTROL_IRQ_ENABLE) != 0);
        } else if ((control & CONTROL_IRQ_ENABLE) == 0) {
            drive(false);
        }
    }

    private void drive(boolean level) {
        if (wire != level) {
            wire = level;
            irq7.set(level);
        }
    }

    @Override
    public LptState save() {
        return new LptState(data, control, wire);
    }

    @Override
    public void restore(LptState state) {
        data = state.data();
        control = state.control();
        wire = state.wire();
        irq7.set(wire);
    }
}
