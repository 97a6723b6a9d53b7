package org.terrarium.disk;

/**
 * Where a stretch of a disk's contents is.
 *
 * @param file the host file that holds it, which need not be the image file itself; only for {@link Kind#DATA}
 * @param fileOffset place in that file, bytes; only for {@link Kind#DATA}
 * @param length bytes for which this holds, from the guest offset asked for; at least 1
 * @param inPlace a write may go straight to {@code fileOffset}
 */
public record Extent(Kind kind, Storage file, long fileOffset, long length, boolean inPlace) {
    public enum Kind {
        /** In a file, as it is. */
        DATA,
        /** Reads as zeroes, whatever a backing file holds. */
        ZERO,
        /** Not in this image: the backing file's contents, or zeroes without one. */
        UNALLOCATED,
        /** In the image file in a form only the format can unpack. */
        PACKED
    }

    public static Extent data(Storage file, long fileOffset, long length, boolean inPlace) {
        return new Extent(Kind.DATA, file, fileOffset, length, inPlace);
    }

    /** An extent of any kind that has no place of its own. */
    public static Extent of(Kind kind, long length) {
        return new Extent(kind, null, 0, length, false);
    }
}
