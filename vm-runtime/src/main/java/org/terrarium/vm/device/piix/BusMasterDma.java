package org.terrarium.vm.device.piix;

import java.util.function.BooleanSupplier;
import org.terrarium.vm.bus.BytePortDevice;
import org.terrarium.vm.bus.DmaMemory;
import org.terrarium.vm.device.ide.DmaEngine;
import org.terrarium.vm.device.ide.DmaTransfer;

/**
 * The bus master of one IDE channel: walks a table of physical region descriptors while the drive requests data
 * (PIIX3 datasheet, 2.7 and 3.5; Programming Interface for Bus Master IDE Controller 1.0).
 */
final class BusMasterDma implements DmaEngine, BytePortDevice {
    static final int PORTS = 8;

    // Registers (PIIX3 datasheet, 2.7).
    private static final int BMICX = 0;
    private static final int BMISX = 2;
    private static final int BMIDTPX = 4;

    private static final int SSBM = 1;
    private static final int RWCON = 1 << 3;

    private static final int BMIDEA = 1;
    private static final int ERROR = 1 << 1;
    private static final int IDEINTS = 1 << 2;
    private static final int DRIVES_DMA_CAPABLE = 3 << 5;

    private static final int DESCRIPTOR_BYTES = 8;
    private static final int END_OF_TABLE = 1 << 31;
    private static final int TABLE_LIMIT = 0xFFFF;

    private final DmaMemory memory;
    private final DmaTransfer drive;
    private final BooleanSupplier busMasterEnabled;
    private final byte[] descriptor = new byte[DESCRIPTOR_BYTES];
    private int command;
    private int status;
    private int table;
    private int next;
    private int address;
    private int left;
    private boolean last;

    BusMasterDma(DmaMemory memory, DmaTransfer drive, BooleanSupplier busMasterEnabled) {
        this.memory = memory;
        this.drive = drive;
        this.busMasterEnabled = busMasterEnabled;
    }

    @Override
    public int readByte(int offset) {
        return switch (offset) {
            case BMICX -> command;
            case BMISX -> status;
            case BMIDTPX, BMIDTPX + 1, BMIDTPX + 2, BMIDTPX + 3 -> table >>> 8 * (offset - BMIDTPX) & 0xFF;
            default -> 0;
        };
    }

    @Override
    public void writeByte(int offset, int value) {
        switch (offset) {
            case BMICX -> {
                boolean start = (value & SSBM) != 0 && (command & SSBM) == 0;
                command = value & (SSBM | RWCON);
                if (start) {
                    status |= BMIDEA;
                    next = table;
                    left = 0;
                    last = false;
                    run();
                } else if ((value & SSBM) == 0) {
                    status &= ~BMIDEA;
                }
            }
            case BMISX ->
                status = status & ~DRIVES_DMA_CAPABLE & ~(value & (ERROR | IDEINTS)) | value & DRIVES_DMA_CAPABLE;
            case BMIDTPX, BMIDTPX + 1, BMIDTPX + 2, BMIDTPX + 3 -> {
                int shift = 8 * (offset - BMIDTPX);
                table = (table & ~(0xFF << shift) | value << shift) & ~3;
            }
            default -> {
                // Reserved.
            }
        }
    }

    @Override
    public void requested() {
        run();
    }

    @Override
    public void interrupt(boolean high) {
        if (high) {
            status |= IDEINTS;
        }
    }

    /** Moves data while both the table and the drive have some. Ends when either waits or is through. */
    void run() {
        while ((status & BMIDEA) != 0 && drive.requested() && drive.available() > 0) {
            boolean toMemory = (command & RWCON) != 0;
            if (toMemory != drive.toMemory() || !busMasterEnabled.getAsBoolean()) {
                return; // The cycles never match: the guest's driver runs into its timeout, as on the real chip.
            }
            if (left == 0) {
                fetchDescriptor();
            }
            int n = Math.min(left, drive.available());
            long pa = address & 0xFFFF_FFFFL;
            if (toMemory) {
                memory.write(pa, drive.buffer(), drive.position(), n);
            } else {
                memory.read(pa, drive.buffer(), drive.position(), n);
            }
            address += n;
            left -= n;
            if (left == 0 && last) {
                status &= ~BMIDEA;
            }
            drive.moved(n);
        }
    }

    /** Address, then byte count (0 means 64 KiB) and the end-of-table mark; both address and count are even. */
    private void fetchDescriptor() {
        memory.read(next & 0xFFFF_FFFFL, descriptor, 0, DESCRIPTOR_BYTES);
        address = word(0) & ~1;
        int flags = word(4);
        left = flags & 0xFFFE;
        if (left == 0) {
            left = 0x10000;
        }
        last = (flags & END_OF_TABLE) != 0;
        // The table may not cross a 64 KiB boundary: only the low half of the address counts.
        next = next & ~TABLE_LIMIT | next + DESCRIPTOR_BYTES & TABLE_LIMIT;
    }

    private int word(int at) {
        return descriptor[at] & 0xFF
                | (descriptor[at + 1] & 0xFF) << 8
                | (descriptor[at + 2] & 0xFF) << 16
                | descriptor[at + 3] << 24;
    }

    void reset() {
        command = 0;
        status = 0;
        table = 0;
        next = 0;
        address = 0;
        left = 0;
        last = false;
    }

    BusMasterDmaState save() {
        return new BusMasterDmaState(command, status, table, next, address, left, last);
    }

    void restore(BusMasterDmaState s) {
        command = s.command();
        status = s.status();
        table = s.table();
        next = s.next();
        address = s.address();
        left = s.left();
        last = s.last();
    }
}
