package org.terrarium.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** Takes an image out of the middle of a chain. */
public final class DiskMerge {
    private DiskMerge() {}

    /**
     * Stores in {@code overlay} what its backing file itself holds and the overlay does not, then makes it an overlay of
     * {@code backing}. What {@code overlay} shows never changes: not when this is stopped or fails, and not when the host loses
     * power. The backing file is only read, and is not needed by the overlay afterwards.
     *
     * @param backing what the backing file is an overlay of, as {@code overlay} is to name it; null when of nothing
     */
    public static void takeOver(Path overlay, OpenOptions options, BackingReference backing, Progress progress)
            throws IOException {
        ChainOpener opener = new ChainOpener(FileHost.LOCAL, options.withWritable(true));
        try (MappedDisk disk = opener.openMapped(overlay, Integer.MAX_VALUE)) {
            List<MappedDisk.Layer> layers = disk.layers();
            if (layers.size() < 2) {
                throw new DiskException(overlay, "has no backing file whose contents it could take over");
            }
            copy(disk, progress);
            disk.change(format -> format.setBacking(backing));
        }
    }

    /** Opens a disk with one of the images below its own ready for {@link #takeIn}. */
    public static VirtualDisk open(Path image, OpenOptions options, Path below) throws IOException {
        Path real = FileHost.LOCAL.real(below);
        return new MappedDisk(
                new ChainOpener(FileHost.LOCAL, options.withWritable(true))
                        .openLayers(
                                image,
                                Integer.MAX_VALUE,
                                (path, depth) ->
                                        depth == 0 || FileHost.LOCAL.real(path).equals(real)),
                null,
                false);
    }

    /**
     * Stores in {@code below} what the image on it holds itself, which is not the disk's own. The disk is in use meanwhile, and
     * what it shows never changes: not when this is stopped or fails, and not when the host loses power. Afterwards the image
     * on {@code below} shows nothing that that does not.
     *
     * @param disk what {@link #open} gave for the same image
     */
    public static void takeIn(VirtualDisk disk, Path below, Progress progress) throws IOException {
        MappedDisk chain = (MappedDisk) disk;
        Path real = FileHost.LOCAL.real(below);
        List<MappedDisk.Layer> layers = chain.layers();
        for (int depth = 2; depth < layers.size(); depth++) {
            if (FileHost.LOCAL.real(layers.get(depth).storage().path()).equals(real)) {
                chain.mergeInto(depth, progress);
                return;
            }
        }
        throw new DiskException(below, "is not below another image that lies under the disk's own");
    }

    private static void copy(MappedDisk disk, Progress progress) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(DiskCommit.PIECE);
        long size = disk.size();
        long at = 0;
        while (at < size) {
            progress.at(at, size);
            RangeStatus status = disk.status(at, size - at);
            long length = status.length();
            if (status.depth() == 1 && status.kind() != Extent.Kind.UNALLOCATED) {
                if (status.zero()) {
                    disk.writeZeroes(at, length);
                } else {
                    length = Math.min(length, DiskCommit.PIECE);
                    piece.clear().limit((int) length);
                    disk.read(at, piece);
                    disk.write(at, piece.flip());
                }
            }
            at += length;
        }
        disk.flush();
        progress.at(size, size);
    }
}
