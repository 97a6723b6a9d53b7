package org.terrarium.disk;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The file is the disk. A file that is not a whole number of sectors long is followed by zeroes up to the next one; the file
 * itself grows only when the guest writes there.
 */
final class RawFormat implements ImageFormat {
    static final int SECTOR = 512;

    private final Storage storage;
    private final boolean guarded;
    private long size;

    /** @param guarded nobody called it raw, only its content looked so; see {@link GuardedRawDisk} */
    RawFormat(Storage storage, boolean guarded) {
        this.storage = storage;
        this.guarded = guarded;
        this.size = (storage.size() + SECTOR - 1) & -SECTOR;
    }

    boolean guarded() {
        return guarded;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public long unitSize() {
        return 1;
    }

    @Override
    public Extent map(long guestOffset, long maxLength) {
        return Extent.data(storage, guestOffset, maxLength, true);
    }

    @Override
    public void readPacked(long guestOffset, ByteBuffer dst) {
        throw new IllegalStateException("a raw image has no packed extents");
    }

    @Override
    public Allocation allocate(long guestOffset, long length) {
        throw new IllegalStateException("a raw image is written in place");
    }

    @Override
    public void link(Allocation allocation) {}

    @Override
    public void abandon(Allocation allocation) {}

    @Override
    public long makeZero(long guestOffset, long length) throws IOException {
        return storage.punchHole(guestOffset, length) ? length : 0;
    }

    @Override
    public void discard(long guestOffset, long length) throws IOException {
        storage.punchHole(guestOffset, length);
    }

    @Override
    public void beforeData(long guestOffset, long length) {}

    @Override
    public void afterData() {}

    @Override
    public void flush() throws IOException {
        storage.sync();
    }

    @Override
    public void finish() {}

    @Override
    public void resize(long newSize) throws IOException {
        storage.setSize(newSize);
        storage.sync();
        size = (newSize + SECTOR - 1) & -SECTOR;
    }
}
