package org.terrarium.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Makes an image an overlay of something else. */
public final class DiskRebase {
    private DiskRebase() {}

    /**
     * Names another backing file. When it is stopped, the image shows what it did before.
     *
     * @param backing the new one, or null for none
     * @param unsafe write only the name: the image shows what the new backing file holds from then on, and neither the old
     *     nor the new one needs to exist. Else the image takes over what the new one holds differently, and shows what it did
     */
    public static void rebase(
            Path image, OpenOptions options, BackingReference backing, boolean unsafe, Progress progress)
            throws IOException {
        ChainOpener opener = new ChainOpener(FileHost.LOCAL, options.withWritable(true));
        try (MappedDisk disk = opener.openMapped(image, unsafe ? 1 : Integer.MAX_VALUE)) {
            if (!unsafe) {
                takeOver(image, options, disk, backing, progress);
            }
            disk.change(format -> format.setBacking(backing));
        }
    }

    private static void takeOver(
            Path image, OpenOptions options, MappedDisk disk, BackingReference backing, Progress progress)
            throws IOException {
        if (backing == null) {
            takeOver(disk, null, progress);
            return;
        }
        DiskFormat format = backing.format() == null ? null : DiskFormat.byLabel(backing.format());
        if (backing.format() != null && format == null) {
            throw new DiskException(image, "cannot have a backing file of the unknown format " + backing.format());
        }
        Path path = new ImageFiles(FileHost.LOCAL, options, image, 0, false).resolve(backing.name(), "backing file");
        OpenOptions reading = options.withWritable(false).withFormat(format);
        try (VirtualDisk other = DiskFormats.open(path, reading)) {
            takeOver(disk, other, progress);
        } catch (DiskException e) {
            if (e.file().equals(path.toString()) && e.reason().contains("writ")) {
                throw new DiskException(image, "cannot be an overlay of " + path + ", which is in use for writing");
            }
            throw e;
        }
    }

    /** Stores what the image shows of its old backing file wherever the new one shows something else. */
    private static void takeOver(MappedDisk disk, VirtualDisk other, Progress progress) throws IOException {
        int unit = (int) Math.max(disk.layers().getFirst().format().lockUnit(), 64 << 10);
        ByteBuffer ours = ByteBuffer.allocate(unit);
        ByteBuffer theirs = ByteBuffer.allocate(unit);
        long size = disk.size();
        long at = 0;
        while (at < size) {
            progress.at(at, size);
            RangeStatus mine = disk.status(at, size - at);
            if (mine.depth() == 0) {
                at += mine.length();
                continue;
            }
            long length = Math.min(mine.length(), size - at);
            if (mine.zero()) {
                RangeStatus there = statusOf(other, at, length);
                if (there.zero()) {
                    at += Math.min(length, there.length());
                    continue;
                }
            }
            int part = (int) Math.min(unit - at % unit, size - at);
            ours.clear().limit(part);
            theirs.clear().limit(part);
            disk.read(at, ours);
            read(other, at, theirs);
            if (!ours.flip().equals(theirs.flip())) {
                disk.write(at, ours);
            }
            at += part;
        }
        disk.flush();
        progress.at(size, size);
    }

    private static RangeStatus statusOf(VirtualDisk other, long at, long length) throws IOException {
        return other == null || at >= other.size()
                ? new RangeStatus(Extent.Kind.UNALLOCATED, 0, null, -1, length)
                : other.status(at, Math.min(length, other.size() - at));
    }

    private static void read(VirtualDisk other, long at, ByteBuffer dst) throws IOException {
        if (other != null && at < other.size()) {
            int inside = (int) Math.min(dst.remaining(), other.size() - at);
            other.read(at, dst.slice(dst.position(), inside));
            dst.position(dst.position() + inside);
        }
        ZeroFill.fill(dst);
    }
}
