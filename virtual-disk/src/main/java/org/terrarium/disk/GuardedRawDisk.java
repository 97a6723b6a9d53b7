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
    /** Covers every signature found at the start of a file. */
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
    public void write(long offset, ByteBuffer src) throws IOException {
        if (offset >= 0 && offset < GUARDED && !disk.readOnly()) {
            requireStillRaw(offset, src);
        }
        disk.write(offset, src);
    }

    private void requireStillRaw(long offset, ByteBuffer src) throws IOException {
        ByteBuffer head = ByteBuffer.allocate((int) Math.min(GUARDED, disk.size()));
        disk.read(0, head);
        int length = Math.min(src.remaining(), head.capacity() - (int) offset);
        if (length > 0) {
            head.put((int) offset, src, src.position(), length);
        }
        Probe.Finding finding = Probe.probe(head.flip());
        if (finding.format() != DiskFormat.RAW) {
            throw new DiskException(
                    path,
                    "the guest writes another image format's signature to the start of this raw image; "
                            + "state the format raw for it if that is meant");
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
