package org.terrarium.vm.device.virtio;

import org.terrarium.vm.bus.PortDevice;

/**
 * The registers of virtio before 1.0, in I/O space (virtio 1.2, 4.1.4.10): drivers from before 2015 and small firmware use
 * them. Queues have their full size and lie in one piece of memory.
 */
final class LegacyRegisters implements PortDevice {
    static final int PORTS = 0x80;

    private static final int DEVICE_FEATURES = 0x00;
    private static final int DRIVER_FEATURES = 0x04;
    private static final int QUEUE_ADDRESS = 0x08;
    private static final int QUEUE_SIZE = 0x0C;
    private static final int QUEUE_SELECT = 0x0E;
    private static final int QUEUE_NOTIFY = 0x10;
    private static final int DEVICE_STATUS = 0x12;
    private static final int ISR_STATUS = 0x13;
    private static final int CONFIG_VECTOR = 0x14;
    private static final int QUEUE_VECTOR = 0x16;
    private static final int DEVICE_CONFIG = 0x14;
    private static final int DEVICE_CONFIG_WITH_MSIX = 0x18;
    private static final int PAGE_SHIFT = 12;
    private static final long PAGE = 1L << PAGE_SHIFT;

    private final VirtioCore<?> core;

    LegacyRegisters(VirtioCore<?> core) {
        this.core = core;
    }

    private int deviceConfig() {
        return core.msix.enabled() ? DEVICE_CONFIG_WITH_MSIX : DEVICE_CONFIG;
    }

    @Override
    public int read(int offset, int size) {
        if (offset >= deviceConfig()) {
            int at = offset - deviceConfig();
            int value = 0;
            for (int k = 0; k < size && at + k < core.device.configBytes(); k++) {
                value |= core.device.readConfig(at + k) << 8 * k;
            }
            return value;
        }
        int value = register(offset);
        return size == 4 ? value : value & (1 << 8 * size) - 1;
    }

    private int register(int offset) {
        Virtqueue q = core.selected();
        return switch (offset) {
            case DEVICE_FEATURES -> (int) core.offered();
            case DRIVER_FEATURES -> (int) core.driverFeatures;
            case QUEUE_ADDRESS -> q == null ? 0 : (int) (q.descriptors >>> PAGE_SHIFT);
            case QUEUE_SIZE -> q == null ? 0 : q.maxSize();
            case QUEUE_SELECT -> core.queueSelect;
            case DEVICE_STATUS -> core.status;
            case ISR_STATUS -> core.takeIsr();
            case CONFIG_VECTOR -> core.configVector;
            case QUEUE_VECTOR -> q == null ? Virtqueue.NO_VECTOR : q.vector;
            default -> 0;
        };
    }

    @Override
    public void write(int offset, int size, int value) {
        if (offset >= deviceConfig()) {
            int at = offset - deviceConfig();
            for (int k = 0; k < size && at + k < core.device.configBytes(); k++) {
                core.device.writeConfig(at + k, value >>> 8 * k & 0xFF);
            }
            return;
        }
        int v16 = value & 0xFFFF;
        Virtqueue q = core.selected();
        switch (offset) {
            case DRIVER_FEATURES -> core.acceptFeatures(value & core.offered() & 0xFFFF_FFFFL);
            case QUEUE_ADDRESS -> {
                if (q != null) {
                    place(q, (value & 0xFFFF_FFFFL) << PAGE_SHIFT);
                }
            }
            case QUEUE_SELECT -> core.queueSelect = v16;
            case QUEUE_NOTIFY -> core.notified(v16);
            case DEVICE_STATUS -> core.writeStatus(value & 0xFF & ~Virtio.FEATURES_OK);
            case CONFIG_VECTOR -> core.configVector = core.vector(v16);
            case QUEUE_VECTOR -> {
                if (q != null) {
                    q.vector = core.vector(v16);
                }
            }
            default -> {
                // Read-only or reserved.
            }
        }
    }

    /** Descriptors, available ring, and the used ring on the next page (2.7.2); address 0 takes the queue away. */
    private static void place(Virtqueue q, long address) {
        q.size = q.maxSize();
        q.enabled = address != 0;
        q.descriptors = address;
        q.driver = address + 16L * q.size;
        q.device = q.driver + 6 + 2L * q.size + PAGE - 1 & -PAGE;
        q.restart();
    }
}
