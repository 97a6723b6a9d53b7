package org.terrarium.disk;

/**
 * What an image says about the disk it is an overlay of.
 *
 * @param name as written in the image, relative to the image's folder unless absolute
 * @param format the backing file's format as written in the image, or null when the image does not say
 */
public record BackingReference(String name, String format) {
    /** A backing file of that format, in the word that QEMU opens it by too. */
    public static BackingReference to(String name, DiskFormat format) {
        return new BackingReference(name, format.driver());
    }
}
