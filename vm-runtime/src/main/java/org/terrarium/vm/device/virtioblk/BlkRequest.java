package org.terrarium.vm.device.virtioblk;

import org.terrarium.vm.device.virtio.Chain;
import org.terrarium.vm.device.virtio.VirtqueueException;
import org.terrarium.vm.io.GuestData;

/** One request as the driver wrote it (virtio 1.2, 5.2.6): a header, data in either direction, and a byte for the status. */
final class BlkRequest implements GuestData {
    // Types (5.2.6).
    static final int IN = 0;
    static final int OUT = 1;
    static final int FLUSH = 4;
    static final int GET_ID = 8;
    static final int DISCARD = 11;
    static final int WRITE_ZEROES = 13;

    // Status (5.2.6).
    static final int OK = 0;
    static final int IOERR = 1;
    static final int UNSUPP = 2;

    static final int SECTOR = 512;
    private static final int HEADER_BYTES = 16;

    /** Bytes of a range in the data of DISCARD and WRITE_ZEROES: sector, number of sectors, flags. */
    static final int RANGE_BYTES = 16;

    final Chain chain;
    final int type;
    final long sector;

    BlkRequest(Chain chain) throws VirtqueueException {
        byte[] header = new byte[HEADER_BYTES];
        if (chain.read(0, header, 0, HEADER_BYTES) < HEADER_BYTES || chain.writableBytes() < 1) {
            throw new VirtqueueException("a request without header or status");
        }
        this.chain = chain;
        type = (int) number(header, 0, 4);
        sector = number(header, 8, 8);
    }

    static long number(byte[] b, int at, int bytes) {
        long value = 0;
        for (int k = bytes - 1; k >= 0; k--) {
            value = value << 8 | b[at + k] & 0xFF;
        }
        return value;
    }

    /** Bytes from the driver, behind the header. */
    long bytesOut() {
        return chain.readableBytes() - HEADER_BYTES;
    }

    /** Bytes for the driver, before the status. */
    long bytesIn() {
        return chain.writableBytes() - 1;
    }

    @Override
    public void fromGuest(long at, byte[] dst, int count) {
        chain.read(HEADER_BYTES + at, dst, 0, count);
    }

    @Override
    public void toGuest(long at, byte[] src, int count) {
        chain.write(at, src, 0, count);
    }

    void putStatus(int status) {
        chain.write(chain.writableBytes() - 1, new byte[] {(byte) status}, 0, 1);
    }

    /** Whether {@code count} sectors from {@code first} lie inside of a disk of {@code total} sectors. */
    static boolean inside(long first, long count, long total) {
        return first >= 0 && first <= total && count <= total - first;
    }
}
