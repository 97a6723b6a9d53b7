package org.terrarium.vm.device.virtioblk;

import static org.terrarium.vm.device.virtioblk.BlkRequest.*;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.terrarium.vm.device.virtio.Chain;
import org.terrarium.vm.device.virtio.Virtio;
import org.terrarium.vm.device.virtio.VirtioDevice;
import org.terrarium.vm.device.virtio.VirtqueueException;
import org.terrarium.vm.io.DiskAttachment;
import org.terrarium.vm.io.DiskTransfers;

/**
 * A virtio block device (virtio 1.2, 5.2) with one queue. Requests run side by side; what is under way at a time is bounded,
 * whatever the driver asks for.
 */
public final class VirtioBlk implements VirtioDevice<VirtioBlkState> {
    private static final int QUEUE_SIZE = 256;

    /** Queue entries without header and status. */
    private static final int SEG_MAX = QUEUE_SIZE - 2;

    private static final int MASS_STORAGE = 0x010000;

    // Features (5.2.3).
    private static final long F_SEG_MAX = 1 << 2;
    private static final long F_RO = 1 << 5;
    private static final long F_BLK_SIZE = 1 << 6;
    private static final long F_FLUSH = 1 << 9;
    private static final long F_TOPOLOGY = 1 << 10;
    private static final long F_CONFIG_WCE = 1 << 11;
    private static final long F_DISCARD = 1 << 13;
    private static final long F_WRITE_ZEROES = 1 << 14;

    // Configuration layout (5.2.4).
    private static final int CONFIG_BYTES = 60;
    private static final int CAPACITY = 0;
    private static final int CFG_SEG_MAX = 12;
    private static final int BLK_SIZE = 20;
    private static final int PHYSICAL_BLOCK_EXP = 24;
    private static final int MIN_IO_SIZE = 26;
    private static final int OPT_IO_SIZE = 28;
    private static final int WRITEBACK = 32;
    private static final int MAX_DISCARD_SECTORS = 36;
    private static final int MAX_DISCARD_SEG = 40;
    private static final int DISCARD_SECTOR_ALIGNMENT = 44;
    private static final int MAX_WRITE_ZEROES_SECTORS = 48;
    private static final int MAX_WRITE_ZEROES_SEG = 52;
    private static final int WRITE_ZEROES_MAY_UNMAP = 56;

    /** 2 GiB in a range, so that giving back a large disk takes few of them. */
    private static final int MAX_RANGE_SECTORS = 1 << 22;

    private static final int MAX_RANGES = 32;
    private static final int UNMAP = 1;
    private static final int ID_BYTES = 20;

    /** Hosts and image formats work in units of 4 KiB or more. */
    private static final int PHYSICAL_EXP = 3;

    private static final int CLUSTER_SECTORS = 128;

    private final DiskAttachment disk;
    private final byte[] id;
    private final long sectors;
    private final DiskTransfers transfers;
    private final ByteBuffer config = ByteBuffer.allocate(CONFIG_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private Transport transport;
    private boolean writeback = true;
    private int requestsInFlight;

    /** Requests are being taken; those that end meanwhile need not look for others. */
    private boolean taking;

    /** {@code serial}: up to 20 ASCII characters by which the guest knows the disk again. */
    public VirtioBlk(DiskAttachment disk, String serial) {
        this.disk = disk;
        transfers = new DiskTransfers(disk);
        id = Arrays.copyOf(serial.getBytes(StandardCharsets.US_ASCII), ID_BYTES);
        sectors = disk.size() / SECTOR;
        config.putLong(CAPACITY, sectors);
        config.putInt(CFG_SEG_MAX, SEG_MAX);
        config.putInt(BLK_SIZE, SECTOR);
        config.put(PHYSICAL_BLOCK_EXP, (byte) PHYSICAL_EXP);
        config.putShort(MIN_IO_SIZE, (short) (1 << PHYSICAL_EXP));
        config.putInt(OPT_IO_SIZE, CLUSTER_SECTORS);
        config.putInt(MAX_DISCARD_SECTORS, MAX_RANGE_SECTORS);
        config.putInt(MAX_DISCARD_SEG, MAX_RANGES);
        config.putInt(DISCARD_SECTOR_ALIGNMENT, 1 << PHYSICAL_EXP);
        config.putInt(MAX_WRITE_ZEROES_SECTORS, MAX_RANGE_SECTORS);
        config.putInt(MAX_WRITE_ZEROES_SEG, MAX_RANGES);
        config.put(WRITE_ZEROES_MAY_UNMAP, (byte) 1);
    }

    @Override
    public int type() {
        return Virtio.BLOCK_DEVICE;
    }

    @Override
    public int pciClass() {
        return MASS_STORAGE;
    }

    @Override
    public long features() {
        long access = disk.readOnly() ? F_RO : F_DISCARD | F_WRITE_ZEROES;
        return F_SEG_MAX | F_BLK_SIZE | F_FLUSH | F_TOPOLOGY | F_CONFIG_WCE | access;
    }

    @Override
    public int[] queueSizes() {
        return new int[] {QUEUE_SIZE};
    }

    @Override
    public int configBytes() {
        return CONFIG_BYTES;
    }

    @Override
    public int readConfig(int offset) {
        return offset == WRITEBACK ? (writeback ? 1 : 0) : config.get(offset) & 0xFF;
    }

    @Override
    public void writeConfig(int offset, int value) {
        if (offset == WRITEBACK && (transport.features() & F_CONFIG_WCE) != 0) {
            writeback = (value & 1) != 0;
        }
    }

    @Override
    public void connect(Transport t) {
        transport = t;
    }

    /** Without FLUSH the driver could not make sure of anything, so every write does (5.2.6.2). */
    private boolean writesThrough() {
        return (transport.features() & F_FLUSH) == 0 || !writeback;
    }

    @Override
    public void notified(int queue) throws VirtqueueException {
        if (taking) {
            return;
        }
        taking = true;
        try {
            while (transfers.room() && requestsInFlight < QUEUE_SIZE) {
                Chain chain = transport.queue(0).take();
                if (chain == null) {
                    transport.queue(0).askForNotification();
                    return;
                }
                begin(new BlkRequest(chain));
            }
        } finally {
            taking = false;
        }
    }

    private void begin(BlkRequest r) {
        requestsInFlight++;
        switch (r.type) {
            case IN -> transfer(r, r.bytesIn());
            case OUT -> {
                if (disk.readOnly()) {
                    finish(r, IOERR, 0);
                } else {
                    transfer(r, r.bytesOut());
                }
            }
            case FLUSH -> disk.flush(transfers.expect(ok -> finish(r, ok ? OK : IOERR, 0)));
            case GET_ID -> {
                int bytes = (int) Math.min(ID_BYTES, r.bytesIn());
                r.toGuest(0, id, bytes);
                finish(r, OK, bytes);
            }
            case DISCARD, WRITE_ZEROES -> ranges(r);
            default -> finish(r, UNSUPP, 0);
        }
    }

    private void finish(BlkRequest r, int status, long written) {
        requestsInFlight--;
        r.putStatus(status);
        transport.giveBack(0, r.chain, (int) written + 1);
    }

    /** A request ended later than in {@link #notified}: there may be room for others that wait. */
    private void finishLater(BlkRequest r, int status, long written) {
        finish(r, status, written);
        transport.lookAgain(0);
    }

    private void transfer(BlkRequest r, long bytes) {
        if (bytes % SECTOR != 0 || !inside(r.sector, bytes / SECTOR, sectors)) {
            finish(r, IOERR, 0);
        } else if (bytes == 0) {
            finish(r, OK, 0);
        } else if (r.type == IN) {
            transfers.read(r.sector * SECTOR, bytes, r, ok -> finishLater(r, ok ? OK : IOERR, ok ? bytes : 0));
        } else {
            transfers.write(r.sector * SECTOR, bytes, r, ok -> {
                if (ok) {
                    written(r);
                } else {
                    finishLater(r, IOERR, 0);
                }
            });
        }
    }

    private void written(BlkRequest r) {
        if (writesThrough()) {
            disk.flush(transfers.expect(ok -> finishLater(r, ok ? OK : IOERR, 0)));
        } else {
            finishLater(r, OK, 0);
        }
    }

    /** DISCARD and WRITE_ZEROES carry a list of ranges; all are checked before the first takes effect (5.2.6.2). */
    private void ranges(BlkRequest r) {
        long bytes = r.bytesOut();
        int count = (int) Math.min(bytes / RANGE_BYTES, MAX_RANGES + 1);
        if (disk.readOnly() || bytes % RANGE_BYTES != 0 || count == 0 || count > MAX_RANGES) {
            finish(r, disk.readOnly() ? IOERR : UNSUPP, 0);
            return;
        }
        byte[] list = new byte[count * RANGE_BYTES];
        r.fromGuest(0, list, list.length);
        for (int at = 0; at < list.length; at += RANGE_BYTES) {
            long flags = number(list, at + 12, 4);
            if (r.type == DISCARD ? flags != 0 : (flags & ~UNMAP) != 0) {
                finish(r, UNSUPP, 0);
                return;
            }
            long length = number(list, at + 8, 4);
            if (length > MAX_RANGE_SECTORS || !inside(number(list, at, 8), length, sectors)) {
                finish(r, IOERR, 0);
                return;
            }
        }
        range(r, list, 0);
    }

    private void range(BlkRequest r, byte[] list, int at) {
        long offset = number(list, at, 8) * SECTOR;
        long length = number(list, at + 8, 4) * SECTOR;
        DiskAttachment.Completion next = transfers.expect(ok -> {
            if (!ok) {
                finishLater(r, IOERR, 0);
            } else if (at + RANGE_BYTES < list.length) {
                range(r, list, at + RANGE_BYTES);
            } else {
                written(r);
            }
        });
        if (r.type == DISCARD) {
            disk.discard(offset, length, next);
        } else {
            disk.writeZeroes(offset, length, (number(list, at + 12, 4) & UNMAP) != 0, next);
        }
    }

    @Override
    public void reset() {
        transfers.reset();
        requestsInFlight = 0;
        writeback = true;
    }

    @Override
    public VirtioBlkState save() {
        return new VirtioBlkState(writeback);
    }

    @Override
    public void restore(VirtioBlkState s) {
        reset();
        writeback = s.writeback();
    }
}
