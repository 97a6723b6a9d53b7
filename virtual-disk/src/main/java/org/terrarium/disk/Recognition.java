package org.terrarium.disk;

/**
 * What a file seems to be, and how sure that is.
 *
 * @param format null for an image of a format that cannot be opened
 * @param reason in words, such as "a VMDK image"
 */
public record Recognition(DiskFormat format, Confidence confidence, String reason) {
    /** How sure it is. */
    public enum Confidence {
        /** Its name says so, or its header and tables fit together. */
        CERTAIN,
        /** It begins as such an image does, but something in it does not fit. */
        LIKELY,
        /** Nothing speaks for anything else. */
        GUESS
    }
}
