package org.terrarium.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The layer that moves bytes: asks the formats of a chain of images where they are, and reads, writes and copies them there.
 *
 * <p>Maps are asked under one lock; bytes move outside it, under a lock on their range only. A range is locked in whole units,
 * so nobody drops or moves a place in a file while bytes move to or from it.
 */
public final class MappedDisk implements VirtualDisk {
    private static final int ZERO_CHUNK = 1 << 20;
    private static final ByteBuffer ZEROES = ByteBuffer.allocate(ZERO_CHUNK).asReadOnlyBuffer();

    /** One image of the chain. */
    record Layer(Storage storage, ImageFormat format, List<Storage> companions) {
        void close() throws IOException {
            try {
                storage.close();
            } finally {
                for (Storage companion : companions) {
                    companion.close();
                }
            }
        }
    }

    private final List<Layer> layers;
    private final VirtualDisk bottom;
    private final Storage storage;
    private final ImageFormat format;
    private final boolean readOnly;
    private final Object maps;
    private final RangeLocks ranges;
    private volatile Layer written;
    private boolean closed;

    /** @param backing what unallocated ranges show, closed together with this disk; or null */
    public MappedDisk(Storage storage, ImageFormat format, VirtualDisk backing, boolean readOnly) {
        this(List.of(new Layer(storage, format, List.of())), backing, readOnly);
    }

    /**
     * @param layers the disk's own image first, then what it is an overlay of, and so on
     * @param bottom what the last layer is an overlay of, or null
     */
    MappedDisk(List<Layer> layers, VirtualDisk bottom, boolean readOnly) {
        this(layers, bottom, readOnly, new Object(), new RangeLocks());
    }

    private MappedDisk(List<Layer> layers, VirtualDisk bottom, boolean readOnly, Object maps, RangeLocks ranges) {
        this.maps = maps;
        this.ranges = ranges;
        this.layers = List.copyOf(layers);
        this.bottom = bottom;
        this.storage = layers.getFirst().storage;
        this.format = layers.getFirst().format;
        this.readOnly = readOnly;
    }

    /** The disk's own image first. */
    List<Layer> layers() {
        return layers;
    }

    @Override
    public long size() {
        return format.size();
    }

    @Override
    public boolean readOnly() {
        return readOnly;
    }

    @Override
    public long unitSize() {
        return format.unitSize();
    }

    // ---- where things are ----

    /** An extent, and the layer that has it: {@code layers.size()} when it is the bottom disk's or nobody's. */
    private record Found(Extent extent, int depth) {}

    private Found find(long at, long maxLength) throws IOException {
        return findFrom(0, at, maxLength);
    }

    private Found findFrom(int first, long at, long maxLength) throws IOException {
        long length = maxLength;
        for (int depth = first; depth < layers.size(); depth++) {
            ImageFormat layer = layers.get(depth).format;
            if (at >= layer.size()) {
                // A backing file may be shorter than its overlay; what it lacks is zeroes.
                return new Found(Extent.of(Extent.Kind.ZERO, length), depth);
            }
            Extent extent = layer.map(at, Math.min(length, layer.size() - at));
            if (extent.kind() != Extent.Kind.UNALLOCATED) {
                return new Found(extent, depth);
            }
            length = extent.length();
        }
        if (bottom != null && at >= bottom.size()) {
            return new Found(Extent.of(Extent.Kind.ZERO, length), layers.size());
        }
        return new Found(
                Extent.of(Extent.Kind.UNALLOCATED, bottom == null ? length : Math.min(length, bottom.size() - at)),
                layers.size());
    }

    private boolean readsAsZeroes(Found found) {
        return found.extent.kind() == Extent.Kind.ZERO
                || found.extent.kind() == Extent.Kind.UNALLOCATED && bottom == null;
    }

    @Override
    public RangeStatus status(long offset, long maxLength) throws IOException {
        checkRange(offset, maxLength);
        synchronized (maps) {
            requireOpen();
            Found found = find(offset, maxLength);
            Extent extent = found.extent;
            if (found.depth == layers.size() && bottom != null && extent.kind() == Extent.Kind.UNALLOCATED) {
                RangeStatus below = bottom.status(offset, extent.length());
                return new RangeStatus(
                        below.kind(), found.depth + below.depth(), below.file(), below.fileOffset(), below.length());
            }
            return extent.kind() == Extent.Kind.DATA
                    ? dataStatus(extent, found.depth)
                    : new RangeStatus(extent.kind(), found.depth, null, -1, extent.length());
        }
    }

    /** What a file holds may be a hole of the host's. */
    private static RangeStatus dataStatus(Extent extent, int depth) throws IOException {
        Storage file = extent.file();
        long at = extent.fileOffset();
        long data = file.dataFrom(at);
        boolean hole = data > at;
        long length = Math.min(extent.length(), (hole ? data : file.holeFrom(at)) - at);
        return new RangeStatus(hole ? Extent.Kind.ZERO : Extent.Kind.DATA, depth, file.path(), at, length);
    }

    // ---- reading ----

    @Override
    public void read(long offset, ByteBuffer dst) throws IOException {
        checkRange(offset, dst.remaining());
        RangeLocks.Ticket ticket = ranges.acquire(offset, offset + dst.remaining(), false);
        try {
            readLocked(offset, dst);
        } finally {
            ranges.release(ticket);
        }
    }

    private void readLocked(long offset, ByteBuffer dst) throws IOException {
        long at = offset;
        while (dst.hasRemaining()) {
            Found found;
            ByteBuffer part;
            synchronized (maps) {
                requireOpen();
                found = find(at, dst.remaining());
                part = cut(dst, found.extent.length());
                if (found.extent.kind() == Extent.Kind.PACKED) {
                    layers.get(found.depth).format.readPacked(at, part);
                }
            }
            at += part.limit();
            readExtent(found.extent, at - part.limit(), part);
        }
    }

    /** Only while nothing else is asked of this disk, for others may have the maps locked while they wait for the host. */
    @Override
    public boolean readNow(long offset, ByteBuffer dst) throws IOException {
        checkRange(offset, dst.remaining());
        if (written != null) {
            return false; // images are being merged
        }
        RangeLocks.Ticket ticket = ranges.tryAcquireShared(offset, offset + dst.remaining());
        if (ticket == null) {
            return false;
        }
        try {
            long at = offset;
            while (dst.hasRemaining()) {
                Extent extent;
                synchronized (maps) {
                    requireOpen();
                    if (!mapsNow(at, dst.remaining())) {
                        return false;
                    }
                    extent = find(at, dst.remaining()).extent;
                }
                ByteBuffer part = cut(dst, extent.length());
                int length = part.remaining();
                if (!readExtentNow(extent, at, part)) {
                    return false;
                }
                at += length;
            }
            return true;
        } finally {
            ranges.release(ticket);
        }
    }

    private boolean mapsNow(long at, long length) {
        for (Layer layer : layers) {
            long inside = Math.min(length, layer.format.size() - at);
            if (inside > 0 && !layer.format.mapsNow(at, inside)) {
                return false;
            }
        }
        return true;
    }

    private boolean readExtentNow(Extent extent, long at, ByteBuffer part) throws IOException {
        return switch (extent.kind()) {
            case DATA -> extent.file().readNow(extent.fileOffset(), part);
            case UNALLOCATED -> {
                if (bottom != null) {
                    yield bottom.readNow(at, part);
                }
                ZeroFill.fill(part);
                yield true;
            }
            case ZERO -> {
                ZeroFill.fill(part);
                yield true;
            }
            case PACKED -> false;
        };
    }

    private void readExtent(Extent extent, long at, ByteBuffer part) throws IOException {
        switch (extent.kind()) {
            case DATA -> extent.file().read(extent.fileOffset(), part);
            case ZERO -> ZeroFill.fill(part);
            case UNALLOCATED -> {
                if (bottom == null) {
                    ZeroFill.fill(part);
                } else {
                    bottom.read(at, part);
                }
            }
            case PACKED -> {}
        }
    }

    // ---- writing ----

    @Override
    public void write(long offset, ByteBuffer src) throws IOException {
        checkRange(offset, src.remaining());
        RangeLocks.Ticket ticket = acquireUnits(offset, offset + src.remaining());
        try {
            writeLocked(offset, src);
        } finally {
            ranges.release(ticket);
        }
    }

    private void writeLocked(long offset, ByteBuffer src) throws IOException {
        long at = offset;
        while (src.hasRemaining()) {
            at += writeSome(at, src);
        }
    }

    /** For a change, which may concern all of the units, and of the clusters around them, that it touches. */
    private RangeLocks.Ticket acquireUnits(long from, long to) {
        long unit = format.lockUnit();
        return ranges.acquire(from & -unit, to + unit - 1 & -unit, true);
    }

    private long writeSome(long at, ByteBuffer src) throws IOException {
        Extent extent;
        Allocation space = null;
        synchronized (maps) {
            requireWritable();
            extent = format.map(at, src.remaining());
            if (!extent.inPlace()) {
                // The neighbours in place must not be allocated anew, hence only as far as this extent goes.
                space = format.allocate(at, Math.min(src.remaining(), extent.length()));
            }
            format.beforeData(at, Math.min(src.remaining(), space == null ? extent.length() : space.length()));
        }
        return space == null ? writeInPlace(extent, src) : writeAllocated(space, at, src);
    }

    private long writeInPlace(Extent extent, ByteBuffer src) throws IOException {
        ByteBuffer part = cut(src, extent.length());
        extent.file().write(extent.fileOffset(), part);
        synchronized (maps) {
            format.afterData();
        }
        return part.limit();
    }

    private long writeAllocated(Allocation space, long at, ByteBuffer src) throws IOException {
        int length = (int) Math.min(src.remaining(), space.guestOffset() + space.length() - at);
        int start = src.position();
        try {
            copyEdge(space, space.guestOffset(), at);
            space.file().write(space.fileOffset() + (at - space.guestOffset()), cut(src, length));
            copyEdge(space, at + length, Math.min(space.guestOffset() + space.length(), size()));
        } catch (IOException | RuntimeException e) {
            src.position(start);
            synchronized (maps) {
                format.abandon(space);
            }
            throw e;
        }
        synchronized (maps) {
            format.afterData();
            format.link(space);
        }
        return length;
    }

    /** Carries over what the write leaves untouched of the units it allocates. */
    private void copyEdge(Allocation space, long from, long to) throws IOException {
        long at = from;
        while (at < to) {
            int length = (int) Math.min(to - at, ZERO_CHUNK);
            Found found;
            synchronized (maps) {
                found = find(at, length);
            }
            length = (int) found.extent.length();
            long place = space.fileOffset() + (at - space.guestOffset());
            if (!readsAsZeroes(found)) {
                ByteBuffer copy = ByteBuffer.allocate(length);
                readLocked(at, copy.duplicate());
                space.file().write(place, copy);
            } else if (!space.zeroFilled()) {
                space.file().write(place, ZEROES.slice(0, length));
            }
            at += length;
        }
    }

    @Override
    public int packUnit() {
        return format.packUnit();
    }

    @Override
    public void writePacked(long offset, ByteBuffer unit) throws IOException {
        checkRange(offset, unit.remaining());
        int whole = format.packUnit();
        if (whole == 0 || offset % whole != 0 || unit.remaining() != Math.min(whole, size() - offset)) {
            write(offset, unit);
            return;
        }
        writePacked(offset, unit, pack(unit));
    }

    /** What the format makes of one pack unit, or of the rest of the disk; null when packing does not make it smaller. */
    byte[] pack(ByteBuffer unit) throws IOException {
        ByteBuffer padded = unit;
        if (unit.remaining() != format.packUnit()) {
            padded =
                    ByteBuffer.allocate(format.packUnit()).put(unit.duplicate()).clear();
        }
        return format.pack(padded.duplicate());
    }

    /** @param packed what {@link #pack} made of the unit */
    void writePacked(long offset, ByteBuffer unit, byte[] packed) throws IOException {
        if (packed == null) {
            write(offset, unit);
            return;
        }
        RangeLocks.Ticket ticket = acquireUnits(offset, offset + unit.remaining());
        try {
            synchronized (maps) {
                requireWritable();
                format.beforeData(offset, unit.remaining());
                format.storePacked(offset, packed);
            }
            unit.position(unit.limit());
        } finally {
            ranges.release(ticket);
        }
    }

    @Override
    public void flush() throws IOException {
        synchronized (maps) {
            requireOpen();
            if (!readOnly) {
                format.flush();
            }
        }
    }

    @Override
    public void discard(long offset, long length) throws IOException {
        checkRange(offset, length);
        RangeLocks.Ticket ticket = acquireUnits(offset, offset + length);
        try {
            synchronized (maps) {
                requireWritable();
                long from = unitCeiling(offset);
                long to = unitFloor(offset + length);
                if (from < to) {
                    format.beforeData(from, to - from);
                    format.discard(from, to - from);
                }
            }
        } finally {
            ranges.release(ticket);
        }
    }

    @Override
    public void writeZeroes(long offset, long length) throws IOException {
        checkRange(offset, length);
        long end = offset + length;
        RangeLocks.Ticket ticket = acquireUnits(offset, end);
        try {
            long from = unitCeiling(offset);
            long to = unitFloor(end);
            if (from >= to) {
                storeZeroes(offset, end);
                return;
            }
            storeZeroes(offset, from);
            long at = from;
            while (at < to) {
                long done = makeZero(at, to - at);
                if (done == 0) {
                    done = Math.min(format.unitSize(), to - at);
                    storeZeroes(at, at + done);
                }
                at += done;
            }
            storeZeroes(to, end);
        } finally {
            ranges.release(ticket);
        }
    }

    private long makeZero(long at, long length) throws IOException {
        synchronized (maps) {
            requireWritable();
            format.beforeData(at, length);
            return format.makeZero(at, length);
        }
    }

    private void storeZeroes(long from, long to) throws IOException {
        long at = from;
        while (at < to) {
            Found found;
            synchronized (maps) {
                requireWritable();
                found = find(at, to - at);
            }
            long length = Math.min(found.extent.length(), ZERO_CHUNK);
            at += readsAsZeroes(found) ? length : writeSome(at, ZEROES.slice(0, (int) length));
        }
    }

    /** A change of the image as a whole. */
    interface Change {
        void run(ImageFormat format) throws IOException;
    }

    /** Carries out a change of the disk's own image while nothing else goes on. */
    void change(Change change) throws IOException {
        RangeLocks.Ticket ticket = ranges.acquire(0, Long.MAX_VALUE, true);
        try {
            synchronized (maps) {
                requireWritable();
                change.run(format);
            }
        } catch (UnsupportedOperationException e) {
            throw new DiskException(storage.path(), DiskException.NO_OFFSET, e.getMessage(), e);
        } finally {
            ranges.release(ticket);
        }
    }

    /**
     * Stores in an image below the disk's own what the one on that holds, which nobody writes to. The disk may be read and
     * written meanwhile; what it shows does not change, not even when this is stopped.
     *
     * @param depth of the image that is written, 1 at least, which is open for writing
     */
    void mergeInto(int depth, Progress progress) throws IOException {
        synchronized (maps) {
            requireWritable();
            written = layers.get(depth);
        }
        MappedDisk from = new MappedDisk(layers.subList(depth - 1, depth), null, true, maps, ranges);
        MappedDisk to = new MappedDisk(layers.subList(depth, layers.size()), null, false, maps, ranges);
        try {
            DiskCommit.copy(from, 1, to, progress);
        } finally {
            to.flush();
        }
    }

    @Override
    public void close() throws IOException {
        RangeLocks.Ticket ticket = ranges.acquire(0, Long.MAX_VALUE, true);
        try {
            synchronized (maps) {
                if (closed) {
                    return;
                }
                closed = true;
                try {
                    if (!readOnly) {
                        format.flush();
                        format.finish();
                    }
                    if (written != null) {
                        written.format.flush();
                        written.format.finish();
                    }
                } finally {
                    closeFiles();
                }
            }
        } finally {
            ranges.release(ticket);
        }
    }

    private void closeFiles() throws IOException {
        IOException trouble = null;
        for (Layer layer : layers) {
            try {
                layer.close();
            } catch (IOException e) {
                trouble = e;
            }
        }
        if (bottom != null) {
            bottom.close();
        }
        if (trouble != null) {
            throw trouble;
        }
    }

    private long unitCeiling(long offset) {
        // The end of the disk may lie inside a unit, which then counts as whole.
        return offset == size() ? offset : (offset + format.unitSize() - 1) & -format.unitSize();
    }

    private long unitFloor(long offset) {
        return offset == size() ? offset : offset & -format.unitSize();
    }

    private void checkRange(long offset, long length) {
        if (offset < 0 || length < 0 || length > size() - offset) {
            throw new IllegalArgumentException(
                    "range " + offset + "+" + length + " is outside the disk of " + size() + " bytes");
        }
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new DiskException(storage.path(), "has been closed");
        }
    }

    private void requireWritable() throws IOException {
        requireOpen();
        if (readOnly) {
            throw new DiskException(storage.path(), "is open read-only");
        }
    }

    /** Takes the next {@code length} bytes at most off {@code buffer}, as a buffer of their own. */
    private static ByteBuffer cut(ByteBuffer buffer, long length) {
        int n = (int) Math.min(length, buffer.remaining());
        ByteBuffer part = buffer.slice(buffer.position(), n);
        buffer.position(buffer.position() + n);
        return part;
    }
}
