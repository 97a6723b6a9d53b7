package org.terrarium.disk;

import java.io.IOException;
import java.nio.file.Path;

/** Changes the size that the guest sees. */
public final class DiskResize {
    private static final long STEP = 64L << 20;

    private DiskResize() {}

    /**
     * Grows or shrinks an image. New space reads as zeroes, whatever a longer backing file holds there.
     *
     * @param newSize bytes, rounded up to whole sectors
     * @param shrink that contents may be lost is meant
     * @throws DiskException when the format cannot do that, or it would be smaller and {@code shrink} is not set
     */
    public static void resize(Path image, OpenOptions options, long newSize, boolean shrink, Progress progress)
            throws IOException {
        progress.at(0, 1);
        try (MappedDisk disk =
                new ChainOpener(FileHost.LOCAL, options.withWritable(true)).openMapped(image, Integer.MAX_VALUE)) {
            long size = (newSize + 511) & -512;
            if (newSize <= 0 || size < newSize) {
                throw new DiskException(image, "cannot have a size of " + newSize + " bytes");
            }
            if (size < disk.size() && !shrink) {
                throw new DiskException(
                        image,
                        "has " + disk.size() + " bytes now; a smaller size would lose what lies past byte " + newSize
                                + ", so say that it is to shrink (--shrink) if that is meant");
            }
            resize(disk, size);
        }
        progress.at(1, 1);
    }

    /** Also for a disk that is in use by its caller. */
    static void resize(MappedDisk disk, long size) throws IOException {
        long old = disk.size();
        disk.change(format -> format.requireResize(size));
        if (size < old) {
            // What is cut off inside a unit must not come back when the disk grows again.
            disk.writeZeroes(size, Math.min(old, ceiling(size, disk)) - size);
        }
        disk.change(format -> format.resize(size));
        if (size > old) {
            long backingEnd =
                    disk.layers().size() > 1 ? disk.layers().get(1).format().size() : 0;
            long end = Math.min(size, Math.max(ceiling(old, disk), backingEnd));
            for (long at = old; at < end; at += STEP) {
                disk.writeZeroes(at, Math.min(STEP, end - at));
            }
            disk.flush();
        }
    }

    private static long ceiling(long offset, MappedDisk disk) {
        long unit = disk.layers().getFirst().format().lockUnit();
        return (offset + unit - 1) & -unit;
    }
}
