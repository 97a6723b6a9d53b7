package org.terrarium.disk;

/**
 * Where a stretch of a disk's contents is.
 *
 * @param fileOffset place in the image file, bytes; only for {@link Kind#DATA}
 * @param length bytes for which this holds, from the guest offset asked for; at least 1
 * @param inPlace a write may go straight to {@code fileOffset}
 */
public record Extent(Kind kind, long fileOffset, long length, boolean inPlace) {
    public enum Kind {
        /** In the image file, as it is. */
        DATA,
        /** Reads as zeroes, whatever a backing file holds. */
        ZERO,
        /** Not in this image: the backing file's contents, or zeroes without one. */
        UNALLOCATED,
        /** In the image file in a form only the format can unpack. */
        PACKED
    }
}
