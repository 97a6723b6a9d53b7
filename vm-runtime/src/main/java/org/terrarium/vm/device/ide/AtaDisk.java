package org.terrarium.vm.device.ide;

import static org.terrarium.vm.device.ide.Ata.*;

import java.util.Arrays;
import org.terrarium.vm.io.DiskAttachment;
import org.terrarium.vm.time.TimerQueue;

/**
 * A hard disk with the general feature set of ATA/ATAPI-6 (T13/1410D), 48-bit addresses, multiword and Ultra DMA. Data is
 * moved in pieces of up to 64 KiB, so that a long command does not hold the machine.
 */
public final class AtaDisk extends AtaDevice {
    private enum Stage {
        COMMAND,
        READ,
        WRITE,
        TRIM
    }

    private static final Stage[] STAGES = Stage.values();
    private static final int CHUNK_SECTORS = 128;
    static final long MAX_LBA28 = 0x0FFF_FFFF;
    private static final int TRIM = 1;
    private static final int TRIM_ENTRY = 8;
    private static final int POWER_ACTIVE = 0xFF;
    private static final int POWER_STANDBY = 0x00;

    private final DiskAttachment disk;
    private final DriveIdentity identity;
    private final long sectorsTotal;
    private final AtaSettings settings = new AtaSettings();
    private final boolean serialAta;
    private final QueuedErrorLog errorLog = new QueuedErrorLog();
    private boolean standby;
    private Stage stage = Stage.COMMAND;
    private long lba;
    private int remaining;
    private int blockBytes;
    private int filled;

    /** A disk on a parallel channel. */
    public AtaDisk(String label, TimerQueue timers, DiskAttachment disk, DriveIdentity identity) {
        this(label, timers, disk, identity, false);
    }

    AtaDisk(String label, TimerQueue timers, DiskAttachment disk, DriveIdentity identity, boolean serialAta) {
        super(label, timers);
        this.disk = disk;
        this.identity = identity;
        this.serialAta = serialAta;
        sectorsTotal = disk.size() / SECTOR;
        afterReset(true);
    }

    /** Cylinders of the default translation, at most 16383. */
    public int cylinders() {
        return (int) Math.min(
                AtaSettings.MAX_CYLINDERS, sectorsTotal / (AtaSettings.DEFAULT_HEADS * AtaSettings.DEFAULT_SECTORS));
    }

    /** Number of 512-byte sectors. */
    public long sectorCount() {
        return sectorsTotal;
    }

    @Override
    protected void afterReset(boolean hard) {
        if (hard) {
            settings.reset();
            errorLog.clear();
        }
        standby = false;
        stage = Stage.COMMAND;
        lba = 0;
        remaining = 0;
        blockBytes = 0;
        filled = 0;
        signature(0, 0);
        error = 1; // diagnostic code: passed
        status = DRDY | DSC;
    }

    @Override
    protected void start() {
        stage = Stage.COMMAND;
        remaining = 0;
        filled = 0;
        later();
    }

    @Override
    protected void proceed() {
        switch (stage) {
            case COMMAND -> execute();
            case READ -> readChunk();
            case WRITE -> writeChunk();
            case TRIM -> trim(0);
        }
    }

    private void execute() {
        switch (command) {
            case READ_SECTORS, READ_SECTORS_NO_RETRY -> read(false, SECTOR);
            case READ_SECTORS_EXT -> read(true, SECTOR);
            case READ_MULTIPLE, READ_MULTIPLE_EXT -> {
                if (settings.multiple == 0) {
                    fail(ABRT);
                } else {
                    read(command == READ_MULTIPLE_EXT, settings.multiple * SECTOR);
                }
            }
            case READ_DMA, READ_DMA_NO_RETRY -> read(false, SECTOR);
            case READ_DMA_EXT -> read(true, SECTOR);
            case WRITE_SECTORS, WRITE_SECTORS_NO_RETRY, WRITE_VERIFY -> write(false, SECTOR);
            case WRITE_SECTORS_EXT -> write(true, SECTOR);
            case WRITE_MULTIPLE, WRITE_MULTIPLE_EXT -> {
                if (settings.multiple == 0) {
                    fail(ABRT);
                } else {
                    write(command == WRITE_MULTIPLE_EXT, settings.multiple * SECTOR);
                }
            }
            case WRITE_DMA, WRITE_DMA_NO_RETRY -> write(false, SECTOR);
            case WRITE_DMA_EXT -> write(true, SECTOR);
            case READ_VERIFY, READ_VERIFY_NO_RETRY -> verify(false);
            case READ_VERIFY_EXT -> verify(true);
            case READ_LOG_EXT -> readLog();
            case DATA_SET_MANAGEMENT -> dataSetManagement();
            case IDENTIFY_DEVICE -> identify();
            case SET_FEATURES -> setFeatures();
            case SET_MULTIPLE_MODE -> setMultiple();
            case INITIALIZE_DEVICE_PARAMETERS -> initializeParameters();
            case FLUSH_CACHE, FLUSH_CACHE_EXT -> flush();
            case READ_NATIVE_MAX -> {
                putLba28(Math.min(sectorsTotal - 1, MAX_LBA28));
                complete();
            }
            case READ_NATIVE_MAX_EXT -> {
                putLba48(sectorsTotal - 1);
                complete();
            }
            case SMART -> smart();
            case CHECK_POWER_MODE, CHECK_POWER_MODE_OLD -> {
                sectorCount = standby ? POWER_STANDBY : POWER_ACTIVE;
                complete();
            }
            case STANDBY, STANDBY_OLD, STANDBY_IMMEDIATE, STANDBY_IMMEDIATE_OLD, SLEEP, SLEEP_OLD -> {
                standby = true;
                flush();
            }
            case IDLE, IDLE_OLD, IDLE_IMMEDIATE, IDLE_IMMEDIATE_OLD -> {
                standby = false;
                complete();
            }
            case PACKET, IDENTIFY_PACKET_DEVICE -> {
                signature(0, 0);
                fail(ABRT);
            }
            default -> {
                switch (command & 0xF0) {
                    case RECALIBRATE -> {
                        putAddress(0);
                        complete();
                    }
                    case SEEK -> seek();
                    default -> fail(ABRT);
                }
            }
        }
    }

    private boolean usesLba() {
        return (device & LBA) != 0;
    }

    /** The sector the address registers name, or -1 when they name none. */
    private long address(boolean ext) {
        if (ext) {
            return (lbaHigh >> 8 & 0xFFL) << 40
                    | (lbaMid >> 8 & 0xFFL) << 32
                    | (lbaLow >> 8 & 0xFFL) << 24
                    | (lbaHigh & 0xFF) << 16
                    | (lbaMid & 0xFF) << 8
                    | lbaLow & 0xFF;
        }
        int low = lbaLow & 0xFF;
        int mid = (lbaHigh & 0xFF) << 8 | lbaMid & 0xFF;
        if (usesLba()) {
            return (long) (device & 0xF) << 24 | (long) mid << 8 | low;
        }
        int head = device & 0xF;
        if (low == 0 || low > settings.sectors || head >= settings.heads) {
            return -1;
        }
        return ((long) mid * settings.heads + head) * settings.sectors + low - 1;
    }

    private int count(boolean ext) {
        if (ext) {
            return sectorCount == 0 ? 0x10000 : sectorCount;
        }
        return (sectorCount & 0xFF) == 0 ? 0x100 : sectorCount & 0xFF;
    }

    private boolean extended() {
        return switch (command) {
            case READ_SECTORS_EXT,
                    READ_DMA_EXT,
                    READ_MULTIPLE_EXT,
                    WRITE_SECTORS_EXT,
                    WRITE_DMA_EXT,
                    WRITE_MULTIPLE_EXT,
                    READ_VERIFY_EXT -> true;
            default -> false;
        };
    }

    private void putLba28(long sector) {
        lbaLow = (int) sector & 0xFF;
        lbaMid = (int) (sector >> 8) & 0xFF;
        lbaHigh = (int) (sector >> 16) & 0xFF;
        device = device & 0xF0 | (int) (sector >> 24) & 0xF;
    }

    private void putLba48(long sector) {
        lbaLow = (int) (sector >> 24 & 0xFF) << 8 | (int) sector & 0xFF;
        lbaMid = (int) (sector >> 32 & 0xFF) << 8 | (int) (sector >> 8) & 0xFF;
        lbaHigh = (int) (sector >> 40 & 0xFF) << 8 | (int) (sector >> 16) & 0xFF;
    }

    /** Puts a sector's address into the registers, in the form the command used. */
    private void putAddress(long sector) {
        if (extended()) {
            putLba48(sector);
        } else if (usesLba()) {
            putLba28(sector);
        } else {
            long track = sector / settings.sectors;
            long cylinder = track / settings.heads;
            lbaLow = (int) (sector % settings.sectors) + 1;
            lbaMid = (int) cylinder & 0xFF;
            lbaHigh = (int) (cylinder >> 8) & 0xFF;
            device = device & 0xF0 | (int) (track % settings.heads) & 0xF;
        }
    }

    /** Takes address and count from the registers; ends the command when they are outside of the disk. */
    private boolean addressed(boolean ext) {
        lba = address(ext);
        remaining = count(ext);
        standby = false;
        if (lba >= 0 && lba + remaining <= sectorsTotal) {
            return true;
        }
        if (lba >= 0 && lba < sectorsTotal) {
            putAddress(sectorsTotal); // the first sector that is not there
        }
        remaining = 0;
        fail(IDNF);
        return false;
    }

    private void read(boolean ext, int block) {
        if (addressed(ext)) {
            blockBytes = block;
            readChunk();
        }
    }

    private void readChunk() {
        boolean dma = usesDma();
        int count = Math.min(remaining, CHUNK_SECTORS);
        ensureBuffer(count * SECTOR);
        disk.read(lba * SECTOR, buffer, 0, count * SECTOR, expect(ok -> {
            if (!ok) {
                putAddress(lba);
                remaining = 0;
                fail(UNC);
                return;
            }
            lba += count;
            remaining -= count;
            filled = count * SECTOR;
            if (remaining == 0) {
                putAddress(lba - 1);
                sectorCount = 0;
            }
            if (dma) {
                dmaBlock(Phase.DMA_IN, filled);
            } else {
                pioBlock(Phase.PIO_IN, 0, Math.min(blockBytes, filled), true);
            }
        }));
    }

    private boolean usesDma() {
        return switch (command) {
            case READ_DMA,
                    READ_DMA_NO_RETRY,
                    READ_DMA_EXT,
                    WRITE_DMA,
                    WRITE_DMA_NO_RETRY,
                    WRITE_DMA_EXT,
                    DATA_SET_MANAGEMENT -> true;
            default -> false;
        };
    }

    private void write(boolean ext, int block) {
        if (disk.readOnly()) {
            fail(ABRT);
        } else if (addressed(ext)) {
            blockBytes = block;
            requestData(false);
        }
    }

    /** Asks the host for the next piece; the first block of a command comes without an interrupt. */
    private void requestData(boolean announce) {
        filled = Math.min(remaining, CHUNK_SECTORS) * SECTOR;
        ensureBuffer(filled);
        if (usesDma()) {
            dmaBlock(Phase.DMA_OUT, filled);
        } else {
            pioBlock(Phase.PIO_OUT, 0, Math.min(blockBytes, filled), announce);
        }
    }

    private void writeChunk() {
        int count = filled / SECTOR;
        disk.write(lba * SECTOR, buffer, 0, filled, expect(ok -> {
            if (!ok) {
                putAddress(lba);
                remaining = 0;
                fail(ABRT);
                return;
            }
            lba += count;
            remaining -= count;
            if (remaining > 0) {
                requestData(true);
                return;
            }
            putAddress(lba - 1);
            sectorCount = 0;
            if (settings.writeCache) {
                complete();
            } else {
                flush();
            }
        }));
    }

    @Override
    protected void blockMoved() {
        if (position < filled) {
            pioBlock(phase, position, Math.min(blockBytes, filled - position), true);
        } else {
            bufferMoved(phase == Phase.PIO_IN);
        }
    }

    @Override
    protected void dmaMoved() {
        bufferMoved(phase == Phase.DMA_IN);
    }

    private void bufferMoved(boolean in) {
        phase = Phase.NONE;
        if (!in) {
            busy();
            stage = command == DATA_SET_MANAGEMENT ? Stage.TRIM : Stage.WRITE;
            later();
        } else if (remaining > 0) {
            busy();
            stage = Stage.READ;
            later();
        } else if (usesDma()) {
            complete();
        } else {
            status = DRDY | DSC; // the last block's interrupt was its announcement
        }
    }

    private void flush() {
        disk.flush(expect(ok -> {
            if (ok) {
                complete();
            } else {
                fail(ABRT);
            }
        }));
    }

    private void verify(boolean ext) {
        if (addressed(ext)) {
            putAddress(lba + remaining - 1);
            remaining = 0;
            complete();
        }
    }

    private void seek() {
        long sector = address(false);
        standby = false;
        if (sector < 0 || sector >= sectorsTotal) {
            fail(IDNF);
        } else {
            complete();
        }
    }

    private void setMultiple() {
        completeIf(settings.setMultiple(sectorCount & 0xFF));
    }

    private void initializeParameters() {
        completeIf(settings.translate((device & 0xF) + 1, sectorCount & 0xFF));
    }

    private void completeIf(boolean accepted) {
        if (accepted) {
            complete();
        } else {
            fail(ABRT);
        }
    }

    private void setFeatures() {
        boolean accepted = settings.setFeature(features & 0xFF, sectorCount & 0xFF);
        if (accepted && !settings.writeCache && (features & 0xFF) == 0x82) {
            flush(); // what the cache holds must not be lost
        } else {
            completeIf(accepted);
        }
    }

    /** DATA SET MANAGEMENT (ATA8-ACS, 7.10): the host sends blocks of ranges that it no longer needs. */
    private void dataSetManagement() {
        int blocks = sectorCount;
        if ((features & TRIM) == 0 || disk.readOnly() || blocks == 0 || blocks > AtaIdentify.TRIM_BLOCKS) {
            fail(ABRT);
            return;
        }
        standby = false;
        remaining = 0;
        filled = blocks * SECTOR;
        ensureBuffer(filled);
        dmaBlock(Phase.DMA_OUT, filled);
    }

    /** Gives back the range of the entry at {@code at} in the buffer and all behind it; one outside of the disk ends it. */
    private void trim(int at) {
        int entry = at;
        while (entry < filled && trimCount(entry) == 0) {
            entry += TRIM_ENTRY;
        }
        if (entry >= filled) {
            complete();
            return;
        }
        long from = 0;
        for (int k = 5; k >= 0; k--) {
            from = from << 8 | buffer[entry + k] & 0xFF;
        }
        int count = trimCount(entry);
        if (from + count > sectorsTotal) {
            fail(IDNF);
            return;
        }
        int next = entry + TRIM_ENTRY;
        disk.discard(from * SECTOR, (long) count * SECTOR, expect(ok -> {
            if (ok) {
                trim(next);
            } else {
                fail(ABRT);
            }
        }));
    }

    private int trimCount(int entry) {
        return buffer[entry + 6] & 0xFF | (buffer[entry + 7] & 0xFF) << 8;
    }

    /** SMART without attributes: the disk is well (ATA/ATAPI-6, 8.41). */
    private void smart() {
        boolean key = (lbaMid & 0xFF) == 0x4F && (lbaHigh & 0xFF) == 0xC2;
        int sub = features & 0xFF;
        if (!key || !settings.smart && sub != 0xD8) {
            fail(ABRT);
            return;
        }
        switch (sub) {
            case 0xD0, 0xD1 -> {
                ensureBuffer(SECTOR);
                Arrays.fill(buffer, 0, SECTOR, (byte) 0);
                buffer[0] = 1;
                buffer[511] = -1;
                offerSector();
            }
            case 0xD2, 0xD4 -> complete();
            case 0xD8 -> {
                settings.smart = true;
                complete();
            }
            case 0xD9 -> {
                settings.smart = false;
                complete();
            }
            case 0xDA -> complete(); // address registers unchanged: no threshold exceeded
            default -> fail(ABRT);
        }
    }

    boolean writeCache() {
        return settings.writeCache;
    }

    /** Remembers which queued command failed, for the log that tells about it (Serial ATA 3.0, 13.7.4). */
    void queuedFailure(int tag, long failedLba, int count) {
        putLba48(failedLba);
        errorLog.queuedFailure(tag, status, error, failedLba, count);
    }

    /** READ LOG EXT: the directory and the log of queued errors, on a serial link. */
    private void readLog() {
        ensureBuffer(SECTOR);
        if (serialAta && sectorCount == 1 && errorLog.read(lbaLow & 0xFF, lbaMid, buffer)) {
            offerSector();
        } else {
            fail(ABRT);
        }
    }

    private void offerSector() {
        filled = SECTOR;
        blockBytes = SECTOR;
        pioBlock(Phase.PIO_IN, 0, SECTOR, true);
    }

    private void identify() {
        ensureBuffer(SECTOR);
        AtaIdentify.fill(buffer, identity, sectorsTotal, settings, device, serialAta);
        offerSector();
    }

    @Override
    AtaDeviceState save() {
        return new AtaDiskState(
                saveTaskFile(filled),
                settings.heads,
                settings.sectors,
                settings.multiple,
                settings.writeCache,
                settings.lookAhead,
                settings.smart,
                settings.transferMode,
                standby,
                stage.ordinal(),
                lba,
                remaining,
                blockBytes,
                filled);
    }

    @Override
    void restore(AtaDeviceState state) {
        AtaDiskState s = (AtaDiskState) state;
        restoreTaskFile(s.taskFile());
        settings.heads = s.heads();
        settings.sectors = s.sectors();
        settings.multiple = s.multiple();
        settings.writeCache = s.writeCache();
        settings.lookAhead = s.lookAhead();
        settings.smart = s.smart();
        settings.transferMode = s.transferMode();
        standby = s.standby();
        stage = STAGES[s.stage()];
        lba = s.lba();
        remaining = s.remaining();
        blockBytes = s.blockBytes();
        filled = s.filled();
    }
}
