package org.terrarium.disk.qcow2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.terrarium.disk.DiskException;
import org.terrarium.disk.Storage;

/**
 * The bitmaps of an image (qcow2.rst, "Bitmaps"). Those that record writes are kept true: marked as in use before the first
 * write, brought up to date when the image is closed. One that another program left in use stays so, which tells everybody
 * that it cannot be trusted.
 */
final class Qcow2Bitmaps {
    private static final int IN_USE = 1;
    private static final int AUTO = 1 << 1;
    private static final int FIXED_LENGTH = 24;
    private static final int MAX_COUNT = 65535;
    private static final int MAX_GRANULARITY_BITS = 31;
    private static final int MIN_GRANULARITY_BITS = 9;
    private static final long MAX_DIRECTORY = 64L << 20;
    private static final long MAX_TABLE_BYTES = 64L << 20;
    private static final long ALL_ONES = 1;

    /** One directory entry. */
    private static final class Bitmap {
        long entryAt;
        long tableOffset;
        int tableSize;
        int flags;
        int granularityBits;
        boolean tracked;
        final BitSet changed = new BitSet();
    }

    /** Somebody who is told which clusters the bitmaps occupy. */
    interface Clusters {
        void use(long offset, long length) throws IOException;
    }

    private final Storage storage;
    private final Qcow2Header header;
    private final List<Bitmap> bitmaps = new ArrayList<>();
    private boolean begun;

    private Qcow2Bitmaps(Storage storage, Qcow2Header header) {
        this.storage = storage;
        this.header = header;
    }

    static Qcow2Bitmaps read(Storage storage, Qcow2Header header) throws IOException {
        Qcow2Bitmaps bitmaps = new Qcow2Bitmaps(storage, header);
        HeaderExtensions.BitmapDirectory directory = header.extensions().bitmaps(storage);
        if (directory != null && (header.autoclear() & Qcow2Header.AUTOCLEAR_BITMAPS) != 0) {
            bitmaps.readDirectory(directory);
        }
        return bitmaps;
    }

    private void readDirectory(HeaderExtensions.BitmapDirectory directory) throws IOException {
        long end = directory.offset() + directory.length();
        if (directory.count() < 0
                || directory.count() > MAX_COUNT
                || directory.offset() <= 0
                || directory.offset() % header.clusterSize() != 0
                || directory.length() < 0
                || directory.length() > MAX_DIRECTORY
                || end > storage.size()) {
            throw DiskException.corrupt(storage.path(), directory.offset(), "its bitmap directory is not allowed");
        }
        long at = directory.offset();
        for (int i = 0; i < directory.count(); i++) {
            ByteBuffer entry = ByteBuffer.allocate(FIXED_LENGTH);
            storage.read(at, entry);
            Bitmap bitmap = new Bitmap();
            bitmap.entryAt = at;
            bitmap.tableOffset = entry.getLong(0);
            bitmap.tableSize = entry.getInt(8);
            bitmap.flags = entry.getInt(12);
            bitmap.granularityBits = entry.get(17);
            long length =
                    FIXED_LENGTH + Integer.toUnsignedLong(entry.getInt(20)) + Short.toUnsignedInt(entry.getShort(18));
            at += length + 7 & -8;
            if (at > end
                    || bitmap.tableSize < 0
                    || bitmap.tableSize * 8L > MAX_TABLE_BYTES
                    || bitmap.granularityBits < MIN_GRANULARITY_BITS
                    || bitmap.granularityBits > MAX_GRANULARITY_BITS
                    || bitmap.tableOffset < 0
                    || bitmap.tableOffset % header.clusterSize() != 0
                    || bitmap.tableOffset > storage.size() - bitmap.tableSize * 8L) {
                throw DiskException.corrupt(storage.path(), bitmap.entryAt, "a bitmap of it is not allowed");
            }
            bitmaps.add(bitmap);
        }
    }

    int count() {
        return bitmaps.size();
    }

    /** Before the first write: marks those in use that are to be kept true. Returns whether anything was written. */
    boolean begin() throws IOException {
        if (begun) {
            return false;
        }
        begun = true;
        boolean wrote = false;
        for (Bitmap bitmap : bitmaps) {
            if ((bitmap.flags & (AUTO | IN_USE)) == AUTO) {
                bitmap.tracked = true;
                writeFlags(bitmap, bitmap.flags | IN_USE);
                wrote = true;
            }
        }
        return wrote;
    }

    private void writeFlags(Bitmap bitmap, int flags) throws IOException {
        storage.write(bitmap.entryAt + 12, ByteBuffer.allocate(4).putInt(0, flags));
    }

    /** The guest's contents change there. */
    void changed(long guestOffset, long length) {
        if (length <= 0) {
            return;
        }
        long end = Math.min(guestOffset + length, header.size());
        for (Bitmap bitmap : bitmaps) {
            if (bitmap.tracked && guestOffset < end) {
                bitmap.changed.set(
                        (int) (guestOffset >>> bitmap.granularityBits), (int) (end - 1 >>> bitmap.granularityBits) + 1);
            }
        }
    }

    /** A step that brings everything into the file. */
    interface Settle {
        void run() throws IOException;
    }

    /** Writes what has changed and gives up the use; counts for new clusters are settled before anything refers to them. */
    void store(ClusterAllocator allocator, FlushOrder order, Settle settle) throws IOException {
        for (Bitmap bitmap : bitmaps) {
            if (bitmap.tracked) {
                store(bitmap, allocator, order, settle);
            }
        }
        order.sync();
        for (Bitmap bitmap : bitmaps) {
            if (bitmap.tracked) {
                order.written();
                writeFlags(bitmap, bitmap.flags);
                bitmap.tracked = false;
                bitmap.changed.clear();
            }
        }
        order.sync();
        begun = false;
    }

    private void store(Bitmap bitmap, ClusterAllocator allocator, FlushOrder order, Settle settle) throws IOException {
        int bitsPerCluster = header.clusterSize() * 8;
        int entry = -1;
        for (int bit = bitmap.changed.nextSetBit(0);
                bit >= 0 && entry + 1 < bitmap.tableSize;
                bit = bitmap.changed.nextSetBit((entry + 1) * bitsPerCluster)) {
            entry = bit / bitsPerCluster;
            if (entry >= bitmap.tableSize) {
                throw DiskException.corrupt(storage.path(), bitmap.entryAt, "a bitmap is too small for the disk");
            }
            storeCluster(bitmap, entry, allocator, order, settle);
        }
    }

    private void storeCluster(Bitmap bitmap, int entry, ClusterAllocator allocator, FlushOrder order, Settle settle)
            throws IOException {
        long entryAt = bitmap.tableOffset + entry * 8L;
        ByteBuffer word = ByteBuffer.allocate(8);
        storage.read(entryAt, word);
        long value = word.getLong(0);
        long offset = L2Entry.offset(value);
        if (offset == 0 && (value & ALL_ONES) != 0) {
            return;
        }
        int bitsPerCluster = header.clusterSize() * 8;
        ByteBuffer contents = ByteBuffer.allocate(header.clusterSize());
        boolean fresh = offset == 0;
        if (fresh) {
            offset = allocator.allocate(1).first() << header.clusterBits();
            settle.run();
        } else {
            storage.read(offset, contents);
        }
        byte[] bytes = contents.array();
        int first = entry * bitsPerCluster;
        for (int bit = bitmap.changed.nextSetBit(first);
                bit >= 0 && bit < first + bitsPerCluster;
                bit = bitmap.changed.nextSetBit(bit + 1)) {
            bytes[bit - first >>> 3] |= (byte) (1 << (bit & 7));
        }
        order.written();
        storage.write(offset, contents.clear());
        if (fresh) {
            order.sync();
            order.written();
            storage.write(entryAt, ByteBuffer.allocate(8).putLong(0, offset));
        }
    }

    /** Names every cluster that the directory, the tables and the bitmaps themselves occupy. */
    void visit(Clusters clusters) throws IOException {
        HeaderExtensions.BitmapDirectory directory = header.extensions().bitmaps(storage);
        if (bitmaps.isEmpty()) {
            return;
        }
        clusters.use(directory.offset(), directory.length());
        for (Bitmap bitmap : bitmaps) {
            if (bitmap.tableSize == 0) {
                continue;
            }
            clusters.use(bitmap.tableOffset, bitmap.tableSize * 8L);
            PointerTable table = PointerTable.read(storage, bitmap.tableOffset, bitmap.tableSize);
            for (int i = 0; i < table.length(); i++) {
                if (L2Entry.offset(table.get(i)) != 0) {
                    clusters.use(L2Entry.offset(table.get(i)), header.clusterSize());
                }
            }
        }
    }
}
