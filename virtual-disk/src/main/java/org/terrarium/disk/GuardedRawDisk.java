package org.terrarium.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * A raw image nobody called raw: only its content said so. A guest that writes another format's signature into the first
 * sectors would have the file taken for that format at its next opening, and could so name any file of the host as its
 * backing. Such writes are refused.
 */
final class GuardedRawDisk implements VirtualDisk {
    /** Covers every signature found at the start of a file, and the one at the end. */
    private static final int GUARDED = 512;

    private final VirtualDisk disk;
    private final Path path;

    GuardedRawDisk(VirtualDisk disk, Path path) {
        this.disk = disk;
        this.path = path;
    }

    @Override
    public long size() {
        return disk.size();
    }

    @Override
    public boolean readOnly() {
        return disk.readOnly();
    }

    @Override
    public void read(long offset, ByteBuffer dst) throws IOException {
        disk.read(offset, dst);
    }

    @Override
    public boolean readNow(long offset, ByteBuffer dst) throws IOException {
        return disk.readNow(offset, dst);
    }

    @Override
    public void write(long offset, ByteBuffer src) throws IOException {
        if (offset >= 0 && !disk.readOnly()) {
            if (offset < GUARDED) {
                requireStillRaw(0, offset, src);
            }
            long last = Math.max(0, disk.size() - GUARDED);
            if (offset + src.remaining() > last) {
                requireStillRaw(last, offset, src);
            }
        }
        disk.write(offset, src);
    }

    /** Looks at the guarded stretch that begins at {@code start} as it would be after the write. */
    private void requireStillRaw(long start, long offset, ByteBuffer src) throws IOException {
        ByteBuffer guarded = ByteBuffer.allocate((int) Math.min(GUARDED, disk.size()));
        disk.read(start, guarded);
        long from = Math.max(start, offset);
        long to = Math.min(start + guarded.capacity(), offset + src.remaining());
        if (from < to) {
            guarded.put((int) (from - start), src, src.position() + (int) (from - offset), (int) (to - from));
        }
        DiskFormat seen = Probe.probe(guarded.flip()).format();
        // At the end only a VHD footer means anything, and only under its own name; it looks like its copy at the
        // start.
        if (start == 0 ? seen != DiskFormat.RAW : seen == DiskFormat.VHD && Probe.mayBeFixedVhd(path)) {
            throw new DiskException(
                    path,
                    "the guest writes another image format's signature to the " + (start == 0 ? "start" : "end")
                            + " of this raw image; state the format raw for it if that is meant");
        }
    }

    @Override
    public long unitSize() {
        return disk.unitSize();
    }

    @Override
    public RangeStatus status(long offset, long maxLength) throws IOException {
        return disk.status(offset, maxLength);
    }

    @Override
    public void flush() throws IOException {
        disk.flush();
    }

    @Override
    public void discard(long offset, long length) throws IOException {
        disk.discard(offset, length);
    }

    @Override
    public void writeZeroes(long offset, long length) throws IOException {
        disk.writeZeroes(offset, length);
    }

    @Override
    public void close() throws IOException {
        disk.close();
    }
}
