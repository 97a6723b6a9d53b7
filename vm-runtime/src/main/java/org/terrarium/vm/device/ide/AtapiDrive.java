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
public final class AtapiDrive extends AtaDevice implements MmcCommands.Host {
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
    private final Tray tray;
    private final MmcCommands commands;
    private int sense;
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
            String label, TimerQueue timers, DiskAttachment medium, DriveIdentity identity, Tray.Listener listener) {
        super(label, timers);
        this.identity = identity;
        tray = new Tray(medium, listener);
        commands = new MmcCommands(packet, tray, identity, this);
        afterReset(true);
    }

    /** The tray: what the user does to the drive. */
    public Tray tray() {
        return tray;
    }

    /** Whether the drive waits for the command packet. */
    boolean wantsPacket() {
        return stage == Stage.PACKET && phase == Phase.PIO_OUT;
    }

    @Override
    protected void afterReset(boolean hard) {
        if (hard) {
            transferMode = DEFAULT_TRANSFER_MODE;
            tray.reset();
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
            case EXECUTE -> commands.execute();
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

    @Override
    public int sense() {
        return sense;
    }

    @Override
    public void succeed() {
        sense = 0;
        finish();
    }

    @Override
    public void check(int code) {
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

    @Override
    public void reply(byte[] data, int allocation) {
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

    @Override
    public void read(long from, long count, int parts) {
        if (count == 0) {
            succeed();
        } else if (from < 0 || from + count > tray.blocks()) {
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

    @Override
    public void takeParameters(int bytes) {
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

    private void readChunk() {
        if (!tray.ready()) {
            check(NOT_READY_NO_MEDIUM_OPEN); // taken out in the middle of a command
            return;
        }
        int count = Math.min(remaining, CHUNK_BLOCKS);
        ensureBuffer(count * RAW_BLOCK);
        tray.medium().read(lba * BLOCK, buffer, 0, count * BLOCK, expect(ok -> {
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
                tray.open(),
                tray.locked(),
                sense,
                tray.attention(),
                tray.event(),
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
        tray.restore(s.trayOpen(), s.locked(), s.attention(), s.event());
        sense = s.sense();
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
