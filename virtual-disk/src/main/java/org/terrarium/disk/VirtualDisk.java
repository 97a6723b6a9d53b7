package org.terrarium.disk;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A block device's contents, whatever file format holds them. Offsets and lengths are bytes; any alignment. Thread-safe for
 * concurrent calls on disjoint ranges. Host trouble is an {@link IOException} whose message names the file.
 */
public interface VirtualDisk extends AutoCloseable {
    /** Size the guest sees, bytes. */
    long size();

    boolean readOnly();

    /** Fills {@code dst} from {@code offset}; reading past the end is an IllegalArgumentException (the device checks first). */
    void read(long offset, ByteBuffer dst) throws IOException;

    /** Writes all of {@code src} at {@code offset}. */
    void write(long offset, ByteBuffer src) throws IOException;

    /** Everything written before is on stable storage when this returns. */
    void flush() throws IOException;

    /** The range's contents are no longer needed; it may read as zeroes or old data afterwards. */
    void discard(long offset, long length) throws IOException;

    /** The range reads as zeroes afterwards. */
    void writeZeroes(long offset, long length) throws IOException;

    /** Flushes and releases the file. */
    @Override
    void close() throws IOException;
}
