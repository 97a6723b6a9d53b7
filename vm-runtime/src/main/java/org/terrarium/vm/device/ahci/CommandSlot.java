package org.terrarium.vm.device.ahci;

import static org.terrarium.vm.device.ahci.Ahci.*;

import org.terrarium.vm.bus.DmaMemory;
import org.terrarium.vm.device.ide.SataDrive.Registers;
import org.terrarium.vm.io.GuestData;

/** One command as the driver has put it into memory: header, command FIS, packet and the table of data regions (AHCI 4.2). */
final class CommandSlot implements GuestData {
    private static final int PACKET = 0x40;
    private static final int PACKET_BYTES = 16;
    private static final int REGIONS = 0x80;
    private static final int REGION_BYTES = 16;
    private static final int REGION_COUNT = 0x3F_FFFF;

    private final DmaMemory memory;
    private final long header;
    final int number;
    private final int flags;
    private final long table;
    private final byte[] fis = new byte[20];

    /** Bytes of a command without queue that have moved already. */
    long moved;

    CommandSlot(DmaMemory memory, long commandList, int number) {
        this.memory = memory;
        this.number = number;
        header = commandList + (long) number * HEADER_BYTES;
        flags = memory.read32(header);
        table = memory.read32(header + 8) & 0xFFFF_FF80L | (long) memory.read32(header + 12) << 32;
        memory.read(table, fis, 0, fis.length);
    }

    private int regions() {
        return flags >>> 16;
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    int fisByte(int at) {
        return fis[at] & 0xFF;
    }

    /** Whether the FIS carries a command, rather than a new device control register. */
    boolean carriesCommand() {
        return (fis[1] & 0x80) != 0;
    }

    int command() {
        return fisByte(2);
    }

    private int wide(int low, int high) {
        return fisByte(low) | fisByte(high) << 8;
    }

    /** The registers of a host to device FIS (Serial ATA 3.0, 10.3.4). */
    Registers registers() {
        return new Registers(command(), wide(3, 11), wide(12, 13), wide(4, 8), wide(5, 9), wide(6, 10), fisByte(7));
    }

    /** Address of a queued command, which is always of 48 bits. */
    long lba() {
        long lba = 0;
        for (int at : new int[] {10, 9, 8, 6, 5, 4}) {
            lba = lba << 8 | fisByte(at);
        }
        return lba;
    }

    /** Sectors of a queued command. */
    int queuedSectors() {
        int n = wide(3, 11);
        return n == 0 ? 0x10000 : n;
    }

    int queuedTag() {
        return fisByte(12) >> 3;
    }

    boolean forcedUnitAccess() {
        return (fisByte(7) & 0x80) != 0;
    }

    byte[] packet() {
        byte[] packet = new byte[PACKET_BYTES];
        memory.read(table + PACKET, packet, 0, PACKET_BYTES);
        return packet;
    }

    @Override
    public void toGuest(long at, byte[] src, int count) {
        move(at, src, 0, count, true);
    }

    @Override
    public void fromGuest(long at, byte[] dst, int count) {
        move(at, dst, 0, count, false);
    }

    /** Bytes that the regions can hold, never more than {@code wanted}: a guest's table can be long and is not walked in vain. */
    long capacity(long wanted) {
        long sum = 0;
        for (int k = 0; k < regions() && sum < wanted; k++) {
            sum += regionBytes(k);
        }
        return Math.min(sum, wanted);
    }

    private long regionBytes(int index) {
        // The count is one less than the number of bytes, which is even (4.2.3.3).
        return (memory.read32(table + REGIONS + (long) index * REGION_BYTES + 12) & REGION_COUNT | 1) + 1L;
    }

    /** Moves bytes between an array and the regions, from byte {@code start} of the whole on; returns how many there was room for. */
    int move(long start, byte[] array, int at, int count, boolean toGuest) {
        long skip = start;
        int done = 0;
        for (int k = 0; k < regions() && done < count; k++) {
            long bytes = regionBytes(k);
            if (skip >= bytes) {
                skip -= bytes;
                continue;
            }
            long entry = table + REGIONS + (long) k * REGION_BYTES;
            long pa = memory.read32(entry) & 0xFFFF_FFFEL | (long) memory.read32(entry + 4) << 32;
            int n = (int) Math.min(count - done, bytes - skip);
            if (toGuest) {
                memory.write(pa + skip, array, at + done, n);
            } else {
                memory.read(pa + skip, array, at + done, n);
            }
            done += n;
            skip = 0;
        }
        return done;
    }

    /** Tells the driver how many bytes have moved (PRDBC). */
    void reportMoved() {
        memory.write32(header + 4, (int) moved);
    }
}
