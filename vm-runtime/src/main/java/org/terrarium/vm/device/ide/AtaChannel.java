package org.terrarium.vm.device.ide;

import static org.terrarium.vm.device.ide.Ata.*;

import org.terrarium.vm.bus.Device;
import org.terrarium.vm.bus.IrqLine;
import org.terrarium.vm.bus.PortDevice;

/**
 * One ATA channel with up to two drives (ATA/ATAPI-6, T13/1410D): the registers both drives listen to, their selection, and
 * the interrupt line they share.
 */
public final class AtaChannel implements Device<AtaChannelState>, DmaTransfer {
    /** Command block: where a PC has it, and its ports. Map to {@link #commandBlock()}. */
    public static final int PRIMARY_COMMAND = 0x1F0;

    public static final int SECONDARY_COMMAND = 0x170;
    public static final int COMMAND_PORTS = 8;

    /** Device control and alternate status. Map one port to {@link #controlBlock()}. */
    public static final int PRIMARY_CONTROL = 0x3F6;

    public static final int SECONDARY_CONTROL = 0x376;

    private static final byte[] NO_BUFFER = {};

    private final String label;
    private final IrqLine irq;
    private final AtaDevice[] devices = new AtaDevice[2];
    private DmaEngine dma = DmaEngine.NONE;
    private int control;
    private int selected;
    private boolean line;

    /** {@code device0} and {@code device1} may be null: nothing is connected there. */
    public AtaChannel(String label, IrqLine irq, AtaDevice device0, AtaDevice device1) {
        this.label = label;
        this.irq = irq;
        devices[0] = device0;
        devices[1] = device1;
        for (int k = 0; k < 2; k++) {
            int number = k;
            if (devices[k] != null) {
                devices[k].connect(new AtaDevice.Host() {
                    @Override
                    public void interruptChanged() {
                        updateInterrupt();
                    }

                    @Override
                    public void dmaRequested() {
                        if (number == selected) {
                            dma.requested();
                        }
                    }
                });
            }
        }
    }

    /** Connects the bus master. */
    public void connect(DmaEngine engine) {
        dma = engine;
    }

    /** Whether a drive is connected, 0 or 1. */
    public boolean present(int device) {
        return devices[device] != null;
    }

    private AtaDevice current() {
        return devices[selected];
    }

    private boolean empty() {
        return devices[0] == null && devices[1] == null;
    }

    /** The eight ports of the command block; the data port also takes 32-bit accesses. */
    public PortDevice commandBlock() {
        return new PortDevice() {
            @Override
            public int read(int offset, int size) {
                if (offset == DATA) {
                    return current() == null ? 0 : current().readData(size);
                }
                int value = 0;
                for (int k = 0; k < size; k++) {
                    value |= readRegister(offset + k) << 8 * k;
                }
                return value;
            }

            @Override
            public void write(int offset, int size, int value) {
                if (offset == DATA) {
                    if (current() != null) {
                        current().writeData(size, value);
                    }
                    return;
                }
                for (int k = 0; k < size; k++) {
                    writeRegister(offset + k, value >>> 8 * k & 0xFF);
                }
            }
        };
    }

    /** Alternate status (read) and device control (write). */
    public PortDevice controlBlock() {
        return new PortDevice() {
            @Override
            public int read(int offset, int size) {
                return status();
            }

            @Override
            public void write(int offset, int size, int value) {
                writeControl(value & 0xFF);
            }
        };
    }

    /**
     * An absent device 1 next to a device 0 reads as 0, which device 0 drives (ATA/ATAPI-6, 9.16); an empty channel reads as 0
     * too, as if pulled down, so that nobody waits for a BSY bit to go away.
     */
    private int status() {
        return current() == null ? 0 : current().status;
    }

    private int readRegister(int register) {
        if (register == STATUS) {
            int value = status();
            if (current() != null) {
                current().setInterrupt(false);
            }
            return value;
        }
        if (empty()) {
            return 0;
        }
        AtaDevice d = current() == null ? devices[1 - selected] : current();
        return d.readRegister(register, (control & HOB) != 0);
    }

    private void writeRegister(int register, int value) {
        control &= ~HOB;
        if (register == COMMAND) {
            writeCommand(value);
            return;
        }
        for (AtaDevice d : devices) {
            // Both drives latch the registers; a busy one must not be disturbed (ATA/ATAPI-6, 7.2).
            if (d != null && (d.status & (BSY | DRQ)) == 0) {
                d.writeRegister(register, value);
            }
        }
        if (register == DEVICE) {
            selected = (value & DEV) != 0 ? 1 : 0;
            updateInterrupt();
        }
    }

    private void writeCommand(int value) {
        if (value == EXECUTE_DEVICE_DIAGNOSTIC) {
            diagnose();
        } else if (current() != null) {
            current().command(value);
        }
    }

    /** Both drives run it; device 0 answers for both and is selected afterwards (ATA/ATAPI-6, 8.9). */
    private void diagnose() {
        resetDevices(false);
        selected = 0;
        if (devices[0] != null) {
            devices[0].setInterrupt(true);
        }
    }

    private void writeControl(int value) {
        boolean before = (control & SRST) != 0;
        boolean after = (value & SRST) != 0;
        control = value & (HOB | SRST | NIEN);
        if (after && !before) {
            resetDevices(false);
            selected = 0;
            for (AtaDevice d : devices) {
                if (d != null) {
                    d.status |= BSY;
                }
            }
        } else if (before && !after) {
            for (AtaDevice d : devices) {
                if (d != null) {
                    d.status &= ~BSY;
                }
            }
        }
        updateInterrupt();
    }

    private void resetDevices(boolean hard) {
        for (AtaDevice d : devices) {
            if (d != null) {
                d.reset(hard);
            }
        }
    }

    private void updateInterrupt() {
        boolean high = current() != null && current().interruptPending() && (control & NIEN) == 0;
        if (high != line) {
            line = high;
            dma.interrupt(high);
            irq.set(high);
        }
    }

    @Override
    public boolean requested() {
        return current() != null && current().requested();
    }

    @Override
    public boolean toMemory() {
        return current() != null && current().toMemory();
    }

    @Override
    public byte[] buffer() {
        return current() == null ? NO_BUFFER : current().buffer();
    }

    @Override
    public int position() {
        return current() == null ? 0 : current().position();
    }

    @Override
    public int available() {
        return current() == null ? 0 : current().available();
    }

    @Override
    public void moved(int bytes) {
        if (current() != null) {
            current().moved(bytes);
        }
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public void reset() {
        control = 0;
        selected = 0;
        resetDevices(true);
        updateInterrupt();
    }

    @Override
    public AtaChannelState save() {
        return new AtaChannelState(
                control,
                selected,
                devices[0] == null ? null : devices[0].save(),
                devices[1] == null ? null : devices[1].save());
    }

    @Override
    public void restore(AtaChannelState s) {
        control = s.control();
        selected = s.selected();
        if (devices[0] != null) {
            devices[0].restore(s.device0());
        }
        if (devices[1] != null) {
            devices[1].restore(s.device1());
        }
        line = current() != null && current().interruptPending() && (control & NIEN) == 0;
        irq.set(line);
    }
}
