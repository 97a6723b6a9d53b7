package org.terrarium.disk.qcow2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.terrarium.disk.Allocation;
import org.terrarium.disk.BackingReference;
import org.terrarium.disk.DiskException;
import org.terrarium.disk.Extent;
import org.terrarium.disk.ImageContext;
import org.terrarium.disk.ImageFormat;
import org.terrarium.disk.Progress;
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

    /** Bytes of L2 tables kept for the disk itself, and at least for each image far down in a long chain. */
    private static final int MAP_CACHE = 8 << 20;

    private static final int LEAST_MAP_CACHE = 32 << 10;

    private final Storage storage;
    private final Storage data;
    private final ImageContext context;
    private final boolean encrypted;
    private Qcow2Header header;
    private int clusterBits;
    private int clusterSize;
    private boolean hasBacking;
    private FlushOrder order;
    private ClusterMap map;
    private Refcounts refcounts;
    private ClusterAllocator allocator;
    private ClusterCodec codec;
    private Qcow2Bitmaps bitmaps;
    private boolean modified;
    private boolean dirty;
    private boolean halfChanged;
    private long unpackedEntry;
    private byte[] unpacked;

    /**
     * Opens an image. One that was not closed properly gets its reference counts rebuilt first when it is opened for writing.
     *
     * @throws DiskException when the image is damaged, truncated, encrypted with another passphrase or uses what this version
     *     lacks
     */
    public static Qcow2Format open(Storage storage, ImageContext context) throws IOException {
        Qcow2Header header = Qcow2Header.read(storage);
        if (context.writable() && header.corrupt()) {
            throw new DiskException(
                    storage.path(), "is marked as damaged, so it can only be read; check it with --repair first");
        }
        Storage data = storage;
        if (header.hasDataFile()) {
            data = context.companion(header.extensions().dataFile(), "data file");
        } else if (header.encryption() == Qcow2Header.LUKS) {
            data = Luks.open(storage, header.extensions().encryption(storage), context.passphrase());
        }
        if (context.writable() && header.dirty()) {
            RefcountRebuild.run(storage, header, Progress.NONE);
        }
        Qcow2Format format = new Qcow2Format(storage, data, context);
        format.load();
        return format;
    }

    private Qcow2Format(Storage storage, Storage data, ImageContext context) {
        this.storage = storage;
        this.data = data;
        this.context = context;
        this.encrypted = data instanceof EncryptedStorage;
    }

    /** Takes everything from the file; what was changed in memory must have been flushed. */
    void load() throws IOException {
        header = Qcow2Header.read(storage);
        if (context.snapshot() != null) {
            header = Qcow2Snapshots.header(storage, header, context.snapshot());
        }
        clusterBits = header.clusterBits();
        clusterSize = header.clusterSize();
        hasBacking = header.backingFile() != null || context.overBase();
        order = new FlushOrder(storage, data);
        map = new ClusterMap(
                storage, header, order, Math.max(LEAST_MAP_CACHE, MAP_CACHE >> Math.min(16, context.depth())));
        codec = new ClusterCodec(header);
        unpacked = null;
        if (context.writable()) {
            refcounts = new Refcounts(storage, header, order);
            allocator = new ClusterAllocator(storage, refcounts, clusterBits);
            bitmaps = bitmaps == null ? Qcow2Bitmaps.read(storage, header) : bitmaps;
        }
        declareOrder();
    }

    private void declareOrder() {
        if (!context.writable()) {
            order.declare(List.of(map.l2(), map.l1()));
        } else if (header.lazyRefcounts()) {
            order.declare(List.of(map.l2(), map.l1(), refcounts.blockStage(), refcounts.tableStage()));
        } else {
            order.declare(List.of(refcounts.blockStage(), refcounts.tableStage(), map.l2(), map.l1()));
        }
    }

    public Qcow2Header header() {
        return header;
    }

    Storage storage() {
        return storage;
    }

    FlushOrder order() {
        return order;
    }

    ClusterMap clusterMap() {
        return map;
    }

    Refcounts refcounts() {
        return refcounts;
    }

    ClusterAllocator allocator() {
        return allocator;
    }

    boolean hasBitmaps() {
        return bitmaps.count() > 0;
    }

    @Override
    public long size() {
        // Devices count in sectors; a size that is no whole number of them still has its cluster whole in the file.
        return (header.size() + 511) & -512;
    }

    @Override
    public long unitSize() {
        return header.subclusterSize();
    }

    @Override
    public long lockUnit() {
        return clusterSize;
    }

    @Override
    public BackingReference backing() {
        return header.backingFile() == null ? null : new BackingReference(header.backingFile(), header.backingFormat());
    }

    // ---- reading ----

    @Override
    public Extent map(long guestOffset, long maxLength) throws IOException {
        long table = map.table(guestOffset);
        if (table == 0) {
            return Extent.of(Extent.Kind.UNALLOCATED, Math.min(untilNextTable(guestOffset, maxLength), maxLength));
        }
        int index = map.l2Index(guestOffset);
        long word = map.word(table, index);
        long bits = map.bits(table, index);
        int unit = header.subclusterSize();
        int sub = (int) ((guestOffset & clusterSize - 1) / unit);
        Extent.Kind kind = map.kind(word, bits, sub);
        if (kind == Extent.Kind.PACKED) {
            return Extent.of(kind, Math.min(clusterSize - (guestOffset & clusterSize - 1), maxLength));
        }
        long offset = L2Entry.offset(word);
        if (kind == Extent.Kind.DATA) {
            checkData(map.entryAt(table, index), word);
        }
        boolean copied = (word & L2Entry.COPIED) != 0;
        long length = unit - (guestOffset & unit - 1);
        // Neighbours of the same kind, and for data at the next place in the file, belong to the same extent.
        long expected = offset;
        while (length < maxLength) {
            if (++sub == header.subclusters()) {
                sub = 0;
                if (++index == header.l2Entries()) {
                    break;
                }
                word = map.word(table, index);
                bits = map.bits(table, index);
                expected += clusterSize;
                if (kind == Extent.Kind.DATA
                        && (L2Entry.offset(word) != expected
                                || (word & L2Entry.COPIED) != 0 != copied
                                || outside(expected))) {
                    break;
                }
            }
            if (map.kind(word, bits, sub) != kind) {
                break;
            }
            length += unit;
        }
        length = Math.min(length, maxLength);
        return kind == Extent.Kind.DATA
                ? Extent.data(
                        data, offset + (guestOffset & clusterSize - 1), length, copied && map.tableInPlace(guestOffset))
                : Extent.of(kind, length);
    }

    private long untilNextTable(long guestOffset, long maxLength) {
        int span = map.tableSpanBits();
        long end = (guestOffset >>> span) + 1 << span;
        while (end - guestOffset < maxLength && map.l1Index(end) < map.l1().length() && map.table(end) == 0) {
            end += 1L << span;
        }
        return end - guestOffset;
    }

    private void checkData(long entryAt, long word) throws DiskException {
        if ((L2Entry.offset(word) & clusterSize - 1) != 0 || !map.hasCluster(word)) {
            throw DiskException.corrupt(storage.path(), entryAt, "a data cluster is misaligned");
        }
        if (outside(L2Entry.offset(word))) {
            throw Qcow2Header.truncated(storage, "a data cluster lies past the end of the file");
        }
    }

    /** A data file may be shorter than the disk, and what it lacks is zeroes. */
    private boolean outside(long offset) {
        return !header.hasDataFile() && offset >= storage.size();
    }

    @Override
    public void readPacked(long guestOffset, ByteBuffer dst) throws IOException {
        long entry = map.word(map.table(guestOffset), map.l2Index(guestOffset));
        if (unpacked == null || unpackedEntry != entry) {
            unpacked = unpack(entry);
            unpackedEntry = entry;
        }
        dst.put(unpacked, (int) (guestOffset & clusterSize - 1), dst.remaining());
    }

    private byte[] unpack(long entry) throws IOException {
        long offset = L2Entry.compressedOffset(entry, clusterBits);
        if (offset >= storage.size()) {
            throw Qcow2Header.truncated(storage, "a compressed cluster lies past the end of the file");
        }
        byte[] packed = new byte[L2Entry.compressedLength(entry, clusterBits)];
        storage.read(offset, ByteBuffer.wrap(packed));
        byte[] bytes = codec.unpack(packed);
        if (bytes == null) {
            throw DiskException.corrupt(storage.path(), offset, "a compressed cluster cannot be unpacked");
        }
        return bytes;
    }

    // ---- writing ----

    @Override
    public Allocation allocate(long guestOffset, long length) throws IOException {
        beginChange();
        long table = writableTable(guestOffset);
        int index = map.l2Index(guestOffset);
        long word = map.word(table, index);
        int unit = header.subclusterSize();
        long inCluster = guestOffset & clusterSize - 1;
        long clusterStart = guestOffset - inCluster;
        if (map.hasCluster(word) && (word & L2Entry.COPIED) != 0) {
            checkData(map.entryAt(table, index), word);
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

    @Override
    public void link(Allocation allocation) throws IOException {
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
        flushIfDue();
    }

    @Override
    public void abandon(Allocation allocation) throws IOException {
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

    @Override
    public int packUnit() {
        return encrypted || header.hasDataFile() ? 0 : clusterSize;
    }

    @Override
    public byte[] pack(ByteBuffer unit) {
        return codec.pack(unit);
    }

    @Override
    public void storePacked(long guestOffset, byte[] packed) throws IOException {
        beginChange();
        long table = writableTable(guestOffset);
        long offset = allocator.allocateBytes(packed.length);
        order.dataWritten();
        storage.write(offset, ByteBuffer.wrap(packed));
        int index = map.l2Index(guestOffset);
        long old = map.word(table, index);
        map.set(table, index, L2Entry.compressedEntry(offset, packed.length, clusterBits), 0);
        drop(old);
        flushIfDue();
    }

    // ---- zeroing and discarding ----

    @Override
    public long makeZero(long guestOffset, long length) throws IOException {
        if (header.version() < 3 && hasBacking) {
            return 0;
        }
        if (header.rawDataFile() && !zeroRawData(guestOffset, length)) {
            return 0;
        }
        return replaceAll(guestOffset, length, true);
    }

    @Override
    public void discard(long guestOffset, long length) throws IOException {
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
    private long replaceAll(long guestOffset, long length, boolean hide) throws IOException {
        beginChange();
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
        flushIfDue();
        return length;
    }

    private long replaceInTable(long from, long to, boolean hide) throws IOException {
        long table = writableTable(from);
        boolean extended = header.extendedL2();
        for (long at = from; at < to; ) {
            long clusterStart = at & -clusterSize;
            // The end of the disk may lie inside a cluster, which then counts as whole.
            long end = Math.min(to >= size() ? Long.MAX_VALUE : to, clusterStart + clusterSize);
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

    // ---- order ----

    /** Before the first change: what other programs derived from the contents no longer holds. */
    void beginChange() throws IOException {
        if (modified) {
            return;
        }
        modified = true;
        long kept = Qcow2Header.AUTOCLEAR_BITMAPS | Qcow2Header.AUTOCLEAR_RAW_DATA_FILE;
        if ((header.autoclear() & ~kept) != 0) {
            writeField(Qcow2Header.AT_AUTOCLEAR, header.autoclear() & kept);
        }
        if (bitmaps.begin()) {
            order.written();
        }
        if (header.lazyRefcounts()) {
            setDirty();
        }
        order.sync();
    }

    private void setDirty() throws IOException {
        if (!dirty) {
            writeField(Qcow2Header.AT_INCOMPATIBLE, header.incompatible() | Qcow2Header.INCOMPATIBLE_DIRTY);
            order.sync();
            dirty = true;
        }
    }

    private void clearDirty() throws IOException {
        if (dirty) {
            order.flushThrough(refcounts.tableStage());
            order.flushThrough(map.l1());
            writeField(Qcow2Header.AT_INCOMPATIBLE, header.incompatible() & ~Qcow2Header.INCOMPATIBLE_DIRTY);
            order.sync();
            dirty = false;
        }
    }

    /** A change of metadata that is made in several steps. */
    interface Change {
        void run() throws IOException;
    }

    /**
     * Carries out a change during which reference counts may be wrong, and takes everything from the file again afterwards. In
     * version 3 the dirty bit says so meanwhile; in version 2 each step is at least stable before the next.
     */
    void change(Change change) throws IOException {
        beginChange();
        settle();
        if (header.version() >= 3) {
            setDirty();
        }
        // When a step fails, the dirty bit stays, and the next opening puts the image in order.
        halfChanged = true;
        change.run();
        settle();
        halfChanged = false;
        boolean wasDirty = dirty;
        load();
        if (wasDirty && !header.lazyRefcounts()) {
            clearDirty();
            load();
        }
    }

    /** The tables in the file have been changed past the caches, which hold no changes. */
    void forgetTables() throws IOException {
        map = new ClusterMap(storage, Qcow2Header.read(storage), order, LEAST_MAP_CACHE);
        declareOrder();
    }

    void writeField(int at, long value) throws IOException {
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
        bitmaps.changed(guestOffset, length);
    }

    @Override
    public void afterData() {
        order.dataWritten();
    }

    @Override
    public void flush() throws IOException {
        order.flushThrough(map.l1());
        allocator.flushed();
    }

    /** Brings all changes into the file, the freeing of what they replaced included. */
    void settle() throws IOException {
        flush();
        order.flushThrough(refcounts.tableStage());
        order.flushThrough(map.l1());
    }

    @Override
    public void finish() throws IOException {
        if (!modified || halfChanged) {
            return;
        }
        // The flush before released clusters; their counts go out now.
        settle();
        bitmaps.store(allocator, order, this::settle);
        clearDirty();
    }

    // ---- the image as a whole ----

    @Override
    public void setBacking(BackingReference reference) throws IOException {
        if (header.hasDataFile() && header.rawDataFile() && reference != null) {
            throw new DiskException(storage.path(), "has a raw data file, so it cannot have a backing file");
        }
        beginChange();
        settle();
        HeaderWriter.write(
                storage,
                header,
                header.extensions()
                        .withText(HeaderExtensions.BACKING_FORMAT, reference == null ? null : reference.format()),
                reference == null ? null : reference.name());
        load();
    }

    @Override
    public void resize(long newSize) throws IOException {
        new Qcow2Resize(this).run(newSize);
    }

    @Override
    public void clear() throws IOException {
        replaceAll(0, size(), false);
        for (int i = 0; i < map.l1().length(); i++) {
            forgetTable(i);
        }
        settle();
        cutTail();
    }

    /** Takes away what is stored for whole clusters, so that they are unallocated. */
    void drop(long guestOffset, long length) throws IOException {
        replaceAll(guestOffset, length, false);
    }

    /** Takes away an L2 table whose entries are blank. */
    void forgetTable(int l1Index) throws IOException {
        long table = L2Entry.offset(map.l1().get(l1Index));
        if (table != 0) {
            map.l1().set(l1Index, 0);
            map.l2().drop(table, clusterSize);
            allocator.dropAfterFlush(table >>> clusterBits, 1);
        }
    }

    @Override
    public void compact(Progress progress) throws IOException {
        new Qcow2Compaction(this).run(progress);
    }

    /** Copies a data cluster to the lowest free place, which nothing refers to yet; returns that. */
    long moveContents(long offset) throws IOException {
        long target = allocator.allocate(1).first() << clusterBits;
        ByteBuffer contents = ByteBuffer.allocate(clusterSize);
        data.read(offset, contents);
        order.dataWritten();
        data.write(target, contents.flip());
        return target;
    }

    /** Cuts off the clusters behind the last one in use; everything is settled. */
    void cutTail() throws IOException {
        long clusters = (storage.size() + clusterSize - 1) >>> clusterBits;
        long end = clusters;
        while (end > 1 && refcounts.get(end - 1) == 0) {
            end--;
        }
        if (end < clusters) {
            storage.setSize(end << clusterBits);
            storage.sync();
        }
    }
}
