package org.terrarium.disk.packed;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import org.terrarium.disk.DiskException;
import org.terrarium.disk.ReadOnlyStorage;
import org.terrarium.disk.Storage;

/**
 * The contents of a packed file. They are unpacked into a temporary file with holes for zeroes, from the start as far as somebody
 * reads; so any place can be read again at once. Unpacking goes to the end first where the length is not known otherwise.
 */
public final class UnpackedStorage extends ReadOnlyStorage {
    private static final int CHUNK = 1 << 16;
    private static final byte[] NOTHING = new byte[CHUNK];

    private final Storage packed;
    private final Compression compression;
    private final Storage spool;
    private final InputStream in;
    private final byte[] chunk = new byte[CHUNK];
    private final long size;
    private long unpacked;
    private boolean ended;

    /**
     * @param packed stays open when this is closed
     * @param spool an empty file, which its owner closes
     * @throws DiskException when the file is damaged, as far as that shows now
     */
    public UnpackedStorage(Storage packed, Compression compression, Storage spool) throws IOException {
        this.packed = packed;
        this.compression = compression;
        this.spool = spool;
        long length;
        try {
            length = compression.length(packed);
            this.in = compression.open(packed);
        } catch (IOException | RuntimeException e) {
            throw compression.explain(packed, e);
        }
        if (length < 0) {
            unpackTo(Long.MAX_VALUE);
            length = unpacked;
        }
        this.size = length;
    }

    private synchronized void unpackTo(long end) throws IOException {
        try {
            while (unpacked < end && !ended) {
                int n = in.readNBytes(chunk, 0, CHUNK);
                if (!Arrays.equals(chunk, 0, n, NOTHING, 0, n)) {
                    spool.write(unpacked, ByteBuffer.wrap(chunk, 0, n));
                }
                unpacked += n;
                if (n < CHUNK) {
                    finish();
                }
            }
        } catch (IOException | RuntimeException e) {
            finish();
            throw compression.explain(packed, e);
        }
    }

    /** Nothing more is read from the stream, whose memory may lie outside Java's. */
    private void finish() throws IOException {
        ended = true;
        in.close();
    }

    @Override
    public Path path() {
        return packed.path();
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void read(long offset, ByteBuffer dst) throws IOException {
        long end = Math.min(size, offset + dst.remaining());
        unpackTo(end);
        if (unpacked() < end) {
            throw new DiskException(packed.path(), "is damaged or truncated: its contents end too early");
        }
        spool.read(offset, dst);
    }

    private synchronized long unpacked() {
        return unpacked;
    }

    @Override
    public synchronized void close() throws IOException {
        if (!ended) {
            finish();
        }
    }
}
