package org.terrarium.vm.device.floppy;

import static org.terrarium.vm.device.floppy.Fdc.*;

import java.util.Arrays;
import org.terrarium.vm.bus.BytePortDevice;
import org.terrarium.vm.bus.Device;
import org.terrarium.vm.bus.IrqLine;
import org.terrarium.vm.bus.PortDevice;
import org.terrarium.vm.device.dma.DmaChannel;
import org.terrarium.vm.io.DiskAttachment;
import org.terrarium.vm.time.Timer;
import org.terrarium.vm.time.TimerQueue;

/**
 * 82077AA floppy disk controller in AT mode (Intel 290166) with two drives. The disk is much faster than a real one: a sector
 * passes in a tenth of a millisecond.
 */
public final class FloppyController implements Device<FloppyState> {
    /** Port of the first register; map {@link #PORTS} ports to {@link #registers()} (the next one belongs to the disks). */
    public static final int BASE = 0x3F0;

    public static final int PORTS = 6;

    /** Port of digital input (read) and configuration control (write); map one port to {@link #digitalInput()}. */
    public static final int DIR = 0x3F7;

    private enum Phase {
        COMMAND,
        EXECUTION,
        HOST_DATA,
        RESULT
    }

    private static final Phase[] PHASES = Phase.values();
    private static final int DRIVES = 4;
    private static final int FIFO_BYTES = 16;
    private static final long SECTOR_NANOS = 100_000;
    private static final long RESET_NANOS = 100_000;
    private static final long NO_DISK_NANOS = 20_000_000;
    private static final int RECALIBRATE_STEPS = 79;

    private final String label;
    private final TimerQueue timers;
    private final IrqLine irq;
    private final FloppyDrive[] drives = new FloppyDrive[DRIVES];
    private final SectorTransfer transfer;
    private final SeekUnit seeks;
    private final Timer executeTimer;
    private final Timer resetTimer;
    private int dor;
    private int tdr;
    private int rate;
    private Phase phase = Phase.COMMAND;
    private final byte[] fifo = new byte[FIFO_BYTES];
    private int fifoPosition;
    private int fifoLength;
    private final byte[] specify = new byte[2];
    private int configuration;
    private int precompensation;
    private int perpendicular;
    private boolean locked;
    private boolean interrupt;
    private int resetStatuses;

    /** {@code driveCount} drives (0 to 2) are connected, all empty at first. */
    public FloppyController(String label, TimerQueue timers, IrqLine irq, DmaChannel dma, int driveCount) {
        this.label = label;
        this.timers = timers;
        this.irq = irq;
        for (int k = 0; k < DRIVES; k++) {
            drives[k] = new FloppyDrive(k < driveCount);
        }
        transfer = new SectorTransfer(new TransferHost(), dma);
        executeTimer = timers.create(label + ".data", () -> transfer.step(rate));
        seeks = new SeekUnit(label + ".seek", timers, drives, () -> setInterrupt(true));
        resetTimer = timers.create(label + ".reset", this::resetEnds);
        powerOn();
    }

    /** Puts a disk into a drive, in place of one that may be there; its size must be that of a known format. */
    public void insert(int drive, DiskAttachment disk) {
        FloppyGeometry shape = FloppyGeometry.forSize(disk.size());
        if (shape == null) {
            throw new IllegalArgumentException("A floppy disk has at most 2880 KB, not " + disk.size() + " bytes.");
        }
        drives[drive].insert(disk, shape);
    }

    /** Takes the disk out of a drive. */
    public void remove(int drive) {
        drives[drive].eject();
    }

    private final class TransferHost implements SectorTransfer.Host {
        @Override
        public void continueLater() {
            phase = Phase.EXECUTION;
            executeTimer.at(timers.nanos() + SECTOR_NANOS);
        }

        @Override
        public void hostTurn() {
            phase = Phase.HOST_DATA;
            setInterrupt(true);
        }

        @Override
        public void finished(int st0, int st1, int st2) {
            int drive = fifo[1] & 3;
            result(
                    st0 | transfer.physicalHead() << 2 | drive,
                    st1,
                    st2,
                    transfer.cylinder(),
                    transfer.head(),
                    transfer.sector(),
                    transfer.size());
            setInterrupt(true);
        }
    }

    /** The registers at 3F0h to 3F5h. */
    public PortDevice registers() {
        return new BytePortDevice() {
            @Override
            public int readByte(int offset) {
                return switch (offset) {
                    case DOR -> dor;
                    case TDR -> tdr;
                    case MSR -> mainStatus();
                    case FIFO -> readData();
                    default -> 0xFF; // SRA and SRB exist in PS/2 mode only
                };
            }

            @Override
            public void writeByte(int offset, int value) {
                switch (offset) {
                    case DOR -> writeDigitalOutput(value);
                    case TDR -> tdr = value & 3;
                    case DSR -> {
                        rate = value & RATE;
                        if ((value & DSR_SW_RESET) != 0) {
                            resetController();
                            resetTimer.at(timers.nanos() + RESET_NANOS);
                        }
                    }
                    case FIFO -> writeData(value);
                    default -> {
                        // Status registers are read-only.
                    }
                }
            }
        };
    }

    /** Digital input and configuration control. */
    public PortDevice digitalInput() {
        return new BytePortDevice() {
            @Override
            public int readByte(int offset) {
                return drives[dor & DOR_DRIVE_SELECT].changeLine() ? DIR_DSK_CHG : 0;
            }

            @Override
            public void writeByte(int offset, int value) {
                rate = value & RATE;
            }
        };
    }

    private boolean inReset() {
        return (dor & DOR_RESET_NOT) == 0;
    }

    private void writeDigitalOutput(int value) {
        boolean before = inReset();
        dor = value;
        if (inReset()) {
            if (!before) {
                resetController();
            }
        } else if (before) {
            resetTimer.at(timers.nanos() + RESET_NANOS);
        }
        irq.set(interrupt && (dor & DOR_DMAGATE_NOT) != 0);
    }

    private int mainStatus() {
        if (inReset() || resetTimer.armed()) {
            return 0;
        }
        int busy = phase == Phase.COMMAND && fifoPosition == 0 ? 0 : MSR_CMD_BSY;
        return seeks.busy()
                | busy
                | switch (phase) {
                    case COMMAND -> MSR_RQM;
                    case EXECUTION -> programmedIo() ? MSR_NON_DMA : 0;
                    case HOST_DATA -> MSR_RQM | MSR_NON_DMA | (transfer.toHost() ? MSR_DIO : 0);
                    case RESULT -> MSR_RQM | MSR_DIO;
                };
    }

    private boolean programmedIo() {
        return (specify[1] & 1) != 0;
    }

    private int readData() {
        switch (phase) {
            case HOST_DATA -> {
                if (!transfer.toHost()) {
                    return 0xFF;
                }
                setInterrupt(false);
                return transfer.readByte();
            }
            case RESULT -> {
                setInterrupt(seeks.finished() >= 0);
                int value = fifo[fifoPosition++] & 0xFF;
                if (fifoPosition == fifoLength) {
                    endCommand();
                }
                return value;
            }
            default -> {
                return 0xFF;
            }
        }
    }

    private void endCommand() {
        phase = Phase.COMMAND;
        fifoPosition = 0;
        fifoLength = 0;
    }

    private void writeData(int value) {
        if (inReset() || resetTimer.armed()) {
            return;
        }
        if (phase == Phase.HOST_DATA && !transfer.toHost()) {
            setInterrupt(false);
            if (transfer.writeByte(value)) {
                phase = Phase.EXECUTION;
                executeTimer.at(timers.nanos() + SECTOR_NANOS);
            }
        } else if (phase == Phase.COMMAND) {
            fifo[fifoPosition++] = (byte) value;
            if (fifoPosition == commandLength(fifo[0] & 0xFF)) {
                execute();
            }
        }
    }

    /** Bytes of a command including its first one (82077AA datasheet, table 5-1). */
    private static int commandLength(int first) {
        return switch (first & 0x1F) {
            case READ_DATA, READ_DELETED_DATA, WRITE_DATA, WRITE_DELETED_DATA, READ_TRACK, VERIFY -> 9;
            case FORMAT_TRACK -> 6;
            case CONFIGURE -> 4;
            case SPECIFY, SEEK -> 3;
            case RECALIBRATE, SENSE_DRIVE_STATUS, READ_ID, PERPENDICULAR_MODE -> 2;
            default -> 1;
        };
    }

    private void result(int... bytes) {
        executeTimer.cancel();
        phase = Phase.RESULT;
        fifoPosition = 0;
        fifoLength = bytes.length;
        for (int k = 0; k < bytes.length; k++) {
            fifo[k] = (byte) bytes[k];
        }
    }

    private void execute() {
        int first = fifo[0] & 0xFF;
        switch (first & 0x1F) {
            case READ_DATA, READ_DELETED_DATA, WRITE_DATA, WRITE_DELETED_DATA, READ_TRACK, VERIFY, FORMAT_TRACK ->
                beginTransfer(first & 0x1F);
            case READ_ID -> {
                phase = Phase.EXECUTION;
                readId();
            }
            case SPECIFY -> {
                specify[0] = fifo[1];
                specify[1] = fifo[2];
                endCommand();
            }
            case SENSE_DRIVE_STATUS -> {
                FloppyDrive d = drives[fifo[1] & 3];
                result(ST3_ALWAYS
                        | (d.writeProtected() ? ST3_WRITE_PROTECTED : 0)
                        | (d.atTrack0() ? ST3_TRACK_0 : 0)
                        | fifo[1] & 7);
            }
            case RECALIBRATE -> {
                int n = fifo[1] & 3;
                startSeek(n, SeekUnit.TRACK_0, -Math.min(RECALIBRATE_STEPS, drives[n].cylinder()));
            }
            case SEEK -> seek(first);
            case SENSE_INTERRUPT -> senseInterrupt();
            case DUMPREG -> dumpRegisters();
            case VERSION -> result(VERSION_82077AA);
            case PERPENDICULAR_MODE -> {
                // Without the OW bit the drive bits keep their values (5.2.14).
                int v = fifo[1] & 0xFF;
                perpendicular = (v & 0x80) != 0 ? v & 0x3F : perpendicular & 0x3C | v & 3;
                endCommand();
            }
            case CONFIGURE -> {
                configuration = fifo[2] & 0x7F;
                precompensation = fifo[3] & 0xFF;
                endCommand();
            }
            case LOCK -> {
                locked = (first & 0x80) != 0;
                result(locked ? 0x10 : 0);
            }
            default -> result(ST0_INVALID);
        }
    }

    private void beginTransfer(int kind) {
        int n = fifo[1] & 3;
        FloppyDrive d = drives[n];
        boolean implied = (configuration & CONFIG_IMPLIED_SEEK) != 0 && kind != FORMAT_TRACK;
        if (implied && d.presentCylinder != (fifo[2] & 0xFF)) {
            d.step((fifo[2] & 0xFF) - d.presentCylinder);
            d.presentCylinder = fifo[2] & 0xFF;
        }
        phase = Phase.EXECUTION;
        transfer.begin(fifo, d, n, programmedIo());
        executeTimer.at(timers.nanos() + (d.medium() == null ? NO_DISK_NANOS : SECTOR_NANOS));
    }

    /** The first identification that passes the head; time decides which that is. */
    private void readId() {
        FloppyDrive d = drives[fifo[1] & 3];
        int head = fifo[1] >> 2 & 1;
        int st0 = fifo[1] & 7;
        FloppyGeometry g = d.geometry();
        if (g == null || g.rate() != rate || head >= g.heads()) {
            result(ST0_ABNORMAL | st0, ST1_MISSING_ADDRESS_MARK, 0, 0, 0, 0, 0);
        } else {
            int sector = (int) (timers.nanos() / SECTOR_NANOS % g.sectors()) + 1;
            int cylinder = d.cylinder() < g.cylinders() ? d.cylinder() : g.cylinders() - 1;
            result(st0, 0, 0, cylinder, head, sector, 2);
        }
        setInterrupt(true);
    }

    private void seek(int first) {
        int n = fifo[1] & 3;
        int present = drives[n].presentCylinder;
        int target = fifo[2] & 0xFF;
        if ((first & RELATIVE) != 0) {
            int steps = (first & DIRECTION_IN) != 0 ? target : -target;
            startSeek(n, present + steps & 0xFF, steps);
        } else {
            startSeek(n, target, target - present);
        }
    }

    private void startSeek(int n, int target, int steps) {
        endCommand();
        seeks.start(n, target, steps);
    }

    private void senseInterrupt() {
        if (resetStatuses > 0) {
            int n = DRIVES - resetStatuses--;
            setInterrupt(false);
            result(ST0_POLLING | n, drives[n].presentCylinder);
            return;
        }
        int n = seeks.finished();
        if (n < 0) {
            result(ST0_INVALID);
            return;
        }
        int st0 = seeks.take(n);
        setInterrupt(false);
        result(st0, drives[n].presentCylinder);
        setInterrupt(seeks.finished() >= 0); // another drive's result: a new edge
    }

    private void dumpRegisters() {
        result(
                drives[0].presentCylinder,
                drives[1].presentCylinder,
                drives[2].presentCylinder,
                drives[3].presentCylinder,
                specify[0],
                specify[1],
                transfer.endOfTrack(),
                (locked ? 0x80 : 0) | perpendicular,
                configuration,
                precompensation);
    }

    private void setInterrupt(boolean high) {
        interrupt = high;
        irq.set(high && (dor & DOR_DMAGATE_NOT) != 0);
    }

    /** Hardware or software reset of the controller (82077AA datasheet, 6.0); it ends with an interrupt. */
    private void resetController() {
        executeTimer.cancel();
        resetTimer.cancel();
        transfer.abandon();
        endCommand();
        seeks.reset();
        resetStatuses = 0;
        perpendicular &= 0x3C;
        if (!locked) {
            configuration = CONFIG_FIFO_DISABLED;
            precompensation = 0;
        }
        for (FloppyDrive d : drives) {
            d.presentCylinder = 0;
        }
        setInterrupt(false);
    }

    private void resetEnds() {
        if ((configuration & CONFIG_POLLING_DISABLED) == 0) {
            resetStatuses = DRIVES;
            setInterrupt(true);
        }
    }

    private void powerOn() {
        dor = 0;
        tdr = 0;
        rate = 2;
        locked = false;
        perpendicular = 0;
        specify[0] = 0;
        specify[1] = 0;
        seeks.powerOn();
        resetController();
        Arrays.fill(fifo, (byte) 0);
    }

    @Override
    public String label() {
        return label;
    }

    /** The RESET pin; heads stay where they are. */
    @Override
    public void reset() {
        powerOn();
    }

    @Override
    public FloppyState save() {
        FloppyDriveState[] saved = new FloppyDriveState[DRIVES];
        for (int k = 0; k < DRIVES; k++) {
            saved[k] = drives[k].save();
        }
        return new FloppyState(
                dor,
                tdr,
                rate,
                phase.ordinal(),
                fifo.clone(),
                fifoPosition,
                fifoLength,
                specify.clone(),
                configuration,
                precompensation,
                perpendicular,
                locked,
                interrupt,
                resetStatuses,
                seeks.results(),
                seeks.busy(),
                seeks.targets(),
                transfer.save(),
                executeTimer.deadline(),
                seeks.deadline(),
                resetTimer.deadline(),
                saved);
    }

    @Override
    public void restore(FloppyState s) {
        dor = s.dor();
        tdr = s.tdr();
        rate = s.rate();
        phase = PHASES[s.phase()];
        System.arraycopy(s.fifo(), 0, fifo, 0, FIFO_BYTES);
        fifoPosition = s.fifoPosition();
        fifoLength = s.fifoLength();
        System.arraycopy(s.specify(), 0, specify, 0, specify.length);
        configuration = s.configuration();
        precompensation = s.precompensation();
        perpendicular = s.perpendicular();
        locked = s.locked();
        interrupt = s.interrupt();
        resetStatuses = s.resetStatuses();
        seeks.restore(s.seekResults(), s.seeking(), s.seekTarget(), s.seekAt());
        for (int k = 0; k < DRIVES; k++) {
            drives[k].restore(s.drives()[k]);
        }
        transfer.restore(s.transfer(), drives[s.transfer().drive()], programmedIo());
        executeTimer.at(s.executeAt());
        resetTimer.at(s.resetAt());
        irq.set(interrupt && (dor & DOR_DMAGATE_NOT) != 0);
    }
}
