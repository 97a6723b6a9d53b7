package org.terrarium.vm.device.virtio;

import org.terrarium.vm.bus.DmaMemory;

/**
 * One split virtqueue from the device's side (virtio 1.2, 2.7), with indirect descriptors and event index. Nothing of what
 * the driver puts into it is trusted; what makes no sense is a {@link VirtqueueException}.
 */
public final class Virtqueue {
    /** MSI-X vector number for "none" (4.1.5.1.2). */
    static final int NO_VECTOR = 0xFFFF;

    // Descriptor (2.7.5).
    private static final int DESCRIPTOR_BYTES = 16;
    private static final int NEXT = 1;
    private static final int WRITE = 2;
    private static final int INDIRECT = 4;

    // Available and used ring (2.7.6, 2.7.8): flags, index, entries, and behind them the other side's event index.
    private static final int NO_INTERRUPT = 1;
    private static final int INDEX = 2;
    private static final int RING = 4;
    private static final int USED_ENTRY_BYTES = 8;

    private final DmaMemory memory;
    private final int maxSize;
    private final byte[] scratch = new byte[DESCRIPTOR_BYTES];

    int size;
    boolean enabled;
    long descriptors;
    long driver;
    long device;
    int vector;
    private boolean indirect;
    private boolean eventIndex;
    private int nextAvailable;
    private int nextUsed;
    private int signalled;

    Virtqueue(DmaMemory memory, int maxSize) {
        this.memory = memory;
        this.maxSize = maxSize;
        reset();
    }

    int maxSize() {
        return maxSize;
    }

    void reset() {
        size = maxSize;
        enabled = false;
        descriptors = 0;
        driver = 0;
        device = 0;
        vector = NO_VECTOR;
        restart();
    }

    /** The driver gives the queue new memory. */
    void restart() {
        nextAvailable = 0;
        nextUsed = 0;
        signalled = 0;
    }

    void negotiated(long features) {
        indirect = (features & Virtio.F_INDIRECT_DESC) != 0;
        eventIndex = (features & Virtio.F_EVENT_IDX) != 0;
    }

    private int read16(long pa) {
        memory.read(pa, scratch, 0, 2);
        return scratch[0] & 0xFF | (scratch[1] & 0xFF) << 8;
    }

    private void write16(long pa, int value) {
        scratch[0] = (byte) value;
        scratch[1] = (byte) (value >> 8);
        memory.write(pa, scratch, 0, 2);
    }

    /** The next buffer the driver has made available, or null when there is none. */
    public Chain take() throws VirtqueueException {
        if (!enabled) {
            return null;
        }
        int waiting = read16(driver + INDEX) - nextAvailable & 0xFFFF;
        if (waiting == 0) {
            return null;
        }
        if (waiting > size) {
            throw new VirtqueueException(waiting + " buffers available in a queue of " + size);
        }
        int head = read16(driver + RING + 2L * (nextAvailable & size - 1));
        Chain chain = chain(head);
        nextAvailable = nextAvailable + 1 & 0xFFFF;
        return chain;
    }

    /** The last {@code count} buffers that were taken are still available, to be taken again later. */
    public void putBack(int count) {
        nextAvailable = nextAvailable - count & 0xFFFF;
    }

    /** All that was available has been taken: the driver is asked to tell about the next one. */
    public void askForNotification() {
        if (enabled && eventIndex) {
            write16(device + RING + (long) USED_ENTRY_BYTES * size, nextAvailable);
        }
    }

    private Chain chain(int head) throws VirtqueueException {
        Chain chain = new Chain(memory, head);
        long table = descriptors;
        int entries = size;
        int index = head;
        for (int guard = 0; ; guard++) {
            if (index >= entries) {
                throw new VirtqueueException("descriptor " + index + " of " + entries);
            }
            if (guard > Chain.MAX_PIECES) {
                throw new VirtqueueException("descriptors that form a loop");
            }
            memory.read(table + (long) DESCRIPTOR_BYTES * index, scratch, 0, DESCRIPTOR_BYTES);
            long address = word(0) & 0xFFFF_FFFFL | (long) word(4) << 32;
            int length = word(8);
            int flags = word(12) & 0xFFFF;
            int next = word(12) >>> 16;
            if ((flags & INDIRECT) != 0) {
                boolean nested = table != descriptors;
                if (!indirect || nested || (flags & NEXT) != 0 || length <= 0 || length % DESCRIPTOR_BYTES != 0) {
                    throw new VirtqueueException(
                            "an indirect descriptor where none may be, or of " + length + " bytes");
                }
                table = address;
                entries = length / DESCRIPTOR_BYTES;
                index = 0;
                continue;
            }
            chain.add(address, length, (flags & WRITE) != 0);
            if ((flags & NEXT) == 0) {
                return chain;
            }
            index = next;
        }
    }

    private int word(int at) {
        return scratch[at] & 0xFF
                | (scratch[at + 1] & 0xFF) << 8
                | (scratch[at + 2] & 0xFF) << 16
                | scratch[at + 3] << 24;
    }

    /** Gives a buffer back with {@code written} bytes of its writable part filled. */
    public void giveBack(Chain chain, int written) {
        long entry = device + RING + (long) USED_ENTRY_BYTES * (nextUsed & size - 1);
        memory.write32(entry, chain.head());
        memory.write32(entry + 4, written);
        nextUsed = nextUsed + 1 & 0xFFFF;
        write16(device + INDEX, nextUsed);
    }

    /** How many buffers were given back since {@link #interruptWanted} was asked last. */
    public int untold() {
        return nextUsed - signalled & 0xFFFF;
    }

    /** Whether the driver wants to be interrupted for what was given back since this was asked last (2.7.7, 2.7.10). */
    boolean interruptWanted() {
        int before = signalled;
        signalled = nextUsed;
        if (before == nextUsed) {
            return false;
        }
        if (!eventIndex) {
            return (read16(driver) & NO_INTERRUPT) == 0;
        }
        int event = read16(driver + RING + 2L * size);
        return (nextUsed - event - 1 & 0xFFFF) < (nextUsed - before & 0xFFFF);
    }

    VirtqueueState save() {
        return new VirtqueueState(
                size, enabled, descriptors, driver, device, nextAvailable, nextUsed, signalled, vector);
    }

    void restore(VirtqueueState s) {
        size = s.size();
        enabled = s.enabled();
        descriptors = s.descriptors();
        driver = s.driver();
        device = s.device();
        nextAvailable = s.nextAvailable();
        nextUsed = s.nextUsed();
        signalled = s.signalled();
        vector = s.vector();
    }
}
