package org.terrarium.vm.device.floppy;

import static org.terrarium.vm.device.floppy.Fdc.*;
import static org.terrarium.vm.device.floppy.FloppyGeometry.SECTOR_BYTES;

import java.util.Arrays;
import org.terrarium.vm.device.dma.DmaChannel;
import org.terrarium.vm.io.DiskAttachment;

/**
 * The execution phase of READ, WRITE, FORMAT TRACK and VERIFY: sector by sector between medium and host (82077AA datasheet,
 * 5.1 and 5.2). The controller calls {@link #step} from its timer and gets told when the command is over.
 */
final class SectorTransfer {
    /** What the transfer asks of the controller. */
    interface Host {
        /** Come back after a sector's time, or soon when the DMA channel was not ready. */
        void continueLater();

        /** A sector waits to be read, or room for one to be filled, through the data register. */
        void hostTurn();

        /** The command is over with these status bits; {@code st0} without drive and head. */
        void finished(int st0, int st1, int st2);
    }

    private static final int MAX_WAITS = 2000;
    private static final int SIZE_512 = 2;
    private static final int FORMAT_ID_BYTES = 4;

    private final Host host;
    private final DmaChannel dma;
    private byte[] buffer = new byte[SECTOR_BYTES];
    private FloppyDrive drive;
    private int driveNumber;
    private int command;
    private int cylinder;
    private int head;
    private int sector;
    private int size;
    private int endOfTrack;
    private int fill;
    private int physicalHead;
    private int position;
    private boolean loaded;
    private int waits;
    private boolean nonDma;
    private int generation;
    private boolean inFlight;

    SectorTransfer(Host host, DmaChannel dma) {
        this.host = host;
        this.dma = dma;
    }

    private int kind() {
        return command & 0x1F;
    }

    /** Takes a command with its parameter bytes; {@link #step} does the rest. */
    void begin(byte[] bytes, FloppyDrive target, int number, boolean programmedIo) {
        forgetRequest();
        command = bytes[0] & 0xFF;
        drive = target;
        driveNumber = number;
        nonDma = programmedIo;
        physicalHead = bytes[1] >> 2 & 1;
        position = 0;
        loaded = false;
        waits = 0;
        if (kind() == FORMAT_TRACK) {
            size = bytes[2] & 0xFF;
            endOfTrack = bytes[3] & 0xFF;
            fill = bytes[5] & 0xFF;
            cylinder = drive.cylinder();
            head = physicalHead;
            sector = 1;
        } else {
            cylinder = bytes[2] & 0xFF;
            head = bytes[3] & 0xFF;
            sector = kind() == READ_TRACK ? 1 : bytes[4] & 0xFF;
            size = bytes[5] & 0xFF;
            endOfTrack = bytes[6] & 0xFF;
        }
        if (!nonDma) {
            dma.request(true);
        }
    }

    /** Forgets the command. */
    void abandon() {
        forgetRequest();
        dma.request(false);
    }

    /** A request in flight will find nobody waiting, and still has the buffer. */
    private void forgetRequest() {
        generation++;
        if (inFlight) {
            inFlight = false;
            buffer = new byte[SECTOR_BYTES];
        }
    }

    int cylinder() {
        return cylinder;
    }

    int head() {
        return head;
    }

    int sector() {
        return sector;
    }

    int size() {
        return size;
    }

    int endOfTrack() {
        return endOfTrack;
    }

    int physicalHead() {
        return physicalHead;
    }

    /** Whether the host reads from the data register in this command. */
    boolean toHost() {
        return switch (kind()) {
            case READ_DATA, READ_DELETED_DATA, READ_TRACK -> true;
            default -> false;
        };
    }

    /** Does what comes next; {@code rate} is the data rate the host selected. */
    void step(int rate) {
        int trouble = unreadable(rate);
        if (trouble != 0) {
            finish(ST0_ABNORMAL, trouble, 0);
            return;
        }
        switch (kind()) {
            case FORMAT_TRACK -> format();
            case WRITE_DATA, WRITE_DELETED_DATA -> write();
            case VERIFY -> {
                if (found()) {
                    advance(false);
                }
            }
            default -> read();
        }
    }

    private int unreadable(int rate) {
        FloppyGeometry g = drive.geometry();
        if (g == null || g.rate() != rate || physicalHead >= g.heads()) {
            return ST1_MISSING_ADDRESS_MARK;
        }
        boolean writes = kind() == FORMAT_TRACK || kind() == WRITE_DATA || kind() == WRITE_DELETED_DATA;
        return writes && drive.writeProtected() ? ST1_NOT_WRITABLE : 0;
    }

    /** Whether the head finds the sector; ends the command when it does not. */
    private boolean found() {
        FloppyGeometry g = drive.geometry();
        if (!onCylinder(g) || cylinder >= g.cylinders()) {
            finish(ST0_ABNORMAL, ST1_NO_DATA, ST2_WRONG_CYLINDER);
            return false;
        }
        if (head != physicalHead || sector == 0 || sector > g.sectors() || size != SIZE_512) {
            finish(ST0_ABNORMAL, ST1_NO_DATA, 0);
            return false;
        }
        return true;
    }

    /** An 80-track drive steps twice for each track of a 40-track disk, where its driver knows that. */
    private boolean onCylinder(FloppyGeometry g) {
        return drive.cylinder() == cylinder || g.cylinders() == 40 && drive.cylinder() == 2 * cylinder;
    }

    private long offset() {
        FloppyGeometry g = drive.geometry();
        return (((long) cylinder * g.heads() + head) * g.sectors() + sector - 1) * SECTOR_BYTES;
    }

    private DiskAttachment.Completion expect(DiskAttachment.Completion next) {
        int mine = generation;
        inFlight = true;
        return ok -> {
            if (mine == generation) {
                inFlight = false;
                next.done(ok);
            }
        };
    }

    private void read() {
        if (loaded) {
            deliver();
        } else if (found()) {
            drive.medium().read(offset(), buffer, 0, SECTOR_BYTES, expect(ok -> {
                if (!ok) {
                    finish(ST0_ABNORMAL, ST1_DATA_ERROR, ST2_DATA_ERROR_IN_DATA);
                    return;
                }
                loaded = true;
                position = 0;
                deliver();
            }));
        }
    }

    private void deliver() {
        if (nonDma) {
            host.hostTurn();
            return;
        }
        int moved = dma.transfer(DmaChannel.Direction.DEVICE_TO_MEMORY, buffer, position, SECTOR_BYTES - position);
        position += moved;
        boolean terminalCount = moved > 0 && dma.terminalCount();
        if (terminalCount || position == SECTOR_BYTES) {
            loaded = false;
            advance(terminalCount);
        } else {
            waitForDma();
        }
    }

    private void write() {
        if (position == 0 && !found()) {
            return;
        }
        if (nonDma && position < SECTOR_BYTES) {
            host.hostTurn();
            return;
        }
        boolean terminalCount = false;
        if (!nonDma) {
            int moved = dma.transfer(DmaChannel.Direction.MEMORY_TO_DEVICE, buffer, position, SECTOR_BYTES - position);
            position += moved;
            terminalCount = moved > 0 && dma.terminalCount();
            if (!terminalCount && position < SECTOR_BYTES) {
                waitForDma();
                return;
            }
        }
        // A sector that the host cut short is filled with zeroes (5.2.2).
        Arrays.fill(buffer, position, SECTOR_BYTES, (byte) 0);
        store(terminalCount);
    }

    private void store(boolean terminalCount) {
        drive.medium().write(offset(), buffer, 0, SECTOR_BYTES, expect(ok -> {
            if (ok) {
                advance(terminalCount);
            } else {
                finish(ST0_ABNORMAL, ST1_DATA_ERROR, 0);
            }
        }));
    }

    /** The host supplies four bytes of identification for every sector; only those of the disk's own format can be kept. */
    private void format() {
        boolean terminalCount = false;
        if (nonDma && position < FORMAT_ID_BYTES) {
            host.hostTurn();
            return;
        }
        if (!nonDma) {
            int moved =
                    dma.transfer(DmaChannel.Direction.MEMORY_TO_DEVICE, buffer, position, FORMAT_ID_BYTES - position);
            position += moved;
            terminalCount = moved > 0 && dma.terminalCount();
            if (position < FORMAT_ID_BYTES) {
                if (terminalCount) {
                    finish(ST0_ABNORMAL, ST1_OVERRUN, 0);
                } else {
                    waitForDma();
                }
                return;
            }
        }
        cylinder = buffer[0] & 0xFF;
        head = buffer[1] & 0xFF;
        sector = buffer[2] & 0xFF;
        size = buffer[3] & 0xFF;
        FloppyGeometry g = drive.geometry();
        boolean fits = onCylinder(g)
                && cylinder < g.cylinders()
                && head == physicalHead
                && sector >= 1
                && sector <= g.sectors()
                && size == SIZE_512;
        if (!fits) {
            finish(ST0_ABNORMAL, ST1_NO_DATA, 0);
            return;
        }
        Arrays.fill(buffer, (byte) fill);
        drive.medium().write(offset(), buffer, 0, SECTOR_BYTES, expect(ok -> {
            position = 0;
            if (!ok) {
                finish(ST0_ABNORMAL, ST1_DATA_ERROR, 0);
            } else if (--endOfTrack <= 0) {
                finish(0, 0, 0);
            } else {
                host.continueLater();
            }
        }));
    }

    private void waitForDma() {
        if (++waits > MAX_WAITS) {
            finish(ST0_ABNORMAL, ST1_OVERRUN, 0);
        } else {
            host.continueLater();
        }
    }

    /** The sector is done: on to the next, or to the end (82077AA datasheet, table 5-5 for the identification returned). */
    private void advance(boolean terminalCount) {
        position = 0;
        waits = 0;
        boolean last = sector == endOfTrack;
        boolean otherSide = last && (command & MT) != 0 && head == 0;
        boolean over = last && !otherSide;
        sector = last ? 1 : sector + 1 & 0xFF;
        if (last && (command & MT) != 0) {
            head ^= 1;
            physicalHead ^= 1;
        }
        if (over) {
            cylinder = cylinder + 1 & 0xFF;
        }
        boolean markMissing = kind() == READ_DELETED_DATA;
        if (terminalCount || markMissing) {
            finish(0, 0, markMissing ? ST2_CONTROL_MARK : 0);
        } else if (over) {
            boolean verified = kind() == VERIFY || kind() == READ_TRACK;
            finish(verified ? 0 : ST0_ABNORMAL, verified ? 0 : ST1_END_OF_CYLINDER, 0);
        } else {
            host.continueLater();
        }
    }

    private void finish(int st0, int st1, int st2) {
        dma.request(false);
        generation++;
        host.finished(st0, st1, st2);
    }

    /** The host reads the next byte of the sector. */
    int readByte() {
        int value = buffer[position++] & 0xFF;
        if (position == SECTOR_BYTES) {
            loaded = false;
            advance(false);
        }
        return value;
    }

    /** The host writes the next byte; returns whether the sector (or identification) is full now. */
    boolean writeByte(int value) {
        buffer[position++] = (byte) value;
        return position == (kind() == FORMAT_TRACK ? FORMAT_ID_BYTES : SECTOR_BYTES);
    }

    SectorTransferState save() {
        return new SectorTransferState(
                command,
                driveNumber,
                cylinder,
                head,
                sector,
                size,
                endOfTrack,
                fill,
                physicalHead,
                buffer.clone(),
                position,
                loaded,
                waits);
    }

    void restore(SectorTransferState s, FloppyDrive target, boolean programmedIo) {
        forgetRequest();
        command = s.command();
        drive = target;
        driveNumber = s.drive();
        nonDma = programmedIo;
        cylinder = s.cylinder();
        head = s.head();
        sector = s.sector();
        size = s.size();
        endOfTrack = s.endOfTrack();
        fill = s.fill();
        physicalHead = s.physicalHead();
        System.arraycopy(s.buffer(), 0, buffer, 0, SECTOR_BYTES);
        position = s.position();
        loaded = s.loaded();
        waits = s.waits();
    }
}
