package org.terrarium.disk;

import java.io.IOException;

/** What a format gets to open an image with, beside the image file. */
public interface ImageContext {
    /** For reading and writing; else for reading. */
    boolean writable();

    /** Unallocated ranges show something else than zeroes although the image may name no backing file. */
    boolean overBase();

    /** How many images lie above this one in its chain, 0 for the disk itself; caches shrink with it. */
    int depth();

    /** Id or name of the snapshot inside the image whose contents are wanted, for reading; or null for the present ones. */
    default String snapshot() {
        return null;
    }

    /**
     * The passphrase of this image.
     *
     * @throws DiskException when none was given
     */
    char[] passphrase() throws IOException;

    /**
     * Opens another file that belongs to the image, with the same access and through the same gate. It is closed together
     * with the image.
     *
     * @param name as written in the image, relative to the image's folder unless absolute
     * @param role completes "names x as its ...", such as "data file"
     * @throws DiskException when the gate refuses it or it cannot be opened
     */
    Storage companion(String name, String role) throws IOException;

    /** A new empty file of this process's own, gone when the image is closed. */
    Storage temporary() throws IOException;
}
