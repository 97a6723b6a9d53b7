package org.terrarium.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file of the host. A thread that is interrupted while it works here closes the file, so never interrupt one. */
final class FileStorage implements Storage {
    private static final int PIECE = 128 << 10;

    private final Path path;
    private final FileChannel channel;
    private final OpenFiles.Lease lease;
    private final NativeFile holes;
    private final boolean writable;
    private volatile long size;
    private volatile boolean syncing = true;

    private FileStorage(Path path, FileChannel channel, OpenFiles.Lease lease, boolean writable) throws IOException {
        this.path = path;
        this.channel = channel;
        this.lease = lease;
        this.writable = writable;
        this.holes = lease == null ? NativeFile.none() : lease.file;
        this.size = channel.size();
    }

    static FileStorage open(Path path, OpenFiles.Access access) throws IOException {
        try {
            OpenFiles.Lease lease = OpenFiles.open(path, access);
            return new FileStorage(path, lease.channel, lease, access == OpenFiles.Access.WRITE);
        } catch (IOException e) {
            throw DiskException.host(path, access == OpenFiles.Access.WRITE ? "open it for writing" : "open it", e);
        }
    }

    /** A new file; one of that name must not exist. */
    static FileStorage create(Path path) throws IOException {
        try {
            OpenFiles.Lease lease = OpenFiles.create(path);
            return new FileStorage(path, lease.channel, lease, true);
        } catch (IOException e) {
            throw DiskException.host(path, "create it", e);
        }
    }

    /** A new file in {@code folder} that is gone once it is closed, or once this process has ended for any reason. */
    static FileStorage temporary(Path folder) throws IOException {
        Path path = folder;
        try {
            path = Files.createTempFile(folder, "terrarium-", ".overlay");
            FileChannel channel = FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
            return new FileStorage(path, channel, null, false);
        } catch (IOException e) {
            throw DiskException.host(path, "create a temporary overlay there", e);
        }
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void read(long offset, ByteBuffer dst) throws IOException {
        try {
            long at = offset;
            while (dst.hasRemaining()) {
                ByteBuffer piece = piece(dst);
                int n = channel.read(piece, at);
                if (n < 0) {
                    ZeroFill.fill(dst);
                } else {
                    dst.position(dst.position() + n);
                    at += n;
                }
            }
        } catch (IOException e) {
            throw DiskException.host(path, "read it", e);
        }
    }

    @Override
    public boolean readNow(long offset, ByteBuffer dst) {
        return offset + dst.remaining() <= size && holes.readNow(offset, dst);
    }

    @Override
    public void write(long offset, ByteBuffer src) throws IOException {
        long at = offset;
        try {
            while (src.hasRemaining()) {
                int n = channel.write(piece(src), at);
                src.position(src.position() + n);
                at += n;
            }
        } catch (IOException e) {
            throw DiskException.host(path, "write it", e);
        } finally {
            grownTo(at);
        }
    }

    /**
     * The next bytes to be moved. Java copies an array's bytes through memory of its own, which stays in the processor's cache as
     * long as it is small.
     */
    private static ByteBuffer piece(ByteBuffer buffer) {
        return buffer.isDirect() || buffer.remaining() <= PIECE
                ? buffer.duplicate()
                : buffer.slice(buffer.position(), PIECE);
    }

    private synchronized void grownTo(long end) {
        if (end > size) {
            size = end;
        }
    }

    @Override
    public synchronized void setSize(long newSize) throws IOException {
        try {
            if (newSize < size) {
                channel.truncate(newSize);
            } else if (newSize > size) {
                channel.write(ByteBuffer.wrap(new byte[1]), newSize - 1);
            }
            size = newSize;
        } catch (IOException e) {
            throw DiskException.host(path, "change its size", e);
        }
    }

    /** Leaves it to the host when things reach its disk: for a file that is thrown away unless all goes well. */
    FileStorage withoutSync() {
        syncing = false;
        return this;
    }

    @Override
    public void sync() throws IOException {
        if (!syncing) {
            return;
        }
        try {
            channel.force(false);
        } catch (IOException e) {
            throw DiskException.host(path, "flush it", e);
        }
    }

    @Override
    public long dataFrom(long offset) {
        return holes.dataFrom(offset, size);
    }

    @Override
    public long holeFrom(long offset) {
        return holes.holeFrom(offset);
    }

    @Override
    public boolean punchHole(long offset, long length) throws IOException {
        // Past the end there is nothing to give back.
        long end = Math.min(offset + length, size);
        return offset >= end || writable && holes.punch(offset, end - offset);
    }

    @Override
    public void close() throws IOException {
        try {
            if (lease != null) {
                lease.release();
            } else {
                channel.close();
            }
        } catch (IOException e) {
            throw DiskException.host(path, "close it", e);
        }
    }
}
