package org.terrarium.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * A format that divides the disk into blocks of one size, each stored in one piece somewhere in the file or not at all, and that
 * takes new space at the end of the file. Blocks that are zeroed or discarded stay where they are as holes of the host's file,
 * because these formats have no way to say that a place in the middle of the file is free; compacting closes the gaps.
 */
public abstract class BlockFormat implements ImageFormat {
    /** What {@link #find} says of a block that is not stored here: the backing file's contents, or zeroes without one. */
    protected static final long ABSENT = -1;

    /** What {@link #find} says of a block that reads as zeroes whatever the backing file holds. */
    protected static final long ZERO = -2;

    /** What {@link #find} says of a block that only {@link #readPacked} can read. */
    protected static final long PACKED = -3;

    private static final int SECTOR = 512;
    private static final long MAX_ALLOCATION = 16 << 20;
    private static final int MAX_DIRTY_PAGES = 100;
    private static final int COPY = 1 << 20;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(1 << 16).asReadOnlyBuffer();

    /** A block that has its place in the file while its first data are on their way there. */
    private static final class Pending {
        final long place;
        int writers;

        Pending(long place) {
            this.place = place;
        }
    }

    protected final Storage storage;
    protected final boolean hasBacking;
    private long size;
    private final int blockBits;
    private final Map<Long, Pending> pending = new HashMap<>();
    private long end;

    /**
     * @param size what the guest sees, bytes
     * @param blockSize bytes; a power of two
     * @param end where the next block goes, bytes from the start of the file
     */
    protected BlockFormat(Storage storage, long size, long blockSize, long end, boolean hasBacking) {
        this.storage = storage;
        this.size = size;
        this.blockBits = Long.numberOfTrailingZeros(blockSize);
        this.end = end;
        this.hasBacking = hasBacking;
    }

    /** Where a block's contents are in the file, bytes, or {@link #ABSENT}, {@link #ZERO} or {@link #PACKED}. */
    protected abstract long find(long block) throws IOException;

    /** Enters in the tables, in memory, where a block is from now on. */
    protected abstract void attach(long block, long fileOffset) throws IOException;

    /** Tables with changes that are not in the file, in pages. */
    protected abstract int dirtyPages();

    /** Brings guest data, then the tables to stable storage, in the order that leaves the image whole at every moment. */
    protected abstract void writeTables() throws IOException;

    /** Bytes that a format puts in front of each block's contents. */
    protected long prefix() {
        return 0;
    }

    /** The first change is about to be made to the image. */
    protected void beginChange() throws IOException {}

    /** Bytes of a block. */
    public final long blockSize() {
        return 1L << blockBits;
    }

    /** Number of blocks the disk has. */
    public final long blocks() {
        return (size + blockSize() - 1) >>> blockBits;
    }

    /** Blocks go behind this place in the file from now on. */
    protected final void moveEnd(long newEnd) {
        end = newEnd;
    }

    /** The end of the file as far as blocks go, bytes. */
    protected final long end() {
        return end;
    }

    protected final long blockOf(long guestOffset) {
        return guestOffset >>> blockBits;
    }

    @Override
    public final long size() {
        return size;
    }

    @Override
    public long unitSize() {
        // A part of a block can be made a hole, hence the granularity is the block only where a backing file must be
        // copied.
        return hasBacking ? blockSize() : SECTOR;
    }

    // ---- reading ----

    @Override
    public Extent map(long guestOffset, long maxLength) throws IOException {
        long block = blockOf(guestOffset);
        long inBlock = guestOffset & blockSize() - 1;
        long place = find(block);
        if (place >= fileEnd()) {
            throw new DiskException(
                    storage.path(),
                    place,
                    "the image is truncated: its block " + block + " lies past the end of the file",
                    null);
        }
        long length = blockSize() - inBlock;
        while (length < maxLength && place != PACKED) {
            long next = find(++block);
            if (next >= fileEnd() || next != (place >= 0 ? place + inBlock + length : place)) {
                break;
            }
            length += blockSize();
        }
        length = Math.min(length, maxLength);
        return place >= 0
                ? Extent.data(storage, place + inBlock, length, true)
                : Extent.of(
                        place == ABSENT
                                ? Extent.Kind.UNALLOCATED
                                : place == ZERO ? Extent.Kind.ZERO : Extent.Kind.PACKED,
                        length);
    }

    private long fileEnd() {
        return Math.max(storage.size(), end);
    }

    @Override
    public void readPacked(long guestOffset, ByteBuffer dst) throws IOException {
        throw new IllegalStateException("this format has no packed extents");
    }

    // ---- writing ----

    @Override
    public Allocation allocate(long guestOffset, long length) throws IOException {
        long block = blockOf(guestOffset);
        long start = block << blockBits;
        Pending under = pending.get(block);
        if (under != null) {
            // Its other sectors are being written just now, which go to the same place; what nobody writes is still
            // zero there.
            under.writers++;
            return new Allocation(start, storage, under.place, blockSize(), true, false);
        }
        long most = prefix() == 0 ? Math.max(1, MAX_ALLOCATION >>> blockBits) : 1;
        long wanted = Math.min(most, (guestOffset - start + length + blockSize() - 1) >>> blockBits);
        long count = 1;
        while (count < wanted && !pending.containsKey(block + count)) {
            count++;
        }
        requireRoom(end + count * (prefix() + blockSize()));
        long place = end + prefix();
        boolean zeroFilled = place >= storage.size();
        end = place + count * blockSize();
        for (int i = 0; i < count; i++) {
            Pending begun = new Pending(place + ((long) i << blockBits));
            begun.writers = 1;
            pending.put(block + i, begun);
        }
        return new Allocation(start, storage, place, count << blockBits, zeroFilled, false);
    }

    /** Sets whole sectors aside at the end of the file for a table. */
    protected final long takeSpace(long length) throws IOException {
        requireRoom(end + length);
        long place = end;
        end += length;
        return place;
    }

    /** Refuses to let the file grow past what the tables can name. */
    protected void requireRoom(long newEnd) throws IOException {}

    @Override
    public void link(Allocation allocation) throws IOException {
        for (long done = 0; done < allocation.length(); done += blockSize()) {
            long block = blockOf(allocation.guestOffset() + done);
            leave(block);
            if (find(block) != allocation.fileOffset() + done) {
                attach(block, allocation.fileOffset() + done);
            }
        }
        if (dirtyPages() > MAX_DIRTY_PAGES) {
            flush();
        }
    }

    /** True when nobody writes to the block's new place any more. */
    private boolean leave(long block) {
        Pending under = pending.get(block);
        if (--under.writers == 0) {
            pending.remove(block);
        }
        return under.writers == 0;
    }

    @Override
    public void abandon(Allocation allocation) throws IOException {
        boolean unused = true;
        for (long done = 0; done < allocation.length(); done += blockSize()) {
            long block = blockOf(allocation.guestOffset() + done);
            unused &= leave(block) && find(block) != allocation.fileOffset() + done;
        }
        if (unused && end == allocation.fileOffset() + allocation.length()) {
            long start = allocation.fileOffset() - prefix();
            // Cut off, so that the space reads as zeroes for whoever gets it next.
            if (storage.size() > start) {
                storage.setSize(start);
            }
            end = start;
        }
    }

    @Override
    public long makeZero(long guestOffset, long length) throws IOException {
        long at = guestOffset;
        while (at < guestOffset + length) {
            Extent extent = map(at, guestOffset + length - at);
            boolean zero = switch (extent.kind()) {
                case ZERO -> true;
                case UNALLOCATED -> !hasBacking;
                case DATA -> storage.punchHole(extent.fileOffset(), extent.length());
                case PACKED -> false;
            };
            if (!zero) {
                break;
            }
            at += extent.length();
        }
        return at - guestOffset;
    }

    @Override
    public void discard(long guestOffset, long length) throws IOException {
        for (long at = guestOffset; at < guestOffset + length; ) {
            Extent extent = map(at, guestOffset + length - at);
            if (extent.kind() == Extent.Kind.DATA) {
                storage.punchHole(extent.fileOffset(), extent.length());
            }
            at += extent.length();
        }
    }

    @Override
    public void beforeData(long guestOffset, long length) throws IOException {
        beginChange();
    }

    @Override
    public void afterData() {}

    @Override
    public void flush() throws IOException {
        if (storage.size() < end && (dirtyPages() > 0 || !pending.isEmpty())) {
            storage.setSize(end);
        }
        writeTables();
    }

    @Override
    public void finish() throws IOException {}

    // ---- growing ----

    /**
     * Makes room in the tables for the blocks of a larger disk and says everywhere that it has this size, in an order that leaves
     * the image whole at every moment. Stable when this returns.
     */
    protected void growTables(long newSize) throws IOException {
        throw new UnsupportedOperationException(
                "cannot be resized in place; convert it with --size into a new image instead");
    }

    /** A format's own reasons to say no to a larger size; changes nothing. */
    protected void requireGrowth(long newSize) throws IOException {
        growTables(newSize);
    }

    @Override
    public final void requireResize(long newSize) throws IOException {
        if (hasBacking) {
            throw new UnsupportedOperationException("is an overlay in a format that gives it the size of its parent; "
                    + "convert it with --size into a new image instead");
        }
        if (newSize < size) {
            throw new UnsupportedOperationException(
                    "can only become larger; to make it smaller, convert it to qcow2 and shrink that");
        }
        if (newSize > size) {
            requireGrowth(newSize);
        }
    }

    @Override
    public final void resize(long newSize) throws IOException {
        if (newSize == size) {
            return;
        }
        beginChange();
        zeroTail();
        flush();
        growTables(newSize);
        size = newSize;
    }

    /** What the last block holds behind the disk's end is going to be seen. */
    private void zeroTail() throws IOException {
        long place = find(blocks() - 1);
        long used = (size - 1 & blockSize() - 1) + 1;
        for (long at = used; place >= 0 && at < blockSize(); at += NOTHING.capacity()) {
            storage.write(place + at, NOTHING.slice(0, (int) Math.min(NOTHING.capacity(), blockSize() - at)));
        }
    }

    // ---- compacting ----

    /** A block and its place in the file. */
    private record Stored(long place, long block) {}

    /** Takes a block out of the tables, in memory, so that it is absent. */
    protected abstract void detach(long block) throws IOException;

    /** Enters in the tables, in memory, that a block with what is in front of it has been copied to another place. */
    protected abstract void relocate(long block, long fileOffset) throws IOException;

    /** Where the last table of the file ends and blocks may begin; -1 when blocks must stay where they are. */
    protected abstract long tablesEnd() throws IOException;

    /** The file's blocks end at {@link #end} from now on, and nothing refers to what comes after. */
    protected abstract void cutFile() throws IOException;

    /**
     * Drops blocks that have become holes of the host's file, and moves blocks from the end of the file into the gaps. A moved block
     * leaves its old place alone until the tables with its new one are on stable storage.
     */
    @Override
    public void compact(Progress progress) throws IOException {
        long start = hasBacking ? -1 : tablesEnd();
        if (start < 0) {
            return;
        }
        beginChange();
        List<Stored> stored = dropHoles();
        flush();
        if (stored.isEmpty() || stored.getFirst().place - prefix() >= start) {
            end = moveDown(stored, start, progress);
            cutFile();
        }
    }

    private List<Stored> dropHoles() throws IOException {
        List<Stored> stored = new ArrayList<>();
        for (long block = 0; block < blocks(); block++) {
            long place = find(block);
            if (place >= 0 && holdsZeroes(place)) {
                detach(block);
            } else if (place >= 0) {
                stored.add(new Stored(place, block));
            }
        }
        stored.sort(Comparator.comparingLong(Stored::place));
        return stored;
    }

    /** Whether a block is a hole but for zeroes at its edges, where the host's units hold something else too. */
    private boolean holdsZeroes(long place) throws IOException {
        long blockEnd = place + blockSize();
        for (long at = storage.dataFrom(place); at < blockEnd; at = storage.dataFrom(at)) {
            long to = Math.min(Math.min(storage.holeFrom(at), blockEnd), at + NOTHING.capacity());
            ByteBuffer bytes = ByteBuffer.allocate((int) (to - at));
            storage.read(at, bytes);
            if (!bytes.flip().equals(NOTHING.slice(0, bytes.remaining()))) {
                return false;
            }
            at = to;
        }
        return true;
    }

    /** Where the blocks end afterwards. */
    private long moveDown(List<Stored> stored, long start, Progress progress) throws IOException {
        long stride = prefix() + blockSize();
        long at = start;
        int low = 0;
        int high = stored.size() - 1;
        while (low <= high) {
            long next = stored.get(low).place - prefix();
            if (next < at) {
                throw DiskException.corrupt(storage.path(), next, "two blocks share space");
            }
            if (next - at < stride) {
                at = next + stride;
                low++;
                continue;
            }
            Stored last = stored.get(high--);
            copyBytes(last.place - prefix(), at, stride);
            relocate(last.block, at + prefix());
            at += stride;
            progress.at(stored.size() - high, stored.size());
        }
        flush();
        return at;
    }

    /** Copies part of the file to another place in it. */
    protected final void copyBytes(long from, long to, long length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(length, COPY));
        for (long done = 0; done < length; done += buffer.capacity()) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), length - done));
            storage.read(from + done, buffer);
            storage.write(to + done, buffer.flip());
        }
    }

    // ---- checking ----

    /** A format's own findings beside those about its blocks, a sentence each. */
    protected List<String> checkTables() throws IOException {
        return List.of();
    }

    /** Looks for blocks that are outside the file or share space. */
    @Override
    public CheckReport check(Progress progress) throws IOException {
        List<String> messages = new ArrayList<>(checkTables());
        long wrong = messages.size();
        long packed = 0;
        LongStream.Builder places = LongStream.builder();
        for (long block = 0; block < blocks(); block++) {
            if (block % 4096 == 0) {
                progress.at(block, blocks());
            }
            long place = find(block);
            packed += place == PACKED ? 1 : 0;
            if (place >= storage.size()) {
                wrong++;
                note(messages, "block " + block + " lies past the end of the file, at byte " + place);
            } else if (place >= 0) {
                places.add(place - prefix());
            }
        }
        long[] sorted = places.build().sorted().toArray();
        long stride = prefix() + blockSize();
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i] < sorted[i - 1] + stride) {
                wrong++;
                note(messages, "two blocks share the space at byte " + sorted[i]);
            }
        }
        progress.at(blocks(), blocks());
        long used = sorted.length == 0 ? 0 : sorted[sorted.length - 1] + stride;
        return new CheckReport(
                wrong, 0, 0, 0, messages, sorted.length + packed, blocks(), packed, Math.min(used, storage.size()));
    }

    private static void note(List<String> messages, String message) {
        if (messages.size() < 100) {
            messages.add(message);
        }
    }
}
