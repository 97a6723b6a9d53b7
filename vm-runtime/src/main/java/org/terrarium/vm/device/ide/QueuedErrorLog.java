package org.terrarium.vm.device.ide;

import static org.terrarium.vm.device.ide.Ata.SECTOR;

import java.util.Arrays;

/**
 * The logs of a serial ATA disk (ATA8-ACS, annex A; Serial ATA 3.0, 13.7.4): the directory and, in log 10h, the last queued
 * command that failed. A driver reads it while it recovers, so it lasts no longer than that.
 */
final class QueuedErrorLog {
    private static final int DIRECTORY = 0x00;
    private static final int QUEUED_ERROR = 0x10;
    private static final int NOT_QUEUED = 0x80;

    private final byte[] page = new byte[SECTOR];

    QueuedErrorLog() {
        clear();
    }

    void clear() {
        Arrays.fill(page, (byte) 0);
        page[0] = (byte) NOT_QUEUED;
        seal();
    }

    void queuedFailure(int tag, int status, int error, long lba, int count) {
        Arrays.fill(page, (byte) 0);
        page[0] = (byte) tag;
        page[2] = (byte) status;
        page[3] = (byte) error;
        for (int k = 0; k < 3; k++) {
            page[4 + k] = (byte) (lba >> 8 * k);
            page[8 + k] = (byte) (lba >> 24 + 8 * k);
        }
        page[7] = 0x40;
        page[12] = (byte) count;
        page[13] = (byte) (count >> 8);
        seal();
    }

    private void seal() {
        int sum = 0;
        for (int k = 0; k < SECTOR - 1; k++) {
            sum += page[k];
        }
        page[SECTOR - 1] = (byte) -sum;
    }

    /** Puts a page of a log into the first sector of {@code buffer}; false when there is no such page. */
    boolean read(int log, int pageNumber, byte[] buffer) {
        if (pageNumber != 0 || log != DIRECTORY && log != QUEUED_ERROR) {
            return false;
        }
        if (log == QUEUED_ERROR) {
            System.arraycopy(page, 0, buffer, 0, SECTOR);
        } else {
            Arrays.fill(buffer, 0, SECTOR, (byte) 0);
            buffer[0] = 1; // version of the directory
            buffer[2 * QUEUED_ERROR] = 1;
        }
        return true;
    }
}
