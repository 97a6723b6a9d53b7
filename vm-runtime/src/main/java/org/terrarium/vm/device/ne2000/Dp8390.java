package org.terrarium.vm.device.ne2000;

import java.util.Arrays;
import java.util.function.Consumer;
import org.terrarium.net.MacAddress;
import org.terrarium.net.link.Cable;
import org.terrarium.net.wire.Ethernet;
import org.terrarium.vm.bus.PortDevice;
import org.terrarium.vm.device.nic.FrameBytes;

/**
 * National DP8390D network interface controller with the NE2000's 16 KiB of packet memory, address PROM, data and reset ports
 * (DP8390D datasheet, chapters 7 to 11; NE2000 by its reference design, AN-729). Frames take no modelled time.
 */
final class Dp8390 implements PortDevice {
    static final int PORTS = 32;
    static final int STATE_WORDS = 64;

    private static final int DATA_PORT = 0x10;
    private static final int RESET_PORT = 0x18;
    private static final int PROM_BYTES = 32;
    private static final int MEMORY_START = 0x4000;
    private static final int MEMORY_END = 0x8000;
    private static final int PAGE = 256;

    /** Room in the ring for the longest frame. */
    private static final int NEEDED = Ethernet.MAX_FRAME + FrameBytes.FCS + 4 + PAGE;

    // Registers of page 0, as read / as written (datasheet, 10.2).
    private static final int CR = 0x00;
    private static final int CLDA0 = 0x01;
    private static final int PSTART = 0x01;
    private static final int CLDA1 = 0x02;
    private static final int PSTOP = 0x02;
    private static final int BNRY = 0x03;
    private static final int TSR = 0x04;
    private static final int TPSR = 0x04;
    private static final int TBCR0 = 0x05;
    private static final int TBCR1 = 0x06;
    private static final int ISR = 0x07;
    private static final int CRDA0 = 0x08;
    private static final int RSAR0 = 0x08;
    private static final int CRDA1 = 0x09;
    private static final int RSAR1 = 0x09;
    private static final int ID0 = 0x0A;
    private static final int RBCR0 = 0x0A;
    private static final int ID1 = 0x0B;
    private static final int RBCR1 = 0x0B;
    private static final int RSR = 0x0C;
    private static final int RCR = 0x0C;
    private static final int TCR = 0x0D;
    private static final int DCR = 0x0E;
    private static final int CNTR2 = 0x0F;
    private static final int IMR = 0x0F;

    // Page 1.
    private static final int PAR0 = 0x01;
    private static final int CURR = 0x07;
    private static final int MAR0 = 0x08;

    // Places in the saved words: what page 0 is written with, page 1, and what only reads.
    private static final int PAGE0 = 0;
    private static final int PAGE1 = 16;
    private static final int COMMAND = 32;
    private static final int STATUS = 33;
    private static final int TRANSMIT_STATUS = 34;
    private static final int RECEIVE_STATUS = 35;
    private static final int REMOTE_ADDRESS = 36;
    private static final int REMOTE_COUNT = 37;
    private static final int MISSED = 38;
    private static final int INTERRUPT_DRIVEN = 39;

    private static final int CR_STP = 1;
    private static final int CR_TXP = 4;
    private static final int CR_ABORT_DMA = 0x20;
    private static final int ISR_PRX = 1;
    private static final int ISR_PTX = 2;
    private static final int ISR_RDC = 0x40;
    private static final int ISR_RST = 0x80;
    private static final int TSR_PTX = 1;
    private static final int RSR_PRX = 1;
    private static final int RSR_PHY = 0x20;
    private static final int RCR_AB = 4;
    private static final int RCR_AM = 8;
    private static final int RCR_PRO = 0x10;
    private static final int RCR_MON = 0x20;
    private static final int TCR_LOOPBACK = 6;
    private static final int DCR_WTS = 1;
    private static final int DCR_LS = 8;

    private final Cable cable;
    private final Consumer<Boolean> interrupt;
    private final int[] r = new int[STATE_WORDS];
    private final byte[] memory = new byte[MEMORY_END - MEMORY_START];
    private final byte[] prom = new byte[PROM_BYTES];
    private final boolean realtek;

    /**
     * @param interrupt drives the card's interrupt
     * @param realtek whether the chip is an RTL8029, which names itself in two registers
     */
    Dp8390(Cable cable, MacAddress mac, Consumer<Boolean> interrupt, boolean realtek) {
        this.cable = cable;
        this.interrupt = interrupt;
        this.realtek = realtek;
        // Each octet stands twice, as the PROM is eight bits wide on a bus of sixteen; "WW" marks a 16-bit card.
        for (int k = 0; k < 6; k++) {
            prom[2 * k] = (byte) (mac.bits() >>> 40 - 8 * k);
            prom[2 * k + 1] = prom[2 * k];
        }
        Arrays.fill(prom, 28, 32, (byte) 0x57);
        reset();
    }

    /** Power-on and the reset port; the packet memory is left as it is. */
    void reset() {
        Arrays.fill(r, 0);
        r[COMMAND] = CR_STP | CR_ABORT_DMA;
        r[STATUS] = ISR_RST;
        interrupt.accept(false);
    }

    void clearMemory() {
        Arrays.fill(memory, (byte) 0);
    }

    @Override
    public int read(int offset, int size) {
        if (offset >= DATA_PORT && offset < RESET_PORT) {
            return readData(size);
        }
        int value = 0;
        for (int k = 0; k < size && offset + k < PORTS; k++) {
            value |= readByte(offset + k) << 8 * k;
        }
        return value;
    }

    private int readByte(int offset) {
        if (offset >= RESET_PORT) {
            reset();
            return 0;
        }
        if (offset >= DATA_PORT) {
            return 0;
        }
        if (offset == CR) {
            return r[COMMAND];
        }
        return switch (r[COMMAND] >> 6) {
            case 0 -> readPage0(offset);
            case 1 -> r[PAGE1 + offset];
            case 2 -> r[PAGE0 + offset];
            default -> 0;
        };
    }

    private int readPage0(int offset) {
        return switch (offset) {
            case CLDA0 -> 0;
            case CLDA1 -> r[PAGE1 + CURR];
            case BNRY -> r[PAGE0 + BNRY];
            case TSR -> r[TRANSMIT_STATUS];
            case ISR -> r[STATUS];
            case CRDA0 -> r[REMOTE_ADDRESS] & 0xFF;
            case CRDA1 -> r[REMOTE_ADDRESS] >> 8;
            case ID0 -> realtek ? 0x50 : 0;
            case ID1 -> realtek ? 0x43 : 0;
            case RSR -> r[RECEIVE_STATUS];
            case CNTR2 -> {
                int missed = r[MISSED];
                r[MISSED] = 0; // cleared by reading (10.3)
                yield missed;
            }
            default -> 0;
        };
    }

    @Override
    public void write(int offset, int size, int value) {
        if (offset >= DATA_PORT && offset < RESET_PORT) {
            writeData(size, value);
            return;
        }
        for (int k = 0; k < size && offset + k < DATA_PORT; k++) {
            writeByte(offset + k, value >>> 8 * k & 0xFF);
        }
    }

    private void writeByte(int offset, int value) {
        if (offset == CR) {
            command(value);
        } else if (r[COMMAND] >> 6 == 1) {
            r[PAGE1 + offset] = value;
            arrived();
        } else if (r[COMMAND] >> 6 == 0) {
            writePage0(offset, value);
        }
    }

    private void writePage0(int offset, int value) {
        if (offset == ISR) {
            r[STATUS] &= ~(value & 0x7F);
            update();
            arrived();
            return;
        }
        r[PAGE0 + offset] = value;
        switch (offset) {
            case RSAR0, RSAR1 -> r[REMOTE_ADDRESS] = r[PAGE0 + RSAR0] | r[PAGE0 + RSAR1] << 8;
            case RBCR0, RBCR1 -> r[REMOTE_COUNT] = r[PAGE0 + RBCR0] | r[PAGE0 + RBCR1] << 8;
            case IMR -> {
                r[INTERRUPT_DRIVEN] |= value & ISR_PRX;
                update();
            }
            case BNRY, PSTART, PSTOP, RCR -> arrived();
            default -> {
                // nothing happens yet
            }
        }
    }

    private void command(int value) {
        r[COMMAND] = value & ~CR_TXP;
        if ((value & CR_STP) != 0) {
            r[STATUS] |= ISR_RST;
            return;
        }
        r[STATUS] &= ~ISR_RST;
        if ((value & 0x18) != 0 && (value & CR_ABORT_DMA) == 0 && r[REMOTE_COUNT] == 0) {
            raise(ISR_RDC); // remote DMA over nothing is done at once
        }
        if ((value & CR_TXP) != 0) {
            transmit();
        }
        arrived();
    }

    private void raise(int causes) {
        r[STATUS] |= causes;
        update();
    }

    private void update() {
        interrupt.accept((r[STATUS] & r[PAGE0 + IMR] & 0x7F) != 0);
    }

    // ---- remote DMA: the guest's way to the packet memory (7.3)

    /** Octets that an access moves: a word-wide card (WTS) always fetches whole words, a narrow one single octets (7.3). */
    private int moved(int size) {
        return (r[PAGE0 + DCR] & DCR_WTS) != 0 ? Math.max(2, size) : size == 2 ? 1 : size;
    }

    private int readData(int size) {
        int moved = moved(size);
        int value = 0;
        for (int k = 0; k < moved && r[REMOTE_COUNT] > 0; k++) {
            value |= k < size ? remoteByte() << 8 * k : 0;
            step();
        }
        return value;
    }

    private int remoteByte() {
        int at = r[REMOTE_ADDRESS];
        if (at < PROM_BYTES) {
            return prom[at] & 0xFF;
        }
        return at >= MEMORY_START && at < MEMORY_END ? memory[at - MEMORY_START] & 0xFF : 0xFF;
    }

    private void writeData(int size, int value) {
        int moved = moved(size);
        for (int k = 0; k < moved && r[REMOTE_COUNT] > 0; k++) {
            int at = r[REMOTE_ADDRESS];
            if (k < size && at >= MEMORY_START && at < MEMORY_END) {
                memory[at - MEMORY_START] = (byte) (value >>> 8 * k);
            }
            step();
        }
    }

    private void step() {
        int next = r[REMOTE_ADDRESS] + 1 & 0xFFFF;
        if (next == r[PAGE0 + PSTOP] << 8) {
            next = r[PAGE0 + PSTART] << 8; // the ring turns round (7.3)
        }
        r[REMOTE_ADDRESS] = next;
        if (--r[REMOTE_COUNT] == 0) {
            raise(ISR_RDC);
        }
    }

    // ---- frames

    private void transmit() {
        int length = r[PAGE0 + TBCR0] | r[PAGE0 + TBCR1] << 8;
        int at = r[PAGE0 + TPSR] << 8;
        boolean inside = at >= MEMORY_START && at + length <= MEMORY_END;
        if (inside && length >= Ethernet.HEADER && length <= Ethernet.MAX_FRAME) {
            byte[] frame = Arrays.copyOfRange(memory, at - MEMORY_START, at - MEMORY_START + length);
            boolean loop = (r[PAGE0 + TCR] & TCR_LOOPBACK) != 0 || (r[PAGE0 + DCR] & DCR_LS) == 0;
            if (!loop && cable.connected()) {
                cable.send(FrameBytes.padded(frame));
            }
        }
        r[TRANSMIT_STATUS] = TSR_PTX;
        raise(ISR_PTX);
    }

    /** STA only matters after a reset; later drivers write CR without it, and the chip goes on (10.2). */
    private boolean running() {
        return (r[COMMAND] & CR_STP) == 0;
    }

    /**
     * Takes frames from the cable while there is room in the ring. On a real wire a driver empties the ring faster than frames
     * come in; Linux's looks at nine and acknowledges PRX only then, so that others would wait there unseen. A driver that works
     * by interrupts therefore gets the next frame when it has acknowledged the one before.
     */
    void arrived() {
        if (!running() || (r[PAGE0 + RCR] & RCR_MON) != 0) {
            while (cable.receive() != null) {
                r[MISSED] = Math.min(0xFF, r[MISSED] + 1);
            }
            return;
        }
        while (room() > NEEDED && (r[INTERRUPT_DRIVEN] == 0 || (r[STATUS] & ISR_PRX) == 0)) {
            byte[] frame = cable.receive();
            if (frame == null) {
                return;
            }
            if (accepted(frame)) {
                store(frame);
            }
        }
    }

    /** Octets between the page being filled and the boundary; 0 when the ring does not lie in the packet memory. */
    private int room() {
        int start = r[PAGE0 + PSTART] << 8;
        int stop = r[PAGE0 + PSTOP] << 8;
        int current = r[PAGE1 + CURR] << 8;
        int boundary = r[PAGE0 + BNRY] << 8;
        // Drivers write the page before the next frame's, and Linux does not turn that round at the ring's start.
        boundary = boundary == start - PAGE ? stop - PAGE : boundary;
        boolean sane = start >= MEMORY_START
                && stop <= MEMORY_END
                && current >= start
                && current < stop
                && boundary >= start
                && boundary < stop;
        if (!sane) {
            return 0;
        }
        return current < boundary ? boundary - current : stop - start - (current - boundary);
    }

    private boolean accepted(byte[] frame) {
        int rcr = r[PAGE0 + RCR];
        long to = FrameBytes.destination(frame);
        if (to == Ethernet.BROADCAST) {
            return (rcr & RCR_AB) != 0;
        }
        if (Ethernet.group(to)) {
            int bit = FrameBytes.hash(frame) >>> 26;
            return (rcr & RCR_AM) != 0 && (r[PAGE1 + MAR0 + (bit >> 3)] >> (bit & 7) & 1) != 0;
        }
        long own = 0;
        for (int k = 0; k < 6; k++) {
            own = own << 8 | r[PAGE1 + PAR0 + k] & 0xFF;
        }
        return own == to || (rcr & RCR_PRO) != 0;
    }

    /** Status, next page and length, then the frame (7.2). */
    private void store(byte[] frame) {
        byte[] wire = FrameBytes.withFcs(frame);
        int start = r[PAGE0 + PSTART] << 8;
        int stop = r[PAGE0 + PSTOP] << 8;
        int at = r[PAGE1 + CURR] << 8;
        int pages = (wire.length + 4 + PAGE - 1) / PAGE;
        int next = at + pages * PAGE;
        next = next >= stop ? next - (stop - start) : next;
        int status = RSR_PRX | (Ethernet.group(FrameBytes.destination(frame)) ? RSR_PHY : 0);
        byte[] record = new byte[wire.length + 4];
        record[0] = (byte) status;
        record[1] = (byte) (next >> 8);
        record[2] = (byte) record.length;
        record[3] = (byte) (record.length >> 8);
        System.arraycopy(wire, 0, record, 4, wire.length);
        int first = Math.min(record.length, stop - at);
        System.arraycopy(record, 0, memory, at - MEMORY_START, first);
        System.arraycopy(record, first, memory, start - MEMORY_START, record.length - first);
        r[PAGE1 + CURR] = next >> 8;
        r[RECEIVE_STATUS] = status;
        raise(ISR_PRX);
    }

    int[] saveRegisters() {
        return r.clone();
    }

    byte[] saveMemory() {
        return memory.clone();
    }

    void restore(int[] registers, byte[] contents) {
        System.arraycopy(registers, 0, r, 0, STATE_WORDS);
        System.arraycopy(contents, 0, memory, 0, memory.length);
        update();
    }
}
