package org.terrarium.vm.share;

/** The client's names for files: the type, a version that changes with the contents, and a number that no other file has. */
final class Qids {
    private static final int DT_DIR = 4;
    private static final int DT_LNK = 10;
    private static final int DEVICE_SHIFT = 48;

    private Qids() {}

    static void put(MessageWriter out, FileFacts facts, long rootDevice) throws Errno {
        int type = facts.directory() ? P9.QTDIR : facts.link() ? P9.QTSYMLINK : P9.QTFILE;
        FileFacts.Moment m = facts.modified();
        int version = (int) (m.seconds() * 1_000_003 + m.nanos() ^ facts.size() << 8);
        out.u8(type).u32(version).u64(path(facts.inode(), facts.device(), rootDevice));
    }

    /** For an entry of a folder, of which no more is known. */
    static void put(MessageWriter out, HostCalls.Entry entry, long device, long rootDevice) throws Errno {
        int type = entry.type() == DT_DIR ? P9.QTDIR : entry.type() == DT_LNK ? P9.QTSYMLINK : P9.QTFILE;
        out.u8(type).u32(0).u64(path(entry.inode(), device, rootDevice));
    }

    /**
     * The inode number; on other file systems that are mounted below the folder, with a number made of the file system's in the
     * high bits, which inode numbers do not reach.
     */
    private static long path(long inode, long device, long rootDevice) {
        if (device == rootDevice) {
            return inode;
        }
        long mixed = (device ^ rootDevice) * 0x9E37_79B9_7F4A_7C15L >>> DEVICE_SHIFT;
        return inode ^ Math.max(1, mixed) << DEVICE_SHIFT;
    }
}
