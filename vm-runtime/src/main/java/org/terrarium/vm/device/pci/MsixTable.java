package org.terrarium.vm.device.pci;

import org.terrarium.vm.bus.MmioDevice;

/**
 * The MSI-X table and pending bits of a function (PCI Local Bus Specification 3.0, 6.8.2), both in one 4 KiB memory range:
 * the table at offset 0, the pending bit array at {@link #PENDING_OFFSET}.
 */
public final class MsixTable implements MmioDevice {
    public static final int BYTES = 0x1000;
    public static final int PENDING_OFFSET = 0x800;

    /** At most so many vectors, so that one word holds the pending bits. */
    public static final int MAX_VECTORS = 64;

    // Message control (6.8.2.3), 2 bytes into the capability.
    private static final int CONTROL = 2;
    private static final int ENABLE = 0x8000;
    private static final int FUNCTION_MASK = 0x4000;

    private static final int ENTRY_BYTES = 16;
    private static final int DATA = 8;
    private static final int VECTOR_CONTROL = 12;
    private static final int MASKED = 1;

    /** Where message-signalled interrupts go. */
    @FunctionalInterface
    public interface Messages {
        /** A doubleword written to an address of the interrupt controllers. */
        void send(long address, int data);
    }

    private final Messages messages;
    private final int vectors;
    private final int[] table;
    private long pending;
    private PciConfig config;
    private int capability;

    public MsixTable(int vectors, Messages messages) {
        if (vectors < 1 || vectors > MAX_VECTORS) {
            throw new IllegalArgumentException(vectors + " vectors");
        }
        this.vectors = vectors;
        this.messages = messages;
        table = new int[vectors * ENTRY_BYTES / 4];
        reset();
    }

    /** Adds the capability that names this table; {@code bar} is the index of its memory range. */
    public PciConfig.Builder addTo(PciConfig.Builder b, int bar) {
        int control = vectors - 1;
        byte[] body = {(byte) control, (byte) (control >> 8), (byte) bar, 0, 0, 0, (byte) bar, PENDING_OFFSET >> 8, 0, 0
        };
        byte[] mask = {0, (byte) ((ENABLE | FUNCTION_MASK) >> 8), 0, 0, 0, 0, 0, 0, 0, 0};
        return b.capability(PciConfig.CAPABILITY_MSIX, body, mask);
    }

    /** The function the table belongs to. */
    public void connect(PciConfig owner) {
        config = owner;
        capability = owner.capability(PciConfig.CAPABILITY_MSIX);
    }

    public int vectors() {
        return vectors;
    }

    private int control() {
        return config.read(capability + CONTROL, 2);
    }

    /** Whether the driver has switched from the interrupt pin to messages. */
    public boolean enabled() {
        return (control() & ENABLE) != 0;
    }

    /** Sends the message of a vector, or remembers it while it is masked; a vector that does not exist is ignored. */
    public void raise(int vector) {
        if (vector >= vectors || !enabled()) {
            return;
        }
        if (masked(vector)) {
            pending |= 1L << vector;
        } else {
            send(vector);
        }
    }

    private boolean masked(int vector) {
        return (control() & FUNCTION_MASK) != 0 || (table[vector * 4 + VECTOR_CONTROL / 4] & MASKED) != 0;
    }

    private void send(int vector) {
        pending &= ~(1L << vector);
        if (config.busMaster()) {
            long address = table[vector * 4] & 0xFFFF_FFFCL | (long) table[vector * 4 + 1] << 32;
            messages.send(address, table[vector * 4 + DATA / 4]);
        }
    }

    /** A mask may have gone, in the table or in the capability: sends what was held back. */
    public void unmasked() {
        for (int v = 0; pending != 0 && enabled() && v < vectors; v++) {
            if ((pending >> v & 1) != 0 && !masked(v)) {
                send(v);
            }
        }
    }

    @Override
    public long read(long offset, int size) {
        long value = 0;
        for (int k = 0; k < size; k++) {
            long at = offset + k;
            long b = 0;
            if (at < (long) vectors * ENTRY_BYTES) {
                b = table[(int) at / 4] >>> 8 * (at & 3) & 0xFF;
            } else if (at >= PENDING_OFFSET && at < PENDING_OFFSET + 8) {
                b = pending >>> 8 * (at - PENDING_OFFSET) & 0xFF;
            }
            value |= b << 8 * k;
        }
        return value;
    }

    /** Aligned doublewords and quadwords only, as the specification demands of drivers; others are dropped. */
    @Override
    public void write(long offset, int size, long value) {
        if (size < 4 || (offset & size - 1) != 0) {
            return;
        }
        for (int k = 0; k < size; k += 4) {
            int index = (int) (offset + k) / 4;
            if (index < table.length) {
                int v = (int) (value >>> 8 * k);
                table[index] = index % 4 == VECTOR_CONTROL / 4 ? v & MASKED : v;
            }
        }
        unmasked();
    }

    /** Every vector masked, nothing pending. */
    public void reset() {
        for (int k = 0; k < table.length; k++) {
            table[k] = k % 4 == VECTOR_CONTROL / 4 ? MASKED : 0;
        }
        pending = 0;
    }

    public MsixState save() {
        return new MsixState(table.clone(), pending);
    }

    public void restore(MsixState s) {
        System.arraycopy(s.table(), 0, table, 0, table.length);
        pending = s.pending();
    }
}
