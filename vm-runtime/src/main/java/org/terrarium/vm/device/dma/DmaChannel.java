package org.terrarium.vm.device.dma;

import static org.terrarium.vm.device.dma.Reg8237.*;

import org.terrarium.vm.bus.DmaMemory;

/** One of the seven usable DMA channels as a device on the ISA bus sees it: request, transfer, terminal count. */
public final class DmaChannel {
    /** Which way the device moves data. */
    public enum Direction {
        DEVICE_TO_MEMORY,
        MEMORY_TO_DEVICE
    }

    private final Dma dma;
    private final int number;
    private final int width;
    private int baseAddress;
    private int baseCount;
    private int address;
    private int count;
    private int mode;
    private boolean masked;
    private boolean requested;
    private boolean softwareRequest;
    private boolean reachedTerminalCount;
    private boolean terminalCount;

    DmaChannel(Dma dma, int number) {
        this.dma = dma;
        this.number = number;
        this.width = number < 4 ? 1 : 2;
        masked = true;
    }

    /** Whether a transfer would move anything: unmasked, not a cascade, and its controller enabled. */
    public boolean ready() {
        return !masked && (mode & MODE_SELECT) != MODE_SELECT_CASCADE && dma.enabled(number);
    }

    /** The device's DREQ wire; it shows in the status register. */
    public void request(boolean level) {
        requested = level;
    }

    /** Whether the last transfer ended because the programmed count ran out (the TC wire). */
    public boolean terminalCount() {
        return terminalCount;
    }

    /**
     * Moves up to {@code length} bytes between the device and memory, as far as the programmed count goes; returns how many
     * bytes were moved. A channel programmed to verify, or for the other direction, counts without touching memory or
     * {@code buffer}. In single mode a device that wants one unit a time simply asks for one.
     */
    public int transfer(Direction direction, byte[] buffer, int offset, int length) {
        terminalCount = false;
        int moved = 0;
        while (moved + width <= length && !terminalCount && ready()) {
            int units = Math.min((length - moved) / width, count + 1);
            units = (mode & MODE_ADDRESS_DECREMENT) != 0 ? 1 : Math.min(units, 0x10000 - address);
            move(direction, buffer, offset + moved, units * width);
            moved += units * width;
            advance(units);
        }
        return moved;
    }

    private void move(Direction direction, byte[] buffer, int offset, int bytes) {
        long pa = dma.physical(number, address);
        DmaMemory memory = dma.memory();
        int type = mode & MODE_TYPE;
        if (direction == Direction.DEVICE_TO_MEMORY && type == MODE_TYPE_WRITE) {
            memory.write(pa, buffer, offset, bytes);
        } else if (direction == Direction.MEMORY_TO_DEVICE && type == MODE_TYPE_READ) {
            memory.read(pa, buffer, offset, bytes);
        }
    }

    private void advance(int units) {
        address = address + ((mode & MODE_ADDRESS_DECREMENT) != 0 ? -units : units) & 0xFFFF;
        if (units <= count) {
            count -= units;
            return;
        }
        count = 0xFFFF;
        terminalCount = true;
        reachedTerminalCount = true;
        softwareRequest = false;
        if ((mode & MODE_AUTOINITIALIZE) != 0) {
            address = baseAddress;
            count = baseCount;
        } else {
            masked = true;
        }
    }

    void clear() {
        masked = true;
        softwareRequest = false;
        reachedTerminalCount = false;
    }

    void powerOn() {
        baseAddress = 0;
        baseCount = 0;
        address = 0;
        count = 0;
        mode = 0;
        requested = false;
        terminalCount = false;
        clear();
    }

    int address() {
        return address;
    }

    int count() {
        return count;
    }

    void writeAddress(boolean high, int value) {
        baseAddress = merge(baseAddress, high, value);
        address = merge(address, high, value);
    }

    void writeCount(boolean high, int value) {
        baseCount = merge(baseCount, high, value);
        count = merge(count, high, value);
    }

    private static int merge(int old, boolean high, int value) {
        return high ? old & 0xFF | value << 8 : old & 0xFF00 | value;
    }

    void setMode(int value) {
        mode = value & 0xFC;
    }

    void setMasked(boolean value) {
        masked = value;
    }

    boolean masked() {
        return masked;
    }

    void setSoftwareRequest(boolean value) {
        softwareRequest = value;
    }

    boolean requesting() {
        return requested || softwareRequest;
    }

    /** The status register's TC bit, which reading clears. */
    boolean takeReachedTerminalCount() {
        boolean was = reachedTerminalCount;
        reachedTerminalCount = false;
        return was;
    }

    DmaChannelState save() {
        return new DmaChannelState(
                baseAddress,
                baseCount,
                address,
                count,
                mode,
                masked,
                requested,
                softwareRequest,
                reachedTerminalCount,
                terminalCount);
    }

    void restore(DmaChannelState s) {
        baseAddress = s.baseAddress();
        baseCount = s.baseCount();
        address = s.address();
        count = s.count();
        mode = s.mode();
        masked = s.masked();
        requested = s.requested();
        softwareRequest = s.softwareRequest();
        reachedTerminalCount = s.reachedTerminalCount();
        terminalCount = s.terminalCount();
    }
}
