package org.terrarium.vm.share;

/**
 * What statx(2) tells about a file.
 *
 * @param mode type and permissions, as st_mode
 * @param device the file system it is on, one number for what statx gives in two
 * @param blocks of 512 bytes that it takes
 * @param created when it was made; all zero where the file system does not know
 */
record FileFacts(
        int mode,
        int links,
        int uid,
        int gid,
        long inode,
        long device,
        long size,
        long blockSize,
        long blocks,
        Moment accessed,
        Moment modified,
        Moment changed,
        Moment created) {
    private static final int S_IFMT = 0xF000;
    private static final int S_IFDIR = 0x4000;
    private static final int S_IFREG = 0x8000;
    private static final int S_IFLNK = 0xA000;

    /** A time since 1970: seconds, and nanoseconds of the next. */
    record Moment(long seconds, int nanos) {}

    boolean directory() {
        return (mode & S_IFMT) == S_IFDIR;
    }

    boolean regular() {
        return (mode & S_IFMT) == S_IFREG;
    }

    boolean link() {
        return (mode & S_IFMT) == S_IFLNK;
    }

    /** Whether both are about the same file, whatever it is called. */
    boolean sameFile(FileFacts other) {
        return inode == other.inode && device == other.device;
    }
}
