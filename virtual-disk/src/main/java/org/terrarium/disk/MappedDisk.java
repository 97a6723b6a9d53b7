package org.terrarium.disk;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The layer that moves bytes: asks a format where they are, and reads, writes and copies them there. */
public final class MappedDisk implements VirtualDisk {
    private static final int ZERO_CHUNK = 1 << 20;

    private final Storage storage;
    private final ImageFormat format;
    private final VirtualDisk backing;
    private final boolean readOnly;
    private final Object lock = new Object();
    private boolean closed;

    /** @param backing what unallocated ranges show, closed together with this disk; or null */
    public MappedDisk(Storage storage, ImageFormat format, VirtualDisk backing, boolean readOnly) {
        this.storage = storage;
        this.format = format;
        this.backing = backing;
        this.readOnly = readOnly;
    }

    @Override
    public long size() {
        return format.size();
    }

    @Override
    public boolean readOnly() {
        return readOnly;
    }

    @Override
    public void read(long offset, ByteBuffer dst) throws IOException {
        checkRange(offset, dst.remaining());
        synchronized (lock) {
            requireOpen();
            long at = offset;
            while (dst.hasRemaining()) {
                Extent extent = format.map(at, dst.remaining());
                ByteBuffer part = cut(dst, extent.length());
                at += part.remaining();
                readExtent(extent, at - part.remaining(), part);
            }
        }
    }

    private void readExtent(Extent extent, long at, ByteBuffer part) throws IOException {
        switch (extent.kind()) {
            case DATA -> storage.read(extent.fileOffset(), part);
            case ZERO -> FileStorage.putZeroes(part);
            case UNALLOCATED -> readBacking(at, part);
            case PACKED -> format.readPacked(at, part);
        }
    }

    private void readBacking(long at, ByteBuffer part) throws IOException {
        // A backing file may be shorter than its overlay; what it lacks is zeroes.
        if (backing != null && at < backing.size()) {
            backing.read(at, cut(part, backing.size() - at));
        }
        FileStorage.putZeroes(part);
    }

    @Override
    public void write(long offset, ByteBuffer src) throws IOException {
        checkRange(offset, src.remaining());
        synchronized (lock) {
            requireWritable();
            long at = offset;
            while (src.hasRemaining()) {
                at += writeSome(at, src);
            }
        }
    }

    private long writeSome(long at, ByteBuffer src) throws IOException {
        Extent extent = format.map(at, src.remaining());
        if (extent.inPlace()) {
            ByteBuffer part = cut(src, extent.length());
            int length = part.remaining();
            format.beforeData();
            storage.write(extent.fileOffset(), part);
            return length;
        }
        // The neighbours in place must not be allocated anew, hence only as far as this extent goes.
        Allocation space = format.allocate(at, Math.min(src.remaining(), extent.length()));
        int length = (int) Math.min(src.remaining(), space.guestOffset() + space.length() - at);
        int start = src.position();
        try {
            format.beforeData();
            copyEdge(space, space.guestOffset(), at);
            storage.write(space.fileOffset() + (at - space.guestOffset()), cut(src, length));
            copyEdge(space, at + length, Math.min(space.guestOffset() + space.length(), size()));
        } catch (IOException | RuntimeException e) {
            src.position(start);
            format.abandon(space);
            throw e;
        }
        format.link(space);
        return length;
    }

    /** Carries over what the write leaves untouched of the units it allocates. */
    private void copyEdge(Allocation space, long from, long to) throws IOException {
        long at = from;
        while (at < to) {
            Extent extent = format.map(at, to - at);
            boolean zeroes = extent.kind() == Extent.Kind.ZERO
                    || extent.kind() == Extent.Kind.UNALLOCATED && (backing == null || at >= backing.size());
            int length = (int) Math.min(Math.min(extent.length(), to - at), ZERO_CHUNK);
            if (!zeroes || !space.zeroFilled()) {
                ByteBuffer copy = ByteBuffer.allocate(length);
                readExtent(extent, at, copy.duplicate());
                storage.write(space.fileOffset() + (at - space.guestOffset()), copy);
            }
            at += length;
        }
    }

    @Override
    public void flush() throws IOException {
        synchronized (lock) {
            requireOpen();
            if (!readOnly) {
                format.flush();
            }
        }
    }

    @Override
    public void discard(long offset, long length) throws IOException {
        checkRange(offset, length);
        synchronized (lock) {
            requireWritable();
            long from = unitCeiling(offset);
            long to = unitFloor(offset + length);
            if (from < to) {
                format.discard(from, to - from);
            }
        }
    }

    @Override
    public void writeZeroes(long offset, long length) throws IOException {
        checkRange(offset, length);
        synchronized (lock) {
            requireWritable();
            long end = offset + length;
            long from = unitCeiling(offset);
            long to = unitFloor(end);
            if (from < to && format.makeZero(from, to - from)) {
                storeZeroes(offset, from);
                storeZeroes(to, end);
            } else {
                storeZeroes(offset, end);
            }
        }
    }

    private void storeZeroes(long from, long to) throws IOException {
        long at = from;
        while (at < to) {
            Extent extent = format.map(at, to - at);
            long length = Math.min(Math.min(extent.length(), to - at), ZERO_CHUNK);
            boolean already = extent.kind() == Extent.Kind.ZERO
                    || extent.kind() == Extent.Kind.UNALLOCATED && (backing == null || at >= backing.size());
            if (already) {
                at += length;
            } else {
                at += writeSome(at, ByteBuffer.allocate((int) length));
            }
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
            try {
                if (!readOnly) {
                    format.flush();
                    format.finish();
                }
            } finally {
                closeFiles();
            }
        }
    }

    private void closeFiles() throws IOException {
        try {
            storage.close();
        } finally {
            if (backing != null) {
                backing.close();
            }
        }
    }

    private long unitCeiling(long offset) {
        // The end of the disk may lie inside a unit, which then counts as whole.
        return offset == size() ? offset : (offset + format.unitSize() - 1) & -format.unitSize();
    }

    private long unitFloor(long offset) {
        return offset == size() ? offset : offset & -format.unitSize();
    }

    private void checkRange(long offset, long length) {
        if (offset < 0 || length < 0 || length > size() - offset) {
            throw new IllegalArgumentException(
                    "range " + offset + "+" + length + " is outside the disk of " + size() + " bytes");
        }
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new DiskException(storage.path(), "has been closed");
        }
    }

    private void requireWritable() throws IOException {
        requireOpen();
        if (readOnly) {
            throw new DiskException(storage.path(), "is open read-only");
        }
    }

    /** Takes the next {@code length} bytes at most off {@code buffer}, as a buffer of their own. */
    private static ByteBuffer cut(ByteBuffer buffer, long length) {
        int n = (int) Math.min(length, buffer.remaining());
        ByteBuffer part = buffer.slice(buffer.position(), n);
        buffer.position(buffer.position() + n);
        return part;
    }
}
