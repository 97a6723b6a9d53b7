package org.terrarium.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * What a format knows: where in the image file a guest range is. It moves no guest data itself, packed contents excepted;
 * {@link MappedDisk} does. Called under its caller's lock. Ranges have been checked against {@link #size}.
 *
 * <p>What only some formats can do has a default that throws {@link UnsupportedOperationException}; the operations
 * ({@link DiskResize} and its likes) turn that into a sentence.
 */
public interface ImageFormat {
    /** Size the guest sees, bytes. */
    long size();

    /** Granularity of allocation, zeroing and discarding, bytes; a power of two. */
    long unitSize();

    /** Calls within the same stretch of so many bytes go one after the other; a power of two, at least the unit size. */
    default long lockUnit() {
        return unitSize();
    }

    /** Where the contents from {@code guestOffset} on are, for at most {@code maxLength} bytes. */
    Extent map(long guestOffset, long maxLength) throws IOException;

    /** Whether {@link #map} has in memory what it needs for this range, so that it does not wait for the host's disk. */
    default boolean mapsNow(long guestOffset, long maxLength) {
        return false;
    }

    /** Fills {@code dst} from within one {@link Extent.Kind#PACKED} extent. */
    void readPacked(long guestOffset, ByteBuffer dst) throws IOException;

    /**
     * Sets space aside for whole units, from the one holding {@code guestOffset} on, or from before it where more than that
     * unit must be written anew; may cover less than {@code length}.
     */
    Allocation allocate(long guestOffset, long length) throws IOException;

    /** The space now holds its range's contents: refers to it from here on and drops what it replaces. */
    void link(Allocation allocation) throws IOException;

    /** The space was not filled after all. */
    void abandon(Allocation allocation) throws IOException;

    /**
     * Makes whole units read as zeroes without storing them.
     *
     * @return how many bytes from {@code guestOffset} on are zero now; 0 when that is not possible for the first unit, which is
     *     to be stored as zeroes then
     */
    long makeZero(long guestOffset, long length) throws IOException;

    /** Drops the contents of whole units as far as this image can. */
    void discard(long guestOffset, long length) throws IOException;

    /**
     * Guest data is about to be written into a file at this guest range. Data may be under way in several threads at once,
     * outside the lock under which this is called.
     */
    void beforeData(long guestOffset, long length) throws IOException;

    /** Guest data has been written into a file; the next flush must bring it to stable storage. */
    void afterData() throws IOException;

    /** Brings everything written so far to stable storage. */
    void flush() throws IOException;

    /** Last words before the file is closed, after a flush. */
    void finish() throws IOException;

    /** The disk that this image is an overlay of, or null. */
    default BackingReference backing() {
        return null;
    }

    /**
     * The image that {@link #backing} names has been opened.
     *
     * @throws DiskException when it is another one than this image was made upon, for formats that tell
     */
    default void acceptBacking(Path path, ImageFormat below) throws IOException {}

    /** Bytes that are packed at once, a power of two; 0 when this image cannot store packed contents. */
    default int packUnit() {
        return 0;
    }

    /**
     * Packs the contents of one pack unit. Thread-safe, called without the lock.
     *
     * @return null when packing does not make it smaller
     */
    default byte[] pack(ByteBuffer unit) throws IOException {
        throw new UnsupportedOperationException("stores no packed contents");
    }

    /** Stores what {@link #pack} made of the pack unit at {@code guestOffset}, in place of what was there. */
    default void storePacked(long guestOffset, byte[] packed) throws IOException {
        throw new UnsupportedOperationException("stores no packed contents");
    }

    /** Names another backing file, or none for null, without looking at any contents. Stable when this returns. */
    default void setBacking(BackingReference reference) throws IOException {
        throw new UnsupportedOperationException("has no backing file");
    }

    /** Says no to a size that this image cannot get; changes nothing. */
    default void requireResize(long newSize) throws IOException {
        throw new UnsupportedOperationException(
                "cannot be resized in place; convert it with --size into a new image instead");
    }

    /**
     * Changes the size the guest sees. What lies past a smaller size is dropped; new space is unallocated. Stable when this
     * returns.
     *
     * @param newSize whole sectors that {@link #requireResize} did not refuse
     */
    default void resize(long newSize) throws IOException {
        requireResize(newSize);
    }

    /** Forgets all contents, so that everything is unallocated and the file small. Stable when this returns. */
    default void clear() throws IOException {
        throw new UnsupportedOperationException("cannot be emptied");
    }

    /** Moves what the file holds to its front and cuts off the rest, step by step; each step is safe. */
    default void compact(Progress progress) throws IOException {
        throw new UnsupportedOperationException("cannot be compacted in place");
    }

    /**
     * Looks for mistakes in this image's tables.
     *
     * @param progress in units of this format's own
     */
    default CheckReport check(Progress progress) throws IOException {
        throw new UnsupportedOperationException("has no tables that could be checked");
    }
}
