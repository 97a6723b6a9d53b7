package org.terrarium.vm.device.pic;

import java.util.function.IntConsumer;
import org.terrarium.vm.bus.BytePortDevice;
import org.terrarium.vm.bus.Device;
import org.terrarium.vm.bus.IrqLine;
import org.terrarium.vm.bus.PortDevice;

/**
 * The PC's two cascaded 8259A interrupt controllers: sixteen inputs, one wire to the processor. The slave drives the master's
 * input 2. The PIIX3's edge/level registers (82371SB datasheet, 2.5.10) stand in for ICW1's LTIM bit, which it ignores.
 */
public final class Pic implements Device<PicState> {
    private static final int CASCADE = 2;

    private final String label;
    private final IrqLine intr;
    private final Chip8259 master;
    private final Chip8259 slave;
    private IntConsumer acknowledged = irq -> {};

    /** {@code intr} is the processor's INTR pin (and LINT0 of the local APIC). */
    public Pic(String label, IrqLine intr) {
        this.label = label;
        this.intr = intr;
        this.master = new Chip8259(1 << CASCADE, Reg8259.ELCR1_WRITABLE, this::driveIntr);
        this.slave = new Chip8259(0, Reg8259.ELCR2_WRITABLE, this::driveCascade);
        reset();
    }

    private void driveIntr(boolean high) {
        intr.set(high);
    }

    private void driveCascade(boolean high) {
        master.setLine(CASCADE, high);
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public void reset() {
        slave.reset();
        master.reset();
    }

    /** The input wire 0..15; number 2 is taken by the cascade and goes nowhere. */
    public IrqLine input(int irq) {
        if (irq == CASCADE) {
            return IrqLine.NONE;
        }
        return irq < 8 ? high -> master.setLine(irq, high) : high -> slave.setLine(irq - 8, high);
    }

    /** Calls {@code listener} with the number (0..15) of each interrupt as the processor acknowledges it. */
    public void onAcknowledge(IntConsumer listener) {
        acknowledged = listener;
    }

    /** The processor's interrupt acknowledge cycle: returns the vector, a spurious one when the request has vanished. */
    public int acknowledge() {
        int level = master.acknowledge();
        if (level != CASCADE) {
            acknowledged.accept(level);
            return master.vector(level);
        }
        int slaveLevel = slave.acknowledge();
        acknowledged.accept(8 + slaveLevel);
        return slave.vector(slaveLevel);
    }

    /** Ports 20h and 21h. */
    public PortDevice masterPorts() {
        return master;
    }

    /** Ports A0h and A1h. */
    public PortDevice slavePorts() {
        return slave;
    }

    /** Edge/level control, ports 4D0h and 4D1h. */
    public PortDevice elcrPorts() {
        return new BytePortDevice() {
            @Override
            public int readByte(int offset) {
                return (offset == 0 ? master : slave).elcr();
            }

            @Override
            public void writeByte(int offset, int value) {
                (offset == 0 ? master : slave).setElcr(value);
            }
        };
    }

    @Override
    public PicState save() {
        return new PicState(master.save(), slave.save());
    }

    @Override
    public void restore(PicState state) {
        slave.restore(state.slave());
        master.restore(state.master());
        master.driveOutput();
    }
}
