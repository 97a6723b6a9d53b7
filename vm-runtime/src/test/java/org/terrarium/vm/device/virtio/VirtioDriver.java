package org.terrarium.vm.device.virtio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.terrarium.vm.bus.MmioDevice;
import org.terrarium.vm.bus.TestMemory;

/** The part of a driver that all virtio devices have in common (virtio 1.2, 3.1 and 2.7), over the modern registers. */
public final class VirtioDriver {
    public static final int NEXT = 1;
    public static final int WRITE = 2;
    public static final int NEEDS_RESET = 0x40;
    private static final long VERSION_1 = 1L << 32;
    private static final int AVAIL = 0x1000;
    private static final int USED = 0x2000;
    private static final int QUEUE_BYTES = 0x4000;

    private final MmioDevice regs;
    private final TestMemory memory;
    private final int base;
    private final int size;
    private int made;

    /**
     * For queue 0.
     *
     * @param base where its rings are in memory, 16 KiB
     * @param size entries
     */
    public VirtioDriver(MmioDevice regs, TestMemory memory, int base, int size) {
        this.regs = regs;
        this.memory = memory;
        this.base = base;
        this.size = size;
    }

    public void start(long features) {
        made = 0;
        Arrays.fill(memory.bytes, base, base + QUEUE_BYTES, (byte) 0);
        regs.write(0x14, 1, 0);
        regs.write(0x14, 1, 3);
        regs.write(0x08, 4, 0);
        regs.write(0x0C, 4, features & 0xFFFF_FFFFL);
        regs.write(0x08, 4, 1);
        regs.write(0x0C, 4, (features | VERSION_1) >>> 32);
        regs.write(0x14, 1, 0xB);
        assertEquals(0xB, regs.read(0x14, 1), "FEATURES_OK stays set");
        regs.write(0x16, 2, 0);
        regs.write(0x18, 2, size);
        regs.write(0x20, 4, base);
        regs.write(0x28, 4, base + AVAIL);
        regs.write(0x30, 4, base + USED);
        regs.write(0x1C, 2, 1);
        regs.write(0x14, 1, 0xF);
    }

    public void put(int at, int bytes, long value) {
        for (int k = 0; k < bytes; k++) {
            memory.bytes[at + k] = (byte) (value >>> 8 * k);
        }
    }

    public long get(int at, int bytes) {
        long value = 0;
        for (int k = bytes - 1; k >= 0; k--) {
            value = value << 8 | memory.bytes[at + k] & 0xFF;
        }
        return value;
    }

    public void descriptor(int index, long pa, int length, int flags, int next) {
        int at = base + 16 * index;
        put(at, 8, pa);
        put(at + 8, 4, length);
        put(at + 12, 2, flags);
        put(at + 14, 2, next);
    }

    /** Makes a chain available and tells the device. */
    public void submit(int head) {
        put(base + AVAIL + 4 + 2 * (made % size), 2, head);
        made++;
        put(base + AVAIL + 2, 2, made & 0xFFFF);
        regs.write(0x3000, 2, 0);
    }

    /** Chains made available since the start. */
    public int submitted() {
        return made;
    }

    /** Chains given back since the start. */
    public int used() {
        return (int) get(base + USED + 2, 2);
    }

    public int usedHead(int n) {
        return (int) get(base + USED + 4 + 8 * (n % size), 4);
    }

    public int usedLength(int n) {
        return (int) get(base + USED + 4 + 8 * (n % size) + 4, 4);
    }

    public int status() {
        return (int) regs.read(0x14, 1);
    }
}
