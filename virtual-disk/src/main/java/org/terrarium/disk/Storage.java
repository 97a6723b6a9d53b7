package org.terrarium.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** The bytes of one host file under an image format. Offsets and lengths are bytes. Errors name the file. */
public interface Storage extends AutoCloseable {
    Path path();

    /** Present length of the file, bytes. */
    long size();

    /** Fills {@code dst}; what lies past the end of the file reads as zeroes. */
    void read(long offset, ByteBuffer dst) throws IOException;

    /** As {@link #read}, but only if that takes no waiting for the host's disk; false, with any content of {@code dst}, otherwise. */
    default boolean readNow(long offset, ByteBuffer dst) throws IOException {
        return false;
    }

    /** Writes all of {@code src}; the file grows as needed. */
    void write(long offset, ByteBuffer src) throws IOException;

    /** Cuts the file or extends it with a hole. */
    void setSize(long size) throws IOException;

    /** Everything written before survives a host crash when this returns. */
    void sync() throws IOException;

    /** The first place from {@code offset} on that may hold something; up to there is a hole, which reads as zeroes. */
    default long dataFrom(long offset) throws IOException {
        return offset;
    }

    /** The first place behind {@code offset} where a hole may begin. */
    default long holeFrom(long offset) throws IOException {
        return Long.MAX_VALUE;
    }

    /** Makes the range a hole that reads as zeroes, without changing the file's length; false when the host cannot. */
    boolean punchHole(long offset, long length) throws IOException;

    @Override
    void close() throws IOException;
}
