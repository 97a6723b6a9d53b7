package org.terrarium.disk;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A stretch of a file that is the disk, byte for byte. */
public class LinearFormat implements ImageFormat {
    protected final Storage storage;
    private final long start;
    private long size;

    /**
     * @param start place of the disk's first byte in the file
     * @param size bytes of the disk; the file may be shorter, what it lacks is zeroes
     */
    public LinearFormat(Storage storage, long start, long size) {
        this.storage = storage;
        this.start = start;
        this.size = size;
    }

    @Override
    public final long size() {
        return size;
    }

    /** The disk has another size from here on. */
    protected final void setSize(long newSize) {
        size = newSize;
    }

    @Override
    public long unitSize() {
        return 1;
    }

    @Override
    public Extent map(long guestOffset, long maxLength) throws IOException {
        return Extent.data(storage, start + guestOffset, maxLength, true);
    }

    @Override
    public boolean mapsNow(long guestOffset, long maxLength) {
        return true;
    }

    @Override
    public void readPacked(long guestOffset, ByteBuffer dst) {
        throw new IllegalStateException("a linear image has no packed extents");
    }

    @Override
    public Allocation allocate(long guestOffset, long length) throws IOException {
        throw new IllegalStateException("a linear image is written in place");
    }

    @Override
    public void link(Allocation allocation) {}

    @Override
    public void abandon(Allocation allocation) {}

    @Override
    public long makeZero(long guestOffset, long length) throws IOException {
        return storage.punchHole(start + guestOffset, length) ? length : 0;
    }

    @Override
    public void discard(long guestOffset, long length) throws IOException {
        storage.punchHole(start + guestOffset, length);
    }

    @Override
    public void beforeData(long guestOffset, long length) throws IOException {}

    @Override
    public void afterData() {}

    @Override
    public void flush() throws IOException {
        storage.sync();
    }

    @Override
    public void finish() throws IOException {}

    /** Zeroes have become holes by then, which is all that such a file can give back. */
    @Override
    public void compact(Progress progress) {}
}
