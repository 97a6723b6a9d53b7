package org.terrarium.disk.vmdk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.Deflater;
import org.terrarium.disk.Allocation;
import org.terrarium.disk.DiskException;
import org.terrarium.disk.Extent;
import org.terrarium.disk.ImageFormat;
import org.terrarium.disk.Storage;

/**
 * A stream-optimized extent while it is written (Virtual Disk Format 5.0, "Stream-Optimized Compressed Sparse Extents"): packed
 * grains in the order of the disk, each table behind its grains, then the directory and a footer. So it is written once, from
 * start to end, and only packed.
 */
final class VmdkStream implements ImageFormat {
    /** Keeps the directory, which is in memory until the end, below 16 MiB. */
    static final int MOST_TABLES = 4 << 20;

    private static final int SECTOR = VmdkSparseHeader.SECTOR;
    private static final int GRAIN_MARKER = 12;
    private static final int TABLE_MARKER = 1;
    private static final int DIRECTORY_MARKER = 2;
    private static final int FOOTER_MARKER = 3;
    private static final int END_MARKER = 0;

    private final Storage storage;
    private final VmdkSparseHeader header;
    private final int[] directory;
    private int[] table;
    private long tableIndex = -1;
    private long lastGrain = -1;
    private long at;
    private boolean begun;

    /** @param header of an image without grains */
    VmdkStream(Storage storage, VmdkSparseHeader header) {
        this.storage = storage;
        this.header = header;
        this.directory = new int[(int) header.tables()];
        this.at = header.overhead() * SECTOR;
    }

    @Override
    public long size() {
        return header.capacity() * SECTOR;
    }

    @Override
    public long unitSize() {
        return header.grainSize() * SECTOR;
    }

    @Override
    public int packUnit() {
        return (int) unitSize();
    }

    @Override
    public Extent map(long guestOffset, long maxLength) throws IOException {
        if (guestOffset / unitSize() <= lastGrain) {
            throw new DiskException(storage.path(), "a stream-optimized VMDK image cannot be read while it is written");
        }
        return Extent.of(Extent.Kind.UNALLOCATED, maxLength);
    }

    @Override
    public byte[] pack(ByteBuffer unit) {
        Deflater deflater = new Deflater();
        try {
            byte[] packed = new byte[unit.remaining() + unit.remaining() / 1024 + SECTOR];
            deflater.setInput(unit);
            deflater.finish();
            int length = 0;
            while (!deflater.finished()) {
                length += deflater.deflate(packed, length, packed.length - length);
            }
            return Arrays.copyOf(packed, length);
        } finally {
            deflater.end();
        }
    }

    @Override
    public void storePacked(long guestOffset, byte[] packed) throws IOException {
        long grain = guestOffset / unitSize();
        if (grain <= lastGrain) {
            throw new DiskException(
                    storage.path(), "a stream-optimized VMDK image can only be written once, from start to end");
        }
        begin();
        if (grain / header.entriesPerTable() != tableIndex) {
            endTable();
            tableIndex = grain / header.entriesPerTable();
            table = new int[(int) header.entriesPerTable()];
        }
        table[(int) (grain % header.entriesPerTable())] = sector();
        lastGrain = grain;
        ByteBuffer bytes = sectors(GRAIN_MARKER + packed.length);
        bytes.putLong(0, grain * header.grainSize()).putInt(8, packed.length).put(GRAIN_MARKER, packed);
        append(bytes);
    }

    private void begin() throws IOException {
        if (!begun) {
            // The tables of the empty image go.
            storage.setSize(at);
            begun = true;
        }
    }

    private void endTable() throws IOException {
        if (table != null) {
            ByteBuffer bytes = sectors(table.length * 4);
            bytes.asIntBuffer().put(table);
            append(marker(TABLE_MARKER, bytes.capacity() / SECTOR));
            directory[(int) tableIndex] = sector();
            append(bytes);
            table = null;
        }
    }

    /** Writes everything that comes behind the grains. */
    void writeEnd() throws IOException {
        endTable();
        ByteBuffer bytes = sectors(directory.length * 4);
        bytes.asIntBuffer().put(directory);
        append(marker(DIRECTORY_MARKER, bytes.capacity() / SECTOR));
        VmdkSparseHeader footer = header.withDirectory(at / SECTOR);
        append(bytes);
        append(marker(FOOTER_MARKER, 1));
        append(footer.toBytes());
        append(marker(END_MARKER, 0));
        storage.sync();
    }

    private static ByteBuffer marker(int type, int sectors) {
        return ByteBuffer.allocate(SECTOR)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(0, sectors)
                .putInt(12, type);
    }

    private static ByteBuffer sectors(int bytes) {
        return ByteBuffer.allocate((bytes + SECTOR - 1) / SECTOR * SECTOR).order(ByteOrder.LITTLE_ENDIAN);
    }

    private int sector() throws DiskException {
        if (at / SECTOR > 0xffff_ffffL) {
            throw new DiskException(storage.path(), "a sparse VMDK extent cannot grow beyond 2 TiB");
        }
        return (int) (at / SECTOR);
    }

    private void append(ByteBuffer bytes) throws IOException {
        int length = bytes.capacity();
        storage.write(at, bytes);
        at += length;
    }

    @Override
    public void readPacked(long guestOffset, ByteBuffer dst) {
        throw new IllegalStateException("nothing is mapped as packed here");
    }

    @Override
    public Allocation allocate(long guestOffset, long length) throws IOException {
        throw new DiskException(
                storage.path(),
                "is a stream-optimized VMDK image, which can only be written by converting another image into it");
    }

    @Override
    public void link(Allocation allocation) {}

    @Override
    public void abandon(Allocation allocation) {}

    @Override
    public long makeZero(long guestOffset, long length) {
        // Whatever has not been written reads as zeroes.
        return guestOffset / unitSize() > lastGrain ? length : 0;
    }

    @Override
    public void discard(long guestOffset, long length) {}

    @Override
    public void beforeData(long guestOffset, long length) {}

    @Override
    public void afterData() {}

    @Override
    public void flush() throws IOException {
        storage.sync();
    }

    @Override
    public void finish() throws IOException {
        if (begun) {
            writeEnd();
        }
    }
}
