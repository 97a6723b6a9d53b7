package org.terrarium.disk;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A block device's contents, whatever file format holds them. Offsets and lengths are bytes; any alignment. Thread-safe:
 * calls on disjoint ranges go on side by side, calls on overlapping ones one after the other. Host trouble is an
 * {@link IOException} whose message names the file.
 */
public interface VirtualDisk extends AutoCloseable {
    /** Size the guest sees, bytes. */
    long size();

    boolean readOnly();

    /** Fills {@code dst} from {@code offset}; reading past the end is an IllegalArgumentException (the device checks first). */
    void read(long offset, ByteBuffer dst) throws IOException;

    /**
     * As {@link #read}, but only if the host has everything in memory, for callers that must not wait for its disk.
     *
     * @return false, with any content of {@code dst}, when it may take waiting
     */
    default boolean readNow(long offset, ByteBuffer dst) throws IOException {
        return false;
    }

    /** Writes all of {@code src} at {@code offset}. */
    void write(long offset, ByteBuffer src) throws IOException;

    /** Everything written before is on stable storage when this returns. */
    void flush() throws IOException;

    /** The range's contents are no longer needed; it may read as zeroes or old data afterwards. */
    void discard(long offset, long length) throws IOException;

    /** The range reads as zeroes afterwards. */
    void writeZeroes(long offset, long length) throws IOException;

    /** Bytes that are allocated, zeroed and discarded as a whole, a power of two; what a guest should align to. */
    default long unitSize() {
        return 512;
    }

    /** What is known about the contents from {@code offset} on, for at most {@code maxLength} bytes. */
    default RangeStatus status(long offset, long maxLength) throws IOException {
        return new RangeStatus(Extent.Kind.DATA, 0, null, -1, maxLength);
    }

    /** Bytes that {@link #writePacked} takes at once, a power of two; 0 when contents cannot be stored packed. */
    default int packUnit() {
        return 0;
    }

    /**
     * Writes one pack unit in packed form, or as it is where that would not be smaller.
     *
     * @param offset a multiple of {@link #packUnit}
     * @param unit as many bytes, or what remains up to the end of the disk
     */
    default void writePacked(long offset, ByteBuffer unit) throws IOException {
        write(offset, unit);
    }

    /** Flushes and releases the file. */
    @Override
    void close() throws IOException;
}
