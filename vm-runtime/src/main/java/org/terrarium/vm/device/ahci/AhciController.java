package org.terrarium.vm.device.ahci;

import static org.terrarium.vm.device.ahci.Ahci.*;

import org.terrarium.vm.bus.Device;
import org.terrarium.vm.bus.DmaMemory;
import org.terrarium.vm.bus.IrqLine;
import org.terrarium.vm.bus.MemoryMap;
import org.terrarium.vm.bus.MmioDevice;
import org.terrarium.vm.device.ide.SataDrive;
import org.terrarium.vm.device.pci.MemoryWindow;
import org.terrarium.vm.device.pci.MsiCapability;
import org.terrarium.vm.device.pci.MsixTable;
import org.terrarium.vm.device.pci.PciConfig;
import org.terrarium.vm.device.pci.PciFunction;
import org.terrarium.vm.device.piix.BoardId;

/**
 * A serial ATA host controller of six ports, identified as the ICH9's (82801IR) and programmed as Serial ATA AHCI 1.3.1 says:
 * 32 command slots, native command queuing, 64-bit addresses.
 */
public final class AhciController implements Device<AhciState>, PciFunction, MmioDevice {
    public static final int PORT_COUNT = 6;

    /** Size of the register range. */
    public static final int BYTES = 0x1000;

    private static final int VENDOR = 0x8086;
    private static final int DEVICE = 0x2922;
    private static final int CLASS = 0x010601;
    private static final int ABAR = 5;

    /** 64-bit addresses, NCQ, command list override, 3 Gb/s, AHCI only, 32 slots, six ports. */
    private static final int CAPABILITIES = 1 << 31 | 1 << 30 | 1 << 24 | 2 << 20 | 1 << 18 | 31 << 8 | PORT_COUNT - 1;

    private static final int VERSION_1_3_1 = 0x0001_0301;

    private final String label;
    private final PciConfig config;
    private final AhciPort[] ports = new AhciPort[PORT_COUNT];
    private int hostControl;
    private int interrupts;
    private final MsiCapability msi;

    /** @param messages where interrupts go once the driver has switched to messages */
    public AhciController(String label, DmaMemory memory, MemoryMap map, IrqLine line, MsixTable.Messages messages) {
        this.label = label;
        msi = new MsiCapability(messages);
        config = MsiCapability.addTo(PciConfig.of(VENDOR, DEVICE, CLASS)
                        .revision(2)
                        .subsystem(BoardId.VENDOR, BoardId.DEVICE)
                        .interrupt(1, line)
                        .memoryBar(ABAR, BYTES, false, new MemoryWindow(map, BYTES, MemoryWindow.PCI_PRIORITY, this)))
                .onWrite((offset, size) -> updatePin())
                .build();
        msi.connect(config);
        for (int n = 0; n < PORT_COUNT; n++) {
            ports[n] = new AhciPort(memory, config::busMaster, this::updateInterrupt);
        }
    }

    /** Connects a drive to a port before the machine starts. */
    public void install(int port, SataDrive drive) {
        ports[port].install(drive);
    }

    /** Pulls a drive out while the machine runs; the guest is told. */
    public void unplug(int port) {
        ports[port].unplug();
    }

    /** Connects a drive while the machine runs; the guest is told. */
    public void plug(int port, SataDrive drive) {
        ports[port].plug(drive);
    }

    @Override
    public PciConfig config() {
        return config;
    }

    /** A port's bits have changed. A message goes out for each that has come new (10.6.2.1). */
    private void updateInterrupt() {
        int before = interrupts;
        for (int n = 0; n < PORT_COUNT; n++) {
            if (ports[n].interruptPending()) {
                interrupts |= 1 << n;
            }
        }
        if ((interrupts & ~before) != 0) {
            sendMessage();
        }
        updatePin();
    }

    private boolean interruptWanted() {
        return interrupts != 0 && (hostControl & GHC_IE) != 0;
    }

    private void sendMessage() {
        if (interruptWanted()) {
            msi.send();
        }
    }

    private void updatePin() {
        config.setInterrupt(interruptWanted() && !msi.enabled());
    }

    @Override
    public long read(long offset, int size) {
        long value = 0;
        for (int k = 0; k < size; k++) {
            int at = (int) offset + k;
            value |= (register(at & ~3) >>> 8 * (at & 3) & 0xFFL) << 8 * k;
        }
        return value;
    }

    private int register(int at) {
        if (at >= PORTS) {
            int port = (at - PORTS) / PORT_BYTES;
            return port < PORT_COUNT ? ports[port].read((at - PORTS) % PORT_BYTES) : 0;
        }
        return switch (at) {
            case CAP -> CAPABILITIES;
            case GHC -> hostControl | GHC_AE;
            case IS -> interrupts;
            case PI -> (1 << PORT_COUNT) - 1;
            case VS -> VERSION_1_3_1;
            default -> 0;
        };
    }

    /** Registers are written as doublewords; parts of one are dropped, as their meaning would depend on the register. */
    @Override
    public void write(long offset, int size, long value) {
        if (size < 4 || (offset & 3) != 0) {
            return;
        }
        for (int k = 0; k < size; k += 4) {
            writeRegister((int) offset + k, (int) (value >>> 8 * k));
        }
    }

    private void writeRegister(int at, int value) {
        if (at >= PORTS) {
            int port = (at - PORTS) / PORT_BYTES;
            if (port < PORT_COUNT) {
                ports[port].write((at - PORTS) % PORT_BYTES, value);
            }
            return;
        }
        switch (at) {
            case GHC -> {
                if ((value & GHC_HR) != 0) {
                    resetHost(false);
                } else {
                    boolean was = (hostControl & GHC_IE) != 0;
                    hostControl = value & GHC_IE;
                    if (!was) {
                        sendMessage();
                    }
                }
            }
            case IS -> {
                interrupts &= ~value;
                // With one message for all ports, what is left must be told again, or nobody would come for it.
                sendMessage();
            }
            default -> {
                // Read-only or reserved.
            }
        }
        updateInterrupt();
    }

    private void resetHost(boolean powerOn) {
        hostControl = 0;
        for (AhciPort p : ports) {
            p.reset(powerOn);
        }
        interrupts = 0;
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public void reset() {
        config.reset();
        resetHost(true);
        updateInterrupt();
    }

    @Override
    public AhciState save() {
        AhciPortState[] states = new AhciPortState[PORT_COUNT];
        for (int n = 0; n < PORT_COUNT; n++) {
            states[n] = ports[n].save();
        }
        return new AhciState(config.save(), hostControl, interrupts, states);
    }

    @Override
    public void restore(AhciState s) {
        config.restore(s.config());
        hostControl = s.control();
        interrupts = s.interrupts();
        for (int n = 0; n < PORT_COUNT; n++) {
            ports[n].restore(s.ports()[n]);
        }
    }
}
