package org.terrarium.net.host;

import java.io.Closeable;
import java.io.IOException;

/** Files that machines may load when they boot from the network. */
public interface BootFiles {
    /** One of them, open. */
    interface BootFile extends Closeable {
        /** Octets. */
        long size();

        /** Reads {@code length} octets from {@code at} on, all of which there are. */
        byte[] read(long at, int length) throws IOException;
    }

    /**
     * Opens a file.
     *
     * @param name as a guest has written it, which may be anything
     * @return null when there is none of that name, or the guest must not have it
     * @throws IOException when the host cannot read it
     */
    BootFile open(String name) throws IOException;
}
