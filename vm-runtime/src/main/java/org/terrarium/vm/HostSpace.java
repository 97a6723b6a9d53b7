package org.terrarium.vm;

import java.nio.file.Path;

/**
 * What the host's file systems offer. Java's own {@code FileStore} looks for the mount point and fails where a container or
 * chroot does not show it.
 */
public final class HostSpace {
    private HostSpace() {}

    /** How many bytes this user can still write where an existing file or folder is; 0 when that cannot be found out. */
    public static long free(Path there) {
        return there.toFile().getUsableSpace();
    }

    /** Whether files there have owners and permissions as POSIX knows them. */
    public static boolean posix(Path there) {
        return there.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
