package org.terrarium.disk;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Contents that are made from a file's and cannot be changed. */
public abstract class ReadOnlyStorage implements Storage {
    @Override
    public final void write(long offset, ByteBuffer src) throws IOException {
        throw readOnly();
    }

    @Override
    public final void setSize(long newSize) throws IOException {
        throw readOnly();
    }

    @Override
    public final void sync() {}

    @Override
    public final boolean punchHole(long offset, long length) {
        return false;
    }

    private DiskException readOnly() {
        return new DiskException(path(), "can only be read");
    }
}
