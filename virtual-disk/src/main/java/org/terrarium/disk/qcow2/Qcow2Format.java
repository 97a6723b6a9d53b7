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
import org.terrarium.disk.luks.EncryptedStorage;
import org.terrarium.disk.luks.Luks;

/**
 * The mapping of a qcow2 image (QEMU docs/interop/qcow2.rst), versions 2 and 3. Clusters that are shared with a snapshot inside
 * the image are never written in place.
 *
 * <p>Order on disk: guest data and reference counts, then refcount table, then L2 tables, then the L1 table; counts are taken
 * down only after that. A host that dies at any moment thus leaves clusters that are counted but not used, never the reverse.
 * With lazy refcounts the counts come last, and the dirty bit says so until the image is closed.
 */
public final class Qcow2Format implements ImageFormat {
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
    private ClusterReader reader;
    private ClusterWriter writer;

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
            HeaderExtensions.EncryptionHeader keys = header.extensions().encryption(storage);
            data = Luks.open(storage, keys.offset(), keys.length(), context.passphrase());
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
        if (context.writable()) {
            refcounts = new Refcounts(storage, header, order);
            allocator = new ClusterAllocator(storage, refcounts, clusterBits);
            bitmaps = bitmaps == null ? Qcow2Bitmaps.read(storage, header) : bitmaps;
        }
        assemble();
    }

    private void assemble() {
        reader = new ClusterReader(storage, data, header, map, codec);
        writer = new ClusterWriter(storage, data, header, hasBacking, order, map, reader, allocator);
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

    // ---- where the guest's data is ----

    @Override
    public Extent map(long guestOffset, long maxLength) throws IOException {
        return reader.map(guestOffset, maxLength);
    }

    @Override
    public boolean mapsNow(long guestOffset, long maxLength) {
        return map.inMemory(guestOffset, maxLength);
    }

    @Override
    public void readPacked(long guestOffset, ByteBuffer dst) throws IOException {
        reader.readPacked(guestOffset, dst);
    }

    @Override
    public Allocation allocate(long guestOffset, long length) throws IOException {
        beginChange();
        return writer.allocate(guestOffset, length);
    }

    @Override
    public void link(Allocation allocation) throws IOException {
        writer.link(allocation);
        flushIfDue();
    }

    @Override
    public void abandon(Allocation allocation) throws IOException {
        writer.abandon(allocation);
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
        writer.storePacked(guestOffset, packed);
        flushIfDue();
    }

    @Override
    public long makeZero(long guestOffset, long length) throws IOException {
        beginChange();
        long done = writer.makeZero(guestOffset, length);
        flushIfDue();
        return done;
    }

    @Override
    public void discard(long guestOffset, long length) throws IOException {
        beginChange();
        writer.discard(guestOffset, length);
        flushIfDue();
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
        assemble();
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
    public void requireResize(long newSize) throws IOException {
        new Qcow2Resize(this).require(newSize);
    }

    @Override
    public void resize(long newSize) throws IOException {
        new Qcow2Resize(this).run(newSize);
    }

    @Override
    public void clear() throws IOException {
        drop(0, size());
        for (int i = 0; i < map.l1().length(); i++) {
            forgetTable(i);
        }
        settle();
        cutTail();
    }

    /** Takes away what is stored for whole clusters, so that they are unallocated. */
    void drop(long guestOffset, long length) throws IOException {
        beginChange();
        writer.replaceAll(guestOffset, length, false);
        flushIfDue();
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
