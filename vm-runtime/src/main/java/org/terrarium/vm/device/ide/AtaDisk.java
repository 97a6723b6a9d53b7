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
        WRITE
    }

    private static final Stage[] STAGES = Stage.values();
    private static final int CHUNK_SECTORS = 128;
    private static final int MAX_MULTIPLE = 16;
    private static final long MAX_LBA28 = 0x0FFF_FFFF;
    private static final int DEFAULT_HEADS = 16;
    private static final int DEFAULT_SECTORS = 63;
    private static final int MAX_CYLINDERS = 16383;
    private static final int DEFAULT_TRANSFER_MODE = 0x0C;
    private static final int POWER_ACTIVE = 0xFF;
    private static final int POWER_STANDBY = 0x00;

    private final DiskAttachment disk;
    private final DriveIdentity identity;
    private final long sectorsTotal;
    private int heads;
    private int sectors;
    private int multiple;
    private boolean writeCache;
    private boolean lookAhead;
    private boolean smart;
    private int transferMode;
    private boolean standby;
    private Stage stage = Stage.COMMAND;
    private long lba;
    private int remaining;
    private int blockBytes;
    private int filled;

    public AtaDisk(String label, TimerQueue timers, DiskAttachment disk, DriveIdentity identity) {
        super(label, timers);
        this.disk = disk;
        this.identity = identity;
        sectorsTotal = disk.size() / SECTOR;
        afterReset(true);
    }

    /** Cylinders of the default translation, at most 16383. */
    public int cylinders() {
        return (int) Math.min(MAX_CYLINDERS, sectorsTotal / (DEFAULT_HEADS * DEFAULT_SECTORS));
    }

    /** Number of 512-byte sectors. */
    public long sectorCount() {
        return sectorsTotal;
    }

    @Override
    protected void afterReset(boolean hard) {
        if (hard) {
            heads = DEFAULT_HEADS;
            sectors = DEFAULT_SECTORS;
            multiple = 0;
            writeCache = true;
            lookAhead = true;
            smart = true;
            transferMode = DEFAULT_TRANSFER_MODE;
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
        }
    }

    private void execute() {
        switch (command) {
            case READ_SECTORS, READ_SECTORS_NO_RETRY -> read(false, SECTOR);
            case READ_SECTORS_EXT -> read(true, SECTOR);
            case READ_MULTIPLE, READ_MULTIPLE_EXT -> {
                if (multiple == 0) {
                    fail(ABRT);
                } else {
                    read(command == READ_MULTIPLE_EXT, multiple * SECTOR);
                }
            }
            case READ_DMA, READ_DMA_NO_RETRY -> read(false, SECTOR);
            case READ_DMA_EXT -> read(true, SECTOR);
            case WRITE_SECTORS, WRITE_SECTORS_NO_RETRY, WRITE_VERIFY -> write(false, SECTOR);
            case WRITE_SECTORS_EXT -> write(true, SECTOR);
            case WRITE_MULTIPLE, WRITE_MULTIPLE_EXT -> {
                if (multiple == 0) {
                    fail(ABRT);
                } else {
                    write(command == WRITE_MULTIPLE_EXT, multiple * SECTOR);
                }
            }
            case WRITE_DMA, WRITE_DMA_NO_RETRY -> write(false, SECTOR);
            case WRITE_DMA_EXT -> write(true, SECTOR);
            case READ_VERIFY, READ_VERIFY_NO_RETRY -> verify(false);
            case READ_VERIFY_EXT -> verify(true);
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
        if (low == 0 || low > sectors || head >= heads) {
            return -1;
        }
        return ((long) mid * heads + head) * sectors + low - 1;
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
            long track = sector / sectors;
            long cylinder = track / heads;
            lbaLow = (int) (sector % sectors) + 1;
            lbaMid = (int) cylinder & 0xFF;
            lbaHigh = (int) (cylinder >> 8) & 0xFF;
            device = device & 0xF0 | (int) (track % heads) & 0xF;
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
            case READ_DMA, READ_DMA_NO_RETRY, READ_DMA_EXT, WRITE_DMA, WRITE_DMA_NO_RETRY, WRITE_DMA_EXT -> true;
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
            if (writeCache) {
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
            stage = Stage.WRITE;
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
        int n = sectorCount & 0xFF;
        if (n > MAX_MULTIPLE || Integer.bitCount(n) > 1) {
            fail(ABRT);
        } else {
            multiple = n;
            complete();
        }
    }

    private void initializeParameters() {
        int perTrack = sectorCount & 0xFF;
        if (perTrack == 0 || perTrack > 63) {
            fail(ABRT);
        } else {
            sectors = perTrack;
            heads = (device & 0xF) + 1;
            complete();
        }
    }

    private void setFeatures() {
        switch (features & 0xFF) {
            case 0x02 -> writeCache = true;
            case 0x82 -> {
                writeCache = false;
                flush(); // what the cache holds must not be lost
                return;
            }
            case 0x03 -> {
                int mode = sectorCount & 0xFF;
                if (!TransferMode.valid(mode)) {
                    fail(ABRT);
                    return;
                }
                transferMode = mode;
            }
            case 0xAA -> lookAhead = true;
            case 0x55 -> lookAhead = false;
            case 0x66, 0xCC -> {
                // Keep or forget settings over a software reset: this drive always keeps them.
            }
            default -> {
                fail(ABRT);
                return;
            }
        }
        complete();
    }

    /** SMART without attributes: the disk is well (ATA/ATAPI-6, 8.41). */
    private void smart() {
        boolean key = (lbaMid & 0xFF) == 0x4F && (lbaHigh & 0xFF) == 0xC2;
        int sub = features & 0xFF;
        if (!key || !smart && sub != 0xD8) {
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
                smart = true;
                complete();
            }
            case 0xD9 -> {
                smart = false;
                complete();
            }
            case 0xDA -> complete(); // address registers unchanged: no threshold exceeded
            default -> fail(ABRT);
        }
    }

    private void offerSector() {
        filled = SECTOR;
        blockBytes = SECTOR;
        pioBlock(Phase.PIO_IN, 0, SECTOR, true);
    }

    private void identify() {
        ensureBuffer(SECTOR);
        long inTranslation = Math.min(sectorsTotal, (long) MAX_CYLINDERS * DEFAULT_HEADS * DEFAULT_SECTORS);
        int currentCylinders = (int) Math.min(MAX_CYLINDERS, sectorsTotal / ((long) heads * sectors));
        long currentCapacity = (long) currentCylinders * heads * sectors;
        new IdentifyBuffer(buffer)
                .word(0, 0x0040) // fixed device
                .word(1, (int) (inTranslation / (DEFAULT_HEADS * DEFAULT_SECTORS)))
                .word(3, DEFAULT_HEADS)
                .word(6, DEFAULT_SECTORS)
                .string(10, 10, identity.serial())
                .string(23, 4, identity.firmware())
                .string(27, 20, identity.model())
                .word(47, 0x8000 | MAX_MULTIPLE)
                .word(48, 1) // 32-bit accesses to the data port work
                .word(49, 0x0F00) // DMA, LBA, IORDY
                .word(50, 0x4000)
                .word(51, 0x0200)
                .word(52, 0x0200)
                .word(53, 0x0007)
                .word(54, currentCylinders)
                .word(55, heads)
                .word(56, sectors)
                .dword(57, currentCapacity)
                .word(59, multiple == 0 ? 0 : 0x0100 | multiple)
                .dword(60, Math.min(sectorsTotal, MAX_LBA28))
                .multiwordDma(transferMode)
                .word(64, 0x0003) // PIO modes 3 and 4
                .word(65, 120)
                .word(66, 120)
                .word(67, 120)
                .word(68, 120)
                .word(80, 0x007E) // ATA-1 to ATA/ATAPI-6
                .word(81, 0x0019)
                .word(82, 0x0069) // look-ahead, write cache, power management, SMART
                .word(83, 0x7400) // FLUSH CACHE EXT, FLUSH CACHE, 48-bit addresses
                .word(84, 0x4000)
                .word(85, 0x0008 | (lookAhead ? 0x40 : 0) | (writeCache ? 0x20 : 0) | (smart ? 1 : 0))
                .word(86, 0x3400)
                .word(87, 0x4000)
                .ultraDma(transferMode)
                .word(93, 0x6001 | ((device & DEV) == 0 ? 0x000A : 0x0A00)) // 80-conductor cable
                .dword(100, sectorsTotal)
                .dword(102, sectorsTotal >>> 32)
                .seal();
        offerSector();
    }

    @Override
    AtaDeviceState save() {
        return new AtaDiskState(
                saveTaskFile(filled),
                heads,
                sectors,
                multiple,
                writeCache,
                lookAhead,
                smart,
                transferMode,
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
        heads = s.heads();
        sectors = s.sectors();
        multiple = s.multiple();
        writeCache = s.writeCache();
        lookAhead = s.lookAhead();
        smart = s.smart();
        transferMode = s.transferMode();
        standby = s.standby();
        stage = STAGES[s.stage()];
        lba = s.lba();
        remaining = s.remaining();
        blockBytes = s.blockBytes();
        filled = s.filled();
    }
}
