package org.terrarium.vm.device.ide;

import static org.terrarium.vm.device.ide.Ata.*;

import org.terrarium.vm.io.DiskAttachment;
import org.terrarium.vm.time.TimerQueue;

/**
 * A drive on a serial ATA link (Serial ATA 3.0, chapters 10 and 11): the host sends the registers of a command in one piece
 * and gets them back the same way. The commands themselves are those of the drives on a parallel channel.
 */
public final class SataDrive {
    /** The host's end of the link. */
    public interface Host {
        /** The drive is in a data phase: see {@link #blockBytes} and {@link #towardsHost}. */
        void dataPhase();

        /** The present command is over; the registers say how. */
        void finished();
    }

    /** What a register FIS carries in either direction, 16-bit registers as the drive has them. */
    public record Registers(int command, int features, int count, int lbaLow, int lbaMid, int lbaHigh, int device) {}

    private final AtaDevice drive;
    private final DiskAttachment medium;
    private Host host = new Host() {
        @Override
        public void dataPhase() {}

        @Override
        public void finished() {}
    };

    private SataDrive(AtaDevice drive, DiskAttachment medium) {
        this.drive = drive;
        this.medium = medium;
        drive.connect(new AtaDevice.Host() {
            @Override
            public void interruptChanged() {
                if (drive.interruptPending()) {
                    drive.setInterrupt(false);
                    if ((drive.status & (BSY | DRQ)) == 0) {
                        host.finished();
                    }
                }
            }

            @Override
            public void dmaRequested() {
                host.dataPhase();
            }

            @Override
            public void pioRequested() {
                host.dataPhase();
            }
        });
    }

    /** A hard disk with queued commands. */
    public static SataDrive disk(String label, TimerQueue timers, DiskAttachment disk, DriveIdentity identity) {
        return new SataDrive(new AtaDisk(label, timers, disk, identity, true), disk);
    }

    /** A CD drive; it keeps its own face for the user. */
    public static SataDrive cd(AtapiDrive drive) {
        return new SataDrive(drive, null);
    }

    /** Connects the host's end. */
    public void connect(Host link) {
        host = link;
    }

    /** Whether commands come as packets. */
    public boolean packets() {
        return drive instanceof AtapiDrive;
    }

    /** What queued commands read and write; null for a drive without them. */
    public DiskAttachment queuedMedium() {
        return medium;
    }

    /** Whether a disk's writes may complete before they are on stable storage. */
    public boolean writeCache() {
        return drive instanceof AtaDisk disk && disk.writeCache();
    }

    /** A queued command has failed; the drive tells about it in log page 10h (Serial ATA 3.0, 13.7.4). */
    public void queuedFailure(int tag, int errorBits, long lba, int count) {
        drive.status = DRDY | DSC | ERR;
        drive.error = errorBits;
        ((AtaDisk) drive).queuedFailure(tag, lba, count);
    }

    /** Takes a command. A busy drive ignores it, unless it is DEVICE RESET. */
    public void command(Registers r) {
        if ((drive.status & (BSY | DRQ)) == 0) {
            // Each register is two deep, older content first, as the 48-bit commands use them.
            write16(FEATURES, r.features());
            write16(SECTOR_COUNT, r.count());
            write16(LBA_LOW, r.lbaLow());
            write16(LBA_MID, r.lbaMid());
            write16(LBA_HIGH, r.lbaHigh());
            drive.writeRegister(DEVICE, r.device() & ~DEV);
        }
        drive.command(r.command());
    }

    private void write16(int register, int value) {
        drive.writeRegister(register, value >> 8 & 0xFF);
        drive.writeRegister(register, value & 0xFF);
    }

    /** The registers as they are now; command and features are not among those that can be read. */
    public Registers registers() {
        return new Registers(0, 0, drive.sectorCount, drive.lbaLow, drive.lbaMid, drive.lbaHigh, drive.device & ~DEV);
    }

    public int status() {
        return drive.status;
    }

    public int error() {
        return drive.error;
    }

    /** Hardware reset (COMRESET) or software reset of the drive. */
    public void reset(boolean hard) {
        drive.reset(hard);
        if (packets() && !hard) {
            drive.error = 1;
        }
    }

    public int blockBytes() {
        return drive.blockBytes();
    }

    public boolean towardsHost() {
        return drive.towardsHost();
    }

    /** Whether the drive wants the command packet. */
    public boolean wantsPacket() {
        return drive instanceof AtapiDrive cd && cd.wantsPacket();
    }

    /** Whether the data phase is one of programmed I/O, which the host learns of by a FIS of its own. */
    public boolean programmedIo() {
        return drive.blockBytes() > 0 && !drive.requested();
    }

    /** The drive's buffer; the block begins at {@link #blockStart}. */
    public byte[] buffer() {
        return drive.buffer();
    }

    public int blockStart() {
        return drive.position();
    }

    /** The block has moved; the drive goes on. */
    public void blockDone() {
        drive.blockDone();
    }

    public AtaDeviceState save() {
        return drive.save();
    }

    public void restore(AtaDeviceState state) {
        drive.restore(state);
    }
}
