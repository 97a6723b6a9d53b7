package org.terrarium.disk;

import java.nio.file.Path;

/**
 * What is known about a stretch of a disk without reading it.
 *
 * @param kind where the contents are; {@link Extent.Kind#UNALLOCATED} when no image of the chain has any, so that it reads as
 *     zeroes
 * @param depth the image of the chain that decides, 0 for the disk itself; the chain's length when none does
 * @param file the file that holds the contents, or has a hole there; null where there is none or it is unknown
 * @param fileOffset place in that file, bytes; -1 where unknown
 * @param length bytes for which this holds
 */
public record RangeStatus(Extent.Kind kind, int depth, Path file, long fileOffset, long length) {
    /** It reads as zeroes. */
    public boolean zero() {
        return kind == Extent.Kind.ZERO || kind == Extent.Kind.UNALLOCATED;
    }
}
