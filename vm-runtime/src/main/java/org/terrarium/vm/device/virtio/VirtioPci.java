package org.terrarium.vm.device.virtio;

import org.terrarium.vm.bus.Device;
import org.terrarium.vm.bus.DmaMemory;
import org.terrarium.vm.bus.IrqLine;
import org.terrarium.vm.bus.MemoryMap;
import org.terrarium.vm.bus.MmioDevice;
import org.terrarium.vm.bus.PortBus;
import org.terrarium.vm.bus.PortDevice;
import org.terrarium.vm.device.pci.MemoryWindow;
import org.terrarium.vm.device.pci.MsixTable;
import org.terrarium.vm.device.pci.PciConfig;
import org.terrarium.vm.device.pci.PciFunction;
import org.terrarium.vm.device.pci.PortWindow;

/**
 * A virtio device on the PCI bus (virtio 1.2, 4.1), transitional: the registers of virtio 1.x in a memory range, those from
 * before in a port range, interrupts by pin or MSI-X.
 *
 * @param <S> state of the device behind it
 */
public final class VirtioPci<S extends Record> implements Device<VirtioPciState<S>>, PciFunction {
    private static final int VENDOR = 0x1AF4;

    /** Device identifiers of transitional devices (4.1.2.1), by type; the type itself is the subsystem identifier. */
    private static final int[] TRANSITIONAL = {0, 0x1000, 0x1001, 0x1003, 0x1005, 0x1002, 0, 0, 0x1004, 0x1009};

    private static final int LEGACY_BAR = 0;
    private static final int MSIX_BAR = 1;
    private static final int MODERN_BAR = 4;

    // Vendor capability (4.1.4): after identifier and link, length, type, BAR, then offset and length in it.
    private static final int COMMON_CFG = 1;
    private static final int NOTIFY_CFG = 2;
    private static final int ISR_CFG = 3;
    private static final int DEVICE_CFG = 4;
    private static final int PCI_CFG = 5;
    private static final int CAP_BAR = 4;
    private static final int CAP_OFFSET = 8;
    private static final int CAP_LENGTH = 12;
    private static final int CAP_DATA = 16;
    private static final int CAP_BYTES = 16;

    private final String label;
    private final VirtioCore<S> core;
    private final ModernRegisters modern;
    private final LegacyRegisters legacy;
    private final PciConfig config;
    private final int windowCapability;

    /** {@code messages} takes message-signalled interrupts, {@code line} is the interrupt pin's wire. */
    public VirtioPci(
            String label,
            VirtioDevice<S> device,
            DmaMemory memory,
            MemoryMap map,
            PortBus ports,
            IrqLine line,
            MsixTable.Messages messages) {
        this(label, device, memory, map, ports, line, messages, false);
    }

    /** As a function of a PCI device that has others, where {@code shared}. */
    public VirtioPci(
            String label,
            VirtioDevice<S> device,
            DmaMemory memory,
            MemoryMap map,
            PortBus ports,
            IrqLine line,
            MsixTable.Messages messages,
            boolean shared) {
        this.label = label;
        core = new VirtioCore<>(device, memory, messages);
        modern = new ModernRegisters(core);
        legacy = new LegacyRegisters(core);
        PciConfig.Builder b = PciConfig.of(VENDOR, TRANSITIONAL[device.type()], device.pciClass())
                .subsystem(VENDOR, device.type())
                .interrupt(1, line)
                .ioBar(LEGACY_BAR, LegacyRegisters.PORTS, new PortWindow(ports, LegacyRegisters.PORTS, legacy))
                .memoryBar(
                        MSIX_BAR,
                        MsixTable.BYTES,
                        false,
                        new MemoryWindow(map, MsixTable.BYTES, MemoryWindow.PCI_PRIORITY, core.msix))
                .memoryBar64(
                        MODERN_BAR,
                        ModernRegisters.BYTES,
                        true,
                        new MemoryWindow(map, ModernRegisters.BYTES, MemoryWindow.PCI_PRIORITY, modern));
        if (shared) {
            b.multifunction();
        }
        core.msix.addTo(b, MSIX_BAR);
        structure(b, COMMON_CFG, ModernRegisters.COMMON, ModernRegisters.COMMON_BYTES, 0);
        structure(b, ISR_CFG, ModernRegisters.ISR, 4, 0);
        structure(b, DEVICE_CFG, ModernRegisters.DEVICE, device.configBytes(), 0);
        structure(
                b,
                NOTIFY_CFG,
                ModernRegisters.NOTIFY,
                ModernRegisters.NOTIFY_MULTIPLIER * core.queues.length,
                ModernRegisters.NOTIFY_MULTIPLIER);
        windowCapability = b.nextCapability();
        structure(b, PCI_CFG, 0, 0, 0);
        config = b.onWrite((offset, size) -> {
                    core.msix.unmasked();
                    core.updatePin();
                })
                .build();
        core.connect(config);
    }

    private static void structure(PciConfig.Builder b, int type, int offset, int length, int extra) {
        boolean withData = type == NOTIFY_CFG || type == PCI_CFG;
        byte[] body = new byte[CAP_BYTES - 2 + (withData ? 4 : 0)];
        byte[] mask = new byte[body.length];
        body[0] = (byte) (body.length + 2);
        body[1] = (byte) type;
        body[CAP_BAR - 2] = (byte) (type == PCI_CFG ? 0 : MODERN_BAR);
        put(body, CAP_OFFSET - 2, offset);
        put(body, CAP_LENGTH - 2, length);
        if (withData) {
            put(body, CAP_DATA - 2, extra);
        }
        if (type == PCI_CFG) {
            mask[CAP_BAR - 2] = -1;
            put(mask, CAP_OFFSET - 2, -1);
            put(mask, CAP_LENGTH - 2, -1);
            put(mask, CAP_DATA - 2, -1);
        }
        b.capability(PciConfig.CAPABILITY_VENDOR, body, mask);
    }

    private static void put(byte[] array, int at, int value) {
        for (int k = 0; k < 4; k++) {
            array[at + k] = (byte) (value >> 8 * k);
        }
    }

    /** The registers of virtio 1.x. */
    public MmioDevice modernRegisters() {
        return modern;
    }

    public PortDevice legacyRegisters() {
        return legacy;
    }

    @Override
    public PciConfig config() {
        return config;
    }

    private boolean throughWindow(int offset) {
        return (offset & -4) == windowCapability + CAP_DATA;
    }

    /** Offset in the modern registers that the window names, or -1: other ranges and sizes are refused. */
    private int windowOffset(int size) {
        int offset = config.read(windowCapability + CAP_OFFSET, 4);
        boolean valid = config.read(windowCapability + CAP_BAR, 1) == MODERN_BAR
                && config.read(windowCapability + CAP_LENGTH, 4) == size
                && offset >= 0
                && offset <= ModernRegisters.BYTES - size;
        return valid ? offset : -1;
    }

    /** Firmware that cannot reach the memory range accesses it through this capability (4.1.4.9). */
    @Override
    public int readConfig(int offset, int size) {
        if (throughWindow(offset)) {
            int at = windowOffset(size);
            if (at >= 0) {
                config.set(windowCapability + CAP_DATA, size, (int) modern.read(at, size));
            }
        }
        return config.read(offset, size);
    }

    @Override
    public void writeConfig(int offset, int size, int value) {
        config.write(offset, size, value);
        if (throughWindow(offset)) {
            int at = windowOffset(size);
            if (at >= 0) {
                modern.write(at, size, value & (size == 4 ? 0xFFFF_FFFFL : (1L << 8 * size) - 1));
            }
        }
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public void reset() {
        config.reset();
        core.msix.reset();
        core.reset();
    }

    @Override
    public VirtioPciState<S> save() {
        return new VirtioPciState<>(
                config.save(),
                core.msix.save(),
                core.status,
                core.isr,
                core.deviceFeatureSelect,
                core.driverFeatureSelect,
                core.driverFeatures,
                core.queueSelect,
                core.configVector,
                core.saveQueues(),
                core.device.save());
    }

    @Override
    public void restore(VirtioPciState<S> s) {
        config.restore(s.config());
        core.restore(s);
    }
}
