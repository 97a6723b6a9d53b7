package org.terrarium.vm.device.ahci;

import static org.terrarium.vm.device.ahci.Ahci.*;

import org.terrarium.vm.bus.DmaMemory;
import org.terrarium.vm.device.ide.SataDrive;
import org.terrarium.vm.device.ide.SataDrive.Registers;

/** Puts the drive's messages into the port's received FIS structure (AHCI 4.2.1; Serial ATA 3.0, 10.3). */
final class ReceivedFis {
    private static final int INTERRUPT = 0x40;
    private static final int TO_HOST = 0x20;

    /** Of the status, a set device bits FIS carries all but BSY and DRQ. */
    private static final int SDB_STATUS = 0x77;

    private final DmaMemory memory;

    ReceivedFis(DmaMemory memory) {
        this.memory = memory;
    }

    private static byte[] registers(int type, int flags, int bytes, SataDrive drive, int status) {
        Registers r = drive.registers();
        byte[] fis = new byte[bytes];
        fis[0] = (byte) type;
        fis[1] = (byte) flags;
        fis[2] = (byte) status;
        fis[3] = (byte) drive.error();
        fis[4] = (byte) r.lbaLow();
        fis[5] = (byte) r.lbaMid();
        fis[6] = (byte) r.lbaHigh();
        fis[7] = (byte) r.device();
        fis[8] = (byte) (r.lbaLow() >> 8);
        fis[9] = (byte) (r.lbaMid() >> 8);
        fis[10] = (byte) (r.lbaHigh() >> 8);
        fis[12] = (byte) r.count();
        fis[13] = (byte) (r.count() >> 8);
        return fis;
    }

    /** Register, device to host. */
    void registers(long area, SataDrive drive, boolean interrupt) {
        byte[] fis = registers(FIS_REGISTER_D2H, interrupt ? INTERRUPT : 0, 20, drive, drive.status());
        memory.write(area + RECEIVED_D2H, fis, 0, fis.length);
    }

    /** PIO setup; {@code before} is the status while the block moves, the drive's present one that after it. */
    void pioSetup(long area, SataDrive drive, boolean toHost, int before, int bytes) {
        byte[] fis = registers(FIS_PIO_SETUP, INTERRUPT | (toHost ? TO_HOST : 0), 20, drive, before);
        fis[15] = (byte) drive.status();
        fis[16] = (byte) bytes;
        fis[17] = (byte) (bytes >> 8);
        memory.write(area + RECEIVED_PIO_SETUP, fis, 0, fis.length);
    }

    /** Set device bits: these queued commands are done. */
    void setDeviceBits(long area, int status, int error, int done) {
        byte[] fis = {
            (byte) FIS_SET_DEVICE_BITS,
            INTERRUPT,
            (byte) (status & SDB_STATUS),
            (byte) error,
            (byte) done,
            (byte) (done >> 8),
            (byte) (done >> 16),
            (byte) (done >> 24)
        };
        memory.write(area + RECEIVED_SDB, fis, 0, fis.length);
    }
}
