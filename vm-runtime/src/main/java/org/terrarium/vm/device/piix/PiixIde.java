package org.terrarium.vm.device.piix;

import org.terrarium.vm.bus.Device;
import org.terrarium.vm.bus.DmaMemory;
import org.terrarium.vm.bus.PortBus;
import org.terrarium.vm.bus.PortDevice;
import org.terrarium.vm.device.ide.AtaChannel;
import org.terrarium.vm.device.pci.PciConfig;
import org.terrarium.vm.device.pci.PciFunction;
import org.terrarium.vm.device.pci.PortWindow;

/**
 * 82371SB (PIIX3) function 1, the IDE interface (Intel 290550, 2.3): two channels at the legacy addresses, with a bus master
 * each. Timing registers are stored; transfers here take no modelled time.
 */
public final class PiixIde implements Device<PiixIdeState>, PciFunction {
    // Configuration registers (PIIX3 datasheet, 2.3).
    public static final int BMIBA = 0x20;
    public static final int IDETIM_PRIMARY = 0x40;
    public static final int IDETIM_SECONDARY = 0x42;
    public static final int SIDETIM = 0x44;

    /** IDETIM bit: the channel's ports are decoded. The board sets it at power-on, so that any firmware finds its disks. */
    public static final int IDE_DECODE_ENABLE = 0x8000;

    private static final int BMIBA_INDEX = 4;
    private static final int PORTS = 2 * BusMasterDma.PORTS;

    private final String label;
    private final PciConfig config;
    private final BusMasterDma primary;
    private final BusMasterDma secondary;

    public PiixIde(
            String label, DmaMemory memory, PortBus ports, AtaChannel primaryChannel, AtaChannel secondaryChannel) {
        this.label = label;
        config = PciConfig.of(0x8086, 0x7010, 0x010180)
                .subsystem(BoardId.VENDOR, BoardId.DEVICE)
                .register(PciConfig.STATUS, 2, 0x0280, 0)
                .register(PciConfig.COMMAND, 2, 0, PciConfig.COMMAND_IO | PciConfig.COMMAND_MASTER)
                .register(IDETIM_PRIMARY, 2, IDE_DECODE_ENABLE, 0xFFFF)
                .register(IDETIM_SECONDARY, 2, IDE_DECODE_ENABLE, 0xFFFF)
                .register(SIDETIM, 1, 0, 0xFF)
                .ioBar(BMIBA_INDEX, PORTS, new PortWindow(ports, PORTS, new BusMasterPorts()))
                .build();
        primary = new BusMasterDma(memory, primaryChannel, config::busMaster);
        secondary = new BusMasterDma(memory, secondaryChannel, config::busMaster);
        primaryChannel.connect(primary);
        secondaryChannel.connect(secondary);
    }

    /** The bus master registers of both channels, primary first. */
    private final class BusMasterPorts implements PortDevice {
        private BusMasterDma channel(int offset) {
            return offset < BusMasterDma.PORTS ? primary : secondary;
        }

        @Override
        public int read(int offset, int size) {
            return channel(offset).read(offset & BusMasterDma.PORTS - 1, size);
        }

        @Override
        public void write(int offset, int size, int value) {
            channel(offset).write(offset & BusMasterDma.PORTS - 1, size, value);
        }
    }

    @Override
    public PciConfig config() {
        return config;
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public void reset() {
        config.reset();
        primary.reset();
        secondary.reset();
    }

    @Override
    public PiixIdeState save() {
        return new PiixIdeState(config.save(), primary.save(), secondary.save());
    }

    @Override
    public void restore(PiixIdeState s) {
        config.restore(s.config());
        primary.restore(s.primary());
        secondary.restore(s.secondary());
    }
}
