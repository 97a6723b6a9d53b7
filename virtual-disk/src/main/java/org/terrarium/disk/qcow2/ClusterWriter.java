package org.terrarium.disk.qcow2;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.terrarium.disk.Allocation;
import org.terrarium.disk.Storage;
import org.terrarium.disk.luks.EncryptedStorage;

/** Changes where the guest's clusters are: sets space aside, refers to it, and drops what is replaced. */
final class ClusterWriter {
    /** Bytes set aside for one write at most. */
    private static final int MAX_ALLOCATION = 16 << 20;

    private final Storage storage;
    private final Storage data;
    private final Qcow2Header header;
    private final boolean hasBacking;
    private final FlushOrder order;
    private final ClusterMap map;
    private final ClusterReader reader;
    private final ClusterAllocator allocator;
    private final boolean encrypted;
    private final int clusterBits;
    private final int clusterSize;
    private final long size;

    /**
     * @param data the file that holds the guest's data
     * @param hasBacking unallocated clusters show something else than zeroes
     */
    ClusterWriter(
            Storage storage,
            Storage data,
            Qcow2Header header,
            boolean hasBacking,
            FlushOrder order,
            ClusterMap map,
            ClusterReader reader,
            ClusterAllocator allocator) {
        this.storage = storage;
        this.data = data;
        this.header = header;
        this.hasBacking = hasBacking;
        this.order = order;
        this.map = map;
        this.reader = reader;
        this.allocator = allocator;
        this.encrypted = data instanceof EncryptedStorage;
        this.clusterBits = header.clusterBits();
        this.clusterSize = header.clusterSize();
        this.size = (header.size() + 511) & -512;
    }

    /** See {@link org.terrarium.disk.ImageFormat#allocate}. */
    Allocation allocate(long guestOffset, long length) throws IOException {
        long table = writableTable(guestOffset);
        int index = map.l2Index(guestOffset);
        long word = map.word(table, index);
        int unit = header.subclusterSize();
        long inCluster = guestOffset & clusterSize - 1;
        long clusterStart = guestOffset - inCluster;
        if (map.hasCluster(word) && (word & L2Entry.COPIED) != 0) {
            reader.checkData(map.entryAt(table, index), word);
            long from = guestOffset & -unit;
            long to = Math.min(guestOffset + length + unit - 1 & -unit, clusterStart + clusterSize);
            return new Allocation(from, data, L2Entry.offset(word) + (from - clusterStart), to - from, false, true);
        }
        int clusters = (int) Math.min(
                Math.min((inCluster + length + clusterSize - 1) >>> clusterBits, header.l2Entries() - index),
                Math.max(1, MAX_ALLOCATION >>> clusterBits));
        // In a data file everything is at its guest offset.
        ClusterAllocator.Run run = header.hasDataFile()
                ? new ClusterAllocator.Run(clusterStart >>> clusterBits, clusters)
                : allocator.allocate(clusters);
        long fileOffset = run.first() << clusterBits;
        long end = clusterStart + ((long) run.count() << clusterBits);
        boolean zeroes = fileOffset >= data.size() && !encrypted;
        if (unit == clusterSize) {
            return new Allocation(clusterStart, data, fileOffset, end - clusterStart, zeroes, false);
        }
        // Only the subclusters touched, but where an old cluster is replaced all that it shows.
        long from = map.hasCluster(word) || L2Entry.compressed(word) ? clusterStart : guestOffset & -unit;
        long lastWord = map.word(table, index + run.count() - 1);
        long to = map.hasCluster(lastWord) || L2Entry.compressed(lastWord)
                ? end
                : Math.min(end, guestOffset + length + unit - 1 & -unit);
        return new Allocation(from, data, fileOffset + (from - clusterStart), to - from, zeroes, false);
    }

    /** The L2 table for a guest offset, made or copied first where it is missing or shared with a snapshot. */
    long writableTable(long guestOffset) throws IOException {
        int index = map.l1Index(guestOffset);
        long shared = map.table(guestOffset);
        if (map.tableInPlace(guestOffset)) {
            return shared;
        }
        ClusterAllocator.Run run = allocator.allocate(1);
        long offset = run.first() << clusterBits;
        try {
            if (shared == 0) {
                map.l2().zero(offset, clusterSize);
            } else {
                map.l2().copy(offset, shared, clusterSize);
            }
        } catch (IOException e) {
            allocator.release(run);
            throw e;
        }
        map.l1().set(index, offset | L2Entry.COPIED);
        if (shared != 0) {
            map.l2().drop(shared, clusterSize);
            allocator.dropAfterFlush(shared >>> clusterBits, 1);
        }
        return offset;
    }

    /** See {@link org.terrarium.disk.ImageFormat#link}. */
    void link(Allocation allocation) throws IOException {
        long table = writableTable(allocation.guestOffset());
        int unit = header.subclusterSize();
        long end = allocation.guestOffset() + allocation.length();
        for (long at = allocation.guestOffset(); at < end; ) {
            long clusterStart = at & -clusterSize;
            long to = Math.min(end, clusterStart + clusterSize);
            int index = map.l2Index(at);
            long oldWord = map.word(table, index);
            long host = allocation.fileOffset() + (clusterStart - allocation.guestOffset());
            long bits = 0;
            if (unit != clusterSize) {
                long written = L2Entry.subclusters((int) (at - clusterStart) / unit, (int) (to - clusterStart) / unit);
                bits = (map.bits(table, index) | written) & ~(written << 32);
            }
            map.set(table, index, host | L2Entry.COPIED, bits);
            if (!allocation.reused()) {
                drop(oldWord);
            }
            at = to;
        }
    }

    /** See {@link org.terrarium.disk.ImageFormat#abandon}. */
    void abandon(Allocation allocation) throws IOException {
        if (!allocation.reused() && !header.hasDataFile()) {
            long first = allocation.fileOffset() >>> clusterBits;
            long last = allocation.fileOffset() + allocation.length() - 1 >>> clusterBits;
            allocator.release(new ClusterAllocator.Run(first, (int) (last - first + 1)));
        }
    }

    /** Takes back what an L2 entry that is no longer there referred to. */
    void drop(long word) {
        if (L2Entry.compressed(word)) {
            long offset = L2Entry.compressedOffset(word, clusterBits);
            long end = offset + L2Entry.compressedLength(word, clusterBits);
            long first = offset >>> clusterBits;
            allocator.dropAfterFlush(first, (int) ((end - 1 >>> clusterBits) - first + 1));
        } else if (map.hasCluster(word) && !header.hasDataFile()) {
            allocator.dropAfterFlush(L2Entry.offset(word) >>> clusterBits, 1);
        }
    }

    /** See {@link org.terrarium.disk.ImageFormat#storePacked}. */
    void storePacked(long guestOffset, byte[] packed) throws IOException {
        long table = writableTable(guestOffset);
        long offset = allocator.allocateBytes(packed.length);
        order.dataWritten();
        storage.write(offset, ByteBuffer.wrap(packed));
        int index = map.l2Index(guestOffset);
        long old = map.word(table, index);
        map.set(table, index, L2Entry.compressedEntry(offset, packed.length, clusterBits), 0);
        drop(old);
    }

    /** See {@link org.terrarium.disk.ImageFormat#makeZero}. */
    long makeZero(long guestOffset, long length) throws IOException {
        if (header.version() < 3 && hasBacking) {
            return 0;
        }
        if (header.rawDataFile() && !zeroRawData(guestOffset, length)) {
            return 0;
        }
        return replaceAll(guestOffset, length, true);
    }

    /** See {@link org.terrarium.disk.ImageFormat#discard}. */
    void discard(long guestOffset, long length) throws IOException {
        if (header.version() < 3 && hasBacking) {
            return; // Unallocated would mean the backing file's contents, older than what the guest last saw.
        }
        if (header.rawDataFile()) {
            makeZero(guestOffset, length);
            return;
        }
        long at = guestOffset;
        while (at < guestOffset + length) {
            long done = replaceAll(at, guestOffset + length - at, hasBacking);
            // What lies in the midst of packed contents stays.
            at += done == 0 ? header.subclusterSize() : done;
        }
    }

    /** A raw data file shows by itself what the guest sees. */
    private boolean zeroRawData(long guestOffset, long length) throws IOException {
        order.dataWritten();
        return data.punchHole(guestOffset, length);
    }

    /**
     * Takes away what is stored for a range.
     *
     * @param hide it is to read as zeroes whatever a backing file holds
     * @return bytes done; fewer than {@code length} where subclusters of packed contents would have to go
     */
    long replaceAll(long guestOffset, long length, boolean hide) throws IOException {
        long end = guestOffset + length;
        long at = guestOffset;
        while (at < end) {
            int span = map.tableSpanBits();
            long spanEnd = Math.min(end, (at >>> span) + 1 << span);
            if (map.table(at) != 0 || hasBacking && hide) {
                long stopped = replaceInTable(at, spanEnd, hide);
                if (stopped < spanEnd) {
                    return stopped - guestOffset;
                }
            }
            at = spanEnd;
        }
        return length;
    }

    private long replaceInTable(long from, long to, boolean hide) throws IOException {
        long table = writableTable(from);
        boolean extended = header.extendedL2();
        for (long at = from; at < to; ) {
            long clusterStart = at & -clusterSize;
            // The end of the disk may lie inside a cluster, which then counts as whole.
            long end = Math.min(to >= size ? Long.MAX_VALUE : to, clusterStart + clusterSize);
            int index = map.l2Index(at);
            long word = map.word(table, index);
            long bits = map.bits(table, index);
            boolean whole = at == clusterStart && end == clusterStart + clusterSize;
            if (!whole) {
                if (L2Entry.compressed(word)) {
                    return at;
                }
                int unit = header.subclusterSize();
                long gone = L2Entry.subclusters((int) (at - clusterStart) / unit, (int) (end - clusterStart) / unit);
                map.set(table, index, word, bits & ~gone | gone << 32);
            } else if (!map.blank(word, bits) || hide && hasBacking) {
                boolean zeroes = hide && (hasBacking || map.hasCluster(word) || L2Entry.compressed(word));
                map.set(
                        table,
                        index,
                        zeroes && !extended && header.version() >= 3 ? L2Entry.ZERO : 0,
                        zeroes && extended ? L2Entry.ALL_ZERO : 0);
                drop(word);
            }
            at = end;
        }
        return to;
    }
}
