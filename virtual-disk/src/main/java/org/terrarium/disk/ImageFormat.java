package org.terrarium.disk;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What a format knows: where in the image file a guest range is. It moves no guest data itself, packed contents excepted;
 * {@link MappedDisk} does. Called under its caller's lock. Ranges have been checked against {@link #size}.
 */
public interface ImageFormat {
    /** Size the guest sees, bytes. */
    long size();

    /** Granularity of allocation, zeroing and discarding, bytes; a power of two. */
    long unitSize();

    /** Where the contents from {@code guestOffset} on are, for at most {@code maxLength} bytes. */
    Extent map(long guestOffset, long maxLength) throws IOException;

    /** Fills {@code dst} from within one {@link Extent.Kind#PACKED} extent. */
    void readPacked(long guestOffset, ByteBuffer dst) throws IOException;

    /** Sets space aside for whole units, from the one holding {@code guestOffset} on; may cover less than {@code length}. */
    Allocation allocate(long guestOffset, long length) throws IOException;

    /** The space now holds its range's contents: refers to it from here on and drops what it replaces. */
    void link(Allocation allocation) throws IOException;

    /** The space was not filled after all. */
    void abandon(Allocation allocation) throws IOException;

    /** Makes whole units read as zeroes without storing them; false when this image cannot express that. */
    boolean makeZero(long guestOffset, long length) throws IOException;

    /** Drops the contents of whole units as far as this image can. */
    void discard(long guestOffset, long length) throws IOException;

    /** Guest data is about to be written into the file. */
    void beforeData() throws IOException;

    /** Brings everything written so far to stable storage. */
    void flush() throws IOException;

    /** Last words before the file is closed, after a flush. */
    void finish() throws IOException;
}
