package org.terrarium.disk.qcow2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.terrarium.disk.Allocation;
import org.terrarium.disk.BackingReference;
import org.terrarium.disk.DiskException;
import org.terrarium.disk.Extent;
import org.terrarium.disk.ImageContext;
import org.terrarium.disk.ImageFormat;
import org.terrarium.disk.Storage;

/**
 * The mapping of a qcow2 image (QEMU docs/interop/qcow2.rst), versions 2 and 3. Clusters that are shared with a snapshot inside
 * the image are never written in place.
 *
 * <p>Order on disk: guest data and reference counts, then refcount table, then L2 tables, then the L1 table; counts are taken
 * down only after that. A host that dies at any moment thus leaves clusters that are counted but not used, never the reverse.
 * With lazy refcounts the counts come last, and the dirty bit says so until the image is closed.
 */
public final class Qcow2Format implements ImageFormat {
    /** Bytes set aside for one write at most. */
    private static final int MAX_ALLOCATION = 16 << 20;

    private final Storage storage;
    private final Qcow2Header header;
    private final int clusterBits;
    private final int clusterSize;
    private final boolean hasBacking;
    private final FlushOrder order;
    private final PointerTable l1;
    private final MetadataCache l2;
    private final Refcounts refcounts;
    private final ClusterAllocator allocator;
    private boolean modified;
    private long unpackedEntry;
    private byte[] unpacked;

    /**
     * Opens an image. One that was not closed properly gets its reference counts rebuilt first when it is opened for writing.
     *
     * @throws DiskException when the image is damaged, truncated or uses what this version lacks
     */
    public static Qcow2Format open(Storage storage, ImageContext context) throws IOException {
        Qcow2Header header = Qcow2Header.read(storage);
        if (context.writable() && header.corrupt()) {
            throw new DiskException(
                    storage.path(),
                    "is marked as damaged, so it can only be read; repair it with qemu-img check -r all");
        }
        if (context.writable() && header.dirty()) {
            RefcountRebuild.run(storage, header);
            header = Qcow2Header.read(storage);
        }
        boolean hasBacking = header.backingFile() != null || context.overBase();
        Qcow2Format format = new Qcow2Format(storage, header, hasBacking, context.writable());
        format.checkTables();
        return format;
    }

    private Qcow2Format(Storage storage, Qcow2Header header, boolean hasBacking, boolean writable) throws IOException {
        this.storage = storage;
        this.header = header;
        this.clusterBits = header.clusterBits();
        this.clusterSize = header.clusterSize();
        this.hasBacking = hasBacking;
        this.order = new FlushOrder(storage);
        this.l1 = PointerTable.read(storage, header.l1Offset(), header.l1Size());
        this.l2 = new MetadataCache(storage, order, clusterSize);
        if (writable) {
            this.refcounts = new Refcounts(storage, header, order);
            this.allocator = new ClusterAllocator(storage, refcounts, clusterBits);
            order.declare(
                    header.lazyRefcounts()
                            ? List.of(l2, l1, refcounts.blockStage(), refcounts.tableStage())
                            : List.of(refcounts.blockStage(), refcounts.tableStage(), l2, l1));
        } else {
            this.refcounts = null;
            this.allocator = null;
            order.declare(List.of(l2, l1));
        }
    }

    private void checkTables() throws DiskException {
        for (int i = 0; i < l1.length(); i++) {
            checkTableOffset(l1.fileOffset() + i * 8L, L2Entry.offset(l1.get(i)));
        }
    }

    private void checkTableOffset(long at, long offset) throws DiskException {
        if ((offset & clusterSize - 1) != 0) {
            throw DiskException.corrupt(storage.path(), at, "an L2 table is misaligned");
        }
        if (offset >= storage.size()) {
            throw Qcow2Header.truncated(storage, "an L2 table lies past the end of the file");
        }
    }

    public Qcow2Header header() {
        return header;
    }

    @Override
    public long size() {
        // Devices count in sectors; a size that is no whole number of them still has its cluster whole in the file.
        return (header.size() + 511) & -512;
    }

    @Override
    public long unitSize() {
        return clusterSize;
    }

    @Override
    public BackingReference backing() {
        return header.backingFile() == null ? null : new BackingReference(header.backingFile(), header.backingFormat());
    }

    // ---- reading ----

    @Override
    public Extent map(long guestOffset, long maxLength) throws IOException {
        long inCluster = guestOffset & clusterSize - 1;
        long tableOffset = L2Entry.offset(l1.get(l1Index(guestOffset)));
        int index = l2Index(guestOffset);
        if (tableOffset == 0) {
            long covered = ((long) header.l2Entries() - index << clusterBits) - inCluster;
            return Extent.of(Extent.Kind.UNALLOCATED, Math.min(covered, maxLength));
        }
        MetadataCache.Block table = l2.get(tableOffset);
        boolean tableInPlace = (l1.get(l1Index(guestOffset)) & L2Entry.COPIED) != 0;
        long entry = table.getLong(index * 8);
        Extent.Kind kind = kindOf(entry);
        long offset = L2Entry.offset(entry);
        boolean inPlace = kind == Extent.Kind.DATA && tableInPlace && (entry & L2Entry.COPIED) != 0;
        if (kind == Extent.Kind.DATA) {
            checkData(tableOffset + index * 8L, offset);
        }
        long length = clusterSize - inCluster;
        // Neighbours of the same kind, and for data at the next place in the file, belong to the same extent.
        for (int next = index + 1;
                length < maxLength && next < header.l2Entries() && kind != Extent.Kind.PACKED;
                next++, length += clusterSize) {
            long neighbour = table.getLong(next * 8);
            if (kindOf(neighbour) != kind) {
                break;
            }
            long follows = offset + ((long) (next - index) << clusterBits);
            if (kind == Extent.Kind.DATA
                    && (follows >= storage.size()
                            || (neighbour & (L2Entry.COPIED | L2Entry.OFFSET_MASK))
                                    != (entry & L2Entry.COPIED | follows))) {
                break;
            }
        }
        return kind == Extent.Kind.DATA
                ? Extent.data(storage, offset + inCluster, Math.min(length, maxLength), inPlace)
                : Extent.of(kind, Math.min(length, maxLength));
    }

    private Extent.Kind kindOf(long entry) {
        if (L2Entry.compressed(entry)) {
            return Extent.Kind.PACKED;
        }
        if ((entry & L2Entry.ZERO) != 0 && header.version() >= 3) {
            return Extent.Kind.ZERO;
        }
        return L2Entry.offset(entry) == 0 ? Extent.Kind.UNALLOCATED : Extent.Kind.DATA;
    }

    private void checkData(long entryAt, long offset) throws DiskException {
        if ((offset & clusterSize - 1) != 0) {
            throw DiskException.corrupt(storage.path(), entryAt, "a data cluster is misaligned");
        }
        if (offset >= storage.size()) {
            throw Qcow2Header.truncated(storage, "a data cluster lies past the end of the file");
        }
    }

    private int l1Index(long guestOffset) {
        return (int) (guestOffset >>> clusterBits + clusterBits - 3);
    }

    private int l2Index(long guestOffset) {
        return (int) (guestOffset >>> clusterBits) & header.l2Entries() - 1;
    }

    @Override
    public void readPacked(long guestOffset, ByteBuffer dst) throws IOException {
        long tableOffset = L2Entry.offset(l1.get(l1Index(guestOffset)));
        int index = l2Index(guestOffset);
        long entry = l2.get(tableOffset).getLong(index * 8);
        if (unpacked == null || unpackedEntry != entry) {
            unpacked = unpack(entry);
            unpackedEntry = entry;
        }
        dst.put(unpacked, (int) (guestOffset & clusterSize - 1), dst.remaining());
    }

    private byte[] unpack(long entry) throws IOException {
        long offset = L2Entry.compressedOffset(entry, clusterBits);
        ByteBuffer packed = ByteBuffer.allocate(L2Entry.compressedLength(entry, clusterBits));
        if (offset >= storage.size()) {
            throw Qcow2Header.truncated(storage, "a compressed cluster lies past the end of the file");
        }
        storage.read(offset, packed);
        byte[] bytes = new byte[clusterSize];
        try (Inflater inflater = new Inflater(true)) {
            inflater.setInput(packed.flip());
            int filled = 0;
            while (filled < clusterSize) {
                int n = inflater.inflate(bytes, filled, clusterSize - filled);
                if (n == 0) {
                    throw DiskException.corrupt(storage.path(), offset, "a compressed cluster ends too early");
                }
                filled += n;
            }
        } catch (DataFormatException e) {
            throw DiskException.corrupt(storage.path(), offset, "a compressed cluster cannot be unpacked");
        }
        return bytes;
    }

    // ---- writing ----

    @Override
    public Allocation allocate(long guestOffset, long length) throws IOException {
        beginChange();
        long guestStart = guestOffset & -clusterSize;
        int index = l2Index(guestOffset);
        long tableOffset = writableTable(guestOffset);
        long entry = l2.get(tableOffset).getLong(index * 8);
        if (kindOf(entry) == Extent.Kind.ZERO && L2Entry.offset(entry) != 0 && (entry & L2Entry.COPIED) != 0) {
            checkData(tableOffset + index * 8L, L2Entry.offset(entry));
            return new Allocation(guestStart, storage, L2Entry.offset(entry), clusterSize, false, true);
        }
        long clusters = (guestOffset - guestStart + length + clusterSize - 1) >>> clusterBits;
        int most = (int) Math.min(clusters, Math.max(1, MAX_ALLOCATION >>> clusterBits));
        ClusterAllocator.Run run = allocator.allocate(Math.min(most, header.l2Entries() - index));
        long fileOffset = run.first() << clusterBits;
        return new Allocation(
                guestStart,
                storage,
                fileOffset,
                (long) run.count() << clusterBits,
                fileOffset >= storage.size(),
                false);
    }

    /** The L2 table for a guest offset, made or copied first where it is missing or shared with a snapshot. */
    private long writableTable(long guestOffset) throws IOException {
        int index = l1Index(guestOffset);
        long entry = l1.get(index);
        if ((entry & L2Entry.COPIED) != 0) {
            return L2Entry.offset(entry);
        }
        ClusterAllocator.Run run = allocator.allocate(1);
        long offset = run.first() << clusterBits;
        long shared = L2Entry.offset(entry);
        try {
            if (shared == 0) {
                l2.fresh(offset);
            } else {
                l2.freshCopy(offset, shared);
            }
        } catch (IOException e) {
            allocator.release(run);
            throw e;
        }
        l1.set(index, offset | L2Entry.COPIED);
        if (shared != 0) {
            l2.drop(shared);
            allocator.dropAfterFlush(shared >>> clusterBits, 1);
        }
        return offset;
    }

    @Override
    public void link(Allocation allocation) throws IOException {
        long tableOffset = writableTable(allocation.guestOffset());
        int index = l2Index(allocation.guestOffset());
        int count = (int) (allocation.length() >>> clusterBits);
        MetadataCache.Block table = l2.get(tableOffset);
        for (int i = 0; i < count; i++) {
            long old = table.getLong((index + i) * 8);
            long offset = allocation.fileOffset() + ((long) i << clusterBits);
            table.putLong((index + i) * 8, offset | L2Entry.COPIED);
            if (!allocation.reused()) {
                drop(old);
            }
        }
        flushIfDue();
    }

    @Override
    public void abandon(Allocation allocation) throws IOException {
        if (!allocation.reused()) {
            allocator.release(new ClusterAllocator.Run(
                    allocation.fileOffset() >>> clusterBits, (int) (allocation.length() >>> clusterBits)));
        }
    }

    /** Takes back what an L2 entry that is no longer there referred to. */
    private void drop(long entry) {
        if (L2Entry.compressed(entry)) {
            long offset = L2Entry.compressedOffset(entry, clusterBits);
            long end = offset + L2Entry.compressedLength(entry, clusterBits);
            long first = offset >>> clusterBits;
            allocator.dropAfterFlush(first, (int) ((end - 1 >>> clusterBits) - first + 1));
        } else if (L2Entry.offset(entry) != 0) {
            allocator.dropAfterFlush(L2Entry.offset(entry) >>> clusterBits, 1);
        }
    }

    @Override
    public long makeZero(long guestOffset, long length) throws IOException {
        if (header.version() < 3 && hasBacking) {
            return 0;
        }
        replaceAll(guestOffset, length, header.version() >= 3 ? L2Entry.ZERO : 0);
        return length;
    }

    @Override
    public void discard(long guestOffset, long length) throws IOException {
        if (header.version() < 3 && hasBacking) {
            return; // Unallocated would mean the backing file's contents, older than what the guest last saw.
        }
        replaceAll(guestOffset, length, hasBacking ? L2Entry.ZERO : 0);
    }

    private void replaceAll(long guestOffset, long length, long entry) throws IOException {
        beginChange();
        long at = guestOffset;
        while (at < guestOffset + length) {
            long tableSpan = (long) header.l2Entries() << clusterBits;
            long end = Math.min(guestOffset + length, (at & -tableSpan) + tableSpan);
            boolean nothingThere = L2Entry.offset(l1.get(l1Index(at))) == 0;
            if (!nothingThere || hasBacking) {
                replaceInTable(at, end, entry);
            }
            at = end;
        }
        flushIfDue();
    }

    private void replaceInTable(long from, long to, long entry) throws IOException {
        MetadataCache.Block table = l2.get(writableTable(from));
        for (long at = from; at < to; at += clusterSize) {
            long old = table.getLong(l2Index(at) * 8);
            boolean blank = old == 0 && !hasBacking;
            if (old != entry && !blank) {
                table.putLong(l2Index(at) * 8, entry);
                drop(old);
            }
        }
    }

    // ---- order ----

    /** Before the first change: what other programs derived from the contents no longer holds. */
    private void beginChange() throws IOException {
        if (modified) {
            return;
        }
        if (header.autoclear() != 0) {
            writeField(Qcow2Header.AT_AUTOCLEAR, 0);
        }
        if (header.lazyRefcounts()) {
            writeField(Qcow2Header.AT_INCOMPATIBLE, header.incompatible() | Qcow2Header.INCOMPATIBLE_DIRTY);
            order.sync();
        }
        modified = true;
    }

    private void writeField(int at, long value) throws IOException {
        order.written();
        storage.write(at, ByteBuffer.allocate(8).putLong(0, value));
    }

    private void flushIfDue() throws IOException {
        if (allocator.flushDue()) {
            flush();
        }
    }

    @Override
    public void beforeData(long guestOffset, long length) throws IOException {
        beginChange();
    }

    @Override
    public void afterData() {
        order.written();
    }

    @Override
    public void flush() throws IOException {
        order.flushThrough(l1);
        allocator.flushed();
    }

    @Override
    public void finish() throws IOException {
        // The flush before released clusters; their counts go out now.
        order.flushThrough(l1);
        if (header.lazyRefcounts() && modified) {
            order.flushThrough(refcounts.tableStage());
            writeField(Qcow2Header.AT_INCOMPATIBLE, header.incompatible() & ~Qcow2Header.INCOMPATIBLE_DIRTY);
            order.sync();
        }
    }
}
