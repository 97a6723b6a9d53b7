package org.terrarium.vm.device.ide;

import static org.terrarium.vm.device.ide.Ata.*;
import static org.terrarium.vm.device.ide.Mmc.*;

import java.util.Arrays;
import org.terrarium.vm.io.DiskAttachment;
import org.terrarium.vm.time.TimerQueue;

/**
 * A CD/DVD-ROM drive: the PACKET protocol of ATA/ATAPI-6 (T13/1410D, 9.8 and 9.9) carrying the commands of MMC-3. The medium
 * can be changed and the tray opened from both sides while the machine runs.
 */
public final class AtapiDrive extends AtaDevice {
    /** Told when the guest moves the tray. */
    @FunctionalInterface
    public interface TrayListener {
        void moved(boolean open);
    }

    private enum Stage {
        COMMAND,
        PACKET,
        EXECUTE,
        READ,
        REPLY,
        SELECT
    }

    private static final Stage[] STAGES = Stage.values();
    private static final int CHUNK_BLOCKS = 32;
    private static final int DEFAULT_TRANSFER_MODE = 0x0C;
    private static final int RAW_BLOCK = 2352;

    private final DriveIdentity identity;
    private final TrayListener tray;
    private DiskAttachment medium;
    private boolean trayOpen;
    private boolean locked;
    private int sense;
    private int attention;
    private int event;
    private int transferMode;
    private Stage stage = Stage.COMMAND;
    private final byte[] packet = new byte[PACKET_BYTES];
    private boolean dma;
    private int byteLimit;
    private long lba;
    private int remaining;
    private int layout;
    private int filled;

    /** {@code medium} may be null: an empty drive. */
    public AtapiDrive(
            String label, TimerQueue timers, DiskAttachment medium, DriveIdentity identity, TrayListener tray) {
        super(label, timers);
        this.medium = medium;
        this.identity = identity;
        this.tray = tray;
        afterReset(true);
    }

    /** The user puts a disc in and closes the tray; another one that is in there comes out. */
    public void insert(DiskAttachment disc) {
        medium = disc;
        trayOpen = false;
        event = EVENT_NEW_MEDIA;
        attention = MEDIUM_MAY_HAVE_CHANGED;
    }

    /** The user takes the disc out, whatever the guest has locked (the pin hole in the front). */
    public void remove() {
        medium = null;
        locked = false;
        event = EVENT_MEDIA_REMOVAL;
        attention = MEDIUM_MAY_HAVE_CHANGED;
    }

    /**
     * The user presses the eject button. A locked drive passes the wish on to the guest; returns whether the tray is open now.
     */
    public boolean pressEject() {
        if (locked && medium != null) {
            event = EVENT_EJECT_REQUEST;
            return false;
        }
        trayOpen = true;
        event = EVENT_MEDIA_REMOVAL;
        attention = medium == null ? attention : MEDIUM_MAY_HAVE_CHANGED;
        return true;
    }

    public boolean trayOpen() {
        return trayOpen;
    }

    /** Whether the guest prevents the removal of the disc. */
    public boolean locked() {
        return locked;
    }

    private boolean ready() {
        return medium != null && !trayOpen;
    }

    /** Whether the drive waits for the command packet. */
    boolean wantsPacket() {
        return stage == Stage.PACKET && phase == Phase.PIO_OUT;
    }

    private long blocks() {
        return medium == null ? 0 : (medium.size() + BLOCK - 1) / BLOCK;
    }

    @Override
    protected void afterReset(boolean hard) {
        if (hard) {
            transferMode = DEFAULT_TRANSFER_MODE;
            locked = false;
            event = EVENT_NONE;
            attention = POWER_ON_OR_RESET;
            sense = 0;
        }
        stage = Stage.COMMAND;
        remaining = 0;
        filled = 0;
        lba = 0;
        layout = 0;
        byteLimit = 0;
        dma = false;
        Arrays.fill(packet, (byte) 0);
        signature(0x14, 0xEB);
        error = 1; // diagnostic code: passed
        status = 0; // a packet device is not ready until the first command (9.12)
    }

    @Override
    protected void start() {
        if (command == DEVICE_RESET) {
            afterReset(false);
            return;
        }
        stage = Stage.COMMAND;
        filled = 0;
        remaining = 0;
        later();
    }

    @Override
    protected void proceed() {
        switch (stage) {
            case COMMAND -> execute();
            case EXECUTE -> executePacket();
            case READ -> readChunk();
            case PACKET, REPLY, SELECT -> finish();
        }
    }

    private void execute() {
        switch (command) {
            case PACKET -> {
                dma = (features & 1) != 0;
                int limit = (lbaHigh & 0xFF) << 8 | lbaMid & 0xFF;
                byteLimit = limit == 0 || limit == 0xFFFF ? 0xFFFE : limit;
                sectorCount = COD;
                ensureBuffer(PACKET_BYTES);
                stage = Stage.PACKET;
                pioBlock(Phase.PIO_OUT, 0, PACKET_BYTES, false);
            }
            case IDENTIFY_PACKET_DEVICE -> identify();
            case IDENTIFY_DEVICE, READ_SECTORS, READ_SECTORS_NO_RETRY -> {
                // Refused with the signature, so that the host sees a packet device (8.12).
                signature(0x14, 0xEB);
                fail(ABRT);
            }
            case SET_FEATURES -> setFeatures();
            case CHECK_POWER_MODE -> {
                sectorCount = 0xFF;
                complete();
            }
            case IDLE_IMMEDIATE, STANDBY_IMMEDIATE, SLEEP, FLUSH_CACHE -> complete();
            default -> fail(ABRT);
        }
    }

    private void setFeatures() {
        switch (features & 0xFF) {
            case 0x03 -> {
                int mode = sectorCount & 0xFF;
                if (TransferMode.valid(mode)) {
                    transferMode = mode;
                    complete();
                } else {
                    fail(ABRT);
                }
            }
            case 0x66, 0xCC -> complete();
            default -> fail(ABRT);
        }
    }

    private void identify() {
        ensureBuffer(SECTOR);
        new IdentifyBuffer(buffer)
                .word(0, 0x85C0) // ATAPI, CD-ROM, removable, DRQ within 50 us, 12-byte packets
                .string(10, 10, identity.serial())
                .string(23, 4, identity.firmware())
                .string(27, 20, identity.model())
                .word(49, 0x0F00)
                .word(50, 0x4000)
                .word(53, 0x0006)
                .multiwordDma(transferMode)
                .word(64, 0x0003)
                .word(65, 120)
                .word(66, 120)
                .word(67, 120)
                .word(68, 120)
                .word(80, 0x007E)
                .word(81, 0x0019)
                .word(82, 0x4210) // NOP no, DEVICE RESET, PACKET
                .word(83, 0x4000)
                .word(84, 0x4000)
                .word(85, 0x4210)
                .word(86, 0x0000)
                .word(87, 0x4000)
                .ultraDma(transferMode)
                .seal();
        filled = SECTOR;
        stage = Stage.REPLY;
        byteLimit = SECTOR;
        pioBlock(Phase.PIO_IN, 0, SECTOR, true);
    }

    @Override
    protected void blockMoved() {
        if (stage == Stage.PACKET) {
            System.arraycopy(buffer, 0, packet, 0, PACKET_BYTES);
            phase = Phase.NONE;
            busy();
            stage = Stage.EXECUTE;
            later();
        } else if (position < filled) {
            offerBlock(phase);
        } else if (command == PACKET) {
            bufferMoved();
        } else {
            phase = Phase.NONE;
            status = DRDY | DSC;
        }
    }

    @Override
    protected void dmaMoved() {
        bufferMoved();
    }

    private void bufferMoved() {
        phase = Phase.NONE;
        busy();
        if (stage == Stage.READ && remaining == 0) {
            stage = Stage.REPLY;
        }
        later();
    }

    /** The command packet's data is through: interrupt with command completion (9.8). */
    private void finish() {
        sectorCount = IO | COD;
        complete();
    }

    private void check(int code) {
        sense = code;
        remaining = 0;
        sectorCount = IO | COD;
        fail((code >> 16) << 4 | ABRT);
    }

    /** The next block of the data port, never more than the host's byte count limit (9.8; 8.23.3). */
    private void offerBlock(Phase direction) {
        int left = filled - position;
        int limit = left > byteLimit ? Math.max(byteLimit & ~1, 2) : left;
        int bytes = Math.min(left, limit);
        lbaMid = bytes & 0xFF;
        lbaHigh = bytes >> 8;
        sectorCount = direction == Phase.PIO_IN ? IO : 0;
        pioBlock(direction, position, bytes, true);
    }

    private void offerBuffer(int bytes) {
        filled = bytes;
        position = 0;
        if (dma) {
            sectorCount = IO;
            dmaBlock(Phase.DMA_IN, bytes);
        } else {
            offerBlock(Phase.PIO_IN);
        }
    }

    /** Returns {@code data}, cut to what the host allows; null refuses the request. */
    private void reply(byte[] data, int allocation) {
        if (data == null) {
            check(INVALID_FIELD);
            return;
        }
        sense = 0;
        int bytes = Math.min(data.length, allocation);
        if (bytes == 0) {
            finish();
            return;
        }
        ensureBuffer(bytes);
        System.arraycopy(data, 0, buffer, 0, bytes);
        stage = Stage.REPLY;
        offerBuffer(bytes);
    }

    private int field8(int at) {
        return packet[at] & 0xFF;
    }

    private int field16(int at) {
        return field8(at) << 8 | field8(at + 1);
    }

    private long field32(int at) {
        return (long) field16(at) << 16 | field16(at + 2);
    }

    private void executePacket() {
        int opcode = field8(0);
        boolean always = opcode == INQUIRY
                || opcode == REQUEST_SENSE
                || opcode == GET_CONFIGURATION
                || opcode == GET_EVENT_STATUS_NOTIFICATION;
        if (attention != 0 && !always) {
            int code = UNIT_ATTENTION | attention;
            attention = 0;
            check(code);
            return;
        }
        switch (opcode) {
            case REQUEST_SENSE -> requestSense();
            case INQUIRY -> reply((field8(1) & 1) != 0 ? null : MmcReplies.inquiry(identity), field16(3));
            case MODE_SENSE_6 -> modeSense(false, field8(4));
            case MODE_SENSE_10 -> modeSense(true, field16(7));
            case MODE_SELECT_6 -> modeSelect(field8(4));
            case MODE_SELECT_10 -> modeSelect(field16(7));
            case START_STOP_UNIT -> startStop();
            case PREVENT_ALLOW_MEDIUM_REMOVAL -> {
                locked = (field8(4) & 1) != 0;
                succeed();
            }
            case GET_CONFIGURATION ->
                reply(MmcReplies.configuration(field8(1) & 3, field16(2), ready() ? blocks() : 0), field16(7));
            case GET_EVENT_STATUS_NOTIFICATION -> eventStatus();
            case MECHANISM_STATUS -> reply(MmcReplies.mechanismStatus(trayOpen), field16(8));
            case SET_CD_SPEED, STOP_PLAY_SCAN -> succeed();
            default -> {
                if (needsMedium(opcode) && !ready()) {
                    check(trayOpen ? NOT_READY_NO_MEDIUM_OPEN : NOT_READY_NO_MEDIUM_CLOSED);
                } else {
                    executeOnMedium(opcode);
                }
            }
        }
    }

    private static boolean needsMedium(int opcode) {
        return switch (opcode) {
            case TEST_UNIT_READY,
                    READ_CAPACITY,
                    READ_10,
                    READ_12,
                    READ_CD,
                    READ_CD_MSF,
                    SEEK_10,
                    READ_SUB_CHANNEL,
                    READ_TOC,
                    READ_DISC_INFORMATION,
                    READ_TRACK_INFORMATION -> true;
            default -> false;
        };
    }

    private void executeOnMedium(int opcode) {
        switch (opcode) {
            case TEST_UNIT_READY -> succeed();
            case READ_CAPACITY -> reply(MmcReplies.capacity(blocks()), 8);
            case READ_10 -> read(field32(2), field16(7), 0);
            case READ_12 -> read(field32(2), field32(6), 0);
            case READ_CD -> readCd(field32(2), field16(6) << 8 | field8(8));
            case READ_CD_MSF -> {
                long from = frame(3);
                long to = frame(6);
                if (to < from) {
                    check(INVALID_FIELD);
                } else {
                    readCd(from, to - from);
                }
            }
            case SEEK_10 -> {
                if (field32(2) >= blocks()) {
                    check(LBA_OUT_OF_RANGE);
                } else {
                    succeed();
                }
            }
            case READ_SUB_CHANNEL -> reply(MmcReplies.subChannel((field8(2) & 0x40) != 0, field8(3)), field16(7));
            case READ_TOC -> {
                // Old drivers put the format into the top of the last byte (SFF-8020i, 10.8.20).
                int format = (field8(2) & 0xF) != 0 ? field8(2) & 0xF : field8(9) >> 6;
                reply(MmcReplies.toc(format, (field8(1) & 2) != 0, field8(6), blocks()), field16(7));
            }
            case READ_DISC_INFORMATION -> reply(MmcReplies.discInformation(), field16(7));
            case READ_TRACK_INFORMATION -> reply(MmcReplies.trackInformation(blocks()), field16(7));
            default -> check(INVALID_OPCODE);
        }
    }

    /** A minute, second, frame address in the packet as a block number. */
    private long frame(int at) {
        return (field8(at) * 60L + field8(at + 1)) * 75 + field8(at + 2) - 150;
    }

    private void succeed() {
        sense = 0;
        finish();
    }

    private void requestSense() {
        int code = sense;
        if (code == 0 && attention != 0) {
            code = UNIT_ATTENTION | attention;
            attention = 0;
        }
        reply(MmcReplies.sense(code), field8(4));
    }

    private void eventStatus() {
        if ((field8(1) & 1) == 0) {
            check(INVALID_FIELD); // only polling is offered
            return;
        }
        int classes = field8(4);
        byte[] data = MmcReplies.event(classes, event, trayOpen, ready());
        if ((classes & 0x10) != 0) {
            event = EVENT_NONE;
        }
        reply(data, field16(7));
    }

    private void modeSense(boolean tenByteForm, int allocation) {
        int control = field8(2) >> 6;
        if (control == 3) {
            check(SAVING_NOT_SUPPORTED);
        } else {
            reply(MmcReplies.modePages(field8(2) & 0x3F, control == 1, tenByteForm, locked), allocation);
        }
    }

    /** The parameters are taken and have no effect: nothing here can be set that would change what is read. */
    private void modeSelect(int bytes) {
        if (bytes == 0) {
            succeed();
            return;
        }
        ensureBuffer(bytes);
        filled = bytes;
        position = 0;
        stage = Stage.SELECT;
        sense = 0;
        if (dma) {
            sectorCount = 0;
            dmaBlock(Phase.DMA_OUT, bytes);
        } else {
            offerBlock(Phase.PIO_OUT);
        }
    }

    private void startStop() {
        boolean start = (field8(4) & 1) != 0;
        boolean loadEject = (field8(4) & 2) != 0;
        if (!loadEject || start != trayOpen) {
            succeed();
            return;
        }
        if (!start && locked) {
            check(REMOVAL_PREVENTED);
            return;
        }
        trayOpen = !start;
        event = start && medium != null ? EVENT_NEW_MEDIA : EVENT_MEDIA_REMOVAL;
        if (start && medium != null) {
            attention = MEDIUM_MAY_HAVE_CHANGED;
        }
        tray.moved(trayOpen);
        succeed();
    }

    /** READ CD (MMC-3, 6.1.13): byte 9 says which parts of a mode 1 block are wanted. */
    private void readCd(long from, long count) {
        int type = field8(1) >> 2 & 7;
        int parts = field8(9) & 0xF8;
        if (type != 0 && type != 2) {
            check(ILLEGAL_MODE_FOR_TRACK);
        } else if ((field8(10) & 7) != 0) {
            check(INVALID_FIELD);
        } else if (RawBlocks.size(parts) == 0) {
            succeed();
        } else {
            read(from, count, parts == 0x10 ? 0 : parts);
        }
    }

    private void read(long from, long count, int parts) {
        if (count == 0) {
            succeed();
        } else if (from < 0 || from + count > blocks()) {
            check(LBA_OUT_OF_RANGE);
        } else {
            sense = 0;
            lba = from;
            remaining = (int) count;
            layout = parts;
            stage = Stage.READ;
            readChunk();
        }
    }

    private void readChunk() {
        if (!ready()) {
            check(NOT_READY_NO_MEDIUM_OPEN); // taken out in the middle of a command
            return;
        }
        int count = Math.min(remaining, CHUNK_BLOCKS);
        ensureBuffer(count * RAW_BLOCK);
        medium.read(lba * BLOCK, buffer, 0, count * BLOCK, expect(ok -> {
            if (!ok) {
                check(UNRECOVERED_READ_ERROR);
                return;
            }
            int bytes = layout == 0 ? count * BLOCK : RawBlocks.spread(buffer, lba, count, layout);
            lba += count;
            remaining -= count;
            offerBuffer(bytes);
        }));
    }

    @Override
    AtaDeviceState save() {
        return new AtapiState(
                saveTaskFile(filled),
                trayOpen,
                locked,
                sense,
                attention,
                event,
                transferMode,
                stage.ordinal(),
                packet.clone(),
                dma,
                byteLimit,
                lba,
                remaining,
                layout,
                filled);
    }

    @Override
    void restore(AtaDeviceState state) {
        AtapiState s = (AtapiState) state;
        restoreTaskFile(s.taskFile());
        trayOpen = s.trayOpen();
        locked = s.locked();
        sense = s.sense();
        attention = s.attention();
        event = s.event();
        transferMode = s.transferMode();
        stage = STAGES[s.stage()];
        System.arraycopy(s.packet(), 0, packet, 0, PACKET_BYTES);
        dma = s.dma();
        byteLimit = s.byteLimit();
        lba = s.lba();
        remaining = s.remaining();
        layout = s.layout();
        filled = s.filled();
    }
}
