package org.terrarium.disk;

import java.io.IOException;

/**
 * The file is the disk. A file that is not a whole number of sectors long is followed by zeroes up to the next one; the file
 * itself grows only when the guest writes there.
 */
final class RawFormat extends LinearFormat {
    static final int SECTOR = 512;

    private final boolean guarded;

    /** @param guarded nobody called it raw, only its content looked so; see {@link GuardedRawDisk} */
    RawFormat(Storage storage, boolean guarded) {
        super(storage, 0, (storage.size() + SECTOR - 1) & -SECTOR);
        this.guarded = guarded;
    }

    boolean guarded() {
        return guarded;
    }

    @Override
    public void requireResize(long newSize) {}

    @Override
    public void resize(long newSize) throws IOException {
        storage.setSize(newSize);
        storage.sync();
        setSize((newSize + SECTOR - 1) & -SECTOR);
    }
}
