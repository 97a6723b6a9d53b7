package org.terrarium.vm.device.virtio;

import org.terrarium.vm.bus.MmioDevice;

/**
 * The registers of virtio 1.x in one memory range (4.1.4): common configuration, ISR status, the device's own configuration
 * and the notification area, each in a 4 KiB page of its own.
 */
final class ModernRegisters implements MmioDevice {
    static final int BYTES = 0x4000;
    static final int COMMON = 0x0000;
    static final int COMMON_BYTES = 0x40;
    static final int ISR = 0x1000;
    static final int DEVICE = 0x2000;
    static final int NOTIFY = 0x3000;
    static final int NOTIFY_MULTIPLIER = 4;
    private static final int PAGE = 0x1000;

    // Common configuration structure (4.1.4.3).
    private static final int DEVICE_FEATURE_SELECT = 0x00;
    private static final int DEVICE_FEATURE = 0x04;
    private static final int DRIVER_FEATURE_SELECT = 0x08;
    private static final int DRIVER_FEATURE = 0x0C;
    private static final int CONFIG_MSIX_VECTOR = 0x10;
    private static final int NUM_QUEUES = 0x12;
    private static final int DEVICE_STATUS = 0x14;
    private static final int CONFIG_GENERATION = 0x15;
    private static final int QUEUE_SELECT = 0x16;
    private static final int QUEUE_SIZE = 0x18;
    private static final int QUEUE_MSIX_VECTOR = 0x1A;
    private static final int QUEUE_ENABLE = 0x1C;
    private static final int QUEUE_NOTIFY_OFF = 0x1E;
    private static final int QUEUE_DESC = 0x20;
    private static final int QUEUE_DRIVER = 0x28;
    private static final int QUEUE_DEVICE = 0x30;

    private final VirtioCore<?> core;

    ModernRegisters(VirtioCore<?> core) {
        this.core = core;
    }

    private static long mask(int size) {
        return size == 8 ? -1L : (1L << 8 * size) - 1;
    }

    @Override
    public long read(long offset, int size) {
        int at = (int) offset & PAGE - 1;
        return switch ((int) offset & -PAGE) {
            case COMMON -> common(at) & mask(size);
            case ISR -> at == 0 ? core.takeIsr() : 0;
            case DEVICE -> {
                long value = 0;
                for (int k = 0; k < size && at + k < core.device.configBytes(); k++) {
                    value |= (long) core.device.readConfig(at + k) << 8 * k;
                }
                yield value;
            }
            default -> 0;
        };
    }

    /** Fields are read with their own width; a narrower access gets the low part, and a field of 64 bits has two halves. */
    private long common(int at) {
        Virtqueue q = core.selected();
        return switch (at) {
            case DEVICE_FEATURE_SELECT -> core.deviceFeatureSelect & 0xFFFF_FFFFL;
            case DEVICE_FEATURE -> half(core.offered(), core.deviceFeatureSelect);
            case DRIVER_FEATURE_SELECT -> core.driverFeatureSelect & 0xFFFF_FFFFL;
            case DRIVER_FEATURE -> half(core.driverFeatures, core.driverFeatureSelect);
            case CONFIG_MSIX_VECTOR -> core.configVector;
            case NUM_QUEUES -> core.queues.length;
            case DEVICE_STATUS -> core.status;
            case CONFIG_GENERATION -> 0;
            case QUEUE_SELECT -> core.queueSelect;
            case QUEUE_SIZE -> q == null ? 0 : q.size;
            case QUEUE_MSIX_VECTOR -> q == null ? Virtqueue.NO_VECTOR : q.vector;
            case QUEUE_ENABLE -> q != null && q.enabled ? 1 : 0;
            case QUEUE_NOTIFY_OFF -> core.queueSelect;
            case QUEUE_DESC -> q == null ? 0 : q.descriptors;
            case QUEUE_DESC + 4 -> q == null ? 0 : q.descriptors >>> 32;
            case QUEUE_DRIVER -> q == null ? 0 : q.driver;
            case QUEUE_DRIVER + 4 -> q == null ? 0 : q.driver >>> 32;
            case QUEUE_DEVICE -> q == null ? 0 : q.device;
            case QUEUE_DEVICE + 4 -> q == null ? 0 : q.device >>> 32;
            default -> 0;
        };
    }

    private static long half(long features, int select) {
        return select == 0 ? features & 0xFFFF_FFFFL : select == 1 ? features >>> 32 : 0;
    }

    @Override
    public void write(long offset, int size, long value) {
        int at = (int) offset & PAGE - 1;
        switch ((int) offset & -PAGE) {
            case COMMON -> writeCommon(at, size, value);
            case DEVICE -> {
                for (int k = 0; k < size && at + k < core.device.configBytes(); k++) {
                    core.device.writeConfig(at + k, (int) (value >>> 8 * k) & 0xFF);
                }
            }
            case NOTIFY -> core.notified(at / NOTIFY_MULTIPLIER);
            default -> {
                // ISR status is read-only.
            }
        }
    }

    private void writeCommon(int at, int size, long value) {
        int v16 = (int) value & 0xFFFF;
        switch (at) {
            case DEVICE_FEATURE_SELECT -> core.deviceFeatureSelect = (int) value;
            case DRIVER_FEATURE_SELECT -> core.driverFeatureSelect = (int) value;
            case DRIVER_FEATURE -> {
                long low = core.driverFeatures & 0xFFFF_FFFFL;
                long high = core.driverFeatures & ~0xFFFF_FFFFL;
                switch (core.driverFeatureSelect) {
                    case 0 -> core.acceptFeatures(high | value & 0xFFFF_FFFFL);
                    case 1 -> core.acceptFeatures(low | value << 32);
                    default -> {
                        // There are no features there.
                    }
                }
            }
            case CONFIG_MSIX_VECTOR -> core.configVector = core.vector(v16);
            case DEVICE_STATUS -> core.writeStatus((int) value & 0xFF);
            case QUEUE_SELECT -> core.queueSelect = v16;
            default -> {
                if (core.selected() != null) {
                    writeQueue(core.selected(), at, size, value);
                }
            }
        }
    }

    private void writeQueue(Virtqueue q, int at, int size, long value) {
        int v16 = (int) value & 0xFFFF;
        if (at == QUEUE_MSIX_VECTOR) {
            q.vector = core.vector(v16);
            return;
        }
        if (q.enabled) {
            return; // its memory cannot be moved any more
        }
        switch (at) {
            case QUEUE_SIZE -> {
                if (v16 <= q.maxSize() && Integer.bitCount(v16) == 1) {
                    q.size = v16;
                }
            }
            case QUEUE_ENABLE -> {
                if (v16 == 1) {
                    q.restart();
                    q.enabled = true;
                }
            }
            case QUEUE_DESC, QUEUE_DESC + 4 -> q.descriptors = replaced(q.descriptors, at - QUEUE_DESC, size, value);
            case QUEUE_DRIVER, QUEUE_DRIVER + 4 -> q.driver = replaced(q.driver, at - QUEUE_DRIVER, size, value);
            case QUEUE_DEVICE, QUEUE_DEVICE + 4 -> q.device = replaced(q.device, at - QUEUE_DEVICE, size, value);
            default -> {
                // Read-only or reserved.
            }
        }
    }

    private static long replaced(long old, int byteOffset, int size, long value) {
        if (size == 8) {
            return byteOffset == 0 ? value : old;
        }
        long low = old & 0xFFFF_FFFFL;
        return byteOffset == 0 ? old & ~0xFFFF_FFFFL | value & 0xFFFF_FFFFL : low | value << 32;
    }
}
